//! Names of the fields and columns that hold an article and its facts.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A part of an article that records hold in a field of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The article itself.
    Text,
    /// Its stable identifier.
    Id,
    /// The headline.
    Title,
    /// The day of publication.
    Published,
    /// Who published it.
    Outlet,
    /// Its address.
    Url,
    /// ISO 639-1 code of its language.
    Language,
}

impl Field {
    /// Every part, in the order messages name them.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Id, Self::Title, Self::Published, Self::Outlet, Self::Url, Self::Language];

    /// Names that are known, the most trusted first; the first is ours.
    pub fn known(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "body",
                "content",
                "maintext",
                "article",
                "fulltext",
                "full_text",
                "article_text",
                "article_body",
                "articlebody",
                "plain_text",
                "story",
            ],
            Self::Id => &["id", "_id", "article_id", "doc_id", "document_id", "uuid", "guid"],
            Self::Title => &["title", "headline", "heading"],
            Self::Published => &[
                "published",
                "date",
                "publish_date",
                "published_date",
                "date_published",
                "datepublished",
                "date_publish",
                "publication_date",
                "published_at",
                "publishedat",
                "pub_date",
                "pubdate",
                "publishdate",
            ],
            Self::Outlet => &[
                "outlet",
                "source",
                "publication",
                "publisher",
                "newspaper",
                "source_name",
                "site_name",
                "site",
                "source_domain",
                "domain",
            ],
            Self::Url => &["url", "link", "source_url", "canonical_url", "web_url", "uri"],
            Self::Language => &["language", "lang", "language_code"],
        }
    }
}

/// Which fields hold what; the default knows the usual names, in any case and with `-` or a space for `_`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    own: Vec<Own>,
}

/// A name that is said for a part.
#[derive(Clone, Debug)]
struct Own {
    field: Field,
    name: String,
    /// Whether a record or table has it.
    met: Arc<AtomicBool>,
}

impl PartialEq for Own {
    fn eq(&self, other: &Self) -> bool {
        (self.field, &self.name) == (other.field, &other.name)
    }
}

impl Eq for Own {}

impl Fields {
    /// The same, but `field` is held by the field called `name` only.
    #[must_use]
    pub fn with(mut self, field: Field, name: impl Into<String>) -> Self {
        self.own.push(Own { field, name: name.into(), met: Arc::default() });
        self
    }

    /// What a field called `name` holds, and how much it is trusted to (0 most); `None` for other fields.
    pub fn of(&self, name: &str) -> Option<(Field, usize)> {
        if let Some(own) = self.own.iter().find(|own| own.name == name) {
            own.met.store(true, Ordering::Relaxed);
            return Some((own.field, 0));
        }
        // Most records have our own names.
        if let Some(field) = Field::ALL.iter().find(|field| field.known().first() == Some(&name))
            && self.own.is_empty()
        {
            return Some((*field, 0));
        }
        let known = |field: &Field| Some((*field, field.known().iter().position(|known| is_same(known, name))?));
        Field::ALL.iter().filter(|field| self.own.iter().all(|own| own.field != **field)).find_map(known)
    }

    /// The column of each part among `names`: the most trusted, the first of equals.
    pub fn columns<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<(Field, usize)> {
        let ranked =
            names.enumerate().filter_map(|(at, name)| self.of(name.trim()).map(|(field, rank)| (field, rank, at)));
        let mut columns: Vec<_> = ranked.collect();
        columns.sort_unstable();
        columns.dedup_by_key(|(field, ..)| *field);
        columns.into_iter().map(|(field, _, at)| (field, at)).collect()
    }

    /// The names by which `field` is looked for, for messages.
    pub fn names(&self, field: Field) -> String {
        match self.said(field) {
            Some(name) => name.to_owned(),
            None => field.known().join(", "),
        }
    }

    /// The name that is said for `field`; nothing where the usual ones hold.
    pub fn said(&self, field: Field) -> Option<&str> {
        self.own.iter().find(|own| own.field == field).map(|own| own.name.as_str())
    }

    /// The names that are said and that no record or table had which was asked for so far, with what they were said for.
    pub fn unmet(&self) -> impl Iterator<Item = (Field, &str)> {
        self.own.iter().filter(|own| !own.met.load(Ordering::Relaxed)).map(|own| (own.field, own.name.as_str()))
    }
}

/// Whether `name` is `known` (lower case) but for case, hyphens and spaces.
fn is_same(known: &str, name: &str) -> bool {
    let folded = |byte: u8| if matches!(byte, b'-' | b' ') { b'_' } else { byte.to_ascii_lowercase() };
    known.len() == name.len() && known.bytes().zip(name.bytes()).all(|(a, b)| a == folded(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_names_are_known() {
        let fields = Fields::default();
        assert_eq!(fields.of("Publish-Date"), Some((Field::Published, 2)));
        assert_eq!(fields.of("Full Text"), Some((Field::Text, 6)));
        assert_eq!(fields.of("summary"), None);
    }

    #[test]
    fn the_most_trusted_column_counts() {
        let columns = Fields::default().columns(["content", "source", "TEXT", "date", "text"].into_iter());
        assert_eq!(columns, [(Field::Text, 2), (Field::Published, 3), (Field::Outlet, 1)]);
    }

    #[test]
    fn a_name_that_is_said_replaces_the_known_ones() {
        let fields = Fields::default().with(Field::Text, "Corps");
        assert_eq!(fields.of("Corps"), Some((Field::Text, 0)));
        assert_eq!(fields.of("text"), None);
        assert_eq!(fields.unmet().count(), 0);
    }

    #[test]
    fn names_that_are_said_and_not_met_are_told() {
        let fields = Fields::default().with(Field::Text, "Corps").with(Field::Published, "Jour");
        assert_eq!(fields.of("Corps"), Some((Field::Text, 0)));
        assert_eq!(fields.unmet().collect::<Vec<_>>(), [(Field::Published, "Jour")]);
    }
}

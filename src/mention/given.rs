//! Names that another recogniser found, JSON Lines: article, start, end, kind.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use super::tagger::Found;
use crate::{Error, Place, Span, roster::ActorKind};

/// The names in articles, as a file gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The file; empty where they came from none.
    pub path: String,
    articles: BTreeMap<String, Vec<Found>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(alias = "id")]
    article: String,
    start: usize,
    end: usize,
    #[serde(default)]
    kind: Kind,
}

/// The kinds, and what recognisers call them.
#[derive(Clone, Copy, Default, Deserialize)]
enum Kind {
    #[default]
    #[serde(rename = "person", alias = "PERSON", alias = "PER", alias = "Person")]
    Person,
    #[serde(rename = "organisation", alias = "organization", alias = "ORG", alias = "Organization")]
    Organisation,
    #[serde(rename = "place", alias = "location", alias = "GPE", alias = "LOC", alias = "FAC", alias = "Location")]
    Place,
    #[serde(rename = "other", alias = "MISC")]
    Other,
}

impl From<Kind> for ActorKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Organisation => Self::Organisation,
            Kind::Place => Self::Place,
            Kind::Other => Self::Other,
        }
    }
}

impl Given {
    /// The names in a file of JSON Lines such as `{"article": "a1", "start": 0, "end": 9, "kind": "person"}`: the identifier of the
    /// article, bytes of its text, half open, and the kind (`person` where it is left out; the labels `PER`, `ORG`, `GPE`, `LOC`
    /// and their like are understood). Blank lines are passed over.
    ///
    /// # Errors
    /// [`Error::Read`] for a file that cannot be read, [`Error::Mentions`] with file and line for a line that is no such object.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let content = fs::read_to_string(path).map_err(|source| Error::Read { path: shown.clone(), source })?;
        let mut given = Self { path: shown.clone(), ..Self::default() };
        for (line, row) in (1_u64..).zip(content.lines()).filter(|(_, row)| !row.trim().is_empty()) {
            let wrong =
                |reason| Error::Mentions { place: Place { path: shown.clone(), line: Some(line), byte: None }, reason };
            let row: Row = serde_json::from_str(row).map_err(|error| {
                wrong(format!(
                    r#"no mention: {}; a line reads {{"article": "a1", "start": 0, "end": 9, "kind": "person"}}"#,
                    error.to_string().split(" at line").next().unwrap_or_default()
                ))
            })?;
            if row.start >= row.end {
                return Err(wrong(format!("a mention from byte {} to {} holds nothing", row.start, row.end)));
            }
            let found = Found { span: Span { start: row.start, end: row.end }, kind: row.kind.into() };
            given.articles.entry(row.article).or_default().push(found);
        }
        given.articles.values_mut().for_each(|names| names.sort_by_key(|it| (it.span, it.kind)));
        Ok(given)
    }

    /// The names in the article of this identifier as they are given, in order. `None` where the file does not know it.
    pub fn of(&self, article: &str) -> Option<&[Found]> {
        self.articles.get(article).map(Vec::as_slice)
    }

    /// Those that stand in the `text` of the article, in order and without overlaps: of two that overlap the longer stays.
    pub fn fitting(&self, article: &str, text: &str) -> Vec<Found> {
        let names = self.of(article).unwrap_or_default().iter();
        let mut fitting: Vec<Found> = names.filter(|it| !it.span.of(text).is_empty()).copied().collect();
        sort_out(&mut fitting);
        fitting
    }

    /// Identifiers of all articles that have names.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.articles.keys().map(String::as_str)
    }
}

impl FromIterator<(String, Found)> for Given {
    /// From identifiers of articles and names in them, in any order.
    fn from_iter<T: IntoIterator<Item = (String, Found)>>(names: T) -> Self {
        let mut given = Self::default();
        for (article, found) in names {
            given.articles.entry(article).or_default().push(found);
        }
        given.articles.values_mut().for_each(|names| names.sort_by_key(|it| (it.span, it.kind)));
        given
    }
}

fn sort_out(found: &mut Vec<Found>) {
    found.sort_by_key(|it| (std::cmp::Reverse(it.span.len()), it.span, it.kind));
    let mut kept: BTreeMap<usize, Found> = BTreeMap::new();
    for it in found.drain(..) {
        let before = kept.range(..it.span.end).next_back().is_some_and(|(_, last)| last.span.end > it.span.start);
        if !before {
            kept.insert(it.span.start, it);
        }
    }
    found.extend(kept.into_values());
}

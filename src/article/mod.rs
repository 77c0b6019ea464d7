//! A document to the article proper: its text, its facts, and the zones of the text that count.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{Incident, Place, Span};

/// What a stretch of an article's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ZoneKind {
    /// The article's own title.
    Headline,
    /// The article proper: the only zone that counts by default.
    Body,
    /// The words under a picture.
    Caption,
    /// Titles and first lines of other stories.
    Teaser,
    /// Menus, notices, forms, footers of the site.
    Chrome,
    /// Who wrote it, who contributed.
    Byline,
}

impl ZoneKind {
    /// Every kind, in the order `--help` shows them.
    pub const ALL: &[Self] = &[Self::Headline, Self::Body, Self::Caption, Self::Teaser, Self::Chrome, Self::Byline];

    /// What `--zones` and JSON call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Teaser => "teaser",
            Self::Chrome => "chrome",
            Self::Byline => "byline",
        }
    }
}

/// A stretch of text with what it is and the rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ZoneKind,
    /// The rule that decided, one word for each rule.
    pub rule: &'static str,
}

/// One article: its text, what is known of it, and the zones of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// What the container says, else the first 16 hexadecimal digits of the BLAKE3 digest of the document's bytes.
    pub id: String,
    /// Where it was read.
    pub place: Place,
    /// The headline.
    pub title: Option<String>,
    /// The day on the page, in the page's own time zone; never the day of a later change.
    pub published: Option<NaiveDate>,
    /// The rule that found [`Article::published`].
    pub published_by: Option<&'static str>,
    /// Who wrote it, as the page says.
    pub byline: Option<String>,
    /// Name or host of who published it.
    pub outlet: Option<String>,
    /// The page's canonical address.
    pub url: Option<String>,
    /// ISO 639-1 code as declared (lower case, no region), else detected.
    pub language: Option<String>,
    /// The text that every span points into. For a UTF-8 text file it is the file itself, for JSON lines the field `text`.
    pub text: String,
    /// In order, without overlaps. Text in no zone does not count.
    pub zones: Vec<Zone>,
    /// What was odd about it although it was read.
    pub incidents: Vec<Incident>,
}

impl Article {
    /// The kind of the zone that holds all of `span`.
    pub fn zone_of(&self, span: Span) -> Option<ZoneKind> {
        let after = self.zones.partition_point(|zone| zone.span.start <= span.start);
        let zone = self.zones.get(after.checked_sub(1)?)?;
        zone.span.contains(span).then_some(zone.kind)
    }
}

//! A document to the article proper: its text, its facts, and the zones of the text that count.
//!
//! Text files keep their bytes; of saved pages the text is made from the article that is found in them, with the headline
//! first; records say themselves what the article is.

mod encoding;
mod date;
mod language;
mod words;
mod cue;
mod record;
mod line;
mod guard;
mod outlet;
mod fact;
mod page;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use language::language_of;
pub use page::Sought;

use crate::error::{Kind, Status};
use crate::source::{Media, size};
use crate::{Document, Incident, Place, Span};

/// What a stretch of an article's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// A day of publication that a page gives, with the place in the page that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DateFound {
    /// The day as it is written.
    pub day: NaiveDate,
    /// The rule that found it.
    pub rule: &'static str,
    /// How often the rule was right on pages with known dates, per cent.
    pub confidence: u8,
}

/// One article: its text, what is known of it, and the zones of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// What the container says, else the first 16 hexadecimal digits of the BLAKE3 digest of the document's bytes (of its
    /// text for JSON records).
    pub id: String,
    /// Where it was read.
    pub place: Place,
    /// The headline.
    pub title: Option<String>,
    /// The day on the page, in the page's own time zone; never the day of a later change.
    pub published: Option<NaiveDate>,
    /// The rule that found [`Article::published`].
    pub published_by: Option<&'static str>,
    /// Every day of publication that was found, the most trusted first; [`Article::published`] is the first, or the one
    /// of equal trust that stands in the address of the page. The address alone counts where nothing else gives a day.
    pub dates: Vec<DateFound>,
    /// The day of the last change, where the page says it.
    pub modified: Option<NaiveDate>,
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

/// How sure a paragraph of a saved page must be to count as body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextMode {
    /// Paragraphs that both ways of reading a page keep; the others are teasers.
    Strict,
    /// What the first way keeps; the second one where the first finds little.
    #[default]
    Balanced,
}

impl TextMode {
    /// The mode that `--text` means by `name`: `strict` or `balanced`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "strict" => Some(Self::Strict),
            "balanced" => Some(Self::Balanced),
            _ => None,
        }
    }
}

/// What is read of one document at most; every hit is an [`Incident`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Bytes of a saved page; the rest is cut off. Default 10 MB.
    pub page_bytes: usize,
    /// Elements within each other; deeper tags are dropped, their text stays. Default 512.
    pub depth: usize,
    /// Elements of a page; the page is cut there. Default 500,000.
    pub elements: usize,
    /// Attributes of a tag; the rest is dropped. Default 1,000.
    pub attributes: usize,
    /// Bytes of an article's text; the rest is cut off. Default 64 MiB.
    pub text_bytes: usize,
    /// How pages are read.
    pub text: TextMode,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 10_000_000,
            depth: 512,
            elements: 500_000,
            attributes: 1_000,
            text_bytes: 64 << 20,
            text: TextMode::default(),
        }
    }
}

/// The article in a document.
///
/// A document with nothing but white space gives an article without zones and an [`Incident`] of kind
/// [`Kind::Empty`] with status [`Status::Refused`] in [`Article::incidents`], so that it can be shown and counted.
///
/// # Errors
/// An [`Incident`] with status [`Status::Refused`], when no article can be made: bytes that are no text ([`Kind::Decode`]), a
/// record that is none ([`Kind::Format`]).
///
/// ```
/// use sociogram::{Document, article};
///
/// let bytes = b"Ann met Bob.".to_vec();
/// let document = Document { bytes, ..Document::default() };
/// let article = article::of(document, &article::Limits::default()).unwrap();
/// assert_eq!(article.zones[0].span.of(&article.text), "Ann met Bob.");
/// ```
pub fn of(document: Document, limits: &Limits) -> Result<Article, Incident> {
    read(document, limits, None)
}

/// As [`of`], for those who only want to know who is named: a saved page in which nobody `sought` can be named may come with
/// nothing but a headline, and costs a tenth. The incidents are the same.
///
/// # Errors
/// As for [`of`].
pub fn naming(document: Document, limits: &Limits, sought: &Sought) -> Result<Article, Incident> {
    read(document, limits, Some(sought))
}

fn read(document: Document, limits: &Limits, sought: Option<&Sought>) -> Result<Article, Incident> {
    let mut article = match document.media {
        Media::Json => record::article(document, limits),
        Media::Row => Ok(record::row(document, limits)),
        Media::Text | Media::Html => decoded(document, limits, sought),
    }?;
    if article.text.trim_matches(is_blank).is_empty() {
        article.zones.clear();
        article.incidents.push(refused(&article.place, Kind::Empty, "no text in it".to_owned()));
    }
    Ok(article)
}

/// An article from bytes of an encoding yet to be found; of a page with who is sought in it.
fn decoded(document: Document, limits: &Limits, sought: Option<&Sought>) -> Result<Article, Incident> {
    let Document { media, place, bytes, facts } = document;
    let (id, html) = (digest(&bytes), media == Media::Html);
    let decoded = encoding::text_of(bytes, html, facts.encoding.as_deref());
    let decoded = decoded.map_err(|reason| refused(&place, Kind::Decode, reason))?;
    let mut text = decoded.text;
    let mut notes: Vec<_> = decoded.odd.into_iter().map(|(byte, reason)| (Kind::Decode, byte, reason)).collect();
    let mut article = if html {
        page::article(&text, limits, sought, &mut notes)
    } else {
        if let Some(reason) = shortened(&mut text, limits.text_bytes) {
            notes.push((Kind::Limit, limits.text_bytes as u64, reason));
        }
        let mut article = line::article(text);
        article.outlet = outlet::around(&article);
        article
    };
    article.id = id;
    let mut notes: Vec<_> = notes.into_iter().map(|(kind, byte, reason)| (kind, Some(byte), reason)).collect();
    record::fill(&mut article, facts.known, &mut notes);
    let incidents = notes.into_iter().map(|(kind, byte, reason)| read_incident(&place, kind, byte, reason));
    article.incidents = incidents.collect();
    Ok(Article { place, ..article })
}

/// The name of something without one: 16 hexadecimal digits of its BLAKE3 digest.
fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(16).collect()
}

/// Cuts `text` to `most` bytes; says so where it did.
fn shortened(text: &mut String, most: usize) -> Option<String> {
    if text.len() <= most {
        return None;
    }
    let length = text.len();
    text.truncate(boundary_before(text, most));
    Some(format!("text of {length} bytes cut to the limit of {}", size(most as u64)))
}

/// The last character boundary at or before byte `at`.
fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// White space, and what shows as nothing at the ends of files.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\0')
}

/// The incident of a document that was read although something is odd at `byte`.
fn read_incident(place: &Place, kind: Kind, byte: Option<u64>, reason: String) -> Incident {
    let place = Place { byte: place.byte.or(byte.filter(|_| place.line.is_none())), ..place.clone() };
    Incident { place, status: Status::Read, kind, reason }
}

/// The incident of a document that cannot be used.
fn refused(place: &Place, kind: Kind, reason: String) -> Incident {
    Incident { place: place.clone(), status: Status::Refused, kind, reason }
}

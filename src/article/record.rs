//! One JSON object to an article: the text as it is, the facts as they are given.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::date::{self, Order};
use super::{Article, Limits, Zone, ZoneKind, digest, read_incident, refused, shortened};
use crate::error::Kind;
use crate::{Document, Incident, Span};

/// The article in a record: fields `text` (required), `id`, `title`, `published` (or `date`), `outlet`, `url`,
/// `language`; `null` counts as missing, other fields are passed over.
///
/// # Errors
/// When it is no JSON object with a text.
pub(super) fn article(document: Document, limits: &Limits) -> Result<Article, Incident> {
    let mut notes = Vec::new();
    let line = match std::str::from_utf8(&document.bytes) {
        Ok(line) => Cow::Borrowed(line),
        Err(error) => {
            let reason = "bytes that are no UTF-8 were replaced by U+FFFD".to_owned();
            notes.push((Kind::Decode, Some(error.valid_up_to() as u64), reason));
            Cow::Owned(String::from_utf8_lossy(&document.bytes).into_owned())
        }
    };
    let record = parsed(line.trim_start_matches('\u{feff}'), &mut notes)
        .map_err(|error| refused(&document.place, Kind::Format, format!("not a record with a text: {error}")))?;
    let mut article = record.article(limits, &mut notes);
    if article.id.is_empty() {
        article.id = digest(article.text.as_bytes());
    }
    article.incidents =
        notes.into_iter().map(|(kind, byte, reason)| read_incident(&document.place, kind, byte, reason)).collect();
    article.place = document.place;
    Ok(article)
}

/// What was odd: its kind, its byte, and the reason.
type Notes = Vec<(Kind, Option<u64>, String)>;

/// A record as it is written.
#[derive(Default)]
struct Record {
    text: String,
    facts: Vec<(Field, Value)>,
    twice: bool,
}

/// The fields that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Text,
    Id,
    Title,
    Published,
    Outlet,
    Url,
    Language,
    Other,
}

/// Names of the fields; the first name of a field is the one that errors use.
const FIELDS: [(&str, Field); 8] = [
    ("text", Field::Text),
    ("id", Field::Id),
    ("title", Field::Title),
    ("published", Field::Published),
    ("date", Field::Published),
    ("outlet", Field::Outlet),
    ("url", Field::Url),
    ("language", Field::Language),
];

/// The record of a line; half a surrogate pair costs the character, not the article.
fn parsed(line: &str, notes: &mut Notes) -> Result<Record, serde_json::Error> {
    let record = serde_json::from_str::<Record>(line);
    if record.is_ok() {
        return record;
    }
    let Some((byte, repaired)) = without_half_pairs(line) else { return record };
    let record = serde_json::from_str(&repaired)?;
    notes.push((Kind::Decode, Some(byte), "half a surrogate pair was replaced by U+FFFD".to_owned()));
    Ok(record)
}

/// The line with every `\uD800` to `\uDFFF` that stands alone written `\uFFFD`, and the byte of the first; `None` where
/// there is none.
fn without_half_pairs(line: &str) -> Option<(u64, String)> {
    let mut repaired = line.as_bytes().to_vec();
    let (mut at, mut first) = (0, None);
    while let Some(step) = memchr::memchr(b'\\', line.as_bytes().get(at..)?) {
        at += step;
        let half = |at: usize| surrogate(line.as_bytes().get(at..at + 6)?);
        match (half(at), half(at + 6)) {
            (Some(High), Some(Low)) => at += 12,
            (Some(_), _) => {
                first.get_or_insert(at as u64);
                repaired.get_mut(at..at + 6)?.copy_from_slice(b"\\uFFFD");
                at += 6;
            }
            (None, _) => at += 2,
        }
        if at >= line.len() {
            break;
        }
    }
    Some((first?, String::from_utf8(repaired).ok()?))
}

use Half::{High, Low};

/// Which half of a pair an escape is.
enum Half {
    High,
    Low,
}

fn surrogate(escape: &[u8]) -> Option<Half> {
    let code = std::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
    match u16::from_str_radix(code, 16).ok()? {
        0xd800..=0xdbff => Some(High),
        0xdc00..=0xdfff => Some(Low),
        _ => None,
    }
}

impl Record {
    fn article(self, limits: &Limits, notes: &mut Notes) -> Article {
        let mut article = Article { text: self.text, ..Article::default() };
        if self.twice {
            notes.push((Kind::Format, None, "field `text` is there twice; the last one counts".to_owned()));
        }
        if let Some(reason) = shortened(&mut article.text, limits.text_bytes) {
            notes.push((Kind::Limit, None, reason));
        }
        article.zones = vec![Zone { span: Span::whole(&article.text), kind: ZoneKind::Body, rule: "record" }];
        let mut published = None;
        for (field, value) in self.facts {
            let Some(words) = words(field, value, notes) else { continue };
            match field {
                Field::Id => article.id = words,
                Field::Title => article.title = Some(words),
                Field::Published => published = published.or(Some(words)),
                Field::Outlet => article.outlet = Some(words),
                Field::Url => article.url = Some(words),
                Field::Language => article.language = language_code(&words),
                Field::Text | Field::Other => {}
            }
        }
        if let Some(words) = published {
            article.published = date::day(&words, Order::of(article.language.as_deref()));
            article.published_by = article.published.map(|_| "record");
            if article.published.is_none() {
                notes.push((
                    Kind::Date,
                    None,
                    format!("`{}` is no date; known: 2025-12-31 and common forms", brief(&words)),
                ));
            }
        }
        article
    }
}

/// A fact as words; numbers are taken as they are written.
fn words(field: Field, value: Value, notes: &mut Notes) -> Option<String> {
    match value {
        Value::String(words) => Some(words),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => None,
        _ => {
            let name = FIELDS.iter().find(|(_, known)| *known == field).map_or("", |(name, _)| name);
            notes.push((Kind::Format, None, format!("field `{name}` is no string and was passed over")));
            None
        }
    }
}

/// ISO 639-1: `en` of `en-US`; `None` where it is no code.
pub(super) fn language_code(words: &str) -> Option<String> {
    let code: String = words.trim().chars().take_while(char::is_ascii_alphabetic).collect();
    (code.len() == 2 || code.len() == 3).then(|| code.to_ascii_lowercase())
}

fn brief(words: &str) -> String {
    words.chars().take(40).collect()
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with the field `text`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let (mut record, mut text) = (Record::default(), None);
        while let Some(field) = map.next_key()? {
            match field {
                Field::Text => record.twice |= text.replace(map.next_value::<String>()?).is_some(),
                Field::Other => drop(map.next_value::<IgnoredAny>()?),
                field => record.facts.push((field, map.next_value()?)),
            }
        }
        record.text = text.ok_or_else(|| A::Error::missing_field("text"))?;
        Ok(record)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Name)
    }
}

struct Name;

impl Visitor<'_> for Name {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Field, E> {
        Ok(FIELDS.iter().find(|(known, _)| *known == name).map_or(Field::Other, |(_, field)| *field))
    }
}

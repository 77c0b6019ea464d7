//! One JSON object to an article: the text as it is, the facts as they are given.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::{Value, value::RawValue};

use super::date::{self, Order};
use super::{Article, Limits, Zone, ZoneKind, digest, read_incident, refused, shortened};
use crate::error::Kind;
use crate::source::{Field, Fields};
use crate::{Document, Incident, Place, Span};

/// The article in a JSON object: the fields that [`crate::source::Facts::fields`] names, of several for one part the most trusted; `null`
/// counts as missing, other fields are passed over.
///
/// # Errors
/// When it is no JSON object with a text.
pub(super) fn article(document: Document, limits: &Limits) -> Result<Article, Incident> {
    let mut notes = Vec::new();
    let line = utf8(&document.bytes, &mut notes);
    let line = line.trim_start_matches(['\u{feff}', '\u{1e}']);
    let record = parsed(line, &document.facts.fields, &mut notes).map_err(|error| {
        refused(&document.place, Kind::Format, format!("not a record with a text: {}", reason(&error)))
    })?;
    if !record.has_text {
        let reason = textless(line, &document.facts.fields, &document.place.path);
        return Err(refused(&document.place, Kind::Format, reason));
    }
    Ok(record.article(document.place, limits, notes))
}

/// Why a record has no text, and what would have worked.
fn textless(line: &str, fields: &Fields, path: &str) -> String {
    if let Some(name) = fields.said(Field::Text) {
        return format!("no field `{name}` (--text-field)");
    }
    let all: BTreeMap<String, Value> = Some(line)
        .filter(|it| it.len() <= LOOKED_THROUGH)
        .and_then(|line| serde_json::from_str(line).ok())
        .unwrap_or_default();
    if all.get("method").and_then(|method| method.get("program")) == Some(&Value::from("sociogram")) {
        return "no article, but a network that sociogram wrote; `sociogram export`, `why` and `compare` read it"
            .to_owned();
    }
    if let Some(list) = list_of_records(all) {
        let (quoted, from) = (path.replace('\'', r"'\''"), if path == "-" { "" } else { " '" });
        let file = if from.is_empty() { String::new() } else { format!("{from}{quoted}'") };
        return format!(
            "no article, but a list of them in `{list}`; take them out with: jq -c '.{list}[]'{file} | sociogram build - --input-format jsonl"
        );
    }
    format!("no text in it; known fields: {}; or say --text-field NAME", fields.names(Field::Text))
}

/// Bytes of a record that are looked through for a list, which takes many times the memory.
const LOOKED_THROUGH: usize = 16 << 20;

/// The first field that holds a list of objects, as the answers of many services do; named as `jq` takes it.
fn list_of_records(fields: BTreeMap<String, Value>) -> Option<String> {
    let is_list = |value: &Value| value.as_array().and_then(|it| it.first()).is_some_and(Value::is_object);
    let (name, _) = fields.into_iter().find(|(_, value)| is_list(value))?;
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    is_plain.then_some(name)
}

/// The article in a row of a table.
pub(super) fn row(document: Document, limits: &Limits) -> Article {
    let mut notes = Vec::new();
    let text = match String::from_utf8(document.bytes) {
        Ok(text) => text,
        Err(error) => utf8(error.as_bytes(), &mut notes).into_owned(),
    };
    let facts = document.facts.known.into_iter().map(|(field, words)| (field, 0, Value::String(words))).collect();
    Record { text, facts, ..Record::default() }.article(document.place, limits, notes)
}

/// The bytes as UTF-8, with what is none replaced.
fn utf8<'b>(bytes: &'b [u8], notes: &mut Notes) -> Cow<'b, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let valid = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let reason = "bytes that are no UTF-8 were replaced by U+FFFD".to_owned();
    notes.push((Kind::Decode, Some(valid as u64), reason));
    Cow::Owned(String::from_utf8_lossy(bytes).into_owned())
}

/// What is wrong with a record, without the line: it has only one, and the place says which of the file.
fn reason(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

/// What was odd: its kind, its byte, and the reason.
type Notes = Vec<(Kind, Option<u64>, String)>;

/// A record as it is written: each fact with its rank among the fields that may hold it.
#[derive(Default)]
struct Record {
    text: String,
    facts: Vec<(Field, usize, Value)>,
    has_text: bool,
    twice: bool,
}

/// The record of a line; half a surrogate pair costs the character, not the article.
fn parsed(line: &str, fields: &Fields, notes: &mut Notes) -> Result<Record, serde_json::Error> {
    let read = |line: &str, at_once| {
        let mut reader = serde_json::Deserializer::from_str(line);
        let record = Names { fields, at_once }.deserialize(&mut reader)?;
        reader.end().map(|()| record)
    };
    if let Ok(record) = read(line, true) {
        return Ok(record);
    }
    // The usual way takes longer, and says what is wrong and where.
    let record = read(line, false);
    if record.is_ok() {
        return record;
    }
    let Some((byte, repaired)) = without_half_pairs(line) else { return record };
    let record = read(&repaired, false)?;
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
    match unit(escape)? {
        0xd800..=0xdbff => Some(High),
        0xdc00..=0xdfff => Some(Low),
        _ => None,
    }
}

/// The code unit of UTF-16 that an escape such as `\u20AC` stands for.
fn unit(escape: &[u8]) -> Option<u16> {
    let code = std::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
    u16::from_str_radix(code, 16).ok()
}

impl Record {
    fn article(mut self, place: Place, limits: &Limits, mut notes: Notes) -> Article {
        let mut article = Article { text: self.text, ..Article::default() };
        if self.twice {
            notes.push((Kind::Format, None, "field `text` is there twice; the last one counts".to_owned()));
        }
        if let Some(reason) = shortened(&mut article.text, limits.text_bytes) {
            notes.push((Kind::Limit, None, reason));
        }
        article.zones = vec![Zone { span: Span::whole(&article.text), kind: ZoneKind::Body, rule: "record" }];
        // Of several fields for one part the most trusted comes first.
        self.facts.sort_by_key(|(field, rank, _)| (*field, *rank));
        let mut known: Vec<(Field, String)> = Vec::new();
        for (field, _, value) in self.facts {
            let Some(words) = words(field, value, &mut notes) else { continue };
            if known.last().is_none_or(|(before, _)| *before != field) {
                known.push((field, words));
            }
        }
        fill(&mut article, known, &mut notes);
        if article.id.is_empty() {
            article.id = digest(article.text.as_bytes());
        }
        article.incidents =
            notes.into_iter().map(|(kind, byte, reason)| read_incident(&place, kind, byte, reason)).collect();
        article.place = place;
        article
    }
}

/// Fills what `article` does not say itself with what its container says.
pub(super) fn fill(article: &mut Article, facts: Vec<(Field, String)>, notes: &mut Notes) {
    let mut published = None;
    for (field, words) in facts {
        match field {
            Field::Id => article.id = words,
            Field::Title => drop(article.title.get_or_insert(words)),
            Field::Outlet => drop(article.outlet.get_or_insert(words)),
            Field::Url => drop(article.url.get_or_insert(words)),
            Field::Language => article.language = article.language.take().or(language_code(&words)),
            Field::Published => published = Some(words),
            Field::Text => {}
        }
    }
    if let Some(words) = published.filter(|_| article.published.is_none()) {
        publish(article, &words, notes);
    }
}

/// The day that the container says.
fn publish(article: &mut Article, words: &str, notes: &mut Notes) {
    let order = || Order::of(article.language.as_deref());
    article.published = iso_day(words).or_else(|| date::day(words, order()));
    article.published_by = article.published.map(|_| "record");
    if article.published.is_none() {
        let either = date::day(words, Order::DayFirst).zip(date::day(words, Order::MonthFirst));
        let reason = match either {
            Some((day, month)) => format!("`{}`: day or month first? say {day} or {month}", brief(words)),
            None => format!("`{}` is no date; known: 2025-12-31 and common forms", brief(words)),
        };
        notes.push((Kind::Date, None, reason));
    }
}

/// A fact as words; numbers are taken as they are written.
fn words(field: Field, value: Value, notes: &mut Notes) -> Option<String> {
    match value {
        Value::String(words) => Some(words),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => None,
        _ => {
            let name = field.known().first().copied().unwrap_or_default();
            notes.push((Kind::Format, None, format!("field `{name}` is no string and was passed over")));
            None
        }
    }
}

/// The day of an ISO 8601 date or time: nearly all records have one, and no pattern need be tried.
fn iso_day(words: &str) -> Option<chrono::NaiveDate> {
    let (day, rest) = words.as_bytes().split_first_chunk()?;
    let [y, y2, y3, y4, b'-', m, m2, b'-', d, d2] = day else { return None };
    let number = |digits: &[&u8]| {
        let digit = |sum: u32, digit: &&u8| Some(sum * 10 + char::from(**digit).to_digit(10)?);
        digits.iter().try_fold(0, digit)
    };
    let ends = matches!(rest, [] | [b'T' | b' ', ..]);
    let (year, month, day) = (number(&[y, y2, y3, y4])?, number(&[m, m2])?, number(&[d, d2])?);
    chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| ends)
}

/// ISO 639-1: `en` of `en-US`; `None` where it is no code.
pub(super) fn language_code(words: &str) -> Option<String> {
    let code: String = words.trim().chars().take_while(char::is_ascii_alphabetic).collect();
    (code.len() == 2 || code.len() == 3).then(|| code.to_ascii_lowercase())
}

fn brief(words: &str) -> String {
    words.chars().take(40).collect()
}

/// Reads an object by the names of its fields.
#[derive(Clone, Copy)]
struct Names<'f> {
    fields: &'f Fields,
    /// Whether the text is copied from the line at once.
    at_once: bool,
}

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = Record;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with the field `text`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let (mut record, mut text) = (Record::default(), None::<(usize, String)>);
        while let Some(field) = map.next_key_seed(Name(self.fields))? {
            match field {
                Some((Field::Text, rank)) => {
                    let words = if self.at_once {
                        string(map.next_value()?).map_err(A::Error::custom)?
                    } else {
                        map.next_value::<Option<String>>()?
                    };
                    let Some(words) = words else { continue };
                    record.twice |= text.as_ref().is_some_and(|(known, _)| *known == rank);
                    if text.as_ref().is_none_or(|(known, _)| rank <= *known) {
                        text = Some((rank, words));
                    }
                }
                Some((field, rank)) => record.facts.push((field, rank, map.next_value()?)),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        record.has_text = text.is_some();
        record.text = text.map(|(_, words)| words).unwrap_or_default();
        Ok(record)
    }
}

/// The string that a value is; `null` is none.
///
/// # Errors
/// Where it is something else, or no string: the usual way tells what.
fn string(value: &RawValue) -> Result<Option<String>, &'static str> {
    const OTHER: &str = "no string";
    let raw = value.get();
    let Some(mut rest) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return if raw == "null" { Ok(None) } else { Err(OTHER) };
    };
    let mut words = String::with_capacity(rest.len());
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, escape) = rest.split_at_checked(at).ok_or(OTHER)?;
        words.push_str(before);
        let (character, length) = escaped(escape).ok_or(OTHER)?;
        words.push(character);
        rest = escape.get(length..).ok_or(OTHER)?;
    }
    words.push_str(rest);
    Ok(Some(words))
}

/// The character that an escape stands for, and its length; nothing for half a surrogate pair.
fn escaped(escape: &str) -> Option<(char, usize)> {
    let character = match escape.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => {
            let unit = |at: usize| unit(escape.as_bytes().get(at..at + 6)?);
            let first = unit(0)?;
            let (units, length) = match char::from_u32(u32::from(first)) {
                Some(_) => ([first, 0], 6),
                None => ([first, unit(6)?], 12),
            };
            return Some((char::decode_utf16(units).next()?.ok()?, length));
        }
        mark => char::from(*mark),
    };
    Some((character, 2))
}

/// What a field of this name holds.
struct Name<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<(Field, usize)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<(Field, usize)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.of(name))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_those_of_iso_8601() {
        let day = |words| iso_day(words).map(|day| day.to_string());
        for words in ["2024-02-29", "2024-02-29T23:59:59Z", "2024-02-29 08:00"] {
            assert_eq!(day(words).as_deref(), Some("2024-02-29"), "{words}");
        }
        for words in ["2025-02-29", "+025-01-01", "-001-01-01", "2025-3 -04", "2025-03-14x", "2025-03", "1. 3. 2025"] {
            assert_eq!(day(words), None, "{words}");
        }
    }

    proptest! {
        /// A string that is copied at once is what the usual way makes of it.
        #[test]
        fn strings_are_read_alike(raw in "\"([a-zé“ ]{0,5}|\\\\[\"\\\\/bfnrtx]|\\\\u(00[0-9a-f]{2}|d83d|de00|d83d\\\\ude00)|\\PC){0,12}\"|null|[0-9]|\\[\\]|true") {
            let Ok(value) = serde_json::from_str::<&RawValue>(&raw) else { return Ok(()) };
            match (string(value), serde_json::from_str::<Option<String>>(&raw)) {
                (Ok(words), usual) => prop_assert_eq!(words, usual.unwrap()),
                (Err(_), usual) => prop_assert!(usual.is_err()),
            }
        }
    }
}

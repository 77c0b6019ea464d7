//! Feeds: RSS (<https://www.rssboard.org/rss-specification>) and Atom (RFC 4287); one article an item, as much of it as the feed
//! has.

use chrono::{DateTime, NaiveDateTime, Utc};
use feed_rs::{
    model::{Entry, Feed},
    parser,
};

use super::{Damage, Document, Facts, Field, Format, Found, Input, Item, Media, Reading, break_at, refused};
use crate::{Place, error::Kind};

pub(super) const FORMAT: Format = Format {
    name: "feed",
    endings: &["rss", "atom", "xml"],
    about: "an RSS or Atom feed, one article an item",
    begins,
    open,
};

fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let is_xml = head.starts_with(b"<?xml") || head.starts_with(b"<rss") || head.starts_with(b"<feed");
    is_xml && [&b"<rss"[..], b"<feed", b"<rdf:RDF"].iter().any(|tag| memchr::memmem::find(head, tag).is_some())
}

fn open(input: Input, reading: &Reading) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    let (bytes, error) = input.content(reading.limits.document_bytes);
    if let Some(error) = error.filter(|error| bytes.is_empty() || Damage::of(error).kind == Kind::Limit) {
        return Box::new(std::iter::once(break_at(place, &error)));
    }
    let parser = parser::Builder::new().timestamp_parser(moment).build();
    match parser.parse(bytes.as_slice()) {
        Err(error) => refused(place, Kind::Format, format!("no feed that can be read: {error}")),
        Ok(feed) => Box::new(articles(feed, &place.path).into_iter().map(Item::Document)),
    }
}

/// A time as its own zone has it: the day on the page, not that of Greenwich.
fn moment(words: &str) -> Option<DateTime<Utc>> {
    let words = words.trim();
    let zoned = DateTime::parse_from_rfc3339(words).or_else(|_| DateTime::parse_from_rfc2822(words));
    let local = zoned.map(|zoned| zoned.naive_local()).ok();
    let bare = || NaiveDateTime::parse_from_str(words.get(..19)?, "%Y-%m-%dT%H:%M:%S").ok();
    let day = || words.get(..10)?.parse::<chrono::NaiveDate>().ok()?.and_hms_opt(0, 0, 0);
    Some(local.or_else(bare).or_else(day)?.and_utc())
}

fn articles(feed: Feed, path: &str) -> Vec<Document> {
    let outlet = feed.title.map(|title| title.content);
    let language = feed.language;
    let entries = feed.entries.into_iter().zip(1..);
    entries.map(|(entry, number)| article(entry, number, path, outlet.as_deref(), language.as_deref())).collect()
}

fn article(entry: Entry, number: u64, path: &str, outlet: Option<&str>, language: Option<&str>) -> Document {
    let content = entry.content.and_then(|content| content.body);
    let words = content.or(entry.summary.map(|summary| summary.content)).unwrap_or_default();
    let known = [
        (Field::Id, Some(entry.id)),
        (Field::Title, entry.title.map(|title| title.content)),
        (Field::Published, entry.published.map(|time| time.date_naive().to_string())),
        (Field::Outlet, outlet.map(str::to_owned)),
        (Field::Url, entry.links.into_iter().next().map(|link| link.href)),
        (Field::Language, entry.language.or(language.map(str::to_owned))),
    ];
    let known = known.into_iter().filter_map(|(field, words)| Some((field, words?))).collect();
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article>{words}</article></body></html>"
    );
    let place = Place { path: path.to_owned(), line: Some(number), byte: None };
    Document { media: Media::Html, place, bytes: page.into_bytes(), facts: Facts { known, ..Facts::default() } }
}

//! Pages saved as MIME (RFC 2557), as browsers write them: the page without its pictures.

use mail_parser::{MessageParser, MimeHeaders};

use super::{Damage, Document, Facts, Field, Format, Found, Input, Item, Media, Reading, break_at, refused};
use crate::{Place, error::Kind};

pub(super) const FORMAT: Format =
    Format { name: "mhtml", endings: &["mhtml", "mht"], about: "a page saved as MIME", begins, open };

fn begins(head: &[u8]) -> bool {
    head.starts_with(b"From: <Saved by")
        || (head.starts_with(b"MIME-Version:") && memchr::memmem::find(head, b"multipart/related").is_some())
}

fn open(input: Input, reading: &Reading) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    let (bytes, error) = input.content(reading.limits.document_bytes);
    if let Some(error) = error.filter(|error| bytes.is_empty() || Damage::of(error).kind == Kind::Limit) {
        return Box::new(std::iter::once(break_at(place, &error)));
    }
    match page(&bytes, place.clone()) {
        Some(page) => Box::new(std::iter::once(Item::Document(page))),
        None => refused(place, Kind::Format, "no page in it".to_owned()),
    }
}

/// The first part that is a page; its words are decoded already.
fn page(bytes: &[u8], place: Place) -> Option<Document> {
    let message = MessageParser::default().parse(bytes)?;
    let is_page = |part: &&mail_parser::MessagePart<'_>| part.is_text_html();
    let part = message.parts.iter().find(is_page)?;
    let words = part.text_contents()?;
    let url = part.content_location().or_else(|| message.header_raw("Snapshot-Content-Location").map(str::trim));
    let known = url.map(|url| (Field::Url, url.to_owned())).into_iter().collect();
    let facts = Facts { known, encoding: Some("utf-8".to_owned()), ..Facts::default() };
    Some(Document { media: Media::Html, place, bytes: words.as_bytes().to_vec(), facts })
}

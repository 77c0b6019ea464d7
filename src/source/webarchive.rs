//! Pages that Safari saves: a property list with the page and its pictures.

use super::{Damage, Document, Facts, Field, Format, Found, Input, Item, Media, Reading, break_at, refused};
use crate::{Place, error::Kind};

pub(super) const FORMAT: Format = Format {
    name: "webarchive",
    endings: &["webarchive"],
    about: "a page that Safari saved",
    begins: |head| head.starts_with(b"bplist00") && memchr::memmem::find(head, b"WebMainResource").is_some(),
    open,
};

fn open(input: Input, reading: &Reading) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    let (bytes, error) = input.content(reading.limits.document_bytes);
    if let Some(error) = error.filter(|error| bytes.is_empty() || Damage::of(error).kind == Kind::Limit) {
        return Box::new(std::iter::once(break_at(place, &error)));
    }
    match page(bytes, place.clone()) {
        Some(page) => Box::new(std::iter::once(Item::Document(page))),
        None => refused(place, Kind::Format, "no page in it".to_owned()),
    }
}

fn page(bytes: Vec<u8>, place: Place) -> Option<Document> {
    let archive = plist::Value::from_reader(std::io::Cursor::new(bytes)).ok()?;
    let page = archive.as_dictionary()?.get("WebMainResource")?.as_dictionary()?;
    let words = |name: &str| page.get(name).and_then(plist::Value::as_string).map(str::to_owned);
    let media = match words("WebResourceMIMEType").as_deref() {
        Some("text/plain") => Media::Text,
        _ => Media::Html,
    };
    let known = words("WebResourceURL").map(|url| (Field::Url, url)).into_iter().collect();
    let facts = Facts { known, encoding: words("WebResourceTextEncodingName"), ..Facts::default() };
    let bytes = page.get("WebResourceData")?.as_data()?.to_vec();
    Some(Document { media, place, bytes, facts })
}

//! Saved pages, <https://html.spec.whatwg.org/>: one file, one article.

use super::{DOCUMENT_BYTES, Format, Found, Input, Media, single};

pub(super) const FORMAT: Format =
    Format { name: "html", endings: &["html", "htm", "xhtml"], about: "a saved page", open };

fn open(input: Input) -> Found {
    single(input, Media::Html, DOCUMENT_BYTES)
}

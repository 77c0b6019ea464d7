//! Plain text: one file, one article; also the text of a saved page.

use super::{DOCUMENT_BYTES, Format, Found, Input, Media, single};

pub(super) const FORMAT: Format =
    Format { name: "txt", endings: &["txt", "text"], about: "plain text, or the text of a saved page", open };

fn open(input: Input) -> Found {
    single(input, Media::Text, DOCUMENT_BYTES)
}

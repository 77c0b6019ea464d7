//! Plain text: one file, one article (or the text of a saved page).

use super::{Format, Found, Input, Media, Reading, single};

pub(super) const FORMAT: Format = Format {
    name: "txt",
    endings: &["txt", "text", "md"],
    about: "an article as text, or the text of a saved page",
    begins: |_| false,
    open,
};

fn open(input: Input, reading: &Reading) -> Found {
    single(input, Media::Text, reading)
}

//! Saved pages, <https://html.spec.whatwg.org/>: one file, one article.

use super::{Format, Found, Input, Media, Reading, single};

pub(super) const FORMAT: Format =
    Format { name: "html", endings: &["html", "htm", "xhtml"], about: "a saved page", begins, open };

fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let is = |tag: &[u8]| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    is(b"<!doctype html") || is(b"<html")
}

fn open(input: Input, reading: &Reading) -> Found {
    single(input, Media::Html, reading)
}

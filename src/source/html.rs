//! Saved pages, <https://html.spec.whatwg.org/>: one file, one article, or several pages that were put one behind the other.

use super::{Document, Format, Found, Input, Item, Media, Reading, single};

pub(super) const FORMAT: Format =
    Format { name: "html", endings: &["html", "htm", "xhtml"], about: "a saved page", begins, open };

fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    is_tag(head, b"<!doctype html") || is_tag(head, b"<html")
}

fn is_tag(bytes: &[u8], tag: &[u8]) -> bool {
    bytes.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

fn open(input: Input, reading: &Reading) -> Found {
    Box::new(single(input, Media::Html, reading).flat_map(|item| match item {
        Item::Document(document) => apart(document),
        other => vec![other],
    }))
}

/// Every page of a file on its own, with the byte where it begins; a parser would take them for one.
fn apart(document: Document) -> Vec<Item> {
    let mut starts = later_pages(&document.bytes);
    if starts.is_empty() {
        return vec![Item::Document(document)];
    }
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([document.bytes.len()]);
    let page = |(start, end): (usize, usize)| {
        let mut place = document.place.clone();
        place.byte = Some(start as u64);
        let bytes = document.bytes.get(start..end).unwrap_or_default().to_vec();
        Item::Document(Document { place, bytes, facts: document.facts.clone(), ..document })
    };
    starts.iter().copied().zip(ends).map(page).collect()
}

/// Where pages with paragraphs begin behind the end of one before.
fn later_pages(bytes: &[u8]) -> Vec<usize> {
    let ends = memchr::memchr_iter(b'<', bytes).filter(|&at| bytes.get(at..).is_some_and(|it| is_tag(it, b"</html")));
    let next = |end: usize| {
        let rest = bytes.get(end..)?;
        let behind = rest.get(memchr::memchr(b'>', rest)? + 1..)?.trim_ascii_start();
        let has_text =
            || memchr::memchr_iter(b'<', behind).any(|at| behind.get(at..).is_some_and(|it| is_tag(it, b"<p")));
        (begins(behind) && has_text()).then(|| bytes.len() - behind.len())
    };
    ends.filter_map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::later_pages;

    #[test]
    fn pages_one_behind_the_other_are_told_apart() {
        let page = "<!DOCTYPE html><html><body><p>Ann met Bob.</p></body></html>\n";
        assert_eq!(later_pages(page.repeat(3).as_bytes()), [page.len(), page.len() * 2]);
        for one in [
            page.to_owned(),
            format!("{page}<html><script></script></html>"),
            format!("{page}</html><p>"),
            "</html".to_owned(),
        ] {
            assert!(later_pages(one.as_bytes()).is_empty(), "{one}");
        }
    }
}

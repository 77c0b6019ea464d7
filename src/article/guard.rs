//! A page before any tree is built of it: what breaks or slows parsers is taken out in one pass.
//!
//! Parsers of HTML are quadratic in nesting and in attributes. Here comments, scripts (but not the metadata in them), styles and
//! tags that only format go, attributes that nobody reads go, and nesting is kept within a limit by dropping the tags that lie
//! deeper and keeping their text. The tokenizer follows <https://html.spec.whatwg.org/multipage/parsing.html#tokenization>.

use std::collections::HashMap;

use super::{Limits, boundary_before};
use crate::error::Kind;

/// A page that is safe to parse.
#[derive(Debug, Default)]
pub(super) struct Guarded {
    /// The page without what is no article.
    pub(super) html: String,
    /// The JSON-LD scripts, in order.
    pub(super) data: Vec<String>,
    /// Start tags in it.
    pub(super) elements: usize,
    /// Whether tags were dropped because they lay too deep.
    pub(super) too_deep: bool,
}

/// `page` within `limits`; each limit that is hit is noted once, with the byte where it was hit first.
pub(super) fn guarded(page: &str, limits: &Limits, notes: &mut Vec<(Kind, u64, String)>) -> Guarded {
    let end = boundary_before(page, limits.page_bytes);
    if end < page.len() {
        let reason = format!("page of {} bytes cut to the limit of {}", page.len(), limits.page_bytes);
        notes.push((Kind::Limit, end as u64, reason));
    }
    let mut guard = Guard::new(page.get(..end).unwrap_or_default(), limits);
    guard.run();
    let cut = (guard.out.elements >= limits.elements).then_some(guard.at);
    let hits = [
        (cut, format!("page cut at the limit of {} elements", limits.elements)),
        (
            guard.too_deep,
            format!("elements within each other over the limit of {}: tags dropped, text kept", limits.depth),
        ),
        (guard.too_many, format!("attributes of a tag over the limit of {}: the rest dropped", limits.attributes)),
    ];
    guard.out.too_deep = guard.too_deep.is_some();
    notes.extend(hits.into_iter().filter_map(|(byte, reason)| Some((Kind::Limit, byte? as u64, reason))));
    guard.out
}

/// Elements whose content is no text of the page; it ends at their end tag only.
const RAW: [&str; 6] = ["script", "style", "iframe", "noembed", "noframes", "noscript"];

/// Elements whose content is words: where they do not end, the page goes on.
const FALLBACK: [&str; 5] = ["iframe", "noembed", "noframes", "noscript", "title"];

/// Tags that only format: they come and go without changing what a text says. `xmp` and `plaintext` would swallow the rest.
const FORMAT: [&str; 16] = [
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "tt",
    "u",
    "xmp",
    "plaintext",
    "textarea",
];

/// Elements that have no content and no end tag.
pub(super) const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that end an open paragraph, and leave a line break where they are dropped.
pub(super) const BLOCK: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Attributes that tell what an element is; all others are dropped.
const ATTRIBUTES: [&str; 26] = [
    "aria-hidden",
    "charset",
    "class",
    "content",
    "data-component",
    "data-date",
    "data-datetime",
    "data-published",
    "data-testid",
    "data-time",
    "data-timestamp",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "title",
];

/// Longest value of an attribute, and longest name of a tag, in bytes; longer ones carry no fact.
const LONGEST_VALUE: usize = 4_000;
const LONGEST_NAME: usize = 40;

/// Marks `<` that begin no tag and stay: as references they are slow to parse, and more of them are rubbish.
const MOST_LONE: usize = 10_000;

/// Which open elements a start tag ends, and the elements beyond which it does not look.
const IMPLIED: [(&[&str], &[&str], &[&str]); 6] = [
    (&["li"], &["li"], &["ul", "ol", "menu", "dir", "table", "td", "th", "section", "article", "blockquote"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl", "table", "td", "th", "section", "article"]),
    (&["option", "optgroup"], &["option"], &["select", "datalist"]),
    (&["td", "th"], &["td", "th"], &["tr", "table"]),
    (&["tr"], &["tr"], &["table"]),
    (&["thead", "tbody", "tfoot"], &["thead", "tbody", "tfoot"], &["table"]),
];

/// Elements beyond which an open paragraph is not ended.
const PARAGRAPH_SCOPE: [&str; 7] = ["table", "td", "th", "caption", "button", "object", "html"];

/// The pass over a page.
struct Guard<'a> {
    page: &'a str,
    limits: &'a Limits,
    at: usize,
    out: Guarded,
    /// Names of the open elements.
    open: Vec<&'a str>,
    counts: HashMap<String, usize>,
    /// Dropped start tags whose end tags are still to come, by name.
    dropped: HashMap<String, usize>,
    /// Marks `<` that begin no tag, so far.
    lone: usize,
    link: bool,
    too_deep: Option<usize>,
    too_many: Option<usize>,
}

impl<'a> Guard<'a> {
    fn new(page: &'a str, limits: &'a Limits) -> Self {
        let out = Guarded { html: String::with_capacity(page.len() / 2), ..Guarded::default() };
        let (counts, dropped) = (HashMap::new(), HashMap::new());
        Self {
            page,
            limits,
            at: 0,
            out,
            open: Vec::new(),
            counts,
            dropped,
            lone: 0,
            link: false,
            too_deep: None,
            too_many: None,
        }
    }

    fn run(&mut self) {
        while self.at < self.page.len() && self.out.elements < self.limits.elements {
            let rest = self.rest();
            let text = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.out.html.push_str(rest.get(..text).unwrap_or_default());
            self.at += text;
            self.markup();
        }
    }

    fn rest(&self) -> &'a str {
        self.page.get(self.at..).unwrap_or_default()
    }

    /// One piece of markup, at its `<`.
    fn markup(&mut self) {
        let mut next = self.rest().bytes().skip(1);
        match (next.next(), next.next()) {
            (Some(b'!'), Some(b'-')) if self.rest().starts_with("<!--") => self.comment(),
            (Some(b'!' | b'?'), _) => self.declaration(),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(),
            (Some(b'/'), _) => self.skip_past('>'),
            (Some(letter), _) if letter.is_ascii_alphabetic() => self.start_tag(),
            (_, _) if self.at < self.page.len() => {
                self.lone += 1;
                self.out.html.push_str(if self.lone <= MOST_LONE { "&lt;" } else { " " });
                self.at += 1;
            }
            _ => {}
        }
    }

    /// A comment ends at `-->` or `--!>`, or at once (`<!-->`); without an end it takes the rest of the page.
    fn comment(&mut self) {
        let rest = self.rest();
        let short = ["<!-->", "<!--->"].into_iter().find(|short| rest.starts_with(short));
        let length = short.map(str::len).or_else(|| {
            let mut dashes = memchr::memmem::find_iter(rest.as_bytes(), "--").skip(1);
            dashes.find_map(|at| {
                let after = rest.get(at..)?.trim_start_matches('-');
                let end = [">", "!>"].into_iter().find(|end| after.starts_with(end))?;
                Some(rest.len() - after.len() + end.len())
            })
        });
        self.at += length.unwrap_or(rest.len());
    }

    /// `<!DOCTYPE ...>` is kept, it decides how tables nest; `<?...>` and the like are comments.
    fn declaration(&mut self) {
        let start = self.at;
        self.skip_past('>');
        let whole = self.page.get(start..self.at).unwrap_or_default();
        let is_doctype = whole.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case("<!doctype"));
        if is_doctype && whole.len() < 300 && self.out.html.trim().is_empty() {
            self.out.html.push_str(whole);
        }
    }

    fn skip_past(&mut self, end: char) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len_utf8());
    }

    fn start_tag(&mut self) {
        let start = self.at;
        let name = self.name(start + 1);
        let mut tag = String::new();
        let complete = self.attributes(&mut tag);
        let lower = name.to_ascii_lowercase();
        if !complete || name.len() > LONGEST_NAME || FORMAT.contains(&lower.as_str()) {
            return;
        }
        if RAW.contains(&lower.as_str()) {
            self.raw(&lower, start);
            return;
        }
        self.close_implied(&lower);
        if lower == "a" {
            self.link = true;
        } else if !VOID.contains(&lower.as_str()) {
            if self.open.len() >= self.limits.depth {
                self.drop_tag(lower, start);
                return;
            }
            self.push(name, lower.clone());
        }
        if lower == "br" && self.out.html.ends_with("<br><br>") {
            return;
        }
        self.out.elements += 1;
        let html = &mut self.out.html;
        html.push('<');
        html.push_str(&lower);
        html.push_str(&tag);
        html.push('>');
        if lower == "title" {
            self.title();
        }
    }

    fn push(&mut self, name: &'a str, lower: String) {
        self.open.push(name);
        *self.counts.entry(lower).or_default() += 1;
    }

    /// A tag that lies too deep: where it would break the line, the line is broken.
    fn drop_tag(&mut self, lower: String, start: usize) {
        self.too_deep.get_or_insert(start);
        if BLOCK.contains(&lower.as_str()) && !self.out.html.ends_with("<br>") {
            self.out.html.push_str("<br>");
        }
        *self.dropped.entry(lower).or_default() += 1;
    }

    /// The name that begins at `from`, as it is written; moves behind it.
    fn name(&mut self, from: usize) -> &'a str {
        let rest = self.page.get(from..).unwrap_or_default();
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.at = from + length;
        rest.get(..length).unwrap_or_default()
    }

    /// Writes the attributes that count to `tag` and moves behind the tag; `false` where the page ends within it.
    fn attributes(&mut self, tag: &mut String) -> bool {
        let mut count = 0;
        loop {
            let rest = self.rest();
            let begin =
                rest.bytes().position(|byte| !(byte.is_ascii_whitespace() || byte == b'/')).unwrap_or(rest.len());
            self.at += begin;
            match self.rest().bytes().next() {
                None => return false,
                Some(b'>') => {
                    self.at += 1;
                    return true;
                }
                Some(_) => {}
            }
            let start = self.at;
            let (name, value) = self.attribute();
            count += 1;
            if count > self.limits.attributes {
                self.too_many.get_or_insert(start);
            } else {
                write_attribute(tag, name, value);
            }
        }
    }

    /// The next attribute: its name, and its value with its quotes if it has any.
    fn attribute(&mut self) -> (&'a str, &'a str) {
        let rest = self.rest();
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        let length = rest.bytes().skip(1).position(ends).map_or(rest.len(), |at| at + 1);
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let Some(value) = after.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
            self.at += length;
            return (name, "");
        };
        let length = value_length(value);
        self.at += rest.len() - value.len() + length;
        (name, value.get(..length).unwrap_or_default())
    }

    /// Content that is no text: JSON-LD is kept aside, all else goes.
    fn raw(&mut self, lower: &str, start: usize) {
        let tag = self.page.get(start..self.at).unwrap_or_default();
        let content = self.until_end_tag(lower);
        if lower == "script" && tag.len() < LONGEST_VALUE && tag.to_ascii_lowercase().contains("ld+json") {
            self.out.data.push(content.to_owned());
        }
    }

    /// What stands before the end tag of an element without markup inside; moves behind that tag.
    fn until_end_tag(&mut self, lower: &str) -> &'a str {
        let rest = self.rest();
        let end = memchr::memmem::find_iter(rest.as_bytes(), "</").find(|at| {
            let name = rest.get(at + 2..at + 2 + lower.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(lower))
        });
        // Without an end it would take the rest of the page; of these nothing else is lost.
        if end.is_none() && FALLBACK.contains(&lower) {
            return "";
        }
        let length = end.unwrap_or(rest.len());
        self.at += length;
        self.skip_past('>');
        rest.get(..length).unwrap_or_default()
    }

    /// The page's title, in which tags are text.
    fn title(&mut self) {
        let words = self.until_end_tag("title").replace('<', "&lt;");
        self.out.html.push_str(&words);
        self.out.html.push_str("</title>");
        self.pop();
    }

    fn end_tag(&mut self) {
        let name = self.name(self.at + 2);
        if !self.attributes(&mut String::new()) {
            return;
        }
        let lower = name.to_ascii_lowercase();
        if FORMAT.contains(&lower.as_str()) || name.len() > LONGEST_NAME {
            return;
        }
        if let Some(count) = self.dropped.get_mut(&lower).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        if lower == "a" {
            if !std::mem::take(&mut self.link) {
                return;
            }
        } else if self.counts.get(&lower).is_none_or(|&count| count == 0) {
            return;
        } else {
            self.close(&lower);
        }
        self.out.html.push_str("</");
        self.out.html.push_str(&lower);
        self.out.html.push('>');
    }

    /// Closes the innermost element of this name, and all within it.
    fn close(&mut self, lower: &str) {
        let mut inner = 0;
        while let Some(name) = self.pop() {
            if name.eq_ignore_ascii_case(lower) {
                break;
            }
            inner += 1;
        }
        if inner > 0 {
            self.dropped.clear();
        }
    }

    fn pop(&mut self) -> Option<&'a str> {
        let name = self.open.pop()?;
        if let Some(count) = self.counts.get_mut(&name.to_ascii_lowercase()) {
            *count = count.saturating_sub(1);
        }
        Some(name)
    }

    /// What a start tag ends without saying so.
    fn close_implied(&mut self, lower: &str) {
        if BLOCK.contains(&lower)
            && !matches!(lower, "li" | "td" | "th" | "tr" | "tbody" | "thead" | "option" | "button" | "select")
        {
            self.close_within(&["p"], &PARAGRAPH_SCOPE);
        }
        for (starts, ends, scope) in IMPLIED {
            if starts.contains(&lower) {
                self.close_within(ends, scope);
            }
        }
    }

    /// Closes the innermost of `ends`, unless one of `scope` lies further in.
    fn close_within(&mut self, ends: &[&str], scope: &[&str]) {
        if ends.iter().all(|name| self.counts.get(*name).is_none_or(|&count| count == 0)) {
            return;
        }
        let is = |name: &&str, among: &[&str]| among.iter().any(|known| name.eq_ignore_ascii_case(known));
        let found = self.open.iter().rev().find(|name| is(name, ends) || is(name, scope)).copied();
        if let Some(name) = found.filter(|name| is(name, ends)) {
            self.close(&name.to_ascii_lowercase());
        }
    }
}

/// Bytes of an attribute's value, with its quotes.
fn value_length(value: &str) -> usize {
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            value.get(1..).and_then(|inside| inside.find(quote)).map_or(value.len(), |at| at + 2)
        }
        _ => value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
    }
}

/// Writes an attribute where it is one that counts.
fn write_attribute(tag: &mut String, name: &str, value: &str) {
    let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name));
    let Some(known) = known.filter(|_| value.len() <= LONGEST_VALUE) else { return };
    tag.push(' ');
    tag.push_str(known);
    tag.push('=');
    if value.starts_with(['"', '\'']) {
        tag.push_str(value);
    } else {
        tag.push('"');
        tag.push_str(&value.replace('"', "&quot;"));
        tag.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(page: &str) -> (String, Vec<String>, usize) {
        let mut notes = Vec::new();
        let guarded = guarded(page, &Limits { depth: 4, attributes: 3, ..Limits::default() }, &mut notes);
        (guarded.html, guarded.data, notes.len())
    }

    #[test]
    fn scripts_and_comments_go_and_linked_data_stays_aside() {
        let page = "<p>a<!-- <p>x ---><!--><!--y--!><script>if (a<b) '<p>'</script><SCRIPT type='application/ld+json'>{}</SCRIPT>b</p>";
        assert_eq!(guard(page), ("<p>ab</p>".into(), vec!["{}".into()], 0));
    }

    #[test]
    fn deep_tags_go_and_their_text_stays() {
        let (html, _, hits) = guard("<div><div><div><div><div>deep</div>er</div></div></div></div><p>on");
        assert_eq!(html, "<div><div><div><div><br>deeper</div></div></div></div><p>on");
        assert_eq!(hits, 1);
    }

    #[test]
    fn paragraphs_without_ends_do_not_nest() {
        let (html, _, hits) = guard(&"<p>x".repeat(20));
        assert_eq!((html.len(), hits), (80, 0));
    }

    #[test]
    fn attributes_over_the_limit_go() {
        let (html, _, hits) = guard("<p a=1 class=x b id='y'>t");
        assert_eq!((html.as_str(), hits), ("<p class=\"x\">t", 1));
    }

    #[test]
    fn broken_markup_is_text_or_nothing() {
        assert_eq!(guard("1 < 2 <3 </ x><a href=\"").0, "1 &lt; 2 &lt;3 ");
        assert_eq!(guard("<title>a <b> c</title><p>d").0, "<title>a &lt;b> c</title><p>d");
        assert_eq!(guard("</p></b></nope>x").0, "x");
    }
}

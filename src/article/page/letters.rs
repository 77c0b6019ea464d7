//! Who may be named in a page, told from its markup before any tree is built of it.

use std::borrow::Cow;

use super::super::guard::{BLOCK, Guarded};
use super::OUTSIDE;

/// Who is looked for, as far as a page must know it to be passed over: each question is answered with yes where that is not sure.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    /// Whether somebody may be named in a text with line breaks.
    pub in_text: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether somebody may be named where these letters stand, with anything but letters between them.
    pub in_letters: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether a word of somebody's name begins like this.
    pub begins: &'a (dyn Fn(&str) -> bool + Sync),
}

/// The title of a page in which nobody sought can be named, whatever tree it becomes; `None` where somebody may be, and where
/// the page is not sure to have a title (it could be without any text).
pub(super) fn title_of_nobody(page: &Guarded, sought: &Sought) -> Option<String> {
    let title = title_in_head(&page.html)?;
    let letters = Letters::of(page)?;
    let named = (sought.in_letters)(&letters.all) || letters.broken.iter().any(|word| (sought.begins)(word));
    (!named).then_some(title)
}

/// The title that stands before anything but metadata.
fn title_in_head(html: &str) -> Option<String> {
    const HEAD: [&str; 6] = ["!doctype", "html", "head", "meta", "link", "base"];
    let mut rest = html;
    loop {
        rest = rest.trim_ascii_start().strip_prefix('<')?;
        let (tag, after) = tag(rest)?;
        match name(tag) {
            "title" => {
                let words = decoded(after.split('<').next()?)?;
                return words.chars().any(|c| c.is_ascii_alphanumeric()).then(|| words.trim().to_owned());
            }
            name if HEAD.contains(&name.to_ascii_lowercase().as_str()) => rest = after,
            _ => return None,
        }
    }
}

/// Everything of a page that can become words of its article.
#[derive(Default)]
struct Letters {
    /// Text, descriptions and linked data, with the tags between them taken out.
    all: String,
    /// Words that break off at an element that may not be shown: they may go on behind it.
    broken: Vec<String>,
    /// Where in `all` tags stood: a word may begin there.
    tags: Vec<usize>,
    /// Bytes of `broken`.
    bytes: usize,
    /// Where in `all` a word was last looked at.
    noted: usize,
}

impl Letters {
    /// `None` where a character is written in a way that only a parser can tell.
    fn of(page: &Guarded) -> Option<Self> {
        let mut letters = Self { all: String::with_capacity(page.html.len() / 2), ..Self::default() };
        let mut rest = page.html.as_str();
        loop {
            let (text, markup) = rest.split_at_checked(memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()))?;
            letters.all.push_str(&decoded(text)?);
            let Some(markup) = markup.strip_prefix('<') else { break };
            let Some((tag, after)) = tag(markup) else { break };
            letters.tag(tag)?;
            rest = after;
        }
        for data in &page.data {
            letters.all.push('\n');
            letters.all.push_str(&unescaped(data)?);
        }
        Some(letters)
    }

    fn tag(&mut self, tag: &str) -> Option<()> {
        let name = name(tag);
        if name == "meta" && tag.contains(":title") {
            let content = attribute(tag, "content").unwrap_or_default();
            self.all.extend(["\n", &decoded(content)?, "\n"]);
        } else if may_be_outside(name, tag) {
            self.break_word()?;
        } else if BLOCK.contains(&name.trim_start_matches('/')) {
            self.all.push('\n');
        }
        if self.tags.last() != Some(&self.all.len()) {
            self.tags.push(self.all.len());
        }
        Some(())
    }

    /// Notes the word of ASCII letters that the text so far ends in the middle of, and its parts that begin at tags; `None` where
    /// other letters are in it, and where such words are more than the page's text.
    fn break_word(&mut self) -> Option<()> {
        if self.noted == self.all.len() {
            return Some(());
        }
        self.noted = self.all.len();
        let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let length = self.all.bytes().rev().take(LONGEST).take_while(in_word).count();
        let start = self.all.len() - length;
        let word = self.all.get(start..).filter(|word| word.is_ascii())?;
        let tags = self.tags.iter().rev().map_while(|tag| tag.checked_sub(start));
        let parts = std::iter::once(word).chain(tags.filter_map(|at| word.get(at..)));
        for part in parts.filter(|part| !part.is_empty()) {
            self.bytes += part.len();
            self.broken.push(part.to_owned());
        }
        (self.bytes <= self.all.len() + ROOM).then_some(())
    }
}

/// No word of a name is longer, in bytes.
const LONGEST: usize = 256;

/// Bytes of broken words that a page may have beyond those of its text.
const ROOM: usize = 10_000;

/// Whether an element may be one that is not shown, or no part of an article.
fn may_be_outside(name: &str, tag: &str) -> bool {
    OUTSIDE.contains(&name)
        || name == "table"
        || tag.len() > name.len() && ["hidden=", " style="].iter().any(|it| tag.contains(it))
}

/// The inside of the tag that `markup` begins with, and what follows it. Values of attributes are quoted.
fn tag(markup: &str) -> Option<(&str, &str)> {
    let bytes = markup.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
        match *bytes.get(at)? {
            b'>' => return Some((markup.get(..at)?, markup.get(at + 1..)?)),
            quote => at += 2 + memchr::memchr(quote, bytes.get(at + 1..)?)?,
        }
    }
}

/// The name of a tag, with the slash of an end tag.
fn name(tag: &str) -> &str {
    tag.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default()
}

/// The value of an attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let value = tag.split_once(&format!(" {name}="))?.1;
    let quote = value.chars().next()?;
    value.get(1..)?.split(quote).next()
}

/// `text` with its character references resolved; `None` where one is not written in full or stands for another number.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let sure =
        memchr::memchr_iter(b'&', text.as_bytes()).all(|at| is_plain_reference(text.get(at + 1..).unwrap_or_default()));
    sure.then(|| html_escape::decode_html_entities(text))
}

/// Whether what follows a `&` is no reference or a whole one that is known. Numbers from 128 to 159 stand for other characters
/// (<https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state>).
fn is_plain_reference(after: &str) -> bool {
    let length = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let Some(word) = after.get(..length).filter(|word| !word.is_empty()) else { return true };
    if after.as_bytes().get(length) != Some(&b';') {
        return false;
    }
    let Some(digits) = word.strip_prefix('#') else {
        return matches!(word, "amp" | "nbsp" | "quot" | "lt" | "gt")
            || html_escape::decode_html_entities(&format!("&{word};")) != format!("&{word};");
    };
    let number = digits.strip_prefix(['x', 'X']).map_or_else(|| digits.parse(), |it| u32::from_str_radix(it, 16));
    number.is_ok_and(|number| number >= 160 || (9..128).contains(&number))
}

/// `json` with its `\u0041` as characters; `None` where they are halves of pairs.
fn unescaped(json: &str) -> Option<Cow<'_, str>> {
    if memchr::memmem::find(json.as_bytes(), b"\\u").is_none() {
        return Some(Cow::Borrowed(json));
    }
    let mut pieces = json.split("\\u");
    let mut words = pieces.next()?.to_owned();
    for piece in pieces {
        let code = piece.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        words.push(char::from_u32(code?)?);
        words.push_str(piece.get(4..)?);
    }
    Some(Cow::Owned(words))
}

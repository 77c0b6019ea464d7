//! Words around a place in a text, as the name finder sees them: letters and digits, without apostrophes and hyphens.

use unicode_normalization::char::is_combining_mark;

use super::fold::is_invisible;
use crate::{Span, text::is_alphanumeric};

/// How far the finder looks for the end of a word, in bytes; no name is longer.
const FAR: usize = 256;

/// Whether a word may hold `c`: letters, digits, marks, the underscore, and what cannot be seen.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    // Dashes, quotation marks and the like are most of what is beyond ASCII, and dear to look up.
    !matches!(c, '\u{2010}'..='\u{2027}') && is_word_beyond_ascii(c)
}

fn is_word_beyond_ascii(c: char) -> bool {
    is_alphanumeric(c) || is_combining_mark(c) || is_invisible(c)
}

/// Whether `c` is a word of its own, as in scripts without spaces.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// Letters and digits of ASCII, and the underscore.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        #[allow(
            clippy::indexing_slicing,
            reason = "a byte is always inside a table of 256, and this runs at compile time"
        )]
        {
            plain[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        }
        byte += 1;
    }
    plain
};

/// Whether a word of ASCII letters goes on with `byte`.
pub(super) fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)).copied().unwrap_or_default()
}

/// The word that starts at byte `start`; empty where none does.
pub(super) fn word_at(text: &str, start: usize) -> Span {
    let rest = text.get(start..).unwrap_or_default();
    // Nearly all words are ASCII.
    let near = rest.as_bytes().get(..FAR).unwrap_or(rest.as_bytes());
    let plain = near.iter().position(|byte| !is_plain(*byte)).unwrap_or(near.len());
    let mut end = start + plain;
    if rest.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return Span { start, end };
    }
    for c in rest.get(plain..).unwrap_or_default().chars() {
        if end - start > FAR || !is_word(c) || (is_alone(c) && end > start) {
            break;
        }
        end += c.len_utf8();
        if is_alone(c) {
            break;
        }
    }
    Span { start, end }
}

/// The word that ends at byte `end`; empty where none does.
pub(super) fn word_to(text: &str, end: usize) -> Span {
    let before = text.get(..end).unwrap_or_default();
    let plain = before.bytes().rev().take(FAR).take_while(|byte| is_plain(*byte)).count();
    let mut start = end - plain;
    if start.checked_sub(1).and_then(|at| before.as_bytes().get(at)).is_none_or(u8::is_ascii) {
        return Span { start, end };
    }
    let before = before.get(..start).unwrap_or_default();
    for c in before.chars().rev() {
        if end - start > FAR || !is_word(c) || (is_alone(c) && start < end) {
            break;
        }
        start -= c.len_utf8();
        if is_alone(c) {
            break;
        }
    }
    Span { start, end }
}

/// Whether a word can begin at byte `at`: what stands before is no letter, or one of the characters is a word of its own.
pub(super) fn begins(text: &str, at: usize) -> bool {
    let (before, here) =
        (text.get(..at).and_then(|it| it.chars().next_back()), text.get(at..).and_then(|it| it.chars().next()));
    here.is_some_and(is_word) && !before.is_some_and(|c| is_word(c) && !is_alone(c)) || here.is_some_and(is_alone)
}

/// What stands between two words of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Joint {
    /// Nothing: scripts without spaces.
    None,
    /// White space, with a line end in it or without.
    Space,
    /// A hyphen.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// A full stop, with or without a space.
    Stop,
}

/// The joint that starts at byte `end` of a word, and the byte of the next word; nothing where the name ends here.
pub(super) fn joint_at(text: &str, end: usize, wrapped: &dyn Fn() -> bool) -> Option<(Joint, usize)> {
    let rest = text.get(end..)?;
    let first = rest.chars().next()?;
    let after = |skipped: usize, joint| {
        let tail = rest.get(skipped..)?;
        let blank = blank_len(tail, wrapped)?;
        let next = tail.get(blank..)?.chars().next()?;
        is_word(next).then_some((joint, end + skipped + blank))
    };
    match first {
        '-' | '‐' | '‑' => glued(rest, first).map(|skip| (Joint::Hyphen, end + skip)),
        '\'' | '’' | 'ʼ' | '＇' => glued(rest, first).map(|skip| (Joint::Apostrophe, end + skip)),
        '.' => after(1, Joint::Stop),
        c if is_word(c) => Some((Joint::None, end)),
        c if c.is_whitespace() => after(0, Joint::Space),
        _ => None,
    }
}

fn glued(rest: &str, first: char) -> Option<usize> {
    let skip = first.len_utf8();
    rest.get(skip..)?.chars().next().filter(|&c| is_word(c)).map(|_| skip)
}

/// Bytes of white space at the start; nothing where it holds a line end that is a hard break.
pub(super) fn blank_len(tail: &str, wrapped: &dyn Fn() -> bool) -> Option<usize> {
    if tail.as_bytes().get(1).is_some_and(|next| tail.starts_with(' ') && next.is_ascii_graphic()) {
        return Some(1);
    }
    let (mut len, mut lines) = (0, 0);
    for c in tail.chars().take_while(|c| c.is_whitespace()).take(64) {
        lines += usize::from(c == '\n');
        len += c.len_utf8();
    }
    (lines == 0 || (lines == 1 && wrapped())).then_some(len)
}

/// Whether the first letter is a capital.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().find(|&c| !is_invisible(c)).is_some_and(|c| c.is_uppercase() || is_titlecase(c) || !has_case(c))
}

/// Whether every letter is a capital, and there are at least two.
pub(super) fn is_all_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && letters.into_iter().all(char::is_uppercase)
}

/// Whether the word begins with a small letter of a script that has capitals.
pub(super) fn is_small(word: &str) -> bool {
    word.chars().find(|&c| !is_invisible(c)).is_some_and(char::is_lowercase)
}

fn is_titlecase(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

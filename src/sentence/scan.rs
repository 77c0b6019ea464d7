//! One pass over a paragraph's bytes: every terminator is looked at once, and [`decide`](super::decide) says what it is.

use std::cell::OnceCell;

use wide::u8x16;

use super::{Profile, decide, list, stop::Stop};
use crate::block::{BLOCK, block, ones};

/// Calls `add` with start and end of every sentence of `text`, in order, leaving no gap, until it says no.
pub(super) fn sentences(profile: &Profile, text: &str, mut add: impl FnMut(usize, usize) -> bool) {
    let mut items = list::items(text).into_iter().peekable();
    let (mut start, mut at) = (0, 0);
    let brackets = OnceCell::new();
    let has_brackets = || *brackets.get_or_init(|| memchr::memchr(b'(', text.as_bytes()).is_some());
    while let Some((first, mark)) = next_mark(text, at) {
        if items.len() == 0
            && let Some((next, ends)) = decide::at_once(profile, text, (start, first), has_brackets)
        {
            if ends && !add(start, next) {
                return;
            }
            (start, at) = (if ends { next } else { start }, next);
            continue;
        }
        let place = place(text, start, first, &mark);
        if let Some(item) = items.next_if(|item| item.start <= place.marks.0) {
            if !add(start, item.start) {
                return;
            }
            (start, at) = (item.start, item.end);
            continue;
        }
        let barred = items.peek().is_some_and(|item| place.next > item.start);
        at = place.next.max(place.marks.1);
        if place.next < text.len() && !barred && decide::ends(&place.stop(profile, text, start)) {
            let next = place.next + decide::footnote(profile, text.get(place.next..).unwrap_or_default());
            if !add(start, next) {
                return;
            }
            (start, at) = (next, at.max(next));
        }
    }
    for item in items {
        if !add(start, item.start) {
            return;
        }
        start = item.start;
    }
    add(start, text.len());
}

/// A run of terminators and what stands around it, as byte offsets.
struct Place {
    /// The run itself.
    marks: (usize, usize),
    /// Whether its last mark ends a sentence without a space behind it, as in Chinese.
    tight: bool,
    /// Where closing quotes and brackets end.
    closed: usize,
    /// Where the text goes on after white space.
    next: usize,
}

impl Place {
    fn stop<'a>(&self, profile: &'a Profile, text: &'a str, start: usize) -> Stop<'a> {
        let part = |from, to| text.get(from..to).unwrap_or_default();
        let far = boundary_before(text, self.next + AHEAD);
        Stop {
            profile,
            sentence: part(start.max(boundary_before(text, self.marks.0.saturating_sub(BEHIND))), self.marks.0),
            marks: part(self.marks.0, self.marks.1),
            tight: self.tight,
            closers: part(self.marks.1, self.closed),
            glued: self.closed == self.next,
            rest: part(self.next, far),
        }
    }
}

/// How much is looked at before and behind a terminator, in bytes: without these limits a paragraph that never ends a sentence
/// would take time by the square of its length.
const BEHIND: usize = 1000;
const AHEAD: usize = 500;

/// The last character boundary of `text` at or before `at`.
fn boundary_before(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The run of terminators, or the colon or semicolon, that begins with `mark` at `first`, in the sentence that begins at `start`.
fn place(text: &str, start: usize, first: usize, mark: &Mark) -> Place {
    let (end, tight) = if mark.is_pause { (first + 1, false) } else { run(text, first + mark.length, mark.tight) };
    let closed = closing(text, start, end);
    let rest = text.get(closed..).unwrap_or_default();
    let next = closed + (rest.len() - rest.trim_start().len());
    Place { marks: (first, end), tight, closed, next }
}

/// A terminator, colon or semicolon.
struct Mark {
    /// Bytes.
    length: usize,
    /// Whether it needs no space behind it.
    tight: bool,
    /// Whether it is one of the two that seldom end anything.
    is_pause: bool,
}

/// Bytes that a terminator can begin with.
static LEADS: [bool; 256] = {
    let mut leads = [false; 256];
    let mut bytes: &[u8] = &[b'.', b'!', b'?', b':', b';', 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF];
    while let [byte, rest @ ..] = bytes {
        #[allow(
            clippy::indexing_slicing,
            reason = "a byte is always inside a table of 256, and this runs at compile time"
        )]
        {
            leads[*byte as usize] = true;
        }
        bytes = rest;
    }
    leads
};

/// The [`LEADS`] that are ASCII.
const COMMON: [u8; 5] = *b".!?:;";

/// The first byte that a terminator can begin with.
fn next_lead(bytes: &[u8]) -> Option<usize> {
    let is_lead =
        |at: &usize| bytes.get(*at).and_then(|byte| LEADS.get(usize::from(*byte))).copied().unwrap_or_default();
    // Bytes beyond ASCII, of which a few are leads, have the highest bit.
    let may_lead = |bytes: u8x16| COMMON.iter().fold(bytes, |any, common| any | bytes.cmp_eq(u8x16::splat(*common)));
    let starts = (0..bytes.len()).step_by(BLOCK);
    starts
        .flat_map(|start| {
            let here = block(bytes.get(start..).unwrap_or_default());
            ones(&here, may_lead).map(move |at| start + at)
        })
        .find(is_lead)
}

/// The first terminator at or after `at`.
fn next_mark(text: &str, mut at: usize) -> Option<(usize, Mark)> {
    loop {
        at += next_lead(text.as_bytes().get(at..)?)?;
        if let Some(mark) = mark_at(text, at).or_else(|| pause_at(text, at)) {
            return Some((at, mark));
        }
        at += 1;
    }
}

/// The terminator that begins at `at`.
fn mark_at(text: &str, at: usize) -> Option<Mark> {
    let char = match text.as_bytes().get(at)? {
        b'.' | b'!' | b'?' => return Some(Mark { length: 1, tight: false, is_pause: false }),
        byte if byte.is_ascii() => return None,
        _ => text.get(at..)?.chars().next()?,
    };
    let tight = match char {
        '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '։' => false,
        '。' | '！' | '？' | '｡' | '．' | '।' | '॥' | '።' | '፧' | '၊' | '။' | '។' => true,
        _ => return None,
    };
    Some(Mark { length: char.len_utf8(), tight, is_pause: false })
}

/// The colon or semicolon at `at` with a space behind it.
fn pause_at(text: &str, at: usize) -> Option<Mark> {
    let is_pause = matches!(text.as_bytes().get(at..at + 2)?, b": " | b"; ");
    is_pause.then_some(Mark { length: 1, tight: false, is_pause })
}

/// Where a run of terminators ends that has begun before `at`; ". . ." is one run.
fn run(text: &str, mut at: usize, mut tight: bool) -> (usize, bool) {
    loop {
        if let Some(mark) = mark_at(text, at) {
            at += mark.length;
            tight |= mark.tight;
        } else if is_spaced_dot(text, at) {
            at += 2;
        } else {
            return (at, tight);
        }
    }
}

/// Whether " ." goes on with a spaced ellipsis at `at`.
fn is_spaced_dot(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(" .")) else { return false };
    rest.chars().next().is_none_or(|char| char.is_whitespace() || char == '.' || is_closer(char))
}

/// Where closing quotes, brackets and footnote numbers end that begin at `at`.
fn closing(text: &str, start: usize, mut at: usize) -> usize {
    loop {
        let Some(rest) = text.get(at..) else { return at };
        let length = match rest.chars().next() {
            Some(quote @ ('“' | '‘')) if opens_word(rest, quote) => 0,
            Some(char) if is_closer(char) => char.len_utf8(),
            Some('[') => bracketed_number(rest),
            Some(space @ (' ' | '\u{a0}' | '\u{202f}')) => detached(text, start, at, space.len_utf8()),
            _ => 0,
        };
        if length == 0 {
            return at;
        }
        at += length;
    }
}

/// Whether `quote`, which `rest` begins with, opens a word; in some languages it closes sentences.
fn opens_word(rest: &str, quote: char) -> bool {
    rest.get(quote.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// Length of a footnote number such as "[12]" that begins here; 0 where there is none.
fn bracketed_number(rest: &str) -> usize {
    let number = rest.bytes().skip(1).take(4).take_while(u8::is_ascii_digit).count();
    let is_closed = rest.as_bytes().get(number + 1) == Some(&b']');
    if number > 0 && is_closed { number + 2 } else { 0 }
}

/// Length of the space and the footnote or the closing quote that stands off from its sentence; 0 where there is none.
fn detached(text: &str, start: usize, at: usize, space: usize) -> usize {
    let Some(rest) = text.get(at + space..) else { return 0 };
    let note = if rest.starts_with("[...]") { 5 } else { bracketed_number(rest) };
    if note > 0 {
        return note + space;
    }
    let Some(quote @ ('"' | '\'' | '”' | '’' | '»' | ')')) = rest.chars().next() else { return 0 };
    let is_double = rest.starts_with("''");
    let length = if is_double { 2 } else { quote.len_utf8() };
    let stands_off = rest.get(length..).is_some_and(|rest| rest.chars().next().is_none_or(ends_token));
    if stands_off && (is_double || is_open(text, start, at, quote)) { space + length } else { 0 }
}

/// Whether no word can go on at `char`.
fn ends_token(char: char) -> bool {
    char.is_whitespace() || matches!(char, ',' | '.' | ';' | ':' | ')')
}

/// How far back an opening quote is looked for, in bytes.
const QUOTE_WINDOW: usize = 1000;

/// Whether `quote` closes something opened in `start..end`.
fn is_open(text: &str, start: usize, end: usize, quote: char) -> bool {
    let within = text.as_bytes().get(start.max(end.saturating_sub(QUOTE_WINDOW))..end).unwrap_or_default();
    match quote {
        '"' | '\'' => within.iter().filter(|byte| char::from(**byte) == quote).count() % 2 == 1,
        ')' => memchr::memrchr2(b'(', b')', within).and_then(|at| within.get(at)) == Some(&b'('),
        _ => true,
    }
}

/// Whether `char` can close a sentence behind its terminator.
#[rustfmt::skip]
pub(super) fn is_closer(char: char) -> bool {
    matches!(
        char,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '】' | '）' | '〉' | '》' | '“' | '‘' | '＂' | '*'
    )
}

/// Whether `char` can open a sentence before its first word.
pub(super) fn is_opener(char: char) -> bool {
    matches!(char, '¿' | '¡' | '(' | '[' | '{' | '*' | '-' | '–' | '—' | '•' | '⁃' | '·') || is_quote(char)
}

/// Whether `char` is a quotation mark of any kind.
#[rustfmt::skip]
pub(super) fn is_quote(char: char) -> bool {
    matches!(
        char,
        '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' | '＂'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sentence::PROFILES;

    proptest! {
        /// What the bytes beside a mark tell is what the rules say.
        #[test]
        fn what_is_told_at_once_is_what_the_rules_say(
            pieces in prop::collection::vec("[a-z]{1,6}|[A-Z][a-z]{0,8}|Mr|Inc|U\\.S|kg|Jan|etc|IV|vi|I|[0-9]{1,4}|\\PC|[-,.!?;:()\\[\\]\"'“”„»–— \u{a0}]{1,3}| {1,2}| ", 1..30),
            language in 0..PROFILES.len(),
        ) {
            let text = pieces.concat();
            let profile = PROFILES.get(language).unwrap().profile();
            for start in [0, text.len() / 3].into_iter().filter(|at| text.is_char_boundary(*at)) {
                let mut at = start;
                while let Some((first, mark)) = next_mark(&text, at) {
                    let found = place(&text, start, first, &mark);
                    if let Some((next, ends)) = decide::at_once(profile, &text, (start, first), || text.contains('(')) {
                        prop_assert!(next < text.len());
                        prop_assert_eq!((found.next, decide::ends(&found.stop(profile, &text, start))), (next, ends), "{:?} at {}", &text, first);
                        prop_assert!(!ends || decide::footnote(profile, text.get(next..).unwrap()) == 0);
                    }
                    at = found.next.max(found.marks.1);
                }
            }
        }

        /// Blocks hold what each of their bytes is.
        #[test]
        fn leads_are_found_in_any_bytes(bytes in prop::collection::vec(prop_oneof![Just(b'a'), any::<u8>()], 0..200)) {
            prop_assert_eq!(next_lead(&bytes), bytes.iter().position(|byte| *LEADS.get(usize::from(*byte)).unwrap()));
        }
    }
}

//! Hard breaks: what white space alone parts, whatever the language.

use crate::Span;

/// The paragraphs of `within`, trimmed, in order, never empty.
///
/// A blank line, a form feed and U+2029 always part two paragraphs; every other line end does too unless the stretch
/// [is hard-wrapped](is_hard_wrapped). `\n`, `\r\n`, `\r`, U+000B, U+0085 and U+2028 end lines.
pub fn paragraphs(text: &str, within: Span) -> Vec<Span> {
    let words = within.of(text);
    let lines = lines(words);
    let is_wrapped = are_wrapped(words, &lines);
    let mut paragraphs: Vec<Span> = Vec::with_capacity(lines.len());
    let mut is_open = false;
    for line in lines {
        let span = Span { start: within.start + line.words.start, end: within.start + line.words.end };
        let is_blank = span.is_empty();
        match paragraphs.last_mut().filter(|_| is_open) {
            Some(open) if !is_blank => open.end = span.end,
            None if !is_blank => paragraphs.push(span),
            _ => (),
        }
        is_open = !is_blank && !line.is_hard && is_wrapped;
    }
    paragraphs
}

/// Whether the lines of `text` were broken at a fixed width, so that a single line end is no more than a space.
///
/// Told by the lines that another line follows at once: most of them are of a like, moderate width, and break off within a
/// sentence. A text without line ends is not.
pub fn is_hard_wrapped(text: &str) -> bool {
    are_wrapped(text, &lines(text))
}

fn are_wrapped(text: &str, lines: &[Line]) -> bool {
    let mut followed = Followed::default();
    let mut last: Option<&str> = None;
    for line in lines.iter().take(LINES_READ) {
        let line = line.words.of(text);
        if let Some(last) = last.filter(|last| !last.is_empty() && !line.is_empty()) {
            followed.add(last, line);
        }
        last = Some(line);
    }
    followed.is_wrapped()
}

/// How many lines are enough to know.
const LINES_READ: usize = 2000;

/// The least and the greatest width of a full line, in characters.
const FULL: std::ops::RangeInclusive<usize> = 40..=120;

/// Counts of the lines that another line follows at once.
#[derive(Default)]
struct Followed {
    /// All of them.
    lines: usize,
    /// Those that break off within a sentence.
    broken: usize,
    /// Those of one word, and those before a line that begins in lower case.
    single: usize,
    running: usize,
    /// Widths of those that are not too short or long to be full.
    widths: Vec<usize>,
}

impl Followed {
    fn add(&mut self, line: &str, next: &str) {
        let width = line.chars().take(FULL.end() + 1).count();
        self.lines += 1;
        self.single += usize::from(!line.contains(char::is_whitespace));
        self.running += usize::from(next.starts_with(char::is_lowercase));
        if FULL.contains(&width) {
            self.widths.push(width);
        }
        let ends = line.ends_with(['.', '!', '?', ':', '…', '"', '”', '»', '。', '！', '？']);
        self.broken += usize::from(!ends || next.starts_with(char::is_lowercase));
    }

    /// Whether at least three lines are followed, four of five of them full and within a fifth of the widest, and half of
    /// them broken off; or all of them of one word.
    fn is_wrapped(&self) -> bool {
        let widest = self.widths.iter().copied().max().unwrap_or_default();
        let alike = self.widths.iter().filter(|width| **width * 5 >= widest * 4).count();
        let is_full = alike * 5 >= self.lines * 4 && self.broken * 2 >= self.lines;
        self.lines >= 3 && (is_full || self.is_column())
    }

    /// Whether a text has one word a line: a list of words would not go on in lower case.
    fn is_column(&self) -> bool {
        self.single == self.lines && self.running * 3 >= self.lines
    }
}

/// A line.
struct Line {
    /// What stands in it, without white space at either end.
    words: Span,
    /// Whether its end parts paragraphs by itself.
    is_hard: bool,
}

/// The lines of `text`, the last also when nothing ends it.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(32);
    let mut add = |start, end, is_hard| lines.push(Line { words: Span { start, end }.trimmed(text), is_hard });
    let mut at = 0;
    if has_rare_ends(text.as_bytes()) {
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let (length, end) = line_end(rest);
            add(at, at + length, matches!(end, "\u{c}" | "\u{2029}"));
            at += length + end.len();
        }
        return lines;
    }
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        add(at, end, false);
        at = end + 1;
    }
    if at < text.len() {
        add(at, text.len(), false);
    }
    lines
}

/// Whether lines of `bytes` may end in other ways than by `\n`.
fn has_rare_ends(bytes: &[u8]) -> bool {
    // In Latin letters the last bytes of these ends are rarer than the first ones, which quotation marks and dashes share.
    memchr::memchr3(b'\r', 0x0B, 0x0C, bytes).is_some()
        || memchr::memchr3_iter(0x85, 0xA8, 0xA9, bytes).any(|at| {
            let from = |length: usize| (at + 1).checked_sub(length).and_then(|from| bytes.get(from..)).and_then(end_at);
            from(2).is_some_and(|end| end.len() == 2) || from(3).is_some_and(|end| end.len() == 3)
        })
}

/// How long the first line of `rest` is, and what ends it; nothing at the end of the text.
fn line_end(rest: &str) -> (usize, &'static str) {
    let may_end = |byte: &u8| matches!(byte, b'\n'..=b'\r' | 0xC2 | 0xE2);
    let mut bytes = rest.as_bytes().iter().enumerate().filter(|(_, byte)| may_end(byte));
    let found = bytes.find_map(|(at, _)| Some((at, rest.as_bytes().get(at..).and_then(end_at)?)));
    found.unwrap_or((rest.len(), ""))
}

/// The line end that `bytes` begin with.
fn end_at(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'\r', b'\n', ..] => Some("\r\n"),
        [b'\n', ..] => Some("\n"),
        [b'\r', ..] => Some("\r"),
        [0x0B, ..] => Some("\u{b}"),
        [0x0C, ..] => Some("\u{c}"),
        [0xC2, 0x85, ..] => Some("\u{85}"),
        [0xE2, 0x80, 0xA8, ..] => Some("\u{2028}"),
        [0xE2, 0x80, 0xA9, ..] => Some("\u{2029}"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text, Span::whole(text)).into_iter().map(|span| span.of(text)).collect()
    }

    /// Invented prose, broken at 60 characters as old mail programs did.
    const WRAPPED: &str = "The council of Marlow met on Monday to speak about the port,\n\
        which has lost half of its ships since the flood of 2019, and\n\
        about the bridge. Governor Ruth Adler, who had promised to be\n\
        there, was absent, and so was Mr. Otieno of the harbor board.\n\
        Nothing was decided. The council meets again on Friday.\n\
        \n\
        A spokesman for the governor said that she had been held up\n\
        by the weather in the south, where she had opened a school\n\
        and a clinic the day before, and that she was sorry for it.\n";

    #[test]
    fn lines_are_paragraphs_unless_they_were_wrapped() {
        assert_eq!(split("One line\nAnother line\n\n\nA third\n"), ["One line", "Another line", "A third"]);
        assert!(!is_hard_wrapped("One line\nAnother line\n\n\nA third\n"));
        assert!(is_hard_wrapped(WRAPPED));
        assert_eq!(split(WRAPPED).len(), 2);
    }

    #[test]
    fn whole_paragraphs_a_line_are_not_wrapped() {
        let line = "Every paragraph of this text stands in a line of its own, as on most pages today.\n";
        assert!(!is_hard_wrapped(&line.repeat(20)));
    }

    #[test]
    fn a_list_of_names_is_not_wrapped() {
        assert!(!is_hard_wrapped("Ruth Adler\nSam Otieno\nLena Moss\nPavel Horak\nIlse Brandt\n"));
    }

    #[test]
    fn every_line_end_counts() {
        for end in LINE_ENDS {
            assert_eq!(split(&format!("one{end}two")), ["one", "two"], "{end:?}");
        }
        assert_eq!(split("one\r\n\r\ntwo\u{c}three"), ["one", "two", "three"]);
    }

    const LINE_ENDS: [&str; 8] = ["\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"];

    #[test]
    fn only_the_named_stretch_is_looked_at() {
        let text = "one\ntwo\nthree";
        assert_eq!(paragraphs(text, Span { start: 2, end: 9 }).len(), 3);
        assert_eq!(paragraphs(text, Span { start: 4, end: 7 }), [Span { start: 4, end: 7 }]);
        assert!(paragraphs(" \n ", Span::whole(" \n ")).is_empty());
    }
}

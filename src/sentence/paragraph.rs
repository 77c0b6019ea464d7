//! Hard breaks: what white space alone parts, whatever the language.

use crate::Span;

/// The paragraphs of `within`, trimmed, in order, never empty.
///
/// A blank line, a form feed and U+2029 always part two paragraphs; every other line end does too unless the stretch
/// [is hard-wrapped](is_hard_wrapped). `\n`, `\r\n`, `\r`, U+000B, U+0085 and U+2028 end lines.
pub fn paragraphs(text: &str, within: Span) -> Vec<Span> {
    let words = within.of(text);
    let lines: Vec<Line> = lines(words).collect();
    let is_wrapped = are_wrapped(words, &lines);
    let mut paragraphs = Vec::new();
    let mut open = Span { start: within.start, end: within.start };
    for line in lines {
        let span = Span { start: within.start + line.start, end: within.start + line.end };
        let is_blank = span.of(text).trim().is_empty();
        open.end = if is_blank { open.end } else { span.end };
        if is_blank || line.is_hard || !is_wrapped {
            close(text, &mut open, within.start + line.next, &mut paragraphs);
        }
    }
    close(text, &mut open, within.end, &mut paragraphs);
    paragraphs
}

/// Ends the open paragraph; the next can begin at `next`.
fn close(text: &str, open: &mut Span, next: usize, paragraphs: &mut Vec<Span>) {
    let paragraph = open.trimmed(text);
    if paragraph.start < paragraph.end {
        paragraphs.push(paragraph);
    }
    *open = Span { start: next, end: next };
}

/// Whether the lines of `text` were broken at a fixed width, so that a single line end is no more than a space.
///
/// Told by the lines that another line follows at once: most of them are of a like, moderate width, and break off within a
/// sentence. A text without line ends is not.
pub fn is_hard_wrapped(text: &str) -> bool {
    are_wrapped(text, &lines(text).take(LINES_READ).collect::<Vec<_>>())
}

fn are_wrapped(text: &str, lines: &[Line]) -> bool {
    let mut followed = Followed::default();
    let mut last: Option<&str> = None;
    for line in lines.iter().take(LINES_READ) {
        let line = text.get(line.start..line.end).unwrap_or_default().trim();
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

/// A line without its end, and where the next begins.
struct Line {
    start: usize,
    end: usize,
    next: usize,
    /// Whether its end parts paragraphs by itself.
    is_hard: bool,
}

/// The lines of `text`, the last also when nothing ends it.
fn lines(text: &str) -> impl Iterator<Item = Line> {
    let is_rare = memchr::memchr3(b'\r', 0x0B, 0x0C, text.as_bytes()).is_some();
    let next = if is_rare { next_of_any } else { next_of_usual };
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (start, (length, end)) = (at, line_end(rest, next));
        at = start + length + end.len();
        Some(Line { start, end: start + length, next: at, is_hard: matches!(end, "\u{c}" | "\u{2029}") })
    })
}

/// How long the first line of `rest` is, and what ends it (nothing at the end of the text); `next` finds what it can begin with.
fn line_end(rest: &str, next: fn(&[u8]) -> Option<usize>) -> (usize, &'static str) {
    let mut at = 0;
    while let Some(bytes) = rest.as_bytes().get(at..).filter(|bytes| !bytes.is_empty()) {
        at += next(bytes).unwrap_or(bytes.len());
        if let Some(end) = rest.as_bytes().get(at..).and_then(end_at) {
            return (at, end);
        }
        at += 1;
    }
    (rest.len(), "")
}

/// The first byte that a line end can begin with, in a text without those that few texts have.
fn next_of_usual(bytes: &[u8]) -> Option<usize> {
    memchr::memchr3(b'\n', 0xC2, 0xE2, bytes)
}

fn next_of_any(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| matches!(byte, b'\n'..=b'\r' | 0xC2 | 0xE2))
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

//! Places in a text, and its letters.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A half-open stretch `start..end` of an article's text, in bytes, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The whole of `text`.
    pub fn whole(text: &str) -> Self {
        Self { start: 0, end: text.len() }
    }

    /// The words at this place; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// How many bytes it has.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it has no bytes.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same place without white space at either end; empty spans end where they start.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        // Nearly nothing that is trimmed has white space at either end.
        if let [first, .., last] = words.as_bytes()
            && first.is_ascii_graphic()
            && last.is_ascii_graphic()
        {
            return self;
        }
        let start = self.start + (words.len() - words.trim_start().len());
        Self { start, end: start + words.trim().len() }
    }
}

/// Whether `c` is a letter or digit ([`char::is_alphanumeric`]), in one step for all but rare scripts: outside ASCII the standard
/// library searches a list for each.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    /// One bit for each character up to U+FFFF.
    static BITS: LazyLock<Box<[u64]>> = LazyLock::new(|| {
        let bit = |c: u32| u64::from(char::from_u32(c).is_some_and(char::is_alphanumeric)) << (c % 64);
        (0..1 << 10).map(|word: u32| (word * 64..word * 64 + 64).map(bit).sum()).collect()
    });
    // Dashes and quotation marks, most of what is beyond ASCII, ask for no table.
    if matches!(c, '\u{2010}'..='\u{2027}') {
        return false;
    }
    match BITS.get(c as usize / 64) {
        Some(bits) => bits >> (c as usize % 64) & 1 == 1,
        None => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_alphanumeric;

    #[test]
    fn letters_and_digits_are_those_of_the_standard_library() {
        let all = || '\0'..=char::MAX;
        assert!(all().all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
    }
}

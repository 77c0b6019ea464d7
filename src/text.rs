//! Places in a text.

use serde::{Deserialize, Serialize};
use wide::u8x16;

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

/// Bytes that are looked at together.
pub(crate) const BLOCK: usize = 32;

/// The block that `bytes` begin with; behind their end, where that comes before, are zeros.
pub(crate) fn block(bytes: &[u8]) -> [u8; BLOCK] {
    bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; BLOCK];
        block.iter_mut().zip(bytes).for_each(|(here, byte)| *here = *byte);
        block
    })
}

/// How many bytes of ASCII `text` begins with, up to a block, and so many as they count in words: letters and digits, the letters
/// small, and zero for all else.
pub(crate) fn plain_letters(text: &str) -> (usize, [u8; BLOCK]) {
    let block = block(text.as_bytes());
    // Bytes beyond ASCII have the highest bit.
    let plain = bits(&block, |bytes| bytes).trailing_zeros() as usize;
    (plain.min(text.len()), block.map(plain_letter))
}

/// What a byte counts as; without a branch, so that a block of them takes a few steps.
fn plain_letter(byte: u8) -> u8 {
    let small = byte | 0x20;
    let is_letter = small.wrapping_sub(b'a') < 26;
    let is_digit = byte.wrapping_sub(b'0') < 10;
    if is_letter | is_digit { small } else { 0 }
}

/// One bit for each byte of a block, the first the lowest: whether `is_one` sets its highest bit.
pub(crate) fn bits(block: &[u8; BLOCK], is_one: impl Fn(u8x16) -> u8x16) -> u32 {
    let (halves, _) = block.as_chunks::<16>();
    halves.iter().rev().fold(0, |bits, half| bits << 16 | is_one(u8x16::new(*half)).move_mask().cast_unsigned())
}

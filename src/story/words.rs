//! The words of a text, read eight bytes at a time: every article that makes an edge is read so.

use crate::{
    block::{BLOCK, pieces},
    text::is_alphanumeric,
};

/// The words of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// In small letters (UTF-8), each with a space behind it.
    pub(super) bytes: Vec<u8>,
    /// A hash of each.
    pub(super) hashes: Vec<u64>,
}

impl Words {
    /// The words of a text in parts.
    pub(super) fn of<'t>(parts: impl Iterator<Item = &'t str>) -> Self {
        let mut letters = Vec::new();
        for part in parts {
            add_letters(part, &mut letters);
            letters.push(BETWEEN);
        }
        // So that eight bytes can be read wherever a word ends.
        letters.extend([BETWEEN; EIGHT]);
        Self::among(&letters)
    }

    /// The words among `letters`, which end in eight bytes that are in none.
    fn among(letters: &[u8]) -> Self {
        let mut words = Self { bytes: vec![0; letters.len()], hashes: Vec::with_capacity(letters.len() / USUAL) };
        let (mut read, mut written) = (0, 0);
        let mut word = Word::default();
        while let Some(eight) = letters.get(read..).and_then(|rest| rest.first_chunk::<EIGHT>()) {
            let blank = u64::from_le_bytes(*eight).trailing_zeros() as usize / 8;
            if blank > 0 && word.length == 0 {
                read += blank;
                continue;
            }
            let length = before_zero(*eight);
            if let Some(place) = words.bytes.get_mut(written..).and_then(|rest| rest.first_chunk_mut()) {
                *place = with_space(*eight, length);
            }
            word.add(*eight, length);
            if length == EIGHT {
                read += EIGHT;
                written += EIGHT;
                continue;
            }
            read += length + 1;
            written += length + 1;
            words.hashes.push(word.hash());
            word = Word::default();
        }
        words.bytes.truncate(written);
        words
    }
}

/// Bytes of a word that are read together.
const EIGHT: usize = 8;
/// Bytes of a short word, with what stands behind it.
const USUAL: usize = 5;
/// Stands for each byte that is in no word.
const BETWEEN: u8 = 0;

/// Adds the letters and digits of `text`, the letters small, and [`BETWEEN`] for all else.
fn add_letters(text: &str, letters: &mut Vec<u8>) {
    letters.reserve(text.len() + BLOCK);
    for piece in pieces(text) {
        letters.extend_from_slice(piece.plain());
        for character in piece.beyond.chars() {
            if is_alphanumeric(character) {
                for small in character.to_lowercase() {
                    letters.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
                }
            } else {
                letters.push(BETWEEN);
            }
        }
    }
}

/// How many bytes stand before the first that is zero.
fn before_zero(eight: [u8; EIGHT]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let value = u64::from_le_bytes(eight);
    // The lowest bit that is set marks the first zero; those above it may be wrong.
    let zeros = value.wrapping_sub(EACH) & !value & (EACH << 7);
    zeros.trailing_zeros() as usize / 8
}

/// The bytes with a space in the place of the first that is zero; what stands behind it does not count.
fn with_space(eight: [u8; EIGHT], length: usize) -> [u8; EIGHT] {
    let space = u64::from(b' ').checked_shl(8 * u32::try_from(length).unwrap_or(u32::MAX)).unwrap_or_default();
    (u64::from_le_bytes(eight) | space).to_le_bytes()
}

/// A word while it is read: the hash of all but its last bytes, these, and how many it has.
#[derive(Clone, Copy, Default)]
struct Word {
    hash: u64,
    last: u64,
    length: u64,
}

impl Word {
    /// Adds the first `length` of eight bytes.
    fn add(&mut self, eight: [u8; EIGHT], length: usize) {
        let value = u64::from_be_bytes(eight);
        self.length += length as u64;
        if length == EIGHT {
            self.hash = mixed(self.hash, value);
        } else {
            // By 64 bits, where none of them counts, in two steps.
            self.last = value >> 8 >> (8 * (EIGHT - 1 - length));
        }
    }

    fn hash(self) -> u64 {
        mixed(self.hash ^ self.length, self.last)
    }
}

/// A hash with eight bytes more.
pub(super) fn mixed(hash: u64, more: u64) -> u64 {
    hash.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ more
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Word, Words, mixed};

    /// A word's hash, a byte at a time.
    fn hash(word: &str) -> u64 {
        let (hash, last) = word.bytes().zip(1_u64..).fold((0, 0), |(hash, last), (byte, length)| {
            let last = last << 8 | u64::from(byte);
            if length.is_multiple_of(8) { (mixed(hash, last), 0) } else { (hash, last) }
        });
        Word { hash, last, length: word.len() as u64 }.hash()
    }

    proptest! {
        /// Words are those of letters and digits, in small letters.
        #[test]
        fn words_have_no_case_and_nothing_between_them(
            text in "([A-Za-zÉßİ中0-9]{0,20}[ ,.“”—\u{a0}\n\u{0}\u{10}@`{/:\\[]{0,3}){0,9}|\\PC{0,40}",
            plain in "([A-Za-z]{1,9}[ .]{1,2}){0,20}",
        ) {
            let words = Words::of([text.as_str(), &plain, "Last"].into_iter());
            let whole = format!("{text} {plain} Last");
            let usual = whole.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let usual: Vec<String> = usual.map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect();
            let hashes = usual.iter().map(|word| hash(word)).collect();
            let bytes = usual.iter().flat_map(|word| [word.as_str(), " "]).collect::<String>().into_bytes();
            prop_assert_eq!(words, Words { bytes, hashes });
        }
    }
}

//! How names begin: nearly all words of a text are told apart from names by their first three bytes.

use wide::u8x16;

use super::word::{begins, is_plain};
use crate::block::{BLOCK, Ones, ones};

/// The beginnings of names, as far as three bytes tell them.
#[derive(Clone, Debug)]
pub(super) struct Heads {
    /// Whether all names begin with a capital, or beyond ASCII.
    capitals: bool,
    /// One bit for each three letters, whatever their case.
    threes: Box<[u64; WORDS]>,
}

/// Words of 64 bits for three letters of five bits.
const WORDS: usize = (1 << 15) / 64;

impl Default for Heads {
    fn default() -> Self {
        Self { capitals: true, threes: Box::new([0; WORDS]) }
    }
}

/// What case leaves of a letter: the same five bits for `a` and `A`; other bytes share them with letters.
fn letter(byte: u8) -> usize {
    usize::from(byte & 31)
}

impl Heads {
    /// Adds the folded first word of a name, which may be written without a capital.
    pub(super) fn add(&mut self, word: &str, small: bool) {
        let Some(first) = word.bytes().next() else { return };
        self.capitals &= !first.is_ascii() || first.is_ascii_alphabetic() && !small;
        let any = || (0..32).collect::<Vec<_>>();
        // What follows a short word, or is none of ASCII and so passes anyway, can be anything.
        let at = |index| word.as_bytes().get(index).map_or_else(any, |&byte| vec![letter(byte)]);
        for first in at(0) {
            for second in at(1) {
                for third in at(2) {
                    let three = first << 10 | second << 5 | third;
                    self.threes.get_mut(three / 64).into_iter().for_each(|bits| *bits |= 1 << (three % 64));
                }
            }
        }
    }

    /// The bytes of `text` where a name may start, in order.
    pub(super) fn starts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let mut sieve =
            Sieve { bytes: text.as_bytes(), capitals: self.capitals, start: 0, next: 0, ones: Ones::default() };
        std::iter::from_fn(move || sieve.find(|at| self.may_start(text, *at)))
    }

    /// Whether a name may start at this byte. What stands beside a character beyond ASCII is looked at closely, since that may be
    /// a letter; a dash or quotation mark (U+2010 to U+2027) is none.
    #[inline]
    fn may_start(&self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        let Some(&byte) = bytes.get(at) else { return false };
        if byte.is_ascii() && !self.has(bytes, at) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        if is_plain(before) || matches!(bytes.get(at..at + 3), Some([0xe2, 0x80, 0x90..=0xa7])) {
            return false;
        }
        if byte.is_ascii() && before.is_ascii() {
            return is_plain(byte);
        }
        text.is_char_boundary(at) && begins(text, at)
    }

    /// Whether a name may begin with these three bytes; what the text ends within, or is beyond ASCII, always may.
    #[inline]
    fn has(&self, bytes: &[u8], at: usize) -> bool {
        let Some(three) = bytes.get(at..).and_then(|rest| rest.first_chunk::<3>()) else { return true };
        let [first, second, third] = three.map(letter);
        let three_letters = first << 10 | second << 5 | third;
        let known = self.threes.get(three_letters / 64).is_some_and(|bits| bits >> (three_letters % 64) & 1 == 1);
        known || !three.is_ascii()
    }
}

/// The capitals and the first bytes of characters beyond ASCII of a text, a block at a time; all bytes where names begin with
/// others, too.
struct Sieve<'t> {
    bytes: &'t [u8],
    capitals: bool,
    /// Where the block begins.
    start: usize,
    /// The first byte that was not looked at.
    next: usize,
    /// What was found in the block.
    ones: Ones,
}

impl Iterator for Sieve<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            if let Some(index) = self.ones.next() {
                return Some(self.start + index);
            }
            let rest = self.bytes.get(self.next..)?;
            if let Some(block) = rest.first_chunk().filter(|_| self.capitals) {
                (self.start, self.ones) = (self.next, heads(block));
                self.next += BLOCK;
                continue;
            }
            let byte = rest.first()?;
            self.next += 1;
            if !self.capitals || !byte.is_ascii() || byte.is_ascii_uppercase() {
                return Some(self.next - 1);
            }
        }
    }
}

/// The bytes of a block that are a capital or begin a character beyond ASCII.
fn heads(block: &[u8; BLOCK]) -> Ones {
    ones(block, |bytes| {
        let letter = bytes - u8x16::splat(b'A');
        let is_capital = letter.min(u8x16::splat(b'Z' - b'A')).cmp_eq(letter);
        is_capital | bytes.max(u8x16::splat(0xc0)).cmp_eq(bytes)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BLOCK, Heads, heads};

    fn starts(names: &[(&str, bool)], text: &str) -> Vec<usize> {
        let mut heads = Heads::default();
        for (name, small) in names {
            heads.add(name, *small);
        }
        heads.starts(text).collect()
    }

    #[test]
    fn names_start_at_words_that_begin_like_them() {
        let text = "Trunk (Trump) x_Trump “Trump” trump Tr\u{fc}mp Tram";
        let begin = |at: &usize| text.get(*at..*at + 4).unwrap_or_default();
        let found = starts(&[("trump", false)], text);
        assert_eq!(found.iter().map(begin).collect::<Vec<_>>(), ["Trun", "Trum", "Trum", "Tr\u{fc}"]);
    }

    proptest! {
        /// The bytes of a block at once say what each byte says.
        #[test]
        fn capitals_are_found_in_any_bytes(block in any::<[u8; BLOCK]>()) {
            let is_head = |at: &usize| block.get(*at).is_some_and(|it| it.is_ascii_uppercase() || *it >= 0xc0);
            prop_assert_eq!(heads(&block).collect::<Vec<_>>(), (0..BLOCK).filter(is_head).collect::<Vec<_>>());
        }

        /// No word that begins like a name is passed over, whatever stands around it.
        #[test]
        fn no_start_is_passed_over(before in "[ \\-(.“]{0,9}", word in "(Ann|Xi|Änne|bin|É|Żółw)", after in "([ .,”’\u{301}].{0,20})?") {
            let text = format!("{before}{word}{after}");
            let known = [("ann", false), ("xi", false), ("anne", false), ("bin", true), ("e", false), ("zolw", false)];
            for names in [&known[..], &[known[0], known[1], known[2], known[4], known[5]]] {
                let expected = names.len() == 6 || word != "bin";
                prop_assert_eq!(starts(names, &text).contains(&before.len()), expected, "{:?}", text);
            }
        }
    }
}

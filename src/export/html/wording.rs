//! Texts as words by number: half of what is compressed in a large page is words that stand in it often.

use std::collections::{BTreeMap, BTreeSet};

/// Words of all texts, each with the letter that stands for it.
#[derive(Default)]
pub(super) struct Wording<'a> {
    letters: BTreeMap<&'a str, char>,
    /// The words in the order of their letters.
    pub(super) words: Vec<&'a str>,
}

/// The first letter: those before are written longer in JSON.
const FIRST: u32 = 0x20;
/// As many words as there are letters of one byte, and of one or two, in UTF-8.
const SHORT: [usize; 2] = [0x60, 0x7e0];

impl<'a> Wording<'a> {
    /// The words of `texts`: the most frequent have the shortest letters, and those whose letters are as long are sorted.
    pub(super) fn of(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in texts.flat_map(words) {
            *counts.entry(word).or_default() += 1;
        }
        let order: BTreeSet<(std::cmp::Reverse<usize>, &str)> =
            counts.into_iter().map(|(word, count)| (std::cmp::Reverse(count), word)).collect();
        let mut words: Vec<&str> = order.into_iter().map(|(_, word)| word).collect();
        for from in SHORT {
            let to = if from == SHORT[0] { SHORT[1].min(words.len()) } else { words.len() };
            words.get_mut(from..to).unwrap_or_default().sort_unstable();
        }
        let letters = words.iter().zip(letters()).map(|(word, letter)| (*word, letter)).collect();
        Self { letters, words }
    }

    /// `text` with a letter for each word; as it is where this knows no words.
    pub(super) fn short(&self, text: &str) -> String {
        if self.words.is_empty() {
            return text.to_owned();
        }
        words(text).filter_map(|word| self.letters.get(word)).collect()
    }
}

/// All letters in order; there are more than a million, and the surrogates are none.
fn letters() -> impl Iterator<Item = char> {
    (FIRST..=u32::from(char::MAX)).filter_map(char::from_u32)
}

/// Letters and digits with a space before them, and single characters between; together they are the text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let after_space = rest.strip_prefix(' ').unwrap_or(rest);
        let letters = after_space.find(|c: char| !c.is_alphanumeric()).unwrap_or(after_space.len());
        let length = match letters {
            0 => rest.chars().next()?.len_utf8(),
            _ => rest.len() - after_space.len() + letters,
        };
        let (word, more) = rest.split_at_checked(length)?;
        rest = more;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FIRST, Wording, words};

    fn whole(wording: &Wording, short: &str) -> String {
        let number = |c: char| u32::from(c) - FIRST - if c >= '\u{e000}' { 0x800 } else { 0 };
        short.chars().filter_map(|c| wording.words.get(number(c) as usize)).copied().collect()
    }

    #[test]
    fn words_take_the_space_before_them() {
        assert_eq!(
            words("Ann met  Bo-Li, 2025.").collect::<Vec<_>>(),
            ["Ann", " met", " ", " Bo", "-", "Li", ",", " 2025", "."]
        );
        assert_eq!(Wording::default().short("as it is"), "as it is");
    }

    #[test]
    fn more_words_than_letters_before_the_surrogates() {
        let texts: Vec<String> = (0..60_000).map(|it| format!("w{it}")).collect();
        let wording = Wording::of(texts.iter().map(String::as_str));
        assert!(texts.iter().all(|it| whole(&wording, &wording.short(it)) == *it));
    }

    proptest! {
        #[test]
        fn the_words_are_the_text(texts in prop::collection::vec(".{0,80}", 0..20)) {
            let wording = Wording::of(texts.iter().map(String::as_str));
            for text in &texts {
                prop_assert_eq!(&whole(&wording, &wording.short(text)), text);
            }
        }
    }
}

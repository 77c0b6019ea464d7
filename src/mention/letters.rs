//! The names of a roster as letters alone: what tells of a page before it is parsed whether anybody can be named in it.

use aho_corasick::AhoCorasick;

use super::fold::{fold, stem, with_folded};
use super::trie::words_of;
use super::word::is_word;
use crate::block::{BLOCK, pieces};

/// The longest word of each name, folded and without what only joins words.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    /// Sorted.
    words: Vec<Vec<u8>>,
    /// `None` where there are no words, or too many to be searched for at once.
    search: Option<AhoCorasick>,
}

impl Letters {
    /// The letters of `names`, each of which has at least one word.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<Vec<u8>> = names.filter_map(longest_word).collect();
        words.sort_unstable();
        words.dedup();
        let search = Some(&words).filter(|words| !words.is_empty()).and_then(|words| AhoCorasick::new(words).ok());
        Self { words, search }
    }

    /// Whether one of the words stands among the letters of `text`, whatever stands between them.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.search.as_ref().map_or(!self.words.is_empty(), |search| search.is_match(&squeezed(text)))
    }

    /// Whether one of the words begins with `word`.
    pub(super) fn begin_with(&self, word: &str) -> bool {
        let word = squeezed(word);
        let at = self.words.partition_point(|known| *known < word);
        self.words.get(at).is_some_and(|known| known.starts_with(&word))
    }
}

/// The longest folded word of `name`, as it is looked up: the part that all its spellings share.
fn longest_word(name: &str) -> Option<Vec<u8>> {
    let words = words_of(name).into_iter().map(|(_, word)| with_folded(word, |folded| squeezed(stem(folded))));
    words.max_by_key(Vec::len)
}

/// The folded letters and digits of `text`, as UTF-8.
fn squeezed(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len());
    let mut shown = [0; 4];
    for piece in pieces(text) {
        let (mut kept, mut count) = ([0; BLOCK], 0);
        // Each in the place of the one before that is kept, without a branch.
        for letter in piece.plain() {
            kept.get_mut(count).into_iter().for_each(|place| *place = *letter);
            count += usize::from(*letter != 0);
        }
        letters.extend_from_slice(kept.get(..count).unwrap_or_default());
        for c in piece.beyond.chars().filter(|c| is_word(*c)) {
            letters.extend_from_slice(fold(c.encode_utf8(&mut shown)).as_bytes());
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Letters, fold, is_word, squeezed};

    proptest! {
        /// A block at once is what each of its characters is.
        #[test]
        fn letters_are_those_of_each_character(text in "([A-Za-z0-9 .@`{]|é|ﬁ|—|中|\u{306}|\\PC){0,90}") {
            let letters: String = text.chars().filter(|c| *c != '_' && is_word(*c)).map(|c| fold(&c.to_string())).collect();
            prop_assert_eq!(squeezed(&text), letters.into_bytes());
        }
    }

    #[test]
    fn a_name_is_seen_through_whatever_stands_in_it() {
        let letters = Letters::of(["Recep Erdoğan", "Zelensky", "EU"].into_iter());
        for text in ["erdogan", "ERDO\u{11e}AN", "Erdog\u{306}an", "Er-do \n gan", "zelenskyy", "Neubau"] {
            assert!(letters.stand_in(text), "{text}");
        }
        for text in ["", "Recep Tayyip", "Zelenka"] {
            assert!(!letters.stand_in(text), "{text}");
        }
        assert!(letters.begin_with("Erd") && letters.begin_with("zel") && !letters.begin_with("Print"));
    }

    #[test]
    fn without_names_nothing_stands_anywhere() {
        let letters = Letters::of(std::iter::empty());
        assert!(!letters.stand_in("Erdogan") && !letters.begin_with("E"));
    }
}

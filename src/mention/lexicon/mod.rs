//! What is known of the words around names: titles, places, given names; one text file a language.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::fold::{fold, with_folded_bytes};

/// Languages with a file of their own: code and content.
const FILES: &[(&str, &str)] = &[("en", include_str!("en.txt"))];

pub(super) const GIVEN: &str = include_str!("given.txt");
pub(super) const PLACES: &str = include_str!("places.txt");

static GIVEN_NAMES: LazyLock<FxHashSet<Box<[u8]>>> = LazyLock::new(|| lines(GIVEN));
static PLACE_NAMES: LazyLock<FxHashSet<Box<[u8]>>> = LazyLock::new(|| lines(PLACES));
static LEXICONS: LazyLock<Vec<(&str, Lexicon)>> =
    LazyLock::new(|| FILES.iter().map(|(code, content)| (*code, Lexicon::parse(content))).collect());
/// For languages without a file: no rule that needs a list holds.
static BARE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// A list of words in a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum List {
    Titles,
    FeminineTitles,
    MasculineTitles,
    Function,
    Time,
    Months,
    Nationality,
    Party,
    Roles,
    Attributive,
    AttributivePrefixes,
    Relations,
    Heads,
    Suffixes,
    Places,
    Masculine,
    Feminine,
}

const HEADINGS: &[(&str, List)] = &[
    ("titles", List::Titles),
    ("feminine titles", List::FeminineTitles),
    ("masculine titles", List::MasculineTitles),
    ("function", List::Function),
    ("time", List::Time),
    ("months", List::Months),
    ("nationality", List::Nationality),
    ("party", List::Party),
    ("roles", List::Roles),
    ("attributive", List::Attributive),
    ("attributive prefixes", List::AttributivePrefixes),
    ("relations", List::Relations),
    ("heads", List::Heads),
    ("suffixes", List::Suffixes),
    ("places", List::Places),
    ("masculine", List::Masculine),
    ("feminine", List::Feminine),
];

/// The lists that a word is in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lists(u32);

impl Lists {
    /// Whether `list` has the word.
    pub(super) fn has(self, list: List) -> bool {
        self.0 >> list as u32 & 1 == 1
    }

    /// Whether a phrase of a list begins with the word.
    pub(super) fn begin_phrase(self) -> bool {
        self.0 >> PHRASE & 1 == 1
    }
}

/// Behind all lists.
const PHRASE: u32 = 31;
const _: () = assert!(HEADINGS.len() <= PHRASE as usize);

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By folded word or phrase.
    words: FxHashMap<Box<[u8]>, Lists>,
}

impl Lexicon {
    /// The lexicon of `language` (ISO 639-1); an empty one where there is none.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        LEXICONS.iter().find(|(code, _)| Some(*code) == language).map_or(&BARE, |(_, lexicon)| lexicon)
    }

    /// Whether it has no lists, so that only what holds in every language can be told.
    pub(super) fn is_bare(&self) -> bool {
        self.words.is_empty()
    }

    /// The lists that have `word`, whatever its case.
    pub(super) fn lists(&self, word: &str) -> Lists {
        with_folded_bytes(word, |folded| self.words.get(folded).copied()).unwrap_or_default()
    }

    /// Whether `list` has `word`, whatever its case.
    pub(super) fn has(&self, list: List, word: &str) -> bool {
        self.lists(word).has(list)
    }

    /// Whether `word` is the name of a city, country or region; of several words joined by single spaces, too.
    pub(super) fn is_place(&self, word: &str) -> bool {
        PLACE_NAMES.contains(fold(word).as_bytes()) || self.has(List::Places, word)
    }

    fn parse(content: &str) -> Self {
        let mut lexicon = Self::default();
        let mut list = None;
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                list = HEADINGS.iter().find(|(name, _)| *name == heading).map(|(_, list)| *list);
            } else if let Some(list) = list {
                for word in line.split_whitespace().map(|word| fold(&word.replace('_', " "))) {
                    if let Some((first, _)) = word.split_once(' ') {
                        lexicon.enter(first, PHRASE);
                    }
                    lexicon.enter(&word, list as u32);
                }
            }
        }
        lexicon
    }

    fn enter(&mut self, word: &str, bit: u32) {
        self.words.entry(word.as_bytes().into()).or_default().0 |= 1 << bit;
    }
}

/// Whether a man or a woman is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Gender {
    /// He.
    Man,
    /// She.
    Woman,
}

/// The gender that a folded given name nearly always tells, in any language; nothing where it may be either or is not known.
pub fn gender_of(given: &str) -> Option<Gender> {
    let lists = [(List::Masculine, Gender::Man), (List::Feminine, Gender::Woman)];
    let known = |list| LEXICONS.iter().any(|(_, lexicon)| lexicon.has(list, given));
    lists.into_iter().find(|(list, _)| known(*list)).map(|(_, gender)| gender)
}

/// Whether `word` is a title of persons in `language` ("President", "Mrs"); in languages without a lexicon, in English.
pub fn is_title(word: &str, language: Option<&str>) -> bool {
    let lexicon = Lexicon::of(language);
    let lexicon = if lexicon.is_bare() { Lexicon::of(Some("en")) } else { lexicon };
    lexicon.has(List::Titles, word)
}

/// Whether `word` is a given name.
pub fn is_given(word: &str) -> bool {
    with_folded_bytes(word, |folded| GIVEN_NAMES.contains(folded))
}

fn lines(content: &str) -> FxHashSet<Box<[u8]>> {
    let lines = content.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| fold(line.trim()).into_bytes().into_boxed_slice()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_every_file_is_known_and_filled() {
        for (code, content) in FILES {
            let lexicon = Lexicon::of(Some(code));
            for (heading, list) in HEADINGS {
                assert!(lexicon.words.values().any(|lists| lists.has(*list)), "{code}: [{heading}] is missing");
            }
            let headings = content.lines().filter(|line| line.starts_with('['));
            assert_eq!(headings.count(), HEADINGS.len(), "{code}: a heading that nothing reads");
        }
    }
}

//! The lists that a word may stand in.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{super::fold, token};
use crate::mention::lexicon::{GIVEN, PLACES};

const WORDS: &str = include_str!("words.txt");
const SURNAMES: &str = include_str!("surnames.txt");

pub(super) const GIVEN_NAME: u32 = 1;
pub(super) const SURNAME: u32 = 1 << 1;
pub(super) const PLACE: u32 = 1 << 2;
pub(super) const COUNTRY: u32 = 1 << 3;
pub(super) const TITLE: u32 = 1 << 4;
pub(super) const SPEECH: u32 = 1 << 5;
pub(super) const BODY: u32 = 1 << 6;
pub(super) const NATION: u32 = 1 << 7;
pub(super) const TIME: u32 = 1 << 8;
pub(super) const FUNCTION: u32 = 1 << 9;
pub(super) const ORGANISATION: u32 = 1 << 10;
pub(super) const LAND: u32 = 1 << 11;
pub(super) const JOINT: u32 = 1 << 12;
pub(super) const PARTICLE: u32 = 1 << 13;
pub(super) const WHERE: u32 = 1 << 14;
pub(super) const ROLE: u32 = 1 << 15;
pub(super) const SUFFIX: u32 = 1 << 17;
/// Often seen in small letters by the trainer; no list of `words.txt`.
pub(super) const COMMON: u32 = 1 << 18;
/// Of several words, all of them a place of the list; set on each of them.
pub(super) const WHOLE_PLACE: u32 = 1 << 16;

/// Sections of `words.txt`.
const SECTIONS: &[(&str, u32)] = &[
    ("titles", TITLE),
    ("roles", ROLE),
    ("suffixes", SUFFIX),
    ("speech", SPEECH),
    ("bodies", BODY),
    ("nations", NATION),
    ("time", TIME),
    ("function", FUNCTION),
    ("organisations", ORGANISATION),
    ("land", LAND),
    ("joints", JOINT),
    ("particles", PARTICLE),
    ("where", WHERE),
    ("given", GIVEN_NAME),
    ("surnames", SURNAME),
    ("countries", COUNTRY),
];

/// Longest name of a place, in words.
pub(super) const LONGEST: usize = 4;

/// Words by their digests.
#[derive(Debug, Default)]
pub(super) struct Lists {
    words: FxHashMap<u64, u32>,
    /// Names of places of several words, by the digests of their words in turn.
    places: FxHashSet<u64>,
    /// The digest of all lists, so that a model knows its own.
    pub(super) digest: u64,
}

static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

impl Lists {
    /// All lists.
    pub(super) fn all() -> &'static Self {
        &LISTS
    }

    /// The lists that have the word with this digest.
    pub(super) fn of(&self, lower: u64) -> u32 {
        self.words.get(&lower).copied().unwrap_or_default()
    }

    /// Whether the words whose digests were chained to `chain` are the name of a place.
    pub(super) fn is_place(&self, chain: u64) -> bool {
        self.places.contains(&chain)
    }

    fn read() -> Self {
        let contents = [WORDS, GIVEN, SURNAMES, PLACES];
        let digest = contents.into_iter().fold(0, |digest, content| link(digest, token::digest(content)));
        let mut lists = Self { digest, ..Self::default() };
        lists.words.reserve(40_000);
        lists.sections(WORDS);
        for name in names(GIVEN) {
            lists.add(name, GIVEN_NAME);
        }
        for name in names(SURNAMES) {
            lists.add(name, SURNAME);
        }
        for name in names(PLACES) {
            lists.add_place(name);
        }
        lists
    }

    fn sections(&mut self, content: &str) {
        let mut section = 0;
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = SECTIONS.iter().find(|(name, _)| *name == heading).map_or(0, |(_, bit)| *bit);
            } else {
                line.split_whitespace().for_each(|word| self.add(word, section));
            }
        }
    }

    /// Adds a word in small letters, and without its marks.
    fn add(&mut self, word: &str, list: u32) {
        let lower = word.to_lowercase();
        *self.words.entry(token::digest(&lower)).or_default() |= list;
        if !lower.is_ascii() {
            *self.words.entry(token::digest(&fold(word))).or_default() |= list;
        }
    }

    fn add_place(&mut self, name: &str) {
        if !name.contains([' ', '-']) {
            return self.add(name, PLACE);
        }
        let (mut chain, mut count) = (0, 0);
        for word in name.split([' ', '-']) {
            chain = link(chain, token::digest(&word.to_lowercase()));
            count += 1;
        }
        if (2..=LONGEST).contains(&count) {
            self.places.insert(chain);
        }
    }
}

/// Adds a word's digest to the chain of a name.
pub(super) fn link(chain: u64, lower: u64) -> u64 {
    (chain.rotate_left(5) ^ lower).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn names(content: &str) -> impl Iterator<Item = &str> {
    content.lines().filter(|line| !line.starts_with('#')).map(str::trim).filter(|line| line.len() > 1)
}

//! Copies of one story, found by what they say: exact ones by a digest of their words, near ones by a sketch of their runs of
//! five words.
//!
//! The sketch keeps the smallest hashes of all runs (bottom-k: Broder, On the resemblance and containment of documents, SEQUENCES
//! 1997), so that resemblance and containment are both told from it, exactly for texts of up to 112 runs. Candidates
//! share two of their sixteen smallest hashes. Where many articles share one, as where all are made from one template, they are put
//! in the order of the hashes that follow it, and each is compared with those next to it: copies stand side by side there (a forest
//! of sorted sketches: Bawa, Condie and Ganesan, LSH forest, WWW 2005). The hand-made index is a sorted list: libraries for this
//! keep permuted minima, which do not tell containment.

use std::{borrow::Borrow, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Article, ZoneKind};

/// Words in a run.
const RUN: usize = 5;
/// Hashes that a sketch keeps: with the digest and the length, a signature stays under 600 bytes.
const KEPT: usize = 112;
/// Hashes by which candidates are found.
const KEYS: usize = 16;
/// In how many passes candidates are looked for: each needs a part of the memory.
const PASSES: u32 = 8;
/// Keys that candidates share at least: copies share most of theirs, shortened ones a third.
const SHARED: usize = 2;
/// Articles under one key that are all compared with each other.
const CROWD: usize = 16;
/// With how many that follow it each is compared where there are more.
const NEXT: usize = 2;
/// Runs that two articles must be compared on for a near copy: fewer are chance.
const FEWEST: usize = 8;

/// What is kept of an article to find its copies: at most 480 bytes, the same for the same words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Signature {
    /// Digest of the words, without case, punctuation and white space.
    pub words: StoryId,
    /// How many runs of five words it has.
    pub runs: u32,
    /// The smallest hashes of these, each once, in order.
    pub sketch: Box<[u32]>,
}

/// A story: the smallest digest of the words of its copies.
pub type StoryId = u128;

impl Signature {
    /// The signature of the body of `article`; headlines, captions and what is around it make no difference, but that articles
    /// whose other counted `zones` have other words are no exact copies.
    pub fn of(article: &Article, zones: &BTreeSet<ZoneKind>) -> Self {
        let mut signature = Self::of_parts(parts(article, |kind| kind == ZoneKind::Body));
        if zones.iter().any(|kind| *kind != ZoneKind::Body) {
            signature.words = digest_of(&words_of(counted(article, zones), drop));
        }
        signature
    }

    /// The same without the sketch, which costs most: it tells exact copies only. It has no runs only where there are no words.
    pub fn of_words(article: &Article, zones: &BTreeSet<ZoneKind>) -> Self {
        let words = words_of(counted(article, zones), drop);
        Self { runs: u32::from(!words.is_empty()), words: digest_of(&words), sketch: Box::default() }
    }

    /// The signature of a text in parts.
    pub fn of_parts<'t>(parts: impl Iterator<Item = &'t str>) -> Self {
        let mut hashes = Vec::new();
        let words = words_of(parts, |hash| hashes.push(hash));
        let runs: Vec<u32> = hashes.windows(RUN.min(hashes.len()).max(1)).map(hash_of_run).collect();
        let count = u32::try_from(runs.len()).unwrap_or(u32::MAX);
        Self { words: digest_of(&words), runs: count, sketch: smallest(&runs) }
    }

    /// Whether these are copies of one story: the same words, or nearly so (of all runs of the two, four in five in both), or
    /// one a shortened copy of the other (nine in ten of its runs, and at least a third of the length).
    pub fn is_copy(&self, other: &Self) -> bool {
        if self.words == other.words {
            return true;
        }
        let (mine, theirs) = self.comparable(other);
        let (fewer, all) = (mine.len().min(theirs.len()), mine.len() + theirs.len());
        let (short, long) = (self.runs.min(other.runs), self.runs.max(other.runs));
        // `both` of `all - both` are four in five.
        let near = (all * 4).div_ceil(9);
        let shortened = if u64::from(short) * 3 >= u64::from(long) { (fewer * 9).div_ceil(10) } else { near };
        fewer >= FEWEST && share(mine, theirs, near.min(shortened))
    }

    /// The hashes of each that both sketches would hold.
    fn comparable<'s>(&'s self, other: &'s Self) -> (&'s [u32], &'s [u32]) {
        let reach = self.reach().min(other.reach());
        let up_to = |sketch: &'s [u32]| sketch.get(..sketch.partition_point(|hash| *hash <= reach)).unwrap_or_default();
        (up_to(&self.sketch), up_to(&other.sketch))
    }

    /// The hashes by which candidates are found.
    fn keys(&self) -> &[u32] {
        self.sketch.get(..KEYS).unwrap_or(&self.sketch)
    }

    /// Whether enough of their keys are the same; of short texts every run counts.
    fn is_candidate(&self, other: &Self) -> bool {
        share(self.keys(), other.keys(), SHARED.min(self.sketch.len()).min(other.sketch.len()))
    }

    /// Up to which hash the sketch holds all.
    fn reach(&self) -> u32 {
        if self.sketch.len() < KEPT { u32::MAX } else { self.sketch.last().copied().unwrap_or(u32::MAX) }
    }
}

/// The story of each signature, in their order. Copies of copies are one story. What order the signatures come in makes no
/// difference.
///
/// ```
/// use sociogram::story::{Signature, stories};
///
/// let [a, b, c] = ["Ann met Bob in Riga.", "ANN MET BOB, in Riga", "Cem met Dora in Oslo."].map(|text| Signature::of_parts([text].into_iter()));
/// let found = stories(&[a, b, c]);
/// assert!(found[0] == found[1] && found[1] != found[2]);
/// ```
pub fn stories<S: Borrow<Signature>>(signatures: &[S]) -> Vec<StoryId> {
    // Of exact copies one is compared; the order of their digests is that of nothing they came in.
    let mut distinct: Vec<&Signature> = signatures.iter().map(S::borrow).collect();
    distinct.sort_by_key(|signature| signature.words);
    distinct.dedup_by_key(|signature| signature.words);
    let mut joined = Joined { parents: (0..distinct.len()).collect() };
    let is_copy = |one: usize, other: usize| {
        let both = distinct.get(one).zip(distinct.get(other));
        both.is_some_and(|(one, other)| one.is_candidate(other) && one.is_copy(other))
    };
    for pass in 0..PASSES {
        for crowd in crowds(&distinct, pass).chunk_by(|one, next| one.0 == next.0) {
            let (crowd, next) = if crowd.len() > CROWD {
                (beside(crowd, &distinct), NEXT)
            } else {
                (crowd.iter().map(|(_, index)| *index).collect(), CROWD)
            };
            for (at, one) in crowd.iter().enumerate() {
                for other in crowd.iter().skip(at + 1).take(next) {
                    joined.join_if(*one as usize, *other as usize, is_copy);
                }
            }
        }
    }
    let story = |signature: &Signature| {
        let index = distinct.partition_point(|it| it.words < signature.words);
        distinct.get(joined.first(index)).map_or(signature.words, |first| first.words)
    };
    signatures.iter().map(S::borrow).map(story).collect()
}

/// Every signature under each of its keys, as far as these belong to this pass; in order of the keys.
fn crowds(distinct: &[&Signature], pass: u32) -> Vec<(u32, u32)> {
    let mut crowds = Vec::new();
    for (index, signature) in (0..).zip(distinct) {
        crowds.extend(signature.keys().iter().filter(|hash| *hash % PASSES == pass).map(|hash| (*hash, index)));
    }
    crowds.sort_unstable();
    crowds
}

/// All that share a key in the order of the three hashes behind it: copies stand side by side.
fn beside(crowd: &[(u32, u32)], distinct: &[&Signature]) -> Vec<u32> {
    let behind = |(key, index): &(u32, u32)| {
        let sketch = distinct.get(*index as usize).map(|it| it.sketch.as_ref()).unwrap_or_default();
        let place = sketch.partition_point(|hash| hash <= key);
        let hash = |ahead: usize| sketch.get(place + ahead).copied().unwrap_or(u32::MAX);
        ([hash(0), hash(1), hash(2)], *index)
    };
    let mut sorted: Vec<([u32; 3], u32)> = crowd.iter().map(behind).collect();
    sorted.sort_unstable();
    sorted.into_iter().map(|(_, index)| index).collect()
}

/// Whether so many are in both of two sorted lists; most that do not are told by their first few.
fn share(one: &[u32], other: &[u32], wanted: usize) -> bool {
    let (mut at, mut beside, mut both) = (0, 0, 0);
    while both + (one.len() - at).min(other.len() - beside) >= wanted {
        let (Some(first), Some(next)) = (one.get(at), other.get(beside)) else { return both >= wanted };
        both += usize::from(first == next);
        at += usize::from(first <= next);
        beside += usize::from(next <= first);
    }
    false
}

/// The smallest, each once, in order. Most are sorted out before anything is sorted: hashes are spread evenly.
fn smallest(hashes: &[u32]) -> Box<[u32]> {
    let share = u64::from(u32::MAX) * (KEPT as u64 + 40) / (hashes.len() as u64).max(1);
    let limit = u32::try_from(share).unwrap_or(u32::MAX);
    let few: Vec<u32> = hashes.iter().copied().filter(|hash| *hash <= limit).collect();
    let mut few = sorted(&few, limit);
    few.dedup();
    if few.len() < KEPT && limit < u32::MAX {
        few = sorted(hashes, u32::MAX);
        few.dedup();
    }
    few.truncate(KEPT);
    few.into_boxed_slice()
}

/// Hashes up to `limit` in order. They are spread evenly: put apart by their size first, hardly two are left to be compared.
fn sorted(hashes: &[u32], limit: u32) -> Vec<u32> {
    let (shares, all) = (hashes.len() as u64, u64::from(limit) + 1);
    let share = |hash: &u32| usize::try_from(u64::from(*hash) * shares / all).unwrap_or(usize::MAX);
    let mut ends = vec![0_usize; hashes.len() + 1];
    for hash in hashes {
        if let Some(count) = ends.get_mut(share(hash)) {
            *count += 1;
        }
    }
    let mut end = 0;
    for share in &mut ends {
        // Where the share begins; behind its last hash, once all are there.
        (*share, end) = (end, end + *share);
    }
    let mut sorted = vec![0; hashes.len()];
    for hash in hashes {
        let Some(at) = ends.get_mut(share(hash)) else { continue };
        if let Some(place) = sorted.get_mut(*at) {
            *place = *hash;
        }
        *at += 1;
    }
    let mut start = 0;
    for end in ends {
        sorted.get_mut(start..end).into_iter().filter(|share| share.len() > 1).for_each(<[u32]>::sort_unstable);
        start = end;
    }
    sorted
}

/// What is joined with what: each with one before it, the first with itself.
struct Joined {
    parents: Vec<usize>,
}

impl Joined {
    fn first(&self, mut index: usize) -> usize {
        while let Some(parent) = self.parents.get(index).filter(|parent| **parent != index) {
            index = *parent;
        }
        index
    }

    fn join_if(&mut self, one: usize, other: usize, same: impl Fn(usize, usize) -> bool) {
        let (first, second) = (self.first(one), self.first(other));
        if first == second || !same(one, other) {
            return;
        }
        let (before, after) = (first.min(second), first.max(second));
        for index in [one, other, after] {
            if let Some(parent) = self.parents.get_mut(index) {
                *parent = before;
            }
        }
    }
}

/// The same for the same words in the same order, whatever stands between them: for counting a sentence of a story once.
pub fn same_words(text: &str) -> StoryId {
    digest_of(&words_of([text].into_iter(), drop))
}

/// A story as reports and annotations name it: 32 hexadecimal digits.
pub fn shown(story: StoryId) -> String {
    format!("{story:032x}")
}

fn parts(article: &Article, wanted: impl Fn(ZoneKind) -> bool) -> impl Iterator<Item = &str> {
    let zones = article.zones.iter().filter(move |zone| wanted(zone.kind));
    zones.map(|zone| zone.span.of(&article.text))
}

/// The body and whatever else counts.
fn counted<'a>(article: &'a Article, zones: &BTreeSet<ZoneKind>) -> impl Iterator<Item = &'a str> {
    parts(article, |kind| kind == ZoneKind::Body || zones.contains(&kind))
}

/// The words of a text in parts in small letters (UTF-8), each with a space behind it; `each` gets a hash of every word.
fn words_of<'t>(parts: impl Iterator<Item = &'t str>, mut each: impl FnMut(u64)) -> Vec<u8> {
    let mut words = Words::default();
    for part in parts {
        words.bytes.reserve(part.len() + 1);
        let mut rest = part;
        while !rest.is_empty() {
            let plain = words.add_plain(rest.as_bytes(), &mut each);
            let mut characters = rest.get(plain..).unwrap_or_default().chars();
            match characters.next() {
                Some(character) if !is_mark(character) && character.is_alphanumeric() => {
                    for small in character.to_lowercase() {
                        small.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| words.add(byte));
                    }
                }
                _ => words.end(&mut each),
            }
            rest = characters.as_str();
        }
        words.end(&mut each);
    }
    words.bytes
}

/// Each byte as it counts in a word: small letters and digits, [`SEPARATOR`] for other ASCII, [`BEYOND`] for what is none.
static SMALL: [u8; 256] = {
    let mut small = [BEYOND; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        #[allow(
            clippy::indexing_slicing,
            reason = "a byte is always inside a table of 256, and this runs at compile time"
        )]
        {
            small[byte as usize] = if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { SEPARATOR };
        }
        byte += 1;
    }
    small
};

const SEPARATOR: u8 = 0;
const BEYOND: u8 = 1;

/// Dashes and quotation marks: most of what is beyond ASCII, and dear to look up.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}')
}

/// Words while they are read.
#[derive(Default)]
struct Words {
    bytes: Vec<u8>,
    /// The one that is read.
    word: Word,
}

/// A word while it is read: the hash of all but its last bytes, these, and how many it has.
#[derive(Clone, Copy, Default)]
struct Word {
    hash: u64,
    last: u64,
    length: u64,
}

impl Word {
    fn add(&mut self, byte: u8) {
        self.last = self.last << 8 | u64::from(byte);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            (self.hash, self.last) = (mixed(self.hash, self.last), 0);
        }
    }

    fn hash(self) -> u64 {
        mixed(self.hash ^ self.length, self.last)
    }
}

impl Words {
    /// Reads up to the first byte that is no ASCII; where that is.
    fn add_plain(&mut self, bytes: &[u8], mut each: impl FnMut(u64)) -> usize {
        // Most of all that is read: kept at hand until the end.
        let mut word = self.word;
        let mut read = bytes.len();
        for (at, byte) in bytes.iter().enumerate() {
            match SMALL.get(usize::from(*byte)).copied().unwrap_or_default() {
                SEPARATOR if word.length == 0 => (),
                SEPARATOR => {
                    self.bytes.push(b' ');
                    each(word.hash());
                    word = Word::default();
                }
                BEYOND => {
                    read = at;
                    break;
                }
                small => {
                    self.bytes.push(small);
                    word.add(small);
                }
            }
        }
        self.word = word;
        read
    }

    fn add(&mut self, byte: u8) {
        self.bytes.push(byte);
        self.word.add(byte);
    }

    fn end(&mut self, each: impl FnOnce(u64)) {
        if self.word.length > 0 {
            self.bytes.push(b' ');
            each(self.word.hash());
            self.word = Word::default();
        }
    }
}

fn mixed(hash: u64, more: u64) -> u64 {
    hash.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ more
}

/// Spread over all numbers as by `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014).
fn hash_of_run(run: &[u64]) -> u32 {
    let mut hash = run.iter().fold(0, |hash, word| mixed(hash, *word));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((hash ^ (hash >> 31)) >> 32).unwrap_or(u32::MAX)
}

fn digest_of(words: &[u8]) -> u128 {
    blake3::hash(words).as_bytes().first_chunk().map_or(0, |first| u128::from_be_bytes(*first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{sorted, words_of};

    proptest! {
        /// What is quick for hashes that are spread evenly sorts all others, too.
        #[test]
        fn hashes_are_sorted(
            hashes in prop::collection::vec(prop_oneof![any::<u32>(), Just(7), Just(u32::MAX)], 0..300),
            limit in any::<u32>(),
        ) {
            let mut usual = hashes.clone();
            usual.sort_unstable();
            prop_assert_eq!(sorted(&hashes, u32::MAX), usual.clone());
            usual.retain(|hash| *hash <= limit);
            let few: Vec<u32> = hashes.into_iter().filter(|hash| *hash <= limit).collect();
            prop_assert_eq!(sorted(&few, limit), usual);
        }

        /// Words are those of letters and digits, in small letters.
        #[test]
        fn words_have_no_case_and_nothing_between_them(text in "([A-Za-zÉßİ中0-9]{0,12}[ ,.“”—\u{a0}\n]{0,3}){0,9}|\\PC{0,40}") {
            let mut count = 0;
            let words = words_of([text.as_str(), "Last"].into_iter(), |_| count += 1);
            let usual = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).chain(["Last"]);
            let lower = |word: &str| word.chars().flat_map(char::to_lowercase).chain([' ']).collect::<String>();
            let usual: Vec<String> = usual.map(lower).collect();
            prop_assert_eq!((String::from_utf8(words).unwrap(), count), (usual.concat(), usual.len()));
        }
    }
}

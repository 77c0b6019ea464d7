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

use rayon::{
    iter::ParallelIterator as _,
    slice::{ParallelSlice as _, ParallelSliceMut as _},
};
use serde::{Deserialize, Serialize};

use crate::{Article, ZoneKind};

mod words;

use words::{Words, mixed};

/// Words in a run.
const RUN: usize = 5;
/// Hashes that a sketch keeps: with the digest and the length, a signature stays under 600 bytes.
const KEPT: usize = 112;
/// Hashes by which candidates are found.
const KEYS: usize = 16;
/// In how many passes candidates are looked for at most: each takes sixteen bytes for a part of the keys.
const PASSES: u32 = 8;
/// Keys that are worth a pass.
const PASS: usize = 1 << 19;
/// Keys that candidates share at least: copies share most of theirs, shortened ones a third.
const SHARED: usize = 2;
/// Articles under one key that are all compared with each other.
const CROWD: usize = 16;
/// With how many that follow it each is compared where there are more.
const NEXT: usize = 2;
/// Hashes of about the same size that are put in order one by one.
const SHARE: u32 = 16;
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
            signature.words = digest_of(&Words::of(counted(article, zones)).bytes);
        }
        signature
    }

    /// The same without the sketch, which costs most: it tells exact copies only. It has no runs only where there are no words.
    pub fn of_words(article: &Article, zones: &BTreeSet<ZoneKind>) -> Self {
        let words = Words::of(counted(article, zones)).bytes;
        Self { runs: u32::from(!words.is_empty()), words: digest_of(&words), sketch: Box::default() }
    }

    /// The signature of a text in parts.
    pub fn of_parts<'t>(parts: impl Iterator<Item = &'t str>) -> Self {
        let Words { bytes, hashes } = Words::of(parts);
        let runs: Vec<u32> = hashes.windows(RUN.min(hashes.len()).max(1)).map(hash_of_run).collect();
        let count = u32::try_from(runs.len()).unwrap_or(u32::MAX);
        Self { words: digest_of(&bytes), runs: count, sketch: smallest(&runs) }
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
/// difference, nor on how many threads they are compared: those of the pool of `rayon` that this is called in.
///
/// ```
/// use sociogram::story::{Signature, stories};
///
/// let [a, b, c] = ["Ann met Bob in Riga.", "ANN MET BOB, in Riga", "Cem met Dora in Oslo."].map(|text| Signature::of_parts([text].into_iter()));
/// let found = stories(&[a, b, c]);
/// assert!(found[0] == found[1] && found[1] != found[2]);
/// ```
pub fn stories<S: Borrow<Signature>>(signatures: &[S]) -> Vec<StoryId> {
    let passes = u32::try_from((signatures.len() * KEYS).div_ceil(PASS)).unwrap_or(PASSES).min(PASSES);
    in_passes(signatures, passes)
}

/// The same; the number of passes makes no difference.
fn in_passes<S: Borrow<Signature>>(signatures: &[S], passes: u32) -> Vec<StoryId> {
    // Of exact copies one is compared; the order of their digests is that of nothing they came in.
    let mut distinct: Vec<&Signature> = signatures.iter().map(S::borrow).collect();
    distinct.sort_unstable();
    distinct.dedup_by_key(|signature| signature.words);
    let mut joined = Joined { parents: (0..distinct.len()).collect() };
    let mut keys: Vec<Key> = Vec::new();
    for pass in 0..passes {
        keys.clear();
        keys.extend((0..).zip(&distinct).flat_map(|(index, it)| Key::all(index, it, (pass, passes))));
        keys.par_sort_unstable();
        let copies = |(one, other): &(u32, u32)| {
            let both = distinct.get(*one as usize).zip(distinct.get(*other as usize));
            joined.first(*one as usize) != joined.first(*other as usize)
                && both.is_some_and(|(one, other)| one.is_candidate(other) && one.is_copy(other))
        };
        let crowds = keys.par_chunk_by(|one, next| one.hash == next.hash);
        let found: Vec<(u32, u32)> = crowds.flat_map_iter(pairs).filter(copies).collect();
        for (one, other) in found {
            joined.join(one as usize, other as usize);
        }
        joined.shorten();
    }
    let story = |signature: &Signature| {
        let index = distinct.partition_point(|it| it.words < signature.words);
        distinct.get(joined.first(index)).map_or(signature.words, |first| first.words)
    };
    signatures.iter().map(S::borrow).map(story).collect()
}

/// A signature under one of its keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    hash: u32,
    /// The two hashes behind it in its sketch.
    behind: [u32; 2],
    /// Which signature it is.
    index: u32,
}

impl Key {
    /// Those of the signature that belong to this pass of so many.
    fn all(index: u32, signature: &Signature, (pass, passes): (u32, u32)) -> impl Iterator<Item = Self> {
        let keys = signature.keys().iter().zip(1..).filter(move |(hash, _)| **hash % passes == pass);
        keys.map(move |(hash, next)| {
            let hash_at = |at: usize| signature.sketch.get(at).copied().unwrap_or(u32::MAX);
            Self { hash: *hash, behind: [hash_at(next), hash_at(next + 1)], index }
        })
    }
}

/// Which of those under one key are compared: all, and in a crowd each with those beside it.
fn pairs(crowd: &[Key]) -> impl Iterator<Item = (u32, u32)> {
    let reach = if crowd.len() > CROWD { NEXT } else { CROWD };
    let others = move |at: usize| crowd.iter().skip(at + 1).take(reach);
    crowd.iter().enumerate().flat_map(move |(at, one)| others(at).map(|other| (one.index, other.index)))
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
    // A copy: what is shrunk in place keeps its room.
    few.get(..KEPT).unwrap_or(&few).into()
}

/// Hashes up to `limit` in order. They are spread evenly: put apart by their size first, each stands nearly where it belongs.
fn sorted(hashes: &[u32], limit: u32) -> Vec<u32> {
    // Of a share for each hash, the one that a hash belongs to.
    let scale = ((hashes.len() as u64) << 32) / (u64::from(limit) + 1);
    let share = |hash: u32| usize::try_from((u64::from(hash) * scale) >> 32).unwrap_or(usize::MAX);
    let mut places = vec![0_u32; hashes.len() + 1];
    for hash in hashes {
        if let Some(count) = places.get_mut(share(*hash) + 1) {
            *count += 1;
        }
    }
    if places.iter().any(|count| *count > SHARE) {
        let mut sorted = hashes.to_vec();
        sorted.sort_unstable();
        return sorted;
    }
    let mut start = 0;
    for place in &mut places {
        start += *place;
        *place = start;
    }
    let mut sorted = vec![0; hashes.len()];
    for hash in hashes {
        let Some(place) = places.get_mut(share(*hash)) else { continue };
        if let Some(free) = sorted.get_mut(*place as usize) {
            *free = *hash;
        }
        *place += 1;
    }
    for end in 1..sorted.len() {
        let Some((last, before)) = sorted.get_mut(..=end).and_then(<[u32]>::split_last_mut) else { continue };
        let greater = before.iter().rev().take_while(|hash| **hash > *last).count();
        if greater > 0
            && let Some(moved) = sorted.get_mut(end - greater..=end)
        {
            moved.rotate_right(1);
        }
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

    /// Puts each beside the first it is joined with.
    fn shorten(&mut self) {
        for index in 0..self.parents.len() {
            let first = self.first(index);
            if let Some(parent) = self.parents.get_mut(index) {
                *parent = first;
            }
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (first, second) = (self.first(one), self.first(other));
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
    digest_of(&Words::of([text].into_iter()).bytes)
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

    use super::{Signature, in_passes, sorted};

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

        /// Stories are the same in however many passes they are sought.
        #[test]
        fn passes_make_no_difference(texts in prop::collection::vec("([a-c]{1,2} ){5,40}", 0..60), passes in 2..9_u32) {
            let signatures: Vec<Signature> = texts.iter().map(|text| Signature::of_parts([text.as_str()].into_iter())).collect();
            prop_assert_eq!(in_passes(&signatures, passes), in_passes(&signatures, 1));
        }
    }
}

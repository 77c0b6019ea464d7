//! What some measures need beyond the usual counts; collected only when it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What a measure needs beyond the usual counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// In how many articles both are named, though never in one unit.
    Articles,
    /// How many actors are named in the sentences that name both.
    Crowds,
    /// How many sentences lie between those that name the one and the other.
    Distances,
    /// Article by article, how many sentences name both and each.
    Strata,
}

impl Need {
    /// Whether every sentence of the counted zones has to be cut, and not only those near names.
    fn is_of_all_sentences(self) -> bool {
        matches!(self, Self::Distances | Self::Strata)
    }
}

/// Counts of sentences in one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    /// Sentences that name both actors.
    pub both: u64,
    /// Sentences that name the one.
    pub one: u64,
    /// Sentences that name the other.
    pub other: u64,
    /// All sentences of the counted zones.
    pub all: u64,
}

/// What is counted of a pair that shares an article; each part only where it is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Articles that name both, wherever.
    pub articles: u64,
    /// Sentences that name both, by how many actors they name.
    pub crowds: BTreeMap<u64, u64>,
    /// Two sentences that name the one and the other, by how far they are apart: 0 is the same sentence, at most [`FAR`].
    pub distances: BTreeMap<u64, u64>,
    /// Articles, by their counts of sentences.
    pub strata: BTreeMap<Stratum, u64>,
}

/// The most sentences that two may be apart to be counted in [`Detail::distances`].
pub const FAR: u64 = 5;

impl Detail {
    /// Adds what was counted of the same pair elsewhere.
    pub(crate) fn merge(&mut self, other: Self) {
        self.articles += other.articles;
        add(&mut self.crowds, other.crowds);
        add(&mut self.distances, other.distances);
        add(&mut self.strata, other.strata);
    }

    fn count(&mut self, one: &[u64], other: &[u64], all: u64, needs: &BTreeSet<Need>) {
        self.articles += 1;
        if needs.contains(&Need::Distances) {
            for distance in one.iter().flat_map(|a| other.iter().map(|b| a.abs_diff(*b))).filter(|it| *it <= FAR) {
                *self.distances.entry(distance).or_default() += 1;
            }
        }
        if needs.contains(&Need::Strata) {
            let both = one.iter().filter(|number| other.binary_search(number).is_ok()).count() as u64;
            let stratum = Stratum { both, one: one.len() as u64, other: other.len() as u64, all };
            *self.strata.entry(stratum).or_default() += 1;
        }
    }
}

fn add<K: Ord>(sum: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        *sum.entry(key).or_default() += count;
    }
}

/// Whether any of `needs` is of all sentences.
pub(super) fn needs_all_sentences(needs: &BTreeSet<Need>) -> bool {
    needs.iter().any(|need| need.is_of_all_sentences())
}

/// What is counted of the pairs of one story: `lines` are the numbers of its sentences that make pairs, in order, each with whom
/// it names; `cut` is how many sentences there are in all.
pub(super) fn of<A: Copy + Ord>(lines: &[(u64, Vec<A>)], cut: u64, needs: &BTreeSet<Need>) -> BTreeMap<(A, A), Detail> {
    let mut details: BTreeMap<(A, A), Detail> = BTreeMap::new();
    if needs.is_empty() {
        return details;
    }
    let mut places: BTreeMap<A, Vec<u64>> = BTreeMap::new();
    for (number, cast) in lines {
        for actor in cast {
            places.entry(*actor).or_default().push(*number);
        }
    }
    for (a, one) in &places {
        for (b, other) in places.range(a..).skip(1) {
            details.entry((*a, *b)).or_default().count(one, other, cut, needs);
        }
    }
    if needs.contains(&Need::Crowds) {
        for (_, cast) in lines {
            for (index, a) in cast.iter().enumerate() {
                for b in cast.iter().skip(index + 1) {
                    let crowds = &mut details.entry((*a, *b)).or_default().crowds;
                    *crowds.entry(cast.len() as u64).or_default() += 1;
                }
            }
        }
    }
    details
}

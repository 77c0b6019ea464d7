//! Which group of one time is which of the next: by the members that they share.

use std::collections::{BTreeMap, BTreeSet};

use crate::measure::real;

/// Groups that share less than this of their members are not one: the Jaccard index that Greene, Doyle & Cunningham (2010),
/// <https://doi.org/10.1109/ASONAM.2010.17>, use.
pub const ALIKE: f64 = 0.3;

/// A group that goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heir {
    /// Its number before.
    pub before: u64,
    /// Its number after.
    pub after: u64,
    /// The share of the members of both that are in both: the Jaccard index, from [`ALIKE`] to 1.
    pub jaccard: f64,
}

/// Which groups of `before` go on as which of `after`, the most alike first; no group goes on twice, and what goes on as nothing is
/// absent. Of pairs as much alike the one of the smaller numbers.
pub fn heirs<T: Ord>(before: &BTreeMap<u64, BTreeSet<T>>, after: &BTreeMap<u64, BTreeSet<T>>) -> Vec<Heir> {
    let mut pairs: Vec<Heir> = before
        .iter()
        .flat_map(|(number, members)| after.iter().map(move |(next, others)| (number, members, next, others)))
        .map(|(&before, members, &after, others)| Heir { before, after, jaccard: jaccard(members, others) })
        .filter(|heir| heir.jaccard >= ALIKE)
        .collect();
    pairs.sort_by(|a, b| b.jaccard.total_cmp(&a.jaccard).then((a.before, a.after).cmp(&(b.before, b.after))));
    let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|heir| {
        let is_free = !gone.contains(&heir.before) && !come.contains(&heir.after);
        if is_free {
            gone.insert(heir.before);
            come.insert(heir.after);
        }
        is_free
    });
    pairs
}

/// The share of the members of either set that are in both; 0 of two empty ones.
pub fn jaccard<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let (both, either) = (one.intersection(other).count(), one.union(other).count());
    if either == 0 { 0.0 } else { real(both as u64) / real(either as u64) }
}

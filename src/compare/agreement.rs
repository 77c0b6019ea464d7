//! How alike two divisions of the same actors into groups are.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::measure::real;

/// The likeness of two divisions, by three measures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Normalised mutual information, from 0 (independent) to 1 (the same): Danon et al. (2005),
    /// <https://doi.org/10.1088/1742-5468/2005/09/P09008>.
    pub nmi: f64,
    /// Variation of information in nats, 0 where they are the same: Meila (2007), <https://doi.org/10.1016/j.jmva.2006.11.013>.
    pub vi: f64,
    /// Adjusted Rand index, 1 where they are the same, about 0 by chance: Hubert & Arabie (1985),
    /// <https://doi.org/10.1007/BF01908075>.
    pub ari: f64,
}

/// How alike two divisions are, given both groups of each actor; `None` without actors. Two divisions into one group each are the
/// same.
pub fn agreement<A: Ord + Copy, B: Ord + Copy>(groups: &[(A, B)]) -> Option<Agreement> {
    if groups.is_empty() {
        return None;
    }
    let (mut cells, mut ones, mut others) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for &(one, other) in groups {
        *cells.entry((one, other)).or_default() += 1;
        *ones.entry(one).or_default() += 1;
        *others.entry(other).or_default() += 1;
    }
    let all = real(groups.len() as u64);
    let (together, first, second) = (entropy(&cells, all), entropy(&ones, all), entropy(&others, all));
    let shared = (first + second - together).max(0.0);
    let nmi = if first + second > 0.0 { 2.0 * shared / (first + second) } else { 1.0 };
    let vi = (2.0 * together - first - second).max(0.0);
    Some(Agreement { nmi, vi, ari: rand_index(pairs(&cells), pairs(&ones), pairs(&others), all) })
}

fn entropy<T>(groups: &BTreeMap<T, u64>, all: f64) -> f64 {
    -groups.values().map(|size| real(*size) / all).map(|share| share * share.ln()).sum::<f64>()
}

/// How many pairs of actors are in one group.
fn pairs<T>(groups: &BTreeMap<T, u64>) -> f64 {
    groups.values().map(|size| real(size * (size - 1) / 2)).sum()
}

fn rand_index(together: f64, first: f64, second: f64, all: f64) -> f64 {
    let pairs = all * (all - 1.0) / 2.0;
    let chance = if pairs > 0.0 { first * second / pairs } else { 0.0 };
    let most = f64::midpoint(first, second);
    if most > chance { (together - chance) / (most - chance) } else { 1.0 }
}

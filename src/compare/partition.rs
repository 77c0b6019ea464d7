//! When a rate changed for good: change points, by the best partition of the bins into stretches of one Poisson rate each.
//!
//! Jackson et al. (2005), "An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters 12,
//! <https://doi.org/10.1109/LSP.2001.838216>; the penalty of a change point is `ln n` for n bins. Exposure (the articles of each
//! bin) is part of the rate: more articles are no change.

use crate::{compare::Share, measure::real};

/// The bins, from 1, at which a new rate begins, in order; of two partitions as good the one with fewer or earlier change points.
pub fn change_points(bins: &[Share]) -> Vec<usize> {
    let ends = candidates(bins);
    let penalty = real(bins.len() as u64).ln();
    let sums: Vec<Share> = ends.iter().map(|end| sum(bins.get(..*end).unwrap_or_default())).collect();
    let (mut best, mut from) = (vec![-penalty], vec![0_usize]);
    for (index, all) in sums.iter().enumerate().skip(1) {
        let tries = sums.iter().zip(&best).enumerate().take(index);
        let tries = tries.map(|(start, (before, cost))| (cost + misfit(*before, *all) + penalty, start));
        let (cost, start) = tries.reduce(|best, next| if next.0 < best.0 { next } else { best }).unwrap_or_default();
        best.push(cost);
        from.push(start);
    }
    let mut points = Vec::new();
    let mut at = from.last().copied().unwrap_or(0);
    while at > 0 {
        points.extend(ends.get(at));
        at = from.get(at).copied().unwrap_or(0);
    }
    points.reverse();
    points
}

/// Where a stretch can begin or end. The fit of two stretches is convex in the exposure that one leaves the other, so that no best
/// change point is within a run of bins that name nobody; an edge of few articles in many bins costs little therefore.
fn candidates(bins: &[Share]) -> Vec<usize> {
    let named = |index: usize| bins.get(index).is_some_and(|bin| bin.count > 0);
    let is_edge = |at: &usize| *at == 0 || *at == bins.len() || named(*at) || named(*at - 1);
    (0..=bins.len()).filter(is_edge).collect()
}

fn sum(bins: &[Share]) -> Share {
    Share { count: bins.iter().map(|it| it.count).sum(), of: bins.iter().map(|it| it.of).sum() }
}

/// The negative logarithm of the likelihood of one rate for what lies between two sums, but for what is the same for every
/// partition.
fn misfit(before: Share, all: Share) -> f64 {
    let (count, of) = (real(all.count - before.count), real(all.of - before.of));
    if count > 0.0 { count - count * (count / of).ln() } else { 0.0 }
}

//! Do two actors share articles more often than by chance? The hypergeometric mid-p over articles.
//!
//! `P(X > both) + P(X = both) / 2` where X is how many of `all` articles name both, if the `one` and the `other` articles were
//! drawn independently (Fisher 1935; Lancaster 1961, <https://doi.org/10.1080/01621459.1961.10482105>, for the mid-p). Articles,
//! not sentences: sentences of one article are not independent. Every two actors of the network are tested; pairs that never
//! share an article count as tests with p = 1. Where copies are folded, each story is one article here.

use statrs::function::factorial::ln_binomial;

use super::{Kind, Measure, Pair, Table, real};
use crate::tally::Need;

pub(super) const MEASURE: Measure = Measure {
    name: "shares_articles",
    about: "test: more articles name both than by chance (hypergeometric mid-p, and q)",
    need: Some(Need::Articles),
    kind: Kind::Test(|actors, _| actors * actors.saturating_sub(1) / 2),
    of: |pair: &Pair| pair.detail.map(|detail| mid_p(Table { both: detail.articles, ..pair.articles })),
};

/// The probability that chance puts two actors together in more units than `table` says, plus half that of just so many. From 0
/// to 1, small where they are together more often than by chance; margins larger than `all` are cut to it.
pub fn mid_p(table: Table) -> f64 {
    let (one, other) = (table.one.min(table.all), table.other.min(table.all));
    if table.both > one.min(other) {
        return 0.0;
    }
    let chances = chances(Table { one, other, ..table });
    let least = (one + other).saturating_sub(table.all);
    let at = |count: u64| usize::try_from(count.saturating_sub(least)).ok().and_then(|index| chances.get(index));
    let above = usize::try_from((table.both + 1).saturating_sub(least)).unwrap_or(usize::MAX);
    // From the far end, so that small numbers are summed first.
    let more: f64 = chances.iter().skip(above).rev().sum();
    let just = if table.both < least { 0.0 } else { at(table.both).copied().unwrap_or(0.0) };
    (more + just / 2.0).min(1.0)
}

/// The probability of each number of units that name both, from the least possible to the most. Margins are at most `all`.
pub(super) fn chances(table: Table) -> Vec<f64> {
    let Table { one, other, all, .. } = table;
    let (least, most) = ((one + other).saturating_sub(all), one.min(other));
    // Beginning at the most probable number, so that nothing overflows or vanishes.
    let mode = ((one + 1) * (other + 1) / (all + 2)).clamp(least, most);
    let top = (ln_binomial(one, mode) + ln_binomial(all - one, other - mode) - ln_binomial(all, other)).exp();
    let up =
        |count: u64| real(one - count) * real(other - count) / (real(count + 1) * real(all + count + 1 - one - other));
    let mut below = vec![top];
    for count in (least..mode).rev() {
        below.push(below.last().copied().unwrap_or(0.0) / up(count));
    }
    below.reverse();
    for count in mode..most {
        below.push(below.last().copied().unwrap_or(0.0) * up(count));
    }
    below
}

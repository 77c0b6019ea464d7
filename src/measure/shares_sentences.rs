//! Do two actors share sentences more often than sharing articles explains? The exact mid-p, stratified by article.
//!
//! In each article that names both, the sentences of the one and those of the other are taken as drawn independently from all
//! its sentences; the number that name both is then hypergeometric, and the sum over the articles is their convolution. The mid-p
//! is `P(X > both) + P(X = both) / 2`. It is the exact form of the test of Cochran (1954) and Mantel & Haenszel (1959), see
//! Agresti, "Categorical Data Analysis", section 7.3. A test over all sentences as one heap calls every pair with a story of its
//! own significant; this one does not. Tested are all pairs that share an article.

use std::collections::BTreeMap;

use super::{Kind, Measure, Pair, Table, real, shares_articles};
use crate::tally::{Need, Stratum};

pub(super) const MEASURE: Measure = Measure {
    name: "shares_sentences",
    about: "test: more sentences name both than shared articles explain (stratified exact mid-p, and q)",
    need: Some(Need::Strata),
    kind: Kind::Test(|_, sharing| sharing),
    of: |pair: &Pair| pair.detail.map(|detail| mid_p(&detail.strata)),
};

/// Beyond so many possible sentences the sum is taken as normal: at that size the two agree.
const EXACT: u64 = 20_000;

/// The probability that chance puts two actors together in more sentences than `strata` (articles by their counts) say, plus half
/// that of just so many. From 0 to 1; 1/2 where nothing could have been otherwise.
pub fn mid_p(strata: &BTreeMap<Stratum, u64>) -> f64 {
    let most: u64 = strata.iter().map(|(it, articles)| it.one.min(it.other) * articles).sum();
    if most > EXACT { normal(strata) } else { exact(strata) }
}

fn exact(strata: &BTreeMap<Stratum, u64>) -> f64 {
    let both: u64 = strata.iter().map(|(it, articles)| it.both * articles).sum();
    let mut margins: BTreeMap<Table, u64> = BTreeMap::new();
    for (stratum, articles) in strata {
        *margins.entry(Table { both: 0, ..table(*stratum) }).or_default() += articles;
    }
    let (mut sum, mut least) = (vec![1.0], 0);
    for (table, articles) in margins {
        least += (table.one + table.other).saturating_sub(table.all) * articles;
        sum = convolved(&sum, &power(shares_articles::chances(table), articles));
    }
    let at = usize::try_from(both.saturating_sub(least)).unwrap_or(usize::MAX);
    let more: f64 = sum.iter().skip(at.saturating_add(1)).rev().sum();
    (more + sum.get(at).copied().unwrap_or(0.0) / 2.0).min(1.0)
}

/// Cochran's and Mantel & Haenszel's z, without a correction: what the mid-p comes to for large counts.
fn normal(strata: &BTreeMap<Stratum, u64>) -> f64 {
    let (mut surplus, mut variance) = (0.0, 0.0);
    for (stratum, articles) in strata {
        let table = table(*stratum);
        let [one, other, all] = [table.one, table.other, table.all].map(real);
        surplus += real(*articles) * (real(table.both) - table.expected());
        let spread = one * other * (all - one) * (all - other) / (all * all * (all - 1.0).max(1.0));
        variance += real(*articles) * spread;
    }
    if variance > 0.0 { 0.5 * statrs::function::erf::erfc(surplus / (2.0 * variance).sqrt()) } else { 0.5 }
}

fn table(stratum: Stratum) -> Table {
    let Stratum { both, one, other, all } = stratum;
    Table { both, one: one.min(all), other: other.min(all), all }
}

/// The distribution of the sum of two.
fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; (a.len() + b.len()).saturating_sub(1)];
    for (index, chance) in a.iter().enumerate() {
        for (cell, other) in sum.iter_mut().skip(index).zip(b) {
            *cell += chance * other;
        }
    }
    sum
}

/// The distribution of the sum of `times` alike.
fn power(mut chances: Vec<f64>, mut times: u64) -> Vec<f64> {
    let mut sum = vec![1.0];
    while times > 0 {
        if times % 2 == 1 {
            sum = convolved(&sum, &chances);
        }
        times /= 2;
        if times > 0 {
            chances = convolved(&chances, &chances);
        }
    }
    sum
}

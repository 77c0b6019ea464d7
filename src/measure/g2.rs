//! Signed log-likelihood ratio: `2 * sum(observed * ln(observed / expected))` over the four cells, negative below chance.
//!
//! Dunning (1993), "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19(1),
//! <https://aclanthology.org/J93-1003/>. A score to rank by. No p-value is derived from it: sentences of one article are not
//! independent, and the tests for that are `shares_articles` and `shares_sentences`.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "g2",
    about: "log-likelihood ratio, negative below chance, Dunning 1993",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    let cell = |(observed, expected): (f64, f64)| match observed {
        0.0 => 0.0,
        _ => observed * (observed / expected).ln(),
    };
    let ratio = 2.0 * table.cells().into_iter().map(cell).sum::<f64>();
    if real(table.both) < table.expected() { -ratio } else { ratio }
}

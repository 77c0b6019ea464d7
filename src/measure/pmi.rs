//! Pointwise mutual information in bits: `log2(both * all / (one * other))`.
//!
//! Church & Hanks (1990), "Word association norms", Computational Linguistics 16(1), <https://aclanthology.org/J90-1003/>.
//! 0 is chance; it favours pairs that are rare; minus infinity (an empty cell) where no unit names both.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "pmi",
    about: "pointwise mutual information in bits; 0 is chance",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

pub(super) fn of(table: Table) -> f64 {
    (real(table.both) * real(table.all) / (real(table.one) * real(table.other))).log2()
}

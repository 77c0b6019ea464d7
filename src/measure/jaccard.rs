//! Jaccard's index: `both / (one + other - both)`, the share of the units naming either that name both.
//!
//! Jaccard (1912), <https://doi.org/10.1111/j.1469-8137.1912.tb05611.x>. From 0 to 1.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "jaccard",
    about: "together / either, from 0 to 1",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    real(table.both) / (real(table.one) + real(table.other) - real(table.both))
}

//! Dice's coefficient: `2 * both / (one + other)`.
//!
//! Dice (1945), <https://doi.org/10.2307/1932409>. From 0 to 1; the harmonic mean of the two conditional shares.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "dice",
    about: "2 x together / (one + other), from 0 to 1",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    2.0 * real(table.both) / (real(table.one) + real(table.other))
}

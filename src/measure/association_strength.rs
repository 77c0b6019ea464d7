//! Association strength: `both / (one * other)`, the similarity that keeps frequent actors from being near everybody.
//!
//! Van Eck & Waltman (2009), "How to normalize cooccurrence data?", JASIST 60(8), <https://doi.org/10.1002/asi.21075>, eq. 6.
//! Above 0, at most 1; independent of how much was read. Times `all` it is the lift.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "association_strength",
    about: "together / (one x other), van Eck & Waltman 2009",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    real(table.both) / (real(table.one) * real(table.other))
}

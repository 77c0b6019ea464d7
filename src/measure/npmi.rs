//! Normalised pointwise mutual information: `pmi / -log2(both / all)`.
//!
//! Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction", GSCL. From -1 (never together) over 0
//! (chance) to 1 (never apart); 1 where every unit names both.

use super::{Kind, Measure, Pair, Table, pmi, real};

pub(super) const MEASURE: Measure = Measure {
    name: "npmi",
    about: "pmi from -1 (never together) to 1 (never apart), Bouma 2009",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    match table.both {
        0 => -1.0,
        both if both == table.all => 1.0,
        // Where neither is named without the other, rounding can go past 1.
        both => (pmi::of(table) / -(real(both) / real(table.all)).log2()).clamp(-1.0, 1.0),
    }
}

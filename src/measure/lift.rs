//! Lift: `both / expected`, how many times as often as by chance.
//!
//! The probabilistic affinity index, van Eck & Waltman (2009), <https://doi.org/10.1002/asi.21075>, section 3: the association
//! strength times the number of units. 1 is chance, 2 is twice as often.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "lift",
    about: "observed / expected by chance; 1 is chance",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    real(table.both) / table.expected()
}

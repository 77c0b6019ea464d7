//! Log odds ratio with Haldane's correction: `ln((both + .5)(neither + .5) / ((one alone + .5)(other alone + .5)))`.
//!
//! Haldane (1956), <https://doi.org/10.1111/j.1469-1809.1956.tb01285.x>. 0 is chance; always finite.

use super::{Kind, Measure, Pair, Table};

pub(super) const MEASURE: Measure = Measure {
    name: "log_odds",
    about: "log odds ratio with Haldane's correction; 0 is chance",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    let [both, one, other, neither] = table.cells().map(|(observed, _)| observed + 0.5);
    (both * neither / (one * other)).ln()
}

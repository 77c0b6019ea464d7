//! Pearson's chi-squared of the 2x2 table, without correction: `sum((observed - expected)^2 / expected)`.
//!
//! Pearson (1900), <https://doi.org/10.1080/14786440009463897>. From 0 (chance); none where every unit names one of the two.
//! Trusted only where every expected count is 5 or more; `g2` and the exact tests are for the rest.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "chi_squared",
    about: "Pearson's chi-squared of the 2x2 table",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| of(pair.units),
};

fn of(table: Table) -> Option<f64> {
    let [(both, _), (one, _), (other, _), (neither, _)] = table.cells();
    let margins = real(table.one) * (real(table.all) - real(table.one));
    let margins = margins * real(table.other) * (real(table.all) - real(table.other));
    (margins > 0.0).then(|| real(table.all) * (both * neither - one * other).powi(2) / margins)
}

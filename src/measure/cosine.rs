//! Cosine similarity: `both / sqrt(one * other)`.
//!
//! Salton & McGill (1983), "Introduction to Modern Information Retrieval"; also Ochiai's coefficient. From 0 to 1; the geometric
//! mean of the two conditional shares.

use super::{Kind, Measure, Pair, Table, real};

pub(super) const MEASURE: Measure = Measure {
    name: "cosine",
    about: "together / sqrt(one x other), from 0 to 1",
    need: None,
    kind: Kind::Score,
    of: |pair: &Pair| Some(of(pair.units)),
};

fn of(table: Table) -> f64 {
    real(table.both) / (real(table.one) * real(table.other)).sqrt()
}

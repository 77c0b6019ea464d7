//! Counts corrected for crowds: a sentence that names k actors gives each pair `1 / (k - 1)` instead of 1.
//!
//! Newman (2001), "Scientific collaboration networks II", Physical Review E 64, 016132,
//! <https://doi.org/10.1103/PhysRevE.64.016132>, eq. 2. A sentence that only lists names weighs less than one about two; summed
//! over an actor's edges it gives the number of sentences that name the actor with somebody else.

use super::{Kind, Measure, Pair, real};
use crate::tally::Need;

pub(super) const MEASURE: Measure = Measure {
    name: "newman",
    about: "sentences, each divided by the actors it names less one, Newman 2001",
    need: Some(Need::Crowds),
    kind: Kind::Score,
    of,
};

fn of(pair: &Pair) -> Option<f64> {
    let crowds = &pair.detail?.crowds;
    Some(crowds.iter().map(|(actors, sentences)| real(*sentences) / real(actors.saturating_sub(1).max(1))).sum())
}

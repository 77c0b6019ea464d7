//! Nearness in the article: every sentence of the one with every sentence of the other, at most five sentences apart, counts
//! `exp(-distance)`; 1 in the same sentence.
//!
//! Spitz & Gertz (2016), "Terms over LOAD", SIGIR, <https://doi.org/10.1145/2911451.2911529>, eq. 1, and (2018) "Exploring
//! entity-centric networks in entangled news streams". Five sentences as there: what lies further adds less than 0.7 %.

use super::{Kind, Measure, Pair, real};
use crate::tally::Need;

pub(super) const MEASURE: Measure = Measure {
    name: "decay",
    about: "nearness over up to 5 sentences, exp(-distance), Spitz & Gertz 2016",
    need: Some(Need::Distances),
    kind: Kind::Score,
    of,
};

fn of(pair: &Pair) -> Option<f64> {
    let distances = &pair.detail?.distances;
    Some(distances.iter().map(|(distance, times)| real(*times) * (-real(*distance)).exp()).sum())
}

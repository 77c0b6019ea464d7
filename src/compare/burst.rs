//! When something was in the news more than usual: bursts, by two states.
//!
//! Kleinberg (2003), "Bursty and hierarchical structure in streams", Data Mining and Knowledge Discovery 7, section 4,
//! <https://doi.org/10.1023/A:1024940629314>: batched, two states, s = 2, gamma = 1.

use crate::{compare::Share, measure::real};

/// How many times the usual rate a burst has.
const TIMES: f64 = 2.0;
/// A burst's rate is below one.
const MOST: f64 = 0.9999;

/// A run of bins in which the rate was twice the usual one rather than the usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burst {
    /// Its first bin.
    pub start: usize,
    /// The bin after its last.
    pub end: usize,
    /// How much better two rates tell what was counted than one, in nats: the larger, the surer.
    pub weight: f64,
}

/// The bursts among bins, in order. The usual rate is that of all bins together; beginning a burst costs `ln n`, ending it nothing.
/// Bins without articles say nothing either way.
pub fn bursts(bins: &[Share]) -> Vec<Burst> {
    let states = states(bins);
    let rates = rates(bins);
    let mut bursts: Vec<Burst> = Vec::new();
    for (index, (bin, _)) in bins.iter().zip(states).enumerate().filter(|(_, (_, is_burst))| *is_burst) {
        let gain = cost(*bin, rates.0) - cost(*bin, rates.1);
        match bursts.last_mut() {
            Some(last) if last.end == index => (last.end, last.weight) = (index + 1, last.weight + gain),
            _ => bursts.push(Burst { start: index, end: index + 1, weight: gain }),
        }
    }
    bursts
}

/// The usual rate and that of a burst.
fn rates(bins: &[Share]) -> (f64, f64) {
    let all = Share { count: bins.iter().map(|it| it.count).sum(), of: bins.iter().map(|it| it.of).sum() };
    (all.rate(), (TIMES * all.rate()).min(MOST))
}

/// Whether each bin is in a burst: the cheapest way through, by dynamic programming; of two as cheap the usual state.
pub fn states(bins: &[Share]) -> Vec<bool> {
    let (usual, burst) = rates(bins);
    // Named in all articles nothing can be more than usual, and of nothing there is no rate.
    if usual <= 0.0 || burst <= usual {
        return vec![false; bins.len()];
    }
    let begin = real(bins.len() as u64).ln();
    let mut costs = (0.0, f64::INFINITY);
    let mut ways: Vec<(bool, bool)> = Vec::with_capacity(bins.len());
    for bin in bins {
        let (ends, stays) = (costs.1 < costs.0, costs.1 < costs.0 + begin);
        ways.push((ends, stays));
        costs = (costs.0.min(costs.1) + cost(*bin, usual), costs.1.min(costs.0 + begin) + cost(*bin, burst));
    }
    let mut in_burst = costs.1 < costs.0;
    let mut states: Vec<bool> = Vec::with_capacity(bins.len());
    for (ends, stays) in ways.into_iter().rev() {
        states.push(in_burst);
        in_burst = if in_burst { stays } else { ends };
    }
    states.reverse();
    states
}

/// How badly a rate tells what was counted, but for what is the same for every rate.
fn cost(bin: Share, rate: f64) -> f64 {
    let rest = bin.of.saturating_sub(bin.count);
    -(real(bin.count) * rate.ln() + real(rest) * (1.0 - rate).ln())
}

//! Whether weights differ more than by dealing out the articles to the sides anew: a test of weights that keeps the sentences of
//! one article together.

use std::collections::BTreeMap;

use super::How;
use crate::{Error, chance::Chance, measure::real, network::Edge};

/// What an article that shows an edge weighs, and on which side it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Document {
    /// How often it names the two together.
    pub weight: u64,
    /// Whether it is on the second side.
    pub is_after: bool,
}

/// The chance of so great a difference of mean weights, if the articles belonged to the sides by chance alone: so often in
/// `how.permutations` it was as great, with one added to both (Phipson & Smyth 2010, <https://doi.org/10.2202/1544-6115.1585>). Of
/// `of` articles on each side, those not among `documents` weigh nothing. With the sides exchanged it is the same.
pub fn permuted(documents: &[Document], of: (u64, u64), how: How) -> f64 {
    let weight = |after: bool| documents.iter().filter(|it| it.is_after == after).map(|it| it.weight).sum::<u64>();
    let sum = weight(true) + weight(false);
    // The smaller side is drawn; of two as large it makes no difference which.
    let (few, many, observed) = if of.0 <= of.1 { (of.0, of.1, weight(false)) } else { (of.1, of.0, weight(true)) };
    let difference = |drawn: u64| {
        let (one, other) = (u128::from(drawn) * u128::from(many), u128::from(sum - drawn) * u128::from(few));
        one.abs_diff(other)
    };
    let mut weights: Vec<u64> = documents.iter().map(|it| it.weight).collect();
    weights.sort_unstable();
    let mut chance = Chance(how.seed);
    let great =
        (0..how.permutations).filter(|_| difference(drawn(&weights, (few, many), &mut chance)) >= difference(observed));
    (real(great.count() as u64) + 1.0) / (f64::from(how.permutations) + 1.0)
}

/// The weight of those that fall to the smaller side.
fn drawn(weights: &[u64], (few, many): (u64, u64), chance: &mut Chance) -> u64 {
    let (mut left, mut all, mut sum) = (few, few + many, 0);
    for weight in weights {
        if left > 0 && chance.share() * real(all) < real(left) {
            left -= 1;
            sum += weight;
        }
        all = all.saturating_sub(1);
    }
    sum
}

/// The same for an edge, by the articles of its evidence; chance begins anew for every edge.
pub(super) fn of_edge(
    (a, b): (Option<&Edge>, Option<&Edge>),
    of: (u64, u64),
    how: How,
    ends: (&str, &str),
) -> Result<f64, Error> {
    let mut documents = Vec::new();
    for (edge, is_after) in [(a, false), (b, true)].into_iter().filter_map(|(edge, after)| Some((edge?, after))) {
        if edge.evidence.len() as u64 != edge.weight {
            let reason = format!(
                "permutations need every sentence, of {} - {} there are {} of {}; build with --evidence all, without --coref",
                ends.0,
                ends.1,
                edge.evidence.len(),
                edge.weight
            );
            return Err(Error::Compare { reason });
        }
        let mut articles: BTreeMap<(&str, &str, Option<u64>), u64> = BTreeMap::new();
        for shown in &edge.evidence {
            *articles.entry((&shown.article, &shown.path, shown.line)).or_default() += 1;
        }
        documents.extend(articles.into_values().map(|weight| Document { weight, is_after }));
    }
    let mut hasher = blake3::Hasher::new();
    for part in [ends.0, ends.1] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let mut begin = [0; 8];
    hasher.finalize_xof().fill(&mut begin);
    Ok(permuted(&documents, of, How { seed: how.seed ^ u64::from_le_bytes(begin), ..how }))
}

//! Counts in, numbers out: how close two actors are, and how surely more than by chance. One file a measure.
//!
//! A measure never replaces the count: it stands beside it, as a column of the edge. Measures of association compare units of
//! counting: how many name both (the weight), each of the two, and at least one actor at all. Of windows these are the ones that
//! end at a sentence which names an actor. `newman`, `decay` and the tests are of sentences and articles, whatever the unit.

use crate::tally::{Detail, Need};

mod association_strength;
mod chi_squared;
mod cosine;
mod decay;
mod dice;
mod g2;
mod jaccard;
mod lift;
mod log_odds;
mod newman;
mod npmi;
mod pmi;
mod rank;
mod shares_articles;
mod shares_sentences;

pub use rank::benjamini_hochberg;
pub use shares_articles::mid_p as hypergeometric_mid_p;
pub use shares_sentences::mid_p as stratified_mid_p;

/// Every measure of an edge, in the order `--help` shows them.
pub const MEASURES: &[Measure] = &[
    newman::MEASURE,
    decay::MEASURE,
    association_strength::MEASURE,
    lift::MEASURE,
    pmi::MEASURE,
    npmi::MEASURE,
    g2::MEASURE,
    chi_squared::MEASURE,
    jaccard::MEASURE,
    dice::MEASURE,
    cosine::MEASURE,
    log_odds::MEASURE,
    shares_articles::MEASURE,
    shares_sentences::MEASURE,
];

/// One number for two actors.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Name for `--measures`, and of the column; a test has the columns `NAME_p` and `NAME_q`.
    pub name: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    /// What has to be counted for it beyond the usual, if anything.
    pub need: Option<Need>,
    /// What the number says.
    pub kind: Kind,
    /// The number, finite or not; none where what it needs was not counted or where it has no meaning.
    pub of: fn(&Pair) -> Option<f64>,
}

/// What a measure's number says.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The larger, the closer.
    Score,
    /// The probability of at least so much by chance; with how many pairs of so many actors, of which so many share an article,
    /// were tested.
    Test(fn(actors: u64, sharing: u64) -> u64),
}

/// How many units name both of two actors, each of them, and anybody at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Table {
    /// Units that name both.
    pub both: u64,
    /// Units that name the one.
    pub one: u64,
    /// Units that name the other.
    pub other: u64,
    /// All units.
    pub all: u64,
}

impl Table {
    /// How many units would name both by chance, if who is named did not depend on who else is.
    pub fn expected(self) -> f64 {
        real(self.one) * real(self.other) / real(self.all)
    }

    /// Observed counts of both, the one alone, the other alone, neither; each with what is expected by chance.
    pub fn cells(self) -> [(f64, f64); 4] {
        let [one, other, all] = [self.one, self.other, self.all].map(real);
        let neither = (self.all + self.both).saturating_sub(self.one + self.other);
        [
            (real(self.both), one * other / all),
            (real(self.one.saturating_sub(self.both)), one * (all - other) / all),
            (real(self.other.saturating_sub(self.both)), (all - one) * other / all),
            (real(neither), (all - one) * (all - other) / all),
        ]
    }
}

/// What is known of two actors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair<'a> {
    /// In units of counting: sentences, paragraphs, windows; stories, where articles are the unit.
    pub units: Table,
    /// In articles, or stories where copies are folded. How many name both is known from the detail alone: `both` is 0 without it.
    pub articles: Table,
    /// What was counted beyond the usual, if it was.
    pub detail: Option<&'a Detail>,
}

/// The measure called `name`.
pub fn named(name: &str) -> Option<Measure> {
    MEASURES.iter().find(|measure| measure.name == name).copied()
}

/// The names of all measures, for messages.
pub fn known() -> String {
    MEASURES.iter().map(|measure| measure.name).collect::<Vec<_>>().join(", ")
}

/// A count as a number with fraction.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

//! Counts by day: the network of any period is a sum of days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an actor counts on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActorDay {
    /// Places that name it.
    pub mentions: u64,
    /// Sentences that name it.
    pub sentences: u64,
    /// Articles that name it.
    pub articles: u64,
    /// Stories that name it.
    pub stories: u64,
}

/// What a pair counts on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PairDay {
    /// How often the two are named together, in units of the method.
    pub weight: u64,
    /// Sentences that name both.
    pub sentences: u64,
    /// Articles in which they are named together.
    pub articles: u64,
    /// Stories in which they are.
    pub stories: u64,
}

/// How much was read, of a day or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Volume {
    /// Articles, those that name nobody too; where copies are folded, exact ones of those that name somebody once.
    pub articles: u64,
    /// Stories: articles where copies are counted.
    pub stories: u64,
    /// Sentences that name an actor.
    pub sentences: u64,
    /// Stories that name an actor.
    pub naming: u64,
}

/// Days in order; what is not dated is on none.
pub type Days<T> = BTreeMap<NaiveDate, T>;

/// Counts of a day that add up.
pub trait Sum: Copy + Default {
    /// Adds `other`.
    fn add(&mut self, other: Self);
}

impl Sum for ActorDay {
    fn add(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.sentences += other.sentences;
        self.articles += other.articles;
        self.stories += other.stories;
    }
}

impl Sum for PairDay {
    fn add(&mut self, other: Self) {
        self.weight += other.weight;
        self.sentences += other.sentences;
        self.articles += other.articles;
        self.stories += other.stories;
    }
}

impl Sum for Volume {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.stories += other.stories;
        self.sentences += other.sentences;
        self.naming += other.naming;
    }
}

/// Adds `more` to `days`, day by day.
pub(super) fn add<T: Sum>(days: &mut Days<T>, more: impl IntoIterator<Item = (NaiveDate, T)>) {
    for (day, counts) in more {
        days.entry(day).or_default().add(counts);
    }
}

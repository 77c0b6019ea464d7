//! What was counted on which day, for a network that is looked at by time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    Network,
    network::{Edge, Shown},
};

/// All articles by day.
#[derive(Serialize)]
pub(super) struct Calendar {
    /// The first day; all others are counted from it.
    pub(super) first: Option<NaiveDate>,
    #[serde(flatten)]
    days: Days<1>,
}

impl Calendar {
    pub(super) fn of(network: &Network) -> Self {
        let mut articles: BTreeMap<NaiveDate, BTreeSet<Article>> = BTreeMap::new();
        for shown in network.graph.edge_weights().flat_map(|it| &it.evidence) {
            if let Some(day) = shown.published {
                articles.entry(day).or_default().insert(article(shown));
            }
        }
        let counts: Counts<1> = articles.into_iter().map(|(day, articles)| (day, [articles.len() as u64])).collect();
        let first = counts.keys().next().copied();
        Self { first, days: Days::of(["articles"], [counts].iter(), first) }
    }
}

/// Counts by day.
type Counts<const N: usize> = BTreeMap<NaiveDate, [u64; N]>;

/// The counts of each row on each of its days, by column.
pub(super) struct Days<const N: usize> {
    names: [&'static str; N],
    /// How many days each row has.
    days: Vec<usize>,
    /// Days since the one before in the row; of a row's first since the calendar's.
    day: Vec<i64>,
    counts: Vec<[u64; N]>,
}

impl<const N: usize> Days<N> {
    fn of<'a>(names: [&'static str; N], rows: impl Iterator<Item = &'a Counts<N>>, first: Option<NaiveDate>) -> Self {
        let mut all = Self { names, days: Vec::new(), day: Vec::new(), counts: Vec::new() };
        for row in rows {
            all.days.push(row.len());
            let mut before = first.unwrap_or_default();
            for (day, counts) in row {
                all.day.push((*day - before).num_days());
                all.counts.push(*counts);
                before = *day;
            }
        }
        all
    }
}

impl Days<3> {
    pub(super) fn of_actors(network: &Network, first: Option<NaiveDate>) -> Self {
        Self::of(["mentions", "sentences", "articles"], named(network).iter(), first)
    }
}

impl Days<4> {
    pub(super) fn of_edges(network: &Network, first: Option<NaiveDate>) -> Self {
        let rows: Vec<Counts<4>> = network.graph.edge_weights().map(together).collect();
        Self::of(["weight", "sentences", "articles", "stories"], rows.iter(), first)
    }
}

impl<const N: usize> Serialize for Days<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(N + 2))?;
        map.serialize_entry("days", &self.days)?;
        map.serialize_entry("day", &self.day)?;
        for (column, name) in self.names.iter().enumerate() {
            let counts: Vec<u64> = self.counts.iter().filter_map(|it| it.get(column).copied()).collect();
            map.serialize_entry(name, &counts)?;
        }
        map.end()
    }
}

/// What tells articles apart.
type Article<'a> = (&'a str, &'a str, Option<u64>);

fn article(shown: &Shown) -> Article<'_> {
    (&shown.article, &shown.path, shown.line)
}

/// What the evidence of an edge says of each day.
fn together(edge: &Edge) -> Counts<4> {
    let mut days: BTreeMap<NaiveDate, (u64, BTreeSet<Article>)> = BTreeMap::new();
    for shown in &edge.evidence {
        if let Some(day) = shown.published {
            let (sentences, articles) = days.entry(day).or_default();
            *sentences += 1;
            articles.insert(article(shown));
        }
    }
    let counts = |(sentences, articles): (u64, BTreeSet<Article>)| {
        let articles = articles.len() as u64;
        [sentences, sentences, articles, articles]
    };
    days.into_iter().map(|(day, seen)| (day, counts(seen))).collect()
}

/// What the evidence of all edges says of each actor and day.
fn named(network: &Network) -> Vec<Counts<3>> {
    let mut seen: Vec<BTreeMap<NaiveDate, [BTreeSet<(Article, usize)>; 3]>> = Vec::new();
    seen.resize_with(network.graph.node_count(), BTreeMap::new);
    let by_id: BTreeMap<&str, usize> =
        network.graph.node_weights().enumerate().map(|(index, it)| (it.id.as_str(), index)).collect();
    for shown in network.graph.edge_weights().flat_map(|it| &it.evidence) {
        for mark in &shown.marks {
            let row = by_id.get(mark.actor.as_str()).and_then(|it| seen.get_mut(*it));
            let (Some(row), Some(day)) = (row, shown.published) else { continue };
            let [mentions, sentences, articles] = row.entry(day).or_default();
            mentions.insert((article(shown), mark.start));
            sentences.insert((article(shown), shown.start));
            articles.insert((article(shown), 0));
        }
    }
    let counts = |sets: [BTreeSet<_>; 3]| sets.map(|it| it.len() as u64);
    seen.into_iter().map(|row| row.into_iter().map(|(day, sets)| (day, counts(sets))).collect()).collect()
}

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
    days: Days<4>,
}

impl Calendar {
    /// As the method says, else as the evidence does.
    pub(super) fn of(network: &Network) -> Self {
        let said = network.method.days.iter();
        let mut counts: Counts<4> =
            said.map(|(day, it)| (*day, [it.articles, it.stories, it.sentences, it.naming])).collect();
        if counts.is_empty() {
            counts = shown(network);
        }
        let first = counts.keys().chain(named(network)).min().copied();
        Self { first, days: Days::of(["articles", "stories", "sentences", "naming"], &[counts], first) }
    }
}

/// All days on which something was counted.
fn named(network: &Network) -> impl Iterator<Item = &NaiveDate> {
    let edges = network.graph.edge_weights().flat_map(|it| it.days.keys());
    network.graph.node_weights().flat_map(|it| it.days.keys()).chain(edges)
}

/// How many articles the evidence has of each day.
fn shown(network: &Network) -> Counts<4> {
    let mut articles: BTreeMap<NaiveDate, BTreeSet<Article>> = BTreeMap::new();
    for shown in network.graph.edge_weights().flat_map(|it| &it.evidence) {
        if let Some(day) = shown.published {
            articles.entry(day).or_default().insert(article(shown));
        }
    }
    let many = |articles: BTreeSet<Article>| articles.len() as u64;
    articles.into_iter().map(|(day, articles)| (day, many(articles))).map(|(day, it)| (day, [it, it, 0, it])).collect()
}

/// Counts by day.
type Counts<const N: usize> = BTreeMap<NaiveDate, [u64; N]>;

/// The counts of each row on each of its days, by column.
pub(super) struct Days<const N: usize> {
    names: [&'static str; N],
    /// How many days each row has.
    rows: Vec<usize>,
    /// Days since the one before in the row; of a row's first since the calendar's.
    day: Vec<i64>,
    counts: Vec<[u64; N]>,
}

impl<const N: usize> Days<N> {
    fn of(names: [&'static str; N], rows: &[Counts<N>], first: Option<NaiveDate>) -> Self {
        let mut all = Self { names, rows: Vec::new(), day: Vec::new(), counts: Vec::new() };
        for row in rows {
            all.rows.push(row.len());
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

/// The days of the actors; none where nothing was counted by day, and the evidence has to tell.
pub(super) fn of_actors(network: &Network, first: Option<NaiveDate>) -> Option<Days<4>> {
    let actors = network.graph.node_weights().map(|actor| {
        let days = actor.days.iter();
        days.map(|(day, it)| (*day, [it.mentions, it.sentences, it.articles, it.stories])).collect()
    });
    let rows: Vec<Counts<4>> = actors.collect();
    let is_told = rows.iter().any(|it| !it.is_empty());
    is_told.then(|| Days::of(["mentions", "sentences", "articles", "stories"], &rows, first))
}

/// The days of the edges; none where the evidence says the same, or has to tell.
pub(super) fn of_edges(network: &Network, first: Option<NaiveDate>) -> Option<Days<4>> {
    let edges = network.graph.edge_weights().map(|edge| {
        let days = edge.days.iter();
        days.map(|(day, it)| (*day, [it.weight, it.sentences, it.articles, it.stories])).collect()
    });
    let rows: Vec<Counts<4>> = edges.collect();
    let is_told = rows.iter().any(|it| !it.is_empty());
    let is_shown = network.graph.edge_weights().zip(&rows).all(|(edge, row)| together(edge) == *row);
    (is_told && !is_shown).then(|| Days::of(["weight", "sentences", "articles", "stories"], &rows, first))
}

impl<const N: usize> Serialize for Days<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(N + 2))?;
        map.serialize_entry("days", &self.rows)?;
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

/// What the evidence of an edge says of each day, as the page would count it.
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

//! Actors and edges as rows of typed cells, for the formats that are tables at heart.

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDate;

use super::Notes;
use crate::{
    Network,
    network::{Actor, Edge},
};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Real,
    Day,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Whole(u64),
    Real(f64),
    Day(NaiveDate),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Whole(count) => write!(f, "{count}"),
            Self::Real(number) => write!(f, "{number}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl Cell {
    /// The cell as JSON; days are text.
    pub(super) fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Whole(count) => (*count).into(),
            Self::Real(number) => (*number).into(),
            Self::Day(day) => day.to_string().into(),
        }
    }
}

/// Columns with names and kinds, and a row of cells for each actor or edge in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Columns {
    /// Name and kind.
    pub(super) head: Vec<(String, Kind)>,
    /// As long as the head, each.
    pub(super) rows: Vec<Vec<Option<Cell>>>,
}

impl Columns {
    /// The columns with the cells of `row` that are not empty.
    pub(super) fn cells<'a>(&'a self, row: &'a [Option<Cell>]) -> impl Iterator<Item = (usize, &'a str, &'a Cell)> {
        let named = self.head.iter().enumerate().zip(row);
        named.filter_map(|((index, (name, _)), cell)| Some((index, name.as_str(), cell.as_ref()?)))
    }

    /// The cells of `row` that are not empty, as JSON by name.
    pub(super) fn object(&self, row: &[Option<Cell>]) -> serde_json::Map<String, serde_json::Value> {
        self.cells(row).map(|(_, name, cell)| (name.to_owned(), cell.json())).collect()
    }
}

/// The actors without identifier and name, which every format puts in a place of its own.
pub(super) fn of_actors(network: &Network) -> Columns {
    let measures: BTreeSet<&String> = network.graph.node_weights().flat_map(|it| it.measures.keys()).collect();
    let any = |of: fn(&Actor) -> Option<u64>| network.graph.node_weights().any(|it| of(it).is_some());
    let mut head = vec![("kind".to_owned(), Kind::Text)];
    head.extend(["mentions", "attributive", "sentences", "articles"].map(|name| (name.to_owned(), Kind::Whole)));
    let apart = network.graph.node_weights().any(|it| it.stories != it.articles && it.stories > 0);
    head.extend(apart.then(|| ("stories".to_owned(), Kind::Whole)));
    let parts = [
        ("pronouns", (|it| Some(it.pronouns).filter(|count| *count > 0)) as fn(&Actor) -> Option<u64>),
        ("community", |it| it.community),
        ("component", |it| it.component),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(_, of)| any(*of)).collect();
    head.extend(parts.iter().map(|(name, _)| ((*name).to_owned(), Kind::Whole)));
    head.extend(measures.iter().map(|name| ((*name).clone(), Kind::Real)));
    let row = |actor: &Actor| {
        let mut row = vec![Some(Cell::Text(kind(actor)))];
        let counts = [actor.mentions, actor.attributive, actor.sentences, actor.articles];
        row.extend(counts.map(|count| Some(Cell::Whole(count))));
        row.extend(apart.then_some(Some(Cell::Whole(actor.stories))));
        row.extend(parts.iter().map(|(_, of)| of(actor).map(Cell::Whole)));
        row.extend(measures.iter().map(|name| actor.measures.get(*name).copied().map(Cell::Real)));
        row
    };
    Columns { head, rows: network.graph.node_weights().map(row).collect() }
}

/// What an actor is, as JSON calls it.
fn kind(actor: &Actor) -> String {
    serde_json::to_value(actor.kind).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The edges without ends and weight, which every format puts in a place of its own.
pub(super) fn of_edges(network: &Network) -> Columns {
    let measures: BTreeSet<&String> = network.graph.edge_weights().flat_map(|it| it.measures.keys()).collect();
    let mut head: Vec<(String, Kind)> =
        [("sentences", Kind::Whole), ("articles", Kind::Whole), ("first", Kind::Day), ("last", Kind::Day)]
            .map(|(name, kind)| (name.to_owned(), kind))
            .to_vec();
    // Where every article is a story, and where only names count, these columns say nothing.
    let apart = network.graph.edge_weights().any(|it| it.stories != it.articles);
    head.extend(apart.then(|| ("stories".to_owned(), Kind::Whole)));
    let pronouns = network.graph.edge_weights().any(|it| it.pronouns > 0);
    head.extend(pronouns.then(|| ("pronouns".to_owned(), Kind::Whole)));
    head.extend(measures.iter().map(|name| ((*name).clone(), Kind::Real)));
    let row = |edge: &Edge| {
        let mut row = vec![Some(Cell::Whole(edge.sentences)), Some(Cell::Whole(edge.articles))];
        row.extend([edge.first, edge.last].map(|day| day.map(Cell::Day)));
        row.extend(apart.then_some(Some(Cell::Whole(edge.stories))));
        row.extend(pronouns.then_some(Some(Cell::Whole(edge.pronouns))));
        row.extend(measures.iter().map(|name| edge.measures.get(*name).copied().map(Cell::Real)));
        row
    };
    Columns { head, rows: network.graph.edge_weights().map(row).collect() }
}

/// What Gephi does with edges of weight 0, where there are any: its import drops them.
pub(super) fn weightless(network: &Network) -> Notes {
    match network.graph.edge_weights().filter(|edge| edge.weight == 0).count() {
        0 => Notes::new(),
        1 => vec!["1 edge rests on pronouns alone and has weight 0: Gephi drops it".to_owned()],
        many => vec![format!("{many} edges rest on pronouns alone and have weight 0: Gephi drops them")],
    }
}

/// The ends of each edge, in order: indices of nodes, in the order in which these are written.
pub(super) fn ends(network: &Network) -> impl Iterator<Item = (usize, usize)> {
    network.graph.raw_edges().iter().map(|edge| (edge.source().index(), edge.target().index()))
}

/// Colours that differ in hue and lightness, also for most people who are colour-blind: Okabe & Ito (2008), lightened where text
/// stands on them; further communities are grey.
const COLOURS: [[u8; 3]; 8] = [
    [86, 151, 203],
    [230, 152, 40],
    [64, 160, 120],
    [204, 121, 167],
    [213, 109, 60],
    [140, 120, 190],
    [176, 164, 60],
    [120, 180, 190],
];

/// The colour of a community, as red, green and blue.
pub(super) fn colour(community: u64) -> [u8; 3] {
    let index = usize::try_from(community.saturating_sub(1)).unwrap_or(usize::MAX);
    COLOURS.get(index).copied().unwrap_or([170, 176, 182])
}

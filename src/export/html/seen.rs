//! Actors and edges as the page draws them, by column: what repeats in a column costs next to nothing once compressed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::days::{self, Calendar, Days};
use crate::{
    Network,
    export::{
        columns::{colour, ends},
        picture::{self, Placed},
    },
    network::{Actor, Communities, Edge, Method, communities},
};

/// All but the evidence.
#[derive(Serialize)]
pub(super) struct Seen<'a> {
    title: &'a str,
    /// How it was counted and drawn, in lines.
    lines: [String; 2],
    method: Method,
    /// Of the communities from 1; the last is that of all others.
    colours: Vec<String>,
    /// What chose the edges of the backbone; empty where all are of it.
    rule: &'static str,
    calendar: Calendar,
    actors: Actors<'a>,
    edges: Edges,
}

/// One value for each actor in every column, in the order of the network.
#[derive(Serialize)]
struct Actors<'a> {
    name: Vec<&'a str>,
    /// By index, where it is not the name.
    id: BTreeMap<usize, &'a str>,
    kind: Vec<&'static str>,
    aliases: Vec<&'a [String]>,
    mentions: Vec<u64>,
    attributive: Vec<u64>,
    sentences: Vec<u64>,
    articles: Vec<u64>,
    stories: Vec<u64>,
    pronouns: Vec<u64>,
    /// By index, where units are paragraphs or windows.
    units: BTreeMap<usize, u64>,
    /// Mentions that were left out, by index and zone.
    left_out: BTreeMap<usize, &'a BTreeMap<String, u64>>,
    /// From 1; 0 where it has none.
    community: Vec<u64>,
    x: Vec<i64>,
    y: Vec<i64>,
    /// Radius, in tenths.
    size: Vec<i64>,
    measures: Numbers,
    days: Option<Days<4>>,
}

/// One value for each edge in every column.
#[derive(Serialize)]
struct Edges {
    /// Index of one end, less that of the edge before: mostly 0 or 1.
    source: Vec<i64>,
    target: Vec<usize>,
    weight: Vec<u64>,
    sentences: Vec<u64>,
    articles: Vec<u64>,
    stories: Vec<u64>,
    pronouns: Vec<u64>,
    /// 1 where it is of the backbone.
    backbone: Vec<u8>,
    measures: Numbers,
    days: Option<Days<4>>,
}

/// Columns of measures by name.
type Numbers = BTreeMap<String, Vec<Option<f64>>>;

/// How many communities have a colour of their own.
const COLOURED: u64 = 8;

pub(super) fn of<'a>(network: &'a Network, placed: &Placed, title: &'a str, seed: u64) -> Seen<'a> {
    let groups = groups(network, seed);
    let mut method = network.method.clone();
    let lines = picture::method(&method, &groups, seed);
    // The digest of all inputs stays; a line for each would be longer than the network.
    method.input.listed.clear();
    // These stand in the calendar.
    method.days.clear();
    let calendar = Calendar::of(network);
    Seen {
        title,
        lines,
        method,
        colours: (1..=COLOURED + 1).map(|it| hex(colour(it))).collect(),
        rule: placed.rule,
        actors: actors(network, placed, &groups, calendar.first),
        edges: edges(network, placed, calendar.first),
        calendar,
    }
}

/// The communities that were asked for, else those that are found now.
fn groups(network: &Network, seed: u64) -> Communities {
    match &network.method.communities {
        Some(grouping) => Communities {
            of: network.graph.node_weights().map(|it| it.community).collect(),
            modularity: grouping.modularity,
        },
        None => communities(network, seed),
    }
}

fn actors<'a>(network: &'a Network, placed: &Placed, groups: &Communities, first: Option<NaiveDate>) -> Actors<'a> {
    let all = || network.graph.node_weights();
    let count = |of: fn(&Actor) -> u64| all().map(of).collect();
    Actors {
        name: all().map(|it| it.name.as_str()).collect(),
        id: all().enumerate().filter(|(_, it)| it.id != it.name).map(|(index, it)| (index, it.id.as_str())).collect(),
        kind: all().map(|it| it.kind.name()).collect(),
        aliases: all().map(|it| it.aliases.as_slice()).collect(),
        mentions: count(|it| it.mentions),
        attributive: count(|it| it.attributive),
        sentences: count(|it| it.sentences),
        articles: count(|it| it.articles),
        stories: count(|it| it.stories),
        pronouns: count(|it| it.pronouns),
        units: all().map(|it| it.units).enumerate().filter(|(_, units)| *units > 0).collect(),
        left_out: all().map(|it| &it.left_out).enumerate().filter(|(_, it)| !it.is_empty()).collect(),
        community: groups.of.iter().map(|it| it.unwrap_or(0)).collect(),
        x: placed.places.iter().map(|it| whole(it.0)).collect(),
        y: placed.places.iter().map(|it| whole(it.1)).collect(),
        size: placed.radii.iter().map(|it| whole(10.0 * it)).collect(),
        measures: numbers(&all().map(|it| &it.measures).collect::<Vec<_>>()),
        days: days::of_actors(network, first),
    }
}

fn edges(network: &Network, placed: &Placed, first: Option<NaiveDate>) -> Edges {
    let all = || network.graph.edge_weights();
    let count = |of: fn(&Edge) -> u64| all().map(of).collect();
    Edges {
        source: steps(ends(network).map(|it| it.0)),
        target: ends(network).map(|it| it.1).collect(),
        weight: count(|it| it.weight),
        sentences: count(|it| it.sentences),
        articles: count(|it| it.articles),
        stories: count(|it| it.stories),
        pronouns: count(|it| it.pronouns),
        backbone: placed.backbone.iter().map(|it| u8::from(*it)).collect(),
        measures: numbers(&all().map(|it| &it.measures).collect::<Vec<_>>()),
        days: days::of_edges(network, first),
    }
}

/// Each index less the one before.
pub(super) fn steps(indices: impl Iterator<Item = usize>) -> Vec<i64> {
    let mut before = 0;
    let step = |index: usize| {
        let index = i64::try_from(index).unwrap_or(i64::MAX);
        let step = index - before;
        before = index;
        step
    };
    indices.map(step).collect()
}

fn numbers(rows: &[&BTreeMap<String, f64>]) -> Numbers {
    let names: BTreeSet<&String> = rows.iter().flat_map(|it| it.keys()).collect();
    let column = |name: &String| rows.iter().map(|it| it.get(name).copied().map(rounded)).collect();
    names.into_iter().map(|name| (name.clone(), column(name))).collect()
}

/// Six digits of a number, more than a reader compares.
fn rounded(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

#[expect(clippy::cast_possible_truncation, reason = "a picture is some thousand units wide")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::{rounded, steps};

    #[test]
    #[allow(clippy::float_cmp, reason = "rounded to the last bit")]
    fn columns_are_short() {
        assert_eq!(steps([2, 2, 5, 1].into_iter()), [2, 0, 3, -4]);
        assert_eq!(rounded(0.123_456_789), 0.123_457);
        assert_eq!(rounded(1e-300), 1e-300);
    }
}

//! A network as node-link data, the shape in which it is saved: `networkx.node_link_graph(data, edges="edges")` loads it
//! (<https://networkx.org/documentation/stable/reference/readwrite/json_graph.html>).

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;
use petgraph::graph::UnGraph;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Actor, Doubt, Edge, Method, Network, Shown};
use crate::tally::{Days, PairDay};

/// The version of the shape; it changes when a reader of the old one would misread the new.
pub(super) const SCHEMA: u64 = 1;

/// A network as one JSON object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NodeLink<'n> {
    /// Version of the shape, now 1.
    pub schema: u64,
    /// Always false: edges have no direction.
    pub directed: bool,
    /// Always false: two actors have one edge.
    pub multigraph: bool,
    /// Attributes of the graph as a whole: none.
    #[serde(default)]
    pub graph: BTreeMap<String, String>,
    /// How it was counted.
    #[serde(default)]
    pub method: Method,
    /// The actors, by name.
    pub nodes: Vec<Actor>,
    /// The edges, by the order of their ends.
    pub edges: Vec<Link<'n>>,
    /// Pairs of nodes that may be one actor, with the reason; there are none where all actors are listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

/// An edge with the identifiers of its ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link<'n> {
    /// Identifier of one end.
    pub source: String,
    /// Identifier of the other.
    pub target: String,
    /// How often the two are named together: larger is stronger.
    pub weight: u64,
    /// Sentences that name both.
    pub sentences: u64,
    /// Articles in which they are named together.
    pub articles: u64,
    /// Stories in which they are; absent where every article is a story of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
    /// How often more if pronouns stand for names, where these are asked for: never part of the weight.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub pronouns: u64,
    /// Day of the first dated article among these.
    pub first: Option<NaiveDate>,
    /// Day of the last.
    pub last: Option<NaiveDate>,
    /// The counts by day, as far as they are dated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: Days<PairDay>,
    /// Measures beside the counts, each under its name.
    #[serde(flatten, deserialize_with = "numbers")]
    pub measures: BTreeMap<String, f64>,
    /// What shows it, oldest first.
    #[serde(default)]
    pub evidence: Cow<'n, [Shown]>,
}

impl<'n> From<&'n Network> for NodeLink<'n> {
    fn from(network: &'n Network) -> Self {
        let links = network.edges().map(|(a, b, edge)| {
            let Edge { weight, sentences, articles, stories, pronouns, first, last, days, measures, evidence } = edge;
            Link {
                source: a.id.clone(),
                target: b.id.clone(),
                weight: *weight,
                sentences: *sentences,
                articles: *articles,
                stories: (stories != articles).then_some(*stories),
                pronouns: *pronouns,
                first: *first,
                last: *last,
                days: days.clone(),
                measures: measures.clone(),
                evidence: Cow::Borrowed(evidence),
            }
        });
        Self {
            schema: SCHEMA,
            directed: false,
            multigraph: false,
            graph: BTreeMap::new(),
            method: network.method.clone(),
            nodes: network.graph.node_weights().cloned().collect(),
            edges: links.collect(),
            doubts: network.doubts.clone(),
        }
    }
}

impl TryFrom<NodeLink<'_>> for Network {
    type Error = String;

    /// The network again; the reason where the data contradict themselves.
    fn try_from(data: NodeLink<'_>) -> Result<Self, String> {
        if data.schema != SCHEMA {
            return Err(format!("schema {} is not known; this version reads schema {SCHEMA}", data.schema));
        }
        check_counts(&data)?;
        let mut graph = UnGraph::default();
        let (mut nodes, mut ends) = (BTreeMap::new(), BTreeSet::new());
        for mut actor in data.nodes {
            if actor.stories == 0 {
                actor.stories = actor.articles;
            }
            let id = actor.id.clone();
            if nodes.insert(id.clone(), graph.add_node(actor)).is_some() {
                return Err(format!("two nodes have the id `{id}`"));
            }
        }
        for link in data.edges {
            let Link {
                source,
                target,
                weight,
                sentences,
                articles,
                stories,
                pronouns,
                first,
                last,
                days,
                measures,
                evidence,
            } = link;
            let (stories, evidence) = (stories.unwrap_or(articles), evidence.into_owned());
            let node =
                |id: &str| nodes.get(id).copied().ok_or_else(|| format!("an edge names `{id}`, which is no node"));
            let (a, b) = (node(&source)?, node(&target)?);
            if a == b || !ends.insert((a.min(b), a.max(b))) {
                return Err(format!("the edge {source} - {target} stands twice or ends where it starts"));
            }
            let edge = Edge { weight, sentences, articles, stories, pronouns, first, last, days, measures, evidence };
            graph.add_edge(a, b, edge);
        }
        Ok(Self { graph, method: data.method, doubts: data.doubts, ..Self::default() })
    }
}

/// What counts may come to, all together (2^53): beyond it most programs round them, and sums may run over.
const MOST: u64 = 1 << 53;

/// Fails where the counts cannot have been counted.
fn check_counts(data: &NodeLink<'_>) -> Result<(), String> {
    let of_actor = |it: &Actor| [it.mentions, it.attributive, it.sentences, it.articles, it.stories, it.pronouns];
    let of_edge =
        |it: &Link<'_>| [it.weight, it.sentences, it.articles, it.stories.unwrap_or_default(), it.pronouns, 0];
    let counts = data.nodes.iter().map(of_actor).chain(data.edges.iter().map(of_edge));
    let total = counts.flatten().try_fold(0_u64, |sum, count| sum.checked_add(count).filter(|sum| *sum <= MOST));
    total.map(drop).ok_or_else(|| format!("its numbers are no counts: together they come to more than {MOST}"))
}

/// The further columns that are numbers; others were not written here and are passed over.
pub(super) fn numbers<'de, D: Deserializer<'de>>(data: D) -> Result<BTreeMap<String, f64>, D::Error> {
    let columns: BTreeMap<String, serde_json::Value> = BTreeMap::deserialize(data)?;
    Ok(columns.into_iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect())
}

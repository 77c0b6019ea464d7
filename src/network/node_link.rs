//! A network as node-link data, the shape in which it is saved: `networkx.node_link_graph(data, edges="edges")` loads it
//! (<https://networkx.org/documentation/stable/reference/readwrite/json_graph.html>).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use petgraph::graph::UnGraph;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Actor, Doubt, Edge, Method, Network, Shown};
use crate::tally::{Days, PairDay};

/// The version of the shape; it changes when a reader of the old one would misread the new.
pub(super) const SCHEMA: u64 = 1;

/// A network as one JSON object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NodeLink {
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
    pub edges: Vec<Link>,
    /// Pairs of nodes that may be one actor, with the reason; there are none where all actors are listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

/// An edge with the identifiers of its ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
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
    pub evidence: Vec<Shown>,
}

impl From<&Network> for NodeLink {
    fn from(network: &Network) -> Self {
        let links = network.edges().map(|(a, b, edge)| {
            let Edge { weight, sentences, articles, stories, pronouns, first, last, days, measures, evidence } =
                edge.clone();
            let stories = (stories != articles).then_some(stories);
            let (source, target) = (a.id.clone(), b.id.clone());
            Link {
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

impl TryFrom<NodeLink> for Network {
    type Error = String;

    /// The network again; the reason where the data contradict themselves.
    fn try_from(data: NodeLink) -> Result<Self, String> {
        if data.schema != SCHEMA {
            return Err(format!("schema {} is not known; this version reads schema {SCHEMA}", data.schema));
        }
        let mut graph = UnGraph::default();
        let mut nodes = BTreeMap::new();
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
            let stories = stories.unwrap_or(articles);
            let node =
                |id: &str| nodes.get(id).copied().ok_or_else(|| format!("an edge names `{id}`, which is no node"));
            let (a, b) = (node(&source)?, node(&target)?);
            if a == b || graph.find_edge(a, b).is_some() {
                return Err(format!("the edge {source} - {target} stands twice or ends where it starts"));
            }
            let edge = Edge { weight, sentences, articles, stories, pronouns, first, last, days, measures, evidence };
            graph.add_edge(a, b, edge);
        }
        Ok(Self { graph, method: data.method, doubts: data.doubts, ..Self::default() })
    }
}

/// The further columns that are numbers; others were not written here and are passed over.
pub(super) fn numbers<'de, D: Deserializer<'de>>(data: D) -> Result<BTreeMap<String, f64>, D::Error> {
    let columns: BTreeMap<String, serde_json::Value> = BTreeMap::deserialize(data)?;
    Ok(columns.into_iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect())
}

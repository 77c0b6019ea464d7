//! Communities bin by bin, and which of them go on.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{NodeIndex, UnGraph};
use serde::Serialize;

use super::Bin;
use crate::{
    Network,
    compare::{self, Agreement},
    network::{self, Actor, Edge},
};

/// A community in a bin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its number: that of the community before that it goes on from, else a new one. From 1.
    pub community: u64,
    /// The share of the members of both that it has in common with the one before; null where it is new.
    pub jaccard: Option<f64>,
    /// Identifiers of its members, in order.
    pub members: BTreeSet<String>,
}

type Members = BTreeMap<u64, BTreeSet<String>>;

/// Finds the communities of each bin, numbers them by those of the last bin that has any, and says how alike the two are.
pub(super) fn enter(bins: &mut [Bin], seed: u64) {
    let mut last: Members = BTreeMap::new();
    let mut numbers = 0;
    for bin in bins.iter_mut() {
        let found = found(bin, seed);
        let heirs: BTreeMap<u64, (u64, f64)> =
            compare::heirs(&last, &found).into_iter().map(|it| (it.after, (it.before, it.jaccard))).collect();
        bin.communities = Vec::with_capacity(found.len());
        for (number, members) in &found {
            let (community, jaccard) = heirs.get(number).map_or_else(
                || {
                    numbers += 1;
                    (numbers, None)
                },
                |(before, jaccard)| (*before, Some(*jaccard)),
            );
            bin.communities.push(Group { community, jaccard, members: members.clone() });
        }
        bin.agreement = agreement(&last, &found);
        if !bin.communities.is_empty() {
            last = bin.communities.iter().map(|it| (it.community, it.members.clone())).collect();
        }
    }
}

/// The communities of a bin's edges, by size.
fn found(bin: &Bin, seed: u64) -> Members {
    let mut graph: UnGraph<Actor, Edge> = UnGraph::default();
    let mut nodes: BTreeMap<&str, NodeIndex> = BTreeMap::new();
    for edge in bin.edges.iter().filter(|edge| edge.counts.weight > 0) {
        let mut node = |id| *nodes.entry(id).or_insert_with(|| graph.add_node(Actor::default()));
        let (a, b) = (node(edge.source.as_str()), node(edge.target.as_str()));
        graph.add_edge(a, b, Edge { weight: edge.counts.weight, ..Edge::default() });
    }
    let network = Network { graph, ..Network::default() };
    let communities = network::communities(&network, seed);
    let mut members: Members = BTreeMap::new();
    for (id, node) in nodes {
        if let Some(Some(community)) = communities.of.get(node.index()) {
            members.entry(*community).or_default().insert(id.to_owned());
        }
    }
    members
}

/// Over the actors that are in both.
fn agreement(before: &Members, after: &Members) -> Option<Agreement> {
    let of = |members: &Members| -> BTreeMap<String, u64> {
        members.iter().flat_map(|(number, ids)| ids.iter().map(|id| (id.clone(), *number))).collect()
    };
    let (before, after) = (of(before), of(after));
    let both: Vec<(u64, u64)> = before.iter().filter_map(|(id, number)| Some((*number, *after.get(id)?))).collect();
    compare::agreement(&both)
}

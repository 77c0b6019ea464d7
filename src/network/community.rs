//! Groups of actors that are named with one another more than with the rest.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::graph::NodeIndex;
use single_clustering::{
    community_search::leiden::{LeidenConfig, ObjectiveKind, leiden, modularity},
    network::CSRNetwork,
};

use super::{Grouping, Network};
use crate::measure::real;

/// Passes over the network; it stops before where nothing gets better.
const PASSES: usize = 20;

/// A division of the network into communities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Communities {
    /// The community of each node, from 1, the largest first; none for actors without an edge.
    pub of: Vec<Option<u64>>,
    /// How much more weight lies within communities than by chance, weights being strengths: from -1/2 to 1; 0 without edges.
    pub modularity: f64,
}

impl Network {
    /// Puts the community of every actor beside its counts, and into the method how they were found.
    pub fn group(&mut self, seed: u64) {
        let found = communities(self, seed);
        let number = found.of.iter().flatten().max().copied().unwrap_or(0);
        for (index, community) in found.of.into_iter().enumerate() {
            if let Some(actor) = self.graph.node_weight_mut(NodeIndex::new(index)) {
                actor.community = community;
            }
        }
        let by = "Leiden, modularity".to_owned();
        self.method.communities = Some(Grouping { by, seed, communities: number, modularity: found.modularity });
    }
}

/// The communities of `network` by Leiden on modularity with resolution 1, weights being strengths. The same `seed` gives the same
/// communities; each is connected.
///
/// Traag, Waltman & van Eck (2019), "From Louvain to Leiden", Scientific Reports 9, <https://doi.org/10.1038/s41598-019-41695-z>.
pub fn communities(network: &Network, seed: u64) -> Communities {
    let nodes = network.graph.node_count();
    let edges: Vec<(usize, usize, f64)> = network
        .graph
        .raw_edges()
        .iter()
        .filter(|it| it.weight.weight > 0)
        .map(|it| (it.source().index(), it.target().index(), real(it.weight.weight)))
        .collect();
    let config = LeidenConfig {
        objective: ObjectiveKind::Rb { resolution: 1.0 },
        seed: Some(seed),
        n_iterations: PASSES,
        ..LeidenConfig::default()
    };
    let Some(graph) = CSRNetwork::from_edges(nodes, &edges).ok().filter(|_| !edges.is_empty()) else {
        return Communities { of: vec![None; nodes], modularity: 0.0 };
    };
    let labels = leiden(&graph, &config).map_or_else(|_| vec![0; nodes], |it| it.labels().to_vec());
    let labels = connected(network, &labels);
    let modularity = modularity(&graph, &labels, 1.0);
    Communities { of: by_size(network, &labels), modularity }
}

/// Communities that fall apart are several: this never lowers the modularity.
fn connected(network: &Network, labels: &[usize]) -> Vec<usize> {
    let mut parts = vec![usize::MAX; labels.len()];
    for start in 0..labels.len() {
        if parts.get(start) != Some(&usize::MAX) {
            continue;
        }
        let mut queue = VecDeque::from([start]);
        while let Some(index) = queue.pop_front() {
            match parts.get_mut(index) {
                Some(part) if *part == usize::MAX => *part = start,
                _ => continue,
            }
            let near = network.graph.neighbors(NodeIndex::new(index)).map(NodeIndex::index);
            queue.extend(near.filter(|it| labels.get(*it) == labels.get(start)));
        }
    }
    parts
}

/// Numbers from 1, the largest group first, equal ones by their first member; none for nodes without an edge.
pub(super) fn by_size(network: &Network, labels: &[usize]) -> Vec<Option<u64>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, label) in labels.iter().enumerate() {
        if network.graph.neighbors(NodeIndex::new(index)).next().is_some() {
            members.entry(*label).or_default().push(index);
        }
    }
    let order: BTreeSet<(std::cmp::Reverse<usize>, Vec<usize>)> =
        members.into_values().map(|it| (std::cmp::Reverse(it.len()), it)).collect();
    let mut numbers = vec![None; labels.len()];
    for ((_, members), number) in order.into_iter().zip(1_u64..) {
        for member in members {
            if let Some(cell) = numbers.get_mut(member) {
                *cell = Some(number);
            }
        }
    }
    numbers
}

//! How central an actor is, by the usual measures. Each says whether the weight is a strength (larger is closer) or, where paths
//! are measured, a distance of 1/weight.
//!
//! Our own, since the same input has to give the same bytes and the weight is to count: of the libraries, petgraph's PageRank and
//! rustworkx-core's betweenness know no weights, and the latter's weighted closeness adds up in the order of a hash map.

use std::{cmp::Reverse, collections::BinaryHeap};

use petgraph::{
    graph::NodeIndex,
    unionfind::UnionFind,
    visit::{EdgeRef, NodeIndexable},
};

use super::{Network, community};
use crate::measure::real;

/// One number for an actor.
#[derive(Clone, Copy, Debug)]
pub struct Centrality {
    /// Name for `--measures`, and of the column.
    pub name: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    /// The numbers of the nodes, in order.
    pub of: fn(&Network) -> Vec<f64>,
}

/// Every measure of an actor's place, in the order `--help` shows them.
pub const CENTRALITIES: &[Centrality] = &[
    Centrality { name: "degree", about: "actors it is named with (no weight)", of: degree },
    Centrality { name: "strength", about: "sum of its edges' weights (weight is strength)", of: strength },
    Centrality {
        name: "betweenness",
        about: "share of shortest paths that pass it, from 0 to 1 (weight is distance 1/weight)",
        of: betweenness,
    },
    Centrality {
        name: "closeness",
        about: "inverse of the mean distance to those it reaches, times their share (weight is distance 1/weight)",
        of: closeness,
    },
    Centrality {
        name: "eigenvector",
        about: "central by being named with central actors; squares sum to 1 (weight is strength)",
        of: eigenvector,
    },
    Centrality {
        name: "pagerank",
        about: "share of a walk from actor to actor that is here, damping .85; sums to 1 (weight is strength)",
        of: pagerank,
    },
];

impl Network {
    /// Puts `centralities` beside the counts of every actor, and into the method what they say.
    pub fn place(&mut self, centralities: &[Centrality]) {
        for centrality in centralities {
            self.method.actor_measures.insert(centrality.name.to_owned(), centrality.about.to_owned());
            for (index, number) in (centrality.of)(self).into_iter().enumerate() {
                if let Some(actor) = self.graph.node_weight_mut(NodeIndex::new(index)) {
                    actor.measures.insert(centrality.name.to_owned(), number);
                }
            }
        }
    }

    /// Numbers the connected parts of the network, and notes its density.
    pub fn part(&mut self) {
        for (actor, component) in components(self).into_iter().enumerate() {
            if let Some(actor) = self.graph.node_weight_mut(NodeIndex::new(actor)) {
                actor.component = component;
            }
        }
        self.method.density = Some(density(self));
    }
}

/// How many actors each is named with.
pub fn degree(network: &Network) -> Vec<f64> {
    network.graph.node_indices().map(|node| real(network.graph.neighbors(node).count() as u64)).collect()
}

/// The sum of the weights of each actor's edges.
pub fn strength(network: &Network) -> Vec<f64> {
    let sum = |node| network.graph.edges(node).map(|edge| real(edge.weight().weight)).sum();
    network.graph.node_indices().map(sum).collect()
}

/// The share of the shortest paths between two others that pass each actor, summed over all two others and divided by their
/// number: from 0 to 1. An edge is 1/weight long.
///
/// Brandes (2001), <https://doi.org/10.1080/0022250X.2001.9990249>.
pub fn betweenness(network: &Network) -> Vec<f64> {
    let nodes = network.graph.node_count();
    let mut sum = vec![0.0; nodes];
    for source in network.graph.node_indices() {
        let paths = Paths::from(network, source);
        let mut share = vec![0.0; nodes];
        for &node in paths.order.iter().rev() {
            let passed = at(&share, node);
            for &before in paths.before.get(node).map(Vec::as_slice).unwrap_or_default() {
                put(&mut share, before, at(&paths.count, before) / at(&paths.count, node) * (1.0 + passed));
            }
            if node != source.index() {
                put(&mut sum, node, passed);
            }
        }
    }
    let pairs = real((nodes as u64).saturating_sub(1)) * real((nodes as u64).saturating_sub(2));
    // Each path was walked from both its ends.
    sum.into_iter().map(|it| if pairs > 0.0 { it / pairs } else { 0.0 }).collect()
}

/// The inverse of the mean distance to the actors that each can reach, times the share of all that it can reach (Wasserman &
/// Faust 1994, eq. 5.22); 0 for an actor without an edge. An edge is 1/weight long, so that it may exceed 1.
pub fn closeness(network: &Network) -> Vec<f64> {
    let others = real((network.graph.node_count() as u64).saturating_sub(1));
    let of = |source| {
        let paths = Paths::from(network, source);
        let total: f64 = paths.order.iter().map(|node| at(&paths.distance, *node)).sum();
        let reached = real((paths.order.len() as u64).saturating_sub(1));
        if total > 0.0 { reached / total * (reached / others) } else { 0.0 }
    };
    network.graph.node_indices().map(of).collect()
}

/// The eigenvector of the matrix of weights for its largest eigenvalue, of length 1 and not negative; 0 throughout without edges.
///
/// Bonacich (1972), by power iteration on the matrix plus its mean strength on the diagonal, which has the same eigenvectors and
/// never swings. Where two parts of the network have no path between them, the stronger one has all.
pub fn eigenvector(network: &Network) -> Vec<f64> {
    let nodes = network.graph.node_count();
    let strength = strength(network);
    let shift = strength.iter().sum::<f64>() / real(nodes.max(1) as u64);
    if shift <= 0.0 {
        return vec![0.0; nodes];
    }
    let mut vector = vec![1.0 / real(nodes as u64).sqrt(); nodes];
    for _ in 0..10_000 {
        let mut next: Vec<f64> = vector.iter().map(|it| it * shift).collect();
        for edge in network.graph.raw_edges() {
            let (a, b, weight) = (edge.source().index(), edge.target().index(), real(edge.weight.weight));
            put(&mut next, a, weight * at(&vector, b));
            put(&mut next, b, weight * at(&vector, a));
        }
        let length = next.iter().map(|it| it * it).sum::<f64>().sqrt();
        for it in &mut next {
            *it /= length;
        }
        let change: f64 = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).sum();
        vector = next;
        if change < 1e-12 {
            break;
        }
    }
    vector
}

/// Where a walk is found that goes on along an edge by its weight with probability .85, and anywhere else; sums to 1.
///
/// Brin & Page (1998), <https://doi.org/10.1016/S0169-7552(98)00110-X>; from an actor without an edge the walk goes anywhere.
pub fn pagerank(network: &Network) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let nodes = network.graph.node_count();
    let (share, strength) = (1.0 / real(nodes.max(1) as u64), strength(network));
    let mut rank = vec![share; nodes];
    for _ in 0..1000 {
        let lost: f64 =
            rank.iter().zip(&strength).filter(|(_, strength)| **strength <= 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * lost) * share; nodes];
        for edge in network.graph.raw_edges().iter().filter(|it| it.weight.weight > 0) {
            let (a, b, weight) = (edge.source().index(), edge.target().index(), real(edge.weight.weight));
            put(&mut next, a, DAMPING * at(&rank, b) * weight / at(&strength, b));
            put(&mut next, b, DAMPING * at(&rank, a) * weight / at(&strength, a));
        }
        let change: f64 = next.iter().zip(&rank).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if change < 1e-14 {
            break;
        }
    }
    rank
}

/// The part of the network that each actor is in, from 1, the largest first; none for actors without an edge.
pub fn components(network: &Network) -> Vec<Option<u64>> {
    let mut parts = UnionFind::new(network.graph.node_bound());
    for edge in network.graph.raw_edges() {
        parts.union(edge.source().index(), edge.target().index());
    }
    community::by_size(network, &parts.into_labeling())
}

/// The share of all pairs of actors that have an edge: from 0 to 1; 0 for fewer than two actors.
pub fn density(network: &Network) -> f64 {
    let nodes = network.graph.node_count() as u64;
    let pairs = nodes * nodes.saturating_sub(1) / 2;
    if pairs == 0 { 0.0 } else { real(network.graph.edge_count() as u64) / real(pairs) }
}

/// The shortest paths from one node, an edge being 1/weight long.
struct Paths {
    /// The nodes that are reached, the nearest first.
    order: Vec<usize>,
    distance: Vec<f64>,
    /// How many shortest paths lead to each node.
    count: Vec<f64>,
    /// The last node before each on these paths.
    before: Vec<Vec<usize>>,
}

/// A distance that can be sorted.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Far(f64);

impl Eq for Far {}

impl PartialOrd for Far {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Far {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Paths {
    fn from(network: &Network, source: NodeIndex) -> Self {
        let nodes = network.graph.node_count();
        let mut paths = Self {
            order: Vec::new(),
            distance: vec![f64::INFINITY; nodes],
            count: vec![0.0; nodes],
            before: vec![Vec::new(); nodes],
        };
        let mut done = vec![false; nodes];
        put_new(&mut paths.distance, source.index(), 0.0);
        put_new(&mut paths.count, source.index(), 1.0);
        let mut heap = BinaryHeap::from([(Reverse(Far(0.0)), Reverse(source.index()))]);
        while let Some((_, Reverse(node))) = heap.pop() {
            if std::mem::replace(done.get_mut(node).unwrap_or(&mut true), true) {
                continue;
            }
            paths.order.push(node);
            for edge in network.graph.edges(NodeIndex::new(node)).filter(|it| it.weight().weight > 0) {
                let next = edge.target().index();
                let far = at(&paths.distance, node) + 1.0 / real(edge.weight().weight.max(1));
                if paths.meet(node, next, far) {
                    heap.push((Reverse(Far(far)), Reverse(next)));
                }
            }
        }
        paths
    }

    /// Books a way to `next` over `node`; whether it is the shortest until now. Sums of fractions that are equal but for their
    /// last bits are equal.
    fn meet(&mut self, node: usize, next: usize, far: f64) -> bool {
        let known = at(&self.distance, next);
        let shorter = far < known * (1.0 - 1e-12);
        if shorter || (far - known).abs() <= known * 1e-12 && known > 0.0 {
            let Some(before) = self.before.get_mut(next) else { return false };
            if shorter {
                before.clear();
                put_new(&mut self.distance, next, far);
                put_new(&mut self.count, next, 0.0);
            }
            before.push(node);
            let ways = at(&self.count, node);
            put(&mut self.count, next, ways);
        }
        shorter
    }
}

fn at(numbers: &[f64], index: usize) -> f64 {
    numbers.get(index).copied().unwrap_or(0.0)
}

fn put(numbers: &mut [f64], index: usize, more: f64) {
    if let Some(cell) = numbers.get_mut(index) {
        *cell += more;
    }
}

fn put_new(numbers: &mut [f64], index: usize, number: f64) {
    if let Some(cell) = numbers.get_mut(index) {
        *cell = number;
    }
}

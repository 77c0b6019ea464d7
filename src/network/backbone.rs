//! The edges that matter: backbones and simple cuts.

use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};

use super::{Edge, Kept, Network};
use crate::{
    Error,
    measure::{self, Kind, real},
};

/// A rule that tells the edges that matter from the rest.
#[derive(Clone, Copy, Debug)]
pub struct Backbone {
    /// Name for `--backbone`.
    pub name: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    /// The bound where none is named.
    pub bound: f64,
    /// The largest bound that says anything.
    pub most: f64,
    /// What is compared with the bound, by edge in order; kept are the edges below it.
    rule: fn(&Network, f64) -> Vec<bool>,
}

/// Every backbone that is made of the network alone; each test of [`measure::MEASURES`] is one more, by its q.
pub const BACKBONES: &[Backbone] = &[
    Backbone {
        name: "disparity",
        about: "edges too strong for a random split of an end's strength; below alpha (Serrano 2009)",
        bound: 0.05,
        most: 1.0,
        rule: |network, alpha| disparity(network).into_iter().map(|it| it < alpha).collect(),
    },
    Backbone {
        name: "noise-corrected",
        about: "edges stronger than both ends' strengths lead to expect; by so many standard deviations (Coscia & Neffke 2017)",
        bound: 1.64,
        most: f64::INFINITY,
        rule: |network, delta| noise_corrected(network).into_iter().map(|it| it.score > delta * it.deviation).collect(),
    },
];

/// Which edges are to be kept; all rules have to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// A backbone, by name, and the bound.
    pub backbone: Option<(String, f64)>,
    /// The least weight.
    pub least: Option<u64>,
    /// So many edges, the strongest.
    pub top: Option<usize>,
}

impl Filter {
    /// Whether everything is kept.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The backbone that `text` asks for, as `NAME` or `NAME:BOUND`: one of [`BACKBONES`], or a test by its q (0.05).
///
/// # Errors
/// What would have worked.
pub fn backbone_named(text: &str) -> Result<(String, f64), String> {
    let (name, bound) = text.split_once(':').map_or((text, None), |(name, bound)| (name, Some(bound)));
    let known = BACKBONES.iter().map(|it| (it.name, it.bound, it.most)).chain(tests().map(|name| (name, 0.05, 1.0)));
    let Some((_, usual, most)) = known.clone().find(|(known, ..)| *known == name) else {
        return Err(format!("known: {}", known.map(|it| it.0).collect::<Vec<_>>().join(", ")));
    };
    match bound.map(str::parse::<f64>) {
        None => Ok((name.to_owned(), usual)),
        Some(Ok(bound)) if bound.is_finite() && (0.0..=most).contains(&bound) => Ok((name.to_owned(), bound)),
        Some(_) => {
            let to = if most.is_finite() { format!(" to {most}") } else { String::new() };
            Err(format!("{name}:BOUND takes a number from 0{to}, as in {name}:{usual}"))
        }
    }
}

fn tests() -> impl Iterator<Item = &'static str> + Clone {
    measure::MEASURES.iter().filter(|it| matches!(it.kind, Kind::Test(_))).map(|it| it.name)
}

/// For each edge in order, how likely its share of an end's strength is if that were split at random over the end's edges: the
/// smaller of the two ends' `(1 - weight / strength)^(degree - 1)`, 1 for an end with one edge.
///
/// Serrano, Boguñá & Vespignani (2009), "Extracting the multiscale backbone of complex weighted networks", PNAS 106(16),
/// <https://doi.org/10.1073/pnas.0808904106>, eq. 2.
pub fn disparity(network: &Network) -> Vec<f64> {
    let ends = ends(network);
    let chance = |weight: u64, node: NodeIndex| {
        let (strength, degree) = ends.get(node.index()).copied().unwrap_or_default();
        if degree > 1 && strength > 0 { (1.0 - real(weight) / real(strength)).powf(real(degree - 1)) } else { 1.0 }
    };
    let edges = network.graph.raw_edges().iter();
    edges.map(|it| chance(it.weight.weight, it.source()).min(chance(it.weight.weight, it.target()))).collect()
}

/// How much stronger an edge is than its ends' strengths lead to expect.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NoiseCorrected {
    /// The surplus, from -1 over 0 (as expected) to 1.
    pub score: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

/// For each edge in order, its surplus over what its ends' strengths lead to expect, with its deviation.
///
/// Coscia & Neffke (2017), "Network backboning with noisy data", ICDE, <https://doi.org/10.1109/ICDE.2017.100>, with n = twice the
/// sum of all weights, as an undirected edge has two ends.
pub fn noise_corrected(network: &Network) -> Vec<NoiseCorrected> {
    let ends = ends(network);
    let strength = |node: NodeIndex| ends.get(node.index()).map_or(0.0, |(strength, _)| real(*strength));
    let total = 2.0 * network.graph.edge_weights().map(|edge| real(edge.weight)).sum::<f64>();
    let edges = network.graph.raw_edges().iter();
    edges.map(|it| surplus(real(it.weight.weight), strength(it.source()), strength(it.target()), total)).collect()
}

/// The names are the paper's: the prior of the edge's probability is a beta distribution with the mean and variance that the
/// strengths lead to expect.
fn surplus(weight: f64, one: f64, other: f64, n: f64) -> NoiseCorrected {
    if one * other <= 0.0 {
        return NoiseCorrected { score: 0.0, deviation: f64::INFINITY };
    }
    let kappa = n / (one * other);
    let score = (kappa * weight - 1.0) / (kappa * weight + 1.0);
    let mean = one * other / n.powi(2);
    let variance = one * other * (n - one) * (n - other) / (n.powi(4) * (n - 1.0));
    if variance <= 0.0 {
        // Two actors with one edge and nobody else: nothing to be surprised at.
        return NoiseCorrected { score, deviation: f64::INFINITY };
    }
    let alpha = mean.powi(2) / variance * (1.0 - mean) - mean + weight;
    let beta = mean / variance * (1.0 - mean.powi(2)) - (1.0 - mean) + n - weight;
    let expected = alpha / (alpha + beta);
    let slope = 1.0 / (one * other) - n * (one + other) / (one * other).powi(2);
    let deviation = 2.0 * (kappa + weight * slope).abs() / (kappa * weight + 1.0).powi(2);
    NoiseCorrected { score, deviation: (expected * (1.0 - expected) * n).max(0.0).sqrt() * deviation }
}

/// Strength and degree of each node.
fn ends(network: &Network) -> Vec<(u64, u64)> {
    let mut ends = vec![(0, 0); network.graph.node_count()];
    for edge in network.graph.raw_edges() {
        for node in [edge.source(), edge.target()] {
            if let Some((strength, degree)) = ends.get_mut(node.index()) {
                *strength += edge.weight.weight;
                *degree += 1;
            }
        }
    }
    ends
}

impl Network {
    /// Keeps the edges that `filter` lets through, and the actors that still have one; the method says what was kept of what.
    ///
    /// # Errors
    /// [`Error::NotCounted`] where a test is to decide that was not made.
    pub fn keep(&mut self, filter: &Filter) -> Result<(), Error> {
        if let Some((name, bound)) = &filter.backbone {
            let kept = self.backbone(name, *bound)?;
            self.retain(&kept, format!("{name} {bound}"));
        }
        if let Some(least) = filter.least {
            let kept: Vec<bool> = self.graph.edge_weights().map(|edge| edge.weight >= least).collect();
            self.retain(&kept, format!("weight {least} or more"));
        }
        if let Some(top) = filter.top {
            let mut order: Vec<(u64, usize)> =
                self.graph.edge_weights().map(|edge| edge.weight).zip(0..self.graph.edge_count()).collect();
            order.sort_by_key(|(weight, index)| (std::cmp::Reverse(*weight), *index));
            let mut kept = vec![false; order.len()];
            order.iter().take(top).filter_map(|(_, index)| kept.get_mut(*index).map(|it| *it = true)).for_each(drop);
            self.retain(&kept, format!("the {top} strongest"));
        }
        Ok(())
    }

    fn backbone(&self, name: &str, bound: f64) -> Result<Vec<bool>, Error> {
        if let Some(backbone) = BACKBONES.iter().find(|it| it.name == name) {
            return Ok((backbone.rule)(self, bound));
        }
        if !self.method.tests.contains_key(name) {
            return Err(Error::NotCounted { measure: name.to_owned() });
        }
        let column = format!("{name}_q");
        Ok(self.graph.edge_weights().map(|it| it.measures.get(&column).is_some_and(|q| *q <= bound)).collect())
    }

    pub(crate) fn retain(&mut self, kept: &[bool], rule: String) {
        let (actors, edges) = (self.graph.node_count() as u64, self.graph.edge_count() as u64);
        let (nodes, links) = std::mem::take(&mut self.graph).into_nodes_edges();
        let links: Vec<_> = links.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(edge, _)| edge).collect();
        let mut places: BTreeMap<usize, Option<NodeIndex>> =
            links.iter().flat_map(|it| [it.source().index(), it.target().index()]).map(|it| (it, None)).collect();
        let mut graph: UnGraph<_, Edge> = UnGraph::default();
        for (index, node) in nodes.into_iter().enumerate() {
            if let Some(place) = places.get_mut(&index) {
                *place = Some(graph.add_node(node.weight));
            }
        }
        for edge in links {
            let place = |node: NodeIndex| places.get(&node.index()).copied().flatten();
            if let (Some(a), Some(b)) = (place(edge.source()), place(edge.target())) {
                graph.add_edge(a, b, edge.weight);
            }
        }
        self.method.kept.push(Kept {
            rule,
            edges: graph.edge_count() as u64,
            of_edges: edges,
            actors: graph.node_count() as u64,
            of_actors: actors,
        });
        self.graph = graph;
        self.details = super::Details::default();
    }
}

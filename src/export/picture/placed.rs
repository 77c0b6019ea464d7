//! Where all actors of a network stand, however many: those of the backbone as in a picture, the others around those they are
//! named with.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::{Point, Room, Shape, kept, only, places, shown};
use crate::{Network, measure::real};

/// A screen, on which a reader comes nearer: more than on paper.
const SCREEN: Room = Room { many: 400, most: 800 };
/// Space around an actor that stands around another.
const APART: f64 = 13.0;

/// Places and sizes, in the order of the network.
pub(in crate::export) struct Placed {
    /// Right and down.
    pub(in crate::export) places: Vec<(f64, f64)>,
    /// Radius of each actor.
    pub(in crate::export) radii: Vec<f64>,
    /// Whether an edge is of the backbone: all are where there are few.
    pub(in crate::export) backbone: Vec<bool>,
    /// The rule that chose it; empty where all edges are of it.
    pub(in crate::export) rule: &'static str,
}

/// The places of `network`: the same seed gives the same.
pub(in crate::export) fn placed(network: &Network, seed: u64) -> Placed {
    let (backbone, rule) = kept(network, SCREEN);
    let (_, radii) = shown(network);
    let mut places = drawn(network, &backbone, rule, seed);
    around(network, &radii, &mut places);
    let places = beneath(places).into_iter().map(|it| (it.x, it.y)).collect();
    Placed { places, radii, backbone, rule }
}

/// The places of those that the backbone joins.
fn drawn(network: &Network, backbone: &[bool], rule: &str, seed: u64) -> Vec<Option<Point>> {
    let only = only(network, backbone, rule);
    let (labels, radii) = shown(&only);
    let shapes: Vec<Shape> = labels.iter().zip(&radii).map(|(label, radius)| Shape::of(*radius, label)).collect();
    let places = places(&only, &shapes, seed);
    let by_id: BTreeMap<&str, Point> = only.graph.node_weights().map(|it| it.id.as_str()).zip(places).collect();
    network.graph.node_weights().map(|it| by_id.get(it.id.as_str()).copied()).collect()
}

/// Puts who has no place yet beside whom it is most named with, round by round outwards.
fn around(network: &Network, radii: &[f64], places: &mut [Option<Point>]) {
    let mut guests: BTreeMap<usize, u64> = BTreeMap::new();
    loop {
        let round: Vec<(usize, usize)> = (0..places.len())
            .filter(|node| places.get(*node) == Some(&None))
            .filter_map(|node| Some((node, host(network, places, node)?)))
            .collect();
        if round.is_empty() {
            return;
        }
        for (node, host) in round {
            let number = guests.entry(host).or_default();
            *number += 1;
            let radius = radii.get(host).copied().unwrap_or_default();
            let by = ring(*number, radius);
            if let (Some(Some(at)), Some(place)) = (places.get(host).copied(), places.get_mut(node)) {
                *place = Some(Point { x: at.x + by.x, y: at.y + by.y });
            }
        }
    }
}

/// Of those that have a place, the one with whom `node` is named most.
fn host(network: &Network, places: &[Option<Point>], node: usize) -> Option<usize> {
    use petgraph::visit::EdgeRef;
    let index = NodeIndex::new(node);
    let near = network.graph.edges(index).map(|edge| {
        let other = if edge.source() == index { edge.target() } else { edge.source() };
        (edge.weight().weight, std::cmp::Reverse(other.index()))
    });
    near.filter(|(_, other)| matches!(places.get(other.0), Some(Some(_)))).max().map(|(_, other)| other.0)
}

/// The place of guest `number`, from 1, seen from the middle: like the seeds of a sunflower, Vogel (1979),
/// <https://doi.org/10.1016/0025-5564(79)90080-4>.
fn ring(number: u64, radius: f64) -> Point {
    let angle = real(number) * 2.399_963_229_728_653;
    let far = radius + APART * real(number).sqrt();
    Point { x: far * angle.cos(), y: far * angle.sin() }
}

/// Puts those who still have no place in rows below all others.
fn beneath(places: Vec<Option<Point>>) -> Vec<Point> {
    let found = || places.iter().flatten();
    let least = found().map(|it| it.x).fold(f64::INFINITY, f64::min);
    let most = found().map(|it| it.x).fold(f64::NEG_INFINITY, f64::max);
    let foot = found().map(|it| it.y).fold(f64::NEG_INFINITY, f64::max);
    let (left, width, top) =
        if least <= most { (least, (most - least).max(600.0), foot + 80.0) } else { (0.0, 600.0, 0.0) };
    let mut next = Point { x: 0.0, y: top };
    let mut row = || {
        let place = Point { x: left + next.x, y: next.y };
        next.x += 6.0 * APART;
        if next.x > width {
            next = Point { x: 0.0, y: next.y + 3.0 * APART };
        }
        place
    };
    places.into_iter().map(|place| place.unwrap_or_else(&mut row)).collect()
}

#[cfg(test)]
mod tests {
    use petgraph::graph::NodeIndex;

    use super::placed;
    use crate::{
        Network,
        network::{Actor, Edge},
    };

    /// A wheel of 600 edges with one who knows nobody, and one who knows only an outer one.
    #[test]
    fn everybody_has_a_place_of_their_own() {
        let mut network = Network::default();
        for name in 0..303 {
            network.graph.add_node(Actor { id: format!("{name:03}"), mentions: name, ..Actor::default() });
        }
        for node in 1..301 {
            let weight = if node == 77 { 40 } else { 1 };
            network.graph.add_edge(NodeIndex::new(0), NodeIndex::new(node), Edge { weight, ..Edge::default() });
            let next = NodeIndex::new(node % 300 + 1);
            network.graph.add_edge(NodeIndex::new(node), next, Edge { weight: 1, ..Edge::default() });
        }
        network.graph.add_edge(NodeIndex::new(300), NodeIndex::new(301), Edge { weight: 1, ..Edge::default() });
        let placed = placed(&network, 1);
        assert_eq!(placed.places.len(), 303);
        assert!(placed.places.iter().all(|it| it.0.is_finite() && it.1.is_finite()));
        let mut rounded: Vec<String> = placed.places.iter().map(|it| format!("{:.0} {:.0}", it.0, it.1)).collect();
        rounded.sort();
        rounded.dedup();
        assert_eq!(rounded.len(), 303);
        assert!(placed.backbone.iter().any(|it| !it) && !placed.rule.is_empty());
    }
}

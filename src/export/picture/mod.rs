//! The picture of a network: placed, labelled and explained. Circles are by mentions, lines by weight, colours by community; no
//! label covers another, and the same network gives the same picture to the last byte.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use super::{Notes, Options, columns::ends, xml::Words};
use crate::{
    Network,
    measure::real,
    network::{Communities, Method, backbone, communities},
};

mod compared;
mod draw;
mod heatmap;
mod label;
mod multiples;
mod page;
mod place;
mod placed;
mod ranks;
mod span;

pub(super) use compared::compared;
pub(super) use heatmap::heatmap;
pub(super) use multiples::multiples;
pub(super) use ranks::ranks;

use label::Label;
use place::{Point, Shape};

pub(super) use placed::{Placed, placed};

/// Noto Sans by Google, SIL Open Font License 1.1 (`OFL.txt` beside it): Latin, Greek and Cyrillic letters.
pub(super) const FONT: &[u8] = include_bytes!("NotoSans.ttf");
const _: () = assert!(FONT.len() <= 400_000, "what is shipped stays small");
/// The family of [`FONT`].
pub(super) const FAMILY: &str = "Noto Sans";

/// How many edges a picture holds.
#[derive(Clone, Copy)]
struct Room {
    /// More than so many hide one another: then only the backbone is drawn.
    many: usize,
    /// The most that are drawn.
    most: usize,
}

/// A picture on paper.
const PAPER: Room = Room { many: 150, most: 600 };
/// The radius of an actor that is hardly mentioned.
const SMALLEST: f64 = 5.0;

/// A picture, ready to be written.
pub(super) struct Picture {
    /// As SVG.
    pub(super) svg: String,
    /// What it does not hold as it is.
    pub(super) words: Words,
    /// Letters that our own font has not, by the name in which they are drawn.
    pub(super) foreign: BTreeMap<String, BTreeSet<char>>,
    /// What could not be drawn as it is.
    pub(super) notes: Notes,
}

/// What is drawn, before it has a place.
struct Scene {
    network: Network,
    communities: Communities,
    labels: Vec<Label>,
    /// Radius of each node.
    radii: Vec<f64>,
    /// What was left out, in words.
    left_out: Option<String>,
}

/// The picture of `network`.
pub(super) fn of(network: &Network, options: &Options) -> Picture {
    let (drawn, left_out) = clear(network, PAPER);
    let scene = scene(drawn, left_out, options.seed);
    let shapes: Vec<Shape> =
        scene.labels.iter().zip(&scene.radii).map(|(label, radius)| Shape::of(*radius, label)).collect();
    let places = places(&scene.network, &shapes, options.seed);
    let title = title(network, options);
    let foreign = foreign(scene.network.graph.node_weights().map(|actor| actor.name.as_str()).chain([title.as_str()]));
    Picture { foreign, ..draw::svg(&scene, &shapes, &places, &title, options.seed) }
}

fn foreign<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<String, BTreeSet<char>> {
    let letters = names.map(label::shortened).map(|name| (label::foreign(&name).collect::<BTreeSet<char>>(), name));
    letters.filter(|(letters, _)| !letters.is_empty()).map(|(letters, name)| (name, letters)).collect()
}

/// Where the actors of `network` stand, no shape over another.
fn places(network: &Network, shapes: &[Shape], seed: u64) -> Vec<Point> {
    let weights: Vec<(usize, usize, f64)> = ends(network)
        .zip(network.graph.edge_weights())
        .map(|((a, b), edge)| (a, b, 1.0 + real(edge.weight.max(1)).ln()))
        .collect();
    place::placed(shapes, &weights, seed)
}

/// The line above.
pub(super) fn title(network: &Network, options: &Options) -> String {
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (actors, edges) = (network.graph.node_count(), network.graph.edge_count());
    let usual = || format!("Who is named with whom: {}, {}", many(actors, "actor"), many(edges, "edge"));
    options.title.clone().unwrap_or_else(usual)
}

fn scene(network: Network, left_out: Option<String>, seed: u64) -> Scene {
    let (labels, radii) = shown(&network);
    Scene { communities: communities(&network, seed), labels, radii, network, left_out }
}

/// The label and the radius of each actor.
fn shown(network: &Network) -> (Vec<Label>, Vec<f64>) {
    let most = network.graph.node_weights().map(|it| it.mentions).max().unwrap_or(0).max(1);
    let largest = if network.graph.node_count() > 60 { 18.0 } else { 26.0 };
    let share = |mentions: u64| (real(mentions) / real(most)).sqrt();
    let actors = || network.graph.node_weights();
    (
        actors().map(|it| Label::of(&it.name, 11.0 + 5.0 * share(it.mentions))).collect(),
        actors().map(|it| SMALLEST + (largest - SMALLEST) * share(it.mentions)).collect(),
    )
}

/// The network without evidence and without actors that have no edge, and where it has too many edges its backbone; and what was
/// left out.
fn clear(network: &Network, room: Room) -> (Network, Option<String>) {
    let edges = network.graph.edge_count();
    if edges == 0 {
        let nobody =
            if network.graph.node_count() == 0 { "nobody is named" } else { "no two actors are named together" };
        return (plain(network), Some(nobody.to_owned()));
    }
    let (keep, rule) = kept(network, room);
    let clear = only(network, &keep, rule);
    let (kept, actors) = (clear.graph.edge_count(), (clear.graph.node_count(), network.graph.node_count()));
    let words = match (edges > room.many, actors.1 - actors.0) {
        (true, _) => Some(format!(
            "drawn is the backbone: {kept} of {edges} edges, {} of {} actors ({rule}; the strongest edges join its parts)",
            actors.0, actors.1
        )),
        (false, 0) => None,
        (false, alone) => Some(format!("not drawn: {alone} of {} actors, which have no edge", actors.1)),
    };
    (clear, words)
}

/// The network without evidence.
fn plain(network: &Network) -> Network {
    let graph = network.graph.map(|_, actor| actor.clone(), |_, edge| bare(edge));
    Network { graph, method: network.method.clone(), ..Network::default() }
}

/// The edges of `keep` and the actors that they join, without evidence.
fn only(network: &Network, keep: &[bool], rule: &str) -> Network {
    let mut only = plain(network);
    only.retain(keep, rule.to_owned());
    only
}

/// The edges for which there is room, and the rule that chose them where not all are.
fn kept(network: &Network, room: Room) -> (Vec<bool>, &'static str) {
    let edges = network.graph.edge_count();
    if edges > room.many { joined_backbone(network, room) } else { (vec![true; edges], "") }
}

/// The edges that are least likely by the disparity filter, and the strongest of those that join the parts which these make: a
/// maximum spanning tree over them, so that the picture does not fall apart.
fn joined_backbone(network: &Network, room: Room) -> (Vec<bool>, &'static str) {
    let chances = backbone::disparity(network);
    let surprising = chances.iter().filter(|it| **it < 0.05).count();
    let kept = surprising.clamp(room.many, room.most);
    let rule = if kept == surprising { "disparity below 0.05" } else { "the least likely by disparity" };
    let mut likely: Vec<Ranked> = chances
        .into_iter()
        .zip(network.graph.edge_weights().zip(ends(network)))
        .enumerate()
        .map(|(index, (chance, (edge, ends)))| Ranked { chance, weight: edge.weight, ends, index })
        .collect();
    likely.sort_by(|a, b| a.chance.total_cmp(&b.chance).then(b.weight.cmp(&a.weight)).then(a.index.cmp(&b.index)));
    let mut rest = likely.split_off(kept.min(likely.len()));
    let drawn: BTreeSet<usize> = likely.iter().flat_map(|edge| [edge.ends.0, edge.ends.1]).collect();
    let mut parts = UnionFind::new(network.graph.node_count());
    for edge in &likely {
        parts.union(edge.ends.0, edge.ends.1);
    }
    rest.retain(|edge| drawn.contains(&edge.ends.0) && drawn.contains(&edge.ends.1));
    rest.sort_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.index));
    rest.retain(|edge| parts.union(edge.ends.0, edge.ends.1));
    let kept: BTreeSet<usize> = likely.iter().chain(&rest).map(|edge| edge.index).collect();
    ((0..network.graph.edge_count()).map(|index| kept.contains(&index)).collect(), rule)
}

/// An edge by how likely and how strong it is.
struct Ranked {
    chance: f64,
    weight: u64,
    ends: (usize, usize),
    index: usize,
}

fn bare(edge: &crate::network::Edge) -> crate::network::Edge {
    let crate::network::Edge { weight, sentences, articles, pronouns, first, last, .. } = *edge;
    crate::network::Edge { weight, sentences, articles, pronouns, first, last, ..crate::network::Edge::default() }
}

/// How it was counted, in one or two lines.
pub(super) fn method(method: &Method, communities: &Communities, seed: u64) -> [String; 2] {
    let counted = match method.unit.as_str() {
        "" => String::new(),
        "sentence" | "paragraph" | "article" => format!("Lines: named in one {}", method.unit),
        window => {
            format!("Lines: named within a {}", window.replace(':', " of ").replace("window", "window of sentences"))
        }
    };
    let read = if method.books.read == 0 { String::new() } else { format!("{} articles read", method.books.read) };
    let kept = method.kept.iter().map(|it| format!("kept: {} ({} of {} edges)", it.rule, it.edges, it.of_edges));
    let first: Vec<String> = [counted, read].into_iter().chain(kept).filter(|it| !it.is_empty()).collect();
    let groups = communities.of.iter().flatten().max().copied().unwrap_or(0);
    let what = if groups == 1 { "community" } else { "communities" };
    let colours = match groups {
        0 => String::new(),
        _ => format!("Colours: {groups} {what} by Leiden, modularity {:.2}. ", communities.modularity),
    };
    let second = format!("{colours}Places: ForceAtlas2. Seed {seed}. {} {}", method.program, method.version);
    [first.join("; "), second]
}

//! Where the actors stand: near those they are named with, and clear of one another.

use std::collections::BTreeMap;

use fa2::{FA2Data, FA2Settings};
use petgraph::unionfind::UnionFind;

use super::label::Label;
use crate::measure::real;

/// Space between two shapes.
const GAP: f64 = 6.0;
/// Space between two parts of the network that no edge joins.
const APART: f64 = 30.0;
/// The share of the picture that shapes fill before they are pushed apart.
const FILLED: f64 = 0.16;
/// The same of so few shapes that no line runs between others.
const FEW: (usize, f64) = (4, 0.4);

/// How much wider than high the picture is to be.
const WIDER: f64 = 1.4;

/// A place: right and down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// What an actor covers: the circle around its place and the label below.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// Half of the width.
    pub(super) aside: f64,
    /// What is above the place.
    pub(super) above: f64,
    /// What is below.
    pub(super) below: f64,
}

impl Shape {
    pub(super) fn of(radius: f64, label: &Label) -> Self {
        let below = if label.lines.is_empty() { radius } else { radius + 2.0 + label.height() };
        Self { aside: radius.max(label.width() / 2.0), above: radius, below }
    }

    fn area(self) -> f64 {
        (2.0 * self.aside + GAP) * (self.above + self.below + GAP)
    }
}

/// Places where no shape covers another: near those that `edges` pull together, and parts that no edge joins beside each other.
pub(super) fn placed(shapes: &[Shape], edges: &[(usize, usize, f64)], seed: u64) -> Vec<Point> {
    let mut blocks: Vec<Block> = parts(shapes.len(), edges)
        .into_iter()
        .map(|members| {
            let place = |node: usize| members.binary_search(&node).ok();
            let within: Vec<(usize, usize, f64)> =
                edges.iter().filter_map(|(a, b, weight)| Some((place(*a)?, place(*b)?, *weight))).collect();
            let shapes: Vec<Shape> = members.iter().map(|node| of(shapes, *node)).collect();
            let places = apart(&near(members.len(), &within, seed), &shapes);
            Block::of(members, &places, &shapes)
        })
        .collect();
    blocks.sort_by(|a, b| b.height.total_cmp(&a.height).then_with(|| a.nodes.cmp(&b.nodes)));
    let mut placed = vec![Point::default(); shapes.len()];
    let mut top = 0.0;
    for row in rows(blocks) {
        let (width, height) = (row.width(), row.height());
        let mut left = -width / 2.0;
        for Block { nodes, places, width, height: high } in row.0 {
            for (node, place) in nodes.into_iter().zip(places) {
                shift(&mut placed, node, Point { x: place.x + left, y: place.y + top + (height - high) / 2.0 });
            }
            left += width + APART;
        }
        top += height + APART;
    }
    placed
}

/// The nodes of each part that no edge joins with another, in order.
fn parts(nodes: usize, edges: &[(usize, usize, f64)]) -> Vec<Vec<usize>> {
    let mut joined = UnionFind::new(nodes);
    for (a, b, _) in edges {
        joined.union(*a, *b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, part) in joined.into_labeling().into_iter().enumerate() {
        parts.entry(part).or_default().push(node);
    }
    parts.into_values().collect()
}

/// A part of the picture: its nodes, and their places from its left upper corner.
struct Block {
    nodes: Vec<usize>,
    places: Vec<Point>,
    width: f64,
    height: f64,
}

impl Block {
    fn of(nodes: Vec<usize>, places: &[Point], shapes: &[Shape]) -> Self {
        let edge =
            |of: fn(&Point, &Shape) -> f64| places.iter().zip(shapes).map(move |(place, shape)| of(place, shape));
        let left = edge(|place, shape| place.x - shape.aside).fold(f64::INFINITY, f64::min);
        let top = edge(|place, shape| place.y - shape.above).fold(f64::INFINITY, f64::min);
        let right = edge(|place, shape| place.x + shape.aside).fold(f64::NEG_INFINITY, f64::max);
        let foot = edge(|place, shape| place.y + shape.below).fold(f64::NEG_INFINITY, f64::max);
        let places = places.iter().map(|it| Point { x: it.x - left, y: it.y - top }).collect();
        Self { nodes, places, width: right - left, height: foot - top }
    }
}

/// Blocks beside each other.
struct Row(Vec<Block>);

impl Row {
    fn width(&self) -> f64 {
        self.0.iter().map(|it| it.width).sum::<f64>() + APART * real((self.0.len() as u64).saturating_sub(1))
    }

    fn height(&self) -> f64 {
        self.0.iter().map(|it| it.height).fold(0.0, f64::max)
    }
}

/// The blocks in rows, such that the picture is about as wide as it is to be.
fn rows(blocks: Vec<Block>) -> Vec<Row> {
    let sizes: Vec<(f64, f64)> = blocks.iter().map(|it| (it.width, it.height)).collect();
    let widest = sizes.iter().map(|it| it.0).fold(0.0, f64::max);
    let area: f64 = sizes.iter().map(|(width, height)| (width + APART) * (height + APART)).sum();
    let usual = (area * WIDER).sqrt();
    let widths = [1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0].map(|times| (usual * times).max(widest));
    let side = |most: f64| extent(&sizes, most);
    let most = widths.into_iter().min_by(|a, b| side(*a).total_cmp(&side(*b))).unwrap_or(widest);
    let mut rows: Vec<Row> = Vec::new();
    for block in blocks {
        match rows.last_mut() {
            Some(row) if row.width() + APART + block.width <= most => row.0.push(block),
            _ => rows.push(Row(vec![block])),
        }
    }
    rows
}

/// How large a picture has to be that takes blocks of these widths and heights in rows at most so wide.
fn extent(sizes: &[(f64, f64)], most: f64) -> f64 {
    let (mut across, mut down) = (0.0_f64, 0.0);
    let (mut row, mut high) = (0.0, 0.0_f64);
    for (width, height) in sizes {
        if row > 0.0 && row + APART + width > most {
            down += high + APART;
            (row, high) = (0.0, 0.0);
        }
        row += if row > 0.0 { APART + width } else { *width };
        (across, high) = (across.max(row), high.max(*height));
    }
    across.max((down + high) * WIDER)
}

/// Places where the force-directed layout ForceAtlas2 puts `nodes` that `edges` pull together.
///
/// Jacomy, Venturini, Heymann & Bastian (2014), <https://doi.org/10.1371/journal.pone.0098679>.
fn near(nodes: usize, edges: &[(usize, usize, f64)], seed: u64) -> Vec<Point> {
    let mut data = FA2Data::<f64>::with_capacity(nodes, edges.len());
    let mut chance = Chance(seed);
    for _ in 0..nodes {
        let (x, y) = (chance.next(), chance.next());
        data.add_node_with_position(1000.0 * x, 1000.0 * y);
    }
    for &(a, b, weight) in edges {
        data.add_edge_with_weight(a, b, weight);
    }
    let settings = FA2Settings::from_graph_order(nodes.max(2)).parallel(false);
    let settings = if nodes > 400 { settings.with_barnes_hut_theta(0.9) } else { settings };
    if nodes < 2 {
        return vec![Point::default(); nodes];
    }
    let mut layout = settings.build(data);
    layout.run(if nodes > 400 { 250 } else { 600 });
    layout.data().positions().map(|(x, y)| Point { x, y }).collect()
}

/// The same seed gives the same numbers: SplitMix64, Steele, Lea & Flood (2014), <https://doi.org/10.1145/2660193.2660195>.
struct Chance(u64);

impl Chance {
    /// From 0 to below 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        real((z ^ (z >> 31)) >> 11) / real(1 << 53)
    }
}

/// The places spread over a picture that is wider than high, and moved until no shape covers another.
fn apart(places: &[Point], shapes: &[Shape]) -> Vec<Point> {
    let mut places = spread(places, shapes);
    for _ in 0..60 {
        for _ in 0..60 {
            if !push(&mut places, shapes) {
                return places;
            }
        }
        for place in &mut places {
            *place = Point { x: place.x * 1.04, y: place.y * 1.04 };
        }
    }
    places
}

/// Scaled so that the shapes fill their share of the picture.
fn spread(places: &[Point], shapes: &[Shape]) -> Vec<Point> {
    let filled = if shapes.len() <= FEW.0 { FEW.1 } else { FILLED };
    let area = shapes.iter().map(|it| it.area()).sum::<f64>() / filled;
    let (width, height) = ((area * WIDER).sqrt(), (area / WIDER).sqrt());
    let range = |of: fn(&Point) -> f64| {
        let (least, most) =
            places.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), it| (a.min(it), b.max(it)));
        (least, (most - least).max(1e-9))
    };
    let ((left, across), (top, down)) = (range(|it| it.x), range(|it| it.y));
    // Neither direction is stretched much more than the other.
    let (x, y) = (width / across, height / down);
    let (x, y) = (x.min(y * 1.6), y.min(x * 1.6));
    places.iter().map(|it| Point { x: (it.x - left) * x, y: (it.y - top) * y }).collect()
}

/// Moves shapes that cover one another apart, half the way each, on the shorter of the two ways; whether there were any.
fn push(places: &mut [Point], shapes: &[Shape]) -> bool {
    let mut order: Vec<usize> = (0..places.len()).collect();
    let left = |places: &[Point], index: usize| at(places, index).x - of(shapes, index).aside;
    order.sort_by(|a, b| left(places, *a).total_cmp(&left(places, *b)).then(a.cmp(b)));
    let mut pushed = false;
    for (rank, &a) in order.iter().enumerate() {
        for &b in order.iter().skip(rank + 1) {
            // Moves within this round are small against a shape's width: who starts further right cannot reach back.
            if left(places, b) > at(places, a).x + of(shapes, a).aside + 4.0 * GAP {
                break;
            }
            pushed |= part(places, shapes, a, b);
        }
    }
    pushed
}

fn part(places: &mut [Point], shapes: &[Shape], a: usize, b: usize) -> bool {
    let (one, other) = (of(shapes, a), of(shapes, b));
    let (here, there) = (at(places, a), at(places, b));
    let middle = |point: Point, shape: Shape| point.y + (shape.below - shape.above) / 2.0;
    let across = there.x - here.x;
    let down = middle(there, other) - middle(here, one);
    let wide = one.aside + other.aside + GAP - across.abs();
    let high = (one.above + one.below + other.above + other.below) / 2.0 + GAP - down.abs();
    if wide <= 0.01 || high <= 0.01 {
        return false;
    }
    let sign = |way: f64| if way == 0.0 { if a < b { 1.0 } else { -1.0 } } else { way.signum() };
    let by = if wide < high {
        Point { x: sign(across) * wide / 2.0, y: 0.0 }
    } else {
        Point { x: 0.0, y: sign(down) * high / 2.0 }
    };
    shift(places, a, Point { x: -by.x, y: -by.y });
    shift(places, b, by);
    true
}

fn at(places: &[Point], index: usize) -> Point {
    places.get(index).copied().unwrap_or_default()
}

fn of(shapes: &[Shape], index: usize) -> Shape {
    shapes.get(index).copied().unwrap_or_default()
}

fn shift(places: &mut [Point], index: usize, by: Point) {
    if let Some(place) = places.get_mut(index) {
        *place = Point { x: place.x + by.x, y: place.y + by.y };
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a panic is a failed test")]
mod tests {
    use proptest::prelude::*;

    use super::{Shape, near, placed};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_shape_covers_another(
            nodes in prop::collection::vec((5..60_u32, 5..30_u32), 0..90),
            edges in prop::collection::vec((0..90_usize, 0..90_usize, 1..9_u32), 0..120),
        ) {
            let shapes: Vec<Shape> = nodes.iter()
                .map(|it| Shape { aside: it.0.into(), above: it.1.into(), below: f64::from(it.1) * 2.0 }).collect();
            let within = |it: &&(usize, usize, u32)| it.0 != it.1 && it.0.max(it.1) < shapes.len();
            let edges: Vec<(usize, usize, f64)> = edges.iter().filter(within).map(|it| (it.0, it.1, it.2.into())).collect();
            let places = placed(&shapes, &edges, 1);
            for a in 0..places.len() {
                for b in 0..a {
                    let wide = shapes[a].aside + shapes[b].aside - (places[a].x - places[b].x).abs();
                    let top = (places[a].y - shapes[a].above).max(places[b].y - shapes[b].above);
                    let foot = (places[a].y + shapes[a].below).min(places[b].y + shapes[b].below);
                    prop_assert!(wide < 0.1 || foot - top < 0.1, "{a} {b} {wide} {}", foot - top);
                }
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_places() {
        let edges = [(0, 1, 1.0), (1, 2, 2.0)];
        assert_eq!(near(4, &edges, 3), near(4, &edges, 3));
        assert_ne!(near(4, &edges, 3), near(4, &edges, 4));
        assert_eq!(near(1, &[], 3).len(), 1);
        assert!(near(0, &[], 3).is_empty());
    }
}

//! Where the actors stand: near those they are named with, and clear of one another.

use fa2::{FA2Data, FA2Settings};

use super::label::Label;
use crate::chance::Chance;

/// Space between two shapes.
const GAP: f64 = 6.0;
/// The share of the picture that shapes fill before they are pushed apart.
const FILLED: f64 = 0.16;

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

/// Places where the force-directed layout ForceAtlas2 puts `nodes` that `edges` pull together.
///
/// Jacomy, Venturini, Heymann & Bastian (2014), <https://doi.org/10.1371/journal.pone.0098679>.
pub(super) fn near(nodes: usize, edges: &[(usize, usize, f64)], seed: u64) -> Vec<Point> {
    let mut data = FA2Data::<f64>::with_capacity(nodes, edges.len());
    let mut chance = Chance(seed);
    for _ in 0..nodes {
        let (x, y) = (chance.share(), chance.share());
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

/// The places spread over a picture that is wider than high, and moved until no shape covers another.
pub(super) fn apart(places: &[Point], shapes: &[Shape]) -> Vec<Point> {
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

/// The places stretched over a box of this size, and moved until no shape covers another and none stands out of it, or, where
/// that cannot be, as far as it goes.
pub(super) fn fitted(places: &[Point], shapes: &[Shape], (width, height): (f64, f64)) -> Vec<Point> {
    let range = |of: fn(&Point) -> f64| {
        places.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), it| (a.min(it), b.max(it)))
    };
    let ((left, right), (top, foot)) = (range(|it| it.x), range(|it| it.y));
    let on =
        |at: f64, from: f64, to: f64, room: f64| if to > from { (at - from) / (to - from) * room } else { room / 2.0 };
    let mut fitted: Vec<Point> =
        places.iter().map(|it| Point { x: on(it.x, left, right, width), y: on(it.y, top, foot, height) }).collect();
    for _ in 0..400 {
        for (place, shape) in fitted.iter_mut().zip(shapes) {
            place.x = place.x.min(width - shape.aside).max(shape.aside);
            place.y = place.y.min(height - shape.below).max(shape.above);
        }
        if !push(&mut fitted, shapes) {
            break;
        }
    }
    fitted
}

/// Scaled so that the shapes fill their share of the picture.
fn spread(places: &[Point], shapes: &[Shape]) -> Vec<Point> {
    let area = shapes.iter().map(|it| it.area()).sum::<f64>() / FILLED;
    let (width, height) = ((area * 1.4).sqrt(), (area / 1.4).sqrt());
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

    use super::{Point, Shape, apart, near};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_shape_covers_another(
            nodes in prop::collection::vec((0..400_u32, 0..400_u32, 5..60_u32, 5..30_u32), 0..120),
        ) {
            let places: Vec<Point> = nodes.iter().map(|it| Point { x: it.0.into(), y: it.1.into() }).collect();
            let shapes: Vec<Shape> = nodes.iter()
                .map(|it| Shape { aside: it.2.into(), above: it.3.into(), below: f64::from(it.3) * 2.0 }).collect();
            let places = apart(&places, &shapes);
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

//! The network of each bin in a panel of its own, everybody in the same place in all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Picture,
    label::{isolated, width},
    page::{Covered, HEAD, INK, MARGIN, NOTE, PALE, Page, cut, wrapped},
    place::{self, Point, Shape},
    span::{Stretch, method, stretches},
};
use crate::{
    export::Options,
    measure::real,
    timeline::{EdgeTime, Timeline},
};

/// The most panels.
const PANELS: usize = 24;
/// The most actors, those that the strongest edges join.
const ACTORS: usize = 18;
/// Panels in a row.
const ACROSS: usize = 3;
/// A panel's size, and its heading's.
const WIDE: f64 = 364.0;
const HIGH: f64 = 270.0;
const GAP: f64 = 14.0;
const HEADING: f64 = 24.0;
/// Size of names.
const SIZE: f64 = 10.0;

/// Who is where in every panel.
struct Places<'a> {
    names: BTreeMap<&'a str, &'a str>,
    of: BTreeMap<&'a str, Point>,
}

/// The picture of `timeline` as small multiples.
pub(in crate::export) fn multiples(timeline: &Timeline, options: &Options) -> Picture {
    let (stretches, merged) = stretches(timeline, PANELS);
    let places = places(timeline, options.seed);
    let across = stretches.len().clamp(1, ACROSS);
    let rows = stretches.len().div_ceil(across);
    let full = (2.0 * MARGIN + real(across as u64) * WIDE).max(700.0);
    let room = full - 2.0 * MARGIN;
    let foot = HEAD + real(rows as u64) * (HIGH + HEADING + 12.0);
    let notes = notes(timeline, places.of.len(), merged);
    let lines: usize = notes.iter().map(|it| wrapped(it, room).len()).sum();
    let mut page = Page::of(full, foot + 20.0 + real(lines as u64) * NOTE);
    let title = options
        .title
        .clone()
        .unwrap_or_else(|| format!("Who is named with whom, {} by {}", timeline.method.by, timeline.method.by));
    page.text(Point { x: MARGIN, y: 38.0 }, 20.0, &cut(&title, room), INK);
    let panels: Vec<BTreeMap<(&str, &str), u64>> = stretches.iter().map(|it| weights(it, &places)).collect();
    let most = panels.iter().flat_map(BTreeMap::values).max().copied().unwrap_or(1);
    for (index, (stretch, edges)) in stretches.iter().zip(&panels).enumerate() {
        let (row, column) = (index / across, index % across);
        let at = Point { x: MARGIN + real(column as u64) * WIDE, y: HEAD + real(row as u64) * (HIGH + HEADING + 12.0) };
        panel(&mut page, (stretch, edges, most), &places, at);
    }
    page.notes(Point { x: MARGIN, y: foot + 14.0 }, &notes, room);
    page.finished(Vec::new())
}

/// The places of the actors that the strongest edges join, by all bins together.
fn places(timeline: &Timeline, seed: u64) -> Places<'_> {
    let mut edges: Vec<&EdgeTime> = timeline.edges.iter().filter(|edge| edge.weight > 0).collect();
    edges.sort_by_key(|edge| (std::cmp::Reverse(edge.weight), &edge.source, &edge.target));
    let mut drawn: BTreeSet<&str> = BTreeSet::new();
    for edge in edges {
        let ends = [edge.source.as_str(), edge.target.as_str()];
        let more = ends.iter().filter(|end| !drawn.contains(**end)).count();
        if drawn.len() + more <= ACTORS {
            drawn.extend(ends);
        }
    }
    let ids: Vec<&str> = drawn.into_iter().collect();
    let number: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
    let pulls: Vec<(usize, usize, f64)> = timeline
        .edges
        .iter()
        .filter_map(|it| {
            Some((
                *number.get(it.source.as_str())?,
                *number.get(it.target.as_str())?,
                1.0 + real(it.weight).max(1.0).ln(),
            ))
        })
        .collect();
    let names: BTreeMap<&str, &str> = timeline.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect();
    let half = |id: &&str| width(&short(names.get(id).copied().unwrap_or(id)), SIZE) / 2.0;
    let shapes: Vec<Shape> = ids.iter().map(|id| Shape { aside: half(id) + 3.0, above: 8.0, below: 18.0 }).collect();
    let points = place::fitted(&place::placed(&shapes, &pulls, seed), &shapes, (WIDE - GAP, HIGH));
    Places { names, of: ids.into_iter().zip(points).collect() }
}

/// The edges of a panel between actors that have a place.
fn weights<'a>(stretch: &Stretch<'a>, places: &Places) -> BTreeMap<(&'a str, &'a str), u64> {
    let mut weights: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for edge in stretch.bins.iter().flat_map(|bin| &bin.edges) {
        let ends = (edge.source.as_str(), edge.target.as_str());
        if edge.counts.weight > 0 && places.of.contains_key(ends.0) && places.of.contains_key(ends.1) {
            *weights.entry(ends).or_default() += edge.counts.weight;
        }
    }
    weights
}

fn panel(
    page: &mut Page,
    (stretch, edges, most): (&Stretch, &BTreeMap<(&str, &str), u64>, u64),
    places: &Places,
    at: Point,
) {
    page.text(Point { x: at.x + 2.0, y: at.y + 16.0 }, 13.0, &stretch.label, &format!("{INK} font-weight=\"bold\""));
    let read = match stretch.of() {
        0 => "nothing read".to_owned(),
        many => format!("{many} read, {} edge{}", edges.len(), if edges.len() == 1 { "" } else { "s" }),
    };
    page.text(Point { x: at.x + WIDE - 16.0, y: at.y + 16.0 }, 11.0, &read, &format!("{PALE} text-anchor=\"end\""));
    let top = at.y + HEADING;
    page.line(&format!(
        "<rect x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{HIGH:.1}\" fill=\"#fafbfc\" stroke=\"#dfe4e8\"/>",
        at.x,
        WIDE - GAP
    ));
    let on = |id: &str| places.of.get(id).map(|it| Point { x: at.x + it.x, y: top + it.y });
    let mut strengths: BTreeMap<&str, u64> = BTreeMap::new();
    let mut order: Vec<_> = edges.iter().collect();
    order.sort_by_key(|(_, weight)| **weight);
    for ((a, b), weight) in order {
        let (Some(from), Some(to)) = (on(a), on(b)) else { continue };
        let wide = 0.8 + 5.2 * (real(*weight) / real(most)).sqrt();
        page.line(&format!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"#5697cb\" stroke-opacity=\"0.6\" stroke-width=\"{wide:.2}\" stroke-linecap=\"round\"/>",
            from.x, from.y, to.x, to.y
        ));
        for end in [*a, *b] {
            *strengths.entry(end).or_default() += weight;
        }
    }
    for id in places.of.keys() {
        let Some(Point { x, y }) = on(id) else { continue };
        let (radius, fill) = if strengths.contains_key(id) { (4.5, "#16283a") } else { (2.0, "#c3cad1") };
        page.line(&format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\"/>"));
    }
    names(page, &strengths, places, (Point { x: at.x, y: top }, &on));
}

/// Where an actor is on the page.
type OnPage<'a> = &'a dyn Fn(&str) -> Option<Point>;

/// Names beside those that are named together here, the strongest first, as far as none covers another or a circle.
fn names(page: &mut Page, strengths: &BTreeMap<&str, u64>, places: &Places, (at, on): (Point, OnPage<'_>)) {
    let mut order: Vec<(&str, u64)> = strengths.iter().map(|(id, strength)| (*id, *strength)).collect();
    order.sort_by_key(|(id, strength)| (std::cmp::Reverse(*strength), *id));
    let circle =
        |point: Point| Covered { left: point.x - 5.0, top: point.y - 5.0, right: point.x + 5.0, foot: point.y + 5.0 };
    let mut covered: Vec<Covered> = strengths.keys().filter_map(|id| on(id)).map(circle).collect();
    page.line("<g text-anchor=\"middle\" fill=\"#16283a\" stroke=\"#fafbfc\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    for (id, _) in order {
        let Some(point) = on(id) else { continue };
        let name = short(places.names.get(id).copied().unwrap_or(id));
        let half = width(&name, SIZE) / 2.0;
        let x = point.x.clamp(at.x + half + 2.0, (at.x + WIDE - GAP - 2.0 - half).max(at.x + half + 2.0));
        let inside = |place: &Point| place.y > at.y + 10.0;
        let spots = [14.0, -8.0].into_iter().map(|down| Point { x, y: point.y + down });
        let free = spots.filter(inside).find(|place| {
            let here = Covered { left: x - half, top: place.y - 9.0, right: x + half, foot: place.y + 2.0 };
            let is_free = !covered.iter().any(|it| it.meets(here));
            if is_free {
                covered.push(here);
            }
            is_free
        });
        if let Some(place) = free {
            page.text(place, SIZE, &isolated(&name), "");
        }
    }
    page.line("</g>");
}

fn short(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.chars().count() <= 24 { name } else { name.chars().take(23).chain(['…']).collect() }
}

fn notes(timeline: &Timeline, shown: usize, merged: Option<String>) -> Vec<String> {
    let all = timeline.actors.len();
    let part = if shown < all {
        format!(" {shown} of {all} actors, those that the strongest edges join.")
    } else {
        String::new()
    };
    let words = format!(
        "Everybody has one place in all panels (ForceAtlas2 over all of them); lines are as wide as often they are named together there.{part}"
    );
    [words].into_iter().chain(method(timeline, merged)).collect()
}

//! Who comes first: the actors' ranks by strength from bin to bin.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Picture,
    label::{isolated, width},
    page::{HEAD, INK, MARGIN, NOTE, Page, cut, hex, wrapped},
    place::Point,
    span::{Stretch, axis, method, stretches},
};
use crate::{
    export::{Options, columns::colour},
    measure::real,
    timeline::Timeline,
};

/// The most actors, and the last rank that is drawn.
const ACTORS: usize = 10;
/// The most bins.
const BINS: usize = 36;
/// Colours after those of communities.
const MORE: [[u8; 3]; 2] = [[74, 90, 106], [150, 96, 60]];
/// From rank to rank.
const STEP: f64 = 34.0;
/// The height of the names of bins.
const AXIS: f64 = 74.0;

/// The rank of one actor, by stretch; none where it is not named with anybody or comes later.
struct Line<'a> {
    name: &'a str,
    ranks: Vec<Option<usize>>,
}

/// The picture of `timeline` as a chart of ranks.
pub(in crate::export) fn ranks(timeline: &Timeline, options: &Options) -> Picture {
    let (stretches, merged) = stretches(timeline, BINS);
    let lines = lines(timeline, &stretches);
    let left = MARGIN + 34.0;
    let wide = (640.0 / real(stretches.len().max(1) as u64)).clamp(16.0, 110.0);
    let right = left + wide * real(stretches.len() as u64);
    let names = lines.iter().map(|it| width(&short(it.name), 13.0)).fold(60.0, f64::max);
    let across = (right + 40.0 + names + MARGIN).max(700.0);
    let top = HEAD + AXIS;
    let ranked = lines.iter().flat_map(|it| it.ranks.iter().flatten()).max().copied().unwrap_or(1);
    let foot = top + STEP * real(ranked as u64);
    let room = across - 2.0 * MARGIN;
    let notes = notes(timeline, lines.len(), merged);
    let rows: usize = notes.iter().map(|it| wrapped(it, room).len()).sum();
    let mut page = Page::of(across, foot + 24.0 + real(rows as u64) * NOTE);
    let usual = || format!("Who is named with others most, by {}", timeline.method.by);
    page.text(Point { x: MARGIN, y: 38.0 }, 20.0, &cut(&options.title.clone().unwrap_or_else(usual), room), INK);
    axis(&mut page, &stretches, (left, top - 20.0), wide);
    for rank in 1..=ranked {
        let y = top + STEP * (real(rank as u64) - 0.5);
        page.line(&format!(
            "<line x1=\"{left:.1}\" y1=\"{y:.1}\" x2=\"{right:.1}\" y2=\"{y:.1}\" stroke=\"#eceff2\"/>"
        ));
        page.text(Point { x: left - 12.0, y: y + 4.0 }, 12.0, &rank.to_string(), &format!("{INK} text-anchor=\"end\""));
    }
    let on = |stretch: usize, rank: usize| Point {
        x: left + wide * (real(stretch as u64) + 0.5),
        y: top + STEP * (real(rank as u64) - 0.5),
    };
    for (index, line) in lines.iter().enumerate() {
        draw(&mut page, line, index, &on);
    }
    label(&mut page, &lines, (right, top), &on);
    page.notes(Point { x: MARGIN, y: foot + 18.0 }, &notes, room);
    page.finished(Vec::new())
}

/// The strongest actors over all, with their ranks among everybody.
fn lines<'a>(timeline: &'a Timeline, stretches: &[Stretch<'a>]) -> Vec<Line<'a>> {
    let strengths: Vec<BTreeMap<&str, u64>> = stretches.iter().map(of_stretch).collect();
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for (id, strength) in strengths.iter().flatten() {
        *all.entry(*id).or_default() += strength;
    }
    let orders: Vec<BTreeMap<&str, usize>> = strengths.iter().map(|it| order(it, &all)).collect();
    let names: BTreeMap<&str, &str> = timeline.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect();
    let mut strongest: Vec<(&str, u64)> = all.into_iter().collect();
    strongest.sort_by_key(|(id, strength)| (Reverse(*strength), *id));
    strongest.truncate(ACTORS);
    let line = |id: &'a str| Line {
        name: names.get(id).copied().unwrap_or(id),
        ranks: orders.iter().map(|order| order.get(id).copied().filter(|rank| *rank <= ACTORS)).collect(),
    };
    strongest.into_iter().map(|(id, _)| line(id)).collect()
}

fn of_stretch<'a>(stretch: &Stretch<'a>) -> BTreeMap<&'a str, u64> {
    let mut strengths = BTreeMap::new();
    for actor in stretch.bins.iter().flat_map(|bin| &bin.actors).filter(|it| it.strength > 0) {
        *strengths.entry(actor.id.as_str()).or_default() += actor.strength;
    }
    strengths
}

/// Places from 1; of those as strong the stronger over all comes first.
fn order<'a>(strengths: &BTreeMap<&'a str, u64>, all: &BTreeMap<&str, u64>) -> BTreeMap<&'a str, usize> {
    let mut order: Vec<(&str, u64)> = strengths.iter().map(|(id, strength)| (*id, *strength)).collect();
    order.sort_by_key(|(id, strength)| (Reverse(*strength), Reverse(all.get(id).copied()), *id));
    order.into_iter().map(|(id, _)| id).zip(1..).collect()
}

/// Colour and dashes of a line.
fn stroke(index: usize) -> (String, &'static str) {
    let dashes = ["", " stroke-dasharray=\"9 5\"", " stroke-dasharray=\"2 6\""];
    let fill = MORE.get(index.wrapping_sub(8)).copied().unwrap_or_else(|| colour(index as u64 + 1));
    (hex(fill), dashes.get(index % 3).copied().unwrap_or(""))
}

/// Bins that follow one another are joined; a gap stays one.
fn draw(page: &mut Page, line: &Line, index: usize, on: &dyn Fn(usize, usize) -> Point) {
    let (colour, dashes) = stroke(index);
    let points: Vec<Option<Point>> =
        line.ranks.iter().enumerate().map(|(bin, rank)| rank.map(|rank| on(bin, rank))).collect();
    page.line(&format!("<g fill=\"none\" stroke=\"{colour}\" stroke-width=\"3.5\" stroke-linecap=\"round\">"));
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        let (Some(from), Some(to)) = (from, to) else { continue };
        let middle = f64::midpoint(from.x, to.x);
        page.line(&format!(
            "<path d=\"M{:.1} {:.1}C{middle:.1} {:.1} {middle:.1} {:.1} {:.1} {:.1}\"{dashes}/>",
            from.x, from.y, from.y, to.y, to.x, to.y
        ));
    }
    page.line("</g>");
    let tip = page.words.escaped(line.name);
    for point in points.iter().flatten() {
        page.line(&format!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"6\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"1.5\"><title>{tip}</title></circle>",
            point.x, point.y
        ));
    }
}

/// Names at the right, each at the height of its last point or as near as there is room, with a thin line to it.
fn label(page: &mut Page, lines: &[Line], (right, top): (f64, f64), on: &dyn Fn(usize, usize) -> Point) {
    let last =
        |line: &Line| line.ranks.iter().enumerate().filter_map(|(bin, rank)| Some(on(bin, (*rank)?))).next_back();
    let mut ends: Vec<(Point, usize)> =
        lines.iter().enumerate().filter_map(|(index, line)| Some((last(line)?, index))).collect();
    // Those that end last lie nearest to the names and keep their height.
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y).then(b.0.x.total_cmp(&a.0.x)));
    let mut free = top;
    for (point, index) in ends {
        let Some(line) = lines.get(index) else { continue };
        let y = point.y.max(free);
        free = y + 19.0;
        let (colour, _) = stroke(index);
        page.line(&format!(
            "<path d=\"M{:.1} {:.1}L{:.1} {y:.1}L{:.1} {y:.1}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\" stroke-opacity=\"0.7\" stroke-dasharray=\"1 3\"/>",
            point.x + 7.0, point.y, right + 4.0, right + 12.0
        ));
        page.line(&format!("<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\"/>", right + 18.0));
        page.text(Point { x: right + 28.0, y: y + 4.5 }, 13.0, &isolated(&short(line.name)), INK);
    }
}

fn short(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.chars().count() <= 32 { name } else { name.chars().take(31).chain(['…']).collect() }
}

fn notes(timeline: &Timeline, shown: usize, merged: Option<String>) -> Vec<String> {
    let all = timeline.actors.len();
    let part =
        if shown < all { format!("The {shown} of {all} actors that are strongest over all; ") } else { String::new() };
    let words = format!(
        "{part}rank by strength (how often named with others), 1 is first; of those as strong the stronger over all. Where a line ends the actor is not among the first {ACTORS}."
    );
    let mut words = words;
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    [words].into_iter().chain(method(timeline, merged)).collect()
}

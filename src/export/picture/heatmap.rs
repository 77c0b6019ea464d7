//! Edges by time: a row an edge, a column a bin, the darker the larger its share of what was read.

use std::collections::BTreeMap;

use super::{
    Picture,
    label::{isolated, width},
    page::{HEAD, INK, MARGIN, NOTE, Page, cut, hex, wrapped},
    place::Point,
    span::{Stretch, axis, method, stretches, to_the_left},
};
use crate::{
    compare::Share,
    export::Options,
    measure::real,
    timeline::{EdgeTime, Timeline},
};

/// The most edges.
const ROWS: usize = 30;
/// The most columns.
const COLUMNS: usize = 260;
/// The height of a row.
const ROW: f64 = 19.0;
/// The height of the names of bins, and of the bars below them.
const AXIS: f64 = 74.0;
const BARS: f64 = 40.0;
/// The most room for names.
const NAMES: f64 = 320.0;

/// The picture of `timeline` as a heatmap of its strongest edges.
pub(in crate::export) fn heatmap(timeline: &Timeline, options: &Options) -> Picture {
    let (stretches, merged) = stretches(timeline, COLUMNS);
    let names: BTreeMap<&str, &str> = timeline.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect();
    let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned());
    let edges = strongest(timeline);
    let labels: Vec<String> = edges
        .iter()
        .map(|it| cut_to(&format!("{} – {}", isolated(&name(&it.source)), isolated(&name(&it.target))), NAMES))
        .collect();
    let left = MARGIN + 12.0 + labels.iter().map(|it| width(it, 12.0)).fold(100.0, f64::max);
    let wide = (620.0 / real(stretches.len().max(1) as u64)).clamp(4.0, 52.0);
    let across = (left + wide * real(stretches.len() as u64) + MARGIN + 40.0).max(700.0);
    let top = HEAD + AXIS + BARS;
    let foot = top + ROW * real(edges.len() as u64) + 26.0;
    let room = across - 2.0 * MARGIN;
    let notes = notes(timeline, edges.len(), merged);
    let lines: usize = notes.iter().map(|it| wrapped(it, room).len()).sum();
    let mut page = Page::of(across, foot + 30.0 + real(lines as u64) * NOTE + 8.0);
    let usual = || format!("Who is named with whom, by {}", timeline.method.by);
    let title = options.title.clone().unwrap_or_else(usual);
    page.text(Point { x: MARGIN, y: 38.0 }, 20.0, &cut(&title, room), INK);
    axis(&mut page, &stretches, (left, HEAD + AXIS - 8.0), wide);
    bars(&mut page, &stretches, (left, HEAD + AXIS), wide);
    let rates: Vec<Vec<Share>> = edges.iter().map(|edge| rates(edge, &stretches)).collect();
    let most = rates.iter().flatten().map(|it| it.rate()).fold(0.0, f64::max);
    for (index, ((edge, label), rates)) in edges.iter().zip(&labels).zip(&rates).enumerate() {
        let y = top + ROW * real(index as u64);
        page.text(Point { x: left - 10.0, y: y + 14.0 }, 12.0, label, &format!("{INK} text-anchor=\"end\""));
        row(&mut page, rates, (left, y), (wide, most));
        bursts(&mut page, (edge, &stretches), (left, y), wide);
    }
    scale(&mut page, most, Point { x: left, y: foot });
    page.notes(Point { x: MARGIN, y: foot + 40.0 }, &notes, room);
    page.finished(Vec::new())
}

/// The edges in most articles, the most first.
fn strongest(timeline: &Timeline) -> Vec<&EdgeTime> {
    let mut edges: Vec<&EdgeTime> = timeline.edges.iter().collect();
    edges.sort_by_key(|edge| (std::cmp::Reverse((edge.count, edge.weight)), &edge.source, &edge.target));
    edges.truncate(ROWS);
    edges
}

fn cut_to(text: &str, room: f64) -> String {
    let mut text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if width(&text, 12.0) <= room {
        return text;
    }
    while width(&text, 12.0) > room - 8.0 && text.pop().is_some() {}
    text + "…"
}

fn rates(edge: &EdgeTime, stretches: &[Stretch]) -> Vec<Share> {
    let of_bin = |stretch: &Stretch| {
        let edges = stretch.bins.iter().flat_map(|bin| &bin.edges);
        let same = edges.filter(|it| it.source == edge.source && it.target == edge.target);
        Share { count: same.map(|it| it.counts.stories).sum(), of: stretch.of() }
    };
    stretches.iter().map(of_bin).collect()
}

/// How much was read.
fn bars(page: &mut Page, stretches: &[Stretch], (left, top): (f64, f64), wide: f64) {
    let most = stretches.iter().map(Stretch::of).max().unwrap_or(0).max(1);
    let high = BARS - 10.0;
    for (index, stretch) in stretches.iter().enumerate() {
        let tall = high * real(stretch.of()) / real(most);
        let (x, y) = (left + wide * real(index as u64), top + high - tall);
        let tip = format!("{}: {} read", stretch.label, stretch.of());
        page.line(&format!("<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" fill=\"#b9c2cb\"><title>{tip}</title></rect>", wide - 1.0));
    }
    to_the_left(page, Point { x: left - 10.0, y: top + high - 2.0 }, 11.0, &format!("read, up to {most}"));
}

fn row(page: &mut Page, rates: &[Share], (left, y): (f64, f64), (wide, most): (f64, f64)) {
    for (index, share) in rates.iter().enumerate() {
        let fill = if share.of == 0 { "#ffffff".to_owned() } else { shade(share.rate(), most) };
        let x = left + wide * real(index as u64);
        let tip = format!("{} of {}", share.count, share.of);
        let edge = if share.of == 0 { " stroke=\"#e3e7eb\" stroke-width=\"0.5\"" } else { "" };
        page.line(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\"{edge}><title>{tip}</title></rect>",
            wide - 1.0, ROW - 1.0
        ));
        if wide >= 20.0 && share.count > 0 {
            let ink = if share.rate() > 0.55 * most { " fill=\"#ffffff\"" } else { INK };
            let at = Point { x: x + (wide - 1.0) / 2.0, y: y + 13.5 };
            page.text(at, 10.5, &share.count.to_string(), &format!("{ink} text-anchor=\"middle\""));
        }
    }
}

/// From nearly white to dark blue: lightness alone tells it, in print, too.
fn shade(rate: f64, most: f64) -> String {
    if rate <= 0.0 {
        return "#f1f3f5".to_owned();
    }
    let share = (rate / most).clamp(0.0, 1.0);
    let (light, dark) = ([200.0, 220.0, 238.0], [8.0, 48.0, 107.0]);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
    let part = |index: usize| -> u8 {
        let (light, dark): (f64, f64) =
            (light.get(index).copied().unwrap_or(0.0), dark.get(index).copied().unwrap_or(0.0));
        (light + (dark - light) * share).round() as u8
    };
    hex([part(0), part(1), part(2)])
}

/// A frame around the bins of each burst.
fn bursts(page: &mut Page, (edge, stretches): (&EdgeTime, &[Stretch]), (left, y): (f64, f64), wide: f64) {
    for burst in &edge.course.bursts {
        let within =
            |stretch: &Stretch| stretch.bins.iter().any(|bin| bin.start >= burst.start && bin.end <= burst.end);
        let held: Vec<usize> =
            stretches.iter().enumerate().filter(|(_, it)| within(it)).map(|(index, _)| index).collect();
        let (Some(first), Some(last)) = (held.first(), held.last()) else { continue };
        let x = left + wide * real(*first as u64);
        let across = wide * real((last - first + 1) as u64) - 1.0;
        page.line(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{across:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\"/>",
            ROW - 1.0
        ));
    }
}

fn scale(page: &mut Page, most: f64, at: Point) {
    to_the_left(page, Point { x: at.x - 10.0, y: at.y + 11.0 }, 12.0, "share of what was read");
    for step in 0..6_u64 {
        let x = at.x + real(step) * 24.0;
        let fill = shade(most * real(step) / 5.0, most.max(f64::MIN_POSITIVE));
        page.line(&format!("<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"23\" height=\"14\" fill=\"{fill}\"/>", at.y));
    }
    let words = if most < 0.1 { format!("0 to {:.1} %", 100.0 * most) } else { format!("0 to {:.0} %", 100.0 * most) };
    page.text(Point { x: at.x + 152.0, y: at.y + 11.0 }, 12.0, &words, INK);
    let x = at.x + 172.0 + width(&words, 12.0);
    page.line(&format!("<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"22\" height=\"14\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\"/>", at.y));
    page.text(Point { x: x + 30.0, y: at.y + 11.0 }, 12.0, "burst", INK);
    let x = x + 74.0;
    page.line(&format!(
        "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"22\" height=\"14\" fill=\"#ffffff\" stroke=\"#c3cad1\"/>",
        at.y
    ));
    page.text(Point { x: x + 30.0, y: at.y + 11.0 }, 12.0, "nothing read", INK);
}

fn notes(timeline: &Timeline, shown: usize, merged: Option<String>) -> Vec<String> {
    let all = timeline.edges.len();
    let part =
        (shown < all).then(|| format!("The {shown} of {all} edges that are in most {}.", plural(timeline.method.of)));
    let bursts = timeline.method.bursts.map(|how| format!("Bursts: {how}."));
    let numbers = Some(format!("In the cells: {} that name both.", plural(timeline.method.of)));
    let all: Vec<String> = part.into_iter().chain(numbers).chain(bursts).collect();
    [all.join(" ")].into_iter().chain(method(timeline, merged)).collect()
}

fn plural(of: &str) -> &'static str {
    if of == "story" { "stories" } else { "articles" }
}

//! The picture of a comparison: both sides on one layout, with what came, went, grew and shrank in colours and strokes of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    PAPER, Picture,
    label::{Label, isolated, width},
    page::{HEAD, INK, MARGIN, NOTE, Page, Placed, cut, frame, named, numbers, wrapped},
    place::{self, Point, Shape},
};
use crate::{
    compare::{ActorChange, Comparison, EdgeChange, Tested},
    export::Options,
    measure::real,
};

/// What was seen of an edge, whether it is established or not; in this order it is drawn and explained.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Same,
    Less,
    More,
    Gone,
    New,
}

impl Seen {
    const ALL: [Self; 5] = [Self::New, Self::More, Self::Less, Self::Gone, Self::Same];

    fn of(tested: &Tested) -> Self {
        let (a, b) = tested.shares();
        match (a.count, b.count) {
            (0, _) => Self::New,
            (_, 0) => Self::Gone,
            _ if b.rate() > a.rate() => Self::More,
            _ if b.rate() < a.rate() => Self::Less,
            _ => Self::Same,
        }
    }

    /// Colour and dashes. The colours are those of Okabe & Ito (2008), which the colour-blind can tell; the dashes tell in print.
    fn stroke(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("#0072b2", ""),
            Self::More => ("#009e73", " stroke-dasharray=\"16 6\""),
            Self::Less => ("#c98500", " stroke-dasharray=\"6 7\""),
            Self::Gone => ("#d55e00", " stroke-dasharray=\"1 8\""),
            Self::Same => ("#8a96a2", ""),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::New => "appeared",
            Self::More => "stronger",
            Self::Less => "weaker",
            Self::Gone => "vanished",
            Self::Same => "the same",
        }
    }
}

/// What is drawn.
struct Scene<'a> {
    actors: Vec<&'a ActorChange>,
    /// With the numbers of their ends, the least on top last.
    edges: Vec<((usize, usize), &'a EdgeChange)>,
    left_out: Option<String>,
}

/// The picture of `comparison`.
pub(in crate::export) fn compared(comparison: &Comparison, options: &Options) -> Picture {
    let scene = scene(comparison);
    let mentions = |actor: &ActorChange| actor.a_mentions + actor.b_mentions;
    let most = scene.actors.iter().map(|it| mentions(it)).max().unwrap_or(0).max(1);
    let largest = if scene.actors.len() > 60 { 16.0 } else { 24.0 };
    let share = |actor: &ActorChange| (real(mentions(actor)) / real(most)).sqrt();
    let radii: Vec<f64> = scene.actors.iter().map(|it| 5.0 + (largest - 5.0) * share(it)).collect();
    let labels: Vec<Label> = scene.actors.iter().map(|it| Label::of(&it.name, 11.0 + 5.0 * share(it))).collect();
    let shapes: Vec<Shape> = labels.iter().zip(&radii).map(|(label, radius)| Shape::of(*radius, label)).collect();
    let pulls: Vec<(usize, usize, f64)> = scene
        .edges
        .iter()
        .map(|((a, b), edge)| (*a, *b, 1.0 + real(edge.a_weight + edge.b_weight).max(1.0).ln()))
        .collect();
    let places = place::placed(&shapes, &pulls, options.seed);
    let frame = frame(&shapes, &places);
    let places: Vec<Point> =
        places.iter().map(|it| Point { x: it.x + frame.shift.x, y: it.y + frame.shift.y }).collect();
    let (scale, wide) = (frame.scale, frame.width / frame.scale);
    let notes = notes(comparison, &scene, options.seed);
    let lines: usize = notes.iter().map(|it| wrapped(it, wide - 2.0 * MARGIN).len()).sum();
    let beneath = frame.height + HEAD * scale;
    let height = beneath + scale * (LEGEND + real(lines as u64) * NOTE + MARGIN / 2.0);
    let mut page = Page::of(frame.width, height);
    page.line(&format!("<g transform=\"scale({scale:.3})\">"));
    let title = options
        .title
        .clone()
        .unwrap_or_else(|| format!("What changed: {} (before), {} (after)", comparison.a.name, comparison.b.name));
    page.text(Point { x: MARGIN, y: 38.0 }, 20.0, &cut(&title, wide - 2.0 * MARGIN), INK);
    page.line("</g>");
    lines_of(&mut page, &scene, &places);
    circles(&mut page, &scene, (&radii, &labels), &places);
    let counts: Vec<_> = scene.edges.iter().map(|(ends, edge)| (*ends, numbers_of(&edge.tested))).collect();
    let drawn = Placed { radii: &radii, labels: &labels, shapes: &shapes, places: &places };
    numbers(&mut page, &drawn, &counts);
    page.line(&format!("<g transform=\"translate(0 {beneath:.1}) scale({scale:.3})\">"));
    legend(&mut page, &scene);
    page.notes(Point { x: MARGIN, y: LEGEND }, &notes, wide - 2.0 * MARGIN);
    page.line("</g>");
    page.finished(scene.left_out.into_iter().collect())
}

/// The height of the legend.
const LEGEND: f64 = 92.0;

/// Both shares in per cent, as short as they can be told apart.
fn numbers_of(tested: &Tested) -> String {
    let (a, b) = tested.shares();
    let (a, b) = (100.0 * a.rate(), 100.0 * b.rate());
    let digits = usize::from(a.max(b) < 10.0);
    format!("{a:.digits$} to {b:.digits$} %")
}

/// The established changes first, then those that are least likely by chance; actors without an edge are not drawn.
fn scene(comparison: &Comparison) -> Scene<'_> {
    let mut edges: Vec<&EdgeChange> = comparison.edges.iter().collect();
    edges.sort_by(|a, b| {
        let rank = |edge: &EdgeChange| (!edge.tested.change.is_established(), edge.tested.p);
        let ((one, p), (other, q)) = (rank(a), rank(b));
        let weight = |edge: &EdgeChange| edge.a_weight + edge.b_weight;
        one.cmp(&other).then(p.total_cmp(&q)).then(weight(b).cmp(&weight(a)))
    });
    let all = edges.len();
    edges.truncate(PAPER.many);
    let drawn: BTreeSet<&str> = edges.iter().flat_map(|it| [it.source.as_str(), it.target.as_str()]).collect();
    let actors: Vec<&ActorChange> = comparison.actors.iter().filter(|it| drawn.contains(it.id.as_str())).collect();
    let number: BTreeMap<&str, usize> = actors.iter().enumerate().map(|(index, it)| (it.id.as_str(), index)).collect();
    let mut ends: Vec<_> = edges
        .iter()
        .filter_map(|edge| Some(((*number.get(edge.source.as_str())?, *number.get(edge.target.as_str())?), *edge)))
        .collect();
    ends.reverse();
    let left_out = (actors.len() < comparison.actors.len() || ends.len() < all).then(|| {
        let (actors, every) = (actors.len(), comparison.actors.len());
        format!("Drawn are {} of {all} edges, the surest changes first, and {actors} of {every} actors", ends.len())
    });
    Scene { actors, edges: ends, left_out }
}

fn lines_of(page: &mut Page, scene: &Scene, places: &[Point]) {
    let rate = |tested: &Tested| tested.shares().0.rate().max(tested.shares().1.rate());
    let most = scene.edges.iter().map(|(_, edge)| rate(&edge.tested)).fold(f64::MIN_POSITIVE, f64::max);
    page.line("<g stroke-linecap=\"round\" fill=\"none\">");
    for ((a, b), edge) in &scene.edges {
        let (Some(from), Some(to)) = (places.get(*a), places.get(*b)) else { continue };
        let (tested, tip) = (&edge.tested, page.words.escaped(&tip(edge)));
        let (colour, dashes) = Seen::of(tested).stroke();
        let (wide, opacity) = pen(tested, rate(tested) / most);
        page.line(&format!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-width=\"{wide:.2}\" stroke-opacity=\"{opacity}\"{dashes}><title>{tip}</title></line>",
            from.x, from.y, to.x, to.y
        ));
    }
    page.line("</g>");
}

/// Width and opacity: what is established stands out.
fn pen(tested: &Tested, share: f64) -> (f64, f64) {
    if tested.change.is_established() { (2.5 + 4.5 * share, 0.95) } else { (1.3 + 2.2 * share, 0.5) }
}

fn tip(edge: &EdgeChange) -> String {
    let Tested { change, a_count, a_of, b_count, b_of, p, .. } = edge.tested;
    format!(
        "{} and {}: {change}, {a_count} of {a_of} to {b_count} of {b_of}, p {p:.4}",
        isolated(&edge.source),
        isolated(&edge.target)
    )
}

fn circles(page: &mut Page, scene: &Scene, (radii, labels): (&[f64], &[Label]), places: &[Point]) {
    for (index, ((actor, radius), place)) in scene.actors.iter().zip(radii).zip(places).enumerate() {
        let seen = Seen::of(&actor.tested);
        let fill = if actor.tested.change.is_established() { seen.stroke().0 } else { "#c3cad1" };
        let Tested { change, a_count, a_of, b_count, b_of, .. } = actor.tested;
        let tip = format!("{}: {change}, {a_count} of {a_of} to {b_count} of {b_of}", isolated(&actor.name));
        let (tip, Point { x, y }) = (page.words.escaped(&tip), *place);
        page.line(&format!(
            "<circle id=\"n{index}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{fill}\" stroke=\"#ffffff\" stroke-width=\"1.5\"><title>{tip}</title></circle>"
        ));
    }
    page.line("<g text-anchor=\"middle\" fill=\"#16283a\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    for ((radius, label), place) in radii.iter().zip(labels).zip(places) {
        named(page, label, Point { x: place.x, y: place.y + radius + 2.0 });
    }
    page.line("</g>");
}

/// Each stroke with how many edges have it, and how many of these are established.
fn legend(page: &mut Page, scene: &Scene) {
    let mut x = MARGIN;
    for (index, seen) in Seen::ALL.into_iter().enumerate() {
        let edges = scene.edges.iter().filter(|(_, edge)| Seen::of(&edge.tested) == seen);
        let (all, sure) =
            (edges.clone().count(), edges.filter(|(_, edge)| edge.tested.change.is_established()).count());
        let words = if sure > 0 {
            format!("{}: {all}, {sure} established", seen.words())
        } else {
            format!("{}: {all}", seen.words())
        };
        let y = 14.0 + if index > 2 { 22.0 } else { 0.0 };
        x = if index == 3 { MARGIN } else { x };
        let (colour, dashes) = seen.stroke();
        page.line(&format!(
            "<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" stroke-width=\"4\" stroke-linecap=\"round\"{dashes}/>",
            x + 44.0
        ));
        page.text(Point { x: x + 54.0, y: y + 4.0 }, 12.0, &words, INK);
        x += 84.0 + width("appeared: 000, 000 established", 12.0);
    }
    page.line(&format!("<line x1=\"{MARGIN}\" y1=\"58\" x2=\"{:.1}\" y2=\"58\" stroke=\"#4a5a6a\" stroke-width=\"2\" stroke-opacity=\"0.5\"/>", MARGIN + 44.0));
    let words = "thin and pale: seen, but not established; circles: mentions on both sides, in colour where the actor's own share changed";
    page.text(Point { x: MARGIN + 54.0, y: 62.0 }, 12.0, words, INK);
}

fn notes(comparison: &Comparison, scene: &Scene, seed: u64) -> Vec<String> {
    let test = &comparison.method;
    let many = |count: u64| match (test.of, count) {
        (of, 1) => format!("1 {of}"),
        ("story", count) => format!("{count} stories"),
        (of, count) => format!("{count} {of}s"),
    };
    let established = comparison.edges.iter().filter(|it| it.tested.change.is_established()).count();
    let sides = format!(
        "{}: {}; {}: {}. Compared are shares of them, by {}.",
        comparison.a.name,
        many(comparison.a.of),
        comparison.b.name,
        many(comparison.b.of),
        test.test
    );
    let all = comparison.edges.len();
    let thin = if test.tested_edges < all as u64 {
        format!("; {} were tested, the others are in fewer than {} and too thin", test.tested_edges, many(test.thin))
    } else {
        String::new()
    };
    let tested = format!(
        "Established (q of {} or less): {established} of {all} edges{thin}. Beside lines: the shares.",
        test.level
    );
    let undated = (test.undated > 0).then(|| format!("{} without a day on neither side.", many(test.undated)));
    let last = format!("Places: ForceAtlas2, seed {seed}. {} {}", test.program, test.version);
    let left_out = scene.left_out.iter().map(|it| format!("{it}."));
    left_out.chain([sides, tested]).chain(undated).chain([last]).collect()
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::compare::{Share, Tested};

    #[test]
    fn what_is_seen_follows_shares_and_not_counts() {
        let seen = |a, b| Seen::of(&Tested::of(a, b));
        let share = |count, of| Share { count, of };
        assert!(seen(share(0, 5), share(1, 9)) == Seen::New && seen(share(2, 5), share(0, 9)) == Seen::Gone);
        assert!(seen(share(2, 4), share(3, 9)) == Seen::Less && seen(share(2, 40), share(3, 9)) == Seen::More);
        assert!(seen(share(2, 4), share(4, 8)) == Seen::Same);
    }
}

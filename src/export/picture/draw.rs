//! Shapes with places as SVG, with title, legend and method.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    FAMILY, SMALLEST, Scene,
    label::{LEADING, Label, isolated, shortened, width},
    method,
    place::{Point, Shape},
};
use crate::{
    export::{
        columns::{colour, ends},
        xml::Words,
    },
    measure::real,
    network::{Actor, Edge},
};

/// Around the picture.
const MARGIN: f64 = 28.0;
/// The title's height.
const HEAD: f64 = 54.0;
/// Not narrower, so that the legend can be read.
const NARROWEST: f64 = 760.0;
/// The width of a column of the legend.
const COLUMN: f64 = 360.0;
/// The height of a line of the legend.
const ROW: f64 = 20.0;
/// With more edges than so many, their weights are not written beside them.
const NUMBERED: usize = 40;

/// Lines of SVG.
struct Page {
    lines: String,
    words: Words,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }

    /// One line of text; `attributes` begin with a space.
    fn text(&mut self, at: Point, size: f64, text: &str, attributes: &str) {
        let text = self.words.escaped(text);
        let Point { x, y } = at;
        self.line(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\"{attributes}>{text}</text>"));
    }
}

/// Where the network is on the page.
struct Frame {
    width: f64,
    height: f64,
    shift: Point,
    /// How much larger the words around it are than in a small picture.
    scale: f64,
}

/// The page, and which of its words could not stay as they are.
pub(super) fn svg(scene: &Scene, shapes: &[Shape], places: &[Point], title: &str, seed: u64) -> (String, Words) {
    let frame = frame(shapes, places);
    let places: Vec<Point> =
        places.iter().map(|it| Point { x: it.x + frame.shift.x, y: it.y + frame.shift.y }).collect();
    let groups = groups(scene);
    // Words beside the network grow with it; these lengths are in their units.
    let (scale, wide) = (frame.scale, frame.width / frame.scale);
    let columns = columns(wide);
    let foot = legend_height(groups.len(), columns);
    let notes = notes(scene, seed, wide);
    let beneath = frame.height + HEAD * scale;
    let height = beneath + scale * (foot + real(notes.len() as u64) * 17.0 + MARGIN / 2.0);
    let width = frame.width;
    let mut page = Page { lines: String::new(), words: Words::default() };
    page.line(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"'{FAMILY}', 'Helvetica Neue', Arial, sans-serif\">"
    ));
    page.line("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    page.line(&format!("<g transform=\"scale({scale:.3})\">"));
    page.text(Point { x: MARGIN, y: 38.0 }, 20.0, &isolated(&cut(title, wide - 2.0 * MARGIN)), " fill=\"#16283a\"");
    page.line("</g>");
    edges(&mut page, scene, &places);
    nodes(&mut page, scene, &places);
    weights(&mut page, scene, shapes, &places);
    page.line(&format!("<g transform=\"translate(0 {beneath:.1}) scale({scale:.3})\">"));
    legend(&mut page, scene, &groups, (columns, scale));
    for (index, note) in notes.iter().enumerate() {
        let y = foot + real(index as u64) * 17.0;
        page.text(Point { x: MARGIN, y }, 12.0, note, " fill=\"#5a6a7a\"");
    }
    page.line("</g>");
    page.line("</svg>");
    (page.lines, page.words)
}

fn frame(shapes: &[Shape], places: &[Point]) -> Frame {
    let mut box_of = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (shape, place) in shapes.iter().zip(places) {
        let [left, top, right, foot] = box_of;
        box_of = [
            left.min(place.x - shape.aside),
            top.min(place.y - shape.above),
            right.max(place.x + shape.aside),
            foot.max(place.y + shape.below),
        ];
    }
    let [left, top, right, foot] = if shapes.is_empty() { [0.0; 4] } else { box_of };
    let width = (right - left + 2.0 * MARGIN).max(NARROWEST);
    let scale = (width / 1000.0).sqrt().clamp(1.0, 2.5);
    let shift = Point { x: (width - (right - left)) / 2.0 - left, y: HEAD * scale + MARGIN / 2.0 - top };
    Frame { width, height: foot - top + MARGIN, shift, scale }
}

fn edges(page: &mut Page, scene: &Scene, places: &[Point]) {
    let strongest = scene.network.graph.edge_weights().map(|it| it.weight).max().unwrap_or(1).max(1);
    page.line("<g stroke-linecap=\"round\" stroke-opacity=\"0.45\" fill=\"none\">");
    let mut order: Vec<_> = ends(&scene.network).zip(scene.network.edges()).collect();
    // The strong ones on top.
    order.sort_by_key(|(ends, (_, _, edge))| (edge.weight, *ends));
    for ((a, b), (one, other, edge)) in order {
        let (Some(from), Some(to)) = (places.get(a), places.get(b)) else { continue };
        let stroke = hex(shared(scene, a, b));
        let tip = page.words.escaped(&tip(one, other, edge));
        page.line(&format!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{stroke}\" stroke-width=\"{:.2}\"{}><title>{tip}</title></line>",
            from.x, from.y, to.x, to.y, line_width(edge.weight, strongest), dashes(edge)
        ));
    }
    page.line("</g>");
}

fn line_width(weight: u64, strongest: u64) -> f64 {
    0.8 + 7.2 * real(weight) / real(strongest)
}

/// An edge that rests on pronouns alone is dashed.
fn dashes(edge: &Edge) -> &'static str {
    if edge.weight == 0 { " stroke-dasharray=\"2 4\"" } else { "" }
}

/// The weight as it stands beside a line; in parentheses how often pronouns alone tell.
fn number(edge: &Edge) -> String {
    if edge.weight == 0 { format!("({})", edge.pronouns) } else { edge.weight.to_string() }
}

fn tip(one: &Actor, other: &Actor, edge: &Edge) -> String {
    let (one, other) = (isolated(&one.name), isolated(&other.name));
    if edge.weight == 0 {
        return format!("{one} and {other}: by pronouns alone, {} times", edge.pronouns);
    }
    format!("{one} and {other}: weight {}, {} articles", edge.weight, edge.articles)
}

/// The colour of the community that two actors share, else grey.
fn shared(scene: &Scene, a: usize, b: usize) -> [u8; 3] {
    let of = |index: usize| scene.communities.of.get(index).copied().flatten();
    if of(a) == of(b) { of(a).map_or([130, 142, 154], colour) } else { [130, 142, 154] }
}

fn nodes(page: &mut Page, scene: &Scene, places: &[Point]) {
    let circles = scene.network.graph.node_weights().zip(&scene.radii).zip(places).zip(&scene.communities.of);
    for (index, (((actor, radius), place), community)) in circles.enumerate() {
        let fill = hex(community.map_or([200, 205, 210], colour));
        let tip = format!("{}: {} mentions, {} articles", isolated(&actor.name), actor.mentions, actor.articles);
        let tip = page.words.escaped(&tip);
        let Point { x, y } = *place;
        page.line(&format!(
            "<circle id=\"n{index}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{fill}\" stroke=\"#ffffff\" stroke-width=\"1.5\"><title>{tip}</title></circle>"
        ));
    }
    page.line("<g text-anchor=\"middle\" fill=\"#16283a\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    for ((radius, label), place) in scene.radii.iter().zip(&scene.labels).zip(places) {
        named(page, label, Point { x: place.x, y: place.y + radius + 2.0 });
    }
    page.line("</g>");
}

/// The lines of a label below `top`. Where our font has all letters a line is as wide as it was measured, in any font.
fn named(page: &mut Page, label: &Label, top: Point) {
    for (index, (line, width)) in label.lines.iter().enumerate() {
        let y = top.y + label.size * (real(index as u64) * LEADING + 0.95);
        let mut attributes = String::new();
        if label.is_ours && !line.is_empty() {
            let _ = write!(attributes, " textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        if label.is_leftward {
            attributes.push_str(" direction=\"rtl\"");
        }
        page.text(Point { x: top.x, y }, label.size, &isolated(line), &attributes);
    }
}

/// A place on the page that words cover.
#[derive(Clone, Copy)]
struct Covered {
    left: f64,
    top: f64,
    right: f64,
    foot: f64,
}

impl Covered {
    fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.foot && other.top < self.foot
    }
}

/// Where on a line its number may stand, the best first.
const SPOTS: [f64; 11] = [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75];

fn on((from, to): (Point, Point), share: f64) -> Point {
    Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

/// How far a point is from a line.
fn distance(at: Point, (from, to): (Point, Point)) -> f64 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let along = ((at.x - from.x) * x + (at.y - from.y) * y) / (x * x + y * y).max(1e-9);
    let near = on((from, to), along.clamp(0.0, 1.0));
    (at.x - near.x).hypot(at.y - near.y)
}

/// The weights beside their edges, where there are few and where there is room.
fn weights(page: &mut Page, scene: &Scene, shapes: &[Shape], places: &[Point]) {
    if scene.network.graph.edge_count() > NUMBERED {
        return;
    }
    let mut covered: Vec<Covered> = Vec::new();
    for ((shape, place), (radius, label)) in shapes.iter().zip(places).zip(scene.radii.iter().zip(&scene.labels)) {
        let beside = |aside: f64| (place.x - aside, place.x + aside);
        let ((left, right), foot) = (beside(*radius), place.y + radius);
        covered.push(Covered { left, top: place.y - radius, right, foot });
        let ((left, right), top) = (beside(label.width() / 2.0), place.y + radius);
        covered.push(Covered { left, top, right, foot: place.y + shape.below });
    }
    page.line("<g text-anchor=\"middle\" fill=\"#4a5a6a\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    let lines: Vec<(Point, Point)> =
        ends(&scene.network).filter_map(|it| Some((*places.get(it.0)?, *places.get(it.1)?))).collect();
    for (index, (edge, line)) in scene.network.graph.edge_weights().zip(&lines).enumerate() {
        let number = number(edge);
        let half = width(&number, 11.0) / 2.0 + 1.0;
        let cover = |at: Point| Covered { left: at.x - half, top: at.y - 7.0, right: at.x + half, foot: at.y + 7.0 };
        let free =
            SPOTS.map(|share| on(*line, share)).into_iter().filter(|at| !covered.iter().any(|it| it.meets(cover(*at))));
        // Beyond some distance from other lines it is clear enough whose number it is.
        let clear = |at: Point| {
            let others = lines.iter().enumerate().filter(|(other, _)| *other != index);
            others.map(|(_, other)| distance(at, *other)).fold(12.0, f64::min)
        };
        let best = free.map(|at| (clear(at), at)).reduce(|best, next| if next.0 > best.0 + 1.0 { next } else { best });
        if let Some((_, at)) = best {
            covered.push(cover(at));
            page.text(Point { x: at.x, y: at.y + 4.0 }, 11.0, &number, "");
        }
    }
    page.line("</g>");
}

/// The communities with the names of their most named members; those that have no colour of their own are one group.
fn groups(scene: &Scene) -> Vec<(Option<u64>, String)> {
    let mut members: BTreeMap<u64, Vec<(u64, &str)>> = BTreeMap::new();
    let actors = scene.network.graph.node_weights().zip(&scene.communities.of);
    let mut others = (0, 0);
    for (actor, community) in actors {
        if let Some(community) = community {
            members.entry(*community).or_default().push((actor.mentions, actor.name.as_str()));
        }
    }
    let mut groups = Vec::new();
    for (community, mut names) in members {
        if community > COLOURED {
            others = (others.0 + 1, others.1 + names.len());
            continue;
        }
        names.sort_by_key(|(mentions, name)| (std::cmp::Reverse(*mentions), *name));
        groups.push((Some(community), listed(&names)));
    }
    if others.0 > 0 {
        let what = if others.0 == 1 { "community" } else { "communities" };
        let of = if others.1 == 1 { "actor" } else { "actors" };
        groups.push((None, format!("{} smaller {what}, {} {of}", others.0, others.1)));
    }
    groups
}

/// Communities with a colour of their own.
const COLOURED: u64 = 8;

/// The first names that fit a column, and how many more there are.
fn listed(names: &[(u64, &str)]) -> String {
    let mut words = String::new();
    let mut shown = 0;
    for (_, name) in names {
        let name = isolated(&shortened(name));
        let longer = if words.is_empty() { name } else { format!("{words}, {name}") };
        if shown > 0 && width(&format!("{longer} + 999"), 12.0) > COLUMN - 40.0 {
            break;
        }
        words = longer;
        shown += 1;
    }
    let more = names.len() - shown;
    if more > 0 { format!("{words} + {more}") } else { words }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is some thousand units wide")]
fn columns(width: f64) -> usize {
    (((width - 2.0 * MARGIN) / COLUMN) as usize).clamp(1, 4)
}

fn legend_height(groups: usize, columns: usize) -> f64 {
    real(groups.div_ceil(columns) as u64) * ROW + 2.0 * ROW + 38.0
}

fn legend(page: &mut Page, scene: &Scene, groups: &[(Option<u64>, String)], (columns, scale): (usize, f64)) {
    let rows = groups.len().div_ceil(columns);
    for (index, (community, names)) in groups.iter().enumerate() {
        let (column, row) = (index / rows.max(1), index % rows.max(1));
        let at = Point { x: MARGIN + COLUMN * real(column as u64), y: 14.0 + ROW * real(row as u64) };
        let fill = hex(community.map_or_else(|| colour(u64::MAX), colour));
        page.line(&format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"6\" fill=\"{fill}\"/>", at.x + 6.0, at.y - 4.0));
        page.text(Point { x: at.x + 20.0, y: at.y }, 12.0, names, " fill=\"#16283a\"");
    }
    scales(page, scene, scale, Point { x: MARGIN, y: 22.0 + ROW * real(rows as u64) });
}

/// What the sizes of circles and the widths of lines mean.
fn scales(page: &mut Page, scene: &Scene, scale: f64, at: Point) {
    let (Some(most), Some(strongest)) = (
        scene.network.graph.node_weights().map(|it| it.mentions).max(),
        scene.network.graph.edge_weights().map(|it| it.weight).max(),
    ) else {
        return;
    };
    let y = at.y + 10.0;
    let mut x = at.x;
    // As large as they are in the picture.
    let largest = scene.radii.iter().copied().fold(SMALLEST, f64::max) / scale;
    let all = format!("{most} mention{}", if most == 1 { "" } else { "s" });
    for (radius, words) in [(SMALLEST / scale, "few mentions".to_owned()), (largest, all)] {
        page.line(&format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"#c8cdd2\"/>", x + radius, y));
        page.text(Point { x: x + 2.0 * radius + 8.0, y: y + 4.0 }, 12.0, &words, " fill=\"#16283a\"");
        x += 2.0 * radius + 28.0 + width(&words, 12.0);
    }
    for weight in [1, strongest].into_iter().take(if strongest > 1 { 2 } else { 1 }) {
        let words = if weight == 1 { "together once".to_owned() } else { format!("{weight} times") };
        let wide = line_width(weight, strongest) / scale;
        page.line(&format!(
            "<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#828e9a\" stroke-opacity=\"0.6\" stroke-width=\"{wide:.2}\"/>",
            x + 34.0
        ));
        page.text(Point { x: x + 42.0, y: y + 4.0 }, 12.0, &words, " fill=\"#16283a\"");
        x += 64.0 + width(&words, 12.0);
    }
}

/// What was left out and how it was counted, in lines that fit.
fn notes(scene: &Scene, seed: u64, wide: f64) -> Vec<String> {
    let left_out = scene.left_out.iter().map(|it| {
        let mut it = it.clone();
        if let Some(first) = it.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        it
    });
    let mut method_of = scene.network.method.clone();
    if scene.network.graph.edge_count() > 0 {
        // The last filter is the picture's own, and said already.
        method_of.kept.pop();
    }
    let alone = scene.network.graph.edge_weights().any(|edge| edge.weight == 0);
    let dashed =
        alone.then(|| "Dashed: named together by pronouns alone, so often as the number in parentheses".to_owned());
    let lines = left_out.chain(dashed).chain(method(&method_of, &scene.communities, seed));
    lines.flat_map(|line| wrapped(&line, wide - 2.0 * MARGIN)).collect()
}

/// As much of a title as fits.
fn cut(title: &str, room: f64) -> String {
    let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if width(&title, 20.0) <= room {
        return title;
    }
    let mut cut = String::new();
    for c in title.chars() {
        if width(&format!("{cut}{c}…"), 20.0) > room {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

fn wrapped(line: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ').filter(|it| !it.is_empty()) {
        match lines.last_mut() {
            Some(last) if width(&format!("{last} {word}"), 12.0) <= room => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

//! A page of SVG: its words, what they cover, and where a network stands on it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::{
    FAMILY, Picture,
    label::{LEADING, Label, foreign, isolated, width},
    place::{Point, Shape},
};
use crate::{
    export::{Notes, xml::Words},
    measure::real,
};

/// Around the picture.
pub(super) const MARGIN: f64 = 28.0;
/// The title's height.
pub(super) const HEAD: f64 = 54.0;
/// Not narrower, so that the legend can be read.
pub(super) const NARROWEST: f64 = 760.0;

/// The colour of words, and of words beside the matter.
pub(super) const INK: &str = " fill=\"#16283a\"";
pub(super) const PALE: &str = " fill=\"#5a6a7a\"";

/// Lines of SVG.
#[derive(Default)]
pub(super) struct Page {
    lines: String,
    pub(super) words: Words,
    /// Letters that our own font has not, by the words in which they stand.
    foreign: BTreeMap<String, BTreeSet<char>>,
}

impl Page {
    /// An empty white page.
    pub(super) fn of(width: f64, height: f64) -> Self {
        let mut page = Self::default();
        page.line(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"'{FAMILY}', 'Helvetica Neue', Arial, sans-serif\">"
        ));
        page.line("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        page
    }

    pub(super) fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }

    /// One line of text; `attributes` begin with a space.
    pub(super) fn text(&mut self, at: Point, size: f64, text: &str, attributes: &str) {
        let letters: BTreeSet<char> = foreign(text).collect();
        if !letters.is_empty() {
            self.foreign.insert(text.to_owned(), letters);
        }
        let text = self.words.escaped(text);
        let Point { x, y } = at;
        self.line(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\"{attributes}>{text}</text>"));
    }

    /// Lines of small words, the first at `at`, as long as `room` allows.
    pub(super) fn notes(&mut self, at: Point, notes: &[String], room: f64) {
        let lines = notes.iter().flat_map(|note| wrapped(note, room));
        for (index, line) in lines.enumerate() {
            self.text(Point { x: at.x, y: at.y + real(index as u64) * NOTE }, 12.0, &line, PALE);
        }
    }

    /// The whole page.
    pub(super) fn finished(mut self, notes: Notes) -> Picture {
        self.line("</svg>");
        Picture { svg: self.lines, words: self.words, foreign: self.foreign, notes }
    }
}

/// The height of a line of notes.
pub(super) const NOTE: f64 = 17.0;

/// Where the network is on the page.
pub(super) struct Frame {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) shift: Point,
    /// How much larger the words around it are than in a small picture.
    pub(super) scale: f64,
}

/// Where a network of these shapes stands, below a title.
pub(super) fn frame(shapes: &[Shape], places: &[Point]) -> Frame {
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

/// The lines of a label below `top`. Where our font has all letters a line is as wide as it was measured, in any font.
pub(super) fn named(page: &mut Page, label: &Label, top: Point) {
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
pub(super) struct Covered {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) foot: f64,
}

impl Covered {
    pub(super) fn meets(self, other: Self) -> bool {
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

/// With more edges than so many, nothing is written beside them.
const NUMBERED: usize = 40;

/// Circles with their labels, and their places.
pub(super) struct Placed<'a> {
    pub(super) radii: &'a [f64],
    pub(super) labels: &'a [Label],
    pub(super) shapes: &'a [Shape],
    pub(super) places: &'a [Point],
}

/// Numbers beside the edges, where there are few and where there is room.
pub(super) fn numbers(
    page: &mut Page,
    Placed { radii, labels, shapes, places }: &Placed,
    edges: &[((usize, usize), String)],
) {
    if edges.len() > NUMBERED {
        return;
    }
    let mut covered: Vec<Covered> = Vec::new();
    for ((shape, place), (radius, label)) in shapes.iter().zip(*places).zip(radii.iter().zip(*labels)) {
        let beside = |aside: f64| (place.x - aside, place.x + aside);
        let ((left, right), foot) = (beside(*radius), place.y + radius);
        covered.push(Covered { left, top: place.y - radius, right, foot });
        let ((left, right), top) = (beside(label.width() / 2.0), place.y + radius);
        covered.push(Covered { left, top, right, foot: place.y + shape.below });
    }
    page.line("<g text-anchor=\"middle\" fill=\"#4a5a6a\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">");
    let lines: Vec<(Point, Point)> =
        edges.iter().filter_map(|((a, b), _)| Some((*places.get(*a)?, *places.get(*b)?))).collect();
    for (index, ((_, number), line)) in edges.iter().zip(&lines).enumerate() {
        let half = width(number, 11.0) / 2.0 + 1.0;
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
            page.text(Point { x: at.x, y: at.y + 4.0 }, 11.0, number, "");
        }
    }
    page.line("</g>");
}

/// As much of a title as fits.
pub(super) fn cut(title: &str, room: f64) -> String {
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

/// In lines that fit.
pub(super) fn wrapped(line: &str, room: f64) -> Vec<String> {
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

/// As SVG writes a colour.
pub(super) fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

//! Names as they are drawn: broken into lines, and measured in our own font.

use std::sync::OnceLock;

use ttf_parser::Face;

use super::FONT;
use crate::export::lines::{self, is_wide, reach};

/// The most characters of a name; a tooltip has all.
const LONGEST: usize = 48;
/// The characters after which a line is broken, where there is a space; ideographs count twice.
const LINE: usize = 16;
/// The most characters of a word that is not broken.
const WORD: usize = 24;
/// Height of a line, in sizes of the font.
pub(super) const LEADING: f64 = 1.2;

/// A name in lines.
pub(super) struct Label {
    /// Each with its width.
    pub(super) lines: Vec<(String, f64)>,
    /// Size of the font.
    pub(super) size: f64,
    /// Whether our own font has all its letters.
    pub(super) is_ours: bool,
    /// Whether it reads from right to left.
    pub(super) is_leftward: bool,
}

impl Label {
    /// `name` in letters of `size`.
    pub(super) fn of(name: &str, size: f64) -> Self {
        let name = shortened(name);
        let lines = broken(&name).into_iter().map(|line| (line.clone(), width(&line, size))).collect();
        Self {
            lines,
            size,
            is_ours: foreign(&name).next().is_none(),
            is_leftward: name.chars().find_map(direction).unwrap_or(false),
        }
    }

    /// Width of its longest line.
    pub(super) fn width(&self) -> f64 {
        self.lines.iter().map(|(_, width)| *width).fold(0.0, f64::max)
    }

    /// Height of all lines.
    pub(super) fn height(&self) -> f64 {
        self.lines.iter().map(|_| self.size * LEADING).sum()
    }
}

/// On one line, without what cannot be seen, and not too long: whole words, where the first is not too long itself.
pub(super) fn shortened(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() <= LONGEST {
        return name;
    }
    let cut: String = name.chars().take(LONGEST - 1).collect();
    let whole = cut.rsplit_once(' ').map_or("", |(words, _)| words);
    if whole.chars().count() * 2 > LONGEST { format!("{whole}…") } else { cut + "…" }
}

/// In lines; a word that is too long for one is broken after hyphens, else anywhere.
fn broken(name: &str) -> Vec<String> {
    lines::of(name, LINE).iter().flat_map(|line| pieces(line)).collect()
}

fn pieces(word: &str) -> Vec<String> {
    if reach(word) <= WORD {
        return vec![word.to_owned()];
    }
    let mut pieces: Vec<String> = Vec::new();
    for part in word.split_inclusive('-') {
        let mut room = 0;
        for c in part.chars() {
            match pieces.last_mut() {
                Some(piece) if room > 0 => piece.push(c),
                _ => {
                    pieces.push(c.to_string());
                    room = if is_wide(c) { LINE } else { WORD };
                }
            }
            room = room.saturating_sub(if is_wide(c) { 2 } else { 1 });
        }
    }
    pieces
}

/// Width of `text` in letters of `size`; letters that our font has not are taken to be wide.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| advance(c).unwrap_or_else(|| guessed(c))).sum::<f64>() * size
}

fn guessed(c: char) -> f64 {
    match c {
        c if is_unseen(c) => 0.0,
        c if is_wide(c) => 1.1,
        _ => 0.75,
    }
}

/// Marks of direction and joiners, which no font draws.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}')
}

/// The letters of `text` that our own font has not.
pub(super) fn foreign(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| advance(*c).is_none() && !is_unseen(*c) && !c.is_control())
}

/// `text` such that it stays in its own direction, whatever stands beside it (Unicode's annex 9): the programs that draw take
/// every line to begin at the left.
pub(super) fn isolated(text: &str) -> String {
    let rightward = |c: char| c.is_alphanumeric() && direction(c) != Some(true);
    match text.chars().find_map(direction) {
        Some(true) if text.contains(rightward) => format!("\u{2067}{text}\u{2069}"),
        // A mark at the end holds what follows on the right.
        Some(true) => format!("{text}\u{200e}"),
        _ if text.chars().any(|c| direction(c) == Some(true)) => format!("\u{2066}{text}\u{2069}"),
        _ => text.to_owned(),
    }
}

/// Width of a letter of our font, in sizes.
fn advance(c: char) -> Option<f64> {
    static FACE: OnceLock<Option<Face>> = OnceLock::new();
    let face = FACE.get_or_init(|| Face::parse(FONT, 0).ok()).as_ref()?;
    let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
    Some(f64::from(advance) / f64::from(face.units_per_em()))
}

/// Whether a letter reads from right to left; none where it has no direction.
fn direction(c: char) -> Option<bool> {
    match c {
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Some(true),
        c if c.is_alphabetic() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a panic is a failed test")]
mod tests {
    use super::{Label, isolated, width};

    #[test]
    fn names_are_broken_shortened_and_measured() {
        let label = Label::of("Alexandra Constantinopoulou-Smith of Somewhere", 10.0);
        assert_eq!(label.lines.len(), 3);
        assert!(label.is_ours && !label.is_leftward);
        let lines = |name: &str| Label::of(name, 10.0).lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(
            lines("The Committee for the Protection of the Northern Rivers"),
            ["The Committee", "for the", "Protection of", "the…"]
        );
        assert_eq!(lines("Constantinopoulou-Featherstonehaugh"), ["Constantinopoulou-", "Featherstonehaugh"]);
        assert_eq!(lines(&"x".repeat(2000)), ["x".repeat(24), "x".repeat(23) + "…"]);
        assert_eq!(lines("国際連合教育科学文化機関日本代表部"), ["国際連合教育科学", "文化機関日本代表", "部"]);
        assert!(Label::of("محمد علي", 10.0).is_leftward);
        assert!(!Label::of("習近平", 10.0).is_ours);
        assert!(Label::of("Łukasz Ωmega Ємельян", 10.0).is_ours);
        assert!(width("iii", 10.0) < width("mmm", 10.0));
    }

    #[test]
    fn names_keep_their_direction() {
        assert_eq!(isolated("Ada Byron"), "Ada Byron");
        assert_eq!(isolated("محمد علي"), "محمد علي\u{200e}");
        assert_eq!(isolated("محمد Smith"), "\u{2067}محمد Smith\u{2069}");
        assert_eq!(isolated("Smith محمد"), "\u{2066}Smith محمد\u{2069}");
        assert!((width("\u{2067}a\u{2069}", 10.0) - width("a", 10.0)).abs() < 1e-9);
    }
}

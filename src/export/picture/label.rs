//! Names as they are drawn: broken into lines, and measured in our own font.

use std::sync::OnceLock;

use ttf_parser::Face;

use super::FONT;

/// The most characters of a name; a tooltip has all.
const LONGEST: usize = 48;
/// The characters after which a line is broken, where there is a space.
const LINE: usize = 16;
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
        Self { lines, size, is_ours: is_ours(&name), is_leftward: name.chars().find_map(direction).unwrap_or(false) }
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

/// On one line, without what cannot be seen, and not too long.
fn shortened(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() <= LONGEST {
        return name;
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

fn broken(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Width of `text` in letters of `size`; letters that our font has not are taken to be wide.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| advance(c).unwrap_or_else(|| guessed(c))).sum::<f64>() * size
}

/// Ideographs and emoji fill a square, others rarely do.
fn guessed(c: char) -> f64 {
    if c >= '\u{1100}' { 1.1 } else { 0.75 }
}

/// Whether our own font has all letters of `text`.
pub(super) fn is_ours(text: &str) -> bool {
    text.chars().all(|c| advance(c).is_some())
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
    use super::{Label, width};

    #[test]
    fn names_are_broken_shortened_and_measured() {
        let label = Label::of("Alexandra Constantinopoulou-Smith of Somewhere", 10.0);
        assert_eq!(label.lines.len(), 3);
        assert!(label.is_ours && !label.is_leftward);
        assert!(Label::of(&"x".repeat(2000), 10.0).lines[0].0.ends_with('…'));
        assert!(Label::of("محمد علي", 10.0).is_leftward);
        assert!(!Label::of("習近平", 10.0).is_ours);
        assert!(Label::of("Łukasz Ωmega Ємельян", 10.0).is_ours);
        assert!(width("iii", 10.0) < width("mmm", 10.0));
    }
}

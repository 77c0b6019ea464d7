//! Lists that run on in one paragraph: "1. First 2. Second", "a) this b) that".

use crate::Span;

/// The markers of the list that `text` opens with, in order; empty where it opens with none.
///
/// A list is only one when its second marker is found, so a sentence that begins with a number is none.
pub(super) fn items(text: &str) -> Vec<Span> {
    let Some((mut at, mut style)) = Style::of(text) else { return Vec::new() };
    let mut items = vec![Span { start: 0, end: at }];
    while let Some(item) = style.next().and_then(|marker| find(text, at, &marker)) {
        at = item.end;
        items.push(item);
    }
    if items.len() > 1 { items } else { Vec::new() }
}

/// How the markers of a list are written, and which comes next.
struct Style<'a> {
    bullet: &'a str,
    number: u32,
    is_letter: bool,
    end: &'static str,
}

/// What can stand behind the number of a marker; longer ones first.
const ENDS: [&str; 3] = [".)", ")", "."];

impl<'a> Style<'a> {
    /// The style of the marker that opens `text`, and where that marker ends.
    fn of(text: &'a str) -> Option<(usize, Self)> {
        let begun = text.trim_start();
        let after_bullet = begun.trim_start_matches(['•', '⁃', '·', '*', '-', ' ']);
        let bullet = begun.strip_suffix(after_bullet)?;
        let digits = after_bullet.bytes().take_while(u8::is_ascii_digit).count();
        let (number, is_letter, length) = match digits {
            0 => (after_bullet.starts_with('a').then_some(0)?, true, 1),
            1 | 2 => (after_bullet.get(..digits)?.parse().ok()?, false, digits),
            _ => return None,
        };
        let rest = after_bullet.get(length..)?;
        let end = ENDS.into_iter().find(|end| rest.starts_with(end))?;
        let rest = rest.get(end.len()..).filter(|rest| rest.starts_with(' '))?;
        Some((text.len() - rest.len(), Self { bullet, number, is_letter, end }))
    }

    /// The marker that follows, with the space on both sides.
    fn next(&mut self) -> Option<String> {
        self.number += 1;
        let Self { bullet, number, end, .. } = self;
        if !self.is_letter {
            return Some(format!(" {bullet}{number}{end} "));
        }
        let letter = ('a'..='z').nth(usize::try_from(*number).ok()?)?;
        Some(format!(" {bullet}{letter}{end} "))
    }
}

/// Where `marker` stands at or after `at`, its outer spaces left out.
fn find(text: &str, at: usize, marker: &str) -> Option<Span> {
    let start = at + text.get(at..)?.find(marker)?;
    Some(Span { start: start + 1, end: start + marker.len() - 1 })
}

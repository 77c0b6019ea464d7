//! The bins of a timeline as a picture has room for them: some are drawn as one.

use super::page::{INK, PALE, Page};
use super::place::Point;
use crate::{
    measure::real,
    timeline::{Bin, Timeline},
};

/// Bins that are drawn as one.
pub(super) struct Stretch<'a> {
    pub(super) label: String,
    pub(super) bins: &'a [Bin],
}

impl Stretch<'_> {
    /// Articles (stories) read.
    pub(super) fn of(&self) -> u64 {
        self.bins.iter().map(|bin| bin.volume.stories).sum()
    }
}

/// At most `most` stretches, and what had to be done for that, in words. Of windows that overlap, some are left out: they cannot be
/// added up.
pub(super) fn stretches(timeline: &Timeline, most: usize) -> (Vec<Stretch<'_>>, Option<String>) {
    let cut = timeline.method.cut;
    let together = timeline.bins.len().div_ceil(most).max(1);
    let stretches = timeline.bins.chunks(together).filter_map(|bins| {
        let bins = if cut.overlaps() { bins.get(..1)? } else { bins };
        Some(Stretch { label: cut.label(bins.first()?.start), bins })
    });
    let note = (together > 1).then(|| {
        let how = if cut.overlaps() { "every" } else { "drawn as one:" };
        format!("{} bins of a {}: {how} {together}", timeline.bins.len(), timeline.method.by)
    });
    (stretches.collect(), note)
}

/// The names of stretches that begin at `left` and are `wide` each, upwards from the line at `y`, as many as there is room for.
pub(super) fn axis(page: &mut Page, stretches: &[Stretch], (left, y): (f64, f64), wide: f64) {
    let every = (15.0 / wide).ceil().max(1.0);
    for (index, stretch) in stretches.iter().enumerate() {
        let index = real(index as u64);
        if index % every > 0.0 {
            continue;
        }
        let x = left + (index + 0.5) * wide + 4.0;
        page.text(Point { x, y }, 11.0, &stretch.label, &format!("{INK} transform=\"rotate(-55 {x:.1} {y:.1})\""));
    }
}

/// Words at the foot of each picture of a timeline.
pub(super) fn method(timeline: &Timeline, more: Option<String>) -> Vec<String> {
    let cut = &timeline.method;
    let many = |count: u64| match (cut.of, count) {
        (of, 1) => format!("1 {of}"),
        ("story", count) => format!("{count} stories"),
        (of, count) => format!("{count} {of}s"),
    };
    let undated =
        if cut.undated > 0 { format!(", {} without a day left out", many(cut.undated)) } else { String::new() };
    let counted = format!(
        "Counted by {}, time by {}: {} dated{undated}. {} {}",
        cut.unit,
        cut.by,
        many(cut.dated),
        cut.program,
        cut.version
    );
    more.map(|it| format!("{it}.")).into_iter().chain([counted]).collect()
}

/// A line of small words at the right end of `at`.
pub(super) fn to_the_left(page: &mut Page, at: Point, size: f64, words: &str) {
    page.text(at, size, words, &format!("{PALE} text-anchor=\"end\""));
}

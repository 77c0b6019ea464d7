//! Timelines as rows of typed cells: the bins, who and who with whom in each, and what changed when.

use super::columns::{Cell, Columns, Kind};
use crate::timeline::{Bin, Course, Timeline};

/// Names and kinds of columns, and rows.
fn columns(head: &[(&str, Kind)], rows: Vec<Vec<Option<Cell>>>) -> Columns {
    Columns { head: head.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(), rows }
}

fn days(bin: &Bin) -> [Option<Cell>; 2] {
    [bin.start, bin.end].map(|day| Some(Cell::Day(day)))
}

fn words(text: &str) -> Option<Cell> {
    Some(text).filter(|it| !it.is_empty()).map(|it| Cell::Text(it.to_owned()))
}

fn wholes<const N: usize>(counts: [u64; N]) -> [Option<Cell>; N] {
    counts.map(|count| Some(Cell::Whole(count)))
}

/// A row a bin.
pub(super) fn of_bins(timeline: &Timeline) -> Columns {
    let head = [
        ("start", Kind::Day),
        ("end", Kind::Day),
        ("articles", Kind::Whole),
        ("stories", Kind::Whole),
        ("sentences", Kind::Whole),
        ("naming", Kind::Whole),
        ("actors", Kind::Whole),
        ("edges", Kind::Whole),
        ("communities", Kind::Whole),
        ("nmi", Kind::Real),
        ("vi", Kind::Real),
        ("ari", Kind::Real),
    ];
    let row = |bin: &Bin| {
        let volume = bin.volume;
        let lengths = [bin.actors.len(), bin.edges.len(), bin.communities.len()].map(|it| it as u64);
        let agreement = bin.agreement.map_or([None; 3], |it| [Some(it.nmi), Some(it.vi), Some(it.ari)]);
        let mut row = Vec::from(days(bin));
        row.extend(wholes([volume.articles, volume.stories, volume.sentences, volume.naming]));
        row.extend(wholes(lengths));
        row.extend(agreement.map(|number| number.map(Cell::Real)));
        row
    };
    columns(&head, timeline.bins.iter().map(row).collect())
}

/// A row an actor and bin that names it.
pub(super) fn of_actors(timeline: &Timeline) -> Columns {
    let head = [
        ("start", Kind::Day),
        ("end", Kind::Day),
        ("id", Kind::Text),
        ("mentions", Kind::Whole),
        ("sentences", Kind::Whole),
        ("articles", Kind::Whole),
        ("stories", Kind::Whole),
        ("strength", Kind::Whole),
        ("rank", Kind::Whole),
        ("rate", Kind::Real),
        ("partners", Kind::Text),
    ];
    let rows = timeline.bins.iter().flat_map(|bin| {
        bin.actors.iter().map(|actor| {
            let counts = actor.counts;
            let mut row = Vec::from(days(bin));
            row.push(words(&actor.id));
            row.extend(wholes([counts.mentions, counts.sentences, counts.articles, counts.stories]));
            row.extend(wholes([actor.strength, actor.rank]));
            row.extend([Some(Cell::Real(actor.rate)), words(&actor.partners.join("; "))]);
            row
        })
    });
    columns(&head, rows.collect())
}

/// A row an edge and bin that has it.
pub(super) fn of_edges(timeline: &Timeline) -> Columns {
    let head = [
        ("start", Kind::Day),
        ("end", Kind::Day),
        ("source", Kind::Text),
        ("target", Kind::Text),
        ("weight", Kind::Whole),
        ("sentences", Kind::Whole),
        ("articles", Kind::Whole),
        ("stories", Kind::Whole),
        ("rate", Kind::Real),
    ];
    let rows = timeline.bins.iter().flat_map(|bin| {
        bin.edges.iter().map(|edge| {
            let counts = edge.counts;
            let mut row = Vec::from(days(bin));
            row.extend([words(&edge.source), words(&edge.target)]);
            row.extend(wholes([counts.weight, counts.sentences, counts.articles, counts.stories]));
            row.push(Some(Cell::Real(edge.rate)));
            row
        })
    });
    columns(&head, rows.collect())
}

/// A row a burst or change point; actors have no target.
pub(super) fn of_changes(timeline: &Timeline) -> Columns {
    let head = [
        ("what", Kind::Text),
        ("source", Kind::Text),
        ("target", Kind::Text),
        ("start", Kind::Day),
        ("end", Kind::Day),
        ("weight", Kind::Real),
        ("before", Kind::Real),
        ("after", Kind::Real),
    ];
    let edges = timeline.edges.iter().map(|it| (it.source.as_str(), it.target.as_str(), &it.course));
    let actors = timeline.actors.iter().map(|it| (it.id.as_str(), "", &it.course));
    columns(&head, edges.chain(actors).flat_map(|it| rows_of(it.0, it.1, it.2)).collect())
}

fn rows_of(source: &str, target: &str, course: &Course) -> Vec<Vec<Option<Cell>>> {
    let row = |what, start, end: Option<_>, numbers: [Option<f64>; 3]| {
        let names = [words(what), words(source), words(target), Some(Cell::Day(start)), end.map(Cell::Day)];
        names.into_iter().chain(numbers.map(|it| it.map(Cell::Real))).collect()
    };
    let bursts = course.bursts.iter().map(|it| row("burst", it.start, Some(it.end), [Some(it.weight), None, None]));
    let changes = course.changes.iter().map(|it| row("change", it.day, None, [None, Some(it.before), Some(it.after)]));
    bursts.chain(changes).collect()
}

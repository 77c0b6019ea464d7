//! Comparisons as rows of typed cells: the actors and the edges of both sides.

use super::columns::{Cell, Columns, Kind};
use crate::compare::{Comparison, Tested};

/// Actors with what became of them.
pub(super) fn of_actors(comparison: &Comparison) -> Columns {
    let names = ["id", "name", "kind"].map(|name| (name, Kind::Text));
    let counts = ["a_mentions", "b_mentions"].map(|name| (name, Kind::Whole));
    let rows = comparison.actors.iter().map(|actor| {
        let before = [actor.id.clone(), actor.name.clone(), actor.kind.name().to_owned()].map(Cell::Text);
        row(before.into(), &actor.tested, [actor.a_mentions, actor.b_mentions])
    });
    Columns { head: head(&names, &counts), rows: rows.collect() }
}

/// Edges with what became of them.
pub(super) fn of_edges(comparison: &Comparison) -> Columns {
    let names = ["source", "target"].map(|name| (name, Kind::Text));
    let counts = ["a_weight", "b_weight"].map(|name| (name, Kind::Whole));
    let rows = comparison.edges.iter().map(|edge| {
        let before = [edge.source.clone(), edge.target.clone()].map(Cell::Text);
        row(before.into(), &edge.tested, [edge.a_weight, edge.b_weight])
    });
    Columns { head: head(&names, &counts), rows: rows.collect() }
}

fn head(before: &[(&str, Kind)], after: &[(&str, Kind)]) -> Vec<(String, Kind)> {
    let change = [("change", Kind::Text)];
    let counts = ["a_count", "a_of", "b_count", "b_of"].map(|name| (name, Kind::Whole));
    let numbers = ["ratio", "log2_ratio", "low", "high", "p", "p_exact", "g2", "q", "p_permuted"];
    let numbers = numbers.map(|name| (name, Kind::Real));
    let all = before.iter().chain(&change).chain(&counts).chain(&numbers).chain(after);
    all.map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
}

fn row(before: Vec<Cell>, tested: &Tested, after: [u64; 2]) -> Vec<Option<Cell>> {
    let Tested { change, a_count, a_of, b_count, b_of, ratio, log2_ratio, low, high, p, p_exact, g2, q, p_permuted } =
        *tested;
    let mut row: Vec<Option<Cell>> = before.into_iter().map(Some).collect();
    row.push(Some(Cell::Text(change.name().to_owned())));
    row.extend([a_count, a_of, b_count, b_of].map(|count| Some(Cell::Whole(count))));
    let ratio = Some(ratio).filter(|it| it.is_finite());
    let numbers = [log2_ratio, low, high, p, p_exact, g2].map(Some);
    row.extend([ratio].into_iter().chain(numbers).chain([q, p_permuted]).map(|number| number.map(Cell::Real)));
    row.extend(after.map(|count| Some(Cell::Whole(count))));
    row
}

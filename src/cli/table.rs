//! The strongest edges as a table, for a terminal.

use std::io::{self, Write};

use sociogram::Network;

use super::output::printable;

/// The most edges that are shown.
pub(super) const ROWS: usize = 25;

/// Writes the strongest edges of `network`, a line each.
pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let edges = network.strongest();
    if edges.is_empty() {
        return Ok(());
    }
    let pronouns = network.method.pronouns;
    let shown: Vec<Vec<String>> = edges
        .iter()
        .take(ROWS)
        .map(|(a, b, edge)| {
            let days = match (edge.first, edge.last) {
                (Some(first), Some(last)) if first == last => first.to_string(),
                (Some(first), Some(last)) => format!("{first} to {last}"),
                _ => "undated".to_owned(),
            };
            let counts = [edge.weight, edge.articles].into_iter().chain(pronouns.then_some(edge.pronouns));
            counts.map(|it| it.to_string()).chain([one_line(&a.name), one_line(&b.name), days]).collect()
        })
        .collect();
    let counts = [counted(&network.method.unit), "articles"].into_iter().chain(pronouns.then_some("pronouns"));
    let head: Vec<&str> = counts.chain(["actor", "with", "published"]).collect();
    aligned(&head, &shown, head.len() - 3, out)?;
    if edges.len() > ROWS {
        writeln!(out, "... and {} more edges; -o FILE.json keeps them all", edges.len() - ROWS)?;
    }
    Ok(())
}

/// Writes rows in columns, the first `right` of them flush right.
pub(super) fn aligned(head: &[&str], rows: &[Vec<String>], right: usize, out: &mut dyn Write) -> io::Result<()> {
    let head: Vec<String> = head.iter().map(|it| (*it).to_owned()).collect();
    let rows: Vec<&Vec<String>> = std::iter::once(&head).chain(rows).collect();
    let length = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|it| it.chars().count()).max();
    let widths: Vec<usize> = (0..head.len()).map(|column| length(column).unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column < right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// A name on one line.
pub(super) fn one_line(name: &str) -> String {
    printable(name).replace('\n', " ")
}

fn counted(unit: &str) -> &'static str {
    match unit {
        "sentence" => "sentences",
        "paragraph" => "paragraphs",
        _ => "weight",
    }
}

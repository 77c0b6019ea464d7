//! The strongest edges as a table, for a terminal.

use std::io::{self, Write};

use sociogram::Network;

use super::output::printable;

/// The most edges that are shown.
const ROWS: usize = 25;

/// Writes the strongest edges of `network`, a line each.
pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let edges = network.strongest();
    if edges.is_empty() {
        return Ok(());
    }
    let shown: Vec<[String; 5]> = edges
        .iter()
        .take(ROWS)
        .map(|(a, b, edge)| {
            let days = match (edge.first, edge.last) {
                (Some(first), Some(last)) if first == last => first.to_string(),
                (Some(first), Some(last)) => format!("{first} to {last}"),
                _ => "undated".to_owned(),
            };
            [edge.weight.to_string(), edge.articles.to_string(), one_line(&a.name), one_line(&b.name), days]
        })
        .collect();
    let head = [counted(&network.method.unit), "articles".into(), "actor".into(), "with".into(), "published".into()];
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            shown
                .iter()
                .chain([&head])
                .filter_map(|row| row.get(column))
                .map(|it| it.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in std::iter::once(&head).chain(&shown) {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column < 2 { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    if edges.len() > ROWS {
        writeln!(out, "... and {} more edges; -o FILE.json keeps them all", edges.len() - ROWS)?;
    }
    Ok(())
}

fn one_line(name: &str) -> String {
    printable(name).replace('\n', " ")
}

fn counted(unit: &str) -> String {
    match unit {
        "sentence" => "sentences".to_owned(),
        "paragraph" => "paragraphs".to_owned(),
        _ => "weight".to_owned(),
    }
}

//! A Cypher script, <https://opencypher.org/resources/>, that fills a graph database: `cypher-shell -f FILE.cypher`. One statement
//! a line; nodes are `:Actor`, relationships `:NAMED_WITH`, from the end that stands first to the other.

use std::io::{self, Write};

use super::{
    Format, Notes, Options,
    columns::{self, Cell},
    whole,
};
use crate::Network;

pub(super) const FORMAT: Format = Format::one(
    "cypher",
    &["cypher", "cql"],
    "script for Neo4j, Memgraph and the like; without evidence, method, aliases, days",
    &[whole(write)],
);

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let columns = columns::of_actors(network);
    for (actor, row) in network.graph.node_weights().zip(&columns.rows) {
        write!(out, "CREATE (:Actor {{id: {}, name: {}", quoted(&actor.id), quoted(&actor.name))?;
        for (_, name, cell) in columns.cells(row) {
            write!(out, ", {name}: {}", value(cell))?;
        }
        writeln!(out, "}});")?;
    }
    let columns = columns::of_edges(network);
    for ((a, b, edge), row) in network.edges().zip(&columns.rows) {
        let ends = (quoted(&a.id), quoted(&b.id));
        write!(out, "MATCH (a:Actor {{id: {}}}), (b:Actor {{id: {}}}) ", ends.0, ends.1)?;
        write!(out, "CREATE (a)-[:NAMED_WITH {{weight: {}", edge.weight)?;
        for (_, name, cell) in columns.cells(row) {
            write!(out, ", {name}: {}", value(cell))?;
        }
        writeln!(out, "}}]->(b);")?;
    }
    Ok(Notes::new())
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => quoted(text),
        Cell::Whole(count) => count.to_string(),
        // Always with a point, so that it stays a number with fraction.
        Cell::Real(number) => format!("{number:?}"),
        Cell::Day(day) => format!("date('{day}')"),
    }
}

/// `text` between single quotes; line ends and other control characters as escapes, so that a statement stays on its line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                quoted.extend(format!("\\u{:04x}", u32::from(c)).chars());
            }
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}

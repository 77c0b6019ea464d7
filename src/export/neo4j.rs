//! CSV for `neo4j-admin database import`, <https://neo4j.com/docs/operations-manual/current/import/>: a file of nodes and one of
//! relationships. Names with line ends need `--multiline-fields=true` there.

use std::io::{self, Write};

use ::csv::Writer;

use super::{
    Format, Notes, Options, Part,
    columns::{self, Cell, Kind},
};
use crate::Network;

pub(super) const FORMAT: Format = Format {
    name: "neo4j",
    endings: &[],
    about: "CSV for neo4j-admin import: NAME.nodes.csv, NAME.edges.csv; without evidence, method, aliases, days",
    parts: &[Part { name: "nodes", write: nodes }, Part { name: "edges", write: edges }],
};

fn nodes(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let columns = columns::of_actors(network);
    let mut sheet = Writer::from_writer(out);
    let head = columns.head.iter().map(typed);
    row(&mut sheet, ["id:ID", "name"].map(str::to_owned).into_iter().chain(head), ":LABEL")?;
    for (actor, cells) in network.graph.node_weights().zip(&columns.rows) {
        row(
            &mut sheet,
            [actor.id.clone(), actor.name.clone()].into_iter().chain(cells.iter().map(Option::as_ref).map(words)),
            "Actor",
        )?;
    }
    sheet.flush()?;
    Ok(Notes::new())
}

fn edges(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let columns = columns::of_edges(network);
    let mut sheet = Writer::from_writer(out);
    let head = columns.head.iter().map(typed);
    row(&mut sheet, [":START_ID", ":END_ID", "weight:long"].map(str::to_owned).into_iter().chain(head), ":TYPE")?;
    for ((a, b, edge), cells) in network.edges().zip(&columns.rows) {
        let ends = [a.id.clone(), b.id.clone(), edge.weight.to_string()];
        row(&mut sheet, ends.into_iter().chain(cells.iter().map(Option::as_ref).map(words)), "NAMED_WITH")?;
    }
    sheet.flush()?;
    Ok(Notes::new())
}

fn row(sheet: &mut Writer<&mut dyn Write>, cells: impl Iterator<Item = String>, last: &str) -> io::Result<()> {
    let cells: Vec<String> = cells.chain([last.to_owned()]).collect();
    sheet.write_record(cells).map_err(io::Error::other)
}

fn typed((name, kind): &(String, Kind)) -> String {
    match kind {
        Kind::Text => name.clone(),
        Kind::Whole => format!("{name}:long"),
        Kind::Real => format!("{name}:double"),
        Kind::Day => format!("{name}:date"),
    }
}

fn words(cell: Option<&Cell>) -> String {
    cell.map(Cell::to_string).unwrap_or_default()
}

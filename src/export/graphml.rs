//! GraphML, <http://graphml.graphdrawing.org/specification.html>, for igraph, networkx, yEd, Gephi and visone.

use std::io::{self, Write};

use super::{
    Format, Notes, Options,
    columns::{self, Columns, Kind},
    whole,
    xml::Words,
};
use crate::Network;

pub(super) const FORMAT: Format = Format::one(
    "graphml",
    &["graphml"],
    "igraph, yEd, visone; without evidence, method, aliases, days",
    &[whole(write)],
);

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let mut words = Words::default();
    let (actors, edges) = (columns::of_actors(network), columns::of_edges(network));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    key("label", "node", "label", Kind::Text, out)?;
    key("identifier", "node", "identifier", Kind::Text, out)?;
    key("weight", "edge", "weight", Kind::Whole, out)?;
    head(&actors, "node", out)?;
    head(&edges, "edge", out)?;
    writeln!(out, "  <graph id=\"sociogram\" edgedefault=\"undirected\">")?;
    for (index, (actor, row)) in network.graph.node_weights().zip(&actors.rows).enumerate() {
        writeln!(out, "    <node id=\"n{index}\">")?;
        data("label", &words.escaped(&actor.name), out)?;
        data("identifier", &words.escaped(&actor.id), out)?;
        for (column, _, cell) in actors.cells(row) {
            data(&format!("node{column}"), &words.escaped(&cell.to_string()), out)?;
        }
        writeln!(out, "    </node>")?;
    }
    let rows = columns::ends(network).zip(network.graph.edge_weights()).zip(&edges.rows);
    for (index, (((source, target), edge), row)) in rows.enumerate() {
        writeln!(out, "    <edge id=\"e{index}\" source=\"n{source}\" target=\"n{target}\">")?;
        data("weight", &edge.weight.to_string(), out)?;
        for (column, _, cell) in edges.cells(row) {
            data(&format!("edge{column}"), &words.escaped(&cell.to_string()), out)?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    Ok([words.notes(), columns::weightless(network)].concat())
}

fn head(columns: &Columns, class: &str, out: &mut dyn Write) -> io::Result<()> {
    for (index, (name, kind)) in columns.head.iter().enumerate() {
        key(&format!("{class}{index}"), class, name, *kind, out)?;
    }
    Ok(())
}

fn key(id: &str, class: &str, name: &str, kind: Kind, out: &mut dyn Write) -> io::Result<()> {
    let kind = match kind {
        Kind::Text | Kind::Day => "string",
        Kind::Whole => "long",
        Kind::Real => "double",
    };
    writeln!(out, "  <key id=\"{id}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")
}

fn data(key: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "      <data key=\"{key}\">{value}</data>")
}

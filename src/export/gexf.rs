//! GEXF 1.3, <https://gexf.net/schema.html>, for Gephi; with sizes by mentions, and colours where there are communities.

use std::io::{self, Write};

use super::{
    Format, Notes, Options,
    columns::{self, Cell, Columns, Kind},
    whole,
    xml::Words,
};
use crate::{Network, measure::real};

pub(super) const FORMAT: Format =
    Format::one("gexf", &["gexf"], "Gephi (GEXF 1.3); without evidence, method, aliases, days", &[whole(write)]);

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let mut words = Words::default();
    let (actors, edges) = (columns::of_actors(network), columns::of_edges(network));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
    let creator = words.escaped(&format!("{} {}", network.method.program, network.method.version));
    writeln!(out, "  <meta>\n    <creator>{creator}</creator>\n  </meta>")?;
    writeln!(out, "  <graph mode=\"static\" defaultedgetype=\"undirected\">")?;
    head(&actors, "node", "<attribute id=\"identifier\" title=\"identifier\" type=\"string\"/>", out)?;
    head(&edges, "edge", "", out)?;
    nodes(network, &actors, &mut words, out)?;
    links(network, &edges, &mut words, out)?;
    writeln!(out, "  </graph>\n</gexf>")?;
    Ok([words.notes(), columns::weightless(network)].concat())
}

fn head(columns: &Columns, class: &str, first: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
    if !first.is_empty() {
        writeln!(out, "      {first}")?;
    }
    for (index, (name, kind)) in columns.head.iter().enumerate() {
        let kind = match kind {
            Kind::Text | Kind::Day => "string",
            Kind::Whole => "long",
            Kind::Real => "double",
        };
        writeln!(out, "      <attribute id=\"{index}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "    </attributes>")
}

fn nodes(network: &Network, columns: &Columns, words: &mut Words, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <nodes>")?;
    let most = network.graph.node_weights().map(|it| it.mentions).max().unwrap_or(0).max(1);
    for (index, (actor, row)) in network.graph.node_weights().zip(&columns.rows).enumerate() {
        writeln!(out, "      <node id=\"n{index}\" label=\"{}\">", words.escaped(&actor.name))?;
        let id = words.escaped(&actor.id);
        writeln!(out, "        <attvalues>\n          <attvalue for=\"identifier\" value=\"{id}\"/>")?;
        values(columns, row, words, out)?;
        writeln!(out, "        </attvalues>")?;
        writeln!(out, "        <viz:size value=\"{:.2}\"/>", 10.0 + 40.0 * (real(actor.mentions) / real(most)).sqrt())?;
        if let Some([r, g, b]) = actor.community.map(columns::colour) {
            writeln!(out, "        <viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>")?;
        }
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>")
}

fn links(network: &Network, columns: &Columns, words: &mut Words, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <edges>")?;
    let edges = columns::ends(network).zip(network.graph.edge_weights()).zip(&columns.rows);
    for (index, (((source, target), edge), row)) in edges.enumerate() {
        let weight = edge.weight;
        writeln!(out, "      <edge id=\"e{index}\" source=\"n{source}\" target=\"n{target}\" weight=\"{weight}\">")?;
        writeln!(out, "        <attvalues>")?;
        values(columns, row, words, out)?;
        writeln!(out, "        </attvalues>\n      </edge>")?;
    }
    writeln!(out, "    </edges>")
}

fn values(columns: &Columns, row: &[Option<Cell>], words: &mut Words, out: &mut dyn Write) -> io::Result<()> {
    for (index, _, cell) in columns.cells(row) {
        let value = words.escaped(&cell.to_string());
        writeln!(out, "          <attvalue for=\"{index}\" value=\"{value}\"/>")?;
    }
    Ok(())
}

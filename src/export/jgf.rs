//! JSON Graph Format 2.1, <https://jsongraphformat.info/>.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Format, Notes, Options, columns, whole};
use crate::Network;

pub(super) const FORMAT: Format = Format::one(
    "jgf",
    &["jgf"],
    "JSON Graph Format 2.1; with method, without evidence, aliases, days",
    &[whole(write)],
);

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let page = json!({
        "graph": {
            "directed": false,
            "type": "named together",
            "label": "sociogram",
            "metadata": { "method": network.method },
            "nodes": nodes(network),
            "edges": edges(network),
        }
    });
    serde_json::to_writer_pretty(&mut *out, &page)?;
    writeln!(out)?;
    Ok(Notes::new())
}

fn nodes(network: &Network) -> Map<String, Value> {
    let columns = columns::of_actors(network);
    let rows = network.graph.node_weights().zip(&columns.rows);
    rows.map(|(actor, row)| (actor.id.clone(), json!({ "label": actor.name, "metadata": columns.object(row) })))
        .collect()
}

fn edges(network: &Network) -> Vec<Value> {
    let columns = columns::of_edges(network);
    let rows = network.edges().zip(&columns.rows);
    rows.map(|((a, b, edge), row)| {
        let mut metadata = columns.object(row);
        metadata.insert("weight".into(), edge.weight.into());
        json!({ "source": a.id, "target": b.id, "relation": "named with", "directed": false, "metadata": metadata })
    })
    .collect()
}

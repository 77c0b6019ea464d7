//! JSON of Cytoscape and Cytoscape.js, <https://js.cytoscape.org/#notation/elements-json>; networkx's `cytoscape_graph` loads it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Format, Notes, Options, columns, whole};
use crate::Network;

pub(super) const FORMAT: Format = Format::one(
    "cyjs",
    &["cyjs"],
    "Cytoscape and Cytoscape.js; without evidence, method, aliases, days",
    &[whole(write)],
);

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let page = json!({
        "format_version": "1.0",
        "generated_by": "sociogram",
        "target_cytoscapejs_version": "~3",
        "directed": false,
        "multigraph": false,
        "data": { "name": "sociogram" },
        "elements": { "nodes": nodes(network), "edges": edges(network) },
    });
    serde_json::to_writer_pretty(&mut *out, &page)?;
    writeln!(out)?;
    Ok(Notes::new())
}

fn nodes(network: &Network) -> Vec<Value> {
    let columns = columns::of_actors(network);
    let rows = network.graph.node_weights().zip(&columns.rows).enumerate();
    rows.map(|(index, (actor, row))| {
        let mut data = columns.object(row);
        let id = format!("n{index}");
        // networkx names its nodes by `value`.
        data.extend([
            ("id".into(), id.clone().into()),
            ("value".into(), id.into()),
            ("name".into(), actor.name.clone().into()),
            ("identifier".into(), actor.id.clone().into()),
        ]);
        json!({ "data": data })
    })
    .collect()
}

fn edges(network: &Network) -> Vec<Value> {
    let columns = columns::of_edges(network);
    let rows = columns::ends(network).zip(network.graph.edge_weights()).zip(&columns.rows).enumerate();
    rows.map(|(index, (((source, target), edge), row))| {
        let mut data = columns.object(row);
        data.extend([
            ("id".into(), format!("e{index}").into()),
            ("source".into(), format!("n{source}").into()),
            ("target".into(), format!("n{target}").into()),
            ("weight".into(), edge.weight.into()),
        ]);
        json!({ "data": data })
    })
    .collect()
}

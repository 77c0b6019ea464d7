//! JSON for D3's force layouts, <https://d3js.org/d3-force/link>: the JSON of [`super::json`] with `links` for `edges`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Notes, Options, json::pretty, whole};
use crate::{
    Network,
    network::{Actor, Link, Method, NodeLink},
};

pub(super) const FORMAT: Format =
    Format::one("d3", &[], "node-link JSON with `links`, complete; d3-force loads it", &[whole(write)]);

#[derive(Serialize)]
struct Page<'n> {
    method: Method,
    nodes: Vec<Actor>,
    links: Vec<Link<'n>>,
}

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let NodeLink { method, nodes, edges, .. } = NodeLink::from(network);
    pretty(&Page { method, nodes, links: edges }, out)
}

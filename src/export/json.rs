//! JSON: node-link data with the evidence and the method, see [`NodeLink`]; the one format that is complete.

use std::io::{self, BufWriter, Write};

use super::{Format, Notes, Options, whole};
use serde::Serialize;

use crate::{Error, Network, Place, compare::Comparison, network::NodeLink, timeline::Timeline};

pub(super) const FORMAT: Format = Format::one(
    "json",
    &["json"],
    "node-link JSON with evidence and method, complete; networkx loads it",
    &[whole(write)],
);

pub(super) const COMPARED: Format<Comparison> = Format::one(
    "json",
    &["json"],
    "node-link JSON with the sentences of both sides, complete",
    &[whole(|comparison, _, out| pretty(comparison, out))],
);

pub(super) const TIMED: Format<Timeline> = Format::one(
    "json",
    &["json"],
    "node-link JSON with bins, complete",
    &[whole(|timeline, _, out| pretty(timeline, out))],
);

/// Writes it over lines, with a line end behind it.
pub(super) fn pretty<T: Serialize>(product: &T, out: &mut dyn Write) -> io::Result<Notes> {
    // Each word and mark comes by itself.
    let mut out = BufWriter::with_capacity(BUFFER, out);
    serde_json::to_writer_pretty(&mut out, product)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Notes::new())
}

/// Bytes that are written at a time.
const BUFFER: usize = 64 << 10;

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    pretty(&NodeLink::from(network), out)
}

/// The network in the content of a JSON file that was written here; `path` is for messages.
///
/// # Errors
/// [`Error::Network`] with file and line for anything else.
pub fn read(path: &str, content: &[u8]) -> Result<Network, Error> {
    let wrong = |line, reason| Error::Network { place: Place { path: path.to_owned(), line, byte: None }, reason };
    if content.trim_ascii_start().first() != Some(&b'{') {
        return Err(wrong(None, "not a network; `build -o FILE.json` writes one".to_owned()));
    }
    let data: NodeLink = serde_json::from_slice(content).map_err(|error| {
        let reason = format!("not a network in sociogram's JSON: {error}; `build -o FILE.json` writes one");
        wrong(u64::try_from(error.line()).ok().filter(|line| *line > 0), reason)
    })?;
    Network::try_from(data).map_err(|reason| wrong(None, reason))
}

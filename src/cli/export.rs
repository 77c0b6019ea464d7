//! A saved network in another format, measured or filtered.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{
    READ, kept,
    kept::Output,
    many, read_network, say,
    shaping::Shaping,
    table,
    writing::{Writing, arrow, files},
};

#[derive(Args)]
pub(super) struct Export {
    /// A network that `build -o FILE.json` wrote, or - for standard input
    network: PathBuf,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten)]
    shaping: Shaping,
}

impl Export {
    pub(super) fn run(&self) -> Result<u8> {
        let targets = self.writing.targets()?;
        kept::check(&Output::all(files(&targets), None), || vec![self.network.clone()])?;
        let mut network = read_network(&self.network)?;
        let mut notes = self.shaping.apply(&mut network)?;
        notes.extend(self.writing.write(&network, &targets, self.shaping.seed, table::write)?);
        for note in &notes {
            say(note);
        }
        let to = arrow(&targets);
        let (actors, edges) = (network.graph.node_count(), network.graph.edge_count());
        say(&format!("{}, {}{to}", many(actors, "actor"), many(edges, "edge")));
        Ok(READ)
    }
}

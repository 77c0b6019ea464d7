//! A saved network in another format, measured or filtered.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{
    READ, many, read_network, say,
    shaping::Shaping,
    writing::{Target, Writing},
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
        let mut network = read_network(&self.network)?;
        let mut notes = self.shaping.apply(&mut network)?;
        notes.extend(self.writing.write(&network, &targets, self.shaping.seed)?);
        for note in &notes {
            say(note);
        }
        let files: Vec<String> = targets.iter().flat_map(Target::files).map(|it| it.display().to_string()).collect();
        let to = if files.is_empty() { String::new() } else { format!(" -> {}", files.join(", ")) };
        let (actors, edges) = (network.graph.node_count(), network.graph.edge_count());
        say(&format!("{}, {}{to}", many(actors, "actor"), many(edges, "edge")));
        Ok(READ)
    }
}

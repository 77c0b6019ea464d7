//! What is written, where, and in which format.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use sociogram::{
    Network,
    export::{self, Format, Options},
};

use super::{Usage, output, table};

/// Where the network goes.
#[derive(Args)]
pub(super) struct Writing {
    /// Write the network to FILE, in the format that its ending says; may be given several times
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Write the network to standard output (or, with one -o, to that file) in this format
    #[arg(short, long, value_name = "FORMAT", value_parser = format, long_help = formats())]
    format: Option<Format>,
    /// CSV: leave cells that a spreadsheet would run as formulas as they are
    #[arg(long)]
    csv_raw: bool,
    /// Pictures: the line above
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// A file to write, or standard output, and the format.
pub(super) struct Target {
    path: Option<PathBuf>,
    format: Format,
}

impl Writing {
    /// What is to be written, checked before anything is read.
    pub(super) fn targets(&self) -> Result<Vec<Target>> {
        let targets = match (self.output.as_slice(), self.format) {
            ([], None) => Vec::new(),
            ([], Some(format)) => vec![Target { path: None, format }],
            ([path], Some(format)) => vec![Target { path: Some(path.clone()), format }],
            (_, Some(_)) => {
                bail!(Usage("--format goes with one -o at most; several take theirs from their endings".into()))
            }
            (paths, None) => paths.iter().map(|path| target(path)).collect::<Result<_>>()?,
        };
        targets.iter().try_for_each(Target::check)?;
        Ok(targets)
    }

    /// Writes `network` to all targets; without one, its strongest edges as a table. What is to be said of it.
    pub(super) fn write(&self, network: &Network, targets: &[Target], seed: u64) -> Result<Vec<String>> {
        let options = Options { raw_cells: self.csv_raw, title: self.title.clone(), seed };
        let mut notes = Vec::new();
        for target in targets {
            notes.extend(target.write(network, &options)?);
        }
        if targets.is_empty() {
            output::write(None, |out| table::write(network, out))?;
        }
        Ok(notes)
    }
}

impl Target {
    /// The files that are written; none for standard output.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let Some(path) = &self.path else { return Vec::new() };
        self.format.parts.iter().map(|part| part_of(path, part.name)).collect()
    }

    fn check(&self) -> Result<()> {
        let stdout = self.path.as_ref().is_none_or(|path| path.as_os_str() == "-");
        if stdout && self.format.parts.len() > 1 {
            let name = self.format.name;
            bail!(Usage(format!("{name} is {} files: say -o NAME.{name}", self.format.parts.len())));
        }
        let folder = self.path.as_deref().and_then(Path::parent).filter(|it| !it.as_os_str().is_empty());
        if let (Some(folder), Some(path)) = (folder.filter(|it| !it.is_dir()), &self.path) {
            bail!(Usage(format!("no folder `{}` to write `{}` into", folder.display(), path.display())));
        }
        Ok(())
    }

    fn write(&self, network: &Network, options: &Options) -> Result<Vec<String>> {
        let mut said = Vec::new();
        for part in self.format.parts {
            let path = self.path.as_ref().map(|path| part_of(path, part.name));
            let mut notes = Vec::new();
            output::write(path.as_deref(), |out| {
                notes = (part.write)(network, options, out)?;
                Ok(())
            })?;
            let place = path.map_or_else(|| self.format.name.to_owned(), |path| path.display().to_string());
            said.extend(notes.iter().map(|note| format!("note: {place}: {note}")));
        }
        Ok(said)
    }
}

/// `NAME.part.ending`; the path itself where the format is one file.
fn part_of(path: &Path, part: &str) -> PathBuf {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or("csv");
    if part.is_empty() { path.to_owned() } else { path.with_extension(format!("{part}.{ending}")) }
}

fn target(path: &Path) -> Result<Target> {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let format = export::format_named(ending).ok_or_else(|| {
        anyhow!(Usage(format!("unknown format of `{}`; known: {}; or say --format", path.display(), export::known())))
    })?;
    Ok(Target { path: Some(path.to_owned()), format })
}

fn format(name: &str) -> Result<Format, String> {
    export::format_named(name).ok_or_else(|| format!("known: {}", export::known()))
}

fn formats() -> String {
    let lines = export::FORMATS.iter().map(|it| format!("\n- {}: {}", it.name, it.about));
    format!(
        "Write the network to standard output (or, with one -o, to that file) in this format:{}",
        lines.collect::<String>()
    )
}

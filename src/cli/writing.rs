//! What is written, where, and in which format.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use sociogram::{
    Network,
    export::{self, Format, Options, Product},
};

use super::{Usage, output};

/// Where the product goes.
#[derive(Args)]
pub(super) struct Writing<T: Product = Network> {
    /// Write to FILE, in the format that its ending says; may be given several times
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Write to standard output (or, with one -o, to that file) in this format
    #[arg(short, long, value_name = "FORMAT", value_parser = format::<T>, long_help = formats::<T>())]
    format: Option<Format<T>>,
    /// CSV: leave cells that a spreadsheet would run as formulas as they are
    #[arg(long)]
    csv_raw: bool,
    /// Pictures: the line above
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// A file to write, or standard output, and the format.
pub(super) struct Target<T: Product = Network> {
    path: Option<PathBuf>,
    format: Format<T>,
}

/// Writes a product for a terminal.
pub(super) type Table<T> = fn(&T, &mut dyn Write) -> io::Result<()>;

impl<T: Product> Writing<T> {
    /// What is to be written, checked before anything is read.
    pub(super) fn targets(&self) -> Result<Vec<Target<T>>> {
        let targets = match (self.output.as_slice(), self.format) {
            ([], None) => Vec::new(),
            ([], Some(format)) => vec![Target { path: None, format }],
            ([path], Some(format)) => vec![named(path, format)?],
            (_, Some(_)) => {
                bail!(Usage("--format goes with one -o at most; several take theirs from their endings".into()))
            }
            (paths, None) => paths.iter().map(|path| target(path)).collect::<Result<_>>()?,
        };
        targets.iter().try_for_each(Target::check)?;
        Ok(targets)
    }

    /// Writes `product` to all targets; without one, as a `table`. What is to be said of it.
    pub(super) fn write(&self, product: &T, targets: &[Target<T>], seed: u64, table: Table<T>) -> Result<Vec<String>> {
        let options = Options { raw_cells: self.csv_raw, title: self.title.clone(), seed };
        let mut notes = Vec::new();
        for target in targets {
            notes.extend(target.write(product, &options)?);
        }
        if targets.is_empty() {
            output::write(None, |out| table(product, out))?;
        }
        Ok(notes)
    }
}

impl<T: Product> Target<T> {
    /// The files that are written; none for standard output.
    fn files(&self) -> Vec<PathBuf> {
        let Some(path) = &self.path else { return Vec::new() };
        self.format.parts.iter().map(|part| part_of(path, part.name, ending(self.format))).collect()
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

    fn write(&self, product: &T, options: &Options) -> Result<Vec<String>> {
        let mut said = Vec::new();
        for part in self.format.parts {
            let path = self.path.as_ref().map(|path| part_of(path, part.name, ending(self.format)));
            let mut notes = Vec::new();
            output::write(path.as_deref(), |out| {
                notes = (part.write)(product, options, out)?;
                Ok(())
            })?;
            let place = path.map_or_else(|| self.format.name.to_owned(), |path| path.display().to_string());
            said.extend(notes.iter().map(|note| format!("note: {place}: {note}")));
        }
        Ok(said)
    }
}

/// The ending of the files of a format, where it is several.
fn ending<T: Product>(format: Format<T>) -> &'static str {
    format.endings.first().copied().unwrap_or("csv")
}

/// A file whose format is said: what is one file may have any name; what is several goes by the ending.
fn named<T: Product>(path: &Path, format: Format<T>) -> Result<Target<T>> {
    let ends = path.extension().is_none_or(|it| it.eq_ignore_ascii_case(ending(format)));
    if format.parts.len() > 1 && path.as_os_str() != "-" && !ends {
        let (shown, name) = (path.display(), path.with_extension(ending(format)));
        let parts: Vec<&str> = format.parts.iter().map(|part| part.name).collect();
        bail!(Usage(format!(
            "`{shown}` is no name for {}, which is several files ({}); name it {}",
            format.name,
            parts.join(", "),
            name.display()
        )));
    }
    Ok(Target { path: Some(path.to_owned()), format })
}

/// `NAME.part.ending`; the path itself where the format is one file.
fn part_of(path: &Path, part: &str, usual: &str) -> PathBuf {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or(usual);
    if part.is_empty() { path.to_owned() } else { path.with_extension(format!("{part}.{ending}")) }
}

fn target<T: Product>(path: &Path) -> Result<Target<T>> {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let format = export::format_named(ending).ok_or_else(|| {
        let known = export::known::<T>();
        anyhow!(Usage(format!("unknown format of `{}`; known: {known}; or say --format", path.display())))
    })?;
    Ok(Target { path: Some(path.to_owned()), format })
}

/// The files that are written.
pub(super) fn files<T: Product>(targets: &[Target<T>]) -> Vec<PathBuf> {
    targets.iter().flat_map(Target::files).collect()
}

/// The names of the files, behind an arrow; nothing where none is written.
pub(super) fn arrow<T: Product>(targets: &[Target<T>]) -> String {
    let files: Vec<String> = files(targets).iter().map(|it| it.display().to_string()).collect();
    if files.is_empty() { String::new() } else { format!(" -> {}", files.join(", ")) }
}

fn format<T: Product>(name: &str) -> Result<Format<T>, String> {
    export::format_named(name).ok_or_else(|| format!("known: {}", export::known::<T>()))
}

fn formats<T: Product>() -> String {
    let lines = T::FORMATS.iter().map(|it| format!("\n- {}: {}", it.name, it.about));
    format!("Write to standard output (or, with one -o, to that file) in this format:{}", lines.collect::<String>())
}

//! One run in parts: on several machines, or day by day.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use sociogram::{
    error::Status,
    partial::{Part, Partials, Writer},
    pipeline,
    tally::Need,
};

use super::{
    Evidence, How, PARTIAL, READ, Reading, Usage, evidence, output, say,
    shaping::{Shaping, needs_named},
    write_network, write_report,
    writing::Writing,
};

#[derive(Args)]
pub(super) struct Partial {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    how: How,
    /// The measures that the merged network may be asked for, by name and with commas between, or all
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = needs_named)]
    measures: Vec<BTreeSet<Need>>,
    /// Write the part to FILE.parquet
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Args)]
pub(super) struct Merge {
    /// Files that `sociogram partial` wrote, in whatever order
    #[arg(required = true, value_name = "PARTIAL")]
    partials: Vec<PathBuf>,
    #[command(flatten)]
    writing: Writing,
    /// How many sentences each edge keeps as evidence: all, or a number
    #[arg(long, value_name = "N", default_value = "all", value_parser = evidence)]
    evidence: Evidence,
    #[command(flatten)]
    shaping: Shaping,
    /// Write what was found, read, skipped and refused to FILE (JSON)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Say nothing but errors; the exit code says how it went
    #[arg(short, long)]
    quiet: bool,
}

/// What a part held, in numbers.
#[derive(Default)]
struct Held {
    read: u64,
    refused: u64,
    others: u64,
}

impl Held {
    fn count(&mut self, part: &Part) {
        let (status, incidents) = match part {
            Part::File(_) => return,
            Part::Passed(incident) => (None, std::slice::from_ref(incident)),
            Part::Article(counted) => (counted.status, counted.incidents.as_slice()),
        };
        match incidents.iter().map(|incident| incident.status).max().max(status) {
            Some(Status::Read) => self.read += 1,
            Some(Status::Refused) => self.refused += 1,
            Some(Status::Skipped | Status::Duplicate) => self.others += 1,
            Some(Status::Noted) | None => (),
        }
    }
}

impl Partial {
    pub(super) fn run(&self) -> Result<u8> {
        check(&self.output)?;
        let needs = self.measures.iter().flatten().copied().collect();
        let pipeline = self.reading.pipeline(self.how.counting(None, needs), false)?;
        let items = self.reading.items(true);
        let mut held = Held::default();
        output::write(Some(&self.output), |out| {
            let mut writer = Writer::new(&pipeline.head(), out)?;
            let mut failed = None;
            let worked = self.reading.on_threads(|| {
                pipeline.parts(items, |parts| {
                    parts.iter().for_each(|part| held.count(part));
                    failed = writer.write(parts).err();
                    failed.is_none()
                });
            });
            worked.map_err(io::Error::other)?;
            if let Some(error) = failed {
                return Err(error);
            }
            if held.read == 0 {
                return Err(io::Error::other("no article could be read"));
            }
            writer.finish()
        })?;
        if !self.reading.quiet {
            let Held { read, refused, others } = held;
            let more = if others > 0 { format!(", {others} skipped or duplicate") } else { String::new() };
            let refused = if refused > 0 { format!(", {refused} refused") } else { String::new() };
            say(&format!("{read} articles read{more}{refused} -> {}; merge it with its like", self.output.display()));
        }
        Ok(if held.refused > 0 { PARTIAL } else { READ })
    }
}

fn check(path: &Path) -> Result<()> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("parquet")) {
        bail!(Usage(format!("`{}` does not end in .parquet; partials are written as Parquet", path.display())));
    }
    Ok(())
}

impl Merge {
    pub(super) fn run(&self) -> Result<u8> {
        let targets = self.writing.targets()?;
        let partials = Partials::open(&self.partials)?;
        let missing: Vec<Need> =
            self.shaping.needs_asked().difference(&partials.head.counting.needs).copied().collect();
        if !missing.is_empty() {
            bail!(anyhow!(Usage(
                "the partials do not hold what these measures need; write them with --measures".into()
            )));
        }
        let (network, report) = pipeline::merge(&partials.head, self.evidence.0, |each| partials.read(each))?;
        write_report(self.report.as_deref(), &report)?;
        write_network(network, &report, (&self.writing, &targets), &self.shaping, self.quiet)
    }
}

//! One run in parts: on several machines, or day by day.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use sociogram::{
    Pipeline, Report,
    partial::{Partials, Writer},
    pipeline,
    tally::Need,
};

use super::{
    Evidence, How, Reading, Usage, books, check_read, evidence, exit_code, kept,
    kept::Output,
    output, say, say_records,
    shaping::{Shaping, needs_named},
    write_network, write_report,
    writing::{Writing, files},
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
    /// Say nothing but errors: no notes, progress and summary. What is written stays, and without -o the table; the exit code says
    /// how it went
    #[arg(short, long)]
    quiet: bool,
}

impl Partial {
    pub(super) fn run(&self) -> Result<u8> {
        check(&self.output)?;
        self.reading.check(vec![self.output.clone()])?;
        let needs = self.measures.iter().flatten().copied().collect();
        let pipeline = self.reading.pipeline(self.how.counting(None, needs), false)?;
        let mut done = Ok(Report::default());
        let written = output::write(Some(&self.output), |out| {
            let mut writer = Writer::new(&pipeline.head(), out)?;
            done = self.fill(&pipeline, &mut writer);
            // The file is left as it was; the error itself comes from what was done.
            done.as_ref().map_err(|error| io::Error::other(error.to_string()))?;
            writer.finish()
        });
        let report = done?;
        written?;
        if !self.reading.quiet {
            say(&format!("{} -> {}; merge it with its like", books(&report), self.output.display()));
        }
        Ok(exit_code(&report))
    }

    /// Writes what each input counts; what was read.
    fn fill(&self, pipeline: &Pipeline, writer: &mut Writer) -> Result<Report> {
        let mut failed = None;
        let (written, report) = self.reading.run(true, |items| {
            let report = pipeline.parts(items, |parts| {
                failed = writer.write(parts).err();
                failed.is_none()
            });
            (failed.map_or(Ok(()), Err), report)
        })?;
        written.with_context(|| format!("cannot write {}", self.output.display()))?;
        // What was read and refused is a part of the run, too.
        if report.digests.is_empty() {
            check_read(&report)?;
        }
        Ok(report)
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
        kept::check(&Output::all(files(&targets), self.report.as_deref()), || self.partials.clone())?;
        let partials = Partials::open(&self.partials)?;
        let missing: Vec<Need> =
            self.shaping.needs_asked().difference(&partials.head.counting.needs).copied().collect();
        if !missing.is_empty() {
            bail!(anyhow!(Usage(
                "the partials do not hold what these measures need; write them with --measures".into()
            )));
        }
        let merge = || pipeline::merge(&partials.head, self.evidence.0, |each| partials.read(each));
        let (network, report) = pipeline::on_threads(0, merge).context("cannot start the threads")??;
        write_report(self.report.as_deref(), &report)?;
        if !self.quiet {
            say_records(&report);
        }
        write_network(network, &report, (&self.writing, &targets), &self.shaping, self.quiet)
    }
}

//! A network bin by bin.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use anyhow::{Result, bail};
use clap::Args;
use sociogram::{
    network::Period,
    timeline::{self, By, Course, Timeline},
};

use super::{
    many, say,
    table::{ROWS, aligned, one_line},
    taking::Taking,
    writing::{Writing, arrow, files},
};

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Time {
    #[command(flatten)]
    taking: Taking,
    /// How time is cut: day, week (from Monday), month, quarter, year
    #[arg(long, value_name = "UNIT", default_value = "month", help_heading = "Time")]
    by: By,
    /// Instead of calendar units: windows of so many days, as in 30d, the first from the first day
    #[arg(long, value_name = "DAYS", value_parser = days, conflicts_with = "by", help_heading = "Time")]
    window: Option<u64>,
    /// How many days after the last each window begins; as many as it has where this is not said
    #[arg(long, value_name = "DAYS", value_parser = days, requires = "window", help_heading = "Time")]
    step: Option<u64>,
    /// Look at this period only, as in 2025-01..2025-06
    #[arg(long, value_name = "PERIOD", help_heading = "Time")]
    period: Option<Period>,
    /// Where chance begins in communities and pictures: the same gives the same
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Time")]
    seed: u64,
    #[command(flatten)]
    writing: Writing<Timeline>,
}

const EXAMPLES: &str = "\
Examples:
  sociogram timeline network.json --by month
  sociogram timeline articles/ -a people.toml --by week -o weeks.json -o weeks.svg -o weeks.gexf
  sociogram timeline network.json --window 30d --step 7d -o windows.csv

Bins are right-open and kept when they are empty. Rates are shares of the stories of a bin. What is undated is in no bin.";

/// A number of days, as in `30d`.
fn days(text: &str) -> Result<u64, String> {
    let number = text.strip_suffix('d').unwrap_or(text).parse().ok().filter(|days| (1..=36_525).contains(days));
    number.ok_or_else(|| "known: a number of days, as in 30d, from 1d to 36525d".to_owned())
}

impl Time {
    pub(super) fn run(&self, said: &[String]) -> Result<u8> {
        let targets = self.writing.targets()?;
        self.taking.check(files(&targets))?;
        let by = self.window.map_or(self.by, |days| By::Window { days, step: self.step.unwrap_or(days) });
        let (mut network, code) = self.taking.network(said)?;
        if let Some(period) = self.period {
            let (undated, span) = (network.undated().articles, network.span());
            network = network.within(period);
            if let (None, Some((first, last))) = (network.span(), span) {
                bail!("no article is dated `{period}`; dated ones are from {first} to {last}");
            }
            if undated > 0 && !self.taking.reading.quiet {
                say(&format!(
                    "{} without a day left out",
                    many(usize::try_from(undated).unwrap_or(usize::MAX), "article")
                ));
            }
        }
        let timeline = timeline::timeline(&network, by, self.seed)?;
        let notes = self.writing.write(&timeline, &targets, self.seed, table)?;
        if !self.taking.reading.quiet {
            for line in notes.iter().chain(&summary(&timeline, &arrow(&targets))) {
                say(line);
            }
        }
        Ok(code)
    }
}

fn table(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let names: BTreeMap<&str, &str> = timeline.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect();
    let name = |id: &str| one_line(names.get(id).copied().unwrap_or(id));
    let rows: Vec<Vec<String>> = timeline
        .bins
        .iter()
        .map(|bin| {
            let strongest =
                bin.edges.iter().max_by_key(|it| (it.counts.weight, std::cmp::Reverse((&it.source, &it.target))));
            let strongest = strongest.map_or_else(String::new, |it| {
                format!("{} - {} ({})", name(&it.source), name(&it.target), it.counts.weight)
            });
            let counts = [bin.volume.stories, bin.volume.sentences, bin.actors.len() as u64, bin.edges.len() as u64];
            let counts = counts.map(|count| count.to_string());
            std::iter::once(timeline.method.cut.label(bin.start)).chain(counts).chain([strongest]).collect()
        })
        .collect();
    let read = if timeline.method.of == "story" { "stories" } else { "articles" };
    let head = ["from", read, "sentences", "actors", "edges", "strongest edge"];
    // The last bins are the news.
    let hidden = rows.len().saturating_sub(2 * ROWS);
    aligned(&head, rows.get(hidden..).unwrap_or_default(), 5, out)?;
    if hidden > 0 {
        writeln!(out, "... and {hidden} bins before; -o FILE.json keeps them all")?;
    }
    let edges = timeline.edges.iter().map(|it| (format!("{} - {}", name(&it.source), name(&it.target)), &it.course));
    let actors = timeline.actors.iter().map(|it| (one_line(&it.name), &it.course));
    let changes: Vec<Vec<String>> = edges.chain(actors).flat_map(|(name, course)| changes(&name, course)).collect();
    if !changes.is_empty() {
        writeln!(out)?;
        aligned(
            &["what", "when", "of what was read", "who"],
            changes.get(..changes.len().min(ROWS)).unwrap_or_default(),
            0,
            out,
        )?;
    }
    if changes.len() > ROWS {
        writeln!(out, "... and {} more; -o FILE.json keeps them all", changes.len() - ROWS)?;
    }
    Ok(())
}

fn changes(name: &str, course: &Course) -> Vec<Vec<String>> {
    let row = |what: &str, when: String, rate: String| vec![what.to_owned(), when, rate, name.to_owned()];
    let bursts = course.bursts.iter().map(|it| {
        let last = it.end.pred_opt().unwrap_or(it.end);
        row("burst", format!("{} to {last}", it.start), String::new())
    });
    let changes = course.changes.iter().map(|it| {
        row("change", it.day.to_string(), format!("{:.1} % to {:.1} %", 100.0 * it.before, 100.0 * it.after))
    });
    bursts.chain(changes).collect()
}

fn summary(timeline: &Timeline, files: &str) -> Vec<String> {
    let method = &timeline.method;
    let counted = |count: u64| match (method.of, count) {
        ("story", 1) => "1 story".to_owned(),
        ("story", count) => format!("{count} stories"),
        (_, count) => many(usize::try_from(count).unwrap_or(usize::MAX), "article"),
    };
    let bins = many(timeline.bins.len(), "bin");
    let mut lines = vec![format!("{} in {bins} by {}{files}", counted(method.dated), method.by)];
    if method.undated > 0 {
        lines.push(format!("{} without a day in no bin", counted(method.undated)));
    }
    if method.bursts.is_none() {
        lines.push("windows overlap: no bursts and change points, which need bins that share no articles".to_owned());
    }
    lines
}

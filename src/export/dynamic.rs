//! Dynamic GEXF 1.3, <https://gexf.net/schema.html>, for Gephi's timeline: spells in which an actor or an edge is there, and its
//! counts bin by bin. Days are inclusive, as GEXF has them.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use chrono::{Days, NaiveDate};

use super::{Format, Notes, Options, whole, xml::Words};
use crate::timeline::Timeline;

pub(super) const TIMED: Format<Timeline> =
    Format::one("gexf", &["gexf"], "Gephi, with a timeline (dynamic GEXF 1.3)", &[whole(write)]);

/// Counts by bin, in order.
type Counts = Vec<(usize, Vec<u64>)>;

/// What is counted of actors, and what of edges.
const OF_ACTORS: [&str; 3] = ["mentions", "articles", "strength"];
const OF_EDGES: [&str; 2] = ["weight_then", "articles"];

fn write(timeline: &Timeline, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let mut words = Words::default();
    let days = days(timeline);
    let (start, end) = (days.first().map(|it| it.0), days.last().map(|it| it.1));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    let creator = words.escaped(&format!("{} {}", timeline.method.program, timeline.method.version));
    writeln!(out, "  <meta>\n    <creator>{creator}</creator>\n  </meta>")?;
    write!(
        out,
        "  <graph mode=\"dynamic\" defaultedgetype=\"undirected\" timeformat=\"date\" timerepresentation=\"interval\""
    )?;
    writeln!(out, "{}>", start.zip(end).map_or_else(String::new, interval))?;
    writeln!(out, "    <attributes class=\"node\" mode=\"static\">")?;
    writeln!(out, "      <attribute id=\"identifier\" title=\"identifier\" type=\"string\"/>\n    </attributes>")?;
    head("node", &OF_ACTORS, out)?;
    head("edge", &OF_EDGES, out)?;
    nodes(timeline, &days, &mut words, out)?;
    edges(timeline, &days, out)?;
    writeln!(out, "  </graph>\n</gexf>")?;
    Ok(words.notes())
}

fn interval((start, end): (NaiveDate, NaiveDate)) -> String {
    format!(" start=\"{start}\" end=\"{end}\"")
}

/// The first and last day on which each bin is shown: where windows overlap, until the next begins.
fn days(timeline: &Timeline) -> Vec<(NaiveDate, NaiveDate)> {
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap_or(day);
    let next = timeline.bins.iter().skip(1).map(|bin| Some(bin.start)).chain([None]);
    timeline
        .bins
        .iter()
        .zip(next)
        .map(|(bin, next)| (bin.start, before(next.map_or(bin.end, |it| it.min(bin.end)))))
        .collect()
}

fn head(class: &str, names: &[&str], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\" mode=\"dynamic\">")?;
    for name in names {
        // Gephi takes the weight of an edge from an attribute of this title; networkx takes one with this id as static.
        let title = if *name == "weight_then" { "Weight" } else { name };
        writeln!(out, "      <attribute id=\"{name}\" title=\"{title}\" type=\"double\"/>")?;
    }
    writeln!(out, "    </attributes>")
}

fn nodes(
    timeline: &Timeline,
    days: &[(NaiveDate, NaiveDate)],
    words: &mut Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for (index, bin) in timeline.bins.iter().enumerate() {
        for actor in &bin.actors {
            let numbers = vec![actor.counts.mentions, actor.counts.articles, actor.strength];
            counts.entry(&actor.id).or_default().push((index, numbers));
        }
    }
    writeln!(out, "    <nodes>")?;
    for (index, actor) in timeline.actors.iter().enumerate() {
        let counts = counts.get(actor.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        writeln!(out, "      <node id=\"n{index}\" label=\"{}\">", words.escaped(&actor.name))?;
        writeln!(
            out,
            "        <attvalues>\n          <attvalue for=\"identifier\" value=\"{}\"/>",
            words.escaped(&actor.id)
        )?;
        over_time(counts, &OF_ACTORS, days, out)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>")
}

fn edges(timeline: &Timeline, days: &[(NaiveDate, NaiveDate)], out: &mut dyn Write) -> io::Result<()> {
    let numbers: BTreeMap<&str, usize> =
        timeline.actors.iter().enumerate().map(|(index, it)| (it.id.as_str(), index)).collect();
    let mut counts: BTreeMap<(&str, &str), Counts> = BTreeMap::new();
    for (index, bin) in timeline.bins.iter().enumerate() {
        for edge in &bin.edges {
            let of_bin = vec![edge.counts.weight, edge.counts.articles];
            counts.entry((&edge.source, &edge.target)).or_default().push((index, of_bin));
        }
    }
    writeln!(out, "    <edges>")?;
    for (index, edge) in timeline.edges.iter().enumerate() {
        let ends = (edge.source.as_str(), edge.target.as_str());
        let (Some(source), Some(target)) = (numbers.get(ends.0), numbers.get(ends.1)) else { continue };
        let weight = edge.weight;
        writeln!(out, "      <edge id=\"e{index}\" source=\"n{source}\" target=\"n{target}\" weight=\"{weight}\">")?;
        writeln!(out, "        <attvalues>")?;
        over_time(counts.get(&ends).map(Vec::as_slice).unwrap_or_default(), &OF_EDGES, days, out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>")
}

/// The counts of each bin, the end of the attributes, and the spells.
fn over_time(
    counts: &[(usize, Vec<u64>)],
    names: &[&str],
    days: &[(NaiveDate, NaiveDate)],
    out: &mut dyn Write,
) -> io::Result<()> {
    for (bin, numbers) in counts {
        let Some(days) = days.get(*bin) else { continue };
        for (name, number) in names.iter().zip(numbers) {
            writeln!(out, "          <attvalue for=\"{name}\" value=\"{number}\"{}/>", interval(*days))?;
        }
    }
    writeln!(out, "        </attvalues>\n        <spells>")?;
    for spell in spells(counts.iter().map(|(bin, _)| *bin), days) {
        writeln!(out, "          <spell{}/>", interval(spell))?;
    }
    writeln!(out, "        </spells>")
}

/// Bins that follow one another are one spell.
fn spells(bins: impl Iterator<Item = usize>, days: &[(NaiveDate, NaiveDate)]) -> Vec<(NaiveDate, NaiveDate)> {
    let mut spells: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (start, end) in bins.filter_map(|bin| days.get(bin).copied()) {
        match spells.last_mut() {
            Some(last) if last.1.checked_add_days(Days::new(1)) >= Some(start) => last.1 = end,
            _ => spells.push((start, end)),
        }
    }
    spells
}

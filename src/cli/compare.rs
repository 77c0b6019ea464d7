//! What changed between two networks, periods or outlets.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use anyhow::{Result, bail};
use clap::Args;
use sociogram::{
    compare::{self, Change, Comparison, EdgeChange, How, Tested},
    network::Period,
};

use super::{
    READ, Usage, many, output, read_network, say,
    table::{ROWS, aligned, one_line},
    taking::Taking,
    why::{Style, paragraph},
    writing::{Table, Writing, arrow, files},
};

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Compare {
    #[command(flatten)]
    taking: Taking,
    /// The first side: a period (2025-11-01..2025-11-30, 2025-11, ..2025-10) or outlet=NAME
    #[arg(long, value_name = "SIDE", requires = "b", value_parser = side, help_heading = "Comparing")]
    a: Option<Side>,
    /// The second side
    #[arg(long, value_name = "SIDE", requires = "a", value_parser = side, help_heading = "Comparing")]
    b: Option<Side>,
    /// Print the sentences of all established changes, or of the edge between two actors
    #[arg(long, value_name = "ONE,OTHER", num_args = 0..=1, require_equals = true, default_missing_value = "", help_heading = "Comparing")]
    why: Option<String>,
    /// Deal the articles out to the sides anew N times, for a p of weights
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Comparing")]
    permutations: u32,
    /// Where chance begins in permutations and pictures: the same gives the same
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Comparing")]
    seed: u64,
    #[command(flatten)]
    writing: Writing<Comparison>,
}

const EXAMPLES: &str = "\
Examples:
  sociogram compare spring.json autumn.json
  sociogram compare network.json --a ..2025-06 --b 2025-07.. -o changes.svg -o changes.json
  sociogram compare articles/ -a people.toml --a outlet=Gazette --b outlet=Tribune
  sociogram compare network.json --a 2025-05 --b 2025-06 --why=Trump,Putin

A change is established where its q is 0.05 or less; steady is what was neither doubled nor halved, as surely. What fewer than 5 \
stories name is too thin to be tested. -a FILE is a roster, --a the first side.";

/// A part of one input.
#[derive(Clone, Debug)]
enum Side {
    In(Period),
    By(String),
}

fn side(text: &str) -> Result<Side, String> {
    match text.split_once('=') {
        Some(("outlet", name)) if !name.trim().is_empty() => Ok(Side::By(name.trim().to_owned())),
        Some(_) => Err("known: outlet=NAME, or a period, as in 2025-11-01..2025-11-30".to_owned()),
        None => text.parse().map(Side::In),
    }
}

impl Compare {
    pub(super) fn run(&self, said: &[String]) -> Result<u8> {
        let targets = self.writing.targets()?;
        self.taking.check(files(&targets))?;
        let (comparison, code) = self.comparison(said)?;
        if let Some(edge) = &self.why {
            let style = Style::of_output();
            let edges = chosen(&comparison, edge)?;
            if edges.is_empty() && !self.taking.reading.quiet {
                say("no change of an edge is established; --why=ONE,OTHER prints the sentences of any");
            }
            output::write(None, |out| edges.into_iter().try_for_each(|edge| sentences(&comparison, edge, style, out)))?;
        }
        // The sentences stand in its place.
        let table: Table<Comparison> = if self.why.is_some() { |_, _| Ok(()) } else { table };
        let notes = self.writing.write(&comparison, &targets, self.seed, table)?;
        if !self.taking.reading.quiet {
            for line in notes.iter().chain(&summary(&comparison, &arrow(&targets))) {
                say(line);
            }
        }
        Ok(code)
    }

    fn comparison(&self, said: &[String]) -> Result<(Comparison, u8)> {
        let how = How { permutations: self.permutations, seed: self.seed };
        match (&self.a, &self.b) {
            (Some(Side::In(a)), Some(Side::In(b))) => {
                let (network, code) = self.taking.network(said)?;
                Ok((compare::periods(&network, (*a, *b), how)?, code))
            }
            (Some(Side::By(a)), Some(Side::By(b))) => self.outlets((a, b), how, said),
            (Some(_), Some(_)) => bail!(Usage("--a and --b are both periods or both outlets".into())),
            _ => Ok((self.networks(how)?, READ)),
        }
    }

    fn networks(&self, how: How) -> Result<Comparison> {
        let Some([a, b]) = self.taking.pair() else {
            bail!(Usage(
                "compare takes two saved networks; or --a and --b with articles, or with one saved network".into()
            ));
        };
        let (one, other) = (read_network(a)?, read_network(b)?);
        Ok(compare::compare((&a.display().to_string(), &one), (&b.display().to_string(), &other), how)?)
    }

    fn outlets(&self, outlets: (&str, &str), how: How, said: &[String]) -> Result<(Comparison, u8)> {
        if self.taking.saved(said)?.is_some() {
            bail!(Usage(
                "a saved network keeps counts by day, not by outlet; give the articles, or periods to --a and --b"
                    .into()
            ));
        }
        if outlets.0 == outlets.1 {
            bail!(Usage(format!("--a and --b are both outlet={}; name two", outlets.0)));
        }
        let (networks, code) = self.taking.counted(|pipeline, items| pipeline.build_by_outlet(outlets, items))?;
        let [one, other] = &networks.sides;
        for (name, network) in [(outlets.0, one), (outlets.1, other)] {
            if network.method.volume.stories == 0 {
                let known: Vec<String> = networks.outlets.iter().take(ROWS).cloned().collect();
                let known = if known.is_empty() { "none is said".to_owned() } else { known.join(", ") };
                bail!("no article is of the outlet `{name}`; there are: {known}");
            }
        }
        Ok((compare::compare((outlets.0, one), (outlets.1, other), how)?, code))
    }
}

/// The column of the table that permutations fill.
const PERMUTED: usize = 6;

/// What changed, the surest first, and then what did not.
fn ordered<T>(all: &[T], tested: fn(&T) -> &Tested) -> Vec<&T> {
    let mut all: Vec<&T> = all.iter().collect();
    all.sort_by(|a, b| {
        let (a, b) = (tested(a), tested(b));
        let sure = |it: &Tested| !it.change.is_established();
        sure(a).cmp(&sure(b)).then(a.p.total_cmp(&b.p)).then((b.a_count + b.b_count).cmp(&(a.a_count + a.b_count)))
    });
    all
}

fn table(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let names = names(comparison);
    let name = |id: &str| one_line(names.get(id).copied().unwrap_or(id));
    let edges: Vec<Vec<String>> = ordered(&comparison.edges, |it| &it.tested)
        .into_iter()
        .map(|edge| row(&edge.tested, [name(&edge.source), name(&edge.target)]))
        .collect();
    part(("actor", "with"), "edges", &edges, out)?;
    let actors: Vec<Vec<String>> = ordered(&comparison.actors, |it| &it.tested)
        .into_iter()
        .map(|actor| row(&actor.tested, [one_line(&actor.name), String::new()]))
        .collect();
    if !edges.is_empty() && !actors.is_empty() {
        writeln!(out)?;
    }
    part(("actor", ""), "actors", &actors, out)
}

fn part((one, other): (&str, &str), what: &str, rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let head = ["first", "second", "ratio", "95 %", "p", "q", "p of weight", "change", one, other];
    // Empty where articles were not dealt out anew.
    let kept = |column: &usize| {
        *column != PERMUTED || rows.iter().any(|row| row.get(PERMUTED).is_some_and(|it| !it.is_empty()))
    };
    let columns: Vec<usize> = (0..head.len()).filter(kept).collect();
    let head: Vec<&str> = columns.iter().filter_map(|column| head.get(*column).copied()).collect();
    let of_row = |row: &Vec<String>| columns.iter().filter_map(|column| row.get(*column).cloned()).collect();
    let right = head.iter().take_while(|it| **it != "change").count();
    let shown: Vec<Vec<String>> = rows.iter().take(ROWS).map(of_row).collect();
    aligned(&head, &shown, right, out)?;
    if rows.len() > ROWS {
        writeln!(out, "... and {} more {what}; -o FILE.json keeps them all", rows.len() - ROWS)?;
    }
    Ok(())
}

fn row(tested: &Tested, names: [String; 2]) -> Vec<String> {
    let Tested { change, a_count, a_of, b_count, b_of, ratio, low, high, p, q, p_permuted, .. } = *tested;
    let ratio = if ratio.is_finite() { format!("{ratio:.2}") } else { "-".to_owned() };
    let cells = [
        format!("{a_count} of {a_of}"),
        format!("{b_count} of {b_of}"),
        ratio,
        format!("{low:.2} to {high:.2}"),
        chance(p),
        q.map_or_else(|| "thin".to_owned(), chance),
        p_permuted.map_or_else(String::new, chance),
        change.name().to_owned(),
    ];
    cells.into_iter().chain(names).collect()
}

fn chance(p: f64) -> String {
    if p < 0.0001 { "<.0001".to_owned() } else { format!("{p:.4}") }
}

fn names(comparison: &Comparison) -> BTreeMap<&str, &str> {
    comparison.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect()
}

/// The edges whose sentences are asked for.
fn chosen<'a>(comparison: &'a Comparison, words: &str) -> Result<Vec<&'a EdgeChange>> {
    let edges = ordered(&comparison.edges, |it| &it.tested);
    if words.is_empty() {
        return Ok(edges.into_iter().filter(|it| it.tested.change.is_established()).collect());
    }
    let Some((one, other)) = words.split_once(',') else {
        bail!(Usage(format!("--why={words} names one actor; name two, with a comma between")));
    };
    let (one, other) = (find(comparison, one)?, find(comparison, other)?);
    let fits = |edge: &&EdgeChange| [(&one, &other), (&other, &one)].contains(&(&edge.source, &edge.target));
    let Some(edge) = edges.into_iter().find(fits) else { bail!("neither side names {one} and {other} together") };
    Ok(vec![edge])
}

/// The identifier of an actor by identifier, name or last name.
fn find(comparison: &Comparison, name: &str) -> Result<String> {
    let wanted = name.trim().to_lowercase();
    let last = |name: &str| name.split_whitespace().next_back().map(str::to_lowercase);
    let rules: [&dyn Fn(&compare::ActorChange) -> bool; 2] =
        [&|it| it.id == name.trim() || it.name.to_lowercase() == wanted, &|it| {
            last(&it.name).is_some_and(|it| it == wanted)
        }];
    for rule in rules {
        let fits: Vec<&compare::ActorChange> = comparison.actors.iter().filter(|it| rule(it)).collect();
        match fits.as_slice() {
            [] => (),
            [one] => return Ok(one.id.clone()),
            several => {
                let names: Vec<&str> = several.iter().map(|it| it.name.as_str()).collect();
                bail!("which actor is `{name}`? there are: {}", names.join(", "));
            }
        }
    }
    bail!("no actor `{name}` on either side; the table names them all")
}

/// What became of an edge, and the sentences of both sides.
fn sentences(comparison: &Comparison, edge: &EdgeChange, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let names = names(comparison);
    let name = |id: &str| one_line(names.get(id).copied().unwrap_or(id));
    let Tested { change, low, high, p, q, .. } = edge.tested;
    let q = q.map_or_else(|| "too thin to be tested".to_owned(), |q| format!("q {}", chance(q)));
    writeln!(
        out,
        "{} - {}: {change} (ratio {low:.2} to {high:.2}, p {}, {q})",
        name(&edge.source),
        name(&edge.target),
        chance(p)
    )?;
    let (a, b) = edge.tested.shares();
    for (side, share, evidence) in [(&comparison.a, a, &edge.a_evidence), (&comparison.b, b, &edge.b_evidence)] {
        let articles = if comparison.method.of == "story" { "stories" } else { "articles" };
        writeln!(out, "\n{}: {} of {} {articles}", output::printable(&side.name), share.count, share.of)?;
        evidence.iter().try_for_each(|shown| write!(out, "\n{}", paragraph(shown, style)))?;
    }
    writeln!(out)
}

/// How much there was on both sides, and how much of it changed.
fn summary(comparison: &Comparison, files: &str) -> Vec<String> {
    let method = &comparison.method;
    let counted = |count: u64| match (method.of, count) {
        ("story", 1) => "1 story".to_owned(),
        ("story", count) => format!("{count} stories"),
        (_, count) => many(usize::try_from(count).unwrap_or(usize::MAX), "article"),
    };
    let (a, b) = (&comparison.a, &comparison.b);
    let mut lines = vec![format!("{}: {}; {}: {}{files}", a.name, counted(a.of), b.name, counted(b.of))];
    let edges: Vec<Change> = comparison.edges.iter().map(|it| it.tested.change).collect();
    let actors: Vec<Change> = comparison.actors.iter().map(|it| it.tested.change).collect();
    lines.push(told("edges", &edges, method.tested_edges));
    lines.push(told("actors", &actors, method.tested_actors));
    if method.undated > 0 {
        lines.push(format!("{} without a day on neither side", counted(method.undated)));
    }
    if !method.not_sought.is_empty() {
        lines.push(format!("left out, as only one side looked for them: {}", method.not_sought.join(", ")));
    }
    lines
}

fn told(what: &str, changes: &[Change], tested: u64) -> String {
    let count = |change: Change| changes.iter().filter(|it| **it == change).count();
    let parts = Change::ALL.iter().filter(|it| count(**it) > 0);
    let parts: Vec<String> = parts.map(|it| format!("{} {}", count(*it), it.name().replace('-', " "))).collect();
    let parts = if parts.is_empty() { "none".to_owned() } else { parts.join(", ") };
    let thin = changes.len() as u64 - tested.min(changes.len() as u64);
    let thin = if thin > 0 { format!(" ({thin} too thin to be tested)") } else { String::new() };
    format!("{what}: {parts}{thin}")
}

//! The sentences behind an edge.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use sociogram::{
    Network, Span,
    network::{Actor, Edge, Shown},
};

use super::{READ, is_terminal, output, read_network};

#[derive(Args)]
pub(super) struct Why {
    /// A network that `build -o FILE.json` wrote, or - for standard input
    network: PathBuf,
    /// An actor: name, alias, identifier or last name
    #[arg(value_name = "ACTOR")]
    one: String,
    /// The other actor
    #[arg(value_name = "ACTOR")]
    other: String,
}

impl Why {
    pub(super) fn run(&self) -> Result<u8> {
        let network = read_network(&self.network)?;
        let (a, b) = (find(&network, &self.one)?, find(&network, &self.other)?);
        let (Some(one), Some(other)) = (network.graph.node_weight(a), network.graph.node_weight(b)) else {
            bail!("the network is damaged");
        };
        if a == b {
            bail!("`{}` and `{}` are both {}; name two actors", self.one, self.other, one.name);
        }
        let Some(edge) = network.between(a, b) else {
            bail!("no {} names {} and {} together", network.method.unit, one.name, other.name);
        };
        let style = Style::of_output();
        output::write(None, |out| {
            writeln!(out, "{}", heading(one, other, edge, &network.method.unit))?;
            edge.evidence.iter().try_for_each(|shown| write!(out, "\n{}", paragraph(shown, style)))
        })?;
        Ok(READ)
    }
}

fn find(network: &Network, name: &str) -> Result<petgraph::graph::NodeIndex> {
    network.find(name).or_else(|near| match (network.graph.node_count(), near.as_slice()) {
        (0, _) => bail!("no actor `{name}`: the network has no actors"),
        (_, []) => bail!("no actor `{name}` in the network, and none is spelt like it"),
        (_, near) => bail!("which actor is `{name}`? the network has: {}", near.join(", ")),
    })
}

fn heading(one: &Actor, other: &Actor, edge: &Edge, unit: &str) -> String {
    let many = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let units = match unit {
        "sentence" | "paragraph" => many(edge.weight, unit),
        "article" => String::new(),
        _ => format!("weight {} ({unit})", edge.weight),
    };
    let counts = [units, many(edge.articles, "article")].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
    let kept = edge.evidence.len() as u64;
    let kept = if kept < edge.weight { format!("; {kept} kept as evidence") } else { String::new() };
    output::printable(&format!("{} - {}: {}{kept}", one.name, other.name, counts.join(", ")))
}

#[derive(Clone, Copy)]
pub(super) enum Style {
    Terminal,
    Plain,
}

impl Style {
    /// As standard output has it.
    pub(super) fn of_output() -> Self {
        if is_terminal() { Self::Terminal } else { Self::Plain }
    }

    fn marked(self, words: &str) -> String {
        match self {
            Self::Terminal => format!("\u{1b}[1m{words}\u{1b}[0m"),
            Self::Plain => format!("[{words}]"),
        }
    }
}

/// Where it stands, and the words on one line with the names marked.
pub(super) fn paragraph(shown: &Shown, style: Style) -> String {
    let day = shown.published.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let line = shown.line.map_or_else(String::new, |line| format!(":{line}"));
    let outlet = shown.outlet.as_ref().map_or_else(String::new, |outlet| format!("  {outlet}"));
    let place = format!("{day}{outlet}  {}{line} [{}-{}]", shown.path, shown.start, shown.end);
    format!("{}\n  {}\n", output::printable(&place), marked(shown, style))
}

fn marked(shown: &Shown, style: Style) -> String {
    let one_line = |text: &str| output::printable(text).replace(['\n', '\r'], " ");
    let (mut words, mut done) = (String::new(), 0);
    for mark in &shown.marks {
        let span = Span { start: mark.start.saturating_sub(shown.start), end: mark.end.saturating_sub(shown.start) };
        let before = Span { start: done, end: span.start }.of(&shown.text);
        if span.start < done || span.of(&shown.text).is_empty() {
            continue;
        }
        words.push_str(&one_line(before));
        words.push_str(&style.marked(&one_line(span.of(&shown.text))));
        done = span.end;
    }
    words.push_str(&one_line(Span { start: done, end: shown.text.len() }.of(&shown.text)));
    words
}

//! Graphviz DOT, <https://graphviz.org/doc/info/lang.html>: `neato -Tsvg FILE.dot` draws it as it is.

use std::io::{self, Write};

use super::{Format, Notes, Options, columns::ends, whole};
use crate::{
    Network,
    network::{Actor, Edge},
};

pub(super) const FORMAT: Format = Format::one("dot", &["dot", "gv"], "Graphviz", &[whole(write)]);

/// The longest text that goes into an attribute, in characters: Graphviz stops at 16,384 bytes.
const LONGEST: usize = 2000;
/// The longest tooltip, in characters.
const TOOLTIP: usize = 300;

const HEAD: &str = r##"graph sociogram {
  graph [layout=neato, overlap=prism, overlap_scaling=4, sep="+12", splines=true, outputorder=edgesfirst, bgcolor="white", pad=0.3];
  node [shape=circle, style=filled, fillcolor="#dfe9f3", color="#35597d", fontname="Helvetica,Arial,sans-serif", fontcolor="#16283a", margin=0.04];
  edge [color="#6b7f9480", fontname="Helvetica,Arial,sans-serif", fontsize=10, fontcolor="#4a5a6a"];
"##;

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    out.write_all(HEAD.as_bytes())?;
    let most = network.graph.node_weights().map(|actor| actor.mentions).max().unwrap_or(0);
    for (index, actor) in network.graph.node_weights().enumerate() {
        writeln!(out, "  n{index} {};", node(actor, most))?;
    }
    let strongest = network.graph.edge_weights().map(|edge| edge.weight).max().unwrap_or(0);
    for ((source, target), (a, b, edge)) in ends(network).zip(network.edges()) {
        writeln!(out, "  n{source} -- n{target} {};", link(a, b, edge, strongest))?;
    }
    writeln!(out, "}}")?;
    Ok(Notes::new())
}

/// The area of the circle is by mentions; a long name makes it wider.
fn node(actor: &Actor, most: u64) -> String {
    let share = share(actor.mentions, most);
    let counts = format!(
        "{}: {} mentions, {} sentences, {} articles",
        actor.name, actor.mentions, actor.sentences, actor.articles
    );
    format!(
        "[label={}, width={:.2}, fontsize={:.0}, tooltip={}]",
        quoted(&stacked(&actor.name), LONGEST),
        0.5 + 1.0 * share.sqrt(),
        11.0 + 7.0 * share.sqrt(),
        quoted(&counts, TOOLTIP)
    )
}

/// The line's width is by weight, and strong ties are short.
fn link(a: &Actor, b: &Actor, edge: &Edge, strongest: u64) -> String {
    let share = share(edge.weight, strongest);
    let first = edge.evidence.first().map_or("", |shown| shown.text.as_str());
    let tooltip = quoted(&format!("{} and {}, {}: {first}", a.name, b.name, edge.weight), TOOLTIP);
    format!(
        "[weight={}, label=\"{}\", penwidth={:.2}, len={:.2}, tooltip={tooltip}, labeltooltip={tooltip}]",
        edge.weight,
        edge.weight,
        1.0 + 7.0 * share,
        3.2 - 1.2 * share
    )
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs no more than 52 bits")]
fn share(count: u64, most: u64) -> f64 {
    if most == 0 { 0.0 } else { count as f64 / most as f64 }
}

/// A name of several words on two lines, so that its circle stays small.
fn stacked(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((given, last)) => format!("{given}\n{last}"),
        None => name.to_owned(),
    }
}

/// `text` as a double-quoted string that Graphviz shows as it is: backslashes, quotes and ampersands (which start entities)
/// escaped, control characters replaced, at most `longest` characters.
fn quoted(text: &str, longest: usize) -> String {
    let mut quoted = String::from("\"");
    for (index, c) in text.chars().enumerate() {
        if index == longest {
            quoted.push('…');
            break;
        }
        match c {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '&' => quoted.push_str("&amp;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => quoted.push('\u{fffd}'),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_cannot_leave_their_quotes() {
        assert_eq!(quoted("a\"b\\", 9), r#""a\"b\\""#);
        assert_eq!(quoted("x & y\u{1b}[1m", 99), "\"x &amp; y\u{fffd}[1m\"");
        assert_eq!(quoted("abcdef", 3), "\"abc…\"");
    }
}

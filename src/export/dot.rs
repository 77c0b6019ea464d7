//! Graphviz DOT, <https://graphviz.org/doc/info/lang.html>: `dot -Tsvg FILE.dot` draws it as it is. A name is the label, its spaces
//! or line ends.

use std::io::{self, Write};

use petgraph::graph::NodeIndex;

use super::{Format, Notes, Options, columns::ends, lines, whole};
use crate::{
    Network,
    network::{Actor, Edge},
};

pub(super) const FORMAT: Format = Format::one(
    "dot",
    &["dot", "gv"],
    "Graphviz: a drawing with names, weights and tooltips; no other columns",
    &[whole(write)],
);

/// The longest text that goes into an attribute, in characters: Graphviz stops at 16,384 bytes.
const LONGEST: usize = 2000;
/// The longest tooltip, in characters.
const TOOLTIP: usize = 300;

/// The characters after which a name is broken, where there is a space: in the circle there is little room.
const LINE: usize = 10;
/// With more edges than so many, their weights are not written beside them.
const NUMBERED: usize = 40;
/// With more actors or edges than so many, `neato` takes minutes and `sfdp` seconds.
const MANY: usize = 150;

const NODES: &str = r##"  node [shape=circle, fixedsize=shape, style=filled, fillcolor="#dfe9f3", color="#8fa9c2", fontname="Helvetica,Arial,sans-serif", fontcolor="#16283a"];
  edge [color="#6b7f9480", fontname="Helvetica,Arial,sans-serif", fontsize=10, fontcolor="#4a5a6a"];
"##;

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let largest = Largest::of(network);
    let (layout, lines) =
        if largest.edges.max(network.graph.node_count()) > MANY { ("sfdp", "line") } else { ("neato", "true") };
    writeln!(out, "graph sociogram {{")?;
    writeln!(out, "  // As it says: dot -Tsvg FILE. Otherwise: dot -Glayout=sfdp -Tsvg FILE (or circo, fdp, twopi).")?;
    writeln!(
        out,
        "  graph [layout={layout}, overlap=prism, overlap_scaling=4, sep=\"+8\", splines={lines}, outputorder=edgesfirst, bgcolor=\"white\", pad=0.3];"
    )?;
    out.write_all(NODES.as_bytes())?;
    let alone = |node: NodeIndex| network.graph.neighbors(node).next().is_none();
    let apart = network.graph.node_indices().filter(|node| alone(*node)).count();
    if apart > 0 {
        writeln!(
            out,
            "  // {apart} of {} actors have no edge: grey words. Left out: sociogram export --min-weight 1.",
            network.graph.node_count()
        )?;
    }
    for (index, actor) in network.graph.node_indices().zip(network.graph.node_weights()) {
        writeln!(out, "  n{} {};", index.index(), node(actor, &largest, alone(index)))?;
    }
    for ((source, target), (a, b, edge)) in ends(network).zip(network.edges()) {
        writeln!(out, "  n{source} -- n{target} {};", link(a, b, edge, &largest))?;
    }
    writeln!(out, "}}")?;
    Ok(Notes::new())
}

/// What sizes are measured by.
struct Largest {
    mentions: u64,
    weight: u64,
    edges: usize,
}

impl Largest {
    fn of(network: &Network) -> Self {
        Self {
            mentions: network.graph.node_weights().map(|actor| actor.mentions).max().unwrap_or(0),
            weight: network.graph.edge_weights().map(|edge| edge.weight).max().unwrap_or(0),
            edges: network.graph.edge_count(),
        }
    }
}

/// The area of the circle is by mentions, whatever the length of the name; who is named with nobody has no circle.
fn node(actor: &Actor, largest: &Largest, alone: bool) -> String {
    let share = share(actor.mentions, largest.mentions);
    let counts = format!(
        "{}: {} mentions, {} sentences, {} articles",
        actor.name, actor.mentions, actor.sentences, actor.articles
    );
    let (label, tooltip) = (quoted(&lines::of(&actor.name, LINE).join("\n"), LONGEST), quoted(&counts, TOOLTIP));
    if alone {
        return format!(
            "[label={label}, shape=plaintext, fixedsize=false, style=solid, fontsize=9, fontcolor=\"#5a6a7a\", tooltip={tooltip}]"
        );
    }
    let (width, size) = (0.15 + 1.1 * share.sqrt(), 11.0 + 7.0 * share.sqrt());
    format!("[label={label}, width={width:.2}, fontsize={size:.0}, tooltip={tooltip}]")
}

/// The line's width is by weight, and strong ties are short; what rests on pronouns alone is dashed, their number in parentheses.
fn link(a: &Actor, b: &Actor, edge: &Edge, largest: &Largest) -> String {
    let share = share(edge.weight, largest.weight);
    let (number, style) = match edge.weight {
        0 => (format!("({})", edge.pronouns), ", style=dashed"),
        weight => (weight.to_string(), ""),
    };
    let first = edge.evidence.first().map_or("", |shown| shown.text.as_str());
    let tooltip = quoted(&format!("{} and {}, {number}: {first}", a.name, b.name), TOOLTIP);
    let label =
        if largest.edges > NUMBERED { String::new() } else { format!(", label=\"{number}\", labeltooltip={tooltip}") };
    format!(
        "[weight={}{label}, penwidth={:.2}, len={:.2}{style}, tooltip={tooltip}]",
        edge.weight,
        1.0 + 7.0 * share,
        3.2 - 1.2 * share
    )
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs no more than 52 bits")]
fn share(count: u64, most: u64) -> f64 {
    if most == 0 { 0.0 } else { count as f64 / most as f64 }
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

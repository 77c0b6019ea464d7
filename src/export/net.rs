//! Pajek's `.net`, <http://mrvar.fdv.uni-lj.si/pajek/pajekman.pdf>. It holds names and weights only, and knows no way to write a
//! quote in a name.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::{Format, Notes, Options, columns, whole};
use crate::Network;

pub(super) const FORMAT: Format =
    Format::one("net", &["net", "paj"], "Pajek: names and weights only, quotes in names are lost", &[whole(write)]);

fn write(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let (mut taken, mut changed) = (BTreeSet::new(), 0);
    writeln!(out, "*Vertices {}", network.graph.node_count())?;
    for (index, actor) in network.graph.node_weights().enumerate() {
        let label = label(&actor.name, &mut taken);
        changed += usize::from(label != actor.name);
        writeln!(out, "{} \"{label}\"", index + 1)?;
    }
    writeln!(out, "*Edges")?;
    for ((source, target), edge) in columns::ends(network).zip(network.graph.edge_weights()) {
        writeln!(out, "{} {} {}", source + 1, target + 1, edge.weight)?;
    }
    let mut notes = vec!["Pajek's format holds names and weights only; all other columns are left out".to_owned()];
    if changed > 0 {
        notes.push(format!("{changed} names had quotes, backslashes, line ends or a double, and were changed"));
    }
    Ok(notes)
}

/// The name on one line and without what would end it, and unlike all before.
fn label(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
        c => c,
    };
    let name: String = name.chars().map(plain).collect();
    let mut label = name.clone();
    let mut number = 2;
    while !taken.insert(label.clone()) {
        label = format!("{name} ({number})");
        number += 1;
    }
    label
}

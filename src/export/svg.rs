//! SVG 1.1, <https://www.w3.org/TR/SVG11/>: the picture, without Graphviz.

use std::io::{self, Write};

use super::{Format, Notes, Options, picture, whole};
use crate::Network;

pub(super) const FORMAT: Format =
    Format::one("svg", &["svg"], "picture, drawn here; over 150 edges the backbone of it", &[whole(write)]);

fn write(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let picture = picture::of(network, options);
    out.write_all(picture.svg.as_bytes())?;
    Ok([picture.notes, picture.words.notes()].concat())
}

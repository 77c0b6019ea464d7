//! SVG 1.1, <https://www.w3.org/TR/SVG11/>: the picture, without Graphviz.

use std::io::{self, Write};

use super::{Format, Notes, Options, Part, picture, picture::Picture, whole};
use crate::{Network, compare::Comparison, timeline::Timeline};

pub(super) const FORMAT: Format =
    Format::one("svg", &["svg"], "picture, drawn here; over 150 edges the backbone of it", &[whole(write)]);

pub(super) const COMPARED: Format<Comparison> = Format::one(
    "svg",
    &["svg"],
    "picture of what changed, drawn here",
    &[whole(|comparison, options, out| draw(picture::compared(comparison, options), out))],
);

pub(super) const TIMED: Format<Timeline> = Format {
    name: "svg",
    endings: &["svg"],
    about: "pictures: NAME.heatmap.svg (edges), NAME.networks.svg (bin by bin), NAME.ranks.svg (actors)",
    parts: &[
        Part { name: "heatmap", write: |timeline, options, out| draw(picture::heatmap(timeline, options), out) },
        Part { name: "networks", write: |timeline, options, out| draw(picture::multiples(timeline, options), out) },
        Part { name: "ranks", write: |timeline, options, out| draw(picture::ranks(timeline, options), out) },
    ],
};

fn write(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    draw(picture::of(network, options), out)
}

fn draw(picture: Picture, out: &mut dyn Write) -> io::Result<Notes> {
    out.write_all(picture.svg.as_bytes())?;
    Ok([picture.notes, picture.words.notes()].concat())
}

//! PNG, <https://www.w3.org/TR/png/>: the picture in pixels. Latin, Greek and Cyrillic names have a font of our own, all others
//! those of the system.

use std::{
    io::{self, Write},
    sync::Arc,
};

use resvg::{tiny_skia, usvg};

use super::{Format, Notes, Options, Part, picture, picture::Picture, whole};
use crate::{Network, compare::Comparison, timeline::Timeline};

pub(super) const FORMAT: Format = Format::one("png", &["png"], "picture in pixels, drawn here", &[whole(write)]);

pub(super) const COMPARED: Format<Comparison> = Format::one(
    "png",
    &["png"],
    "the same in pixels",
    &[whole(|comparison, options, out| draw(picture::compared(comparison, options), out))],
);

pub(super) const TIMED: Format<Timeline> = Format {
    name: "png",
    endings: &["png"],
    about: "the same in pixels",
    parts: &[
        Part { name: "heatmap", write: |timeline, options, out| draw(picture::heatmap(timeline, options), out) },
        Part { name: "networks", write: |timeline, options, out| draw(picture::multiples(timeline, options), out) },
        Part { name: "ranks", write: |timeline, options, out| draw(picture::ranks(timeline, options), out) },
    ],
};

/// Pixels for each unit of the picture, where that is not too many.
const SCALE: f32 = 1.5;
/// The most pixels of a side.
const LONGEST: f32 = 8000.0;

fn write(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    draw(picture::of(network, options), out)
}

fn draw(picture: Picture, out: &mut dyn Write) -> io::Result<Notes> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(picture::FONT.to_vec());
    let mut notes = picture.notes;
    if picture.is_foreign {
        fonts.load_system_fonts();
        notes.push("some names need the fonts of this system; elsewhere the picture may look different".to_owned());
    }
    let settings =
        usvg::Options { font_family: picture::FAMILY.to_owned(), fontdb: Arc::new(fonts), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&picture.svg, &settings).map_err(io::Error::other)?;
    let size = tree.size();
    let scale = SCALE.min(LONGEST / size.width().max(size.height()));
    let pixels = |side: f32| (side * scale).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 8000")]
    let canvas = tiny_skia::Pixmap::new(pixels(size.width()) as u32, pixels(size.height()) as u32);
    let mut canvas = canvas.ok_or_else(|| io::Error::other("no memory for the picture"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    out.write_all(&canvas.encode_png().map_err(io::Error::other)?)?;
    Ok(notes)
}

//! PNG, <https://www.w3.org/TR/png/>: the picture in pixels. Latin, Greek and Cyrillic names have a font of our own, all others
//! those of the system; letters that no font has are drawn as the sign for that, and the note says so.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    sync::Arc,
};

use resvg::{
    tiny_skia,
    usvg::{
        self, FontResolver,
        fontdb::{Database, FaceInfo, ID, Stretch, Style, Weight},
    },
};

use super::{Format, Notes, Options, picture, whole};
use crate::Network;

pub(super) const FORMAT: Format = Format::one("png", &["png"], "the same in pixels", &[whole(write)]);

/// Pixels for each unit of the picture, where that is not too many.
const SCALE: f32 = 1.5;
/// The most pixels of a side.
const LONGEST: f32 = 8000.0;

/// What is drawn for a letter that no font has.
const UNKNOWN: &str = "\u{fffd}";
/// The most names that a note lists.
const LISTED: usize = 5;

fn write(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let picture::Picture { svg, foreign, mut notes, .. } = picture::of(network, options);
    let mut fonts = Database::new();
    fonts.load_font_data(picture::FONT.to_vec());
    if !foreign.is_empty() {
        fonts.load_system_fonts();
    }
    let letters: BTreeSet<char> = foreign.values().flatten().copied().collect();
    let lenders = lenders(&fonts, &letters);
    let unknown: BTreeSet<char> = letters.into_iter().filter(|letter| !lenders.contains_key(letter)).collect();
    notes.extend(said(&foreign, &unknown));
    let svg = unknown.iter().fold(svg, |svg, letter| svg.replace(*letter, UNKNOWN));
    out.write_all(&pixels(&svg, fonts, lenders)?)?;
    Ok(notes)
}

/// What is to be said of names with letters that our font has not.
fn said(foreign: &BTreeMap<String, BTreeSet<char>>, unknown: &BTreeSet<char>) -> Notes {
    let lost: Vec<&str> =
        foreign.iter().filter(|(_, letters)| !letters.is_disjoint(unknown)).map(|(name, _)| name.as_str()).collect();
    let mut notes = Notes::new();
    if lost.len() < foreign.len() {
        notes.push("some names need the fonts of this system; elsewhere the picture may look different".to_owned());
    }
    if !lost.is_empty() {
        let more = if lost.len() > LISTED { ", ..." } else { "" };
        let listed = lost.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
        let of = if lost.len() == 1 { "1 name".to_owned() } else { format!("{} names", lost.len()) };
        notes.push(format!(
            "no font of this system has all letters of {of} ({listed}{more}): they are drawn as {UNKNOWN}; install one that has \
             them, as Noto Sans CJK, or take svg, which a browser draws with its own"
        ));
    }
    notes
}

/// For each of `letters` the font that draws it: upright, of usual weight and without serifs where there is one, whatever the
/// order in which the system lists its fonts. Letters that none has are not in it.
fn lenders(fonts: &Database, letters: &BTreeSet<char>) -> BTreeMap<char, ID> {
    let mut faces: Vec<&FaceInfo> = fonts.faces().collect();
    faces.sort_by_key(|face| {
        let name = face.families.first().map_or("", |(name, _)| name.as_str());
        let plain = name.contains("Sans") && !name.contains("Mono");
        let heavier = face.weight.0.abs_diff(Weight::NORMAL.0);
        (
            face.style != Style::Normal,
            heavier,
            face.stretch != Stretch::Normal,
            !plain,
            name,
            face.post_script_name.as_str(),
        )
    });
    let mut lenders = BTreeMap::new();
    for face in faces {
        let missing: Vec<char> = letters.iter().filter(|letter| !lenders.contains_key(*letter)).copied().collect();
        if missing.is_empty() {
            break;
        }
        let has = fonts.with_face_data(face.id, |data, index| {
            let face = ttf_parser::Face::parse(data, index).ok();
            missing
                .into_iter()
                .filter(|c| face.as_ref().is_some_and(|it| it.glyph_index(*c).is_some()))
                .collect::<Vec<char>>()
        });
        lenders.extend(has.unwrap_or_default().into_iter().map(|letter| (letter, face.id)));
    }
    lenders
}

fn pixels(svg: &str, fonts: Database, lenders: BTreeMap<char, ID>) -> io::Result<Vec<u8>> {
    let font_resolver = FontResolver {
        select_fallback: Box::new(move |letter, used, _| lenders.get(&letter).copied().filter(|id| !used.contains(id))),
        ..FontResolver::default()
    };
    let settings = usvg::Options {
        font_family: picture::FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        font_resolver,
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &settings).map_err(io::Error::other)?;
    let size = tree.size();
    let scale = SCALE.min(LONGEST / size.width().max(size.height()));
    let pixels = |side: f32| (side * scale).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 8000")]
    let canvas = tiny_skia::Pixmap::new(pixels(size.width()) as u32, pixels(size.height()) as u32);
    let mut canvas = canvas.ok_or_else(|| io::Error::other("no memory for the picture"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().map_err(io::Error::other)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use super::{Options, write};
    use crate::{Network, network::Actor};

    #[test]
    fn names_that_no_font_has_are_said() {
        let mut network = Network::default();
        // A plane of Unicode that nothing is on.
        for name in ["Ada Byron", "A\u{50000}B", "Łukasz Ωmega Ємельян"] {
            network.graph.add_node(Actor { name: name.into(), ..Actor::default() });
        }
        let mut bytes = Vec::new();
        let notes = write(&network, &Options::default(), &mut bytes).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        let lost: Vec<&String> = notes.iter().filter(|it| it.contains("no font")).collect();
        assert!(lost.len() == 1 && lost.iter().all(|it| it.contains("1 name (A\u{50000}B)")), "{notes:?}");
        network.graph.clear();
        network.graph.add_node(Actor { name: "Ada Byron".into(), ..Actor::default() });
        assert!(write(&network, &Options::default(), &mut Vec::new()).unwrap().iter().all(|it| !it.contains("font")));
    }
}

//! HTML, <https://html.spec.whatwg.org/>: one page to explore, which asks for nothing from anywhere. The page itself, with script and
//! style, is made in `viewer/` and committed here; what is written into it is data and text, never code.

use std::io::{self, Write};

use super::{Format, Notes, Options, picture, whole, xml::Words};
use crate::Network;

mod days;
mod evidence;
mod packed;
mod seen;
mod wording;

pub(super) const FORMAT: Format = Format::one(
    "html",
    &["html", "htm"],
    "one page to explore in a browser, offline, with every sentence",
    &[whole(write)],
);

/// The page, with a place for each part; `npm run build` in `viewer/` makes it.
const PAGE: &str = include_str!("page.html");
/// Pages of more edges have no picture for readers without scripts.
const STILL: usize = 5000;

fn write(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let title = picture::title(network, options);
    let placed = picture::placed(network, options.seed);
    let seen = seen::of(network, &placed, &title, options.seed);
    let evidence = evidence::of(network);
    let parts = [
        ("title", Words::default().escaped(&title)),
        ("still", still(network, options)),
        ("network", packed::packed(&seen)?),
        ("evidence", packed::packed(&evidence)?),
    ];
    let mut rest = PAGE;
    for (name, part) in &parts {
        let place = format!("<!--{name}-->");
        let (before, after) =
            rest.split_once(&place).ok_or_else(|| io::Error::other(format!("no place for {name}")))?;
        out.write_all(before.as_bytes())?;
        out.write_all(part.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())?;
    Ok(Notes::new())
}

/// The picture as it is where no script runs.
fn still(network: &Network, options: &Options) -> String {
    if network.graph.edge_count() > STILL { String::new() } else { picture::of(network, options).svg }
}

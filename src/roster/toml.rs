//! TOML, <https://toml.io/en/v1.0.0>: one `[[actor]]` table an actor.

use serde::Deserialize;
use toml::Spanned;

use super::{ActorKind, Attributive, Entry, Format, Listed};
use crate::{Error, Place};

pub(super) const FORMAT: Format = Format { ending: "toml", about: "one [[actor]] table an actor", read };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    attributive: Attributive,
    #[serde(default)]
    actor: Vec<Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    id: Option<String>,
    #[serde(default)]
    kind: ActorKind,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    attributive: Option<Attributive>,
}

fn read(path: &str, content: &str) -> Result<Vec<Entry>, Error> {
    let place = |byte: usize| Place { path: path.to_owned(), line: Some(line_of(content, byte)), byte: None };
    let file: File = toml::from_str(content).map_err(|error| {
        let byte = error.span().map_or(0, |span| span.start);
        Error::Roster { place: place(byte), reason: error.message().trim().replace('\n', " ") }
    })?;
    let default = file.attributive;
    Ok(file.actor.into_iter().map(|table| entry(place(table.span().start), table.into_inner(), default)).collect())
}

fn entry(place: Place, table: Table, default: Attributive) -> Entry {
    let Table { name, id, kind, aliases, not, attributive } = table;
    Entry { place, listed: Listed { name, id, kind, aliases, not, attributive: attributive.unwrap_or(default) } }
}

fn line_of(content: &str, byte: usize) -> u64 {
    1 + content.bytes().take(byte).filter(|&it| it == b'\n').count() as u64
}

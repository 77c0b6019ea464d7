//! TOML, <https://toml.io/en/v1.0.0>: one `[[actor]]` table an actor, and `[[join]]` and `[[split]]` for what is decided of names.

use serde::Deserialize;
use toml::Spanned;

use super::{ActorKind, Attributive, Content, Decision, Entry, Format, Listed, Verb};
use crate::{Error, Place};

pub(super) const FORMAT: Format = Format { ending: "toml", about: "one [[actor]] table an actor", read };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    attributive: Attributive,
    #[serde(default)]
    actor: Vec<Spanned<Table>>,
    #[serde(default)]
    join: Vec<Spanned<Names>>,
    #[serde(default)]
    split: Vec<Spanned<Names>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: Vec<String>,
    #[serde(default)]
    kind: ActorKind,
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

fn read(path: &str, content: &str) -> Result<Content, Error> {
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', content.as_bytes()).collect();
    let line_of = |byte: usize| 1 + ends.partition_point(|end| *end < byte) as u64;
    let place = |byte: usize| Place { path: path.to_owned(), line: Some(line_of(byte)), byte: None };
    let file: File = toml::from_str(content).map_err(|error| {
        let byte = error.span().map_or(0, |span| span.start);
        Error::Roster { place: place(byte), reason: error.message().trim().replace('\n', " ") }
    })?;
    let default = file.attributive;
    let decision = |verb, table: Spanned<Names>| {
        let (place, Names { names, kind }) = (place(table.span().start), table.into_inner());
        Decision { place, verb, names, kind, joined: Vec::new(), unlisted: Vec::new() }
    };
    let joins = file.join.into_iter().map(|table| decision(Verb::Join, table));
    let splits = file.split.into_iter().map(|table| decision(Verb::Split, table));
    Ok(Content {
        decisions: joins.chain(splits).collect(),
        entries: file.actor.into_iter().map(|it| entry(place(it.span().start), it.into_inner(), default)).collect(),
    })
}

fn entry(place: Place, table: Table, default: Attributive) -> Entry {
    let Table { name, id, kind, aliases, not, attributive } = table;
    Entry { place, listed: Listed { name, id, kind, aliases, not, attributive: attributive.unwrap_or(default) } }
}

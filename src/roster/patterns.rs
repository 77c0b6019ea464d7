//! Patterns of spaCy's `EntityRuler`, <https://spacy.io/usage/rule-based-matching#entityruler>: a pattern a line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{ActorKind, Content, Entry, Format, Listed, wrong};
use crate::{Error, Place};

pub(super) const FORMAT: Format =
    Format { ending: "jsonl", about: "patterns of spaCy's EntityRuler: strings, or tokens by LOWER, TEXT, ORTH", read };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    label: String,
    pattern: Value,
    id: Option<String>,
}

/// Patterns of one `id` are the names of one actor, the first of them the label; a pattern without `id` is an actor of its own.
fn read(path: &str, content: &str) -> Result<Content, Error> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeSet<(usize, String)> = BTreeSet::new();
    for (line, row) in (1_u64..).zip(content.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        let place = Place { path: path.to_owned(), line: Some(line), byte: None };
        let row: Row = serde_json::from_str(row).map_err(|error| {
            let error = error.to_string();
            let error = error.split(" at line").next().unwrap_or_default();
            wrong(&place, format!(r#"no pattern: {error}; a line reads {{"label": "PERSON", "pattern": "Ada Byron"}}"#))
        })?;
        let name = name(&row.pattern).map_err(|reason| wrong(&place, reason))?;
        let index = row.id.as_ref().and_then(|id| known.get(id)).copied().unwrap_or(entries.len());
        if !names.insert((index, name.clone())) {
            continue;
        }
        match entries.get_mut(index) {
            Some(entry) => entry.listed.aliases.push(name),
            None => {
                known.extend(row.id.clone().map(|id| (id, entries.len())));
                let kind = kind(&row.label);
                entries.push(Entry { place, listed: Listed { name, id: row.id, kind, ..Listed::default() } });
            }
        }
    }
    Ok(Content { entries, decisions: Vec::new() })
}

fn kind(label: &str) -> ActorKind {
    match label {
        "PERSON" | "PER" => ActorKind::Person,
        "ORG" => ActorKind::Organisation,
        "GPE" | "LOC" | "FAC" => ActorKind::Place,
        _ => ActorKind::Other,
    }
}

fn name(pattern: &Value) -> Result<String, String> {
    match pattern {
        Value::String(name) => Ok(name.clone()),
        Value::Array(tokens) => {
            let words: Result<Vec<String>, String> = tokens.iter().map(word).collect();
            words.map(|words| words.join(" "))
        }
        other => Err(format!("a pattern is a string or a list of tokens, not {other}")),
    }
}

/// A token by its letters. `LOWER` says nothing of capitals: the word is looked for with a capital, as names are written.
fn word(token: &Value) -> Result<String, String> {
    let only = |map: &Map<String, Value>| match map.iter().next() {
        Some((key, Value::String(word))) if map.len() == 1 => match key.to_uppercase().as_str() {
            "TEXT" | "ORTH" => Some(word.clone()),
            "LOWER" => Some(capitalised(word)),
            _ => None,
        },
        _ => None,
    };
    token.as_object().and_then(only).ok_or_else(|| {
        format!(r#"the token {token} says more than its letters; tokens read {{"LOWER": "byron"}}, {{"TEXT": "Byron"}} or {{"ORTH": "Byron"}}"#)
    })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

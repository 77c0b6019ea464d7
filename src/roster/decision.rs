//! What the reader of a roster decides: names that are one actor, and names that are not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ActorKind, Entry, Listed, fold, wrong};
use crate::{Error, Place};

/// What is decided about names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verb {
    /// They are one actor, called by the first of them.
    Join,
    /// Each is an actor of its own.
    Split,
}

/// A `[[join]]` or `[[split]]` of a roster file; deleting it there undoes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Where it stands.
    pub place: Place,
    /// What is decided.
    pub verb: Verb,
    /// Of which names: two at least.
    pub names: Vec<String>,
    /// What actors are that are not listed otherwise.
    pub kind: ActorKind,
    /// The actors that a join makes one, as they were listed.
    pub joined: Vec<Listed>,
}

impl Verb {
    /// What rosters call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Split => "split",
        }
    }
}

/// `entries` as decided: joins make one actor of those who bear one of the names, and of names that nobody bears further aliases;
/// splits take names of several words from the aliases of others, and make each name an actor. A bare surname stays an alias of
/// the full names it is split from: in articles that name one of these in full it is theirs.
///
/// # Errors
/// [`Error::Roster`] for fewer than two names, a name that stands in two joins, and names that are joined and split.
pub(super) fn apply(mut entries: Vec<Entry>, decisions: &mut [Decision]) -> Result<Vec<Entry>, Error> {
    check(decisions)?;
    for decision in decisions.iter_mut().filter(|it| it.verb == Verb::Join) {
        join(&mut entries, decision);
    }
    for decision in decisions.iter().filter(|it| it.verb == Verb::Split) {
        split(&mut entries, decision);
    }
    Ok(entries)
}

fn check(decisions: &[Decision]) -> Result<(), Error> {
    let mut joined: BTreeMap<String, &Decision> = BTreeMap::new();
    for decision in decisions {
        let verb = decision.verb.name();
        if decision.names.len() < 2 || decision.names.iter().any(|name| !name.chars().any(char::is_alphanumeric)) {
            let reason = format!(r#"a [[{verb}]] takes two names or more: names = ["Robert Marsh", "Bob Marsh"]"#);
            return Err(wrong(&decision.place, reason));
        }
        for name in decision.names.iter().filter(|_| decision.verb == Verb::Join) {
            if let Some(other) = joined.insert(fold(name), decision) {
                let reason = format!(
                    "`{name}` is joined already at {}; put all names of one actor into one [[join]]",
                    other.place
                );
                return Err(wrong(&decision.place, reason));
            }
        }
    }
    for split in decisions.iter().filter(|it| it.verb == Verb::Split) {
        let places: Vec<&Place> =
            split.names.iter().filter_map(|it| joined.get(&fold(it))).map(|it| &it.place).collect();
        let twice =
            places.iter().enumerate().find(|(index, place)| places.iter().skip(index + 1).any(|it| it == *place));
        if let Some((_, place)) = twice {
            return Err(wrong(&split.place, format!("these names are joined at {place}; delete the one or the other")));
        }
    }
    Ok(())
}

fn bears(listed: &Listed, name: &str) -> bool {
    let wanted = fold(name);
    fold(&listed.name) == wanted || listed.aliases.iter().any(|alias| alias.contains(' ') && fold(alias) == wanted)
}

fn join(entries: &mut Vec<Entry>, decision: &mut Decision) {
    let is_meant = |entry: &Entry| decision.names.iter().any(|name| bears(&entry.listed, name));
    let (meant, mut others): (Vec<Entry>, Vec<Entry>) = entries.drain(..).partition(is_meant);
    let mut names: Vec<String> = decision.names.clone();
    let place = meant.first().map_or(&decision.place, |entry| &entry.place).clone();
    let mut one =
        meant.first().map_or_else(|| Listed { kind: decision.kind, ..Listed::default() }, |it| it.listed.clone());
    decision.joined = meant.iter().map(|entry| entry.listed.clone()).collect();
    for entry in meant {
        names.push(entry.listed.name);
        names.extend(entry.listed.aliases);
        one.id = one.id.or(entry.listed.id);
        one.not.extend(entry.listed.not);
    }
    names.dedup();
    let mut names = names.into_iter();
    one.name = names.next().unwrap_or_default();
    one.aliases.clear();
    for name in names {
        if fold(&name) != fold(&one.name) && !one.aliases.iter().any(|alias| fold(alias) == fold(&name)) {
            one.aliases.push(name);
        }
    }
    one.not.sort();
    one.not.dedup();
    others.push(Entry { place, listed: one });
    *entries = others;
}

fn split(entries: &mut Vec<Entry>, decision: &Decision) {
    for name in &decision.names {
        let wanted = fold(name);
        let mut kind = decision.kind;
        for entry in entries.iter_mut() {
            let known = entry.listed.aliases.len();
            let is_full = name.trim().contains(char::is_whitespace);
            let borne = entry.listed.aliases.iter().any(|alias| fold(alias) == wanted);
            entry.listed.aliases.retain(|alias| !is_full || fold(alias) != wanted);
            if borne || entry.listed.aliases.len() < known {
                kind = entry.listed.kind;
            }
        }
        if !entries.iter().any(|entry| fold(&entry.listed.name) == wanted) {
            let listed = Listed { name: name.clone(), kind, ..Listed::default() };
            entries.push(Entry { place: decision.place.clone(), listed });
        }
    }
    for name in decision.names.iter().filter(|name| !name.trim().contains(char::is_whitespace)) {
        let is_surname = |full: &str| full.split_whitespace().skip(1).last().is_some_and(|it| fold(it) == fold(name));
        let fulls = entries.iter_mut().filter(|entry| {
            is_surname(&entry.listed.name) && decision.names.iter().any(|it| fold(it) == fold(&entry.listed.name))
        });
        for full in fulls
            .filter(|entry| !entry.listed.aliases.iter().any(|alias| fold(alias) == fold(name)))
            .collect::<Vec<_>>()
        {
            full.listed.aliases.push(name.clone());
        }
    }
}

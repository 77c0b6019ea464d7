//! What the reader of a roster decides: names that are one actor, and names that are not.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The names that no actor of the roster bears, as name or alias.
    #[serde(default)]
    pub unlisted: Vec<String>,
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
pub(super) fn apply(entries: Vec<Entry>, decisions: &mut [Decision]) -> Result<Vec<Entry>, Error> {
    check(decisions)?;
    let mut entries = Entries::of(entries);
    for decision in decisions.iter_mut() {
        let is_unlisted = |name: &&String| !entries.by_name.contains_key(&fold(name));
        decision.unlisted = decision.names.iter().filter(is_unlisted).cloned().collect();
    }
    for decision in decisions.iter_mut().filter(|it| it.verb == Verb::Join) {
        join(&mut entries, decision);
    }
    for decision in decisions.iter().filter(|it| it.verb == Verb::Split) {
        split(&mut entries, decision);
    }
    Ok(entries.all.into_iter().flatten().collect())
}

/// Entries by their names: rosters and what is decided of them may both be long.
#[derive(Default)]
struct Entries {
    /// In order; nothing where an entry was joined with others.
    all: Vec<Option<Entry>>,
    /// Indices of those that bear or bore a folded name.
    by_name: BTreeMap<String, BTreeSet<usize>>,
}

impl Entries {
    fn of(entries: Vec<Entry>) -> Self {
        let mut all = Self::default();
        for entry in entries {
            all.push(entry);
        }
        all
    }

    fn push(&mut self, entry: Entry) {
        for name in entry.listed.names() {
            self.by_name.entry(fold(name)).or_default().insert(self.all.len());
        }
        self.all.push(Some(entry));
    }

    /// Indices of the entries that may bear one of these names, in order.
    fn bearing<'n>(&self, names: impl Iterator<Item = &'n String>) -> BTreeSet<usize> {
        names.filter_map(|name| self.by_name.get(&fold(name))).flatten().copied().collect()
    }

    /// Takes out those that bear one of these names, in order.
    fn take(&mut self, names: &[String]) -> Vec<Entry> {
        let is_meant = |entry: &mut Entry| names.iter().any(|name| bears(&entry.listed, name));
        let indices = self.bearing(names.iter());
        indices.into_iter().filter_map(|index| self.all.get_mut(index)?.take_if(|it| is_meant(it))).collect()
    }

    /// Each of these entries, in order, to be changed; aliases are added behind the others.
    fn among(&mut self, indices: BTreeSet<usize>, mut change: impl FnMut(&mut Entry)) {
        for index in indices {
            let Some(Some(entry)) = self.all.get_mut(index) else { continue };
            let known = entry.listed.aliases.len();
            change(entry);
            for alias in entry.listed.aliases.iter().skip(known) {
                self.by_name.entry(fold(alias)).or_default().insert(index);
            }
        }
    }
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

fn join(entries: &mut Entries, decision: &mut Decision) {
    let meant = entries.take(&decision.names);
    let mut names: Vec<String> = decision.names.clone();
    if meant.is_empty() {
        // The alias of another stays the other's: nobody listed bears a name of this join.
        names.retain(|name| decision.unlisted.contains(name));
        if names.is_empty() {
            return;
        }
    }
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
    let mut known = BTreeSet::from([fold(&one.name)]);
    one.aliases = names.filter(|name| known.insert(fold(name))).collect();
    one.not.sort();
    one.not.dedup();
    entries.push(Entry { place, listed: one });
}

fn split(entries: &mut Entries, decision: &Decision) {
    for name in &decision.names {
        let wanted = fold(name);
        let (mut kind, mut has_own) = (decision.kind, false);
        let is_full = name.trim().contains(char::is_whitespace);
        entries.among(entries.bearing(std::iter::once(name)), |entry| {
            let known = entry.listed.aliases.len();
            let borne = entry.listed.aliases.iter().any(|alias| fold(alias) == wanted);
            entry.listed.aliases.retain(|alias| !is_full || fold(alias) != wanted);
            if borne || entry.listed.aliases.len() < known {
                kind = entry.listed.kind;
            }
            has_own |= fold(&entry.listed.name) == wanted;
        });
        if !has_own {
            let listed = Listed { name: name.clone(), kind, ..Listed::default() };
            entries.push(Entry { place: decision.place.clone(), listed });
        }
    }
    for name in decision.names.iter().filter(|name| !name.trim().contains(char::is_whitespace)) {
        let is_surname = |full: &str| full.split_whitespace().skip(1).last().is_some_and(|it| fold(it) == fold(name));
        let is_named = |full: &str| decision.names.iter().any(|it| fold(it) == fold(full));
        entries.among(entries.bearing(decision.names.iter()), |entry| {
            let Listed { name: full, aliases, .. } = &mut entry.listed;
            let is_new = || !aliases.iter().any(|alias| fold(alias) == fold(name));
            if is_surname(full) && is_named(full) && is_new() {
                aliases.push(name.clone());
            }
        });
    }
}

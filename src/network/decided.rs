//! What the reader of a roster decided about names that no actor of it bears: these are known only after the run.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Roster,
    mention::{Who, fold, spelling},
    roster::{Decision, Listed, Verb},
    tally::Seen,
};

/// A decision that changes nothing, as nobody bears one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// Index in [`Roster::decisions`].
    pub decision: usize,
    /// The names that stand in no article and in no roster.
    pub nobody: Vec<String>,
    /// The index of the actor that a join made, and whom the roster would list without it.
    pub instead: Option<(usize, Option<Listed>)>,
}

/// What decisions come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Decided {
    /// What is made one with what.
    pub(super) joins: Vec<(Who, Who)>,
    /// How actors are called and listed that the roster calls otherwise.
    pub(super) called: BTreeMap<Who, Listed>,
    /// Decisions that change nothing, in their order.
    pub(super) idle: Vec<Idle>,
}

impl Decided {
    /// The decisions of `roster` in a run in which `named` are named, as they were `seen`.
    pub(super) fn of(roster: &Roster, named: &BTreeSet<Who>, seen: &BTreeMap<Who, Seen>) -> Self {
        let mut decided = Self::default();
        if roster.decisions.iter().all(|it| it.unlisted.is_empty()) {
            return decided;
        }
        let run = Run::of(roster, named, seen);
        for (index, decision) in roster.decisions.iter().enumerate().filter(|(_, it)| !it.unlisted.is_empty()) {
            match decision.verb {
                Verb::Join => decided.join(index, decision, &run),
                Verb::Split => decided.split(index, decision, &run),
            }
        }
        decided
    }

    fn split(&mut self, index: usize, decision: &Decision, run: &Run<'_>) {
        let is_nobody = |name: &&String| run.listed_as(name).is_none_or(|who| !run.named.contains(&who));
        let nobody: Vec<String> = decision.unlisted.iter().filter(is_nobody).cloned().collect();
        if decision.names.len() < nobody.len() + 2 {
            self.idle.push(Idle { decision: index, nobody, instead: None });
        }
    }

    fn join(&mut self, index: usize, decision: &Decision, run: &Run<'_>) {
        let listed = decision.names.iter().find_map(|name| run.listed_as(name));
        let members = run.unlisted(decision);
        let borne = borne(decision, listed.as_ref(), &members, run);
        let (met, nobody): (Vec<&String>, Vec<&String>) =
            decision.names.iter().partition(|name| borne.contains(*name) || !decision.unlisted.contains(name));
        if met.len() > 1 {
            return self.make(decision, listed.filter(|who| run.named.contains(who)), members, run);
        }
        let bare = |name: &&String| Listed { name: (*name).clone(), kind: decision.kind, ..Listed::default() };
        let alone = || met.first().filter(|name| borne.contains(**name) && members.is_empty()).map(bare);
        let before = decision.joined.first().cloned().or_else(alone);
        if let (Some(who), Some(before)) = (&listed, &before) {
            self.called.insert(who.clone(), before.clone());
        }
        let instead = listed.and_then(|who| if let Who::Listed(at) = who { Some((at, before)) } else { None });
        self.idle.push(Idle { decision: index, nobody: nobody.into_iter().cloned().collect(), instead });
    }

    /// Makes one of all who bear the names, called by the first name; an article that tells two of them apart keeps them apart.
    fn make(&mut self, decision: &Decision, listed: Option<Who>, members: Vec<Who>, run: &Run<'_>) {
        let mut all = listed.into_iter().chain(members);
        let (Some(root), Some(name)) = (all.next(), decision.names.first()) else { return };
        let mut group = vec![root.clone()];
        for who in all {
            if group.iter().all(|it| run.are_apart(it, &who)) {
                group.push(who);
            }
        }
        let others = group.split_off(1);
        if !others.is_empty() {
            let aliases = decision.names.iter().skip(1).cloned().collect();
            let called = Listed { name: name.clone(), kind: decision.kind, aliases, ..Listed::default() };
            self.called.insert(root.clone(), called);
        }
        self.joins.extend(others.into_iter().map(|who| (who, root.clone())));
    }
}

/// Whom decisions speak of.
struct Run<'a> {
    named: &'a BTreeSet<Who>,
    seen: &'a BTreeMap<Who, Seen>,
    listed: BTreeMap<String, usize>,
    unlisted: BTreeMap<&'a str, Vec<&'a Who>>,
}

impl<'a> Run<'a> {
    fn of(roster: &Roster, named: &'a BTreeSet<Who>, seen: &'a BTreeMap<Who, Seen>) -> Self {
        let listed = roster.actors.iter().enumerate().map(|(index, it)| (fold(&it.name), index)).collect();
        let mut unlisted: BTreeMap<&str, Vec<&Who>> = BTreeMap::new();
        for who in named {
            if let Who::Unlisted(local) = who {
                unlisted.entry(&local.name).or_default().push(who);
            }
        }
        Self { named, seen, listed, unlisted }
    }

    fn listed_as(&self, name: &str) -> Option<Who> {
        self.listed.get(&fold(name)).map(|index| Who::Listed(*index))
    }

    /// Whether no article names both.
    fn are_apart(&self, one: &Who, other: &Who) -> bool {
        let beside = |who: &Who| self.seen.get(who).map(|seen| &seen.beside);
        beside(one).zip(beside(other)).is_none_or(|(one, other)| one.is_disjoint(other))
    }

    /// Those who bear the names of a decision and are not listed, in the order of the names.
    fn unlisted(&self, decision: &Decision) -> Vec<Who> {
        let is_kind = |who: &&&Who| matches!(who, Who::Unlisted(it) if it.kind == decision.kind);
        let bearers = decision.names.iter().filter_map(|name| self.unlisted.get(fold(name).as_str())).flatten();
        bearers.filter(is_kind).map(|who| (*who).clone()).collect()
    }
}

/// The names of a join that the articles use; all where that cannot be told.
fn borne(decision: &Decision, listed: Option<&Who>, members: &[Who], run: &Run<'_>) -> BTreeSet<String> {
    let is_named = listed.is_some_and(|who| run.named.contains(who));
    let written = listed.and_then(|who| run.seen.get(who)).map(|seen| &seen.names);
    let mut borne = BTreeSet::new();
    for written in written.into_iter().flat_map(BTreeMap::keys) {
        let alike: Vec<&String> = decision.names.iter().filter(|name| may_write(name, written)).collect();
        // In another form, as with a short given name.
        if alike.is_empty() && written.contains(char::is_whitespace) {
            return decision.names.iter().cloned().collect();
        }
        borne.extend(alike.into_iter().cloned());
    }
    // Without discovery it is not kept how names are written.
    if is_named && written.is_none_or(BTreeMap::is_empty) {
        return decision.names.iter().cloned().collect();
    }
    let is_member =
        |name: &&String| members.iter().any(|who| matches!(who, Who::Unlisted(it) if it.name == fold(name)));
    borne.extend(decision.names.iter().filter(is_member).cloned());
    borne
}

/// Whether `written` may be a way to write `name`, perhaps with other words between the first and the last.
fn may_write(name: &str, written: &str) -> bool {
    let (name, written) = (spelt(name), spelt(written));
    let ends = name.first() == written.first() && name.last() == written.last();
    name == written || name.len() > 1 && written.len() > 1 && ends
}

fn spelt(name: &str) -> Vec<String> {
    fold(name).split_whitespace().map(|word| spelling(word).into_owned()).collect()
}

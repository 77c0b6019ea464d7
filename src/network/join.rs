//! Which names of a run are one actor: decided over the whole run, never by the order of reading.
//!
//! Two joins are sure enough to be made: full names that differ in middle initials only, where one way to write them out exists,
//! and a name that stands alone in its articles (a surname, an acronym) where exactly one full name of the run fits. All else
//! that looks alike is proposed and left to the reader. No join makes one of two actors whom an article tells apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    Roster, Tally,
    actor::{Likeness, Name, genders_agree, initials, skeleton},
    mention::{Who, fold, spelling},
    roster::ActorKind,
};

/// The most names of one surname that are compared with each other; rarer names are what doubts are about.
const BUCKET: usize = 400;

/// A name that was made one with its actor, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Joined {
    /// The name that the articles use.
    pub name: String,
    /// Articles that use it.
    pub articles: u64,
    /// In words.
    pub reason: String,
}

/// Two actors of the network that may be one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Doubt {
    /// Identifiers of the two, in order.
    pub actors: (String, String),
    /// Why they may be one, in words.
    pub reason: String,
}

/// The joins of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Joins {
    /// What is made one with what, and the reason; the second is never joined with a third.
    pub(super) made: BTreeMap<Who, (Who, &'static str)>,
    /// What may be one, the smaller first, with the reason.
    pub(super) doubts: BTreeMap<(Who, Who), &'static str>,
    /// By root, all that count as it.
    groups: BTreeMap<Who, Vec<Who>>,
}

/// The names of one actor that joins look at.
struct Candidate {
    who: Who,
    kind: ActorKind,
    /// Full names: one of an unlisted actor, all of several words of a listed one.
    names: Vec<Name>,
    /// The name of an unlisted actor that has no full name.
    alone: Option<Name>,
    articles: u64,
}

impl Joins {
    /// The joins among all actors of `tally`.
    pub(super) fn of(tally: &Tally, roster: &Roster) -> Self {
        let mut joins = Self::default();
        if tally.actors.keys().all(|who| matches!(who, Who::Listed(_))) {
            return joins;
        }
        let candidates: Vec<Candidate> =
            tally.actors.iter().map(|(who, counts)| candidate(who, counts.articles, roster)).collect();
        joins.join_full(&candidates, &tally.apart);
        joins.join_alone(&candidates, tally);
        joins.doubt(&candidates, &tally.apart);
        joins
    }

    /// Whom `who` counts as.
    pub(super) fn root<'a>(&'a self, who: &'a Who) -> &'a Who {
        self.made.get(who).map_or(who, |(root, _)| root)
    }

    /// Whether no article tells apart any of those who count as `one` from those who count as `other`.
    fn may_join(&self, one: &Who, other: &Who, apart: &BTreeSet<(Who, Who)>) -> bool {
        let group = |root: &Who| -> Vec<Who> {
            let joined = self.groups.get(root).cloned().unwrap_or_default();
            joined.into_iter().chain([root.clone()]).collect()
        };
        let (ones, others) = (group(one), group(other));
        let pairs = ones.iter().flat_map(|a| others.iter().map(move |b| if a < b { (a, b) } else { (b, a) }));
        pairs.into_iter().all(|(a, b)| {
            let listed = matches!((a, b), (Who::Listed(_), Who::Listed(_)));
            !listed && !apart.contains(&(a.clone(), b.clone()))
        })
    }

    fn join(&mut self, who: &Who, root: &Who, reason: &'static str) {
        self.made.insert(who.clone(), (root.clone(), reason));
        self.groups.entry(root.clone()).or_default().push(who.clone());
    }

    /// Full names that are spelt alike, persons' also if they differ in middle initials, where the initials are the same wherever
    /// there are any.
    fn join_full(&mut self, candidates: &[Candidate], apart: &BTreeSet<(Who, Who)>) {
        let mut groups: BTreeMap<(ActorKind, Vec<&str>, Option<&str>), Vec<(&Candidate, &Name)>> = BTreeMap::new();
        for candidate in candidates {
            for name in &candidate.names {
                let words = name.without_initials().into_iter().map(spelling).collect();
                groups.entry((candidate.kind, words, name.suffix.as_deref())).or_default().push((candidate, name));
            }
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let all: BTreeSet<String> = group.iter().map(|it| it.1.middle_initials()).collect();
            let Some((root, shown)) = group.iter().min_by_key(|it| rank(it.0)) else { continue };
            let alike = all.iter().filter(|it| !it.is_empty()).count() < 2;
            for (candidate, name) in group.iter().filter(|it| it.0.who != root.who) {
                let same = name.middle_initials() == shown.middle_initials();
                let reason =
                    if same { "same full name, spelt otherwise" } else { "same full name but for a middle initial" };
                let free = matches!(candidate.who, Who::Unlisted(_)) && !self.made.contains_key(&candidate.who);
                if free && (same || alike) && self.may_join(&candidate.who, &root.who, apart) {
                    self.join(&candidate.who, &root.who, reason);
                }
            }
        }
    }

    /// Names that stand alone in their articles.
    fn join_alone(&mut self, candidates: &[Candidate], tally: &Tally) {
        let bearers = Bearers::of(candidates, tally);
        for candidate in candidates {
            let Some(alone) = &candidate.alone else { continue };
            let fits = bearers.that_fit(candidate.kind, alone);
            let roots: BTreeSet<Who> = fits.into_iter().map(|who| self.root(who).clone()).collect();
            let mut first = roots.iter();
            match (first.next(), first.next()) {
                (Some(root), None) if self.may_join(&candidate.who, root, &tally.apart) => {
                    self.join(&candidate.who, root, alone_reason(candidate.kind));
                }
                (Some(_), Some(_)) => {
                    for root in &roots {
                        self.propose(&candidate.who, root, "surname alone in its articles, several full names fit");
                    }
                }
                _ => (),
            }
        }
    }

    /// What looks alike and is not joined.
    fn doubt(&mut self, candidates: &[Candidate], apart: &BTreeSet<(Who, Who)>) {
        let mut buckets: BTreeMap<String, Vec<(&Who, &Name)>> = BTreeMap::new();
        for candidate in candidates.iter().filter(|it| it.kind == ActorKind::Person) {
            for name in &candidate.names {
                buckets.entry(skeleton(name.surname())).or_default().push((&candidate.who, name));
            }
        }
        for bucket in buckets.into_values().filter(|bucket| bucket.len() <= BUCKET) {
            for (index, (one, name)) in bucket.iter().enumerate() {
                for (other, like) in bucket.iter().skip(index + 1).filter(|it| it.0 != *one) {
                    let Some(likeness) = name.likeness(like) else { continue };
                    let (one, other) = (self.root(one).clone(), self.root(other).clone());
                    if one != other && self.may_join(&one, &other, apart) {
                        self.propose(&one, &other, reason(likeness, name, like));
                    }
                }
            }
        }
    }

    fn propose(&mut self, one: &Who, other: &Who, reason: &'static str) {
        let pair = if one < other { (one, other) } else { (other, one) };
        self.doubts.entry((pair.0.clone(), pair.1.clone())).or_insert(reason);
    }
}

fn reason(likeness: Likeness, one: &Name, other: &Name) -> &'static str {
    match likeness {
        Likeness::Same if one.words == other.words => "same name",
        Likeness::Same => "same given name and surname, other initials",
        other => other.reason(),
    }
}

/// Listed actors first, then those that most articles name, then by name.
fn rank(candidate: &Candidate) -> (bool, std::cmp::Reverse<u64>, Who) {
    let listed = matches!(candidate.who, Who::Listed(_));
    (!listed, std::cmp::Reverse(candidate.articles), candidate.who.clone())
}

fn candidate(who: &Who, articles: u64, roster: &Roster) -> Candidate {
    let (kind, written): (ActorKind, Vec<&str>) = match who {
        Who::Unlisted(unlisted) => (unlisted.kind, vec![unlisted.name.as_str()]),
        Who::Listed(index) => {
            roster.actors.get(*index).map_or((ActorKind::Other, Vec::new()), |it| (it.kind, it.names().collect()))
        }
    };
    let names: Vec<Name> = written.iter().map(|name| Name::of(name, None)).collect();
    let alone = names.first().filter(|name| !name.is_full() && matches!(who, Who::Unlisted(_))).cloned();
    Candidate { who: who.clone(), kind, names: names.into_iter().filter(Name::is_full).collect(), alone, articles }
}

fn alone_reason(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "surname alone in its articles, the only full name of the run that fits",
        _ => "acronym alone in its articles, the only full name of the run that it stands for",
    }
}

/// The actors with a full name, by kind and what stands for it: the surname of a person; of others the acronym, if the actor was
/// seen under it.
struct Bearers<'a> {
    exact: BTreeMap<(ActorKind, String), Vec<(&'a Who, &'a Name)>>,
    alike: BTreeMap<(ActorKind, String), Vec<(&'a Who, &'a Name)>>,
}

impl<'a> Bearers<'a> {
    fn of(candidates: &'a [Candidate], tally: &Tally) -> Self {
        let mut bearers = Self { exact: BTreeMap::new(), alike: BTreeMap::new() };
        for candidate in candidates {
            for name in &candidate.names {
                let Some(short) = short_of(candidate, name, tally) else { continue };
                let bearer = (&candidate.who, name);
                bearers.alike.entry((candidate.kind, skeleton(&short))).or_default().push(bearer);
                bearers.exact.entry((candidate.kind, short)).or_default().push(bearer);
            }
        }
        bearers
    }

    /// Whom a name that stands alone fits: by the letter, else by the sound.
    fn that_fit(&self, kind: ActorKind, alone: &Name) -> Vec<&'a Who> {
        let exact = self.exact.get(&(kind, alone.surname().to_owned()));
        let alike = || self.alike.get(&(kind, skeleton(alone.surname())));
        let fits = exact.or_else(alike).map(Vec::as_slice).unwrap_or_default();
        fits.iter().filter(|(_, name)| genders_agree(alone.gender, name.told_gender())).map(|(who, _)| *who).collect()
    }
}

fn short_of(candidate: &Candidate, name: &Name, tally: &Tally) -> Option<String> {
    if candidate.kind == ActorKind::Person {
        return Some(name.surname().to_owned());
    }
    let short = initials(&name.words)?;
    let seen = tally.seen.get(&candidate.who)?;
    seen.names.keys().any(|it| fold(&it.replace('.', "")) == short).then_some(short)
}

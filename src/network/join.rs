//! Which names of a run are one actor: decided over the whole run, never by the order of reading.
//!
//! Two joins are sure enough to be made: full names of persons that differ in middle initials only, where one way to write them out exists,
//! and a name that stands alone in its articles (a surname, an acronym) where exactly one full name of the run fits. All else
//! that looks alike is proposed and left to the reader. No join makes one of two actors who stand in one article, as that tells
//! them apart, or of a man and a woman.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::decided::Decided;

use crate::{
    Roster,
    actor::{Likeness, Name, initials, skeleton},
    mention::{Gender, Who, fold, spelling},
    roster::{ActorKind, Decision, Verb},
    tally::Seen,
};

/// How names are written, by whom they stand for.
type SeenBy = BTreeMap<Who, Seen>;

/// The reason of a join that stands in the roster.
const DECIDED: &str = "joined in the roster";

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

/// What is the same in names that are spelt alike: kind, words without initials, suffix.
type Alike<'a> = (ActorKind, Vec<Cow<'a, str>>, Option<&'a str>);

/// The names of one actor that joins look at.
struct Candidate {
    who: Who,
    kind: ActorKind,
    /// Full names: one of an unlisted actor, all of several words of a listed one.
    names: Vec<Name>,
    /// The name of an actor that has no full name.
    alone: Option<Name>,
    /// What titles before its names tell.
    titles: BTreeSet<Gender>,
    articles: u64,
    /// Its label.
    written: String,
}

impl Joins {
    /// The joins among all who are named in so many articles each.
    pub(super) fn of(seen: &SeenBy, naming: &BTreeMap<Who, u64>, roster: &Roster, decided: &Decided) -> Self {
        let mut joins = Self::default();
        // Without discovery nothing is kept of how names are written.
        if seen.is_empty() {
            return joins;
        }
        let candidates: Vec<Candidate> =
            naming.iter().map(|(who, articles)| candidate(who, *articles, seen, roster)).collect();
        for (who, root) in &decided.joins {
            joins.join(who, root, DECIDED);
        }
        joins.join_full(&candidates, seen);
        joins.join_alone(&candidates, seen);
        joins.doubt(&candidates, seen);
        joins.forget(&roster.decisions, &candidates);
        joins
    }

    /// Whom `who` counts as.
    pub(super) fn root<'a>(&'a self, who: &'a Who) -> &'a Who {
        self.made.get(who).map_or(who, |(root, _)| root)
    }

    /// All who count as `root`, itself among them.
    fn group<'a>(&'a self, root: &'a Who) -> impl Iterator<Item = &'a Who> + Clone {
        self.groups.get(root).into_iter().flatten().chain([root])
    }

    /// Whether those who count as `one` can be those who count as `other`: at most one of them is listed, and see
    /// [`Joins::may_be`].
    fn may_join(&self, one: &Who, other: &Who, seen: &SeenBy) -> bool {
        let listed = |root: &Who| self.group(root).any(|who| matches!(who, Who::Listed(_)));
        !(listed(one) && listed(other)) && self.may_be(one, other, seen)
    }

    /// Whether no article names any of those who count as `one` beside any of those who count as `other`, and no title tells that
    /// some are men and some are women.
    fn may_be(&self, one: &Who, other: &Who, seen: &SeenBy) -> bool {
        let seen = |root| self.group(root).filter_map(|who| seen.get(who));
        let (ones, others) = (seen(one), seen(other));
        let titles: BTreeSet<Gender> = ones.clone().chain(others.clone()).flat_map(|it| &it.titles).copied().collect();
        let apart = |a: &Seen| others.clone().all(|b| a.beside.is_disjoint(&b.beside));
        titles.len() < 2 && ones.clone().all(apart)
    }

    fn join(&mut self, who: &Who, root: &Who, reason: &'static str) {
        let mut group = self.groups.remove(who).unwrap_or_default();
        for joined in &group {
            if let Some((before, _)) = self.made.get_mut(joined) {
                before.clone_from(root);
            }
        }
        self.made.insert(who.clone(), (root.clone(), reason));
        group.push(who.clone());
        self.groups.entry(root.clone()).or_default().extend(group);
    }

    /// Full names that are spelt alike, persons' also if they differ in middle initials, where the initials are the same wherever
    /// there are any.
    fn join_full(&mut self, candidates: &[Candidate], seen: &SeenBy) {
        let mut groups: BTreeMap<Alike<'_>, Vec<(&Candidate, &Name)>> = BTreeMap::new();
        for candidate in candidates {
            for name in &candidate.names {
                let words = alike_words(candidate.kind, name).into_iter().map(spelling).collect();
                groups.entry((candidate.kind, words, name.suffix.as_deref())).or_default().push((candidate, name));
            }
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let all: BTreeSet<String> = group.iter().map(initials_of).collect();
            let Some(best) = group.iter().min_by_key(|it| rank(it.0)) else { continue };
            let root = best.0;
            let alike = all.iter().filter(|it| !it.is_empty()).count() < 2;
            for one in group.iter().filter(|it| it.0.who != root.who) {
                let (candidate, same) = (one.0, initials_of(one) == initials_of(best));
                let reason =
                    if same { "same full name, spelt otherwise" } else { "same full name but for a middle initial" };
                let free = matches!(candidate.who, Who::Unlisted(_)) && !self.made.contains_key(&candidate.who);
                if free && (same || alike) && self.may_join(&candidate.who, &root.who, seen) {
                    self.join(&candidate.who, &root.who, reason);
                }
            }
        }
    }

    /// Names that stand alone in their articles.
    fn join_alone(&mut self, candidates: &[Candidate], seen: &SeenBy) {
        let bearers = Bearers::of(candidates, seen);
        for candidate in candidates {
            let Some(alone) = candidate.alone.as_ref().filter(|_| !self.made.contains_key(&candidate.who)) else {
                continue;
            };
            let fits = bearers.that_fit(candidate, alone);
            let roots: BTreeSet<Who> = fits.into_iter().map(|who| self.root(who).clone()).collect();
            let mut first = roots.iter();
            match (first.next(), first.next()) {
                (Some(root), None) if self.may_join(&candidate.who, root, seen) => {
                    self.join(&candidate.who, root, alone_reason(candidate.kind));
                }
                (Some(root), None) if self.may_be(&candidate.who, root, seen) => {
                    self.propose(&candidate.who, root, alone_reason(candidate.kind));
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
    fn doubt(&mut self, candidates: &[Candidate], seen: &SeenBy) {
        let mut buckets: BTreeMap<String, Vec<(&Who, &Name)>> = BTreeMap::new();
        let mut begun: BTreeMap<String, Vec<(&Who, &Name)>> = BTreeMap::new();
        for candidate in candidates.iter().filter(|it| it.kind == ActorKind::Person) {
            for name in &candidate.names {
                buckets.entry(skeleton(name.surname())).or_default().push((&candidate.who, name));
                for end in 2..=name.words.len() {
                    let front = name.words.get(..end).unwrap_or_default().join(" ");
                    begun.entry(front).or_default().push((&candidate.who, name));
                }
            }
        }
        // "Maria Lopez" and "Maria Lopez Garcia" share no surname: they begin alike.
        begun.retain(|front, names| names.iter().any(|(_, name)| name.words.join(" ") == *front));
        for bucket in buckets.into_values().chain(begun.into_values()).filter(|bucket| bucket.len() <= BUCKET) {
            for (index, (one, name)) in bucket.iter().enumerate() {
                for (other, like) in bucket.iter().skip(index + 1).filter(|it| it.0 != *one) {
                    let Some(likeness) = name.likeness(like) else { continue };
                    let (one, other) = (self.root(one).clone(), self.root(other).clone());
                    if one != other && self.may_be(&one, &other, seen) {
                        self.propose(&one, &other, reason(likeness, name, like));
                    }
                }
            }
        }
    }

    /// Drops the doubts between names that the reader has split already.
    fn forget(&mut self, decisions: &[Decision], candidates: &[Candidate]) {
        let splits = decisions.iter().filter(|it| it.verb == Verb::Split);
        let splits: Vec<BTreeSet<String>> = splits.map(|it| it.names.iter().map(|name| fold(name)).collect()).collect();
        if splits.is_empty() {
            return;
        }
        let written: BTreeMap<&Who, &str> = candidates.iter().map(|it| (&it.who, it.written.as_str())).collect();
        self.doubts.retain(|(one, other), _| {
            let (Some(one), Some(other)) = (written.get(one), written.get(other)) else { return true };
            let (one, other) = (fold(one), fold(other));
            !splits.iter().any(|names| names.contains(&one) && names.contains(&other))
        });
    }

    fn propose(&mut self, one: &Who, other: &Who, reason: &'static str) {
        let pair = if one < other { (one, other) } else { (other, one) };
        self.doubts.entry((pair.0.clone(), pair.1.clone())).or_insert(reason);
    }
}

/// The words of a name that must be the same: persons have initials.
fn alike_words(kind: ActorKind, name: &Name) -> Vec<&str> {
    match kind {
        ActorKind::Person => name.without_initials(),
        _ => name.words.iter().map(String::as_str).collect(),
    }
}

fn initials_of((candidate, name): &(&Candidate, &Name)) -> String {
    if candidate.kind == ActorKind::Person { name.middle_initials() } else { String::new() }
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

fn candidate(who: &Who, articles: u64, seen: &SeenBy, roster: &Roster) -> Candidate {
    let seen = seen.get(who);
    let (kind, written): (ActorKind, Vec<&str>) = match who {
        // As it is written: folded names do not tell initials from short words.
        Who::Unlisted(unlisted) => (unlisted.kind, vec![seen.and_then(Seen::label).unwrap_or(&unlisted.name)]),
        Who::Listed(index) => {
            roster.actors.get(*index).map_or((ActorKind::Other, Vec::new()), |it| (it.kind, it.names().collect()))
        }
    };
    let names: Vec<Name> = written.iter().map(|name| Name::of(name, None)).collect();
    let alone = names.first().filter(|_| !names.iter().any(Name::is_full)).cloned();
    let titles = seen.map(|seen| seen.titles.clone()).unwrap_or_default();
    let (who, written) = (who.clone(), written.first().map_or_else(String::new, |name| (*name).to_owned()));
    let names = names.into_iter().filter(Name::is_full).collect();
    Candidate { who, kind, names, alone, titles, articles, written }
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
    exact: BTreeMap<(ActorKind, String), Vec<(&'a Candidate, &'a Name)>>,
    alike: BTreeMap<(ActorKind, String), Vec<(&'a Candidate, &'a Name)>>,
}

impl<'a> Bearers<'a> {
    fn of(candidates: &'a [Candidate], seen: &SeenBy) -> Self {
        let mut bearers = Self { exact: BTreeMap::new(), alike: BTreeMap::new() };
        for candidate in candidates {
            for name in &candidate.names {
                let Some(short) = short_of(candidate, name, seen) else { continue };
                let bearer = (candidate, name);
                bearers.alike.entry((candidate.kind, skeleton(&short))).or_default().push(bearer);
                bearers.exact.entry((candidate.kind, short)).or_default().push(bearer);
            }
        }
        bearers
    }

    /// Whom a name that stands alone fits: by the letter, else by the sound.
    fn that_fit(&self, candidate: &Candidate, alone: &Name) -> Vec<&'a Who> {
        let kind = candidate.kind;
        let exact = self.exact.get(&(kind, alone.surname().to_owned()));
        let alike = || self.alike.get(&(kind, skeleton(alone.surname())));
        let fits = exact.or_else(alike).map(Vec::as_slice).unwrap_or_default();
        let told = genders(candidate, alone);
        let agrees = |genders: &BTreeSet<Gender>| told.is_empty() || genders.is_empty() || !told.is_disjoint(genders);
        fits.iter().filter(|(bearer, name)| agrees(&genders(bearer, name))).map(|(bearer, _)| &bearer.who).collect()
    }
}

/// What titles tell, else what the name does.
fn genders(candidate: &Candidate, name: &Name) -> BTreeSet<Gender> {
    let titles = &candidate.titles;
    if titles.is_empty() { name.told_gender().into_iter().collect() } else { titles.clone() }
}

fn short_of(candidate: &Candidate, name: &Name, seen: &SeenBy) -> Option<String> {
    if candidate.kind == ActorKind::Person {
        return Some(name.surname().to_owned());
    }
    let short = initials(&name.words)?;
    let seen = seen.get(&candidate.who)?;
    seen.names.keys().any(|it| fold(&it.replace('.', "")) == short).then_some(short)
}

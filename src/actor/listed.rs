//! Names of listed actors in one article: who bears a shared alias, and whose surname it is here.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Article, Roster, Span, ZoneKind,
    mention::{Ignored, Mention, Names, fold, spelling},
};

/// Resolves the `names` of listed actors in `article`: shared aliases as [`resolve`] does, by the full names that stand in its
/// headline and body and not in what the page says of other stories; and a surname that the article gives to somebody else in
/// full, and to the actor never, is that other person's from there on.
pub fn resolve_in(article: &Article, names: &mut Names) {
    let own =
        |span: Span| matches!(article.zone_of(span), Some(ZoneKind::Headline | ZoneKind::Body | ZoneKind::Caption));
    resolve_by(&mut names.mentions, own);
    give_back(&article.text, names, own);
}

/// Gives every mention that several actors share to the one of them whom the article names in full. Where it names none of them
/// in full, the mention goes to the one whose whole name it is; else, or where it names more than one, it stays ambiguous.
pub fn resolve(mentions: &mut [Mention]) {
    resolve_by(mentions, |_| true);
}

fn resolve_by(mentions: &mut [Mention], counts: impl Fn(Span) -> bool) {
    if mentions.iter().all(|mention| mention.candidates.is_empty()) {
        return;
    }
    let full: BTreeSet<usize> =
        mentions.iter().filter(|it| it.full && counts(it.span)).filter_map(|it| it.actor).collect();
    for mention in mentions.iter_mut().filter(|mention| !mention.candidates.is_empty()) {
        let mut named = mention.candidates.iter().copied().filter(|actor| full.contains(actor));
        let (actor, how) = match (named.next(), named.next()) {
            (Some(actor), None) => (Some(actor), "shared alias, full name in the article"),
            (None, _) => (mention.own, "shared alias, the whole name of one"),
            _ => (None, ""),
        };
        if actor.is_some() {
            mention.actor = actor;
            mention.candidates.clear();
            mention.how = how;
        }
    }
}

/// Leaves to be found who bears a name of one word that only a join lists, where the article neither has a name of several words of
/// the join nor two of its names: somebody else of the run may be called so. What is found is joined over the whole run.
pub fn leave_to_find(article: &Article, roster: &Roster, names: &mut Names) {
    for (actor, joined) in roster.joined_only() {
        let written: BTreeSet<String> = names
            .mentions
            .iter()
            .filter(|mention| mention.actor == Some(actor))
            .map(|mention| fold(mention.span.of(&article.text)))
            .collect();
        if !written.is_empty() && !are_told(joined, &written) {
            names.mentions.retain(|mention| mention.actor != Some(actor));
        }
    }
}

/// Whether what is `written` tells that the names of a join are meant: one of several words, by its last, or two others.
fn are_told(joined: &[String], written: &BTreeSet<String>) -> bool {
    let last = |name: &str| name.split_whitespace().skip(1).last().map(|word| spelling(word).into_owned());
    let lasts: BTreeSet<String> = written.iter().filter_map(|name| last(name)).collect();
    let joined: BTreeSet<String> = joined.iter().map(|name| fold(name)).collect();
    joined.iter().filter_map(|name| last(name)).any(|name| lasts.contains(&name))
        || joined.intersection(written).count() > 1
}

/// The rule of a bare surname that the article gives to another.
const OTHERS: &str = "surname of another person of the article";

/// Takes from listed actors the bare surnames that are another's: "Mary Smith" came, and a sentence later "Smith". An actor who is
/// named in full, or by surname before, keeps them all.
fn give_back(text: &str, names: &mut Names, own: impl Fn(Span) -> bool) {
    let others: Vec<&Ignored> =
        names.ignored.iter().filter(|it| it.rule == "another person's name" && own(it.span)).collect();
    if others.is_empty() {
        return;
    }
    // The first place where the article gives the surname to another, by actor; and where it names the actor first, in full or not.
    let mut theirs: BTreeMap<usize, Span> = BTreeMap::new();
    for other in others {
        theirs.entry(other.actor).or_insert(other.span);
    }
    for (actor, mention) in names.mentions.iter().filter_map(|it| Some((it.actor?, it))).filter(|it| own(it.1.span)) {
        if theirs.get(&actor).is_some_and(|other| mention.full || mention.span.start < other.start) {
            theirs.remove(&actor);
        }
    }
    let taken = |mention: &Mention| {
        let other = theirs.get(&mention.actor?).filter(|_| mention.how == "alias" && !mention.attributive)?;
        let same = other.of(text) == mention.span.of(text) && ends_sentence(text, other.end, mention.span.start);
        same.then_some(Ignored { span: mention.span, actor: mention.actor?, rule: OTHERS })
    };
    let ignored: Vec<Ignored> = names.mentions.iter().filter_map(taken).collect();
    if !ignored.is_empty() {
        names.mentions.retain(|mention| taken(mention).is_none());
        names.ignored.extend(ignored);
        names.ignored.sort_by_key(|it| it.span);
    }
}

/// Bytes within which two names may stand in one sentence.
const FAR: usize = 2_000;

/// Whether a sentence or line ends between two bytes.
fn ends_sentence(text: &str, from: usize, to: usize) -> bool {
    const ENDS: [&str; 5] = [". ", "! ", "? ", "\n", "” "];
    let ends = |between: &str| between.len() >= FAR || ENDS.iter().any(|end| between.contains(end));
    text.get(from..to).is_some_and(ends)
}

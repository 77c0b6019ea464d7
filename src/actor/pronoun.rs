//! Pronouns: he and she to the last compatible person.

use std::collections::BTreeMap;

use super::name::{Name, genders_agree, title_gender};
use crate::{
    Article, Roster, Sentence, Span, ZoneKind,
    mention::{Gender, Mention, Names, fold},
    roster::ActorKind,
};

/// How many sentences before its own a pronoun reaches back.
const REACH: usize = 2;

/// Pronouns of English, the only language whose pronouns are read.
const PRONOUNS: &[(&str, Gender)] = &[
    ("he", Gender::Man),
    ("him", Gender::Man),
    ("his", Gender::Man),
    ("himself", Gender::Man),
    ("she", Gender::Woman),
    ("her", Gender::Woman),
    ("hers", Gender::Woman),
    ("herself", Gender::Woman),
];

/// Adds to `names` the pronouns "he" and "she" with their forms, each to the person who was named last before it, no more than two
/// sentences back in the same zone, and whose title or given name says nothing against it. Other languages than English have
/// none. `sentences` are all of the article's.
pub fn read_pronouns(article: &Article, sentences: &[Sentence], roster: &Roster, names: &mut Names) {
    if article.language.as_deref().is_some_and(|language| !language.starts_with("en")) {
        return;
    }
    let genders = genders(article, roster, names);
    let mut pronouns = Vec::new();
    let mut zone: (Option<ZoneKind>, usize) = (None, 0);
    for (index, sentence) in sentences.iter().enumerate() {
        if zone.0 != Some(sentence.zone) {
            zone = (Some(sentence.zone), index);
        }
        let from =
            sentences.get(index.saturating_sub(REACH).max(zone.1)).map_or(sentence.span.start, |it| it.span.start);
        for (span, gender) in pronouns_in(&article.text, sentence.span) {
            let reach = Span { start: from, end: span.start };
            if let Some(actor) = last_named(names, reach, gender, &genders) {
                pronouns.push(pronoun(span, actor));
            }
        }
    }
    names.mentions.extend(pronouns);
    names.mentions.sort_by_key(|mention| mention.span);
}

fn pronoun(span: Span, actor: usize) -> Mention {
    let how = "pronoun, the last person named before it";
    Mention {
        span,
        actor: Some(actor),
        candidates: Vec::new(),
        own: None,
        how,
        attributive: false,
        full: false,
        pronoun: true,
    }
}

/// What is known of the persons who are named, by number; others than persons are not in it.
fn genders(article: &Article, roster: &Roster, names: &Names) -> BTreeMap<usize, Option<Gender>> {
    let mut genders = BTreeMap::new();
    for mention in &names.mentions {
        let Some(actor) = mention.actor else { continue };
        let unlisted = actor.checked_sub(roster.actors.len()).and_then(|index| names.unlisted.get(index));
        let (kind, name) = match (roster.actors.get(actor), unlisted) {
            (Some(listed), _) => (listed.kind, listed.name.as_str()),
            (None, Some(local)) => (local.who.kind, local.name.as_str()),
            (None, None) => continue,
        };
        if kind == ActorKind::Person {
            let known =
                genders.entry(actor).or_insert_with(|| Name::of(name, article.language.as_deref()).told_gender());
            *known = known.or_else(|| title(&article.text, mention.span));
        }
    }
    genders
}

/// What the title before a name says of its bearer.
fn title(text: &str, span: Span) -> Option<Gender> {
    let before = text.get(..span.start)?.strip_suffix([' ', '\u{a0}'])?;
    let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '.').next()?;
    title_gender(&fold(word.trim_end_matches('.')))
}

/// The pronouns of one sentence, in order.
fn pronouns_in(text: &str, sentence: Span) -> Vec<(Span, Gender)> {
    let words = sentence.of(text);
    let mut found = Vec::new();
    let mut at = 0;
    for word in words.split(|c: char| !c.is_alphanumeric()) {
        let span = Span { start: sentence.start + at, end: sentence.start + at + word.len() };
        at += word.len();
        at += words.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let is = |pronoun: &str| word.eq_ignore_ascii_case(pronoun) && !word.ends_with(|c: char| c.is_uppercase());
        if let Some((_, gender)) = PRONOUNS.iter().find(|(pronoun, _)| is(pronoun)) {
            found.push((span, *gender));
        }
    }
    found
}

/// The last person named within `reach` who may be of this gender.
fn last_named(names: &Names, reach: Span, gender: Gender, genders: &BTreeMap<usize, Option<Gender>>) -> Option<usize> {
    let end = names.mentions.partition_point(|mention| mention.span.end <= reach.end);
    let before = names.mentions.get(..end)?.iter().rev().take_while(|mention| mention.span.start >= reach.start);
    let fits = |actor: &usize| genders.get(actor).is_some_and(|told| genders_agree(*told, Some(gender)));
    before.filter_map(|mention| mention.actor).find(fits)
}

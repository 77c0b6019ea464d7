//! What was seen in one article, for people and for checks: zones, sentences, names, each with its place.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    Article, Roster, Sentence, Span, ZoneKind,
    article::DateFound,
    mention::{Ignored, Mention, Names},
    roster::ActorKind,
    story::{self, Signature},
};

/// One article as it was understood; offsets are bytes of `text`.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation<'a> {
    id: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    title: Option<&'a str>,
    published: Option<NaiveDate>,
    published_by: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dates: &'a [DateFound],
    modified: Option<NaiveDate>,
    byline: Option<&'a str>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    /// Digest of the words of the body, the same in exact copies, and in near ones where stories are asked for; absent where there
    /// are no words.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<String>,
    text: &'a str,
    zones: Vec<ZoneRow>,
    sentences: Vec<SentenceRow>,
    mentions: Vec<MentionRow<'a>>,
    ignored: Vec<IgnoredRow<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct ZoneRow {
    start: usize,
    end: usize,
    kind: &'static str,
    rule: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct SentenceRow {
    start: usize,
    end: usize,
    zone: &'static str,
    paragraph: usize,
}

#[derive(Clone, Debug, Serialize)]
struct MentionRow<'a> {
    start: usize,
    end: usize,
    sentence: Option<usize>,
    actor: Option<&'a str>,
    actor_id: Option<&'a str>,
    candidates: Vec<&'a str>,
    kind: Option<ActorKind>,
    how: &'static str,
    listed: bool,
    attributive: bool,
    #[serde(skip_serializing_if = "is_false")]
    pronoun: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(is: &bool) -> bool {
    !*is
}

#[derive(Clone, Debug, Serialize)]
struct IgnoredRow<'a> {
    start: usize,
    end: usize,
    actor: Option<&'a str>,
    rule: &'static str,
}

impl<'a> Annotation<'a> {
    /// The annotation of `article` with its `sentences` (in order) and the `names` of `roster` in it.
    pub fn of(article: &'a Article, sentences: &[Sentence], names: &'a Names, roster: &'a Roster) -> Self {
        let zones = article.zones.iter().map(|zone| ZoneRow {
            start: zone.span.start,
            end: zone.span.end,
            kind: zone.kind.name(),
            rule: zone.rule,
        });
        let rows = sentences.iter().map(|sentence| SentenceRow {
            start: sentence.span.start,
            end: sentence.span.end,
            zone: sentence.zone.name(),
            paragraph: sentence.paragraph,
        });
        Self {
            id: &article.id,
            path: &article.place.path,
            line: article.place.line,
            title: article.title.as_deref(),
            published: article.published,
            published_by: article.published_by,
            dates: &article.dates,
            modified: article.modified,
            byline: article.byline.as_deref(),
            outlet: article.outlet.as_deref(),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            story: story_of(article),
            text: &article.text,
            zones: zones.collect(),
            sentences: rows.collect(),
            mentions: names.mentions.iter().map(|mention| mention_row(mention, sentences, names, roster)).collect(),
            ignored: names.ignored.iter().map(|ignored| ignored_row(ignored, roster)).collect(),
        }
    }
}

fn story_of(article: &Article) -> Option<String> {
    let signature = Signature::of_words(article, &BTreeSet::from([ZoneKind::Body]));
    (signature.runs > 0).then(|| story::shown(signature.words))
}

fn mention_row<'a>(mention: &Mention, sentences: &[Sentence], names: &'a Names, roster: &'a Roster) -> MentionRow<'a> {
    let shown = |number: usize| shown(number, names, roster);
    let actor = mention.actor.and_then(shown);
    let candidates: Vec<Shown<'a>> = mention.candidates.iter().filter_map(|&it| shown(it)).collect();
    let first = actor.or_else(|| candidates.first().copied());
    MentionRow {
        start: mention.span.start,
        end: mention.span.end,
        sentence: sentence_of(mention.span, sentences),
        actor: actor.map(|it| it.name),
        actor_id: actor.map(|it| it.id),
        candidates: candidates.iter().map(|it| it.name).collect(),
        kind: first.map(|it| it.kind),
        how: mention.how,
        listed: first.is_none_or(|it| it.listed),
        attributive: mention.attributive,
        pronoun: mention.pronoun,
    }
}

/// An actor as a row shows it.
#[derive(Clone, Copy)]
struct Shown<'a> {
    name: &'a str,
    id: &'a str,
    kind: ActorKind,
    listed: bool,
}

/// The actor of this number in the article.
fn shown<'a>(number: usize, names: &'a Names, roster: &'a Roster) -> Option<Shown<'a>> {
    if let Some(listed) = roster.actors.get(number) {
        return Some(Shown { name: &listed.name, id: listed.key(), kind: listed.kind, listed: true });
    }
    let local = names.unlisted.get(number.checked_sub(roster.actors.len())?)?;
    Some(Shown { name: &local.name, id: &local.name, kind: local.who.kind, listed: false })
}

fn ignored_row<'a>(ignored: &Ignored, roster: &'a Roster) -> IgnoredRow<'a> {
    let actor = roster.actors.get(ignored.actor).map(|it| it.name.as_str());
    IgnoredRow { start: ignored.span.start, end: ignored.span.end, actor, rule: ignored.rule }
}

/// Index of the sentence that holds `span`.
fn sentence_of(span: Span, sentences: &[Sentence]) -> Option<usize> {
    let index = sentences.partition_point(|it| it.span.start <= span.start).checked_sub(1)?;
    sentences.get(index)?.span.contains(span).then_some(index)
}

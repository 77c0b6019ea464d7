//! Names that a tagger takes for persons' and that grammar says are none: "Ada Byron of Brightsea", "Brightsea's Ada Byron".

use std::collections::BTreeMap;

use super::name::Name;
use crate::{
    Span,
    mention::{fold, is_given},
};

/// Of the `spans` in `text` that were found as persons, in order, those that can be: acronyms are no persons, nor are names that
/// begin with an article or, like "Byron Archive", with the surname of another, nor names of which at least half the places stand behind "of" after a person, or as a single word in
/// the possessive before one.
pub(super) fn without_nobodies(text: &str, spans: Vec<Span>, language: Option<&str>) -> Vec<Span> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let neighbours = |index: usize| (index.checked_sub(1).and_then(|it| spans.get(it)), spans.get(index + 1));
    let full = |span: &Span| Name::of(span.of(text), language).is_full();
    let surnames: Vec<String> =
        spans.iter().filter(|span| full(span)).map(|it| Name::of(it.of(text), language).surname().to_owned()).collect();
    for (index, span) in spans.iter().enumerate() {
        let (before, after) = neighbours(index);
        let single = !span.of(text).contains(char::is_whitespace);
        let behind = before.is_some_and(|it| between(text, *it, *span) == " of " && full(it));
        let owner = single && after.is_some_and(|it| matches!(between(text, *span, *it), "'s " | "’s ") && full(it));
        let count = counts.entry(fold(span.of(text))).or_default();
        count.0 += 1;
        count.1 += usize::from(behind || owner);
    }
    let is_nobody = |span: &Span| {
        let written = span.of(text);
        let (all, against) = counts.get(&fold(written)).copied().unwrap_or_default();
        let known = surnames.iter().any(|surname| *surname == fold(written));
        begins_with_article(written)
            || begins_with_surname(written, &surnames)
            || (!known && (is_acronym(written) || against * 2 >= all.max(1)))
    };
    spans.iter().filter(|span| !is_nobody(span)).copied().collect()
}

fn between(text: &str, one: Span, next: Span) -> &str {
    Span { start: one.end, end: next.start.max(one.end) }.of(text)
}

/// "DAB": capitals only, up to five; "JFK" of the initials' kind is rarer in news.
fn is_acronym(written: &str) -> bool {
    let length = written.chars().count();
    (2..=5).contains(&length) && written.chars().all(char::is_uppercase)
}

/// "Der Spiegel", "The Rock".
fn begins_with_article(written: &str) -> bool {
    let mut words = written.split_whitespace();
    let article = matches!(words.next(), Some("The" | "Der" | "Die" | "Das" | "Les" | "Los" | "Las"));
    article && words.next().is_some()
}

/// "Byron Archive" where there is an Ada Byron: named after her. Given names begin names of persons, as do short surnames and those
/// before a hyphenated word in languages that put them first.
fn begins_with_surname(written: &str, surnames: &[String]) -> bool {
    let mut words = written.split_whitespace();
    let (Some(first), Some(second), None) = (words.next(), words.next(), words.next()) else { return false };
    let long = first.chars().count() > 5 && !second.contains('-') && !is_given(first);
    long && surnames.contains(&fold(first)) && surnames.iter().filter(|it| **it == fold(second)).count() < 2
}

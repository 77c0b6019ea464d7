//! Organisations and places within one article: equal names, acronyms, first words.

use std::collections::BTreeMap;

use super::name::{initials, plain_words};
use crate::Span;

/// A place that names an organisation or a place, in order of the text.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) span: Span,
    /// The name as it is written, on one line.
    pub(super) written: String,
}

/// Bodies of one article: for each, the numbers of its places, in order; and for each place the rule.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// The fullest name of each, as written first.
    pub(super) names: Vec<String>,
    /// By place: the number of the body, and the rule in words.
    pub(super) readings: Vec<(usize, &'static str)>,
}

/// A name and those of its places.
struct Group {
    words: Vec<String>,
    written: String,
    places: Vec<usize>,
}

/// Reads all `places` of one kind in `text`; `shortened`: whether first words stand for the whole name.
pub(super) fn read(text: &str, places: &[Place], shortened: bool) -> Bodies {
    let mut by_words: BTreeMap<Vec<String>, Group> = BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        let words = plain_words(&place.written);
        let group = by_words.entry(words.clone());
        let fresh = || Group { words, written: place.written.clone(), places: Vec::new() };
        group.or_insert_with(fresh).places.push(number);
    }
    let mut groups: Vec<Group> = by_words.into_values().collect();
    groups.sort_by_key(|group| group.places.first().copied());
    let owners: Vec<Option<(usize, &'static str)>> =
        groups.iter().map(|group| owner(group, &groups, places, text, shortened)).collect();
    let mut bodies = Bodies { names: Vec::new(), readings: vec![(0, "name"); places.len()] };
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        let owner = |index: usize| owners.get(index).copied().flatten();
        let how = owner(index).map_or("name", |(_, how)| how);
        // Owners have more words than what they own, so this ends.
        let root =
            std::iter::successors(Some(index), |&index| owner(index).map(|(root, _)| root)).last().unwrap_or(index);
        let number = *numbers.entry(root).or_insert_with(|| {
            bodies.names.push(groups.get(root).map_or_else(String::new, |group| group.written.clone()));
            bodies.names.len() - 1
        });
        for place in &group.places {
            if let Some(reading) = bodies.readings.get_mut(*place) {
                *reading = (number, how);
            }
        }
    }
    bodies
}

/// The one group whose short name `group` is, with the rule; only groups that are nobody's short name can be.
fn owner(
    group: &Group,
    groups: &[Group],
    places: &[Place],
    text: &str,
    shortened: bool,
) -> Option<(usize, &'static str)> {
    let [short] = group.words.as_slice() else {
        return shortened
            .then(|| only(groups, |long| begins(long, group)))
            .flatten()
            .map(|index| (index, "first words"));
    };
    let acronym = is_acronym(&group.written);
    let bracketed = |long: &Group| acronym && explains(long, group, places, text);
    let spelt = |long: &Group| acronym && initials(&long.words).as_deref() == Some(short);
    let first = |long: &Group| shortened && begins(long, group);
    only(groups, bracketed)
        .or_else(|| only(groups, spelt))
        .map(|index| (index, "acronym"))
        .or_else(|| only(groups, first).map(|index| (index, "first words")))
}

fn only(groups: &[Group], fits: impl Fn(&Group) -> bool) -> Option<usize> {
    let mut fitting = groups.iter().enumerate().filter(|(_, long)| fits(long)).map(|(index, _)| index);
    match (fitting.next(), fitting.next()) {
        (Some(index), None) => Some(index),
        _ => None,
    }
}

/// Whether `long` begins with the words of `short` and goes on; a name that itself goes on in a third is no owner.
fn begins(long: &Group, short: &Group) -> bool {
    long.words.len() > short.words.len() && long.words.starts_with(&short.words)
}

/// "International Monetary Fund (IMF)": the short name stands in brackets right after the long one, and its letters are there in
/// order.
fn explains(long: &Group, short: &Group, places: &[Place], text: &str) -> bool {
    let (Some(word), true) = (short.words.first(), long.words.len() > 1) else { return false };
    let mut letters = long.words.iter().flat_map(|word| word.chars());
    let in_order = word.chars().all(|wanted| letters.any(|letter| letter == wanted));
    let after = |one: &usize| short.places.iter().any(|next| stand_bracketed(*one, *next, places, text));
    in_order && long.places.iter().any(after)
}

fn stand_bracketed(one: usize, next: usize, places: &[Place], text: &str) -> bool {
    let (Some(one), Some(next)) = (places.get(one), places.get(next)) else { return false };
    let between = Span { start: one.span.end, end: next.span.start };
    between.start < between.end && between.of(text).trim_start() == "("
}

/// "IMF", "U.N.", "NATO".
fn is_acronym(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters) && !written.chars().any(char::is_lowercase)
}

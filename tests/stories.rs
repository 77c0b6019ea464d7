//! Copies of stories on a corpus that is made here, with known truth.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sociogram::{
    Article, Span, Zone, ZoneKind,
    story::{Signature, StoryId, same_words, stories},
};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Few of these recur between stories more often than in news.
fn word(dice: &mut Dice) -> String {
    const FREQUENT: [&str; 24] = [
        "the",
        "of",
        "to",
        "and",
        "a",
        "in",
        "that",
        "said",
        "was",
        "for",
        "on",
        "with",
        "by",
        "he",
        "it",
        "from",
        "as",
        "at",
        "has",
        "be",
        "talks",
        "government",
        "minister",
        "year",
    ];
    const PARTS: [&str; 20] = [
        "ba", "ko", "ri", "me", "tu", "la", "no", "se", "vi", "da", "po", "fe", "gu", "hi", "jo", "ze", "wa", "cy",
        "du", "ti",
    ];
    match dice.roll(5) {
        0 | 1 => FREQUENT[dice.roll(FREQUENT.len())].to_owned(),
        _ => (0..3).map(|_| PARTS[dice.roll(PARTS.len())]).collect(),
    }
}

fn sentence(dice: &mut Dice) -> String {
    let length = 12 + dice.roll(14);
    let words: Vec<String> = (0..length).map(|_| word(dice)).collect();
    format!("{}.", words.join(" "))
}

fn sentences(dice: &mut Dice, count: usize) -> Vec<String> {
    (0..count).map(|_| sentence(dice)).collect()
}

fn signature(sentences: &[String]) -> Signature {
    Signature::of_parts([sentences.join(" ").as_str()].into_iter())
}

/// One event in the papers: the wire story, its copies, and another report that quotes the same two statements.
fn event(dice: &mut Dice) -> (Vec<Vec<String>>, Vec<String>) {
    let length = 12 + dice.roll(30);
    let wire = sentences(dice, length);
    let mut copies = vec![wire.clone(), wire.iter().map(|it| it.to_uppercase()).collect()];
    // A paragraph of the paper's own behind it.
    copies.push([wire.clone(), sentences(dice, 2)].concat());
    // A shortened copy: the first two thirds.
    copies.push(wire[..length * 2 / 3].to_vec());
    // Edited: one word in a sentence, in one sentence of five.
    let mut edited = wire.clone();
    for at in (0..length).step_by(5) {
        edited[at] = edited[at].replacen(' ', &format!(" {} ", word(dice)), 1);
    }
    copies.push(edited);
    let mut other = sentences(dice, length);
    for at in [1, length / 2] {
        other[at].clone_from(&wire[at]);
    }
    (copies, other)
}

/// Signatures with the number of their true story.
fn corpus(events: usize) -> Vec<(usize, Signature)> {
    let mut dice = Dice(7);
    let mut all = Vec::new();
    for number in 0..events {
        let (copies, other) = event(&mut dice);
        all.extend(copies.iter().map(|copy| (number * 2, signature(copy))));
        all.push((number * 2 + 1, signature(&other)));
    }
    all
}

/// Pairs within the groups of one size after the other.
fn pairs<K: Ord>(keys: impl Iterator<Item = K>) -> usize {
    let mut sizes: BTreeMap<K, usize> = BTreeMap::new();
    keys.for_each(|key| *sizes.entry(key).or_default() += 1);
    sizes.values().map(|size| size * (size - 1) / 2).sum()
}

#[test]
fn copies_are_found_and_other_reports_are_not() {
    let corpus = corpus(400);
    let signatures: Vec<Signature> = corpus.iter().map(|(_, signature)| signature.clone()).collect();
    let found = stories(&signatures);
    let truth = || corpus.iter().map(|(number, _)| *number);
    let right = pairs(truth().zip(found.iter().copied()));
    let (wanted, told) = (pairs(truth()), pairs(found.iter().copied()));
    println!("copies: {right} of {wanted} pairs found, {told} told");
    assert!(right * 100 >= wanted * 98, "recall {right} of {wanted}");
    assert!(right * 1000 >= told * 999, "precision {right} of {told}");
}

#[test]
fn long_and_shortened_copies_are_one_story_where_there_are_many() {
    let mut dice = Dice(11);
    let whole = (0..100).filter(|_| {
        let wire = sentences(&mut dice, 40);
        let copies: Vec<Signature> = (0..18)
            .map(|copy| {
                let kept = if copy % 2 == 0 { &wire[..] } else { &wire[..16] };
                let own = (0..4).map(|_| word(&mut dice)).collect::<Vec<_>>().join(" ");
                signature(&[kept, &[own]].concat())
            })
            .collect();
        stories(&copies).windows(2).all(|two| two[0] == two[1])
    });
    let whole = whole.count();
    println!("crowds of long and shortened copies: {whole} of 100 whole");
    assert!(whole >= 97, "{whole}");
}

#[test]
fn a_signature_stays_under_600_bytes() {
    let largest = corpus(20).iter().map(|(_, it)| 16 + 4 + 4 * it.sketch.len()).max().unwrap();
    assert!((400..600).contains(&largest), "{largest}");
}

#[test]
fn only_the_body_makes_a_story() {
    let article = |headline: &str| {
        let text = format!("{headline}\nThe minister met the envoy in the harbour of the old town on Monday.");
        let zone = |start, end, kind| Zone { span: Span { start, end }, kind, rule: "test" };
        let zones =
            vec![zone(0, headline.len(), ZoneKind::Headline), zone(headline.len() + 1, text.len(), ZoneKind::Body)];
        Article { text, zones, ..Article::default() }
    };
    let [body, both] = [vec![ZoneKind::Body], vec![ZoneKind::Headline, ZoneKind::Body]].map(BTreeSet::from_iter);
    assert_eq!(Signature::of(&article("One"), &body), Signature::of(&article("Another headline"), &body));
    // Where headlines count, another one makes no exact copy, and a near one still.
    let [one, other] = ["One", "Another headline"].map(|headline| Signature::of(&article(headline), &both));
    assert!(one.words != other.words && one.sketch == other.sketch && one.is_copy(&other));
}

#[test]
fn a_sentence_is_the_same_whatever_stands_between_its_words() {
    assert_eq!(same_words("“We have time,” he said."), same_words("\"WE have time\" he  said"));
    assert_ne!(same_words("we have time"), same_words("we have no time"));
}

#[test]
fn a_page_without_words_is_no_copy_of_another_story() {
    let found = stories(&[signature(&[]), signature(&["one two three".into()]), signature(&["one two four".into()])]);
    assert!(found[0] != found[1] && found[1] != found[2]);
}

/// The stories as sets of the numbers that articles had before they were shuffled.
fn groups(order: &[usize], found: &[StoryId]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<StoryId, Vec<usize>> = BTreeMap::new();
    order.iter().zip(found).for_each(|(index, story)| groups.entry(*story).or_default().push(*index));
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn order_makes_no_difference(order in Just((0..60).collect::<Vec<usize>>()).prop_shuffle()) {
        let signatures: Vec<Signature> = corpus(10).into_iter().map(|(_, it)| it).collect();
        let plain: Vec<usize> = (0..60).collect();
        let shuffled: Vec<Signature> = order.iter().map(|&index| signatures[index].clone()).collect();
        prop_assert_eq!(groups(&order, &stories(&shuffled)), groups(&plain, &stories(&signatures)));
    }
}

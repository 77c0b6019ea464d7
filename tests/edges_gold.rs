//! People joined within articles of news, given where they are named: edges against gold, where the gold is at hand.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::Value;
use sociogram::{
    Article, Roster, Sentence, Span, Zone, ZoneKind,
    actor::{Discovery, discover},
    mention::{Given, Names, tagger::Found},
    roster::ActorKind,
};

const GOLD: &str = "../shared/data/edges/gum_news.jsonl";
/// Of 100, in F1 over (person, person, sentence).
const FLOOR: f64 = 92.0;

/// Byte offsets of the gold's characters.
fn bytes(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn spans(rows: &Value, at: &[usize]) -> Vec<Span> {
    let offset = |value: &Value| at[usize::try_from(value.as_u64().unwrap()).unwrap()];
    rows.as_array().unwrap().iter().map(|it| Span { start: offset(&it[0]), end: offset(&it[1]) }).collect()
}

/// Pairs of sentence and names, of the gold's entities and of ours, each mapped to the entity it shares most places with.
fn edges(cast: &[(usize, String)]) -> BTreeSet<(String, String, usize)> {
    let mut edges = BTreeSet::new();
    for (sentence, one) in cast {
        for (_, other) in cast.iter().filter(|it| it.0 == *sentence && it.1 > *one) {
            edges.insert((one.clone(), other.clone(), *sentence));
        }
    }
    edges
}

#[test]
fn people_are_joined_as_the_gold_says() {
    let Ok(gold) = fs::read_to_string(GOLD) else {
        println!("{GOLD} is not at hand: nothing was tested");
        return;
    };
    let (mut right, mut said, mut wanted) = (0, 0, 0);
    for row in gold.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let text = row["text"].as_str().unwrap().to_owned();
        let at = bytes(&text);
        let sentences: Vec<Span> = spans(&row["sentences"], &at);
        let people: Vec<&Value> =
            row["mentions"].as_array().unwrap().iter().filter(|it| it["type"] == "person").collect();
        let place = |it: &Value| spans(&serde_json::json!([[it["start"], it["end"]]]), &at)[0];
        let sentence = |span: Span| sentences.iter().position(|it| it.contains(span)).unwrap_or(usize::MAX);
        let found = people.iter().map(|it| ("a".to_owned(), Found { span: place(it), kind: ActorKind::Person }));
        let discovery = Discovery { given: Some(Given::from_iter(found)), ..Discovery::default() };
        let zones = vec![Zone { span: Span::whole(&text), kind: ZoneKind::Body, rule: "test" }];
        let article =
            Article { id: "a".into(), language: Some("en".into()), zones, text: text.clone(), ..Article::default() };
        let cut: Vec<Sentence> =
            sentences.iter().map(|span| Sentence { span: *span, zone: ZoneKind::Body, paragraph: 0 }).collect();
        let body = BTreeSet::from([ZoneKind::Body]);
        let names = discover(&article, &cut, &body, &discovery, (&Roster::default(), Names::default()));
        let entity = |span: Span| people.iter().find(|it| place(it) == span).map(|it| it["entity"].to_string());
        let mut shared: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for mention in &names.mentions {
            if let (Some(actor), Some(entity)) = (mention.actor, entity(mention.span)) {
                *shared.entry((actor, entity)).or_default() += 1;
            }
        }
        let mut shared: Vec<_> = shared.into_iter().collect();
        shared.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut known: BTreeMap<usize, String> = BTreeMap::new();
        for ((actor, entity), _) in shared {
            if !known.values().any(|it| *it == entity) {
                known.entry(actor).or_insert(entity);
            }
        }
        let ours: Vec<(usize, String)> = names
            .mentions
            .iter()
            .filter(|it| !it.attributive)
            .filter_map(|it| {
                let actor = it.actor?;
                Some((sentence(it.span), known.get(&actor).cloned().unwrap_or_else(|| format!("?{actor}"))))
            })
            .collect();
        let theirs: Vec<(usize, String)> =
            people.iter().map(|it| (sentence(place(it)), it["entity"].to_string())).collect();
        let (have, want) = (edges(&ours), edges(&theirs));
        right += have.intersection(&want).count();
        said += have.len();
        wanted += want.len();
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let f1 = 200.0 * right as f64 / (said + wanted) as f64;
    println!("F1 {f1:.1}: {right} right of {said} found and {wanted} wanted");
    assert!(f1 >= FLOOR, "F1 {f1:.1}, {right} right of {said} found and {wanted} wanted");
}

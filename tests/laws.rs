//! What holds for every corpus.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sociogram::{
    Article, Counting, Document, Pipeline, Place, Roster, Span, Tally, Unit, Zone, ZoneKind,
    error::Place as Where,
    export,
    mention::{Finder, fold},
    roster::{Entry, Listed},
    sentence,
    source::{Item, Media},
};

const NAMES: &[&str] = &["Ada Byron", "Bo Chen", "Cleo Dias", "Dov Eker"];

fn roster() -> Roster {
    let entry = |name: &&str| {
        let surname = name.rsplit(' ').next().unwrap().to_owned();
        let listed = Listed { name: (*name).to_owned(), aliases: vec![surname, "Shared".into()], ..Listed::default() };
        Entry { place: Where::default(), listed }
    };
    Roster::of(NAMES.iter().map(entry).collect()).unwrap()
}

/// Words that make names, boundaries and traps likely.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Ada Byron",
        "Byron",
        "Chen",
        "Cleo Dias",
        "Dias",
        "Eker",
        "Shared",
        "Mr. Chen",
        "Eve Dias",
        "the Byron administration",
        "met",
        "and",
        "said",
        ".",
        "!",
        "?",
        "\n",
        "\n\n",
        "“",
        "”",
        "’s",
        "-",
        ",",
        "U.S.",
        "é",
        "東",
        "x",
        "Byron's",
        "(Chen)",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

fn article(index: usize, text: &str) -> Article {
    Article {
        id: format!("a{index}"),
        place: Place { path: format!("{index}.txt"), ..Place::default() },
        published: chrono::NaiveDate::from_yo_opt(2025, 1 + u32::try_from(index).unwrap() % 300),
        language: Some("en".into()),
        zones: vec![Zone { span: Span::whole(text), kind: ZoneKind::Body, rule: "test" }],
        text: text.to_owned(),
        ..Article::default()
    }
}

fn tally(texts: &[(usize, String)], counting: &Counting) -> Tally {
    let (roster, mut tally) = (roster(), Tally::default());
    let finder = Finder::new(&roster);
    for (index, text) in texts {
        let mut names = finder.find(text, Some("en"));
        sociogram::actor::resolve(&mut names.mentions);
        tally.add(&article(*index, text), &names, &roster, counting);
    }
    tally
}

fn countings() -> impl Strategy<Value = Counting> {
    let unit =
        prop::sample::select(vec![Unit::Sentence, Unit::Paragraph, Unit::Window(2), Unit::Window(3), Unit::Article]);
    (unit, prop::option::of(0..4_usize)).prop_map(|(unit, evidence)| Counting { unit, evidence, ..Counting::default() })
}

fn json(pipeline: &Pipeline, items: Vec<Item>, threads: usize) -> Vec<u8> {
    let (network, _) = sociogram::pipeline::on_threads(threads, || pipeline.build(items.into_iter())).unwrap();
    let mut bytes = Vec::new();
    let format = export::FORMATS.iter().find(|format| format.name == "json").unwrap();
    (format.parts[0].write)(&network, &export::Options::default(), &mut bytes).unwrap();
    bytes
}

fn record(index: usize, text: &str) -> Item {
    let place = Place { path: "all.jsonl".into(), line: Some(index as u64 + 1), byte: None };
    let bytes = serde_json::json!({ "id": index.to_string(), "text": text, "language": "en" }).to_string().into_bytes();
    Item::Document(Document { media: Media::Json, place, bytes })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn tallies_merge_in_any_grouping_and_order(
        parts in prop::collection::vec(prop::collection::vec(texts(), 0..3), 3),
        counting in countings(),
    ) {
        let mut next = 0;
        let mut counted = parts.iter().map(|texts| {
            let texts: Vec<(usize, String)> = texts.iter().map(|text| { next += 1; (next, text.clone()) }).collect();
            (tally(&texts, &counting), texts)
        }).collect::<Vec<_>>().into_iter();
        let (a, b, c) = (counted.next().unwrap(), counted.next().unwrap(), counted.next().unwrap());
        let left = a.0.clone().merge(b.0.clone(), &counting).merge(c.0.clone(), &counting);
        let right = a.0.clone().merge(b.0.clone().merge(c.0.clone(), &counting), &counting);
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(a.0.clone().merge(b.0.clone(), &counting), b.0.clone().merge(a.0.clone(), &counting));
        prop_assert_eq!(a.0.clone().merge(Tally::default(), &counting), a.0);
        let whole: Vec<(usize, String)> = [a.1, b.1, c.1].concat();
        prop_assert_eq!(left, tally(&whole, &counting));
    }

    #[test]
    fn cutting_only_where_names_stand_counts_what_cutting_everywhere_counts(text in texts()) {
        let (roster, counting) = (roster(), Counting::default());
        let article = article(1, &text);
        let mut names = Finder::new(&roster).find(&text, Some("en"));
        sociogram::actor::resolve(&mut names.mentions);
        let mut eager: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for sentence in sentence::of(&article) {
            let cast: std::collections::BTreeSet<usize> = names.mentions.iter()
                .filter(|it| sentence.span.contains(it.span) && !it.attributive).filter_map(|it| it.actor).collect();
            for a in &cast {
                for b in cast.range(a + 1..) {
                    *eager.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        let mut lazy = Tally::default();
        lazy.add(&article, &names, &roster, &counting);
        let lazy: BTreeMap<(usize, usize), u64> = lazy.pairs.into_iter().map(|(pair, counts)| (pair, counts.weight)).collect();
        prop_assert_eq!(lazy, eager);
    }

    #[test]
    fn names_are_in_order_within_the_text_and_words(text in "(Byron|Chen|Dias|é|[a-zA-Z .,’\\-\u{ad}İß東\n]){0,60}") {
        let names = Finder::new(&roster()).find(&text, Some("en"));
        prop_assert!(names.mentions.iter().all(|it| !it.span.of(&text).is_empty()));
        prop_assert!(names.mentions.windows(2).all(|it| it[0].span.end <= it[1].span.start));
        for mention in &names.mentions {
            let before = text[..mention.span.start].chars().next_back();
            let after = text[mention.span.end..].chars().next();
            prop_assert!(!before.is_some_and(|c| c.is_alphanumeric() && c != '東'), "{:?}", mention);
            prop_assert!(!after.is_some_and(|c| c.is_alphanumeric() && c != '東'), "{:?}", mention);
        }
    }

    #[test]
    fn folding_twice_is_folding_once(word in "\\PC{0,12}") {
        let once = fold(&word);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn evidence_is_the_text_at_its_place(text in texts(), counting in countings()) {
        for counts in tally(&[(1, text.clone())], &counting).pairs.values() {
            for evidence in counts.evidence.values() {
                prop_assert_eq!(evidence.span.of(&text), &evidence.text);
                for span in evidence.places.0.iter().chain(&evidence.places.1) {
                    prop_assert!(evidence.span.contains(*span));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_threads_make_no_difference(texts in prop::collection::vec(texts(), 0..12), turn in 0..12_usize) {
        let pipeline = Pipeline::new(roster(), Counting::default());
        let items: Vec<Item> = texts.iter().enumerate().map(|(index, text)| record(index, text)).collect();
        let mut turned = items.clone();
        let by = turn.min(items.len());
        turned.rotate_left(by);
        turned.reverse();
        let one = json(&pipeline, items.clone(), 1);
        prop_assert!(one == json(&pipeline, items, 3));
        prop_assert!(one == json(&pipeline, turned, 2));
    }

    #[test]
    fn no_bytes_make_a_run_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), media in 0..3_usize) {
        let media = [Media::Text, Media::Html, Media::Json][media];
        let item = Item::Document(Document { media, place: Place::default(), bytes });
        let (_, report) = Pipeline::new(roster(), Counting::default()).build(std::iter::once(item));
        prop_assert_eq!(report.books.found, 1);
        prop_assert!(!report.records.iter().any(|it| it.reason.contains("internal error")), "{:?}", report.records);
    }
}

#[test]
fn windows_and_articles_reach_further_than_sentences() {
    let text = "Byron spoke. Nobody came. Chen left.\n\nDias slept. Byron woke.";
    let weight = |unit| -> BTreeMap<(usize, usize), u64> {
        let counting = Counting { unit, ..Counting::default() };
        tally(&[(1, text.to_owned())], &counting)
            .pairs
            .into_iter()
            .map(|(pair, counts)| (pair, counts.weight))
            .collect()
    };
    assert_eq!(weight(Unit::Sentence), BTreeMap::new());
    assert_eq!(weight(Unit::Paragraph), BTreeMap::from([((0, 1), 1), ((0, 2), 1)]));
    assert_eq!(weight(Unit::Window(2)), BTreeMap::from([((0, 2), 1), ((1, 2), 1)]));
    assert_eq!(weight(Unit::Window(3)), BTreeMap::from([((0, 1), 2), ((0, 2), 1), ((1, 2), 1)]));
    assert_eq!(weight(Unit::Article), BTreeMap::from([((0, 1), 1), ((0, 2), 1), ((1, 2), 1)]));
}

//! What holds for every corpus.

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
    Article, Counting, Document, Network, Pipeline, Place, Roster, Span, Tally, Unit, Zone, ZoneKind,
    actor::{Discovery, discover, read_pronouns},
    error::Place as Where,
    export,
    mention::{Finder, Given, Names, Who, fold, tagger::Found},
    roster::{ActorKind, Entry, Listed},
    sentence,
    source::{Item, Media},
    tally::{Copies, Need, Stratum},
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

/// The weights of pairs of listed actors.
fn weights(tally: &Tally) -> BTreeMap<(usize, usize), u64> {
    let listed = |who: &Who| if let Who::Listed(index) = who { *index } else { panic!("not listed") };
    let tally = tally.clone().folded(&Counting::default(), Who::clone);
    tally.pairs.iter().map(|((a, b), counts)| ((listed(a), listed(b)), counts.weight)).collect()
}

/// Words in which people of few names meet: alone, in full, with others of the surname.
fn people() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Ada Byron",
        "Byron",
        "Ada K. Byron",
        "Eve Byron",
        "Mrs. Byron",
        "Bo Chen",
        "Chen",
        "B. Chen",
        "Dias",
        "Cleo Dias",
        "Clio Dias",
        "Eker",
        "met",
        "she",
        "he",
        "said",
        ". The",
        "\n\n",
        "and",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

/// Names that a join over the whole run could take for one.
const ALIKE: &[&str] = &[
    "Jim Lowery",
    "Jim Lower",
    "Lower",
    "Anna Li",
    "Ly",
    "Li",
    "Kim Il Sung",
    "Kim Sung",
    "Mr. Li",
    "Channel 4 News",
    "Channel News",
    "International Media Forum",
    "Indian Music Fund",
    "IMF",
];

fn alike() -> impl Strategy<Value = String> {
    let words: Vec<&str> = ALIKE.iter().copied().chain(["met", "and", ". The", "\n\n"]).collect();
    prop::collection::vec(prop::sample::select(words), 0..12).prop_map(|words| words.join(" , "))
}

/// The counts of unlisted people at all places that hold a name, with pronouns.
fn discovered(texts: &[(usize, String)], counting: &Counting) -> Tally {
    discovered_as(ActorKind::Person, texts, counting)
}

/// The same of names of this kind.
fn discovered_as(kind: ActorKind, texts: &[(usize, String)], counting: &Counting) -> Tally {
    let (roster, mut tally) = (Roster::default(), Tally::default());
    let known = Finder::new(
        &Roster::of(
            [
                "Ada Byron",
                "Byron",
                "Ada K. Byron",
                "Eve Byron",
                "Bo Chen",
                "Chen",
                "B. Chen",
                "Dias",
                "Cleo Dias",
                "Clio Dias",
                "Eker",
                "Ottar Quist",
            ]
            .iter()
            .chain(ALIKE)
            .map(|name| Entry {
                place: Where::default(),
                listed: Listed { name: (*name).into(), kind: ActorKind::Other, ..Listed::default() },
            })
            .collect(),
        )
        .unwrap(),
    );
    for (index, text) in texts {
        let article = article(*index, text);
        let found = known
            .find(text, Some("en"))
            .mentions
            .into_iter()
            .map(|it| (article.id.clone(), Found { span: it.span, kind }));
        let discovery = Discovery { kinds: BTreeSet::from([kind]), given: Some(found.collect::<Given>()) };
        let sentences = sentence::of(&article);
        let mut names = discover(&article, &sentences, &counting.zones, &discovery, (&roster, Names::default()));
        read_pronouns(&article, &sentences, &roster, &mut names);
        names.sentences = Some(sentences);
        tally.add(&article, &names, &roster, counting);
    }
    tally
}

fn network(tally: &Tally, counting: &Counting) -> Network {
    Network::new(&Roster::default(), tally.clone(), counting, Vec::new(), sociogram::network::Books::default())
}

fn countings() -> impl Strategy<Value = Counting> {
    let unit =
        prop::sample::select(vec![Unit::Sentence, Unit::Paragraph, Unit::Window(2), Unit::Window(3), Unit::Article]);
    let needs = prop::sample::subsequence(vec![Need::Articles, Need::Crowds, Need::Distances, Need::Strata], 0..=4);
    (unit, prop::option::of(0..4_usize), needs).prop_map(|(unit, evidence, needs)| Counting {
        unit,
        evidence,
        needs: needs.into_iter().collect(),
        ..Counting::default()
    })
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
    Item::Document(Document { media: Media::Json, place, bytes, ..Document::default() })
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
    fn discovered_tallies_merge_in_any_grouping_and_order(
        texts in prop::collection::vec(people(), 0..6),
        cut in 0..6_usize,
        counting in countings(),
    ) {
        let texts: Vec<(usize, String)> = texts.into_iter().enumerate().collect();
        let (one, other) = texts.split_at(cut.min(texts.len()));
        let (a, b, whole) = (discovered(one, &counting), discovered(other, &counting), discovered(&texts, &counting));
        prop_assert_eq!(&a.clone().merge(b.clone(), &counting), &whole);
        prop_assert_eq!(b.merge(a, &counting), whole);
    }

    #[test]
    fn joins_lose_no_count(
        texts in prop::collection::vec(people(), 0..6),
        counting in countings(),
    ) {
        let texts: Vec<(usize, String)> = texts.into_iter().enumerate().collect();
        let tally = discovered(&texts, &counting).folded(&counting, Who::clone);
        let network = network(&tally, &counting);
        let sum = |counts: Vec<(u64, u64)>| counts.into_iter().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        prop_assert_eq!(
            sum(network.edges().map(|it| (it.2.weight, it.2.pronouns)).collect()),
            sum(tally.pairs.values().map(|it| (it.weight, it.pronouns)).collect())
        );
        let mentions: u64 = network.graph.node_weights().map(|it| it.mentions).sum();
        prop_assert_eq!(mentions, tally.actors.values().map(|it| it.mentions).sum::<u64>());
    }

    #[test]
    fn no_join_makes_one_of_two_who_stand_in_one_article(
        texts in prop::collection::vec(prop_oneof![people(), alike()], 0..6),
        kind in prop::sample::select(vec![ActorKind::Person, ActorKind::Organisation]),
    ) {
        // Who stands in every article meets everybody else there: the edges tell in which articles each stands.
        let texts: Vec<(usize, String)> =
            texts.into_iter().map(|text| format!("Ottar Quist met {text}")).enumerate().collect();
        let counting = Counting { unit: Unit::Article, ..Counting::default() };
        let network = network(&discovered_as(kind, &texts, &counting), &counting);
        for (a, b, edge) in network.edges() {
            let articles: BTreeSet<&str> = edge.evidence.iter().map(|it| it.article.as_str()).collect();
            prop_assert_eq!(edge.articles, articles.len() as u64, "{} and {}", a.name, b.name);
            for (one, other) in [(a, b), (b, a)].into_iter().filter(|it| it.0.name == "Ottar Quist") {
                prop_assert_eq!(other.articles, articles.len() as u64, "{} beside {}", other.name, one.name);
            }
        }
    }

    #[test]
    fn pronouns_change_no_count_of_names(texts in prop::collection::vec(people(), 0..4), counting in countings()) {
        let texts: Vec<(usize, String)> = texts.into_iter().enumerate().collect();
        // Words of the same length, so that sentences end at the same places.
        let named: Vec<(usize, String)> =
            texts.iter().map(|(index, text)| (*index, text.replace(" she ", " yes ").replace(" he ", " no "))).collect();
        let counts = |tally: Tally| -> BTreeMap<(Who, Who), (u64, u64, u64)> {
            let named = tally.folded(&counting, Who::clone).pairs.into_iter().filter(|it| it.1.weight > 0);
            named.map(|(pair, it)| (pair, (it.weight, it.sentences, it.articles))).collect()
        };
        prop_assert_eq!(counts(discovered(&texts, &counting)), counts(discovered(&named, &counting)));
    }

    #[test]
    fn cutting_only_where_names_stand_counts_what_cutting_everywhere_counts(text in texts()) {
        let (roster, counting) = (roster(), Counting::default());
        let article = article(1, &text);
        let mut names = Finder::new(&roster).find(&text, Some("en"));
        sociogram::actor::resolve(&mut names.mentions);
        let mut eager: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for sentence in sentence::of(&article) {
            let cast: BTreeSet<usize> = names.mentions.iter()
                .filter(|it| sentence.span.contains(it.span) && !it.attributive).filter_map(|it| it.actor).collect();
            for a in &cast {
                for b in cast.range(a + 1..) {
                    *eager.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        let mut lazy = Tally::default();
        lazy.add(&article, &names, &roster, &counting);
        let lazy = weights(&lazy);
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
        for counts in tally(&[(1, text.clone())], &counting).folded(&counting, Who::clone).pairs.values() {
            for evidence in counts.evidence.values() {
                prop_assert_eq!(evidence.span.of(&text), &evidence.text);
                for span in evidence.places.0.iter().chain(&evidence.places.1) {
                    prop_assert!(evidence.span.contains(*span));
                }
            }
        }
    }
}

/// Whether one, two and three threads give the same bytes of `texts`, also turned by `turn` and backwards.
fn is_same_in_any_order(pipeline: &Pipeline, texts: &[String], turn: usize) -> bool {
    let items: Vec<Item> = texts.iter().enumerate().map(|(index, text)| record(index, text)).collect();
    let mut turned = items.clone();
    turned.rotate_left(turn.min(items.len()));
    turned.reverse();
    let one = json(pipeline, items.clone(), 1);
    one == json(pipeline, items, 3) && one == json(pipeline, turned, 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_threads_make_no_difference(texts in prop::collection::vec(texts(), 0..12), turn in 0..12_usize) {
        let pipeline = Pipeline::new(roster(), Counting::default());
        prop_assert!(is_same_in_any_order(&pipeline, &texts, turn));
    }

    #[test]
    fn discovery_finds_the_same_in_any_order_and_on_any_threads(texts in prop::collection::vec(people(), 0..12), turn in 0..12_usize) {
        let mut pipeline = Pipeline::new(Roster::default(), Counting { evidence: Some(2), ..Counting::default() });
        pipeline.discovery = Some(Discovery { kinds: ActorKind::ALL.iter().copied().collect(), given: None });
        pipeline.pronouns = true;
        prop_assert!(is_same_in_any_order(&pipeline, &texts, turn));
    }

    #[test]
    fn no_bytes_make_a_run_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), media in 0..3_usize) {
        let media = [Media::Text, Media::Html, Media::Json][media];
        let item = Item::Document(Document { media, bytes, ..Document::default() });
        let mut pipeline = Pipeline::new(roster(), Counting::default());
        pipeline.discovery = Some(Discovery::default());
        pipeline.pronouns = true;
        let (_, report) = pipeline.build(std::iter::once(item));
        prop_assert_eq!(report.books.found, 1);
        prop_assert!(!report.records.iter().any(|it| it.reason.contains("internal error")), "{:?}", report.records);
    }
}

#[test]
fn windows_and_articles_reach_further_than_sentences() {
    let text = "Byron spoke. Nobody came. Chen left.\n\nDias slept. Byron woke.";
    let weight = |unit| -> BTreeMap<(usize, usize), u64> {
        let counting = Counting { unit, ..Counting::default() };
        weights(&tally(&[(1, text.to_owned())], &counting))
    };
    assert_eq!(weight(Unit::Sentence), BTreeMap::new());
    assert_eq!(weight(Unit::Paragraph), BTreeMap::from([((0, 1), 1), ((0, 2), 1)]));
    assert_eq!(weight(Unit::Window(2)), BTreeMap::from([((0, 2), 1), ((1, 2), 1)]));
    assert_eq!(weight(Unit::Window(3)), BTreeMap::from([((0, 1), 2), ((0, 2), 1), ((1, 2), 1)]));
    assert_eq!(weight(Unit::Article), BTreeMap::from([((0, 1), 1), ((0, 2), 1), ((1, 2), 1)]));
}

#[test]
fn details_are_counted_where_measures_need_them() {
    let text = "Byron met Chen. Nobody came. Chen left. Byron met Chen and Dias.";
    let needs = [Need::Articles, Need::Crowds, Need::Distances, Need::Strata].into();
    let counting = Counting { needs, copies: Copies::Count, ..Counting::default() };
    let counted = tally(&[(1, text.to_owned())], &counting);
    let detail = counted.details.values().next().unwrap();
    assert_eq!(detail.articles, 1);
    assert_eq!(detail.crowds, BTreeMap::from([(2, 1), (3, 1)]));
    // Byron is in the first and fourth, Chen in the first, third and fourth of four sentences.
    assert_eq!(detail.distances, BTreeMap::from([(0, 2), (1, 1), (2, 1), (3, 2)]));
    assert_eq!(detail.strata, BTreeMap::from([(Stratum { both: 2, one: 2, other: 3, all: 4 }, 1)]));
    assert!(tally(&[(1, text.to_owned())], &Counting::default()).details.is_empty());
}

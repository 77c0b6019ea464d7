//! A network cut by time is the same network: periods, comparisons of them, and bins.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use sociogram::{
    Counting, Document, Network, Pipeline, Place, Roster,
    compare::{self, Change, Comparison, How},
    error::Place as Where,
    network::Period,
    roster::{Entry, Listed},
    source::{Item, Media},
    tally::{Copies, Volume},
    timeline::{self, By},
};

const NAMES: [&str; 4] = ["Ada Byron", "Bo Chen", "Cleo Dias", "Dov Eker"];

fn roster() -> Roster {
    let entry = |name: &&str| Entry {
        place: Where::default(),
        listed: Listed { name: (*name).to_owned(), ..Listed::default() },
    };
    Roster::of(NAMES.iter().map(entry).collect()).unwrap()
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_yo_opt(2024, 1).unwrap() + chrono::Days::new(number.into())
}

/// The day, if any, and what it says.
type Told = (Option<u32>, String);

fn articles() -> impl Strategy<Value = Vec<Told>> {
    let word =
        prop::sample::select(vec!["Ada Byron", "Bo Chen", "Cleo Dias", "Dov Eker", "met", "and", ".", ".", "\n\n"]);
    let text = prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
    prop::collection::vec((prop::option::weighted(0.8, 0..500_u32), text), 0..14)
}

fn build(articles: &[Told], copies: Copies) -> Network {
    let items = articles.iter().enumerate().map(|(index, (published, text))| {
        let place = Place { path: "all.jsonl".into(), line: Some(index as u64 + 1), byte: None };
        // No two have the same words, or they would be copies.
        let text = format!("Number {index}. {text}");
        let mut object = serde_json::json!({ "id": index.to_string(), "text": text, "language": "en" });
        if let Some(published) = published {
            object["published"] = day(*published).to_string().into();
        }
        Item::Document(Document {
            media: Media::Json,
            place,
            bytes: object.to_string().into_bytes(),
            ..Document::default()
        })
    });
    let pipeline = Pipeline::new(roster(), Counting { copies, ..Counting::default() });
    pipeline.build(items.collect::<Vec<_>>().into_iter()).0
}

fn until(day: NaiveDate) -> Period {
    Period { from: None, to: Some(day) }
}

fn after(day: NaiveDate) -> Period {
    Period { from: day.succ_opt(), to: None }
}

/// What an edge counts: weight, sentences, articles, stories.
type Counts = [u64; 4];

fn edges(network: &Network) -> BTreeMap<(String, String), Counts> {
    let counts = network
        .edges()
        .map(|(a, b, it)| ((a.id.clone(), b.id.clone()), [it.weight, it.sentences, it.articles, it.stories]));
    counts.collect()
}

fn actors(network: &Network) -> BTreeMap<String, Counts> {
    let counts =
        network.graph.node_weights().map(|it| (it.id.clone(), [it.mentions, it.sentences, it.articles, it.stories]));
    counts.collect()
}

fn sum<K: Ord + Clone>(parts: &[BTreeMap<K, Counts>]) -> BTreeMap<K, Counts> {
    let mut sum: BTreeMap<K, Counts> = BTreeMap::new();
    for (key, counts) in parts.iter().flatten() {
        let all = sum.entry(key.clone()).or_default();
        *all = [0, 1, 2, 3].map(|index| all[index] + counts[index]);
    }
    sum
}

fn volume(it: Volume) -> [u64; 4] {
    [it.articles, it.stories, it.sentences, it.naming]
}

fn changes(comparison: &Comparison) -> Vec<(String, String, f64, Option<f64>, Change)> {
    let edges = comparison
        .edges
        .iter()
        .map(|it| (it.source.clone(), it.target.clone(), it.tested.p, it.tested.q, it.tested.change));
    let actors =
        comparison.actors.iter().map(|it| (it.id.clone(), String::new(), it.tested.p, it.tested.q, it.tested.change));
    edges.chain(actors).collect()
}

fn mirrored(change: Change) -> Change {
    match change {
        Change::Appeared => Change::Vanished,
        Change::Vanished => Change::Appeared,
        Change::Stronger => Change::Weaker,
        Change::Weaker => Change::Stronger,
        same => same,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_corpus_split_by_any_day_and_merged_is_the_whole(articles in articles(), cut in 0..500_u32) {
        let part = |keep: &dyn Fn(Option<u32>) -> bool| -> Vec<Told> {
            articles.iter().map(|(day, text)| if keep(*day) { (*day, text.clone()) } else { (*day, String::new()) }).collect()
        };
        for copies in [Copies::Count, Copies::Fold] {
            let whole = build(&articles, copies);
            let (before, later) = (whole.within(until(day(cut))), whole.within(after(day(cut))));
            let undated = build(&part(&|day| day.is_none()), copies);
            prop_assert_eq!(sum(&[edges(&before), edges(&later), edges(&undated)]), edges(&whole));
            prop_assert_eq!(sum(&[actors(&before), actors(&later), actors(&undated)]), actors(&whole));
            let volumes = [before.method.volume, later.method.volume, whole.undated()].map(volume);
            prop_assert_eq!([0, 1, 2, 3].map(|index| volumes.iter().map(|it| it[index]).sum::<u64>()), volume(whole.method.volume));
            // A part of the whole is what its articles alone give.
            prop_assert_eq!(edges(&before), edges(&build(&part(&|day| day.is_some_and(|it| it <= cut)), copies)));
            prop_assert_eq!(actors(&later), actors(&build(&part(&|day| day.is_some_and(|it| it > cut)), copies)));
            let evidence = |network: &Network| network.edges().map(|it| it.2.evidence.len() as u64).sum::<u64>();
            prop_assert_eq!(evidence(&before), edges(&before).values().map(|it| it[0]).sum::<u64>());
        }
    }

    #[test]
    fn a_network_compared_with_itself_shows_nothing(articles in articles()) {
        let network = build(&articles, Copies::Count);
        prop_assume!(network.method.volume.stories > 0);
        let comparison = compare::compare(("one", &network), ("one", &network), How { permutations: 20, seed: 1 }).unwrap();
        prop_assert_eq!(comparison.edges.len(), network.graph.edge_count());
        for (.., change) in changes(&comparison) {
            prop_assert!(!change.is_established());
        }
        prop_assert!(comparison.edges.iter().all(|it| (it.tested.ratio - 1.0).abs() < 1e-12 && it.tested.p_permuted == Some(1.0)));
    }

    #[test]
    fn the_other_way_round_a_comparison_is_mirrored(articles in articles(), cut in 0..500_u32, times in 1..9_usize) {
        // More of the same, so that there is something to be established.
        let articles: Vec<Told> = articles.iter().flat_map(|it| std::iter::repeat_n(it.clone(), times)).collect();
        let network = build(&articles, Copies::Count);
        let how = How { permutations: 20, seed: 5 };
        let there = compare::periods(&network, (until(day(cut)), after(day(cut))), how);
        let back = compare::periods(&network, (after(day(cut)), until(day(cut))), how);
        let (Ok(there), Ok(back)) = (there, back) else { return Ok(()) };
        let turned: Vec<_> = changes(&back).into_iter().map(|it| (it.0, it.1, it.2, it.3, mirrored(it.4))).collect();
        prop_assert_eq!(changes(&there), turned);
        for (one, other) in there.edges.iter().zip(&back.edges) {
            prop_assert_eq!((one.a_weight, one.b_weight), (other.b_weight, other.a_weight));
            prop_assert_eq!(&one.a_evidence, &other.b_evidence);
            prop_assert_eq!(one.tested.p_permuted, other.tested.p_permuted);
        }
    }

    #[test]
    fn bins_follow_one_another_and_add_up(articles in articles(), unit in 0..7_usize) {
        let network = build(&articles, Copies::Count);
        let units = [By::Window { days: 30, step: 30 }, By::Window { days: 30, step: 7 }];
        let by = By::UNITS.into_iter().chain(units).nth(unit).unwrap();
        let Ok(timeline) = timeline::timeline(&network, by, 1) else { return Ok(()) };
        for (one, next) in timeline.bins.iter().zip(timeline.bins.iter().skip(1)) {
            prop_assert!(one.start < one.end && one.start < next.start);
            prop_assert!(by.overlaps() || one.end == next.start);
        }
        let read: u64 = timeline.bins.iter().map(|it| it.volume.stories).sum();
        let weight: u64 = timeline.bins.iter().flat_map(|it| &it.edges).map(|it| it.counts.weight).sum();
        if by.overlaps() {
            prop_assert!(read >= timeline.method.dated && timeline.method.bursts.is_none());
        } else {
            prop_assert_eq!(read, timeline.method.dated);
            prop_assert_eq!(weight, timeline.edges.iter().map(|it| it.weight).sum::<u64>());
        }
        prop_assert_eq!(timeline.method.dated + timeline.method.undated, network.method.volume.stories);
        for bin in &timeline.bins {
            let strength: u64 = bin.actors.iter().map(|it| it.strength).sum();
            prop_assert_eq!(strength, 2 * bin.edges.iter().map(|it| it.counts.weight).sum::<u64>());
            prop_assert!(bin.actors.iter().all(|it| it.rank >= 1 && it.rate > 0.0 && it.rate <= 1.0));
        }
    }
}

#[test]
fn periods_are_written_as_people_write_them() {
    let read = |text: &str| text.parse::<Period>().map(|it| it.to_string());
    for (text, want) in [
        ("2025-11-01..2025-11-30", "2025-11-01 to 2025-11-30"),
        ("2025-12-01..", "from 2025-12-01"),
        ("..2025-02", "until 2025-02-28"),
        ("2024-02", "2024-02-01 to 2024-02-29"),
        ("2025", "2025-01-01 to 2025-12-31"),
        ("2025-05..2025-06", "2025-05-01 to 2025-06-30"),
        ("2025-05-27", "2025-05-27"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(want), "{text}");
    }
    for text in [
        "",
        "..",
        "x",
        "2025-13",
        "2025-02-30",
        "2025-1-1",
        "05/2025",
        "2025-06..2025-05",
        "2025..x",
        "2025-06-01...",
        "é025",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn bins_are_calendar_units() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let starts = |by: By, first: &str, last: &str| -> Vec<String> {
        by.bins(day(first), day(last)).unwrap().starts.iter().map(|it| by.label(*it)).collect()
    };
    assert_eq!(starts(By::Week, "2025-01-01", "2025-01-12"), ["2024-12-30", "2025-01-06"]);
    assert_eq!(starts(By::Month, "2024-12-31", "2025-02-01"), ["2024-12", "2025-01", "2025-02"]);
    assert_eq!(starts(By::Quarter, "2024-11-05", "2025-04-01"), ["2024 Q4", "2025 Q1", "2025 Q2"]);
    assert_eq!(starts(By::Year, "2024-02-29", "2026-01-01"), ["2024", "2025", "2026"]);
    let by = By::Window { days: 30, step: 7 };
    assert_eq!(starts(by, "2025-01-01", "2025-01-15"), ["2025-01-01", "2025-01-08", "2025-01-15"]);
    let bins = by.bins(day("2025-01-01"), day("2025-01-15")).unwrap();
    assert_eq!(bins.of(day("2025-01-14")), 0..2);
    assert_eq!(bins.of(day("2025-02-05")), 1..3);
    assert_eq!(bins.of(day("2025-02-08")), 2..3);
    assert_eq!(By::Day.bins(day("0001-01-01"), day("2025-01-01")), None);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let network = build(&[(Some(1), "Ada Byron met Bo Chen .".into()), (None, "Bo Chen .".into())], Copies::Count);
    let wrong = |result: Result<Comparison, sociogram::Error>| result.map(|_| ()).unwrap_err().to_string();
    let period = |text: &str| text.parse::<Period>().unwrap();
    let how = How::default();
    assert_eq!(
        wrong(compare::periods(&network, (period("2024"), period("2024-06..")), how)),
        "`2024-01-01 to 2024-12-31` and `from 2024-06-01` share days, whose articles would stand on both sides; end one before the other"
    );
    assert_eq!(
        wrong(compare::periods(&network, (period("..2024-01"), period("2025..")), how)),
        "no article is dated `from 2025-01-01`; dated ones are from 2024-01-02 to 2024-01-02"
    );
    let folded = build(&[(Some(1), "Ada Byron met Bo Chen .".into())], Copies::Fold);
    assert_eq!(
        wrong(compare::compare(("a.json", &network), ("b.json", &folded), how)),
        "a.json was counted with --copies count, b.json with --copies fold; build both alike"
    );
    let undated = build(&[(None, "Ada Byron met Bo Chen .".into())], Copies::Count);
    assert!(
        timeline::timeline(&undated, By::Month, 1).unwrap_err().to_string().starts_with("none of 1 articles is dated")
    );
}

#[test]
fn whom_only_one_side_looked_for_neither_appears_nor_vanishes() {
    let all = build(
        &[(Some(1), "Ada Byron met Bo Chen .".into()), (Some(2), "Cleo Dias met Bo Chen .".into())],
        Copies::Count,
    );
    let fewer = Roster::of(
        ["Bo Chen", "Dov Eker"]
            .map(|name| Entry { place: Where::default(), listed: Listed { name: name.into(), ..Listed::default() } })
            .into(),
    )
    .unwrap();
    let text = serde_json::json!({ "id": "x", "text": "Bo Chen met Dov Eker.", "language": "en" }).to_string();
    let item = Item::Document(Document { media: Media::Json, bytes: text.into_bytes(), ..Document::default() });
    let counting = Counting { copies: Copies::Count, ..Counting::default() };
    let (few, _) = Pipeline::new(fewer, counting).build(vec![item].into_iter());
    let comparison = compare::compare(("all", &all), ("few", &few), How::default()).unwrap();
    assert_eq!(comparison.method.not_sought, ["Ada Byron", "Cleo Dias"]);
    let names: Vec<&str> = comparison.actors.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Bo Chen", "Dov Eker"]);
    assert_eq!(comparison.edges.len(), 1);
}

#[test]
fn outlets_of_one_run_have_the_same_actors() {
    let item = |index: usize, outlet: &str, text: &str| {
        let object = serde_json::json!({ "id": index.to_string(), "outlet": outlet, "text": text, "language": "en" });
        Item::Document(Document { media: Media::Json, bytes: object.to_string().into_bytes(), ..Document::default() })
    };
    let items = vec![
        item(0, "Gazette", "Marta Oberlin met Jonas Reuter in town. Oberlin spoke first."),
        item(1, "Tribune", "Oberlin met Jonas Reuter again on Monday, said the mayor."),
        item(2, "Courier", "Nobody was named."),
    ];
    let discovery = sociogram::actor::Discovery { kinds: [sociogram::roster::ActorKind::Person].into(), given: None };
    let counting = Counting { copies: Copies::Count, ..Counting::default() };
    let pipeline = Pipeline { discovery: Some(discovery), ..Pipeline::new(Roster::default(), counting) };
    let (networks, report) = pipeline.build_by_outlet(("gazette", "TRIBUNE"), items.into_iter());
    assert_eq!(report.books.read, 3);
    assert_eq!(networks.outlets.iter().collect::<Vec<_>>(), ["Courier", "Gazette", "Tribune"]);
    let [one, other] = &networks.sides;
    assert_eq!((one.method.volume.stories, other.method.volume.stories), (1, 1));
    let comparison = compare::compare(("Gazette", one), ("Tribune", other), How::default()).unwrap();
    let edge = comparison.edges.iter().find(|it| it.source == "Jonas Reuter" && it.target == "Marta Oberlin").unwrap();
    assert_eq!((edge.tested.a_count, edge.tested.b_count), (1, 1));
}

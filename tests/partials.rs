//! Parts of a run, merged, are the run: the same bytes, whatever was in which part.

#![cfg(feature = "parquet")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is a failed test")]

use std::{collections::BTreeSet, path::PathBuf};

use proptest::prelude::*;
use sociogram::{
    Counting, Document, Network, Pipeline, Place, Report, Roster, Unit,
    actor::Discovery,
    error::Place as Where,
    export,
    partial::{Partials, Writer},
    pipeline,
    roster::{ActorKind, Entry, Listed},
    source::{Item, Media},
    tally::{Copies, Need},
};

/// Copies, near copies, names that stand in full in one article and alone in another, and nobody.
const TEXTS: [&str; 9] = [
    "Ada Byron met Bo Chen in the harbour office on Monday morning to talk about the price of ferries. Chen left before noon. \
     Byron stayed and spoke to the clerks about all of the nineteen demands on her list.",
    "ADA BYRON met Bo Chen in the harbour office on Monday morning to talk about the price of ferries. Chen left before noon. \
     Byron stayed and spoke to the clerks about all of the nineteen demands on her list.",
    "Ada Byron met Bo Chen in the harbour office on Monday morning to talk about the price of ferries. Chen left before noon. \
     Byron stayed and spoke to the clerks about all of the nineteen demands on her list. Bo Chen said so.",
    "Byron met Chen in the harbour office on Monday morning to talk about the price of ferries. Chen left before noon. \
     Byron stayed and spoke to the clerks about all of the nineteen demands on her list.",
    "Eve Byron wrote to Cleo Dias. Dias met the Byron sisters.",
    "Dias and Chen spoke. Nobody else did.",
    "Nobody came to the pier.",
    "The Chen plan was read. Cleo Dias saw Ada K. Byron, Bo Chen and Eve Byron there.",
    "",
];

fn roster() -> Roster {
    let entries = ["Ada Byron", "Bo Chen", "Cleo Dias"].map(|name| {
        let surname = name.rsplit(' ').next().unwrap().to_owned();
        let listed = Listed { name: name.into(), aliases: vec![surname], ..Listed::default() };
        Entry { place: Where::default(), listed }
    });
    Roster::of(entries.to_vec()).unwrap()
}

fn item((at, (text, day)): (usize, (usize, usize))) -> Item {
    let published = ["2025-03-01", "2025-03-02", ""].get(day).filter(|day| !day.is_empty());
    let place = Place { path: format!("{at:02}.json"), ..Place::default() };
    let record =
        serde_json::json!({ "id": at.to_string(), "text": TEXTS[text], "published": published, "language": "en" });
    Item::Document(Document {
        media: Media::Json,
        place,
        bytes: record.to_string().into_bytes(),
        ..Document::default()
    })
}

fn countings() -> impl Strategy<Value = Counting> {
    let unit = prop::sample::select(vec![Unit::Sentence, Unit::Paragraph, Unit::Window(2), Unit::Article]);
    let copies = prop::sample::select(vec![Copies::Fold, Copies::Fold, Copies::Count]);
    let needs = prop::sample::subsequence(vec![Need::Articles, Need::Crowds, Need::Distances, Need::Strata], 0..=4);
    (unit, copies, needs).prop_map(|(unit, copies, needs)| Counting {
        unit,
        copies,
        needs: needs.into_iter().collect::<BTreeSet<Need>>(),
        ..Counting::default()
    })
}

fn json(network: &Network) -> String {
    let mut bytes = Vec::new();
    let format = export::FORMATS.iter().find(|format| format.name == "json").unwrap();
    (format.parts[0].write)(network, &export::Options::default(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The network of `parts`, written as files and read again in the order of `turned`.
fn merged(pipeline: &Pipeline, parts: Vec<Vec<Item>>, evidence: Option<usize>, turned: bool) -> (Network, Report) {
    let folder = tempfile::tempdir().unwrap();
    let mut paths: Vec<PathBuf> = Vec::new();
    for (number, items) in parts.into_iter().enumerate() {
        let path = folder.path().join(format!("{number}.parquet"));
        let mut file = std::fs::File::create(&path).unwrap();
        let mut writer = Writer::new(&pipeline.head(), &mut file).unwrap();
        pipeline.parts(items.into_iter(), |parts| writer.write(parts).is_ok());
        writer.finish().unwrap();
        paths.push(path);
    }
    if turned {
        paths.reverse();
    }
    let partials = Partials::open(&paths).unwrap();
    pipeline::merge(&partials.head, evidence, |each| partials.read(each)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_merged_are_the_run(
        texts in prop::collection::vec((0..TEXTS.len(), 0..3_usize), 1..12),
        whose in prop::collection::vec((any::<bool>(), any::<bool>()), 12),
        counting in countings(),
        (evidence, listed, turned) in (prop::option::of(0..4_usize), any::<bool>(), any::<bool>()),
    ) {
        let mut pipeline = Pipeline::new(if listed { roster() } else { Roster::default() }, counting.clone());
        if !listed {
            pipeline.discovery = Some(Discovery { kinds: [ActorKind::Person].into(), given: None });
        }
        let texts: Vec<(usize, (usize, usize))> = texts.into_iter().enumerate().collect();
        // Some articles are in both parts.
        let part = |which: fn(&(bool, bool)) -> bool| -> Vec<Item> {
            texts.iter().filter(|(at, _)| which(&whose[*at])).map(|it| item(*it)).collect()
        };
        let parts = vec![part(|it| it.0), part(|it| !it.0 || it.1)];
        let whole = Pipeline { counting: Counting { evidence, ..counting }, ..pipeline.clone() };
        let (network, report) = whole.build(texts.iter().map(|it| item(*it)));
        let found = parts.iter().map(Vec::len).sum::<usize>() as u64;
        let (mut again, books) = merged(&pipeline, parts, evidence, turned);
        prop_assert_eq!(books.books.found, found);
        prop_assert_eq!(books.books.read, report.books.read);
        prop_assert_eq!(&books.stories, &report.stories);
        prop_assert_eq!(&again.details, &network.details);
        again.method.books = network.method.books;
        prop_assert_eq!(json(&again), json(&network));
    }
}

/// Articles that are told apart by their outlet alone, of two parts that were counted in folders of the same names.
#[test]
fn the_order_of_merging_makes_no_difference_where_identifiers_repeat() {
    let copy = |outlet: &str| {
        let place = Place { path: "day.jsonl".into(), line: Some(1), ..Place::default() };
        let record = serde_json::json!({ "id": "1", "outlet": outlet, "text": TEXTS[0], "language": "en" });
        Item::Document(Document {
            media: Media::Json,
            place,
            bytes: record.to_string().into_bytes(),
            ..Document::default()
        })
    };
    for copies in [Copies::Fold, Copies::Count] {
        let pipeline = Pipeline::new(roster(), Counting { copies, ..Counting::default() });
        let parts = || vec![vec![copy("Gazette")], vec![copy("Courier")]];
        let [one, other] = [false, true].map(|turned| merged(&pipeline, parts(), None, turned).0);
        assert_eq!(json(&one), json(&other));
        let (_, _, edge) = one.edges().next().unwrap();
        assert_eq!(edge.evidence.len() as u64, edge.weight);
    }
}

/// A file of one part with two articles.
fn written(folder: &std::path::Path, name: &str, pipeline: &Pipeline) -> PathBuf {
    let path = folder.join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    let mut writer = Writer::new(&pipeline.head(), &mut file).unwrap();
    pipeline.parts([(0, (0, 0)), (1, (4, 1))].map(item).into_iter(), |parts| writer.write(parts).is_ok());
    writer.finish().unwrap();
    path
}

fn refused(paths: &[PathBuf]) -> String {
    Partials::open(paths).err().unwrap().to_string()
}

#[test]
fn parts_that_were_counted_otherwise_are_refused_with_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let one = written(folder.path(), "one.parquet", &Pipeline::new(roster(), Counting::default()));
    let wide = Counting { unit: Unit::Paragraph, ..Counting::default() };
    let other = written(folder.path(), "other.parquet", &Pipeline::new(roster(), wide));
    assert!(refused(&[one.clone(), other]).ends_with("--unit differs; parts of one run are counted alike"));
    let nobody = written(folder.path(), "nobody.parquet", &Pipeline::new(Roster::default(), Counting::default()));
    assert!(refused(&[one, nobody]).contains("--actors differs"));
}

#[test]
fn no_damage_makes_a_merge_panic_or_pass() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "whole.parquet", &Pipeline::new(roster(), Counting::default()));
    let whole = std::fs::read(&path).unwrap();
    let merge = |paths: &[PathBuf]| {
        let partials = Partials::open(paths).ok()?;
        pipeline::merge(&partials.head, None, |each| partials.read(each)).ok()
    };
    let before = json(&merge(std::slice::from_ref(&path)).unwrap().0);
    let mut changed = 0;
    for at in (0..whole.len()).step_by(7) {
        let damaged = folder.path().join("damaged.parquet");
        std::fs::write(&damaged, &whole[..at]).unwrap();
        assert!(merge(std::slice::from_ref(&damaged)).is_none(), "cut at {at}");
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&damaged, &bytes).unwrap();
        changed += usize::from(merge(&[damaged]).is_some_and(|(network, _)| json(&network) != before));
    }
    assert_eq!(changed, 0, "flipped bytes that changed the network");
}

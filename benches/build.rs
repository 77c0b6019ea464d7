//! From JSON Lines to a network, one thread: `cargo bench --bench build`. Text only is counted, not the JSON around it.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and print"
)]

use std::{fmt::Write as _, io::Cursor};

use divan::{Bencher, counter::BytesCount};
use sociogram::{
    Counting, Pipeline, Roster,
    actor::Discovery,
    pipeline,
    roster::{Entry, Listed},
    source::{self, Input, Reading},
    tally::Copies,
};

fn main() {
    divan::main();
}

const GIVEN: [&str; 10] = ["Aldo", "Berta", "Cem", "Dora", "Egon", "Fia", "Gero", "Hilde", "Ivo", "Jana"];
const STEMS: [&str; 5] = ["Abeling", "Brandow", "Cordano", "Dravec", "Elvander"];
const PLAIN: [&str; 6] = [
    "Officials gave few details about the talks, which lasted for most of the afternoon.",
    "The committee will publish its report before the end of the month, a spokesman said.",
    "“We have seen the draft,” said a diplomat in Vienna, “and it runs to 28 points.”",
    "Trade between the two sides fell by 12.5 percent in the first half, according to the U.S. Department of Commerce.",
    "Several ministers, who met at 9.30 a.m. on Tuesday, described the mood as tense.",
    "Was that all? Nobody knew, and no new date was announced.",
];

/// Fifty invented people: ten given names, five surnames each with another ending.
fn actors(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|index| {
            let surname = format!(
                "{}{}",
                STEMS[index % STEMS.len()],
                ["", "er", "ik", "sen", "ova", "mann"][index / STEMS.len() % 6]
            );
            let surname = if index < 30 {
                surname
            } else {
                format!("{surname}{}", char::from(b'a' + u8::try_from(index % 26).unwrap()))
            };
            (format!("{} {surname}", GIVEN[index % GIVEN.len()]), surname)
        })
        .collect()
}

fn roster(count: usize) -> Roster {
    let entries = actors(count).into_iter().map(|(name, surname)| Entry {
        place: sociogram::Place::default(),
        listed: Listed { name, aliases: vec![surname], ..Listed::default() },
    });
    Roster::of(entries.collect()).unwrap()
}

/// Articles as JSON Lines; every `every`th names two of the actors, some others name one.
fn corpus(articles: usize, every: usize) -> (Vec<u8>, usize) {
    let people = actors(50);
    let (mut lines, mut bytes, mut seed) = (Vec::new(), 0, 1_usize);
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    for index in 0..articles {
        let mut text = String::new();
        for sentence in 0..24 {
            text.push_str(PLAIN[next(PLAIN.len())]);
            text.push_str(if sentence % 4 == 3 { "\n\n" } else { " " });
            if index % every == 0 && sentence % 6 == 0 {
                let (a, b) = (&people[next(50)], &people[next(50)]);
                let _ = write!(text, "{} met {} in Riga on Monday. ", a.0, b.1);
            }
        }
        bytes += text.len();
        let line =
            serde_json::json!({ "id": index.to_string(), "published": "2025-03-14", "language": "en", "text": text });
        lines.extend_from_slice(format!("{line}\n").as_bytes());
    }
    (lines, bytes)
}

fn build(bencher: Bencher<'_, '_>, every: usize) {
    let (lines, bytes) = corpus(6_000, every);
    let counting = Counting { evidence: Some(20), copies: Copies::Count, ..Counting::default() };
    let pipeline = Pipeline::new(roster(50), counting);
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| lines.clone()).bench_values(|lines| {
        let input = Input::new("corpus.jsonl", Cursor::new(lines));
        let items = (source::format_named("jsonl").unwrap().open)(input, &Reading::default());
        pipeline::on_threads(1, || pipeline.build(items)).unwrap().0.graph.edge_count()
    });
}

/// The same articles without a roster: every name is found and joined.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn all_articles_discovered(bencher: Bencher<'_, '_>) {
    let (lines, bytes) = corpus(1_000, 1);
    let mut pipeline =
        Pipeline::new(Roster::default(), Counting { evidence: Some(20), copies: Copies::Count, ..Counting::default() });
    pipeline.discovery = Some(Discovery::default());
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| lines.clone()).bench_values(|lines| {
        let input = Input::new("corpus.jsonl", Cursor::new(lines));
        let items = (source::format_named("jsonl").unwrap().open)(input, &Reading::default());
        pipeline::on_threads(1, || pipeline.build(items)).unwrap().0.graph.edge_count()
    });
}

/// One article in ten names two of the 50 actors.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn few_articles_name_two(bencher: Bencher<'_, '_>) {
    build(bencher, 10);
}

/// Every article names two of the 50 actors, four times.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_articles_name_two(bencher: Bencher<'_, '_>) {
    build(bencher, 1);
}

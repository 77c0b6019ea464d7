//! From JSON Lines to a network, one thread: `cargo bench --bench build`. Text only is counted, not the JSON around it.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and print"
)]

use std::io::Cursor;

use divan::{Bencher, counter::BytesCount};
use sociogram::{
    Counting, Document, Pipeline, Roster,
    actor::Discovery,
    pipeline,
    source::{self, Input, Item, Media, Reading},
    tally::Copies,
};

mod generated;

/// As the command has it.
#[cfg(feature = "cli")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn counting() -> Counting {
    Counting { evidence: Some(20), copies: Copies::Count, ..Counting::default() }
}

fn build_on(
    bencher: Bencher<'_, '_>,
    (every, naming): (usize, usize),
    (actors, threads): (usize, usize),
    copies: Copies,
) {
    let (lines, bytes) = generated::lines(6_000, (every, naming));
    let pipeline = Pipeline::new(generated::roster(actors), Counting { copies, ..counting() });
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| lines.clone()).bench_values(|lines| {
        let input = Input::new("corpus.jsonl", Cursor::new(lines));
        let items = (source::format_named("jsonl").unwrap().open)(input, &Reading::default());
        pipeline::on_threads(threads, || pipeline.build(items)).unwrap().0.graph.edge_count()
    });
}

fn build_pages(bencher: Bencher<'_, '_>, every: usize) {
    let texts = generated::Texts::new(every, 4).take(200).enumerate();
    let pages: Vec<String> = texts.map(|(index, text)| generated::page(index, &text)).collect();
    let pipeline = Pipeline::new(generated::roster(generated::PEOPLE), counting());
    let bytes = pages.iter().map(String::len).sum::<usize>();
    let document =
        |page: &String| Document { media: Media::Html, bytes: page.clone().into_bytes(), ..Document::default() };
    let items = || pages.iter().map(document).map(Item::Document).collect::<Vec<_>>();
    bencher.counter(BytesCount::new(bytes)).with_inputs(items).bench_values(|items| {
        pipeline::on_threads(1, || pipeline.build(items.into_iter())).unwrap().0.graph.edge_count()
    });
}

/// The same articles without a roster: every name is found and joined.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn all_articles_discovered(bencher: Bencher<'_, '_>) {
    let (lines, bytes) = generated::lines(1_000, (1, 4));
    let mut pipeline = Pipeline::new(Roster::default(), counting());
    pipeline.discovery = Some(Discovery::default());
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| lines.clone()).bench_values(|lines| {
        let input = Input::new("corpus.jsonl", Cursor::new(lines));
        let items = (source::format_named("jsonl").unwrap().open)(input, &Reading::default());
        pipeline::on_threads(1, || pipeline.build(items)).unwrap().0.graph.edge_count()
    });
}

/// One article in ten names two of the 50 actors in each of four sentences.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn few_articles_name_two(bencher: Bencher<'_, '_>) {
    build_on(bencher, (10, 4), (generated::PEOPLE, 1), Copies::Count);
}

/// The same with a roster of 10,000 actors, of whom the articles name 50.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn few_articles_name_two_of_10000(bencher: Bencher<'_, '_>) {
    build_on(bencher, (10, 4), (10_000, 1), Copies::Count);
}

/// Every article names two of the 50 actors.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_articles_name_two(bencher: Bencher<'_, '_>) {
    build_on(bencher, (1, 1), (generated::PEOPLE, 1), Copies::Count);
}

/// The same with stories folded.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_articles_name_two_folded(bencher: Bencher<'_, '_>) {
    build_on(bencher, (1, 1), (generated::PEOPLE, 1), Copies::Fold);
}

/// Every article names two in each of four sentences, up to eight of the 50.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_articles_name_eight(bencher: Bencher<'_, '_>) {
    build_on(bencher, (1, 4), (generated::PEOPLE, 1), Copies::Count);
}

/// The same on two threads.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_articles_name_eight_on_two_threads(bencher: Bencher<'_, '_>) {
    build_on(bencher, (1, 4), (generated::PEOPLE, 2), Copies::Count);
}

/// Pages of a newspaper, of which one in fifty names two of the 50 actors.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn few_pages_name_two(bencher: Bencher<'_, '_>) {
    build_pages(bencher, 50);
}

/// The same where every page does.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn all_pages_name_two(bencher: Bencher<'_, '_>) {
    build_pages(bencher, 1);
}

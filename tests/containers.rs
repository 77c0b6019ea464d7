//! The same articles through every container give the same network. The files are made by independent writers:
//! `tests/containers/make.py`.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{collections::BTreeSet, path::PathBuf};

use sociogram::{
    Counting, Network, Pipeline, Report, Roster,
    source::{self, FORMATS, Files, Reading},
};

/// Every edge: who, how often in sentences and in articles, the first and the last day, the sentences, and who published them.
type Edges = BTreeSet<(String, String, u64, u64, Option<String>, Option<String>, Vec<(String, String)>)>;

fn read(inputs: &[&str]) -> (Network, Report) {
    let paths: Vec<PathBuf> = inputs.iter().map(|name| PathBuf::from("tests/containers").join(name)).collect();
    let roster = Roster::read(&["tests/containers/actors.toml"]).unwrap();
    let mut files = Files::of(&paths, None);
    files.sort();
    Pipeline::new(roster, Counting::default()).build(source::stream(files, Reading::default()))
}

fn edges(network: &Network) -> Edges {
    let graph = &network.graph;
    let day = |day: Option<chrono::NaiveDate>| day.map(|it| it.to_string());
    graph
        .edge_indices()
        .map(|index| {
            let (a, b) = graph.edge_endpoints(index).unwrap();
            let edge = &graph[index];
            let mut shown: Vec<_> =
                edge.evidence.iter().map(|it| (it.text.clone(), it.outlet.clone().unwrap_or_default())).collect();
            shown.sort();
            (
                graph[a].name.clone(),
                graph[b].name.clone(),
                edge.sentences,
                edge.articles,
                day(edge.first),
                day(edge.last),
                shown,
            )
        })
        .collect()
}

const CONTAINERS: &[&[&str]] = &[
    &["a?.html"],
    &["a?.mhtml"],
    &["a?.webarchive"],
    &["gazette.rss", "post.rss"],
    &["array.json"],
    &["crawl.warc"],
    &["crawl.warc.gz"],
    &["lines.jsonl.bz2"],
    &["lines.jsonl.gz"],
    &["lines.jsonl.xz"],
    &["lines.jsonl.zst"],
    &["pages.tar"],
    &["pages.tar.gz"],
    &["pages.tar.xz"],
    &["pages.zip"],
    &["semicolon.csv"],
    &["table.csv"],
    &["table.tsv"],
    &["table-gzip.parquet"],
    &["table-none.parquet"],
    &["table-snappy.parquet"],
    &["table-zstd.parquet"],
];

#[test]
fn every_container_gives_the_same_network() {
    let (network, _) = read(&["lines.jsonl"]);
    let wanted = edges(&network);
    assert_eq!(wanted.len(), 3);
    for inputs in CONTAINERS {
        let (network, report) = read(inputs);
        assert_eq!(edges(&network), wanted, "{inputs:?}");
        assert_eq!((report.books.read, report.books.refused), (4, 0), "{inputs:?}: {:?}", report.records);
        assert_eq!(
            report.digests.len(),
            usize::try_from(network.method.input.files).unwrap(),
            "{inputs:?} has no digest"
        );
    }
}

#[test]
fn every_format_has_a_file_here() {
    let names: Vec<&str> = CONTAINERS.iter().copied().flatten().copied().chain(["lines.jsonl", "all.atom"]).collect();
    for format in FORMATS.iter().filter(|format| format.name != "txt") {
        let here = names.iter().any(|name| format.endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))));
        assert!(here, "no file of {} among {names:?}", format.name);
    }
}

/// The outlet of a feed is the feed, so only who and when is the same.
#[test]
fn atom_gives_the_same_counts_and_days() {
    let bare = |edges: Edges| edges.into_iter().map(|(a, b, c, d, e, f, _)| (a, b, c, d, e, f)).collect::<Vec<_>>();
    assert_eq!(bare(edges(&read(&["all.atom"]).0)), bare(edges(&read(&["lines.jsonl"]).0)));
}

/// What a file is, its bytes say before its name does.
#[test]
fn a_wrong_name_is_noted_and_read_past() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [("crawl.warc.gz", "x.csv"), ("table-zstd.parquet", "y.txt"), ("lines.jsonl.zst", "z")] {
        let path = folder.path().join(to);
        std::fs::copy(format!("tests/containers/{from}"), &path).unwrap();
        let roster = Roster::read(&["tests/containers/actors.toml"]).unwrap();
        let items = source::stream(Files::of(&[path], None), Reading::default());
        let (network, report) = Pipeline::new(roster, Counting::default()).build(items);
        assert_eq!((network.graph.edge_count(), report.books.read), (3, 4), "{from}: {:?}", report.records);
        assert!(to == "z" || report.records.iter().any(|it| it.reason.contains("named as")), "{:?}", report.records);
    }
}

/// The same bytes twice are one article.
#[test]
fn the_same_bytes_count_once() {
    let (network, report) = read(&["lines.jsonl", "lines.jsonl.gz"]);
    assert_eq!(edges(&network), edges(&read(&["lines.jsonl"]).0));
    assert_eq!((report.books.read, report.books.duplicate, report.books.found), (4, 4, 8));
}

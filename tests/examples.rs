//! The example articles: their counts against a gold made by hand, and `output/` against what the README's command makes.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use sociogram::{
    Counting, Network, Pipeline, Roster, export,
    source::{self, Files},
};

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir("examples/articles").unwrap().map(|it| it.unwrap().path()).collect();
    pages.sort();
    pages
}

fn pipeline() -> Pipeline {
    Pipeline::new(Roster::read(&["examples/actors.toml"]).unwrap(), Counting::default())
}

fn network(pages: &[PathBuf]) -> Network {
    let (network, report) = pipeline().build(source::stream(Files::of(pages, None), source::Reading::default()));
    assert_eq!(report.books.read, pages.len() as u64, "{:?}", report.records);
    network
}

fn gold() -> Value {
    serde_json::from_str(&fs::read_to_string("examples/expected.json").unwrap()).unwrap()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn edges_are_those_of_the_gold_to_the_last_count() {
    let network = network(&pages());
    let have: BTreeMap<String, u64> =
        network.edges().map(|(a, b, edge)| (format!("{} / {}", a.name, b.name), edge.sentences)).collect();
    let want: BTreeMap<String, u64> = serde_json::from_value(gold()["edges"].clone()).unwrap();
    assert_eq!(have, want);
}

#[test]
fn every_page_gives_its_sentences_date_title_and_outlet() {
    let gold = gold();
    let articles = gold["articles"].as_array().unwrap();
    assert_eq!(articles.len(), pages().len());
    for page in articles {
        let path = Path::new("examples/articles").join(page["file"].as_str().unwrap());
        let network = network(std::slice::from_ref(&path));
        let mut want: Vec<String> =
            page["sentences"].as_array().unwrap().iter().map(|it| one_line(it["text"].as_str().unwrap())).collect();
        let mut have: Vec<String> =
            network.edges().flat_map(|it| &it.2.evidence).map(|it| one_line(&it.text)).collect();
        for list in [&mut want, &mut have] {
            list.sort();
            list.dedup();
        }
        assert_eq!(have, want, "{}", path.display());
        for shown in network.edges().flat_map(|it| &it.2.evidence) {
            assert_eq!(
                shown.published.map(|it| it.to_string()).as_deref(),
                page["published"].as_str(),
                "{}",
                path.display()
            );
            assert_eq!(
                shown.title.as_deref().map(one_line),
                page["title"].as_str().map(one_line),
                "{}",
                path.display()
            );
            assert_eq!(shown.outlet.as_deref(), page["outlet"].as_str(), "{}", path.display());
        }
    }
}

/// `SOCIOGRAM_UPDATE=1 cargo test --release --test examples` writes the files anew.
#[test]
fn output_is_what_the_readme_makes() {
    let network = network(&pages());
    for format in export::FORMATS.iter().filter(|it| ["dot", "json", "svg"].contains(&it.name)) {
        let path = Path::new("output/talks").with_extension(format.endings[0]);
        let mut bytes = Vec::new();
        let options = export::Options { seed: 1, ..export::Options::default() };
        (format.parts[0].write)(&network, &options, &mut bytes).unwrap();
        if std::env::var_os("SOCIOGRAM_UPDATE").is_some() {
            fs::create_dir_all("output").unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        let saved = fs::read(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        assert!(saved == bytes, "{} is not what the command makes now; see SOCIOGRAM_UPDATE", path.display());
    }
}

#[test]
fn saved_networks_come_back_whole() {
    let network = network(&pages());
    let json = export::FORMATS.iter().find(|format| format.name == "json").unwrap();
    let mut bytes = Vec::new();
    (json.parts[0].write)(&network, &export::Options::default(), &mut bytes).unwrap();
    let again = export::read("talks.json", &bytes).unwrap();
    let mut twice = Vec::new();
    (json.parts[0].write)(&again, &export::Options::default(), &mut twice).unwrap();
    assert!(bytes == twice);
}

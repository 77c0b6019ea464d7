//! The page to explore: the same bytes every time, nothing that asks for anything, and the data that it shows.

#![cfg(feature = "picture")]
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::fs;

use proptest::prelude::*;
use sociogram::{
    Network, export,
    network::{Actor, Edge, Mark, Shown},
};

fn page(network: &Network) -> String {
    let format = export::format_named("html").unwrap();
    let mut bytes = Vec::new();
    let options = export::Options { seed: 1, ..export::Options::default() };
    (format.parts[0].write)(network, &options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn talks() -> Network {
    export::read("output/talks.json", &fs::read("output/talks.json").unwrap()).unwrap()
}

/// The page without style, script and licences, which `viewer/` makes.
fn filled(page: &str) -> String {
    let without = |text: &str, from: &str, to: &str| {
        let (before, rest) = text.split_once(from).unwrap();
        let (_, after) = rest.split_once(to).unwrap();
        format!("{before}{from}{to}{after}")
    };
    let page = without(page, "<style>", "</style>");
    let page = without(&page, "<script>", "</script>");
    let page = without(&page, "<!-- Parts of this page by others:", "-->");
    without(&page, "content=\"default-src 'none'; ", "\">")
}

#[test]
fn the_page_is_as_reviewed() {
    insta::assert_snapshot!(filled(&page(&talks())));
}

#[test]
fn the_same_network_gives_the_same_bytes() {
    assert!(page(&talks()) == page(&talks()));
}

#[test]
fn the_page_asks_for_nothing() {
    let page = page(&talks());
    assert!(page.contains("content=\"default-src 'none'; script-src 'sha256-"));
    assert!(!page.contains("unsafe-"));
    let (markup, _) = page.split_once("<script type=\"application/json\"").unwrap();
    let (head, rest) = markup.split_once("<style>").unwrap();
    let (style, body) = rest.split_once("</style>").unwrap();
    assert!(!style.contains("@import") && !style.contains("url("));
    for forbidden in ["<link", " src=", " style=", " onclick", " onload", " onerror", "http-equiv=\"refresh"] {
        assert!(!head.contains(forbidden) && !body.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_places_of_the_template_are_filled() {
    let page = page(&talks());
    for name in ["title", "still", "network", "evidence"] {
        assert!(!page.contains(&format!("<!--{name}-->")), "{name}");
    }
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script>").count(), 3);
}

#[test]
fn an_empty_network_is_a_page() {
    let page = page(&Network::default());
    assert!(page.contains("0 actors, 0 edges"));
}

/// A network of two, whose evidence says whatever it says.
fn two(names: [&str; 2], text: &str, start: usize, marks: &[(usize, usize, usize)]) -> Network {
    let mut network = Network::default();
    let ends = names.map(|name| {
        let aliases = vec![String::new(), name.to_uppercase()];
        network.graph.add_node(Actor { id: format!("{name}!"), name: name.to_owned(), aliases, ..Actor::default() })
    });
    let mark = |it: &(usize, usize, usize)| Mark { start: it.0, end: it.1, actor: format!("{}!", names[it.2]) };
    let shown = Shown { start, text: text.to_owned(), marks: marks.iter().map(mark).collect(), ..Shown::default() };
    network.graph.add_edge(ends[0], ends[1], Edge { weight: 1, evidence: vec![shown], ..Edge::default() });
    network
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_evidence_says_the_page_is_written(
        names in prop::array::uniform2(".{0,12}"),
        text in ".{0,60}",
        start in prop_oneof![0..9_usize, Just(usize::MAX)],
        marks in prop::collection::vec((0..80_usize, 0..80_usize, 0..2_usize), 0..6),
    ) {
        let page = page(&two([&names[0], &names[1]], &text, start, &marks));
        let (_, data) = page.split_once("id=\"evidence\">").unwrap();
        let (data, _) = data.split_once("</script>").unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        prop_assert_eq!(&data["sentences"]["text"][0], &text);
        let columns = ["actor", "gap", "length"].map(|name| data["sentences"][name].as_array().unwrap().len());
        prop_assert!(columns.iter().all(|it| *it as u64 == data["sentences"]["marks"][0]));
    }
}

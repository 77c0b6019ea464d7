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

use sociogram::{Network, export};

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

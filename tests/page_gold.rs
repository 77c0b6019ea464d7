//! Text and dates of saved pages against gold data that is not part of the project: the folder in `SOCIOGRAM_DATA`, or
//! `../shared/data`.
//!
//! Without it the tests pass without a look, and say so. Text is scored as the article-extraction benchmark does
//! (<https://github.com/scrapinghub/article-extraction-benchmark>): shared shingles of four words, means over pages.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may panic, and prints what it measured"
)]

use std::{
    collections::{BTreeSet, HashMap},
    env, fs,
    io::Read,
    path::PathBuf,
};

use rayon::prelude::*;
use regex::Regex;
use scraper::{Html, Node};
use serde_json::Value;
use sociogram::{
    Article, Counting, Document, Pipeline, Place, Roster, ZoneKind,
    article::{self, Limits},
    pipeline,
    roster::{Entry, Listed},
    source::{Item, Media},
};

/// Hundredths of a per cent of F1 and of exact dates that a set must reach: nearly what it did reach; floors go up only.
const FLOORS: [(&str, u64, u64); 4] =
    [("scrapinghub", 97_80, 0), ("fundus_even", 95_50, 98_30), ("andy_even", 94_20, 90_00), ("dates", 0, 91_00)];

/// The same of pages whose markup is lost.
const FLAT_FLOOR: u64 = 90_40;

/// Pages in a hundred where somebody who is named in menus and teasers alone may reach an edge.
const MOST_CHROME: usize = 3;

struct Page {
    id: String,
    bytes: Vec<u8>,
    gold: Value,
}

fn pages(set: &str) -> Vec<Page> {
    let data = env::var_os("SOCIOGRAM_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let folder = data.join("pages").join(set);
    let Ok(gold) = fs::read_to_string(folder.join("gold.jsonl")) else {
        println!("no pages of {set} beside the project: nothing measured");
        return Vec::new();
    };
    let page = |line: &str| {
        let gold: Value = serde_json::from_str(line).unwrap();
        let file = fs::File::open(folder.join(gold["file"].as_str().unwrap())).unwrap();
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        Page { id: gold["id"].as_str().unwrap().to_owned(), bytes, gold }
    };
    gold.lines().map(page).collect()
}

fn read(media: Media, bytes: Vec<u8>) -> Article {
    let document = Document { media, bytes, ..Document::default() };
    article::of(document, &Limits::default()).unwrap_or_default()
}

fn body(article: &Article) -> String {
    let zones = article.zones.iter().filter(|zone| zone.kind == ZoneKind::Body);
    zones.map(|zone| zone.span.of(&article.text)).collect::<Vec<_>>().join("\n")
}

fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|it| !it.is_empty()).collect();
    let mut counts = HashMap::new();
    for shingle in words.windows(4.min(words.len().max(1))) {
        *counts.entry(shingle.to_vec()).or_default() += 1;
    }
    counts
}

/// Shared shingles, those of the found text, those of the gold text.
fn score(found: &str, gold: &str) -> [usize; 3] {
    let (found, gold) = (shingles(found), shingles(gold));
    let shared = found.iter().map(|(shingle, &count)| count.min(gold.get(shingle).copied().unwrap_or(0))).sum();
    [shared, found.values().sum(), gold.values().sum()]
}

/// F1 of mean precision and mean recall, in hundredths of a per cent.
fn f1(scores: &[[usize; 3]]) -> u64 {
    let mean = |part: usize, whole: usize| {
        let shares = scores.iter().filter(|score| score[whole] > 0).map(|score| 1_000_000 * score[part] / score[whole]);
        let shares: Vec<usize> = shares.collect();
        shares.iter().sum::<usize>() / shares.len().max(1)
    };
    let (precision, recall) = (mean(0, 1) as u64, mean(0, 2) as u64);
    2 * precision * recall / (precision + recall).max(1) / 100
}

#[test]
fn pages_reach_their_floors() {
    for (set, text_floor, date_floor) in FLOORS {
        let pages = pages(set);
        let read: Vec<(&Page, Article)> =
            pages.par_iter().map(|page| (page, read(Media::Html, page.bytes.clone()))).collect();
        let scores = read.iter().filter_map(|(page, article)| Some(score(&body(article), page.gold["text"].as_str()?)));
        let dated = read.iter().filter_map(|(page, article)| {
            let day = page.gold["published"].as_str()?.get(..10)?;
            Some(article.published.is_some_and(|found| found.to_string() == day))
        });
        let (text, dated) = (f1(&scores.collect::<Vec<_>>()), dated.collect::<Vec<_>>());
        let days = 10_000 * dated.iter().filter(|right| **right).count() as u64 / dated.len().max(1) as u64;
        println!("{set}: {} pages, text {text}, dates {days} (per 10,000)", pages.len());
        assert!(pages.is_empty() || text >= text_floor && days >= date_floor, "{set}: {text} {days}");
    }
}

/// All text of a page as lines, as a reader saves it: markup is lost, menus and teasers stay.
fn flattened(page: &[u8]) -> String {
    const BREAKS: &str = " p div li ul ol h1 h2 h3 h4 h5 h6 br tr td th table section article header footer nav aside main \
        figure figcaption blockquote form option button title pre dl dt dd ";
    let html = Html::parse_document(&String::from_utf8_lossy(page));
    let mut text = String::new();
    for node in html.tree.root().descendants() {
        let parent = node.parent().and_then(|it| it.value().as_element().map(|it| it.name().to_owned()));
        let shown = !matches!(parent.as_deref(), Some("script" | "style" | "noscript" | "template"));
        match node.value() {
            Node::Element(element) if BREAKS.contains(&format!(" {} ", element.name())) => text.push('\n'),
            Node::Text(words) if shown => text.push_str(&words.replace(['\n', '\t'], " ")),
            _ => {}
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_without_markup_reach_their_floor() {
    let pages = pages("scrapinghub");
    let one = |page: &Page| {
        let article = read(Media::Text, flattened(&page.bytes).into_bytes());
        Some(score(&body(&article), page.gold["text"].as_str()?))
    };
    let scores: Vec<[usize; 3]> = pages.par_iter().filter_map(one).collect();
    println!("flattened: {} pages, text {} (per 10,000)", scores.len(), f1(&scores));
    assert!(pages.is_empty() || f1(&scores) >= FLAT_FLOOR, "{}", f1(&scores));
}

const GIVEN: &str = include_str!("../src/mention/lexicon/given.txt");

/// The names of people in a text: a given name, perhaps an initial, and a word with a capital.
fn names(text: &str) -> BTreeSet<String> {
    let given: BTreeSet<&str> = GIVEN.lines().collect();
    let pattern = Regex::new(r"(\p{Lu}\p{Ll}+)(?: \p{Lu}\.)? \p{Lu}\p{Ll}+").unwrap();
    let found = text.lines().flat_map(|line| pattern.captures_iter(line));
    let people = found.filter(|groups| given.contains(&groups[1]));
    people.map(|groups| groups[0].to_owned()).collect()
}

/// Those names of a page that its article does not have and that reach an edge all the same.
fn chrome_on_edges(page: &Page) -> Option<Vec<String>> {
    let gold = page.gold["text"].as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = names(&flattened(&page.bytes));
    let entry =
        |name: &String| Entry { place: Place::default(), listed: Listed { name: name.clone(), ..Listed::default() } };
    let roster = Roster::of(all.iter().map(entry).collect()).ok()?;
    let document = Document { media: Media::Html, bytes: page.bytes.clone(), ..Document::default() };
    let items = std::iter::once(Item::Document(document));
    let (network, _) = Pipeline::new(roster, Counting::default()).build(items);
    let ends = network.edges().flat_map(|(a, b, _)| [a.name.clone(), b.name.clone()]).collect::<BTreeSet<_>>();
    Some(ends.into_iter().filter(|name| !gold.contains(name.as_str())).collect())
}

#[test]
fn people_of_menus_and_teasers_reach_no_edge() {
    let pages: Vec<Page> = ["scrapinghub", "fundus_even", "andy_even"].into_iter().flat_map(pages).collect();
    let work = || pages.par_iter().map(|page| (page, chrome_on_edges(page).unwrap_or_default())).collect::<Vec<_>>();
    let mut found = pipeline::on_threads(0, work).unwrap();
    found.retain(|(_, names)| !names.is_empty());
    println!("{} of {} pages with somebody from outside the article on an edge", found.len(), pages.len());
    for (page, names) in &found {
        println!("    {} {:?}", page.id, names);
    }
    assert!(found.len() * 100 <= MOST_CHROME * pages.len(), "{} of {}", found.len(), pages.len());
}

//! Sentence boundaries against gold data that is not part of the project: the folder in `SOCIOGRAM_DATA`, or `../shared/data`.
//!
//! Without it the tests pass without a look. A paragraph's last boundary is given and not scored.

#![allow(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic, and prints what it measured"
)]

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use serde_json::Value;
use sociogram::{Article, Span, Zone, ZoneKind, sentence};

/// Thousandths of a per cent of F1 (98.7 is 98,700) and whole paragraphs that a set must reach: what it did reach; floors go up only.
#[rustfmt::skip]
const FLOORS: [(&str, u64, usize); 17] = [
    ("de_gsd.dev", 98_580, 0), ("en_ewt.dev", 88_890, 0), ("en_gum-news.train", 95_500, 0),
    ("en_gum.dev", 97_690, 0), ("en_wsj.dev", 99_420, 0), ("es_gsd.dev", 99_220, 0),
    ("fr_gsd.dev", 98_660, 0), ("grs_en.dev", 0, 47), ("it_isdt.dev", 94_860, 0),
    ("ja_gsd.dev", 99_660, 0), ("nl_alpino.dev", 99_670, 0), ("pl_pdb.dev", 98_300, 0),
    ("pt_bosque.dev", 91_940, 0), ("ru_gsd.dev", 98_160, 0), ("stressen.dev", 0, 47),
    ("uk_iu.dev", 99_240, 0), ("zh_gsdsimp.dev", 99_530, 0),
];

#[derive(Default)]
struct Score {
    right: u64,
    said: u64,
    gold: u64,
    whole: usize,
    rows: usize,
}

impl Score {
    /// Harmonic mean of precision and recall, in thousandths of a per cent.
    fn f1(&self) -> u64 {
        200_000 * self.right / (self.said + self.gold).max(1)
    }
}

fn data() -> Option<PathBuf> {
    let folder = env::var_os("SOCIOGRAM_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    folder.join("sentences").is_dir().then_some(folder)
}

fn article(text: &str, language: &str) -> Article {
    let zones = vec![Zone { span: Span::whole(text), kind: ZoneKind::Body, rule: "whole" }];
    Article { text: text.to_owned(), language: Some(language.to_owned()), zones, ..Article::default() }
}

/// Byte offsets of the boundaries that are wanted, and of those that are found.
fn boundaries(row: &Value) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let text = row["text"].as_str().unwrap();
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let last = |end: usize| text[..end].trim_end().len();
    let ends = row["ends"].as_array().unwrap().iter();
    let mut gold: BTreeSet<_> =
        ends.map(|end| last(offsets[usize::try_from(end.as_u64().unwrap()).unwrap()])).collect();
    let found = sentence::of(&article(text, row["lang"].as_str().unwrap()));
    let mut found: BTreeSet<_> = found.iter().map(|sentence| last(sentence.span.end)).collect();
    gold.remove(&last(text.len()));
    found.remove(&last(text.len()));
    (gold, found)
}

fn show(text: &str, at: usize) -> String {
    let head = text[..at].chars().rev().take(50).collect::<Vec<_>>().into_iter().rev();
    head.chain(['|']).chain(text[at..].chars().take(30)).collect()
}

fn score(file: &str, errors: usize) -> Score {
    let mut score = Score::default();
    for line in file.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let (gold, found) = boundaries(&row);
        score.right += gold.intersection(&found).count() as u64;
        score.said += found.len() as u64;
        score.gold += gold.len() as u64;
        score.whole += usize::from(gold == found);
        score.rows += 1;
        if score.rows - score.whole <= errors {
            let text = row["text"].as_str().unwrap();
            gold.difference(&found).for_each(|at| println!("    missed {}", show(text, *at)));
            found.difference(&gold).for_each(|at| println!("    false  {}", show(text, *at)));
        }
    }
    score
}

#[test]
fn gold_boundaries_are_found() {
    let Some(folder) = data() else { return };
    let wanted = env::var("SETS").unwrap_or_default();
    let errors = env::var("ERRORS").map_or(0, |number| number.parse().unwrap());
    let mut files: Vec<_> =
        fs::read_dir(folder.join("sentences")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut low = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if !wanted.split(' ').any(|set| name.starts_with(set)) {
            continue;
        }
        let score = score(&fs::read_to_string(&path).unwrap(), errors);
        let f1 = score.f1();
        println!(
            "{name:22} P {:6.2} R {:6.2} F1 {:3}.{:03} whole {}/{}",
            100.0 * score.right as f64 / score.said.max(1) as f64,
            100.0 * score.right as f64 / score.gold.max(1) as f64,
            f1 / 1000,
            f1 % 1000,
            score.whole,
            score.rows
        );
        if FLOORS.iter().any(|(set, floor, whole)| *set == name && (f1 < *floor || score.whole < *whole)) {
            low.push(name);
        }
    }
    assert!(low.is_empty(), "below the floor: {low:?}");
}

#[test]
fn every_sentence_of_the_worked_article_is_found() {
    let Some(folder) = data().map(|folder| folder.join("../seed")).filter(|folder| folder.is_dir()) else { return };
    let text = fs::read_to_string(folder.join("article.txt")).unwrap();
    let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("gold.json")).unwrap()).unwrap();
    let wanted: Vec<Span> = gold["sentences"].as_array().unwrap()[..53].iter().map(span).collect();
    let mut article = article(&text, "en");
    article.zones[0].span = span(&gold["body"]);
    let found: Vec<Span> = sentence::of(&article).into_iter().map(|sentence| sentence.span).take(53).collect();
    let said: Vec<_> = found.iter().map(|span| span.of(&text)).collect();
    let gold: Vec<_> = wanted.iter().map(|span| span.of(&text)).collect();
    assert_eq!(said, gold);
    assert_eq!(found, wanted);
}

fn span(ends: &Value) -> Span {
    let at = |index: usize| usize::try_from(ends[index].as_u64().unwrap()).unwrap();
    Span { start: at(0), end: at(1) }
}

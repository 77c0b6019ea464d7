//! Tokens of English news a second: names without a roster, and how long the model takes to load.

#![allow(clippy::indexing_slicing, reason = "a benchmark may panic")]

use divan::{Bencher, counter::ItemsCount};
use sociogram::{
    Span,
    mention::tagger::{self, Model},
    sentence::{Splitter, paragraphs},
};

fn main() {
    divan::main();
}

/// Invented sentences with what news is full of: names, titles, quotes, numbers, and long stretches without any name.
const SENTENCES: [&str; 16] = [
    "Foreign Minister Marta Lindqvist told reporters on Monday that the talks with Halden Energy had ended without a deal.",
    "“We are not leaving,” said Okoro, who has led the Marlow Port Authority since 2019.",
    "The plan would cost $3.5 billion over ten years, about 4.2 percent more than the draft of Sept. 11.",
    "In the south of the country, where most of the fishing takes place, few people had heard of it.",
    "It was the third time this year that the two had met.",
    "The number of ships that call at the port has fallen by half since the old bridge was closed, the harbor master said.",
    "Nobody knows, and the ministry's lawyers have until January to answer.",
    "Lindqvist's spokesman, Jean-Luc Adomako, declined to comment.",
    "More than 300 people gathered outside the court in Dorvik before the verdict was read.",
    "According to a person with knowledge of the talks, who spoke on condition of anonymity, the two sides remain far apart.",
    "Sen. Dana Whitfield and Rep. Tom Abara wrote the bill together, and both of them say that it will pass before the summer.",
    "The mayor had promised to rebuild the houses before the winter, but the work has not begun.",
    "Officials said that the government's position, which has not changed since the spring, would be explained in due course.",
    "A spokeswoman for the Bank of Northmoor did not reply to a request for comment.",
    "She was born in Lisbon, studied in Kraków and moved to the United States when she was thirty.",
    "That, at least, is what they hope.",
];

/// An article of about six hundred words.
fn article() -> String {
    let mut text = String::new();
    let mut seed: u32 = 1;
    for at in 0..32 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(SENTENCES[(seed >> 8) as usize % SENTENCES.len()]);
        text.push_str(if at % 4 == 3 { "\n\n" } else { " " });
    }
    text
}

fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(text, Span::whole(text)) {
        Splitter::of(Some("en")).split(text, paragraph, &mut sentences);
    }
    sentences
}

/// Words and marks, counted roughly as a tokenizer does.
fn tokens(text: &str) -> usize {
    text.split_whitespace().count() + text.chars().filter(char::is_ascii_punctuation).count()
}

#[divan::bench]
fn names(bencher: Bencher) {
    let text = article();
    let sentences = sentences(&text);
    let counter = ItemsCount::new(tokens(&text));
    bencher.counter(counter).bench(|| tagger::find(divan::black_box(&text), &sentences));
}

#[divan::bench]
fn load() -> bool {
    Model::read(divan::black_box(tagger::MODEL)).is_ok()
}

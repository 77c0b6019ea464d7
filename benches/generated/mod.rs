//! Invented news for the benchmarks: articles of 24 sentences of six kinds, each with two invented words of its own; some name two of
//! fifty people.

#![allow(dead_code, reason = "each benchmark takes what it needs")]

use std::fmt::Write as _;

use sociogram::{
    Place, Roster,
    roster::{Entry, Listed},
};

const GIVEN: [&str; 10] = ["Aldo", "Berta", "Cem", "Dora", "Egon", "Fia", "Gero", "Hilde", "Ivo", "Jana"];
const STEMS: [&str; 5] = ["Abeling", "Brandow", "Cordano", "Dravec", "Elvander"];
const ENDS: [&str; 6] = ["", "er", "ik", "sen", "ova", "mann"];
const SYLLABLES: [&str; 20] = [
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo",
    "zu",
];
/// Sentences that name nobody; `*` stands for an invented word.
const PLAIN: [&str; 6] = [
    "Officials gave few details about the * talks, which lasted for most of the *.",
    "The committee will publish its * report before the end of the *, a spokesman said.",
    "“We have seen the * draft,” said a diplomat in Vienna, “and it runs to 28 *.”",
    "Trade between the two * fell by 12.5 percent in the first *, according to the U.S. Department of Commerce.",
    "Several ministers, who met at 9.30 a.m. on Tuesday in *, described the * as tense.",
    "Was that all of the *? Nobody knew, and no new * was announced.",
];
const SENTENCES: usize = 24;

/// Who can be named in the articles.
pub(crate) const PEOPLE: usize = 50;

/// `count` invented people, each with the surname; no two share one. The articles name the first fifty.
pub(crate) fn people(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|index| {
            let surname = if index < PEOPLE { among_fifty(index) } else { of_syllables(index) };
            (format!("{} {surname}", GIVEN[index % GIVEN.len()]), surname)
        })
        .collect()
}

fn among_fifty(index: usize) -> String {
    let surname = format!("{}{}", STEMS[index % STEMS.len()], ENDS[index / STEMS.len() % ENDS.len()]);
    if index < STEMS.len() * ENDS.len() {
        return surname;
    }
    format!("{surname}{}", char::from(b'a' + u8::try_from(index % 26).unwrap()))
}

fn of_syllables(index: usize) -> String {
    let syllable = |step: usize| SYLLABLES[index / SYLLABLES.len().pow(u32::try_from(step).unwrap()) % SYLLABLES.len()];
    let surname: String = (0..4).map(syllable).collect();
    surname[..1].to_uppercase() + &surname[1..]
}

/// A roster of so many people.
pub(crate) fn roster(count: usize) -> Roster {
    let entries = people(count).into_iter().map(|(name, surname)| Entry {
        place: Place::default(),
        listed: Listed { name, aliases: vec![surname], ..Listed::default() },
    });
    Roster::of(entries.collect()).unwrap()
}

/// The same roster as TOML.
pub(crate) fn toml(count: usize) -> String {
    people(count).into_iter().fold(String::new(), |mut toml, (name, surname)| {
        let _ = writeln!(toml, "[[actor]]\nname = \"{name}\"\nkind = \"person\"\naliases = [\"{surname}\"]\n");
        toml
    })
}

/// The texts of articles, without end; every `every`th has so many sentences that name two people.
pub(crate) struct Texts {
    every: usize,
    naming: usize,
    people: Vec<(String, String)>,
    index: usize,
    seed: usize,
}

impl Texts {
    /// The same texts at every call.
    pub(crate) fn new(every: usize, naming: usize) -> Self {
        Self { every, naming, people: people(PEOPLE), index: 0, seed: 1 }
    }

    fn add_plain(&mut self, text: &mut String) {
        let mut parts = PLAIN[self.below(PLAIN.len())].split('*');
        text.push_str(parts.next().unwrap());
        for part in parts {
            for _ in 0..3 {
                text.push_str(SYLLABLES[self.below(SYLLABLES.len())]);
            }
            text.push_str(part);
        }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % bound
    }
}

impl Iterator for Texts {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut text = String::new();
        for sentence in 0..SENTENCES {
            self.add_plain(&mut text);
            text.push_str(if sentence % 4 == 3 { "\n\n" } else { " " });
            if self.index.is_multiple_of(self.every) && sentence % (SENTENCES / self.naming) == 0 {
                let (a, b) = (self.below(PEOPLE), self.below(PEOPLE));
                let _ = write!(text, "{} met {} in Riga on Monday. ", self.people[a].0, self.people[b].1);
            }
        }
        self.index += 1;
        Some(text)
    }
}

/// A text as a line of JSON Lines.
pub(crate) fn line(index: usize, text: &str) -> String {
    let record =
        serde_json::json!({ "id": index.to_string(), "published": "2025-03-14", "language": "en", "text": text });
    format!("{record}\n")
}

/// So many articles as JSON Lines, and the bytes of their texts.
pub(crate) fn lines(articles: usize, (every, naming): (usize, usize)) -> (Vec<u8>, usize) {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    for (index, text) in Texts::new(every, naming).take(articles).enumerate() {
        bytes += text.len();
        lines.extend_from_slice(line(index, &text).as_bytes());
    }
    (lines, bytes)
}

/// A text as the page of a newspaper: a menu, scripts, teasers and a footer around it.
pub(crate) fn page(index: usize, text: &str) -> String {
    let item = |it: &&str| format!("<li><a href=\"/{index}\">{}</a></li>\n", &it[..12]);
    let menu = PLAIN.iter().map(item).collect::<Vec<_>>().concat();
    let paragraph = |it: &str| format!("<p class=\"story__text\">{it}</p>\n");
    let paragraphs = text.split("\n\n").map(paragraph).collect::<Vec<_>>().concat();
    let script =
        "window.dataLayer = window.dataLayer || []; (function (w, d) { w.ready = d.readyState; })(window, document);\n";
    let style = ".story__text { margin: 0 0 1em; font: 1rem/1.5 serif } .menu li { display: inline-block }\n";
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Talks end, day {index} | Gazette</title>\n\
         <meta property=\"article:published_time\" content=\"2025-03-14T09:30:00+00:00\">\n<style>{}</style>\n<script>{}</script></head>\n\
         <body><nav class=\"menu\"><ul>{menu}</ul></nav>\n<main><article><h1>Talks end, day {index}</h1>\n{paragraphs}</article>\n\
         <aside><h2>More</h2><ul>{menu}{menu}</ul></aside></main>\n<footer><p>© Gazette</p></footer></body></html>\n",
        style.repeat(40),
        script.repeat(60)
    )
}

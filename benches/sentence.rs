//! Megabytes of English news a second: our scanner, its peers, and paragraphs alone.

#![allow(clippy::indexing_slicing, reason = "a benchmark may panic")]

use divan::{Bencher, counter::BytesCount};
use sociogram::{
    Span,
    sentence::{Splitter, paragraphs},
};

fn main() {
    divan::main();
}

/// Invented sentences with what news is full of: quotes, abbreviations, initials, numbers, datelines.
const SENTENCES: [&str; 24] = [
    "MARLOW — Ministers of 31 countries met on Monday to discuss a U.S. plan for the port of Marlow, but Gov. Ruth Adler was absent.",
    "“We are not leaving,” Foreign Minister Marta Lindqvist told reporters after the meeting.",
    "“We will be here tomorrow, and the day after.”",
    "The plan would cost $3.5 billion over ten years, about 4.2 percent more than the draft of Sept. 11.",
    "“Did the minister know?” Mr. Okoro asked.",
    "Harbor Foods Inc. Chief Executive Lena Moss declined to comment, as did Moss, Adler & Co. and the port’s owner.",
    "The talks began at 5 p.m. on Friday and ended long after midnight.",
    "Officials said that the government’s position — which has not changed since the spring — would be explained in due course.",
    "In the south of the country, where most of the fishing takes place, few people had heard of it.",
    "Rep. Dana Whitfield (D-Conn.) called the agreement “a gift to nobody.”",
    "Her colleague from across the aisle disagreed.",
    "According to a person with knowledge of the talks, who spoke on the condition of anonymity, the two sides remain far apart.",
    "It was the third time this year that the two had met.",
    "George W. Adler and J.R. Tamm, who wrote the first report, said they were not asked.",
    "He lives in the U.S. The rest of his family stayed behind.",
    "What happens next?",
    "Nobody knows, and the ministry’s lawyers have until Jan. 5 to answer.",
    "The number of ships that call at the port has fallen by half since 2019, from 1,204 to 611, the harbor master said.",
    "“I saw the draft. I did not sign it. It was worse than I thought,” said Ilse Brandt, who left the ministry in May.",
    "Some of the money is to come from a fund that was set up after the flood and has hardly been touched since then.",
    "A spokeswoman for the European Commission did not reply to a request for comment...",
    "The mayor, Pavel Horak, had promised to rebuild the old bridge before the winter, but the work has not begun.",
    "More can be found at www.example.com/port, the city’s page.",
    "That, at least, is what they hope.",
];

/// About a million bytes in paragraphs of a few sentences, the same every time.
fn news() -> String {
    let mut text = String::new();
    let mut seed: u32 = 1;
    while text.len() < 1_000_000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(SENTENCES[(seed >> 8) as usize % SENTENCES.len()]);
        text.push_str(if seed >> 28 < 5 { "\n\n" } else { " " });
    }
    text
}

/// Runs `work` over the news and counts their bytes.
fn measure<R>(bencher: Bencher, work: impl Fn(&str) -> R + Sync) {
    let text = news();
    bencher.counter(BytesCount::of_str(&text)).bench(|| work(divan::black_box(&text)));
}

/// Paragraphs and their sentences, as [`sociogram::sentence::of`] finds them.
fn split(language: Option<&str>, text: &str) -> Vec<Span> {
    let splitter = Splitter::of(language);
    let mut sentences = Vec::new();
    for paragraph in paragraphs(text, Span::whole(text)) {
        splitter.split(text, paragraph, &mut sentences);
    }
    sentences
}

#[divan::bench]
fn english(bencher: Bencher) {
    measure(bencher, |text| split(Some("en"), text));
}

#[divan::bench]
fn without_a_profile(bencher: Bencher) {
    measure(bencher, |text| split(None, text));
}

#[divan::bench]
fn paragraphs_alone(bencher: Bencher) {
    measure(bencher, |text| paragraphs(text, Span::whole(text)));
}

#[divan::bench]
fn sentencex(bencher: Bencher) {
    measure(bencher, |text| sentencex::segment("en", text).len());
}

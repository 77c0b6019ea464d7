//! Invented news: sentences written for the trainer, with names drawn by lot.
//!
//! The corpora have few quotations, titles and datelines; what news does with names is learnt from these.

use std::fmt::Write as _;

use sociogram::{Span, mention::tagger::Found, roster::ActorKind};

use crate::{corpus::Article, learn::Lot};

const SENTENCES: &str = include_str!("../news.txt");
const GIVEN: &str = include_str!("../../src/mention/lexicon/given.txt");
const SURNAMES: &str = include_str!("../../src/mention/tagger/surnames.txt");
const PLACES: &str = include_str!("../../src/mention/lexicon/places.txt");

const TITLES: &[&str] = &[
    "President",
    "Prime Minister",
    "Chancellor",
    "Foreign Minister",
    "Gov.",
    "Governor",
    "Senator",
    "Sen.",
    "Secretary",
    "Mr.",
    "Mrs.",
    "Ms",
    "Mr",
    "Dr.",
    "Judge",
    "Professor",
    "Mayor",
    "Justice",
    "King",
    "Pope",
    "Sir",
    "General",
    "Minister",
    "Ambassador",
    "Sheriff",
];
const BODIES: &[&str] = &[
    "Bank",
    "Group",
    "University",
    "Corporation",
    "Institute",
    "Foundation",
    "Council",
    "Times",
    "Post",
    "Airlines",
    "Energy",
    "Motors",
    "Partners",
    "Holdings",
    "Inc",
    "Inc.",
    "Ltd",
    "Hospital",
    "College",
    "Police Department",
    "Orchestra",
    "United",
    "City Council",
    "Media",
    "Systems",
    "Herald",
    "Tribune",
    "Association",
    "Trust",
    "Capital",
    "Party",
    "School",
    "Police",
    "News",
    "Church",
    "Agency",
];
const MINISTRIES: &[&str] = &[
    "Ministry of Defence",
    "Foreign Ministry",
    "Department of Justice",
    "Finance Ministry",
    "Central Bank",
    "Supreme Court",
    "Senate",
    "House of Commons",
    "State Department",
    "National Guard",
    "Labour Party",
    "Civic Party",
    "Democratic Party",
    "Greens",
    "Parliament",
    "European Commission",
    "Security Council",
    "Interior Ministry",
    "Treasury",
    "Green Party",
    "Federal Court",
    "Red Cross",
    "Home Office",
];
const WORDS: &[&str] = &["secret", "first", "long", "rare", "new", "young", "rural", "joint", "private"];
const STARTS: &[&str] = &[
    "Bal", "Kor", "Tam", "Vel", "Mar", "Zan", "Dor", "Hal", "Lin", "Ost", "Per", "Quin", "Ras", "Sev", "Tor", "Ul",
    "Vor", "Wen", "Yar", "Ab", "Bren", "Chi", "Dra", "Eke", "Fal", "Gri", "Hos", "Iva", "Jan", "Kha", "Lu", "Mwa",
    "Nak", "Oye", "Pap", "Rou", "Sal", "Tche", "Ude", "Vas", "Ber", "Cas", "Del", "Fen", "Gal", "Jor", "Kas", "Mel",
    "Nor", "Pol", "Ste", "Tru", "Whit", "Ald", "Bou", "Cra", "Ma", "La", "Ro", "Sha",
];
const MIDDLES: &[&str] =
    &["a", "e", "i", "o", "an", "en", "ar", "ov", "il", "ad", "or", "u", "ak", "in", "et", "ol", "im", "ash", "", ""];
const ENDS: &[&str] = &[
    "ov", "ova", "sky", "ski", "enko", "idis", "opoulos", "sson", "sen", "berg", "mann", "stein", "ez", "ini", "elli",
    "eau", "ault", "wala", "oglu", "yan", "dze", "adze", "iev", "uk", "quist", "strom", "ham", "ton", "well", "worth",
    "ley", "by", "ford", "man", "er", "is", "os", "a", "i", "o", "u", "am", "war", "rani", "deh", "zadeh", "moto",
    "mura", "kawa", "escu", "ic", "ak", "ik", "as", "aitis", "aho", "nen", "ck", "ne", "tt", "re", "d", "l", "gs",
    "son", "ies", "ers", "ing", "mer", "rie", "gen",
];
const CHINESE: &[&str] = &[
    "Lee", "Wong", "Chan", "Kim", "Park", "Leung", "Lau", "Chu", "Yau", "Kwok", "Tsai", "Choi", "Moon", "Hwang", "Lin",
    "Ho",
];
const SYLLABLES: &[&str] = &[
    "yan", "kin", "wai", "hung", "jong", "un", "ching", "tai", "fung", "keung", "lai", "min", "woo", "hee", "bin",
    "lung", "ying", "seok",
];

/// So many invented articles.
pub(crate) fn articles(count: usize) -> Vec<Article> {
    let mut lot = Lot(0x9e37_79b9_7f4a_7c15);
    let lists = Lists::read();
    let sentences: Vec<&str> = SENTENCES.lines().filter(|line| !line.starts_with('#')).collect();
    (0..count).map(|_| article(&mut lot, &lists, &sentences)).collect()
}

struct Lists {
    given: Vec<&'static str>,
    surnames: Vec<&'static str>,
    places: Vec<&'static str>,
}

impl Lists {
    fn read() -> Self {
        let lines = |content: &'static str| content.lines().filter(|line| !line.starts_with('#')).collect();
        Self { given: lines(GIVEN), surnames: lines(SURNAMES), places: lines(PLACES) }
    }
}

/// Who and what an invented article is about.
struct Cast {
    people: [(String, String); 3],
    organisations: [String; 2],
    places: [String; 2],
}

fn article(lot: &mut Lot, lists: &Lists, sentences: &[&str]) -> Article {
    let cast = Cast {
        people: std::array::from_fn(|_| person(lot, lists)),
        organisations: std::array::from_fn(|_| organisation(lot, lists)),
        places: std::array::from_fn(|_| lot.of(&lists.places).to_string()),
    };
    let mut article = Article { source: "news".to_owned(), ..Article::default() };
    for _ in 0..5 {
        let sentence = lot.of(sentences);
        fill(&mut article, sentence, &cast, lot);
    }
    article
}

/// Given name and surname.
fn person(lot: &mut Lot, lists: &Lists) -> (String, String) {
    match lot.below(10) {
        0 => {
            let (one, two) = (lot.of(SYLLABLES), lot.of(SYLLABLES));
            let two = if lot.below(4) == 0 { capital(two) } else { (*two).to_owned() };
            let rest = format!("{}-{two}", capital(one));
            (lot.of(CHINESE).to_string(), rest)
        }
        _ => {
            let mut given = lot.of(&lists.given).to_string();
            if lot.below(8) == 0 {
                let _ = write!(given, " {}.", (b'A' + lot.below(26) as u8) as char);
            }
            (given, surname(lot, lists))
        }
    }
}

fn surname(lot: &mut Lot, lists: &Lists) -> String {
    match lot.below(12) {
        0 => format!("{}-{}", capital(lot.of(&lists.surnames)), capital(lot.of(&lists.surnames))),
        1 => format!("{}{}", ["al-", "Al-", "de ", "van ", "O'", "Mc", "von ", "El-"][lot.below(8)], invented(lot)),
        2..=5 => capital(lot.of(&lists.surnames)),
        _ => invented(lot),
    }
}

fn invented(lot: &mut Lot) -> String {
    format!("{}{}{}", lot.of(STARTS), lot.of(MIDDLES), lot.of(ENDS))
}

fn organisation(lot: &mut Lot, lists: &Lists) -> String {
    let place = |lot: &mut Lot| lot.of(&lists.places).to_string();
    match lot.below(10) {
        0 => (0..3 + lot.below(2)).map(|_| (b'A' + lot.below(26) as u8) as char).collect(),
        1 | 2 => lot.of(MINISTRIES).to_string(),
        3 => format!("{} {}", place(lot), lot.of(BODIES)),
        4 => format!("University of {}", place(lot)),
        5 => format!("{} {} {}", lot.of(&lists.given), surname(lot, lists), lot.of(BODIES)),
        6 | 7 => format!("{} {}", surname(lot, lists), lot.of(BODIES)),
        _ => invented(lot),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Adds a sentence with its slots filled.
fn fill(article: &mut Article, sentence: &str, cast: &Cast, lot: &mut Lot) {
    if !article.text.is_empty() {
        article.text.push('\n');
    }
    let start = article.text.len();
    for piece in sentence.split('{') {
        let Some((slot, rest)) = piece.split_once('}') else {
            article.text.push_str(piece);
            continue;
        };
        let (words, kind) = cast.words(slot, lot);
        let from = article.text.len();
        article.text.push_str(&words);
        if let Some(kind) = kind {
            article.names.push(Found { span: Span { start: from, end: article.text.len() }, kind });
        }
        article.text.push_str(rest);
    }
    article.sentences.push(Span { start, end: article.text.len() });
}

impl Cast {
    fn words(&self, slot: &str, lot: &mut Lot) -> (String, Option<ActorKind>) {
        let [one, two, three] = &self.people;
        let whole = |(given, surname): &(String, String)| format!("{given} {surname}");
        let person = Some(ActorKind::Person);
        match slot {
            "P" => (whole(one), person),
            "Q" => (whole(two), person),
            "R" => (whole(three), person),
            "p" => (one.1.clone(), person),
            "q" => (two.1.clone(), person),
            "r" => (three.1.clone(), person),
            "g" => (three.0.clone(), person),
            "O" => (self.organisations[0].clone(), Some(ActorKind::Organisation)),
            "U" => (self.organisations[1].clone(), Some(ActorKind::Organisation)),
            "L" => (self.places[0].clone(), Some(ActorKind::Place)),
            "M" => (self.places[1].clone(), Some(ActorKind::Place)),
            "T" => (lot.of(TITLES).to_string(), None),
            "W" => (invented(lot), None),
            _ => (lot.of(WORDS).to_string(), None),
        }
    }
}

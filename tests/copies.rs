//! Stories count once, whoever else prints them, in whatever order and in however many parts they are read.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is a failed test")]

use chrono::NaiveDate;
use proptest::prelude::*;
use sociogram::{
    Article, Counting, Document, Network, Pipeline, Place, Report, Roster, Span, Tally, Unit, Zone, ZoneKind,
    error::Place as Where,
    export,
    mention::{Finder, Who},
    network::{Actor, Books, Edge},
    roster::{Entry, Listed},
    source::{Item, Media},
    tally::Copies,
};

const WIRE: [&str; 6] = [
    "Ada Byron met Bo Chen in the harbour office on Monday morning to talk about the price of ferries.",
    "The talks had been put off twice since the storm of last winter closed the northern pier.",
    "Bo Chen told reporters that Ada Byron had brought a list of nineteen demands with her.",
    "Nobody in the town hall would say how many of these the council had already turned down.",
    "A second meeting is planned for the week after the regatta, if the weather allows it.",
    "Fishermen along the quay watched the cars leave before noon and went back to their nets.",
];
const OWN: &str = "Our paper asked Ada Byron and Bo Chen for a comment before it went to press.";
const OTHER: [&str; 5] = [
    "For two hours on Monday the harbour office was closed to everybody without a pass.",
    "Inside sat Ada Byron and Bo Chen, and between them lay nineteen demands about the ferries.",
    "“We are further than we were in spring,” a clerk who took the minutes said afterwards.",
    "Prices have gone up by a third since one of the two piers had to be given up.",
    "What the council thinks of it will be known when the regatta is over.",
];

fn roster() -> Roster {
    let entries = ["Ada Byron", "Bo Chen", "Cleo Dias"]
        .map(|name| Entry { place: Where::default(), listed: Listed { name: name.into(), ..Listed::default() } });
    Roster::of(entries.to_vec()).unwrap()
}

fn record(id: &str, day: Option<&str>, outlet: &str, text: &str) -> Item {
    let place = Place { path: format!("{id}.json"), ..Place::default() };
    let record = serde_json::json!({
        "id": id, "published": day, "outlet": outlet, "title": format!("Headline of {outlet}"), "text": text, "language": "en",
    });
    Item::Document(Document {
        media: Media::Json,
        place,
        bytes: record.to_string().into_bytes(),
        ..Document::default()
    })
}

fn page(id: &str, title: &str, paragraphs: &[&str], chrome: &str) -> Item {
    let body = format!("<p>{}</p>", paragraphs.join("</p>\n<p>"));
    let html = format!(
        "<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>{chrome}</a></nav>\
         <main><article><h1>{title}</h1>{body}</article></main><footer>{chrome}</footer></body></html>"
    );
    let place = Place { path: format!("{id}.html"), ..Place::default() };
    Item::Document(Document { media: Media::Html, place, bytes: html.into_bytes(), ..Document::default() })
}

fn build(items: Vec<Item>, copies: Copies) -> (Network, Report) {
    let pipeline = Pipeline::new(roster(), Counting { copies, ..Counting::default() });
    pipeline.build(items.into_iter())
}

/// Sentences, articles and stories of the one edge.
fn edge(network: &Network) -> (u64, u64, u64) {
    let (_, _, edge) = network.edges().next().unwrap();
    (edge.sentences, edge.articles, edge.stories)
}

#[test]
fn a_story_under_other_chrome_with_another_headline_and_a_paragraph_more_is_one() {
    let longer = [&WIRE[..], &[OWN]].concat();
    let items = vec![
        page("a", "Ferries: talks at last", &WIRE, "The Harbour Gazette, weather, sport"),
        page("b", "Nineteen demands", &WIRE, "Northern Post, subscribe now"),
        page("c", "Byron and Chen meet", &longer, "The Island Courier"),
    ];
    let (network, report) = build(items, Copies::Fold);
    assert_eq!(edge(&network), (3, 2, 1), "two sentences of the wire and one of the courier's own");
    assert_eq!((report.books.found, report.books.read, report.books.duplicate), (3, 2, 1));
    let story = report.stories.first().unwrap();
    assert_eq!((report.stories.len(), story.copies, story.articles.len()), (1, 3, 3));
    let actor = network.graph.node_weights().next().unwrap();
    assert_eq!((actor.sentences, actor.articles), (3, 2));
}

#[test]
fn two_reports_of_one_event_are_two_stories() {
    let items = vec![record("a", None, "Gazette", &WIRE.join(" ")), record("b", None, "Courier", &OTHER.join(" "))];
    let (network, report) = build(items, Copies::Fold);
    assert_eq!(edge(&network), (3, 2, 2));
    assert!(report.stories.is_empty() && report.books.duplicate == 0);
}

#[test]
fn a_story_is_cited_from_its_earliest_copy_with_the_outlets_of_all() {
    let text = WIRE.join(" ");
    let items = vec![
        record("a", None, "Undated", &text),
        record("b", Some("2025-03-04"), "Late", &text.to_uppercase()),
        record("c", Some("2025-03-02"), "Early", &format!("{text} {OWN}")),
        record("d", Some("2025-03-03"), "Middle", &text),
    ];
    let (network, report) = build(items, Copies::Fold);
    let (_, _, edge) = network.edges().next().unwrap();
    assert_eq!(edge.first, NaiveDate::from_ymd_opt(2025, 3, 2));
    assert_eq!(edge.last, edge.first, "a story has the day of its earliest copy");
    assert!(edge.evidence.iter().all(|it| it.outlet.as_deref() == Some("Early") && it.copies == 4));
    assert_eq!(edge.evidence[0].outlets, ["Early", "Late", "Middle", "Undated"]);
    assert_eq!((report.books.read, report.books.duplicate), (2, 2));
}

#[test]
fn counting_copies_counts_each() {
    let text = WIRE.join(" ");
    let items = vec![record("a", None, "One", &text), record("b", None, "Two", &text)];
    let (network, report) = build(items, Copies::Count);
    assert_eq!(edge(&network), (4, 2, 2));
    assert_eq!((report.books.read, report.books.duplicate), (2, 0));
    assert!(network.method.copies_counted && report.stories.is_empty());
}

#[test]
fn where_headlines_count_those_of_all_copies_do() {
    let titles = ["Ada Byron praises Bo Chen", "Ada Byron calls Bo Chen about ferries", "Cleo Dias warns Bo Chen"];
    let copy = |(id, title): (&str, &str)| page(id, title, &WIRE, "The Harbour Gazette");
    let items: Vec<Item> = ["a", "b", "c"].into_iter().zip(titles).map(copy).collect();
    let zones = [ZoneKind::Headline, ZoneKind::Body].into();
    let pipeline = Pipeline::new(roster(), Counting { zones, ..Counting::default() });
    let (network, report) = pipeline.build(items.into_iter());
    let weights = |(a, b, edge): (&Actor, &Actor, &Edge)| (a.name.clone(), b.name.clone(), edge.weight, edge.stories);
    let edges: Vec<_> = network.edges().map(weights).collect();
    let (ada, bo, cleo) = ("Ada Byron".to_owned(), "Bo Chen".to_owned(), "Cleo Dias".to_owned());
    assert_eq!(edges, [(ada, bo.clone(), 4, 1), (bo, cleo, 1, 1)], "{report:?}");
}

#[test]
fn of_exact_copies_the_earliest_that_makes_an_edge_tells() {
    // The same words; only the second has names.
    let text = WIRE.join(" ");
    let items = vec![
        record("a", Some("2025-03-01"), "Early", &text.to_lowercase()),
        record("b", Some("2025-03-02"), "Late", &text),
    ];
    let (network, _) = build(items, Copies::Fold);
    assert_eq!(edge(&network), (2, 1, 1));
}

#[test]
fn mentions_of_a_story_are_those_in_its_sentences() {
    let items = vec![
        record("a", None, "Gazette", &[WIRE.join(" "), OWN.to_owned()].join(" ")),
        record(
            "b",
            None,
            "Courier",
            &[WIRE.join(" "), "Ada Byron, said Bo Chen, is no Ada Byron.".to_owned()].join(" "),
        ),
    ];
    let (network, _) = build(items, Copies::Fold);
    let counts = |actor: &Actor| (actor.mentions, actor.sentences);
    assert_eq!(network.graph.node_weights().map(counts).collect::<Vec<_>>(), [(5, 4), (4, 4)]);
}

#[test]
fn articles_of_one_name_and_place_keep_their_own_evidence() {
    let items = vec![
        record("x", None, "Gazette", "Ada Byron met Bo Chen on Monday in Riga."),
        record("x", None, "Gazette", "Ada Byron met Bo Chen on Friday in Oslo."),
    ];
    let (network, _) = build(items, Copies::Count);
    let (_, _, edge) = network.edges().next().unwrap();
    assert_eq!((edge.weight, edge.evidence.len()), (2, 2));
}

#[test]
fn a_sentence_of_a_later_copy_counts_and_shows_on_the_day_of_the_story() {
    let items = vec![
        record("a", Some("2025-03-01"), "Early", &WIRE.join(" ")),
        record("b", Some("2025-03-09"), "Late", &format!("{} {OWN}", WIRE.join(" "))),
    ];
    let (network, _) = build(items, Copies::Fold);
    let first = network.within("2025-03-01".parse().unwrap());
    let (_, _, edge) = first.edges().next().unwrap();
    assert_eq!((edge.weight, edge.evidence.len()), (3, 3));
    let later = network.within("2025-03-09".parse().unwrap());
    assert!(later.edges().all(|(_, _, edge)| edge.weight == 0 && edge.evidence.is_empty()));
}

#[test]
fn pronouns_decide_nothing_about_copies() {
    let text = |end: &str| {
        format!("Ada Byron spoke about the ferries for an hour. She then met Bo Chen, as planned, in the office {end}")
    };
    let items =
        || vec![record("a", None, "Gazette", &text("upstairs.")), record("b", None, "Courier", &text("downstairs."))];
    let counts = |pronouns: bool| {
        let pipeline = Pipeline { pronouns, ..Pipeline::new(roster(), Counting::default()) };
        let (network, _) = pipeline.build(items().into_iter());
        let of = |actor: &Actor| (actor.name.clone(), actor.mentions, actor.sentences, actor.stories);
        network.graph.node_weights().map(of).collect::<Vec<_>>()
    };
    assert_eq!(counts(true), counts(false));
}

#[test]
fn sentences_that_name_both_are_those_of_all_copies_whatever_the_unit() {
    let items = vec![
        record("a", None, "Gazette", &format!("{}\n\n{OWN}", WIRE.join("\n\n"))),
        record("b", None, "Courier", &format!("{}\n\nBo Chen and Ada Byron did not answer.", WIRE.join("\n\n"))),
    ];
    let pipeline = Pipeline::new(roster(), Counting { unit: Unit::Paragraph, ..Counting::default() });
    let (network, _) = pipeline.build(items.into_iter());
    let (_, _, edge) = network.edges().next().unwrap();
    assert_eq!((edge.weight, edge.sentences, edge.evidence.len()), (4, 4, 4));
}

#[test]
fn exact_copies_that_make_no_edge_count_once() {
    let items = vec![
        record("a", None, "One", "Cleo Dias stayed at home."),
        record("b", None, "Two", "CLEO DIAS stayed at home"),
        record("c", None, "Two", "Cleo Dias stayed at sea."),
    ];
    let (network, report) = build(items, Copies::Fold);
    let actor = network.graph.node_weights().next().unwrap();
    assert_eq!((actor.mentions, actor.articles), (2, 2));
    assert_eq!((report.books.read, report.books.duplicate), (2, 1));
    assert_eq!(report.records[0].place.path, "b.json");
}

/// Articles of few sentences: many are copies of others, whole or in part.
fn copies() -> impl Strategy<Value = Vec<(usize, String)>> {
    let whole = (0..4_usize).prop_map(|kind| match kind {
        0 => WIRE.join(" "),
        1 => OTHER.join(" "),
        2 => [&WIRE[..], &[OWN]].concat().join(" "),
        _ => WIRE.join("\n").to_uppercase(),
    });
    let part = prop::collection::vec(prop::sample::select([&WIRE[..], &OTHER[..], &[OWN]].concat()), 0..6)
        .prop_map(|sentences| sentences.join(" "));
    prop::collection::vec((0..3_usize, prop_oneof![2 => whole, 1 => part]), 0..10)
}

fn tally(articles: &[(usize, (usize, String))], counting: &Counting) -> Tally {
    let (roster, mut tally) = (roster(), Tally::default());
    let finder = Finder::new(&roster);
    for (index, (day, text)) in articles {
        let article = Article {
            id: format!("a{index}"),
            place: Place { path: format!("{index}.txt"), ..Place::default() },
            published: u32::try_from(*day).ok().and_then(|day| NaiveDate::from_yo_opt(2025, day)),
            outlet: Some(format!("Outlet {}", index % 3)),
            language: Some("en".into()),
            zones: vec![Zone { span: Span::whole(text), kind: ZoneKind::Body, rule: "test" }],
            text: text.clone(),
            ..Article::default()
        };
        let mut names = finder.find(text, Some("en"));
        sociogram::actor::resolve(&mut names.mentions);
        tally.add(&article, &names, &roster, counting);
    }
    tally
}

fn countings() -> impl Strategy<Value = Counting> {
    let unit = prop::sample::select(vec![Unit::Sentence, Unit::Paragraph, Unit::Window(2), Unit::Article]);
    let copies = prop::sample::select(vec![Copies::Fold, Copies::Fold, Copies::Count]);
    let all = (unit, prop::option::of(0..4_usize), copies);
    all.prop_map(|(unit, evidence, copies)| Counting { unit, evidence, copies, ..Counting::default() })
}

fn json(network: &Network) -> Vec<u8> {
    let mut bytes = Vec::new();
    let format = export::FORMATS.iter().find(|format| format.name == "json").unwrap();
    (format.parts[0].write)(network, &export::Options::default(), &mut bytes).unwrap();
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn parts_of_a_run_make_the_whole(texts in copies(), cuts in (0..10_usize, 0..10_usize), counting in countings()) {
        let texts: Vec<(usize, (usize, String))> = texts.into_iter().enumerate().collect();
        let (one, two) = (cuts.0.min(cuts.1).min(texts.len()), cuts.0.max(cuts.1).min(texts.len()));
        let part = |from: usize, to: usize| tally(&texts[from..to], &counting);
        let (a, b, c, whole) = (part(0, one), part(one, two), part(two, texts.len()), part(0, texts.len()));
        let left = a.clone().merge(b.clone(), &counting).merge(c.clone(), &counting);
        let right = c.merge(b.merge(a, &counting), &counting);
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(&left, &whole);
        let network = |tally: Tally| Network::new(&roster(), tally, &counting, Vec::new(), Books::default());
        prop_assert!(json(&network(left.clone())) == json(&network(whole.clone().folded(&counting, Who::clone))));
        let mut aside = whole.clone();
        aside.put_aside();
        prop_assert_eq!(aside.told_bytes(), 0);
        prop_assert!(aside.folded(&counting, Who::clone) == whole.clone().folded(&counting, Who::clone));
        let mut turned = texts.clone();
        turned.reverse();
        prop_assert!(tally(&turned, &counting).folded(&counting, Who::clone) == whole.folded(&counting, Who::clone));
    }

    #[test]
    fn a_story_counts_at_least_as_its_strongest_copy_and_no_more_than_all(texts in copies(), counting in countings()) {
        let texts: Vec<(usize, (usize, String))> = texts.into_iter().enumerate().collect();
        let count = Counting { copies: Copies::Count, ..counting.clone() };
        let (folded, all) = (tally(&texts, &counting).folded(&counting, Who::clone), tally(&texts, &count));
        prop_assert!(folded.volume.articles <= all.volume.articles);
        for (pair, counts) in &folded.pairs {
            let most = &all.pairs[pair];
            prop_assert!(counts.weight <= most.weight && counts.articles <= most.articles);
            prop_assert!(counts.stories <= counts.articles && counts.stories >= 1);
            prop_assert!(counts.sentences <= folded.actors[&pair.0].sentences);
            if counting.unit == Unit::Sentence {
                prop_assert_eq!(counts.sentences, counts.weight);
            }
        }
        prop_assert!(all.pairs.keys().all(|pair| folded.pairs.contains_key(pair)), "no edge is lost");
    }

    #[test]
    fn any_order_and_threads_give_the_same_bytes(texts in copies(), turn in 0..10_usize) {
        let pipeline = Pipeline::new(roster(), Counting::default());
        let days = [None, Some("2025-03-01"), Some("2025-03-02")];
        let items = || -> Vec<Item> {
            texts.iter().enumerate().map(|(at, (day, text))| record(&at.to_string(), days[*day], "Paper", text)).collect()
        };
        let run = |items: Vec<Item>, threads| {
            let (network, report) =
                sociogram::pipeline::on_threads(threads, || pipeline.build(items.into_iter())).unwrap();
            let books = report.books;
            assert_eq!(books.found, books.read + books.skipped + books.duplicate + books.refused);
            (json(&network), report.stories)
        };
        let mut turned = items();
        let by = turn.min(turned.len());
        turned.rotate_left(by);
        turned.reverse();
        let one = run(items(), 1);
        prop_assert!(one == run(items(), 3));
        prop_assert!(one == run(turned, 2));
    }
}

//! What holds for every document: zones are ordered, apart and on characters; nothing panics, nothing takes long.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sociogram::article::{self, Limits, Sought};
use sociogram::error::{Kind, Status};
use sociogram::source::Media;
use sociogram::{Article, Document, Incident, Place};

/// Reads a page in which nobody stands who is sought, up to the point where that is known.
fn read_naming(bytes: &[u8]) -> Article {
    let sought = Sought { in_text: &|_| false, in_letters: &|_| true, begins: &|_| false };
    let document = Document { media: Media::Html, place: Place::default(), bytes: bytes.to_vec() };
    article::naming(document, &Limits::default(), &sought).unwrap_or_default()
}

fn read(media: Media, bytes: &[u8]) -> Result<Article, Incident> {
    article::of(Document { media, place: Place::default(), bytes: bytes.to_vec() }, &Limits::default())
}

fn holds(article: &Article) {
    let mut before = 0;
    for zone in &article.zones {
        assert!(before <= zone.span.start && zone.span.start < zone.span.end && zone.span.end <= article.text.len());
        assert!(article.text.is_char_boundary(zone.span.start) && article.text.is_char_boundary(zone.span.end));
        before = zone.span.end;
    }
    assert!(article.incidents.iter().all(|incident| incident.status == Status::Read || incident.kind == Kind::Empty));
}

/// Pieces that pages are made of, whole and broken.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~äßж東\u{ad}]{0,40}",
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<div class=caption>",
            "</div>",
            "<table><tr><td>",
            "</table>",
            "<a href='x'>",
            "</a>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<title>",
            "</title>",
            "<h1>",
            "<li>",
            "<br>",
            "&amp;",
            "&#0;",
            "<",
            "</",
            "<p hidden>",
            "<svg>",
            "<template>",
            "<time datetime=2024-02-30>",
            "2024-03-09",
            "\r\n",
            "\n\n",
            "<b><p>",
            "<select><option>",
            "<meta property=og:title content=x>",
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":\"2024-03-09\"}</script>",
            "The ministers met in the afternoon and did not say why they had been called to the harbour.",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn zones_hold_for_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for media in [Media::Text, Media::Html, Media::Json] {
            if let Ok(article) = read(media, &bytes) { holds(&article) }
        }
    }

    #[test]
    fn zones_hold_for_any_markup(page in markup()) {
        for media in [Media::Text, Media::Html] {
            holds(&read(media, page.as_bytes()).unwrap());
        }
    }

    #[test]
    fn records_give_their_text_back(text in "\\PC*[a-z]", title in prop::option::of("\\PC*")) {
        let record = serde_json::json!({ "id": 7, "text": text, "title": title, "extra": [1, { "a": null }] }).to_string();
        let article = read(Media::Json, record.as_bytes()).unwrap();
        prop_assert_eq!((&article.text, article.id.as_str(), &article.title), (&text, "7", &title));
        holds(&article);
    }
}

#[test]
fn records_are_read_with_what_is_odd_in_them() {
    let read = |record: &str| read(Media::Json, record.as_bytes()).unwrap();
    let half = read(r#"{"text": "Ann \ud800 met \ud83d\ude00 Bob \\ud800."}"#);
    assert_eq!((half.text.as_str(), half.incidents.len()), ("Ann \u{fffd} met 😀 Bob \\ud800.", 1));
    let twice = read(r#"{"text": "one", "text": "two", "published": "5 December 2025"}"#);
    assert_eq!((twice.text.as_str(), twice.incidents.len()), ("two", 1));
    assert_eq!(twice.published.map(|day| day.to_string()).as_deref(), Some("2025-12-05"));
    let no_date = read(r#"{"text": "one", "published": "yesterday"}"#);
    assert_eq!((no_date.published, no_date.incidents.first().map(|incident| incident.kind)), (None, Some(Kind::Date)));
}

#[test]
fn what_is_no_record_is_refused() {
    for record in
        ["", "{", "[1]", r#"{"id": 1}"#, r#"{"text": 1}"#, r#"{"text": null}"#, r#"{"text": "a"} {"text": "b"}"#]
    {
        let refused = read(Media::Json, record.as_bytes()).unwrap_err();
        assert_eq!((refused.status, refused.kind), (Status::Refused, Kind::Format), "{record}");
    }
}

#[test]
fn empty_documents_are_articles_without_zones() {
    for (media, bytes) in [(Media::Text, " \r\n\u{feff}"), (Media::Html, "<p> </p>"), (Media::Json, r#"{"text": " "}"#)]
    {
        let article = read(media, bytes.as_bytes()).unwrap();
        assert!(article.zones.is_empty() && article.incidents.iter().any(|incident| incident.kind == Kind::Empty));
    }
}

#[test]
fn hostile_pages_are_quick() {
    let sentence = "<title>Talks</title><p>Ann met Bob in Oslo on Monday.</p>";
    let attributes = " a=v".repeat(50_000);
    for page in [
        format!("{sentence}{}", "<ul><li>".repeat(16_000)),
        format!("{sentence}{}", "<b><p>".repeat(4_000)),
        format!("{sentence}{}", "<font color=red>".repeat(20_000)),
        format!("{sentence}{}", "<table><tr><td>".repeat(5_000)),
        format!("{sentence}<div{attributes}>"),
        format!("{sentence}{}", "</p></b></nope>".repeat(50_000)),
        format!("{sentence}<p>{}</p>", "&amp;".repeat(100_000)),
        format!("{sentence}{}", "<br>".repeat(100_000)),
        format!("{sentence}{}", "<form><input>x".repeat(100_000)),
    ] {
        let start = Instant::now();
        // Far less stack than the pipeline gives: nothing recurses over the page.
        let bytes = page.clone().into_bytes();
        let both = move || {
            read_naming(&bytes);
            read(Media::Html, &bytes).unwrap()
        };
        let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(both);
        let article = thread.unwrap().join().unwrap();
        assert!(article.text.contains("Ann met Bob in Oslo on Monday."));
        assert!(start.elapsed() < Duration::from_secs(5), "{:.60} took {:?}", page, start.elapsed());
    }
}

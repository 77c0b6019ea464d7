//! Invented pages and the articles in them: drop a file into `tests/pages` and review its snapshot.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sociogram::article::{self, Limits, TextMode};
use sociogram::source::Media;
use sociogram::{Article, Document, Place, ZoneKind};

fn read(path: &Path, text: TextMode) -> Article {
    let media = if path.extension().is_some_and(|ending| ending == "html") { Media::Html } else { Media::Text };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let document = Document {
        media,
        place: Place { path: name, ..Place::default() },
        bytes: fs::read(path).unwrap(),
        ..Document::default()
    };
    article::of(document, &Limits { text, ..Limits::default() }).unwrap()
}

/// The facts, then each zone with its kind and rule.
fn shown(article: &Article) -> String {
    let mut shown = String::new();
    for (name, fact) in [
        ("title", &article.title),
        ("byline", &article.byline),
        ("outlet", &article.outlet),
        ("url", &article.url),
        ("language", &article.language),
    ] {
        writeln!(shown, "{name}: {}", fact.as_deref().unwrap_or("-")).unwrap();
    }
    let day = |day: Option<chrono::NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
    writeln!(shown, "published: {} by {}", day(article.published), article.published_by.unwrap_or("-")).unwrap();
    writeln!(shown, "modified: {}", day(article.modified)).unwrap();
    for incident in &article.incidents {
        writeln!(
            shown,
            "incident: {:?} {:?} at {:?}: {}",
            incident.status, incident.kind, incident.place.byte, incident.reason
        )
        .unwrap();
    }
    for zone in &article.zones {
        writeln!(shown, "\n[{:?} {}]\n{}", zone.kind, zone.rule, zone.span.of(&article.text)).unwrap();
    }
    shown
}

#[test]
fn pages_are_read_as_reviewed() {
    insta::glob!("pages/*.{txt,html}", |path| insta::assert_snapshot!(shown(&read(path, TextMode::Balanced))));
}

#[test]
fn text_that_is_not_shown_is_never_body() {
    for mode in [TextMode::Strict, TextMode::Balanced] {
        let article = read(Path::new("tests/pages/news.html"), mode);
        let body =
            article.zones.iter().filter(|zone| zone.kind == ZoneKind::Body).map(|zone| zone.span.of(&article.text));
        let body: String = body.collect();
        assert!(body.contains("Ann Stone, who led one side, thanked Bob Reed"), "{body}");
        assert!(!body.contains("Hidden"), "{body}");
    }
}

#[test]
fn text_files_keep_every_byte() {
    let path = Path::new("tests/pages/portal.txt");
    assert_eq!(read(path, TextMode::Balanced).text, fs::read_to_string(path).unwrap());
}

/// The day of publication of a page with `inside` under its headline.
fn published(inside: &str) -> Option<String> {
    let page = format!("<h1>Bridges fall</h1>{inside}<p>Ann Stone met Bob Reed in Oslo, and nobody said why.</p>");
    let document = Document { media: Media::Html, bytes: page.into_bytes(), ..Document::default() };
    article::of(document, &Limits::default()).unwrap().published.map(|day| day.to_string())
}

#[test]
fn the_day_of_a_change_is_not_that_of_publication() {
    for inside in [
        "<p>Updated December 5, 2025</p>",
        "<p class=updated><time datetime=2025-12-05>5 Dec</time></p>",
        "<p>Last updated: <time datetime=2025-12-05>December 5, 2025</time></p>",
        "<meta property=article:modified_time content=2025-12-05><p>Last modified on 5 December 2025</p>",
        "<div class=date>Aktualisiert: 5. Dezember 2025</div>",
        "<p>On March 3, 1999, the first bridge fell</p>",
    ] {
        assert_eq!(published(inside), None, "{inside}");
    }
    for inside in [
        "<p>December 4, 2025 (updated December 5, 2025)</p>",
        "<p>Updated December 5, 2025 | Published December 4, 2025</p>",
    ] {
        assert_eq!(published(inside).as_deref(), Some("2025-12-04"), "{inside}");
    }
}

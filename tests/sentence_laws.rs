//! What holds of the sentences of any text.

#![allow(clippy::string_slice, reason = "a test may panic")]

use proptest::prelude::*;
use sociogram::{
    Span,
    sentence::{PROFILES, Splitter, is_hard_wrapped, paragraphs},
};

/// A language with a profile, or none.
fn splitters() -> impl Strategy<Value = Splitter> {
    let languages = PROFILES.iter().map(|source| Some(source.language)).chain([None]).collect::<Vec<_>>();
    prop::sample::select(languages).prop_map(Splitter::of)
}

/// Text that is mostly trouble: terminators, quotes, brackets, abbreviations, all kinds of white space.
fn troubled() -> impl Strategy<Value = String> {
    let pieces = [
        ".",
        ". ",
        "!",
        "?",
        "…",
        "。",
        " ",
        "\n",
        "\r\n",
        "\u{a0}",
        "\u{2028}",
        "\u{c}",
        "\"",
        "“",
        "”",
        "'",
        "(",
        ")",
        "[3]",
        "«",
        " » ",
        "Mr",
        "U.S",
        "Inc",
        "p.m",
        "No",
        "5",
        "1. ",
        "a) ",
        " 2. ",
        " b) ",
        "I",
        "Said",
        "Putin said",
        "word",
        "é",
        "Ж",
        "字",
        "-",
        "—",
        ":",
        ": ",
        " . . .",
        "@",
        "/",
        "\u{300}",
        "İ",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![troubled(), "\\PC{0,200}", any::<String>()]
}

fn split(splitter: Splitter, text: &str, paragraph: Span) -> Vec<Span> {
    let mut sentences = Vec::new();
    splitter.split(text, paragraph, &mut sentences);
    sentences
}

/// Spans in order, without overlaps, trimmed and not empty, that hold everything of `within` but white space.
fn assert_covers(text: &str, within: Span, spans: &[Span]) -> Result<(), TestCaseError> {
    let mut at = within.start;
    for span in spans {
        prop_assert!(at <= span.start && span.start < span.end && span.end <= within.end);
        prop_assert_eq!(text[at..span.start].trim(), "");
        prop_assert_eq!(span.trimmed(text), *span);
        at = span.end;
    }
    prop_assert_eq!(text[at..within.end].trim(), "");
    Ok(())
}

proptest! {
    #[test]
    fn sentences_cover_their_text(splitter in splitters(), text in texts()) {
        let whole = Span::whole(&text);
        assert_covers(&text, whole, &split(splitter, &text, whole))?;
    }

    #[test]
    fn paragraphs_cover_their_text(text in texts()) {
        let whole = Span::whole(&text);
        assert_covers(&text, whole, &paragraphs(&text, whole))?;
    }

    #[test]
    fn a_paragraph_is_split_alike_wherever_it_stands(splitter in splitters(), before in texts(), text in texts(), after in texts()) {
        let alone = split(splitter, &text, Span::whole(&text));
        let long = format!("{before}{text}{after}");
        let place = Span { start: before.len(), end: before.len() + text.len() };
        let moved = |span: &Span| Span { start: span.start + before.len(), end: span.end + before.len() };
        prop_assert_eq!(split(splitter, &long, place), alone.iter().map(moved).collect::<Vec<_>>());
    }

    #[test]
    fn hard_breaks_are_hard(splitter in splitters(), text in texts()) {
        for paragraph in paragraphs(&text, Span::whole(&text)) {
            let blank = text[paragraph.start..paragraph.end].contains("\n\n");
            prop_assert!(!blank);
            assert_covers(&text, paragraph, &split(splitter, &text, paragraph))?;
        }
        let _ = is_hard_wrapped(&text);
    }

    #[test]
    fn a_span_that_does_not_fit_has_no_sentences(splitter in splitters(), text in texts(), start in 0usize..300, end in 0usize..300) {
        let span = Span { start, end };
        prop_assume!(text.get(start..end).is_none());
        prop_assert!(split(splitter, &text, span).is_empty() && paragraphs(&text, span).is_empty());
    }
}

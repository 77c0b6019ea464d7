//! Cases as files: `tests/sentences/<language>/*.txt`, one expected sentence a line, a blank line between paragraphs, `#` before
//! remarks. The lines of a paragraph are joined with a space (Chinese and Japanese without) and must be cut there again.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use sociogram::{Span, sentence::Splitter};

fn check(language: &str, path: &Path) -> Vec<String> {
    let file = fs::read_to_string(path).unwrap();
    let file = file.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let space = if matches!(language, "zh" | "ja") { "" } else { " " };
    let mut wrong = Vec::new();
    for case in file.split("\n\n").map(|case| case.trim().lines().collect::<Vec<_>>()) {
        let text = case.join(space);
        let mut spans = Vec::new();
        Splitter::of(Some(language)).split(&text, Span::whole(&text), &mut spans);
        let found: Vec<_> = spans.iter().map(|span| span.of(&text)).collect();
        if found != case {
            wrong.push(format!("{}\n  wanted {case:#?}\n  found {found:#?}", path.display()));
        }
    }
    wrong
}

#[test]
fn every_case_is_cut_as_its_file_says() {
    let languages = fs::read_dir("tests/sentences").unwrap().map(|entry| entry.unwrap());
    let mut wrong = Vec::new();
    for folder in languages {
        let language = folder.file_name().into_string().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            wrong.extend(check(&language, &file.unwrap().path()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

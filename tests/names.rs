//! Names in sentences, `tests/names/LANGUAGE.txt`: who counts, who is attributive, who is ambiguous, who is nobody.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

use std::{fs, path::Path};

use sociogram::{Roster, actor, mention::Finder};

/// The marked-up text of the file without its marks, and what the marks say: start, end, kind of mark.
fn unmarked(line: &str) -> (String, Vec<(usize, usize, char)>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), 0);
    let line = line.replace("(?", "<").replace("?)", ">");
    for c in line.chars() {
        match c {
            '[' | '{' | '<' => open = text.len(),
            ']' | '}' | '>' => marks.push((open, text.len(), c)),
            c => text.push(c),
        }
    }
    (text, marks)
}

fn found(finder: &Finder, text: &str, language: &str) -> Vec<(usize, usize, char)> {
    let mut names = finder.find(text, Some(language));
    actor::resolve(&mut names.mentions);
    let kind = |mention: &sociogram::mention::Mention| match (mention.actor, mention.attributive) {
        (None, _) => '>',
        (Some(_), true) => '}',
        (Some(_), false) => ']',
    };
    names.mentions.iter().map(|mention| (mention.span.start, mention.span.end, kind(mention))).collect()
}

#[test]
fn names_are_told_by_what_stands_around_them() {
    let folder = Path::new("tests/names");
    let finder = Finder::new(&Roster::read(&[folder.join("actors.toml")]).unwrap());
    let mut wrong = Vec::new();
    for line in fs::read_to_string(folder.join("en.txt")).unwrap().lines() {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        let (text, wanted) = unmarked(line);
        let have = found(&finder, &text, "en");
        if have != wanted {
            wrong.push(format!(
                "{line}\n    found {:?}",
                have.iter().map(|it| (&text[it.0..it.1], it.2)).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

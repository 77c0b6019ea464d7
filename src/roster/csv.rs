//! CSV, <https://www.rfc-editor.org/rfc/rfc4180>: an actor a line, its name and then its aliases.

use super::{Content, Entry, Format, Listed, wrong};
use crate::{Error, Place};

pub(super) const FORMAT: Format = Format { ending: "csv", about: "an actor a line: name,alias,...", read };

/// A first line that begins with the word `name` is a heading. Fields may be quoted, quotes inside are doubled; empty fields are
/// passed over.
fn read(path: &str, content: &str) -> Result<Content, Error> {
    let mut entries = Vec::new();
    let mut lines = (1_u64..).zip(content.lines());
    while let Some((line, row)) = lines.next() {
        let place = Place { path: path.to_owned(), line: Some(line), byte: None };
        let mut row = row.to_owned();
        let mut open = is_open(&row);
        // A quoted field may go on in the next line.
        while open {
            let Some((_, more)) = lines.next() else {
                return Err(wrong(&place, "a quoted field that does not end; close it with \""));
            };
            open ^= is_open(more);
            row.extend([" ", more]);
        }
        let mut fields = fields(&row).into_iter().filter(|field| !field.is_empty());
        let Some(name) = fields.next() else { continue };
        if line > 1 || name.to_lowercase() != "name" {
            entries.push(Entry { place, listed: Listed { name, aliases: fields.collect(), ..Listed::default() } });
        }
    }
    Ok(Content { entries, decisions: Vec::new() })
}

/// Whether a quoted field begins or ends in `line`, but not both.
fn is_open(line: &str) -> bool {
    memchr::memchr_iter(b'"', line.as_bytes()).count() % 2 == 1
}

fn fields(row: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = row.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

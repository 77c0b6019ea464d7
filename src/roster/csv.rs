//! CSV, <https://www.rfc-editor.org/rfc/rfc4180>, also with semicolons or tabs: an actor a line, its name and then its aliases.

use super::{ActorKind, Content, Entry, Format, Listed, wrong};
use crate::{Error, Place, source};

pub(super) const FORMAT: Format = Format { ending: "csv", about: "an actor a line: name,alias,...", read };

/// A first line with the word `name` is a heading, and says which columns are `id` and `kind`; all others are aliases. The separator
/// is that of which the first line that has one has most. Fields may be quoted, quotes inside are doubled; empty fields are passed over.
fn read(path: &str, content: &str) -> Result<Content, Error> {
    let telling = content.lines().find(|line| line.contains([',', ';', '\t']));
    let separator = char::from(source::separator_of(telling.unwrap_or_default().as_bytes()));
    let mut entries = Vec::new();
    let mut columns = Vec::new();
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
        let fields = fields(&row, separator);
        match heading(&fields).filter(|_| line == 1) {
            Some(Heading::Of(named)) => columns = named,
            Some(Heading::Unknown) => return Err(wrong(&place, unknown(&fields))),
            None if fields.iter().all(String::is_empty) => (),
            None => entries.push(Entry { listed: listed(fields, &columns, &place)?, place }),
        }
    }
    Ok(Content { entries, decisions: Vec::new() })
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Id,
    Kind,
    Alias,
}

enum Heading {
    Of(Vec<Column>),
    /// Words that are no names, and none says where the names are.
    Unknown,
}

fn heading(fields: &[String]) -> Option<Heading> {
    let column = |field: &String| match field.to_lowercase().as_str() {
        "name" => Column::Name,
        "id" => Column::Id,
        "kind" => Column::Kind,
        _ => Column::Alias,
    };
    let columns: Vec<Column> = fields.iter().map(column).collect();
    if columns.contains(&Column::Name) {
        return Some(Heading::Of(columns));
    }
    let is_word = |field: &String| field.chars().all(|c| c.is_lowercase() || c == '_');
    let is_known = columns.iter().any(|it| *it != Column::Alias) || fields.iter().all(is_word);
    let is_empty = fields.iter().all(String::is_empty);
    (is_known && !is_empty).then_some(Heading::Unknown)
}

fn unknown(fields: &[String]) -> String {
    let there: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    let there = there.join(", ");
    format!(
        "no column `name` in the first line, which has {there}; known columns: name, id, kind, all others are aliases"
    )
}

/// The actor of a row; of several columns for one thing the first that is filled. Without a heading the first field is the name.
fn listed(fields: Vec<String>, columns: &[Column], place: &Place) -> Result<Listed, Error> {
    let mut listed = Listed::default();
    let of_fields = columns.iter().copied().chain(std::iter::repeat(Column::Alias));
    for (field, column) in fields.into_iter().zip(of_fields).filter(|(field, _)| !field.is_empty()) {
        match column {
            Column::Name if listed.name.is_empty() => listed.name = field,
            Column::Id => listed.id = listed.id.or(Some(field)),
            Column::Kind => listed.kind = kind(&field).map_err(|reason| wrong(place, reason))?,
            Column::Name | Column::Alias => listed.aliases.push(field),
        }
    }
    if columns.is_empty() && !listed.aliases.is_empty() {
        listed.name = listed.aliases.remove(0);
    }
    if listed.name.is_empty() {
        return Err(wrong(place, "no name in this line; give the actor the name its node shall bear"));
    }
    Ok(listed)
}

fn kind(word: &str) -> Result<ActorKind, String> {
    let known = || ActorKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let kind = ActorKind::ALL.iter().find(|kind| kind.name() == word.to_lowercase());
    kind.copied().ok_or_else(|| format!("unknown kind `{word}`; known: {}", known()))
}

/// Whether a quoted field begins or ends in `line`, but not both.
fn is_open(line: &str) -> bool {
    memchr::memchr_iter(b'"', line.as_bytes()).count() % 2 == 1
}

fn fields(row: &str, separator: char) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = row.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            c if c == separator && !quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

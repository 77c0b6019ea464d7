//! Tables in text: comma-separated values (RFC 4180) and the dialects that programs write; one article a row, columns named in
//! the first row.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use encoding_rs_io::DecodeReaderBytesBuilder;

use super::{Damage, Field, Format, Found, Input, Item, Reading, break_at, refused, size, table};
use crate::{
    Incident, Place,
    error::{Kind, Status},
};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    endings: &["csv"],
    about: "a table with commas, semicolons or tabs, one article a row, columns named in its first row",
    begins: |_| false,
    open: |input, reading| open(input, reading, None),
};

pub(super) const TABS: Format = Format {
    name: "tsv",
    endings: &["tsv", "tab"],
    about: "the same with tabs",
    begins: |_| false,
    open: |input, reading| open(input, reading, Some(b'\t')),
};

/// Bytes of a row that are read at least before it is given up: many are read at once.
const LEAST: u64 = 1 << 20;

struct Rows {
    path: String,
    table: ::csv::Reader<Box<dyn Read + Send>>,
    columns: Vec<(Field, usize)>,
    /// How many columns the first row names.
    width: usize,
    row: ::csv::ByteRecord,
    /// Bytes read since the last row.
    since: Arc<AtomicU64>,
    /// What is to be told beside the next row.
    note: Option<Item>,
    /// Bytes of one article.
    most: u64,
    done: bool,
}

fn open(mut input: Input, reading: &Reading, separator: Option<u8>) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    let separator = separator.or_else(|| Some(separator_of(&input.head().ok()?))).unwrap_or(b',');
    // Text in UTF-16 shows by its mark; all else is told from its bytes, cell by cell.
    let decoded =
        DecodeReaderBytesBuilder::new().utf8_passthru(true).strip_bom(true).bom_override(true).build(input.bytes);
    let since = Arc::new(AtomicU64::new(0));
    let most = reading.limits.document_bytes;
    let bytes = Bounded { bytes: Box::new(decoded), since: Arc::clone(&since), most: (2 * most).max(LEAST) };
    let bytes: Box<dyn Read + Send> = Box::new(bytes);
    let mut table = ::csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(bytes);
    let names = match table.byte_headers() {
        Ok(names) => names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>(),
        Err(error) => return Box::new(std::iter::once(break_at(place, &trouble(error)))),
    };
    if names.is_empty() {
        return Box::new(std::iter::empty());
    }
    match table::columns(names.iter().map(String::as_str), &reading.fields) {
        Err(reason) => refused(place, Kind::Format, reason),
        Ok(columns) => {
            let note = twice(&place, &names, &columns);
            let (width, row) = (names.len(), ::csv::ByteRecord::new());
            Box::new(Rows { path: input.path, table, columns, width, row, since, note, most, done: false })
        }
    }
}

/// The separator that the first row has most of, outside quotes.
pub(crate) fn separator_of(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(0_usize, b','), (0, b';'), (0, b'\t')];
    // The zeros of UTF-16 are passed over.
    for &byte in head.iter().filter(|&&byte| byte != 0).take_while(|&&byte| byte != b'\n') {
        quoted ^= byte == b'"';
        counts.iter_mut().filter(|(_, separator)| !quoted && *separator == byte).for_each(|(count, _)| *count += 1);
    }
    // Of equals the first.
    counts.iter().rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, separator)| *separator)
}

/// The note that two columns have the name of one that counts.
fn twice(place: &Place, names: &[String], columns: &[(Field, usize)]) -> Option<Item> {
    let name = columns
        .iter()
        .filter_map(|(_, at)| names.get(*at))
        .find(|name| names.iter().filter(|it| it == name).count() > 1)?;
    let reason = format!("two columns are named `{name}`; the first counts");
    Some(Item::Incident(Incident { place: place.clone(), status: Status::Noted, kind: Kind::Format, reason }))
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(note) = self.note.take() {
            return Some(note);
        }
        while !self.done {
            self.since.store(0, Ordering::Relaxed);
            match self.table.read_byte_record(&mut self.row) {
                Ok(false) => self.done = true,
                Err(error) => {
                    let error = trouble(error);
                    self.done = !Damage::of(&error).resumes;
                    return Some(break_at(self.place(), &error));
                }
                Ok(true) if self.row.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.article()),
            }
        }
        None
    }
}

impl Rows {
    fn article(&mut self) -> Item {
        let place = self.place();
        if self.row.len() != self.width {
            let reason = format!("a row of {} cells where the first row names {}", self.row.len(), self.width);
            let note = Incident { place: place.clone(), status: Status::Noted, kind: Kind::Format, reason };
            self.note = Some(Item::Incident(note));
        }
        let cells = self.columns.iter().filter_map(|(field, at)| Some((*field, self.row.get(*at)?.to_vec())));
        table::row(place, cells.collect(), self.most)
    }

    fn place(&self) -> Place {
        let at = self.row.position().unwrap_or(self.table.position());
        Place { path: self.path.clone(), line: Some(at.line()), byte: Some(at.byte()) }
    }
}

fn trouble(error: ::csv::Error) -> io::Error {
    let words = error.to_string();
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        _ => Damage::error(Kind::Format, words),
    }
}

/// Fails where a row takes too much: a quote that is never closed would take the whole file.
struct Bounded {
    bytes: Box<dyn Read + Send>,
    since: Arc<AtomicU64>,
    most: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        if self.since.fetch_add(read as u64, Ordering::Relaxed) > self.most {
            let reason = format!("a row of more than {}; is a quote not closed?", size(self.most));
            return Err(Damage::error(Kind::Limit, reason));
        }
        Ok(read)
    }
}

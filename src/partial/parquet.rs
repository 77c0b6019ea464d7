//! Parts of a run as files, in Parquet, <https://parquet.apache.org/docs/file-format/>.
//!
//! A partial holds a row for each input in its order: files with their digests, what was passed over, and every article with its
//! digest and all that it counts. Nothing is folded or joined yet, so that parts together make the same as one run, whatever was in
//! which part. Columns for other programs stand beside the packed counts.

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ::parquet::{
    basic::{Compression, ZstdLevel},
    column::writer::ColumnWriter,
    data_type::ByteArray,
    errors::ParquetError,
    file::{
        metadata::KeyValue, properties::WriterProperties, reader::FileReader, serialized_reader::SerializedFileReader,
        writer::SerializedFileWriter,
    },
    record::{Field, Row},
    schema::{parser::parse_message_type, types::Type},
};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Counted, Head, LAYOUT, Part};
use crate::{Error, Incident, Place, error::Status, mention::Who, source, source::Digest};

/// Under which the head stands in the file's metadata.
const HEAD: &str = source::PARTIAL;
const HEAD_CHECK: &str = "sociogram.partial.blake3";
/// Rows, and bytes of counts, that are written at a time.
const GROUP: (usize, usize) = (50_000, 16 << 20);

/// Writes parts as they come.
pub struct Writer<'a> {
    out: &'a mut (dyn Write + Send),
    file: SerializedFileWriter<Buffer>,
    buffer: Buffer,
    rows: Vec<Cells>,
    bytes: usize,
    /// The names of the listed actors, for other programs.
    listed: Vec<String>,
}

/// What was written of the file and is not yet handed on.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> Writer<'a> {
    /// A file that begins with `head`.
    ///
    /// # Errors
    /// What `out` answers.
    pub fn new(head: &Head, out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let listed = head.roster.actors.iter().map(|actor| actor.name.clone()).collect();
        let head = serde_json::to_string(head).map_err(io::Error::other)?;
        let check = blake3::hash(head.as_bytes()).to_hex().to_string();
        let head = [(HEAD, head), (HEAD_CHECK, check)].map(|(key, value)| KeyValue::new(key.to_owned(), value));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(head.to_vec()))
            .build();
        let buffer = Buffer::default();
        let schema = Arc::new(schema().map_err(io::Error::other)?);
        let file = SerializedFileWriter::new(buffer.clone(), schema, Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Self { out, file, buffer, rows: Vec::new(), bytes: 0, listed })
    }

    /// Writes `parts` behind those before.
    ///
    /// # Errors
    /// What the output answers.
    pub fn write(&mut self, parts: Vec<Part>) -> io::Result<()> {
        for part in parts {
            let cells = cells(part, &self.listed).map_err(io::Error::other)?;
            self.bytes +=
                cells.iter().map(|cell| if let Cell::Bytes(bytes) = cell { bytes.len() } else { 0 }).sum::<usize>();
            self.rows.push(cells);
            if self.rows.len() >= GROUP.0 || self.bytes >= GROUP.1 {
                self.write_group()?;
            }
        }
        Ok(())
    }

    fn write_group(&mut self) -> io::Result<()> {
        write_group(&mut self.file, &std::mem::take(&mut self.rows)).map_err(io::Error::other)?;
        self.bytes = 0;
        self.out.write_all(&self.buffer.take())
    }

    /// Writes what is left, and the end of the file.
    ///
    /// # Errors
    /// What the output answers.
    pub fn finish(mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.file.finish().map_err(io::Error::other)?;
        self.out.write_all(&self.buffer.take())
    }
}

/// A cell of a partial.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Empty,
    Whole(i64),
    Day(i32),
    Bytes(Vec<u8>),
}

/// Name, type, and what a reader of the file may want to know of it.
const COLUMNS: [(&str, &str); 18] = [
    ("input", "binary # (UTF8)"),
    ("path", "binary # (UTF8)"),
    ("line", "int64 #"),
    ("byte", "int64 #"),
    ("document", "int64 #"),
    ("status", "binary # (UTF8)"),
    ("incidents", "binary # (JSON)"),
    ("published", "int32 # (DATE)"),
    ("article", "binary # (UTF8)"),
    ("outlet", "binary # (UTF8)"),
    ("title", "binary # (UTF8)"),
    ("url", "binary # (UTF8)"),
    ("language", "binary # (UTF8)"),
    ("names", "binary # (JSON)"),
    ("bytes", "int64 #"),
    ("blake3", "binary # (UTF8)"),
    ("counts", "binary #"),
    // Digest of all others: damage that Parquet does not see.
    ("check", "int64 #"),
];
/// Where the digest of a document stands, and the check.
const DOCUMENT: usize = 4;
const CHECK: usize = 17;

type Cells = [Cell; COLUMNS.len()];

fn schema() -> Result<Type, ParquetError> {
    let fields = COLUMNS.map(|(name, kind)| format!("optional {}; ", kind.replace('#', name)));
    parse_message_type(&format!("message partial {{ {} }}", fields.concat()))
}

fn text(words: Option<&str>) -> Cell {
    words.map_or(Cell::Empty, |words| Cell::Bytes(words.as_bytes().to_vec()))
}

fn number(count: Option<u64>) -> Cell {
    // Digests use all bits; what was a count stays one.
    count.map_or(Cell::Empty, |count| Cell::Whole(count.cast_signed()))
}

fn json(data: &impl Serialize) -> Result<Cell, serde_json::Error> {
    serde_json::to_vec(data).map(Cell::Bytes)
}

fn cells(part: Part, listed: &[String]) -> Result<Cells, Box<dyn std::error::Error + Send + Sync>> {
    let mut cells = [const { Cell::Empty }; COLUMNS.len()];
    let [
        input,
        path,
        line,
        byte,
        document,
        status,
        incidents,
        published,
        article,
        outlet,
        title,
        url,
        language,
        names,
        bytes,
        blake3,
        counts,
        _,
    ] = &mut cells;
    match part {
        Part::File(digest) => {
            *input = text(Some("file"));
            *path = text(Some(&digest.path));
            *bytes = number(Some(digest.bytes));
            *blake3 = text(Some(&digest.blake3));
        }
        Part::Passed(incident) => {
            *input = text(Some("passed"));
            *path = text(Some(&incident.place.path));
            *incidents = json(&[incident])?;
        }
        Part::Article(counted) => {
            *input = text(Some("article"));
            *path = text(Some(&counted.place.path));
            (*line, *byte) = (number(counted.place.line), number(counted.place.byte));
            *document = number(Some(counted.document));
            *status = text(counted.status.map(Status::name));
            if !counted.incidents.is_empty() {
                *incidents = json(&counted.incidents)?;
            }
            *published = counted.published.map_or(Cell::Empty, |day| Cell::Day(days(day)));
            if let Some(row) = &counted.row {
                let cited = &row.cited;
                *article = text(Some(&cited.id).filter(|id| !id.is_empty()).map(String::as_str));
                *outlet = text(cited.outlet.as_deref());
                *title = text(cited.title.as_deref());
                *url = text(cited.url.as_deref());
                *language = text(cited.language.as_deref());
                *counts = Cell::Bytes(postcard::to_allocvec(row)?);
                if !row.actors.is_empty() {
                    let name = |(who, _): &(Who, _)| match who {
                        Who::Listed(index) => listed.get(*index).cloned(),
                        Who::Unlisted(unlisted) => Some(unlisted.name.clone()),
                    };
                    *names = json(&row.actors.iter().filter_map(name).collect::<Vec<_>>())?;
                }
            }
        }
    }
    let check = check(&cells);
    if let Some(cell) = cells.get_mut(CHECK) {
        *cell = Cell::Whole(check);
    }
    Ok(cells)
}

/// Digest of all cells but the check.
fn check(cells: &Cells) -> i64 {
    let mut hasher = blake3::Hasher::new();
    for cell in cells.iter().take(CHECK) {
        match cell {
            Cell::Empty => hasher.update(&[0]),
            Cell::Whole(number) => hasher.update(&[1]).update(&number.to_le_bytes()),
            Cell::Day(days) => hasher.update(&[2]).update(&days.to_le_bytes()),
            Cell::Bytes(bytes) => hasher.update(&[3]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes),
        };
    }
    let mut digest = [0; 8];
    hasher.finalize_xof().fill(&mut digest);
    i64::from_le_bytes(digest)
}

/// Days since 1 January 1970.
fn days(day: NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(0)
}

fn write_group(file: &mut SerializedFileWriter<Buffer>, rows: &[Cells]) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    let mut index = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let levels: Vec<i16> = cells.clone().map(|cell| i16::from(*cell != Cell::Empty)).collect();
        match column.untyped() {
            ColumnWriter::Int64ColumnWriter(writer) => {
                let values: Vec<i64> =
                    cells.filter_map(|it| if let Cell::Whole(it) = it { Some(*it) } else { None }).collect();
                writer.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::Int32ColumnWriter(writer) => {
                let values: Vec<i32> =
                    cells.filter_map(|it| if let Cell::Day(it) = it { Some(*it) } else { None }).collect();
                writer.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                let bytes =
                    |cell: &Cell| if let Cell::Bytes(it) = cell { Some(ByteArray::from(it.clone())) } else { None };
                writer.write_batch(&cells.filter_map(bytes).collect::<Vec<_>>(), Some(&levels), None)?;
            }
            _ => (),
        }
        column.close()?;
        index += 1;
    }
    group.close()?;
    Ok(())
}

/// Parts that make one run, opened and checked.
pub struct Partials {
    /// How all of them were counted.
    pub head: Head,
    files: Vec<PathBuf>,
    /// Of documents that stand in several parts, the place that counts.
    repeated: BTreeMap<u64, Place>,
}

impl Partials {
    /// Opens `paths`, in whatever order.
    ///
    /// # Errors
    /// [`Error::Read`] for a file that cannot be read; [`Error::Partial`] for one that is no partial, is damaged, was written by
    /// another version, or was counted otherwise than the first.
    pub fn open(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut heads = paths.iter().map(|path| Ok((path, head(path)?)));
        let Some((first, head)) = heads.next().transpose()? else {
            let reason = "no partial is named; `sociogram partial` writes them".to_owned();
            return Err(Error::Partial { place: Place::default(), reason });
        };
        for other in heads {
            let (path, other) = other?;
            if let Some(what) = head.difference(&other) {
                let reason = format!(
                    "was counted otherwise than {}: {what} differs; parts of one run are counted alike",
                    first.display()
                );
                return Err(wrong(path, reason));
            }
        }
        let repeated = repeated(paths)?;
        Ok(Self { head, files: paths.to_vec(), repeated })
    }

    /// Hands every input to `each`, part after part. An article whose bytes stand in several parts is handed on where it was read
    /// first; elsewhere as passed over.
    ///
    /// # Errors
    /// [`Error::Partial`] where a file is damaged.
    pub fn read(&self, mut each: impl FnMut(Part)) -> Result<(), Error> {
        let mut handed = HashSet::new();
        for path in &self.files {
            rows(path, |cells| {
                let part = part(&cells).ok_or_else(|| "a row that no partial has".to_owned())?;
                each(self.once(part, &mut handed));
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The same, or a note that the article counts elsewhere.
    fn once(&self, part: Part, handed: &mut HashSet<u64>) -> Part {
        let Part::Article(counted) = part else { return part };
        match self.repeated.get(&counted.document) {
            Some(first) if *first != counted.place || !handed.insert(counted.document) => {
                Part::Passed(Incident::repeated(counted.place))
            }
            _ => Part::Article(counted),
        }
    }
}

fn wrong(path: &Path, reason: impl Into<String>) -> Error {
    let place = Place { path: path.display().to_string(), ..Place::default() };
    Error::Partial { place, reason: reason.into() }
}

fn opened(path: &Path) -> Result<SerializedFileReader<File>, Error> {
    let shown = path.display().to_string();
    let file = File::open(path).map_err(|source| Error::Read { path: shown, source })?;
    let reader = catch_unwind(AssertUnwindSafe(|| SerializedFileReader::new(file)));
    match reader {
        Ok(Ok(reader)) => Ok(reader),
        Ok(Err(error)) => Err(wrong(path, format!("no partial of a run: {error}; `sociogram partial` writes them"))),
        Err(_) => Err(wrong(path, "no partial of a run: damaged; `sociogram partial` writes them")),
    }
}

fn head(path: &Path) -> Result<Head, Error> {
    let reader = opened(path)?;
    let known = reader.metadata().file_metadata();
    let value = |key: &str| {
        let all = known.key_value_metadata()?;
        all.iter().find(|it| it.key == key)?.value.as_deref()
    };
    let Some(head) = value(HEAD) else {
        return Err(wrong(path, "no partial of a run: a table of another kind; `sociogram partial` writes them"));
    };
    if value(HEAD_CHECK) != Some(blake3::hash(head.as_bytes()).to_hex().as_str()) {
        return Err(wrong(path, "damaged: its head is not what was written; write the partial again"));
    }
    let version = serde_json::from_str::<Version>(head).map_err(|error| wrong(path, format!("damaged: {error}")))?;
    if version.layout != LAYOUT {
        let (theirs, ours) = (version.version, env!("CARGO_PKG_VERSION"));
        return Err(wrong(path, format!("written by version {theirs}, this is {ours}; write the partials again")));
    }
    serde_json::from_str(head).map_err(|error| wrong(path, format!("damaged: {error}")))
}

/// The part of a head that every version can read.
#[derive(Deserialize)]
struct Version {
    layout: u32,
    version: String,
}

/// Hands every row of the file, whole as it was written, to `each`.
fn rows(path: &Path, mut each: impl FnMut(Cells) -> Result<(), String>) -> Result<(), Error> {
    let reader = opened(path)?;
    let mut number = 0_u64;
    let read = catch_unwind(AssertUnwindSafe(|| {
        let names = |file: &Type| file.get_fields().iter().map(|it| it.name().to_owned()).collect::<Vec<_>>();
        let known = reader.metadata().file_metadata().schema();
        if names(known) != COLUMNS.map(|(name, _)| name) {
            return Err("other columns than a partial has".to_owned());
        }
        for row in reader.get_row_iter(None).map_err(|error| error.to_string())? {
            number += 1;
            let cells = cells_of(&row.map_err(|error| error.to_string())?);
            if cells.get(CHECK) != Some(&Cell::Whole(check(&cells))) {
                return Err("this row is not what was written".to_owned());
            }
            each(cells)?;
        }
        Ok(())
    }));
    let place = || Place { path: path.display().to_string(), line: Some(number), byte: None };
    let again = "; write the partial again";
    match read {
        Ok(Ok(())) => Ok(()),
        Ok(Err(reason)) => Err(Error::Partial { place: place(), reason: format!("damaged: {reason}{again}") }),
        Err(_) => Err(Error::Partial { place: place(), reason: format!("damaged{again}") }),
    }
}

fn cells_of(row: &Row) -> Cells {
    let mut cells = [const { Cell::Empty }; COLUMNS.len()];
    for (cell, (_, field)) in cells.iter_mut().zip(row.get_column_iter()) {
        *cell = match field {
            Field::Str(words) => Cell::Bytes(words.clone().into_bytes()),
            Field::Bytes(bytes) => Cell::Bytes(bytes.data().to_vec()),
            Field::Long(number) => Cell::Whole(*number),
            Field::Date(days) => Cell::Day(*days),
            _ => Cell::Empty,
        };
    }
    cells
}

/// The documents that several parts have, each with the place where one run would read it first: files are read in the order of
/// their paths.
fn repeated(paths: &[PathBuf]) -> Result<BTreeMap<u64, Place>, Error> {
    if paths.len() < 2 {
        return Ok(BTreeMap::new());
    }
    let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
    for path in paths {
        rows(path, |cells| {
            if let Some(document) = whole(&cells, DOCUMENT)
                && !seen.insert(document)
            {
                twice.insert(document);
            }
            Ok(())
        })?;
    }
    let mut first: BTreeMap<u64, Place> = BTreeMap::new();
    for path in paths.iter().filter(|_| !twice.is_empty()) {
        rows(path, |cells| {
            let Some(document) = whole(&cells, DOCUMENT).filter(|it| twice.contains(it)) else { return Ok(()) };
            let place = place(&cells);
            let rank = |place: &Place| (PathBuf::from(&place.path), place.line, place.byte);
            if first.get(&document).is_none_or(|known| rank(&place) < rank(known)) {
                first.insert(document, place);
            }
            Ok(())
        })?;
    }
    Ok(first)
}

fn whole(cells: &Cells, column: usize) -> Option<u64> {
    if let Some(Cell::Whole(number)) = cells.get(column) { Some(number.cast_unsigned()) } else { None }
}

fn bytes(cells: &Cells, column: usize) -> Option<&[u8]> {
    if let Some(Cell::Bytes(bytes)) = cells.get(column) { Some(bytes) } else { None }
}

fn words(cells: &Cells, column: usize) -> Option<String> {
    String::from_utf8(bytes(cells, column)?.to_vec()).ok()
}

fn place(cells: &Cells) -> Place {
    Place { path: words(cells, 1).unwrap_or_default(), line: whole(cells, 2), byte: whole(cells, 3) }
}

/// `None` where the row is none of ours.
fn part(cells: &Cells) -> Option<Part> {
    let incidents: Vec<Incident> = match bytes(cells, 6) {
        Some(incidents) => serde_json::from_slice(incidents).ok()?,
        None => Vec::new(),
    };
    match bytes(cells, 0)? {
        b"file" => {
            Some(Part::File(Digest { path: words(cells, 1)?, bytes: whole(cells, 14)?, blake3: words(cells, 15)? }))
        }
        b"passed" => incidents.into_iter().next().map(Part::Passed),
        b"article" => {
            let status = match words(cells, 5) {
                Some(status) => Some(Status::named(&status)?),
                None => None,
            };
            let row = match bytes(cells, 16) {
                Some(packed) => Some(postcard::from_bytes(packed).ok()?),
                None => None,
            };
            let published = match cells.get(7) {
                Some(Cell::Day(days)) => NaiveDate::default().checked_add_signed(TimeDelta::days(i64::from(*days))),
                _ => None,
            };
            let (document, place) = (whole(cells, DOCUMENT)?, place(cells));
            Some(Part::Article(Box::new(Counted { document, place, status, incidents, published, row })))
        }
        _ => None,
    }
}

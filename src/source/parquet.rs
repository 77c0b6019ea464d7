//! Tables by column, <https://parquet.apache.org/docs/file-format/>: one article a row, one group of rows after the other.

use std::sync::Arc;

use chrono::DateTime;
use parquet::{
    file::{metadata::ParquetMetaData, reader::FileReader, serialized_reader::SerializedFileReader},
    record::{
        Field as Cell, Row,
        reader::{ReaderIter, TreeBuilder},
    },
    schema::types::{SchemaDescriptor, Type},
};

use super::{Field, Format, Found, Input, Item, Limits, Reading, break_at, input::Whole, refusal, refused, table};
use crate::{Place, error::Kind};

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    endings: &["parquet", "pq"],
    about: "a table by columns, one article a row",
    begins: |head| head.starts_with(b"PAR1") || head.starts_with(b"PARE"),
    open,
};

/// What marks a partial ([`crate::partial`]) among the facts of a file.
pub(crate) const PARTIAL: &str = "sociogram.partial";

/// Rows that are decoded at a time: texts are long.
const ROWS: usize = 64;

struct Rows {
    path: String,
    file: SerializedFileReader<Whole>,
    columns: Vec<Field>,
    schema: Arc<SchemaDescriptor>,
    groups: std::ops::Range<usize>,
    group: Option<ReaderIter>,
    row: u64,
    /// Bytes of the file, and of what came out of it.
    packed: u64,
    unpacked: u64,
    limits: Limits,
    done: bool,
}

fn open(input: Input, reading: &Reading) -> Found {
    let path = input.path.clone();
    let place = Place { path: path.clone(), ..Place::default() };
    let whole = match input.whole(&reading.limits) {
        Ok(whole) => whole,
        Err(error) => return Box::new(std::iter::once(break_at(place, &error))),
    };
    let packed = whole.length;
    let damaged = |error: parquet::errors::ParquetError| format!("no Parquet file that can be read: {error}");
    let file = match SerializedFileReader::new(whole) {
        Ok(file) => file,
        Err(error) => return refused(place, Kind::Corrupt, damaged(error)),
    };
    match wanted(file.metadata(), reading) {
        Err(reason) => refused(place, Kind::Format, reason),
        Ok((columns, schema)) => {
            let groups = 0..file.metadata().num_row_groups();
            let limits = reading.limits;
            Box::new(Rows {
                path,
                file,
                columns,
                schema,
                groups,
                group: None,
                row: 0,
                packed,
                unpacked: 0,
                limits,
                done: false,
            })
        }
    }
}

/// The columns that hold an article, in the order of the file, and the schema of these alone.
fn wanted(known: &ParquetMetaData, reading: &Reading) -> Result<(Vec<Field>, Arc<SchemaDescriptor>), String> {
    let marks = known.file_metadata().key_value_metadata();
    if marks.is_some_and(|marks| marks.iter().any(|mark| mark.key == PARTIAL)) {
        return Err("a partial, which holds counts and no articles: give it to `sociogram merge`".to_owned());
    }
    let root = known.file_metadata().schema();
    let there = root.get_fields();
    let mut columns = table::columns(there.iter().map(|column| column.name()), &reading.fields)?;
    columns.sort_by_key(|(_, at)| *at);
    let mut kept: Vec<(Field, Arc<Type>)> = Vec::new();
    for (field, at) in columns {
        let Some(column) = there.get(at) else { continue };
        if column.is_primitive() {
            kept.push((field, Arc::clone(column)));
        } else if field == Field::Text {
            return Err(format!("column `{}` holds lists or records, no text", column.name()));
        }
    }
    let types = kept.iter().map(|(_, column)| Arc::clone(column)).collect();
    let schema = Type::group_type_builder(root.name()).with_fields(types).build().map_err(|error| error.to_string())?;
    Ok((kept.into_iter().map(|(field, _)| field).collect(), Arc::new(SchemaDescriptor::new(Arc::new(schema)))))
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.done {
            match self.group.as_mut().and_then(Iterator::next) {
                Some(Ok(row)) => return Some(self.article(&row)),
                Some(Err(error)) => {
                    self.group = None;
                    return Some(self.damaged(&error));
                }
                None => match self.next_group()? {
                    Ok(rows) => self.group = Some(rows),
                    Err(error) => return Some(self.damaged(&error)),
                },
            }
        }
        None
    }
}

impl Rows {
    fn next_group(&mut self) -> Option<parquet::errors::Result<ReaderIter>> {
        let number = self.groups.next()?;
        let group = self.file.get_row_group(number);
        Some(
            group.and_then(|group| TreeBuilder::new().with_batch_size(ROWS).as_iter(Arc::clone(&self.schema), &*group)),
        )
    }

    /// The rest of a damaged group is lost; the next one is read.
    fn damaged(&mut self, error: &parquet::errors::ParquetError) -> Item {
        let reason = format!("damaged group of rows: {error}; the rest of the group is not read");
        refusal(self.place(), Kind::Corrupt, reason)
    }

    fn article(&mut self, row: &Row) -> Item {
        self.row += 1;
        let place = self.place();
        let cells = self.columns.iter().zip(row.get_column_iter());
        let cells: Vec<_> = cells.filter_map(|(field, (_, cell))| Some((*field, content(*field, cell)?))).collect();
        self.unpacked += cells.iter().map(|(_, cell)| cell.len() as u64).sum::<u64>();
        if let Err(error) = self.limits.bound(self.packed, self.unpacked) {
            self.done = true;
            return break_at(place, &error);
        }
        table::row(place, cells, self.limits.document_bytes)
    }

    fn place(&self) -> Place {
        Place { path: self.path.clone(), line: Some(self.row), byte: None }
    }
}

/// A cell as it would be written; `None` where it is empty.
fn content(field: Field, cell: &Cell) -> Option<Vec<u8>> {
    Some(match cell {
        Cell::Null => return None,
        Cell::Str(words) => words.clone().into_bytes(),
        Cell::Bytes(bytes) => bytes.data().to_vec(),
        Cell::Date(days) => day(i64::from(*days) * 86_400)?.into_bytes(),
        Cell::TimestampMillis(time) => day(time.div_euclid(1_000))?.into_bytes(),
        Cell::TimestampMicros(time) => day(time.div_euclid(1_000_000))?.into_bytes(),
        // Nanoseconds, as pandas writes them.
        Cell::Long(time) if field == Field::Published && time.abs() > 1 << 55 => {
            day(time.div_euclid(1_000_000_000))?.into_bytes()
        }
        other => other.to_string().into_bytes(),
    })
}

fn day(seconds: i64) -> Option<String> {
    Some(DateTime::from_timestamp(seconds, 0)?.date_naive().to_string())
}

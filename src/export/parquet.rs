//! Parquet, <https://parquet.apache.org/docs/file-format/>, for pandas, polars, DuckDB and R: a file of nodes, one of edges, one
//! of the evidence.

use std::{
    io::{self, Write},
    sync::Arc,
};

use ::parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::parser::parse_message_type,
};
use chrono::NaiveDate;

use super::{
    Format, Notes, Options, Part,
    columns::{self, Cell, Columns, Kind},
};
use crate::{Network, network::Shown};

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    endings: &["parquet"],
    about: "tables for pandas, polars, DuckDB, R: NAME.nodes, NAME.edges, NAME.evidence; without method, aliases, days",
    parts: &[
        Part { name: "nodes", write: nodes },
        Part { name: "edges", write: edges },
        Part { name: "evidence", write: evidence },
    ],
};

/// Rows that are written at a time.
const GROUP: usize = 100_000;

fn nodes(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let mut columns = columns::of_actors(network);
    let actors = network.graph.node_weights().map(|it| vec![text(&it.id), text(&it.name)]);
    put_before(&mut columns, &[("id", Kind::Text), ("name", Kind::Text)], actors);
    write(&columns, out)
}

fn edges(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let mut columns = columns::of_edges(network);
    let ends = network.edges().map(|(a, b, edge)| vec![text(&a.id), text(&b.id), Some(Cell::Whole(edge.weight))]);
    put_before(&mut columns, &[("source", Kind::Text), ("target", Kind::Text), ("weight", Kind::Whole)], ends);
    write(&columns, out)
}

fn evidence(network: &Network, _: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let head = [
        ("source", Kind::Text),
        ("target", Kind::Text),
        ("article", Kind::Text),
        ("path", Kind::Text),
        ("line", Kind::Whole),
        ("published", Kind::Day),
        ("title", Kind::Text),
        ("outlet", Kind::Text),
        ("url", Kind::Text),
        ("start", Kind::Whole),
        ("end", Kind::Whole),
        ("text", Kind::Text),
    ];
    let rows = network.edges().flat_map(|(a, b, edge)| edge.evidence.iter().map(|shown| row(&a.id, &b.id, shown)));
    write(&Columns { head: head.map(|(name, kind)| (name.to_owned(), kind)).to_vec(), rows: rows.collect() }, out)
}

fn row(source: &str, target: &str, shown: &Shown) -> Vec<Option<Cell>> {
    let maybe = |words: &Option<String>| words.as_deref().and_then(text);
    vec![
        text(source),
        text(target),
        text(&shown.article),
        text(&shown.path),
        shown.line.map(Cell::Whole),
        shown.published.map(Cell::Day),
        maybe(&shown.title),
        maybe(&shown.outlet),
        maybe(&shown.url),
        Some(Cell::Whole(shown.start as u64)),
        Some(Cell::Whole(shown.end as u64)),
        text(&shown.text),
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "a cell of a row")]
fn text(words: &str) -> Option<Cell> {
    Some(Cell::Text(words.to_owned()))
}

fn put_before(columns: &mut Columns, head: &[(&str, Kind)], rows: impl Iterator<Item = Vec<Option<Cell>>>) {
    columns.head.splice(0..0, head.iter().map(|(name, kind)| ((*name).to_owned(), *kind)));
    for (row, before) in columns.rows.iter_mut().zip(rows) {
        row.splice(0..0, before);
    }
}

fn write(columns: &Columns, out: &mut dyn Write) -> io::Result<Notes> {
    out.write_all(&file(columns).map_err(io::Error::other)?)?;
    Ok(Notes::new())
}

fn file(columns: &Columns) -> Result<Vec<u8>, ParquetError> {
    let fields: String = columns.head.iter().map(|(name, kind)| field(name, *kind)).collect();
    let schema = Arc::new(parse_message_type(&format!("message sociogram {{ {fields} }}"))?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for rows in columns.rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for (index, (_, kind)) in columns.head.iter().enumerate() {
            let cells = rows.iter().map(|row| row.get(index).and_then(Option::as_ref));
            if let Some(column) = group.next_column()? {
                write_column(column, *kind, cells)?;
            }
        }
        group.close()?;
    }
    writer.into_inner()
}

fn field(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Text => format!("optional binary {name} (UTF8); "),
        Kind::Whole => format!("optional int64 {name}; "),
        Kind::Real => format!("optional double {name}; "),
        Kind::Day => format!("optional int32 {name} (DATE); "),
    }
}

fn write_column<'a>(
    mut column: SerializedColumnWriter,
    kind: Kind,
    cells: impl Iterator<Item = Option<&'a Cell>> + Clone,
) -> Result<(), ParquetError> {
    let filled = cells.clone().flatten();
    let levels: Vec<i16> = cells.map(|cell| i16::from(cell.is_some())).collect();
    match kind {
        Kind::Text => {
            let values: Vec<ByteArray> = filled.map(|it| ByteArray::from(it.to_string().into_bytes())).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Whole => {
            let values: Vec<i64> = filled.map(whole).collect();
            column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Real => {
            let values: Vec<f64> = filled.map(|it| if let Cell::Real(number) = it { *number } else { 0.0 }).collect();
            column.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Day => {
            let values: Vec<i32> = filled.map(day).collect();
            column.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
        }
    }
    column.close()
}

fn whole(cell: &Cell) -> i64 {
    if let Cell::Whole(count) = cell { i64::try_from(*count).unwrap_or(i64::MAX) } else { 0 }
}

/// Days since 1 January 1970.
fn day(cell: &Cell) -> i32 {
    let Cell::Day(day) = cell else { return 0 };
    let epoch = NaiveDate::default();
    i32::try_from(day.signed_duration_since(epoch).num_days()).unwrap_or(0)
}

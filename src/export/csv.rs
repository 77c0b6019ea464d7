//! CSV (RFC 4180, <https://www.rfc-editor.org/rfc/rfc4180>) with the headers that Gephi's import knows: a file of nodes and one
//! of edges.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises
//! (<https://owasp.org/www-community/attacks/CSV_Injection>), unless [`Options::raw_cells`].

use std::io::{self, Write};

use ::csv::{QuoteStyle, Writer, WriterBuilder};

use super::{
    Format, Notes, Options, Part,
    columns::{self, Cell},
};
use crate::Network;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    endings: &["csv"],
    about: "tables for Gephi and spreadsheets (UTF-8): NAME.nodes.csv, NAME.edges.csv; without evidence, method, aliases, days",
    parts: &[Part { name: "nodes", write: nodes }, Part { name: "edges", write: edges }],
};

fn nodes(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let columns = columns::of_actors(network);
    let mut sheet = Sheet::new(options, out);
    let head = columns.head.iter().map(|(name, _)| name.clone());
    sheet.row(["Id".to_owned(), "Label".to_owned()].into_iter().chain(head))?;
    for (actor, row) in network.graph.node_weights().zip(&columns.rows) {
        sheet
            .row([actor.id.clone(), actor.name.clone()].into_iter().chain(row.iter().map(Option::as_ref).map(words)))?;
    }
    sheet.finish()
}

fn edges(network: &Network, options: &Options, out: &mut dyn Write) -> io::Result<Notes> {
    let columns = columns::of_edges(network);
    let mut sheet = Sheet::new(options, out);
    let head = columns.head.iter().map(|(name, _)| name.clone());
    sheet.row(["Source", "Target", "Type", "Weight"].map(str::to_owned).into_iter().chain(head))?;
    for ((a, b, edge), row) in network.edges().zip(&columns.rows) {
        let ends = [a.id.clone(), b.id.clone(), "Undirected".to_owned(), edge.weight.to_string()];
        sheet.row(ends.into_iter().chain(row.iter().map(Option::as_ref).map(words)))?;
    }
    Ok([sheet.finish()?, columns::weightless(network)].concat())
}

fn words(cell: Option<&Cell>) -> String {
    cell.map(Cell::to_string).unwrap_or_default()
}

/// Rows of cells, guarded unless they are to be raw.
struct Sheet<'a> {
    writer: Writer<&'a mut dyn Write>,
    raw: bool,
    guarded: usize,
}

impl<'a> Sheet<'a> {
    fn new(options: &Options, out: &'a mut dyn Write) -> Self {
        let writer = WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(out);
        Self { writer, raw: options.raw_cells, guarded: 0 }
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        let row: Vec<String> = cells.map(|cell| self.guarded(cell)).collect();
        self.writer.write_record(row).map_err(io::Error::other)
    }

    fn guarded(&mut self, cell: String) -> String {
        let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        if self.raw || !risky || cell.parse::<f64>().is_ok() {
            return cell;
        }
        self.guarded += 1;
        format!("'{cell}")
    }

    fn finish(mut self) -> io::Result<Notes> {
        self.writer.flush()?;
        Ok(match self.guarded {
            0 => Notes::new(),
            many => vec![format!(
                "{many} cells that a spreadsheet would run as formulas have an apostrophe in front; --csv-raw leaves them"
            )],
        })
    }
}

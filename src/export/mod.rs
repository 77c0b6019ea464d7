//! Files to hand a network, a comparison or a timeline on, one file a format.

use std::io::{self, Write};

use crate::{Network, compare::Comparison, timeline::Timeline};

mod changes;
mod columns;
mod csv;
mod cyjs;
mod cypher;
mod d3;
mod dot;
mod dynamic;
mod gexf;
mod graphml;
#[cfg(feature = "picture")]
mod html;
mod jgf;
mod json;
mod lines;
mod neo4j;
mod net;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "picture")]
mod picture;
#[cfg(feature = "png")]
mod png;
mod roster;
#[cfg(feature = "picture")]
mod svg;
mod times;
mod xml;

pub use json::read;
pub use roster::write_roster;

/// Every output format, in the order `--help` shows them; where several share an ending, the first has it.
pub const FORMATS: &[Format] = &[
    dot::FORMAT,
    json::FORMAT,
    #[cfg(feature = "picture")]
    html::FORMAT,
    #[cfg(feature = "picture")]
    svg::FORMAT,
    #[cfg(feature = "png")]
    png::FORMAT,
    gexf::FORMAT,
    graphml::FORMAT,
    csv::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
    d3::FORMAT,
    cyjs::FORMAT,
    jgf::FORMAT,
    net::FORMAT,
    cypher::FORMAT,
    neo4j::FORMAT,
];

/// The formats of comparisons, in the same way.
pub const COMPARED: &[Format<Comparison>] = &[
    json::COMPARED,
    #[cfg(feature = "picture")]
    svg::COMPARED,
    #[cfg(feature = "png")]
    png::COMPARED,
    csv::COMPARED,
    #[cfg(feature = "parquet")]
    parquet::COMPARED,
];

/// The formats of timelines, in the same way.
pub const TIMED: &[Format<Timeline>] = &[
    json::TIMED,
    #[cfg(feature = "picture")]
    svg::TIMED,
    #[cfg(feature = "png")]
    png::TIMED,
    dynamic::TIMED,
    csv::TIMED,
    #[cfg(feature = "parquet")]
    parquet::TIMED,
];

/// What can be written, and how.
pub trait Product: Sized + 'static {
    /// Every format of it.
    const FORMATS: &'static [Format<Self>];
}

impl Product for Network {
    const FORMATS: &'static [Format] = FORMATS;
}

impl Product for Comparison {
    const FORMATS: &'static [Format<Self>] = COMPARED;
}

impl Product for Timeline {
    const FORMATS: &'static [Format<Self>] = TIMED;
}

/// How a network (a comparison, a timeline) becomes one kind of file, or several that belong together.
#[derive(Debug)]
pub struct Format<T: 'static = Network> {
    /// Name for `--format`.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot; none where `--format` has to say it.
    pub endings: &'static [&'static str],
    /// One line for `--help`.
    pub about: &'static str,
    /// The files: one without a name, or several with one each.
    pub parts: &'static [Part<T>],
}

impl<T> Clone for Format<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Format<T> {}

/// One file of a format.
#[derive(Debug)]
pub struct Part<T = Network> {
    /// What stands between the file's name and its ending; empty where the format is one file.
    pub name: &'static str,
    /// Writes the whole file; what could not be written as it is comes back, a line for each kind.
    ///
    /// # Errors
    /// What the writer says.
    pub write: fn(&T, &Options, &mut dyn Write) -> io::Result<Notes>,
}

/// What could not be written as it is, in words.
pub type Notes = Vec<String>;

/// How to write, for formats that have a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// CSV: cells that a spreadsheet would run as formulas stay as they are.
    pub raw_cells: bool,
    /// Pictures: the line above; the number of actors and edges where there is none.
    pub title: Option<String>,
    /// Pictures: where the layout and the communities begin; the same gives the same.
    pub seed: u64,
}

impl<T> Format<T> {
    /// A format of one file.
    const fn one(
        name: &'static str,
        endings: &'static [&'static str],
        about: &'static str,
        parts: &'static [Part<T>; 1],
    ) -> Self {
        Self { name, endings, about, parts }
    }
}

/// A file that is the whole format.
const fn whole<T>(write: fn(&T, &Options, &mut dyn Write) -> io::Result<Notes>) -> Part<T> {
    Part { name: "", write }
}

/// The format that `name` stands for, by name or file ending.
pub fn format_named<T: Product>(name: &str) -> Option<Format<T>> {
    let name = name.to_lowercase();
    let by_ending = || T::FORMATS.iter().find(|format| format.endings.contains(&name.as_str()));
    T::FORMATS.iter().find(|format| format.name == name).or_else(by_ending).copied()
}

/// The names of all formats, for messages.
pub fn known<T: Product>() -> String {
    T::FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

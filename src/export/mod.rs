//! Files to hand a network on, one file a format.

use std::io::{self, Write};

use crate::Network;

mod dot;
mod json;
mod roster;

pub use json::read;
pub use roster::write_roster;

/// Every output format, in the order `--help` shows them.
pub const FORMATS: &[Format] = &[dot::FORMAT, json::FORMAT];

/// How a network becomes one kind of file.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Name for `--format`.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// One line for `--help`.
    pub about: &'static str,
    /// Writes the whole file.
    ///
    /// # Errors
    /// What the writer says.
    pub write: fn(&Network, &mut dyn Write) -> io::Result<()>,
}

/// The format that `name` stands for, by name or file ending.
pub fn format_named(name: &str) -> Option<Format> {
    let name = name.to_lowercase();
    FORMATS.iter().find(|format| format.name == name || format.endings.contains(&name.as_str())).copied()
}

/// The names of all formats, for messages.
pub fn known() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

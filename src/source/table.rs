//! Rows of tables as articles.

use super::{Document, Facts, Field, Fields, Item, Media, refusal, size};
use crate::{Place, error::Kind};

/// Which columns hold what, in the order of [`Field`].
///
/// # Errors
/// With the reason where no column holds a text.
pub(super) fn columns<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    fields: &Fields,
) -> Result<Vec<(Field, usize)>, String> {
    let columns = fields.columns(names.clone());
    if columns.first().is_some_and(|(field, _)| *field == Field::Text) {
        return Ok(columns);
    }
    let there: Vec<String> =
        names.take(12).map(|name| format!("`{}`", name.chars().take(40).collect::<String>())).collect();
    let there = there.join(", ");
    if let Some(name) = fields.said(Field::Text) {
        return Err(format!("no column `{name}` (--text-field); there are {there}"));
    }
    let known = fields.names(Field::Text);
    Err(format!("no column with the text; there are {there}; known: {known}; or say --text-field NAME"))
}

/// The article of one row, from its cells that hold something; refused where these have more than `most` bytes.
pub(super) fn row(place: Place, cells: Vec<(Field, Vec<u8>)>, most: u64) -> Item {
    if cells.iter().map(|(_, cell)| cell.len() as u64).sum::<u64>() > most {
        let reason = format!("a row larger than {}, the most that is read as one article", size(most));
        return refusal(place, Kind::Limit, reason);
    }
    let mut document = Document { media: Media::Row, place, ..Document::default() };
    let mut facts = Facts::default();
    for (field, cell) in cells {
        if field == Field::Text {
            document.bytes = cell;
        } else if !cell.trim_ascii().is_empty() {
            facts.known.push((field, String::from_utf8_lossy(&cell).into_owned()));
        }
    }
    document.facts = facts;
    Item::Document(document)
}

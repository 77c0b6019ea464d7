//! Where articles come from: files, folders and corpora as a stream of documents, one file a container.

use crate::Place;

/// What a document's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Plain text: an article, or the text of a saved page with its menus and teasers.
    Text,
    /// A saved page.
    Html,
    /// One JSON object with the article as it is: `text`, and perhaps `id`, `title`, `published`, `outlet`, `url`, `language`.
    Json,
}

/// One article as its container holds it: raw bytes, and where they came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the bytes are.
    pub media: Media,
    /// The file, and the line or byte where a container holds several.
    pub place: Place,
    /// The content, not yet decoded.
    pub bytes: Vec<u8>,
}

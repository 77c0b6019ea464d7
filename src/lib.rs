//! Who is named with whom: from news articles to a weighted, dated network with its evidence.
//!
//! ```text
//! source -> document -> article -> sentence -> mention -> tally -> network -> export
//! ```
//!
//! Each module owns one shape of the data and imports only modules above it in this list.

pub mod text;
pub mod error;

pub mod source;
pub mod article;
pub mod sentence;

pub use article::{Article, Zone, ZoneKind};
pub use error::{Error, Incident, Place};
pub use sentence::Sentence;
pub use source::Document;
pub use text::Span;

//! Who is named with whom: from news articles to a weighted, dated network with its evidence.
//!
//! ```text
//! source -> document -> article -> sentence -> mention -> tally -> network -> export
//! ```
//!
//! Each module owns one shape of the data and imports only modules above it in this list.

mod block;
pub mod text;
pub mod error;

pub mod source;
pub mod article;
pub mod sentence;
pub mod roster;
pub mod mention;
pub mod actor;
pub mod story;
pub mod tally;
pub mod measure;
pub mod chance;
pub mod network;
pub mod compare;
pub mod timeline;
pub mod export;
pub mod annotation;
pub mod partial;

pub mod pipeline;

pub use article::{Article, Zone, ZoneKind};
pub use error::{Error, Incident, Place};
pub use network::Network;
pub use pipeline::{Pipeline, Report};
pub use roster::Roster;
pub use sentence::Sentence;
pub use source::Document;
pub use tally::{Counting, Tally, Unit};
pub use text::Span;

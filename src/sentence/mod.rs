//! An article's text to sentences.

use crate::{Span, ZoneKind};

/// A sentence, and where in the article it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, without surrounding white space.
    pub span: Span,
    /// The zone it stands in.
    pub zone: ZoneKind,
    /// Number of its paragraph in the article, from 0.
    pub paragraph: usize,
}

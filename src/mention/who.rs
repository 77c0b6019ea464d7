//! Who is counted: listed actors by their place in the roster, all others by their name.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::Gender;
use crate::roster::ActorKind;

/// An actor as counts are kept for it: the same on every thread, in every part of a run and in any order.
///
/// Listed actors stand before all others, so that the order of two is that of their numbers in an article, too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Who {
    /// Index of the actor in the roster.
    Listed(usize),
    /// An actor that no roster lists.
    Unlisted(Arc<Unlisted>),
}

/// What is the same of an unlisted actor in every article: its kind, and the folded name by which the article knows it best.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unlisted {
    /// What it is.
    pub kind: ActorKind,
    /// Its fullest name in the article, folded: words parted by single spaces.
    pub name: String,
}

/// An unlisted actor in one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Local {
    /// Under which it is counted.
    pub who: Arc<Unlisted>,
    /// Its fullest name as the article writes it.
    pub name: String,
    /// What the titles before its names tell.
    pub titles: BTreeSet<Gender>,
}

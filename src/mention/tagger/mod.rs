//! Names without a roster: persons, organisations and places, found by an embedded model.
//!
//! An averaged structured perceptron (Collins, "Discriminative training methods for hidden Markov models", 2002) over what a word
//! looks like, the words around it, lists of names and what the rest of the article does with the same word; Viterbi decoding over
//! the stretches of a sentence that can hold a name. Weights are whole numbers: every machine finds the same.

mod decode;
mod evidence;
mod feature;
mod given;
mod list;
mod model;
mod reading;
mod token;
mod vote;

use std::sync::LazyLock;

use crate::{Span, roster::ActorKind};
use decode::Name;

pub use decode::best as best_labels;
pub use model::{Common, LABELS, Model, ModelError, Row, Transitions};
pub use reading::{Reading, Stretch};
pub use token::Token;

/// The file of the model that is used, as the trainer wrote it.
pub const MODEL: &[u8] = include_bytes!("model.bin");

static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::read(MODEL).unwrap_or_default());

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name itself: without titles, quotation marks and possessive endings.
    pub span: Span,
    /// What bears it: a person, an organisation or a place.
    pub kind: ActorKind,
}

/// The names in one article, in order of its text and without overlaps.
///
/// `sentences` are places in `text`, in order; what stands outside of them is not looked at. They are given together because a
/// name is told by all that the article says of it. The model has learnt English.
pub fn find(text: &str, sentences: &[Span]) -> Vec<Found> {
    SHIPPED.find(text, sentences)
}

/// The names in one article in `language` (ISO 639-1), as [`find`] gives them.
///
/// English, or a language that nobody knows, is the model's. In others the model would take nouns with a capital for names, so only
/// persons are found there, and only where a given name of a list stands before the surname.
pub fn find_in(language: Option<&str>, text: &str, sentences: &[Span]) -> Vec<Found> {
    match language {
        Some(language) if !language.to_ascii_lowercase().starts_with("en") => persons(text, sentences),
        _ => find(text, sentences),
    }
}

fn persons(text: &str, sentences: &[Span]) -> Vec<Found> {
    let reading = Reading::of(text, sentences, &Common::default());
    let persons = given::persons(&reading);
    persons.iter().map(|tokens| Found { span: reading.span(tokens), kind: ActorKind::Person }).collect()
}

impl Model {
    /// The names in one article, as [`find`] gives them, by this model.
    pub fn find(&self, text: &str, sentences: &[Span]) -> Vec<Found> {
        let reading = Reading::of(text, sentences, &self.common);
        let mut names = decode::names(self, &reading);
        vote::agree(&reading, &mut names);
        let bare = |name: &Name| {
            let kind = name.kind();
            let tokens = reading.bare(name.first..name.end, kind == ActorKind::Person);
            (!tokens.is_empty()).then(|| Found { span: reading.span(&tokens), kind })
        };
        names.iter().filter_map(bare).collect()
    }
}

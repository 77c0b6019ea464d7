//! An article's text to sentences.

mod decide;
mod list;
mod paragraph;
mod profile;
mod scan;
mod stop;

use unicode_segmentation::UnicodeSegmentation;

use crate::{Article, Span, ZoneKind};

pub use paragraph::{is_hard_wrapped, paragraphs};
pub use profile::{Group, PROFILES, Profile, Source};

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

/// All sentences of `article`, in order of its text, of every zone; text in no zone has none.
///
/// A zone's borders are borders of paragraphs, and paragraphs are counted through the article.
pub fn of(article: &Article) -> Vec<Sentence> {
    let splitter = Splitter::of(article.language.as_deref());
    let places = article.zones.iter().flat_map(|zone| {
        let paragraphs = paragraphs(&article.text, zone.span);
        paragraphs.into_iter().map(|paragraph| (zone.kind, paragraph))
    });
    let (mut sentences, mut spans) = (Vec::new(), Vec::new());
    for (number, (zone, paragraph)) in places.enumerate() {
        splitter.split(&article.text, paragraph, &mut spans);
        sentences.extend(spans.drain(..).map(|span| Sentence { span, zone, paragraph: number }));
    }
    sentences
}

/// How sentences of one language are told apart; costs nothing to copy.
#[derive(Clone, Copy, Debug)]
pub struct Splitter {
    profile: Option<&'static Profile>,
}

impl Splitter {
    /// The splitter of `language` (ISO 639-1, in any case, with or without a region: `en`, `EN`, `en-US`, `en_GB`).
    ///
    /// Without a language, or for one that has no entry in [`PROFILES`], sentences end where Unicode's default rules say
    /// (UAX #29), which know no abbreviations.
    pub fn of(language: Option<&str>) -> Self {
        Self { profile: language.and_then(profile::find) }
    }

    /// What the language's profile knows; `None` where Unicode's default rules are used.
    pub fn profile(self) -> Option<&'static Profile> {
        self.profile
    }

    /// Whether `word` is a function word that often opens a sentence ("The", "However"); `false` without a profile.
    ///
    /// Its case does not matter.
    pub fn is_starter(self, word: &str) -> bool {
        self.profile.is_some_and(|profile| profile.has(Group::Starters, word))
    }

    /// Adds the sentences of one paragraph to `sentences`: trimmed, in order, without overlaps, and together holding every
    /// character of the paragraph that is no white space.
    ///
    /// Nothing outside `paragraph` has a say, so a paragraph has the same sentences wherever it stands. A `paragraph` that
    /// does not fit `text` has none.
    pub fn split(self, text: &str, paragraph: Span, sentences: &mut Vec<Span>) {
        let words = paragraph.of(text);
        let add = |start, end| {
            let sentence = Span { start: paragraph.start + start, end: paragraph.start + end }.trimmed(text);
            if sentence.start < sentence.end {
                sentences.push(sentence);
            }
        };
        match self.profile {
            Some(profile) => scan::sentences(profile, words, add),
            None => by_unicode(words, add),
        }
    }
}

/// The sentences of a language that has no profile.
fn by_unicode(text: &str, mut add: impl FnMut(usize, usize)) {
    for (start, sentence) in text.split_sentence_bound_indices() {
        add(start, start + sentence.len());
    }
}

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
///
/// ```
/// use sociogram::{Span, sentence::Splitter};
///
/// let text = "Gov. Ruth Adler met Sam Otieno. They spoke.";
/// let mut sentences = Vec::new();
/// Splitter::of(Some("en")).split(text, Span::whole(text), &mut sentences);
/// let sentences: Vec<&str> = sentences.into_iter().map(|span| span.of(text)).collect();
/// assert_eq!(sentences, ["Gov. Ruth Adler met Sam Otieno.", "They spoke."]);
/// ```
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
        self.split_to(text, paragraph, paragraph.end, sentences);
    }

    /// The same up to the sentence that holds the byte before `end`, of a paragraph whose other sentences are of no use.
    pub(crate) fn split_to(self, text: &str, paragraph: Span, end: usize, sentences: &mut Vec<Span>) {
        let words = paragraph.of(text);
        let add = |start, stop| {
            let sentence = Span { start: paragraph.start + start, end: paragraph.start + stop };
            let kept = sentence.trimmed(text);
            if kept.start < kept.end {
                sentences.push(kept);
            }
            sentence.end < end
        };
        match self.profile {
            Some(profile) => scan::sentences(profile, words, add),
            None => by_unicode(words, add),
        }
    }
}

/// The sentences of a language that has no profile.
fn by_unicode(text: &str, mut add: impl FnMut(usize, usize) -> bool) {
    for (start, sentence) in text.split_sentence_bound_indices() {
        if !add(start, start + sentence.len()) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    #[test]
    fn paragraphs_are_counted_through_the_zones() {
        let text = "Port closes\nAdler left. Bell stayed.\n\nNobody spoke.\nRead on".to_owned();
        let zone = |start, end, kind| Zone { span: Span { start, end }, kind, rule: "test" };
        let zones = vec![zone(0, 11, ZoneKind::Headline), zone(12, 51, ZoneKind::Body), zone(52, 59, ZoneKind::Teaser)];
        let article = Article { text, zones, language: Some("en".into()), ..Article::default() };
        let found = of(&article).into_iter().map(|sentence| (sentence.zone, sentence.paragraph));
        let (head, body, teaser) = (ZoneKind::Headline, ZoneKind::Body, ZoneKind::Teaser);
        assert_eq!(found.collect::<Vec<_>>(), [(head, 0), (body, 1), (body, 1), (body, 2), (teaser, 3)]);
    }

    #[test]
    fn an_unknown_language_follows_unicode() {
        assert!(Splitter::of(Some("xx")).profile().is_none() && Splitter::of(None).profile().is_none());
        assert!(Splitter::of(Some("EN-us")).is_starter("However") && !Splitter::of(None).is_starter("However"));
    }

    #[test]
    fn a_paragraph_without_an_end_takes_no_more_than_its_time() {
        let splitter = Splitter::of(Some("en"));
        let begun = std::time::Instant::now();
        for piece in ["A. ", "a. \' ", "(Mr. ", "!\u{201d}Bc", "e.Ng", "Mr. \"", "1. x ", "x.[1]"] {
            let text = piece.repeat(200_000);
            splitter.split(&text, Span::whole(&text), &mut Vec::new());
        }
        assert!(begun.elapsed().as_secs() < 60, "by the square of the length it would take many minutes");
    }
}

//! Units of counting: the stretches of an article in which two actors are named together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::{
    Article, Sentence, Span, ZoneKind,
    sentence::{self, Splitter},
};

/// The stretch of text in which two actors count as named together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// One sentence.
    #[default]
    Sentence,
    /// One paragraph.
    Paragraph,
    /// A sentence and those before it, so many in all; a pair counts at every sentence that names one of the two while the
    /// other is named in it or in the sentences before it. `window:1` is [`Unit::Sentence`].
    Window(usize),
    /// The whole article: its counted zones.
    Article,
}

impl Unit {
    /// What `--unit` calls it.
    pub fn name(self) -> String {
        match self {
            Self::Sentence => "sentence".to_owned(),
            Self::Paragraph => "paragraph".to_owned(),
            Self::Window(size) => format!("window:{size}"),
            Self::Article => "article".to_owned(),
        }
    }

    /// The unit that `--unit` means by `name`: `sentence`, `paragraph`, `article` or `window:N` with N from 1 to 1000.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "sentence" => Some(Self::Sentence),
            "paragraph" => Some(Self::Paragraph),
            "article" => Some(Self::Article),
            _ => {
                let size = name.strip_prefix("window:")?.parse().ok()?;
                (1..=1000).contains(&size).then_some(Self::Window(size))
            }
        }
    }
}

/// A place where an actor is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Where.
    pub span: Span,
    /// Number of the actor in the article.
    pub actor: usize,
    /// Whether a pronoun stands for the name.
    pub pronoun: bool,
}

/// Where an actor is named in a stretch of text.
pub type Places = SmallVec<[Span; 1]>;

/// A stretch of text and who is named in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From its first to its last byte.
    pub span: Span,
    /// The actors named, in order, each with the places.
    pub cast: Vec<(usize, Places)>,
}

/// The most actors that a stretch of text names together: more are a list of names, and would outweigh all else.
pub const MOST_TOGETHER: usize = 50;

impl Stretch {
    fn is_crowded(&self) -> bool {
        self.cast.len() > MOST_TOGETHER
    }

    fn of(span: Span, named: &[Named]) -> Self {
        let mut places: SmallVec<[(usize, Span); 8]> = named.iter().map(|named| (named.actor, named.span)).collect();
        places.sort_unstable();
        let of_one = |places: &[(usize, Span)]| {
            places.first().map(|(actor, _)| (*actor, places.iter().map(|(_, span)| *span).collect()))
        };
        Self { span, cast: places.chunk_by(|one, next| one.0 == next.0).filter_map(of_one).collect() }
    }

    /// The actors named, in order.
    pub fn actors(&self) -> impl Iterator<Item = usize> {
        self.cast.iter().map(|(actor, _)| *actor)
    }
}

/// What an article's counted zones hold: who is named where.
pub(super) struct Cut {
    /// Sentences that name somebody, with the number of the sentence in the run of its zone; in order.
    sentences: Vec<(usize, Stretch)>,
    /// Paragraphs that name somebody, where these are the unit.
    paragraphs: Vec<Stretch>,
    /// How many sentences were cut.
    all: usize,
}

/// Cuts only those paragraphs that name somebody, and these up to the last name: all else makes no difference, unless the `whole`
/// is asked for. `named` is in order of the text.
pub(super) fn cut(article: &Article, zones: &[ZoneKind], named: &[Named], unit: Unit, whole: bool) -> Cut {
    let splitter = Splitter::of(article.language.as_deref());
    let mut cut = Cut { sentences: Vec::new(), paragraphs: Vec::new(), all: 0 };
    let (mut number, mut spans) = (0, Vec::new());
    for zone in article.zones.iter().filter(|zone| zones.contains(&zone.kind)) {
        let here = within(named, zone.span);
        let whole = (whole || matches!(unit, Unit::Window(_))) && !named.is_empty();
        if here.is_empty() && !whole {
            continue;
        }
        for paragraph in sentence::paragraphs(&article.text, zone.span) {
            let here = within(here, paragraph);
            if here.is_empty() && !whole {
                continue;
            }
            let last = here.last().filter(|_| !whole).map_or(paragraph.end, |last| last.span.end);
            splitter.split_to(&article.text, paragraph, last, &mut spans);
            for span in spans.drain(..) {
                let here = within(here, span);
                if !here.is_empty() {
                    cut.sentences.push((number, Stretch::of(span, here)));
                }
                number += 1;
            }
            if !here.is_empty() && unit == Unit::Paragraph {
                cut.paragraphs.push(Stretch::of(paragraph, here));
            }
        }
    }
    cut.all = number;
    cut
}

/// The same where all sentences are known already.
pub(super) fn cut_into(sentences: &[Sentence], zones: &[ZoneKind], named: &[Named], unit: Unit) -> Cut {
    let mut cut = Cut { sentences: Vec::new(), paragraphs: Vec::new(), all: 0 };
    let counted: Vec<&Sentence> = sentences.iter().filter(|sentence| zones.contains(&sentence.zone)).collect();
    cut.all = counted.len();
    for (number, sentence) in counted.iter().enumerate() {
        let here = within(named, sentence.span);
        if !here.is_empty() {
            cut.sentences.push((number, Stretch::of(sentence.span, here)));
        }
    }
    if unit == Unit::Paragraph {
        for paragraph in counted.chunk_by(|one, next| one.paragraph == next.paragraph) {
            let [first, ..] = paragraph else { continue };
            let span = Span { start: first.span.start, end: paragraph.last().map_or(0, |last| last.span.end) };
            let here = within(named, span);
            if !here.is_empty() {
                cut.paragraphs.push(Stretch::of(span, here));
            }
        }
    }
    cut
}

impl Cut {
    /// Sentences that name somebody.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &Stretch> {
        self.sentences.iter().map(|(_, stretch)| stretch)
    }

    /// Sentences and paragraphs that name too many to make pairs.
    pub(super) fn crowded(&self) -> usize {
        self.sentences().chain(&self.paragraphs).filter(|stretch| stretch.is_crowded()).count()
    }

    /// Sentences that name somebody, with their numbers among those that were cut, and whether they name too many to make pairs.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (u64, &Stretch, bool)> {
        self.sentences.iter().map(|(number, stretch)| (*number as u64, stretch, stretch.is_crowded()))
    }

    /// How many sentences were cut.
    pub(super) fn all(&self) -> u64 {
        self.all as u64
    }

    /// Who is named in each paragraph that names somebody, or in each window that ends at a sentence which does; none for other
    /// units, which are sentences or articles.
    pub(super) fn casts(&self, unit: Unit) -> Vec<BTreeSet<usize>> {
        let cast = |stretch: &Stretch| stretch.actors().collect::<BTreeSet<usize>>();
        match unit {
            Unit::Sentence | Unit::Article => Vec::new(),
            Unit::Paragraph => self.paragraphs.iter().map(cast).collect(),
            Unit::Window(size) => {
                let window = |(index, (_, last)): (usize, &(usize, Stretch))| {
                    self.reach(index, size).flat_map(cast).chain(cast(last)).collect()
                };
                self.sentences.iter().enumerate().map(window).collect()
            }
        }
    }

    /// The sentences that name somebody in the `size` - 1 sentences before the one of this index, the last first.
    fn reach(&self, index: usize, size: usize) -> impl Iterator<Item = &Stretch> {
        let number = self.sentences.get(index).map_or(0, |(number, _)| *number);
        let earlier = self.sentences.get(..index).unwrap_or_default();
        earlier.iter().rev().take_while(move |(at, _)| at + size > number).map(|(_, stretch)| stretch)
    }

    /// Paragraphs that name somebody, where these are the unit.
    pub(super) fn paragraphs(&self) -> &[Stretch] {
        &self.paragraphs
    }

    /// Every pair named together by `unit`, once for each time it counts, with the text that shows it.
    pub(super) fn pairs(&self, unit: Unit) -> Vec<Pair<'_>> {
        match unit {
            Unit::Sentence => self.sentences().flat_map(pairs_within).collect(),
            Unit::Paragraph => self.paragraphs.iter().flat_map(pairs_within).collect(),
            Unit::Window(size) => self.windows(size),
            Unit::Article => self.article(),
        }
    }

    fn windows(&self, size: usize) -> Vec<Pair<'_>> {
        let mut pairs = Vec::new();
        for (index, (_, last)) in self.sentences.iter().enumerate() {
            let mut found: BTreeMap<(usize, usize), Pair<'_>> =
                pairs_within(last).into_iter().map(|pair| (pair.actors, pair)).collect();
            for before in self.reach(index, size) {
                for pair in pairs_across(before, last) {
                    found.entry(pair.actors).or_insert(pair);
                }
            }
            pairs.extend(found.into_values());
        }
        pairs
    }

    /// One pair for each two actors, shown by the shortest stretch of sentences that names both.
    fn article(&self) -> Vec<Pair<'_>> {
        let mut best: BTreeMap<(usize, usize), Pair<'_>> = BTreeMap::new();
        let mut latest: BTreeMap<usize, &Stretch> = BTreeMap::new();
        for stretch in self.sentences() {
            let across = latest.values().flat_map(|before| pairs_across(before, stretch));
            for pair in pairs_within(stretch).into_iter().chain(across) {
                match best.get(&pair.actors) {
                    Some(known) if known.span.len() <= pair.span.len() => (),
                    _ => drop(best.insert(pair.actors, pair)),
                }
            }
            latest.extend(stretch.actors().map(|actor| (actor, stretch)));
        }
        best.into_values().collect()
    }
}

/// Two actors named together, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair<'c> {
    /// The smaller index first.
    pub(super) actors: (usize, usize),
    /// The text that shows it.
    pub(super) span: Span,
    /// Where the first actor is named in it, and where the second.
    pub(super) places: (&'c [Span], &'c [Span]),
}

fn pairs_within(stretch: &Stretch) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    if stretch.is_crowded() {
        return pairs;
    }
    let mut cast = stretch.cast.as_slice();
    while let [(a, first), others @ ..] = cast {
        pairs.extend(others.iter().map(|(b, second)| Pair {
            actors: (*a, *b),
            span: stretch.span,
            places: (first.as_slice(), second.as_slice()),
        }));
        cast = others;
    }
    pairs
}

fn pairs_across<'c>(before: &'c Stretch, last: &'c Stretch) -> Vec<Pair<'c>> {
    let mut pairs = Vec::new();
    if before.is_crowded() || last.is_crowded() {
        return pairs;
    }
    let span = Span { start: before.span.start, end: last.span.end };
    for (a, first) in &before.cast {
        for (b, second) in last.cast.iter().filter(|(b, _)| b != a) {
            let (actors, places) = if a < b { ((*a, *b), (first, second)) } else { ((*b, *a), (second, first)) };
            pairs.push(Pair { actors, span, places: (places.0, places.1) });
        }
    }
    pairs
}

/// The part of `named` (in order) that lies within `span`.
fn within(named: &[Named], span: Span) -> &[Named] {
    let from = named.partition_point(|it| it.span.start < span.start);
    let to = named.partition_point(|it| it.span.end <= span.end);
    named.get(from..to.max(from)).unwrap_or_default()
}

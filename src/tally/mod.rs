//! Whole-number counts of who is named and who with whom, with the evidence for each.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Article, Place, Roster, Span, ZoneKind, mention::Names, roster::Attributive};

mod detail;
mod unit;

pub use detail::{Detail, FAR, Need, Stratum};
pub use unit::{Named, Stretch, Unit};

/// How to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counting {
    /// Where two actors count as named together.
    pub unit: Unit,
    /// The zones that count, in order.
    pub zones: BTreeSet<ZoneKind>,
    /// How many evidences an edge keeps: all, or the so many smallest by digest of article and place.
    pub evidence: Option<usize>,
    /// What measures need beyond the usual counts.
    pub needs: BTreeSet<Need>,
}

impl Default for Counting {
    fn default() -> Self {
        Self { unit: Unit::Sentence, zones: BTreeSet::from([ZoneKind::Body]), evidence: None, needs: BTreeSet::new() }
    }
}

/// An article as evidence cites it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// The article's identifier.
    pub id: String,
    /// Where it was read.
    pub place: Place,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The rule that found the day of publication.
    pub published_by: Option<&'static str>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

impl Cited {
    fn of(article: &Article) -> Self {
        Self {
            published: article.published,
            id: article.id.clone(),
            place: article.place.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            published_by: article.published_by,
            byline: article.byline.clone(),
            language: article.language.clone(),
        }
    }
}

/// A stretch of text that names both ends of a pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The article.
    pub article: Arc<Cited>,
    /// Its place in the article's text.
    pub span: Span,
    /// The words.
    pub text: String,
    /// Where the one actor is named (the smaller index), and where the other; bytes of the article's text.
    pub places: (Vec<Span>, Vec<Span>),
}

/// Counts of one actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActorTally {
    /// Places that name the actor in counted zones, without attributive ones unless they count.
    pub mentions: u64,
    /// Attributive places ("the Trump administration") in counted zones.
    pub attributive: u64,
    /// Sentences that name the actor.
    pub sentences: u64,
    /// Articles that name the actor.
    pub articles: u64,
}

/// Counts of one pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairTally {
    /// How often the two are named together, in units of [`Counting::unit`].
    pub weight: u64,
    /// Sentences that name both.
    pub sentences: u64,
    /// Articles in which they are named together.
    pub articles: u64,
    /// Day of the first dated article among these.
    pub first: Option<NaiveDate>,
    /// Day of the last.
    pub last: Option<NaiveDate>,
    /// What shows it, by digest of article and place.
    pub evidence: BTreeMap<u128, Evidence>,
}

/// Units that name at least one actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Naming {
    /// Sentences.
    pub sentences: u64,
    /// Articles.
    pub articles: u64,
}

/// Counts over any number of articles.
///
/// Tallies form a commutative monoid under [`Tally::merge`]: any split of a corpus, merged in any order, gives the same tally.
/// Only whole numbers are kept, so this holds to the last bit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles counted.
    pub articles: u64,
    /// By actor.
    pub actors: BTreeMap<usize, ActorTally>,
    /// By pair of actors, the smaller index first.
    pub pairs: BTreeMap<(usize, usize), PairTally>,
    /// What [`Counting::needs`] asks for, by pair that shares an article.
    pub details: BTreeMap<(usize, usize), Detail>,
    /// Units that name somebody.
    pub naming: Naming,
    /// Mentions that several actors share and nothing decides.
    pub ambiguous: u64,
    /// Mentions outside the counted zones, by zone.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Names that match and are somebody or something else, by rule.
    pub ignored: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Counts one article.
    pub fn add(&mut self, article: &Article, names: &Names, roster: &Roster, counting: &Counting) {
        self.articles += 1;
        for ignored in &names.ignored {
            *self.ignored.entry(ignored.rule).or_default() += 1;
        }
        let counted = self.counted(article, names, roster, counting);
        if counted.is_empty() {
            return;
        }
        let zones: Vec<ZoneKind> = counting.zones.iter().copied().collect();
        let whole = detail::needs_all_sentences(&counting.needs);
        let cut = unit::cut(article, &zones, &counted, counting.unit, whole);
        self.naming.articles += 1;
        for sentence in cut.sentences() {
            self.naming.sentences += 1;
            for actor in sentence.cast.keys() {
                self.actors.entry(*actor).or_default().sentences += 1;
            }
        }
        self.add_pairs(article, &cut, counting);
        detail::count(&mut self.details, &cut, &counting.needs);
    }

    /// The mentions that count, in order; all others are booked with the reason.
    fn counted(&mut self, article: &Article, names: &Names, roster: &Roster, counting: &Counting) -> Vec<Named> {
        let mut counted = Vec::new();
        for mention in &names.mentions {
            let zone = article.zone_of(mention.span);
            if !zone.is_some_and(|kind| counting.zones.contains(&kind)) {
                *self.left_out.entry(zone.map_or("unread", ZoneKind::name)).or_default() += 1;
                continue;
            }
            let Some(actor) = mention.actor else {
                self.ambiguous += 1;
                continue;
            };
            let mode = roster.actors.get(actor).map_or(Attributive::Separate, |listed| listed.attributive);
            match (mention.attributive, mode) {
                (true, Attributive::Separate) => self.actors.entry(actor).or_default().attributive += 1,
                (true, Attributive::Drop) => (),
                _ => {
                    self.actors.entry(actor).or_default().mentions += 1;
                    counted.push(Named { span: mention.span, actor });
                }
            }
        }
        let present: BTreeSet<usize> = counted.iter().map(|it| it.actor).collect();
        for actor in present {
            self.actors.entry(actor).or_default().articles += 1;
        }
        counted
    }

    fn add_pairs(&mut self, article: &Article, cut: &unit::Cut, counting: &Counting) {
        let pairs = cut.pairs(counting.unit);
        if pairs.is_empty() {
            return;
        }
        let cited = Arc::new(Cited::of(article));
        let mut met = BTreeSet::new();
        for pair in pairs {
            let tally = self.pairs.entry(pair.actors).or_default();
            tally.weight += 1;
            tally.sentences += u64::from(counting.unit == Unit::Sentence);
            if met.insert(pair.actors) {
                tally.articles += 1;
                tally.date(article.published);
            }
            let key = digest(&cited, pair.span);
            if tally.keeps(key, counting.evidence) {
                let (span, text) = (pair.span, pair.span.of(&article.text).to_owned());
                let evidence = Evidence { article: Arc::clone(&cited), span, text, places: pair.places };
                tally.evidence.insert(key, evidence);
                tally.trim(counting.evidence);
            }
        }
        let others = if counting.unit == Unit::Sentence { Vec::new() } else { cut.pairs(Unit::Sentence) };
        for pair in others {
            if let Some(tally) = self.pairs.get_mut(&pair.actors) {
                tally.sentences += 1;
            }
        }
    }

    /// The counts of both; `counting` as they were counted.
    #[must_use]
    pub fn merge(mut self, other: Self, counting: &Counting) -> Self {
        self.articles += other.articles;
        self.ambiguous += other.ambiguous;
        self.naming.sentences += other.naming.sentences;
        self.naming.articles += other.naming.articles;
        for (pair, detail) in other.details {
            self.details.entry(pair).or_default().merge(detail);
        }
        for (actor, counts) in other.actors {
            self.actors.entry(actor).or_default().merge(counts);
        }
        for (pair, counts) in other.pairs {
            self.pairs.entry(pair).or_default().merge(counts, counting.evidence);
        }
        for (zone, count) in other.left_out {
            *self.left_out.entry(zone).or_default() += count;
        }
        for (rule, count) in other.ignored {
            *self.ignored.entry(rule).or_default() += count;
        }
        self
    }
}

impl ActorTally {
    fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.attributive += other.attributive;
        self.sentences += other.sentences;
        self.articles += other.articles;
    }
}

impl PairTally {
    fn merge(&mut self, other: Self, keep: Option<usize>) {
        self.weight += other.weight;
        self.sentences += other.sentences;
        self.articles += other.articles;
        self.date(other.first);
        self.date(other.last);
        self.evidence.extend(other.evidence);
        self.trim(keep);
    }

    fn date(&mut self, day: Option<NaiveDate>) {
        self.first = self.first.into_iter().chain(day).min();
        self.last = self.last.into_iter().chain(day).max();
    }

    /// Whether evidence of this digest would be kept.
    fn keeps(&self, key: u128, keep: Option<usize>) -> bool {
        let full = keep.is_some_and(|keep| self.evidence.len() >= keep);
        !full || self.evidence.last_key_value().is_some_and(|(last, _)| key < *last)
    }

    fn trim(&mut self, keep: Option<usize>) {
        while keep.is_some_and(|keep| self.evidence.len() > keep) {
            self.evidence.pop_last();
        }
    }
}

/// The same for the same article and place, whatever was read before.
fn digest(article: &Cited, span: Span) -> u128 {
    let mut hasher = blake3::Hasher::new();
    let place = &article.place;
    for part in [article.id.as_bytes(), place.path.as_bytes()] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    for number in [place.line.unwrap_or(0), place.byte.unwrap_or(0), span.start as u64, span.end as u64] {
        hasher.update(&number.to_le_bytes());
    }
    let mut digest = [0; 16];
    hasher.finalize_xof().fill(&mut digest);
    u128::from_be_bytes(digest)
}

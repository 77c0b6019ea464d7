//! Whole-number counts of who is named and who with whom, with the evidence for each.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use crate::{
    Article, Place, Roster, Span, ZoneKind,
    mention::{Gender, Names, Who},
    story::StoryId,
};

mod copies;
mod day;
mod detail;
mod packed;
mod row;
mod unit;

pub use copies::{Copies, Copy, Story, Told};
pub use day::{ActorDay, Days, PairDay, Sum, Volume};
pub use detail::{Detail, FAR, Need, Stratum};
pub use row::{Line, Meeting, Proof, Row};
pub use unit::{MOST_TOGETHER, Named, Places, Stretch, Unit};

/// How to count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// Where two actors count as named together.
    pub unit: Unit,
    /// The zones that count, in order.
    pub zones: BTreeSet<ZoneKind>,
    /// How many evidences an edge keeps: all, or the so many smallest by digest of article and place.
    pub evidence: Option<usize>,
    /// What measures need beyond the usual counts.
    pub needs: BTreeSet<Need>,
    /// What copies of one story count.
    pub copies: Copies,
}

impl Default for Counting {
    fn default() -> Self {
        Self {
            unit: Unit::Sentence,
            zones: BTreeSet::from([ZoneKind::Body]),
            evidence: None,
            needs: BTreeSet::new(),
            copies: Copies::Fold,
        }
    }
}

/// An article as evidence cites it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cited {
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// The article's identifier.
    pub id: String,
    /// Where it was read.
    #[serde(with = "whole_place")]
    pub place: Place,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The rule that found the day of publication.
    pub published_by: Option<Cow<'static, str>>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

impl Cited {
    fn digest(&self) -> u128 {
        article_digest(&self.id, &self.place, [&self.title, &self.outlet, &self.url])
    }

    fn of(article: &Article) -> Self {
        Self {
            published: article.published,
            id: article.id.clone(),
            place: article.place.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            published_by: article.published_by.map(Cow::Borrowed),
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
    /// Where the first actor of the pair is named, and where the second; bytes of the article's text.
    pub places: (Places, Places),
    /// Whether a pronoun stands for one of the two.
    pub pronoun: bool,
    /// The story that it is of, where others tell it, too.
    pub story: Option<Arc<Story>>,
}

/// Counts of one actor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorTally {
    /// Places that name the actor in counted zones, without attributive ones unless they count.
    pub mentions: u64,
    /// Pronouns that stand for it in counted zones.
    pub pronouns: u64,
    /// Attributive places ("the Trump administration") in counted zones.
    pub attributive: u64,
    /// Sentences that name the actor.
    pub sentences: u64,
    /// Articles that name the actor, copies of a story each, exact copies once.
    pub articles: u64,
    /// Stories that name the actor.
    pub stories: u64,
    /// Units that name the actor, where these are paragraphs or windows.
    pub units: u64,
    /// The same by day, as far as it is dated.
    pub days: Days<ActorDay>,
}

/// Counts of one pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairTally {
    /// How often the two are named together, in units of [`Counting::unit`].
    pub weight: u64,
    /// Sentences that name both.
    pub sentences: u64,
    /// Articles in which they are named together, copies of a story each, exact copies once.
    pub articles: u64,
    /// Stories in which they are named together.
    pub stories: u64,
    /// How often more, in the same units, if a pronoun may stand for a name.
    pub pronouns: u64,
    /// Day of the first dated article in which they are named together.
    pub first: Option<NaiveDate>,
    /// Day of the last.
    pub last: Option<NaiveDate>,
    /// The same by day, as far as it is dated.
    pub days: Days<PairDay>,
    /// What shows it, by digest of article and place.
    #[serde(skip)]
    pub evidence: BTreeMap<u128, Evidence>,
    /// The greatest digest of [`PairTally::evidence`] where no more of it is kept: asked for at every sentence, and far in the tree.
    #[serde(skip)]
    greatest: Option<u128>,
}

/// What does not count: as found in each article, copies too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Mentions that several actors share and nothing decides.
    pub ambiguous: u64,
    /// Sentences and paragraphs that name more than [`MOST_TOGETHER`] actors and make no pairs.
    pub crowded: u64,
    /// Mentions outside the counted zones, by zone (none where a text has none there) and actor (none where several share it).
    pub left_out: BTreeMap<(Option<ZoneKind>, Option<Who>), u64>,
    /// Names that match and are somebody or something else, by rule.
    pub ignored: BTreeMap<Cow<'static, str>, u64>,
}

/// The names by which an actor was seen, where names are discovered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Each way to write it, with the places that write it so.
    pub names: BTreeMap<String, u64>,
    /// Its fullest name in an article, with the articles that know it so; empty for listed actors.
    pub labels: BTreeMap<String, u64>,
    /// What titles before its names tell; empty for listed actors.
    pub titles: BTreeSet<Gender>,
    /// Digests of the articles in which it stands beside others, at least one of them unlisted: two that stand in one article are
    /// told apart there, and no join may make them one.
    pub beside: BTreeSet<u64>,
    /// A sentence that names the actor: that of the smallest digest of article and place.
    pub example: Option<(u128, String)>,
}

/// A row made ready to be entered into a tally: what needs no other article is done, on any thread.
#[derive(Clone, Debug)]
pub struct Entry {
    aside: Aside,
    seen: Vec<(Who, Seen)>,
    counts: Counts,
}

/// What an entry counts.
#[derive(Clone, Debug)]
enum Counts {
    /// At once.
    Alone(Row),
    /// Once the copies of its story are known.
    Told(StoryId, Told),
}

impl Entry {
    /// What `row` enters.
    pub fn of(mut row: Row, counting: &Counting) -> Self {
        let (aside, seen) = (std::mem::take(&mut row.aside), std::mem::take(&mut row.seen));
        let counts = if counting.copies == Copies::Fold && !row.actors.is_empty() {
            let (words, told) = Told::of(row);
            Counts::Told(words, told)
        } else {
            Counts::Alone(row)
        };
        Self { aside, seen, counts }
    }

    /// Bytes in memory that [`Tally::put_aside`] would free.
    pub fn told_bytes(&self) -> usize {
        if let Counts::Told(_, told) = &self.counts { told.bytes() } else { 0 }
    }
}

/// Counts over any number of articles.
///
/// Listed actors count under their index in the roster, all others under their kind and the folded name by which each article
/// knows them best ([`Who`]): keys that need no other article. Which of these names are one actor is decided over the whole run,
/// in [`Network::new`](crate::Network::new).
///
/// Tallies form a commutative monoid under [`Tally::merge`]: any split of a corpus, merged in any order, gives the same tally.
/// Only whole numbers are kept, so this holds to the last bit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What articles tell, by the digest of their words, until copies are folded ([`Tally::folded`]): none of it is in the counts
    /// before.
    pub told: BTreeMap<StoryId, Told>,
    /// Stories that several articles tell, where copies were folded and the story makes an edge.
    pub stories: BTreeSet<Story>,
    /// How much was counted.
    pub volume: Volume,
    /// The same by day, as far as it is dated.
    pub days: Days<Volume>,
    /// Units that name an actor, where these are paragraphs or windows.
    pub units: u64,
    /// By actor.
    pub actors: BTreeMap<Who, ActorTally>,
    /// By pair of actors, the smaller first.
    pub pairs: BTreeMap<(Who, Who), PairTally>,
    /// What [`Counting::needs`] asks for, by pair that shares a story.
    pub details: BTreeMap<(Who, Who), Detail>,
    /// By actor, in articles whose names were discovered; as found in each article, copies too.
    pub seen: BTreeMap<Who, Seen>,
    /// What does not count.
    pub aside: Aside,
    /// Articles whose counts were put aside ([`Tally::put_aside`]) and could not be read again.
    pub lost: u64,
}

impl Tally {
    /// Counts one article; the digest of its words where it names somebody and copies are to be found.
    ///
    /// With [`Copies::Fold`] what it counts stands under [`Tally::told`] until [`Tally::folded`].
    pub fn add(&mut self, article: &Article, names: &Names, roster: &Roster, counting: &Counting) -> Option<StoryId> {
        self.enter(Entry::of(Row::of(article, names, roster, counting), counting), counting)
    }

    /// Counts what one article counts: as [`Tally::add`] of the article.
    pub fn enter(&mut self, entry: Entry, counting: &Counting) -> Option<StoryId> {
        self.aside.merge(entry.aside);
        for (who, seen) in entry.seen {
            self.seen.entry(who).or_default().merge(seen);
        }
        match entry.counts {
            Counts::Alone(row) => self.add_article(row, None, counting),
            Counts::Told(words, told) => {
                self.tell(words, told);
                return Some(words);
            }
        }
        None
    }

    /// Counts an article that names nobody.
    pub fn add_nobody(&mut self, published: Option<NaiveDate>) {
        self.add_volume(published, Volume { articles: 1, stories: 1, ..Volume::default() });
    }

    fn add_volume(&mut self, day: Option<NaiveDate>, volume: Volume) {
        self.volume.add(volume);
        day::add(&mut self.days, day.map(|day| (day, volume)));
    }

    /// The counts of both; `counting` as they were counted.
    #[must_use]
    pub fn merge(mut self, other: Self, counting: &Counting) -> Self {
        self.volume.add(other.volume);
        self.units += other.units;
        day::add(&mut self.days, other.days);
        for (pair, detail) in other.details {
            self.details.entry(pair).or_default().merge(detail);
        }
        for (actor, counts) in other.actors {
            self.actors.entry(actor).or_default().merge(counts);
        }
        for (pair, counts) in other.pairs {
            self.pairs.entry(pair).or_default().merge(counts, counting.evidence);
        }
        for (who, seen) in other.seen {
            self.seen.entry(who).or_default().merge(seen);
        }
        self.stories.extend(other.stories);
        for (words, told) in other.told {
            self.tell(words, told);
        }
        self.aside.merge(other.aside);
        self.lost += other.lost;
        self
    }

    /// Bytes in memory that [`Tally::put_aside`] would free.
    pub fn told_bytes(&self) -> usize {
        self.told.values().map(Told::bytes).sum()
    }
}

impl Aside {
    /// Adds what does not count elsewhere.
    pub fn merge(&mut self, other: Self) {
        self.ambiguous += other.ambiguous;
        self.crowded += other.crowded;
        for (place, count) in other.left_out {
            *self.left_out.entry(place).or_default() += count;
        }
        for (rule, count) in other.ignored {
            *self.ignored.entry(rule).or_default() += count;
        }
    }
}

impl Seen {
    /// The names and the example of both.
    pub fn merge(&mut self, other: Self) {
        for (name, count) in other.names {
            *self.names.entry(name).or_default() += count;
        }
        for (label, count) in other.labels {
            *self.labels.entry(label).or_default() += count;
        }
        self.titles.extend(other.titles);
        self.beside.extend(other.beside);
        self.show(other.example);
    }

    /// The commonest of its fullest names, the first of these in order.
    pub fn label(&self) -> Option<&str> {
        let most = self.labels.values().max()?;
        self.labels.iter().find(|(_, count)| *count == most).map(|(label, _)| label.as_str())
    }

    fn show(&mut self, example: Option<(u128, String)>) {
        self.example = self.example.take().into_iter().chain(example).min();
    }
}

impl ActorTally {
    /// The counts of both, which share no article.
    pub fn merge(&mut self, other: Self) {
        self.count(&other, None);
        day::add(&mut self.days, other.days);
    }

    /// Adds what one story of that day counts.
    fn count(&mut self, story: &Self, day: Option<NaiveDate>) {
        let Self { mentions, pronouns, attributive, sentences, articles, stories, units, days: _ } = *story;
        self.mentions += mentions;
        self.pronouns += pronouns;
        self.attributive += attributive;
        self.sentences += sentences;
        self.articles += articles;
        self.stories += stories;
        self.units += units;
        let counts = ActorDay { mentions, sentences, articles, stories };
        day::add(&mut self.days, day.filter(|_| counts != ActorDay::default()).map(|day| (day, counts)));
    }
}

impl PairTally {
    /// The counts of both, which share no article; as many evidences as are to be kept.
    pub fn merge(&mut self, other: Self, keep: Option<usize>) {
        self.count(&other, None);
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.into_iter().chain(other.last).max();
        day::add(&mut self.days, other.days);
        self.evidence.extend(other.evidence);
        self.trim(keep);
    }

    /// Adds what one story of that day counts, without evidence.
    fn count(&mut self, story: &Self, day: Option<NaiveDate>) {
        let Self { weight, sentences, articles, stories, pronouns, .. } = *story;
        self.weight += weight;
        self.sentences += sentences;
        self.articles += articles;
        self.stories += stories;
        self.pronouns += pronouns;
        let counts = PairDay { weight, sentences, articles, stories };
        if let Some(day) = day.filter(|_| counts != PairDay::default()) {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = self.last.max(Some(day));
            self.days.entry(day).or_default().add(counts);
        }
    }

    /// Puts the second actor of the pair first.
    pub fn turn(&mut self) {
        for evidence in self.evidence.values_mut() {
            std::mem::swap(&mut evidence.places.0, &mut evidence.places.1);
        }
    }

    /// Keeps evidence of this digest if it is among the so many smallest.
    fn show(&mut self, digest: u128, keep: Option<usize>, evidence: impl FnOnce() -> Evidence) {
        if self.greatest.is_none_or(|greatest| digest < greatest) {
            self.evidence.insert(digest, evidence());
            self.trim(keep);
        }
    }

    fn trim(&mut self, keep: Option<usize>) {
        while keep.is_some_and(|keep| self.evidence.len() > keep) {
            self.evidence.pop_last();
        }
        let full = keep.is_some_and(|keep| self.evidence.len() == keep);
        self.greatest = full.then(|| self.evidence.last_key_value().map_or(0, |(greatest, _)| *greatest));
    }
}

/// The same for the same article; eight bytes keep the memory of millions small.
fn short_digest(article: &Article) -> u64 {
    u64::try_from(article_digest(&article.id, &article.place, [&None; 3]) >> 64).unwrap_or_default()
}

/// The same for the same article, whatever was read before.
fn article_digest(id: &str, place: &Place, told: [&Option<String>; 3]) -> u128 {
    let told = told.map(|fact| fact.as_deref().unwrap_or_default());
    let mut words = Vec::with_capacity(256);
    for part in [id, &place.path].into_iter().chain(told) {
        words.extend_from_slice(&(part.len() as u64).to_le_bytes());
        words.extend_from_slice(part.as_bytes());
    }
    for number in [place.line.unwrap_or(0), place.byte.unwrap_or(0)] {
        words.extend_from_slice(&number.to_le_bytes());
    }
    digest(&words)
}

/// The same for the same place and words of the same article. The words tell articles apart whose place and identifier are the same,
/// as of two members of one name in an archive.
fn evidence_digest(article: u128, span: Span, words: &str) -> u128 {
    let place = u128::from(span.start as u64) << 64 | u128::from(span.end as u64);
    let told = [article, place, XxHash3_128::oneshot(words.as_bytes())].map(u128::to_le_bytes);
    digest(told.as_flattened())
}

fn digest(bytes: &[u8]) -> u128 {
    let digest = blake3::hash(bytes);
    digest.as_bytes().first_chunk().map_or(0, |first| u128::from_be_bytes(*first))
}

/// A place with all its parts, whether they are known or not: for formats without names of fields.
mod whole_place {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::Place;

    pub(super) fn serialize<S: Serializer>(place: &Place, to: S) -> Result<S::Ok, S::Error> {
        (&place.path, place.line, place.byte).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Place, D::Error> {
        let (path, line, byte) = Deserialize::deserialize(from)?;
        Ok(Place { path, line, byte })
    }
}

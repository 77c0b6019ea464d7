//! Copies of one story count once: what an article tells is kept by its words until the run is over.
//!
//! Of an article that names somebody, the digest of its words and its counts of actors are kept; of one that makes an edge, its
//! signature and the sentences that show the edge as well; of all others nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde::Serialize;

use super::{ActorTally, Cited, Counting, Evidence, PairTally, Tally, Unit, Whose, digest, unit::Cut};
use crate::{
    Article, Place, Roster, Span,
    mention::{Names, Who},
    story::{self, Signature, StoryId},
};

/// What copies of one story count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copies {
    /// Once.
    #[default]
    Fold,
    /// As often as there are copies.
    Count,
}

/// A story of several articles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Story {
    /// The smallest digest of the words of its copies, 32 hexadecimal digits.
    pub story: String,
    /// How many articles tell it.
    pub copies: u64,
    /// These, the earliest first, undated ones last.
    pub articles: Vec<Copy>,
}

/// An article that tells a story which others tell, too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Copy {
    /// The article's identifier.
    pub id: String,
    /// Where it was read.
    #[serde(flatten)]
    pub place: Place,
    /// The day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<NaiveDate>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

impl Story {
    fn of(id: StoryId, group: &[Told]) -> Self {
        let mut cited: Vec<&Arc<Cited>> = group.iter().flat_map(|told| &told.cited).collect();
        cited.sort_by_key(|cited| rank(cited));
        let copy = |cited: &&Arc<Cited>| Copy {
            id: cited.id.clone(),
            place: cited.place.clone(),
            published: cited.published,
            outlet: cited.outlet.clone(),
        };
        let copies = group.iter().map(|told| told.copies).sum();
        Self { story: story::shown(id), copies, articles: cited.iter().map(copy).collect() }
    }

    /// Who published it, sorted, each once.
    pub fn outlets(&self) -> BTreeSet<&str> {
        self.articles.iter().filter_map(|copy| copy.outlet.as_deref()).collect()
    }
}

/// Dated articles first, by day, then by digest: a story is cited from the first of its copies.
type Rank = (bool, Option<NaiveDate>, u128);

fn rank(cited: &Cited) -> Rank {
    (cited.published.is_none(), cited.published, digest(cited, Span { start: 0, end: 0 }))
}

/// What articles of the same words tell: the counts of the earliest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    rank: Rank,
    copies: u64,
    /// The articles, where they make an edge, in order.
    cited: Vec<Arc<Cited>>,
    actors: Vec<(Who, ActorTally)>,
    meeting: Option<Box<Meeting>>,
}

/// What an article that makes an edge tells.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Meeting {
    signature: Signature,
    /// The words of the sentences that name an actor.
    sentences: Sentences,
    pairs: Vec<Pair>,
}

/// A pair in one article: its counts, and what shows them. Lists, as maps of few take much more memory.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    actors: (Who, Who),
    counts: PairTally,
    evidence: Vec<(u128, Evidence)>,
}

/// Every actor with the digest of a sentence that names it, once for each time that the sentence stands there; in order.
pub(super) type Sentences = Vec<(Who, StoryId)>;

/// The sentences of `cut` by actor.
pub(super) fn sentences(article: &Article, whose: Whose<'_>, cut: &Cut) -> Sentences {
    let mut sentences = Sentences::new();
    for sentence in cut.sentences() {
        let words = story::same_words(sentence.span.of(&article.text));
        for actor in sentence.cast.keys() {
            sentences.push((whose.who(*actor), words));
        }
    }
    sentences.sort();
    sentences.shrink_to_fit();
    sentences
}

fn pair((actors, mut counts): ((Who, Who), PairTally)) -> Pair {
    let mut evidence: Vec<(u128, Evidence)> = std::mem::take(&mut counts.evidence).into_iter().collect();
    evidence.sort_by_key(|(_, shown)| shown.span);
    Pair { actors, counts, evidence }
}

impl Told {
    /// The same words again: the earlier article tells.
    fn merge(self, other: Self) -> Self {
        let (mut first, second) = if other.rank < self.rank { (other, self) } else { (self, other) };
        first.copies += second.copies;
        first.cited.extend(second.cited);
        first.cited.sort();
        first
    }
}

impl Tally {
    /// Counts one article; the digest of its words where it names somebody and copies are to be found.
    ///
    /// With [`Copies::Fold`] what it counts stands under [`Tally::told`] until [`Tally::folded`].
    pub fn add(&mut self, article: &Article, names: &Names, roster: &Roster, counting: &Counting) -> Option<StoryId> {
        if counting.copies == Copies::Count {
            self.count(article, names, roster, counting);
            return None;
        }
        let mut one = Self::default();
        let every = Counting { evidence: None, ..counting.clone() };
        let sentences = one.count(article, names, roster, &every);
        let (actors, pairs) = (std::mem::take(&mut one.actors), std::mem::take(&mut one.pairs));
        *self = std::mem::take(self).merge(one, counting);
        if actors.is_empty() {
            return None;
        }
        let cited = Cited::of(article);
        let rank = rank(&cited);
        let meets = !pairs.is_empty();
        let signature = if meets { Signature::of(article) } else { Signature::of_words(article) };
        // Articles without a body have no words in common.
        let words = if signature.runs == 0 { rank.2 } else { signature.words };
        let told = Told {
            rank,
            copies: 1,
            cited: meets.then(|| Arc::new(cited)).into_iter().collect(),
            actors: actors.into_iter().collect(),
            meeting: meets
                .then(|| Box::new(Meeting { signature, sentences, pairs: pairs.into_iter().map(pair).collect() })),
        };
        self.tell(words, told);
        Some(words)
    }

    pub(super) fn tell(&mut self, words: StoryId, told: Told) {
        let told = match self.told.remove(&words) {
            Some(known) => known.merge(told),
            None => told,
        };
        self.told.insert(words, told);
    }

    /// The same with every story counted once; nothing stands under [`Tally::told`] any more, so this comes after all merging.
    ///
    /// Of a story of several articles count: the sentences of all, the same sentence once (as often as in the copy that has it
    /// most often); mentions as in the copy that has most; as its day, that of the earliest copy. With [`Unit::Window`] and
    /// [`Unit::Article`] a pair counts as in the copy that counts it most often.
    #[must_use]
    pub fn folded(mut self, counting: &Counting) -> Self {
        let told: Vec<Told> = std::mem::take(&mut self.told).into_values().collect();
        self.articles -= told.iter().map(|told| told.copies - 1).sum::<u64>();
        let (meeting, alone): (Vec<Told>, Vec<Told>) = told.into_iter().partition(|told| told.meeting.is_some());
        for (who, counts) in alone.into_iter().flat_map(|told| told.actors) {
            self.actors.entry(who).or_default().merge(counts);
        }
        let signatures: Vec<&Signature> =
            meeting.iter().filter_map(|told| told.meeting.as_ref()).map(|it| &it.signature).collect();
        let found = story::stories(&signatures);
        let mut groups: BTreeMap<(StoryId, usize), Vec<Told>> = BTreeMap::new();
        for (number, (told, id)) in meeting.into_iter().zip(found).enumerate() {
            // Articles without words are no copies of each other.
            let wordless = told.meeting.as_ref().is_some_and(|it| it.signature.runs == 0);
            groups.entry((id, if wordless { number + 1 } else { 0 })).or_default().push(told);
        }
        for ((id, _), group) in groups {
            self.add_story(id, group, counting);
        }
        self
    }

    fn add_story(&mut self, id: StoryId, mut group: Vec<Told>, counting: &Counting) {
        group.sort_by_key(|told| told.rank);
        let day = group.first().and_then(|told| told.rank.1);
        let story = Story::of(id, &group);
        let copied = (story.copies > 1).then(|| Arc::new(story));
        let (actors, pairs) = united(group, counting.unit);
        for (who, counts) in actors {
            self.actors.entry(who).or_default().merge(counts);
        }
        for (pair, mut counts) in pairs {
            (counts.first, counts.last) = (day, day);
            for evidence in counts.evidence.values_mut() {
                evidence.story.clone_from(&copied);
            }
            self.pairs.entry(pair).or_default().merge(counts, counting.evidence);
        }
        self.stories.extend(copied.map(Arc::unwrap_or_clone));
    }
}

type Counts = (BTreeMap<Who, ActorTally>, BTreeMap<(Who, Who), PairTally>);

/// What the copies of one story count together; they are in order of their rank.
fn united(group: Vec<Told>, unit: Unit) -> Counts {
    let mut actors: BTreeMap<Who, ActorTally> = BTreeMap::new();
    let mut sentences: BTreeMap<(Who, StoryId), u64> = BTreeMap::new();
    let mut pairs: BTreeMap<(Who, Who), Vec<Pair>> = BTreeMap::new();
    for told in group {
        for (who, counts) in told.actors {
            actors.entry(who).or_default().unite(counts);
        }
        let Some(meeting) = told.meeting else { continue };
        for same in meeting.sentences.chunk_by(|one, next| one == next) {
            let Some(sentence) = same.first() else { continue };
            let most = sentences.entry(sentence.clone()).or_default();
            *most = (same.len() as u64).max(*most);
        }
        for pair in meeting.pairs {
            pairs.entry(pair.actors.clone()).or_default().push(pair);
        }
    }
    for counts in actors.values_mut() {
        counts.sentences = 0;
    }
    for ((who, _), times) in sentences {
        actors.entry(who).or_default().sentences += times;
    }
    (actors, pairs.into_iter().map(|(pair, copies)| (pair, united_pair(copies, unit))).collect())
}

impl ActorTally {
    /// The counts of two copies of one story.
    fn unite(&mut self, other: Self) {
        self.mentions = self.mentions.max(other.mentions);
        self.pronouns = self.pronouns.max(other.pronouns);
        self.attributive = self.attributive.max(other.attributive);
        self.articles += other.articles;
    }
}

fn united_pair(copies: Vec<Pair>, unit: Unit) -> PairTally {
    if copies.len() == 1 {
        return strongest(copies);
    }
    let articles = copies.iter().map(|copy| copy.counts.articles).sum();
    let sentences = copies.iter().map(|copy| copy.counts.sentences).max().unwrap_or(0);
    let mut united = match unit {
        Unit::Sentence | Unit::Paragraph => each_text_once(copies),
        Unit::Window(_) | Unit::Article => strongest(copies),
    };
    united.articles = articles;
    united.stories = 1;
    united.sentences = if unit == Unit::Sentence { united.weight } else { sentences };
    united
}

/// The first of those that count most.
fn strongest(copies: Vec<Pair>) -> PairTally {
    let strength = |pair: &Pair| (pair.counts.weight, pair.counts.pronouns);
    let best = copies.into_iter().reduce(|best, next| if strength(&next) > strength(&best) { next } else { best });
    best.map(|best| PairTally { evidence: best.evidence.into_iter().collect(), ..best.counts }).unwrap_or_default()
}

/// Every stretch of text once, as often as in the copy that has it most often; shown from the first copy that has it.
fn each_text_once(copies: Vec<Pair>) -> PairTally {
    let mut united = PairTally::default();
    let mut known: BTreeMap<(bool, StoryId), u64> = BTreeMap::new();
    for copy in copies {
        let mut here: BTreeMap<(bool, StoryId), u64> = BTreeMap::new();
        for (key, evidence) in copy.evidence {
            let words = (evidence.pronoun, story::same_words(&evidence.text));
            let times = here.entry(words).or_default();
            *times += 1;
            let most = known.entry(words).or_default();
            if times > most {
                *most = *times;
                let count = if evidence.pronoun { &mut united.pronouns } else { &mut united.weight };
                *count += 1;
                united.evidence.insert(key, evidence);
            }
        }
    }
    united
}

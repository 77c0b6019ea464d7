//! Copies of one story count once: what an article tells is kept by its words until the run is over.
//!
//! Of an article that names somebody, the digest of its words and its counts of actors are kept; of one that makes an edge, its
//! signature and the sentences that show the edge as well; of all others nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::packed::{self, Packed};
use super::{
    ActorTally, Cited, Counting, Evidence, Meeting, PairTally, Proof, Row, Tally, Unit, Volume, article_digest, detail,
    evidence_digest,
};
use crate::{
    Place, Span,
    mention::Who,
    story::{self, Signature, StoryId},
};

/// What copies of one story count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    fn of(id: StoryId, group: &[(Told, Row)]) -> Self {
        let mut articles: Vec<Copy> = group.iter().map(|(_, row)| Copy::of(&row.cited)).collect();
        articles.extend(group.iter().flat_map(|(told, _)| told.others.iter().cloned()));
        articles.sort_by_cached_key(|copy| rank(copy.published, &copy.id, &copy.place));
        Self { story: story::shown(id), copies: articles.len() as u64, articles }
    }

    /// Who published it, sorted, each once.
    pub fn outlets(&self) -> BTreeSet<&str> {
        self.articles.iter().filter_map(|copy| copy.outlet.as_deref()).collect()
    }
}

impl Copy {
    fn of(cited: &Cited) -> Self {
        let Cited { id, place, published, outlet, .. } = cited.clone();
        Self { id, place, published, outlet }
    }
}

/// Dated articles first, by day, then by digest: a story is cited from the first of its copies.
type Rank = (bool, Option<NaiveDate>, u128);

fn rank(published: Option<NaiveDate>, id: &str, place: &Place) -> Rank {
    (published.is_none(), published, article_digest(id, place, [&None; 3]))
}

/// What articles of the same words tell: the earliest of them, and which others there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    rank: Rank,
    /// The others, where they make an edge, in order.
    others: Vec<Copy>,
    /// What finds near copies, where the article makes an edge.
    signature: Option<Box<Signature>>,
    /// The earliest's [`Row`]: packed, as a run over millions of articles keeps many.
    row: Packed,
}

impl Told {
    /// What one article tells, with the digest of its words; articles without words have nothing in common.
    pub(super) fn of(mut row: Row) -> (StoryId, Self) {
        let rank = rank(row.cited.published, &row.cited.id, &row.cited.place);
        let signature = row.signature.take().unwrap_or_default();
        let words = if signature.runs == 0 { rank.2 } else { signature.words };
        let meets = row.meets();
        // Evidence, of pronouns alone too, cites it.
        if row.pairs.is_empty() {
            row.cited = Arc::new(Cited { published: row.cited.published, ..Cited::default() });
        }
        let row = Packed::of(&row);
        (words, Self { rank, others: Vec::new(), signature: meets.then(|| Box::new(signature)), row })
    }

    /// Bytes in memory that [`Tally::put_aside`] would free.
    pub(super) fn bytes(&self) -> usize {
        self.row.bytes()
    }

    /// The same words again: the earlier article tells, of those that make an edge (letters and stops can make the difference).
    fn merge(self, other: Self) -> Self {
        let key = |told: &Self| (told.signature.is_none(), told.rank);
        let order = key(&other).cmp(&key(&self)).then_with(|| other.row.packed().cmp(&self.row.packed()));
        let (mut first, second) = if order.is_lt() { (other, self) } else { (self, other) };
        if second.signature.is_some() {
            first.others.extend(second.row.row().map(|row| Copy::of(&row.cited)));
        }
        first.others.extend(second.others);
        first.others.sort();
        first
    }
}

impl Tally {
    pub(super) fn tell(&mut self, words: StoryId, told: Told) {
        let told = match self.told.remove(&words) {
            Some(known) => known.merge(told),
            None => told,
        };
        self.told.insert(words, told);
    }

    /// In how many articles each actor is named, exact copies once, whether copies are folded or not.
    pub fn naming(&self) -> BTreeMap<Who, u64> {
        let mut naming: BTreeMap<Who, u64> =
            self.actors.iter().map(|(who, counts)| (who.clone(), counts.articles)).collect();
        for (who, counts) in self.told.values().filter_map(|told| told.row.row()).flat_map(|row| row.actors) {
            *naming.entry(who).or_default() += counts.articles;
        }
        naming
    }

    /// The same with every story counted once; nothing stands under [`Tally::told`] any more, so this comes after all merging.
    /// `as_whom` says as whom somebody counts, where names were joined over the run.
    ///
    /// Of a story of several articles count: the sentences of all, the same sentence once (as often as in the copy that has it
    /// most often); mentions as in these sentences; as its day, that of the earliest copy. With [`Unit::Window`] and
    /// [`Unit::Article`] a pair counts as in the copy that counts it most often.
    #[must_use]
    pub fn folded(mut self, counting: &Counting, as_whom: impl Fn(&Who) -> Who) -> Self {
        let told = std::mem::take(&mut self.told);
        let signatures: Vec<&Signature> = told.values().filter_map(|told| told.signature.as_deref()).collect();
        let found = story::stories(&signatures);
        let mut sorted = found.clone();
        sorted.sort_unstable();
        let told_by = |id: StoryId| sorted.partition_point(|it| *it <= id) - sorted.partition_point(|it| *it < id);
        let (mut found, mut several) = (found.into_iter(), Vec::new());
        for (_, mut told) in told {
            // What finds copies is needed no more.
            let signature = told.signature.take();
            let id = signature.as_ref().and_then(|_| found.next()).unwrap_or_default();
            // Articles without words are no copies of each other.
            if signature.as_ref().is_some_and(|it| it.runs > 0) && told_by(id) > 1 {
                several.push((id, told));
            } else {
                self.add_story(id, vec![told], counting, &as_whom);
            }
        }
        several.sort_by_key(|(id, _)| *id);
        let mut several = several.into_iter().peekable();
        while let Some((id, first)) = several.next() {
            let others = std::iter::from_fn(|| several.next_if(|next| next.0 == id));
            let group = std::iter::once(first).chain(others.map(|(_, told)| told)).collect();
            self.add_story(id, group, counting, &as_whom);
        }
        self
    }

    /// Writes what articles tell to a file that nobody else sees, which frees memory; all else stays as it is. Where the system
    /// gives no such file it stays in memory.
    pub fn put_aside(&mut self) {
        let told = self.told.values_mut().map(|told| &mut told.row);
        // Without room on disk the run goes on as before.
        let _ = packed::put_aside(told);
    }

    /// Counts what articles of one story tell, each in other words.
    fn add_story(&mut self, id: StoryId, group: Vec<Told>, counting: &Counting, as_whom: impl Fn(&Who) -> Who) {
        let known = group.len() as u64;
        let rows = group.into_iter().filter_map(|told| {
            let row = counted_as(told.row.row()?, &as_whom);
            Some((told, row))
        });
        let mut group: Vec<(Told, Row)> = rows.collect();
        self.lost += known - group.len() as u64;
        group.sort_by_key(|(told, _)| told.rank);
        let copies = group.len() + group.iter().map(|(told, _)| told.others.len()).sum::<usize>();
        let story = (copies > 1).then(|| Arc::new(Story::of(id, &group)));
        let mut rows: Vec<Row> = group.into_iter().map(|(_, row)| row).collect();
        if rows.len() > 1 {
            self.add_rows(rows, story.as_ref(), counting);
        } else if let Some(only) = rows.pop() {
            self.add_article(only, story.as_ref(), counting);
        }
        self.stories.extend(story.map(Arc::unwrap_or_clone));
    }

    /// Counts an article whose story no other words tell: there is nothing to unite.
    pub(super) fn add_article(&mut self, mut row: Row, story: Option<&Arc<Story>>, counting: &Counting) {
        let day = row.cited.published;
        let named = row.actors.iter().any(|(_, counts)| counts.articles > 0);
        self.add_volume(day, Volume { articles: 1, stories: 1, sentences: row.naming, naming: u64::from(named) });
        self.units += row.units;
        for (pair, detail) in details_of(&row, counting) {
            self.details.entry(pair).or_default().merge(detail);
        }
        let article = if row.pairs.is_empty() { 0 } else { row.cited.digest() };
        for Meeting { ends: (a, b), counts, proofs } in std::mem::take(&mut row.pairs) {
            let Some(((a, _), (b, _))) = row.actors.get(a).zip(row.actors.get(b)) else { continue };
            let known = self.pairs.entry((a.clone(), b.clone())).or_default();
            known.count(&counts, day);
            for proof in proofs {
                let Some((span, text)) = row.stretches.get(proof.stretch) else { continue };
                let Proof { places, pronoun, .. } = proof;
                known.show(evidence_digest(article, *span, text), counting.evidence, || {
                    let (article, text) = (Arc::clone(&row.cited), text.clone());
                    Evidence { article, span: *span, text, places, pronoun, story: story.cloned() }
                });
            }
        }
        for (who, counts) in row.actors {
            self.actors.entry(who).or_default().count(&counts, day);
        }
    }

    /// Counts several copies of one story, the earliest first.
    fn add_rows(&mut self, rows: Vec<Row>, story: Option<&Arc<Story>>, counting: &Counting) {
        let day = rows.first().and_then(|row| row.cited.published);
        let united = United::of(rows, counting);
        self.add_volume(day, united.volume);
        self.units += united.units;
        for (pair, detail) in united.details {
            self.details.entry(pair).or_default().merge(detail);
        }
        for (who, counts) in united.actors {
            self.actors.entry(who).or_default().count(&counts, day);
        }
        for (pair, Copied { counts, proofs }) in united.pairs {
            let known = self.pairs.entry(pair).or_default();
            known.count(&counts, day);
            for proof in proofs {
                let (span, text) = proof.stretch();
                let digest = evidence_digest(proof.article.digest(), span, text);
                known.show(digest, counting.evidence, || proof.shown(story));
            }
        }
    }
}

/// The row with everybody as whom they count. Two that are one share no article, as nobody joins them then; if a reader does,
/// they count as one, and make no pair.
fn counted_as(mut row: Row, as_whom: impl Fn(&Who) -> Who) -> Row {
    let whom: Vec<Who> = row.actors.iter().map(|(who, _)| as_whom(who)).collect();
    if whom.iter().zip(&row.actors).all(|(whom, (who, _))| whom == who) {
        return row;
    }
    let order: BTreeSet<&Who> = whom.iter().collect();
    let order: Vec<&Who> = order.into_iter().collect();
    let places: Vec<usize> = whom.iter().map(|who| order.binary_search(&who).unwrap_or_default()).collect();
    let place = |old: usize| places.get(old).copied().unwrap_or_default();
    let mut actors: Vec<(Who, ActorTally)> = order.iter().map(|who| ((*who).clone(), ActorTally::default())).collect();
    for (old, (_, counts)) in row.actors.into_iter().enumerate() {
        if let Some((_, known)) = actors.get_mut(place(old)) {
            known.unite(&counts);
            known.articles = known.articles.min(1);
        }
    }
    row.actors = actors;
    row.pairs = row.pairs.into_iter().filter_map(|meeting| turned(meeting, place)).collect();
    for line in row.lines.iter_mut().chain(&mut row.paragraphs) {
        let mut cast: BTreeMap<usize, u64> = BTreeMap::new();
        for (old, times) in &line.cast {
            *cast.entry(place(*old)).or_default() += times;
        }
        line.cast = cast.into_iter().collect();
    }
    row
}

/// The meeting of those who now stand in other places.
fn turned(mut meeting: Meeting, place: impl Fn(usize) -> usize) -> Option<Meeting> {
    let (a, b) = (place(meeting.ends.0), place(meeting.ends.1));
    meeting.ends = (a.min(b), a.max(b));
    if a > b {
        for proof in &mut meeting.proofs {
            std::mem::swap(&mut proof.places.0, &mut proof.places.1);
        }
    }
    (a != b).then_some(meeting)
}

/// What the copies of one story count together.
#[derive(Default)]
struct United {
    volume: Volume,
    /// Units that name somebody, where these are paragraphs or windows.
    units: u64,
    actors: BTreeMap<Who, ActorTally>,
    pairs: BTreeMap<(Who, Who), Copied>,
    /// Who is named in each sentence, where these are not the unit.
    shared: Vec<Vec<Who>>,
    details: BTreeMap<(Who, Who), detail::Detail>,
}

/// What copies count of one pair, and what shows it.
#[derive(Default)]
struct Copied {
    counts: PairTally,
    proofs: Vec<Unshown>,
}

/// Evidence whose text is copied only if it is kept.
struct Unshown {
    article: Arc<Cited>,
    stretches: Arc<Vec<(Span, String)>>,
    proof: Proof,
}

impl Unshown {
    fn stretch(&self) -> (Span, &str) {
        let known = self.stretches.get(self.proof.stretch);
        known.map_or((Span { start: 0, end: 0 }, ""), |(span, text)| (*span, text.as_str()))
    }

    fn shown(self, story: Option<&Arc<Story>>) -> Evidence {
        let (span, text) = self.stretch();
        let text = text.to_owned();
        let Proof { places, pronoun, .. } = self.proof;
        Evidence { article: self.article, span, text, places, pronoun, story: story.cloned() }
    }
}

/// What measures need of an article that no other copies.
fn details_of(row: &Row, counting: &Counting) -> impl Iterator<Item = ((Who, Who), detail::Detail)> {
    let pairing = row.lines.iter().filter(|line| !line.crowded && !counting.needs.is_empty());
    let pairing: Vec<(u64, Vec<usize>)> =
        pairing.map(|line| (line.number, line.cast.iter().map(|(place, _)| *place).collect())).collect();
    let who = |place: usize| row.actors.get(place).map(|(who, _)| who.clone());
    let details = detail::of(&pairing, row.cut, &counting.needs);
    details.into_iter().filter_map(move |((a, b), it)| Some(((who(a)?, who(b)?), it)))
}

impl United {
    fn of(rows: Vec<Row>, counting: &Counting) -> Self {
        let mut united = Self::default();
        for (who, counts) in rows.iter().flat_map(|row| &row.actors) {
            united.actors.entry(who.clone()).or_default().unite(counts);
        }
        let sentences = united.read(&rows, counting);
        united.units = united.count_units(&rows, counting.unit);
        let named = united.actors.values().any(|counts| counts.articles > 0);
        let articles = rows.len() as u64;
        united.volume = Volume { articles, stories: 1, sentences, naming: u64::from(named) };
        let mut pairs: BTreeMap<(Who, Who), Vec<Copied>> = BTreeMap::new();
        for (pair, copied) in rows.into_iter().flat_map(copied) {
            pairs.entry(pair).or_default().push(copied);
        }
        united.pairs = pairs.into_iter().map(|(pair, copies)| (pair, united_pair(copies, counting.unit))).collect();
        if counting.unit != Unit::Sentence {
            united.count_shared();
        }
        united
    }

    /// How many of the sentences name both, pair by pair.
    fn count_shared(&mut self) {
        for copied in self.pairs.values_mut() {
            copied.counts.sentences = 0;
        }
        for cast in std::mem::take(&mut self.shared) {
            for (index, a) in cast.iter().enumerate() {
                for b in cast.iter().skip(index + 1) {
                    if let Some(copied) = self.pairs.get_mut(&(a.clone(), b.clone())) {
                        copied.counts.sentences += 1;
                    }
                }
            }
        }
    }

    /// How many sentences of the copies name somebody, and who is named in each of these.
    fn read(&mut self, rows: &[Row], counting: &Counting) -> u64 {
        let sentences = each_once(rows, |row| &row.lines);
        // Those that name nobody as in the first copy.
        let more = sentences.iter().filter(|sentence| sentence.number >= NEXT_COPY).count() as u64;
        let cut = rows.first().map_or(0, |row| row.cut) + more;
        for counts in self.actors.values_mut() {
            (counts.sentences, counts.mentions) = (0, 0);
        }
        for (who, times) in sentences.iter().flat_map(|sentence| &sentence.cast) {
            let counts = self.actors.entry((*who).clone()).or_default();
            counts.sentences += 1;
            counts.mentions += times;
        }
        let pairing = sentences.iter().filter(|sentence| !sentence.crowded);
        if counting.unit != Unit::Sentence {
            self.shared = pairing.clone().map(|it| it.cast.keys().copied().cloned().collect()).collect();
        }
        let pairing: Vec<(u64, Vec<&Who>)> =
            pairing.map(|sentence| (sentence.number, sentence.cast.keys().copied().collect())).collect();
        let details = detail::of(&pairing, cut, &counting.needs);
        self.details = details.into_iter().map(|((a, b), it)| ((a.clone(), b.clone()), it)).collect();
        sentences.len() as u64
    }

    /// How many paragraphs or windows name somebody, and each actor: each paragraph once, windows as in the copy that has most.
    fn count_units(&mut self, rows: &[Row], unit: Unit) -> u64 {
        if unit != Unit::Paragraph || rows.len() < 2 {
            return rows.iter().map(|row| row.units).max().unwrap_or(0);
        }
        for counts in self.actors.values_mut() {
            counts.units = 0;
        }
        let paragraphs = each_once(rows, |row| &row.paragraphs);
        for who in paragraphs.iter().flat_map(|paragraph| paragraph.cast.keys()) {
            self.actors.entry((*who).clone()).or_default().units += 1;
        }
        paragraphs.len() as u64
    }
}

/// A sentence or paragraph of a story, and all whom its copies find in it.
struct Sentence<'a> {
    number: u64,
    crowded: bool,
    /// How often each is named.
    cast: BTreeMap<&'a Who, u64>,
}

/// Further copies number their sentences from here on, each from another: far from those of all others.
const NEXT_COPY: u64 = 1 << 32;

/// The sentences or paragraphs of all copies that name somebody, the same words as often as in the copy that has them most often,
/// in order of their numbers.
fn each_once(rows: &[Row], lines: fn(&Row) -> &[super::Line]) -> Vec<Sentence<'_>> {
    let mut known: BTreeMap<StoryId, Vec<Sentence<'_>>> = BTreeMap::new();
    for (row, offset) in rows.iter().zip((0..).step_by(usize::try_from(NEXT_COPY).unwrap_or(usize::MAX))) {
        let mut here: BTreeMap<StoryId, usize> = BTreeMap::new();
        for line in lines(row) {
            let times = here.entry(line.words).or_default();
            let same = known.entry(line.words).or_default();
            let cast = line.cast.iter().filter_map(|(place, times)| Some((&row.actors.get(*place)?.0, *times)));
            if let Some(sentence) = same.get_mut(*times) {
                for (who, times) in cast {
                    let known = sentence.cast.entry(who).or_default();
                    *known = times.max(*known);
                }
            } else {
                let (number, crowded) = (offset + line.number, line.crowded);
                same.push(Sentence { number, crowded, cast: cast.collect() });
            }
            *times += 1;
        }
    }
    let mut sentences: Vec<Sentence<'_>> = known.into_values().flatten().collect();
    sentences.sort_by_key(|sentence| sentence.number);
    sentences
}

/// What one copy counts of each pair, and what shows it in the order of the text.
fn copied(row: Row) -> impl Iterator<Item = ((Who, Who), Copied)> {
    let (article, stretches, actors) = (row.cited, Arc::new(row.stretches), row.actors);
    row.pairs.into_iter().filter_map(move |Meeting { ends: (a, b), counts, proofs }| {
        let ends = (actors.get(a)?.0.clone(), actors.get(b)?.0.clone());
        let shown = |proof| Unshown { article: Arc::clone(&article), stretches: Arc::clone(&stretches), proof };
        let mut proofs: Vec<Unshown> = proofs.into_iter().map(shown).collect();
        proofs.sort_by_key(|proof| proof.stretch().0);
        Some((ends, Copied { counts, proofs }))
    })
}

impl ActorTally {
    /// The counts of two copies of one story; which sentences they share it cannot know.
    fn unite(&mut self, other: &Self) {
        self.mentions = self.mentions.max(other.mentions);
        self.pronouns = self.pronouns.max(other.pronouns);
        self.attributive = self.attributive.max(other.attributive);
        self.sentences = self.sentences.max(other.sentences);
        self.articles += other.articles;
        self.stories = self.stories.max(other.stories);
        self.units = self.units.max(other.units);
    }
}

fn united_pair(copies: Vec<Copied>, unit: Unit) -> Copied {
    if copies.len() == 1 {
        return strongest(copies);
    }
    let articles = copies.iter().map(|copy| copy.counts.articles).sum();
    let mut united = match unit {
        Unit::Sentence | Unit::Paragraph => each_text_once(copies),
        Unit::Window(_) | Unit::Article => strongest(copies),
    };
    let counts = &mut united.counts;
    counts.articles = articles;
    counts.stories = u64::from(articles > 0);
    // Of other units they are counted where all copies are seen.
    counts.sentences = counts.weight;
    united
}

/// The first of those that count most.
fn strongest(copies: Vec<Copied>) -> Copied {
    let strength = |copy: &Copied| (copy.counts.weight, copy.counts.pronouns);
    let best = copies.into_iter().reduce(|best, next| if strength(&next) > strength(&best) { next } else { best });
    best.unwrap_or_default()
}

/// Every stretch of text once, as often as in the copy that has it most often; shown from the first copy that has it.
fn each_text_once(copies: Vec<Copied>) -> Copied {
    let mut united = Copied::default();
    let mut known: BTreeMap<(bool, StoryId), u64> = BTreeMap::new();
    for proofs in copies.into_iter().map(|copy| copy.proofs) {
        let mut here: BTreeMap<(bool, StoryId), u64> = BTreeMap::new();
        for proof in proofs {
            let pronoun = proof.proof.pronoun;
            let words = (pronoun, story::same_words(proof.stretch().1));
            let times = here.entry(words).or_default();
            *times += 1;
            let most = known.entry(words).or_default();
            if times > most {
                *most = *times;
                let count = if pronoun { &mut united.counts.pronouns } else { &mut united.counts.weight };
                *count += 1;
                united.proofs.push(proof);
            }
        }
    }
    united
}

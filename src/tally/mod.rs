//! Whole-number counts of who is named and who with whom, with the evidence for each.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Article, Place, Roster, Span, ZoneKind,
    mention::{Gender, Mention, Names, Who},
    roster::Attributive,
    story::StoryId,
};

mod copies;
mod detail;
mod unit;

pub use copies::{Copies, Copy, Story, Told};
pub use detail::{Detail, FAR, Need, Stratum};
pub use unit::{MOST_TOGETHER, Named, Stretch, Unit};

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
    /// Where the first actor of the pair is named, and where the second; bytes of the article's text.
    pub places: (Vec<Span>, Vec<Span>),
    /// Whether a pronoun stands for one of the two.
    pub pronoun: bool,
    /// The story that it is of, where others tell it, too.
    pub story: Option<Arc<Story>>,
}

/// Counts of one actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActorTally {
    /// Places that name the actor in counted zones, without attributive ones unless they count.
    pub mentions: u64,
    /// Pronouns that stand for it in counted zones.
    pub pronouns: u64,
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

/// The names by which an actor was seen, where names are discovered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Articles counted.
    pub articles: u64,
    /// What articles tell, by the digest of their words, until copies are folded ([`Tally::folded`]); all else is as found in
    /// each article, copies too.
    pub told: BTreeMap<StoryId, Told>,
    /// Stories that several articles tell, where copies were folded and the story makes an edge.
    pub stories: BTreeSet<Story>,
    /// By actor.
    pub actors: BTreeMap<Who, ActorTally>,
    /// By pair of actors, the smaller first.
    pub pairs: BTreeMap<(Who, Who), PairTally>,
    /// By actor, in articles whose names were discovered.
    pub seen: BTreeMap<Who, Seen>,
    /// What [`Counting::needs`] asks for, by pair that shares an article.
    pub details: BTreeMap<(Who, Who), Detail>,
    /// Units that name somebody.
    pub naming: Naming,
    /// Mentions that several actors share and nothing decides.
    pub ambiguous: u64,
    /// Sentences and paragraphs that name more than [`MOST_TOGETHER`] actors and make no pairs.
    pub crowded: u64,
    /// Mentions outside the counted zones, by zone.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Names that match and are somebody or something else, by rule.
    pub ignored: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Counts one article; where it makes a pair, its sentences that name somebody.
    fn count(&mut self, article: &Article, names: &Names, roster: &Roster, counting: &Counting) -> copies::Sentences {
        self.articles += 1;
        for ignored in &names.ignored {
            *self.ignored.entry(ignored.rule).or_default() += 1;
        }
        let whose = Whose { names, listed: roster.actors.len() };
        let counted = self.counted(article, whose, roster, counting);
        self.add_labels(article, whose, counting);
        if counted.is_empty() {
            return copies::Sentences::new();
        }
        let zones: Vec<ZoneKind> = counting.zones.iter().copied().collect();
        let entire = detail::needs_all_sentences(&counting.needs);
        let cut = |places: &[Named]| match &names.sentences {
            Some(sentences) => unit::cut_into(sentences, &zones, places, counting.unit),
            None => unit::cut(article, &zones, places, counting.unit, entire),
        };
        let plain: Vec<Named> = counted.iter().filter(|it| !it.pronoun).copied().collect();
        let by_name = cut(&plain);
        self.crowded += by_name.crowded() as u64;
        self.naming.articles += u64::from(!plain.is_empty());
        for sentence in by_name.sentences() {
            self.naming.sentences += 1;
            for actor in sentence.cast.keys() {
                self.actor(whose, *actor).sentences += 1;
            }
        }
        self.add_pairs(article, whose, &by_name, counting);
        for (actors, detail) in detail::of(&by_name, &counting.needs) {
            self.details.entry(whose.pair(actors)).or_default().merge(detail);
        }
        if plain.len() < counted.len() {
            self.add_pronouns(article, whose, (&by_name, &cut(&counted)), counting);
        }
        if names.sentences.is_some() {
            self.add_seen(article, whose, &by_name, &plain);
        }
        let tells = counting.copies == Copies::Fold && !self.pairs.is_empty();
        if tells { copies::sentences(article, whose, &by_name) } else { copies::Sentences::new() }
    }

    fn actor(&mut self, whose: Whose<'_>, actor: usize) -> &mut ActorTally {
        self.actors.entry(whose.who(actor)).or_default()
    }

    /// The mentions that count, in order; all others are booked with the reason.
    fn counted(&mut self, article: &Article, whose: Whose<'_>, roster: &Roster, counting: &Counting) -> Vec<Named> {
        let mut counted = Vec::new();
        for mention in &whose.names.mentions {
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
                (true, Attributive::Separate) => self.actor(whose, actor).attributive += 1,
                (true, Attributive::Drop) => (),
                _ => counted.push(self.count_mention(mention, whose, actor)),
            }
        }
        let present: BTreeSet<usize> = counted.iter().filter(|it| !it.pronoun).map(|it| it.actor).collect();
        for actor in present {
            self.actor(whose, actor).articles += 1;
        }
        counted
    }

    fn count_mention(&mut self, mention: &Mention, whose: Whose<'_>, actor: usize) -> Named {
        let counts = self.actor(whose, actor);
        if mention.pronoun {
            counts.pronouns += 1;
        } else {
            counts.mentions += 1;
        }
        Named { span: mention.span, actor, pronoun: mention.pronoun }
    }

    fn add_pairs(&mut self, article: &Article, whose: Whose<'_>, cut: &unit::Cut, counting: &Counting) {
        let pairs = cut.pairs(counting.unit);
        if pairs.is_empty() {
            return;
        }
        let cited = Arc::new(Cited::of(article));
        let mut met = BTreeSet::new();
        for pair in pairs {
            let tally = self.pairs.entry(whose.pair(pair.actors)).or_default();
            tally.weight += 1;
            tally.sentences += u64::from(counting.unit == Unit::Sentence);
            if met.insert(pair.actors) {
                tally.articles += 1;
                tally.stories += 1;
                tally.date(article.published);
            }
            tally.show(&cited, &article.text, (pair, false), counting);
        }
        let others = if counting.unit == Unit::Sentence { Vec::new() } else { cut.pairs(Unit::Sentence) };
        for pair in others {
            if let Some(tally) = self.pairs.get_mut(&whose.pair(pair.actors)) {
                tally.sentences += 1;
            }
        }
    }

    /// Counts what pronouns add: how much oftener each pair counts if they stand for names.
    fn add_pronouns(
        &mut self,
        article: &Article,
        whose: Whose<'_>,
        (by_name, by_all): (&unit::Cut, &unit::Cut),
        counting: &Counting,
    ) {
        let mut known: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
        for pair in by_name.pairs(counting.unit) {
            known.entry(pair.actors).or_default().push(pair.span);
        }
        let mut more: BTreeMap<(usize, usize), Vec<unit::Pair>> = BTreeMap::new();
        for pair in by_all.pairs(counting.unit) {
            more.entry(pair.actors).or_default().push(pair);
        }
        let cited = Arc::new(Cited::of(article));
        for (actors, pairs) in more {
            let known = known.remove(&actors).unwrap_or_default();
            let count = pairs.len().saturating_sub(known.len());
            if count == 0 {
                continue;
            }
            let tally = self.pairs.entry(whose.pair(actors)).or_default();
            tally.pronouns += count as u64;
            for pair in pairs.into_iter().filter(|pair| !known.contains(&pair.span)) {
                tally.show(&cited, &article.text, (pair, true), counting);
            }
        }
    }

    /// Keeps the fullest names of unlisted actors in the counted zones, and who stands beside whom.
    fn add_labels(&mut self, article: &Article, whose: Whose<'_>, counting: &Counting) {
        if whose.names.unlisted.is_empty() {
            return;
        }
        let counts = |mention: &&Mention| article.zone_of(mention.span).is_some_and(|it| counting.zones.contains(&it));
        let present: BTreeSet<usize> =
            whose.names.mentions.iter().filter(counts).filter_map(|mention| mention.actor).collect();
        let digest = (present.len() > 1).then(|| short_digest(article));
        for actor in present {
            let seen = self.seen.entry(whose.who(actor)).or_default();
            seen.beside.extend(digest);
            if let Some(local) = actor.checked_sub(whose.listed).and_then(|index| whose.names.unlisted.get(index)) {
                *seen.labels.entry(local.name.clone()).or_default() += 1;
                seen.titles.extend(&local.titles);
            }
        }
    }

    /// Keeps the ways in which the actors are written, and a sentence that names each.
    fn add_seen(&mut self, article: &Article, whose: Whose<'_>, cut: &unit::Cut, named: &[Named]) {
        for named in named {
            let name = named.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
            *self.seen.entry(whose.who(named.actor)).or_default().names.entry(name).or_default() += 1;
        }
        let cited = Cited::of(article);
        let mut shown = BTreeSet::new();
        for sentence in cut.sentences() {
            for actor in sentence.cast.keys().filter(|actor| shown.insert(**actor)) {
                let example = (digest(&cited, sentence.span), sentence.span.of(&article.text).to_owned());
                self.seen.entry(whose.who(*actor)).or_default().show(Some(example));
            }
        }
    }

    /// The counts of both; `counting` as they were counted.
    #[must_use]
    pub fn merge(mut self, other: Self, counting: &Counting) -> Self {
        self.articles += other.articles;
        self.ambiguous += other.ambiguous;
        self.crowded += other.crowded;
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
        for (who, seen) in other.seen {
            self.seen.entry(who).or_default().merge(seen);
        }
        self.stories.extend(other.stories);
        for (words, told) in other.told {
            self.tell(words, told);
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

/// Under which the actors of one article count.
#[derive(Clone, Copy)]
struct Whose<'a> {
    names: &'a Names,
    listed: usize,
}

impl Whose<'_> {
    fn who(self, actor: usize) -> Who {
        self.names.who(actor, self.listed).unwrap_or(Who::Listed(actor))
    }

    /// Numbers of an article are in the order of what they stand for, so the pair stays in order.
    fn pair(self, (a, b): (usize, usize)) -> (Who, Who) {
        (self.who(a), self.who(b))
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
        self.mentions += other.mentions;
        self.pronouns += other.pronouns;
        self.attributive += other.attributive;
        self.sentences += other.sentences;
        self.articles += other.articles;
    }
}

impl PairTally {
    /// The counts of both, which share no article; as many evidences as are to be kept.
    pub fn merge(&mut self, other: Self, keep: Option<usize>) {
        self.weight += other.weight;
        self.sentences += other.sentences;
        self.articles += other.articles;
        self.stories += other.stories;
        self.pronouns += other.pronouns;
        self.date(other.first);
        self.date(other.last);
        self.evidence.extend(other.evidence);
        self.trim(keep);
    }

    fn date(&mut self, day: Option<NaiveDate>) {
        self.first = self.first.into_iter().chain(day).min();
        self.last = self.last.into_iter().chain(day).max();
    }

    /// Puts the second actor of the pair first.
    pub fn turn(&mut self) {
        for evidence in self.evidence.values_mut() {
            std::mem::swap(&mut evidence.places.0, &mut evidence.places.1);
        }
    }

    /// Keeps `pair` as evidence, if there is room for it.
    fn show(&mut self, cited: &Arc<Cited>, text: &str, (pair, pronoun): (unit::Pair, bool), counting: &Counting) {
        let key = digest(cited, pair.span);
        if self.keeps(key, counting.evidence) {
            let (span, text) = (pair.span, pair.span.of(text).to_owned());
            let (article, places) = (Arc::clone(cited), pair.places);
            self.evidence.insert(key, Evidence { article, span, text, places, pronoun, story: None });
            self.trim(counting.evidence);
        }
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

/// The same for the same article; eight bytes keep the memory of millions small.
fn short_digest(article: &Article) -> u64 {
    let cited = Cited { id: article.id.clone(), place: article.place.clone(), ..Cited::default() };
    let digest = digest(&cited, Span { start: 0, end: 0 });
    u64::try_from(digest >> 64).unwrap_or_default()
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

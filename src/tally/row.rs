//! What one article counts. A tally is a sum of rows, of each story once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    ActorTally, Aside, Cited, Copies, Counting, PairTally, Seen, digest, short_digest,
    unit::{self, Cut, Named, Stretch, Unit},
};
use crate::{
    Article, Roster, Span, ZoneKind,
    mention::{Mention, Names, Who},
    roster::Attributive,
    story::{self, Signature, StoryId},
};

/// What one article counts, with what finds the copies of its story: the same whatever else is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The article as evidence cites it.
    pub cited: Arc<Cited>,
    /// What finds copies, where the article names somebody and copies are folded; its sketch only where it makes an edge.
    pub signature: Option<Signature>,
    /// Who is named, in order.
    pub actors: Vec<(Who, ActorTally)>,
    /// Who is named together.
    pub pairs: Vec<Meeting>,
    /// The words that show it.
    pub stretches: Vec<(Span, String)>,
    /// The sentences that name somebody, where these are needed to fold copies or to measure.
    pub lines: Vec<Line>,
    /// The paragraphs that name somebody, where these are the unit and needed to fold copies.
    pub paragraphs: Vec<Line>,
    /// How many sentences name somebody.
    pub naming: u64,
    /// How many units do, where these are paragraphs or windows.
    pub units: u64,
    /// How many sentences were cut.
    pub cut: u64,
    /// How names are written, where they were discovered.
    pub seen: Vec<(Who, Seen)>,
    /// What does not count.
    pub aside: Aside,
}

/// Two who are named together in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Their places in [`Row::actors`], the smaller first.
    pub ends: (usize, usize),
    /// What the pair counts, without evidence.
    pub counts: PairTally,
    /// What shows it.
    pub proofs: Vec<Proof>,
}

/// A stretch of text that names both ends of a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Its place in [`Row::stretches`].
    pub stretch: usize,
    /// Where the first is named, and where the second.
    pub places: (Vec<Span>, Vec<Span>),
    /// Whether a pronoun stands for one of the two.
    pub pronoun: bool,
}

/// A sentence or paragraph that names somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number among those that were cut.
    pub number: u64,
    /// Digest of its words, where copies are folded.
    pub words: StoryId,
    /// Whether it names too many to make pairs.
    pub crowded: bool,
    /// Who is named, as places in [`Row::actors`], and how often.
    pub cast: Vec<(usize, u64)>,
}

impl Row {
    /// Whether the names in it make an edge: an edge that pronouns alone tell of changes no count of names.
    pub fn meets(&self) -> bool {
        self.pairs.iter().any(|meeting| meeting.counts.articles > 0)
    }

    /// What `article` counts.
    pub fn of(article: &Article, names: &Names, roster: &Roster, counting: &Counting) -> Self {
        let whose = Whose { names, listed: roster.actors.len() };
        let (mut row, mut counts) = (Self::default(), BTreeMap::new());
        for ignored in &names.ignored {
            *row.aside.ignored.entry(ignored.rule.into()).or_default() += 1;
        }
        let counted = row.counted(article, whose, roster, counting, &mut counts);
        row.seen = labels(article, whose, counting);
        if counted.is_empty() {
            row.actors = counts.into_iter().map(|(actor, counts)| (whose.who(actor), counts)).collect();
        } else {
            row.read(article, whose, (&counted, counts), counting);
        }
        if counting.copies == Copies::Fold && !row.actors.is_empty() {
            let (meets, zones) = (row.meets(), &counting.zones);
            row.signature =
                Some(if meets { Signature::of(article, zones) } else { Signature::of_words(article, zones) });
        }
        let nobody = row.actors.is_empty() && row.seen.is_empty();
        let day = || Cited { published: article.published, ..Cited::default() };
        row.cited = Arc::new(if nobody { day() } else { Cited::of(article) });
        row
    }

    /// The mentions that count, in order; all others are booked with the reason.
    fn counted(
        &mut self,
        article: &Article,
        whose: Whose<'_>,
        roster: &Roster,
        counting: &Counting,
        counts: &mut BTreeMap<usize, ActorTally>,
    ) -> Vec<Named> {
        let mut named = Vec::new();
        for mention in &whose.names.mentions {
            let zone = article.zone_of(mention.span);
            if !zone.is_some_and(|kind| counting.zones.contains(&kind)) {
                let who = mention.actor.map(|actor| whose.who(actor));
                *self.aside.left_out.entry((zone, who)).or_default() += 1;
                continue;
            }
            let Some(actor) = mention.actor else {
                self.aside.ambiguous += 1;
                continue;
            };
            let mode = roster.actors.get(actor).map_or(Attributive::Separate, |listed| listed.attributive);
            match (mention.attributive, mode) {
                (true, Attributive::Separate) => counts.entry(actor).or_default().attributive += 1,
                (true, Attributive::Drop) => (),
                _ => named.push(count(mention, actor, counts.entry(actor).or_default())),
            }
        }
        named
    }

    /// Cuts the text around those `named`, and counts who stands with whom.
    fn read(
        &mut self,
        article: &Article,
        whose: Whose<'_>,
        (named, mut counts): (&[Named], BTreeMap<usize, ActorTally>),
        counting: &Counting,
    ) {
        let zones: Vec<ZoneKind> = counting.zones.iter().copied().collect();
        let entire = super::detail::needs_all_sentences(&counting.needs);
        let cut = |places: &[Named]| match &whose.names.sentences {
            Some(sentences) => unit::cut_into(sentences, &zones, places, counting.unit),
            None => unit::cut(article, &zones, places, counting.unit, entire),
        };
        let plain: Vec<Named> = named.iter().filter(|it| !it.pronoun).copied().collect();
        let by_name = cut(&plain);
        self.aside.crowded += by_name.crowded() as u64;
        for sentence in by_name.sentences() {
            self.naming += 1;
            for actor in sentence.actors() {
                counts.entry(actor).or_default().sentences += 1;
            }
        }
        let casts = by_name.casts(counting.unit);
        self.units = casts.len() as u64;
        for actor in casts.into_iter().flatten() {
            counts.entry(actor).or_default().units += 1;
        }
        self.cut = by_name.all();
        let order: Vec<usize> = counts.keys().copied().collect();
        self.actors = counts.into_iter().map(|(actor, counts)| (whose.who(actor), counts)).collect();
        let pairs = by_name.pairs(counting.unit);
        let others = if counting.unit == Unit::Sentence { Vec::new() } else { by_name.pairs(Unit::Sentence) };
        let mut meetings = Meetings { order: &order, text: &article.text, ..Meetings::default() };
        for pair in &pairs {
            meetings.add(pair, counting.unit);
        }
        for pair in others {
            meetings.add_sentence(&pair);
        }
        if plain.len() < named.len() {
            meetings.add_pronouns(&pairs, &cut(named).pairs(counting.unit));
        }
        (self.pairs, self.stretches) = (meetings.met.into_values().collect(), meetings.stretches);
        let folds = counting.copies == Copies::Fold && self.meets();
        if folds || !counting.needs.is_empty() && self.actors.len() > 1 {
            self.lines = lines(article, by_name.numbered(), &order, folds);
        }
        if folds {
            let paragraphs = by_name.paragraphs().iter().zip(0..).map(|(stretch, number)| (number, stretch, false));
            self.paragraphs = lines(article, paragraphs, &order, folds);
        }
        if whose.names.sentences.is_some() {
            see(&mut self.seen, article, whose, &by_name, &plain);
        }
    }
}

fn count(mention: &Mention, actor: usize, counts: &mut ActorTally) -> Named {
    if mention.pronoun {
        counts.pronouns += 1;
    } else {
        counts.mentions += 1;
        (counts.articles, counts.stories) = (1, 1);
    }
    Named { span: mention.span, actor, pronoun: mention.pronoun }
}

/// The pairs of one article while they are counted.
#[derive(Default)]
struct Meetings<'a> {
    /// The numbers of the actors, in the order of the row.
    order: &'a [usize],
    text: &'a str,
    met: BTreeMap<(usize, usize), Meeting>,
    stretches: Vec<(Span, String)>,
    /// Their places in the list.
    known: BTreeMap<Span, usize>,
}

impl Meetings<'_> {
    fn add(&mut self, pair: &unit::Pair<'_>, unit: Unit) {
        let proof = self.proof(pair, false);
        let meeting = self.of(pair);
        meeting.counts.weight += 1;
        meeting.counts.sentences += u64::from(unit == Unit::Sentence);
        (meeting.counts.articles, meeting.counts.stories) = (1, 1);
        meeting.proofs.push(proof);
    }

    fn add_sentence(&mut self, pair: &unit::Pair<'_>) {
        if let Some(meeting) = self.met.get_mut(&pair.actors) {
            meeting.counts.sentences += 1;
        }
    }

    /// Counts what pronouns add: how much oftener each pair counts if they stand for names.
    fn add_pronouns(&mut self, by_name: &[unit::Pair<'_>], by_all: &[unit::Pair<'_>]) {
        let mut known: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
        for pair in by_name {
            known.entry(pair.actors).or_default().push(pair.span);
        }
        let mut more: BTreeMap<(usize, usize), Vec<&unit::Pair<'_>>> = BTreeMap::new();
        for pair in by_all {
            more.entry(pair.actors).or_default().push(pair);
        }
        for (actors, pairs) in more {
            let known = known.remove(&actors).unwrap_or_default();
            let count = pairs.len().saturating_sub(known.len());
            if count == 0 {
                continue;
            }
            for pair in pairs.iter().filter(|pair| !known.contains(&pair.span)) {
                let proof = self.proof(pair, true);
                self.of(pair).proofs.push(proof);
            }
            if let Some(meeting) = self.met.get_mut(&actors) {
                meeting.counts.pronouns += count as u64;
            }
        }
    }

    fn of(&mut self, pair: &unit::Pair<'_>) -> &mut Meeting {
        let (order, (a, b)) = (self.order, pair.actors);
        self.met.entry(pair.actors).or_insert_with(|| {
            let place = |actor| order.binary_search(&actor).unwrap_or_default();
            Meeting { ends: (place(a), place(b)), ..Meeting::default() }
        })
    }

    fn proof(&mut self, pair: &unit::Pair<'_>, pronoun: bool) -> Proof {
        let (stretches, text) = (&mut self.stretches, self.text);
        let stretch = *self.known.entry(pair.span).or_insert_with(|| {
            stretches.push((pair.span, pair.span.of(text).to_owned()));
            stretches.len() - 1
        });
        Proof { stretch, places: (pair.places.0.to_vec(), pair.places.1.to_vec()), pronoun }
    }
}

fn lines<'a>(
    article: &Article,
    stretches: impl Iterator<Item = (u64, &'a Stretch, bool)>,
    order: &[usize],
    folds: bool,
) -> Vec<Line> {
    let line = |(number, stretch, crowded): (u64, &Stretch, bool)| Line {
        number,
        crowded,
        words: if folds { story::same_words(stretch.span.of(&article.text)) } else { 0 },
        cast: stretch
            .cast
            .iter()
            .filter_map(|(actor, places)| Some((order.binary_search(actor).ok()?, places.len() as u64)))
            .collect(),
    };
    stretches.map(line).collect()
}

/// The fullest names of unlisted actors in the counted zones, and who stands beside whom.
fn labels(article: &Article, whose: Whose<'_>, counting: &Counting) -> Vec<(Who, Seen)> {
    if whose.names.unlisted.is_empty() {
        return Vec::new();
    }
    let counts = |mention: &&Mention| article.zone_of(mention.span).is_some_and(|it| counting.zones.contains(&it));
    let present: BTreeSet<usize> =
        whose.names.mentions.iter().filter(counts).filter_map(|mention| mention.actor).collect();
    let digest = (present.len() > 1).then(|| short_digest(article));
    let seen = |actor: usize| {
        let mut seen = Seen { beside: digest.into_iter().collect(), ..Seen::default() };
        if let Some(local) = actor.checked_sub(whose.listed).and_then(|index| whose.names.unlisted.get(index)) {
            seen.labels.insert(local.name.clone(), 1);
            seen.titles.extend(&local.titles);
        }
        (whose.who(actor), seen)
    };
    present.into_iter().map(seen).collect()
}

/// Adds the ways in which the actors are written, and a sentence that names each.
fn see(seen: &mut Vec<(Who, Seen)>, article: &Article, whose: Whose<'_>, cut: &Cut, named: &[Named]) {
    let mut more: BTreeMap<Who, Seen> = std::mem::take(seen).into_iter().collect();
    for named in named {
        let name = named.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        *more.entry(whose.who(named.actor)).or_default().names.entry(name).or_default() += 1;
    }
    let cited = Cited::of(article);
    let mut shown = BTreeSet::new();
    for sentence in cut.sentences() {
        for actor in sentence.actors().filter(|actor| shown.insert(*actor)) {
            let example = (digest(&cited, sentence.span, ""), sentence.span.of(&article.text).to_owned());
            more.entry(whose.who(actor)).or_default().show(Some(example));
        }
    }
    seen.extend(more);
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
}

//! What one article counts. A tally is a sum of rows, of each story once.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    ActorTally, Aside, Cited, Copies, Counting, PairTally, Seen, evidence_digest, short_digest,
    unit::{self, Cut, Named, Places, Stretch, Unit},
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
    pub places: (Places, Places),
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
        let mut row = Self::default();
        for ignored in &names.ignored {
            *row.aside.ignored.entry(ignored.rule.into()).or_default() += 1;
        }
        let (counted, everybody) = row.counted(article, whose, roster, counting);
        row.seen = labels(article, whose, counting);
        if counted.is_empty() {
            row.actors = everybody.into_actors(whose);
        } else {
            row.read(article, whose, (&counted, everybody), counting);
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

    /// The mentions that count, in order, and who is named; all others are booked with the reason.
    fn counted(
        &mut self,
        article: &Article,
        whose: Whose<'_>,
        roster: &Roster,
        counting: &Counting,
    ) -> (Vec<Named>, Everybody) {
        let (mut named, mut attributive) = (Vec::with_capacity(whose.names.mentions.len()), Vec::new());
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
                (true, Attributive::Separate) => attributive.push(actor),
                (true, Attributive::Drop) => (),
                _ => named.push(Named { span: mention.span, actor, pronoun: mention.pronoun }),
            }
        }
        let mut everybody = Everybody::of(named.iter().map(|it| it.actor).chain(attributive.iter().copied()).collect());
        for actor in attributive {
            everybody.add(actor, |counts| counts.attributive += 1);
        }
        for named in &named {
            everybody.add(named.actor, |counts| {
                if named.pronoun {
                    counts.pronouns += 1;
                } else {
                    counts.mentions += 1;
                    (counts.articles, counts.stories) = (1, 1);
                }
            });
        }
        (named, everybody)
    }

    /// Cuts the text around those `named`, and counts who stands with whom.
    fn read(
        &mut self,
        article: &Article,
        whose: Whose<'_>,
        (named, mut everybody): (&[Named], Everybody),
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
                everybody.add(actor, |counts| counts.sentences += 1);
            }
        }
        let casts = by_name.casts(counting.unit);
        self.units = casts.len() as u64;
        for actor in casts.into_iter().flatten() {
            everybody.add(actor, |counts| counts.units += 1);
        }
        self.cut = by_name.all();
        let pairs = by_name.pairs(counting.unit);
        let others = if counting.unit == Unit::Sentence { Vec::new() } else { by_name.pairs(Unit::Sentence) };
        let by_all = (plain.len() < named.len()).then(|| cut(named));
        let by_all = by_all.as_ref().map(|it| it.pairs(counting.unit)).unwrap_or_default();
        let order = &everybody.order;
        let mut meetings = Meetings::of(order, &article.text, pairs.iter().chain(&by_all));
        for pair in &pairs {
            meetings.add(pair, counting.unit);
        }
        for pair in others {
            meetings.add_sentence(&pair);
        }
        meetings.add_pronouns(&pairs, &by_all);
        meetings.met.retain(|it| !it.proofs.is_empty());
        (self.pairs, self.stretches) = (meetings.met, meetings.stretches);
        let folds = counting.copies == Copies::Fold && self.meets();
        if folds || !counting.needs.is_empty() && order.len() > 1 {
            self.lines = lines(article, by_name.numbered(), order, folds);
        }
        if folds {
            let paragraphs = by_name.paragraphs().iter().zip(0..).map(|(stretch, number)| (number, stretch, false));
            self.paragraphs = lines(article, paragraphs, order, folds);
        }
        self.actors = everybody.into_actors(whose);
        if whose.names.sentences.is_some() {
            see(&mut self.seen, article, whose, &by_name, &plain);
        }
    }
}

/// Who is named in one article, in order, with what each counts.
#[derive(Default)]
struct Everybody {
    order: Vec<usize>,
    counts: Vec<ActorTally>,
}

impl Everybody {
    fn of(mut order: Vec<usize>) -> Self {
        order.sort_unstable();
        order.dedup();
        let counts = iter::repeat_with(ActorTally::default).take(order.len()).collect();
        Self { order, counts }
    }

    fn add(&mut self, actor: usize, add: impl FnOnce(&mut ActorTally)) {
        let place = self.order.binary_search(&actor).ok();
        place.and_then(|place| self.counts.get_mut(place)).map(add);
    }

    fn into_actors(self, whose: Whose<'_>) -> Vec<(Who, ActorTally)> {
        self.order.into_iter().map(|actor| whose.who(actor)).zip(self.counts).collect()
    }
}

/// The pairs of one article while they are counted.
struct Meetings<'a> {
    text: &'a str,
    /// In order, of all who are named together.
    actors: Vec<(usize, usize)>,
    /// Theirs, in the same order.
    met: Vec<Meeting>,
    stretches: Vec<(Span, String)>,
    /// Their places in the list, where they do not come in order.
    known: Option<BTreeMap<Span, usize>>,
}

impl<'a> Meetings<'a> {
    /// Meetings of the `pairs`, which count nothing yet; `order` are the numbers of the actors in the order of the row.
    fn of<'p>(order: &[usize], text: &'a str, pairs: impl Iterator<Item = &'p unit::Pair<'p>>) -> Self {
        let mut actors: Vec<(usize, usize)> = pairs.map(|pair| pair.actors).collect();
        actors.sort_unstable();
        actors.dedup();
        let place = |actor| order.binary_search(&actor).unwrap_or_default();
        let meeting = |(a, b): &(usize, usize)| Meeting { ends: (place(*a), place(*b)), ..Meeting::default() };
        let met = actors.iter().map(meeting).collect();
        Self { text, actors, met, stretches: Vec::new(), known: None }
    }

    fn add(&mut self, pair: &unit::Pair<'_>, unit: Unit) {
        let proof = self.proof(pair, false);
        let Some(meeting) = self.meeting(pair.actors) else { return };
        meeting.counts.weight += 1;
        meeting.counts.sentences += u64::from(unit == Unit::Sentence);
        (meeting.counts.articles, meeting.counts.stories) = (1, 1);
        meeting.proofs.push(proof);
    }

    fn add_sentence(&mut self, pair: &unit::Pair<'_>) {
        // Whom no unit names together has no meeting.
        if let Some(meeting) = self.meeting(pair.actors).filter(|it| it.counts.weight > 0) {
            meeting.counts.sentences += 1;
        }
    }

    /// Counts what pronouns add: how much oftener each pair counts if they stand for names.
    fn add_pronouns(&mut self, by_name: &[unit::Pair<'_>], by_all: &[unit::Pair<'_>]) {
        let mut known: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
        let mut more: BTreeMap<(usize, usize), Vec<&unit::Pair<'_>>> = BTreeMap::new();
        for pair in by_all {
            more.entry(pair.actors).or_default().push(pair);
        }
        for pair in by_name.iter().filter(|pair| more.contains_key(&pair.actors)) {
            known.entry(pair.actors).or_default().push(pair.span);
        }
        for (actors, pairs) in more {
            let known = known.remove(&actors).unwrap_or_default();
            let count = pairs.len().saturating_sub(known.len());
            if count == 0 {
                continue;
            }
            for pair in pairs.iter().filter(|pair| !known.contains(&pair.span)) {
                let proof = self.proof(pair, true);
                if let Some(meeting) = self.meeting(actors) {
                    meeting.proofs.push(proof);
                }
            }
            if let Some(meeting) = self.meeting(actors) {
                meeting.counts.pronouns += count as u64;
            }
        }
    }

    fn meeting(&mut self, actors: (usize, usize)) -> Option<&mut Meeting> {
        self.actors.binary_search(&actors).ok().and_then(|place| self.met.get_mut(place))
    }

    fn proof(&mut self, pair: &unit::Pair<'_>, pronoun: bool) -> Proof {
        let stretch = self.stretch(pair.span);
        Proof { stretch, places: (pair.places.0.into(), pair.places.1.into()), pronoun }
    }

    /// The place of a stretch in the list, which gets it if it is new.
    fn stretch(&mut self, span: Span) -> usize {
        let next = self.stretches.len();
        let last = self.stretches.last().map(|(last, _)| *last);
        if last == Some(span) {
            return next - 1;
        }
        // Nearly always they come in the order of the text.
        if self.known.is_none() && last.is_some_and(|last| span < last) {
            self.known = Some(self.stretches.iter().map(|(span, _)| *span).zip(0..).collect());
        }
        let place = self.known.as_mut().map_or(next, |known| *known.entry(span).or_insert(next));
        if place == next {
            self.stretches.push((span, span.of(self.text).to_owned()));
        }
        place
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
    let article_digest = Cited::of(article).digest();
    let mut shown = BTreeSet::new();
    for sentence in cut.sentences() {
        for actor in sentence.actors().filter(|actor| shown.insert(*actor)) {
            let example =
                (evidence_digest(article_digest, sentence.span, ""), sentence.span.of(&article.text).to_owned());
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

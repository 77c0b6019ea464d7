//! Actors that no roster lists: from the names in one article to who they are.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    body,
    name::{Name, plain_words, title_gender},
    nobody::without_nobodies,
    person::{self, Person},
};
use crate::{
    Article, Roster, Sentence, Span, ZoneKind,
    mention::{
        Finder, Gender, Given, Ignored, Local, Mention, Names, Unlisted, fold,
        tagger::{self, Found},
    },
    roster::{ActorKind, Listed},
};

/// How actors are found that no roster lists.
#[derive(Clone, Debug)]
pub struct Discovery {
    /// What is looked for, in order.
    pub kinds: BTreeSet<ActorKind>,
    /// Names that another recogniser found; without it, the embedded tagger's.
    pub given: Option<Given>,
}

impl Default for Discovery {
    fn default() -> Self {
        Self { kinds: BTreeSet::from([ActorKind::Person]), given: None }
    }
}

/// Adds to `listed`, what was found of the roster, the unlisted actors in the `zones` of `article`; `sentences` are all of its
/// sentences. Listed actors win: nothing is added where one is named, and a surname whose full name is listed and named goes to
/// the listed actor.
pub fn discover(
    article: &Article,
    sentences: &[Sentence],
    zones: &BTreeSet<ZoneKind>,
    discovery: &Discovery,
    (roster, listed): (&Roster, Names),
) -> Names {
    let counted: Vec<Span> = sentences.iter().filter(|it| zones.contains(&it.zone)).map(|it| it.span).collect();
    let found = match &discovery.given {
        Some(given) => given.fitting(&article.id, &article.text),
        None => tagger::find_in(article.language.as_deref(), &article.text, &counted),
    };
    let text = Text { words: &article.text, language: article.language.as_deref(), listed: &listed, roster };
    let mut all = All::default();
    if discovery.kinds.contains(&ActorKind::Person) {
        let missed = discovery.given.is_none();
        text.add_persons(&found, missed.then_some(counted.as_slice()), &mut all);
    }
    for kind in discovery.kinds.iter().copied().filter(|kind| *kind != ActorKind::Person) {
        text.add_bodies(&found, kind, &mut all);
    }
    all.numbered(roster.actors.len(), listed)
}

/// One article and what is known of it beforehand.
struct Text<'a> {
    words: &'a str,
    language: Option<&'a str>,
    listed: &'a Names,
    roster: &'a Roster,
}

/// Who a place names, before unlisted actors have numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whom {
    Listed(usize),
    /// Index in [`All::actors`].
    Unlisted(usize),
}

/// What is added: actors and the places that name them.
#[derive(Default)]
struct All {
    actors: Vec<Local>,
    numbers: HashMap<Arc<Unlisted>, usize>,
    places: Vec<Placed>,
}

/// A place, and whom it names: one, or several between whom nothing decides.
struct Placed {
    span: Span,
    whom: Vec<Whom>,
    how: &'static str,
    attributive: bool,
}

impl Text<'_> {
    /// The names of `kind` where no listed actor is named.
    fn free<'f>(&'f self, found: &'f [Found], kind: ActorKind) -> impl Iterator<Item = &'f Found> {
        found.iter().filter(move |it| it.kind == kind && self.overlapping(it.span).is_none())
    }

    fn overlapping(&self, span: Span) -> Option<&Mention> {
        overlapping(&self.listed.mentions, span, |mention| mention.span)
    }

    fn written(&self, span: Span) -> String {
        span.of(self.words).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    // ---- persons ----

    /// Adds the persons; with `missed`, the counted sentences, also places where the same names stand and were not found.
    fn add_persons(&self, found: &[Found], missed: Option<&[Span]>, all: &mut All) {
        let spans: Vec<Span> = self.free(found, ActorKind::Person).map(|it| it.span).collect();
        let spans = apart_at_hyphens(self.words, &spans);
        let spans = if missed.is_some() { without_nobodies(self.words, &spans, self.language) } else { spans };
        let known = self.listed_persons(&spans);
        let places: Vec<person::Place> = spans.iter().map(|span| self.person_place(*span, &known)).collect();
        let (persons, readings) = person::read(&places, known);
        let whom = Self::enter_persons(&persons, all);
        let guard = Guard::of(&persons, self);
        let of = |persons: &[usize]| persons.iter().filter_map(|it| whom.get(*it).copied()).collect::<Vec<Whom>>();
        for (span, reading) in spans.iter().zip(&readings) {
            let Some(reading) = reading else { continue };
            let put_before = guard.attributive(*span);
            let (how, attributive) = (put_before.unwrap_or(reading.how), put_before.is_some());
            all.places.push(Placed { span: *span, whom: of(&reading.persons), how, attributive });
        }
        for mention in missed.map(|counted| guard.missed(counted)).unwrap_or_default() {
            let free =
                overlapping(found, mention.span, |it| it.span).is_none() && self.overlapping(mention.span).is_none();
            let person = mention.actor.filter(|person| free && persons.get(*person).is_some_and(is_sure));
            if let Some(person) = person {
                let how = if mention.attributive { mention.how } else { "name seen elsewhere in the article" };
                all.places.push(Placed {
                    span: mention.span,
                    whom: of(&[person]),
                    how,
                    attributive: mention.attributive,
                });
            }
        }
    }

    /// The listed persons whom the article names in full.
    fn listed_persons(&self, spans: &[Span]) -> Vec<Person> {
        let mut persons: Vec<Person> = Vec::new();
        for mention in self.listed.mentions.iter().filter(|mention| mention.full) {
            let Some(index) = mention.actor else { continue };
            let known = persons.iter().any(|person| person.listed == Some(index));
            let Some(listed) = self.roster.actors.get(index).filter(|it| it.kind == ActorKind::Person && !known) else {
                continue;
            };
            let first = spans.partition_point(|span| span.start < mention.span.start);
            let names = listed.names().map(|name| (Name::of(name, self.language), name)).filter(|it| it.0.is_full());
            let names = names.map(|(name, text)| person::Written { name, text: text.to_owned(), count: 1 }).collect();
            persons.push(Person { listed: Some(index), names, first, ..Person::default() });
        }
        persons
    }

    fn person_place(&self, span: Span, known: &[Person]) -> person::Place {
        let written = self.written(span);
        let mut name = Name::of(&written, self.language);
        name.gender = name.gender.or_else(|| self.title_before(span));
        let ignored: BTreeSet<usize> = self.ignored(span).map(|it| it.actor).collect();
        let not = |(number, person): (usize, &Person)| person.listed.filter(|it| ignored.contains(it)).map(|_| number);
        let not = known.iter().enumerate().filter_map(not).collect();
        person::Place { name, written, not }
    }

    /// Names of listed actors that overlap `span` and were found to be somebody else.
    fn ignored(&self, span: Span) -> impl Iterator<Item = &Ignored> {
        self.listed.ignored.iter().filter(move |it| it.span.start < span.end && span.start < it.span.end)
    }

    fn title_before(&self, span: Span) -> Option<Gender> {
        let before = self.words.get(..span.start)?.strip_suffix([' ', '\u{a0}'])?;
        let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '.').next()?;
        title_gender(&fold(word.trim_end_matches('.')))
    }

    /// The persons as actors: each under its best name, two of one name under one.
    fn enter_persons(persons: &[Person], all: &mut All) -> Vec<Whom> {
        let bearers = bearers(persons);
        let mut whom = Vec::with_capacity(persons.len());
        for person in persons {
            whom.push(match person.listed {
                Some(index) => Whom::Listed(index),
                None => all.enter(ActorKind::Person, person_key(person, &bearers), &person.titles),
            });
        }
        whom
    }

    // ---- organisations and places ----

    fn add_bodies(&self, found: &[Found], kind: ActorKind, all: &mut All) {
        let places: Vec<body::Place> = self
            .free(found, kind)
            .map(|it| body::Place { span: it.span, written: self.written(it.span) })
            .filter(|place| !plain_words(&place.written).is_empty())
            .collect();
        let bodies = body::read(self.words, &places, kind == ActorKind::Organisation);
        let key = |name: &String| (plain_words(name).join(" "), name.clone());
        let whom: Vec<Whom> = bodies.names.iter().map(|name| all.enter(kind, key(name), &BTreeSet::new())).collect();
        for (place, (body, how)) in places.iter().zip(&bodies.readings) {
            let whom = whom.get(*body).copied().into_iter().collect();
            all.places.push(Placed { span: place.span, whom, how, attributive: false });
        }
    }
}

/// "Byron-Chen" as two names where each half ends another name of the article: the Byron-Chen talks are talks of two.
fn apart_at_hyphens(text: &str, spans: &[Span]) -> Vec<Span> {
    let last = |span: &Span| fold(span.of(text).split_whitespace().next_back().unwrap_or_default());
    let lasts: BTreeSet<String> = spans.iter().map(last).collect();
    let halves = |span: &Span| {
        let (one, other) = span.of(text).split_once(['-', '–'])?;
        let ends = |half: &str| lasts.contains(&fold(half));
        let cut = (span.start + one.len(), span.end - other.len());
        (ends(one) && ends(other))
            .then_some([Span { start: span.start, end: cut.0 }, Span { start: cut.1, end: span.end }])
    };
    let parts = spans.iter().flat_map(|span| halves(span).map_or_else(|| vec![*span], Vec::from));
    parts.collect()
}

/// How many bear each surname, as it is folded.
fn bearers(persons: &[Person]) -> HashMap<String, usize> {
    let mut bearers = HashMap::new();
    for person in persons {
        let surnames: BTreeSet<&str> = person.names.iter().map(|it| it.name.surname()).collect();
        for surname in surnames {
            *bearers.entry(surname.to_owned()).or_default() += 1;
        }
    }
    bearers
}

/// A name is looked for where the tagger did not find it only if it was found twice.
fn is_sure(person: &Person) -> bool {
    person.places > 1
}

/// Under which an unlisted person counts, and its name as it is written. Of two persons who are known by surname alone a title
/// tells which is meant.
fn person_key(person: &Person, bearers: &HashMap<String, usize>) -> (String, String) {
    let Some(best) = person.best_name() else { return (String::new(), String::new()) };
    let shared = || bearers.get(best.name.surname()).is_some_and(|bearers| *bearers > 1);
    let title = best.name.gender.filter(|_| !best.name.is_full() && shared()).map(|gender| match gender {
        Gender::Man => "Mr.",
        Gender::Woman => "Mrs.",
    });
    match title {
        Some(title) if best.name.words.len() == 1 => {
            let bare = best.text.split_whitespace().next_back().unwrap_or_default();
            (format!("{} {}", fold(title.trim_end_matches('.')), best.name.folded()), format!("{title} {bare}"))
        }
        _ => (best.name.folded(), best.name.untitled(&best.text)),
    }
}

/// The item that overlaps `span` among those that are in order and do not overlap each other.
fn overlapping<T>(items: &[T], span: Span, place: impl Fn(&T) -> Span) -> Option<&T> {
    let index = items.partition_point(|it| place(it).end <= span.start);
    items.get(index).filter(|it| place(it).start < span.end)
}

/// The context guard for the persons of one article: what their names are where they stand.
struct Guard {
    names: Names,
}

impl Guard {
    fn of(persons: &[Person], text: &Text<'_>) -> Self {
        let listed = persons.iter().map(|person| {
            let name = person.best_name().map_or_else(String::new, |best| best.name.untitled(&best.text));
            let mut aliases: BTreeSet<String> = person.names.iter().map(|it| it.name.untitled(&it.text)).collect();
            let surname = name
                .split_whitespace()
                .next_back()
                .filter(|_| person.best_name().is_some_and(|it| it.name.suffix.is_none()));
            aliases.extend(surname.map(str::to_owned));
            aliases.remove(&name);
            Listed { name, aliases: aliases.into_iter().collect(), ..Listed::default() }
        });
        let roster = Roster { actors: listed.collect(), ..Roster::default() };
        let mut names = Finder::new(&roster).find(text.words, text.language);
        super::resolve(&mut names.mentions);
        Self { names }
    }

    /// The rule by which the name at `span` is put before a thing.
    fn attributive(&self, span: Span) -> Option<&'static str> {
        let mention = overlapping(&self.names.mentions, span, |mention| mention.span)?;
        (mention.attributive && mention.span.end == span.end).then_some(mention.how)
    }

    /// All places within `counted` sentences that name one person.
    fn missed(&self, counted: &[Span]) -> Vec<&Mention> {
        let within = |span: Span| overlapping(counted, span, |it| *it).is_some_and(|sentence| sentence.contains(span));
        self.names.mentions.iter().filter(|mention| within(mention.span)).collect()
    }
}

impl All {
    /// The actor of this kind and key, a new one if there is none.
    fn enter(&mut self, kind: ActorKind, (name, written): (String, String), titles: &BTreeSet<Gender>) -> Whom {
        let who = Arc::new(Unlisted { kind, name });
        let number = *self.numbers.entry(Arc::clone(&who)).or_insert(self.actors.len());
        if number == self.actors.len() {
            self.actors.push(Local { who, name: written, titles: BTreeSet::new() });
        }
        if let Some(local) = self.actors.get_mut(number) {
            local.titles.extend(titles);
        }
        Whom::Unlisted(number)
    }

    /// The names with their numbers: unlisted actors are sorted, so that the order of two is the same in every article.
    fn numbered(self, listed: usize, mut names: Names) -> Names {
        let mut order: Vec<usize> = (0..self.actors.len()).collect();
        order.sort_by(|a, b| self.actors.get(*a).cmp(&self.actors.get(*b)));
        let places: HashMap<usize, usize> = order.iter().enumerate().map(|(place, index)| (*index, place)).collect();
        let number = |whom: &Whom| match whom {
            Whom::Listed(index) => *index,
            Whom::Unlisted(index) => listed + places.get(index).copied().unwrap_or_default(),
        };
        names.unlisted = order.iter().filter_map(|index| self.actors.get(*index).cloned()).collect();
        names.mentions.extend(self.places.iter().map(|place| mention(place, place.whom.iter().map(number).collect())));
        names.mentions.sort_by_key(|mention| mention.span);
        names
    }
}

fn mention(place: &Placed, mut numbers: Vec<usize>) -> Mention {
    numbers.sort_unstable();
    numbers.dedup();
    let actor = match numbers.as_slice() {
        [number] => Some(*number),
        _ => None,
    };
    let candidates = if actor.is_some() { Vec::new() } else { numbers };
    Mention {
        span: place.span,
        actor,
        candidates,
        own: None,
        how: place.how,
        attributive: place.attributive,
        full: false,
        pronoun: false,
    }
}

//! The whole run: documents in, a network or annotations out. The only module that knows all stages.

use std::{
    collections::{BTreeSet, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    Article, Counting, Document, Incident, Network, Place, Roster, Sentence, Tally,
    actor::{self, Discovery},
    annotation::Annotation,
    article::{self, Limits, Sought},
    error::{Kind, Status},
    mention::{Finder, Given, Names},
    network::Books,
    sentence,
    source::{Digest, Item},
    story::StoryId,
    tally::{MOST_TOGETHER, Story},
};

/// Bytes of documents that are worked on at a time; bounds the memory of a run.
const BATCH_BYTES: usize = 8 << 20;
/// Documents that are worked on at a time.
const BATCH_DOCUMENTS: usize = 4096;
/// Documents that a core takes at a time.
const CHUNK: usize = 16;
/// HTML trees are deep: the stack of each thread, in bytes.
const STACK: usize = 16 << 20;

/// Everything that a run needs to know beforehand.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Who is looked for.
    pub roster: Roster,
    /// Finds them.
    pub finder: Finder,
    /// How to count.
    pub counting: Counting,
    /// How actors are found that are not listed; nothing where only listed ones are looked for.
    pub discovery: Option<Discovery>,
    /// Whether "he" and "she" stand for persons, counted in a column of their own.
    pub pronouns: bool,
    /// How much of an article is read.
    pub limits: Limits,
}

/// What a run read: the books, and a record of each input that was not simply read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Inputs found, and what became of them.
    #[serde(flatten)]
    pub books: Books,
    /// In the order in which they were met.
    pub records: Vec<Incident>,
    /// Stories that several articles tell, among those that make an edge; none where copies are counted.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub stories: BTreeSet<Story>,
    /// Digests of the inputs that were read to their end.
    #[serde(skip)]
    pub digests: Vec<Digest>,
}

impl Pipeline {
    /// A pipeline that looks for `roster`.
    pub fn new(roster: Roster, counting: Counting) -> Self {
        let (finder, limits) = (Finder::new(&roster), Limits::default());
        Self { finder, roster, counting, discovery: None, pronouns: false, limits }
    }

    /// The network of all articles in `items`, in whatever order they come.
    pub fn build(&self, items: impl Iterator<Item = Item> + Send) -> (Network, Report) {
        let (mut total, mut copies, mut met) = (Tally::default(), Exact::default(), BTreeSet::new());
        let sought = Sought {
            in_text: &|text| self.finder.may_find(text),
            in_letters: &|letters| self.finder.may_stand_in(letters),
            begins: &|word| self.finder.may_begin_with(word),
        };
        let mut report = run(
            unrepeated(items),
            |document| match self.discovery {
                Some(_) => article::of(document, &self.limits),
                None => article::naming(document, &self.limits, &sought),
            },
            |article, (counted, ids): &mut (Counted, BTreeSet<String>)| {
                self.note_given(article, ids);
                self.tally(article, counted);
            },
            |(counted, ids)| {
                met.extend(ids);
                copies.enter(counted.named);
                total = std::mem::take(&mut total).merge(counted.tally, &self.counting);
                true
            },
        );
        report.leave_out(copies.found);
        report.records.extend(self.unmet(&met));
        let mut network = Network::new(&self.roster, total, &self.counting, report.digests.clone(), report.books);
        report.stories.clone_from(&network.stories);
        if let Some(discovery) = &self.discovery {
            network.method.discovered = discovery.kinds.iter().map(|kind| kind.name().to_owned()).collect();
            network.method.given_mentions = discovery.given.is_some();
        }
        network.method.pronouns = self.pronouns;
        (network, report)
    }

    /// One JSON object for each article in `items`, a line each, handed to `lines` some at a time and in their order, until it
    /// says no.
    pub fn annotate(
        &self,
        items: impl Iterator<Item = Item> + Send,
        lines: impl FnMut(String) -> bool + Send,
    ) -> Report {
        let read = |document| article::of(document, &self.limits);
        run(items, read, |article, lines| self.annotation(article, lines), lines)
    }

    /// Names that were found elsewhere, if any.
    fn given(&self) -> Option<&Given> {
        self.discovery.as_ref().and_then(|discovery| discovery.given.as_ref())
    }

    /// Notes that names are given for the article, and those that do not stand in its text.
    fn note_given(&self, article: &mut Article, ids: &mut BTreeSet<String>) {
        let Some(names) = self.given().and_then(|given| given.of(&article.id)) else { return };
        ids.insert(article.id.clone());
        let off = names.iter().filter(|it| it.span.of(&article.text).is_empty()).count();
        if off > 0 {
            let reason = format!(
                "{off} of the {} names given for `{}` do not stand in its text, which has {} bytes; they are left out",
                names.len(),
                article.id,
                article.text.len()
            );
            let place = article.place.clone();
            article.incidents.push(Incident { place, status: Status::Read, kind: Kind::Format, reason });
        }
    }

    /// Articles for which names are given and that were not among those read.
    fn unmet(&self, met: &BTreeSet<String>) -> Vec<Incident> {
        let Some(given) = self.given() else { return Vec::new() };
        let note = |id: &str| {
            let place = Place { path: given.path.clone(), ..Place::default() };
            let reason = format!("no article read has the identifier `{id}`; its names are left out");
            Incident { place, status: Status::Noted, kind: Kind::Format, reason }
        };
        given.articles().filter(|id| !met.contains(*id)).map(note).collect()
    }

    /// An article that names nobody is only counted: its language is not asked for.
    fn tally(&self, article: &mut Article, Counted { tally, named }: &mut Counted) {
        if self.discovery.is_some() || article.language.is_some() || self.finder.may_find(&article.text) {
            tell_language(article);
            let before = tally.aside.crowded;
            let words = tally.add(article, &self.names(article, None), &self.roster, &self.counting);
            if article.incidents.iter().all(|incident| incident.status <= Status::Read) {
                named.extend(words.map(|words| (words, article.place.clone())));
            }
            if tally.aside.crowded > before {
                article.incidents.push(crowded(&article.place));
            }
        } else {
            tally.add_nobody(article.published);
        }
    }

    fn annotation(&self, article: &mut Article, lines: &mut String) {
        tell_language(article);
        let sentences = sentence::of(article);
        let names = self.names(article, Some(&sentences));
        let annotation = Annotation::of(article, &sentences, &names, &self.roster);
        lines.push_str(&serde_json::to_string(&annotation).unwrap_or_default());
        lines.push('\n');
    }

    /// Who is named in `article`: listed actors, then the others, then those for whom pronouns stand. All sentences are cut only
    /// where this needs them, and once.
    fn names(&self, article: &Article, sentences: Option<&[Sentence]>) -> Names {
        let mut names = self.finder.find(&article.text, article.language.as_deref());
        actor::resolve_in(article, &mut names);
        if self.discovery.is_none() && !self.pronouns {
            return names;
        }
        let sentences = sentences.map_or_else(|| sentence::of(article), <[Sentence]>::to_vec);
        if let Some(discovery) = &self.discovery {
            let listed = (&self.roster, names);
            names = actor::discover(article, &sentences, &self.counting.zones, discovery, listed);
        }
        if self.pronouns {
            actor::read_pronouns(article, &sentences, &self.roster, &mut names);
        }
        names.sentences = Some(sentences);
        names
    }
}

/// What some articles count, and the words of those that name somebody, in order.
#[derive(Default)]
struct Counted {
    tally: Tally,
    named: Vec<(StoryId, Place)>,
}

/// Articles whose words were read before.
#[derive(Default)]
struct Exact {
    seen: HashSet<StoryId>,
    found: Vec<Incident>,
}

impl Exact {
    fn enter(&mut self, named: Vec<(StoryId, Place)>) {
        for (_, place) in named.into_iter().filter(|(words, _)| !self.seen.insert(*words)) {
            let reason = "an article with the same words was read before".to_owned();
            self.found.push(Incident { place, status: Status::Duplicate, kind: Kind::Duplicate, reason });
        }
    }
}

/// Works on batch after batch, reading the next while the cores work on one. Each core reads some articles of a batch and adds
/// them to a fresh `T`; `each` gets these in the order of `items`, until it says no.
fn run<T: Default + Send>(
    mut items: impl Iterator<Item = Item> + Send,
    read: impl Fn(Document) -> Result<Article, Incident> + Sync,
    add: impl Fn(&mut Article, &mut T) + Sync,
    mut each: impl FnMut(T) -> bool + Send,
) -> Report {
    let mut report = Report::default();
    let mut batch = next_batch(&mut items);
    while !batch.is_empty() {
        let (done, next) = rayon::join(
            || batch.into_par_iter().chunks(CHUNK).map(|items| read_all(items, &read, &add)).collect::<Vec<_>>(),
            || next_batch(&mut items),
        );
        for (sum, part) in done {
            report.append(part);
            if !each(sum) {
                return report;
            }
        }
        batch = next;
    }
    report
}

fn read_all<T: Default>(
    items: Vec<Item>,
    read: impl Fn(Document) -> Result<Article, Incident>,
    add: impl Fn(&mut Article, &mut T),
) -> (T, Report) {
    let (mut sum, mut report) = (T::default(), Report::default());
    for item in items {
        match item {
            Item::Incident(incident) => report.enter(None, vec![incident]),
            Item::Digest(digest) => report.digests.push(digest),
            Item::Document(document) => {
                let place = document.place.clone();
                let incidents =
                    catch_unwind(AssertUnwindSafe(|| add_read(read(document), |article| add(article, &mut sum))));
                let (status, incidents) = incidents.unwrap_or_else(|_| (None, vec![panicked(place)]));
                report.enter(status, incidents);
            }
        }
    }
    (sum, report)
}

/// Adds an article that could be read; what became of it, and what was odd.
fn add_read(read: Result<Article, Incident>, add: impl FnOnce(&mut Article)) -> (Option<Status>, Vec<Incident>) {
    match read {
        Err(incident) => (None, vec![incident]),
        Ok(mut article) => {
            add(&mut article);
            (Some(Status::Read), article.incidents)
        }
    }
}

/// A library that an article made panic: its incident.
fn panicked(place: Place) -> Incident {
    let reason = "internal error while reading it; please report the file".to_owned();
    Incident { place, status: Status::Refused, kind: Kind::Corrupt, reason }
}

impl Report {
    /// Books one input by the gravest of what became of it.
    fn enter(&mut self, read: Option<Status>, incidents: Vec<Incident>) {
        let gravest = incidents.iter().map(|incident| incident.status).max().max(read);
        if let Some(status) = gravest.filter(|status| *status != Status::Noted) {
            self.books.enter(status);
        }
        self.records.extend(incidents);
    }

    /// Books articles that were read as copies of others.
    fn leave_out(&mut self, copies: Vec<Incident>) {
        self.books.read -= copies.len() as u64;
        self.books.duplicate += copies.len() as u64;
        self.records.extend(copies);
    }

    /// Adds what was read after it.
    fn append(&mut self, next: Self) {
        self.books.add(next.books);
        self.records.extend(next.records);
        self.digests.extend(next.digests);
    }
}

/// An article with a list of names.
fn crowded(place: &Place) -> Incident {
    let reason =
        format!("a sentence or paragraph names more than {MOST_TOGETHER} actors: a list, which makes no edges");
    Incident { place: place.clone(), status: Status::Read, kind: Kind::Limit, reason }
}

/// The same without documents whose bytes were read before: each of these becomes an incident.
fn unrepeated(items: impl Iterator<Item = Item> + Send) -> impl Iterator<Item = Item> + Send {
    let mut seen = HashSet::new();
    items.map(move |item| match item {
        Item::Document(document) if !seen.insert(short_digest(&document)) => {
            let reason = "the same bytes were read before".to_owned();
            let status = Status::Duplicate;
            Item::Incident(Incident { place: document.place, status, kind: Kind::Duplicate, reason })
        }
        item => item,
    })
}

/// Of its bytes and of what its container says about it; eight bytes keep the memory of millions small.
fn short_digest(document: &Document) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&document.bytes);
    for (field, words) in &document.facts.known {
        hasher.update(&[*field as u8]).update(words.as_bytes());
    }
    let mut digest = [0; 8];
    hasher.finalize_xof().fill(&mut digest);
    digest
}

/// Runs `work` on `threads` threads (0: one for each core) whose stacks hold the deepest page that is let through.
///
/// # Errors
/// [`std::io::Error`] where the system gives no such threads.
pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    pool.map(|pool| pool.install(work)).map_err(std::io::Error::other)
}

/// The language that the article is read in: as declared, else as detected; where it cannot be told, English if the letters are
/// Latin, as in most archives of news.
fn tell_language(article: &mut Article) {
    if article.language.is_none() {
        let latin = article.text.chars().take(1000).find(|c| c.is_alphabetic()).is_some_and(|c| c < '\u{250}');
        let told = article::language_of(&article.text).or(latin.then_some("en"));
        article.language = told.map(str::to_owned);
    }
}

fn next_batch(items: &mut impl Iterator<Item = Item>) -> Vec<Item> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH_BYTES && batch.len() < BATCH_DOCUMENTS {
        let Some(item) = items.next() else { break };
        if let Item::Document(document) = &item {
            bytes += document.bytes.len();
        }
        batch.push(item);
    }
    batch
}

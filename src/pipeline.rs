//! The whole run: documents in, a network or annotations out. The only module that knows all stages.

use std::{
    cell::Cell,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, RandomState},
    panic::{AssertUnwindSafe, catch_unwind},
};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;
use twox_hash::XxHash3_64;

use crate::{
    Article, Counting, Document, Incident, Network, Place, Roster, Sentence, Tally,
    actor::{self, Discovery},
    annotation::Annotation,
    article::{self, Limits, Sought},
    error::{Kind, Status},
    mention::{Finder, Given, Names, fold},
    network::Books,
    partial::{Counted, Head, Part},
    roster::{ActorKind, Verb},
    sentence,
    source::{Digest, Item, Media},
    story::{self, Signature, StoryId},
    tally::{Aside, Entry, MOST_TOGETHER, Row, Story},
};

/// Bytes of pages that are worked on at a time, for each thread: bounds the memory of a run.
const BATCH_BYTES: usize = 512 << 10;
/// Pieces of a batch at most, for each thread.
const PIECES: usize = 16;
/// Bytes of pages that a core takes at a time, and documents: few large pages or many short articles.
const PIECE_BYTES: usize = 64 << 10;
const PIECE_DOCUMENTS: usize = 32;
/// How much smaller batches and pieces are of what is no page: it takes so little time that all that is made of a batch should stay in
/// the cache until it is counted.
const SMALLER: usize = 4;
/// Bytes of what articles tell that are kept in memory; more goes to a file.
const PUT_ASIDE: usize = 16 << 20;
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
        let mut whole = Sum::default();
        let ready = |(part, met), ready: &mut Vec<(Ready, Option<String>)>| {
            ready.push((Ready::of(part, &self.counting), met));
        };
        self.work((items, any_seed()), ready, |ready| {
            for (ready, met) in ready {
                whole.met.extend(met);
                whole.enter(ready, &self.counting);
            }
            true
        });
        whole.report.records.extend(self.unmet(&whole.met));
        whole.finish(&self.head(), &self.counting)
    }

    /// The network of each of two outlets, whatever the case of their names, with the same actors: joins are decided over all that
    /// is read. A story that both print counts on both sides.
    pub fn build_by_outlet(
        &self,
        (one, other): (&str, &str),
        items: impl Iterator<Item = Item> + Send,
    ) -> (ByOutlet, Report) {
        let names = [fold(one), fold(other)];
        let (mut wholes, mut outlets): ([Sum; 3], BTreeSet<String>) = Default::default();
        let ready = |(item, digest), ready: &mut Vec<(Ready, Option<String>)>| {
            let (part, outlet) = self.part_of_outlet(item, digest);
            ready.push((Ready::of(part, &self.counting), outlet));
        };
        run(unrepeated(items, any_seed()), ready, |ready| {
            for (ready, outlet) in ready {
                let side = outlet.as_deref().map(fold).and_then(|outlet| names.iter().position(|name| *name == outlet));
                outlets.extend(outlet);
                if let Some(whole) = wholes.get_mut(side.unwrap_or(names.len())) {
                    whole.enter(ready, &self.counting);
                }
            }
            true
        });
        let mut report = Report::default();
        let tallies = wholes.map(|mut whole| {
            whole.report.leave_out(whole.copies.found);
            report.append(whole.report);
            whole.tally
        });
        let mut networks = Network::parts(&self.roster, tallies, &self.counting, &report.digests, report.books);
        let lost: u64 = networks.iter().map(|network| network.lost).sum();
        if lost > 0 {
            report.lose(lost);
        }
        report.leave_undone(&self.roster, networks.first());
        for network in &mut networks {
            self.head().say_how(network);
        }
        let [one, other, _] = networks;
        (ByOutlet { sides: [one, other], outlets }, report)
    }

    /// What an item counts, and its outlet, which is read in articles that name nobody, too.
    fn part_of_outlet(&self, item: Item, digest: u64) -> (Part, Option<String>) {
        let outlet = Cell::new(None);
        let read = |document| {
            let article = article::of(document, &self.limits)?;
            outlet.set(article.outlet.clone());
            Ok(article)
        };
        let (part, _) = self.part(item, digest, read);
        (part, outlet.take())
    }

    /// What each of `items` counts, handed to `each` some at a time and in their order, until it says no: a part of a run, to be
    /// merged with others. What was read; copies by their words are found when parts are merged.
    pub fn parts(
        &self,
        items: impl Iterator<Item = Item> + Send,
        mut each: impl FnMut(Vec<Part>) -> bool + Send,
    ) -> Report {
        let mut report = Report::default();
        // The same in every part.
        self.work(
            (items, 0),
            |(part, _), parts: &mut Vec<Part>| parts.push(part),
            |parts| {
                for part in &parts {
                    report.note(part);
                }
                each(parts)
            },
        );
        report
    }

    /// How this pipeline counts.
    pub fn head(&self) -> Head {
        let mut head = Head::new(self.roster.clone(), self.counting.clone());
        if let Some(discovery) = &self.discovery {
            head.discovered = discovery.kinds.iter().map(|kind| kind.name().to_owned()).collect();
            head.given_mentions = discovery.given.is_some();
        }
        (head.pronouns, head.text) = (self.pronouns, self.limits.text);
        head
    }

    /// Makes of each item what it counts, with the identifier of an article for which names are given.
    fn work<T: Default + Send>(
        &self,
        (items, seed): (impl Iterator<Item = Item> + Send, u64),
        add: impl Fn((Part, Option<String>), &mut T) + Sync,
        each: impl FnMut(T) -> bool + Send,
    ) {
        let sought = Sought {
            in_text: &|text| self.finder.may_find(text),
            in_letters: &|letters| self.finder.may_stand_in(letters),
            begins: &|word| self.finder.may_begin_with(word),
        };
        let read = |document| match self.discovery {
            Some(_) => article::of(document, &self.limits),
            None => article::naming(document, &self.limits, &sought),
        };
        run(unrepeated(items, seed), |(item, digest), sum| add(self.part(item, digest, read), sum), each);
    }

    fn part(
        &self,
        item: Item,
        document: u64,
        read: impl Fn(Document) -> Result<Article, Incident>,
    ) -> (Part, Option<String>) {
        let raw = match item {
            Item::Digest(digest) => return (Part::File(digest), None),
            Item::Incident(incident) => return (Part::Passed(incident), None),
            Item::Document(raw) => raw,
        };
        let place = raw.place.clone();
        let counted = catch_unwind(AssertUnwindSafe(|| {
            let mut article = read(raw)?;
            let met = self.note_given(&mut article);
            let row = self.row(&mut article);
            let (published, status) = (article.published, Some(Status::Read));
            let place = article.place;
            Ok((Counted { document, place, status, incidents: article.incidents, published, row }, met))
        }));
        let refused = |incident| {
            (Counted { document, place: place.clone(), incidents: vec![incident], ..Counted::default() }, None)
        };
        let (counted, met) = match counted {
            Ok(Ok(counted)) => counted,
            Ok(Err(incident)) => refused(incident),
            Err(_) => refused(panicked(place.clone())),
        };
        (Part::Article(Box::new(counted)), met)
    }

    /// One JSON object for each article in `items`, a line each, handed to `lines` some at a time and in their order, until it
    /// says no; with what finds copies where `stories` are asked for.
    pub fn annotate(
        &self,
        items: impl Iterator<Item = Item> + Send,
        stories: bool,
        mut lines: impl FnMut(Annotated) -> bool + Send,
    ) -> Report {
        let mut report = Report::default();
        let add = |(item, _): (Item, u64), (annotated, report): &mut (Annotated, Report)| {
            let read = |document| article::of(document, &self.limits);
            book(item, report, read, |article| self.annotation(article, stories, annotated));
        };
        run(items.map(|item| (item, 0)), add, |(annotated, part)| {
            report.append(part);
            lines(annotated)
        });
        report
    }

    /// Names that were found elsewhere, if any.
    fn given(&self) -> Option<&Given> {
        self.discovery.as_ref().and_then(|discovery| discovery.given.as_ref())
    }

    /// The identifier of an article for which names are given; those that do not stand in its text are noted.
    fn note_given(&self, article: &mut Article) -> Option<String> {
        let names = self.given()?.of(&article.id)?;
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
        Some(article.id.clone())
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

    /// What an article counts; nothing where it names nobody, and then its language is not asked for.
    fn row(&self, article: &mut Article) -> Option<Row> {
        if self.discovery.is_none() && article.language.is_none() && !self.finder.may_find(&article.text) {
            return None;
        }
        tell_language(article);
        let names = self.names(article, None);
        if names.mentions.is_empty() && names.ignored.is_empty() {
            return None;
        }
        let row = Row::of(article, &names, &self.roster, &self.counting);
        if row.aside.crowded > 0 {
            article.incidents.push(crowded(&article.place));
        }
        let nothing = row.actors.is_empty() && row.seen.is_empty() && row.aside == Aside::default();
        (!nothing).then_some(row)
    }

    fn annotation(&self, article: &mut Article, stories: bool, annotated: &mut Annotated) {
        tell_language(article);
        let sentences = sentence::of(article);
        let names = self.names(article, Some(&sentences));
        let annotation = Annotation::of(article, &sentences, &names, &self.roster);
        let line = serde_json::to_string(&annotation).unwrap_or_default();
        if stories {
            let row = Row::of(article, &names, &self.roster, &self.counting);
            let meets = row.meets();
            let signature = row.signature.filter(|_| meets);
            // Within a string quotes are escaped: this is the field.
            let place = |signature: &Signature| line.find(&format!("\"story\":\"{}\"", story::shown(signature.words)));
            let at = signature.as_ref().and_then(place).map(|at| annotated.lines.len() + at + "\"story\":\"".len());
            annotated.copies.extend(at.zip(signature));
        }
        annotated.lines.push_str(&line);
        annotated.lines.push('\n');
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
            if discovery.kinds.contains(&ActorKind::Person) {
                actor::leave_to_find(article, &self.roster, &mut names);
            }
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

impl Head {
    /// Enters into the method what the counts themselves do not tell.
    fn say_how(&self, network: &mut Network) {
        network.method.discovered.clone_from(&self.discovered);
        network.method.given_mentions = self.given_mentions;
        network.method.pronouns = self.pronouns;
    }
}

/// Annotations of some articles.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// One JSON object a line.
    pub lines: String,
    /// Of each article that makes an edge, where the 32 digits of its story begin in the lines, and what finds its copies.
    pub copies: Vec<(usize, Signature)>,
}

/// The networks of two outlets.
#[derive(Clone, Debug, Default)]
pub struct ByOutlet {
    /// One each, in the order in which they were named.
    pub sides: [Network; 2],
    /// All outlets that the articles name.
    pub outlets: BTreeSet<String>,
}

/// Of no use to anybody who would like two documents to be taken for one: it is another one in every run.
fn any_seed() -> u64 {
    RandomState::new().hash_one(0)
}

/// The network of the parts that `read` hands on, the same as of one run over all; of each edge so much `evidence`.
///
/// # Errors
/// What `read` answers.
pub fn merge<E>(
    head: &Head,
    evidence: Option<usize>,
    read: impl FnOnce(&mut dyn FnMut(Part)) -> Result<(), E>,
) -> Result<(Network, Report), E> {
    let counting = Counting { evidence, ..head.counting.clone() };
    let mut whole = Sum::default();
    read(&mut |part| whole.enter(Ready::of(part, &counting), &counting))?;
    Ok(whole.finish(head, &counting))
}

/// A part with its row made ready to be entered, on any thread.
enum Ready {
    /// No article that counts.
    Noted(Part),
    /// An article that names nobody.
    Nobody(Box<Counted>),
    /// An article that counts; `whole` where all of it was read.
    Entry { entry: Box<Entry>, counted: Box<Counted>, whole: bool },
}

impl Ready {
    fn of(part: Part, counting: &Counting) -> Self {
        let Part::Article(mut counted) = part else { return Self::Noted(part) };
        let whole = counted.status.is_some() && counted.incidents.iter().all(|it| it.status <= Status::Read);
        match counted.row.take() {
            Some(row) if whole || !row.actors.is_empty() => {
                Self::Entry { entry: Box::new(Entry::of(row, counting)), counted, whole }
            }
            None if whole => Self::Nobody(counted),
            _ => Self::Noted(Part::Article(counted)),
        }
    }
}

/// What some inputs count.
#[derive(Default)]
struct Sum {
    tally: Tally,
    /// Articles for which names are given.
    met: BTreeSet<String>,
    report: Report,
    /// Articles whose words were read before.
    copies: Exact,
    /// Bytes that what articles tell takes in memory, about.
    waiting: usize,
}

impl Sum {
    fn enter(&mut self, ready: Ready, counting: &Counting) {
        let (entry, counted, whole) = match ready {
            Ready::Noted(part) => return self.report.note(&part),
            Ready::Nobody(counted) => {
                self.tally.add_nobody(counted.published);
                return self.report.enter(counted.status, counted.incidents);
            }
            Ready::Entry { entry, counted, whole } => (entry, counted, whole),
        };
        self.waiting += entry.told_bytes();
        let words = self.tally.enter(*entry, counting);
        if let Some(words) = words.filter(|_| whole) {
            self.copies.enter(words, counted.place);
        }
        self.report.enter(counted.status, counted.incidents);
        if self.waiting > PUT_ASIDE {
            self.tally.put_aside();
            self.waiting = 0;
        }
    }

    fn finish(mut self, head: &Head, counting: &Counting) -> (Network, Report) {
        self.report.leave_out(self.copies.found);
        let report = &mut self.report;
        let mut network = Network::new(&head.roster, self.tally, counting, report.digests.clone(), report.books);
        report.stories.clone_from(&network.stories);
        if network.lost > 0 {
            report.lose(network.lost);
            network.method.books = report.books;
        }
        report.leave_undone(&head.roster, Some(&network));
        head.say_how(&mut network);
        (network, self.report)
    }
}

/// Articles whose words were read before.
#[derive(Default)]
struct Exact {
    seen: HashSet<StoryId>,
    found: Vec<Incident>,
}

impl Exact {
    fn enter(&mut self, words: StoryId, place: Place) {
        if !self.seen.insert(words) {
            let reason = "an article with the same words was read before".to_owned();
            self.found.push(Incident { place, status: Status::Duplicate, kind: Kind::Duplicate, reason });
        }
    }
}

/// Works on batch after batch; meanwhile `each` gets what was made of the one before, and the next is read. Each core adds some
/// items of a batch to a fresh `T`; `each` gets these in the order of `items`, until it says no.
fn run<T: Default + Send>(
    mut items: impl Iterator<Item = (Item, u64)> + Send,
    add: impl Fn((Item, u64), &mut T) + Sync,
    mut each: impl FnMut(T) -> bool + Send,
) {
    let add_all = |items: Vec<(Item, u64)>| {
        let mut sum = T::default();
        for item in items {
            add(item, &mut sum);
        }
        sum
    };
    let (mut batch, mut done) = (next_batch(&mut items), Vec::new());
    while !batch.is_empty() {
        let next = || done.into_iter().all(&mut each).then(|| next_batch(&mut items));
        let (made, next) = rayon::join(|| batch.into_par_iter().map(add_all).collect::<Vec<_>>(), next);
        let Some(next) = next else { return };
        (batch, done) = (next, made);
    }
    done.into_iter().all(&mut each);
}

/// Books an item, and adds the article in it.
fn book(
    item: Item,
    report: &mut Report,
    read: impl Fn(Document) -> Result<Article, Incident>,
    add: impl FnOnce(&mut Article),
) {
    match item {
        Item::Incident(incident) => report.enter(None, vec![incident]),
        Item::Digest(digest) => report.digests.push(digest),
        Item::Document(document) => {
            let place = document.place.clone();
            let incidents = catch_unwind(AssertUnwindSafe(|| add_read(read(document), add)));
            let (status, incidents) = incidents.unwrap_or_else(|_| (None, vec![panicked(place)]));
            report.enter(status, incidents);
        }
    }
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
    /// Books an input of a part.
    fn note(&mut self, part: &Part) {
        match part {
            Part::File(digest) => self.digests.push(digest.clone()),
            Part::Passed(incident) => self.enter(None, vec![incident.clone()]),
            Part::Article(counted) => self.enter(counted.status, counted.incidents.clone()),
        }
    }

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

    /// Notes decisions of the `roster` that change nothing.
    fn leave_undone(&mut self, roster: &Roster, network: Option<&Network>) {
        for idle in network.into_iter().flat_map(|it| &it.idle) {
            let Some(decision) = roster.decisions.get(idle.decision) else { continue };
            let quoted = |names: &[String]| names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
            let (first, others) = decision.names.split_at(1.min(decision.names.len()));
            let (verb, between) = (decision.verb.name(), if decision.verb == Verb::Join { "with" } else { "from" });
            let reason = format!(
                "{verb} {} {between} {}: nobody is called {}; it changes nothing",
                quoted(first),
                quoted(others),
                quoted(&idle.nobody)
            );
            let place = decision.place.clone();
            self.records.push(Incident { place, status: Status::Noted, kind: Kind::Format, reason });
        }
    }

    /// Books articles whose counts could not be read again from the file they were put in.
    fn lose(&mut self, articles: u64) {
        self.books.read -= articles;
        self.books.refused += articles;
        let place = Place { path: std::env::temp_dir().display().to_string(), ..Place::default() };
        let reason =
            format!("what {articles} articles count was kept there and could not be read again; they are left out");
        self.records.push(Incident { place, status: Status::Refused, kind: Kind::Failed, reason });
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

/// The same without documents whose bytes were read before: each of these becomes an incident. Documents come with their digests.
fn unrepeated(items: impl Iterator<Item = Item> + Send, seed: u64) -> impl Iterator<Item = (Item, u64)> + Send {
    let mut known = Known::default();
    items.map(move |item| {
        let Item::Document(document) = item else { return (item, 0) };
        let digest = short_digest(&document, seed);
        if known.insert(digest) {
            (Item::Document(document), digest)
        } else {
            (Item::Incident(Incident::repeated(document.place)), digest)
        }
    })
}

/// Digests of all documents of a run, in shares by their first bits: what one share needs to grow is little.
struct Known {
    shares: Vec<Share>,
}

impl Default for Known {
    fn default() -> Self {
        Self { shares: (0..1 << SHARE_BITS).map(|_| Share::default()).collect() }
    }
}

/// Bits of a digest that tell its share.
const SHARE_BITS: u32 = 6;

impl Known {
    /// Whether it is new.
    fn insert(&mut self, digest: u64) -> bool {
        let share = usize::try_from(digest >> (u64::BITS - SHARE_BITS)).unwrap_or_default();
        self.shares.get_mut(share).is_none_or(|share| share.insert(digest))
    }
}

/// Digests of which most are sorted, as a set of millions takes twice the memory.
#[derive(Default)]
struct Share {
    sorted: Vec<u64>,
    recent: FxHashSet<u64>,
}

/// Digests that are not sorted yet, at least.
const RECENT: usize = 1 << 10;

impl Share {
    fn insert(&mut self, digest: u64) -> bool {
        let new = self.sorted.binary_search(&digest).is_err() && self.recent.insert(digest);
        if self.recent.len() >= RECENT.max(self.sorted.len() / 8) {
            self.sorted.reserve_exact(self.recent.len());
            self.sorted.extend(self.recent.drain());
            sort(&mut self.sorted);
        }
        new
    }
}

/// Few new behind many in order: an unstable sort would not see that.
#[expect(clippy::stable_sort_primitive, reason = "a stable one merges runs")]
fn sort(digests: &mut [u64]) {
    digests.sort();
}

/// Of its bytes and of what its container says about it; eight bytes keep the memory of millions small.
fn short_digest(document: &Document, seed: u64) -> u64 {
    let mut digest = XxHash3_64::oneshot_with_seed(seed, &document.bytes);
    for (field, words) in &document.facts.known {
        digest = XxHash3_64::oneshot_with_seed(digest ^ (*field as u64), words.as_bytes());
    }
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

fn next_batch(items: &mut impl Iterator<Item = (Item, u64)>) -> Vec<Vec<(Item, u64)>> {
    let (mut batch, mut bytes, threads) = (Vec::new(), 0, rayon::current_num_threads());
    while bytes < threads * BATCH_BYTES && batch.len() < threads * PIECES {
        let (piece, more) = next_piece(items);
        if piece.is_empty() {
            break;
        }
        batch.push(piece);
        bytes += more;
    }
    batch
}

/// What a core takes at a time, and the bytes of it, as of pages.
fn next_piece(items: &mut impl Iterator<Item = (Item, u64)>) -> (Vec<(Item, u64)>, usize) {
    let (mut piece, mut bytes) = (Vec::new(), 0);
    while bytes < PIECE_BYTES && piece.len() < PIECE_DOCUMENTS {
        let Some(item) = items.next() else { break };
        if let (Item::Document(document), _) = &item {
            let times = if document.media == Media::Html { 1 } else { SMALLER };
            bytes += document.bytes.len() * times;
        }
        piece.push(item);
    }
    (piece, bytes)
}

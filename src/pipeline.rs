//! The whole run: documents in, a network or annotations out. The only module that knows all stages.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    Article, Counting, Document, Incident, Network, Roster, Tally, actor,
    annotation::Annotation,
    article::{self, Limits},
    error::{Kind, Status},
    mention::{Finder, Names},
    network::Books,
    sentence,
    source::{Digest, Item},
};

/// Bytes of documents that are worked on at a time; bounds the memory of a run.
const BATCH_BYTES: usize = 8 << 20;
/// Documents that are worked on at a time.
const BATCH_DOCUMENTS: usize = 4096;
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
    /// Digests of the inputs that were read to their end.
    #[serde(skip)]
    pub digests: Vec<Digest>,
}

impl Pipeline {
    /// A pipeline that looks for `roster`.
    pub fn new(roster: Roster, counting: Counting) -> Self {
        Self { finder: Finder::new(&roster), roster, counting, limits: Limits::default() }
    }

    /// The network of all articles in `items`, in whatever order they come.
    pub fn build(&self, items: impl Iterator<Item = Item> + Send) -> (Network, Report) {
        let mut total = Tally::default();
        let report = self.run(
            items,
            |article| self.tally(article),
            |tally| {
                total = std::mem::take(&mut total).merge(tally, &self.counting);
                true
            },
        );
        (Network::new(&self.roster, total, &self.counting, report.digests.clone(), report.books), report)
    }

    /// One JSON object for each article in `items`, handed to `line` in their order until it says no.
    pub fn annotate(
        &self,
        items: impl Iterator<Item = Item> + Send,
        line: impl FnMut(String) -> bool + Send,
    ) -> Report {
        self.run(items, |article| self.annotation(article), line)
    }

    /// An article that names nobody is only counted: its language is not asked for.
    fn tally(&self, article: &mut Article) -> Tally {
        let mut tally = Tally::default();
        if article.language.is_some() || self.finder.may_find(&article.text) {
            tell_language(article);
            tally.add(article, &self.names(article), &self.roster, &self.counting);
        } else {
            tally.articles += 1;
        }
        tally
    }

    fn annotation(&self, article: &mut Article) -> String {
        tell_language(article);
        let sentences = sentence::of(article);
        let annotation = Annotation::of(article, &sentences, &self.names(article), &self.roster);
        serde_json::to_string(&annotation).unwrap_or_default()
    }

    fn names(&self, article: &Article) -> Names {
        let mut names = self.finder.find(&article.text, article.language.as_deref());
        actor::resolve(&mut names.mentions);
        names
    }

    /// Works on batch after batch, reading the next while the cores work on one; results come in the order of `items`, until
    /// `each` says no.
    fn run<T: Send>(
        &self,
        mut items: impl Iterator<Item = Item> + Send,
        work: impl Fn(&mut Article) -> T + Sync,
        mut each: impl FnMut(T) -> bool + Send,
    ) -> Report {
        let mut report = Report::default();
        let mut batch = next_batch(&mut items);
        while !batch.is_empty() {
            let (done, next) = rayon::join(
                || batch.into_par_iter().map(|item| self.read(item, &work)).collect::<Vec<_>>(),
                || next_batch(&mut items),
            );
            for outcome in done {
                if report.enter(outcome).is_some_and(|result| !each(result)) {
                    return report;
                }
            }
            batch = next;
        }
        report
    }

    fn read<T>(&self, item: Item, work: impl Fn(&mut Article) -> T) -> Outcome<T> {
        match item {
            Item::Incident(incident) => Outcome { incidents: vec![incident], ..Outcome::default() },
            Item::Digest(digest) => Outcome { digest: Some(digest), ..Outcome::default() },
            Item::Document(document) => {
                let place = document.place.clone();
                catch_unwind(AssertUnwindSafe(|| self.read_document(document, work))).unwrap_or_else(|_| {
                    let reason = "internal error while reading it; please report the file".to_owned();
                    let incident = Incident { place, status: Status::Refused, kind: Kind::Corrupt, reason };
                    Outcome { incidents: vec![incident], ..Outcome::default() }
                })
            }
        }
    }

    fn read_document<T>(&self, document: Document, work: impl Fn(&mut Article) -> T) -> Outcome<T> {
        match article::of(document, &self.limits) {
            Err(incident) => Outcome { incidents: vec![incident], ..Outcome::default() },
            Ok(mut article) => {
                let result = Some(work(&mut article));
                Outcome { result, incidents: article.incidents, digest: None }
            }
        }
    }
}

/// What became of one item.
struct Outcome<T> {
    /// What was made of it, if it is an article.
    result: Option<T>,
    incidents: Vec<Incident>,
    digest: Option<Digest>,
}

impl<T> Default for Outcome<T> {
    fn default() -> Self {
        Self { result: None, incidents: Vec::new(), digest: None }
    }
}

impl Report {
    /// Books one item.
    fn enter<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        let status = outcome.incidents.iter().map(|incident| incident.status).max();
        let read = outcome.result.is_some().then_some(Status::Read);
        if let Some(status) = status.max(read) {
            self.books.enter(status);
        }
        self.records.extend(outcome.incidents);
        self.digests.extend(outcome.digest);
        outcome.result
    }
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

//! The sentences, each once however many edges it shows, with its article and the places of names in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::{seen::steps, wording::Wording};
use crate::{
    Network,
    export::columns::ends,
    network::{Mark, Shown},
};

/// All that edges show.
#[derive(Serialize)]
pub(super) struct Evidence<'a> {
    /// What the letters of titles, addresses and sentences stand for; empty where these are as they are.
    words: Vec<&'a str>,
    articles: Articles<'a>,
    sentences: Sentences<'a>,
}

/// One value for each article in every column.
#[derive(Default, Serialize)]
struct Articles<'a> {
    id: Vec<&'a str>,
    path: Vec<&'a str>,
    line: Vec<Option<u64>>,
    published: Vec<Option<NaiveDate>>,
    /// The day under which its story counts, by index, where that is another.
    counted: BTreeMap<usize, NaiveDate>,
    published_by: Said<'a>,
    title: Vec<Option<String>>,
    outlet: Said<'a>,
    byline: Said<'a>,
    language: Said<'a>,
    url: Vec<Option<String>>,
}

/// One value for each sentence in every column; the oldest first, undated ones last, and so are those of every edge.
#[derive(Default, Serialize)]
struct Sentences<'a> {
    /// Index of the article, less that of the sentence before.
    article: Vec<i64>,
    /// First byte in the article's text.
    start: Vec<usize>,
    /// One past the last byte, by index, where that is not as many bytes further as the words have.
    end: BTreeMap<usize, usize>,
    text: Vec<String>,
    /// How many articles tell the story, and who published them, by index, where there are several.
    copies: BTreeMap<usize, (u64, &'a [String])>,
    /// How many names stand in it.
    marks: Vec<usize>,
    /// The actor of each of these, from left to right.
    actor: Vec<usize>,
    /// Units of UTF-16 between the end of the name before, or the start of the sentence, and the name.
    gap: Vec<i64>,
    /// Units of UTF-16 of the name; 0, as the gap is then, where it is the next that the actor goes by.
    length: Vec<usize>,
    /// The edges that it shows, by index, where these are not all those between actors that are named in it.
    edges: BTreeMap<usize, Vec<usize>>,
}

/// A column in which few values stand often: the values, and the number of each row's, from 1; 0 is none.
#[derive(Default, Serialize)]
struct Said<'a> {
    values: Vec<&'a str>,
    of: Vec<usize>,
}

impl<'a> Said<'a> {
    fn of(column: impl Iterator<Item = Option<&'a str>> + Clone) -> Self {
        let values: BTreeSet<&str> = column.clone().flatten().collect();
        let numbers: BTreeMap<&str, usize> = values.iter().zip(1..).map(|(value, number)| (*value, number)).collect();
        let of = column.map(|it| it.and_then(|it| numbers.get(it).copied()).unwrap_or(0)).collect();
        Self { values: values.into_iter().collect(), of }
    }
}

/// What tells sentences apart, in the order in which they are shown: dated ones by day.
type Place<'a> = (bool, Option<NaiveDate>, &'a str, &'a str, Option<u64>, usize, usize, &'a str);

fn place(shown: &Shown) -> Place<'_> {
    let Shown { article, path, line, published, start, end, text, .. } = shown;
    (published.is_none(), *published, article, path, *line, *start, *end, text)
}

/// What tells articles apart.
fn article<'a>(place: &Place<'a>) -> (bool, Option<NaiveDate>, &'a str, &'a str, Option<u64>) {
    (place.0, place.1, place.2, place.3, place.4)
}

/// A sentence, and what all the edges that it shows say of it.
struct Sentence<'a> {
    shown: &'a Shown,
    edges: BTreeSet<usize>,
    marks: BTreeSet<Name>,
}

/// A name in a sentence; bytes of its words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    start: usize,
    end: usize,
    actor: usize,
}

/// Texts of more bytes than so are written as words by number.
const LARGE: usize = 65_536;

pub(super) fn of(network: &Network) -> Evidence<'_> {
    let sentences = sentences(network);
    let mut first: BTreeMap<_, &Shown> = BTreeMap::new();
    for (place, sentence) in &sentences {
        first.entry(article(place)).or_insert(sentence.shown);
    }
    let numbers: BTreeMap<_, usize> = first.keys().zip(0..).map(|(article, number)| (*article, number)).collect();
    let of = steps(sentences.keys().map(|place| numbers.get(&article(place)).copied().unwrap_or(0)));
    let all: Vec<&Shown> = first.into_values().collect();
    let wording = wording(&sentences, &all);
    let columns = Sentences { article: of, ..columns(network, &sentences, &wording) };
    Evidence { articles: articles(&all, &wording), sentences: columns, words: wording.words }
}

fn wording<'a>(sentences: &BTreeMap<Place<'a>, Sentence<'a>>, articles: &[&'a Shown]) -> Wording<'a> {
    let about = articles.iter().flat_map(|it| [it.title.as_deref(), it.url.as_deref()]).flatten();
    let texts = || sentences.values().map(|it| it.shown.text.as_str()).chain(about.clone());
    if texts().map(str::len).sum::<usize>() > LARGE { Wording::of(texts()) } else { Wording::default() }
}

fn sentences(network: &Network) -> BTreeMap<Place<'_>, Sentence<'_>> {
    let by_id: BTreeMap<&str, usize> =
        network.graph.node_weights().enumerate().map(|(index, it)| (it.id.as_str(), index)).collect();
    let mut sentences: BTreeMap<Place, Sentence> = BTreeMap::new();
    for (index, edge) in network.graph.edge_weights().enumerate() {
        for shown in &edge.evidence {
            let empty = || Sentence { shown, edges: BTreeSet::new(), marks: BTreeSet::new() };
            let sentence = sentences.entry(place(shown)).or_insert_with(empty);
            sentence.edges.insert(index);
            sentence.marks.extend(shown.marks.iter().filter_map(|mark| {
                let (start, end) = inside(shown, mark)?;
                Some(Name { start, end, actor: *by_id.get(mark.actor.as_str())? })
            }));
        }
    }
    sentences
}

/// Where a name stands in the words of a sentence; none where it is not there.
fn inside(shown: &Shown, mark: &Mark) -> Option<(usize, usize)> {
    let start = mark.start.checked_sub(shown.start)?;
    let end = mark.end.checked_sub(shown.start)?;
    shown.text.get(start..end).filter(|name| !name.is_empty()).map(|_| (start, end))
}

fn articles<'a>(all: &[&'a Shown], wording: &Wording<'a>) -> Articles<'a> {
    let said = |of: fn(&'a Shown) -> Option<&'a str>| Said::of(all.iter().map(move |it| of(it)));
    let short = |text: &Option<String>| text.as_deref().map(|it| wording.short(it));
    Articles {
        id: all.iter().map(|it| it.article.as_str()).collect(),
        path: all.iter().map(|it| it.path.as_str()).collect(),
        line: all.iter().map(|it| it.line).collect(),
        published: all.iter().map(|it| it.published).collect(),
        counted: all.iter().enumerate().filter_map(|(index, it)| Some((index, it.counted?))).collect(),
        published_by: said(|it| it.published_by.as_deref()),
        title: all.iter().map(|it| short(&it.title)).collect(),
        outlet: said(|it| it.outlet.as_deref()),
        byline: said(|it| it.byline.as_deref()),
        language: said(|it| it.language.as_deref()),
        url: all.iter().map(|it| short(&it.url)).collect(),
    }
}

fn columns<'a>(
    network: &Network,
    sentences: &BTreeMap<Place<'a>, Sentence<'a>>,
    wording: &Wording<'a>,
) -> Sentences<'a> {
    let mut columns = Sentences::default();
    let by_ends: BTreeMap<(usize, usize), usize> =
        ends(network).enumerate().map(|(index, (a, b))| ((a.min(b), a.max(b)), index)).collect();
    for (index, sentence) in sentences.values().enumerate() {
        columns.text.push(wording.short(&sentence.shown.text));
        columns.enter(index, sentence, network);
        if sentence.edges != between(sentence, &by_ends) {
            columns.edges.insert(index, sentence.edges.iter().copied().collect());
        }
    }
    columns
}

impl<'a> Sentences<'a> {
    fn enter(&mut self, index: usize, Sentence { shown, marks, .. }: &Sentence<'a>, network: &Network) {
        self.start.push(shown.start);
        if shown.end != shown.start.saturating_add(shown.text.len()) {
            self.end.insert(index, shown.end);
        }
        if shown.copies > 1 || !shown.outlets.is_empty() {
            self.copies.insert(index, (shown.copies, &shown.outlets));
        }
        self.marks.push(marks.len());
        let mut before = 0;
        for name in marks {
            let is_next = next(&shown.text, before, network, name.actor) == Some((name.start, name.end));
            let units = |text: &str| text.encode_utf16().count();
            let gap = shown.text.get(before..name.start).map(|it| signed(units(it)));
            let back = || shown.text.get(name.start..before).map_or(0, |it| -signed(units(it)));
            self.actor.push(name.actor);
            self.gap.push(if is_next { 0 } else { gap.unwrap_or_else(back) });
            self.length.push(if is_next { 0 } else { shown.text.get(name.start..name.end).map_or(0, units) });
            before = name.end;
        }
    }
}

/// Where, from a byte of `text` on, the next stands that `actor` goes by: the longest of those that begin there.
fn next(text: &str, from: usize, network: &Network, actor: usize) -> Option<(usize, usize)> {
    let actor = network.graph.node_weight(NodeIndex::new(actor))?;
    let rest = text.get(from..)?;
    let names = std::iter::once(&actor.name).chain(&actor.aliases).filter(|it| !it.is_empty());
    let places = names.filter_map(|name| Some((from + rest.find(name.as_str())?, name.len())));
    places
        .min_by_key(|(start, length)| (*start, std::cmp::Reverse(*length)))
        .map(|(start, length)| (start, start + length))
}

fn signed(units: usize) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

/// The edges between all who are named in a sentence.
fn between(sentence: &Sentence, by_ends: &BTreeMap<(usize, usize), usize>) -> BTreeSet<usize> {
    let actors: BTreeSet<usize> = sentence.marks.iter().map(|it| it.actor).collect();
    let pairs = actors.iter().flat_map(|a| actors.range(a + 1..).map(move |b| (*a, *b)));
    pairs.filter_map(|ends| by_ends.get(&ends).copied()).collect()
}

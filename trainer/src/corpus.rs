//! Articles with their names: the text as a newspaper would print it, from tokens with labels.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde::Deserialize;
use sociogram::{
    Span,
    mention::tagger::Found,
    roster::ActorKind,
    sentence::{Splitter, paragraphs},
};

/// An article with the names that it holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    /// The file it comes from, without its ending.
    pub(crate) source: String,
    /// Its text.
    pub(crate) text: String,
    /// Its sentences, in order.
    pub(crate) sentences: Vec<Span>,
    /// Its names, in order.
    pub(crate) names: Vec<Found>,
}

/// Sentences that are no article are cut into pieces of so many.
const PIECE: usize = 40;

#[derive(Deserialize)]
struct Tagged {
    sents: Vec<TaggedSentence>,
}

#[derive(Deserialize)]
struct TaggedSentence {
    tok: Vec<String>,
    tag: Vec<String>,
}

/// The articles of all `.jsonl` files of a folder, files in order of their names.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Vec<Article>> {
    let listing = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths: Vec<_> = listing.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    paths.sort();
    let mut articles = Vec::new();
    for path in paths {
        let source = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for line in lines(&path)?.lines() {
            let tagged: Tagged = serde_json::from_str(line).with_context(|| path.display().to_string())?;
            let size = if tagged.sents.len() > 300 { PIECE } else { 300 };
            articles.extend(tagged.sents.chunks(size).map(|sentences| article(&source, sentences)));
        }
    }
    Ok(articles)
}

fn lines(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn article(source: &str, sentences: &[TaggedSentence]) -> Article {
    let mut article = Article { source: source.to_owned(), ..Article::default() };
    for sentence in sentences {
        if source == "gum" { article.add(&widened(sentence)) } else { article.add(sentence) }
    }
    article
}

/// GUM marks the head of a name and what is a name in it ("United [States]", "[University] of [Texas]"); the other corpora the
/// whole name, as is wanted here.
fn widened(sentence: &TaggedSentence) -> TaggedSentence {
    let (tokens, mut tags) = (&sentence.tok, sentence.tag.clone());
    let capital = |at: usize| tokens.get(at).is_some_and(|token| token.starts_with(char::is_uppercase));
    for at in 1..tags.len() {
        let Some(kind) = tags[at].strip_prefix("B-").filter(|kind| matches!(*kind, "ORG" | "LOC")).map(str::to_owned)
        else {
            continue;
        };
        let mut first = at;
        while first > 0 && tags[first - 1] == "O" && capital(first - 1) && first - 1 > 0 && tokens[first - 1].len() > 2
        {
            first -= 1;
        }
        tags[first..=at].fill(format!("I-{kind}"));
        tags[first] = format!("B-{kind}");
    }
    for at in 0..tags.len() {
        let whole = matches!(tags[at].as_str(), "B-ORG" | "I-ORG")
            && tokens.get(at + 1).is_some_and(|it| it == "of")
            && capital(at + 2);
        if !whole {
            continue;
        }
        let end = (at + 2..tags.len()).take_while(|&it| capital(it)).last().unwrap_or(at) + 1;
        tags[at + 1..end].fill("I-ORG".to_owned());
    }
    TaggedSentence { tok: tokens.clone(), tag: tags }
}

impl Article {
    fn add(&mut self, sentence: &TaggedSentence) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        let mut spacing = Spacing::default();
        for (at, token) in sentence.tok.iter().enumerate() {
            let next = sentence.tok.get(at + 1).map_or("", String::as_str);
            if self.text.len() > start && spacing.comes_before(token, next, &self.text) {
                self.text.push(' ');
            }
            let from = self.text.len();
            self.text.push_str(token);
            let tag = sentence.tag.get(at).map_or("O", String::as_str);
            self.label(tag, Span { start: from, end: self.text.len() }, start);
        }
        self.sentences.push(Span { start, end: self.text.len() });
    }

    /// Takes in a token's label. `MISC` is none of the kinds.
    fn label(&mut self, tag: &str, span: Span, start: usize) {
        let Some(kind) = tag.get(2..).and_then(kind) else { return };
        match self.names.last_mut() {
            Some(name) if tag.starts_with("I-") && name.kind == kind && name.span.start >= start => {
                name.span.end = span.end;
            }
            _ => self.names.push(Found { span, kind }),
        }
    }
}

fn kind(name: &str) -> Option<ActorKind> {
    match name {
        "PER" | "person" => Some(ActorKind::Person),
        "ORG" | "organisation" | "organization" => Some(ActorKind::Organisation),
        "LOC" | "place" => Some(ActorKind::Place),
        _ => None,
    }
}

/// Where spaces stood before the text was cut into tokens.
#[derive(Default)]
struct Spacing {
    /// Whether a straight quotation mark is open.
    open: bool,
    /// Whether nothing may stand between the last token and the next.
    glue: bool,
}

impl Spacing {
    /// Whether a space stands before `token`.
    fn comes_before(&mut self, token: &str, next: &str, text: &str) -> bool {
        let glued = std::mem::take(&mut self.glue);
        if token == "\"" {
            self.open = !self.open;
            self.glue = self.open;
            return self.open && !glued;
        }
        let joint = matches!(token, "-" | "/") && !next.is_empty() && next.chars().all(char::is_alphanumeric);
        let joint = joint && text.ends_with(char::is_alphanumeric);
        self.glue = joint || matches!(token, "(" | "[" | "{" | "“" | "‘" | "$" | "£" | "€" | "#" | "``");
        !glued && !joint && !is_closing(token)
    }
}

/// Whether a token stands at the word before it.
fn is_closing(token: &str) -> bool {
    matches!(token, "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "}" | "”" | "%" | "..." | "…" | "''")
        || token
            .strip_prefix(['\'', '’'])
            .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_lowercase()) && rest.len() < 3)
        || matches!(token, "n't" | "n’t")
}

#[derive(Deserialize)]
struct Gold {
    text: String,
    #[serde(default)]
    names: Vec<(usize, usize, String)>,
    #[serde(default)]
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// Articles of gold: JSON Lines with `text` and either `names` or `mentions`, offsets in characters.
pub(crate) fn gold(path: &Path) -> anyhow::Result<Vec<Article>> {
    let source = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let rows = lines(path)?;
    let rows = rows.lines().map(|line| {
        let gold: Gold = serde_json::from_str(line).with_context(|| path.display().to_string())?;
        Ok(gold.article(&source))
    });
    rows.collect()
}

impl Gold {
    fn article(self, source: &str) -> Article {
        let bytes: Vec<usize> = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(self.text.len());
        let mentions = self.mentions.into_iter().map(|it| (it.start, it.end, it.kind));
        let names = self.names.into_iter().chain(mentions).filter_map(|(start, end, name)| {
            Some(Found { span: Span { start: byte(start), end: byte(end) }, kind: kind(&name)? })
        });
        let names = names.collect();
        Article { source: source.to_owned(), sentences: sentences(&self.text), names, text: self.text }
    }
}

/// The sentences of an English text.
pub(crate) fn sentences(text: &str) -> Vec<Span> {
    let splitter = Splitter::of(Some("en"));
    let mut sentences = Vec::new();
    for paragraph in paragraphs(text, Span::whole(text)) {
        splitter.split(text, paragraph, &mut sentences);
    }
    sentences
}

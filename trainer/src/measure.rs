//! Names found against gold: exact spans.

use std::{collections::BTreeSet, fmt};

use sociogram::{
    mention::tagger::{Found, Model},
    roster::ActorKind,
};

use crate::corpus::Article;

const KINDS: [(&str, ActorKind); 3] =
    [("person", ActorKind::Person), ("organisation", ActorKind::Organisation), ("place", ActorKind::Place)];

/// Names of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    right: usize,
    found: usize,
    gold: usize,
}

/// Names of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score([Count; 3]);

/// How many names of each kind are right.
pub(crate) fn score(model: &Model, articles: &[Article]) -> Score {
    let mut score = Score::default();
    for article in articles {
        let found = model.find(&article.text, &article.sentences);
        for ((_, kind), count) in KINDS.iter().zip(&mut score.0) {
            count.add(*kind, &found, &article.names);
        }
    }
    score
}

/// What is missed and what is found wrongly in an article, one name a line with the words around it.
pub(crate) fn errors(model: &Model, article: &Article) -> Vec<String> {
    let found = model.find(&article.text, &article.sentences);
    let missed = article.names.iter().filter(|name| !found.contains(name)).map(|name| ("missed", name));
    let wrong = found.iter().filter(|name| !article.names.contains(name)).map(|name| ("wrong", name));
    let mut lines: Vec<_> = missed.chain(wrong).collect();
    lines.sort_by_key(|(_, name)| name.span);
    lines.into_iter().map(|(what, name)| line(what, name, &article.text)).collect()
}

fn line(what: &str, name: &Found, text: &str) -> String {
    let kind = KINDS.iter().find(|(_, kind)| *kind == name.kind).map_or("", |(name, _)| name);
    let before: Vec<char> = text.get(..name.span.start).unwrap_or_default().chars().rev().take(50).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text.get(name.span.end..).unwrap_or_default().chars().take(40).collect();
    format!("{what} {kind}: {before}[{}]{after}", name.span.of(text)).replace('\n', " ")
}

impl Count {
    fn add(&mut self, kind: ActorKind, found: &[Found], gold: &[Found]) {
        let spans = |names: &[Found]| -> BTreeSet<_> {
            names.iter().filter(|name| name.kind == kind).map(|name| name.span).collect()
        };
        let (found, gold) = (spans(found), spans(gold));
        self.right += found.intersection(&gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((name, _), count) in KINDS.iter().zip(self.0) {
            let share = |of: usize| 100.0 * count.right as f64 / of.max(1) as f64;
            let f1 = 200.0 * count.right as f64 / (count.found + count.gold).max(1) as f64;
            write!(f, "{name} P {:.1} R {:.1} F1 {f1:.1}; ", share(count.found), share(count.gold))?;
        }
        Ok(())
    }
}

//! Names as a trie over folded words: every name that starts at a place is found in one walk, the longest wins.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{
    fold::{with_folded, with_spelling},
    head::Heads,
    word::{self, Joint, joint_at, word_at},
};
use crate::Span;

/// The longest name, in words.
const WORDS: usize = 16;

/// A name in the trie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What the name stands for: the caller's index.
    pub(super) value: usize,
    /// How its words are written and joined, one item a word.
    shape: Vec<Shape>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    /// What stands before the word.
    joint: Joint,
    case: Case,
}

/// The capitals that a word must have to be the word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    First,
    All,
}

/// Names by their folded words.
#[derive(Clone, Debug, Default)]
pub(super) struct Trie {
    words: FxHashMap<Box<[u8]>, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    nodes: Vec<Node>,
    heads: Heads,
}

/// Where a walk has come to.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The names that end here.
    entries: Vec<Entry>,
    /// Whether longer ones go on.
    goes_on: bool,
}

/// The longest name at a place.
pub(super) struct Longest<'t> {
    /// Where.
    pub(super) span: Span,
    /// Number of words.
    pub(super) words: usize,
    /// All that the name stands for.
    pub(super) entries: SmallVec<[&'t Entry; 2]>,
}

impl Trie {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()], ..Self::default() }
    }

    /// Adds `name`; nothing happens where it has no words.
    pub(super) fn insert(&mut self, name: &str, value: usize) {
        let words = words_of(name);
        let (Some((_, head)), true) = (words.first(), words.len() <= WORDS) else { return };
        with_folded(head, |folded| self.heads.add(folded, case_of(head) == Case::Any));
        let mut node = 0;
        for (_, word) in &words {
            node = with_spelling(word, |spelt| self.step_or_add(node, spelt));
        }
        let shape = words.iter().map(|(joint, word)| Shape { joint: *joint, case: case_of(word) }).collect();
        let entry = Entry { value, shape };
        if let Some(node) = self.nodes.get_mut(node as usize).filter(|it| !it.entries.contains(&entry)) {
            node.entries.push(entry);
        }
    }

    /// How names begin.
    pub(super) fn heads(&self) -> &Heads {
        &self.heads
    }

    /// The longest name that starts at byte `start` of `text`. `wrapped` is asked whether a line end is a mere space.
    pub(super) fn longest<'t>(&'t self, text: &str, start: usize, wrapped: &dyn Fn() -> bool) -> Option<Longest<'t>> {
        let mut best = None;
        let (mut node, mut at, mut seen) = (0, start, [(Joint::None, ""); WORDS]);
        let mut joint = Joint::None;
        for words in 1..=WORDS {
            let span = word_at(text, at);
            let word = span.of(text);
            let Some(next) = self.step(node, word) else { break };
            node = next;
            if let Some(seen) = seen.get_mut(words - 1) {
                *seen = (joint, word);
            }
            let (seen, here) = (seen.get(..words).unwrap_or_default(), self.nodes.get(node as usize)?);
            let entries: SmallVec<[&Entry; 2]> = here.entries.iter().filter(|it| it.fits(seen)).collect();
            if !entries.is_empty() && ends(text, span.end) {
                best = Some(Longest { span: Span { start, end: span.end }, words, entries });
            }
            if !here.goes_on {
                break;
            }
            let Some((following, byte)) = joint_at(text, span.end, wrapped) else { break };
            (joint, at) = (following, byte);
        }
        best
    }

    fn step(&self, node: u32, word: &str) -> Option<u32> {
        let word = with_spelling(word, |spelt| self.words.get(spelt).copied())?;
        self.steps.get(&(node, word)).copied()
    }

    fn step_or_add(&mut self, node: u32, spelt: &[u8]) -> u32 {
        let count = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word = *self.words.entry(spelt.into()).or_insert(count);
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let next = *self.steps.entry((node, word)).or_insert(fresh);
        if next == fresh {
            self.nodes.push(Node::default());
        }
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.goes_on = true;
        }
        next
    }
}

impl Entry {
    fn fits(&self, seen: &[(Joint, &str)]) -> bool {
        self.shape.len() == seen.len()
            && self.shape.iter().zip(seen).enumerate().all(|(index, (shape, (joint, word)))| {
                let before = index.checked_sub(1).and_then(|it| seen.get(it)).map_or("", |it| it.1);
                shape.case.fits(word) && (index == 0 || joins(shape.joint, *joint, before))
            })
    }
}

impl Case {
    fn fits(self, word: &str) -> bool {
        match self {
            Self::Any => true,
            Self::First => word::is_capital(word),
            Self::All => word::is_all_capitals(word) || (word.chars().count() < 2 && word::is_capital(word)),
        }
    }
}

/// Whether a text may join two words by `found` where the name joins them by `wanted`. A name with spaces is not one with
/// hyphens, a full stop may follow an initial or abbreviation only.
fn joins(wanted: Joint, found: Joint, before: &str) -> bool {
    match found {
        Joint::Stop => wanted == Joint::Stop || (wanted == Joint::Space && before.chars().count() <= 2),
        Joint::Space => matches!(wanted, Joint::Space | Joint::Hyphen | Joint::Stop),
        other => other == wanted,
    }
}

/// "EU" must be written in capitals, since "eu" and "Eu" are other words; "NATO" may be "Nato".
fn case_of(word: &str) -> Case {
    if word::is_all_capitals(word) && word.chars().count() <= 3 {
        Case::All
    } else if word::is_capital(word) {
        Case::First
    } else {
        Case::Any
    }
}

/// Whether a name may end at byte `end`: no letter goes on, and it is no address ("trump.com").
fn ends(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    if rest.chars().next().is_some_and(word::is_word) && !word::begins(text, end) {
        return false;
    }
    let mut chars = rest.chars();
    !(chars.next() == Some('.') && chars.next().is_some_and(char::is_lowercase))
}

/// The words of a name, each with what stands before it.
pub(super) fn words_of(name: &str) -> Vec<(Joint, &str)> {
    let mut words = Vec::new();
    let mut at = name.char_indices().find(|&(_, c)| word::is_word(c)).map(|(at, _)| at);
    let mut joint = Joint::None;
    while let Some(start) = at {
        let span = word_at(name, start);
        words.push((joint, span.of(name)));
        at = if let Some((following, next)) = joint_at(name, span.end, &|| true) {
            joint = following;
            Some(next)
        } else {
            joint = Joint::Space;
            let rest = name.get(span.end..).unwrap_or_default();
            rest.char_indices().find(|&(_, c)| word::is_word(c)).map(|(at, _)| span.end + at)
        };
    }
    words
}

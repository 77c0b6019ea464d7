//! An article as the tagger sees it: its tokens, and the stretches that can hold a name.

use std::ops::Range;

use super::{
    evidence, feature,
    list::{
        self, COMMON, COUNTRY, FUNCTION, JOINT, LONGEST, Lists, NATION, PARTICLE, SUFFIX, TIME, TITLE, WHOLE_PLACE,
    },
    model::Common,
    token::{self, CAPITAL, DIGIT, GLUED, LETTER, MARK, Token, UPPER},
};
use crate::{Span, mention::fold};

/// Neighbouring tokens of one sentence that can hold a name: from a word with a capital to the last one that is joined to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Its sentence, by number.
    pub(super) sentence: usize,
}

const COMMA: u64 = token::digest(",");

/// One article, read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub text: &'a str,
    /// All tokens of all sentences, in order.
    pub tokens: Vec<Token>,
    /// Where names can be, in order.
    pub stretches: Vec<Stretch>,
    /// First and past the last token of each sentence, and whether it is written like a headline.
    pub(super) sentences: Vec<(usize, usize)>,
    pub(super) shouted: Vec<bool>,
    the: u64,
    possessive: u64,
}

impl<'a> Reading<'a> {
    /// Reads the sentences of one article.
    pub fn of(text: &'a str, sentences: &[Span], common: &Common) -> Self {
        let lists = Lists::all();
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut ranges = Vec::with_capacity(sentences.len());
        for &sentence in sentences {
            let first = tokens.len();
            token::tokens(text, sentence, &mut tokens);
            ranges.push((first, tokens.len()));
        }
        for token in &mut tokens {
            look_up(lists, text, token);
            if common.has(token.lower) {
                token.lists |= COMMON;
            }
        }
        for &(first, end) in &ranges {
            mark_places(lists, tokens.get_mut(first..end).unwrap_or_default());
        }
        let (the, possessive) = (token::digest("the"), token::digest("'s"));
        evidence::gather(&mut tokens, &ranges, the, possessive);
        let shouted =
            ranges.iter().map(|&(first, end)| evidence::is_shouted(tokens.get(first..end).unwrap_or_default()));
        let shouted = shouted.collect();
        let mut reading = Self { text, tokens, stretches: Vec::new(), sentences: ranges, shouted, the, possessive };
        reading.stretch();
        reading
    }

    /// Calls `take` with the key of each feature of the token `at` in `stretch`.
    pub fn features(&self, stretch: Stretch, at: usize, take: impl FnMut(u32)) {
        feature::each(self, stretch, at, take);
    }

    /// The place of these tokens, at least one.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.span.start);
        Span { start, end: self.tokens.get(tokens.end - 1).map_or(start, |token| token.span.end) }
    }

    /// The tokens `first..end` of a name without what is no part of it: articles, titles, marks and possessive endings; empty
    /// where nothing is left, or nothing but a day, a month or the people of a country.
    pub fn bare(&self, mut name: Range<usize>, person: bool) -> Range<usize> {
        while name.len() > 0
            && self.tokens.get(name.end - 1).is_some_and(|token| token.is(MARK) || token.lower == self.possessive)
        {
            name.end -= 1;
        }
        while name.len() > 0
            && self.tokens.get(name.start).is_some_and(|token| self.leads(token, person && name.len() > 1))
        {
            name.start += 1;
        }
        let idle = |token: &Token| {
            token.listed(NATION | TIME)
                && !token.listed(COUNTRY)
                && token.evidence & (evidence::AFTER_GIVEN | evidence::AFTER_TITLE) == 0
        };
        if self.tokens.get(name.clone()).is_some_and(|tokens| tokens.iter().all(idle)) {
            name.end = name.start;
        }
        name
    }

    /// Whether a token at the start of a name is no part of it.
    fn leads(&self, token: &Token, person: bool) -> bool {
        token.lower == self.the
            || !token.is(UPPER) && token.listed(JOINT) && !token.listed(PARTICLE)
            || token.is(MARK)
            || token.lower == self.possessive
            || person && token.listed(TITLE)
    }

    fn stretch(&mut self) {
        for (sentence, &(first, end)) in self.sentences.iter().enumerate() {
            let mut at = first;
            while at < end {
                let stop = self.stretch_end(at, end);
                if stop > at && !self.is_idle(at, stop) {
                    self.stretches.push(Stretch { first: at, end: stop, sentence });
                }
                at = stop.max(at + 1);
            }
        }
    }

    /// One past the last token of the stretch that begins at `first`; `first` where none does.
    fn stretch_end(&self, first: usize, end: usize) -> usize {
        if !self.opens(first, end) {
            return first;
        }
        let mut stop = first + 1;
        while let Some(next) = self.step_end(stop, end) {
            stop = next;
        }
        stop
    }

    /// One past what goes on with a stretch at `stop`: a further capital after some joints, the second part of a word with a hyphen,
    /// or ", Jr.".
    fn step_end(&self, stop: usize, end: usize) -> Option<usize> {
        let is = |at: usize, what: fn(&Token) -> bool| at < end && self.tokens.get(at).is_some_and(what);
        let joints = (stop..end.min(stop + 4)).take_while(|&at| self.joins(at)).count();
        if is(stop + joints, |token| token.is(UPPER)) {
            return Some(stop + joints + 1);
        }
        let glued = |token: &Token| token.is(GLUED);
        if is(stop, |token| token.is(GLUED) && token.is(MARK) && token.listed(JOINT))
            && is(stop + 1, glued)
            && is(stop + 1, |token| token.is(LETTER))
        {
            return Some(stop + 2);
        }
        (is(stop, |token| token.lower == COMMA) && is(stop + 1, |token| token.listed(SUFFIX))).then_some(stop + 2)
    }

    /// Whether a name can begin at this token: a capital, or a particle in small letters before one ("al-Amin", "van Dijk").
    fn opens(&self, at: usize, end: usize) -> bool {
        let is = |at: usize, what: fn(&Token) -> bool| at < end && self.tokens.get(at).is_some_and(what);
        let particle = |token: &Token| token.listed(PARTICLE);
        let capital = |token: &Token| token.is(UPPER);
        is(at, capital)
            || is(at, particle)
                && (is(at + 1, capital)
                    || is(at + 1, |token| token.is(MARK) || token.listed(PARTICLE)) && is(at + 2, capital))
    }

    /// Whether the token can stand inside a name without a capital.
    fn joins(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            !token.is(UPPER) && (token.listed(JOINT | PARTICLE) || token.is(DIGIT) && !token.is(LETTER))
        })
    }

    /// Whether the stretch is a lone function word, as at the start of most sentences.
    fn is_idle(&self, first: usize, stop: usize) -> bool {
        stop == first + 1 && self.tokens.get(first).is_some_and(|token| token.listed(FUNCTION) && token.is(CAPITAL))
    }
}

fn look_up(lists: &Lists, text: &str, token: &mut Token) {
    token.lists = lists.of(token.lower);
    if token.is(UPPER) && !token.span.of(text).is_ascii() {
        token.lists |= lists.of(token::digest(&fold(token.span.of(text))));
    }
}

/// Marks the words of places of several words, the longest first.
fn mark_places(lists: &Lists, sentence: &mut [Token]) {
    let mut at = 0;
    while at < sentence.len() {
        let words =
            if sentence.get(at).is_some_and(|token| token.is(CAPITAL)) { place_words(lists, sentence, at) } else { 0 };
        for token in sentence.iter_mut().skip(at).take(words) {
            token.lists |= WHOLE_PLACE;
        }
        at += words.max(1);
    }
}

/// How many tokens the place that begins at `at` has; 0 where none begins.
fn place_words(lists: &Lists, sentence: &[Token], at: usize) -> usize {
    let (mut chain, mut words, mut found) = (0, 0, 0);
    for (count, token) in sentence.iter().skip(at).enumerate() {
        if token.is(MARK) && !token.is(GLUED) {
            break;
        }
        if token.is(MARK) {
            continue;
        }
        chain = list::link(chain, token.lower);
        words += 1;
        if words > 1 && lists.is_place(chain) {
            found = count + 1;
        }
        if words == LONGEST {
            break;
        }
    }
    found
}

//! What the article does with a word, wherever it stands.

use rustc_hash::FxHashMap;

use super::{
    list::{BODY, GIVEN_NAME, SPEECH, TITLE, WHERE},
    token::{CAPITAL, LETTER, SMALL, Token},
};

const SMALL_LETTERS: u16 = 1;
const INSIDE: u16 = 1 << 1;
pub(super) const AFTER_GIVEN: u16 = 1 << 2;
pub(super) const AFTER_TITLE: u16 = 1 << 3;
const BEFORE_SPEECH: u16 = 1 << 4;
pub(super) const AFTER_WHERE: u16 = 1 << 5;
const AFTER_THE: u16 = 1 << 6;
const POSSESSIVE: u16 = 1 << 7;
const AFTER_CAPITAL: u16 = 1 << 8;
const BEFORE_CAPITAL: u16 = 1 << 9;
const BEFORE_BODY: u16 = 1 << 10;
/// How many kinds of evidence there are.
pub(super) const KINDS: u32 = 11;

/// Notes for every token what the sentences show of its word.
pub(super) fn gather(tokens: &mut [Token], sentences: &[(usize, usize)], the: u64, possessive: u64) {
    let mut known: FxHashMap<u64, u16> = FxHashMap::default();
    for &(start, end) in sentences {
        let sentence = tokens.get(start..end).unwrap_or_default();
        let shouted = is_shouted(sentence);
        for (at, token) in sentence.iter().enumerate() {
            if token.is(CAPITAL) && !shouted {
                *known.entry(token.lower).or_default() |= around(sentence, at, the, possessive);
            } else if token.is(SMALL) && !token.is(CAPITAL) {
                *known.entry(token.lower).or_default() |= SMALL_LETTERS;
            }
        }
    }
    for token in tokens {
        if token.is(CAPITAL) {
            token.evidence = known.get(&token.lower).copied().unwrap_or_default();
        }
    }
}

/// Whether nearly all words begin with a capital, as in headlines.
pub(super) fn is_shouted(sentence: &[Token]) -> bool {
    let words = sentence.iter().filter(|token| token.is(LETTER)).count();
    let capitals = sentence.iter().filter(|token| token.is(CAPITAL)).count();
    capitals * 10 > words * 7
}

fn around(sentence: &[Token], at: usize, the: u64, possessive: u64) -> u16 {
    let mut seen = 0;
    let mut note = |holds: bool, what: u16| seen |= if holds { what } else { 0 };
    if let Some(before) = at.checked_sub(1).and_then(|at| sentence.get(at)) {
        let capital = before.is(CAPITAL);
        note(true, INSIDE);
        note(capital && before.listed(GIVEN_NAME), AFTER_GIVEN);
        note(before.listed(TITLE), AFTER_TITLE);
        note(before.listed(WHERE), AFTER_WHERE);
        note(before.lower == the, AFTER_THE);
        note(capital && !before.listed(TITLE | BODY) && at > 1, AFTER_CAPITAL);
    }
    if let Some(after) = sentence.get(at + 1) {
        note(after.listed(SPEECH), BEFORE_SPEECH);
        note(after.lower == possessive, POSSESSIVE);
        note(after.is(CAPITAL), BEFORE_CAPITAL);
        note(after.is(CAPITAL) && after.listed(BODY), BEFORE_BODY);
    }
    seen
}

//! Persons in languages that the model has not learnt: a given name and the capitalised words after it.

use std::ops::Range;

use super::{
    list::{COUNTRY, FUNCTION, GIVEN_NAME, NATION, PARTICLE, TIME},
    reading::Reading,
    token::{CAPITAL, SMALL, Token},
};

/// Most words of a name after the given name.
const LONGEST: usize = 3;

/// The tokens of each person, in order.
///
/// A given name of the list, then up to three words with a capital, particles between them ("Ursula von der Leyen"). A surname that
/// stands alone is not found: where nouns have capitals, nothing tells it from them.
pub(super) fn persons(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut persons = Vec::new();
    for &(first, end) in &reading.sentences {
        let sentence = reading.tokens.get(first..end).unwrap_or_default();
        let mut at = 0;
        while at < sentence.len() {
            let length = length(sentence.get(at..).unwrap_or_default());
            if length > 0 {
                persons.push(first + at..first + at + length);
            }
            at += length.max(1);
        }
    }
    persons
}

/// How many tokens the person has that begins here; 0 where none does.
fn length(tokens: &[Token]) -> usize {
    if !tokens.first().is_some_and(|token| is_word(token) && token.listed(GIVEN_NAME)) {
        return 0;
    }
    let (mut length, mut words) = (0, 0);
    for (at, token) in tokens.iter().enumerate().skip(1) {
        if is_word(token) && words < LONGEST {
            (length, words) = (at + 1, words + 1);
        } else if !token.listed(PARTICLE) || token.is(CAPITAL) {
            break;
        }
    }
    length
}

/// Whether a part of a name can look so.
fn is_word(token: &Token) -> bool {
    token.is(CAPITAL) && token.is(SMALL) && !token.listed(FUNCTION | TIME | NATION | COUNTRY)
}

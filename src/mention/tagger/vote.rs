//! One string, one kind: all mentions of a name in an article decide together what bears it.

use rustc_hash::FxHashMap;

use super::{
    decode::Name,
    evidence::AFTER_WHERE,
    list::{self, COMMON, FUNCTION},
    reading::Reading,
    token::{CAPITAL, Token},
};

/// What a person's whole name in the article is worth for the surname that stands alone.
const SURNAME: i32 = 60;

/// Gives all mentions of the same words the kind that all of them together speak for, finds those that were missed, and knows a
/// surname by the whole name.
pub(super) fn agree(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let mut votes: FxHashMap<u64, [i32; 3]> = FxHashMap::default();
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for name in names.iter() {
        let sums = votes.entry(words(reading, name)).or_default();
        sums.iter_mut().zip(name.scores).for_each(|(sum, score)| *sum += score);
        *counts.entry(words(reading, name)).or_default() += 1;
    }
    for name in names.iter().filter(|name| name.number == 0 && name.end - name.first > 1) {
        if let Some(token) = reading.tokens.get(name.end - 1).filter(|token| token.evidence & AFTER_WHERE == 0)
            && let Some(sums) = votes.get_mut(&list::link(0, token.lower))
        {
            sums[0] += SURNAME;
            *counts.entry(list::link(0, token.lower)).or_default() += 1;
        }
    }
    for name in names.iter_mut() {
        let key = words(reading, name);
        if let Some(sums) = votes.get(&key).filter(|_| counts.get(&key).is_some_and(|count| *count > 1)) {
            name.number = most(*sums);
        }
    }
    find_missed(reading, names, &votes, &counts);
}

fn find_missed(
    reading: &Reading<'_>,
    names: &mut Vec<Name>,
    votes: &FxHashMap<u64, [i32; 3]>,
    counts: &FxHashMap<u64, u32>,
) {
    let mut taken = vec![false; reading.tokens.len()];
    for name in names.iter() {
        taken.get_mut(name.first..name.end).unwrap_or_default().fill(true);
    }
    let before = names.len();
    for stretch in &reading.stretches {
        for at in stretch.first..stretch.end {
            let free = |at: usize| {
                !(stretch.first..stretch.end).contains(&at)
                    || !reading.tokens.get(at).is_some_and(|token| token.is(CAPITAL))
            };
            let Some(token) = reading.tokens.get(at).filter(|token| is_name_like(token)) else { continue };
            let key = list::link(0, token.lower);
            let known = counts.get(&key).is_some_and(|count| *count >= 2);
            if known && taken.get(at) == Some(&false) && (at == 0 || free(at - 1)) && free(at + 1) {
                let number = votes.get(&key).map_or(0, |sums| most(*sums));
                names.push(Name { first: at, end: at + 1, number, scores: [0; 3] });
            }
        }
    }
    if names.len() > before {
        names.sort_by_key(|name| name.first);
    }
}

fn is_name_like(token: &Token) -> bool {
    token.is(CAPITAL) && !token.listed(FUNCTION | COMMON)
}

/// The digest of a name's words.
fn words(reading: &Reading<'_>, name: &Name) -> u64 {
    let tokens = reading.tokens.get(name.first..name.end).unwrap_or_default();
    tokens.iter().fold(0, |chain, token| list::link(chain, token.lower))
}

/// The kind with the highest sum; of equal ones the first.
fn most(sums: [i32; 3]) -> usize {
    let best = sums.iter().enumerate().rev().max_by_key(|(_, sum)| **sum);
    best.map_or(0, |(kind, _)| kind)
}

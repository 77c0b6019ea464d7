//! What the model knows of a token: digests of what it looks like, of its neighbours, and of what is known of them.

use super::{
    evidence,
    list::{BODY, COMMON, COUNTRY, GIVEN_NAME, NATION, ORGANISATION, PLACE, SURNAME, TITLE, WHOLE_PLACE},
    model::key,
    reading::{Reading, Stretch},
    token::{CAPITAL, LETTER, SMALL, Token, step},
};

/// Longest part of a word at its start or end that is looked at, in characters.
const PART: usize = 4;
/// How many lists there are.
const LISTS: u32 = 19;
/// The lists that are looked at together.
const TOGETHER: u32 = GIVEN_NAME | SURNAME | PLACE | COUNTRY | TITLE | BODY | NATION | ORGANISATION | WHOLE_PLACE;

/// Stands for what is before and after a sentence.
const OUTSIDE: Token =
    Token { span: crate::Span { start: 0, end: 0 }, word: 1, lower: 1, shape: 1, form: 0, lists: 0, evidence: 0 };

/// Calls `take` with the key of each feature of the token `at`.
pub(super) fn each(reading: &Reading<'_>, stretch: Stretch, at: usize, mut take: impl FnMut(u32)) {
    let view = View::of(reading, stretch, at);
    words(&view, &mut take);
    parts(reading.text, view.here, &mut take);
    lists(&view, &mut take);
    known(&view, &mut take);
    around(reading.text, &view, &mut take);
}

/// How the neighbours end.
fn around(text: &str, view: &View<'_>, take: &mut impl FnMut(u32)) {
    for (offset, token) in [(0, view.before), (1, view.after)] {
        if token.is(LETTER) {
            let mut digest = 7;
            for c in token.span.of(text).chars().rev().take(3) {
                digest = chars(digest, c);
            }
            take(mix(80 + offset, &[digest, view.here.shape]));
            take(mix(82 + offset, &[digest, view.place]));
        }
    }
}

/// The token and its neighbours.
struct View<'a> {
    before2: &'a Token,
    before: &'a Token,
    here: &'a Token,
    after: &'a Token,
    after2: &'a Token,
    /// Where the token stands: first in its sentence or not, with a capital or not, in a headline or not.
    place: u64,
}

impl<'a> View<'a> {
    fn of(reading: &'a Reading<'_>, stretch: Stretch, at: usize) -> Self {
        let (first, end) = reading.sentences.get(stretch.sentence).copied().unwrap_or_default();
        let token = |at: Option<usize>| {
            let inside = at.filter(|at| (first..end).contains(at));
            inside.and_then(|at| reading.tokens.get(at)).unwrap_or(&OUTSIDE)
        };
        let here = token(Some(at));
        let shouted = reading.shouted.get(stretch.sentence).copied().unwrap_or_default();
        let place = u64::from(at == first) | u64::from(here.is(CAPITAL)) << 1 | u64::from(shouted) << 2;
        Self {
            before2: token(at.checked_sub(2)),
            before: token(at.checked_sub(1)),
            here,
            after: token(Some(at + 1)),
            after2: token(Some(at + 2)),
            place,
        }
    }
}

/// The key of a feature: which one it is, and its values.
fn mix(feature: u64, values: &[u64]) -> u32 {
    let mut digest = feature.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for value in values {
        digest = (digest.rotate_left(23) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    digest ^= digest >> 29;
    digest = digest.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    key(digest ^ digest >> 32)
}

fn words(view: &View<'_>, take: &mut impl FnMut(u32)) {
    let View { before2, before, here, after, after2, place } = view;
    take(mix(0, &[]));
    take(mix(1, &[here.word]));
    take(mix(2, &[here.lower]));
    take(mix(3, &[before.lower]));
    take(mix(4, &[after.lower]));
    take(mix(5, &[before2.lower]));
    take(mix(6, &[after2.lower]));
    take(mix(7, &[here.shape]));
    take(mix(8, &[before.shape, here.shape]));
    take(mix(9, &[here.shape, after.shape]));
    take(mix(10, &[before.shape, here.shape, after.shape]));
    take(mix(20, &[before.lower, here.lower]));
    take(mix(21, &[here.lower, after.lower]));
    take(mix(22, &[before.lower, here.shape]));
    take(mix(23, &[here.shape, after.lower]));
    take(mix(24, &[before2.lower, before.lower, here.shape]));
    take(mix(25, &[here.shape, after.lower, after2.lower]));
    take(mix(26, &[before.lower, here.shape, after.lower]));
    take(mix(27, &[before.word]));
    take(mix(28, &[after.word]));
    take(mix(30, &[*place]));
    take(mix(93, &[u64::from(here.form & (CAPITAL | SMALL)), here.span.len().min(6) as u64, *place]));
}

/// What the word begins and ends with.
fn parts(text: &str, here: &Token, take: &mut impl FnMut(u32)) {
    if !here.is(LETTER) {
        return;
    }
    let word = here.span.of(text);
    let mut digest = 7;
    for (at, c) in word.chars().take(PART).enumerate() {
        digest = chars(digest, c);
        take(mix(11 + at as u64, &[digest]));
    }
    digest = 7;
    for (at, c) in word.chars().rev().take(PART).enumerate() {
        digest = chars(digest, c);
        take(mix(15 + at as u64, &[digest]));
    }
}

fn chars(digest: u64, c: char) -> u64 {
    u32::from(c).to_le_bytes().into_iter().take(if c.is_ascii() { 1 } else { 4 }).fold(digest, step)
}

fn lists(view: &View<'_>, take: &mut impl FnMut(u32)) {
    let View { before2, before, here, after, after2, place } = view;
    let [l, r, o, ll, rr] = [before, after, here, before2, after2].map(|token| u64::from(token.lists & TOGETHER));
    let common = |token: &Token| u64::from(token.listed(COMMON));
    take(mix(90, &[common(here), *place]));
    take(mix(91, &[common(here), common(after), *place, after.shape]));
    take(mix(92, &[common(here), u64::from(here.evidence), *place]));
    take(mix(31, &[o, *place]));
    take(mix(32, &[l, here.shape]));
    take(mix(33, &[r, here.shape]));
    take(mix(34, &[l, o, *place]));
    take(mix(35, &[o, r, *place]));
    take(mix(36, &[l, o, r, *place]));
    take(mix(37, &[ll, l, *place]));
    take(mix(38, &[rr, r, *place]));
    for (offset, token) in [before, here, after].into_iter().enumerate() {
        for list in (0..LISTS).filter(|list| token.lists >> list & 1 == 1) {
            take(mix(70 + offset as u64, &[u64::from(list), *place, u64::from(token.form & (CAPITAL | SMALL))]));
        }
    }
}

/// What the article knows of the word.
fn known(view: &View<'_>, take: &mut impl FnMut(u32)) {
    let View { before, here, after, place, .. } = view;
    if !here.is(CAPITAL) {
        return;
    }
    for kind in (0..evidence::KINDS).filter(|kind| here.evidence >> kind & 1 == 1) {
        take(mix(40, &[u64::from(kind), *place]));
    }
    take(mix(50, &[u64::from(here.evidence), *place]));
    take(mix(51, &[u64::from(here.evidence & 0x1dd), u64::from(here.lists & TOGETHER)]));
    take(mix(52, &[u64::from(after.evidence & 0xdd), after.shape]));
    take(mix(53, &[u64::from(before.evidence & 0xdd), before.shape]));
}

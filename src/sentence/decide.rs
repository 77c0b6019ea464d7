//! Whether a terminator ends its sentence.
//!
//! A rule answers `Some(true)` (it does), `Some(false)` (it does not) or nothing; the first answer of the table counts, and
//! without one the sentence ends.

use super::{
    profile::{Group, Groups, Profile},
    scan::{is_opener, is_quote},
};

/// A run of terminators with its surroundings.
pub(super) struct Stop<'a> {
    /// What is known of the language.
    pub(super) profile: &'a Profile,
    /// Whether the paragraph is written without capitals.
    pub(super) lower: bool,
    /// The sentence up to the run.
    pub(super) sentence: &'a str,
    /// The run.
    pub(super) marks: &'a str,
    /// Whether the run ends a sentence without a space behind it.
    pub(super) tight: bool,
    /// Closing quotes and brackets behind the run.
    pub(super) closers: &'a str,
    /// Whether no white space follows.
    pub(super) glued: bool,
    /// The paragraph from the next word on, never empty.
    pub(super) rest: &'a str,
}

/// Whether the sentence ends here.
pub(super) fn ends(stop: &Stop) -> bool {
    if goes_on(stop) {
        return false;
    }
    let rules = if stop.marks.contains(['?', '!']) {
        LOUD
    } else if stop.is_ellipsis() {
        ELLIPSIS
    } else if stop.tight || !stop.marks.starts_with('.') {
        return true;
    } else {
        PERIOD
    };
    let view = View::of(stop);
    rules.iter().find_map(|rule| rule(&view)).unwrap_or(true)
}

type Rule = fn(&View) -> Option<bool>;

const LOUD: &[Rule] = &[glued_mark, speech_follows];

const ELLIPSIS: &[Rule] = &[glued_mark, bracketed_ellipsis, hesitation];

const PERIOD: &[Rule] = &[
    lonely,
    glued_period,
    marker,
    bracketed_abbreviation,
    number_follows,
    closed_quotation,
    title,
    time_of_day,
    abbreviation,
    letter,
    initial,
    acronym,
    ordinal,
];

/// Whether what follows can only be more of the same sentence.
fn goes_on(stop: &Stop) -> bool {
    let first = stop.first();
    if stop.tight && stop.glued {
        return !stop.closers.is_empty() && matches!(first, '，' | '、' | 'と' | '的');
    }
    match first {
        ',' | ';' | ':' | '%' | '&' | '=' => true,
        '-' | '–' | '—' if is_quiet(stop) && !stop.opens().is_uppercase() => true,
        _ => stop.opens().is_lowercase() && !starts_in_lower_case(stop),
    }
}

/// Whether neither a loud mark nor a closing quote stands here.
fn is_quiet(stop: &Stop) -> bool {
    stop.closers.is_empty() && !stop.marks.contains(['?', '!'])
}

/// Whether a sentence may begin in lower case here, for the whole paragraph does.
fn starts_in_lower_case(stop: &Stop) -> bool {
    let is_plain = stop.lower && stop.closers.is_empty() && !stop.glued;
    is_plain && (stop.marks.contains(['?', '!']) || stop.marks.len() == 1 && is_plain_word(stop))
}

/// Whether a word of at least three letters that abbreviates nothing stands before the run.
fn is_plain_word(stop: &Stop) -> bool {
    let word = token(stop.sentence);
    let groups = stop.profile.groups(word);
    let is_short = [Group::Titles, Group::Abbreviations, Group::Numbered].into_iter().any(|group| groups.has(group));
    word.chars().nth(2).is_some() && word.chars().all(char::is_alphabetic) && !is_short
}

impl Stop<'_> {
    /// The first character that follows.
    fn first(&self) -> char {
        self.rest.chars().next().unwrap_or(' ')
    }

    /// The first character that follows opening quotes, brackets and bullets.
    fn opens(&self) -> char {
        let is_skipped = |char: &char| is_opener(*char) || char.is_whitespace();
        self.rest.chars().find(|char| !is_skipped(char)).unwrap_or_else(|| self.first())
    }

    fn is_ellipsis(&self) -> bool {
        self.marks.contains('…') || self.marks.bytes().filter(|byte| *byte == b'.').count() > 1
    }
}

/// A stop with the words on both sides.
struct View<'a> {
    stop: &'a Stop<'a>,
    /// The token before the run, without opening quotes and brackets.
    before: &'a str,
    /// Its last part: "N.Y" of "D-N.Y".
    last: &'a str,
    /// What the language knows of the two.
    known: Groups,
    /// The word that follows, up to its first character that is no letter, digit or apostrophe.
    after: &'a str,
    /// What the language knows of it.
    next: Groups,
}

impl<'a> View<'a> {
    fn of(stop: &'a Stop<'a>) -> Self {
        let before = token(stop.sentence);
        let last = before.rsplit(['-', '(', '[', '"', '“']).next().unwrap_or(before);
        let after = word(stop.rest);
        let mut known = stop.profile.groups(before);
        if last.len() < before.len() {
            known = known.or(stop.profile.groups(last));
        }
        Self { stop, before, last, known, after, next: stop.profile.groups(after) }
    }

    /// Whether the next word is a capitalised one that opens sentences.
    fn starter_follows(&self) -> bool {
        let is_known = |word| self.stop.profile.has(Group::Starters, word);
        self.after.starts_with(char::is_uppercase)
            && (self.next.has(Group::Starters) || self.after.split_once(['\'', '’']).is_some_and(|(word, _)| is_known(word)))
    }

    fn digit_follows(&self) -> bool {
        self.stop.opens().is_ascii_digit()
    }

    /// The letters before the run, if it is a single one.
    fn single(&self) -> Option<char> {
        let mut chars = self.last.chars();
        chars.next().filter(|_| chars.next().is_none())
    }
}

/// How many characters of a token are looked at.
const TOKEN_WINDOW: usize = 40;

/// The last token of `sentence`, without opening quotes and brackets; of an endless one its last characters.
fn token(sentence: &str) -> &str {
    let is_gap = |char: char| char.is_whitespace() || matches!(char, '—' | '–' | '/');
    let chars = sentence.char_indices().rev().take(TOKEN_WINDOW);
    let start = chars.take_while(|(_, char)| !is_gap(*char)).last().map_or(sentence.len(), |(at, _)| at);
    sentence.get(start..).unwrap_or_default().trim_start_matches(is_opener)
}

/// The word that `rest` begins with, opening quotes and brackets left out.
fn word(rest: &str) -> &str {
    let rest = rest.trim_start_matches(is_opener);
    let is_end = |char: char| !char.is_alphanumeric() && !matches!(char, '\'' | '’');
    rest.char_indices().find(|(_, char)| is_end(*char)).and_then(|(end, _)| rest.get(..end)).unwrap_or(rest)
}

/// Without white space only a capital begins anew, and never within a word or an address.
fn glued_mark(view: &View) -> Option<bool> {
    (view.stop.glued && !view.stop.first().is_uppercase()).then_some(false)
}

/// How many words a name before a verb of speech can have.
const NAME_WORDS: usize = 4;

/// “Why?” President Marco Rubio asked.
fn speech_follows(view: &View) -> Option<bool> {
    let stop = view.stop;
    if !stop.closers.contains(is_quote) || !stop.first().is_uppercase() {
        return None;
    }
    let mut words = stop.rest.split_whitespace().take(NAME_WORDS + 1);
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !word.ends_with(['.', ',', ';', ':', '!', '?', '”', '"']);
    let verb = words.find(|word| !is_name(word)).filter(|word| !word.starts_with(char::is_uppercase))?;
    let verb = verb.trim_end_matches(|char: char| !char.is_alphanumeric());
    stop.profile.has(Group::Speech, verb).then_some(false)
}

/// "[...]" stands for words left out.
fn bracketed_ellipsis(view: &View) -> Option<bool> {
    view.stop.sentence.ends_with(['[', '(']).then_some(false)
}

/// "well ... I do not know": "I" is a capital that begins nothing.
fn hesitation(view: &View) -> Option<bool> {
    let is_letter = view.next.has(Group::Letters) && view.stop.closers.is_empty();
    (is_letter && view.stop.marks.len() <= 3).then_some(false)
}

/// A period that stands off from every word.
fn lonely(view: &View) -> Option<bool> {
    view.before.is_empty().then(|| view.stop.sentence.len() > 3)
}

/// "the end.Next": a space was forgotten; "example.Com", "U.S" are not that.
fn glued_period(view: &View) -> Option<bool> {
    let stop = view.stop;
    if !stop.glued {
        return None;
    }
    if stop.rest.split_whitespace().next().is_some_and(|token| token.contains(['@', '/'])) {
        return Some(false);
    }
    let mut following = stop.rest.chars();
    let is_new = following.next().is_some_and(char::is_uppercase) && following.next().is_some_and(|next| next.is_lowercase() || next == ' ');
    let is_word = view.before.chars().all(char::is_alphabetic) && view.before.chars().nth(2).is_some();
    let is_lower = view.before.chars().rev().take(3).all(char::is_lowercase);
    Some(!stop.closers.is_empty() || is_new && is_word && is_lower)
}

/// The number or letter that opens a sentence of a list: "1. The", "a. The", "IV. The", "(2.) The".
fn marker(view: &View) -> Option<bool> {
    let stop = view.stop;
    let is_alone = stop.sentence.trim().trim_start_matches(is_opener) == view.before;
    if !is_alone || stop.closers.contains(is_quote) {
        return None;
    }
    let length = view.before.chars().count();
    let is_number = length <= 3 && view.before.bytes().all(|byte| byte.is_ascii_digit());
    (is_number || length == 1 || is_roman(view.before)).then_some(false)
}

fn is_roman(word: &str) -> bool {
    word.len() <= 4 && (is_made_of(word, "IVX") || is_made_of(word, "ivx"))
}

fn is_made_of(word: &str, letters: &str) -> bool {
    word.chars().all(|char| letters.contains(char))
}

/// "(D-N.Y.) met": a bracket closes, and what it held was short.
fn bracketed_abbreviation(view: &View) -> Option<bool> {
    let is_short = view.known.has(Group::Titles) || view.known.has(Group::Abbreviations);
    (view.stop.closers.contains([')', ']']) && is_short).then(|| view.starter_follows())
}

/// "No. 10", "Jan. 5".
fn number_follows(view: &View) -> Option<bool> {
    let takes_number = view.known.has(Group::Numbered) || view.known.has(Group::Months) && view.before.len() <= 5;
    (view.digit_follows() && takes_number).then_some(false)
}

/// “It's over.” Trump left.
fn closed_quotation(view: &View) -> Option<bool> {
    let is_word = !view.before.contains('.') && view.before.chars().nth(1).is_some();
    (view.stop.closers.contains(is_quote) && is_word).then_some(true)
}

/// "Mr. Smith".
fn title(view: &View) -> Option<bool> {
    view.known.has(Group::Titles).then_some(false)
}

/// How many words must stand before a time of day that ends a sentence: "At 5 p.m. Mr. Smith left".
const WORDS_BEFORE_CLOCK: usize = 4;

/// "at 5 p.m. The ministers left", but "at 5 p.m. Monday".
fn time_of_day(view: &View) -> Option<bool> {
    let is_clock = view.known.has(Group::Clock);
    let words = view.stop.sentence.split_whitespace().take(WORDS_BEFORE_CLOCK).count();
    is_clock.then(|| view.starter_follows() && !view.next.has(Group::AfterClock) && words >= WORDS_BEFORE_CLOCK)
}

/// "Apple Inc. The company", but "Apple Inc. Chief Executive".
fn abbreviation(view: &View) -> Option<bool> {
    view.known.has(Group::Abbreviations).then(|| view.starter_follows())
}

/// "you and I. Did": a word of one letter.
fn letter(view: &View) -> Option<bool> {
    let is_word = view.stop.profile.has(Group::Letters, view.last);
    let before = view.stop.sentence.strip_suffix(view.last)?;
    (is_word && token(before.trim_end()).starts_with(char::is_lowercase)).then_some(true)
}

/// "George W. Bush".
fn initial(view: &View) -> Option<bool> {
    let single = view.single().filter(|char| char.is_alphabetic())?;
    let is_name = single.is_uppercase() || view.before.len() == view.last.len();
    is_name.then(|| view.starter_follows() && view.after.chars().nth(1).is_some())
}

/// "S.p.A", "Ph.D" and the like that no list knows.
fn acronym(view: &View) -> Option<bool> {
    let has_stops = view.before.contains('.') && view.before.chars().all(|char| char.is_alphabetic() || char == '.');
    let is_short = || view.before.split('.').all(|part| part.chars().nth(2).is_none());
    let is_known = || view.before.rsplit('.').next().is_some_and(|last| view.stop.profile.has(Group::Abbreviations, last));
    (has_stops && (is_short() || is_known())).then(|| view.starter_follows())
}

/// "am 3. Oktober": a number in order, in the languages that write it so.
fn ordinal(view: &View) -> Option<bool> {
    let is_number = view.before.len() <= 2 && view.before.bytes().all(|byte| byte.is_ascii_digit());
    let is_ordinal = view.stop.profile.ordinals && (is_number || is_roman(view.before));
    is_ordinal.then(|| view.starter_follows() && !view.next.has(Group::Months))
}

//! Whether a terminator ends its sentence.
//!
//! A rule answers `Some(true)` (it does), `Some(false)` (it does not) or nothing; the first answer of the table counts, and
//! without one the sentence ends.

use super::{
    profile::{Group, Groups, Profile},
    scan::{is_opener, is_quote},
    stop::{LOW_QUOTE, Stop, View, token, word},
};

/// Whether the sentence ends here.
pub(super) fn ends(stop: &Stop) -> bool {
    if goes_on(stop) {
        return false;
    }
    let rules = if stop.marks == "." {
        PERIOD
    } else if stop.marks.contains(['?', '!']) {
        LOUD
    } else if stop.is_ellipsis() {
        ELLIPSIS
    } else if stop.marks == ":" {
        return stop.profile.headings && is_heading(stop.sentence) && stop.opens().is_uppercase();
    } else if stop.marks == ";" {
        return ends_item(&View::of(stop));
    } else if stop.tight || !stop.marks.starts_with('.') {
        return true;
    } else {
        PERIOD
    };
    let view = View::of(stop);
    rules.iter().find_map(|rule| rule(&view)).unwrap_or(true)
}

/// What the bytes beside the mark at `at`, in the sentence of `text` that begins at `start`, tell without any rule: where the text
/// goes on, and whether a sentence ends there. Most marks are told so: "the end. The", "3.5", "U.S", "example.com". Nothing where
/// the rules must be asked; they say the same where this says something.
pub(super) fn at_once(
    profile: &Profile,
    text: &str,
    (start, at): (usize, usize),
    has_brackets: impl FnOnce() -> bool,
) -> Option<(usize, bool)> {
    let (sentence, rest) = (text.as_bytes().get(start..at)?, text.as_bytes().get(at..)?);
    let is_word = sentence.last().is_some_and(u8::is_ascii_alphanumeric);
    match rest {
        [b'.', b'a'..=b'z', ..] => return Some((at + 1, false)),
        [b'.', b'0'..=b'9', ..] if sentence.last().is_some_and(u8::is_ascii_digit) => return Some((at + 1, false)),
        [b'.', b'A'..=b'Z', b'.', ..] if is_word => return Some((at + 1, false)),
        _ => (),
    }
    let (marks, behind) = match rest {
        [b'.', b'"', behind @ ..] => (2, behind),
        [b'.', 0xe2, 0x80, 0x9d, behind @ ..] => (4, behind),
        [b'.' | b'!' | b'?', behind @ ..] => (1, behind),
        _ => return None,
    };
    // "A1]" would be read as a footnote.
    let ([b' ', b'A'..=b'Z', after, ..] | [b' ', 0xe2, 0x80, 0x9c, b'A'..=b'Z', after, ..]) = behind else {
        return None;
    };
    let is_told = !after.is_ascii_digit()
        && (rest.first() != Some(&b'.') || ends_in_plain_word(profile, text.get(start..at)?))
        && !has_brackets();
    is_told.then_some((at + marks + 1, true))
}

/// Whether `sentence` ends in a word of letters, not its first, behind which a stop is nothing but a stop.
fn ends_in_plain_word(profile: &Profile, sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    let near = bytes.get(bytes.len().saturating_sub(LONGEST_PLAIN)..).unwrap_or_default();
    let small =
        near.iter().rposition(|byte| !byte.is_ascii_lowercase()).map_or(LONGEST_PLAIN, |at| near.len() - at - 1);
    let capital = small < near.len() && near.get(near.len() - small - 1).is_some_and(u8::is_ascii_uppercase);
    let length = small + usize::from(capital);
    let [.., before, b' '] = bytes.get(..bytes.len().saturating_sub(length)).unwrap_or_default() else { return false };
    let word = sentence.get(bytes.len() - length..).unwrap_or_default();
    let known = profile.groups(word);
    small > 0
        && (2..LONGEST_PLAIN).contains(&length)
        && (before.is_ascii_alphanumeric() || *before == b',')
        && !(profile.ordinals && is_roman(word))
        && !SHORT.iter().chain(&STOPPED).any(|group| known.has(*group))
}

/// Letters of a word that is told without rules.
const LONGEST_PLAIN: usize = 30;

/// Further groups whose words can have a stop of their own.
const STOPPED: [Group; 3] = [Group::Months, Group::Clock, Group::Letters];

/// Length of the number of a footnote that `rest` begins with, with the space behind it; 0 where there is none.
///
/// "... of minorities. 4 Even though": no sentence begins with a number and a capitalised function word.
pub(super) fn footnote(profile: &Profile, rest: &str) -> usize {
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let Some(next) = rest.get(digits..).and_then(|rest| rest.strip_prefix(' ')).filter(|_| (1..=3).contains(&digits))
    else {
        return 0;
    };
    let is_new = next.starts_with(char::is_uppercase) && profile.has(Group::Starters, word(next));
    if is_new { digits + 1 } else { 0 }
}

type Rule = fn(&View) -> Option<bool>;

const LOUD: &[Rule] = &[glued_mark, within_brackets, speech_follows];

const ELLIPSIS: &[Rule] = &[opening_ellipsis, glued_mark, bracketed_ellipsis, speech_follows, hesitation];

const PERIOD: &[Rule] = &[
    plain_word,
    lonely,
    glued_period,
    marker,
    within_brackets,
    only_abbreviation,
    bracketed_abbreviation,
    number_follows,
    closed_quotation,
    unit,
    closing,
    title,
    time_of_day,
    company,
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
        return goes_on_without_space(stop);
    }
    match first {
        ',' => !stop.rest.starts_with(LOW_QUOTE),
        ';' | ':' | '%' | '&' | '=' | '/' => true,
        '-' | '–' | '—' if is_quiet(stop) && !stop.opens().is_uppercase() => true,
        _ => stop.opens().is_lowercase() && !starts_in_lower_case(stop),
    }
}

/// Whether text in a script without spaces goes on: 「終わりだ。」と, 《吧！爸爸》, ３．２９.
fn goes_on_without_space(stop: &Stop) -> bool {
    let first = stop.first();
    let is_reported = !stop.closers.is_empty() && matches!(first, '，' | '、' | 'と' | '的');
    let is_number = stop.marks == "．" && first.is_numeric();
    let is_in_title = || stop.sentence.rfind('《') > stop.sentence.rfind('》') && !stop.closers.contains('》');
    is_reported || is_number || is_in_title()
}

/// Whether neither a loud mark nor a closing quote stands here.
fn is_quiet(stop: &Stop) -> bool {
    stop.closers.is_empty() && !stop.marks.contains(['?', '!'])
}

/// Whether a sentence begins in lower case here, as people write who use no capitals: behind a word in lower case that
/// abbreviates nothing. Brands ("Yahoo! said") and what is quoted ("Why?" he asked) do not end so.
fn starts_in_lower_case(stop: &Stop) -> bool {
    let first = stop.first();
    let is_free = (first.is_lowercase() || first == '(') && !stop.glued && stop.closers.is_empty();
    if !is_free || stop.is_ellipsis() {
        return false;
    }
    let word = token(stop.sentence);
    let groups = stop.profile.groups(word);
    let is_short = SHORT.into_iter().any(|group| groups.has(group));
    let is_long = word.chars().nth(2).is_some() || groups.has(Group::Starters);
    is_long && word.chars().all(char::is_lowercase) && !is_short
}

/// The groups whose words take a stop without ending a sentence.
const SHORT: [Group; 6] =
    [Group::Titles, Group::Abbreviations, Group::Closing, Group::Units, Group::Companies, Group::Numbered];

/// Whether the semicolon ends an item of a list: a function word in capitals follows, as nothing within a sentence begins.
fn ends_item(view: &View) -> bool {
    view.starter_follows() && !view.next().has(Group::Letters)
}

/// Whether `sentence` is no more than words in capitals: "ON THE FRONT:".
fn is_heading(sentence: &str) -> bool {
    let is_loud = |char: char| !char.is_lowercase();
    sentence.chars().all(is_loud) && sentence.chars().filter(|char| char.is_uppercase()).nth(1).is_some()
}

/// Without white space only a capital begins anew, and never within a word or an address.
fn glued_mark(view: &View) -> Option<bool> {
    (view.stop.glued && !view.stop.first().is_uppercase()).then_some(false)
}

/// How many words a name, what is said of it and a verb of speech can have.
const SPEAKER_WORDS: usize = 10;

/// “Why?” President Marco Rubio asked; “Why?” Marco Rubio, 54, asked.
fn speech_follows(view: &View) -> Option<bool> {
    let stop = view.stop;
    if !stop.closers.contains(is_quote) || !stop.first().is_uppercase() {
        return None;
    }
    let mut words = stop.rest.split_whitespace().take(SPEAKER_WORDS);
    let mut verb = words.find(|word| !is_part_of_name(stop.profile, word))?;
    if verb.strip_suffix(',').is_some_and(|name| is_part_of_name(stop.profile, name)) {
        words.find(|word| word.ends_with(','))?;
        verb = words.next()?;
    }
    let verb = verb.trim_end_matches(|char: char| !char.is_alphanumeric());
    stop.profile.has(Group::Speech, verb).then_some(false)
}

/// "Marco", "Rubio", "Mr.", "J.", "J.D.".
fn is_part_of_name(profile: &Profile, word: &str) -> bool {
    let is_short = |word: &str| word.contains('.') || word.chars().nth(1).is_none() || profile.has(Group::Titles, word);
    let is_whole = word.strip_suffix('.').map_or_else(|| word.ends_with(char::is_alphanumeric), is_short);
    word.starts_with(char::is_uppercase) && is_whole
}

/// "... and then": nothing stands before it.
fn opening_ellipsis(view: &View) -> Option<bool> {
    view.stop.sentence.trim_start_matches(is_opener).is_empty().then_some(false)
}

/// "[...]" stands for words left out, mostly within a sentence.
fn bracketed_ellipsis(view: &View) -> Option<bool> {
    let is_apart = || view.stop.closers == "]" && view.starter_follows();
    view.stop.sentence.ends_with(['[', '(']).then(is_apart)
}

/// "well ... I do not know": "I" is a capital that begins nothing.
fn hesitation(view: &View) -> Option<bool> {
    let is_letter = view.next().has(Group::Letters) && view.stop.closers.is_empty();
    let dots = view.stop.marks.bytes().filter(|byte| *byte == b'.').count();
    (is_letter && dots <= 3).then_some(false)
}

/// A word in lower case that nothing is known of: most sentences end so, and no other rule has a say.
fn plain_word(view: &View) -> Option<bool> {
    let stop = view.stop;
    let is_word = view.before.len() > 1 && view.before.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_plain = is_word && !stop.glued && view.known == Groups::default();
    (is_plain && !stop.sentence.contains('(') && !is_alone(view)).then_some(true)
}

/// A period that stands off from every word.
fn lonely(view: &View) -> Option<bool> {
    view.before.is_empty().then_some(view.stop.sentence.len() > 3)
}

/// "the end.Next": a space was forgotten; "example.Com", "U.S" are not that.
fn glued_period(view: &View) -> Option<bool> {
    let stop = view.stop;
    if !stop.glued {
        return None;
    }
    if stop.rest.split_whitespace().next().is_some_and(is_address) {
        return Some(false);
    }
    let mut following = stop.rest.chars();
    let is_new = following.next().is_some_and(char::is_uppercase)
        && following.next().is_some_and(|next| next.is_lowercase() || next == ' ');
    let is_word = view.before.chars().all(char::is_alphabetic) && view.before.chars().nth(2).is_some();
    let is_lower = view.before.chars().rev().take(3).all(char::is_lowercase);
    Some(is_new && (!stop.closers.is_empty() || is_word && is_lower))
}

/// "Doe@example.com", "Org/index", "Final.txt".
fn is_address(token: &str) -> bool {
    let has_inner_stop = || token.split_once('.').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
    token.contains(['@', '/']) || has_inner_stop()
}

/// The number or letter that opens a sentence of a list: "1. The", "a. The", "IV. The", "(2.) The".
fn marker(view: &View) -> Option<bool> {
    let stop = view.stop;
    let is_alone = is_alone(view);
    if !is_alone || stop.closers.contains(is_quote) {
        return None;
    }
    if stop.profile.numbers_apart && view.before.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(true);
    }
    let length = view.before.chars().count();
    let is_number = length <= 3 && view.before.bytes().all(|byte| byte.is_ascii_digit());
    (is_number || length == 1 || is_roman(view.before)).then_some(false)
}

/// Whether the token before the run is all there is of the sentence.
fn is_alone(view: &View) -> bool {
    let before = view.stop.sentence.strip_suffix(view.before);
    before.is_some_and(|before| before.chars().all(|char| is_opener(char) || char.is_whitespace()))
}

/// "U.S. Marines" at the start: an abbreviation alone is no sentence.
fn only_abbreviation(view: &View) -> Option<bool> {
    let is_quoted = view.stop.closers.contains(is_quote);
    (view.known.has(Group::Abbreviations) && !is_quoted && is_alone(view)).then_some(false)
}

/// How far ahead a closing bracket is looked for, in bytes.
const BRACKET_WINDOW: usize = 400;

/// "He said (Putin was there. He laughed.) that it was over."
fn within_brackets(view: &View) -> Option<bool> {
    let stop = view.stop;
    let open =
        stop.sentence.rfind('(').filter(|at| stop.sentence.get(*at..).is_some_and(|held| !held.contains(')')))?;
    let is_inside = stop.sentence.get(..open).is_some_and(|before| !before.trim().is_empty());
    let ahead = stop.rest.as_bytes().get(..stop.rest.len().min(BRACKET_WINDOW))?;
    let close = memchr::memchr2(b'(', b')', ahead).filter(|at| ahead.get(*at) == Some(&b')'))?;
    let following = stop.rest.get(close + 1..)?.trim_start();
    (is_inside
        && stop.closers.is_empty()
        && following.starts_with(|char: char| matches!(char, ',' | ';' | ':' | '.') || char.is_lowercase()))
    .then_some(false)
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

/// "Mr. Smith"; what can stand behind a name as well ("Orchard St.") is an abbreviation too.
fn title(view: &View) -> Option<bool> {
    view.known.has(Group::Titles).then(|| view.known.has(Group::Abbreviations) && view.starter_follows())
}

/// "apples, pears, etc. Otieno paid": what ends an enumeration ends the sentence too if a capital follows.
fn closing(view: &View) -> Option<bool> {
    view.known.has(Group::Closing).then(|| capital_follows(view))
}

/// Whether a capital follows, and no dash before it.
fn capital_follows(view: &View) -> bool {
    view.stop.opens().is_uppercase() && !matches!(view.stop.first(), '-' | '–' | '—')
}

/// "it weighs 5 kg. Otieno": a unit behind its number.
fn unit(view: &View) -> Option<bool> {
    let before = view.stop.sentence.strip_suffix(view.last).filter(|_| view.known.has(Group::Units))?;
    let number = token(before.trim_end());
    let is_number =
        number.ends_with(|char: char| char.is_ascii_digit()) || !number.is_empty() && is_made_of(number, "IVX");
    is_number.then(|| capital_follows(view))
}

/// How many words must stand before a time of day that ends a sentence: "At 5 p.m. Mr. Smith left".
const WORDS_BEFORE_CLOCK: usize = 4;

/// "at 5 p.m. The ministers left", but "at 5 p.m. Monday".
fn time_of_day(view: &View) -> Option<bool> {
    if !view.known.has(Group::Clock) {
        return None;
    }
    let words = view.stop.sentence.split_whitespace().take(WORDS_BEFORE_CLOCK).count();
    let is_new = view.starter_follows() || view.subject_follows();
    Some(is_new && !view.next().has(Group::AfterClock) && words >= WORDS_BEFORE_CLOCK)
}

/// "for Apple Inc. Terms were not disclosed", but "Apple Inc. Chief Executive".
fn company(view: &View) -> Option<bool> {
    let is_new = || view.starter_follows() || view.word_follows() && !view.next().has(Group::Heads);
    view.known.has(Group::Companies).then(is_new)
}

/// "in the U.S. The trip", "in the U.S. Putin said", but "the U.S. Senate said".
fn abbreviation(view: &View) -> Option<bool> {
    view.known.has(Group::Abbreviations).then(|| view.starter_follows() || view.subject_follows())
}

/// "you and I. Did": a word of one letter.
fn letter(view: &View) -> Option<bool> {
    if !view.known.has(Group::Letters) {
        return None;
    }
    let before = view.stop.sentence.strip_suffix(view.last)?;
    token(before.trim_end()).starts_with(char::is_lowercase).then_some(true)
}

/// "George W. Bush", "Theresa M. May".
fn initial(view: &View) -> Option<bool> {
    let single = view.single().filter(|char| char.is_alphabetic())?;
    let is_name = single.is_uppercase() || view.before.len() == view.last.len();
    let is_new = || view.starter_follows() && !view.next().has(Group::Verbs) && view.after().chars().nth(1).is_some();
    is_name.then(is_new)
}

/// "S.p.A", "Ph.D" and the like that no list knows.
fn acronym(view: &View) -> Option<bool> {
    let has_stops = view.before.contains('.') && view.before.chars().all(|char| char.is_alphabetic() || char == '.');
    let is_short = || view.before.split('.').all(|part| part.chars().nth(2).is_none());
    let is_known =
        || view.before.rsplit('.').next().is_some_and(|last| view.stop.profile.has(Group::Abbreviations, last));
    (has_stops && (is_short() || is_known())).then(|| view.starter_follows())
}

/// "am 3. Oktober": a number in order, in the languages that write it so.
fn ordinal(view: &View) -> Option<bool> {
    let is_number = view.before.len() <= 2 && view.before.bytes().all(|byte| byte.is_ascii_digit());
    let is_ordinal = view.stop.profile.ordinals && (is_number || is_roman(view.before));
    is_ordinal.then(|| view.starter_follows() && !view.next().has(Group::Months))
}

//! A terminator and the words around it.

use super::{
    profile::{Group, Groups, Profile},
    scan::is_opener,
};

/// A run of terminators with its surroundings.
pub(super) struct Stop<'a> {
    /// What is known of the language.
    pub(super) profile: &'a Profile,
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

impl Stop<'_> {
    /// The first character that follows.
    pub(super) fn first(&self) -> char {
        self.rest.chars().next().unwrap_or(' ')
    }

    /// The first character that follows opening quotes, brackets and bullets.
    pub(super) fn opens(&self) -> char {
        let is_skipped = |char: &char| is_opener(*char) || char.is_whitespace();
        let rest = self.rest.strip_prefix(LOW_QUOTE).unwrap_or(self.rest);
        rest.chars().find(|char| !is_skipped(char)).unwrap_or_else(|| self.first())
    }

    /// Whether the run stands for words left out or a pause.
    pub(super) fn is_ellipsis(&self) -> bool {
        self.marks.contains('…') || self.marks.bytes().filter(|byte| *byte == b'.').count() > 1
    }
}

/// A stop with the words on both sides.
pub(super) struct View<'a> {
    pub(super) stop: &'a Stop<'a>,
    /// The token before the run, without opening quotes and brackets.
    pub(super) before: &'a str,
    /// Its last part: "N.Y" of "D-N.Y".
    pub(super) last: &'a str,
    /// What the language knows of the two.
    pub(super) known: Groups,
}

impl<'a> View<'a> {
    /// Looks up what stands before `stop`.
    pub(super) fn of(stop: &'a Stop<'a>) -> Self {
        let before = token(stop.sentence);
        // Nearly all sentences end in a plain word, which has no parts.
        if before.len() > 1 && before.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Self { stop, before, last: before, known: stop.profile.groups(before) };
        }
        let last = before.rsplit(['-', '(', '[', '"', '“', '\'', '’']).next().unwrap_or(before);
        let mut known = stop.profile.groups(before);
        if last.len() < before.len() {
            known = known.or(stop.profile.groups(last));
        }
        if let Some(pair) = pair(stop.sentence, before) {
            known = known.or(stop.profile.groups(pair));
        }
        Self { stop, before, last, known }
    }

    /// The word that follows, up to its first character that is no letter, digit or apostrophe.
    pub(super) fn after(&self) -> &'a str {
        word(self.stop.rest)
    }

    /// What the language knows of the word that follows.
    pub(super) fn next(&self) -> Groups {
        self.stop.profile.groups(self.after())
    }

    /// Whether the next word is one that opens sentences, capitalised if its script has capitals.
    pub(super) fn starter_follows(&self) -> bool {
        let is_known = |word| self.stop.profile.has(Group::Starters, word);
        let after = self.after();
        let is_initial = after.chars().nth(1).is_none()
            && self.stop.rest.get(after.len()..).is_some_and(|rest| rest.starts_with('.'));
        !after.starts_with(char::is_lowercase)
            && !is_initial
            && (is_known(after) || after.split_once(['\'', '’']).is_some_and(|(word, _)| is_known(word)))
    }

    /// Whether a capitalised word follows, and then a word in lower case.
    pub(super) fn word_follows(&self) -> bool {
        self.after().chars().nth(1).is_some_and(char::is_lowercase) && self.second().starts_with(char::is_lowercase)
    }

    /// Whether a name and a verb in the third person follow: "Putin said".
    pub(super) fn subject_follows(&self) -> bool {
        let words = self.stop.sentence.split_whitespace().take(SUBJECT_WORDS).count();
        words == SUBJECT_WORDS
            && self.word_follows()
            && !self.next().has(Group::Heads)
            && self.stop.profile.is_verb(self.second())
    }

    /// The second word that follows, if only a space parts it from the first.
    fn second(&self) -> &'a str {
        let rest = self.stop.rest.trim_start_matches(is_opener);
        rest.get(self.after().len()..).and_then(|rest| rest.strip_prefix(' ')).map(word).unwrap_or_default()
    }

    /// Whether a number follows.
    pub(super) fn digit_follows(&self) -> bool {
        self.stop.opens().is_ascii_digit()
    }

    /// The letters before the run, if it is a single one.
    pub(super) fn single(&self) -> Option<char> {
        let mut chars = self.last.chars();
        chars.next().filter(|_| chars.next().is_none())
    }
}

/// How many words must stand before an abbreviation that a new subject can follow: "The U.S. Mint said" is one sentence.
const SUBJECT_WORDS: usize = 4;

/// Two commas, which stand for „ where that is missing.
pub(super) const LOW_QUOTE: &str = ",,";

/// "т. д", "z. B": a single letter with the single letter before it.
fn pair<'a>(sentence: &'a str, last: &str) -> Option<&'a str> {
    let is_single = |word: &str| word.chars().next().is_some_and(char::is_alphabetic) && word.chars().nth(1).is_none();
    let first = sentence.strip_suffix(last).filter(|_| is_single(last))?.strip_suffix(". ")?;
    let start = first.len() - Some(token(first)).filter(|first| is_single(first))?.len();
    sentence.get(start..)
}

/// How many characters of a token are looked at.
const TOKEN_WINDOW: usize = 40;

/// The last token of `sentence`, without opening quotes and brackets; of an endless one its last characters.
pub(super) fn token(sentence: &str) -> &str {
    let plain = sentence.bytes().rev().take(TOKEN_WINDOW).take_while(u8::is_ascii_lowercase).count();
    if sentence.as_bytes().get(..sentence.len() - plain).is_some_and(|before| before.ends_with(b" ")) {
        return sentence.get(sentence.len() - plain..).unwrap_or_default();
    }
    let is_gap = |char: char| char.is_whitespace() || matches!(char, '—' | '–' | '/');
    let chars = sentence.char_indices().rev().take(TOKEN_WINDOW);
    let start = chars.take_while(|(_, char)| !is_gap(*char)).last().map_or(sentence.len(), |(at, _)| at);
    sentence.get(start..).unwrap_or_default().trim_start_matches(is_opener)
}

/// The word that `rest` begins with, opening quotes and brackets left out.
pub(super) fn word(rest: &str) -> &str {
    let rest = rest.trim_start_matches(is_opener);
    let is_end = |char: char| !char.is_alphanumeric() && !matches!(char, '\'' | '’');
    rest.char_indices().find(|(_, char)| is_end(*char)).and_then(|(end, _)| rest.get(..end)).unwrap_or(rest)
}

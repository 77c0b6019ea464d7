//! The context guard: whether a name that matches is the person, a thing named after them, or somebody else.
//!
//! "Trump" in "Barron Trump", "Trump Tower" and "the Trump administration" is not the person whom "Mr. Trump" names. The rules
//! look at the words on both sides; what they know of words stands in [`super::lexicon`].

use super::{
    fold::{fold, with_folded},
    lexicon::{Lexicon, List, Lists, is_given},
    word::{is_all_capitals, is_capital, is_small, is_word, word_at, word_to},
};
use crate::Span;

/// What a name that matches is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The person.
    Person(&'static str),
    /// Put before a thing: "the Trump administration"; with the rule.
    Attributive(&'static str),
    /// Somebody or something else; with the rule.
    Other(&'static str),
}

/// A match to be judged.
pub(super) struct Case<'a> {
    pub(super) text: &'a str,
    /// The words that match.
    pub(super) span: Span,
    /// Whether it is one word, such as a surname: only then the words before it can make it somebody else.
    pub(super) bare: bool,
    /// Folded given names of the actor, in order; empty where the name is a single word.
    pub(super) given: &'a [String],
    pub(super) lexicon: &'a Lexicon,
    /// Whether a line end is a mere space here.
    pub(super) wrapped: &'a dyn Fn() -> bool,
    /// Whether another listed name starts at a byte.
    pub(super) starts_name: &'a dyn Fn(usize) -> bool,
    /// Whether the article has a word in small letters, too.
    pub(super) occurs_small: &'a dyn Fn(&str) -> bool,
    /// Whether another listed name ends at a byte.
    pub(super) ends_name: &'a dyn Fn(usize) -> bool,
}

/// What separates a name from the word beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Space,
    /// Hyphen, en dash or slash without spaces.
    Link(char),
    /// A full stop and a space: after "Sen." or an initial.
    Stop,
    Apostrophe,
}

/// Initials before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Initials {
    None,
    Own,
    Foreign,
}

/// The words of one line that tell how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Sentence,
    /// Most Words Begin with a Capital.
    Title,
    /// ALL CAPITALS.
    Capitals,
}

impl Case<'_> {
    /// The verdict: first what follows, then what stands before.
    pub(super) fn judge(&self) -> Verdict {
        if self.is_address() {
            return Verdict::Other("address");
        }
        let right = self.right();
        if let Some(verdict @ Verdict::Other(_)) = right {
            return verdict;
        }
        let left = self.left();
        match (left, right) {
            (Some(verdict @ Verdict::Other(_)), _) | (_, Some(verdict)) | (Some(verdict), None) => verdict,
            (None, None) => Verdict::Person(if self.bare { "alias" } else { "name" }),
        }
    }

    /// Whether the name stands inside a web or mail address or an account's name.
    fn is_address(&self) -> bool {
        let before = self.text.get(..self.span.start).unwrap_or_default();
        if before.ends_with('@') {
            return true;
        }
        let from = before
            .char_indices()
            .rev()
            .take(200)
            .find(|(_, c)| c.is_whitespace())
            .map_or(0, |(at, c)| at + c.len_utf8());
        let chunk = before.get(from..).unwrap_or_default();
        let after = self.text.get(self.span.end..).unwrap_or_default();
        chunk.contains("://") || chunk.starts_with("www.") || (after.starts_with('@') && !after.starts_with("@ "))
    }

    // ---- what follows ----

    fn right(&self) -> Option<Verdict> {
        let (gap, word) = self.next(self.span.end)?;
        let shown = word.of(self.text);
        let known = self.lexicon.lists(shown);
        match gap {
            Gap::Link(mark) => self.right_link(mark, word),
            Gap::Apostrophe | Gap::Stop => None,
            Gap::Space if known.has(List::Suffixes) && !self.is_sentence_word(word) => Some(Verdict::Other("suffix")),
            Gap::Space if is_small(shown) => self.right_small(word, known),
            Gap::Space if is_capital(shown) && !shown.starts_with(|c: char| c.is_numeric()) => {
                self.right_capital(word, known)
            }
            Gap::Space => self.right_number(),
        }
    }

    /// "I" after a name is the pronoun, not a numeral; the list of suffixes does not hold it.
    fn is_sentence_word(&self, word: Span) -> bool {
        let shown = word.of(self.text);
        is_small(shown) && shown != "jr" && shown != "sr"
    }

    fn right_link(&self, mark: char, word: Span) -> Option<Verdict> {
        let shown = word.of(self.text);
        if (self.starts_name)(word.start) {
            return None;
        }
        if is_small(shown) {
            let derived = mark != '–' || self.lexicon.has(List::Attributive, shown);
            return (mark != '/' && derived).then_some(Verdict::Attributive("attributive suffix"));
        }
        let (Gap::Space, after) = self.next(word.end)? else { return None };
        let after = after.of(self.text);
        let thing = self.lexicon.has(List::Attributive, after) && !self.lexicon.has(List::Relations, after);
        thing.then_some(Verdict::Attributive("attributive noun"))
    }

    fn right_small(&self, word: Span, known: Lists) -> Option<Verdict> {
        if known.has(List::Relations) && self.is_linked() {
            return None;
        }
        if known.has(List::Attributive) {
            return (!self.is_verb(word)).then_some(Verdict::Attributive("attributive noun"));
        }
        if self.lexicon.is_bare() || known.has(List::Function) {
            return None;
        }
        if self.is_attributive_phrase(word, known) {
            return Some(Verdict::Attributive("attributive noun"));
        }
        let determined = self.bare && !known.has(List::Roles) && self.is_determined();
        determined.then_some(Verdict::Attributive("attributive after article"))
    }

    /// Whether the word after the name is what the person does: "Trump calls Putin", "Can Trump win?".
    fn is_verb(&self, word: Span) -> bool {
        let object = matches!(self.next(word.end), Some((Gap::Space, next)) if (self.starts_name)(next.start));
        let asked = matches!(self.previous(self.span.start), Some((Gap::Space, lead)) if is_modal(lead.of(self.text)));
        object && !self.is_determined() || asked
    }

    /// Whether an article or its like stands before the name.
    fn is_determined(&self) -> bool {
        matches!(self.previous(self.span.start), Some((Gap::Space, word)) if is_determiner(word.of(self.text)))
    }

    fn right_capital(&self, word: Span, known: Lists) -> Option<Verdict> {
        let shown = word.of(self.text);
        if self.is_attributive_phrase(word, known) || known.has(List::Attributive) {
            return Some(Verdict::Attributive("attributive noun"));
        }
        if known.has(List::Heads) {
            return Some(Verdict::Other("part of a longer name"));
        }
        let lexicon = self.lexicon;
        let free = [List::Function, List::Time, List::Titles, List::Nationality, List::Party, List::Roles];
        if !self.bare
            || lexicon.is_bare()
            || free.iter().any(|list| known.has(*list))
            || self.style() != Style::Sentence
        {
            return None;
        }
        if (self.starts_name)(word.start) || self.given.iter().any(|given| *given == fold(shown)) {
            return None;
        }
        match (self.is_determined(), lexicon.is_place(shown) || is_all_capitals(shown)) {
            (true, true) => Some(Verdict::Attributive("attributive after article")),
            (false, true) => None,
            _ => Some(Verdict::Other("part of a longer name")),
        }
    }

    /// Whether the name is the second of two: "the Trump-Putin call" is a call between two people.
    fn is_linked(&self) -> bool {
        matches!(self.previous(self.span.start), Some((Gap::Link(_), first)) if is_capital(first.of(self.text)))
    }

    /// "May 5" is a day.
    fn right_number(&self) -> Option<Verdict> {
        self.lexicon.has(List::Months, self.span.of(self.text)).then_some(Verdict::Other("month"))
    }

    fn is_attributive_phrase(&self, word: Span, known: Lists) -> bool {
        if !known.begin_phrase() {
            return false;
        }
        let Some((Gap::Space, second)) = self.next(word.end) else { return false };
        let phrase = format!("{} {}", word.of(self.text), second.of(self.text));
        self.lexicon.has(List::Attributive, &phrase)
    }

    // ---- what stands before ----

    fn left(&self) -> Option<Verdict> {
        if !self.bare && self.stands_off() {
            return None;
        }
        let (gap, word) = self.previous(self.span.start)?;
        match gap {
            Gap::Link(mark) => self.left_link(mark, word),
            Gap::Apostrophe => {
                let elided = word.len() <= 2 && !is_capital(word.of(self.text));
                (self.bare && !elided).then_some(Verdict::Other("part of a longer name"))
            }
            _ if !self.bare => None,
            Gap::Stop => self.left_stop(word),
            Gap::Space => self.left_space(word),
        }
    }

    /// Whether white space stands before the name: then what stands before it is no part of it.
    fn stands_off(&self) -> bool {
        self.text.get(..self.span.start).is_some_and(|before| before.ends_with(char::is_whitespace))
    }

    fn left_link(&self, mark: char, word: Span) -> Option<Verdict> {
        let shown = word.of(self.text);
        if mark != '/' && self.lexicon.has(List::AttributivePrefixes, shown) {
            return Some(Verdict::Attributive("attributive prefix"));
        }
        if mark == '-' && is_small(shown) && !self.lexicon.is_bare() {
            return Some(Verdict::Attributive("attributive prefix"));
        }
        if !self.bare || mark == '/' || (self.ends_name)(word.end) || self.lexicon.has(List::Titles, shown) {
            return None;
        }
        let before = self.previous(word.start)?;
        matches!(before, (Gap::Space, first) if self.is_somebody(first)).then_some(Verdict::Other("double name"))
    }

    fn left_stop(&self, word: Span) -> Option<Verdict> {
        let shown = word.of(self.text);
        match self.initials(word) {
            Initials::Foreign => return Some(Verdict::Other("initial of somebody else")),
            Initials::Own => return None,
            Initials::None => (),
        }
        if self.lexicon.has(List::Titles, shown) && shown.len() <= 5 {
            return self.title(word);
        }
        None
    }

    /// Whose initials stand before the name; those of countries and hours are nobody's and do no harm.
    fn initials(&self, word: Span) -> Initials {
        let Some(start) = self.initials_start(word) else { return Initials::None };
        let chunk = Span { start, end: word.end };
        let letters = fold(chunk.of(self.text)).replace(|c: char| !c.is_alphanumeric(), "");
        if matches!(letters.as_str(), "us" | "uk" | "eu" | "un" | "dc" | "usa" | "am" | "pm") {
            return Initials::Own;
        }
        let first = self.previous(start).filter(|it| it.0 == Gap::Space).map(|it| it.1);
        let own = first.is_some_and(|word| self.is_own_given(word)) || self.own_initials(&letters);
        if own { Initials::Own } else { Initials::Foreign }
    }

    /// Where a run of initials ("J.", "J.D.", "J. D.") that ends with `word` starts.
    fn initials_start(&self, word: Span) -> Option<usize> {
        let is_initial = |span: Span| {
            let shown = span.of(self.text);
            shown.chars().count() == 1 && shown.chars().all(char::is_uppercase)
        };
        if !is_initial(word) {
            return None;
        }
        let mut start = word.start;
        for _ in 0..3 {
            let before = self.text.get(..start).unwrap_or_default().trim_end_matches(' ');
            let Some(stop) = before.strip_suffix('.') else { break };
            let previous = word_to(self.text, stop.len());
            if !is_initial(previous) {
                break;
            }
            start = previous.start;
        }
        Some(start)
    }

    fn own_initials(&self, letters: &str) -> bool {
        let initials: String = self.given.iter().filter_map(|given| given.chars().next()).collect();
        !letters.is_empty()
            && (initials.starts_with(letters) || self.given.first().is_some_and(|given| given == letters))
    }

    fn left_space(&self, word: Span) -> Option<Verdict> {
        let shown = word.of(self.text);
        if self.is_title_chunk(word) {
            return self.title(word);
        }
        if is_small(shown) {
            return self.left_small(word);
        }
        if self.lexicon.has(List::Months, self.span.of(self.text)) && self.lexicon.has(List::Function, shown) {
            return Some(Verdict::Other("month"));
        }
        if self.lexicon.has(List::Function, shown) {
            return None;
        }
        match self.initials(word) {
            Initials::Foreign => return Some(Verdict::Other("initial of somebody else")),
            Initials::Own => return None,
            Initials::None => (),
        }
        self.is_somebody(word).then_some(Verdict::Other("another person's name"))
    }

    fn left_small(&self, word: Span) -> Option<Verdict> {
        let shown = word.of(self.text);
        if self.lexicon.has(List::Months, self.span.of(self.text)) && is_month_lead(shown) {
            return Some(Verdict::Other("month"));
        }
        // "Charlotte von Merz": a particle between two capitals belongs to a longer name.
        let particle = matches!(
            shown,
            "von" | "van" | "de" | "del" | "della" | "di" | "da" | "bin" | "ibn" | "ben" | "al" | "el" | "ter" | "zu"
        );
        let name = particle
            && !self.lexicon.is_bare()
            && matches!(self.previous(word.start), Some((Gap::Space, first)) if is_capital(first.of(self.text)));
        name.then_some(Verdict::Other("particle of a longer name"))
    }

    /// Whether the capitalised `word` right before a surname makes it somebody else's.
    fn is_somebody(&self, word: Span) -> bool {
        let shown = word.of(self.text);
        if !is_capital(shown) || shown.starts_with(char::is_numeric) || self.is_own_given(word) || self.is_own_run(word)
        {
            return false;
        }
        if self.lexicon.is_bare() {
            return is_given(shown);
        }
        let lists = [List::Titles, List::Function, List::Time, List::Nationality, List::Party, List::Roles];
        let known = self.lexicon.lists(shown);
        if lists.iter().any(|list| known.has(*list)) || self.is_title_chunk(word) || (self.ends_name)(word.end) {
            return false;
        }
        if self.style() != Style::Sentence && !self.is_possible_name(shown) {
            return false;
        }
        if is_all_capitals(shown) && shown.chars().count() > 2 && !is_all_capitals(self.span.of(self.text)) {
            return false;
        }
        !(self.is_place_phrase(word) || self.is_title_phrase(word) || self.is_ordinary(word))
    }

    /// In a line of capitals, what is no word of the language and could be a given name.
    fn is_possible_name(&self, shown: &str) -> bool {
        is_given(shown) || (self.style() == Style::Title && !is_inflected(&fold(shown)) && !(self.occurs_small)(shown))
    }

    fn is_own_given(&self, word: Span) -> bool {
        with_folded(word.of(self.text), |folded| self.given.iter().any(|given| given == folded))
    }

    /// "Donald John Trump": the run of capitalised words starts with an own given name.
    fn is_own_run(&self, word: Span) -> bool {
        let run = self.run_before(word);
        run.iter().any(|span| self.is_own_given(*span))
    }

    /// Where the whole name starts: at the given names or initials of the actor before a surname, in the same sentence.
    pub(super) fn start(&self) -> usize {
        let alone = self.span.start;
        let Some((gap @ (Gap::Space | Gap::Stop), word)) = self.previous(alone).filter(|_| self.bare) else {
            return alone;
        };
        let initials = self.initials_start(word).filter(|_| gap == Gap::Stop);
        let before = match (gap, initials) {
            (Gap::Stop, None) => return alone,
            (_, Some(start)) => self.previous(start).filter(|it| it.0 == Gap::Space).map(|it| it.1),
            (_, None) => Some(word),
        };
        let letters =
            |start| fold(Span { start, end: word.end }.of(self.text)).replace(|c: char| !c.is_alphanumeric(), "");
        let own = before.and_then(|word| self.own_given_before(word));
        own.or(initials.filter(|&start| self.own_initials(&letters(start)))).unwrap_or(alone)
    }

    /// Where the actor's given names start in the capitalised words that end with `word`; no other listed name may end among them.
    fn own_given_before(&self, word: Span) -> Option<usize> {
        let is_inner = |span: &&Span| is_capital(span.of(self.text)) && !(self.ends_name)(span.end);
        let run = self.run_before(word);
        let own = run.iter().take_while(is_inner).filter(|span| self.is_own_given(**span));
        own.last().map(|span| span.start)
    }

    /// The capitalised words that end with `word`, the last first.
    fn run_before(&self, word: Span) -> Vec<Span> {
        let mut run = vec![word];
        let mut start = word.start;
        while let (Some((Gap::Space, before)), true) = (self.previous(start), run.len() < 6) {
            if !is_capital(before.of(self.text)) || self.lexicon.has(List::Function, before.of(self.text)) {
                break;
            }
            run.push(before);
            start = before.start;
        }
        run
    }

    /// "In Washington Trump", "At the White House Trump", "on Truth Social Trump".
    fn is_place_phrase(&self, word: Span) -> bool {
        let run = self.run_before(word);
        let Some(first) = run.last() else { return false };
        let name = Span { start: first.start, end: word.end }.of(self.text);
        let Some((Gap::Space, lead)) = self.previous(first.start) else { return false };
        let lead = lead.of(self.text).to_lowercase();
        let people = run.iter().any(|span| is_given(span.of(self.text)));
        match lead.as_str() {
            "in" | "at" | "from" | "near" | "outside" | "to" | "into" | "across" | "on" | "inside" | "over" | "of" => {
                self.lexicon.is_place(name) || (run.len() > 1 && !people && lead != "of")
            }
            "the" => run.len() > 1 && !people || self.lexicon.has(List::Places, name),
            _ => false,
        }
    }

    /// "Secretary of State Rubio", "Minister for Foreign Affairs Smith": a title before "of" or "for".
    fn is_title_phrase(&self, word: Span) -> bool {
        let mut start = word.start;
        let mut linked = false;
        for _ in 0..8 {
            let Some((Gap::Space, before)) = self.previous(start) else { return false };
            let shown = before.of(self.text);
            if matches!(shown, "of" | "for" | "and" | "the") {
                linked |= shown == "of" || shown == "for";
            } else if linked && self.is_title_chunk(before) {
                return true;
            } else if !is_capital(shown) {
                return false;
            }
            start = before.start;
        }
        false
    }

    /// A capital at the start of a sentence says nothing: is `word` an ordinary word of the language there?
    fn is_ordinary(&self, word: Span) -> bool {
        let shown = word.of(self.text);
        self.is_initial_word(word) && ((self.occurs_small)(shown) || (is_inflected(&fold(shown)) && !is_given(shown)))
    }

    fn is_initial_word(&self, word: Span) -> bool {
        let before = self.text.get(..word.start).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| c == ' ' || "\"'“”‘’«»„([•*-–—".contains(c));
        before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '…', '\n', '\r'])
    }

    /// A title, also as part of a hyphenated word: "Then-President", "President-elect".
    fn is_title_chunk(&self, word: Span) -> bool {
        if self.lexicon.has(List::Titles, word.of(self.text)) {
            return true;
        }
        match self.previous(word.start) {
            Some((Gap::Link('-'), first)) => {
                is_small(word.of(self.text)) || self.lexicon.has(List::Titles, first.of(self.text))
            }
            _ => false,
        }
    }

    /// After "Mrs" a surname is not that of a man, after "Mr" not that of a woman.
    fn title(&self, word: Span) -> Option<Verdict> {
        let shown = word.of(self.text);
        let is_given = |list| self.given.first().is_some_and(|given| self.lexicon.has(list, given));
        let others = [(List::FeminineTitles, List::Masculine), (List::MasculineTitles, List::Feminine)];
        let is_other = others.into_iter().any(|(titles, given)| self.lexicon.has(titles, shown) && is_given(given));
        (self.bare && is_other).then_some(Verdict::Other("title of somebody else"))
    }

    // ---- the neighbours ----

    /// How the line of the name is written, told by its longer words near the name, without the name's own.
    fn style(&self) -> Style {
        let near = near(self.text, self.span);
        let before = Span { start: near.start, end: self.span.start }.of(self.text);
        let after = Span { start: self.span.end, end: near.end }.of(self.text);
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        let words = |text| str::split(text, |c: char| !is_word(c)).filter(|word: &&str| word.chars().count() > 3);
        let (mut all, mut capital, mut capitals) = (0, 0, 0);
        for word in words(before).chain(words(after)) {
            all += 1;
            capital += usize::from(is_capital(word) && word.chars().any(char::is_alphabetic));
            capitals += usize::from(is_all_capitals(word));
        }
        match all {
            0 if is_all_capitals(self.span.of(self.text)) => Style::Capitals,
            0..=1 => Style::Sentence,
            _ if capitals * 4 >= all * 3 => Style::Capitals,
            2 => Style::Sentence,
            _ if capital * 4 >= all * 3 => Style::Title,
            _ => Style::Sentence,
        }
    }

    /// The word after byte `at` and what stands between; `Gap::Apostrophe` is a possessive, which ends the name.
    fn next(&self, at: usize) -> Option<(Gap, Span)> {
        let rest = self.text.get(at..)?;
        let first = rest.chars().next()?;
        let word = |skip: usize| Some(word_at(self.text, at + skip)).filter(|it| it.start < it.end);
        match first {
            '-' | '‐' | '‑' => word(first.len_utf8()).map(|it| (Gap::Link('-'), it)),
            '–' | '/' => word(first.len_utf8()).map(|it| (Gap::Link(first), it)),
            '\'' | '’' | 'ʼ' => word(first.len_utf8()).map(|it| (Gap::Apostrophe, it)),
            // "Trump, Jr." is one name; any other comma ends it.
            ',' => word(1 + super::word::blank_len(rest.get(1..)?, self.wrapped)?)
                .filter(|it| self.lexicon.has(List::Suffixes, it.of(self.text)) && is_capital(it.of(self.text)))
                .map(|it| (Gap::Space, it)),
            c if c.is_whitespace() => word(super::word::blank_len(rest, self.wrapped)?).map(|it| (Gap::Space, it)),
            _ => None,
        }
    }

    /// The word before byte `at` and what stands between.
    fn previous(&self, at: usize) -> Option<(Gap, Span)> {
        let before = self.text.get(..at)?;
        let last = before.chars().next_back()?;
        let word = |text: &str| Some(word_to(self.text, text.len())).filter(|it| it.start < it.end);
        match last {
            '-' | '‐' | '‑' => word(before.strip_suffix(last)?).map(|it| (Gap::Link('-'), it)),
            '–' | '/' => word(before.strip_suffix(last)?).map(|it| (Gap::Link(last), it)),
            '\'' | '’' | 'ʼ' => word(before.strip_suffix(last)?).map(|it| (Gap::Apostrophe, it)),
            '.' => word(before.strip_suffix('.')?)
                .filter(|it| it.of(self.text).chars().count() == 1)
                .map(|it| (Gap::Stop, it)),
            c if c.is_whitespace() => {
                let trimmed = before.trim_end();
                let lines = before.get(trimmed.len()..)?.matches('\n').count();
                if lines > 1 || (lines == 1 && !(self.wrapped)()) {
                    return None;
                }
                match trimmed.strip_suffix('.') {
                    Some(text) => word(text).map(|it| (Gap::Stop, it)),
                    None => self.unpossessed(word(trimmed)?).map(|it| (Gap::Space, it)),
                }
            }
            _ => None,
        }
    }

    /// Nothing where `word` is the "s" of a possessive: "Russia's Putin".
    fn unpossessed(&self, word: Span) -> Option<Span> {
        let before = self.text.get(..word.start)?;
        let possessive = matches!(word.of(self.text), "s" | "S") && before.ends_with(['\'', '’', 'ʼ']);
        (!possessive).then_some(word)
    }
}

/// Bytes to either side of a name within which its line is judged.
const LINE: usize = 160;
/// The place and [`LINE`] bytes to either side of it, on character boundaries.
fn near(text: &str, span: Span) -> Span {
    Span {
        start: text.floor_char_boundary(span.start.saturating_sub(LINE)),
        end: text.ceil_char_boundary(span.end.saturating_add(LINE)),
    }
}

/// Verbs that stand before the person in a question.
fn is_modal(word: &str) -> bool {
    let modals = ["can", "could", "will", "would", "should", "may", "might", "must", "did", "does", "do"];
    modals.iter().any(|modal| word.eq_ignore_ascii_case(modal))
}

fn is_determiner(word: &str) -> bool {
    let determiners = ["the", "a", "an", "any", "another", "each", "every"];
    determiners.iter().any(|determiner| word.eq_ignore_ascii_case(determiner))
}

fn is_month_lead(word: &str) -> bool {
    matches!(
        word,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "before"
            | "after"
            | "last"
            | "next"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "of"
            | "from"
            | "through"
            | "during"
    )
}

/// Endings of verbs, adverbs and nouns that given names hardly have.
fn is_inflected(folded: &str) -> bool {
    folded.len() > 5
        && ["ing", "ly", "ed", "tion", "sion", "ment", "ness", "ists", "ers", "ors", "ians", "ance", "ship"]
            .iter()
            .any(|ending| folded.ends_with(ending))
}

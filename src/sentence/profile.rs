//! What is known of a language's words: one text file a language, in `profile/`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// The languages with a profile of their own, in the order they were added.
///
/// A language is a file in `profile/` and a line here. The file has headed sections (`[titles]`, see [`Group`]) of words parted
/// by white space; `#` starts a comment. A word written in lower case is met in any case, one written with capitals only as it
/// is written. Abbreviations stand without their last stop.
pub static PROFILES: [Source; 18] = [
    Source::new("en", include_str!("profile/en.txt")),
    Source::new("de", include_str!("profile/de.txt")),
    Source::new("fr", include_str!("profile/fr.txt")),
    Source::new("es", include_str!("profile/es.txt")),
    Source::new("it", include_str!("profile/it.txt")),
    Source::new("pt", include_str!("profile/pt.txt")),
    Source::new("nl", include_str!("profile/nl.txt")),
    Source::new("pl", include_str!("profile/pl.txt")),
    Source::new("ru", include_str!("profile/ru.txt")),
    Source::new("uk", include_str!("profile/uk.txt")),
    Source::new("sv", include_str!("profile/sv.txt")),
    Source::new("cs", include_str!("profile/cs.txt")),
    Source::new("tr", include_str!("profile/tr.txt")),
    Source::new("ar", include_str!("profile/ar.txt")),
    Source::new("hi", include_str!("profile/hi.txt")),
    Source::new("zh", include_str!("profile/zh.txt")),
    Source::new("ja", include_str!("profile/ja.txt")),
    Source::new("ko", include_str!("profile/ko.txt")),
];

/// A language and the text of its profile, read when first asked for.
#[derive(Debug)]
pub struct Source {
    /// ISO 639-1 code.
    pub language: &'static str,
    file: &'static str,
    profile: OnceLock<Profile>,
}

impl Source {
    const fn new(language: &'static str, file: &'static str) -> Self {
        Self { language, file, profile: OnceLock::new() }
    }

    /// The profile, ready to use.
    pub fn profile(&self) -> &Profile {
        self.profile.get_or_init(|| Profile::read(self.language, self.file))
    }
}

/// What a word can be known for: the sections of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Abbreviated titles and other abbreviations that never end a sentence ("Mr", "Gen", "vs").
    Titles,
    /// Abbreviations that may end a sentence; they do before a word of [`Group::Starters`] ("Inc", "U.S", "Jr").
    Abbreviations,
    /// Abbreviations that end a sentence before any capital ("etc").
    Closing,
    /// Units, which do so behind a number ("kg").
    Units,
    /// What ends the name of a company ("Inc", "Corp").
    Companies,
    /// Capitalised words that an abbreviation stands before ("Senate", "Chairman"), so that it ends nothing.
    Heads,
    /// Verbs in the third person ("is", "left") that tell a subject.
    Verbs,
    /// How other such verbs end ("ed").
    VerbEndings,
    /// Abbreviations only where a number follows ("No", "p", "vol").
    Numbered,
    /// Function words that often open a sentence ("The", "However").
    Starters,
    /// Months, whole and short.
    Months,
    /// Abbreviated halves of the day ("a.m").
    Clock,
    /// What follows a time of day without opening a sentence ("EST", "Monday").
    AfterClock,
    /// Verbs of speech that take a quotation ("said", "asked").
    Speech,
    /// Single capital letters that are words, not initials ("I").
    Letters,
    /// How the language differs: `ordinals` for "3." as "third", `headings` for words in capitals and a colon as a sentence,
    /// `numbers` for the number of a paragraph as one.
    Habits,
}

/// Every section of a profile, with its heading.
const GROUPS: [(&str, Group); 16] = [
    ("titles", Group::Titles),
    ("abbreviations", Group::Abbreviations),
    ("closing", Group::Closing),
    ("units", Group::Units),
    ("companies", Group::Companies),
    ("heads", Group::Heads),
    ("verbs", Group::Verbs),
    ("verb endings", Group::VerbEndings),
    ("numbered", Group::Numbered),
    ("starters", Group::Starters),
    ("months", Group::Months),
    ("clock", Group::Clock),
    ("after clock", Group::AfterClock),
    ("speech", Group::Speech),
    ("letters", Group::Letters),
    ("habits", Group::Habits),
];

/// The groups a word is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Groups(u16);

impl Groups {
    /// Whether `group` is among them.
    pub(super) fn has(self, group: Group) -> bool {
        self.0 & (1 << group as u16) != 0
    }

    /// These and those.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, group: Group) {
        self.0 |= 1 << group as u16;
    }
}

/// What is known of one language's words.
#[derive(Debug)]
pub struct Profile {
    /// ISO 639-1 code.
    pub language: &'static str,
    /// Whether "3." can be "third".
    pub(super) ordinals: bool,
    /// Whether "ON THE FRONT:" stands for itself.
    pub(super) headings: bool,
    /// Whether the "1." of a numbered paragraph stands for itself.
    pub(super) numbers_apart: bool,
    verb_endings: Vec<&'static str>,
    lists: Vec<(Group, &'static str)>,
    /// By the word in lower case.
    known: FxHashMap<Box<[u8]>, Known>,
}

/// What is known of a word by how it is written.
#[derive(Debug, Default)]
struct Known {
    /// However it is written.
    always: Groups,
    /// Only as it stands here.
    exact: Vec<(&'static str, Groups)>,
}

impl Profile {
    /// The words of one group, as the profile writes them, in its order.
    pub fn words(&self, group: Group) -> impl Iterator<Item = &'static str> {
        self.lists.iter().filter(move |entry| entry.0 == group).map(|entry| entry.1)
    }

    /// Whether `word` is in `group`; abbreviations are asked for without their last stop.
    pub fn has(&self, group: Group, word: &str) -> bool {
        self.groups(word).has(group)
    }

    /// Whether `word` looks like a verb in the third person.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        let groups = self.groups(word);
        let has_ending = |ending: &&str| word.strip_suffix(*ending).is_some_and(|stem| stem.len() > 2);
        groups.has(Group::Verbs) || groups.has(Group::Speech) || self.verb_endings.iter().any(has_ending)
    }

    /// All groups of `word`.
    pub(super) fn groups(&self, word: &str) -> Groups {
        let mut buffer = [0; LONGEST];
        let Some(known) = folded(word, &mut buffer).and_then(|word| self.known.get(word)) else {
            return Groups::default();
        };
        let exact = known.exact.iter().find(|(exact, _)| *exact == word).map(|(_, groups)| *groups);
        exact.map_or(known.always, |groups| groups.or(known.always))
    }

    fn read(language: &'static str, file: &'static str) -> Self {
        let lists: Vec<_> = entries(file).collect();
        let mut known: FxHashMap<Box<[u8]>, Known> = FxHashMap::default();
        for &(group, word) in &lists {
            let folded: String = word.chars().flat_map(lower).collect();
            known.entry(folded.into_bytes().into()).or_default().add(group, word);
        }
        let has = |habit| lists.contains(&(Group::Habits, habit));
        let (ordinals, headings, numbers_apart) = (has("ordinals"), has("headings"), has("numbers"));
        let verb_endings = lists.iter().filter(|entry| entry.0 == Group::VerbEndings).map(|entry| entry.1).collect();
        Self { language, ordinals, headings, numbers_apart, verb_endings, lists, known }
    }
}

impl Known {
    fn add(&mut self, group: Group, word: &'static str) {
        if !word.contains(char::is_uppercase) {
            self.always.add(group);
        } else if let Some((_, groups)) = self.exact.iter_mut().find(|(exact, _)| *exact == word) {
            groups.add(group);
        } else {
            let mut groups = Groups::default();
            groups.add(group);
            self.exact.push((word, groups));
        }
    }
}

/// The profile of a language tag, its region aside.
pub(super) fn find(tag: &str) -> Option<&'static Profile> {
    let language = tag.split(['-', '_']).next()?;
    PROFILES.iter().find(|source| source.language.eq_ignore_ascii_case(language)).map(Source::profile)
}

/// The words of a profile file, each with its section.
fn entries(file: &'static str) -> impl Iterator<Item = (Group, &'static str)> {
    let mut section = None;
    file.lines().flat_map(move |line| {
        let line = line.split_once('#').map_or(line, |(words, _)| words).trim();
        let heading = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(heading) = heading {
            section = GROUPS.iter().find(|(name, _)| *name == heading).map(|(_, group)| *group);
        }
        let words = if heading.is_some() { "" } else { line };
        words.split_whitespace().filter_map(move |word| section.map(|group| (group, word)))
    })
}

/// Bytes of the longest word that is looked up.
const LONGEST: usize = 40;

/// `word` in lower case, with straight apostrophes and without spaces, if it fits; no allocation, for this runs at every stop.
fn folded<'a>(word: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    if word.bytes().all(|byte| byte.is_ascii_graphic()) {
        let short = buffer.get_mut(..word.len())?;
        short.copy_from_slice(word.as_bytes());
        short.make_ascii_lowercase();
        return Some(short);
    }
    let mut length = 0;
    for char in word.chars().filter(|char| !char.is_whitespace()).flat_map(lower) {
        length += char.encode_utf8(buffer.get_mut(length..length + char.len_utf8())?).len();
    }
    buffer.get(..length)
}

/// `char` in lower case, an apostrophe straight, and the Turkish İ without the dot that Unicode would leave behind.
fn lower(char: char) -> impl Iterator<Item = char> {
    let char = match char {
        '’' => '\'',
        'İ' => 'i',
        _ => char,
    };
    char.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_uses_known_headings_only() {
        for source in &PROFILES {
            let headings = source.file.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
            for heading in headings {
                assert!(GROUPS.iter().any(|(name, _)| *name == heading), "{}: [{heading}]", source.language);
            }
        }
    }

    #[test]
    fn words_can_be_found_as_they_are_written() {
        for source in &PROFILES {
            let profile = source.profile();
            for (group, word) in &profile.lists {
                assert!(profile.has(*group, word), "{}: {word}", source.language);
            }
        }
    }

    #[test]
    fn capitals_in_a_profile_are_binding() {
        let english = find("en").unwrap();
        assert!(english.has(Group::Titles, "MR") && english.has(Group::Titles, "mr"));
        assert!(english.has(Group::Abbreviations, "Ill") && !english.has(Group::Abbreviations, "ill"));
    }

    #[test]
    fn regions_and_case_of_a_language_tag_do_not_matter() {
        let language = |tag| find(tag).map(|profile| profile.language);
        assert_eq!(["en-US", "EN", "en_gb"].map(language), [Some("en"); 3]);
        assert_eq!(["", "eng", "xx"].map(language), [None; 3]);
    }
}

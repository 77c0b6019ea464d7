//! Function words of the languages in `words/`: running text is full of them, menus and headlines are not.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How many languages have a list.
pub(super) const LANGUAGES: usize = LISTS.len();

/// One list a language; a new language is a file and a line here.
const LISTS: [&str; 11] = [
    include_str!("words/en.txt"),
    include_str!("words/de.txt"),
    include_str!("words/fr.txt"),
    include_str!("words/es.txt"),
    include_str!("words/it.txt"),
    include_str!("words/pt.txt"),
    include_str!("words/nl.txt"),
    include_str!("words/pl.txt"),
    include_str!("words/ru.txt"),
    include_str!("words/uk.txt"),
    include_str!("words/sv.txt"),
];

/// ISO 639-1 code of a list, by its index.
pub(super) fn language_named(index: usize) -> Option<&'static str> {
    ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv"].get(index).copied()
}

/// Words of a line that are counted: more do not make it more of a paragraph.
pub(super) const MOST: u32 = 60;

/// The length of a line in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Words, two characters of Chinese or Japanese being one; at most [`MOST`] and a few.
    pub(super) words: u32,
    /// Whether it is written without spaces between words.
    pub(super) unspaced: bool,
}

impl Count {
    /// The count of the first words of `line`.
    pub(super) fn of(line: &str) -> Self {
        let (mut spaced, mut unspaced) = (0, 0);
        for word in words(line) {
            let dense = if word.is_ascii() { 0 } else { word.chars().take(120).filter(|&c| is_unspaced(c)).count() };
            unspaced += u32::try_from(dense.div_ceil(2)).unwrap_or(MOST);
            spaced += u32::from(dense == 0);
            if spaced + unspaced >= MOST {
                break;
            }
        }
        Self { words: spaced + unspaced, unspaced: unspaced > spaced }
    }
}

/// Function words among the first words of `line`, by language in the order of the lists.
pub(super) fn function_words(line: &str) -> [u8; LANGUAGES] {
    let (mut counts, mut lower) = ([0; LANGUAGES], String::new());
    for word in words(line).take(MOST as usize).filter(|word| word.len() <= LONGEST) {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
        }
        let mut languages = FUNCTION.get(lower.as_str()).copied().unwrap_or(0);
        while languages != 0 {
            counts.get_mut(languages.trailing_zeros() as usize).into_iter().for_each(|count: &mut u8| *count += 1);
            languages &= languages - 1;
        }
    }
    counts
}

/// Bytes of the longest function word.
const LONGEST: usize = 28;

fn words(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    words.filter(|word| !word.is_empty())
}

/// Languages of each word, a bit each.
static FUNCTION: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages = HashMap::new();
    for (index, list) in LISTS.iter().enumerate() {
        let words = list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        words.for_each(|word| *languages.entry(word).or_insert(0) |= 1 << index);
    }
    languages
});

/// Chinese, Japanese, Thai: no spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

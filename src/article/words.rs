//! Function words of the languages in `words/`: running text is full of them, menus and headlines are not.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How many languages have a list.
pub(super) const LANGUAGES: usize = LISTS.len();

/// ISO 639-1 code of a list, by its index.
pub(super) fn language_named(index: usize) -> Option<&'static str> {
    ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv"].get(index).copied()
}

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

/// Words of a line that are counted: more do not make it more of a paragraph.
pub(super) const MOST: u32 = 60;

/// What a line's words say about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Words, two characters of Chinese or Japanese being one; at most [`MOST`] and a few.
    pub(super) words: u32,
    /// Function words by language, in the order of the lists.
    pub(super) function: [u8; LANGUAGES],
    /// Whether it is written without spaces between words.
    pub(super) unspaced: bool,
}

impl Count {
    /// The count of the first words of `line`.
    pub(super) fn of(line: &str) -> Self {
        let (mut count, mut lower, mut unspaced) = (Self::default(), String::new(), 0);
        for word in
            line.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).filter(|word| !word.is_empty())
        {
            let dense = word.chars().take(120).filter(|&c| is_unspaced(c)).count();
            unspaced += u32::try_from(dense.div_ceil(2)).unwrap_or(MOST);
            count.words += u32::from(dense == 0);
            count.add_function(word, &mut lower);
            if count.words + unspaced >= MOST {
                break;
            }
        }
        count.unspaced = unspaced > count.words;
        count.words += unspaced;
        count
    }

    fn add_function(&mut self, word: &str, lower: &mut String) {
        if word.len() > 24 {
            return;
        }
        lower.clear();
        lower.extend(word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
        let mut languages = FUNCTION.get(lower.as_str()).copied().unwrap_or(0);
        while languages != 0 {
            let index = languages.trailing_zeros() as usize;
            self.function.get_mut(index).into_iter().for_each(|count| *count = count.saturating_add(1));
            languages &= languages - 1;
        }
    }
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

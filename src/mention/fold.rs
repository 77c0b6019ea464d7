//! Folding: what of a word's spelling does not matter.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest ASCII word that is folded without allocation; longer ones are no names.
const SHORT: usize = 48;

/// `word` without case, marks, invisible characters and ligatures: NFKD (UAX 15), marks off, lower case, and the letters that
/// NFKD leaves whole taken apart. "ERDOĞAN", "Erdoğan" and "erdogan" give the same.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)) {
        for lower in c.to_lowercase().filter(|&c| !is_combining_mark(c)) {
            match plain(lower) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(lower),
            }
        }
    }
    folded
}

/// The folded word as it is looked up in names: the endings that transliterate the same Slavic one are the same, so that
/// "Zelenskyy", "Zelenskiy" and "Zelenski" find "Zelensky". A word without such an ending is another: "Brewer" is not "Brewery".
pub fn spelling(folded: &str) -> Cow<'_, str> {
    match stem(folded) {
        stem if stem.len() < folded.len() => Cow::Owned(format!("{stem}y")),
        whole => Cow::Borrowed(whole),
    }
}

/// The part that all spellings of a folded word share.
pub(super) fn stem(folded: &str) -> &str {
    let stem = folded.trim_end_matches(['i', 'y', 'j']);
    if is_stem(stem.len(), folded.len() - stem.len()) && folded.is_ascii() { stem } else { folded }
}

/// Whether a folded ASCII word of so many bytes has an ending that can be spelt in several ways.
fn is_stem(stem: usize, ending: usize) -> bool {
    stem > 4 && (1..=2).contains(&ending)
}

/// Calls `then` with the folded word; ASCII words cost no allocation.
pub(super) fn with_folded<T>(word: &str, then: impl FnOnce(&str) -> T) -> T {
    with_folded_bytes(word, |folded| then(std::str::from_utf8(folded).unwrap_or_default()))
}

/// The same as bytes, which are looked up without being read as UTF-8 again.
pub(super) fn with_folded_bytes<T>(word: &str, then: impl FnOnce(&[u8]) -> T) -> T {
    let mut short = [0; SHORT];
    match small(word, &mut short) {
        Some(folded) => then(folded),
        None => then(fold(word).as_bytes()),
    }
}

/// Calls `then` with the [`spelling`] of the word, folded; ASCII words cost no allocation.
pub(super) fn with_spelling<T>(word: &str, then: impl FnOnce(&[u8]) -> T) -> T {
    let mut short = [0; SHORT];
    let Some(folded) = small(word, &mut short) else { return then(spelling(&fold(word)).as_bytes()) };
    let ending = folded.iter().rev().take_while(|byte| matches!(byte, b'i' | b'y' | b'j')).count();
    let stem = folded.len() - ending;
    if !is_stem(stem, ending) {
        return then(folded);
    }
    if let Some(end) = folded.get_mut(stem) {
        *end = b'y';
    }
    then(folded.get(..=stem).unwrap_or_default())
}

/// A short ASCII word in small letters.
fn small<'b>(word: &str, buffer: &'b mut [u8; SHORT]) -> Option<&'b mut [u8]> {
    let short = buffer.get_mut(..word.len()).filter(|_| word.is_ascii())?;
    short.copy_from_slice(word.as_bytes());
    short.make_ascii_lowercase();
    Some(short)
}

/// Soft hyphens, joiners and their like: in a word, but not to be seen.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fold, spelling, with_folded_bytes, with_spelling};

    proptest! {
        /// What costs no allocation gives the same.
        #[test]
        fn short_words_are_folded_alike(word in "[A-Za-z]{0,8}[iyjIYJ]{0,4}|\\PC{0,60}") {
            let folded = fold(&word);
            with_folded_bytes(&word, |bytes| assert_eq!(bytes, folded.as_bytes()));
            with_spelling(&word, |bytes| assert_eq!(bytes, spelling(&folded).as_bytes()));
        }
    }

    #[test]
    fn spellings_of_one_name_fold_to_one() {
        for (one, other) in [
            ("ERDOĞAN", "erdogan"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("Müller", "Mu\u{308}ller"),
            ("Tru\u{ad}mp", "trump"),
            ("Strauß", "STRAUSS"),
            ("ﬁnn", "Finn"),
            ("Ｔｒｕｍｐ", "Trump"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("Merz"), fold("Mertz"));
    }

    #[test]
    fn endings_of_slavic_names_are_spelt_alike() {
        for name in ["zelenskyy", "zelenskiy", "zelenski", "zelenskij"] {
            assert_eq!(spelling(name), spelling("zelensky"), "{name}");
        }
        assert_ne!(spelling("zelenska"), spelling("zelensky"));
        assert_ne!(spelling("tony"), spelling("toni"));
        assert_ne!(spelling("brewery"), spelling("brewer"));
    }
}

//! Folding: what of a word's spelling does not matter.

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
/// "Zelenskyy", "Zelenskiy" and "Zelenski" find "Zelensky".
pub fn spelling(folded: &str) -> &str {
    let stem = folded.trim_end_matches(['i', 'y', 'j']);
    match folded.len() - stem.len() {
        1 | 2 if stem.len() > 4 && folded.is_ascii() => stem,
        _ => folded,
    }
}

/// Calls `then` with the folded word; ASCII words cost no allocation.
pub(super) fn with_folded<T>(word: &str, then: impl FnOnce(&str) -> T) -> T {
    let mut short = [0_u8; SHORT];
    match short.get_mut(..word.len()) {
        Some(buffer) if word.is_ascii() => {
            buffer.copy_from_slice(word.as_bytes());
            buffer.make_ascii_lowercase();
            then(std::str::from_utf8(buffer).unwrap_or_default())
        }
        _ => then(&fold(word)),
    }
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
    use super::{fold, spelling};

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
    }
}

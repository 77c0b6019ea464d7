//! Names taken apart: titles off, given names, surname, suffix; and whether two are ways to write one name.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mention::{Gender, fold, gender_of, is_title};

const NICKNAMES: &str = include_str!("nicknames.txt");
const SUFFIXES: &[&str] = &["jr", "sr", "jnr", "snr", "ii", "iii", "iv"];

/// Words that begin surnames.
const PARTICLES: &[&str] = &[
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "du", "dos", "la", "le", "ter", "ten", "bin", "ibn",
    "zu",
];

/// Given names that are ways to say one, each with the numbers of the lines it stands on.
static LINES: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut lines: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, line) in NICKNAMES.lines().filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split_whitespace() {
            lines.entry(name).or_default().push(number);
        }
    }
    lines
});

/// A person's name, folded word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Given names, initials and surname, without titles and suffix; runs of initials are one word ("hw", "jd").
    pub words: Vec<String>,
    /// "jr", "sr", "iii" and their like.
    pub suffix: Option<String>,
    /// What a title before it says: "Mrs.", "Sir".
    pub gender: Option<Gender>,
    /// Places among the words that hold initials: capital letters, with or without stops.
    pub initials: Vec<usize>,
}

impl Name {
    /// The parts of `written`; without words where nothing is left without titles.
    pub fn of(written: &str, language: Option<&str>) -> Self {
        let mut words = marked_words(written);
        let mut gender = None;
        while words.len() > 1 && words.first().is_some_and(|word| is_title(&word.folded, language)) {
            gender = gender.or(title_gender(&words.remove(0).folded));
        }
        let initials = words.iter().enumerate().filter(|(_, word)| word.capitals).map(|(index, _)| index).collect();
        let mut words: Vec<String> = words.into_iter().map(|word| word.folded).collect();
        let suffix = words.last().filter(|last| words.len() > 1 && SUFFIXES.contains(&last.as_str())).cloned();
        if suffix.is_some() {
            words.pop();
        }
        Self { words, suffix, gender, initials }
    }

    /// The name as it is compared over the whole run: its words and suffix, joined by single spaces.
    pub fn folded(&self) -> String {
        let suffix = self.suffix.as_deref().map(|it| it.trim_end_matches("nr").trim_end_matches('r'));
        let suffix = suffix.map(|it| if it.starts_with('i') { it.to_owned() } else { format!("{it}r") });
        self.words.iter().map(String::as_str).chain(suffix.as_deref()).collect::<Vec<_>>().join(" ")
    }

    /// `written`, of which this is the name, without the titles before it.
    pub fn untitled(&self, written: &str) -> String {
        let words: Vec<&str> = written.split_whitespace().collect();
        let first = self.words.first().map_or("", String::as_str);
        let starts = |word: &&str| words_of(word).first().is_some_and(|it| first.starts_with(it.as_str()));
        let skip = words.iter().position(starts).unwrap_or_default();
        words.get(skip..).unwrap_or_default().join(" ")
    }

    /// Whether it has a given name or an initial before the surname: "Le Pen" has none.
    pub fn is_full(&self) -> bool {
        self.words.len() > 1 && self.words.first().is_some_and(|first| !PARTICLES.contains(&first.as_str()))
    }

    /// The last word.
    pub fn surname(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The first of several words.
    pub fn given(&self) -> Option<&str> {
        self.words.first().filter(|_| self.is_full()).map(String::as_str)
    }

    /// Initials between the first and the last word; empty where there are none.
    pub fn middle_initials(&self) -> String {
        let middle = |(index, _): &(usize, &String)| self.is_middle_initial(*index);
        self.words.iter().enumerate().filter(middle).map(|(_, word)| word.as_str()).collect()
    }

    /// The name without the initials between its first and last word.
    pub fn without_initials(&self) -> Vec<&str> {
        let keep = |(index, _): &(usize, &String)| !self.is_middle_initial(*index);
        self.words.iter().enumerate().filter(keep).map(|(_, word)| word.as_str()).collect()
    }

    fn is_middle_initial(&self, index: usize) -> bool {
        index > 0 && index + 1 < self.words.len() && self.initials.contains(&index)
    }

    /// Whose gender the title or the given name tells.
    pub fn told_gender(&self) -> Option<Gender> {
        self.gender.or_else(|| self.given().and_then(gender_of))
    }

    /// Why two full names may be one person's; nothing where they cannot.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.suffix.is_some() != other.suffix.is_some() || !genders_agree(self.told_gender(), other.told_gender()) {
            return None;
        }
        if self.words == other.words {
            return Some(Likeness::Same);
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if !is_spelt_alike(self.surname(), other.surname()) {
            let front = long.words.get(..short.words.len())?;
            return (short.is_full() && front == short.words.as_slice()).then_some(Likeness::Longer);
        }
        let initials = (self.middle_initials(), other.middle_initials());
        if !initials.0.is_empty() && !initials.1.is_empty() && !alike_initials(&initials.0, &initials.1) {
            return None;
        }
        let likeness = given_likeness(self.given()?, other.given()?);
        likeness.or_else(|| short.words.iter().all(|word| long.words.contains(word)).then_some(Likeness::Longer))
    }
}

/// Why two full names may be one person's, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same given name and surname.
    Same,
    /// The one is spelt a little otherwise.
    Spelling,
    /// The one has more words.
    Longer,
    /// The one has an initial for the given name.
    Initial,
    /// The one given name is short for the other, or its form in another language.
    Nickname,
    /// The one given name begins with the other.
    Shortened,
    /// The given names differ by one letter inside.
    Slip,
}

impl Likeness {
    /// In words, as a reason.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Same => "same full name",
            Self::Spelling => "other spelling of the same full name",
            Self::Longer => "longer form of the same name",
            Self::Initial => "same surname, initial for the given name",
            Self::Nickname => "same surname, short or other form of the given name",
            Self::Slip => "same surname, given names that differ by one letter",
            Self::Shortened => "same surname, one given name begins with the other",
        }
    }
}

fn given_likeness(one: &str, other: &str) -> Option<Likeness> {
    if one == other {
        return Some(Likeness::Same);
    }
    if is_spelt_alike(one, other) {
        return Some(Likeness::Spelling);
    }
    let (short, long) = if letters(one) <= letters(other) { (one, other) } else { (other, one) };
    if letters(short) == 1 && long.starts_with(short) {
        return Some(Likeness::Initial);
    }
    if are_nicknames(one, other) {
        return Some(Likeness::Nickname);
    }
    if letters(short) > 2 && long.starts_with(short) {
        return Some(Likeness::Shortened);
    }
    is_slip(one, other).then_some(Likeness::Slip)
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// Whether two folded words differ by one letter inside: a slip of the pen. Endings tell men from women and do not count.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let ends = |word: &str| (word.chars().next(), word.chars().next_back());
    letters(one).min(letters(other)) > 4 && ends(one) == ends(other) && strsim::damerau_levenshtein(one, other) == 1
}

/// Whether two folded given names are ways to say one.
fn are_nicknames(one: &str, other: &str) -> bool {
    let lines = |name: &str| LINES.get(name).map(Vec::as_slice).unwrap_or_default();
    lines(one).iter().any(|line| lines(other).contains(line))
}

fn alike_initials(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Whether two told genders can be one person's.
pub fn genders_agree(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Whether two folded words are one word in two spellings: doubled letters, endings and vowels that are transliterated this way
/// and that ("Zelensky", "Zelenskyy"; "Mueller", "Muller"; "Gaddafi", "Qaddafi").
pub fn is_spelt_alike(one: &str, other: &str) -> bool {
    one == other
        || sound(one) == sound(other) && letters(one).abs_diff(letters(other)) < 5 && {
            let (one, other) = (skeleton(one), skeleton(other));
            letters(&one) > 2 && (one == other || guttural(&one).is_some_and(|tail| guttural(&other) == Some(tail)))
        }
}

/// The same for every two words that [`is_spelt_alike`] finds alike.
pub(super) fn spelling_key(word: &str) -> String {
    let skeleton = skeleton(word);
    guttural(&skeleton).map(|tail| format!("k{tail}")).unwrap_or(skeleton)
}

/// A first look: what the first letter may sound like.
fn sound(word: &str) -> char {
    match word.chars().next().unwrap_or_default() {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'a',
        'p' | 'f' => 'p',
        'c' | 'k' | 'h' | 'x' | 'g' | 'q' => 'k',
        other => other,
    }
}

/// What follows a first letter that stands for the Arabic qaf or ghain.
fn guttural(skeleton: &str) -> Option<&str> {
    skeleton.strip_prefix(['g', 'q', 'k']).filter(|tail| tail.len() > 3)
}

/// What of a folded word's spelling matters.
pub fn skeleton(word: &str) -> String {
    const SAME: &[(&str, &str)] = &[
        ("y", "i"),
        ("ij", "i"),
        ("ck", "k"),
        ("kh", "h"),
        ("dh", "d"),
        ("ph", "f"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ue", "u"),
        ("oe", "o"),
        ("ae", "a"),
        ("ks", "x"),
    ];
    let mut letters = word.to_owned();
    for (one, other) in SAME {
        letters = letters.replace(one, other);
    }
    let mut skeleton = String::with_capacity(letters.len());
    for letter in letters.chars() {
        if !skeleton.ends_with(letter) {
            skeleton.push(letter);
        }
    }
    skeleton
}

/// The folded words of `written`, runs of initials as one.
fn words_of(written: &str) -> Vec<String> {
    marked_words(written).into_iter().map(|word| word.folded).collect()
}

/// A word of a name.
struct Marked {
    folded: String,
    /// Whether it goes on with the initials after it.
    initials: bool,
    /// Whether it is capital letters, each of which stands for a name.
    capitals: bool,
}

fn marked_words(written: &str) -> Vec<Marked> {
    let mut words: Vec<Marked> = Vec::new();
    for written in written.split_whitespace() {
        let bare = written.replace(['’', 'ʼ', '‘'], "'").replace(['‐', '‑', '–'], "-");
        let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("'S")).unwrap_or(&bare);
        let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
        let joined: String = bare.chars().filter(|&c| c != '.').collect();
        let initials = letters(&joined) == 1 || (bare.contains('.') && letters(&joined) < 4);
        let capitals = initials && bare.split('.').all(|part| letters(part) == 1) && joined.chars().all(is_capital);
        let folded = fold(if bare.contains('.') { &joined } else { bare });
        match words.last_mut() {
            Some(last) if last.initials && initials => {
                last.folded.push_str(&folded);
                last.capitals &= capitals;
            }
            _ if folded.is_empty() => (),
            _ => words.push(Marked { folded, initials, capitals }),
        }
    }
    words
}

fn is_capital(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase()
}

/// What a folded title says of its bearer.
pub(super) fn title_gender(title: &str) -> Option<Gender> {
    const MEN: &[&str] = &[
        "mr",
        "sir",
        "lord",
        "king",
        "prince",
        "duke",
        "father",
        "brother",
        "congressman",
        "chairman",
        "spokesman",
        "businessman",
        "herr",
        "monsieur",
        "actor",
        "mx",
    ];
    const WOMEN: &[&str] = &[
        "mrs",
        "ms",
        "miss",
        "lady",
        "dame",
        "queen",
        "princess",
        "duchess",
        "sister",
        "congresswoman",
        "chairwoman",
        "spokeswoman",
        "businesswoman",
        "frau",
        "madame",
        "mme",
        "actress",
        "madam",
    ];
    if MEN.contains(&title) && title != "mx" {
        return Some(Gender::Man);
    }
    WOMEN.contains(&title).then_some(Gender::Woman)
}

/// Words that organisations leave out of their initials.
fn is_small_word(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "on"
            | "to"
            | "de"
            | "la"
            | "du"
            | "des"
            | "der"
            | "die"
            | "und"
            | "et"
            | "&"
    )
}

/// The initials of an organisation's or a place's folded name; nothing for a name of one word.
pub fn initials(words: &[String]) -> Option<String> {
    let long: Vec<&String> = words.iter().filter(|word| !is_small_word(word)).collect();
    (long.len() > 1).then(|| long.iter().filter_map(|word| word.chars().next()).collect())
}

/// The folded words of the name of an organisation or place: without a leading article, dots inside initials and legal forms.
pub(super) fn plain_words(written: &str) -> Vec<String> {
    let mut words = words_of(written);
    if words.len() > 1 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    let forms: FxHashSet<&str> =
        FxHashSet::from_iter(["inc", "corp", "ltd", "plc", "llc", "ag", "gmbh", "co", "sa", "nv", "spa"]);
    while words.len() > 1 && words.last().is_some_and(|word| forms.contains(word.as_str())) {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(one: &str, other: &str) -> Option<Likeness> {
        Name::of(one, Some("en")).likeness(&Name::of(other, Some("en")))
    }

    #[test]
    fn one_person_is_written_in_many_ways() {
        for (one, other, likeness) in [
            ("President Ada Byron", "Ada Byron", Likeness::Same),
            ("Ada Byron", "Ada K. Byron", Likeness::Same),
            ("A. Byron", "Ada Byron", Likeness::Initial),
            ("Bob Marsh", "Robert Marsh", Likeness::Nickname),
            ("Muammar Gaddafi", "Muammar Qaddafi", Likeness::Same),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy", Likeness::Same),
            ("Maria Lopez", "Maria Lopez Garcia", Likeness::Longer),
            ("Dan Okoro", "Daniel Okoro", Likeness::Nickname),
            ("J.D. Vale", "J. D. Vale", Likeness::Same),
            ("И. Петров", "Иван Петров", Likeness::Initial),
        ] {
            assert_eq!(like(one, other), Some(likeness), "{one} {other}");
            assert_eq!(like(other, one), Some(likeness), "{other} {one}");
        }
    }

    #[test]
    fn people_of_one_surname_are_kept_apart() {
        for (one, other) in [
            ("Ada Byron", "George Byron"),
            ("George W. Marsh", "George H. W. Marsh"),
            ("Ed Marsh Jr.", "Ed Marsh"),
            ("Mr. Pat Marsh", "Mrs. Pat Marsh"),
            ("Ada Byron", "Ada Marsh"),
        ] {
            assert_eq!(like(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn an_initial_is_a_capital_letter() {
        for (written, initials) in [
            ("Ada K. Byron", "k"),
            ("Ada K Byron", "k"),
            ("George H. W. Marsh", "hw"),
            ("Kim Il Sung", ""),
            ("Bank of England", ""),
            ("Ana y Lopez", ""),
            ("Иван С. Петров", "с"),
        ] {
            assert_eq!(Name::of(written, None).middle_initials(), initials, "{written}");
        }
    }

    #[test]
    fn nicknames_are_folded_and_stand_on_a_line_with_others() {
        for line in NICKNAMES.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.split(' ').count() > 1 && line == fold(line), "{line}");
        }
    }
}

//! A sentence to its words and marks.

use crate::Span;

/// A word or mark, and what is computed of it once.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// Digest of the word as it is written.
    pub(super) word: u64,
    /// Digest of the word in small letters.
    pub(super) lower: u64,
    /// Digest of its shape: capitals, small letters and digits, each run cut to two.
    pub(super) shape: u64,
    /// What it looks like.
    pub(super) form: u8,
    /// The lists that have it.
    pub(super) lists: u32,
    /// What the article does with the word elsewhere.
    pub(super) evidence: u16,
}

/// Begins with a capital.
pub(super) const CAPITAL: u8 = 1;
/// Has a capital somewhere.
pub(super) const UPPER: u8 = 2;
/// Has a small letter.
pub(super) const SMALL: u8 = 4;
/// Has a digit.
pub(super) const DIGIT: u8 = 8;
/// Has a letter.
pub(super) const LETTER: u8 = 16;
/// Nothing but a mark.
pub(super) const MARK: u8 = 32;
/// Stands at the last token without a space between.
pub(super) const GLUED: u8 = 64;

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a byte to a digest (FNV-1a).
pub(super) const fn step(digest: u64, byte: u8) -> u64 {
    (digest ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// The digest of a word in small letters, as [`Token::lower`] has it.
pub(super) const fn digest(word: &str) -> u64 {
    let (mut digest, mut rest) = (SEED, word.as_bytes());
    while let [byte, tail @ ..] = rest {
        digest = step(digest, *byte);
        rest = tail;
    }
    digest
}

/// Adds the tokens of one sentence to `tokens`, in order and without overlaps.
///
/// A possessive ending is a token of its own ("Adler" + "'s"), so is a hyphen with a capital on either side ("Paris-based",
/// "Adler-Bell"); abbreviations keep their stops ("U.S.", "Gov."), numbers their commas.
pub(super) fn tokens(text: &str, sentence: Span, tokens: &mut Vec<Token>) {
    let mut at = sentence.start;
    let end = sentence.start + sentence.of(text).len();
    let mut last = usize::MAX;
    while let Some(start) = next_start(text, at, end) {
        at = start + length(text, Span { start, end });
        let mut token = read(text, Span { start, end: at });
        if last == start {
            token.form |= GLUED;
        }
        last = at;
        tokens.push(token);
    }
}

/// The next byte that is no white space.
fn next_start(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    if rest.as_bytes().first()?.is_ascii_graphic() {
        return Some(at);
    }
    rest.find(|c: char| !c.is_whitespace()).map(|skipped| at + skipped)
}

/// How many bytes the token at the start of `rest` has; at least one character.
fn length(text: &str, rest: Span) -> usize {
    let rest = rest.of(text);
    let Some(first) = rest.chars().next() else { return 0 };
    if !first.is_alphanumeric() {
        return mark(rest, first);
    }
    if let Some(length) = address(rest) {
        return length;
    }
    word(rest)
}

/// A mark: one character, or the same again and again; an ending such as "'s"; a name of a user such as "@adler".
fn mark(rest: &str, first: char) -> usize {
    let one = first.len_utf8();
    match first {
        '\'' | '’' => ending(rest.get(one..).unwrap_or_default()).map_or(one, |length| one + length),
        '@' => one + run(rest.get(one..).unwrap_or_default(), |c| c.is_alphanumeric() || c == '_'),
        _ => run(rest, |c| c == first),
    }
}

/// Bytes of the ending after an apostrophe that is none of the word's own: "s", "re", "ve", "ll", "d", "m".
fn ending(rest: &str) -> Option<usize> {
    let length = run(rest, char::is_alphanumeric);
    let letters = rest.get(..length)?;
    ["s", "re", "ve", "ll", "d", "m", "S"].contains(&letters).then_some(length)
}

/// Bytes at the start for which `has` holds.
fn run(text: &str, has: impl Fn(char) -> bool) -> usize {
    text.find(|c| !has(c)).unwrap_or(text.len())
}

/// Bytes of an address of the web or of mail.
fn address(rest: &str) -> Option<usize> {
    let web = rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
    web.then(|| run(rest, |c| !c.is_whitespace() && !matches!(c, ')' | '>' | ']' | '"' | '”' | ',')))
}

/// Bytes of a word: letters and digits, and what stands between them and belongs to them.
fn word(rest: &str) -> usize {
    let mut end = letters(rest);
    while let Some(joint) = joint(rest, end) {
        end += joint;
        end += letters(rest.get(end..).unwrap_or_default());
    }
    end + stop(rest, end)
}

/// Bytes of letters and digits at the start.
fn letters(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match text.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => run(text, is_letter),
        _ => plain,
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200d}')
}

/// Bytes of the mark at `end` that joins the parts of one word.
fn joint(rest: &str, end: usize) -> Option<usize> {
    let mark = rest.get(end..)?.chars().next()?;
    let length = mark.len_utf8();
    let after = rest.get(end + length..)?;
    let next = after.chars().next().filter(|c| c.is_alphanumeric())?;
    let before = rest.get(..end)?;
    let joins = match mark {
        '\'' | '’' => ending(after).is_none(),
        '-' | '‐' | '‑' => !next.is_uppercase() && !has_capital(before),
        '.' => next.is_ascii_digit() && before.ends_with(|c: char| c.is_ascii_digit()) || is_dotted(before),
        ',' => next.is_ascii_digit() && before.ends_with(|c: char| c.is_ascii_digit()),
        '&' => next.is_uppercase() && has_capital(before),
        '_' | '@' => true,
        _ => false,
    };
    joins.then_some(length)
}

fn has_capital(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}

/// Whether the last part of the word is one letter, and the word is letters and stops: "U", "U.S", "p".
fn is_dotted(word: &str) -> bool {
    let mut parts = word.split('.');
    parts.all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

/// One where the stop after the word is its own.
fn stop(rest: &str, end: usize) -> usize {
    let word = rest.get(..end).unwrap_or_default();
    let tail = rest.get(end..).unwrap_or_default();
    if !tail.starts_with('.') || tail.starts_with("..") {
        return 0;
    }
    let dotted = is_dotted(word) && (word.contains('.') || has_capital(word)) && word != "I";
    usize::from(dotted || tail.len() > 1 && ABBREVIATIONS.contains(&word))
}

/// Words before a stop that does not end the sentence.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "St", "Gov", "Sen", "Rep", "Gen", "Lt", "Col", "Capt", "Sgt", "Maj", "Cmdr", "Adm",
    "Prof", "Rev", "Hon", "Pres", "Sens", "Reps", "Jr", "Sr", "Inc", "Corp", "Co", "Ltd", "Bros", "Jan", "Feb", "Mar",
    "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "No", "vs", "etc", "Ave", "Blvd", "Rd", "Mt", "Ft",
    "Calif", "Fla", "Tex", "Conn", "Mass", "Pa", "Va", "Ala", "Ariz", "Colo", "Ill", "Mich", "Minn", "Miss", "Mo",
    "Okla", "Ore", "Tenn", "Wash", "Wis", "Dept", "Assn", "Univ",
];

/// The token at `span` with its digests.
fn read(text: &str, span: Span) -> Token {
    let mut token = Token { span, word: SEED, lower: SEED, shape: SEED, form: 0, lists: 0, evidence: 0 };
    let (mut last, mut same) = (0, 0);
    for c in span.of(text).chars() {
        let kind = if c.is_ascii() { token.take_ascii(c) } else { token.take(c) };
        same = if kind == last { same + 1 } else { 0 };
        last = kind;
        if same < 2 {
            token.shape = step(token.shape, kind);
        }
    }
    if token.form & (LETTER | DIGIT) == 0 {
        token.form |= MARK;
    }
    token
}

impl Token {
    /// Takes in an ASCII character; its kind in the shape.
    fn take_ascii(&mut self, c: char) -> u8 {
        let byte = u8::try_from(c).unwrap_or_default();
        self.note(c.is_ascii_uppercase(), c.is_ascii_lowercase(), c.is_ascii_digit(), c.is_ascii_alphabetic());
        self.word = step(self.word, byte);
        self.lower = step(self.lower, byte.to_ascii_lowercase());
        match byte {
            b'A'..=b'Z' => b'X',
            b'a'..=b'z' => b'x',
            b'0'..=b'9' => b'd',
            _ => byte,
        }
    }

    /// Takes in any character; its kind in the shape.
    fn take(&mut self, c: char) -> u8 {
        let c = if c == '’' { '\'' } else { c };
        self.note(c.is_uppercase(), c.is_lowercase(), c.is_numeric(), c.is_alphabetic());
        let mut bytes = [0; 4];
        self.word = c.encode_utf8(&mut bytes).bytes().fold(self.word, step);
        for small in c.to_lowercase() {
            self.lower = small.encode_utf8(&mut bytes).bytes().fold(self.lower, step);
        }
        match c {
            c if c.is_uppercase() => b'X',
            c if c.is_lowercase() => b'x',
            c if c.is_numeric() => b'd',
            c if c.is_alphabetic() => b'a',
            '\'' => b'\'',
            '–' | '—' => b'-',
            '“' | '”' => b'"',
            _ => b'?',
        }
    }

    fn note(&mut self, upper: bool, small: bool, digit: bool, letter: bool) {
        if upper && self.word == SEED {
            self.form |= CAPITAL;
        }
        self.form |= if upper { UPPER } else { 0 } | if small { SMALL } else { 0 };
        self.form |= if digit { DIGIT } else { 0 } | if letter { LETTER } else { 0 };
    }

    /// Digest of the word in small letters, where it is written so.
    pub fn small(&self) -> Option<u64> {
        (self.form & (CAPITAL | UPPER | SMALL) == SMALL).then_some(self.lower)
    }

    pub(super) fn is(&self, form: u8) -> bool {
        self.form & form != 0
    }

    pub(super) fn listed(&self, lists: u32) -> bool {
        self.lists & lists != 0
    }
}

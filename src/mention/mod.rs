//! Names in the text: the actors of a roster, each where it is named, judged by what stands around it.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use smallvec::SmallVec;

use crate::{
    Roster, Sentence, Span,
    roster::{ActorKind, Listed},
    sentence,
};

mod context;
mod fold;
mod given;
mod head;
mod letters;
mod lexicon;
pub mod tagger;
mod trie;
mod who;
mod word;

pub use fold::{fold, spelling};
pub use given::Given;
pub use lexicon::{Gender, gender_of, is_given, is_title};
pub use who::{Local, Unlisted, Who};

use context::{Case, Verdict};
use letters::Letters;
use lexicon::Lexicon;
use trie::{Longest, Trie};

/// A place in a text that names an actor, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words that name the actor, without titles and possessive endings.
    pub span: Span,
    /// Number of the actor: its index in the roster, and from the roster's end on that in [`Names::unlisted`]; nothing where it
    /// is ambiguous.
    pub actor: Option<usize>,
    /// All actors that it may be, in order; empty where it is certain.
    pub candidates: Vec<usize>,
    /// The one candidate whose whole name, of one word, stands there.
    pub own: Option<usize>,
    /// The rule that found and resolved it, in words.
    pub how: &'static str,
    /// Whether the name is put before a thing, as in "the Trump administration": no edge by default.
    pub attributive: bool,
    /// Whether the whole name stands there, or an alias of several words, and no other actor bears it.
    pub full: bool,
    /// Whether a pronoun stands for the name: counted in a column of its own.
    pub pronoun: bool,
}

/// A name that matches and is somebody or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The words that match.
    pub span: Span,
    /// Index of the actor whose name it is.
    pub actor: usize,
    /// The rule that decided, in words.
    pub rule: &'static str,
}

/// The names in one text, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Who is named.
    pub mentions: Vec<Mention>,
    /// What matches and is not meant.
    pub ignored: Vec<Ignored>,
    /// The actors that no roster lists, sorted and each once.
    pub unlisted: Vec<Local>,
    /// The sentences in which names were looked for, in order, where these were asked for already.
    pub sentences: Option<Vec<Sentence>>,
}

impl Names {
    /// Under which the actor of this number counts, with a roster of `listed` actors.
    pub fn who(&self, actor: usize, listed: usize) -> Option<Who> {
        match actor.checked_sub(listed) {
            None => Some(Who::Listed(actor)),
            Some(index) => self.unlisted.get(index).map(|local| Who::Unlisted(Arc::clone(&local.who))),
        }
    }
}

/// Finds the actors of a roster in texts. Made once, used by all threads.
#[derive(Clone, Debug)]
pub struct Finder {
    trie: Trie,
    letters: Letters,
    names: Vec<Name>,
    actors: Vec<Known>,
}

/// What one name in the trie stands for.
#[derive(Clone, Copy, Debug)]
struct Name {
    actor: usize,
    /// Whether it is a `not` phrase: longer than the name, and somebody or something else.
    shadow: bool,
}

/// What the guard needs to know of an actor.
#[derive(Clone, Debug)]
struct Known {
    guarded: bool,
    /// Whether the name, not an alias, is a single word.
    single: bool,
    given: Vec<String>,
}

impl Finder {
    /// A finder of the actors of `roster`.
    pub fn new(roster: &Roster) -> Self {
        let all =
            || roster.actors.iter().flat_map(|listed| listed.names().chain(listed.not.iter().map(String::as_str)));
        let letters = Letters::of(all());
        let mut finder = Self { trie: Trie::new(), letters, names: Vec::new(), actors: Vec::new() };
        for (actor, listed) in roster.actors.iter().enumerate() {
            for name in listed.names() {
                finder.insert(name, Name { actor, shadow: false });
            }
            for phrase in &listed.not {
                finder.insert(phrase, Name { actor, shadow: true });
            }
            let single = !listed.name.trim().contains(char::is_whitespace);
            finder.actors.push(Known { guarded: listed.kind == ActorKind::Person, single, given: given_names(listed) });
        }
        finder
    }

    fn insert(&mut self, name: &str, value: Name) {
        for form in forms(name) {
            self.trie.insert(&form, self.names.len());
        }
        self.names.push(value);
    }

    /// Whether any name of the roster stands in `text`, whoever is meant: if not, [`Finder::find`] finds nothing, whatever the
    /// language.
    pub fn may_find(&self, text: &str) -> bool {
        let search =
            Search { finder: self, text, lexicon: Lexicon::of(None), wrapped: OnceCell::new(), small: OnceCell::new() };
        search.starts().any(|at| self.trie.longest(text, at, &|| true).is_some())
    }

    /// Whether any name of the roster may stand among the letters of `text`, in whatever order its words and whatever else between
    /// them: if not, no text that is made of these letters has one.
    pub fn may_stand_in(&self, text: &str) -> bool {
        self.letters.stand_in(text)
    }

    /// Whether a word of a name may begin like `word`.
    pub fn may_begin_with(&self, word: &str) -> bool {
        self.letters.begin_with(word)
    }

    /// Every place in `text` that names an actor, in order and without overlaps; the longest name wins. `language` (ISO 639-1)
    /// says how to read the words around it.
    pub fn find(&self, text: &str, language: Option<&str>) -> Names {
        let search = Search {
            finder: self,
            text,
            lexicon: Lexicon::of(language),
            wrapped: OnceCell::new(),
            small: OnceCell::new(),
        };
        let mut names = Names::default();
        let mut done = 0;
        for at in search.starts() {
            if at < done {
                continue;
            }
            let Some(longest) = self.trie.longest(text, at, &|| search.is_wrapped()) else { continue };
            done = longest.span.end;
            search.judge(&longest, &mut names);
        }
        search.drop_ordinary_words(&mut names);
        names
    }
}

/// One text being searched.
struct Search<'a> {
    finder: &'a Finder,
    text: &'a str,
    lexicon: &'a Lexicon,
    wrapped: OnceCell<bool>,
    /// Asked for seldom: words of the text in small letters.
    small: OnceCell<HashSet<&'a str>>,
}

impl Search<'_> {
    fn is_wrapped(&self) -> bool {
        *self.wrapped.get_or_init(|| sentence::is_hard_wrapped(self.text))
    }

    /// The bytes where a name may start.
    fn starts(&self) -> impl Iterator<Item = usize> {
        self.finder.trie.heads().starts(self.text)
    }

    fn judge(&self, longest: &Longest<'_>, names: &mut Names) {
        let meant = longest.entries.iter().filter_map(|entry| self.finder.names.get(entry.value));
        if let Some(name) = meant.clone().find(|name| name.shadow) {
            names.ignored.push(Ignored { span: longest.span, actor: name.actor, rule: "`not` phrase" });
            return;
        }
        let judge = |actor: usize| {
            let (verdict, span) = self.verdict(actor, longest);
            Judged { actor, verdict, span }
        };
        // Nearly all names are those of one.
        let mut actors: SmallVec<[usize; 2]> = meant.map(|name| name.actor).collect();
        actors.sort_unstable();
        actors.dedup();
        let (other, held): (SmallVec<[Judged; 1]>, SmallVec<[Judged; 1]>) =
            actors.into_iter().map(judge).partition(Judged::is_other);
        self.enter(longest, (&held, &other), names);
    }

    /// Enters a name by what the guard says of it: as that of whom it may be, else as somebody or something else.
    fn enter(&self, longest: &Longest<'_>, (held, other): (&[Judged], &[Judged]), names: &mut Names) {
        if let Some(first) = held.first() {
            let mut mention = mention(longest, held, first);
            mention.own = self.own(longest, &mention.candidates);
            names.mentions.push(mention);
        } else if let Some(Judged { actor, verdict: Verdict::Other(rule), span }) = other.first() {
            names.ignored.push(Ignored { span: *span, actor: *actor, rule });
        }
    }

    /// The one of `candidates` whose whole name stands there.
    fn own(&self, longest: &Longest<'_>, candidates: &[usize]) -> Option<usize> {
        let single = |actor: &&usize| self.finder.actors.get(**actor).is_some_and(|known| known.single);
        let mut own = candidates.iter().filter(|_| longest.words == 1).filter(single);
        own.next().filter(|_| own.next().is_none()).copied()
    }

    /// The verdict on the name of one actor, and the whole name's place.
    fn verdict(&self, actor: usize, longest: &Longest<'_>) -> (Verdict, Span) {
        let Some(known) = self.finder.actors.get(actor).filter(|known| known.guarded) else {
            return (Verdict::Person(if longest.words == 1 { "alias" } else { "name" }), longest.span);
        };
        let case = Case {
            text: self.text,
            span: longest.span,
            bare: longest.words == 1,
            given: &known.given,
            lexicon: self.lexicon,
            wrapped: &|| self.is_wrapped(),
            starts_name: &|at| self.finder.trie.longest(self.text, at, &|| self.is_wrapped()).is_some(),
            occurs_small: &|word| self.occurs_small(word),
            ends_name: &|end| self.ends_name(end),
        };
        let verdict = case.judge();
        let start = if verdict == Verdict::Person("alias") { case.start() } else { longest.span.start };
        (verdict, Span { start, ..longest.span })
    }

    fn ends_name(&self, end: usize) -> bool {
        let mut start = end;
        for _ in 0..3 {
            let before = self.text.get(..start).unwrap_or_default().trim_end();
            start = word::word_to(self.text, if start == end { end } else { before.len() }).start;
            let found = self.finder.trie.longest(self.text, start, &|| self.is_wrapped());
            if found.is_some_and(|longest| longest.span.end == end) {
                return true;
            }
        }
        false
    }

    /// A surname that is also a word of the language ("Major", "Rice") begins sentences as that word: where the text has it in
    /// small letters and nothing else says that the person is meant, it is not.
    fn drop_ordinary_words(&self, names: &mut Names) {
        let doubtful = |mention: &Mention| mention.how == "alias" && self.opens_sentence(mention.span);
        if !names.mentions.iter().any(doubtful) {
            return;
        }
        let vouched: BTreeSet<usize> =
            names.mentions.iter().filter(|it| !doubtful(it)).filter_map(|it| it.actor).collect();
        let ordinary = |mention: &Mention| {
            let actor = mention.actor.filter(|actor| !vouched.contains(actor))?;
            let drop = doubtful(mention) && self.occurs_small(mention.span.of(self.text));
            drop.then_some(Ignored { span: mention.span, actor, rule: "ordinary word" })
        };
        let dropped: Vec<Ignored> = names.mentions.iter().filter_map(ordinary).collect();
        if dropped.is_empty() {
            return;
        }
        names.mentions.retain(|mention| dropped.binary_search_by_key(&mention.span, |it| it.span).is_err());
        names.ignored.extend(dropped);
        names.ignored.sort_by_key(|it| it.span);
    }

    fn opens_sentence(&self, span: Span) -> bool {
        let before = self.text.get(..span.start).unwrap_or_default().trim_end_matches([' ', '"', '“', '‘', '\'', '(']);
        before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '”', '"'])
    }

    /// Whether the text has `word` in small letters, too.
    fn occurs_small(&self, word: &str) -> bool {
        let small = self.small.get_or_init(|| small_words(self.text));
        small.contains(word.to_lowercase().as_str())
    }
}

/// The words of `text` that begin with a small letter.
fn small_words(text: &str) -> HashSet<&str> {
    let words = text.split(|c| !word::is_word(c));
    words.filter(|word| word.starts_with(char::is_lowercase)).collect()
}

/// What the guard says of a match as the name of one actor.
struct Judged {
    actor: usize,
    verdict: Verdict,
    span: Span,
}

impl Judged {
    fn is_other(&self) -> bool {
        matches!(self.verdict, Verdict::Other(_))
    }
}

fn mention(longest: &Longest<'_>, held: &[Judged], first: &Judged) -> Mention {
    let (how, attributive) = match first.verdict {
        Verdict::Attributive(rule) => (rule, true),
        Verdict::Person(rule) | Verdict::Other(rule) => (rule, false),
    };
    let alone = held.len() == 1;
    let span = if alone { first.span } else { longest.span };
    Mention {
        span,
        actor: alone.then_some(first.actor),
        candidates: if alone { Vec::new() } else { held.iter().map(|it| it.actor).collect() },
        own: None,
        how: if alone { how } else { "shared alias" },
        attributive,
        full: alone && (longest.words > 1 || span != longest.span),
        pronoun: false,
    }
}

/// The folded words of the name before the last, with those of aliases that end alike ("Donald J. Trump").
fn given_names(listed: &Listed) -> Vec<String> {
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| c.is_whitespace() || c == '.').filter(|it| !it.is_empty()).map(fold).collect()
    };
    let mut given = words(&listed.name);
    let last = given.pop();
    for alias in &listed.aliases {
        let mut more = words(alias);
        if more.pop() == last && more.first() == given.first() {
            given.extend(more.into_iter().skip(1));
        }
    }
    given
}

/// The ways to write `name`: as it is, and with its leading initials joined or apart ("JD Vance", "J.D. Vance").
fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    let Some((first, rest)) = name.split_once(char::is_whitespace) else { return forms };
    let letters: String = first.chars().filter(|c| c.is_alphabetic()).collect();
    if (2..=3).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase) {
        let apart: Vec<String> = letters.chars().map(|c| format!("{c}.")).collect();
        forms.push(format!("{} {rest}", apart.join("")));
        forms.push(format!("{letters} {rest}"));
    }
    forms
}

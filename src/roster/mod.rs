//! Who to look for: the actor files people write, one file a format.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{Error, Place};

mod csv;
mod decision;
mod patterns;
mod toml;

pub use decision::{Decision, Verb};

/// Every roster format, in the order of the documentation.
pub const FORMATS: &[Format] = &[toml::FORMAT, csv::FORMAT, patterns::FORMAT];

/// How one kind of file becomes actors.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Ending of the file's name, without the dot.
    pub ending: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    /// What the content of a file says, each item with the line it stands on; the path is for messages.
    pub read: fn(path: &str, content: &str) -> Result<Content, Error>,
}

/// What a roster file says.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Its actors.
    pub entries: Vec<Entry>,
    /// Which names are one actor, and which are not.
    pub decisions: Vec<Decision>,
}

/// What an actor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A human being: the context guard holds.
    #[default]
    Person,
    /// A company, party, ministry, alliance.
    Organisation,
    /// A city, country, region.
    Place,
    /// Anything else.
    Other,
}

impl ActorKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: &[Self] = &[Self::Person, Self::Organisation, Self::Place, Self::Other];

    /// What rosters, `--kinds` and JSON call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

/// What becomes of attributive mentions such as "the Trump administration".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Attributive {
    /// Recorded, making no edge.
    #[default]
    Separate,
    /// Counted like any mention.
    Count,
    /// Not recorded.
    Drop,
}

/// One actor to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The label of the node.
    pub name: String,
    /// A stable identifier, e.g. of Wikidata.
    pub id: Option<String>,
    /// What it is.
    pub kind: ActorKind,
    /// Further names it goes by.
    pub aliases: Vec<String>,
    /// Longer names that are somebody or something else.
    pub not: Vec<String>,
    /// What becomes of its attributive mentions.
    pub attributive: Attributive,
}

impl Listed {
    /// The node's identifier in every output: the `id`, else the name.
    pub fn key(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }

    /// The name and then the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// An actor with the line of its file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// The actor.
    pub listed: Listed,
}

/// The actors to look for, sorted by name and without doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// The actors; other modules refer to them by index.
    pub actors: Vec<Listed>,
    /// The joins and splits that are in the actors already.
    pub decisions: Vec<Decision>,
}

impl Roster {
    /// The actors of all `paths` together.
    ///
    /// # Errors
    /// [`Error::Read`] for a file that cannot be read; [`Error::Roster`], with file and line, for one that is not what its
    /// format says, for a name or id that stands twice, an empty name or alias, joins and splits that contradict each
    /// other, and for files without any actor.
    pub fn read(paths: &[impl AsRef<Path>]) -> Result<Self, Error> {
        let mut all = Content::default();
        for path in paths {
            let content = read_file(path.as_ref())?;
            all.entries.extend(content.entries);
            all.decisions.extend(content.decisions);
        }
        let entries = decision::apply(all.entries, &mut all.decisions)?;
        Ok(Self { decisions: all.decisions, ..Self::of(entries)? })
    }

    /// Indices of the persons whom only a join lists, as none of its names an actor bore, each with these names.
    pub fn joined_only(&self) -> impl Iterator<Item = (usize, &[String])> {
        let is_bare = |it: &&Decision| {
            it.verb == Verb::Join && it.kind == ActorKind::Person && it.joined.is_empty() && !it.unlisted.is_empty()
        };
        self.decisions.iter().filter(is_bare).filter_map(|decision| {
            let name = decision.unlisted.first()?;
            let index = self.actors.binary_search_by(|listed| listed.name.cmp(name)).ok()?;
            Some((index, decision.names.as_slice()))
        })
    }

    /// The roster of `entries`.
    ///
    /// # Errors
    /// [`Error::Roster`] as for [`Roster::read`].
    pub fn of(entries: Vec<Entry>) -> Result<Self, Error> {
        let mut taken: BTreeMap<String, Place> = BTreeMap::new();
        for Entry { place, listed } in &entries {
            check_words(place, listed)?;
            claim(&mut taken, "name", &listed.name, place)?;
            if let Some(id) = listed.id.as_deref().filter(|id| fold(id) != fold(&listed.name)) {
                claim(&mut taken, "id", id, place)?;
            }
        }
        let mut actors: Vec<Listed> = entries.into_iter().map(|entry| entry.listed).collect();
        actors.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { actors, decisions: Vec::new() })
    }
}

fn read_file(path: &Path) -> Result<Content, Error> {
    let shown = path.display().to_string();
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
    let Some(format) = FORMATS.iter().find(|format| format.ending == ending) else {
        let known: Vec<_> = FORMATS.iter().map(|format| format.ending).collect();
        return Err(Error::UnknownInput { path: shown, known: known.join(", ") });
    };
    let bytes = bytes_of(path).map_err(|source| Error::Read { path: shown.clone(), source })?;
    let content = String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to() as u64;
        wrong(&Place { path: shown.clone(), byte: Some(byte), line: None }, "not UTF-8; save the roster as UTF-8")
    })?;
    let content = (format.read)(&shown, content.trim_start_matches('\u{feff}'))?;
    if content.entries.is_empty() && content.decisions.is_empty() {
        let reason = "no actor in this file; a roster has [[actor]] tables, each with a name";
        return Err(wrong(&Place { path: shown, ..Place::default() }, reason));
    }
    Ok(content)
}

/// Bytes of a roster at most; devices have no end.
const MOST: u64 = 256 << 20;

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST + 1).read_to_end(&mut bytes)?;
    let fits = bytes.len() as u64 <= MOST;
    fits.then_some(bytes).ok_or_else(|| io::Error::other(format!("larger than {} MiB, no roster", MOST >> 20)))
}

fn check_words(place: &Place, listed: &Listed) -> Result<(), Error> {
    if !listed.name.chars().any(char::is_alphanumeric) {
        return Err(wrong(place, "a name without letters; give the actor the name its node shall bear"));
    }
    for (what, words) in [("alias", &listed.aliases), ("`not` phrase", &listed.not)] {
        if let Some(word) = words.iter().find(|word| !word.chars().any(char::is_alphanumeric)) {
            let reason = format!("{what} `{word}` of `{}` has no letters; remove it or fill it in", listed.name);
            return Err(wrong(place, reason));
        }
    }
    Ok(())
}

fn claim(taken: &mut BTreeMap<String, Place>, what: &str, word: &str, place: &Place) -> Result<(), Error> {
    match taken.insert(fold(word), place.clone()) {
        Some(first) => {
            let reason = format!("{what} `{word}` stands already at {first}; each name and id may stand once");
            Err(wrong(place, reason))
        }
        None => Ok(()),
    }
}

fn fold(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn wrong(place: &Place, reason: impl Into<String>) -> Error {
    Error::Roster { place: place.clone(), reason: reason.into() }
}

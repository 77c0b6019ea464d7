//! A run in parts: what each input of a part counts, kept so that parts together make the same as one run, whatever was in which.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Counting, Incident, Place, Roster, article::TextMode, error::Status, source::Digest, tally::Row};

#[cfg(feature = "parquet")]
mod parquet;

#[cfg(feature = "parquet")]
pub use parquet::{Partials, Writer};

/// Changes when packed counts of before would be misread.
const LAYOUT: u32 = 3;

/// How the articles of a partial were counted: parts of one run have the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Version of the packed counts.
    pub layout: u32,
    /// Version of the program.
    pub version: String,
    /// How was counted; how much evidence is kept is decided when parts are merged.
    pub counting: Counting,
    /// The kinds of actors that were found without being listed.
    pub discovered: Vec<String>,
    /// Whether the places of names came from another recogniser.
    pub given_mentions: bool,
    /// Whether pronouns stand for names.
    pub pronouns: bool,
    /// How pages were read.
    pub text: TextMode,
    /// Who was looked for.
    pub roster: Roster,
}

impl Head {
    /// Of this version of the program.
    pub fn new(roster: Roster, counting: Counting) -> Self {
        let counting = Counting { evidence: None, ..counting };
        Self {
            layout: LAYOUT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            counting,
            discovered: Vec::new(),
            given_mentions: false,
            pronouns: false,
            text: TextMode::default(),
            roster,
        }
    }

    /// What differs from `other`, in the words of the command; `None` where nothing does.
    fn difference(&self, other: &Self) -> Option<&'static str> {
        let differs = [
            (self.layout != other.layout || self.version != other.version, "the version of the program"),
            (self.counting.unit != other.counting.unit, "--unit"),
            (self.counting.zones != other.counting.zones, "--zones"),
            (self.counting.copies != other.counting.copies, "--copies"),
            (self.counting.needs != other.counting.needs, "--measures"),
            (self.discovered != other.discovered, "--discover or --kinds"),
            (self.given_mentions != other.given_mentions, "--mentions"),
            (self.pronouns != other.pronouns, "--coref"),
            (self.text != other.text, "--text"),
            (self.roster != other.roster, "--actors"),
        ];
        differs.into_iter().find(|(differs, _)| *differs).map(|(_, what)| what)
    }
}

/// One input of a part.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A file that was read to its end.
    File(Digest),
    /// An input that was passed over, or a note.
    Passed(Incident),
    /// An article, read or refused.
    Article(Box<Counted>),
}

/// An article and what it counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    /// Digest of its document: the same bytes are read once.
    pub document: u64,
    /// Where it was read.
    pub place: Place,
    /// What became of it, and what was odd.
    pub status: Option<Status>,
    /// The same in words.
    pub incidents: Vec<Incident>,
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// What it counts; nothing where it names nobody.
    pub row: Option<Row>,
}

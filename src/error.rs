//! What can stop a run, and what a run passes over: always with the place.

use std::{fmt, io};

use serde::{Deserialize, Serialize};

/// Where something was read: the file, and the line or byte in it where that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file as it was named (`-` for standard input); unprintable bytes of its name are replaced. Empty for what is said of a
    /// whole run.
    pub path: String,
    /// Line of a corpus file, or number of the record (row, item) where a container has no lines, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Byte of the file, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        match (self.line, self.byte) {
            (Some(line), _) => write!(f, ":{line}"),
            (None, Some(byte)) => write!(f, " at byte {byte}"),
            (None, None) => Ok(()),
        }
    }
}

/// A reason to stop: nothing can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {path}")]
    Read {
        /// The file that was asked for.
        path: String,
        /// What the system answered.
        source: io::Error,
    },
    /// No reader knows this kind of file.
    #[error("no reader for `{path}`; known endings: {known}")]
    UnknownInput {
        /// The file that was asked for.
        path: String,
        /// The endings that would have worked.
        known: String,
    },
    /// A roster that cannot be used as it is.
    #[error("{place}: {reason}")]
    Roster {
        /// The roster's file, and the line.
        place: Place,
        /// What is wrong there, and what would have worked.
        reason: String,
    },
    /// A file of mentions that cannot be used as it is.
    #[error("{place}: {reason}")]
    Mentions {
        /// The file, and the line.
        place: Place,
        /// What is wrong there, and what would have worked.
        reason: String,
    },
    /// A saved network that cannot be used as it is.
    #[error("{place}: {reason}")]
    Network {
        /// The network's file, and the line.
        place: Place,
        /// What is wrong there, and what would have worked.
        reason: String,
    },
    /// A part of a run that cannot be merged as it is.
    #[error("{place}: {reason}")]
    Partial {
        /// The file, and the row.
        place: Place,
        /// What is wrong there, and what would have worked.
        reason: String,
    },
    /// A measure needs what was not counted when the network was built.
    #[error("`{measure}` needs counts that the network does not hold; build it with --measures {measure}")]
    NotCounted {
        /// The measure.
        measure: String,
    },
    /// Networks or periods that nothing can be said of.
    #[error("{reason}")]
    Compare {
        /// Why, and what would have worked.
        reason: String,
    },
}

/// What an [`Incident`] did to its input: the books say `found = read + skipped + duplicate + refused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// A warning about an input that is booked elsewhere.
    Noted,
    /// The article was read; the incident is a warning.
    Read,
    /// Not an input of ours (a file of an unknown kind in a folder): costs nothing.
    Skipped,
    /// Already read under another name.
    Duplicate,
    /// Could not be used: the run ends as partial.
    Refused,
}

impl Status {
    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Noted => "noted",
            Self::Read => "read",
            Self::Skipped => "skipped",
            Self::Duplicate => "duplicate",
            Self::Refused => "refused",
        }
    }

    /// The status that reports call so.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Noted, Self::Read, Self::Skipped, Self::Duplicate, Self::Refused];
        all.into_iter().find(|status| status.name() == name)
    }
}

/// What kind of trouble an [`Incident`] is, for programs to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Bytes that are no text in the encoding they claim.
    Decode,
    /// Ends too early.
    Truncated,
    /// Damaged inside.
    Corrupt,
    /// Over a documented limit.
    Limit,
    /// The system would not read it.
    Io,
    /// The system failed while it was read, which may be otherwise the next time.
    Failed,
    /// Not what its format says.
    Format,
    /// A kind that no reader knows.
    Unsupported,
    /// Without any text.
    Empty,
    /// The same as another input.
    Duplicate,
    /// A date that is none.
    Date,
}

impl Kind {
    /// Whether an answer of the system says that it would not read ([`Kind::Io`]) or that it failed ([`Kind::Failed`]): a disk that
    /// gives errors, no room, too many open files.
    pub(crate) fn of_system(error: &io::Error) -> Self {
        use io::ErrorKind::{QuotaExceeded, StaleNetworkFileHandle, StorageFull, TimedOut};
        // EIO, ENFILE and EMFILE are the same numbers on all Unix systems, and have no kind.
        let is_unnamed = cfg!(unix) && matches!(error.raw_os_error(), Some(5 | 23 | 24));
        let is_named = matches!(error.kind(), QuotaExceeded | StaleNetworkFileHandle | StorageFull | TimedOut);
        if is_unnamed || is_named { Self::Failed } else { Self::Io }
    }
}

/// One input that was not simply read, with the place and the reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Incident {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What became of the input.
    pub status: Status,
    /// What kind of trouble.
    pub kind: Kind,
    /// In words, lower case, with what would have worked.
    pub reason: String,
}

impl Incident {
    /// A document whose bytes were read before.
    pub(crate) fn repeated(place: Place) -> Self {
        let reason = "the same bytes were read before".to_owned();
        Self { place, status: Status::Duplicate, kind: Kind::Duplicate, reason }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Kind, io::Error};

    #[test]
    fn what_the_system_forbids_is_no_failure_of_it() {
        for (number, kind) in
            [(2, Kind::Io), (13, Kind::Io), (40, Kind::Io), (5, Kind::Failed), (24, Kind::Failed), (28, Kind::Failed)]
        {
            assert_eq!(Kind::of_system(&Error::from_raw_os_error(number)), kind, "{number}");
        }
    }
}

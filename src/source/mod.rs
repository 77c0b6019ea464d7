//! Where articles come from: files, folders and corpora as a stream of documents, one file a container.

use std::{
    collections::{HashSet, VecDeque},
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    Incident, Place,
    error::{Kind, Status},
};

mod html;
mod jsonl;
mod txt;

/// Every container, in the order `--help` shows them.
pub const FORMATS: &[Format] = &[txt::FORMAT, html::FORMAT, jsonl::FORMAT];

/// The largest document that is read whole, in bytes; a larger text file or line is refused.
pub const DOCUMENT_BYTES: u64 = 64 << 20;

/// How one kind of file becomes documents.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Name for `--input-format`.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// One line for `--help`.
    pub about: &'static str,
    /// The documents of one opened input, read as they are asked for.
    pub open: fn(Input) -> Found,
}

/// The documents and incidents of one input, in its order; after them the digest of its bytes.
pub type Found = Box<dyn Iterator<Item = Item> + Send>;

/// An opened input: the name to report it by, and its bytes.
pub struct Input {
    /// The path as named, `-` for standard input.
    pub path: String,
    /// The bytes, from the start.
    pub bytes: Box<dyn io::Read + Send>,
}

/// What a stream of sources yields.
#[derive(Clone, Debug)]
pub enum Item {
    /// An article as its container holds it.
    Document(Document),
    /// An input that gives no article.
    Incident(Incident),
    /// An input that was read to its end.
    Digest(Digest),
}

/// What a document's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Plain text: an article, or the text of a saved page with its menus and teasers.
    Text,
    /// A saved page.
    Html,
    /// One JSON object with the article as it is: `text`, and perhaps `id`, `title`, `published`, `outlet`, `url`, `language`.
    Json,
}

/// One article as its container holds it: raw bytes, and where they came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the bytes are.
    pub media: Media,
    /// The file, and the line or byte where a container holds several.
    pub place: Place,
    /// The content, not yet decoded.
    pub bytes: Vec<u8>,
}

/// The BLAKE3 digest of an input that was read (<https://github.com/BLAKE3-team/BLAKE3-specs>), as `b3sum` prints it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Digest {
    /// The file.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// 64 hexadecimal digits.
    pub blake3: String,
}

/// The files that `paths` name, in their order: files as they are, folders walked in sorted order without following links.
/// A file that was named before is left out with an incident, as is a file in a folder that no format knows.
#[derive(Debug, Default)]
pub struct Files {
    /// What is to be read; `-` is standard input.
    pub files: VecDeque<PathBuf>,
    /// What is not to be read, and why.
    pub incidents: Vec<Incident>,
}

impl Files {
    /// Looks up `paths` on disk. With a format that is forced, files in folders are read whatever their ending.
    pub fn of(paths: &[PathBuf], forced: Option<Format>) -> Self {
        let (mut all, mut seen) = (Self::default(), HashSet::new());
        for path in paths {
            if path.is_dir() {
                all.walk(path, forced, &mut seen);
            } else {
                all.add(path.clone(), &mut seen);
            }
        }
        all
    }

    /// Orders the files by path, so that the order in which they were named makes no difference.
    pub fn sort(&mut self) {
        self.files.make_contiguous().sort();
        self.incidents.sort();
    }

    fn walk(&mut self, folder: &Path, forced: Option<Format>, seen: &mut HashSet<PathBuf>) {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let path = entry.into_path();
                    if forced.is_some() || format_of(&path).is_some() {
                        self.add(path, seen);
                    } else {
                        self.leave(
                            &path,
                            Status::Skipped,
                            Kind::Unsupported,
                            format!("not a kind that is read; known: {}", endings()),
                        );
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => (),
                Ok(entry) => self.leave(
                    entry.path(),
                    Status::Skipped,
                    Kind::Io,
                    "a link or device in a folder; name it to have it read".into(),
                ),
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    self.leave(&path, Status::Refused, Kind::Io, error.to_string());
                }
            }
        }
    }

    fn add(&mut self, path: PathBuf, seen: &mut HashSet<PathBuf>) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if seen.insert(real) {
            self.files.push_back(path);
        } else {
            self.leave(&path, Status::Duplicate, Kind::Duplicate, "the same file was named before".into());
        }
    }

    fn leave(&mut self, path: &Path, status: Status, kind: Kind, reason: String) {
        let place = Place { path: path.display().to_string(), ..Place::default() };
        self.incidents.push(Incident { place, status, kind, reason });
    }
}

/// The documents of all `files`, one after the other; incidents of looking them up come first. `forced` overrides the endings.
pub fn stream(files: Files, forced: Option<Format>) -> impl Iterator<Item = Item> + Send {
    let incidents = files.incidents.into_iter().map(Item::Incident);
    incidents.chain(files.files.into_iter().flat_map(move |path| open(&path, forced)))
}

/// The format that `name` stands for, if any.
pub fn format_named(name: &str) -> Option<Format> {
    FORMATS.iter().find(|format| format.name == name || format.endings.contains(&name)).copied()
}

fn open(path: &Path, forced: Option<Format>) -> Found {
    let shown = path.display().to_string();
    let Some(format) = forced.or_else(|| format_of(path)) else {
        let reason = if shown == "-" {
            "standard input needs --input-format".to_owned()
        } else {
            format!("not a kind that is read; known: {}; or say --input-format", endings())
        };
        return refused(Place { path: shown, ..Place::default() }, Kind::Unsupported, reason);
    };
    if shown == "-" {
        return (format.open)(Input { path: shown, bytes: Box::new(io::stdin()) });
    }
    match fs::File::open(path) {
        Ok(file) => (format.open)(Input { path: shown, bytes: Box::new(file) }),
        Err(error) => refused(Place { path: shown, ..Place::default() }, Kind::Io, error.to_string()),
    }
}

fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str())).copied()
}

fn endings() -> String {
    FORMATS.iter().flat_map(|format| format.endings).copied().collect::<Vec<_>>().join(", ")
}

fn refused(place: Place, kind: Kind, reason: String) -> Found {
    let incident = Incident { place, status: Status::Refused, kind, reason };
    Box::new(std::iter::once(Item::Incident(incident)))
}

/// A file that is one document: its bytes up to `limit`, and their digest.
fn single(input: Input, media: Media, limit: u64) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    let mut bytes = Vec::new();
    match io::Read::read_to_end(&mut io::Read::take(input.bytes, limit + 1), &mut bytes) {
        Err(error) => refused(place, Kind::Io, error.to_string()),
        Ok(_) if bytes.len() as u64 > limit => refused(
            place,
            Kind::Limit,
            format!("larger than {} MiB, the most that is read as one article", limit >> 20),
        ),
        Ok(_) => {
            let blake3 = blake3::hash(&bytes).to_hex().to_string();
            let digest = Digest { path: input.path, bytes: bytes.len() as u64, blake3 };
            Box::new([Item::Document(Document { media, place, bytes }), Item::Digest(digest)].into_iter())
        }
    }
}

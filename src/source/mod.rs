//! Where articles come from: files, folders and corpora as a stream of documents, one file a container.
//!
//! What a file is, its first bytes say; its name decides only where they do not. Whatever stands compressed in front of it
//! is taken off, archives are read without unpacking them to disk.

use std::{
    collections::{HashMap, VecDeque, hash_map::Entry},
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use packed::{Damage, PACKINGS};

pub(crate) use self::csv::separator_of;
#[cfg(feature = "parquet")]
pub(crate) use self::parquet::PARTIAL;
pub use self::{
    fields::{Field, Fields},
    input::Input,
};
use crate::{
    Incident, Place,
    error::{Kind, Status},
};

mod fields;
mod packed;
mod input;
mod html;
mod mhtml;
mod webarchive;
mod json;
mod jsonl;
mod table;
mod csv;
#[cfg(feature = "parquet")]
mod parquet;
mod warc;
mod feed;
mod zip;
mod tar;
mod txt;

/// Every container, in the order `--help` shows them.
pub const FORMATS: &[Format] = &[
    txt::FORMAT,
    html::FORMAT,
    mhtml::FORMAT,
    webarchive::FORMAT,
    jsonl::FORMAT,
    json::FORMAT,
    csv::FORMAT,
    csv::TABS,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
    warc::FORMAT,
    feed::FORMAT,
    zip::FORMAT,
    tar::FORMAT,
];

/// How one kind of file becomes documents.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Name for `--input-format`.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// One line for `--help`.
    pub about: &'static str,
    /// Whether the first bytes of a file are surely of this kind; the name decides where no format is sure.
    pub begins: fn(&[u8]) -> bool,
    /// The documents of one opened input, read as they are asked for.
    pub open: fn(Input, &Reading) -> Found,
}

/// The documents and incidents of one input, in its order.
pub type Found = Box<dyn Iterator<Item = Item> + Send>;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What the inputs are, whatever their names and first bytes say.
    pub forced: Option<Format>,
    /// Which fields and columns hold what.
    pub fields: Arc<Fields>,
    /// How much is read.
    pub limits: Limits,
    /// How many archives and packings this one lies in.
    pub depth: u32,
    /// Bytes of the inputs that were read so far, for those who watch.
    pub read: Arc<AtomicU64>,
}

/// What is read of one input at most; every hit is an [`Incident`] of kind [`Kind::Limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one article as its container holds it. Default 64 MiB.
    pub document_bytes: u64,
    /// Bytes of an input that can only be read whole (a table or archive within another, or on standard input). Default
    /// 1 GiB.
    pub whole_bytes: u64,
    /// Bytes that one packed byte may become, once [`Limits::unpacked_bytes`] are unpacked. Default 250; text packs into a
    /// tenth.
    pub ratio: u64,
    /// Bytes that are unpacked whatever the ratio. Default 256 MiB.
    pub unpacked_bytes: u64,
    /// Bytes that unpacking may look back (window of zstd, dictionary of xz). Default 128 MiB.
    pub window_bytes: u64,
    /// Archives and packings within each other. Default 4.
    pub depth: u32,
    /// Bytes of the head of a record in a web archive. Default 4 MiB.
    pub head_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 64 << 20,
            whole_bytes: 1 << 30,
            ratio: 250,
            unpacked_bytes: 256 << 20,
            window_bytes: 128 << 20,
            depth: 4,
            head_bytes: 4 << 20,
        }
    }
}

/// A limit: its name for `--limit`, what it bounds, and where it stands.
pub type Limit = (&'static str, &'static str, fn(&mut Limits) -> &mut u64);

/// The limits that can be set, in the order `--help` shows them.
pub const LIMITS: &[Limit] = &[
    ("document", "bytes of one article in its container", |limits| &mut limits.document_bytes),
    ("whole", "bytes of an archive or table within another or on standard input", |limits| &mut limits.whole_bytes),
    ("ratio", "bytes that one packed byte may become", |limits| &mut limits.ratio),
    ("unpacked", "bytes that are unpacked whatever the ratio", |limits| &mut limits.unpacked_bytes),
    ("window", "bytes that unpacking may look back", |limits| &mut limits.window_bytes),
    ("head", "bytes of the head of a record in a web archive", |limits| &mut limits.head_bytes),
];

impl Limits {
    /// Fails where `packed` bytes have become more than they may.
    fn bound(&self, packed: u64, unpacked: u64) -> io::Result<()> {
        if unpacked <= self.unpacked_bytes || unpacked / self.ratio.max(1) <= packed {
            return Ok(());
        }
        let reason =
            format!("{packed} packed bytes become more than {unpacked}, over the limit of {} to 1", self.ratio);
        Err(Damage::error(Kind::Limit, reason))
    }
}

/// So many bytes in words: in the largest unit that makes a whole number of it.
pub(crate) fn size(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let whole = |shift: &u32| bytes > 0 && bytes.trailing_zeros() >= *shift;
    match units.iter().find(|(shift, _)| whole(shift)) {
        Some((shift, unit)) => format!("{} {unit}", bytes >> shift),
        None => format!("{bytes} bytes"),
    }
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Media {
    /// Plain text: an article, or the text of a saved page with its menus and teasers.
    #[default]
    Text,
    /// A saved page.
    Html,
    /// One JSON object with the article as it is: `text`, and perhaps `id`, `title`, `published`, `outlet`, `url`, `language`,
    /// or other names of these as [`Facts::fields`] says.
    Json,
    /// The text of an article as it is; all that is known of it stands in [`Document::facts`].
    Row,
}

/// One article as its container holds it: raw bytes, and where they came from.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the bytes are.
    pub media: Media,
    /// The file, and the line or byte where a container holds several.
    pub place: Place,
    /// The content, not yet decoded.
    pub bytes: Vec<u8>,
    /// What the container says about it.
    pub facts: Facts,
}

/// What a container says about an article, as it is written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// In the order of the container.
    pub known: Vec<(Field, String)>,
    /// The encoding of the bytes as the container declares it.
    pub encoding: Option<String>,
    /// The names of the fields in a JSON object.
    pub fields: Arc<Fields>,
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

/// The most files of other kinds that are named.
const SHOWN: usize = 3;

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
    /// Looks up `paths` on disk; a path that is not there is taken as a pattern (`news/*.html`, `**` for folders within folders).
    /// With a format that is forced, files in folders are read whatever their ending.
    pub fn of(paths: &[PathBuf], forced: Option<Format>) -> Self {
        let (mut all, mut seen) = (Self::default(), HashMap::new());
        for path in paths.iter().flat_map(|path| matching(path)) {
            if path.is_dir() {
                let before = (all.files.len(), all.incidents.len());
                all.walk(&path, forced, &mut seen);
                all.note_barren(&path, before);
            } else {
                all.add(path, &mut seen);
            }
        }
        all
    }

    /// Orders the files by path, so that the order in which they were named makes no difference.
    pub fn sort(&mut self) {
        self.files.make_contiguous().sort();
        self.incidents.sort();
    }

    fn walk(&mut self, folder: &Path, forced: Option<Format>, seen: &mut HashMap<PathBuf, usize>) {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let path = entry.into_path();
                    if forced.is_some() || is_known(&path) {
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
                    let kind = error.io_error().map_or(Kind::Io, Kind::of_system);
                    self.leave(&path, Status::Refused, kind, error.to_string());
                }
            }
        }
    }

    /// Notes a folder in which nothing can be read, given how many files and incidents there were before.
    fn note_barren(&mut self, folder: &Path, (files, incidents): (usize, usize)) {
        let met = self.incidents.get(incidents..).unwrap_or_default();
        if self.files.len() > files || met.iter().any(|it| it.status != Status::Skipped) {
            return;
        }
        let name = |it: &Incident| Path::new(&it.place.path).file_name().map(|it| it.to_string_lossy().into_owned());
        let names: Vec<String> = met.iter().filter_map(name).take(SHOWN).collect();
        let names = names.join(", ") + if met.len() > SHOWN { ", ..." } else { "" };
        let reason = match met.len() {
            0 => "nothing to read in this folder: it is empty".to_owned(),
            1 => {
                format!("nothing to read in this folder: 1 file of another kind ({names}); known kinds: {}", endings())
            }
            all => {
                format!(
                    "nothing to read in this folder: {all} files of other kinds ({names}); known kinds: {}",
                    endings()
                )
            }
        };
        self.leave(folder, Status::Noted, Kind::Unsupported, reason);
    }

    fn add(&mut self, path: PathBuf, seen: &mut HashMap<PathBuf, usize>) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        let again = match seen.entry(real) {
            Entry::Vacant(entry) => {
                entry.insert(self.files.len());
                self.files.push_back(path);
                return;
            }
            // By whatever name it comes first: it is read by the smallest.
            Entry::Occupied(entry) => match self.files.get_mut(*entry.get()).filter(|known| path < **known) {
                Some(known) => std::mem::replace(known, path),
                None => path,
            },
        };
        self.leave(&again, Status::Duplicate, Kind::Duplicate, "the same file is named twice".into());
    }

    fn leave(&mut self, path: &Path, status: Status, kind: Kind, reason: String) {
        let place = Place { path: path.display().to_string(), ..Place::default() };
        self.incidents.push(Incident { place, status, kind, reason });
    }
}

/// The paths that a pattern stands for, sorted; the path itself where it is there or nothing matches.
fn matching(path: &Path) -> Vec<PathBuf> {
    let is_pattern = path.to_str().filter(|name| name.contains(['*', '?', '[']) && path.symlink_metadata().is_err());
    let found: Vec<_> = is_pattern.and_then(|name| glob::glob(name).ok()).into_iter().flatten().flatten().collect();
    if found.is_empty() { vec![path.to_owned()] } else { found }
}

/// The documents of all `files`, one after the other; incidents of looking them up come first.
pub fn stream(files: Files, reading: Reading) -> impl Iterator<Item = Item> + Send {
    let incidents = files.incidents.into_iter().map(Item::Incident);
    incidents.chain(files.files.into_iter().flat_map(move |path| open(&path, &reading)))
}

/// The format that `name` stands for, if any.
pub fn format_named(name: &str) -> Option<Format> {
    FORMATS.iter().find(|format| format.name == name || format.endings.contains(&name)).copied()
}

/// The file at `path`, with its digest behind its documents.
fn open(path: &Path, reading: &Reading) -> Found {
    let shown = path.display().to_string();
    if is_device(path) {
        let reason = "a device, which may have no end; pipe it in as `-` where it has one".to_owned();
        return refused(Place { path: shown, ..Place::default() }, Kind::Unsupported, reason);
    }
    let input = if shown == "-" {
        Ok(Input::new("-", io::stdin()))
    } else {
        fs::File::open(path).map(|file| Input::of_file(shown.clone(), file))
    };
    match input {
        Ok(mut input) => {
            input.bytes = Box::new(Watched { bytes: input.bytes, read: Arc::clone(&reading.read) });
            let sealed = Arc::clone(&input.seal);
            let place = Place { path: shown, ..Place::default() };
            let found = documents(input, reading);
            Box::new(
                Guarded { place: place.clone(), found: Some(found), is_empty: true }
                    .chain(std::iter::once_with(move || sealed.digest(place.path)).flatten()),
            )
        }
        Err(error) => refused(Place { path: shown, ..Place::default() }, Kind::of_system(&error), error.to_string()),
    }
}

#[cfg(unix)]
fn is_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = fs::metadata(path).map(|known| known.file_type());
    kind.is_ok_and(|kind| kind.is_char_device() || kind.is_block_device())
}

#[cfg(not(unix))]
fn is_device(_: &Path) -> bool {
    false
}

/// Tells how much was read.
struct Watched {
    bytes: Box<dyn io::Read + Send>,
    read: Arc<AtomicU64>,
}

impl io::Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.read.fetch_add(read as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

/// An input of a container, whose readers are libraries: where one panics, the rest of the input is refused. One with nothing in it
/// is noted.
struct Guarded {
    place: Place,
    found: Option<Found>,
    /// Whether no document was met yet, nor what stands for one.
    is_empty: bool,
}

impl Iterator for Guarded {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let found = self.found.as_mut()?;
        let next = catch_unwind(AssertUnwindSafe(|| found.next()));
        self.is_empty &= match &next {
            Ok(Some(Item::Incident(incident))) => incident.status == Status::Noted,
            Ok(Some(Item::Digest(_)) | None) => true,
            _ => false,
        };
        if !matches!(next, Ok(Some(_))) {
            // Dropping what panicked may panic again.
            let found = self.found.take();
            let _ = catch_unwind(AssertUnwindSafe(|| drop(found)));
        }
        if matches!(next, Ok(None)) && self.is_empty {
            let (place, reason) = (self.place.clone(), "no article in it".to_owned());
            return Some(Item::Incident(Incident { place, status: Status::Noted, kind: Kind::Empty, reason }));
        }
        next.unwrap_or_else(|_| {
            let reason = "damaged in a way that its reader does not stand; the rest of it is not read".to_owned();
            Some(refusal(self.place.clone(), Kind::Corrupt, reason))
        })
    }
}

/// The documents of an input that may be packed, by its first bytes and its name.
fn documents(mut input: Input, reading: &Reading) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    if reading.depth > reading.limits.depth {
        let reason = format!("more than {} archives or packings within each other", reading.limits.depth);
        return refused(place, Kind::Limit, reason);
    }
    let head = match input.head() {
        Ok(head) => head,
        Err(error) => return broken(place, &error),
    };
    let within = Reading { depth: reading.depth + 1, ..reading.clone() };
    if let Some(packing) = PACKINGS.iter().find(|packing| (packing.begins)(&head)) {
        let note = (packing.unchecked)(&head).then(|| unchecked(place));
        return Box::new(note.into_iter().chain(documents(input.unpacked(*packing, &reading.limits), &within)));
    }
    let by_name = format_of(Path::new(&input.path));
    let by_content = FORMATS.iter().find(|format| (format.begins)(&head)).copied();
    match (reading.forced, by_content, by_name) {
        (Some(format), ..) => (format.open)(input, &Reading { forced: None, ..within }),
        (None, Some(format), Some(named)) if format.name != named.name => {
            let reason =
                format!("named as {}, but its first bytes are of {}, as which it is read", named.name, format.name);
            let note = Incident { place, status: Status::Noted, kind: Kind::Format, reason };
            Box::new(std::iter::once(Item::Incident(note)).chain((format.open)(input, &within)))
        }
        (None, Some(format), _) | (None, None, Some(format)) => (format.open)(input, &within),
        (None, None, None) if head.is_empty() && input.path == "-" => {
            refused(place, Kind::Empty, "standard input is empty".to_owned())
        }
        (None, None, None) => refused(place, Kind::Unsupported, unknown(&input.path)),
    }
}

/// What is packed without a checksum.
fn unchecked(place: Place) -> Item {
    let reason = "packed without a checksum: damage that leaves it readable does not show".to_owned();
    Item::Incident(Incident { place, status: Status::Noted, kind: Kind::Corrupt, reason })
}

fn unknown(path: &str) -> String {
    if path == "-" {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        return format!("standard input does not show what it is; say --input-format; known: {}", names.join(", "));
    }
    format!("not a kind that is read; known: {}; or say --input-format", endings())
}

/// The format that the name of a file says, behind the endings of packings.
fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    if PACKINGS.iter().any(|packing| packing.ending == ending) {
        return format_of(Path::new(path.file_stem()?));
    }
    FORMATS.iter().find(|format| format.endings.contains(&ending.as_str())).copied()
}

fn is_known(path: &Path) -> bool {
    format_of(path).is_some()
}

/// The endings that are read, for messages.
fn endings() -> String {
    let packed = PACKINGS.iter().map(|packing| packing.ending);
    FORMATS.iter().flat_map(|format| format.endings).copied().chain(packed).collect::<Vec<_>>().join(", ")
}

fn refusal(place: Place, kind: Kind, reason: String) -> Item {
    Item::Incident(Incident { place, status: Status::Refused, kind, reason })
}

fn refused(place: Place, kind: Kind, reason: String) -> Found {
    Box::new(std::iter::once(refusal(place, kind, reason)))
}

/// What became of an input that could not be read on.
fn broken(place: Place, error: &io::Error) -> Found {
    Box::new(std::iter::once(break_at(place, error)))
}

fn break_at(place: Place, error: &io::Error) -> Item {
    let Damage { kind, reason, .. } = Damage::of(error);
    refusal(place, kind, reason)
}

/// A file that is one document: its bytes up to the limit. What was read before it broke is read as well.
fn single(input: Input, media: Media, reading: &Reading) -> Found {
    let place = Place { path: input.path.clone(), ..Place::default() };
    let (bytes, error) = input.content(reading.limits.document_bytes);
    match error {
        Some(error) if bytes.is_empty() || Damage::of(&error).kind == Kind::Limit => broken(place, &error),
        error => {
            let document = Document { media, place: place.clone(), bytes, ..Document::default() };
            let broken = error.map(|error| break_at(place, &error));
            Box::new(std::iter::once(Item::Document(document)).chain(broken))
        }
    }
}

//! Zip archives (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>): what the files in it hold, read where they stand.
//! Where the list of files at the end is missing, the heads of the files are looked for.

use std::io::{self, Read};

use super::{Damage, Format, Found, Input, Item, Reading, break_at, documents, input::Whole, is_known, refusal};
use crate::{
    Incident, Place,
    error::{Kind, Status},
};

pub(super) const FORMAT: Format = Format {
    name: "zip",
    endings: &["zip"],
    about: "a zip archive of any of these",
    begins: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
    open,
};

/// A file in an archive.
struct Member {
    name: String,
    method: u16,
    start: u64,
    packed: u64,
    /// Checksum of the content; `None` where the head does not have it yet.
    sum: Option<u32>,
}

struct Members {
    path: String,
    whole: Whole,
    reading: Reading,
    left: std::vec::IntoIter<Result<Member, String>>,
    found: Option<Found>,
    told: Option<Item>,
}

fn open(input: Input, reading: &Reading) -> Found {
    let path = input.path.clone();
    let place = Place { path: path.clone(), ..Place::default() };
    let whole = match input.whole(&reading.limits) {
        Ok(whole) => whole,
        Err(error) => return Box::new(std::iter::once(break_at(place, &error))),
    };
    let (members, told) = match listed(&whole) {
        Ok(Some(members)) => (members, None),
        Ok(None) => {
            let reason = "several files in it have the same name; all are read".to_owned();
            let note = Incident { place, status: Status::Noted, kind: Kind::Format, reason };
            (walked(&whole), Some(Item::Incident(note)))
        }
        Err(error) => {
            let reason = format!("a damaged zip archive ({error}); the files that can be found are read");
            (walked(&whole), Some(refusal(place, Kind::Corrupt, reason)))
        }
    };
    Box::new(Members { path, whole, reading: reading.clone(), left: members.into_iter(), found: None, told })
}

/// The files by the list at the end of the archive; `None` where it has a name twice, of which the list keeps one.
fn listed(whole: &Whole) -> ::zip::result::ZipResult<Option<Vec<Result<Member, String>>>> {
    let mut archive = ::zip::ZipArchive::new(io::BufReader::new(whole.reader()))?;
    if archive.has_duplicate_names() {
        return Ok(None);
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let file = match archive.by_index_raw(index) {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => file,
            Err(error) => {
                members.push(Err(error.to_string()));
                continue;
            }
        };
        if file.encrypted() {
            members.push(Err(format!(
                "`{}` is encrypted",
                file.name().map_or_else(|_| "a file".into(), std::borrow::Cow::into_owned)
            )));
            continue;
        }
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        #[expect(deprecated, reason = "the number of a method that the crate does not know")]
        let method = file.compression().to_u16();
        let start = file.data_start().unwrap_or(u64::MAX);
        members.push(Ok(Member { name, method, start, packed: file.compressed_size(), sum: Some(file.crc32()) }));
    }
    Ok(Some(members))
}

/// The files whose heads are found, one behind the other.
fn walked(whole: &Whole) -> Vec<Result<Member, String>> {
    let mut members = Vec::new();
    let mut at = 0;
    while let Some((member, next)) = head_at(whole, at) {
        members.push(Ok(member));
        at = next;
    }
    members
}

/// The file whose head stands at `at`, and where the next one stands.
fn head_at(whole: &Whole, at: u64) -> Option<(Member, u64)> {
    let mut head = [0; 30];
    whole.part(at, 30).reader().read_exact(&mut head).ok()?;
    let short = |at: usize| Some(u16::from_le_bytes([*head.get(at)?, *head.get(at + 1)?]));
    let long = |at: usize| Some(u32::from(short(at)?) | u32::from(short(at + 2)?) << 16);
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    let (flags, method, sum, packed) = (short(6)?, short(8)?, long(14)?, u64::from(long(18)?));
    let (name_length, extra) = (u64::from(short(26)?), u64::from(short(28)?));
    let mut name = Vec::new();
    whole.part(at + 30, name_length).reader().read_to_end(&mut name).ok()?;
    let start = at + 30 + name_length + extra;
    // Bit 3: the lengths stand behind the content. Bit 0: encrypted.
    if flags & 0b1001 != 0 {
        return None;
    }
    let name = String::from_utf8_lossy(&name).into_owned();
    Some((Member { name, method, start, packed, sum: Some(sum) }, start + packed))
}

impl Iterator for Members {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(told) = self.told.take() {
            return Some(told);
        }
        loop {
            if let Some(item) = self.found.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.found = Some(match self.left.next()? {
                Ok(member) => self.member(&member),
                Err(reason) => {
                    let place = Place { path: self.path.clone(), ..Place::default() };
                    Box::new(std::iter::once(refusal(place, Kind::Corrupt, reason)))
                }
            });
        }
    }
}

impl Members {
    fn member(&self, member: &Member) -> Found {
        let path = format!("{}/{}", self.path, member.name);
        if member.name.ends_with(['/', '\\']) {
            return Box::new(std::iter::empty());
        }
        if let Some(item) = passed_over(&path) {
            return Box::new(std::iter::once(item));
        }
        let part = self.whole.part(member.start, member.packed).reader();
        let bytes: Box<dyn Read + Send> = match member.method {
            0 => Box::new(part),
            8 => Box::new(flate2::read::DeflateDecoder::new(part)),
            method => {
                let reason = format!("packed by method {method}; known: stored, deflate");
                return Box::new(std::iter::once(refusal(
                    Place { path, ..Place::default() },
                    Kind::Unsupported,
                    reason,
                )));
            }
        };
        let bytes = Checked {
            bytes,
            sum: flate2::Crc::new(),
            told: member.sum,
            packed: member.packed,
            unpacked: 0,
            limits: self.reading.limits,
        };
        documents(Input::within(path, Box::new(bytes)), &self.reading)
    }
}

/// The incident of a file in an archive whose name says that it is none of ours; as in folders, these cost nothing.
pub(super) fn passed_over(path: &str) -> Option<Item> {
    let reason = format!("not a kind that is read; known: {}", super::endings());
    let place = Place { path: path.to_owned(), ..Place::default() };
    let skipped = Incident { place, status: Status::Skipped, kind: Kind::Unsupported, reason };
    (!is_known(std::path::Path::new(path))).then_some(Item::Incident(skipped))
}

/// The content of a file, held to its checksum and to the limits.
struct Checked {
    bytes: Box<dyn Read + Send>,
    sum: flate2::Crc,
    told: Option<u32>,
    packed: u64,
    unpacked: u64,
    limits: super::Limits,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.limits.bound(self.packed, self.unpacked)?;
        let read = self.bytes.read(buffer)?;
        self.sum.update(buffer.get(..read).unwrap_or_default());
        self.unpacked += read as u64;
        if read == 0 && !buffer.is_empty() && self.told.take().is_some_and(|told| told != self.sum.sum()) {
            return Err(Damage::error(Kind::Corrupt, "damaged in its archive: wrong checksum"));
        }
        Ok(read)
    }
}

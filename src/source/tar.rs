//! Tar archives (POSIX.1-2024, pax): what the files in it hold, one after the other. Links and devices in it are passed over.

use std::{
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError},
};

use tar::{EntryType, Header};

use super::{Damage, Format, Found, Input, Item, Reading, break_at, documents, zip::passed_over};
use crate::{
    Incident, Place,
    error::{Kind, Status},
};

pub(super) const FORMAT: Format = Format {
    name: "tar",
    endings: &["tar", "tgz"],
    about: "a tar archive of any of these",
    begins: |head| head.get(257..262) == Some(b"ustar"),
    open,
};

const BLOCK: usize = 512;
/// The longest name that is read, in bytes.
const LONGEST_NAME: u64 = 64 << 10;

struct Members {
    path: String,
    archive: Arc<Mutex<Archive>>,
    reading: Reading,
    found: Option<Found>,
    done: bool,
}

/// The archive, within a file of it.
struct Archive {
    bytes: Box<dyn Read + Send>,
    /// Bytes of the file that are not read yet, and of the filling behind it.
    left: u64,
    filling: u64,
}

fn open(input: Input, reading: &Reading) -> Found {
    let archive = Arc::new(Mutex::new(Archive { bytes: input.bytes, left: 0, filling: 0 }));
    Box::new(Members { path: input.path, archive, reading: reading.clone(), found: None, done: false })
}

impl Iterator for Members {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.found.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.found = None;
            if self.done {
                return None;
            }
            let next = self.archive.lock().unwrap_or_else(PoisonError::into_inner).next_file();
            match next {
                Ok(Some((name, kind))) => self.found = Some(self.member(&name, kind)),
                Ok(None) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(break_at(Place { path: self.path.clone(), ..Place::default() }, &error));
                }
            }
        }
    }
}

impl Members {
    fn member(&self, name: &str, kind: EntryType) -> Found {
        let path = format!("{}/{name}", self.path);
        if kind.is_dir() {
            return Box::new(std::iter::empty());
        }
        if !kind.is_file() {
            let place = Place { path, ..Place::default() };
            let reason = "a link or device in an archive, which is not followed".to_owned();
            return Box::new(std::iter::once(Item::Incident(Incident {
                place,
                status: Status::Skipped,
                kind: Kind::Io,
                reason,
            })));
        }
        if let Some(item) = passed_over(&path) {
            return Box::new(std::iter::once(item));
        }
        let content = Content(Arc::clone(&self.archive));
        documents(Input::within(path, Box::new(content)), &self.reading)
    }
}

/// The content of the file that the archive is at.
struct Content(Arc<Mutex<Archive>>);

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read_content(buffer)
    }
}

impl Archive {
    fn read_content(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.bytes.read(buffer.get_mut(..most).unwrap_or_default())?;
        if read == 0 && most > 0 {
            self.left = 0;
            return Err(Damage::error(Kind::Truncated, "the archive ends within a file"));
        }
        self.left -= read as u64;
        Ok(read)
    }

    /// Moves to the next file: its name and kind; `None` at the end.
    fn next_file(&mut self) -> io::Result<Option<(String, EntryType)>> {
        let mut name = None;
        loop {
            let rest = self.left + self.filling;
            io::copy(&mut self.bytes.by_ref().take(rest), &mut io::sink())?;
            (self.left, self.filling) = (0, 0);
            let Some(header) = self.header()? else { return Ok(None) };
            let size = header.entry_size()?;
            (self.left, self.filling) = (size, size.next_multiple_of(BLOCK as u64) - size);
            match header.entry_type() {
                EntryType::GNULongName => name = Some(self.note()?.trim_end_matches('\0').to_owned()),
                EntryType::XHeader => {
                    let (path, size) = extended(&self.note()?);
                    name = path.or(name);
                    if size.is_some() {
                        return Err(Damage::error(Kind::Unsupported, "a file of more than 8 GiB in a tar archive"));
                    }
                }
                EntryType::XGlobalHeader | EntryType::GNULongLink => {}
                kind => {
                    let own = || String::from_utf8_lossy(&header.path_bytes()).into_owned();
                    return Ok(Some((name.unwrap_or_else(own), kind)));
                }
            }
        }
    }

    /// The next head; `None` at the end. The two empty blocks at the end are often missing.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut block = [0; BLOCK];
        let mut read = 0;
        while let Some(rest) = block.get_mut(read..).filter(|rest| !rest.is_empty()) {
            match self.bytes.read(rest)? {
                0 => break,
                more => read += more,
            }
        }
        if read == 0 || block.iter().all(|&byte| byte == 0) {
            io::copy(&mut self.bytes, &mut io::sink())?;
            return Ok(None);
        }
        let header = Header::from_byte_slice(&block).clone();
        let sum: u32 = block
            .iter()
            .enumerate()
            .map(|(at, byte)| u32::from(if (148..156).contains(&at) { b' ' } else { *byte }))
            .sum();
        if read < BLOCK {
            return Err(Damage::error(Kind::Truncated, "the archive ends within the head of a file"));
        }
        if header.cksum().ok() != Some(sum) {
            return Err(Damage::error(
                Kind::Corrupt,
                "the head of a file in the archive is damaged; the rest is not read",
            ));
        }
        Ok(Some(header))
    }

    /// The content of a head that says more about the next file.
    fn note(&mut self) -> io::Result<String> {
        let mut note = Vec::new();
        let most = self.left.min(LONGEST_NAME);
        self.bytes.by_ref().take(most).read_to_end(&mut note)?;
        self.left -= note.len() as u64;
        Ok(String::from_utf8_lossy(&note).into_owned())
    }
}

/// Name and size in an extended header: lines of `LENGTH KEY=VALUE`.
fn extended(note: &str) -> (Option<String>, Option<u64>) {
    let pairs = || note.lines().filter_map(|line| line.split_once(' ')?.1.split_once('='));
    let of = |key: &str| pairs().find(|(known, _)| *known == key).map(|(_, value)| value);
    (of("path").map(str::to_owned), of("size").and_then(|size| size.parse().ok()))
}

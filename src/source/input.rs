//! An opened input: its bytes in order, or in any order where it is a file.

use std::{
    fs,
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError},
};

use super::packed::{Damage, Packing};
use super::{Digest, Item, Limits, packed, size};
use crate::error::Kind;

/// An opened input: the name to report it by, and its bytes.
pub struct Input {
    /// The path as named, `-` for standard input; within an archive, the archive's path and its own.
    pub path: String,
    /// The bytes, from the start.
    pub bytes: Box<dyn Read + Send>,
    /// The file, where the bytes are those of a file on disk.
    file: Option<fs::File>,
    /// What was read of the file.
    pub(super) seal: Arc<Seal>,
}

/// How many first bytes tell what an input is.
const HEAD: u64 = 4096;

impl Input {
    /// An input that can be read in order only.
    pub fn new(path: impl Into<String>, bytes: impl Read + Send + 'static) -> Self {
        let seal = Arc::new(Seal::default());
        let bytes = Box::new(Sealed { bytes, seal: Arc::clone(&seal) });
        Self { path: path.into(), bytes, file: None, seal }
    }

    /// A file on disk.
    pub fn of_file(path: impl Into<String>, file: fs::File) -> Self {
        // Devices and pipes cannot be read in any order.
        let is_file = file.metadata().is_ok_and(|known| known.is_file());
        let whole = if is_file { file.try_clone().ok() } else { None };
        Self { file: whole, ..Self::new(path, file) }
    }

    /// An input within another, which is digested as a whole.
    pub(super) fn within(path: String, bytes: Box<dyn Read + Send>) -> Self {
        Self { path, bytes, file: None, seal: Arc::default() }
    }

    /// The first bytes, which will be read again.
    pub(super) fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        let read = (&mut self.bytes).take(HEAD).read_to_end(&mut head);
        let rest = std::mem::replace(&mut self.bytes, Box::new(io::empty()));
        let shown = head.clone();
        self.bytes = match read {
            Ok(_) => packed::again(head, rest),
            Err(error) if head.is_empty() => return Err(error),
            // What was read before the trouble counts; the trouble is met again behind it.
            Err(error) => Box::new(io::Cursor::new(head).chain(Trouble(Some(error)).chain(rest))),
        };
        Ok(shown)
    }

    /// The same without what is packed around it.
    pub(super) fn unpacked(self, packing: Packing, limits: &Limits) -> Self {
        Self { bytes: packed::unpacked(packing, self.bytes, limits), file: None, ..self }
    }

    /// All bytes up to `most`, and why there are no more.
    pub(super) fn content(self, most: u64) -> (Vec<u8>, Option<io::Error>) {
        let mut bytes = Vec::new();
        match self.bytes.take(most + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > most => {
                let reason = format!("larger than {}, the most that is read as one article", size(most));
                (Vec::new(), Some(Damage::error(Kind::Limit, reason)))
            }
            Ok(_) => (bytes, None),
            Err(error) => (bytes, Some(error)),
        }
    }

    /// The bytes in any order: the file, or all of them in memory up to the limit.
    pub(super) fn whole(mut self, limits: &Limits) -> io::Result<Whole> {
        if let Some(file) = self.file {
            io::copy(&mut self.bytes, &mut io::sink())?;
            let length = file.metadata()?.len();
            return Ok(Whole { content: Arc::new(Content::File(file)), start: 0, length });
        }
        let mut bytes = Vec::new();
        self.bytes.take(limits.whole_bytes + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limits.whole_bytes {
            let most = size(limits.whole_bytes);
            let reason =
                format!("larger than {most}, the most that is kept in memory; as a file on disk it can be read");
            return Err(Damage::error(Kind::Limit, reason));
        }
        let length = bytes.len() as u64;
        Ok(Whole { content: Arc::new(Content::Memory(bytes)), start: 0, length })
    }
}

/// Fails once, then is empty.
struct Trouble(Option<io::Error>);

impl Read for Trouble {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The digest of what was read of an input, in the making.
#[derive(Debug, Default)]
pub(super) struct Seal(Mutex<Sum>);

#[derive(Debug, Default)]
struct Sum {
    hasher: blake3::Hasher,
    bytes: u64,
    ended: bool,
}

impl Seal {
    fn add(&self, bytes: &[u8]) {
        let mut sum = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sum.hasher.update(bytes);
        sum.bytes += bytes.len() as u64;
        sum.ended = bytes.is_empty();
    }

    /// The digest, if all was read.
    pub(super) fn digest(&self, path: String) -> Option<Item> {
        let sum = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let blake3 = sum.hasher.finalize().to_hex().to_string();
        sum.ended.then(|| Item::Digest(Digest { path, bytes: sum.bytes, blake3 }))
    }
}

struct Sealed<R> {
    bytes: R,
    seal: Arc<Seal>,
}

impl<R: Read> Read for Sealed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        if !buffer.is_empty() {
            self.seal.add(buffer.get(..read).unwrap_or_default());
        }
        Ok(read)
    }
}

/// Bytes that can be read in any order, or a part of them.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    content: Arc<Content>,
    start: u64,
    /// How many bytes there are.
    pub(super) length: u64,
}

#[derive(Debug)]
enum Content {
    File(fs::File),
    Memory(Vec<u8>),
}

impl Whole {
    /// A part of it; what lies beyond its end is missing.
    pub(super) fn part(&self, start: u64, length: u64) -> Self {
        let start = start.min(self.length);
        let length = length.min(self.length - start);
        Self { content: Arc::clone(&self.content), start: self.start + start, length }
    }

    /// Its bytes in order.
    pub(super) fn reader(&self) -> Part {
        Part { whole: self.clone(), at: 0 }
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX).min(buffer.len());
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let at = self.start + at;
        match &*self.content {
            Content::File(file) => read_file_at(file, at, buffer),
            Content::Memory(bytes) => {
                let mut rest = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
                rest.read(buffer)
            }
        }
    }
}

#[cfg(unix)]
fn read_file_at(file: &fs::File, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_file_at(file: &fs::File, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// A place in a [`Whole`].
#[derive(Clone, Debug)]
pub(super) struct Part {
    whole: Whole,
    at: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.whole.read_at(self.at, buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl io::Seek for Part {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let place = match to {
            io::SeekFrom::Start(at) => Some(at),
            io::SeekFrom::End(step) => self.whole.length.checked_add_signed(step),
            io::SeekFrom::Current(step) => self.at.checked_add_signed(step),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(feature = "parquet")]
impl ::parquet::file::reader::Length for Whole {
    fn len(&self) -> u64 {
        self.length
    }
}

#[cfg(feature = "parquet")]
impl ::parquet::file::reader::ChunkReader for Whole {
    type T = io::BufReader<Part>;

    fn get_read(&self, start: u64) -> ::parquet::errors::Result<Self::T> {
        Ok(io::BufReader::new(Part { whole: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ::parquet::errors::Result<bytes::Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(::parquet::errors::ParquetError::EOF("beyond the end of the file".to_owned()));
        }
        let mut bytes = vec![0; length];
        let mut part = Part { whole: self.clone(), at: start };
        part.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

//! JSON Lines, <https://jsonlines.org/>: one article a line.

use std::io::{self, BufRead, BufReader, Read};

use super::{DOCUMENT_BYTES, Digest, Document, Format, Found, Input, Item, Media};
use crate::{
    Incident, Place,
    error::{Kind, Status},
};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "JSON Lines, one article a line: text, and perhaps id, title, published, outlet, url, language",
    open,
};

/// Large enough that the system is asked rarely, small enough to stay in the cache.
const BUFFER: usize = 256 << 10;

struct Lines {
    path: String,
    bytes: Box<dyn BufRead + Send>,
    line: u64,
    read: u64,
    hasher: blake3::Hasher,
    /// Bytes of the buffer that are digested and not yet taken: large pieces are digested several times as fast as lines.
    ahead: usize,
    done: bool,
}

fn open(mut input: Input) -> Found {
    let mut head = Vec::new();
    // A byte order mark says UTF-16; JSON itself is UTF-8.
    let wide =
        (&mut input.bytes).take(2).read_to_end(&mut head).is_ok() && matches!(*head, [0xff, 0xfe] | [0xfe, 0xff]);
    let whole = io::Cursor::new(head).chain(input.bytes);
    let bytes: Box<dyn BufRead + Send> = if wide {
        Box::new(BufReader::with_capacity(BUFFER, encoding_rs_io::DecodeReaderBytes::new(whole)))
    } else {
        Box::new(BufReader::with_capacity(BUFFER, whole))
    };
    Box::new(Lines { path: input.path, bytes, line: 0, read: 0, hasher: blake3::Hasher::new(), ahead: 0, done: false })
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.done {
            let start = self.read;
            let mut line = Vec::new();
            match self.take_line(&mut line) {
                Err(error) => {
                    self.done = true;
                    return Some(self.refused(start, Kind::Io, error.to_string()));
                }
                Ok(()) if line.is_empty() => {
                    self.done = true;
                    return Some(self.digest());
                }
                Ok(()) => self.line += 1,
            }
            if line.len() as u64 > DOCUMENT_BYTES {
                let reason =
                    format!("line longer than {} MiB, the most that is read as one article", DOCUMENT_BYTES >> 20);
                return Some(self.refused(start, Kind::Limit, reason));
            }
            if self.line == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            line.truncate(line.trim_ascii_end().len());
            if !line.is_empty() {
                return Some(Item::Document(Document { media: Media::Json, place: self.place(start), bytes: line }));
            }
        }
        None
    }
}

impl Lines {
    /// The next line with its end; what is over the limit is read past, not kept.
    fn take_line(&mut self, line: &mut Vec<u8>) -> io::Result<()> {
        loop {
            let chunk = match self.bytes.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if self.ahead == 0 {
                self.hasher.update(chunk);
                self.ahead = chunk.len();
            }
            let end = memchr::memchr(b'\n', chunk).map(|at| at + 1);
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            if line.len() as u64 <= DOCUMENT_BYTES {
                line.extend_from_slice(part);
            }
            let used = part.len();
            self.bytes.consume(used);
            self.ahead -= used;
            self.read += used as u64;
            if end.is_some() || used == 0 {
                return Ok(());
            }
        }
    }

    fn place(&self, byte: u64) -> Place {
        Place { path: self.path.clone(), line: Some(self.line), byte: Some(byte) }
    }

    fn refused(&self, byte: u64, kind: Kind, reason: String) -> Item {
        Item::Incident(Incident { place: self.place(byte), status: Status::Refused, kind, reason })
    }

    fn digest(&self) -> Item {
        let blake3 = self.hasher.finalize().to_hex().to_string();
        Item::Digest(Digest { path: self.path.clone(), bytes: self.read, blake3 })
    }
}

//! JSON Lines, <https://jsonlines.org/>: one article a line.

use std::{
    io::{self, BufRead, BufReader},
    sync::Arc,
};

use super::{Damage, Document, Facts, Fields, Format, Found, Input, Item, Media, Reading, break_at, refusal, size};
use crate::{Place, error::Kind};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    endings: &["jsonl", "ndjson"],
    about: "JSON Lines, one article a line: text, and perhaps id, title, published, outlet, url, language",
    begins,
    open,
};

/// Large enough that the system is asked rarely, small enough to stay in the cache.
const BUFFER: usize = 64 << 10;
/// Bytes that are set aside for a line at most, before it is read.
const USUAL: usize = 64 << 10;

/// The first line is an object, as far as it can be seen.
fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let opens = head.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    opens && (line.trim_ascii_end().ends_with(b"}") || line.len() == head.len())
}

struct Lines {
    path: String,
    bytes: Box<dyn BufRead + Send>,
    fields: Arc<Fields>,
    most: u64,
    /// Bytes of a line that are read past; what is longer has no lines.
    endless: u64,
    /// What ends a line.
    end: u8,
    line: u64,
    read: u64,
    /// Bytes of the line before: the next is likely to need as many.
    usual: usize,
    done: bool,
}

fn open(mut input: Input, reading: &Reading) -> Found {
    // A byte order mark says UTF-16; JSON itself is UTF-8.
    let head = input.head().unwrap_or_default();
    let wide = matches!(*head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    // Old Macintosh line ends; within a string JSON writes them as \r.
    let end = if head.contains(&b'\r') && !head.contains(&b'\n') { b'\r' } else { b'\n' };
    let bytes: Box<dyn BufRead + Send> = if wide {
        Box::new(BufReader::with_capacity(BUFFER, encoding_rs_io::DecodeReaderBytes::new(input.bytes)))
    } else {
        Box::new(BufReader::with_capacity(BUFFER, input.bytes))
    };
    let (fields, most) = (Arc::clone(&reading.fields), reading.limits.document_bytes);
    let endless = reading.limits.whole_bytes.max(most);
    Box::new(Lines { path: input.path, bytes, fields, most, endless, end, line: 0, read: 0, usual: 0, done: false })
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.done {
            let start = self.read;
            let mut line = Vec::with_capacity(self.usual);
            match self.take_line(&mut line) {
                Err(error) => return Some(self.broken(start, &error)),
                Ok(()) if line.is_empty() => self.done = true,
                Ok(()) => self.line += 1,
            }
            if line.len() as u64 > self.most {
                let reason = format!("line longer than {}, the most that is read as one article", size(self.most));
                return Some(refusal(self.place(start), Kind::Limit, reason));
            }
            if self.line == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            line.truncate(line.trim_ascii_end().len());
            self.usual = line.len().min(USUAL);
            if !line.is_empty() {
                let facts = Facts { fields: Arc::clone(&self.fields), ..Facts::default() };
                let (media, place) = (Media::Json, self.place(start));
                return Some(Item::Document(Document { media, place, bytes: line, facts }));
            }
        }
        None
    }
}

impl Lines {
    /// The next line with its end; what is over the limit is read past, not kept.
    fn take_line(&mut self, line: &mut Vec<u8>) -> io::Result<()> {
        let start = self.read;
        loop {
            if self.read - start > self.endless {
                let reason = format!("a line longer than {}; the rest of it is not read", size(self.endless));
                return Err(Damage::error(Kind::Limit, reason));
            }
            let chunk = match self.bytes.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let end = memchr::memchr(self.end, chunk).map(|at| at + 1);
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            if line.len() as u64 <= self.most {
                line.extend_from_slice(part);
            }
            let used = part.len();
            self.bytes.consume(used);
            self.read += used as u64;
            if end.is_some() || used == 0 {
                return Ok(());
            }
        }
    }

    /// The line in which reading broke is lost; what comes behind the damage is read where that can be found.
    fn broken(&mut self, start: u64, error: &io::Error) -> Item {
        self.line += 1;
        self.done = !Damage::of(error).resumes;
        break_at(self.place(start), error)
    }

    fn place(&self, byte: u64) -> Place {
        Place { path: self.path.clone(), line: Some(self.line), byte: Some(byte) }
    }
}

//! JSON (RFC 8259): an array of articles, or objects one after the other over as many lines as they like.

use std::{
    io::{self, BufRead, BufReader},
    sync::Arc,
};

use super::{Document, Facts, Fields, Format, Found, Input, Item, Media, Reading, break_at, refusal, size};
use crate::{Place, error::Kind};

pub(super) const FORMAT: Format = Format {
    name: "json",
    endings: &["json"],
    about: "a JSON array of articles, with the fields of jsonl",
    begins,
    open,
};

fn begins(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
}

struct Objects {
    path: String,
    bytes: Box<dyn BufRead + Send>,
    fields: Arc<Fields>,
    most: u64,
    number: u64,
    read: u64,
    done: bool,
}

fn open(input: Input, reading: &Reading) -> Found {
    let (bytes, fields) = (Box::new(BufReader::new(input.bytes)), Arc::clone(&reading.fields));
    let most = reading.limits.document_bytes;
    Box::new(Objects { path: input.path, bytes, fields, most, number: 0, read: 0, done: false })
}

impl Iterator for Objects {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.done {
            return None;
        }
        let mut object = Vec::new();
        let start = self.read;
        let cut = self.take_object(&mut object);
        self.done = !matches!(cut, Ok(true));
        self.number += 1;
        let place = Place { path: self.path.clone(), line: Some(self.number), byte: Some(start) };
        match cut {
            Ok(true) if object.len() as u64 > self.most => {
                let reason = format!("larger than {}, the most that is read as one article", size(self.most));
                Some(refusal(place, Kind::Limit, reason))
            }
            Ok(true) => {
                let facts = Facts { fields: Arc::clone(&self.fields), ..Facts::default() };
                Some(Item::Document(Document { media: Media::Json, place, bytes: object, facts }))
            }
            Ok(false) if object.is_empty() => None,
            Ok(false) => Some(refusal(place, Kind::Truncated, "the file ends within an object".to_owned())),
            Err(error) => Some(break_at(place, &error)),
        }
    }
}

/// Where in an object a byte stands.
#[derive(Default)]
struct Nesting {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Nesting {
    /// Whether the outermost object ends with this byte.
    fn ends(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.quoted => self.escaped = true,
            b'"' => self.quoted = !self.quoted && self.depth > 0,
            b'{' | b'[' if !self.quoted && (byte == b'{' || self.depth > 0) => self.depth += 1,
            b'}' | b']' if !self.quoted && self.depth > 0 => {
                self.depth -= 1;
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl Objects {
    /// The next object; `false` where the file ends before it does.
    fn take_object(&mut self, object: &mut Vec<u8>) -> io::Result<bool> {
        let mut nesting = Nesting::default();
        loop {
            let chunk = self.bytes.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let mut used = 0;
            let mut ended = false;
            for &byte in chunk {
                used += 1;
                ended = nesting.ends(byte);
                if (nesting.depth > 0 || ended) && object.len() as u64 <= self.most {
                    object.push(byte);
                }
                if ended {
                    break;
                }
            }
            self.bytes.consume(used);
            self.read += used as u64;
            if ended {
                return Ok(true);
            }
        }
    }
}

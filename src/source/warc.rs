//! Web archives, ISO 28500 (<https://iipc.github.io/warc-specifications/>), 1.0 and 1.1: one article a response that is a page or a
//! text; the texts of "conversion" records (WET) as well. Behind damage, reading goes on at the next record.

use std::io::{self, Read};

use super::{
    Damage, Document, Facts, Field, Format, Found, Input, Item, Limits, Media, Reading, break_at, packed, refusal, size,
};
use crate::{
    Incident, Place,
    error::{Kind, Status},
};

pub(super) const FORMAT: Format = Format {
    name: "warc",
    endings: &["warc", "wet"],
    about: "a web archive, one article a page in it",
    begins: |head| head.starts_with(b"WARC/"),
    open,
};

/// Bytes that are asked for at a time.
const PIECE: usize = 256 << 10;
/// An address that is longer is none.
const LONGEST_URL: usize = 4096;

struct Records {
    path: String,
    window: Window,
    limits: Limits,
    /// What is to be told beside the last record.
    told: Vec<Item>,
    /// Responses that are neither pages nor texts.
    passed: u64,
    done: bool,
}

fn open(input: Input, reading: &Reading) -> Found {
    let window = Window { bytes: input.bytes, kept: Vec::new(), at: 0, offset: 0, ended: false, trouble: None };
    Box::new(Records { path: input.path, window, limits: reading.limits, told: Vec::new(), passed: 0, done: false })
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(told) = self.told.pop() {
                return Some(told);
            }
            if self.done {
                return None;
            }
            if let Some(item) = self.record() {
                return Some(item);
            }
        }
    }
}

impl Records {
    /// Reads one record, or what stands in its place.
    fn record(&mut self) -> Option<Item> {
        self.window.skip_blank();
        let place = self.place();
        if self.window.rest().is_empty() {
            return self.at_end(place);
        }
        if !self.window.rest().starts_with(b"WARC/") {
            let passed = self.window.seek_record(0, u64::MAX);
            let reason = format!("{passed} bytes that are no record; read on at the next one");
            return Some(note(place, Kind::Corrupt, reason));
        }
        let Some(length) = self.window.head_length(self.limits.head_bytes) else {
            self.window.skip(5);
            self.window.seek_record(0, u64::MAX);
            return Some(match self.window.trouble.as_ref().filter(|_| self.window.rest().is_empty()) {
                Some(_) => return None,
                None if self.window.rest().is_empty() => {
                    refusal(place, Kind::Truncated, "the file ends within the head of a record".to_owned())
                }
                None => note(place, Kind::Format, "the head of a record does not end; read on at the next one".into()),
            });
        };
        let head = Head::of(self.window.rest().get(..length).unwrap_or_default());
        self.window.skip(length);
        let block = self.block(&head, &place);
        self.article(&head, block?, place)
    }

    fn at_end(&mut self, place: Place) -> Option<Item> {
        if let Some(error) = self.window.trouble.take() {
            // The packing says where the next whole part begins.
            self.window.ended = !Damage::of(&error).resumes;
            return Some(break_at(place, &error));
        }
        self.done = true;
        let reason = format!("{} responses that are neither pages nor texts", self.passed);
        let place = Place { path: self.path.clone(), ..Place::default() };
        let skipped = Incident { place, status: Status::Skipped, kind: Kind::Unsupported, reason };
        (self.passed > 0).then_some(Item::Incident(skipped))
    }

    fn place(&self) -> Place {
        Place { path: self.path.clone(), line: None, byte: Some(self.window.offset + self.window.at as u64) }
    }

    /// What the record holds. Where its length cannot be right, it ends before the next record.
    fn block(&mut self, head: &Head, place: &Place) -> Option<Vec<u8>> {
        let most = self.limits.document_bytes;
        let length = head.length.unwrap_or(u64::MAX);
        if length <= most && self.window.ends_well(usize::try_from(length).ok()?) {
            return Some(self.window.take(usize::try_from(length).ok()?));
        }
        let end = self.window.find_record(most.min(length.saturating_add(most)));
        let available = self.window.rest().len() as u64;
        if end.is_none() && length <= available && length <= most {
            return Some(self.window.take(usize::try_from(length).ok()?));
        }
        if end.is_none() && available > most {
            self.window.seek_record(0, length);
            if head.is_wanted() {
                let reason = format!("a record larger than {}, the most that is read as one article", size(most));
                self.told.push(refusal(place.clone(), Kind::Limit, reason));
            }
            return None;
        }
        let block = self.window.take(end.unwrap_or(self.window.rest().len()));
        let said = head.length.map_or_else(|| "no length".to_owned(), |length| format!("a length of {length} bytes"));
        let reason = format!("a record says {said} and has {}", block.len());
        self.told.push(match (end, &self.window.trouble) {
            // What broke the packing is told by itself.
            (None, Some(_)) => return Some(block),
            (None, None) if head.length.is_some_and(|length| length > block.len() as u64) => {
                refusal(place.clone(), Kind::Truncated, format!("{reason}: the file ends within it"))
            }
            _ => note(place.clone(), Kind::Corrupt, reason),
        });
        Some(block)
    }

    /// The article in a record, if it is one that holds a page or a text.
    fn article(&mut self, head: &Head, block: Vec<u8>, place: Place) -> Option<Item> {
        if !head.is_wanted() {
            return None;
        }
        let payload = if head.kind == "response" { Payload::of_http(block) } else { Payload::of_block(head, block) };
        let Some(media) = payload.media() else {
            self.passed += 1;
            return None;
        };
        let mut notes = Vec::new();
        let (encoding, bytes) = (payload.charset(), payload.body(&self.limits, &mut notes));
        for (status, kind, reason) in notes {
            self.told.push(Item::Incident(Incident { place: place.clone(), status, kind, reason }));
        }
        let bytes = bytes?;
        let facts = Facts { known: head.facts(), encoding, ..Facts::default() };
        Some(Item::Document(Document { media, place, bytes, facts }))
    }
}

fn note(place: Place, kind: Kind, reason: String) -> Item {
    Item::Incident(Incident { place, status: Status::Noted, kind, reason })
}

/// What the head of a record says.
struct Head {
    kind: String,
    length: Option<u64>,
    media: Option<String>,
    address: Option<String>,
    id: Option<String>,
}

impl Head {
    fn of(head: &[u8]) -> Self {
        let fields = fields_of(head);
        let of = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        Self {
            kind: of("warc-type").unwrap_or_default().to_ascii_lowercase(),
            length: of("content-length").and_then(|length| length.parse().ok()),
            media: of("content-type"),
            address: of("warc-target-uri"),
            id: of("warc-record-id"),
        }
    }

    fn is_wanted(&self) -> bool {
        matches!(self.kind.as_str(), "response" | "conversion" | "resource")
    }

    fn facts(&self) -> Vec<(Field, String)> {
        let bare = |words: &String| words.trim_matches(['<', '>']).to_owned();
        let short = |words: &String| words.len() <= LONGEST_URL;
        let id = self.id.iter().map(bare).filter(short).map(|id| (Field::Id, id));
        id.chain(self.address.iter().map(bare).filter(short).map(|url| (Field::Url, url))).collect()
    }
}

/// The named fields of a head, names in lower case; a line that begins with white space goes on the one before.
fn fields_of(head: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split(|&byte| byte == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push_str(&line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

/// What a server answered, or what stands in its place.
struct Payload {
    status: Option<u16>,
    media: Option<String>,
    codings: Vec<String>,
    chunked: bool,
    body: Vec<u8>,
}

impl Payload {
    /// An HTTP message (RFC 9112); what is none is taken as the body.
    fn of_http(mut block: Vec<u8>) -> Self {
        let length = if block.starts_with(b"HTTP/") { end_of_head(&block).unwrap_or(block.len()) } else { 0 };
        let body = block.split_off(length);
        let fields = fields_of(&block);
        let all =
            |name: &'static str| fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
        let codings =
            all("content-encoding").flat_map(|value| value.split(',')).map(|it| it.trim().to_ascii_lowercase());
        let status = block.split(|byte| matches!(byte, b' ' | b'\r' | b'\n')).nth(1);
        let status = status.and_then(|word| std::str::from_utf8(word).ok()?.parse().ok());
        Self {
            status,
            media: all("content-type").next().map(str::to_owned),
            codings: codings.filter(|coding| !matches!(coding.as_str(), "" | "identity")).collect(),
            chunked: all("transfer-encoding").any(|value| value.to_ascii_lowercase().contains("chunked")),
            body,
        }
    }

    fn of_block(head: &Head, body: Vec<u8>) -> Self {
        Self { status: None, media: head.media.clone(), codings: Vec::new(), chunked: false, body }
    }

    /// What it is; `None` where it is no article.
    fn media(&self) -> Option<Media> {
        if self.status.is_some_and(|status| !(200..300).contains(&status)) || self.body.is_empty() {
            return None;
        }
        let media =
            self.media.as_deref().map(|it| it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        match media.as_deref() {
            Some("text/html" | "application/xhtml+xml") => Some(Media::Html),
            Some("text/plain") => Some(Media::Text),
            None | Some("") => (super::html::FORMAT.begins)(&self.body).then_some(Media::Html),
            Some(_) => None,
        }
    }

    fn charset(&self) -> Option<String> {
        let (_, rest) = self.media.as_deref()?.split_once("charset=")?;
        let label: String =
            rest.trim_start_matches('"').chars().take_while(|c| !matches!(c, '"' | ';' | ' ')).collect();
        (!label.is_empty()).then_some(label)
    }

    /// The page itself; what was wrong with its codings goes to `notes`.
    fn body(self, limits: &Limits, notes: &mut Vec<(Status, Kind, String)>) -> Option<Vec<u8>> {
        let mut body = if self.chunked { unchunked(self.body, notes) } else { self.body };
        if self.codings.len() > 3 {
            notes.push((Status::Refused, Kind::Limit, format!("a page packed {} times over", self.codings.len())));
            return None;
        }
        for coding in self.codings.iter().rev() {
            match decoded(coding, body, limits, notes) {
                Ok(bytes) => body = bytes,
                Err(note) => {
                    notes.push(note);
                    return None;
                }
            }
        }
        Some(body)
    }
}

/// Chunks put together; where the first is none, the bytes as they are: archives often keep the field and not the chunks.
fn unchunked(body: Vec<u8>, notes: &mut Vec<(Status, Kind, String)>) -> Vec<u8> {
    let (mut whole, mut rest) = (Vec::new(), body.as_slice());
    loop {
        let end = memchr::memchr(b'\n', rest.get(..64).unwrap_or(rest));
        let size = end
            .and_then(|end| std::str::from_utf8(rest.get(..end)?).ok())
            .and_then(|line| u64::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let (Some(end), Some(size)) = (end, size) else {
            if whole.is_empty() {
                return body;
            }
            notes.push((Status::Noted, Kind::Corrupt, "a chunk of a page is damaged; the page ends there".to_owned()));
            return whole;
        };
        rest = rest.get(end + 1..).unwrap_or_default();
        let length = usize::try_from(size).unwrap_or(usize::MAX);
        whole.extend_from_slice(rest.get(..length).unwrap_or(rest));
        if size == 0 {
            return whole;
        }
        if length > rest.len() {
            notes.push((Status::Noted, Kind::Truncated, "the page ends within a chunk".to_owned()));
            return whole;
        }
        rest = rest.get(length..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// A body without one of its codings (RFC 9110, 8.4.1).
fn decoded(
    coding: &str,
    body: Vec<u8>,
    limits: &Limits,
    notes: &mut Vec<(Status, Kind, String)>,
) -> Result<Vec<u8>, (Status, Kind, String)> {
    let reader: Box<dyn Read> = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => packed::of_bytes(body, limits).ok_or((
            Status::Refused,
            Kind::Corrupt,
            "a page that is no gzip".to_owned(),
        ))?,
        "deflate" if body.first().is_some_and(|first| first & 0xf == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(io::Cursor::new(body)))
        }
        // The archive has taken it off and kept the field.
        _ if (super::html::FORMAT.begins)(&body) => return Ok(body),
        "gzip" | "x-gzip" | "deflate" => return Ok(body),
        "zstd" => packed::of_bytes(body, limits).ok_or((
            Status::Refused,
            Kind::Corrupt,
            "a page that is no zstd".to_owned(),
        ))?,
        _ => {
            return Err((
                Status::Refused,
                Kind::Unsupported,
                format!("a page packed as `{coding}`; known: gzip, deflate, zstd"),
            ));
        }
    };
    let mut bytes = Vec::new();
    match reader.take(limits.document_bytes + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limits.document_bytes => {
            let reason =
                format!("a page larger than {}, the most that is read as one article", size(limits.document_bytes));
            return Err((Status::Refused, Kind::Limit, reason));
        }
        Ok(_) => {}
        Err(error) => {
            let Damage { kind, reason, .. } = Damage::of(&error);
            notes.push((Status::Noted, kind, format!("the page is read as far as it can be unpacked: {reason}")));
        }
    }
    Ok(bytes)
}

/// How long a head is, with the empty line behind it.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// A stretch of the archive, as much as is needed. What breaks it ends it until that is told.
struct Window {
    bytes: Box<dyn Read + Send>,
    kept: Vec<u8>,
    at: usize,
    /// Byte of the archive where `kept` begins.
    offset: u64,
    ended: bool,
    trouble: Option<io::Error>,
}

impl Window {
    fn rest(&self) -> &[u8] {
        self.kept.get(self.at..).unwrap_or_default()
    }

    /// Makes `rest` at least `count` bytes long, or all there is.
    fn fill(&mut self, count: usize) {
        while self.rest().len() < count && self.more() {}
    }

    fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        if self.at >= PIECE {
            self.kept.drain(..self.at);
            self.offset += self.at as u64;
            self.at = 0;
        }
        self.kept.reserve(PIECE);
        match self.bytes.by_ref().take(PIECE as u64).read_to_end(&mut self.kept) {
            Ok(0) => self.ended = true,
            Ok(_) => {}
            Err(error) => {
                self.ended = true;
                self.trouble = Some(error);
            }
        }
        !self.ended
    }

    fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.kept.len());
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let taken = self.rest().get(..count).unwrap_or(self.rest()).to_vec();
        self.skip(count);
        taken
    }

    fn skip_blank(&mut self) {
        loop {
            self.fill(1);
            let blank = self.rest().iter().take_while(|byte| is_blank(**byte)).count();
            self.skip(blank);
            if blank == 0 {
                return self.fill(5);
            }
        }
    }

    /// Length of the head of the record here; `None` where it does not end within `most` bytes.
    fn head_length(&mut self, most: u64) -> Option<usize> {
        let mut seen = 0;
        loop {
            if let Some(end) = self.rest().get(seen..).and_then(end_of_head) {
                return Some(seen + end);
            }
            seen = self.rest().len().saturating_sub(3);
            if seen as u64 > most || !self.more() {
                return None;
            }
        }
    }

    /// Whether a record that is `length` bytes long from here would end where one can.
    fn ends_well(&mut self, length: usize) -> bool {
        self.fill(length + 64);
        let Some(behind) = self.rest().get(length..) else { return false };
        let next = behind.trim_ascii_start();
        if next.is_empty() { behind.len() >= 64 || self.ended } else { next.starts_with(b"WARC/") }
    }

    /// Where the next record begins, looked for in `most` bytes from here.
    fn find_record(&mut self, most: u64) -> Option<usize> {
        let mut seen = 0;
        loop {
            if let Some(at) = self.rest().get(seen..).and_then(|rest| record_in(rest, true)) {
                return Some(seen + at);
            }
            seen = self.rest().len().saturating_sub(16);
            if seen as u64 > most || !self.more() {
                return None;
            }
        }
    }

    /// Moves to the next record, or `most` bytes on, or to the end; how many bytes were passed.
    fn seek_record(&mut self, passed: u64, most: u64) -> u64 {
        let mut passed = passed;
        loop {
            let within = usize::try_from(most - passed).unwrap_or(usize::MAX).min(self.rest().len());
            if let Some(at) = record_in(self.rest(), false).filter(|at| *at <= within) {
                self.skip(at);
                return passed + at as u64;
            }
            let step = if self.ended || within < self.rest().len() { within } else { within.saturating_sub(16) };
            self.skip(step);
            passed += step as u64;
            if passed >= most || (!self.more() && self.rest().is_empty()) {
                return passed;
            }
        }
    }
}

/// Where a record begins behind something else: a line with the version of the format. Within a record it begins a line, behind
/// rubbish it may stand anywhere.
fn record_in(bytes: &[u8], within: bool) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"WARC/").find(|&at| {
        let begins = !within || at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\n');
        let is_version = matches!(bytes.get(at + 5..at + 9), Some([b'0'..=b'9', b'.', b'0'..=b'9', b'\r' | b'\n']));
        at > 0 && begins && is_version
    })
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

//! What stands compressed in front of a file: gzip, zstd, bzip2, xz. Every stream is bounded in window and in ratio.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::Limits;
use crate::error::Kind;

/// One way of packing.
#[derive(Clone, Copy)]
pub(super) struct Packing {
    /// Ending of file names, without the dot.
    pub(super) ending: &'static str,
    /// Whether these first bytes are its.
    pub(super) begins: fn(&[u8]) -> bool,
    /// Whether these first bytes say that it carries no checksum: damage in it may not show.
    pub(super) unchecked: fn(&[u8]) -> bool,
    /// The bytes that it packs.
    open: fn(Packed, &Limits) -> Box<dyn Read + Send>,
}

/// Packed bytes.
type Packed = Box<dyn Read + Send>;

/// Every packing.
pub(super) const PACKINGS: &[Packing] = &[
    Packing { ending: "gz", begins: |head| head.starts_with(&GZIP), unchecked: |_| false, open: gzip },
    Packing { ending: "zst", begins: begins_zstd, unchecked: is_unchecked_zstd, open: zstd },
    Packing { ending: "bz2", begins: begins_bzip2, unchecked: |_| false, open: bzip2 },
    Packing { ending: "xz", begins: |head| head.starts_with(XZ), unchecked: is_unchecked_xz, open: xz },
];

const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
const XZ: &[u8] = b"\xfd7zXZ\0";

/// The flag of the first frame (RFC 8878, 3.1.1.1.1).
fn is_unchecked_zstd(head: &[u8]) -> bool {
    matches!(head, [0x28, _, _, _, flags, ..] if flags & 4 == 0)
}

/// The flags of the stream (the .xz file format, 2.1.1.2).
fn is_unchecked_xz(head: &[u8]) -> bool {
    head.strip_prefix(XZ).and_then(|flags| flags.get(1)).is_some_and(|check| check & 15 == 0)
}

fn begins_zstd(head: &[u8]) -> bool {
    head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

fn begins_bzip2(head: &[u8]) -> bool {
    matches!(head, [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
        if rest.starts_with(b"1AY&SY") || rest.starts_with(b"\x17rE8P\x90"))
}

/// What is wrong with an input, carried through readers as an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Damage {
    pub(super) kind: Kind,
    pub(super) reason: String,
    /// Whether reading can go on after it, at the next part that is whole.
    pub(super) resumes: bool,
}

impl Damage {
    pub(super) fn error(kind: Kind, reason: impl Into<String>) -> io::Error {
        io::Error::other(Self { kind, reason: reason.into(), resumes: false })
    }

    /// The trouble in any error of reading.
    pub(super) fn of(error: &io::Error) -> Self {
        if let Some(Self { kind, reason, resumes }) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return Self { kind: *kind, reason: reason.clone(), resumes: *resumes };
        }
        let kind = match error.kind() {
            io::ErrorKind::UnexpectedEof => Kind::Truncated,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Kind::Corrupt,
            io::ErrorKind::OutOfMemory => Kind::Limit,
            _ => Kind::Io,
        };
        Self { kind, reason: error.to_string(), resumes: false }
    }
}

/// The bytes that `packed` holds, within `limits`.
pub(super) fn unpacked(packing: Packing, packed: Packed, limits: &Limits) -> Packed {
    let counted = Counted { bytes: packed, count: std::sync::Arc::default() };
    let count = std::sync::Arc::clone(&counted.count);
    let bytes = (packing.open)(Box::new(counted), limits);
    Box::new(Bounded { bytes, packed: count, unpacked: 0, limits: *limits })
}

/// Counts what is read of it.
struct Counted {
    bytes: Packed,
    count: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.count.fetch_add(read as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

/// Ends where more comes out than any text packs into so few bytes.
struct Bounded {
    bytes: Packed,
    packed: std::sync::Arc<std::sync::atomic::AtomicU64>,
    unpacked: u64,
    limits: Limits,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // An empty read tells some of the libraries that the data end.
        if buffer.is_empty() {
            return Ok(0);
        }
        let packed = self.packed.load(std::sync::atomic::Ordering::Relaxed);
        self.limits.bound(packed, self.unpacked)?;
        let read = self.bytes.read(buffer)?;
        self.unpacked += read as u64;
        Ok(read)
    }
}

fn gzip(packed: Packed, _: &Limits) -> Packed {
    Box::new(Members { state: State::Start(Box::new(Rewind::of(packed))), first: true })
}

/// The members of a gzip file one after the other (RFC 1952, 2.2), and what stands behind a damaged one.
struct Members {
    state: State,
    first: bool,
}

enum State {
    Start(Box<Rewind>),
    Within(Box<flate2::bufread::GzDecoder<Rewind>>),
    Damaged(Box<Rewind>),
    Between,
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Between) {
                State::Between => return Ok(0),
                State::Damaged(mut packed) => {
                    if packed.seek(gzip_member)? {
                        self.state = State::Start(packed);
                    }
                }
                State::Start(packed) => self.start(*packed)?,
                State::Within(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Start(Box::new(member.into_inner())),
                    Ok(read) => {
                        self.state = State::Within(member);
                        return Ok(read);
                    }
                    Err(error) => {
                        self.state = State::Damaged(Box::new(member.into_inner()));
                        return Err(damaged_member(&error));
                    }
                },
            }
        }
    }
}

impl Members {
    fn start(&mut self, mut packed: Rewind) -> io::Result<()> {
        packed.mark = Some(packed.at);
        let head = packed.head(3)?;
        let is_member = head.starts_with(&GZIP);
        if head.is_empty() {
            return Ok(());
        }
        if is_member || self.first {
            self.first = false;
            self.state = State::Within(Box::new(flate2::bufread::GzDecoder::new(packed)));
            return Ok(());
        }
        // Zeros fill up blocks of tapes and disks.
        if packed.is_all_zero()? {
            return Ok(());
        }
        self.state = State::Damaged(Box::new(packed));
        let reason = "bytes after the end of the gzip data, which are not read".to_owned();
        Err(io::Error::other(Damage { kind: Kind::Corrupt, reason, resumes: true }))
    }
}

fn damaged_member(error: &io::Error) -> io::Error {
    let mut damage = Damage::of(error);
    if matches!(damage.kind, Kind::Truncated | Kind::Corrupt) {
        let what = if damage.kind == Kind::Truncated { "end too early" } else { "are damaged" };
        damage.reason = format!("the gzip data {what}: {}", damage.reason);
        damage.resumes = true;
    }
    io::Error::other(damage)
}

/// Buffered bytes that can be gone back over to where a member began.
struct Rewind {
    bytes: Packed,
    kept: Vec<u8>,
    at: usize,
    /// Where the member began, or what is still kept of it.
    mark: Option<usize>,
}

/// How much of a member is kept to look for the next one in; members of web archives are far smaller.
const KEPT: usize = 4 << 20;
const PIECE: usize = 64 << 10;

impl Rewind {
    fn of(bytes: Packed) -> Self {
        Self { bytes, kept: Vec::new(), at: 0, mark: None }
    }

    fn rest(&self) -> &[u8] {
        self.kept.get(self.at..).unwrap_or_default()
    }

    /// At least `count` bytes, without moving; fewer at the end.
    fn head(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.rest().len() < count && self.more()? {}
        Ok(self.rest())
    }

    fn more(&mut self) -> io::Result<bool> {
        self.forget();
        let length = self.kept.len();
        self.kept.resize(length + PIECE, 0);
        let read = loop {
            match self.bytes.read(self.kept.get_mut(length..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.kept.truncate(length + read.as_ref().copied().unwrap_or(0));
        Ok(read? > 0)
    }

    /// Lets go of what stands before the member, and of the member where it is large.
    fn forget(&mut self) {
        let from = self.mark.unwrap_or(self.at).max(self.at.saturating_sub(KEPT));
        if from < PIECE {
            return;
        }
        self.kept.drain(..from);
        self.at -= from;
        self.mark = self.mark.map(|mark| mark.saturating_sub(from));
    }

    fn is_all_zero(&mut self) -> io::Result<bool> {
        loop {
            if self.rest().iter().any(|&byte| byte != 0) {
                return Ok(false);
            }
            self.at = self.kept.len();
            self.mark = Some(self.at);
            if !self.more()? {
                return Ok(true);
            }
        }
    }

    /// Moves to the next place behind the beginning of this member where `begins` finds one; `false` where there is none.
    fn seek(&mut self, begins: fn(&[u8]) -> Option<usize>) -> io::Result<bool> {
        self.at = self.mark.take().map_or(self.at, |mark| (mark + 1).min(self.kept.len()));
        loop {
            if let Some(at) = begins(self.rest()) {
                self.at += at;
                return Ok(true);
            }
            // What could be a beginning that is cut by the end of the piece.
            self.at = self.kept.len().saturating_sub(16).max(self.at);
            if !self.more()? {
                return Ok(false);
            }
        }
    }
}

/// A gzip header without flags that do not exist.
fn gzip_member(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, &GZIP).find(|at| bytes.get(at + 3).is_some_and(|flags| flags & 0xe0 == 0))
}

fn bzip2_stream(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"BZh").find(|&at| bytes.get(at..).is_some_and(begins_bzip2))
}

impl Read for Rewind {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Rewind {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.head(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.kept.len());
    }
}

fn zstd(packed: Packed, limits: &Limits) -> Packed {
    let mut decoder = ruzstd::decoding::FrameDecoder::new();
    decoder.set_max_window_size(limits.window_bytes);
    let frames = Frames { packed: BufReader::with_capacity(PIECE, packed), decoder, within: false, failed: false };
    Box::new(frames)
}

/// The frames of a zstd file one after the other (RFC 8878, 3); those that are to be skipped are.
struct Frames {
    packed: BufReader<Packed>,
    decoder: ruzstd::decoding::FrameDecoder,
    within: bool,
    failed: bool,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(0);
        }
        let read = self.unpack(buffer);
        self.failed = read.is_err();
        read
    }
}

impl Frames {
    fn unpack(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy::UptoBlocks;
        loop {
            if !self.within && !self.next_frame()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder.decode_blocks(&mut self.packed, UptoBlocks(1)).map_err(|error| damaged_frame(&error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.within = false;
            let told = self.decoder.get_checksum_from_data();
            if told.is_some() && told != self.decoder.get_calculated_checksum() {
                return Err(Damage::error(Kind::Corrupt, "the zstd data are damaged: wrong checksum"));
            }
        }
    }

    /// Begins the next frame; `false` where there is none.
    fn next_frame(&mut self) -> io::Result<bool> {
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.packed) {
                Ok(()) => {
                    self.within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.packed.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(FrameDecoderError::WindowSizeTooBig { requested, max }) => {
                    let reason = format!("zstd data with a window of {requested} bytes, more than the limit of {max}");
                    return Err(Damage::error(Kind::Limit, reason));
                }
                Err(error) => return Err(damaged_frame(&error)),
            }
        }
        Ok(false)
    }
}

fn damaged_frame(error: &(dyn std::error::Error + 'static)) -> io::Error {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let damage = error.downcast_ref::<io::Error>().map(Damage::of);
        match damage.map(|damage| damage.kind) {
            Some(Kind::Truncated) => return Damage::error(Kind::Truncated, "the zstd data end too early"),
            Some(kind @ (Kind::Limit | Kind::Io)) => return Damage::error(kind, error.to_string()),
            _ => cause = error.source(),
        }
    }
    Damage::error(Kind::Corrupt, format!("the zstd data are damaged: {error}"))
}

fn bzip2(packed: Packed, _: &Limits) -> Packed {
    let mut packed = Rewind::of(packed);
    packed.mark = Some(0);
    Box::new(Streams { decoder: bzip2_rs::decoder::Decoder::new(), packed, done: false })
}

/// The streams of a bzip2 file one after the other. The decoder reads beyond the end of one, so the next is looked for.
struct Streams {
    decoder: bzip2_rs::decoder::Decoder,
    packed: Rewind,
    done: bool,
}

impl Read for Streams {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use bzip2_rs::decoder::ReadState;
        let damaged = |error| Damage::error(Kind::Corrupt, format!("the bzip2 data are damaged: {error}"));
        let mut empty = 0;
        while !self.done && !buffer.is_empty() {
            match self.decoder.read(buffer) {
                Ok(ReadState::Read(read)) => return Ok(read),
                Ok(ReadState::NeedsWrite(_)) => empty = if self.feed(empty)? { empty + 1 } else { 0 },
                Ok(ReadState::Eof) => self.next_stream()?,
                Err(error) => {
                    self.done = true;
                    return Err(damaged(error));
                }
            }
        }
        Ok(0)
    }
}

impl Streams {
    /// Hands more to the decoder; whether there was no more, as `empty` times before.
    fn feed(&mut self, empty: usize) -> io::Result<bool> {
        let piece = self.packed.fill_buf()?;
        let piece = piece.get(..1024).unwrap_or(piece);
        let length = piece.len();
        let written = self.decoder.write(piece);
        self.packed.consume(length);
        if written.is_err() || (empty > 8 && length == 0) {
            self.done = true;
            let kind = if length == 0 { Kind::Truncated } else { Kind::Corrupt };
            return Err(Damage::error(kind, "the bzip2 data end too early or are damaged"));
        }
        Ok(length == 0)
    }

    fn next_stream(&mut self) -> io::Result<()> {
        self.done = !self.packed.seek(bzip2_stream)?;
        self.packed.mark = Some(self.packed.at);
        self.decoder = bzip2_rs::decoder::Decoder::new();
        Ok(())
    }
}

fn xz(packed: Packed, limits: &Limits) -> Packed {
    let most = u32::try_from(limits.window_bytes >> 10).unwrap_or(u32::MAX);
    Box::new(lzma_rust2::XzReader::new_mem_limit(BufReader::with_capacity(PIECE, packed), true, most))
}

/// The same bytes again, the first of which were read already.
pub(super) fn again(head: Vec<u8>, rest: Packed) -> Packed {
    Box::new(Cursor::new(head).chain(rest))
}

/// The bytes of something small that is packed in any of the known ways.
pub(super) fn of_bytes(packed: Vec<u8>, limits: &Limits) -> Option<Packed> {
    let packing = PACKINGS.iter().find(|packing| (packing.begins)(&packed))?;
    Some(unpacked(*packing, Box::new(Cursor::new(packed)), limits))
}

//! Bytes to text, as browsers do it: byte order mark, then what is declared, then UTF-8, then a guess.
//!
//! A declaration that the bytes contradict is not believed, so that no name is lost to it.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;

/// A decoded text, and what was odd about its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The words.
    pub(super) text: String,
    /// Byte of the first trouble, and the trouble in words; `None` when all was as it should be.
    pub(super) odd: Option<(u64, String)>,
}

/// The text of `bytes`; declarations are looked for in pages (`html`) only, and behind the `label` that the container has. A UTF-8 text file comes back byte for byte.
///
/// # Errors
/// With the reason, when the bytes are no text in any encoding.
pub(super) fn text_of(bytes: Vec<u8>, html: bool, label: Option<&str>) -> Result<Decoded, String> {
    if let Some(name) = MAGIC.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, name)| name) {
        return Err(format!("not a text but {name}; known: text, HTML, JSON lines"));
    }
    if let Some(decoded) = marked(&bytes, html) {
        return decoded;
    }
    if let Some(encoding) = utf16_pattern(&bytes) {
        return Ok(guessed(&bytes, encoding));
    }
    if is_binary(&bytes) {
        return Err("binary data, no text in any known encoding".to_owned());
    }
    if looks_iso_2022_jp(&bytes) {
        let says_so = said(&bytes, html, label) == Some(ISO_2022_JP);
        return Ok(if says_so { declared(&bytes, ISO_2022_JP) } else { guessed(&bytes, ISO_2022_JP) });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, odd: None }),
        Err(error) => {
            let first = error.utf8_error().valid_up_to();
            let label = said(error.as_bytes(), html, label);
            Ok(legacy(error.as_bytes(), first, label))
        }
    }
}

/// First bytes of files that are no text, so that the reason can name them.
const MAGIC: [(&[u8], &str); 9] = [
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"SQLite format 3", "an SQLite database"),
];

/// Bytes a declaration is looked for in; browsers look at 1,024, real pages put it later.
const HEAD: usize = 64 * 1024;

/// What begins with a byte order mark; UTF-32 first, its mark begins with that of UTF-16.
fn marked(bytes: &[u8], html: bool) -> Option<Result<Decoded, String>> {
    if bytes.starts_with(b"\xff\xfe\0\0") {
        return Some(Ok(utf32(bytes, u32::from_le_bytes)));
    }
    if bytes.starts_with(b"\0\0\xfe\xff") {
        return Some(Ok(utf32(bytes, u32::from_be_bytes)));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let rest = bytes.get(length..).unwrap_or_default();
    if encoding == UTF_8 {
        // The mark stays in text files: places are bytes of the file.
        let kept = if html { rest } else { bytes };
        return Some(Ok(lossy_utf8(kept, (bytes.len() - kept.len()) as u64)));
    }
    if is_binary_utf16(rest) {
        return Some(Err("binary data, no text in any known encoding".to_owned()));
    }
    Some(Ok(declared(rest, encoding)))
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Decoded {
    let mut first_bad = None;
    let characters = bytes.chunks(4).enumerate().skip(1).map(|(index, chunk)| {
        let code = <[u8; 4]>::try_from(chunk).ok().map(number);
        code.and_then(char::from_u32).unwrap_or_else(|| {
            first_bad.get_or_insert(index as u64 * 4);
            char::REPLACEMENT_CHARACTER
        })
    });
    let text = characters.collect();
    Decoded { text, odd: first_bad.map(|byte| (byte, "bytes that are no UTF-32 were replaced by U+FFFD".to_owned())) }
}

/// UTF-8 with what is none replaced; `offset` is where `bytes` begin in the file.
fn lossy_utf8(bytes: &[u8], offset: u64) -> Decoded {
    let odd = std::str::from_utf8(bytes).err().map(|error| {
        (offset + error.valid_up_to() as u64, "bytes that are no UTF-8 were replaced by U+FFFD".to_owned())
    });
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), odd }
}

/// Not valid UTF-8: what the page declares, else a guess.
fn legacy(bytes: &[u8], first_bad: usize, label: Option<&'static Encoding>) -> Decoded {
    if let Some(encoding) = label.filter(|&encoding| encoding != UTF_8) {
        let decoded = declared(bytes, encoding);
        if decoded.odd.is_none() {
            return decoded;
        }
    }
    if mostly_utf8(bytes) {
        return lossy_utf8(bytes, 0);
    }
    let mut decoded = guessed(bytes, detected(bytes));
    if let Some((byte, _)) = &mut decoded.odd {
        *byte = first_bad as u64;
    }
    decoded
}

/// The encoding that the container or, of a page, the page itself declares.
fn said(bytes: &[u8], html: bool, label: Option<&str>) -> Option<&'static Encoding> {
    let declared = || html.then(|| declaration(bytes)).flatten();
    label.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(declared)
}

/// Decoded as it says it is: odd only where bytes were replaced.
fn declared(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let odd = bad.then(|| (0, format!("bytes that are no {} were replaced by U+FFFD", encoding.name())));
    Decoded { text: text.into_owned(), odd }
}

/// Decoded by a guess: always odd.
fn guessed(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let replaced = if bad { ", with bytes replaced by U+FFFD" } else { "" };
    let reason = format!("not UTF-8 and no encoding declared that fits; read as {}{replaced}", encoding.name());
    Decoded { text: text.into_owned(), odd: Some((0, reason)) }
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding a page's `meta` names. UTF-16 is not believed: the bytes are ASCII-compatible, or this would not have
/// been found (<https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>).
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    static CHARSET: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?is-u)<!--.*?-->|<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([a-z0-9_:.\-]{1,40})"#).ok()
    });
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let mut found = CHARSET.as_ref()?.captures_iter(head).filter_map(|groups| groups.get(1));
    let encoding = found.find_map(|label| Encoding::for_label(label.as_bytes()))?;
    Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

/// Whether the bytes beyond ASCII are nearly all UTF-8: a damaged UTF-8 file, not one of another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// UTF-16 without a mark shows by the zero bytes of its spaces and Latin letters.
fn utf16_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.get(..4096).unwrap_or(bytes).chunks_exact(2);
    let total = pairs.len();
    let (mut high, mut low) = (0, 0);
    for pair in pairs {
        match pair {
            [0, 0] => {}
            [0, _] => high += 1,
            [_, 0] => low += 1,
            _ => {}
        }
    }
    match total {
        0..=3 => None,
        _ if low * 5 > total * 2 && high * 20 < total => Some(UTF_16LE),
        _ if high * 5 > total * 2 && low * 20 < total => Some(UTF_16BE),
        _ => None,
    }
}

/// Bytes that are looked at without a branch, before it is asked whether one was found.
const AT_ONCE: usize = 256;

/// Whether control bytes say that this is no text; a run of one byte (padding) counts once.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| byte < 9 || (14..27).contains(&byte) || (28..32).contains(&byte);
    let has_controls = |bytes: &[u8]| bytes.iter().fold(0, |any, byte| any | u8::from(is_control(*byte))) > 0;
    if !bytes.chunks(AT_ONCE).any(has_controls) {
        return false;
    }
    let (mut controls, mut length, mut before) = (0_usize, 0_usize, None);
    for &byte in bytes {
        let control = is_control(byte);
        if !(control && before == Some(byte)) {
            length += 1;
            controls += usize::from(control);
        }
        before = Some(byte);
    }
    controls > 0 && (controls * 20 > length && controls > 12 || controls == length)
}

/// Whether half of the units are control characters.
fn is_binary_utf16(bytes: &[u8]) -> bool {
    let controls = bytes.chunks_exact(2).filter(|pair| matches!(pair, [0..=8, 0] | [0, 0..=8])).count();
    controls * 4 > bytes.len()
}

/// ISO-2022-JP is ASCII with escapes, so it passes as UTF-8.
fn looks_iso_2022_jp(bytes: &[u8]) -> bool {
    let escapes = memchr::memchr_iter(0x1b, bytes).take(64);
    let japanese = |at: usize| matches!(bytes.get(at + 1..at + 3), Some(b"$B" | b"$@" | b"(J"));
    escapes.into_iter().any(japanese) && bytes.is_ascii() && detected(bytes) == ISO_2022_JP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], html: bool) -> Decoded {
        text_of(bytes.to_vec(), html, None).unwrap()
    }

    #[test]
    fn a_text_file_keeps_its_bytes() {
        let bytes = "\u{feff}one\r\ntwo\n".as_bytes();
        assert_eq!(read(bytes, false), Decoded { text: "\u{feff}one\r\ntwo\n".into(), odd: None });
    }

    #[test]
    fn a_wrong_declaration_loses_no_name() {
        let says_utf8 = b"<meta charset=utf-8><p>Jos\xe9 Mar\xeda Aznar habl\xf3 en M\xe1laga</p>";
        assert!(read(says_utf8, true).text.contains("José María Aznar"));
        let says_latin = "<meta charset=iso-8859-1><p>José Aznar</p>";
        assert!(read(says_latin.as_bytes(), true).text.contains("José Aznar"));
        let says_utf16 = "<meta charset=utf-16><p>Ann met Bob</p>";
        assert_eq!(read(says_utf16.as_bytes(), true).odd, None);
    }

    #[test]
    fn utf16_and_utf32_are_read() {
        let little: Vec<u8> = "Ann met Bob.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&little, false).text, "Ann met Bob.");
        let big: Vec<u8> = "\u{feff}Ann".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        assert_eq!(read(&big, false), Decoded { text: "Ann".into(), odd: None });
    }

    #[test]
    fn a_damaged_byte_is_told_with_its_place() {
        let decoded = read(b"\xe2\x80\x9cNo\xe2\x80\x9d \xe2\x80\x94 \xc3\xa9\xc3\xa9 \xff.", false);
        assert_eq!(decoded.odd.map(|(byte, _)| byte), Some(18));
        assert!(decoded.text.ends_with("\u{fffd}."));
    }

    #[test]
    fn rubbish_is_refused() {
        let noise: Vec<u8> = (0..4000_u32).flat_map(|i| (i.wrapping_mul(2_654_435_761) >> 7).to_le_bytes()).collect();
        assert!(text_of(noise, false, None).is_err());
        assert!(text_of(b"%PDF-1.7 x".to_vec(), true, None).is_err());
        assert!(text_of(vec![0; 5000], true, None).is_err());
    }

    #[test]
    fn padding_is_no_rubbish() {
        let mut bytes = b"Ann met Bob.".to_vec();
        bytes.extend([0; 1000]);
        assert!(text_of(bytes, false, None).is_ok());
    }
}

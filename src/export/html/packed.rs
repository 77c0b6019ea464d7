//! Data in a page: as JSON that no browser takes for mark-up, compressed where it is large.

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};
use serde::Serialize;

/// JSON of more bytes than so is compressed.
const LARGE: usize = 65_536;

/// `data` as JSON; where that is large, `{"bytes": N, "packed": "..."}` with the JSON in it, compressed
/// (gzip, <https://www.rfc-editor.org/rfc/rfc1952>), its N bytes in letters.
pub(super) fn packed(data: &impl Serialize) -> io::Result<String> {
    let json = serde_json::to_string(data)?;
    // In JSON `<` stands only within strings.
    if json.len() <= LARGE { Ok(json.replace('<', "\\u003c")) } else { compressed(&json) }
}

fn compressed(json: &str) -> io::Result<String> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(json.as_bytes())?;
    let bytes = gzip.finish()?;
    Ok(format!("{{\"bytes\":{},\"packed\":\"{}\"}}", bytes.len(), lettered(&bytes)))
}

/// Thirteen bits as two of the 91 letters of ASCII that stand for themselves in JSON and in a page: 23 % more than the bytes, where
/// base64 takes 33 %. The first bits are the lowest; behind the last there are zeros.
fn lettered(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('!'..='~').filter(|it| !['"', '<', '\\'].contains(it)).collect();
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes.iter().copied().chain([0, 0]) {
        bits |= u32::from(byte) << count;
        count += 8;
        if count >= 13 {
            let pair = (bits & 0x1fff) as usize;
            text.extend([pair / letters.len(), pair % letters.len()].iter().filter_map(|it| letters.get(*it)));
            bits >>= 13;
            count -= 13;
        }
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use super::packed;

    #[test]
    fn no_text_ends_the_script_that_holds_it() {
        let data = ["</script><script>alert(1)</script>", "<!--", "\u{2028}"];
        let json = packed(&data).unwrap();
        assert!(!json.contains('<'));
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), data);
        let large = packed(&vec!["</script>"; 20_000]).unwrap();
        assert!(large.len() < 2_000 && !large.contains('<') && large.starts_with("{\"bytes\":"));
    }
}

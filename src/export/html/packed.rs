//! Data in a page: as JSON that no browser takes for mark-up, compressed where it is large.

use std::io::{self, Write};

use base64::prelude::{BASE64_STANDARD, Engine};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;

/// JSON of more bytes than so is compressed.
const LARGE: usize = 65_536;

/// `data` as JSON; where that is large, `{"gzip": "..."}` with the JSON in it, compressed
/// (gzip, <https://www.rfc-editor.org/rfc/rfc1952>; base64, <https://www.rfc-editor.org/rfc/rfc4648#section-4>).
pub(super) fn packed(data: &impl Serialize) -> io::Result<String> {
    let json = serde_json::to_string(data)?;
    // In JSON `<` stands only within strings.
    if json.len() <= LARGE { Ok(json.replace('<', "\\u003c")) } else { Ok(compressed(&json)?) }
}

fn compressed(json: &str) -> io::Result<String> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(json.as_bytes())?;
    Ok(format!("{{\"gzip\":\"{}\"}}", BASE64_STANDARD.encode(gzip.finish()?)))
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
        assert!(large.len() < 2_000 && !large.contains('<') && large.starts_with("{\"gzip\":\""));
    }
}

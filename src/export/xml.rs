//! Words in XML 1.0, <https://www.w3.org/TR/xml/#charsets>.

use super::Notes;

/// Escapes words, and keeps count of those that had characters which XML cannot hold.
#[derive(Debug, Default)]
pub(super) struct Words {
    replaced: usize,
}

impl Words {
    /// `text` as it stands in an attribute or an element: characters that mark up are escaped, white space survives, and what
    /// XML cannot hold is replaced.
    pub(super) fn escaped(&mut self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        let mut replaced = false;
        for c in text.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\t' => escaped.push_str("&#9;"),
                '\n' => escaped.push_str("&#10;"),
                '\r' => escaped.push_str("&#13;"),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    escaped.push('\u{fffd}');
                    replaced = true;
                }
                c => escaped.push(c),
            }
        }
        self.replaced += usize::from(replaced);
        escaped
    }

    /// What was replaced, in words.
    pub(super) fn notes(&self) -> Notes {
        match self.replaced {
            0 => Notes::new(),
            many => vec![format!("control characters, which XML cannot hold, were replaced in {many} texts")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_stay_words() {
        let mut words = Words::default();
        assert_eq!(words.escaped("<a & \"b\"]]>\n"), "&lt;a &amp; &quot;b&quot;]]&gt;&#10;");
        assert!(words.notes().is_empty());
        assert_eq!(words.escaped("bell\u{7}"), "bell\u{fffd}");
        assert_eq!(words.notes().len(), 1);
    }
}

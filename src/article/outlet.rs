//! Who published an article, where no field says so: from the page's title and from the lines around the article.

use super::{Article, ZoneKind};

/// What separates the headline from the name of the site in a page's title.
const SEPARATORS: [&str; 8] = [" | ", " — ", " – ", " - ", " · ", " :: ", " » ", ": "];

/// The name of the site in the page's `title`: what stands beside the headline, "Headline — The Daily Example".
pub(super) fn beside_headline(title: &str, headline: &str) -> Option<String> {
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let headline = plain(headline);
    let title = title.trim();
    let rest = SEPARATORS.iter().find_map(|separator| {
        let (before, after) =
            title.split_once(separator).filter(|(_, after)| plain(after) == headline).or_else(|| {
                title
                    .rsplit_once(separator)
                    .filter(|(before, _)| plain(before) == headline)
                    .map(|(before, after)| (after, before))
            })?;
        (plain(after) == headline).then_some(before)
    })?;
    named(rest)
}

/// The name of the site in the lines around a text without markup: "appeared first on NAME", the line "© 2025 NAME", or the
/// first line where it stands again.
pub(super) fn around(article: &Article) -> Option<String> {
    let outside = article.zones.iter().filter(|zone| zone.kind != ZoneKind::Body && zone.kind != ZoneKind::Caption);
    let lines: Vec<&str> = outside.flat_map(|zone| zone.span.of(&article.text).lines()).map(str::trim).collect();
    let syndicated = lines.iter().find_map(|line| line.split_once(" appeared first on ")).map(|(_, name)| name);
    let owned = lines.iter().find_map(|line| rights(line));
    let first = lines.first().copied().filter(|first| lines.iter().filter(|line| line.contains(first)).count() > 1);
    [syndicated, owned, first].into_iter().flatten().find_map(named)
}

/// The name after the sign of copyright and the year, or before both.
fn rights(line: &str) -> Option<&str> {
    let (before, after) = line.split_once('©')?;
    let is_number = |c: char| c.is_numeric() || "-–, ".contains(c);
    let after = after.trim_start_matches(is_number);
    let end = [". ", ", ", " | ", " - ", " – ", " — "]
        .iter()
        .filter_map(|stop| after.find(stop))
        .min()
        .unwrap_or(after.len());
    let name = after.get(..end).unwrap_or_default();
    Some(if name.chars().any(char::is_alphabetic) { name } else { before })
}

/// `words` as a name: short, with letters, without the stop at its end.
fn named(words: &str) -> Option<String> {
    let name = words.trim().trim_end_matches(['.', '|', '-', '–', '—']).trim();
    let fits =
        name.chars().any(char::is_alphabetic) && name.chars().count() <= 60 && name.split_whitespace().count() <= 7;
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_stands_beside_the_headline() {
        for title in [
            "Rain in May — The Daily Dove",
            "The Daily Dove | Rain in May",
            "The Daily Dove: Rain in May",
            "Rain  in May - The Daily Dove",
        ] {
            assert_eq!(beside_headline(title, "Rain in May").as_deref(), Some("The Daily Dove"), "{title}");
        }
        assert_eq!(beside_headline("Rain in May", "Rain in May"), None);
        assert_eq!(beside_headline("Rain - and more - in May", "Sun in June"), None);
    }

    #[test]
    fn the_sign_of_copyright_has_a_name_beside_it() {
        assert_eq!(
            rights("© 2025 The Daily Dove. All rights reserved.").and_then(named).as_deref(),
            Some("The Daily Dove")
        );
        assert_eq!(rights("The Daily Dove © 2025").and_then(named).as_deref(), Some("The Daily Dove"));
        assert_eq!(rights("No sign 2025"), None);
    }
}

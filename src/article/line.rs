//! The article in the text of a saved page: the best run of lines.
//!
//! Long lines with function words and sentence ends score, short, repeated, date and cue lines cost; the run of lines with
//! the highest sum is the article (maximum subsequence segmentation: Pasternack and Roth, Extracting article text from the
//! web with maximum subsequence segmentation, WWW 2009). A text without any chrome is an article as a whole.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::cue::{self, Cue};
use super::date::{self, Order};
use super::words::{Count, LANGUAGES, function_words};
use super::{Article, Zone, ZoneKind, is_blank, language_of};
use crate::Span;

/// The article in `text`, which it keeps as it is.
pub(super) fn article(text: String) -> Article {
    let lines = scored(&text);
    let body = body_of(&lines);
    let title = title_of(&text, &lines, &body);
    let mut article = Article { title: title.clone().map(|line| line.words), ..Article::default() };
    article.zones = zones(&text, &lines, &body, title.as_ref());
    let longest = article
        .zones
        .iter()
        .filter(|zone| zone.kind == ZoneKind::Body)
        .max_by_key(|zone| zone.span.end - zone.span.start);
    article.language = longest.and_then(|zone| language_of(zone.span.of(&text))).map(str::to_owned);
    facts(&text, &lines, &body, &mut article);
    article.text = text;
    article
}

/// The zones of the article that `text` holds among other lines: what pages fall back on.
pub(super) fn body_zones(text: &str) -> Vec<Zone> {
    let lines = scored(text);
    let body = body_of(&lines);
    zones(text, &lines, &body, None)
}

/// A line as it counts: one line of the text, or several that were one before they were wrapped.
#[derive(Clone, Debug)]
struct Line {
    span: Span,
    /// Number of the stretch between blank lines.
    block: usize,
    count: Count,
    ended: bool,
    repeated: bool,
    cue: Option<Cue>,
    score: i64,
}

impl Line {
    fn is_sentence(&self) -> bool {
        self.ended && self.cue.is_none()
    }

    /// A name of a section, a headline: what menus and lists are made of.
    fn is_stub(&self) -> bool {
        !self.ended && self.count.words < 5
    }
}

/// Headings of lists of other stories part an article from them; links and notices stand within articles too.
const SCORE_RELATED: i64 = -30;
const SCORE_CUE: i64 = -12;
const SCORE_DATE: i64 = -15;
const SCORE_REPEATED: i64 = -12;
const SCORE_SHORT: i64 = -4;
const SCORE_NEAR: i64 = 5;
const SCORE_SAID: i64 = 1;

/// The logical lines of a text; with their scores where the text is not plain.
fn scored(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = unwrapped(text).into_iter().map(|(span, block)| seen(text, span, block)).collect();
    let mut times: HashMap<&str, u32> = HashMap::new();
    for line in &lines {
        *times.entry(line.span.of(text)).or_default() += 1;
    }
    for line in &mut lines {
        let words = line.span.of(text);
        line.repeated = words.len() > 3 && times.get(words).is_some_and(|&times| times > 1);
    }
    if !is_plain(&lines) {
        add_scores(text, &mut lines);
    }
    lines
}

/// Scores by the function words of each line, measured at those of the document's sentences: languages differ in them.
fn add_scores(text: &str, lines: &mut [Line]) {
    let counts: Vec<_> = lines.iter().map(|line| function_words(line.span.of(text))).collect();
    let sentences = || lines.iter().zip(&counts).filter(|(line, _)| line.is_sentence() && line.count.words >= 10);
    let words: u64 = sentences().map(|(line, _)| u64::from(line.count.words)).sum();
    let sum =
        |index: usize| sentences().filter_map(|(_, line)| line.get(index)).map(|&count| u64::from(count)).sum::<u64>();
    let (hits, Reverse(index)) = (0..LANGUAGES).map(|index| (sum(index), Reverse(index))).max().unwrap_or_default();
    // Where no list fits, as for languages without one, every line counts as dense.
    let fits = hits * 10 >= words;
    for (line, counts) in lines.iter_mut().zip(&counts) {
        let function = counts.get(index).copied().map_or(0, u64::from);
        let dense = !fits || line.count.unspaced || function * 2 * words >= u64::from(line.count.words) * hits;
        line.score = score(line, dense);
    }
}

/// A line with what can be told without the others.
fn seen(text: &str, span: Span, block: usize) -> Line {
    let words = span.of(text);
    let (count, ended) = (Count::of(words), is_ended(words));
    Line { span, block, count, ended, repeated: false, cue: cue::of(words), score: 0 }
}

/// The score of a line that is dense with function words or not.
fn score(line: &Line, dense: bool) -> i64 {
    let words = line.count.words;
    match line.cue {
        Some(Cue::Date) => return SCORE_DATE,
        Some(Cue::Related) => return SCORE_RELATED,
        Some(_) if words < 25 => return SCORE_CUE,
        _ if line.repeated => return SCORE_REPEATED,
        _ => {}
    }
    match words {
        10.. if line.ended && dense => i64::from(words),
        25.. if dense => i64::from(words),
        5.. if line.ended => SCORE_NEAR,
        2.. if line.ended => SCORE_SAID,
        _ => SCORE_SHORT,
    }
}

/// Whether a line ends as sentences do; three dots are how teasers are cut.
pub(super) fn is_ended(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| {
        is_blank(c) || matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | ')' | ']' | '」' | '』' | '*' | '_')
    });
    line.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।', ':', '։']) && !line.ends_with("...")
        || line.ends_with("....")
}

/// The lines of the article.
fn body_of(lines: &[Line]) -> Range<usize> {
    if is_plain(lines) { 0..lines.len() } else { best_run(lines) }
}

/// Whether there is too little chrome for a saved page: the text is an article as it is.
fn is_plain(lines: &[Line]) -> bool {
    let below = lines.get(1..).unwrap_or_default();
    let stubs = below.iter().filter(|line| line.is_stub()).count();
    let other = below.iter().filter(|line| !line.is_stub() && (line.repeated && !line.ended || is_link(line))).count();
    let sentences = lines.iter().filter(|line| line.is_sentence()).count();
    let unended = below.iter().filter(|line| !line.ended).count();
    if lines.len() > 3 && unended > 2 * sentences {
        return false;
    }
    let few = stubs <= 1 && other == 0 && (lines.len() <= 3 && stubs == 0 || sentences >= 2);
    few || (stubs + other) * 5 <= sentences
}

fn is_link(line: &Line) -> bool {
    matches!(line.cue, Some(Cue::Notice | Cue::Link | Cue::Related | Cue::Date))
}

/// The run of lines with the highest sum of scores; the first of equal ones, empty where no line scores.
fn best_run(lines: &[Line]) -> Range<usize> {
    let (mut best, mut best_sum, mut start, mut sum) = (0..0, 0, 0, 0);
    for (index, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (index, 0);
        }
        sum += line.score;
        if sum > best_sum {
            (best, best_sum) = (start..index + 1, sum);
        }
    }
    best
}

/// A line that is the title.
#[derive(Clone, Debug)]
struct Title {
    index: Option<usize>,
    words: String,
}

/// Lines before the article that its title is looked for in.
const TITLE_WITHIN: usize = 12;

/// The headline: the title that the last line names, a repeated line before the article, the nearest line before it that
/// could be one, or the first line of a plain text where it clearly is one.
fn title_of(text: &str, lines: &[Line], body: &Range<usize>) -> Option<Title> {
    let named = lines.iter().rev().take(200).find_map(|line| cue::source_title(line.span.of(text)));
    if let Some(words) = named {
        let index = lines.iter().position(|line| line.span.of(text) == words);
        return Some(Title { index, words: words.to_owned() });
    }
    let title = |index: usize| {
        let words = lines.get(index).map(|line| line.span.of(text).to_owned())?;
        Some(Title { index: Some(index), words })
    };
    if body.start == 0 {
        return is_own_headline(lines).then(|| title(0)).flatten();
    }
    let before = body.start.saturating_sub(TITLE_WITHIN)..body.start;
    let could_be = |line: &&Line| line.cue.is_none() && (3..=30).contains(&line.count.words);
    let near = || before.clone().filter(|&index| lines.get(index).as_ref().is_some_and(could_be));
    let repeated = near().find(|&index| lines.get(index).is_some_and(|line| line.repeated && line.count.words >= 4));
    repeated
        .or_else(|| near().max_by_key(|&index| (lines.get(index).is_some_and(|line| line.count.words >= 5), index)))
        .and_then(title)
}

/// Whether a text without chrome begins with its headline: short, no sentence end, alone, with longer sentences below.
fn is_own_headline(lines: &[Line]) -> bool {
    let [first, rest @ ..] = lines else { return false };
    let below = rest.iter().find(|line| line.cue.is_none());
    let alone = rest.first().is_some_and(|next| next.block > first.block);
    let short = !first.ended && first.cue.is_none() && (2..=25).contains(&first.count.words);
    short && alone && below.is_some_and(|below| below.ended && below.count.words > first.count.words.min(12))
}

/// Every line in its zone; neighbouring lines of the body are one zone.
fn zones(text: &str, lines: &[Line], body: &Range<usize>, title: Option<&Title>) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut related = false;
    for (index, line) in lines.iter().enumerate() {
        related = line.cue == Some(Cue::Related) || related && !line.ended && line.count.words >= 3;
        let (kind, rule) = match title {
            Some(title) if is_title(text, index, line, title, body) => (ZoneKind::Headline, "title"),
            _ if body.contains(&index) => inside(line, related, body.start == 0 && body.end == lines.len()),
            _ => outside(line),
        };
        match zones.last_mut() {
            Some(last) if last.kind == ZoneKind::Body && kind == ZoneKind::Body => last.span.end = line.span.end,
            _ => zones.push(Zone { span: line.span, kind, rule }),
        }
    }
    zones
}

fn is_title(text: &str, index: usize, line: &Line, title: &Title, body: &Range<usize>) -> bool {
    title.index == Some(index) || (index < body.start && line.span.of(text) == title.words)
}

/// What a line within the article's run is.
fn inside(line: &Line, related: bool, whole: bool) -> (ZoneKind, &'static str) {
    match line.cue {
        Some(cue) => cue_zone(cue),
        None if related => (ZoneKind::Teaser, "related"),
        None if line.repeated && !line.ended && !whole => (ZoneKind::Teaser, "repeated"),
        None => (ZoneKind::Body, if whole { "plain" } else { "run" }),
    }
}

/// What a line outside of it is.
fn outside(line: &Line) -> (ZoneKind, &'static str) {
    match line.cue {
        Some(cue) => cue_zone(cue),
        None if line.count.words >= 5 => (ZoneKind::Teaser, "outside"),
        None => (ZoneKind::Chrome, "outside"),
    }
}

/// The zone of a line that says what it is.
pub(super) fn cue_zone(cue: Cue) -> (ZoneKind, &'static str) {
    match cue {
        Cue::Byline => (ZoneKind::Byline, "byline"),
        Cue::Link => (ZoneKind::Teaser, "link"),
        Cue::Related => (ZoneKind::Teaser, "related"),
        Cue::Notice => (ZoneKind::Chrome, "notice"),
        Cue::Date => (ZoneKind::Chrome, "date"),
    }
}

/// Date and byline from the lines around the article's beginning.
fn facts(text: &str, lines: &[Line], body: &Range<usize>, article: &mut Article) {
    let order = Order::of(article.language.as_deref());
    let near =
        lines.get(body.start.saturating_sub(TITLE_WITHIN)..(body.start + 4).min(lines.len())).unwrap_or_default();
    let day = |line: &Line| (line.cue == Some(Cue::Date)).then(|| date::day(line.span.of(text), order)).flatten();
    article.published = near.iter().rev().find_map(day);
    article.published_by = article.published.map(|_| "line");
    let by = |line: &Line| (line.cue == Some(Cue::Byline)).then(|| cue::author(line.span.of(text))).flatten();
    article.byline = near.iter().rev().find_map(by).map(str::to_owned);
}

/// The lines that are not blank, each with its block; lines that one paragraph was wrapped into come as one.
fn unwrapped(text: &str) -> Vec<(Span, usize)> {
    let lines = split(text);
    lines.chunk_by(|before, after| before.1 == after.1).flat_map(|block| joined(text, block)).collect()
}

/// The lines that are not blank, each with the number of its block.
fn split(text: &str) -> Vec<(Span, usize)> {
    let (mut lines, mut at, mut block) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let bare = bare.strip_suffix('\r').unwrap_or(bare);
        for piece in bare.split_inclusive(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{c}']) {
            let span = trimmed(Span { start: at, end: at + piece.len() }, text);
            if span.start < span.end {
                lines.push((span, block));
            } else {
                block += 1;
            }
            at += piece.len();
        }
        block += usize::from(bare.is_empty());
        at += line.len() - bare.len();
    }
    lines
}

/// Without what shows as nothing at either end.
fn trimmed(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start_matches(is_blank).len());
    Span { start, end: start + words.trim_matches(is_blank).len() }
}

/// A block as the lines it was before it was wrapped.
fn joined(text: &str, block: &[(Span, usize)]) -> Vec<(Span, usize)> {
    let words: Vec<&str> = block.iter().map(|(span, _)| span.of(text)).collect();
    let width = words.iter().map(|line| width(line)).max().unwrap_or(0);
    let full = |pair: &[&str]| matches!(pair, [line, next] if is_full(line, next, width));
    let pairs = block.len().saturating_sub(1);
    let wrapped = (40..=120).contains(&width) && words.windows(2).filter(|pair| full(pair)).count() * 10 >= pairs * 6;
    let column = !wrapped && is_column(&words);
    let mut lines: Vec<(Span, usize)> = Vec::new();
    let mut join = false;
    for (index, &(span, number)) in block.iter().enumerate() {
        match lines.last_mut() {
            Some(last) if join => last.0.end = span.end,
            _ => lines.push((span, number)),
        }
        join = column || wrapped && words.get(index..index + 2).is_some_and(full);
    }
    lines
}

/// Whether the first word of the next line had no room on this one.
fn is_full(line: &str, next: &str, most: usize) -> bool {
    width(line) + 1 + width(next.split_whitespace().next().unwrap_or_default()) > most
}

/// One sentence in a narrow column: many lines go on in lower case, only the last one ends.
fn is_column(words: &[&str]) -> bool {
    let Some((last, inner)) = words.split_last() else { return false };
    let lower = words.iter().filter(|line| line.starts_with(char::is_lowercase)).count();
    is_ended(last) && lower * 3 >= inner.len() && inner.iter().all(|line| !is_ended(line)) && lower > 0
}

/// Characters of a line; beyond 200 it does not matter.
fn width(line: &str) -> usize {
    line.chars().take(200).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones_of(text: &str) -> Vec<(ZoneKind, String)> {
        let article = article(text.to_owned());
        article.zones.iter().map(|zone| (zone.kind, zone.span.of(text).to_owned())).collect()
    }

    #[test]
    fn a_plain_text_is_body_as_a_whole() {
        for text in [
            "Trump met Putin.",
            "Trump met Putin",
            "One came.\n\nTwo left.\n\n\u{201c}No.\u{201d}",
            "Ann\nmet\nBob\nin\nOslo.",
        ] {
            assert_eq!(zones_of(text), [(ZoneKind::Body, text.to_owned())]);
        }
    }

    #[test]
    fn a_headline_is_short_alone_and_no_sentence() {
        let below = "The ministers met in the afternoon, and nobody said why they had been called.";
        let kinds = |first: &str, gap: &str| {
            zones_of(&format!("{first}{gap}{below}\n")).iter().map(|zone| zone.0).collect::<Vec<_>>()
        };
        assert_eq!(kinds("Ministers meet", "\n\n"), [ZoneKind::Headline, ZoneKind::Body]);
        assert_eq!(kinds("They met.", "\n\n"), [ZoneKind::Body]);
        assert_eq!(kinds("Ministers meet", "\n"), [ZoneKind::Body]);
    }

    #[test]
    fn wrapped_lines_are_one() {
        let text = "The ministers met in the afternoon, and nobody said\nwhy they had been called to the harbour so late in\nthe week.\n\nHome\nNews\n";
        let lines: Vec<&str> = unwrapped(text).into_iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(lines.iter().map(|line| line.lines().count()).collect::<Vec<_>>(), [3, 1, 1]);
    }

    #[test]
    fn chrome_is_left_out_in_many_languages() {
        for body in [
            "Die Minister trafen sich am Nachmittag, und niemand sagte, warum man sie so spät noch an den Hafen gerufen hatte.",
            "Les ministres se sont réunis dans l'après-midi, et personne n'a dit pourquoi on les avait appelés si tard au port.",
            "Los ministros se reunieron por la tarde, y nadie dijo por qué los habían llamado tan tarde al puerto de la ciudad.",
            "Ministrowie spotkali się po południu i nikt nie powiedział, dlaczego tak późno wezwano ich jeszcze do portu.",
            "Министры встретились днем, и никто не сказал, почему их так поздно позвали в порт, который был закрыт с весны.",
            "A miniszterek délután találkoztak, és senki sem mondta meg, hogy miért hívták őket olyan későn a város kikötőjébe.",
        ] {
            let text = format!("MENU\nA\nB\nC\nD\nE\n\n{body}\n\n{body} 2.\n\nF\nG\nH\n© 2024 I\n");
            let body_zones: Vec<_> = zones_of(&text).into_iter().filter(|zone| zone.0 == ZoneKind::Body).collect();
            assert_eq!(body_zones, [(ZoneKind::Body, format!("{body}\n\n{body} 2."))]);
        }
    }
}

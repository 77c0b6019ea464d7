//! A saved page to its article: two ways of finding the article, and the lines of the page where both find nothing.

use dom_smoothie::{Config, Readability};
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use trafilatura::Options;

use super::fact::{self, Facts};
use super::guard::{self, BLOCK, guarded};
use super::{Article, Limits, TextMode, Zone, ZoneKind, cue, language_of, line, shortened};
use crate::Span;
use crate::error::Kind;

/// The article in `page`; its `text` is the headline and the paragraphs of the article, a blank line between them.
pub(super) fn article(page: &str, limits: &Limits, notes: &mut Vec<(Kind, u64, String)>) -> Article {
    let guarded = guarded(page, limits, notes);
    let tree = Html::parse_document(&guarded.html);
    let facts = fact::facts(&tree, &guarded.data, page);
    let paragraphs = paragraphs(&tree, limits);
    let mut article = composed(facts, paragraphs);
    if let Some(reason) = shortened(&mut article.text, limits.text_bytes) {
        notes.push((Kind::Limit, 0, reason));
        let end = article.text.len();
        article.zones.retain(|zone| zone.span.end <= end);
    }
    article
}

/// A stretch of a page between two breaks, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Paragraph {
    words: String,
    kind: ZoneKind,
    rule: &'static str,
}

/// The paragraphs of the article, in order.
fn paragraphs(tree: &Html, limits: &Limits) -> Vec<Paragraph> {
    let clean = clean(tree);
    let first = first_opinion(&clean);
    let second = || second_opinion(&clean);
    let of = |lines: Vec<String>, rule| {
        lines.into_iter().map(|words| Paragraph { words, kind: ZoneKind::Body, rule }).collect::<Vec<_>>()
    };
    if limits.text == TextMode::Strict {
        return agreed(first, &second());
    }
    if length(&first) >= SHORT {
        return of(first, "first");
    }
    let second = second();
    let visible = visible(tree);
    let (lines, rule) =
        [(first, "first"), (second, "second")].into_iter().max_by_key(|(lines, _)| length(lines)).unwrap_or_default();
    if length(&lines) * 3 >= length(&visible).min(SHORT) { of(lines, rule) } else { by_lines(&visible) }
}

/// An article of fewer bytes is not sure to be one.
const SHORT: usize = 400;

fn length(lines: &[String]) -> usize {
    lines.iter().map(String::len).sum()
}

/// What the crate `trafilatura` takes for the article.
fn first_opinion(clean: &str) -> Vec<String> {
    let mut options = Options::default().with_fallback(true).with_exclude_comments(true);
    options.html_date_mode = trafilatura::HtmlDateMode::Disabled;
    let Ok(found) = trafilatura::extract(clean, &options) else { return Vec::new() };
    visible(&Html::parse_fragment(&found.content_html))
}

/// What the crate `dom_smoothie` takes for the article.
fn second_opinion(clean: &str) -> Vec<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let parsed = Readability::new(clean, None, Some(config)).and_then(|mut page| page.parse());
    parsed.map(|found| visible(&Html::parse_fragment(&found.content))).unwrap_or_default()
}

/// The first opinion, with what the second does not share as teasers.
fn agreed(first: Vec<String>, second: &[String]) -> Vec<Paragraph> {
    let squeezed =
        |words: &str| words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let second = squeezed(&second.concat());
    let both: Vec<bool> = first.iter().map(|words| second.contains(&squeezed(words))).collect();
    let shared: usize = first.iter().zip(&both).filter(|(_, both)| **both).map(|(words, _)| words.len()).sum();
    let enough = shared * 2 >= length(&first).min(second.len());
    let paragraph = |(words, both): (String, &bool)| {
        let (kind, rule) = if *both || !enough { (ZoneKind::Body, "both") } else { (ZoneKind::Teaser, "one") };
        Paragraph { words, kind, rule }
    };
    first.into_iter().zip(&both).map(paragraph).collect()
}

/// The article among all lines of the page.
fn by_lines(visible: &[String]) -> Vec<Paragraph> {
    let text = visible.join("\n\n");
    let zones = line::body_zones(&text);
    let paragraph = |zone: &Zone| {
        let lines = zone.span.of(&text).split("\n\n").map(str::to_owned);
        lines.map(|words| Paragraph { words, kind: zone.kind, rule: "lines" }).collect::<Vec<_>>()
    };
    zones.iter().filter(|zone| matches!(zone.kind, ZoneKind::Body | ZoneKind::Byline)).flat_map(paragraph).collect()
}

/// Headline and paragraphs as one text with its zones.
fn composed(facts: Facts, paragraphs: Vec<Paragraph>) -> Article {
    let mut article = Article {
        published: facts.published.map(|date| date.day),
        published_by: facts.published.map(|date| date.rule),
        dates: facts.dates,
        modified: facts.modified,
        byline: facts.byline,
        outlet: facts.outlet,
        url: facts.url,
        ..Article::default()
    };
    if let Some(title) = &facts.title {
        append(&mut article, title, ZoneKind::Headline, "title");
    }
    let begins = paragraphs.first().is_some_and(|first| Some(&first.words) == facts.title.as_ref());
    for paragraph in paragraphs.into_iter().skip(usize::from(begins)) {
        let (kind, rule) = known(&paragraph);
        append(&mut article, &paragraph.words, kind, rule);
    }
    article.title = facts.title;
    let longest = article
        .zones
        .iter()
        .filter(|zone| zone.kind == ZoneKind::Body)
        .max_by_key(|zone| zone.span.end - zone.span.start);
    let detected = || longest.and_then(|zone| language_of(zone.span.of(&article.text))).map(str::to_owned);
    article.language = facts.language.or_else(detected);
    article
}

/// What a paragraph is, after what its words say.
fn known(paragraph: &Paragraph) -> (ZoneKind, &'static str) {
    match cue::of(&paragraph.words) {
        Some(cue::Cue::Byline) => (ZoneKind::Byline, "byline"),
        Some(cue::Cue::Related) => (ZoneKind::Teaser, "related"),
        Some(cue::Cue::Notice) => (ZoneKind::Chrome, "notice"),
        Some(cue::Cue::Date) => (ZoneKind::Chrome, "date"),
        None => (paragraph.kind, paragraph.rule),
    }
}

/// Adds a paragraph; neighbours of the body are one zone.
fn append(article: &mut Article, words: &str, kind: ZoneKind, rule: &'static str) {
    if !article.text.is_empty() {
        article.text.push_str("\n\n");
    }
    let start = article.text.len();
    article.text.push_str(words);
    let end = article.text.len();
    match article.zones.last_mut() {
        Some(last) if last.kind == ZoneKind::Body && kind == ZoneKind::Body => last.span.end = end,
        _ => article.zones.push(Zone { span: Span { start, end }, kind, rule }),
    }
}

/// Elements that never hold a part of the article.
const OUTSIDE: [&str; 18] = [
    "nav", "aside", "footer", "template", "noscript", "svg", "math", "select", "button", "object", "canvas", "audio",
    "video", "datalist", "dialog", "input", "label", "menu",
];

/// Whether an element and all in it is not shown, or no part of the article.
fn is_outside(element: &Element) -> bool {
    OUTSIDE.contains(&element.name()) || is_hidden(element)
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    let hides = |style: &str| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") || !style.is_empty() && hides(style)
}

/// The page as HTML without what is hidden or no part of an article.
fn clean(tree: &Html) -> String {
    let mut html = String::new();
    let mut skipped = 0_usize;
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if skipped > 0 || is_outside(element) => skipped += 1,
                Node::Element(element) => open(&mut html, element),
                Node::Text(text) if skipped == 0 => escape(&mut html, text),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(_) if skipped > 0 => skipped -= 1,
                Node::Element(element) => close(&mut html, element),
                _ => {}
            },
        }
    }
    html
}

fn open(html: &mut String, element: &Element) {
    html.push('<');
    html.push_str(element.name());
    for (name, value) in element.attrs() {
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        html.push_str(&value.replace('&', "&amp;").replace('"', "&quot;"));
        html.push('"');
    }
    html.push('>');
}

fn close(html: &mut String, element: &Element) {
    if !guard::VOID.contains(&element.name()) {
        html.push_str("</");
        html.push_str(element.name());
        html.push('>');
    }
}

fn escape(html: &mut String, text: &str) {
    for piece in text.split_inclusive(['&', '<']) {
        let (words, mark) = match piece.as_bytes().last() {
            Some(b'&') => (piece.strip_suffix('&').unwrap_or(piece), "&amp;"),
            Some(b'<') => (piece.strip_suffix('<').unwrap_or(piece), "&lt;"),
            _ => (piece, ""),
        };
        html.push_str(words);
        html.push_str(mark);
    }
}

/// The lines of a tree as a reader sees them: blocks and line breaks end a line, tags within a line neither glue nor split.
fn visible(tree: &Html) -> Vec<String> {
    let (mut lines, mut line, mut skipped) = (Vec::new(), String::new(), 0_usize);
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element)
                    if skipped > 0 || is_outside(element) || matches!(element.name(), "head" | "script" | "style") =>
                {
                    skipped += 1
                }
                Node::Element(element) if is_break(element) => end_line(&mut lines, &mut line),
                Node::Text(text) if skipped == 0 => collapse(&mut line, text),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(_) if skipped > 0 => skipped -= 1,
                Node::Element(element) if is_break(element) => end_line(&mut lines, &mut line),
                _ => {}
            },
        }
    }
    end_line(&mut lines, &mut line);
    lines
}

fn is_break(element: &Element) -> bool {
    element.name() == "br" || BLOCK.contains(&element.name())
}

fn end_line(lines: &mut Vec<String>, line: &mut String) {
    let words = line.trim_end();
    if !words.is_empty() {
        lines.push(words.to_owned());
    }
    line.clear();
}

/// Adds text with its white space as single spaces, and without what shows as nothing.
fn collapse(line: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
            _ if character.is_whitespace() || character.is_control() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ => line.push(character),
        }
    }
}

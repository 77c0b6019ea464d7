//! A saved page to its article: two ways of finding the article, and the lines of the page where both find nothing.

mod letters;
mod opinion;

use dom_smoothie::{Config, Readability};
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::fact::{self, Facts};
pub use letters::Sought;

use super::guard::{self, BLOCK, guarded};
use super::{Article, Limits, Zone, ZoneKind, language_of, line, shortened};
use crate::Span;
use crate::error::Kind;

/// The article in `page`; its `text` is the headline and the paragraphs of the article, a blank line between them. Where nobody
/// `sought` can be named in it, it may have only a headline.
pub(super) fn article(
    page: &str,
    limits: &Limits,
    sought: Option<&Sought>,
    notes: &mut Vec<(Kind, u64, String)>,
) -> Article {
    let guarded = guarded(page, limits, notes);
    let quick = is_quick(&guarded, notes);
    if let Some(title) = sought.and_then(|sought| letters::title_of_nobody(&guarded, sought)) {
        return composed(Facts { title: Some(title), ..Facts::default() }, &[]);
    }
    let tree = Html::parse_document(&guarded.html);
    let facts = fact::facts(&tree, &guarded.data, page);
    let lines = lines(&tree);
    let paragraphs = if facts.title.is_some() && sought.is_some_and(|sought| names_nobody(&facts, &lines, sought)) {
        Vec::new()
    } else if quick {
        paragraphs(&tree, &lines, &facts.leads, limits)
    } else {
        by_lines(&lines)
    };
    let mut article = composed(facts, &paragraphs);
    if let Some(reason) = shortened(&mut article.text, limits.text_bytes) {
        notes.push((Kind::Limit, 0, reason));
        let end = article.text.len();
        article.zones.retain(|zone| zone.span.end <= end);
    }
    article
}

/// Whether opinions on a page are soon formed: extractors are cubic in nesting. Where they are not, the page is read line by line,
/// which is noted, or follows from the note that it is nested too deep.
fn is_quick(page: &guard::Guarded, notes: &mut Vec<(Kind, u64, String)>) -> bool {
    let small = page.elements <= MOST_ELEMENTS && page.html.len() <= MOST_MARKUP;
    if !small {
        let most = format!("more than {MOST_ELEMENTS} elements or {MOST_MARKUP} bytes of text and tags");
        notes.push((Kind::Limit, 0, format!("page of {most}: read line by line")));
    }
    small && !page.too_deep
}

/// Whether nobody can be named in any line, nor in the headline.
fn names_nobody(facts: &Facts, lines: &[Line], sought: &Sought) -> bool {
    let mut text = facts.title.clone().unwrap_or_default();
    for line in lines {
        text.extend(["\n", &line.words]);
    }
    !(sought.in_text)(&text)
}

/// Elements of a page that opinions are formed on, which takes some 20 microseconds each; a larger one is read line by line,
/// which loses nothing of it.
const MOST_ELEMENTS: usize = 30_000;

/// Bytes of a page without scripts that opinions are formed on.
const MOST_MARKUP: usize = 3_000_000;

/// A paragraph of the article, or of what stands among its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Paragraph {
    words: String,
    kind: ZoneKind,
    rule: &'static str,
    /// Whether only a line break stands before it.
    joined: bool,
}

/// The paragraphs of the article, in order; `leads` are the summaries that the page gives of itself.
fn paragraphs(tree: &Html, lines: &[Line], leads: &[String], limits: &Limits) -> Vec<Paragraph> {
    let clean = clean(tree);
    let first = opinion::shared(lines, &first_opinion(&clean));
    let second = opinion::shared(lines, &second_opinion(&clean));
    let third = || opinion::shared(lines, &by_lines(lines).into_iter().map(|it| it.words).collect::<Vec<_>>());
    let kept = opinion::chosen(lines, &first, &second, third, limits.text);
    let paragraphs = opinion::paragraphs(lines, &kept, leads);
    let found: usize = paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind == ZoneKind::Body)
        .map(|paragraph| paragraph.words.len())
        .sum();
    if found >= SHORT {
        return paragraphs;
    }
    let other = by_lines(lines);
    let others: usize = other.iter().map(|paragraph| paragraph.words.len()).sum();
    if found * 2 >= others { paragraphs } else { other }
}

/// An article of fewer bytes is not sure to be one.
const SHORT: usize = 400;

/// What the crate `trafilatura` takes for the article, as lines.
fn first_opinion(clean: &str) -> Vec<String> {
    let mut options = Options::default().with_exclude_comments(true).with_focus(ExtractionFocus::FavorRecall);
    options.html_date_mode = HtmlDateMode::Disabled;
    let found = trafilatura::extract(clean, &options);
    found.map(|found| words_of(&found.content_html)).unwrap_or_default()
}

/// What the crate `dom_smoothie` takes for the article, as lines.
fn second_opinion(clean: &str) -> Vec<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let parsed = Readability::new(clean, None, Some(config)).and_then(|mut page| page.parse());
    parsed.map(|found| words_of(&found.content)).unwrap_or_default()
}

fn words_of(html: &str) -> Vec<String> {
    lines(&Html::parse_fragment(html)).into_iter().map(|line| line.words).collect()
}

/// The article among all lines of the page.
fn by_lines(lines: &[Line]) -> Vec<Paragraph> {
    let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
    let text = words.join("\n\n");
    let paragraph = |zone: &Zone| {
        let lines = zone.span.of(&text).split("\n\n").map(str::to_owned);
        lines.map(|words| Paragraph { words, kind: zone.kind, rule: "lines", joined: false }).collect::<Vec<_>>()
    };
    let zones = line::body_zones(&text);
    zones.iter().filter(|zone| matches!(zone.kind, ZoneKind::Body | ZoneKind::Byline)).flat_map(paragraph).collect()
}

/// Headline and paragraphs as one text with its zones.
fn composed(facts: Facts, paragraphs: &[Paragraph]) -> Article {
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
        append(&mut article, title, ZoneKind::Headline, "title", "\n\n");
    }
    for paragraph in paragraphs.iter().filter(|paragraph| Some(&paragraph.words) != facts.title.as_ref()) {
        let gap = if paragraph.joined { "\n" } else { "\n\n" };
        append(&mut article, &paragraph.words, paragraph.kind, paragraph.rule, gap);
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

/// Adds a paragraph behind `gap`; neighbours of the body by one rule are one zone.
fn append(article: &mut Article, words: &str, kind: ZoneKind, rule: &'static str, gap: &str) {
    if !article.text.is_empty() {
        article.text.push_str(gap);
    }
    let start = article.text.len();
    article.text.push_str(words);
    let end = article.text.len();
    match article.zones.last_mut() {
        Some(last) if kind == ZoneKind::Body && (last.kind, last.rule) == (kind, rule) => last.span.end = end,
        _ => article.zones.push(Zone { span: Span { start, end }, kind, rule }),
    }
}

/// Elements that never hold a part of the article.
const OUTSIDE: [&str; 18] = [
    "nav", "aside", "footer", "template", "noscript", "svg", "math", "select", "button", "object", "canvas", "audio",
    "video", "datalist", "dialog", "input", "label", "menu",
];

/// Whether an element and all in it is not shown, or no part of the article.
fn is_outside(node: NodeRef<Node>, element: &Element) -> bool {
    OUTSIDE.contains(&element.name()) || is_hidden(element) || element.name() == "table" && is_grid(node)
}

/// Cells of a table that is no text any more.
const GRID: usize = 1_000;

/// Nodes of a table that are looked at.
const GRID_NODES: usize = 20_000;

/// Whether a table is a large one of short cells: numbers, results.
fn is_grid(table: NodeRef<Node>) -> bool {
    let is_cell =
        |node: &NodeRef<Node>| node.value().as_element().is_some_and(|element| matches!(element.name(), "td" | "th"));
    let mut words = 0;
    let cells = table
        .descendants()
        .take(GRID_NODES)
        .inspect(|node| words += node.value().as_text().map_or(0, |text| text.trim().len()))
        .filter(is_cell);
    cells.take(GRID).count() == GRID && words < GRID * 12
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    let hides = |style: &str| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") || !style.is_empty() && hides(style)
}

/// Elements within each other that the extractors get; they are cubic in it.
const CLEAN_DEPTH: usize = 100;

/// The page as HTML without what is hidden or no part of an article.
fn clean(tree: &Html) -> String {
    let (mut html, mut skipped, mut depth) = (String::new(), 0_usize, 0_usize);
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if skipped > 0 || is_outside(node, element) || is_meta(element) => skipped += 1,
                Node::Element(element) => {
                    depth += 1;
                    if depth <= CLEAN_DEPTH {
                        open(&mut html, element);
                    } else if is_break(element) {
                        html.push_str("<br>");
                    }
                }
                Node::Text(text) if skipped == 0 => plain(&mut html, text),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(_) if skipped > 0 => skipped -= 1,
                Node::Element(element) => {
                    if depth <= CLEAN_DEPTH {
                        close(&mut html, element);
                    }
                    depth -= 1;
                }
                _ => {}
            },
        }
    }
    html
}

/// A start tag with the attributes that opinions are formed on; every link leads somewhere else.
fn open(html: &mut String, element: &Element) {
    html.push('<');
    html.push_str(element.name());
    for name in ["class", "id", "itemprop", "role", "data-component"] {
        if let Some(value) = element.attr(name) {
            html.extend([" ", name, "=\""]);
            html.extend(value.split(['&', '"']));
            html.push('"');
        }
    }
    html.push_str(if element.name() == "a" { " href=\"/\">" } else { ">" });
}

fn close(html: &mut String, element: &Element) {
    if !guard::VOID.contains(&element.name()) {
        html.push_str("</");
        html.push_str(element.name());
        html.push('>');
    }
}

/// Text with single spaces, also for what would be markup: opinions are compared by letters and digits alone. Space
/// between tags is nothing. The serializer of `html5ever` is quadratic in marks like `«`, which share their first byte with
/// the space that does not break.
fn plain(html: &mut String, text: &str) {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '&' | '\u{80}'..='\u{bf}');
    if text.starts_with(is_space) && !html.ends_with([' ', '>']) {
        html.push(' ');
    }
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        html.extend([word, " "]);
    }
    if !text.ends_with(is_space) && html.ends_with(' ') {
        html.pop();
    }
}

/// A line of a page as a reader sees it, and where it stands.
#[derive(Clone, Debug, Default)]
struct Line {
    words: String,
    /// Bytes of it that are links.
    linked: usize,
    heading: bool,
    caption: bool,
    /// Whether only one line break stands before it, and no end of a block.
    joined: bool,
}

impl Line {
    /// Whether it is a link and no sentence.
    fn is_link(&self) -> bool {
        self.linked * 5 >= self.words.len() * 4 && !line::is_ended(&self.words)
    }
}

/// The lines of a tree as a reader sees them: blocks and line breaks end a line, tags within a line neither glue nor split.
fn lines(tree: &Html) -> Vec<Line> {
    let mut reader = Reader::default();
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if reader.skipped > 0 || is_outside(node, element) || is_code(element) => {
                    reader.skipped += 1;
                }
                Node::Element(element) => reader.open(element),
                Node::Text(text) if reader.skipped == 0 => reader.text(text),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(_) if reader.skipped > 0 => reader.skipped -= 1,
                Node::Element(element) => reader.close(element),
                _ => {}
            },
        }
    }
    reader.end_line();
    reader.lines
}

/// The state of reading a tree line by line.
#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    line: Line,
    /// Elements that are open within one that is not read.
    skipped: usize,
    links: usize,
    /// Line breaks and ends of blocks since the line before.
    breaks: usize,
    blocks: usize,
    /// Of the open elements: whether each is a heading, and whether it holds a caption.
    open: Vec<(bool, bool)>,
}

/// Elements around a line that may say that it is a caption.
const CAPTION_WITHIN: usize = 3;

impl Reader {
    fn open(&mut self, element: &Element) {
        self.end_line_at(element);
        self.breaks += usize::from(element.name() == "br");
        self.links += usize::from(element.name() == "a");
        let heading = matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6");
        self.open.push((heading, is_caption(element)));
    }

    fn close(&mut self, element: &Element) {
        self.end_line_at(element);
        self.links -= usize::from(element.name() == "a" && self.links > 0);
        self.open.pop();
    }

    fn text(&mut self, text: &str) {
        let before = self.line.words.len();
        if before == 0 {
            self.line.heading = self.open.last().is_some_and(|(heading, _)| *heading);
            self.line.caption = self.open.iter().rev().take(CAPTION_WITHIN).any(|(_, caption)| *caption);
        }
        collapse(&mut self.line.words, text);
        if self.links > 0 {
            self.line.linked += self.line.words.len() - before;
        }
    }

    fn end_line_at(&mut self, element: &Element) {
        if is_break(element) {
            self.end_line();
            self.blocks += usize::from(element.name() != "br");
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.words.truncate(line.words.trim_end().len());
        if !line.words.is_empty() {
            line.joined = self.breaks == 1 && self.blocks == 0;
            (self.breaks, self.blocks) = (0, 0);
            self.lines.push(line);
        }
    }
}

/// Elements of the head that show nothing.
fn is_meta(element: &Element) -> bool {
    matches!(element.name(), "meta" | "link" | "base" | "script" | "style" | "img" | "source")
}

fn is_code(element: &Element) -> bool {
    matches!(element.name(), "head" | "script" | "style")
}

fn is_break(element: &Element) -> bool {
    element.name() == "br" || BLOCK.contains(&element.name())
}

/// What sites call the words under a picture, in several languages.
const CAPTION_NAMES: [&str; 6] = ["caption", "legende", "bildunter", "didascalia", "pie-de-foto", "bijschrift"];

fn is_caption(element: &Element) -> bool {
    let names = ["class", "id", "itemprop"].into_iter().filter_map(|name| element.attr(name));
    element.name() == "figcaption"
        || names.into_iter().any(|names| {
            let names = names.to_ascii_lowercase();
            CAPTION_NAMES.iter().any(|name| names.contains(name))
        })
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

//! What a page says of its article: date, title, byline, outlet, language, address.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use regex::Regex;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use super::date::{self, Order};
use super::outlet;
use super::record::language_code;
use super::{DateFound, boundary_before, language_of};

/// The facts of a page; what it does not say is `None`.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) published: Option<DateFound>,
    pub(super) dates: Vec<DateFound>,
    pub(super) modified: Option<NaiveDate>,
    pub(super) byline: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// What the page says that the article is about: often its first paragraph.
    pub(super) leads: Vec<String>,
}

/// The facts of `html`, whose JSON-LD scripts are `data`; `page` is the page as it was, for dates in other scripts.
pub(super) fn facts(html: &Html, data: &[String], page: &str) -> Facts {
    let seen = Seen::of(html);
    let linked = Linked::of(data);
    let url = seen.url.clone().or_else(|| linked.url.clone()).filter(|url| url.starts_with("http"));
    let order = seen.order();
    let modified = linked.modified.as_deref().or(seen.modified.as_deref()).and_then(|words| day(words, order));
    let mut dates = without_changes(dates(&seen, &linked, page, order), modified, url.as_deref());
    if dates.is_empty() {
        // No other place of the page says a day: one page in a hundred.
        dates.extend(date_found(
            "address",
            &url.iter().filter_map(|url| date::day_in_url(url)).map(|day| day.to_string()).collect::<Vec<_>>(),
            order,
        ));
    }
    let title = title(&seen, &linked);
    let beside = seen
        .title
        .as_deref()
        .zip(title.as_deref())
        .and_then(|(page, headline)| outlet::beside_headline(page, headline));
    Facts {
        title,
        published: chosen(&dates, url.as_deref()),
        dates,
        modified,
        byline: byline(&seen, &linked),
        outlet: linked.outlet.clone().or(seen.site).or(beside).or_else(|| url.as_deref().and_then(host)),
        url,
        language: seen.language.as_deref().and_then(language_code),
        leads: seen.leads,
    }
}

/// Rules for dates, the most trusted first, with how often those of one trust were right on development pages (per cent).
const RULES: [(&str, u8); 13] = [
    ("linked-article", 98),
    ("meta", 97),
    ("linked-broken", 95),
    ("itemprop", 90),
    ("time-published", 90),
    ("linked-any", 90),
    ("script", 90),
    ("time", 82),
    ("class", 82),
    ("meta-generic", 82),
    ("state", 82),
    ("visible", 82),
    ("address", 70),
];

/// The day that each rule finds, in the order of [`RULES`].
fn dates(seen: &Seen, linked: &Linked, page: &str, order: Order) -> Vec<DateFound> {
    let one = |words: &Option<String>| words.iter().cloned().collect::<Vec<_>>();
    let metas = |metas: &[(usize, String)]| metas.iter().map(|(_, words)| words.clone()).collect::<Vec<_>>();
    let headline = shown(seen).map_or(0, |heading| heading.at);
    let stated = [
        ("linked-article", one(&linked.article)),
        ("meta", metas(&seen.meta)),
        ("linked-broken", one(&linked.broken)),
        ("itemprop", nearest(&seen.itemprop, headline)),
        ("time-published", nearest(&seen.time_published, headline)),
        ("linked-any", one(&linked.any)),
        ("script", embedded(page).into_iter().collect()),
        ("time", nearest(&seen.time, headline)),
        ("class", nearest(&seen.class, headline)),
        ("meta-generic", metas(&seen.meta_generic)),
    ];
    let mut found: Vec<DateFound> =
        stated.into_iter().filter_map(|(rule, words)| date_found(rule, &words, order)).collect();
    if found.is_empty() {
        found.extend(date_found("state", &stated_in_code(page), order));
    }
    found.extend(date_found("visible", &nearest(&seen.visible, headline), order));
    found
}

/// Rules of at least this trust stand on words that say publication.
const SAID: u8 = 90;

/// `dates` without those that are the day of the last change, where neither words nor the address say that it is that of
/// publication too.
fn without_changes(mut dates: Vec<DateFound>, modified: Option<NaiveDate>, url: Option<&str>) -> Vec<DateFound> {
    let said = dates.iter().any(|date| date.confidence >= SAID);
    if let Some(modified) = modified.filter(|day| !said && url.and_then(date::day_in_url) != Some(*day)) {
        dates.retain(|date| date.day != modified);
    }
    dates
}

/// The first day in `words`, as found by `rule`.
fn date_found(rule: &str, words: &[String], order: Order) -> Option<DateFound> {
    let (rule, confidence) = *RULES.iter().find(|(known, _)| *known == rule)?;
    let day = words.iter().find_map(|words| day(words, order))?;
    Some(DateFound { day, rule, confidence })
}

/// The most trusted day; of several by rules of the same trust the one in the page's address, else the first.
fn chosen(dates: &[DateFound], url: Option<&str>) -> Option<DateFound> {
    let first = dates.first()?;
    let same = || dates.iter().filter(|date| date.confidence == first.confidence);
    let confirmed = url.and_then(date::day_in_url).and_then(|day| same().find(|date| date.day == day));
    Some(*confirmed.unwrap_or(first))
}

/// A day that a page of the web can have.
fn day(words: &str, order: Order) -> Option<NaiveDate> {
    date::day(words, order).filter(|day| day.year() >= 1990)
}

/// `"datePublished": "..."` in a script that is no JSON-LD.
fn embedded(page: &str) -> Option<String> {
    static PUBLISHED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"^["'\\]*\s*:\s*[\\]?["']([^"'\\]{6,40})"#).ok());
    let mut places = memchr::memmem::find_iter(page.as_bytes(), "datePublished").take(20);
    places.find_map(|at| {
        let begin = at + "datePublished".len();
        let after = page.get(begin..boundary_before(page, begin + 80))?;
        Some(PUBLISHED.as_ref()?.captures(after)?.get(1)?.as_str().to_owned())
    })
}

/// Dates in code and attributes of the page whose name says publication: `"publishedAt": "..."`, `data-deploy-dt="..."`.
fn stated_in_code(page: &str) -> Vec<String> {
    static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let kinds =
            "publish|published|publication|pub|deploy|deployed|regist(?:er|ered|ration)|reg|posted|released?|created?";
        let pattern = format!(
            r#"(?i)[^a-z](?:(?:article|first|original|content|news)[_-]?)?(?:{kinds})[_-]?(?:date|dt|at|on|time)(?:[_-]?time)?\\?["']?\s*[:=]\s*\\?["']((?:19|20)\d\d[^"'\\]{{4,30}})"#
        );
        Regex::new(&pattern).ok()
    });
    let found = STATED.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(page));
    found.take(MOST_DATES).filter_map(|groups| Some(groups.get(1)?.as_str().to_owned())).collect()
}

/// The headline: the longest heading that a title of the page begins with; then what the page states.
fn title(seen: &Seen, linked: &Linked) -> Option<String> {
    let stated = || [&linked.headline, &seen.og_title].into_iter().flatten().find(|title| !title.is_empty());
    let first = || seen.headings.first().map(|heading| &heading.words);
    shown(seen).map(|heading| &heading.words).or_else(stated).or_else(first).or(seen.title.as_ref()).cloned()
}

/// The longest heading that a title of the page begins with.
fn shown(seen: &Seen) -> Option<&Placed> {
    let headings = seen.headings.iter().filter(|heading| is_in_titles(&heading.words, seen));
    headings.max_by_key(|heading| heading.words.len())
}

/// Whether a heading is the article's: the page's title says it too.
fn is_in_titles(heading: &str, seen: &Seen) -> bool {
    let plain =
        |words: &str| words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let heading = plain(heading);
    let mut titles = seen.og_title.iter().chain(&seen.title);
    heading.len() >= 8 && titles.any(|title| plain(title).starts_with(&heading))
}

fn byline(seen: &Seen, linked: &Linked) -> Option<String> {
    let linked = (!linked.authors.is_empty()).then(|| linked.authors.join(", "));
    linked.or_else(|| seen.author.clone()).or_else(|| seen.byline.clone())
}

/// The host of an address without `www.`.
fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.trim_start_matches("www.").to_ascii_lowercase())
}

/// What one pass over the tree finds.
#[derive(Debug, Default)]
struct Seen {
    language: Option<String>,
    title: Option<String>,
    og_title: Option<String>,
    headings: Vec<Placed>,
    site: Option<String>,
    url: Option<String>,
    author: Option<String>,
    byline: Option<String>,
    modified: Option<String>,
    meta: Vec<(usize, String)>,
    meta_generic: Vec<(usize, String)>,
    itemprop: Vec<Placed>,
    time_published: Vec<Placed>,
    time: Vec<Placed>,
    class: Vec<Placed>,
    visible: Vec<Placed>,
    leads: Vec<String>,
    sample: String,
    /// Nodes of the tree so far.
    at: usize,
    /// Whether the last words say that the next date is that of a change.
    later: bool,
    /// Of the open elements: whether each is, or stands in, one of changes or comments.
    open: Vec<bool>,
}

/// Words with their place among the nodes of the tree.
#[derive(Clone, Debug)]
struct Placed {
    at: usize,
    words: String,
}

/// The words of `places`, the nearest to the node `headline` first: there a page tells when its article was published.
fn nearest(places: &[Placed], headline: usize) -> Vec<String> {
    let mut places: Vec<_> = places.iter().collect();
    places.sort_by_key(|place| place.at.abs_diff(headline));
    places.into_iter().map(|place| place.words.clone()).collect()
}

/// `meta` names that say when an article was published, the most trusted first.
const META_PUBLISHED: [&str; 36] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "pubdate",
    "publication_date",
    "publication-date",
    "publicationdate",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "citation_publication_date",
    "rnews:datepublished",
    "bt:pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.created",
    "dc:created",
    "displaydate",
    "article.published",
    "article:publicationdate",
    "originalpublicationdate",
    "article_date_original",
    "ptime",
    "analyticsattributes.articledate",
    "date.published",
];

/// `meta` names that may also be the day the page was made.
const META_GENERIC: [&str; 4] = ["dcterms.date", "dc.date", "dc:date", "date"];

/// `meta` names of later changes: never the day of publication.
const META_MODIFIED: [&str; 8] = [
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "datemodified",
    "revised",
];

const META_AUTHOR: [&str; 6] = ["author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"];

/// Parts of classes and ids of elements that hold dates.
const DATE_CLASSES: [&str; 10] =
    ["date", "publi", "posted", "time", "meta", "byline", "info", "fecha", "datum", "created"];

/// Parts of classes and ids of elements whose dates are those of changes and of comments.
const LATER: [&str; 3] = ["updat", "modif", "comment"];

/// Words before a date of a change, then words before one of publication.
static SAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let later = "updat|modifi|revised|edited|last change|aktualis|geändert|mise? à jour|actualis|actualiz|aggiorn|atualiz|bijgewerkt|gewijzigd|zaktualiz|aktualiz|zmodyfik|обновл|оновл|изменен|змінен|uppdater|oppdater|opdater|päivitetty|güncel|frissít|更新|수정";
    let published =
        "publ|pubbl|posted|veröffentlich|erschienen|opublik|опубл|created|erstellt|gepost|geplaatst|发布|등록|입력";
    Regex::new(&format!("(?i)({later})|{published}")).ok()
});

/// Whether the last word in `words` on what a date is says change; `None` where none says anything.
fn last_said(words: &str) -> Option<(bool, usize)> {
    let last = SAYS.as_ref()?.captures_iter(words).last()?;
    Some((last.get(1).is_some(), last.get(0)?.end()))
}

/// The words without dates of changes, which stand behind words that say so; `later` where such a word stands before them.
fn published_part(words: &str, later: bool) -> String {
    let (mut part, mut at, mut later) = (String::new(), 0, later);
    let said = SAYS.as_ref().into_iter().flat_map(|says| says.captures_iter(words));
    for (start, end, next) in said.filter_map(|it| it.get(0).map(|all| (all.start(), all.end(), it.get(1).is_some()))) {
        if !later {
            part.push_str(words.get(at..start).unwrap_or_default());
            part.push(' ');
        }
        (at, later) = (end, next);
    }
    if !later {
        part.push_str(words.get(at..).unwrap_or_default());
    }
    part
}

/// A line without what follows the brackets that it begins with: `(05.12.2025) The bridge fell.`
fn dateline(line: &str) -> &str {
    let inside = line.strip_prefix('(').and_then(|line| line.split_once(')')).map(|(inside, _)| inside);
    inside.filter(|inside| inside.len() <= 40 && has_year(inside)).unwrap_or(line)
}

/// Whether a line is a date and little else: few words, or a word that says publication.
fn is_date_line(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_alphabetic));
    line.len() < 150
        && (words.take(MOST_BESIDE + 1).count() <= MOST_BESIDE || last_said(line).is_some())
        && !line.ends_with(['!', '?'])
}

/// Words of a line that is a date, with those of the date: `Friday, December 5, 2025 at 10:30 am EST`.
const MOST_BESIDE: usize = 5;

/// Places of one kind that are looked at for a date.
const MOST_DATES: usize = 60;

/// Bytes of running text from which the language is detected where the page declares none.
const SAMPLE: usize = 2_000;

impl Seen {
    fn of(html: &Html) -> Self {
        let mut seen = Self::default();
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => {
                    seen.node(node);
                    seen.at += 1;
                }
                Edge::Close(node) if node.value().is_element() => drop(seen.open.pop()),
                Edge::Close(_) => {}
            }
        }
        seen.meta.sort_by_key(|(rank, _)| *rank);
        seen.meta_generic.sort_by_key(|(rank, _)| *rank);
        seen
    }

    fn node(&mut self, node: NodeRef<Node>) {
        match node.value() {
            Node::Element(element) => {
                let within = self.within_later();
                self.open.push(within || !matches!(element.name(), "html" | "body") && is_later(&labels(element)));
                if let Some(reference) = ElementRef::wrap(node) {
                    self.element(element, reference);
                }
            }
            Node::Text(text) => {
                let parent = node.parent().and_then(ElementRef::wrap);
                let name = parent.map(|parent| parent.value().name());
                if name != Some("title") {
                    let around = parent.filter(|_| name == Some("a")).and_then(|link| link.parent());
                    self.text(text, around.and_then(ElementRef::wrap));
                }
            }
            _ => {}
        }
    }

    /// Whether an open element is one of changes or comments.
    fn within_later(&self) -> bool {
        self.open.last().copied().unwrap_or(false)
    }

    /// Text; of that of a link also the element `around` it.
    fn text(&mut self, text: &str, around: Option<ElementRef>) {
        if text.len() > 80 && self.sample.len() < SAMPLE {
            self.sample.push_str(text);
        }
        let line = dateline(text.trim());
        let room = self.visible.len() < MOST_DATES && !self.within_later() && line.len() < 150;
        if room && has_year(line) && is_date_line(&around.and_then(words).unwrap_or_else(|| line.to_owned())) {
            let part = published_part(line, self.later);
            self.visible.push(self.placed(part));
        }
        let letters = || line.chars().filter(|c| c.is_alphanumeric()).take(4).count();
        self.later = match Some(line).filter(|line| line.len() <= 200).and_then(last_said) {
            Some((later, end)) => later && line.len() - end <= 40 && !has_year(line.get(end..).unwrap_or_default()),
            None => self.later && letters() <= 3,
        };
    }

    fn placed(&self, words: String) -> Placed {
        Placed { at: self.at, words }
    }

    fn element(&mut self, element: &Element, reference: ElementRef) {
        match element.name() {
            "html" => self.language = element.attr("lang").map(str::to_owned),
            "meta" => self.meta(element),
            "link" if element.attr("rel") == Some("canonical") => self.url = element.attr("href").map(str::to_owned),
            "title" if self.title.is_none() => self.title = words(reference),
            "h1" | "h2" if self.headings.len() < 12 => {
                self.headings.extend(words(reference).map(|words| self.placed(words)));
            }
            "time" => self.time(element, reference),
            _ => {}
        }
        self.itemprop(element, reference);
        self.classed(element, reference);
    }

    fn meta(&mut self, element: &Element) {
        let key = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|name| element.attr(name));
        let (Some(key), Some(content)) =
            (key, element.attr("content").map(str::trim).filter(|content| !content.is_empty()))
        else {
            return;
        };
        let (key, content) = (key.trim().to_ascii_lowercase(), content.to_owned());
        let rank = |names: &[&str]| names.iter().position(|name| *name == key);
        if let Some(rank) = rank(&META_PUBLISHED) {
            self.meta.push((rank, content));
        } else if let Some(rank) = rank(&META_GENERIC) {
            self.meta_generic.push((rank, content));
        } else if rank(&META_MODIFIED).is_some() {
            self.modified.get_or_insert(content);
        } else if rank(&META_AUTHOR).is_some() && !content.starts_with("http") {
            self.author.get_or_insert(content);
        } else {
            match key.as_str() {
                "og:title" => self.og_title = Some(content),
                "twitter:title" => drop(self.og_title.get_or_insert(content)),
                "description" | "og:description" | "twitter:description" => self.leads.push(content),
                "og:site_name" => self.site = Some(content),
                "og:url" => drop(self.url.get_or_insert(content)),
                "content-language" => drop(self.language.get_or_insert(content)),
                _ => {}
            }
        }
    }

    fn itemprop(&mut self, element: &Element, reference: ElementRef) {
        let is_date = ["itemprop", "property"]
            .into_iter()
            .filter_map(|name| element.attr(name))
            .any(|value| value.split_whitespace().any(|value| value.ends_with("datePublished") || value == "dc:date"));
        if is_date && element.name() != "meta"
            || element.attr("pubdate").is_some()
            || is_date && element.attr("itemprop").is_some()
        {
            self.itemprop.extend(stated(element, reference).map(|words| self.placed(words)));
        }
    }

    fn time(&mut self, element: &Element, reference: ElementRef) {
        let around = reference.parent().and_then(|parent| parent.value().as_element());
        let class = labels(element) + &around.map(labels).unwrap_or_default();
        let says_later =
            self.later || words(reference).is_some_and(|words| published_part(&words, false).trim().is_empty());
        if self.within_later() || says_later || LATER.iter().any(|part| class.contains(part)) {
            return;
        }
        let published = ["publ", "entry-date", "post", "created"].iter().any(|part| class.contains(part));
        let found = stated(element, reference).map(|words| self.placed(words));
        let list = if published { &mut self.time_published } else { &mut self.time };
        if list.len() < MOST_DATES {
            list.extend(found);
        }
    }

    fn classed(&mut self, element: &Element, reference: ElementRef) {
        if self.class.len() >= MOST_DATES || matches!(element.name(), "html" | "body" | "time" | "meta") {
            return;
        }
        let labels = labels(element);
        if labels.is_empty() {
            return;
        }
        if self.byline.is_none() && (labels.contains("byline") || labels.contains("author")) {
            self.byline = words(reference).and_then(|words| super::cue::author(&words).map(str::to_owned));
        }
        let dated =
            DATE_CLASSES.iter().any(|part| labels.contains(part)) && !LATER.iter().any(|part| labels.contains(part));
        if dated {
            let found = words(reference).filter(|words| words.len() <= 200 && has_year(words));
            let found = found.filter(|_| !self.within_later()).map(|words| published_part(&words, self.later));
            self.class.extend(found.map(|words| self.placed(words)));
        }
    }

    fn order(&self) -> Order {
        match self.language.as_deref().or_else(|| language_of(&self.sample)) {
            None | Some("en" | "EN") => Order::MonthFirst,
            language => Order::of(language),
        }
    }
}

/// The date that an element states: by attribute, else in its words.
fn stated(element: &Element, reference: ElementRef) -> Option<String> {
    let attribute = ["datetime", "content", "title"].into_iter().find_map(|name| element.attr(name));
    attribute.filter(|value| value.len() >= 6).map(str::to_owned).or_else(|| words(reference))
}

/// Whether labels are those of changes or of comments, of an element around dates.
fn is_later(labels: &str) -> bool {
    labels.split_whitespace().any(|label| {
        label.contains("updat") && !label.contains("updates")
            || label.contains("modif")
            || matches!(label, "comment" | "comments" | "commentlist" | "comment-list" | "comment-body")
    })
}

/// Class and id of an element in lower case.
fn labels(element: &Element) -> String {
    let values = ["class", "id"].into_iter().filter_map(|name| element.attr(name));
    values.flat_map(|value| value.chars().chain([' '])).flat_map(char::to_lowercase).collect()
}

/// The first 400 bytes or so of the words in an element, or `None` where there are none.
fn words(reference: ElementRef) -> Option<String> {
    let mut words = String::new();
    for text in reference.text() {
        for word in text.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            if words.len() > 400 {
                return Some(words);
            }
        }
    }
    (!words.is_empty()).then_some(words)
}

/// A year, or a day with a short one: dates have one.
fn has_year(text: &str) -> bool {
    let text = text.as_bytes();
    text.windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
        || text.windows(3).any(|three| matches!(three, [b'.', b'0'..=b'9', b'0'..=b'9']))
}

/// What JSON-LD says.
#[derive(Debug, Default)]
struct Linked {
    article: Option<String>,
    any: Option<String>,
    broken: Option<String>,
    modified: Option<String>,
    headline: Option<String>,
    authors: Vec<String>,
    outlet: Option<String>,
    url: Option<String>,
}

/// Values of one script that are looked at: more are a list, no article.
const MOST_VALUES: usize = 20_000;

impl Linked {
    fn of(data: &[String]) -> Self {
        let mut linked = Self::default();
        for script in data {
            match serde_json::from_str::<Value>(unwrapped(script)) {
                Ok(value) => linked.walk(&value),
                Err(_) => linked.broken(script),
            }
        }
        linked
    }

    /// Looks at the objects in `value`, outer ones first; not into lists of other stories.
    fn walk(&mut self, value: &Value) {
        let mut next = vec![value];
        for _ in 0..MOST_VALUES {
            match next.pop() {
                None => return,
                Some(Value::Array(values)) => next.extend(values.iter().rev()),
                Some(Value::Object(fields)) => {
                    self.object(fields);
                    let inner = fields.iter().filter(|(name, _)| {
                        !matches!(name.as_str(), "comment" | "hasPart" | "itemListElement" | "review")
                    });
                    next.extend(inner.map(|(_, value)| value).rev());
                }
                Some(_) => {}
            }
        }
    }

    fn object(&mut self, fields: &serde_json::Map<String, Value>) {
        let text = |name: &str| {
            fields.get(name).and_then(Value::as_str).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let article = fields.get("@type").is_some_and(is_article);
        if let Some(published) = text("datePublished") {
            let place = if article { &mut self.article } else { &mut self.any };
            place.get_or_insert(published);
        }
        if !article {
            return;
        }
        self.modified = self.modified.take().or_else(|| text("dateModified"));
        self.headline = self.headline.take().or_else(|| text("headline"));
        self.outlet = self
            .outlet
            .take()
            .or_else(|| fields.get("publisher").and_then(|publisher| names(publisher).into_iter().next()));
        self.url = self.url.take().or_else(|| text("url"));
        if self.authors.is_empty() {
            self.authors = fields.get("author").map(names).unwrap_or_default();
        }
    }

    /// What can be had of a script that is no JSON.
    fn broken(&mut self, script: &str) {
        static PUBLISHED: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r#""datePublished"\s*:\s*"([^"]{6,40})""#).ok());
        let found = PUBLISHED.as_ref().and_then(|pattern| pattern.captures(script)?.get(1));
        self.broken = self.broken.take().or_else(|| found.map(|date| date.as_str().to_owned()));
    }
}

/// A script without what people put around JSON.
fn unwrapped(script: &str) -> &str {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    script.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';')
}

/// Types of <https://schema.org/Article>.
const ARTICLES: [&str; 17] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Blog",
    "ReportageNewsArticle",
    "LiveBlogPosting",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BackgroundNewsArticle",
    "AskPublicNewsArticle",
    "Report",
    "SocialMediaPosting",
    "TechArticle",
    "ScholarlyArticle",
    "AdvertiserContentArticle",
    "DiscussionForumPosting",
];

fn is_article(kind: &Value) -> bool {
    let named = |kind: &Value| {
        kind.as_str().is_some_and(|kind| ARTICLES.contains(&kind.rsplit(['/', '#', ':']).next().unwrap_or_default()))
    };
    named(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(named))
}

/// The names of people or organisations: strings, objects with a `name`, or lists of them.
fn names(value: &Value) -> Vec<String> {
    let one = |value: &Value| {
        let name = value.as_str().or_else(|| value.get("name").and_then(Value::as_str))?.trim();
        (!name.is_empty() && !name.starts_with("http")).then(|| name.to_owned())
    };
    match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}

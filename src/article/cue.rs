//! Lines that say what they are: notices of the site, links to other stories, dates, bylines.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// What a line says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// A notice of the site.
    Notice,
    /// A link to another story; the headlines below it are other stories too.
    Related,
    /// Who wrote or contributed.
    Byline,
    /// A date and little else.
    Date,
}

/// Longest line, in bytes, that can be a cue.
const LONGEST: usize = 260;

/// What `line` says it is; `None` for nearly every line of an article.
pub(super) fn of(line: &str) -> Option<Cue> {
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '»' | '›' | '>' | '–' | '—' | '-' | '•' | '*' | '#')
    });
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    let set = CUES.as_ref()?;
    let first = set.matches(line).iter().next()?;
    PATTERNS.get(first).map(|(cue, _)| *cue)
}

/// The names in a line like `By Ann Stone and Bob Reed`; `None` where it is no such line.
pub(super) fn author(line: &str) -> Option<&str> {
    static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:By|BY|by|Von|VON|von|Par|PAR|Por|POR|Di|DI|Door|DOOR|Автор:?|Текст:?)\s+(\p{Lu}.{2,80})$").ok()
    });
    let names = BY.as_ref()?.captures(line.trim())?.get(1)?.as_str();
    let end = names.find([',', '|', '(', '•', '·', '—']).unwrap_or(names.len());
    names.get(..end).map(str::trim).filter(|names| names.split_whitespace().count() <= 8)
}

/// The title in `The post TITLE appeared first on SITE.`
pub(super) fn source_title(line: &str) -> Option<&str> {
    static POST: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^The post (.{5,300}) (?:appeared first on|first appeared on) .{2,80}$").ok());
    Some(POST.as_ref()?.captures(line.trim())?.get(1)?.as_str())
}

static CUES: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(PATTERNS.iter().map(|(_, pattern)| format!("(?i)^(?:{pattern})$"))).ok());

/// Whole lines, by what they are; the first that fits decides.
const PATTERNS: [(Cue, &str); 29] = [
    (Cue::Notice, r"(?:the )?post .+ (?:appeared first on|first appeared on) .+"),
    (
        Cue::Notice,
        r"no results?|view all results?|search|menu|home|log ?in|log ?out|sign ?(?:in|up)|register|close|skip to (?:the )?(?:main )?content|toggle navigation|print|email|comments?|loading\.*",
    ),
    (
        Cue::Notice,
        r"(?:advertisement|advertising|sponsored(?: content)?|promoted|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reklama|реклама|annons)(?: ?[-–:].*)?",
    ),
    (Cue::Notice, r"(?:©|\(c\)|copyright\b).*|.*© ?(?:copyright )?\d{4}.*|.*all rights reserved.*"),
    (
        Cue::Notice,
        r"(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|все права защищены|усі права захищені|wszelkie prawa zastrzeżone).*",
    ),
    (Cue::Notice, r"(?:subscribe|sign up|register|become a member)(?: (?:now|today|here|to|for)\b.*)?"),
    (Cue::Notice, r"(?:get|join|receive) (?:our|the|your) .*(?:newsletter|inbox|email|alerts).*"),
    (
        Cue::Notice,
        r"(?:newsletters?|newsletter abonnieren|jetzt abonnieren|abonnez-vous.*|suscríbete.*|iscriviti.*|assine.*|подписаться|підписатися)",
    ),
    (
        Cue::Notice,
        r"share(?: this| on| via| it|:).*|share|teilen|partager|compartir|condividi|compartilhar|delen|udostępnij|поделиться|поділитися|dela",
    ),
    (Cue::Notice, r"follow (?:us|me|@\w+|our)\b.*|(?:like|find) us on .*"),
    (
        Cue::Notice,
        r"(?:leave|post|write|add) a (?:reply|comment).*|\d+ (?:comments?|shares?|kommentare?|commentaires?|comentarios)|(?:show|view|read|join|see)(?: all| the)? (?:\d+ )?(?:comments?|conversation|discussion)",
    ),
    (
        Cue::Notice,
        r"(?:tags?|filed under|topics?|categories|schlagwörter|themen|mots-clés|etiquetas|тэги|теги) ?:.*|tags|topics",
    ),
    (
        Cue::Notice,
        r"(?:this (?:site|website) uses|we use|wir verwenden|nous utilisons|utilizamos) cookies.*|accept(?: all)?(?: cookies)?|(?:cookie|privacy) (?:policy|settings|notice)|terms (?:of (?:use|service)|and conditions).*",
    ),
    (Cue::Notice, r"(?:photo|image|picture|credit|foto|bild|getty images|reuters|ap)(?: ?(?:credit|by|:|/)).*"),
    (
        Cue::Notice,
        r"(?:click|tap) here.*|(?:download|get) (?:the|our) app.*|save (?:this|article|story)?.*|listen to (?:this )?(?:article|story).*|\d+ min(?:ute)?s?(?: read)?|reading time.*|lesezeit.*",
    ),
    (
        Cue::Related,
        r"(?:read|see|watch|view|learn|load|show) (?:more|next|also|full article)(?: ?[:.…>»|-].*| (?:on|about|from|stories|news)\b.*)?|continue reading.*|keep reading.*",
    ),
    (Cue::Related, r"(?:see|read|watch) (?:also|more|next|related) ?:.*"),
    (
        Cue::Related,
        r"related(?: (?:stories|articles|posts|content|topics|news|coverage|reading|links|video))?(?: ?:.*)?",
    ),
    (Cue::Related, r"more (?:from|on|in|stories|news|coverage|like this|articles)\b.*"),
    (
        Cue::Related,
        r"(?:most|popular|top|latest|recent|trending|recommended|editors?['’]? picks?|don['’]t miss|up next|in case you missed it)(?: (?:read|popular|viewed|commented|shared|stories|posts|news|articles|videos|reads|now|on .*|for you|headlines))*:?",
    ),
    (
        Cue::Related,
        r"you (?:may|might) (?:also )?(?:like|be interested).*|(?:next|previous|prev) (?:post|article|story).*|also (?:read|on .*) ?:?.*",
    ),
    (
        Cue::Related,
        r"(?:mehr zum thema|lesen sie auch|auch interessant|mehr lesen|weiterlesen|weitere artikel|meistgelesen|das könnte sie auch interessieren)(?: ?[:.…].*)?",
    ),
    (
        Cue::Related,
        r"(?:lire aussi|à lire aussi|lire la suite|sur le même sujet|articles liés|les plus lus|lea también|leer más|te puede interesar|noticias relacionadas|más leídas|lo más leído|leggi anche|articoli correlati|leia também|leia mais|mais lidas|lees ook|meer over|lees verder|meest gelezen|czytaj też|czytaj także|zobacz też|zobacz także|czytaj więcej|najczęściej czytane|читайте также|читать далее|читайте також|читати далі|läs också|läs mer)(?: ?[:.…].*)?",
    ),
    (Cue::Byline, r".+ (?:contributed to this (?:report|story|article)|contributed (?:reporting|research))\.?(?: .*)?"),
    (
        Cue::Byline,
        r"\(?(?:additional )?(?:reporting|writing|editing|compiled|written) (?:and (?:writing|editing) )?by [^.]{3,200}[.)]*|(?:mit material von|avec (?:afp|reuters|ap)).*",
    ),
    (
        Cue::Byline,
        r"(?:by|von|par|por|door) (?:the )?\p{Lu}[\p{L}.'’-]+(?: (?:and |und |et |y |e |en |de |van |von |der |da )*\p{Lu}[\p{L}.'’-]*){1,8}(?: ?[,|•·-].*)?",
    ),
    (
        Cue::Date,
        r"(?:(?:posted|published|updated|last updated|last modified|on|am|le|el|il|veröffentlicht|aktualisiert|publié|publicado|pubblicato|gepubliceerd|stand|опубликовано|опубліковано)(?: on| am| at| le| el| il)?[:,]? )*(?:\p{L}+\.?,? )?(?:\d{1,2}(?:st|nd|rd|th|\.)?(?: de| of)? )?\p{L}+\.?(?: \d{1,2}(?:st|nd|rd|th)?,?)?(?: de| del)? (?:19|20)\d\d\b(?: г\.?| року)?.*",
    ),
    (
        Cue::Date,
        r"(?:.+ )?(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)\b?.*",
    ),
    (
        Cue::Date,
        r"\d{1,2} (?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?) ago|vor \d{1,2} (?:minuten?|stunden?|tagen?|wochen?)|il y a \d{1,2} .+|hace \d{1,2} .+|yesterday|today",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_no_cues() {
        for line in [
            "Shares of the company fell 3 percent on Monday.",
            "Advertising revenue rose again.",
            "Related cases were filed in two other courts.",
            "By Monday the talks had failed.",
            "Most ministers left before noon.",
            "Home prices rose.",
            "More than a dozen ministers met on Monday.",
            "Trump met Putin.",
            "In December 2025 the ministers met again in Oslo, and nobody was told.",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn notices_links_bylines_and_dates_are_seen() {
        for (line, cue) in [
            ("View All Result", Cue::Notice),
            ("© 2025 The Example Times. All rights reserved.", Cue::Notice),
            ("Read more: Ministers meet in Oslo", Cue::Related),
            ("Lesen Sie auch", Cue::Related),
            ("Ann Stone in Oslo contributed to this report.", Cue::Byline),
            ("By Ann Stone and Bob Reed", Cue::Byline),
            ("December 5, 2025", Cue::Date),
            ("Veröffentlicht am 5. Dezember 2025 um 10:00 Uhr", Cue::Date),
            ("05.12.2025, 10:30 Uhr", Cue::Date),
            ("3 hours ago", Cue::Date),
        ] {
            assert_eq!(of(line), Some(cue), "{line}");
        }
    }

    #[test]
    fn names_are_read_from_bylines() {
        assert_eq!(author("By Ann Stone, Staff Writer"), Some("Ann Stone"));
        assert_eq!(author("by noon"), None);
        assert_eq!(source_title("The post Talks fail appeared first on The Example Times."), Some("Talks fail"));
    }
}

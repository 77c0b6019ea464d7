//! Lines that say what they are: notices of the site, links to other stories, dates, bylines.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// What a line says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// A notice of the site.
    Notice,
    /// A link to another story.
    Link,
    /// The heading of links to other stories: the headlines below it are other stories too.
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
    let length = line.chars().count();
    let set = CUES.as_ref().filter(|set| set.is_match(line))?;
    let fits = set.matches(line).into_iter().filter_map(|index| PATTERNS.get(index));
    fits.into_iter().find(|(_, most, _)| length <= *most).map(|(cue, _, _)| *cue)
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

static CUES: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    // Word boundaries of ASCII: those of Unicode make the automaton give up at the first curly quote, which is 20 times slower.
    let whole = |words: &str| format!("(?i)^(?:{})$", words.replace(r"\b", r"(?-u:\b)"));
    RegexSet::new(PATTERNS.iter().map(|(_, _, words)| whole(words))).ok()
});

/// Whole lines, by what they are, with the most characters such a line has; the first that fits decides.
const PATTERNS: [(Cue, usize, &str); 35] = [
    (Cue::Notice, 260, r"(?:the )?post .+ (?:appeared first on|first appeared on) .+"),
    (
        Cue::Notice,
        40,
        r"no results?|view all results?|search|menu|home|log ?in|log ?out|sign ?(?:in|up)|register|close|skip to (?:the )?(?:main )?content|toggle navigation|print|e-?mail|comments?|loading\.*|_+|undefined",
    ),
    (
        Cue::Notice,
        80,
        r"(?:advertisement|advertising|sponsored(?: content)?|promoted|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reklama|реклама|annons|annonse|continue reading below|article continues (?:below|after).*|story continues.*)(?: ?[-–:].*)?",
    ),
    (Cue::Notice, 200, r"(?:©|ⓒ|\(c\)|copyright\b).*|.*© ?(?:copyright )?\d{4}.*|.*all rights reserved.*"),
    (
        Cue::Notice,
        120,
        r"(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|все права защищены|усі права захищені|wszelkie prawa zastrzeżone).*",
    ),
    (Cue::Notice, 160, r"(?:subscribe|sign up|register|become a member)(?: (?:now|today|here|to|for)\b.*|:.*)?"),
    (
        Cue::Notice,
        200,
        r"(?:get|join|receive) (?:our|the|your) .*(?:newsletter|inbox|e-?mail|alerts).*|.*sign up (?:for|to) .*newsletter.*|.*subscrib(?:e|ing) to (?:our|the) .*(?:newsletter|channel).*",
    ),
    (
        Cue::Notice,
        80,
        r"(?:newsletters?|newsletter abonnieren|jetzt abonnieren|abonnez-vous.*|suscríbete.*|iscriviti.*|assine.*|подписаться|подписатися)",
    ),
    (
        Cue::Notice,
        80,
        r"share(?: this| on| via| it|:).*|share|teilen|partager|compartir|condividi|compartilhar|delen|udostępnij|поделиться|поділитися|dela|like this story\?.*",
    ),
    (
        Cue::Notice,
        120,
        r"follow (?:us|me|him|her|them|@\w+|our|\w+ on (?:twitter|x|instagram|facebook))\b.*|(?:like|find) us on .*|(?:reach|contact|email) (?:the reporters?|\w+ (?:\w+ )?at) .*|have a tip\?.*|.*may be reached at .*@.*|[\w.]+@[\w.]+",
    ),
    (
        Cue::Notice,
        60,
        r"(?:leave|post|write|add) a (?:reply|comment).*|post comment.*|\d+ (?:comments?|shares?|kommentare?|commentaires?|comentarios)|(?:show|view|read|join|see)(?: all| the)? (?:\d+ )?(?:comments?|conversation|discussion)",
    ),
    (
        Cue::Notice,
        200,
        r"(?:tags?|filed under|topics?|categories|schlagwörter|themen|mots-clés|etiquetas|тэги|теги) ?:.*|tags|topics",
    ),
    (
        Cue::Notice,
        260,
        r"(?:this (?:site|website) uses|we use|wir verwenden|nous utilisons|utilizamos) cookies.*|accept(?: all)?(?: cookies)?|(?:cookie|privacy) (?:policy|settings|notice)|terms (?:of (?:use|service)|and conditions)",
    ),
    (
        Cue::Notice,
        120,
        r"(?:photo|image|picture|credit|foto|bild|photograph)s?(?: ?(?:credit|by\b|:|/)).*|(?:getty images|reuters|ap|afp|ap photo|getty)(?: ?[:/].*)?",
    ),
    (
        Cue::Notice,
        100,
        r"(?:click|tap) here.*|(?:download|get) (?:the|our) app.*|save (?:this|article|story).*|listen to (?:this )?(?:article|story).*|\d+ min(?:ute)?s?(?: read)?|(?:reading time|lesezeit|tempo de leitura).*",
    ),
    (
        Cue::Link,
        260,
        r"(?:read|see|watch|view|learn|also read|lesen sie auch|mehr zum thema|mehr lesen|auch interessant|lire aussi|à lire aussi|lea también|leer más|leggi anche|leia também|leia mais|lees ook|czytaj też|czytaj także|czytaj więcej|zobacz też|zobacz także|читайте также|читайте також|läs också|läs mer|les også|læs også|related|also|more)(?: more| also| next)?(?: stor(?:y|ies)| articles?| posts?)? ?: ?\S.*",
    ),
    (
        Cue::Link,
        200,
        r"[\[(] ?(?:related|read more|read also|see also|leggi anche|lire aussi|lea también).*[\])]|read more (?:on|about|from) .*|also (?:read|on) .*|see our .* page",
    ),
    (
        Cue::Related,
        60,
        r"(?:read|see|watch|view|learn|load|show) (?:more|next|also|full article|all)(?: ?[:.…>»|-]*| (?:stories|news|articles)[:.…]*)|continue reading.*|keep reading.*|don['’]t miss(?: this)?:?",
    ),
    (
        Cue::Related,
        60,
        r"related(?: (?:stories|articles|posts|content|topics|news|coverage|reading|links|videos?))? ?:?",
    ),
    (Cue::Related, 80, r"more (?:from|on|stories|news|coverage|like this|articles|great)(?: .*)?:?|more:?"),
    (
        Cue::Related,
        80,
        r"(?:most|popular|top|latest|recent|trending|recommended|editors?['’]? picks?|up next|in case you missed it)(?: (?:read|popular|viewed|commented|shared|stories|posts|news|articles|videos|reads|now|on .*|for you|headlines))*:?",
    ),
    (
        Cue::Related,
        100,
        r"you (?:may|might) (?:also )?(?:like|be interested).*|(?:next|previous|prev) (?:post|article|story).*",
    ),
    (
        Cue::Related,
        60,
        r"(?:mehr zum thema|lesen sie auch|auch interessant|mehr lesen|weiterlesen|weitere artikel|meistgelesen|das könnte sie auch interessieren) ?[:.…]*",
    ),
    (
        Cue::Related,
        60,
        r"(?:lire aussi|à lire aussi|lire la suite|sur le même sujet|articles liés|les plus lus|lea también|leer más|te puede interesar|noticias relacionadas|más leídas|lo más leído|leggi anche|articoli correlati|leia também|leia mais|mais lidas|lees ook|meer over|lees verder|meest gelezen|czytaj też|czytaj także|zobacz też|zobacz także|czytaj więcej|najczęściej czytane|читайте также|читать далее|читайте також|читати далі|läs också|läs mer|les også) ?[:.…]*",
    ),
    (
        Cue::Byline,
        160,
        r"(?:text|words|story|author|reporter|editor|editing|photos?|photography|pictures|illustrations?|graphics?|video|camera|producer|fact-?check|redaktion|faktencheck|autor(?:in|en|innen)?|recherche|mitarbeit|bearbeitung|fotos?|grafik(?:en)?|texte?|auteurs?|photographies|rédaction|vidéo|texto|fotografías?|redacción|testo|foto di|redazione|tekst|zdjęcia|автор|текст|фото)s? ?: ?(?-i:\p{Lu})[\p{L}.'’-]+(?: (?-i:\p{Lu})[\p{L}.'’-]*)+(?:(?:,| and| und| et| y| e| en| i|/) (?-i:\p{Lu})[\p{L}.'’-]+(?: (?-i:\p{Lu})[\p{L}.'’-]*)*)*\.?",
    ),
    (
        Cue::Byline,
        260,
        r".*\bfollow (?:him|her|them|us|me) on (?:twitter|x|facebook|instagram|mastodon|bluesky|threads)\b.*",
    ),
    (
        Cue::Byline,
        260,
        r".+ contribut(?:ed|ing) (?:to this (?:report|story|article)|reporting|research)\b.*|.+ writers? .+ contributed(?: .*)?|contributing: .*",
    ),
    (
        Cue::Byline,
        260,
        r"\(?(?:additional )?(?:reporting|writing|editing|compiled|written|edited)(?: and (?:writing|editing))? by .+|(?:mit material von|avec (?:afp|reuters|ap)|with (?:post |agency |wire )?wires?).*",
    ),
    (
        Cue::Byline,
        100,
        r"(?:by|von|par|por|door) (?:the )?(?-i:\p{Lu})[\p{L}.'’-]+(?: (?:and |und |et |y |e |en |de |van |von |der |da )*(?-i:\p{Lu})[\p{L}.'’-]*)+(?: ?[,|•·-].*)?",
    ),
    (
        Cue::Date,
        60,
        r"(?:first )?(?:posted|published|updated|last updated|last modified|veröffentlicht|aktualisiert|publié|publicado|pubblicato|gepubliceerd|stand|опубликовано|опубліковано)(?: on| am| at| le| el| il)?[:,]?(?: .*)?\d.*",
    ),
    (
        Cue::Date,
        60,
        r"(?:(?:on|am|le|el|il) )?(?:\p{L}+[.,]* )?\d{1,2}(?:st|nd|rd|th|\.)?(?: de| of)? \p{L}+\.?,?(?: de| del)? (?:19|20)\d\d\b(?: г\.?| року)?[^.!?]*[.|]?[^.!?]*",
    ),
    (Cue::Date, 50, r"(?:\p{L}+[.,]* )?\p{L}+\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b.*"),
    (
        Cue::Date,
        50,
        r"(?:\p{L}+[.,]* )?(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)?\d\d|(?:19|20)\d\d[-./]\d\d[-./]\d\d|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)\b?.*",
    ),
    (
        Cue::Date,
        30,
        r"\d{1,2} (?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?) ago|vor \d{1,2} (?:minuten?|stunden?|tagen?|wochen?)|il y a \d{1,2} .+|hace \d{1,2} .+|yesterday|today",
    ),
    (Cue::Date, 60, r"\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]+)?[,|]? .*(?:19|20)\d\d"),
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
            "Text: the ministers agree on nothing.",
            "By taking off just the top half, they save nearly 100 calories.",
            "In 2016, the department reported that fewer people had come.",
            "Kehrtwende 2024?",
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
            ("Read more: Ministers meet in Oslo", Cue::Link),
            ("Related", Cue::Related),
            ("Lesen Sie auch", Cue::Related),
            ("Ann Stone in Oslo contributed to this report.", Cue::Byline),
            ("By Ann Stone and Bob Reed", Cue::Byline),
            ("Redaktion: Anna Stein, Bodo Rehm", Cue::Byline),
            ("Ann Stone is the author of “Rain”. Follow her on Twitter @annstone.", Cue::Byline),
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

//! The language of a text that does not say it.

use std::collections::BTreeSet;

use whatlang::Lang;

use super::boundary_before;
use super::words::{LANGUAGES, MOST, function_words, language_named};

/// Bytes that are looked at: enough to be sure, little enough to cost nothing.
const SAMPLE: usize = 1_200;

/// ISO 639-1 code of the language that `text` is written in: by its function words, and where these do not tell by the crate
/// `whatlang`; `None` where that is not sure (short texts, tables, mixtures) or where the language has no two-letter code here.
///
/// ```
/// # use sociogram::article::language_of;
/// let text = "The ministers met in the afternoon, and nobody said why they had been called to the harbour so late in the \
///     week. They left without taking questions from the reporters, who had been waiting there since the morning.";
/// assert_eq!(language_of(text), Some("en"));
/// assert_eq!(language_of("12:30"), None);
/// ```
pub fn language_of(text: &str) -> Option<&'static str> {
    let middle = boundary_before(text, (text.len() / 2).saturating_sub(SAMPLE / 2));
    let sample = text.get(middle..boundary_before(text, middle + SAMPLE))?;
    if let Some(code) = by_function_words(sample) {
        return Some(code);
    }
    let info = whatlang::detect(sample)?;
    let code = info.is_reliable().then(|| code(info.lang())).flatten()?;
    let listed = (0..LANGUAGES).find(|index| language_named(*index) == Some(code));
    listed.is_none_or(|index| kinds(sample, index) >= 2).then_some(code)
}

/// How many different function words of a listed language stand among the first words of `sample`: names and one word that two
/// languages share ("met") say nothing.
fn kinds(sample: &str, language: usize) -> u8 {
    let words: BTreeSet<String> = sample.split_whitespace().take(MOST as usize).map(str::to_lowercase).collect();
    let words = words.into_iter().collect::<Vec<_>>().join(" ");
    function_words(&words).get(language).copied().unwrap_or(0)
}

/// The language whose function words stand in the first words of `sample`, where no other has half as many. Some twenty times
/// as fast as counting trigrams.
fn by_function_words(sample: &str) -> Option<&'static str> {
    let counts = function_words(sample);
    let (best, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let second = counts.iter().enumerate().filter(|(index, _)| *index != best).map(|(_, count)| *count).max()?;
    let sure = *most >= 4 && second.saturating_mul(2) <= *most && kinds(sample, best) >= 3;
    sure.then(|| language_named(best)).flatten()
}

/// The two-letter code of a language.
fn code(lang: Lang) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == lang).map(|(_, code)| *code)
}

/// ISO 639-3 as `whatlang` names them, to ISO 639-1.
const CODES: &[(Lang, &str)] = &[
    (Lang::Afr, "af"),
    (Lang::Aka, "ak"),
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jav, "jv"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Ori, "or"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Sin, "si"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Sna, "sn"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tgl, "tl"),
    (Lang::Tha, "th"),
    (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Yid, "yi"),
    (Lang::Zul, "zu"),
    (Lang::Cym, "cy"),
];

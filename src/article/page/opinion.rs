//! Two opinions on which lines of a page are its article, and what becomes of each line.

use std::collections::HashSet;

use super::super::cue::{self, Cue};
use super::super::line::{self, cue_zone};
use super::super::{TextMode, ZoneKind};
use super::{Line, Paragraph};

/// Which of `lines` the opinion holds. Lines are compared by their letters and digits alone; short ones must be a line of the
/// opinion too, or follow closely on the line before.
pub(super) fn shared(lines: &[Line], opinion: &[String]) -> Vec<bool> {
    let opinion: Vec<String> = opinion.iter().map(|words| squeezed(words)).collect();
    let all = opinion.concat();
    let whole: HashSet<&str> = opinion.iter().map(String::as_str).collect();
    let mut at = 0;
    let has = |line: &Line| {
        let key = squeezed(&line.words);
        let rest = all.get(at..).unwrap_or_default();
        let long = key.len() >= LONG;
        let near = rest.get(..ceiling(rest, key.len() + CLOSE)).unwrap_or_default();
        let step = if long { rest.find(&key) } else { near.find(&key) };
        let held = !key.is_empty() && (step.is_some() || whole.contains(key.as_str()) || long && all.contains(&key));
        if let Some(step) = step.filter(|_| held) {
            at += step + key.len();
        }
        held
    };
    lines.iter().map(has).collect()
}

/// Bytes of a squeezed line that cannot be there by chance.
const LONG: usize = 25;

/// Bytes between a short line and the line before it.
const CLOSE: usize = 30;

/// The lines that count: those of both opinions. Where these are a small part of one, what that one keeps among them and next
/// to them counts too: opinions overlook articles in parts, and take further stories of the page for a part. Where they share
/// next to nothing, the one that is nearer to a third, that of the lines alone. In the strict mode only what both hold.
pub(super) fn chosen(
    lines: &[Line],
    first: &[bool],
    second: &[bool],
    third: impl FnOnce() -> Vec<bool>,
    mode: TextMode,
) -> Vec<bool> {
    let both = shared_by(first, second);
    let [ones, twos, shared] = [first, second, &both].map(|held| length(lines, held));
    match mode {
        TextMode::Strict if shared > 0 => both,
        _ if shared * 2 < ones.min(twos) || shared == 0 => nearest(lines, [first, second], &third()),
        _ if ones * 10 < twos * 7 => extended(lines, &both, second),
        _ if twos * 10 < ones * 3 => extended(lines, &both, first),
        _ => both,
    }
}

/// Bytes of the lines that are held.
fn length(lines: &[Line], held: &[bool]) -> usize {
    lines.iter().zip(held).filter(|(_, held)| **held).map(|(line, _)| line.words.len()).sum()
}

fn shared_by(first: &[bool], second: &[bool]) -> Vec<bool> {
    first.iter().zip(second).map(|(first, second)| *first && *second).collect()
}

/// The opinion that shares most with the third: twice what is shared over the sum of both (Dice 1945), the first of equal ones.
fn nearest(lines: &[Line], opinions: [&[bool]; 2], third: &[bool]) -> Vec<bool> {
    let nearness = |held: &[bool]| {
        2_000_000 * length(lines, &shared_by(held, third)) / (length(lines, held) + length(lines, third)).max(1)
    };
    let nearest = opinions.into_iter().rev().max_by_key(|held| nearness(held));
    nearest.unwrap_or_default().to_vec()
}

/// What `wide` keeps from the first to the last line of `both`, and on either side as far as sentences go on: two lines together
/// that are none begin another story.
fn extended(lines: &[Line], both: &[bool], wide: &[bool]) -> Vec<bool> {
    let (Some(first), Some(last)) = (both.iter().position(|it| *it), both.iter().rposition(|it| *it)) else {
        return wide.to_vec();
    };
    let is_sentence = |index: usize| {
        wide.get(index).copied().unwrap_or(false) && lines.get(index).is_some_and(|line| line::is_ended(&line.words))
    };
    let ends = |index: &usize, next: usize| !is_sentence(*index) && !is_sentence(next);
    let last = (last + 1..lines.len()).find(|index| ends(index, index + 1)).unwrap_or(lines.len());
    let first = (0..first).rev().find(|index| ends(index, index.wrapping_sub(1))).map_or(0, |index| index + 1);
    let within = |index: usize| (first..last).contains(&index);
    wide.iter().enumerate().map(|(index, held)| *held && within(index)).collect()
}

/// The kept lines and what stands among them, each as what it is.
pub(super) fn paragraphs(lines: &[Line], kept: &[bool], leads: &[String]) -> Vec<Paragraph> {
    let Some(start) = kept.iter().position(|kept| *kept) else { return Vec::new() };
    let end = kept.iter().rposition(|kept| *kept).map_or(start, |end| end + 1);
    let captions = captions_count(lines, kept);
    let (mut paragraphs, mut related) = (Vec::new(), false);
    paragraphs.extend(lead(lines.get(..start).unwrap_or_default(), lines, kept, leads));
    for (index, line) in lines.iter().enumerate().take(end).skip(start) {
        let cue = cue::of(&line.words);
        related = cue == Some(Cue::Related) || related && line.is_link();
        let is_kept = |index: Option<usize>| index.and_then(|index| kept.get(index)).copied().unwrap_or(false);
        let between = is_kept(index.checked_sub(1)) && is_kept(Some(index + 1));
        if !(is_kept(Some(index)) || line.heading && between && !line.is_link()) {
            continue;
        }
        let (kind, rule) = match cue {
            Some(cue) => cue_zone(cue),
            None if line.caption && !captions => (ZoneKind::Caption, "caption"),
            None if related => (ZoneKind::Teaser, "related"),
            None if line.is_link() && line.words.split_whitespace().count() >= LINK_WORDS => (ZoneKind::Teaser, "link"),
            None => (ZoneKind::Body, "opinions"),
        };
        let joined = line.joined && is_kept(index.checked_sub(1));
        paragraphs.push(Paragraph { words: line.words.clone(), kind, rule, joined });
    }
    paragraphs
}

/// Words of a link that is the headline of another story.
const LINK_WORDS: usize = 6;

/// Whether most of the article stands in what calls itself a caption: then the name means something else there.
fn captions_count(lines: &[Line], kept: &[bool]) -> bool {
    let kept = || lines.iter().zip(kept).filter(|(_, kept)| **kept).map(|(line, _)| line);
    let captions: usize = kept().filter(|line| line.caption).map(|line| line.words.len()).sum();
    captions * 2 > kept().map(|line| line.words.len()).sum::<usize>()
}

/// The paragraph above the article that the page gives as its summary, where the article does not repeat it.
fn lead(above: &[Line], lines: &[Line], kept: &[bool], leads: &[String]) -> Option<Paragraph> {
    let leads: Vec<String> = leads.iter().map(|lead| squeezed(lead)).filter(|lead| lead.len() >= LEAD).collect();
    if leads.is_empty() {
        return None;
    }
    let body: String =
        lines.iter().zip(kept).filter(|(_, kept)| **kept).map(|(line, _)| squeezed(&line.words)).collect();
    let begins = |key: &str| key.chars().take(LEAD_BEGIN).collect::<String>();
    let is_lead = |line: &&Line| {
        let key = squeezed(&line.words);
        let same = |lead: &String| *lead == key || lead.chars().count() >= LEAD_BEGIN && begins(lead) == begins(&key);
        key.len() >= LEAD && leads.iter().any(same) && !body.contains(&key)
    };
    let line = above.iter().find(is_lead)?;
    Some(Paragraph { words: line.words.clone(), kind: ZoneKind::Body, rule: "lead", joined: false })
}

/// Bytes of a summary; characters that two of them share at the beginning.
const LEAD: usize = 20;
const LEAD_BEGIN: usize = 60;

/// The letters and digits in lower case, without those that opinions do not get.
fn squeezed(words: &str) -> String {
    if words.is_ascii() {
        let bytes = words.bytes().filter(u8::is_ascii_alphanumeric);
        return bytes.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    let counts = |character: &char| character.is_alphanumeric() && !matches!(character, '\u{80}'..='\u{bf}');
    words.chars().filter(counts).flat_map(char::to_lowercase).collect()
}

/// The first character boundary at or after byte `at`.
fn ceiling(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

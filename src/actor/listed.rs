//! Shared aliases of listed actors: the article's full name decides.

use std::collections::BTreeSet;

use crate::mention::Mention;

/// Gives every mention that several actors share to the one of them whom the article names in full. Where it names none of them
/// in full, the mention goes to the one whose whole name it is; else, or where it names more than one, it stays ambiguous.
pub fn resolve(mentions: &mut [Mention]) {
    if mentions.iter().all(|mention| mention.candidates.is_empty()) {
        return;
    }
    let full: BTreeSet<usize> = mentions.iter().filter(|it| it.full).filter_map(|it| it.actor).collect();
    for mention in mentions.iter_mut().filter(|mention| !mention.candidates.is_empty()) {
        let mut named = mention.candidates.iter().copied().filter(|actor| full.contains(actor));
        let (actor, how) = match (named.next(), named.next()) {
            (Some(actor), None) => (Some(actor), "shared alias, full name in the article"),
            (None, _) => (mention.own, "shared alias, the whole name of one"),
            _ => (None, ""),
        };
        if actor.is_some() {
            mention.actor = actor;
            mention.candidates.clear();
            mention.how = how;
        }
    }
}

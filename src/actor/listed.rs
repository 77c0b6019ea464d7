//! Shared aliases of listed actors: the article's full name decides.

use std::collections::BTreeSet;

use crate::mention::Mention;

/// Gives every mention that several actors share to the one of them whom the article names in full. Where it names none of them
/// in full, or more than one, the mention stays ambiguous.
pub fn resolve(mentions: &mut [Mention]) {
    if mentions.iter().all(|mention| mention.candidates.is_empty()) {
        return;
    }
    let full: BTreeSet<usize> = mentions.iter().filter(|it| it.full).filter_map(|it| it.actor).collect();
    for mention in mentions.iter_mut().filter(|mention| !mention.candidates.is_empty()) {
        let mut named = mention.candidates.iter().copied().filter(|actor| full.contains(actor));
        if let (Some(actor), None) = (named.next(), named.next()) {
            mention.actor = Some(actor);
            mention.candidates.clear();
            mention.how = "shared alias, full name in the article";
        }
    }
}

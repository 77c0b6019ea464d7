//! The actors of a network as a roster to edit: TOML, doubts first.

use std::io::{self, Write};

use crate::{
    Network,
    network::Actor,
    roster::{Decision, Verb},
};

/// The longest example, in characters.
const EXAMPLE: usize = 200;

/// Writes the actors of `network` as a roster: first what `decided` holds, then the doubts, each as a `[[join]]` to take the `#`
/// off, then the joins that were made, each as a `[[split]]`, then the actors, those in most articles first, with the ways in
/// which they are written, how often, and a sentence.
///
/// # Errors
/// What the writer says.
pub fn write_roster(network: &Network, decided: &[Decision], out: &mut dyn Write) -> io::Result<()> {
    let articles = network.method.books.read;
    writeln!(out, "# Who is named in {articles} articles. Edit, then: sociogram build INPUT... --actors THIS-FILE")?;
    writeln!(out, "# Delete whom you do not want; --discover finds people who are not listed, too.")?;
    write_decided(decided, out)?;
    write_doubts(network, out)?;
    write_joined(network, out)?;
    let mut actors: Vec<&Actor> = network.graph.node_weights().collect();
    actors.sort_by_key(|actor| std::cmp::Reverse((actor.articles, actor.mentions)));
    actors.retain(|actor| !is_split_off(actor, decided));
    actors.iter().try_for_each(|actor| write_actor(actor, decided, out))
}

/// Whether the split alone makes this an actor: then deleting the split is enough to undo it.
fn is_split_off(actor: &Actor, decided: &[Decision]) -> bool {
    let split = |it: &Decision| it.verb == Verb::Split && it.names.iter().skip(1).any(|name| *name == actor.name);
    actor.id == actor.name && actor.seen.keys().all(|seen| *seen == actor.name) && decided.iter().any(split)
}

/// The further names of the decisions of this kind that begin with `name`.
fn others<'a>(name: &str, verb: Verb, decided: &'a [Decision]) -> Vec<&'a String> {
    let begins = |it: &&Decision| it.verb == verb && it.names.first().is_some_and(|first| first == name);
    decided.iter().filter(begins).flat_map(|it| it.names.iter().skip(1)).collect()
}

fn write_decided(decided: &[Decision], out: &mut dyn Write) -> io::Result<()> {
    if !decided.is_empty() {
        heading("Decided; to undo one, delete it", out)?;
    }
    for Decision { verb, names, kind, .. } in decided {
        writeln!(out, "\n[[{}]]\nnames = {}\nkind = {}", verb.name(), list(names), quoted(kind.name()))?;
    }
    Ok(())
}

fn write_doubts(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    if !network.doubts.is_empty() {
        heading("May be the same; to join two, take the # off the two lines under the reason", out)?;
    }
    let actor = |id: &str| network.graph.node_weights().find(|actor| actor.id == id);
    for doubt in &network.doubts {
        let (Some(one), Some(other)) = (actor(&doubt.actors.0), actor(&doubt.actors.1)) else { continue };
        // The label of the joined actor: the better known of the fuller names.
        let weight = |actor: &Actor| (actor.name.contains(' '), actor.articles, actor.mentions);
        let (one, other) = if weight(one) >= weight(other) { (one, other) } else { (other, one) };
        let names = list(&[one.name.clone(), other.name.clone()]);
        writeln!(out, "\n# {}; {} and {}", doubt.reason, articles(one.articles), articles(other.articles))?;
        writeln!(out, "# [[join]]\n# names = {names}")?;
    }
    Ok(())
}

fn write_joined(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    if network.graph.node_weights().any(|actor| !actor.joined.is_empty()) {
        heading("Joined over the whole run; to keep two apart, take the # off the two lines under the reason", out)?;
    }
    for actor in network.graph.node_weights() {
        for joined in &actor.joined {
            let names = list(&[actor.name.clone(), joined.name.clone()]);
            writeln!(out, "\n# {}; {}", joined.reason, articles(joined.articles))?;
            writeln!(out, "# [[split]]\n# names = {names}")?;
        }
    }
    Ok(())
}

fn write_actor(actor: &Actor, decided: &[Decision], out: &mut dyn Write) -> io::Result<()> {
    let Actor { name, kind, mentions, .. } = actor;
    let (joined, split) = (others(name, Verb::Join, decided), others(name, Verb::Split, decided));
    writeln!(out, "\n[[actor]] # {}, {}", articles(actor.articles), many(*mentions, "mention"))?;
    if actor.id != *name && !actor.id.starts_with(&format!("{name} (")) {
        writeln!(out, "id = {}", quoted(&actor.id))?;
    }
    writeln!(out, "name = {}\nkind = {}", quoted(name), quoted(kind.name()))?;
    let mut aliases: Vec<(&String, u64)> = actor.seen.iter().map(|(alias, count)| (alias, *count)).collect();
    aliases.extend(actor.aliases.iter().filter(|alias| !actor.seen.contains_key(*alias)).map(|alias| (alias, 0)));
    aliases.extend(split.into_iter().filter(|alias| !actor.seen.contains_key(*alias)).map(|alias| (alias, 0)));
    aliases.retain(|(alias, _)| *alias != name && !joined.contains(alias));
    aliases.sort_by_key(|(alias, count)| (std::cmp::Reverse(*count), *alias));
    aliases.dedup_by_key(|(alias, _)| *alias);
    if !aliases.is_empty() {
        writeln!(out, "aliases = [")?;
        for (alias, count) in aliases {
            writeln!(out, "    {}, # {count}", quoted(alias))?;
        }
        writeln!(out, "]")?;
    }
    if let Some(example) = &actor.example {
        writeln!(out, "# {}", shortened(example))?;
    }
    // Without the join these are actors of their own.
    for name in joined.iter().filter(|name| name.contains(' ')) {
        writeln!(out, "\n[[actor]] # joined, see above\nname = {}\nkind = {}", quoted(name), quoted(kind.name()))?;
    }
    Ok(())
}

fn heading(words: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n# ---- {words} ----")
}

fn articles(count: u64) -> String {
    many(count, "article")
}

fn many(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

/// A TOML string, <https://toml.io/en/v1.0.0#string>.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// One line of a comment, which may hold no control characters.
fn shortened(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    match line.char_indices().nth(EXAMPLE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

//! The actors of a network as a roster to edit: TOML, doubts first.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{self, Write},
};

use crate::{
    Network, Roster,
    network::Actor,
    roster::{Attributive, Decision, Listed, Verb},
};

/// The longest example, in characters.
const EXAMPLE: usize = 200;

/// Writes the actors of `network`, which was counted with `roster`, as a roster: first what is decided, then the doubts, each as a
/// `[[join]]` to take the `#` off, then the joins that were made, each as a `[[split]]`, then the actors, those in most articles
/// first, with the ways in which they are written, how often, and a sentence. Of two actors of one name the second is a comment:
/// a roster names each once. Listed actors stay, also those that no article names.
///
/// # Errors
/// What the writer says.
pub fn write_roster(network: &Network, roster: &Roster, out: &mut dyn Write) -> io::Result<()> {
    let (read, all_decided) = (network.method.books.read, roster.decisions.as_slice());
    let roster = &without_idle(network, roster);
    let decided = roster.decisions.as_slice();
    writeln!(out, "# Who is named in {}. Edit, then: sociogram build INPUT... --actors THIS-FILE", articles(read))?;
    writeln!(out, "# Delete whom you do not want; --discover finds people who are not listed, too.")?;
    write_decided(all_decided, out)?;
    write_doubts(network, out)?;
    write_joined(network, roster, out)?;
    let mut actors: Vec<&Actor> = network.graph.node_weights().collect();
    actors.sort_by_key(|actor| std::cmp::Reverse((actor.articles, actor.mentions)));
    actors.retain(|actor| !is_split_off(actor, decided));
    let mut taken: BTreeSet<String> =
        roster.actors.iter().flat_map(|listed| [folded(&listed.name), folded(listed.key())]).collect();
    taken.extend(decided.iter().flat_map(|it| &it.joined).map(|listed| folded(&listed.name)));
    for actor in actors {
        match listed_as(actor, roster) {
            None if !taken.insert(folded(&actor.name)) => write_namesake(actor, out)?,
            listed => write_actor(actor, listed, decided, out)?,
        }
    }
    let split =
        |name: &str| decided.iter().any(|it| it.verb == Verb::Split && it.names.iter().skip(1).any(|it| it == name));
    // Somebody may be found under the name of a listed actor who is named nowhere.
    let is_found = |it: &Listed| network.graph.node_weights().any(|actor| is_listed(actor, it));
    let unseen = |it: &&Listed| {
        network.method.unseen.contains(&it.name) && !(it.aliases.is_empty() && split(&it.name)) && !is_found(it)
    };
    roster.actors.iter().filter(unseen).try_for_each(|listed| write_unseen(listed, decided, out))
}

/// The roster as it is without the joins that change nothing.
fn without_idle(network: &Network, roster: &Roster) -> Roster {
    let is_idle = |at: usize, it: &Decision| it.verb == Verb::Join && network.idle.iter().any(|it| it.decision == at);
    let mut instead: BTreeMap<usize, Option<Listed>> =
        network.idle.iter().filter_map(|it| it.instead.clone()).collect();
    let actors = roster.actors.iter().enumerate();
    let actors = actors.filter_map(|(at, it)| instead.remove(&at).unwrap_or_else(|| Some(it.clone()))).collect();
    let decisions = roster.decisions.iter().enumerate().filter(|(at, it)| !is_idle(*at, it));
    Roster { actors, decisions: decisions.map(|(_, it)| it.clone()).collect() }
}

/// The actor of the roster that this is.
fn listed_as<'a>(actor: &Actor, roster: &'a Roster) -> Option<&'a Listed> {
    roster.actors.iter().find(|listed| is_listed(actor, listed))
}

fn is_listed(actor: &Actor, listed: &Listed) -> bool {
    listed.name == actor.name && listed.key() == actor.id
}

/// As rosters compare names.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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

fn write_joined(network: &Network, roster: &Roster, out: &mut dyn Write) -> io::Result<()> {
    let mut splits: Vec<(String, &str, &str)> = Vec::new();
    for actor in network.graph.node_weights() {
        let decided =
            |name: &String| roster.decisions.iter().any(|it| it.verb == Verb::Join && it.names.contains(name));
        for joined in actor.joined.iter().filter(|it| !decided(&it.name)) {
            let reason = format!("{}; {}", joined.reason, articles(joined.articles));
            splits.push((reason, &actor.name, &joined.name));
        }
        for alias in listed_as(actor, roster).map(|listed| full_aliases(listed, &roster.decisions)).unwrap_or_default()
        {
            let mentions = many(actor.seen.get(alias).copied().unwrap_or_default(), "mention");
            splits.push((format!("listed as another name; {mentions}"), &actor.name, alias));
        }
    }
    if !splits.is_empty() {
        heading("Joined over the whole run; to keep two apart, take the # off the two lines under the reason", out)?;
    }
    for (reason, name, other) in splits {
        writeln!(out, "\n# {reason}\n# [[split]]\n# names = {}", list(&[name.to_owned(), other.to_owned()]))?;
    }
    Ok(())
}

/// The aliases of several words about which nothing is decided.
fn full_aliases<'a>(listed: &'a Listed, decided: &[Decision]) -> Vec<&'a String> {
    let is_decided = |alias: &String| decided.iter().any(|it| it.names.contains(alias));
    listed.aliases.iter().filter(|alias| alias.contains(' ') && !is_decided(alias)).collect()
}

fn write_actor(actor: &Actor, listed: Option<&Listed>, decided: &[Decision], out: &mut dyn Write) -> io::Result<()> {
    let Actor { name, kind, .. } = actor;
    let (others, split) = (joined_with(name, decided), others(name, Verb::Split, decided));
    let mut aliases = actor.seen.clone();
    let unseen = actor.aliases.iter().chain(split);
    unseen.for_each(|alias| *aliases.entry(alias.clone()).or_default() += 0);
    let own = decided.iter().flat_map(|it| &it.joined).find(|it| it.name == *name);
    let is_others = |alias: &String| {
        let theirs = others.iter().any(|other| other.names().any(|it| it == alias));
        theirs && own.is_none_or(|own| !own.aliases.contains(alias))
    };
    aliases.retain(|alias, _| alias != name && !is_others(alias));
    let about = format!("{}, {}", articles(actor.articles), many(actor.mentions, "mention"));
    let mut table = listed.cloned().unwrap_or_default();
    (table.name, table.kind) = (name.clone(), *kind);
    write_table(&table, &about, &aliases, out)?;
    if let Some(example) = &actor.example {
        writeln!(out, "# {}", shortened(example))?;
    }
    others.iter().try_for_each(|other| write_apart(other, out))
}

/// Who would be actors of their own without the joins of `name`: as they were listed.
fn joined_with(name: &str, decided: &[Decision]) -> Vec<Listed> {
    let begins = |it: &&Decision| it.verb == Verb::Join && it.names.first().is_some_and(|first| first == name);
    let mut all = Vec::new();
    for decision in decided.iter().filter(begins) {
        all.extend(decision.joined.iter().filter(|listed| listed.name != name).cloned());
        let is_new = |other: &&String| {
            other.contains(' ') && *other != name && !decision.joined.iter().any(|it| it.names().any(|it| it == *other))
        };
        let bare = |other: &String| Listed { name: other.clone(), kind: decision.kind, ..Listed::default() };
        all.extend(decision.names.iter().filter(is_new).map(bare));
    }
    all
}

fn write_apart(listed: &Listed, out: &mut dyn Write) -> io::Result<()> {
    let aliases = listed.aliases.iter().map(|alias| (alias.clone(), 0)).collect();
    write_table(listed, "joined, see above", &aliases, out)
}

fn write_unseen(listed: &Listed, decided: &[Decision], out: &mut dyn Write) -> io::Result<()> {
    let own = decided.iter().flat_map(|it| &it.joined).find(|it| it.name == listed.name).unwrap_or(listed);
    let aliases = own.aliases.iter().map(|alias| (alias.clone(), 0)).collect();
    write_table(own, "named in no article", &aliases, out)?;
    joined_with(&listed.name, decided).iter().try_for_each(|other| write_apart(other, out))
}

/// An actor whose name another bears.
fn write_namesake(actor: &Actor, out: &mut dyn Write) -> io::Result<()> {
    let Actor { name, kind, mentions, .. } = actor;
    let (articles, mentions, kind) = (articles(actor.articles), many(*mentions, "mention"), kind.name());
    writeln!(out, "\n# {} was found as {kind}, too: {articles}, {mentions}; a roster names each once", quoted(name))
}

/// `aliases` with how often each was seen.
fn write_table(listed: &Listed, about: &str, aliases: &BTreeMap<String, u64>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n[[actor]] # {about}")?;
    if let Some(id) = &listed.id {
        writeln!(out, "id = {}", quoted(id))?;
    }
    writeln!(out, "name = {}\nkind = {}", quoted(&listed.name), quoted(listed.kind.name()))?;
    let mut aliases: Vec<(&String, &u64)> = aliases.iter().collect();
    aliases.sort_by_key(|(alias, count)| (std::cmp::Reverse(*count), *alias));
    if !aliases.is_empty() {
        writeln!(out, "aliases = [")?;
        for (alias, count) in aliases {
            writeln!(out, "    {}, # {count}", quoted(alias))?;
        }
        writeln!(out, "]")?;
    }
    if !listed.not.is_empty() {
        writeln!(out, "not = {}", list(&listed.not))?;
    }
    match listed.attributive {
        Attributive::Separate => Ok(()),
        Attributive::Count => writeln!(out, "attributive = \"count\""),
        Attributive::Drop => writeln!(out, "attributive = \"drop\""),
    }
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
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
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

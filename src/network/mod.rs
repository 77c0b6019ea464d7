//! The finished network: actors and edges in a fixed order, with how they were counted.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use petgraph::graph::{NodeIndex, UnGraph};
use serde::{Deserialize, Serialize};

use crate::{
    Counting, Roster, Span, Tally, ZoneKind,
    error::Status,
    mention::{Who, fold},
    roster::{ActorKind, Listed},
    source::Digest,
    tally::{ActorDay, ActorTally, Aside, Copies, Days, Evidence, PairDay, PairTally, Seen, Story, Volume},
};

pub mod backbone;
pub mod centrality;
mod community;
mod decided;
mod join;
mod measured;
mod node_link;
mod slice;

pub use community::{Communities, communities};
pub use decided::Idle;
pub use join::{Doubt, Joined};
pub use measured::Details;
pub use node_link::{Link, NodeLink};
pub use slice::Period;

use decided::Decided;
use join::Joins;

/// A person, organisation or place that is named.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The identifier of the node in every output: the roster's `id`, else the name.
    pub id: String,
    /// The label.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Further names it goes by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Places that name it in counted zones.
    pub mentions: u64,
    /// Attributive places ("the Trump administration"), which make no edge unless the roster says so.
    #[serde(default)]
    pub attributive: u64,
    /// Sentences that name it.
    pub sentences: u64,
    /// Articles that name it: every copy of a story, exact copies once.
    pub articles: u64,
    /// Stories that name it: as many as articles where copies were not folded.
    #[serde(default)]
    pub stories: u64,
    /// Units that name it, where these are paragraphs or windows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub units: u64,
    /// Pronouns that stand for it, where these are asked for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pronouns: u64,
    /// Mentions outside the counted zones, by zone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<String, u64>,
    /// Its counts by day, as far as it is dated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: Days<ActorDay>,
    /// The ways in which it is written and how often each, where names are discovered.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<String, u64>,
    /// A sentence that names it, where names are discovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Names that articles use for it and that were joined over the whole run, each with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Joined>,
    /// Its community, from 1, where these were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<u64>,
    /// The connected part of the network that it is in, from 1, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<u64>,
    /// Measures of its place in the network, by name.
    #[serde(flatten, deserialize_with = "node_link::numbers")]
    pub measures: BTreeMap<String, f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(is: &bool) -> bool {
    !*is
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Two actors named together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// How often, in units of the method: larger is stronger, never a distance. Zero where only pronouns tell.
    pub weight: u64,
    /// Sentences that name both.
    pub sentences: u64,
    /// Articles in which they are named together: every copy of a story, exact copies once.
    pub articles: u64,
    /// Stories in which they are named together: as many as articles where copies were not folded.
    pub stories: u64,
    /// How often more, in the same units, if pronouns stand for names: never part of the weight.
    pub pronouns: u64,
    /// Day of the first dated article among these.
    pub first: Option<NaiveDate>,
    /// Day of the last.
    pub last: Option<NaiveDate>,
    /// Its counts by day, as far as it is dated.
    pub days: Days<PairDay>,
    /// Measures beside the counts, by name.
    pub measures: BTreeMap<String, f64>,
    /// What shows it, oldest first, undated last; as many as the method keeps.
    pub evidence: Vec<Shown>,
}

/// One piece of evidence: the words that name both, and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The article's identifier.
    pub article: String,
    /// The file.
    pub path: String,
    /// Line of a corpus file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<NaiveDate>,
    /// The day under which it counts, where that is another: its story is counted on the day of the earliest copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<NaiveDate>,
    /// The rule that found that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// The article's headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// ISO 639-1 code of the article's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The article's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// First byte in the article's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// How many articles tell the story, this one counted; absent where no other does.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub copies: u64,
    /// Who published these, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outlets: Vec<String>,
    /// Where the two are named, in order; bytes of the article's text.
    #[serde(default)]
    pub marks: Vec<Mark>,
}

/// A place in evidence that names an end of the edge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// First byte in the article's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Identifier of the actor.
    pub actor: String,
}

/// How the network was counted: enough to do it again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Method {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// What a unit of weight is.
    pub unit: String,
    /// The zones that count.
    pub zones: Vec<String>,
    /// How many evidences an edge keeps; all where it is null.
    pub evidence: Option<usize>,
    /// How many actors were looked for.
    pub listed: u64,
    /// Names of those that no counted zone names.
    pub unseen: Vec<String>,
    /// The kinds of actors that were found without being listed; none where only listed ones were looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub discovered: Vec<String>,
    /// Whether the places of names came from another recogniser.
    #[serde(skip_serializing_if = "is_false")]
    pub given_mentions: bool,
    /// Whether pronouns stand for names, counted in a column of their own.
    #[serde(skip_serializing_if = "is_false")]
    pub pronouns: bool,
    /// Whether every copy of a story was counted, and not each story once.
    #[serde(skip_serializing_if = "is_false")]
    pub copies_counted: bool,
    /// What was read.
    pub input: InputSum,
    /// Inputs found, and what became of them: `found = read + skipped + duplicate + refused`.
    pub books: Books,
    /// What became of the names found.
    pub mentions: MentionSum,
    /// How much was counted: what measures and rates compare with.
    pub volume: Volume,
    /// Units that name an actor, where these are paragraphs or windows that end at a sentence which names one.
    #[serde(skip_serializing_if = "is_zero")]
    pub units: u64,
    /// How much was counted by day, as far as it is dated.
    pub days: Days<Volume>,
    /// Measures of edges that stand beside the counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// What the measures of actors say, by name: each whether the weight is a strength or a distance.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub actor_measures: BTreeMap<String, String>,
    /// How many pairs each test was made for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tests: BTreeMap<String, u64>,
    /// What was filtered, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// How the communities were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communities: Option<Grouping>,
    /// The share of all pairs of actors that have an edge, where the network's shape was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<f64>,
}

/// A filter, and what it kept of how much.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The rule, in words.
    pub rule: String,
    /// Edges kept.
    pub edges: u64,
    /// Edges before.
    pub of_edges: u64,
    /// Actors that still have an edge.
    pub actors: u64,
    /// Actors before.
    pub of_actors: u64,
}

/// How communities were found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grouping {
    /// The algorithm.
    pub by: String,
    /// What it began with: the same gives the same.
    pub seed: u64,
    /// How many there are.
    pub communities: u64,
    /// How much more weight lies within them than by chance.
    pub modularity: f64,
}

/// All inputs in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InputSum {
    /// How many files.
    pub files: u64,
    /// Bytes of all.
    pub bytes: u64,
    /// BLAKE3 digest over the sorted lines `DIGEST  PATH` of the files, as `b3sum FILE... | sort -k2 | b3sum` prints it.
    pub blake3: String,
    /// The files, sorted by path, where there are at most [`InputSum::LISTED`] of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Digest>,
}

impl InputSum {
    /// The most files that are listed one by one.
    pub const LISTED: usize = 1000;

    /// Sums up `digests`, in whatever order.
    pub fn of(mut digests: Vec<Digest>) -> Self {
        digests.sort();
        digests.dedup();
        let mut hasher = blake3::Hasher::new();
        for Digest { path, blake3, .. } in &digests {
            hasher.update(format!("{blake3}  {path}\n").as_bytes());
        }
        Self {
            files: digests.len() as u64,
            bytes: digests.iter().map(|it| it.bytes).sum(),
            blake3: hasher.finalize().to_hex().to_string(),
            listed: if digests.len() <= Self::LISTED { digests } else { Vec::new() },
        }
    }
}

/// Articles and other inputs, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Books {
    /// All inputs.
    pub found: u64,
    /// Articles that were read.
    pub read: u64,
    /// Files of a kind that is not read.
    pub skipped: u64,
    /// Inputs that were already read under another name.
    pub duplicate: u64,
    /// Inputs that could not be used.
    pub refused: u64,
}

impl Books {
    /// Adds the books of other inputs.
    pub fn add(&mut self, other: Self) {
        self.found += other.found;
        self.read += other.read;
        self.skipped += other.skipped;
        self.duplicate += other.duplicate;
        self.refused += other.refused;
    }

    /// Books one input.
    pub fn enter(&mut self, status: Status) {
        self.found += u64::from(status != Status::Noted);
        match status {
            Status::Noted => (),
            Status::Read => self.read += 1,
            Status::Skipped => self.skipped += 1,
            Status::Duplicate => self.duplicate += 1,
            Status::Refused => self.refused += 1,
        }
    }
}

/// Names found in the articles, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MentionSum {
    /// Counted.
    pub counted: u64,
    /// Put before a thing, and therefore not counted.
    pub attributive: u64,
    /// Shared by several actors, with nothing to decide.
    pub ambiguous: u64,
    /// Outside the counted zones, by zone.
    pub left_out: BTreeMap<String, u64>,
    /// Somebody or something else, by rule.
    pub ignored: BTreeMap<String, u64>,
}

/// Actors and edges in a fixed order (by name; by the ends' order): equal inputs give equal bytes in every export.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The graph; nodes are sorted by name and an edge's source stands before its target.
    pub graph: UnGraph<Actor, Edge>,
    /// How it was counted.
    pub method: Method,
    /// What measures need beyond it, until something is filtered; it is not saved.
    pub details: Details,
    /// Pairs of actors that may be one, in order.
    pub doubts: Vec<Doubt>,
    /// Stories that several articles tell, among those that make an edge; they are not saved.
    pub stories: BTreeSet<Story>,
    /// Articles whose counts were lost ([`Tally::lost`]); not saved.
    pub lost: u64,
    /// Decisions of the roster that change nothing, in order; not saved.
    pub idle: Vec<Idle>,
}

impl Network {
    /// The network that `tally` counted, of all actors that are named at least once. Unlisted names that are one actor are joined
    /// here, over the whole run.
    pub fn new(roster: &Roster, tally: Tally, counting: &Counting, digests: Vec<Digest>, books: Books) -> Self {
        let run = Run::of(roster, std::slice::from_ref(&tally));
        Self::of(tally, &run, counting, (digests, books))
    }

    /// A network for each part of a run, all with the same actors: joins are decided over all parts together.
    pub fn parts<const N: usize>(
        roster: &Roster,
        tallies: [Tally; N],
        counting: &Counting,
        digests: &[Digest],
        books: Books,
    ) -> [Self; N] {
        let run = Run::of(roster, &tallies);
        tallies.map(|tally| Self::of(tally, &run, counting, (digests.to_vec(), books)))
    }

    /// The network of `tally`, which is one part of the `run` or all of it.
    fn of(tally: Tally, run: &Run<'_>, counting: &Counting, (digests, books): (Vec<Digest>, Books)) -> Self {
        let Run { roster, joins, .. } = run;
        // Joined first: in one copy a name may stand in full, in another alone.
        let tally = tally.folded(counting, |who| joins.root(who).clone());
        let method = method(roster, &tally, counting, digests, books);
        let mut left_out = left_out_of(&tally.aside, joins);
        let mut graph = UnGraph::default();
        let mut nodes: BTreeMap<Who, (NodeIndex, String)> = BTreeMap::new();
        for (who, mut actor) in actors(run, tally.actors) {
            actor.left_out = left_out.remove(&who).unwrap_or_default();
            let id = actor.id.clone();
            nodes.insert(who, (graph.add_node(actor), id));
        }
        let mut links: BTreeMap<(NodeIndex, NodeIndex), PairTally> = BTreeMap::new();
        for ((a, b), mut counts) in tally.pairs {
            let (Some((a, _)), Some((b, _))) = (nodes.get(joins.root(&a)), nodes.get(joins.root(&b))) else { continue };
            if a > b {
                counts.turn();
            }
            links.entry((*a.min(b), *a.max(b))).or_default().merge(counts, counting.evidence);
        }
        for ((source, target), counts) in links.into_iter().filter(|((source, target), _)| source != target) {
            let id = |node| graph.node_weight(node).map_or("", |actor: &Actor| actor.id.as_str());
            let edge = edge(counts, (id(source), id(target)));
            graph.add_edge(source, target, edge);
        }
        let node = |who: &Who| nodes.get(joins.root(who)).map(|(node, _)| *node);
        let mut details = Details { needs: counting.needs.clone(), ..Details::default() };
        for ((a, b), detail) in tally.details {
            if let (Some(a), Some(b)) = (node(&a), node(&b))
                && a != b
            {
                details.pairs.entry((a.min(b), a.max(b))).or_default().merge(detail);
            }
        }
        let id = |who: &Who| nodes.get(joins.root(who)).map(|(_, id)| id.clone());
        let doubts = joins.doubts.iter().filter_map(|((a, b), reason)| {
            let actors = (id(a)?, id(b)?);
            (actors.0 != actors.1).then(|| Doubt { actors, reason: (*reason).to_owned() })
        });
        let doubts: BTreeSet<Doubt> = doubts.collect();
        Self {
            graph,
            method,
            doubts: doubts.into_iter().collect(),
            details,
            stories: tally.stories,
            lost: tally.lost,
            idle: run.decided.idle.clone(),
        }
    }

    /// The edges with both ends, in order.
    pub fn edges(&self) -> impl Iterator<Item = (&Actor, &Actor, &Edge)> {
        self.graph.edge_references().filter_map(|edge| {
            use petgraph::visit::EdgeRef;
            let (a, b) = (self.graph.node_weight(edge.source())?, self.graph.node_weight(edge.target())?);
            Some((a, b, edge.weight()))
        })
    }

    /// The edges from the strongest to the weakest; equal ones in order.
    pub fn strongest(&self) -> Vec<(&Actor, &Actor, &Edge)> {
        let mut edges: Vec<_> = self.edges().collect();
        edges.sort_by_key(|(_, _, edge)| std::cmp::Reverse(edge.weight));
        edges
    }

    /// The node of the actor that `name` means: by identifier, name or alias, whatever the case and marks, else by the last
    /// word of a name.
    ///
    /// # Errors
    /// The names that come near: none where nothing does, several where `name` fits several actors.
    pub fn find(&self, name: &str) -> Result<NodeIndex, Vec<String>> {
        let wanted = fold(name.trim());
        let surname =
            |actor: &Actor| actor.name.split_whitespace().next_back().map(fold).is_some_and(|last| last == wanted);
        let rules: [&dyn Fn(&Actor) -> bool; 4] = [
            &|actor| actor.id == name,
            &|actor| fold(&actor.name) == wanted || fold(&actor.id) == wanted,
            &|actor| actor.aliases.iter().any(|alias| fold(alias) == wanted),
            &surname,
        ];
        for rule in rules {
            let fits: Vec<NodeIndex> =
                self.graph.node_indices().filter(|&node| self.graph.node_weight(node).is_some_and(rule)).collect();
            match *fits {
                [] => (),
                [node] => return Ok(node),
                _ => {
                    return Err(fits
                        .iter()
                        .filter_map(|&it| self.graph.node_weight(it))
                        .map(|it| it.name.clone())
                        .collect());
                }
            }
        }
        Err(self.near(&wanted))
    }

    /// Names that are spelt nearly like `wanted`, the nearest first.
    fn near(&self, wanted: &str) -> Vec<String> {
        let distance = |name: &str| {
            let name = fold(name);
            name.split_whitespace().chain([name.as_str()]).map(|word| strsim::damerau_levenshtein(word, wanted)).min()
        };
        let mut near: Vec<(usize, &str)> = self
            .graph
            .node_weights()
            .filter_map(|actor| Some((distance(&actor.name)?, actor.name.as_str())))
            .filter(|(far, _)| *far <= 2.max(wanted.chars().count() / 3))
            .collect();
        near.sort_unstable();
        near.into_iter().take(5).map(|(_, name)| name.to_owned()).collect()
    }

    /// The edge between two actors, whichever is named first.
    pub fn between(&self, a: NodeIndex, b: NodeIndex) -> Option<&Edge> {
        self.graph.find_edge(a, b).and_then(|edge| self.graph.edge_weight(edge))
    }
}

/// The actors as nodes, sorted by name, each with what was joined to it.
fn actors(
    Run { roster, naming, seen, decided, joins }: &Run<'_>,
    counts: BTreeMap<Who, ActorTally>,
) -> Vec<(Who, Actor)> {
    let mut groups: BTreeMap<Who, Group> = BTreeMap::new();
    for (who, &articles) in naming {
        let group = groups.entry(joins.root(who).clone()).or_default();
        let seen = seen.get(who).cloned().unwrap_or_default();
        if let Some((_, reason)) = joins.made.get(who) {
            let (name, reason) = (seen.label().unwrap_or_default().to_owned(), (*reason).to_owned());
            group.joined.push(Joined { name, articles, reason });
        } else {
            group.label = seen.label().map(str::to_owned);
        }
        group.seen.merge(seen);
    }
    for (who, counts) in counts {
        groups.entry(joins.root(&who).clone()).or_default().counts.merge(counts);
    }
    let mut actors: Vec<(Who, Actor)> = groups
        .into_iter()
        .map(|(who, group)| (who.clone(), actor(&who, group, roster, decided.called.get(&who))))
        .collect();
    actors.sort_by(|(who, actor), (other, next)| (&actor.name, who).cmp(&(&next.name, other)));
    make_unique(&mut actors);
    actors
}

/// What is known of the names of a run before its copies are folded, and which of them are one.
struct Run<'a> {
    roster: &'a Roster,
    /// Articles that name each.
    naming: BTreeMap<Who, u64>,
    seen: BTreeMap<Who, Seen>,
    decided: Decided,
    joins: Joins,
}

impl<'a> Run<'a> {
    fn of(roster: &'a Roster, tallies: &[Tally]) -> Self {
        let (mut naming, mut seen): (BTreeMap<Who, u64>, BTreeMap<Who, Seen>) = Default::default();
        // Without discovery there is nothing to join.
        for tally in tallies.iter().filter(|_| tallies.iter().any(|it| !it.seen.is_empty())) {
            for (who, articles) in tally.naming() {
                *naming.entry(who).or_default() += articles;
            }
            for (who, names) in &tally.seen {
                seen.entry(who.clone()).or_default().merge(names.clone());
            }
        }
        let decided = match roster.decisions.as_slice() {
            [] => Decided::default(),
            _ => Decided::of(roster, &tallies.iter().flat_map(Tally::naming).map(|(who, _)| who).collect(), &seen),
        };
        let joins = Joins::of(&seen, &naming, roster, &decided);
        Self { roster, naming, seen, decided, joins }
    }
}

/// All that is known of one node.
#[derive(Default)]
struct Group {
    label: Option<String>,
    counts: ActorTally,
    seen: Seen,
    joined: Vec<Joined>,
}

fn actor(who: &Who, group: Group, roster: &Roster, called: Option<&Listed>) -> Actor {
    let Group { label, counts, seen, mut joined } = group;
    joined.sort();
    let (id, name, kind, aliases) = match (who, called) {
        (_, Some(called)) => {
            let Listed { name, kind, aliases, .. } = called.clone();
            (called.key().to_owned(), name, kind, aliases)
        }
        (Who::Listed(index), _) => {
            let listed = roster.actors.get(*index).cloned().unwrap_or_default();
            (listed.key().to_owned(), listed.name, listed.kind, listed.aliases)
        }
        (Who::Unlisted(unlisted), _) => {
            let name = label.unwrap_or_else(|| unlisted.name.clone());
            let aliases = seen.names.keys().filter(|it| **it != name).cloned().collect();
            (name.clone(), name, unlisted.kind, aliases)
        }
    };
    let ActorTally { mentions, attributive, sentences, articles, stories, units, pronouns, days } = counts;
    let example = seen.example.map(|(_, sentence)| sentence);
    Actor {
        id,
        name,
        kind,
        aliases,
        mentions,
        attributive,
        sentences,
        articles,
        stories,
        units,
        pronouns,
        days,
        seen: seen.names,
        example,
        joined,
        ..Actor::default()
    }
}

/// Gives nodes whose identifiers are the same the kind and, where need be, a number behind it.
fn make_unique(actors: &mut [(Who, Actor)]) {
    let mut taken: BTreeSet<String> =
        actors.iter().filter(|it| matches!(it.0, Who::Listed(_))).map(|it| it.1.id.clone()).collect();
    for (_, actor) in actors.iter_mut().filter(|it| matches!(it.0, Who::Unlisted(_))) {
        let mut id = actor.id.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            let more = if number > 1 { format!(" {number}") } else { String::new() };
            id = format!("{} ({}{more})", actor.name, actor.kind.name());
            number += 1;
        }
        actor.id = id;
    }
}

fn edge(counts: PairTally, ends: (&str, &str)) -> Edge {
    let PairTally { weight, sentences, articles, stories, pronouns, first, last, days, evidence, .. } = counts;
    let mut evidence: Vec<Evidence> = evidence.into_values().collect();
    evidence.sort_by(|a, b| age(a).cmp(&age(b)).then_with(|| a.cmp(b)));
    let evidence = evidence.into_iter().map(|it| shown(it, ends)).collect();
    Edge { weight, sentences, articles, stories, pronouns, first, last, days, measures: BTreeMap::new(), evidence }
}

/// Dated articles first, by day.
fn age(evidence: &Evidence) -> (bool, Option<NaiveDate>) {
    (evidence.article.published.is_none(), evidence.article.published)
}

fn shown(evidence: Evidence, (source, target): (&str, &str)) -> Shown {
    let mark = |actor: &str, span: &Span| Mark { start: span.start, end: span.end, actor: actor.to_owned() };
    let (first, second) = &evidence.places;
    let mut marks: Vec<Mark> =
        first.iter().map(|span| mark(source, span)).chain(second.iter().map(|span| mark(target, span))).collect();
    marks.sort();
    let article = Arc::unwrap_or_clone(evidence.article);
    let story = evidence.story.as_deref();
    let earliest = story.and_then(|story| story.articles.first()?.published);
    Shown {
        counted: earliest.filter(|day| article.published != Some(*day)),
        copies: story.map_or(0, |story| story.copies),
        outlets: story.map(|story| story.outlets().into_iter().map(str::to_owned).collect()).unwrap_or_default(),
        article: article.id,
        path: article.place.path,
        line: article.place.line,
        published: article.published,
        published_by: article.published_by.map(Cow::into_owned),
        title: article.title,
        outlet: article.outlet,
        byline: article.byline,
        language: article.language,
        url: article.url,
        start: evidence.span.start,
        end: evidence.span.end,
        text: evidence.text,
        marks,
    }
}

/// The mentions that were left out, by actor and zone.
fn left_out_of(aside: &Aside, joins: &Joins) -> BTreeMap<Who, BTreeMap<String, u64>> {
    let mut left_out: BTreeMap<Who, BTreeMap<String, u64>> = BTreeMap::new();
    for ((zone, who), count) in &aside.left_out {
        let Some(who) = who else { continue };
        *left_out.entry(joins.root(who).clone()).or_default().entry(zone_name(*zone)).or_default() += count;
    }
    left_out
}

/// What a text has outside all zones was not read as its article.
fn zone_name(zone: Option<ZoneKind>) -> String {
    zone.map_or("unread", ZoneKind::name).to_owned()
}

fn method(roster: &Roster, tally: &Tally, counting: &Counting, digests: Vec<Digest>, books: Books) -> Method {
    let mut left_out = BTreeMap::new();
    for ((zone, _), count) in &tally.aside.left_out {
        *left_out.entry(zone_name(*zone)).or_default() += count;
    }
    let unseen = roster.actors.iter().enumerate().filter(|(index, _)| !tally.actors.contains_key(&Who::Listed(*index)));
    Method {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        unit: counting.unit.name(),
        zones: counting.zones.iter().map(|zone| zone.name().to_owned()).collect(),
        evidence: counting.evidence,
        listed: roster.actors.len() as u64,
        unseen: unseen.map(|(_, listed)| listed.name.clone()).collect(),
        discovered: Vec::new(),
        given_mentions: false,
        pronouns: false,
        copies_counted: counting.copies == Copies::Count,
        input: InputSum::of(digests),
        books,
        mentions: MentionSum {
            counted: tally.actors.values().map(|it| it.mentions).sum(),
            attributive: tally.actors.values().map(|it| it.attributive).sum(),
            ambiguous: tally.aside.ambiguous,
            left_out,
            ignored: tally.aside.ignored.iter().map(|(rule, count)| (rule.to_string(), *count)).collect(),
        },
        volume: tally.volume,
        units: tally.units,
        days: tally.days.clone(),
        ..Method::default()
    }
}

//! Two networks, or two periods of one: what changed, by how much, and how surely.
//!
//! Of each actor and each edge, the articles that name it are compared as a share of all that were read on their side, so that more
//! articles are no change. Where copies are folded, a story is one article.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::{
    Error, Network, measure,
    network::{Actor, Edge, Method, Period, Shown},
    roster::ActorKind,
};

mod agreement;
mod burst;
mod lineage;
mod partition;
mod permutation;
mod rate;

pub use agreement::{Agreement, agreement};
pub use burst::{Burst, bursts, states};
pub use lineage::{ALIKE, Heir, heirs, jaccard};
pub use partition::change_points;
pub use permutation::{Document, permuted};
pub use rate::{RateChange, Share};

/// A change of this q or less is established.
pub const LEVEL: f64 = 0.05;
/// What fewer articles than this name, on both sides together, is too thin to be tested: even if all were on one of two sides of
/// the same size, chance could have put them there.
pub const THIN: u64 = 5;
/// Steady is what was neither doubled nor halved: the interval of the ratio lies within.
pub const STEADY: f64 = 2.0;

/// What became of an actor or an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Named after, never before, and chance alone does not tell that.
    Appeared,
    /// Named before, never after, and chance alone does not tell that.
    Vanished,
    /// Named in a larger share of the articles.
    Stronger,
    /// Named in a smaller share of the articles.
    Weaker,
    /// No change, and one by [`STEADY`] or more can be excluded.
    Steady,
    /// Neither a change nor that there is none is sure.
    NotEstablished,
}

impl Change {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Appeared, Self::Vanished, Self::Stronger, Self::Weaker, Self::Steady, Self::NotEstablished];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appeared => "appeared",
            Self::Vanished => "vanished",
            Self::Stronger => "stronger",
            Self::Weaker => "weaker",
            Self::Steady => "steady",
            Self::NotEstablished => "not-established",
        }
    }

    /// Whether it is a change.
    pub fn is_established(self) -> bool {
        self < Self::Steady
    }

    /// What the counts of both sides and the q of their difference say.
    fn of(a: Share, b: Share, rates: &RateChange, q: Option<f64>) -> Self {
        let (low, high) = rates.interval;
        match (q.is_some_and(|q| q <= LEVEL), a.count, b.count) {
            (true, 0, _) => Self::Appeared,
            (true, _, 0) => Self::Vanished,
            (true, ..) if rates.ratio > 1.0 => Self::Stronger,
            (true, ..) => Self::Weaker,
            _ if low >= 1.0 / STEADY && high <= STEADY => Self::Steady,
            _ => Self::NotEstablished,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// How often articles are dealt out to the sides anew by chance, for a p of weights; not at all where it is 0.
    pub permutations: u32,
    /// Where chance begins: the same gives the same.
    pub seed: u64,
}

/// Two sides and what changed from the first to the second. It is saved as node-link data.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Version of the shape, now 1.
    pub schema: u64,
    /// Always false: edges have no direction.
    pub directed: bool,
    /// Always false: two actors have one edge.
    pub multigraph: bool,
    /// How it was compared.
    pub method: Test,
    /// The first side.
    pub a: Side,
    /// The second side.
    pub b: Side,
    /// The actors that either side names, by name.
    #[serde(rename = "nodes")]
    pub actors: Vec<ActorChange>,
    /// The edges of either side, by the names of their ends.
    pub edges: Vec<EdgeChange>,
}

/// How two sides were compared.
#[derive(Clone, Debug, Serialize)]
pub struct Test {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// What is counted on both sides: `article`, or `story` where copies were folded.
    pub of: &'static str,
    /// What a unit of weight is.
    pub unit: String,
    /// The zones that count.
    pub zones: Vec<String>,
    /// The test, in words.
    pub test: &'static str,
    /// [`LEVEL`].
    pub level: f64,
    /// [`THIN`].
    pub thin: u64,
    /// [`STEADY`].
    pub steady: f64,
    /// How many actors were tested.
    pub tested_actors: u64,
    /// How many edges.
    pub tested_edges: u64,
    /// How often articles were dealt out anew.
    pub permutations: u32,
    /// Where chance began in that.
    pub seed: u64,
    /// Articles (stories) without a day, which are in no period; of whole networks none are left out.
    pub undated: u64,
    /// Actors of one side whom the other did not look for: nothing is said of them and of their edges.
    pub not_sought: Vec<String>,
}

/// The words for [`Test::test`].
const TEST: &str = "conditional mid-p of two rates, two-sided; q by Benjamini & Hochberg";

/// One of the two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    /// What it is called: a file, a period, an outlet.
    pub name: String,
    /// What its counts are a share of: its articles, or its stories where copies were folded.
    pub of: u64,
    /// Its articles.
    pub articles: u64,
    /// Sentences that name somebody.
    pub sentences: u64,
    /// Articles (stories) without a day.
    pub undated: u64,
    /// Its first day.
    pub first: Option<NaiveDate>,
    /// Its last day.
    pub last: Option<NaiveDate>,
}

/// The counts of both sides and what they say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Tested {
    /// What became of it.
    pub change: Change,
    /// Articles (stories) of the first side that name it.
    pub a_count: u64,
    /// All of the first side.
    pub a_of: u64,
    /// Articles (stories) of the second side that name it.
    pub b_count: u64,
    /// All of the second side.
    pub b_of: u64,
    /// The share of the second side by that of the first; null where the first is 0.
    #[serde(serialize_with = "finite")]
    pub ratio: f64,
    /// Its binary logarithm, half an article added to each count.
    pub log2_ratio: f64,
    /// Lower end of the interval that holds the ratio with 95 % confidence.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The chance of so great a difference if the rates are the same.
    pub p: f64,
    /// The same, exact and too careful.
    pub p_exact: f64,
    /// Likelihood ratio, to rank by.
    pub g2: f64,
    /// The share of false alarms among changes of this p or less; null where the evidence is too thin to be tested.
    pub q: Option<f64>,
    /// The chance of so great a difference in weight, by dealing out articles anew; absent where that was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_permuted: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn finite<S: Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
    Some(*number).filter(|it| it.is_finite()).serialize(to)
}

/// What became of an actor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorChange {
    /// Its identifier.
    pub id: String,
    /// Its label.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Counts and test.
    #[serde(flatten)]
    pub tested: Tested,
    /// Places of the first side that name it.
    pub a_mentions: u64,
    /// Places of the second side that name it.
    pub b_mentions: u64,
}

/// What became of an edge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EdgeChange {
    /// Identifier of one end.
    pub source: String,
    /// Identifier of the other.
    pub target: String,
    /// Counts and test.
    #[serde(flatten)]
    pub tested: Tested,
    /// Its weight on the first side.
    pub a_weight: u64,
    /// Its weight on the second side.
    pub b_weight: u64,
    /// What shows it on the first side, oldest first.
    pub a_evidence: Vec<Shown>,
    /// What shows it on the second side.
    pub b_evidence: Vec<Shown>,
}

/// What changed from `before` to `after`, each with its name. Two networks that were built apart join names apart: a person whom one
/// knows by another name than the other is two, while the periods of one network ([`periods`]) have the same actors.
///
/// # Errors
/// [`Error::Compare`] where they were not counted alike, where one of them was filtered or has no articles; where permutations are
/// asked for and evidence was left out.
pub fn compare(before: (&str, &Network), after: (&str, &Network), how: How) -> Result<Comparison, Error> {
    check(before, after)?;
    let (a, b) = (side(before)?, side(after)?);
    let mut not_sought = BTreeSet::new();
    let actors = actors((before.1, after.1), (a.of, b.of), &mut not_sought);
    let edges = edges((before.1, after.1), (a.of, b.of), &not_sought, how)?;
    let Method { program, version, unit, zones, copies_counted, .. } = before.1.method.clone();
    let mut comparison = Comparison {
        schema: 1,
        directed: false,
        multigraph: false,
        method: Test {
            program,
            version,
            of: if copies_counted { "article" } else { "story" },
            unit,
            zones,
            test: TEST,
            level: LEVEL,
            thin: THIN,
            steady: STEADY,
            tested_actors: 0,
            tested_edges: 0,
            permutations: how.permutations,
            seed: how.seed,
            undated: 0,
            not_sought: not_sought.into_iter().map(|(_, name)| name).collect(),
        },
        a,
        b,
        actors,
        edges,
    };
    comparison.method.tested_actors = judge(comparison.actors.iter_mut().map(|it| &mut it.tested).collect());
    comparison.method.tested_edges = judge(comparison.edges.iter_mut().map(|it| &mut it.tested).collect());
    Ok(comparison)
}

/// What changed from one period of `network` to another; articles without a day are in neither, and their number is told.
///
/// # Errors
/// [`Error::Compare`] where the periods share days, and as [`compare`].
pub fn periods(network: &Network, (a, b): (Period, Period), how: How) -> Result<Comparison, Error> {
    if a.meets(b) {
        let reason =
            format!("`{a}` and `{b}` share days, whose articles would stand on both sides; end one before the other");
        return Err(Error::Compare { reason });
    }
    for period in [a, b] {
        if let (None, Some((first, last))) = (network.within(period).span(), network.span()) {
            let reason = format!("no article is dated `{period}`; dated ones are from {first} to {last}");
            return Err(Error::Compare { reason });
        }
    }
    let (before, after) = (network.within(a), network.within(b));
    let mut comparison = compare((&a.to_string(), &before), (&b.to_string(), &after), how)?;
    comparison.method.undated = network.undated().stories;
    Ok(comparison)
}

/// That both were counted alike and are whole.
fn check(before: (&str, &Network), after: (&str, &Network)) -> Result<(), Error> {
    let (one, other) = (&before.1.method, &after.1.method);
    let copies = |method: &Method| if method.copies_counted { "count" } else { "fold" }.to_owned();
    for (what, one, other) in [
        ("unit", one.unit.clone(), other.unit.clone()),
        ("zones", one.zones.join(","), other.zones.join(",")),
        ("copies", copies(one), copies(other)),
    ] {
        if one != other {
            let (a, b) = (before.0, after.0);
            let reason = format!("{a} was counted with --{what} {one}, {b} with --{what} {other}; build both alike");
            return Err(Error::Compare { reason });
        }
    }
    for (name, network) in [before, after] {
        if let Some(kept) = network.method.kept.first() {
            let reason = format!(
                "{name} was filtered ({}), and what is missing there did not vanish; compare the network as it was built",
                kept.rule
            );
            return Err(Error::Compare { reason });
        }
    }
    Ok(())
}

fn side((name, network): (&str, &Network)) -> Result<Side, Error> {
    let volume = network.method.volume;
    if volume.stories == 0 {
        let reason = if network.graph.node_count() == 0 {
            format!("{name} has no articles")
        } else {
            format!("{name} does not say of how many articles it is, as older versions left that out; build it again")
        };
        return Err(Error::Compare { reason });
    }
    let (first, last) = network.span().unzip();
    let undated = network.undated().stories;
    Ok(Side {
        name: name.to_owned(),
        of: volume.stories,
        articles: volume.articles,
        sentences: volume.sentences,
        undated,
        first,
        last,
    })
}

/// Whether the network would have found `actor`.
fn sought(network: &Network, actor: &Actor, ids: &BTreeSet<&str>) -> bool {
    let method = &network.method;
    !method.discovered.is_empty() || ids.contains(actor.id.as_str()) || method.unseen.contains(&actor.name)
}

/// An actor on both sides, as far as it is there.
type Both<'a> = (Option<&'a Actor>, Option<&'a Actor>);

fn actors(
    (before, after): (&Network, &Network),
    of: (u64, u64),
    not_sought: &mut BTreeSet<(String, String)>,
) -> Vec<ActorChange> {
    let ids =
        |network: &'_ Network| -> BTreeSet<String> { network.graph.node_weights().map(|it| it.id.clone()).collect() };
    let (ones, others) = (ids(before), ids(after));
    let (ones, others) = (ones.iter().map(String::as_str).collect(), others.iter().map(String::as_str).collect());
    let mut both: BTreeMap<(&str, &str), Both<'_>> = BTreeMap::new();
    for actor in before.graph.node_weights() {
        both.entry((&actor.id, actor.kind.name())).or_default().0 = Some(actor);
    }
    for actor in after.graph.node_weights() {
        both.entry((&actor.id, actor.kind.name())).or_default().1 = Some(actor);
    }
    let mut changes = Vec::new();
    for (a, b) in both.into_values() {
        let Some(actor) = a.or(b) else { continue };
        if !(sought(before, actor, &ones) && sought(after, actor, &others)) {
            not_sought.insert((actor.id.clone(), actor.name.clone()));
            continue;
        }
        let count = |side: Option<&Actor>| side.map_or(0, |it| it.stories);
        if count(a) + count(b) == 0 {
            continue;
        }
        changes.push(ActorChange {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            tested: Tested::of(Share { count: count(a), of: of.0 }, Share { count: count(b), of: of.1 }),
            a_mentions: a.map_or(0, |it| it.mentions),
            b_mentions: b.map_or(0, |it| it.mentions),
        });
    }
    changes.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    changes
}

/// An edge with its ends, in the network's order.
type Ends<'a> = (&'a Actor, &'a Actor, &'a Edge);

/// Edges by the identifiers of their ends, the smaller first.
fn by_ends(network: &Network) -> BTreeMap<(&str, &str), Ends<'_>> {
    let edges = network.edges().filter(|(.., edge)| edge.stories > 0);
    edges.map(|it| ((it.0.id.as_str().min(&it.1.id), it.0.id.as_str().max(&it.1.id)), it)).collect()
}

fn edges(
    (before, after): (&Network, &Network),
    of: (u64, u64),
    not_sought: &BTreeSet<(String, String)>,
    how: How,
) -> Result<Vec<EdgeChange>, Error> {
    let (ones, others) = (by_ends(before), by_ends(after));
    let ends: BTreeSet<(&str, &str)> = ones.keys().chain(others.keys()).copied().collect();
    let lacks: BTreeSet<&str> = not_sought.iter().map(|(id, _)| id.as_str()).collect();
    let mut changes = Vec::new();
    for ids in ends.into_iter().filter(|(a, b)| !lacks.contains(a) && !lacks.contains(b)) {
        let (one, other) = (ones.get(&ids), others.get(&ids));
        let Some((source, target, _)) = one.or(other) else { continue };
        let (a, b) = (one.map(|it| it.2), other.map(|it| it.2));
        let count = |side: Option<&Edge>| side.map_or(0, |it| it.stories);
        let mut tested = Tested::of(Share { count: count(a), of: of.0 }, Share { count: count(b), of: of.1 });
        if how.permutations > 0 {
            tested.p_permuted = Some(permutation::of_edge((a, b), of, how, ids)?);
        }
        let names = (source.name.as_str(), target.name.as_str());
        let change = EdgeChange {
            source: source.id.clone(),
            target: target.id.clone(),
            tested,
            a_weight: a.map_or(0, |it| it.weight),
            b_weight: b.map_or(0, |it| it.weight),
            a_evidence: a.map(|it| it.evidence.clone()).unwrap_or_default(),
            b_evidence: b.map(|it| it.evidence.clone()).unwrap_or_default(),
        };
        changes.push((names, change));
    }
    changes.sort_by(|(names, change), (others, other)| {
        (names, &change.source, &change.target).cmp(&(others, &other.source, &other.target))
    });
    Ok(changes.into_iter().map(|(_, change)| change).collect())
}

impl Tested {
    /// The test of one pair of counts, before it is known how many others are tested.
    pub fn of(a: Share, b: Share) -> Self {
        let rates = RateChange::of(a, b);
        let RateChange { ratio, log2_ratio, interval: (low, high), p, p_exact, g2 } = rates;
        Self {
            change: Change::of(a, b, &rates, None),
            a_count: a.count,
            a_of: a.of,
            b_count: b.count,
            b_of: b.of,
            ratio,
            log2_ratio,
            low,
            high,
            p,
            p_exact,
            g2,
            q: None,
            p_permuted: None,
        }
    }

    /// The counts of both sides.
    pub fn shares(&self) -> (Share, Share) {
        (Share { count: self.a_count, of: self.a_of }, Share { count: self.b_count, of: self.b_of })
    }
}

/// Enters q and what follows from it; how many were tested. Which are too thin to be tested is told by the sum of both sides, which
/// says nothing of the difference: leaving them out keeps the share of false alarms, Bourgon, Gentleman & Huber (2010),
/// <https://doi.org/10.1073/pnas.0914005107>.
pub fn judge(mut all: Vec<&mut Tested>) -> u64 {
    all.retain(|it| it.a_count + it.b_count >= THIN);
    let tests = all.len() as u64;
    let p: Vec<f64> = all.iter().map(|it| it.p).collect();
    for (tested, q) in all.into_iter().zip(measure::benjamini_hochberg(&p, tests)) {
        let (a, b) = tested.shares();
        tested.q = Some(q);
        tested.change = Change::of(a, b, &RateChange::of(a, b), Some(q));
    }
    tests
}

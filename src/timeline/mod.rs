//! A network bin by bin: how much of what was published named whom, since when, and when that changed.
//!
//! Bins are right-open, follow one another without a gap, and are kept when they are empty. Rates are shares of the articles of
//! the bin (of its stories, where copies are folded), so that a busy month is no burst.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    Error, Network,
    compare::{self, Agreement, Share, THIN},
    measure::real,
    network::{Actor, Edge, Method},
    roster::ActorKind,
    tally::{ActorDay, Days, PairDay, Sum, Volume},
};

mod bins;
mod group;

pub use bins::{Bins, By, MOST};
pub use group::Group;

/// The partners of an actor that a bin names.
const PARTNERS: usize = 3;

/// A network bin by bin. It is saved as node-link data with `bins`.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// Version of the shape, now 1.
    pub schema: u64,
    /// Always false: edges have no direction.
    pub directed: bool,
    /// Always false: two actors have one edge.
    pub multigraph: bool,
    /// How it was cut and counted.
    pub method: Cut,
    /// Each stretch of time, in order.
    pub bins: Vec<Bin>,
    /// The actors, by name, with their bursts and change points.
    #[serde(rename = "nodes")]
    pub actors: Vec<ActorTime>,
    /// The edges, in the network's order, with the same.
    pub edges: Vec<EdgeTime>,
}

/// How a timeline was made.
#[derive(Clone, Debug, Serialize)]
pub struct Cut {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// What rates are shares of: `article`, or `story` where copies were folded.
    pub of: &'static str,
    /// What a unit of weight is.
    pub unit: String,
    /// The zones that count.
    pub zones: Vec<String>,
    /// `day`, `week`, `month`, `quarter`, `year`, or the windows.
    pub by: String,
    /// Articles (stories) on a day.
    pub dated: u64,
    /// Articles (stories) without one, which are in no bin.
    pub undated: u64,
    /// How bursts were found; null where bins overlap, which bursts cannot be told from.
    pub bursts: Option<&'static str>,
    /// How change points were found; null where bins overlap.
    pub change_points: Option<&'static str>,
    /// How communities were found, and how those of one bin were matched with those before.
    pub communities: &'static str,
    /// Where chance began in that.
    pub seed: u64,
    /// How time is cut, for programs.
    #[serde(skip)]
    pub cut: By,
}

/// One stretch of time.
#[derive(Clone, Debug, Serialize)]
pub struct Bin {
    /// Its first day.
    pub start: NaiveDate,
    /// The day after its last.
    pub end: NaiveDate,
    /// What was read of it: `articles`, `stories`, `sentences` that name somebody, `naming` stories.
    #[serde(flatten)]
    pub volume: Volume,
    /// Who is named, by name.
    pub actors: Vec<ActorBin>,
    /// Who with whom, in the network's order.
    pub edges: Vec<EdgeBin>,
    /// The communities of these edges, the largest first.
    pub communities: Vec<Group>,
    /// How alike they are to those of the last bin that has any, of the actors in both; null where there are none.
    pub agreement: Option<Agreement>,
}

/// An actor in a bin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorBin {
    /// Its identifier.
    pub id: String,
    /// Counts within the bin.
    #[serde(flatten)]
    pub counts: ActorDay,
    /// The share of the bin's articles (stories) that name it.
    pub rate: f64,
    /// The sum of its edges' weights.
    pub strength: u64,
    /// Its place by strength, from 1; those as strong share one.
    pub rank: u64,
    /// Whom it is named with most, at most three, the strongest first.
    pub partners: Vec<String>,
}

/// An edge in a bin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EdgeBin {
    /// Identifier of one end.
    pub source: String,
    /// Identifier of the other.
    pub target: String,
    /// Counts within the bin.
    #[serde(flatten)]
    pub counts: PairDay,
    /// The share of the bin's articles (stories) that name both together.
    pub rate: f64,
}

/// An actor over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorTime {
    /// Its identifier.
    pub id: String,
    /// Its label.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Dated articles (stories) that name it.
    pub count: u64,
    /// When and how it changed.
    #[serde(flatten)]
    pub course: Course,
}

/// An edge over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EdgeTime {
    /// Identifier of one end.
    pub source: String,
    /// Identifier of the other.
    pub target: String,
    /// Dated articles (stories) that name both together.
    pub count: u64,
    /// Its weight in these.
    pub weight: u64,
    /// When and how it changed.
    #[serde(flatten)]
    pub course: Course,
}

/// When a rate was higher for a while, and when it changed for good. Of what fewer than [`THIN`] articles name nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Course {
    /// Runs of bins with twice the usual rate, in order.
    pub bursts: Vec<BurstTime>,
    /// Where a new rate begins, in order.
    pub changes: Vec<ChangeTime>,
}

/// A burst in days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BurstTime {
    /// Its first day.
    pub start: NaiveDate,
    /// The day after its last.
    pub end: NaiveDate,
    /// How much better two rates tell what was counted than one, in nats.
    pub weight: f64,
}

/// A change of rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeTime {
    /// The day on which the new rate begins.
    pub day: NaiveDate,
    /// The rate since the change before, or since the beginning.
    pub before: f64,
    /// The rate until the next, or until the end.
    pub after: f64,
}

/// `network` bin by bin; `seed` is where chance begins in finding communities.
///
/// # Errors
/// [`Error::Compare`] where nothing is dated, the network was filtered, or there are more than [`MOST`] bins.
pub fn timeline(network: &Network, by: By, seed: u64) -> Result<Timeline, Error> {
    let wrong = |reason: String| Err(Error::Compare { reason });
    if let Some(kept) = network.method.kept.first() {
        return wrong(format!("the network was filtered ({}); take it as it was built", kept.rule));
    }
    let Some((first, last)) = network.span() else {
        return wrong(match network.method.volume.articles {
            0 => "the network does not say of how many articles it is, as older versions left that out; build it again"
                .into(),
            undated => {
                format!("none of {undated} articles is dated; --date-field names the field or column of the day")
            }
        });
    };
    let Some(cut) = by.bins(first, last) else {
        return wrong(format!(
            "more than {MOST} bins from {first} to {last}; take longer ones, or --period for a part"
        ));
    };
    let volumes: Vec<Volume> = filled(&cut, &network.method.days);
    let actors = of_actors(network, &cut, &volumes);
    let edges = of_edges(network, &cut, &volumes);
    let course = |shares: Vec<Share>| if by.overlaps() { Course::default() } else { course(&shares, &cut) };
    let mut timeline = Timeline {
        schema: 1,
        directed: false,
        multigraph: false,
        method: method(network, by, seed),
        bins: bins(network, &cut, &volumes, (&actors, &edges)),
        actors: network
            .graph
            .node_weights()
            .map(|it| actor_time(it, course(shares(&it.days, &cut, &volumes))))
            .collect(),
        edges: network.edges().map(|it| edge_time(it, course(shares(&it.2.days, &cut, &volumes)))).collect(),
    };
    timeline.edges.retain(|edge| edge.count > 0);
    timeline.actors.retain(|actor| actor.count > 0);
    group::enter(&mut timeline.bins, seed);
    Ok(timeline)
}

fn method(network: &Network, cut: By, seed: u64) -> Cut {
    let Method { program, version, unit, zones, copies_counted, volume, .. } = network.method.clone();
    let undated = network.undated().stories;
    let told = |words| (!cut.overlaps()).then_some(words);
    Cut {
        program,
        version,
        of: if copies_counted { "article" } else { "story" },
        unit,
        zones,
        by: cut.to_string(),
        dated: volume.stories - undated,
        undated,
        bursts: told("Kleinberg 2003, two states, s = 2, gamma = 1"),
        change_points: told("Poisson optimal partitioning with exposure, penalty ln n"),
        communities: "Leiden, modularity; matched by Jaccard of 0.3 or more",
        seed,
        cut,
    }
}

/// The counts of `days` by bin.
fn filled<T: Sum>(cut: &Bins, days: &Days<T>) -> Vec<T> {
    let mut bins = vec![T::default(); cut.starts.len()];
    for (day, counts) in days {
        for bin in bins.get_mut(cut.of(*day)).unwrap_or_default() {
            bin.add(*counts);
        }
    }
    bins
}

/// The same of bins that have any, with their numbers: most actors are in few.
fn sparse<T: Sum>(cut: &Bins, days: &Days<T>) -> BTreeMap<usize, T> {
    let mut bins: BTreeMap<usize, T> = BTreeMap::new();
    for (day, counts) in days {
        for bin in cut.of(*day) {
            bins.entry(bin).or_default().add(*counts);
        }
    }
    bins
}

/// Counts that name something as a share of what was read.
trait Counted: Sum {
    fn stories(self) -> u64;
}

impl Counted for ActorDay {
    fn stories(self) -> u64 {
        self.stories
    }
}

impl Counted for PairDay {
    fn stories(self) -> u64 {
        self.stories
    }
}

/// Of each bin, how many articles of how many; empty where there is too little to be looked at.
fn shares<T: Counted>(days: &Days<T>, cut: &Bins, volumes: &[Volume]) -> Vec<Share> {
    if days.values().map(|it| it.stories()).sum::<u64>() < THIN {
        return Vec::new();
    }
    let counts = filled(cut, days);
    counts.into_iter().zip(volumes).map(|(it, volume)| Share { count: it.stories(), of: volume.stories }).collect()
}

fn course(shares: &[Share], cut: &Bins) -> Course {
    let start = |bin: usize| cut.starts.get(bin).copied().unwrap_or(NaiveDate::MAX);
    let bursts = compare::bursts(shares).into_iter().filter_map(|burst| {
        let end = *cut.ends.get(burst.end.checked_sub(1)?)?;
        Some(BurstTime { start: start(burst.start), end, weight: burst.weight })
    });
    let points = compare::change_points(shares);
    let ends: Vec<usize> = std::iter::once(0).chain(points.iter().copied()).chain([shares.len()]).collect();
    let rate = |from: usize, to: usize| {
        let part = shares.get(from..to).unwrap_or_default();
        Share { count: part.iter().map(|it| it.count).sum(), of: part.iter().map(|it| it.of).sum() }.rate()
    };
    let changes = ends.iter().zip(ends.iter().skip(1)).zip(ends.iter().skip(2));
    let changes =
        changes.map(|((from, at), to)| ChangeTime { day: start(*at), before: rate(*from, *at), after: rate(*at, *to) });
    Course { bursts: bursts.collect(), changes: changes.collect() }
}

fn actor_time(actor: &Actor, course: Course) -> ActorTime {
    let count = actor.days.values().map(|it| it.stories).sum();
    ActorTime { id: actor.id.clone(), name: actor.name.clone(), kind: actor.kind, count, course }
}

fn edge_time((a, b, edge): (&Actor, &Actor, &Edge), course: Course) -> EdgeTime {
    let sum = |of: fn(&PairDay) -> u64| edge.days.values().map(of).sum();
    let (count, weight) = (sum(|it| it.stories), sum(|it| it.weight));
    EdgeTime { source: a.id.clone(), target: b.id.clone(), count, weight, course }
}

/// The rate of a count in a bin.
fn rate(count: u64, volume: Volume) -> f64 {
    Share { count, of: volume.stories }.rate()
}

/// By bin, the actors with their number.
type InBins<T> = Vec<BTreeMap<usize, T>>;

fn of_actors(network: &Network, cut: &Bins, volumes: &[Volume]) -> InBins<ActorBin> {
    let mut bins: InBins<ActorBin> = vec![BTreeMap::new(); cut.starts.len()];
    for (index, actor) in network.graph.node_weights().enumerate() {
        for (bin, counts) in sparse(cut, &actor.days) {
            let (Some(actors), Some(volume)) = (bins.get_mut(bin), volumes.get(bin)) else { continue };
            let (id, rate, partners) = (actor.id.clone(), rate(counts.stories, *volume), Vec::new());
            actors.insert(index, ActorBin { id, counts, rate, strength: 0, rank: 0, partners });
        }
    }
    bins
}

/// By bin, the edges with their number and ends.
type EdgesOf = Vec<Vec<((usize, usize), EdgeBin)>>;

fn of_edges(network: &Network, cut: &Bins, volumes: &[Volume]) -> EdgesOf {
    let mut bins: EdgesOf = vec![Vec::new(); cut.starts.len()];
    let ends = network.graph.raw_edges().iter().map(|it| (it.source().index(), it.target().index()));
    for (ends, (a, b, edge)) in ends.zip(network.edges()) {
        for (bin, counts) in sparse(cut, &edge.days) {
            let (Some(edges), Some(volume)) = (bins.get_mut(bin), volumes.get(bin)) else { continue };
            let (source, target) = (a.id.clone(), b.id.clone());
            edges.push((ends, EdgeBin { source, target, counts, rate: rate(counts.stories, *volume) }));
        }
    }
    bins
}

fn bins(network: &Network, cut: &Bins, volumes: &[Volume], (actors, edges): (&InBins<ActorBin>, &EdgesOf)) -> Vec<Bin> {
    let spans = cut.starts.iter().zip(&cut.ends).zip(volumes);
    let parts = actors.iter().zip(edges);
    spans
        .zip(parts)
        .map(|(((start, end), volume), (actors, edges))| Bin {
            start: *start,
            end: *end,
            volume: *volume,
            actors: placed(network, actors.clone(), edges),
            edges: edges.iter().map(|(_, edge)| edge.clone()).collect(),
            communities: Vec::new(),
            agreement: None,
        })
        .collect()
}

/// The actors of a bin with strength, rank and partners.
fn placed(
    network: &Network,
    mut actors: BTreeMap<usize, ActorBin>,
    edges: &[((usize, usize), EdgeBin)],
) -> Vec<ActorBin> {
    let mut partners: BTreeMap<usize, BTreeSet<(std::cmp::Reverse<u64>, usize)>> = BTreeMap::new();
    for ((a, b), edge) in edges {
        for (one, other) in [(*a, *b), (*b, *a)] {
            partners.entry(one).or_default().insert((std::cmp::Reverse(edge.counts.weight), other));
        }
    }
    for (index, partners) in partners {
        let Some(actor) = actors.get_mut(&index) else { continue };
        actor.strength = partners.iter().map(|(weight, _)| weight.0).sum();
        let names = partners.iter().take(PARTNERS);
        let node = |index: usize| network.graph.node_weight(petgraph::graph::NodeIndex::new(index));
        actor.partners = names.filter_map(|(_, other)| Some(node(*other)?.id.clone())).collect();
    }
    let mut strengths: Vec<u64> = actors.values().map(|it| it.strength).collect();
    strengths.sort_unstable();
    for actor in actors.values_mut() {
        actor.rank = (strengths.len() - strengths.partition_point(|it| *it <= actor.strength)) as u64 + 1;
    }
    actors.into_values().collect()
}

impl Timeline {
    /// The mean rate of an edge or actor over all bins, from its count.
    pub fn mean_rate(&self, count: u64) -> f64 {
        if self.method.dated == 0 { 0.0 } else { real(count) / real(self.method.dated) }
    }
}

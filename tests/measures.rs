//! Measures, backbones and tests against worked values, and their laws.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "a panic is a failed test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use petgraph::graph::UnGraph;
use proptest::prelude::*;
use serde_json::Value;
use sociogram::{
    Network,
    measure::{self, Pair, Table},
    network::{Actor, Edge, Method, backbone, centrality, communities},
    tally::{Detail, Stratum},
};

/// Worked values that are not part of the project, where they are at hand.
fn worked(name: &str) -> Option<PathBuf> {
    let path = Path::new("../shared/data/statistics").join(name);
    if !path.exists() {
        println!("no {} beside the project: not compared", path.display());
    }
    path.exists().then_some(path)
}

fn of(name: &str, table: Table) -> Option<f64> {
    (measure::named(name).unwrap().of)(&Pair { units: table, articles: table, detail: None })
}

fn near(have: f64, want: f64) -> bool {
    have == want || (have - want).abs() <= 1e-9 * want.abs().max(1.0)
}

fn network(nodes: usize, edges: &[(usize, usize, u64)]) -> Network {
    let mut graph = UnGraph::default();
    let names = (0..nodes).map(|index| Actor { name: format!("{index:03}"), ..Actor::default() });
    let nodes: Vec<_> = names.map(|actor| graph.add_node(actor)).collect();
    for &(a, b, weight) in edges {
        graph.add_edge(nodes[a], nodes[b], Edge { weight, sentences: weight, ..Edge::default() });
    }
    Network { graph, method: Method { unit: "sentence".into(), ..Method::default() }, ..Network::default() }
}

#[test]
fn association_is_as_worked_by_other_programs() {
    let Some(path) = worked("assoc.json") else { return };
    let rows: Vec<BTreeMap<String, Value>> =
        serde_json::from_str(&fs::read_to_string(path).unwrap().replace("-Infinity", "null")).unwrap();
    assert_eq!(rows.len(), 12);
    let columns = [
        ("assoc", "association_strength"),
        ("assocN", "lift"),
        ("pmi", "pmi"),
        ("npmi", "npmi"),
        ("G2signed", "g2"),
        ("chi2", "chi_squared"),
        ("jaccard", "jaccard"),
        ("dice", "dice"),
        ("cosine", "cosine"),
        ("logodds_haldane", "log_odds"),
    ];
    for row in rows {
        let count = |name: &str| row[name].as_u64().unwrap();
        let table = Table { both: count("a"), one: count("ni"), other: count("nj"), all: count("N") };
        for (theirs, ours) in columns {
            let want = row[theirs].as_f64().unwrap_or(f64::NEG_INFINITY);
            let have = of(ours, table).unwrap();
            assert!(near(have, want), "{ours} of {table:?}: {have} and not {want}");
        }
        let (have, want) = (measure::hypergeometric_mid_p(table), row["mid_p"].as_f64().unwrap());
        assert!((have - want).abs() <= 1e-9 * want, "mid-p of {table:?}: {have} and not {want}");
    }
}

#[test]
fn association_by_hand() {
    let table = Table { both: 2, one: 4, other: 8, all: 64 };
    for (name, want) in [
        ("association_strength", 2.0 / 32.0),
        ("lift", 4.0),
        ("pmi", 2.0),
        ("npmi", 2.0 / 5.0),
        ("jaccard", 0.2),
        ("dice", 1.0 / 3.0),
        ("cosine", 2.0 / 32_f64.sqrt()),
        ("log_odds", (2.5_f64 * 54.5 / (2.5 * 6.5)).ln()),
    ] {
        assert!(near(of(name, table).unwrap(), want), "{name}");
    }
    assert_eq!(of("chi_squared", Table { both: 3, one: 3, other: 5, all: 5 }), None);
    assert_eq!(of("npmi", Table { both: 5, one: 5, other: 5, all: 5 }), Some(1.0));
}

#[test]
fn crowds_count_less_and_nearness_decays() {
    let detail = Detail {
        crowds: BTreeMap::from([(2, 3), (5, 2)]),
        distances: BTreeMap::from([(0, 2), (1, 1), (3, 4)]),
        ..Detail::default()
    };
    let pair = Pair { detail: Some(&detail), ..Pair::default() };
    let of = |name| (measure::named(name).unwrap().of)(&pair).unwrap();
    assert!(near(of("newman"), 3.5));
    assert!(near(of("decay"), 2.0 + (-1_f64).exp() + 4.0 * (-3_f64).exp()));
}

fn strata(tables: &[(u64, u64, u64, u64)]) -> BTreeMap<Stratum, u64> {
    let mut strata = BTreeMap::new();
    for &(both, one, other, all) in tables {
        *strata.entry(Stratum { both, one, other, all }).or_default() += 1;
    }
    strata
}

#[test]
fn strata_are_convolved() {
    let p = measure::stratified_mid_p(&strata(&[(3, 5, 4, 30), (1, 2, 3, 25), (0, 1, 1, 40), (2, 6, 2, 20)]));
    assert!((p - 0.000_226).abs() < 5e-7, "{p}");
    // One stratum is the hypergeometric test.
    let table = Table { both: 3, one: 5, other: 4, all: 30 };
    assert!(near(measure::stratified_mid_p(&strata(&[(3, 5, 4, 30)])), measure::hypergeometric_mid_p(table)));
    // Where nothing could have been otherwise.
    assert!(near(measure::stratified_mid_p(&strata(&[(1, 1, 1, 1), (2, 2, 4, 4)])), 0.5));
}

#[test]
fn large_sums_are_normal_where_exact_ones_end() {
    let exact = measure::stratified_mid_p(&BTreeMap::from([
        (Stratum { both: 1, one: 4, other: 5, all: 25 }, 4000),
        (Stratum { both: 0, one: 4, other: 5, all: 25 }, 990),
    ]));
    let normal = measure::stratified_mid_p(&BTreeMap::from([
        (Stratum { both: 1, one: 4, other: 5, all: 25 }, 4050),
        (Stratum { both: 0, one: 4, other: 5, all: 25 }, 951),
    ]));
    assert!(exact > 0.3 && exact < 0.8, "{exact}");
    assert!(normal > 0.05 && normal < exact, "{normal}");
}

#[test]
fn q_values_are_those_of_benjamini_and_hochberg() {
    let q = measure::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005], 4);
    assert!(q.iter().zip([0.02, 0.04, 0.04, 0.02]).all(|(have, want)| near(*have, want)), "{q:?}");
    let more = measure::benjamini_hochberg(&[0.01], 50);
    assert!(near(more[0], 0.5));
    assert!(measure::benjamini_hochberg(&[], 7).is_empty());
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers everywhere.
struct Chance(u64);

impl Chance {
    fn number(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn within(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.number()
    }

    fn drawn(&mut self, of: usize, share: f64) -> Vec<bool> {
        (0..of).map(|_| self.number() < share).collect()
    }
}

fn table(one: &[bool], other: &[bool]) -> (u64, u64, u64, u64) {
    let count = |it: &[bool]| it.iter().filter(|it| **it).count() as u64;
    let both = one.iter().zip(other).filter(|(a, b)| **a && **b).count() as u64;
    (both, count(one), count(other), one.len() as u64)
}

/// Two actors of one story, placed in the sentences of an article independently of each other: no more than chance.
#[test]
fn the_stratified_test_keeps_its_level_where_the_pooled_one_does_not() {
    let (mut chance, mut stratified, mut pooled) = (Chance(7), 0_u32, 0_u32);
    let runs = 1000;
    for _ in 0..runs {
        let tables: Vec<_> = (0..120)
            .map(|_| {
                let (a, b) = if chance.number() < 0.25 {
                    (chance.within(0.1, 0.4), chance.within(0.05, 0.3))
                } else {
                    (0.005, 0.005)
                };
                table(&chance.drawn(25, a), &chance.drawn(25, b))
            })
            .collect();
        let shared: Vec<_> = tables.iter().copied().filter(|it| it.1 > 0 && it.2 > 0).collect();
        stratified += u32::from(measure::stratified_mid_p(&strata(&shared)) < 0.05);
        let sum = tables.iter().fold((0, 0, 0, 0), |s, t| (s.0 + t.0, s.1 + t.1, s.2 + t.2, s.3 + t.3));
        let sum = Table { both: sum.0, one: sum.1, other: sum.2, all: sum.3 };
        pooled += u32::from(measure::hypergeometric_mid_p(sum) < 0.05);
    }
    let share = |count: u32| f64::from(count) / f64::from(runs);
    println!("false alarms at 5 %: stratified {}, pooled {}", share(stratified), share(pooled));
    assert!((0.03..=0.07).contains(&share(stratified)), "{}", share(stratified));
    assert!(share(pooled) > 0.9, "{}", share(pooled));
}

#[test]
fn the_test_over_articles_keeps_its_level() {
    let (mut chance, mut found) = (Chance(11), 0_u32);
    let runs = 2000;
    for _ in 0..runs {
        let (one, other) = (chance.drawn(2000, 0.1), chance.drawn(2000, 0.06));
        let (both, one, other, all) = table(&one, &other);
        found += u32::from(measure::hypergeometric_mid_p(Table { both, one, other, all }) < 0.05);
    }
    let share = f64::from(found) / f64::from(runs);
    assert!((0.03..=0.07).contains(&share), "{share}");
}

#[test]
fn backbones_are_as_worked_by_other_programs() {
    let Some(path) = worked("backbone.txt") else { return };
    let text = fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('|').collect()).collect();
    assert_eq!(rows.len(), 9);
    let ends: Vec<(&str, &str)> = rows.iter().map(|row| row[0].split_once('-').unwrap()).collect();
    let names: Vec<&str> = ends.iter().flat_map(|(a, b)| [*a, *b]).collect::<BTreeSet<_>>().into_iter().collect();
    let at = |name| names.iter().position(|it| *it == name).unwrap();
    let edges: Vec<_> = ends.iter().zip(&rows).map(|((a, b), row)| (at(*a), at(*b), row[1].parse().unwrap())).collect();
    let network = network(names.len(), &edges);
    for ((row, alpha), surplus) in
        rows.iter().zip(backbone::disparity(&network)).zip(backbone::noise_corrected(&network))
    {
        let want = |column: usize| row[column].parse::<f64>().unwrap();
        for (have, want) in [(alpha, want(4)), (surplus.score, want(5)), (surplus.deviation, want(6))] {
            assert!((have - want).abs() <= 5.1e-7, "{}: {have} and not {want}", row[0]);
        }
    }
}

/// A star of four, one of whose points leads on to a fifth actor; and two who know nobody else.
fn star() -> Network {
    network(8, &[(0, 1, 1), (0, 2, 2), (0, 3, 4), (3, 4, 4), (5, 6, 1)])
}

#[test]
fn centralities_by_hand() {
    let network = star();
    assert_eq!(centrality::degree(&network), [3.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 0.0]);
    assert_eq!(centrality::strength(&network), [7.0, 1.0, 2.0, 8.0, 4.0, 1.0, 1.0, 0.0]);
    // Through 0 go 1-2, 1-3, 1-4, 2-3, 2-4; through 3 go 0-4, 1-4, 2-4; of 21 pairs of others.
    let betweenness = centrality::betweenness(&network);
    assert!(near(betweenness[0], 5.0 / 21.0) && near(betweenness[3], 3.0 / 21.0) && betweenness[1] == 0.0);
    // From 0: 1, 1/2, 1/4, 1/2 to four of seven.
    assert!(near(centrality::closeness(&network)[0], 4.0 / 2.25 * 4.0 / 7.0));
    assert_eq!(centrality::closeness(&network)[7], 0.0);
    let parts = [1, 1, 1, 1, 1, 2, 2].map(Some);
    assert_eq!(centrality::components(&network)[..7], parts);
    assert_eq!(centrality::components(&network)[7], None);
    assert!(near(centrality::density(&network), 5.0 / 28.0));
}

#[test]
fn nothing_is_central_without_edges() {
    for nodes in 0..3 {
        let network = network(nodes, &[]);
        for it in centrality::CENTRALITIES {
            let want = if it.name == "pagerank" { 1.0 / nodes as f64 } else { 0.0 };
            assert!((it.of)(&network).iter().all(|have| near(*have, want)), "{}", it.name);
        }
        assert_eq!(communities(&network, 1).of, vec![None; nodes]);
    }
}

/// Two cliques of four, joined by one weak edge.
#[test]
fn cliques_are_communities() {
    let clique = |from: usize| (0..4).flat_map(move |a| (a + 1..4).map(move |b| (from + a, from + b, 5)));
    let edges: Vec<_> = clique(0).chain(clique(4)).chain([(3, 4, 1)]).collect();
    let found = communities(&network(8, &edges), 1);
    assert_eq!(found.of, [1, 1, 1, 1, 2, 2, 2, 2].map(Some));
    // Of 61, 60 lie within; by chance half.
    assert!((found.modularity - (60.0 / 61.0 - 0.5)).abs() < 1e-6, "{}", found.modularity);
}

fn networks() -> impl Strategy<Value = Network> {
    (2..14_usize).prop_flat_map(|nodes| {
        prop::collection::btree_map((0..nodes, 0..nodes), 1..9_u64, 0..30).prop_map(move |edges| {
            let edges: BTreeMap<(usize, usize), u64> =
                edges.into_iter().filter(|((a, b), _)| a != b).map(|((a, b), w)| ((a.min(b), a.max(b)), w)).collect();
            network(nodes, &edges.into_iter().map(|((a, b), weight)| (a, b, weight)).collect::<Vec<_>>())
        })
    })
}

fn tables() -> impl Strategy<Value = Table> {
    (1..60_u64)
        .prop_flat_map(|all| (1..=all, 1..=all, Just(all)))
        .prop_flat_map(|(one, other, all)| {
            ((one + other).saturating_sub(all)..=one.min(other), Just(one), Just(other), Just(all))
        })
        .prop_map(|(both, one, other, all)| Table { both, one, other, all })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn measures_know_no_first_and_second(table in tables()) {
        let turned = Table { one: table.other, other: table.one, ..table };
        for measure in measure::MEASURES.iter().filter(|it| it.need.is_none()) {
            let (a, b) = (of(measure.name, table), of(measure.name, turned));
            prop_assert_eq!(a.is_some(), b.is_some());
            let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
            prop_assert!(near(a, b), "{} {} {}", measure.name, a, b);
        }
    }

    #[test]
    fn more_together_is_closer_and_less_likely(table in tables()) {
        let more = Table { both: table.both + 1, ..table };
        prop_assume!(more.both <= more.one.min(more.other));
        for measure in measure::MEASURES.iter().filter(|it| it.need.is_none() && it.name != "chi_squared") {
            prop_assert!(of(measure.name, more) > of(measure.name, table), "{} {:?}", measure.name, table);
        }
        let (less_likely, likely) = (measure::hypergeometric_mid_p(more), measure::hypergeometric_mid_p(table));
        prop_assert!(less_likely < likely && (0.0..=1.0).contains(&likely));
    }

    #[test]
    fn communities_are_connected_and_the_same_again(network in networks(), seed in 0..9_u64) {
        let found = communities(&network, seed);
        prop_assert_eq!(&found, &communities(&network, seed));
        let mut within = network.clone();
        let apart: Vec<_> = within.graph.edge_indices().filter(|edge| {
            let (a, b) = within.graph.edge_endpoints(*edge).unwrap();
            found.of[a.index()] != found.of[b.index()]
        }).collect();
        within.graph.retain_edges(|_, edge| !apart.contains(&edge));
        let parts = centrality::components(&within);
        for (a, b) in (0..parts.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
            let same = found.of[a].is_some() && found.of[a] == found.of[b];
            prop_assert!(!same || parts[a].is_some() && parts[a] == parts[b], "{:?} {:?}", found.of, parts);
        }
    }

    #[test]
    fn centralities_keep_their_ranges(network in networks()) {
        for it in centrality::CENTRALITIES {
            prop_assert!((it.of)(&network).iter().all(|number| number.is_finite() && *number >= 0.0), "{}", it.name);
        }
        prop_assert!(near(centrality::pagerank(&network).iter().sum(), 1.0));
        prop_assert!(centrality::betweenness(&network).iter().all(|it| *it <= 1.0 + 1e-9));
    }

    #[test]
    fn filters_keep_what_they_say(network in networks(), least in 0..9_u64, top in 0..20_usize) {
        let mut kept = network.clone();
        kept.keep(&backbone::Filter { backbone: Some(("disparity".into(), 0.4)), least: Some(least), top: Some(top) }).unwrap();
        prop_assert!(kept.graph.edge_count() <= top);
        prop_assert!(kept.edges().all(|(_, _, edge)| edge.weight >= least));
        prop_assert!(kept.graph.node_indices().all(|node| kept.graph.neighbors(node).next().is_some()));
        prop_assert_eq!(kept.method.kept.len(), 3);
        for (a, b, edge) in kept.edges() {
            let found = network.edges().any(|(c, d, other)| a.name == c.name && b.name == d.name && edge == other);
            prop_assert!(found);
        }
    }
}

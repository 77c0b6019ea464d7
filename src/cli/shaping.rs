//! Numbers beside the counts, and what is kept: the same for `build` and `export`.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;
use sociogram::{
    Network,
    measure::{self, MEASURES, Measure},
    network::{
        backbone::{BACKBONES, Filter, backbone_named},
        centrality::{CENTRALITIES, Centrality},
    },
    tally::Need,
};

/// What stands beside the counts, and which edges are kept.
#[derive(Args)]
pub(super) struct Shaping {
    /// Numbers beside the counts, by name and with commas between, or all (see --help)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = wanted, long_help = measures())]
    measures: Vec<Wanted>,
    /// Keep the edges that matter by this rule only (see --help)
    #[arg(long, value_name = "RULE[:BOUND]", value_parser = backbone_named, long_help = backbones())]
    backbone: Option<(String, f64)>,
    /// Keep edges of this weight or more only
    #[arg(long, value_name = "N")]
    min_weight: Option<u64>,
    /// Keep the N strongest edges only
    #[arg(long, value_name = "N", value_parser = top)]
    top: Option<usize>,
    /// Where chance begins in communities and pictures: the same gives the same
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
}

/// One name of `--measures`.
#[derive(Clone, Copy)]
enum Wanted {
    All,
    Edge(Measure),
    Actor(Centrality),
    Community,
    Component,
}

impl Shaping {
    /// What has to be counted for it beyond the usual.
    pub(super) fn needs(&self) -> BTreeSet<Need> {
        self.edge_measures(|_| true).iter().filter_map(|measure| measure.need).collect()
    }

    /// The same of the measures that are named: of `all`, what was not counted cannot be had.
    pub(super) fn needs_asked(&self) -> BTreeSet<Need> {
        self.edge_measures(|_| false).iter().filter_map(|measure| measure.need).collect()
    }

    /// Measures, filters and measures again: edges by all that was read, actors by what is kept. What is to be said of it.
    pub(super) fn apply(&self, network: &mut Network) -> Result<Vec<String>> {
        // Of `all`, what was not counted when the network was built cannot be had.
        let has =
            |measure: &Measure| !network.lacks(measure) || network.method.measures.iter().any(|it| it == measure.name);
        let measures = self.edge_measures(has);
        let lacking = lacking(&self.edge_measures(|_| true), &measures);
        network.measure(&measures)?;
        let kept = network.method.kept.len();
        let filter = Filter { backbone: self.backbone.clone(), least: self.min_weight, top: self.top };
        network.keep(&filter)?;
        self.place(network, !filter.is_empty());
        Ok(lacking.into_iter().chain(told(network, &measures, kept)).collect())
    }

    /// Measures the actors; what the saved network knows of their places, too, where it is no longer the same.
    fn place(&self, network: &mut Network, filtered: bool) {
        let method = &network.method;
        let (component, community) =
            (filtered && method.density.is_some(), method.communities.as_ref().map(|it| it.seed));
        let known = |name: &str| filtered && network.graph.node_weights().any(|it| it.measures.contains_key(name));
        let wanted = self.centralities();
        let wanted = |it: &&Centrality| wanted.iter().any(|one| one.name == it.name) || known(it.name);
        let centralities: Vec<Centrality> = CENTRALITIES.iter().filter(wanted).copied().collect();
        network.place(&centralities);
        if component || self.wants(|it| matches!(it, Wanted::Component)) {
            network.part();
        }
        if self.wants(|it| matches!(it, Wanted::Community)) {
            network.group(self.seed);
        } else if let Some(seed) = community.filter(|_| filtered) {
            network.group(seed);
        }
    }

    fn wants(&self, is_it: fn(&Wanted) -> bool) -> bool {
        self.measures.iter().any(|wanted| matches!(wanted, Wanted::All) || is_it(wanted))
    }

    /// The measures of edges that are named, those of `all` that the network `has` or can have, and the test that the backbone
    /// rests on.
    fn edge_measures(&self, has: impl Fn(&Measure) -> bool) -> Vec<Measure> {
        let mut measures: Vec<Measure> = Vec::new();
        let all = MEASURES.iter().filter(|it| has(it));
        for wanted in &self.measures {
            match wanted {
                Wanted::All => measures.extend(all.clone()),
                Wanted::Edge(measure) => measures.push(*measure),
                _ => (),
            }
        }
        measures.extend(self.backbone.as_ref().and_then(|(name, _)| measure::named(name)));
        measures
    }

    fn centralities(&self) -> Vec<Centrality> {
        let named = |name: &str| self.measures.iter().any(|it| matches!(it, Wanted::Actor(it) if it.name == name));
        let all = self.wants(|_| false);
        CENTRALITIES.iter().filter(|it| all || named(it.name)).copied().collect()
    }
}

/// What to do about the measures of `all` that cannot be had.
fn lacking(wanted: &[Measure], had: &[Measure]) -> Option<String> {
    let lacking = wanted.iter().map(|it| it.name).filter(|name| had.iter().all(|it| it.name != *name));
    let names = lacking.collect::<Vec<_>>().join(", ");
    let note = "need counts that the network does not hold; build it with --measures all";
    (!names.is_empty()).then(|| format!("note: left out: {names} {note}"))
}

/// What `measures` counted and tested, and what was kept by the filters from number `kept` on.
fn told(network: &Network, measures: &[Measure], kept: usize) -> Vec<String> {
    let method = &network.method;
    let tests = method.tests.iter().filter(|it| measures.iter().any(|measure| measure.name == it.0));
    let tests = tests.map(|(name, tests)| format!("{name}: {tests} pair{} tested", if *tests == 1 { "" } else { "s" }));
    let filters = method.kept.iter().skip(kept).map(|it| {
        let of = (it.edges, it.of_edges, it.actors, it.of_actors);
        format!("kept by {}: {} of {} edges, {} of {} actors", it.rule, of.0, of.1, of.2, of.3)
    });
    tests.chain(filters).collect()
}

/// What is not one of the tables.
const GROUPS: [(&str, &str); 2] = [
    ("community", "the group it is in, by Leiden on modularity (weight is strength)"),
    ("component", "the connected part of the network it is in; with the density of all"),
];

/// What has to be counted for the measure of this name, or for `all`.
pub(super) fn needs_named(name: &str) -> Result<BTreeSet<Need>, String> {
    Ok(match wanted(name)? {
        Wanted::All => MEASURES.iter().filter_map(|measure| measure.need).collect(),
        Wanted::Edge(measure) => measure.need.into_iter().collect(),
        Wanted::Actor(_) | Wanted::Community | Wanted::Component => BTreeSet::new(),
    })
}

fn top(words: &str) -> Result<usize, String> {
    words.parse().ok().filter(|edges| *edges > 0).ok_or_else(|| "known: a number from 1".to_owned())
}

fn wanted(name: &str) -> Result<Wanted, String> {
    let actor = || CENTRALITIES.iter().find(|it| it.name == name).copied().map(Wanted::Actor);
    match name {
        "all" => Ok(Wanted::All),
        "community" => Ok(Wanted::Community),
        "component" => Ok(Wanted::Component),
        _ => measure::named(name).map(Wanted::Edge).or_else(actor).ok_or_else(|| {
            let places = CENTRALITIES.iter().map(|it| it.name).chain(GROUPS.map(|it| it.0));
            format!("known: all, {}, {}", measure::known(), places.collect::<Vec<_>>().join(", "))
        }),
    }
}

fn measures() -> String {
    let line = |name: &str, about: &str| format!("\n- {name}: {about}");
    let edges: String = MEASURES.iter().map(|it| line(it.name, it.about)).collect();
    let actors = CENTRALITIES.iter().map(|it| (it.name, it.about)).chain(GROUPS);
    let actors: String = actors.map(|(name, about)| line(name, about)).collect();
    format!(
        "Numbers beside the counts, by name and with commas between, or all.\n\nOf edges:{edges}\n\nOf actors:{actors}"
    )
}

fn backbones() -> String {
    let rules = BACKBONES.iter().map(|it| format!("\n- {}:{}: {}", it.name, it.bound, it.about));
    let tests = MEASURES.iter().filter(|it| matches!(it.kind, measure::Kind::Test(_)));
    let tests = tests.map(|it| format!("\n- {}:0.05: by the q of this test, at most", it.name));
    format!(
        "Keep the edges that matter by this rule only, with the bound that is shown or another:{}",
        rules.chain(tests).collect::<String>()
    )
}

//! What measures compare is in the units of the network: sentences, paragraphs, windows, stories.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sociogram::{
    Counting, Document, Network, Pipeline, Place, Roster, Unit,
    error::Place as Where,
    measure,
    roster::{Entry, Listed},
    source::{Item, Media},
    tally::{Copies, Need},
};

const NAMES: [&str; 3] = ["Ada Byron", "Bo Chen", "Cleo Dias"];

/// Two paragraphs name Ada and Bo, three name Ada, three Bo, one Cleo; one names nobody. Of seven sentences the fourth names nobody.
const REPORT: &str = "Ada Byron came on Monday. Bo Chen came on Tuesday.\n\nAda Byron met Bo Chen in the harbour office.\n\n\
    It rained for a whole week.\n\nCleo Dias was away. Ada Byron wrote to her.\n\nBo Chen did not.";

fn roster() -> Roster {
    let listed =
        |name: &str| Entry { place: Where::default(), listed: Listed { name: name.into(), ..Listed::default() } };
    Roster::of(NAMES.map(listed).to_vec()).unwrap()
}

fn item(id: usize, text: &str) -> Item {
    let record = serde_json::json!({ "id": format!("a{id}"), "text": text, "language": "en" });
    let place = Place { path: format!("{id}.json"), ..Place::default() };
    Item::Document(Document {
        media: Media::Json,
        place,
        bytes: record.to_string().into_bytes(),
        ..Document::default()
    })
}

fn build(texts: &[&str], unit: Unit, copies: Copies) -> Network {
    let needs = BTreeSet::from([Need::Articles, Need::Crowds, Need::Distances, Need::Strata]);
    let counting = Counting { unit, copies, needs, ..Counting::default() };
    let pipeline = Pipeline::new(roster(), counting);
    let mut network = pipeline.build(texts.iter().enumerate().map(|(id, text)| item(id, text))).0;
    network.measure(measure::MEASURES).unwrap();
    network
}

fn lift(network: &Network, a: &str, b: &str) -> f64 {
    let edge = network.edges().find(|(one, other, _)| one.name == a && other.name == b);
    edge.unwrap().2.measures["lift"]
}

/// Lift is `both * all / (one * other)`, and shows every number of the table.
#[test]
fn the_table_is_in_units_of_the_network() {
    let near = |have: f64, want: f64| assert!((have - want).abs() < 1e-12, "{have} and not {want}");
    let network = |unit| build(&[REPORT], unit, Copies::Count);
    // One sentence of both; Ada in three of six that name somebody, Bo in three.
    near(lift(&network(Unit::Sentence), "Ada Byron", "Bo Chen"), 1.0 * 6.0 / (3.0 * 3.0));
    // Two paragraphs of both; each in three of four.
    near(lift(&network(Unit::Paragraph), "Ada Byron", "Bo Chen"), 2.0 * 4.0 / (3.0 * 3.0));
    near(lift(&network(Unit::Paragraph), "Ada Byron", "Cleo Dias"), 1.0 * 4.0 / (3.0 * 1.0));
    // Windows that end at sentences 1 (Ada), 2 (both), 3 (both), 5 (Cleo), 6 (Ada, Cleo), 7 (Ada, Bo).
    let windows = network(Unit::Window(2));
    near(lift(&windows, "Ada Byron", "Bo Chen"), 3.0 * 6.0 / (5.0 * 3.0));
    near(lift(&windows, "Ada Byron", "Cleo Dias"), 1.0 * 6.0 / (5.0 * 2.0));
    near(lift(&network(Unit::Article), "Ada Byron", "Bo Chen"), 1.0);
}

#[test]
fn copies_of_a_story_make_no_units_more() {
    let again = REPORT.replace("It rained", "Ada Byron said nothing. It rained");
    for unit in [Unit::Sentence, Unit::Paragraph, Unit::Window(2), Unit::Article] {
        let (one, two) = (build(&[REPORT], unit, Copies::Fold), build(&[REPORT, REPORT], unit, Copies::Fold));
        let measures = |network: &Network| -> Vec<BTreeMap<String, f64>> {
            network.edges().map(|(_, _, edge)| edge.measures.clone()).collect()
        };
        assert_eq!(measures(&one), measures(&two), "{unit:?}");
        assert!(fits(&build(&[REPORT, &again], unit, Copies::Fold)));
    }
}

/// Whether no pair has more units than its ends, and these no more than there are.
fn fits(network: &Network) -> bool {
    let all = |network: &Network| match network.method.unit.as_str() {
        "sentence" => network.method.volume.sentences,
        "article" => network.method.volume.naming,
        _ => network.method.units,
    };
    let units = |actor: &sociogram::network::Actor| match network.method.unit.as_str() {
        "sentence" => actor.sentences,
        "article" => actor.stories,
        _ => actor.units,
    };
    let edges = network.edges().all(|(a, b, edge)| edge.weight <= units(a).min(units(b)));
    let shared = network.details.pairs.iter().all(|((a, b), detail)| {
        let (a, b) = (network.graph.node_weight(*a).unwrap(), network.graph.node_weight(*b).unwrap());
        detail.articles <= a.stories.min(b.stories) && detail.strata.values().sum::<u64>() == detail.articles
    });
    edges && shared && network.graph.node_weights().all(|actor| units(actor) <= all(network))
}

/// A surname that stands alone in its articles is joined with the full name: as if the roster had said so, to the last number.
#[test]
fn joined_names_share_no_article_twice() {
    let texts = [
        "Marta Kowalczyk met Jonas Lindqvist on Monday. Marta Kowalczyk left. Jonas Lindqvist stayed. It rained.",
        "Mrs. Kowalczyk wrote to Jonas Lindqvist on Tuesday. Jonas Lindqvist did not answer. Nobody knows why.",
        "Kowalczyk spoke. It rained. Jonas Lindqvist listened to Kowalczyk for an hour. Then all went home.",
        "Marta Kowalczyk was seen in the harbour. Jonas Lindqvist was not. The ferries were late again that day.",
    ];
    let needs = BTreeSet::from([Need::Articles, Need::Strata]);
    let names = |name: &str, alias: &str| {
        let listed = Listed { name: name.into(), aliases: vec![alias.into()], ..Listed::default() };
        Entry { place: Where::default(), listed }
    };
    let listed =
        Roster::of(vec![names("Marta Kowalczyk", "Kowalczyk"), names("Jonas Lindqvist", "Lindqvist")]).unwrap();
    for copies in [Copies::Count, Copies::Fold] {
        let counting = Counting { copies, needs: needs.clone(), ..Counting::default() };
        let items = || texts.iter().enumerate().map(|(id, text)| item(id, text));
        let by_roster = Pipeline::new(listed.clone(), counting.clone()).build(items()).0;
        let mut found = Pipeline::new(Roster::default(), counting);
        found.discovery = Some(sociogram::actor::Discovery::default());
        let found = found.build(items()).0;
        let strata =
            |network: &Network| -> Vec<_> { network.details.pairs.values().map(|it| it.strata.clone()).collect() };
        assert_eq!(
            found.graph.node_count(),
            2,
            "{:?}",
            found.graph.node_weights().map(|it| &it.name).collect::<Vec<_>>()
        );
        assert!(found.graph.node_weights().any(|actor| !actor.joined.is_empty()));
        assert_eq!(strata(&found), strata(&by_roster));
        assert_eq!(strata(&found)[0].values().sum::<u64>(), 4);
    }
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let words = vec!["Ada Byron", "Bo Chen", "Cleo Dias", "met", ".", "?", "\n\n", "said no", "the ferry", "It rained"];
    let text = prop::collection::vec(prop::sample::select(words), 0..30).prop_map(|words| words.join(" "));
    prop::collection::vec(text, 0..5).prop_flat_map(|texts| {
        let more = prop::collection::vec(0..texts.len().max(1), 0..3);
        (Just(texts), more).prop_map(|(texts, more)| {
            let again: Vec<String> = more.iter().filter_map(|at| texts.get(*at).cloned()).collect();
            [texts, again].concat()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_pair_has_more_units_than_its_ends(texts in texts(), unit in 0..5_usize, fold in any::<bool>()) {
        let unit = [Unit::Sentence, Unit::Paragraph, Unit::Window(2), Unit::Window(5), Unit::Article][unit];
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let network = build(&texts, unit, if fold { Copies::Fold } else { Copies::Count });
        prop_assert!(fits(&network));
        for (_, _, edge) in network.edges() {
            for (name, number) in &edge.measures {
                prop_assert!(!name.ends_with("_p") && !name.ends_with("_q") || (0.0..=1.0).contains(number), "{name} {number}");
            }
            prop_assert!((-1.0..=1.0).contains(&edge.measures["npmi"]) && edge.measures["jaccard"] <= 1.0);
        }
    }
}

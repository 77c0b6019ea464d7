//! Measures as columns of the edges.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::{Actor, Network};
use crate::{
    Error,
    measure::{self, Kind, Measure, Pair, Table},
    tally::{Detail, Need},
};

/// What was counted of pairs beyond the usual, by the ends' order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// What was asked for.
    pub needs: BTreeSet<Need>,
    /// By pair that shares an article, the smaller node first.
    pub pairs: BTreeMap<(NodeIndex, NodeIndex), Detail>,
}

impl Network {
    /// Puts `measures` beside the counts of every edge, as columns: one for a score; `NAME_p` and `NAME_q` for a test, over all
    /// pairs that were tested and not only those with an edge. Numbers that are not finite are left out.
    ///
    /// Measure before anything is filtered: chance is judged by all that was read.
    ///
    /// # Errors
    /// [`Error::NotCounted`] where a measure needs what was not counted, and is not there already.
    pub fn measure(&mut self, measures: &[Measure]) -> Result<(), Error> {
        for measure in measures {
            let lacks = self.lacks(measure);
            if lacks && self.method.measures.iter().any(|name| name == measure.name) {
                continue;
            }
            if lacks {
                return Err(Error::NotCounted { measure: measure.name.to_owned() });
            }
            match measure.kind {
                Kind::Score => self.score(measure),
                Kind::Test(tests) => self.test(measure, tests),
            }
            if self.method.measures.iter().all(|name| name != measure.name) {
                self.method.measures.push(measure.name.to_owned());
            }
        }
        Ok(())
    }

    /// Whether what `measure` needs was not counted, or was not saved.
    pub fn lacks(&self, measure: &Measure) -> bool {
        let pair = || self.graph.edge_indices().next().and_then(|edge| self.pair(self.graph.edge_endpoints(edge)?));
        match measure.need {
            Some(need) => !self.details.needs.contains(&need),
            None => pair().is_some_and(|pair| pair.units.all == 0),
        }
    }

    fn score(&mut self, measure: &Measure) {
        let numbers: Vec<_> = self.graph.edge_indices().map(|edge| (edge, self.of_edge(edge, measure))).collect();
        for (edge, number) in numbers {
            self.enter(edge, measure.name, number);
        }
    }

    fn test(&mut self, measure: &Measure, tests: fn(u64, u64) -> u64) {
        let pairs: Vec<(NodeIndex, NodeIndex)> = self.details.pairs.keys().copied().collect();
        let p: Vec<f64> = pairs
            .iter()
            .map(|ends| self.pair(*ends).and_then(|pair| (measure.of)(&pair)).filter(|p| p.is_finite()).unwrap_or(1.0))
            .collect();
        let tests = tests(self.graph.node_count() as u64, pairs.len() as u64);
        let q = measure::benjamini_hochberg(&p, tests);
        for ((a, b), (p, q)) in pairs.into_iter().zip(p.into_iter().zip(q)) {
            let Some(edge) = self.graph.find_edge(a, b) else { continue };
            self.enter(edge, &format!("{}_p", measure.name), Some(p));
            self.enter(edge, &format!("{}_q", measure.name), Some(q));
        }
        self.method.tests.insert(measure.name.to_owned(), tests);
    }

    fn enter(&mut self, edge: petgraph::graph::EdgeIndex, column: &str, number: Option<f64>) {
        if let (Some(edge), Some(number)) = (self.graph.edge_weight_mut(edge), number.filter(|it| it.is_finite())) {
            edge.measures.insert(column.to_owned(), number);
        }
    }

    fn of_edge(&self, edge: petgraph::graph::EdgeIndex, measure: &Measure) -> Option<f64> {
        (measure.of)(&self.pair(self.graph.edge_endpoints(edge)?)?)
    }

    /// What is known of two actors, whether they have an edge or not.
    fn pair(&self, (a, b): (NodeIndex, NodeIndex)) -> Option<Pair<'_>> {
        let (one, other) = (self.graph.node_weight(a)?, self.graph.node_weight(b)?);
        let edge = self.between(a, b);
        let (sentences, weight) = edge.map_or((0, 0), |edge| (edge.sentences, edge.weight));
        let detail = self.details.pairs.get(&(a.min(b), a.max(b)));
        let all = self.method.volume;
        let table =
            |both: u64, count: fn(&Actor) -> u64, all: u64| Table { both, one: count(one), other: count(other), all };
        let articles = table(0, |it| it.stories, all.naming);
        let units = match self.method.unit.as_str() {
            "article" => Table { both: weight, ..articles },
            "" | "sentence" => table(sentences, |it| it.sentences, all.sentences),
            _ => table(weight, |it| it.units, self.method.units),
        };
        Some(Pair { units, articles, detail })
    }
}

//! The network of a period: a sum of days, never another run.

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

use super::{Actor, Edge, Network, Shown};
use crate::tally::{ActorDay, Days, PairDay, Sum, Volume};

/// From one day to another, both within; open at the end that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether `day` is within.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day is within both.
    pub fn meets(self, other: Self) -> bool {
        let from = self.from.max(other.from);
        let to = self.to.into_iter().chain(other.to).min();
        from.zip(to).is_none_or(|(from, to)| from <= to)
    }

    /// What is counted within, summed up.
    fn sum<T: Sum>(self, days: &Days<T>) -> T {
        let mut sum = T::default();
        days.iter().filter(|(day, _)| self.holds(**day)).for_each(|(_, counts)| sum.add(*counts));
        sum
    }

    fn of<T: Sum>(self, days: &Days<T>) -> Days<T> {
        days.iter().filter(|(day, _)| self.holds(**day)).map(|(day, counts)| (*day, *counts)).collect()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("all days"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "until {to}"),
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from} to {to}"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    /// A period as people write it: `2025-11-01..2025-11-30`, `2025-12-01..`, `..2025-10`, `2025-11` (the month), `2025`.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = || {
            format!(
                "`{text}` is no period; as in 2025-11-01..2025-11-30, 2025-12-01.. (from), ..2025-10 (to), 2025-11, 2025"
            )
        };
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let side = |part: &str| match part.trim() {
            "" => Some(None),
            part => stretch(part).map(Some),
        };
        let (Some(first), Some(last)) = (side(first), side(last)) else { return Err(known()) };
        let period = Self { from: first.map(|it| it.0), to: last.map(|it| it.1) };
        match (period.from, period.to) {
            (None, None) => Err(known()),
            (Some(from), Some(to)) if to < from => Err(format!("`{text}` ends before it begins")),
            _ => Ok(period),
        }
    }
}

/// The first and last day of a day, month or year.
fn stretch(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let (from, months) = match (text.len(), digits) {
        (10, 8) => (text.parse::<NaiveDate>().ok()?, 0),
        (7, 6) => (format!("{text}-01").parse::<NaiveDate>().ok()?, 1),
        (4, 4) => (format!("{text}-01-01").parse::<NaiveDate>().ok()?, 12),
        _ => return None,
    };
    let to = if months == 0 { from } else { from.checked_add_months(chrono::Months::new(months))?.pred_opt()? };
    (from.year() > 0).then_some((from, to))
}

impl Network {
    /// The network of what is dated within `period`: its counts are sums of days, what is undated is in none. Measures, communities
    /// and what was left out are those of the whole and therefore not there. Copies of a story are counted on the day of the
    /// earliest; evidence is what stands in articles of the period.
    #[must_use]
    pub fn within(&self, period: Period) -> Self {
        let mut graph = self.graph.filter_map(
            |_, actor| Some(actor_within(actor, period)),
            |_, edge| Some(edge_within(edge, period)).filter(|edge| edge.days.values().any(|it| it.stories > 0)),
        );
        graph.retain_nodes(|graph, node| graph.node_weight(node).is_some_and(|actor| actor.stories > 0));
        let mut method = self.method.clone();
        let has: std::collections::BTreeSet<&str> = graph.node_weights().map(|it| it.id.as_str()).collect();
        if method.discovered.is_empty() {
            let gone = self.graph.node_weights().filter(|actor| !has.contains(actor.id.as_str()));
            method.unseen.extend(gone.map(|actor| actor.name.clone()));
        }
        method.days = period.of(&self.method.days);
        method.volume = period.sum(&self.method.days);
        (method.measures, method.communities, method.density) = (Vec::new(), None, None);
        method.tests = BTreeMap::new();
        Self { graph, method, doubts: self.doubts.clone(), ..Self::default() }
    }

    /// What of the whole has no day.
    pub fn undated(&self) -> Volume {
        let dated = Period::default().sum(&self.method.days);
        let all = self.method.volume;
        Volume {
            articles: all.articles.saturating_sub(dated.articles),
            stories: all.stories.saturating_sub(dated.stories),
            sentences: all.sentences.saturating_sub(dated.sentences),
            naming: all.naming.saturating_sub(dated.naming),
        }
    }

    /// The first and the last day of an article that was read; none where none is dated.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = &self.method.days;
        Some((*days.first_key_value()?.0, *days.last_key_value()?.0))
    }
}

fn actor_within(actor: &Actor, period: Period) -> Actor {
    let ActorDay { mentions, sentences, articles, stories } = period.sum(&actor.days);
    let (id, name, kind, aliases) = (actor.id.clone(), actor.name.clone(), actor.kind, actor.aliases.clone());
    let days = period.of(&actor.days);
    Actor { id, name, kind, aliases, mentions, sentences, articles, stories, days, ..Actor::default() }
}

fn edge_within(edge: &Edge, period: Period) -> Edge {
    let PairDay { weight, sentences, articles, stories } = period.sum(&edge.days);
    let days = period.of(&edge.days);
    let (first, last) = (days.first_key_value().map(|it| *it.0), days.last_key_value().map(|it| *it.0));
    let day = |shown: &Shown| shown.counted.or(shown.published);
    let within = edge.evidence.iter().filter(|shown| day(shown).is_some_and(|day| period.holds(day)));
    let evidence = within.cloned().collect();
    Edge { weight, sentences, articles, stories, first, last, days, evidence, ..Edge::default() }
}

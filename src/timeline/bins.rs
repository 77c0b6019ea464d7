//! Time in bins: calendar units, or windows that may overlap.

use std::{fmt, ops::Range, str::FromStr};

use chrono::{Datelike, Days, Months, NaiveDate};

/// The most bins of a timeline.
pub const MOST: usize = 10_000;

/// How time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Days.
    Day,
    /// Weeks from Monday to Sunday, as ISO 8601 has them.
    Week,
    /// Calendar months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Calendar years.
    Year,
    /// So many days each, one beginning so many days after the other; the first on the first day.
    Window {
        /// Days of a window.
        days: u64,
        /// Days from one beginning to the next.
        step: u64,
    },
}

impl By {
    /// The calendar units.
    pub const UNITS: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Whether a day may be in several bins, which then say the same thing twice.
    pub fn overlaps(self) -> bool {
        matches!(self, Self::Window { days, step } if step < days)
    }

    /// The bins, right-open, that hold all days from `first` to `last`; none that lies behind, and not one is left out in
    /// between. `None` where there would be more than [`MOST`].
    pub fn bins(self, first: NaiveDate, last: NaiveDate) -> Option<Bins> {
        let mut bins = Bins::default();
        let mut start = self.start(first)?;
        while start <= last {
            if bins.starts.len() == MOST {
                return None;
            }
            bins.starts.push(start);
            bins.ends.push(self.end(start).unwrap_or(NaiveDate::MAX));
            let Some(next) = self.next(start) else { break };
            start = next;
        }
        Some(bins)
    }

    /// The first day of the bin that `day` is in.
    fn start(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day | Self::Window { .. } => Some(day),
            Self::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Self::Month => day.with_day(1),
            Self::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        }
    }

    fn end(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Window { days, .. } => start.checked_add_days(Days::new(days)),
            unit => unit.next(start),
        }
    }

    fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.checked_add_days(Days::new(1)),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Quarter => start.checked_add_months(Months::new(3)),
            Self::Year => start.checked_add_months(Months::new(12)),
            Self::Window { step, .. } => start.checked_add_days(Days::new(step)),
        }
    }

    /// A bin that begins on `start`, as short as it can be said.
    pub fn label(self, start: NaiveDate) -> String {
        match self {
            Self::Month => start.format("%Y-%m").to_string(),
            Self::Quarter => format!("{} Q{}", start.year(), start.month0() / 3 + 1),
            Self::Year => start.year().to_string(),
            Self::Day | Self::Week | Self::Window { .. } => start.to_string(),
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day => f.write_str("day"),
            Self::Week => f.write_str("week"),
            Self::Month => f.write_str("month"),
            Self::Quarter => f.write_str("quarter"),
            Self::Year => f.write_str("year"),
            Self::Window { days, step } => write!(f, "window of {days} days every {step}"),
        }
    }
}

impl FromStr for By {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::UNITS.map(|it| it.to_string()).join(", ");
        Self::UNITS.into_iter().find(|it| it.to_string() == name).ok_or_else(|| format!("known: {}", known()))
    }
}

/// Bins in order: each from its start to before its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bins {
    /// The first day of each.
    pub starts: Vec<NaiveDate>,
    /// The day after the last of each.
    pub ends: Vec<NaiveDate>,
}

impl Bins {
    /// The bins that `day` is in: they follow one another.
    pub fn of(&self, day: NaiveDate) -> Range<usize> {
        let ended = self.ends.partition_point(|end| *end <= day);
        ended..self.starts.partition_point(|start| *start <= day).max(ended)
    }
}

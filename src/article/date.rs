//! Days as people and machines write them, in the languages of `words/months.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};
use regex::{Captures, Regex};

/// Which number comes first in `03/04/2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Most of the world.
    DayFirst,
    /// The United States.
    MonthFirst,
    /// Not known: a date that can be read both ways is none.
    Unknown,
}

impl Order {
    /// The order of a declared language (`en-US`, `de`, ...).
    pub(super) fn of(language: Option<&str>) -> Self {
        let language = language.unwrap_or_default().to_ascii_lowercase().replace('_', "-");
        match language.as_str() {
            "" | "en" => Self::Unknown,
            "en-us" => Self::MonthFirst,
            _ => Self::DayFirst,
        }
    }
}

/// The first day written in `text`, as it stands there: no time zone is applied. Years from 1600 to 2100.
///
/// Read are ISO 8601, RFC 2822, days with a month's name, `31.12.2025`, `12/31/2025`, `20251231`, and seconds or
/// milliseconds since 1970 standing alone. Only the first 300 characters are looked at.
pub(super) fn day(text: &str, order: Order) -> Option<NaiveDate> {
    let text = ascii_digits(text.trim());
    if text.len() < 6 {
        return None;
    }
    PATTERNS
        .iter()
        .find_map(|(pattern, read)| pattern.as_ref()?.captures_iter(&text).find_map(|groups| read(&groups, order)))
}

/// The day in an address (`/2025/12/05/`, `/2025/dec/5/`, `/20251205/`, `2025-12-05`, `05-12-2025` with the day first).
pub(super) fn day_in_url(url: &str) -> Option<NaiveDate> {
    static PATHS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let patterns = [
            r"(?i)/((?:19|20)\d\d)/(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)",
            r"(?:^|[^0-9])((?:19|20)\d\d)[-_](0[1-9]|1[0-2])[-_](0[1-9]|[12]\d|3[01])(?:[^0-9]|$)",
            r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[^0-9]|$)",
            r"(?:^|[^0-9])(0[1-9]|[12]\d|3[01])[-_](0[1-9]|1[0-2])[-_]((?:19|20)\d\d)(?:[^0-9]|$)",
        ];
        patterns.into_iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
    });
    PATHS.iter().find_map(|pattern| {
        let groups = pattern.captures(url)?;
        let month = number(&groups, 2).or_else(|| month(groups.get(2)?.as_str()))?;
        let (first, last) = (number(&groups, 1)?, number(&groups, 3)?);
        built(first.max(last), month, first.min(last))
    })
}

/// How a pattern's groups become a day.
type Reading = fn(&Captures, Order) -> Option<NaiveDate>;

/// The ways to write a day, the surest first.
static PATTERNS: LazyLock<Vec<(Option<Regex>, Reading)>> = LazyLock::new(|| {
    let table: [(&str, Reading); 9] = [
        (
            r"(?:^|[^0-9.,+-])(\d{4})[-/._年]\s?(0?[1-9]|1[0-2])[-/._月]\s?(0?[1-9]|[12]\d|3[01])(?:[^0-9]|$)",
            year_month_day,
        ),
        (r"(?:^|[^0-9])(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일", year_month_day),
        (
            r"(\p{L}{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th|\.|,)*\s+(?:\d{1,2}:\d\d(?::\d\d)?\s+)?(?:[A-Z]{2,5}\s+)?(\d{4})(?:[^0-9]|$)",
            word_day_year,
        ),
        (
            r"(?:^|[^0-9])(\d{1,2})(?:st|nd|rd|th|er|º|ª|°)?\.?[\s-]+(?:de\s+|of\s+|d['’])?(\p{L}{3,14})\.?,?[\s-]+(?:de\s+|del\s+|di\s+)?(\d{4})(?:[^0-9]|$)",
            day_word_year,
        ),
        (r"(?:^|[^0-9])(\d{4})\.?\s+(\p{L}{3,14})\.?\s+(\d{1,2})(?:[^0-9]|$)", year_word_day),
        (r"(?:^|[^0-9./-])(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4})(?:[^0-9]|$)", numbers),
        (
            r"(?:^|[^0-9])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[^0-9]|$|\d{6}(?:[^0-9]|$))",
            year_month_day,
        ),
        (r"(?:^|[^0-9.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d\d)(?:[^0-9.]|$)", short_year),
        (r"^(\d{10})(?:\d{3})?$", seconds),
    ];
    table.into_iter().map(|(pattern, read)| (Regex::new(pattern).ok(), read)).collect()
});

fn year_month_day(groups: &Captures, _: Order) -> Option<NaiveDate> {
    built(number(groups, 1)?, number(groups, 2)?, number(groups, 3)?)
}

fn word_day_year(groups: &Captures, _: Order) -> Option<NaiveDate> {
    built(number(groups, 3)?, month(groups.get(1)?.as_str())?, number(groups, 2)?)
}

fn day_word_year(groups: &Captures, _: Order) -> Option<NaiveDate> {
    built(number(groups, 3)?, month(groups.get(2)?.as_str())?, number(groups, 1)?)
}

fn year_word_day(groups: &Captures, _: Order) -> Option<NaiveDate> {
    built(number(groups, 1)?, month(groups.get(2)?.as_str())?, number(groups, 3)?)
}

/// `31.12.2025` is day first everywhere; with slashes and hyphens the order decides, where both can be a month.
fn numbers(groups: &Captures, order: Order) -> Option<NaiveDate> {
    let (first, second, year) = (number(groups, 1)?, number(groups, 3)?, number(groups, 4)?);
    let dots = groups.get(2)?.as_str() == ".";
    match (first > 12, second > 12, order) {
        (false, true, _) => built(year, first, second),
        (true, false, _) => built(year, second, first),
        _ if dots || first == second || order == Order::DayFirst => built(year, second, first),
        _ if order == Order::MonthFirst => built(year, first, second),
        _ => None,
    }
}

fn short_year(groups: &Captures, _: Order) -> Option<NaiveDate> {
    built(2000 + number(groups, 3)?, number(groups, 2)?, number(groups, 1)?)
}

fn seconds(groups: &Captures, _: Order) -> Option<NaiveDate> {
    let seconds = groups.get(1)?.as_str().parse().ok()?;
    DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive())
}

fn number(groups: &Captures, index: usize) -> Option<u32> {
    groups.get(index)?.as_str().parse().ok()
}

fn built(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1600..=2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The number of a month's name or short form, in any of the languages.
fn month(word: &str) -> Option<u32> {
    static MONTHS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
        let lines = include_str!("words/months.txt").lines().filter(|line| !line.starts_with('#'));
        (1..).zip(lines).flat_map(|(number, line)| line.split_whitespace().map(move |word| (word, number))).collect()
    });
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

/// The first 300 characters, with the digits of other scripts as ASCII and white space as spaces.
fn ascii_digits(text: &str) -> String {
    text.chars().take(300).map(|character| digit(character).unwrap_or(character)).collect()
}

fn digit(character: char) -> Option<char> {
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    let code = u32::from(character);
    let value = ZEROS.into_iter().find_map(|zero| code.checked_sub(zero).filter(|&value| value < 10))?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<String> {
        day(text, Order::Unknown).map(|day| day.to_string())
    }

    #[test]
    fn common_ways_of_writing_a_day() {
        for text in [
            "2025-12-05",
            "2025-12-05T23:30:00-05:00",
            "Fri, 05 Dec 2025 10:00:00 +0000",
            "Fri Dec 05 10:00:00 UTC 2025",
            "December 5, 2025",
            "Dec. 5, 2025, 4:30 p.m.",
            "5th of December 2025",
            "5. Dezember 2025",
            "5 décembre 2025",
            "5 de diciembre de 2025",
            "5 grudnia 2025",
            "5 декабря 2025",
            "5 грудня 2025 року",
            "2025年12月5日",
            "2025. december 5.",
            "05.12.2025",
            "5.12.25",
            "20251205",
            "20251205T101500Z",
            "٢٠٢٥-١٢-٠٥",
            "1764921600",
            "1764921600000",
        ] {
            assert_eq!(iso(text).as_deref(), Some("2025-12-05"), "{text}");
        }
    }

    #[test]
    fn no_day_is_made_up() {
        for text in
            ["2025-02-30", "0000-00-00", "99999-01-01", "-0044-03-15", "yesterday", "01/02/2025", "2999-01-01", "", "0"]
        {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_decides_what_can_be_read_both_ways() {
        let read = |order| day("01/02/2025", order).map(|day| day.to_string());
        assert_eq!(read(Order::DayFirst).as_deref(), Some("2025-02-01"));
        assert_eq!(read(Order::MonthFirst).as_deref(), Some("2025-01-02"));
    }

    #[test]
    fn addresses_carry_days() {
        let read = |url| day_in_url(url).map(|day| day.to_string());
        assert_eq!(read("https://example.org/2025/12/05/talks").as_deref(), Some("2025-12-05"));
        assert_eq!(read("https://example.org/2025/dec/5/talks").as_deref(), Some("2025-12-05"));
        assert_eq!(read("https://example.org/story/1234567"), None);
        assert_eq!(read("https://example.org/2021-22/transfers/"), None);
    }
}

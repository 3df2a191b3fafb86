//! Intervals of days.

use crate::NEARBY_DAYS;
use jiff::civil::Date;

/// The days from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    pub first: Date,
    pub last: Date,
}

impl Days {
    /// The interval of two days `YYYY-MM-DD`; none where one is missing, is no day or they are out of order.
    pub fn parse(earliest: Option<&str>, latest: Option<&str>) -> Option<Self> {
        let first: Date = earliest?.parse().ok()?;
        let last: Date = latest?.parse().ok()?;
        (first <= last).then_some(Self { first, last })
    }

    /// The days of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; none for anything else.
    pub fn of_value(value: &str) -> Option<Self> {
        let parts: Vec<&str> = value.split('-').collect();
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok())?
        };
        let small = |part: &str| i8::try_from(number(part, 2)?).ok();
        let date = |year, month, day| Date::new(year, month, day).ok();
        let (first, last) = match parts[..] {
            [year] => (date(number(year, 4)?, 1, 1)?, date(number(year, 4)?, 12, 31)?),
            [year, month] => {
                let first = date(number(year, 4)?, small(month)?, 1)?;
                (first, first.last_of_month())
            }
            [year, month, day] => {
                let day = date(number(year, 4)?, small(month)?, small(day)?)?;
                (day, day)
            }
            _ => return None,
        };
        Some(Self { first, last })
    }

    /// The days that both have.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self { first: self.first.max(other.first), last: self.last.min(other.last) };
        (both.first <= both.last).then_some(both)
    }

    /// The days from the first of both to the last.
    pub fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Number of days.
    pub fn width(self) -> i64 {
        days_between(self.first, self.last) + 1
    }

    /// Whether it is narrow enough for a plan to be known again in a report.
    pub fn is_narrow(self) -> bool {
        self.width() <= NEARBY_DAYS
    }

    /// Number of days from the end of one to the beginning of the other; 0 where they overlap.
    pub fn distance(self, other: Self) -> i64 {
        days_between(self.last, other.first).max(days_between(other.last, self.first)).max(0)
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(first: &str, last: &str) -> Days {
        Days::parse(Some(first), Some(last)).unwrap()
    }

    #[test]
    fn width_and_gap() {
        assert_eq!(days("2021-06-01", "2021-06-30").width(), 30);
        assert!(days("2021-06-01", "2021-06-07").is_narrow() && !days("2021-06-01", "2021-06-08").is_narrow());
        assert_eq!(days("2021-06-30", "2021-06-30").distance(days("2021-07-07", "2021-07-09")), 7);
        assert_eq!(days("2021-07-08", "2021-07-09").distance(days("2021-06-01", "2021-06-30")), 8);
        assert_eq!(days("2021-01-01", "2021-12-31").distance(days("2021-06-01", "2021-06-30")), 0);
    }

    #[test]
    fn a_day_month_or_year_has_its_days() {
        assert_eq!(Days::of_value("2020-02"), Some(days("2020-02-01", "2020-02-29")));
        assert_eq!(Days::of_value("2021"), Some(days("2021-01-01", "2021-12-31")));
        assert_eq!(Days::of_value("2021-06-16"), Some(days("2021-06-16", "2021-06-16")));
        for none in ["2021-13", "2021-6", "2021-W20", "21", "", "2021-02-30", "2021-06-16-1", "+021"] {
            assert_eq!(Days::of_value(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_interval_is_none() {
        assert_eq!(Days::parse(Some("2021-06-31"), Some("2021-07-01")), None);
        assert_eq!(Days::parse(Some("2021-07-02"), Some("2021-07-01")), None);
        assert_eq!(Days::parse(None, Some("2021-07-01")), None);
    }
}

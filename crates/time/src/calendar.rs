//! Days, weeks, seasons and holidays on the civil calendar.

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// An interval of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// The first day.
    pub earliest: Date,
    /// The last day.
    pub latest: Date,
}

impl Days {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { earliest: date, latest: date }
    }

    /// From one day to another, whichever comes first.
    pub fn between(a: Date, b: Date) -> Self {
        Self { earliest: a.min(b), latest: a.max(b) }
    }

    /// Whether it is a single day.
    pub fn is_day(&self) -> bool {
        self.earliest == self.latest
    }

    /// Number of days, at least one.
    pub fn len(&self) -> i64 {
        days_between(self.earliest, self.latest) + 1
    }

    /// Never: an interval has a day at least.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Whether a day lies within.
    pub fn contains(&self, date: Date) -> bool {
        self.earliest <= date && date <= self.latest
    }

    /// Whether the two have a day in common.
    pub fn overlaps(&self, other: &Days) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The smallest interval around both.
    pub fn hull(&self, other: &Days) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }
}

/// Units of time in which news counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words of the language")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "weekend" => Self::Weekend,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    /// Whether it is shorter than a day.
    pub fn is_clock(self) -> bool {
        self <= Self::Hour
    }

    /// The TIMEX3 duration of `count` units (`X` for an unknown number).
    pub(crate) fn duration(self, count: &str) -> String {
        let times = |factor: f64| match count.parse::<f64>() {
            Ok(n) => number(n * factor),
            Err(_) => "X".to_owned(),
        };
        match self {
            Self::Second => format!("PT{count}S"),
            Self::Minute => format!("PT{count}M"),
            Self::Hour => format!("PT{count}H"),
            Self::Day => format!("P{count}D"),
            Self::Weekend => format!("P{count}WE"),
            Self::Week => format!("P{count}W"),
            Self::Fortnight => format!("P{}W", times(2.0)),
            Self::Month => format!("P{count}M"),
            Self::Quarter => format!("P{}M", times(3.0)),
            Self::Year => format!("P{count}Y"),
            Self::Decade if count == "X" => "PXE".to_owned(),
            Self::Decade => format!("P{}Y", times(10.0)),
            Self::Century if count == "X" => "PXC".to_owned(),
            Self::Century => format!("P{}Y", times(100.0)),
            Self::Millennium => format!("P{}Y", times(1000.0)),
        }
    }
}

/// A number as TIMEX3 writes it: without a needless fraction.
pub(crate) fn number(n: f64) -> String {
    if (n - n.round()).abs() < 1e-9 { format!("{n:.0}") } else { format!("{n}") }
}

/// The four seasons, as the northern hemisphere's newspapers use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words of the language")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The days that the season of a year can mean. Both the calendar's months and the astronomer's quarters are meant by
    /// writers, and a winter bears the number of either of its years, so the interval is wide.
    pub(crate) fn days(self, year: i16) -> Option<Days> {
        let (from, to) = match self {
            Self::Spring => ((3, 1), (6, 21)),
            Self::Summer => ((6, 1), (9, 22)),
            Self::Autumn => ((9, 1), (12, 21)),
            Self::Winter => {
                return Some(Days { earliest: date(year, 12, 1)?, latest: date(year.checked_add(1)?, 3, 20)? });
            }
        };
        Some(Days { earliest: date(year, from.0, from.1)?, latest: date(year, to.0, to.1)? })
    }
}

/// How the day of a holiday is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HolidayRule {
    /// The same day every year.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i32),
    /// Days from the Easter Sunday of the Orthodox churches.
    OrthodoxEaster(i32),
    /// A day of the Islamic calendar, or a month of it. Both begin with the sight of the new moon, up to a day beside the
    /// reckoned one.
    Islamic(i32, Option<i32>),
    /// The nth weekday of a month (from its end when negative), and days after it.
    Nth(i8, i8, Weekday, i32),
}

impl HolidayRule {
    pub(crate) fn parse(rule: &str) -> Option<Self> {
        if let Some(offset) = rule.strip_prefix("easter") {
            return offset.parse().ok().map(Self::Easter);
        }
        if let Some(offset) = rule.strip_prefix("orthodox") {
            return offset.parse().ok().map(Self::OrthodoxEaster);
        }
        if let Some(day) = rule.strip_prefix("islamic/") {
            return Some(match day.split_once('/') {
                Some((month, day)) => Self::Islamic(month.parse().ok()?, Some(day.parse().ok()?)),
                None => Self::Islamic(day.parse().ok()?, None),
            });
        }
        if let Some((month, rest)) = rule.split_once('/') {
            let (nth, weekday) = rest.split_once('/')?;
            let (weekday, offset) = weekday.split_once('+').unwrap_or((weekday, "0"));
            let weekday = Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
            return Some(Self::Nth(month.parse().ok()?, nth.parse().ok()?, weekday, offset.parse().ok()?));
        }
        let (month, day) = rule.split_once('-')?;
        Some(Self::Fixed(month.parse().ok()?, day.parse().ok()?))
    }

    /// The days of the holiday in a year; more than one where the rule leaves room.
    pub(crate) fn days(self, year: i16) -> Option<Days> {
        match self {
            Self::Islamic(month, day) => {
                let (first, last) = match day {
                    Some(day) => (islamic_in(year, month, day)?, islamic_in(year, month, day)?),
                    None => {
                        let first = islamic_in(year, month, 1)?;
                        (first, shift_days(first, 29)?)
                    }
                };
                Some(Days { earliest: shift_days(first, -1)?, latest: shift_days(last, 1)? })
            }
            _ => self.day(year).map(Days::day),
        }
    }

    fn day(self, year: i16) -> Option<Date> {
        match self {
            Self::Islamic(..) => None,
            Self::Fixed(month, day) => date(year, month, day),
            Self::Easter(offset) => shift_days(easter(year)?, offset),
            Self::OrthodoxEaster(offset) => shift_days(orthodox_easter(year)?, offset),
            Self::Nth(month, nth, weekday, offset) => {
                shift_days(date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()?, offset)
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar, after the anonymous algorithm of *Nature* 13 (1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// Easter Sunday of the Julian calendar after Meeus (*Astronomical Algorithms*, chapter 8), as a day of the Gregorian one.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let julian = date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    // How far the Julian calendar lags behind.
    shift_days(julian, y / 100 - y / 400 - 2)
}

/// The first day of the Gregorian year that is such a day of an Islamic one, by the arithmetical calendar (30-year cycle, civil
/// epoch; Dershowitz and Reingold, *Calendrical Calculations*, chapter 7).
fn islamic_in(year: i16, month: i32, day: i32) -> Option<Date> {
    let about = (i32::from(year) - 622) * 33 / 32;
    (about - 1..=about + 2)
        .filter_map(|islamic_year| {
            let elapsed =
                (islamic_year - 1) * 354 + (3 + 11 * islamic_year).div_euclid(30) + (59 * (month - 1) + 1) / 2 + day
                    - 1;
            shift_days(date(622, 7, 19)?, elapsed)
        })
        .find(|found| found.year() == year)
}

pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(crate) fn shift_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

pub(crate) fn shift_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}

/// Monday to Sunday of the week of a day.
pub(crate) fn week(day: Date) -> Option<Days> {
    let monday = shift_days(day, -i32::from(day.weekday().to_monday_zero_offset()))?;
    Some(Days { earliest: monday, latest: shift_days(monday, 6)? })
}

pub(crate) fn week_value(day: Date) -> String {
    let week: ISOWeekDate = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

pub(crate) fn month(year: i16, month: i8) -> Option<Days> {
    let first = date(year, month, 1)?;
    Some(Days { earliest: first, latest: first.last_of_month() })
}

pub(crate) fn months(year: i16, first: i8, last: i8) -> Option<Days> {
    Some(Days { earliest: date(year, first, 1)?, latest: date(year, last, 1)?.last_of_month() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_on_the_right_sunday() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2018, 4, 1), (2021, 4, 4), (2022, 4, 17), (2038, 4, 25)]
        {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn orthodox_easter_falls_on_the_right_sunday() {
        for (year, month, day) in [(2016, 5, 1), (2017, 4, 16), (2021, 5, 2), (2022, 4, 24), (2024, 5, 5)] {
            assert_eq!(orthodox_easter(year), date(year, month, day));
        }
    }

    #[test]
    fn islamic_months_begin_within_a_day_of_the_moon() {
        // The first days of Ramadan and of Shawwal as Saudi Arabia kept them.
        for (year, ramadan, shawwal) in [
            (2018, "2018-05-17", "2018-06-15"),
            (2021, "2021-04-13", "2021-05-13"),
            (2022, "2022-04-02", "2022-05-02"),
            (2023, "2023-03-23", "2023-04-21"),
            (2024, "2024-03-11", "2024-04-10"),
        ] {
            let day = |text: &str| text.parse().expect("a day");
            let rule = |rule: &str| HolidayRule::parse(rule).and_then(|r| r.days(year)).expect("the rule has days");
            assert!(rule("islamic/9").contains(day(ramadan)), "{year}");
            assert!(rule("islamic/10/1").contains(day(shawwal)), "{year}");
            assert_eq!(rule("islamic/10/1").len(), 3);
        }
    }

    #[test]
    fn holidays_follow_their_rules() {
        let day = |rule: &str, year| HolidayRule::parse(rule).and_then(|r| r.day(year)).map(|d| d.to_string());
        assert_eq!(day("11/4/4", 2021).as_deref(), Some("2021-11-25"));
        assert_eq!(day("11/4/4+1", 2021).as_deref(), Some("2021-11-26"));
        assert_eq!(day("05/-1/1", 2021).as_deref(), Some("2021-05-31"));
        assert_eq!(day("easter-2", 2022).as_deref(), Some("2022-04-15"));
        assert_eq!(day("12-25", 1999).as_deref(), Some("1999-12-25"));
    }
}

//! What a time expression means by itself, and what it means on a given day.

use crate::calendar::{self, Days, Season, Unit};
use crate::words::words;
use jiff::civil::{Date, Weekday};

/// The year of a stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Year {
    /// Not told: "7 December".
    Open,
    /// Told: "7 December 2021".
    Given(i16),
    /// Told against the year of writing: "December last year" is −1.
    Relative(i16),
}

/// A stretch of the calendar that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the fields are what their names say")]
pub enum Period {
    /// The weekday, where it is told too, helps to find the year.
    Day {
        year: Year,
        month: i8,
        day: i8,
        weekday: Option<Weekday>,
    },
    Month {
        year: Year,
        month: i8,
    },
    Season {
        year: Year,
        season: Season,
    },
    Quarter {
        year: Year,
        quarter: i8,
    },
    Half {
        year: Year,
        half: i8,
    },
    /// An entry of the table of holidays.
    Holiday {
        year: Year,
        holiday: usize,
    },
    Year(i16),
    /// The first year of the decade.
    Decade(i16),
    /// The first year of the century, as spoken: 1900 for the 20th.
    Century(i16),
    Weekday(Weekday),
    /// "the weekend".
    Weekend,
    /// "the 21st".
    DayOfMonth(i8),
}

/// Which of the recurring periods is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// "in June": the tense decides.
    Unmarked,
    /// "last June".
    Last,
    /// "this June".
    This,
    /// "next June".
    Next,
    /// "that Tuesday", "the following Tuesday": told against the last date of the text.
    Mentioned,
}

/// From where a shift counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The day of writing: "ago", "last", "yesterday".
    Writing,
    /// The last date that the text names: "later", "earlier", "the following day".
    Mentioned,
}

/// A number of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Count {
    /// So many.
    Exactly(f64),
    /// "a few", "several".
    Few,
}

/// A part of a longer stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// "early", "the beginning of".
    Start,
    /// "mid", "the middle of".
    Middle,
    /// "late", "the end of".
    End,
    /// "earlier this month": up to the day of writing.
    Before,
    /// "later this month": from the day of writing on.
    After,
}

/// A time within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeOfDay {
    /// Hour and minute.
    Clock(i8, i8),
    /// `MO`, `AF`, `EV`, `NI`, `MI` of TIMEX3.
    Part(&'static str),
}

/// What a time expression means by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A stretch of the calendar.
    Calendar(Period, Which),
    /// The unit that lies so many units away: "last week" is one week before the week of writing.
    Shift {
        /// What is counted.
        unit: Unit,
        /// How many, and whether back (negative) or forward.
        by: i32,
        /// From where.
        origin: Origin,
    },
    /// A vague number of units away: "a few days ago".
    VagueShift {
        /// What is counted.
        unit: Unit,
        /// Back or forward.
        back: bool,
        /// From where.
        origin: Origin,
    },
    /// A part of it: "early next month".
    PartOf(Box<Form>, Part),
    /// The weekend next to a day: "Easter weekend".
    WeekendAt(Box<Form>),
    /// A time within a day, with the day where the words tell it.
    Time(Option<Box<Form>>, TimeOfDay),
    /// From one to the other: "June 3–5".
    Range(Box<Form>, Box<Form>),
    /// A length, with the side of the day of writing on which it lies: "the past two weeks" is −1, "two weeks" 0.
    Duration {
        /// How many.
        count: Count,
        /// Of what.
        unit: Unit,
        /// −1 before, 1 after the day of writing, 0 not told.
        side: i8,
    },
    /// Something that recurs, with its TIMEX3 value.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
}

/// The side of the day of writing on which tense and words put an expression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// "met on Friday".
    Past,
    /// "will meet on Friday".
    Future,
    /// Not told.
    #[default]
    Unknown,
}

/// What is known where the expression stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context {
    /// The day of writing, or the days that it can be.
    pub anchor: Option<Days>,
    /// The last date that the text has named.
    pub mentioned: Option<Days>,
    /// Past or future.
    pub direction: Direction,
}

/// An expression put on the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// TIMEX3/EDTF value, with `X` for what is not known.
    pub value: String,
    /// The days that it can mean; none where that is not known.
    pub days: Option<Days>,
}

impl Resolved {
    fn new(value: impl Into<String>, days: Option<Days>) -> Self {
        Self { value: value.into(), days }
    }
}

impl Form {
    /// Puts the meaning on the calendar. Where the day of writing is only known to lie in an interval, the value keeps what
    /// is the same for all its days, and the days span all that it can mean.
    pub fn resolve(&self, context: &Context) -> Resolved {
        let Some(anchor) = context.anchor else { return self.on(None, context) };
        let first = self.on(Some(anchor.earliest), context);
        if anchor.is_day() {
            return first;
        }
        let last = self.on(Some(anchor.latest), context);
        let days = match (first.days, last.days) {
            (Some(a), Some(b)) => Some(a.hull(&b)),
            _ => None,
        };
        let value = if first.value == last.value { first.value } else { common(&first.value, &last.value) };
        Resolved { value, days }
    }

    /// Whether the expression names the same days whenever it is written.
    pub fn is_absolute(&self) -> bool {
        match self {
            Self::Calendar(period, _) => match period {
                Period::Day { year, .. }
                | Period::Month { year, .. }
                | Period::Season { year, .. }
                | Period::Quarter { year, .. }
                | Period::Half { year, .. }
                | Period::Holiday { year, .. } => matches!(year, Year::Given(_)),
                Period::Year(_) | Period::Decade(_) | Period::Century(_) => true,
                Period::Weekday(_) | Period::Weekend | Period::DayOfMonth(_) => false,
            },
            Self::PartOf(form, Part::Start | Part::Middle | Part::End) | Self::WeekendAt(form) => form.is_absolute(),
            Self::Time(Some(day), _) => day.is_absolute(),
            Self::Range(from, to) => from.is_absolute() && to.is_absolute(),
            _ => false,
        }
    }

    fn on(&self, anchor: Option<Date>, context: &Context) -> Resolved {
        match self {
            Self::Calendar(period, which) => calendar_period(*period, *which, anchor, context),
            Self::Shift { unit, by, origin } => {
                let from = match origin {
                    Origin::Writing => anchor.map(Days::day),
                    Origin::Mentioned => context.mentioned,
                };
                // Whoever writes on a Sunday of what comes "this week" means the days that follow.
                let sunday = anchor.is_some_and(|day| day.weekday() == Weekday::Sunday);
                let coming = sunday
                    && *unit == Unit::Week
                    && *origin == Origin::Writing
                    && context.direction == Direction::Future;
                shift(*unit, by + i32::from(coming && *by == 0), from)
            }
            Self::VagueShift { unit, back, origin } => {
                let value = if *back { "PAST_REF" } else { "FUTURE_REF" };
                let from = match origin {
                    Origin::Writing => anchor.map(Days::day),
                    Origin::Mentioned => context.mentioned,
                };
                // "A few" is two to nine, generously.
                let sign = if *back { -1 } else { 1 };
                let near = shift(*unit, 2 * sign, from).days;
                let far = shift(*unit, 9 * sign, from).days;
                Resolved::new(value, near.zip(far).map(|(a, b)| a.hull(&b)))
            }
            Self::PartOf(form, part) => {
                let context = &match part {
                    Part::After => Context { direction: Direction::Future, ..*context },
                    _ => *context,
                };
                let whole = form.on(anchor, context);
                let days = whole.days.and_then(|days| part_of(days, *part, anchor));
                Resolved { days, ..whole }
            }
            Self::WeekendAt(form) => {
                let day = form.on(anchor, context).days.filter(Days::is_day).map(|days| days.earliest);
                // A holiday from Tuesday to Friday makes the weekend after it, one on Monday that before it.
                let back = day.is_some_and(|day| day.weekday() == Weekday::Monday);
                shift(Unit::Weekend, if back { -1 } else { 0 }, day.map(Days::day))
            }
            Self::Time(day, time) => {
                let day = match day {
                    Some(day) => day.on(anchor, context),
                    None => Resolved::new("", None),
                };
                let time = match time {
                    TimeOfDay::Clock(hour, minute) => format!("T{hour:02}:{minute:02}"),
                    TimeOfDay::Part(part) => format!("T{part}"),
                };
                let date = if day.value.is_empty() { "XXXX-XX-XX".to_owned() } else { day.value };
                Resolved::new(format!("{date}{time}"), day.days)
            }
            Self::Range(from, to) => {
                let last = to.on(anchor, context);
                let first = from.on(anchor, context);
                // "from November to February": the start lies before the end.
                let first = match (first.days, last.days, from.as_ref()) {
                    (Some(a), Some(b), Self::Calendar(period, Which::Unmarked)) if a.earliest > b.latest => {
                        let before = Context { direction: Direction::Past, ..*context };
                        calendar_period(*period, Which::Unmarked, Some(b.latest), &before)
                    }
                    _ => first,
                };
                let days = first
                    .days
                    .zip(last.days)
                    .map(|(a, b)| Days { earliest: a.earliest, latest: b.latest.max(a.earliest) });
                Resolved::new(format!("{}/{}", first.value, last.value), days)
            }
            Self::Duration { count, unit, side } => {
                let value = match count {
                    Count::Exactly(n) => unit.duration(&calendar::number(*n)),
                    Count::Few => unit.duration("X"),
                };
                let days = match (count, side, anchor) {
                    (Count::Exactly(n), -1 | 1, Some(day)) if !unit.is_clock() && n.fract() == 0.0 && n.abs() < 1e4 => {
                        away(*unit, *n as i32 * i32::from(*side), day).map(|other| Days::between(other, day))
                    }
                    _ => None,
                };
                Resolved { value, days }
            }
            Self::Set(value) => Resolved::new(value.clone(), None),
            Self::Reference(value) => Resolved::new(*value, None),
        }
    }
}

/// The parts of two values that agree; what differs becomes `X`.
fn common(a: &str, b: &str) -> String {
    let (left, right): (Vec<_>, Vec<_>) = (a.split('-').collect(), b.split('-').collect());
    if left.len() != right.len() {
        return a.chars().map(|c| if c.is_ascii_digit() { 'X' } else { c }).collect();
    }
    let fields = left.iter().zip(&right).map(|(a, b)| {
        if a == b { (*a).to_owned() } else { a.chars().map(|c| if c.is_ascii_digit() { 'X' } else { c }).collect() }
    });
    fields.collect::<Vec<_>>().join("-")
}

fn part_of(days: Days, part: Part, anchor: Option<Date>) -> Option<Days> {
    let length = i32::try_from(days.len()).ok()?;
    let at = |n: i32| calendar::shift_days(days.earliest, n);
    Some(match part {
        Part::Start => Days { earliest: days.earliest, latest: at((length - 1) / 2)? },
        Part::Middle => Days { earliest: at(length / 4)?, latest: at((length * 3 - 1) / 4)? },
        Part::End => Days { earliest: at(length / 2)?, latest: days.latest },
        Part::Before => Days { earliest: days.earliest, latest: days.latest.min(anchor?).max(days.earliest) },
        Part::After => Days { earliest: days.earliest.max(anchor?).min(days.latest), latest: days.latest },
    })
}

/// The day so many units away.
fn away(unit: Unit, by: i32, day: Date) -> Option<Date> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day),
        Unit::Day => calendar::shift_days(day, by),
        Unit::Week | Unit::Weekend => calendar::shift_days(day, by.checked_mul(7)?),
        Unit::Fortnight => calendar::shift_days(day, by.checked_mul(14)?),
        Unit::Month => calendar::shift_months(day, by),
        Unit::Quarter => calendar::shift_months(day, by.checked_mul(3)?),
        Unit::Year => calendar::shift_months(day, by.checked_mul(12)?),
        Unit::Decade => calendar::shift_months(day, by.checked_mul(120)?),
        Unit::Century => calendar::shift_months(day, by.checked_mul(1200)?),
        Unit::Millennium => calendar::shift_months(day, by.checked_mul(12_000)?),
    }
}

/// The unit of the calendar that lies so many units away.
fn shift(unit: Unit, by: i32, from: Option<Days>) -> Resolved {
    let unknown = || {
        let value = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX:XX",
            Unit::Day => "XXXX-XX-XX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year => "XXXX",
            Unit::Decade => "XXXX",
            Unit::Century | Unit::Millennium => "XXXX",
        };
        Resolved::new(value, None)
    };
    let Some(from) = from else { return unknown() };
    let grain = |day: Date| -> Option<Resolved> {
        let day = away(unit, by, day)?;
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Resolved::new(format!("{day}TXX:XX"), Some(Days::day(day))),
            Unit::Day => Resolved::new(day.to_string(), Some(Days::day(day))),
            Unit::Week | Unit::Fortnight => Resolved::new(calendar::week_value(day), Some(calendar::week(day)?)),
            Unit::Weekend => {
                let week = calendar::week(day)?;
                let saturday = calendar::shift_days(week.latest, -1)?;
                Resolved::new(
                    format!("{}-WE", calendar::week_value(day)),
                    Some(Days { earliest: saturday, latest: week.latest }),
                )
            }
            Unit::Month => Resolved::new(
                format!("{:04}-{:02}", day.year(), day.month()),
                Some(calendar::month(day.year(), day.month())?),
            ),
            Unit::Quarter => {
                let quarter = (day.month() - 1) / 3 + 1;
                instance(Period::Quarter { year: Year::Open, quarter }, day.year())?
            }
            Unit::Year => calendar_year(day.year())?,
            Unit::Decade => decade(day.year() / 10 * 10)?,
            Unit::Century => century(day.year() / 100 * 100)?,
            Unit::Millennium => return None,
        })
    };
    if from.is_day() {
        return grain(from.earliest).unwrap_or_else(unknown);
    }
    match (grain(from.earliest), grain(from.latest)) {
        (Some(a), Some(b)) if a.value == b.value => a,
        (Some(a), Some(b)) => {
            let days = a.days.zip(b.days).map(|(a, b)| a.hull(&b));
            Resolved { value: common(&a.value, &b.value), days }
        }
        _ => unknown(),
    }
}

fn calendar_year(year: i16) -> Option<Resolved> {
    let days = Days { earliest: calendar::date(year, 1, 1)?, latest: calendar::date(year, 12, 31)? };
    Some(Resolved::new(format!("{year:04}"), Some(days)))
}

fn decade(first: i16) -> Option<Resolved> {
    let days = Days { earliest: calendar::date(first, 1, 1)?, latest: calendar::date(first.checked_add(9)?, 12, 31)? };
    Some(Resolved::new(format!("{:03}X", first / 10), Some(days)))
}

fn century(first: i16) -> Option<Resolved> {
    let days =
        Days { earliest: calendar::date(first, 1, 1)?, latest: calendar::date(first.checked_add(100)?, 12, 31)? };
    Some(Resolved::new(format!("{:02}XX", first / 100), Some(days)))
}

/// A recurring period in a year.
fn instance(period: Period, year: i16) -> Option<Resolved> {
    Some(match period {
        Period::Day { month, day, .. } => {
            let day = calendar::date(year, month, day)?;
            Resolved::new(day.to_string(), Some(Days::day(day)))
        }
        Period::Month { month, .. } => {
            Resolved::new(format!("{year:04}-{month:02}"), Some(calendar::month(year, month)?))
        }
        Period::Season { season, .. } => {
            Resolved::new(format!("{year:04}-{}", season.code()), Some(season.days(year)?))
        }
        Period::Quarter { quarter, .. } => {
            Resolved::new(format!("{year:04}-Q{quarter}"), Some(calendar::months(year, quarter * 3 - 2, quarter * 3)?))
        }
        Period::Half { half, .. } => {
            Resolved::new(format!("{year:04}-H{half}"), Some(calendar::months(year, half * 6 - 5, half * 6)?))
        }
        Period::Holiday { holiday, .. } => {
            let day = words().rule(holiday).day(year)?;
            Resolved::new(day.to_string(), Some(Days::day(day)))
        }
        Period::Year(_)
        | Period::Decade(_)
        | Period::Century(_)
        | Period::Weekday(_)
        | Period::Weekend
        | Period::DayOfMonth(_) => return None,
    })
}

fn without_year(period: Period) -> String {
    match period {
        Period::Day { month, day, .. } => format!("XXXX-{month:02}-{day:02}"),
        Period::Month { month, .. } => format!("XXXX-{month:02}"),
        Period::Season { season, .. } => format!("XXXX-{}", season.code()),
        Period::Quarter { quarter, .. } => format!("XXXX-Q{quarter}"),
        Period::Half { half, .. } => format!("XXXX-H{half}"),
        Period::Holiday { holiday, .. } => match words().rule(holiday) {
            calendar::HolidayRule::Fixed(month, day) => format!("XXXX-{month:02}-{day:02}"),
            _ => "XXXX-XX-XX".to_owned(),
        },
        Period::Weekday(day) => format!("XXXX-WXX-{}", day.to_monday_one_offset()),
        Period::Weekend => "XXXX-WXX-WE".to_owned(),
        Period::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
        Period::Year(_) | Period::Decade(_) | Period::Century(_) => String::new(),
    }
}

fn calendar_period(period: Period, which: Which, anchor: Option<Date>, context: &Context) -> Resolved {
    let year = match period {
        Period::Year(year) => return calendar_year(year).unwrap_or_else(|| Resolved::new(year.to_string(), None)),
        Period::Decade(first) => return decade(first).unwrap_or_else(|| Resolved::new(first.to_string(), None)),
        Period::Century(first) => return century(first).unwrap_or_else(|| Resolved::new(first.to_string(), None)),
        Period::Weekday(_) | Period::Weekend | Period::DayOfMonth(_) => Year::Open,
        Period::Day { year, .. }
        | Period::Month { year, .. }
        | Period::Season { year, .. }
        | Period::Quarter { year, .. }
        | Period::Half { year, .. }
        | Period::Holiday { year, .. } => year,
    };
    let unknown = || Resolved::new(without_year(period), None);
    match (year, anchor) {
        (Year::Given(year), _) => instance(period, year).unwrap_or_else(unknown),
        (Year::Relative(by), Some(anchor)) => {
            anchor.year().checked_add(by).and_then(|year| instance(period, year)).unwrap_or_else(unknown)
        }
        (Year::Relative(_), None) => unknown(),
        (Year::Open, anchor) => {
            let from = if which == Which::Mentioned { context.mentioned.map(|days| days.latest) } else { anchor };
            let Some(from) = from else { return unknown() };
            choose(period, which, from, context.direction).unwrap_or_else(unknown)
        }
    }
}

/// The instance of a recurring period that the words and the tense point to.
fn choose(period: Period, which: Which, from: Date, direction: Direction) -> Option<Resolved> {
    let candidates: Vec<Resolved> = match period {
        Period::Weekday(weekday) => (-7..=7)
            .filter_map(|n| calendar::shift_days(from, n))
            .filter(|day| day.weekday() == weekday)
            .map(|day| Resolved::new(day.to_string(), Some(Days::day(day))))
            .collect(),
        Period::Weekend => (-1..=1).map(|n| shift(Unit::Weekend, n, Some(Days::day(from)))).collect(),
        Period::DayOfMonth(day) => (-2..=2)
            .filter_map(|n| calendar::shift_months(from.first_of_month(), n))
            .filter_map(|month| calendar::date(month.year(), month.month(), day))
            .map(|day| Resolved::new(day.to_string(), Some(Days::day(day))))
            .collect(),
        // Four years back and forth, for the 29th of February.
        _ => (-4..=4).filter_map(|n| from.year().checked_add(n)).filter_map(|year| instance(period, year)).collect(),
    };
    let mut with_days: Vec<(Resolved, Days)> =
        candidates.into_iter().filter_map(|c| c.days.map(|days| (c, days))).collect();
    if let Period::Day { weekday: Some(weekday), .. } = period
        && with_days.iter().any(|(_, days)| days.earliest.weekday() == weekday)
    {
        with_days.retain(|(_, days)| days.earliest.weekday() == weekday);
    }
    let with_days = with_days.into_iter();
    let distance = |days: &Days| -> i64 {
        if days.contains(from) {
            0
        } else if days.latest < from {
            -calendar::days_between(days.latest, from)
        } else {
            calendar::days_between(from, days.earliest)
        }
    };
    let weekday = matches!(period, Period::Weekday(_) | Period::Weekend);
    let best = match which {
        Which::Last => with_days.filter(|(_, days)| days.latest < from).max_by_key(|(_, days)| days.latest),
        Which::Next => with_days.filter(|(_, days)| days.earliest > from).min_by_key(|(_, days)| days.earliest),
        Which::Mentioned => with_days.filter(|(_, days)| days.earliest >= from).min_by_key(|(_, days)| days.earliest),
        Which::This if weekday => with_days.min_by_key(|(_, days)| {
            weigh(
                distance(days),
                if direction == Direction::Past { 60 } else { 1 },
                if direction == Direction::Past { 1 } else { 60 },
            )
        }),
        Which::This => with_days.min_by_key(|(_, days)| distance(days).abs()),
        Which::Unmarked => {
            // The nearest one, where the other side of the day of writing counts as farther; news tells of the past.
            let (future, past) = match (direction, weekday) {
                (Direction::Past, true) | (Direction::Unknown, true) => (60, 1),
                (Direction::Past, false) => (4, 1),
                (Direction::Future, true) => (1, 60),
                (Direction::Future, false) => (1, 4),
                (Direction::Unknown, false) => (3, 2),
            };
            with_days.min_by_key(|(_, days)| weigh(distance(days), future, past))
        }
    };
    best.map(|(resolved, _)| resolved)
}

fn weigh(distance: i64, future: i64, past: i64) -> i64 {
    if distance > 0 { distance * future } else { -distance * past }
}

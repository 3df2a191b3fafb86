//! Puts the meaning of a time expression on the calendar.

use crate::calendar::{self, Days, Unit};
use crate::form::{Count, Form, Item, Origin, Part, Period, Side, TimeOfDay, Which, Year};
use crate::words::words;
use jiff::civil::{Date, Weekday};

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
    /// The quarter that the text reports, where it is a business report: what "a year earlier" is compared with.
    pub reported: Option<Days>,
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

    /// Whether tense alone chooses the year: "November", "the end of March".
    fn is_open(&self) -> bool {
        match self {
            Self::Calendar(_, which) => *which == Which::Unmarked && !self.is_absolute(),
            Self::PartOf(form, _) => form.is_open(),
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
            Self::WeekOf(form) => {
                let day = form.on(anchor, context).days.filter(Days::is_day);
                shift(Unit::Week, 0, day)
            }
            Self::Nth { nth, item, of } => {
                let within = of.on(anchor, context);
                let unknown = || {
                    let value = match item {
                        Item::Weekday(day) => format!("XXXX-WXX-{}", day.to_monday_one_offset()),
                        Item::Unit(unit) => shift(*unit, 0, None).value,
                    };
                    Resolved::new(value, None)
                };
                within.days.and_then(|days| nth_of(*nth, *item, days)).unwrap_or_else(unknown)
            }
            Self::Offset { by, from } => {
                let base = from.on(anchor, context);
                let finest = by.iter().map(|(_, unit)| *unit).min().unwrap_or(Unit::Day);
                // Told from a day, weeks lead to a day too.
                let grain = if finest == Unit::Week || finest == Unit::Fortnight { Unit::Day } else { finest };
                let moved = base.days.and_then(|days| {
                    let go = |day: Date| by.iter().try_fold(day, |day, (n, unit)| away(*unit, *n, day));
                    Some(Days::between(go(days.earliest)?, go(days.latest)?))
                });
                shift(grain, 0, moved)
            }
            Self::Reported { years_back, unit, origin } => match context.reported {
                Some(days) => {
                    let quarter = (days.earliest.month() - 1) / 3 + 1;
                    let year = days.earliest.year().checked_sub(*years_back);
                    let found = year.and_then(|year| instance(Period::Quarter { year: Year::Open, quarter }, year));
                    found.unwrap_or_else(|| shift(*unit, 0, None))
                }
                None => {
                    let back = i32::from(*years_back) * if *unit == Unit::Quarter { 4 } else { 1 };
                    let by = -back - i32::from(*unit == Unit::Quarter);
                    Self::Shift { unit: *unit, by, origin: *origin }.on(anchor, context)
                }
            },
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
                // "from next Monday to Friday": the end lies after a start that is told.
                let last = match (first.days, last.days, to.as_ref()) {
                    (Some(a), Some(b), Self::Calendar(period, Which::Unmarked))
                        if b.latest < a.earliest && !from.is_open() =>
                    {
                        let after = Context { direction: Direction::Future, ..*context };
                        calendar_period(*period, Which::Coming, Some(a.latest), &after)
                    }
                    _ => last,
                };
                // "from November to February": the start lies before the end.
                let first = match (first.days, last.days) {
                    (Some(a), Some(b)) if a.earliest > b.latest && from.is_open() => {
                        from.on(Some(b.latest), &Context { direction: Direction::Past, ..*context })
                    }
                    _ => first,
                };
                let days = first
                    .days
                    .zip(last.days)
                    .map(|(a, b)| Days { earliest: a.earliest, latest: b.latest.max(a.earliest) });
                Resolved::new(format!("{}/{}", first.value, last.value), days)
            }
            Self::Duration { length, side } => {
                Resolved { value: duration(length), days: anchor.and_then(|day| around(length, *side, day)) }
            }
            Self::Set(value) => Resolved::new(value.clone(), None),
            Self::Reference(value) => Resolved::new(*value, None),
        }
    }
}

/// The value of a day, of one of a few days, or of a longer stretch.
fn value_of(days: Days) -> String {
    let (first, last) = (days.earliest.to_string(), days.latest.to_string());
    match days.len() {
        1 => first,
        2..=7 => common(&first, &last),
        _ => {
            let month = |day: Date| format!("{:04}-{:02}-XX", day.year(), day.month());
            format!("{}/{}", month(days.earliest), month(days.latest))
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
        // "mid-November": from the 10th to the 20th.
        Part::Middle if (28..=31).contains(&length) && days.earliest.day() == 1 => {
            Days { earliest: at(9)?, latest: at(19)? }
        }
        Part::Middle => Days { earliest: at(length / 4)?, latest: at((length * 3 - 1) / 4)? },
        Part::End => Days { earliest: at(length / 2)?, latest: days.latest },
        Part::Before => Days { earliest: days.earliest, latest: days.latest.min(anchor?).max(days.earliest) },
        Part::After => Days { earliest: days.earliest.max(anchor?).min(days.latest), latest: days.latest },
    })
}

/// The TIMEX3 value of a length: "two years and three months" is P2Y3M.
fn duration(length: &[(Count, Unit)]) -> String {
    let mut value = String::new();
    for (count, unit) in length {
        let count = match count {
            Count::Exactly(n) => calendar::number(*n),
            Count::Few => "X".to_owned(),
        };
        let part = unit.duration(&count);
        match (value.is_empty(), part.strip_prefix("PT"), part.strip_prefix('P')) {
            (false, Some(clock), _) if value.contains('T') => value.push_str(clock),
            (false, Some(clock), _) => value.push_str(&format!("T{clock}")),
            (false, None, Some(rest)) => value.push_str(rest),
            _ => value = part,
        }
    }
    value
}

/// The days that a length takes up on a side of the day of writing. Quarters are those of the calendar: "the last two
/// quarters" end with the last whole one.
fn around(length: &[(Count, Unit)], side: Side, day: Date) -> Option<Days> {
    let by: Option<Vec<(i32, Unit)>> = length
        .iter()
        .map(|(count, unit)| match count {
            Count::Exactly(n) if !unit.is_clock() && n.fract() == 0.0 && n.abs() < 1e4 => Some((*n as i32, *unit)),
            _ => None,
        })
        .collect();
    let by = by?;
    let go = |day: Date, sign: i32| by.iter().try_fold(day, |day, (n, unit)| away(*unit, n * sign, day));
    let quarter = |n: i32| shift(Unit::Quarter, n, Some(Days::day(day))).days;
    match (side, &by[..]) {
        (Side::Open, _) | (_, []) => None,
        (Side::Past, [(n @ 2.., Unit::Quarter)]) => Some(quarter(-n)?.hull(&quarter(-1)?)),
        (Side::Next, [(n @ 2.., Unit::Quarter)]) => Some(quarter(1)?.hull(&quarter(*n)?)),
        (Side::Past, _) => Some(Days::between(go(day, -1)?, day)),
        (Side::Within, _) => Some(Days::between(day, go(day, 1)?)),
        (Side::Next, _) => Some(Days::between(calendar::shift_days(day, 1)?, go(day, 1)?)),
    }
}

/// The nth week, month, weekday … of a stretch. A week belongs to the stretch that has its Thursday, as ISO 8601 counts.
fn nth_of(nth: i32, item: Item, within: Days) -> Option<Resolved> {
    let step = nth.checked_sub(nth.signum())?;
    let start = if nth > 0 { within.earliest } else { within.latest };
    let day = match item {
        Item::Weekday(weekday) => nth_weekday(step, weekday, start, nth < 0)?,
        Item::Unit(Unit::Weekend) => nth_weekday(step, Weekday::Saturday, start, nth < 0)?,
        Item::Unit(Unit::Week) => nth_weekday(step, Weekday::Thursday, start, nth < 0)?,
        Item::Unit(unit @ (Unit::Day | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade)) => {
            away(unit, step, start)?
        }
        Item::Unit(_) => return None,
    };
    if !within.contains(day) || nth == 0 {
        return None;
    }
    Some(match item {
        Item::Weekday(_) => Resolved::new(day.to_string(), Some(Days::day(day))),
        Item::Unit(unit) => shift(unit, 0, Some(Days::day(day))),
    })
}

/// The weekday that lies `step` weeks from the first one after `start` or, going back, the last one before it.
fn nth_weekday(step: i32, weekday: Weekday, start: Date, back: bool) -> Option<Date> {
    let days =
        if back { -i32::from(weekday.until(start.weekday())) } else { i32::from(start.weekday().until(weekday)) };
    calendar::shift_days(start, days.checked_add(step.checked_mul(7)?)?)
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
    let days = Days { earliest: calendar::date(first, 1, 1)?, latest: calendar::date(first.checked_add(99)?, 12, 31)? };
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
            let days = words().rule(holiday).days(year)?;
            Resolved::new(value_of(days), Some(days))
        }
        Period::Year(_)
        | Period::Decade(_)
        | Period::Century(_)
        | Period::Weekday(_)
        | Period::Weekend
        | Period::DayOfMonth { .. } => return None,
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
        Period::DayOfMonth { day, .. } => format!("XXXX-XX-{day:02}"),
        Period::Year(_) | Period::Decade(_) | Period::Century(_) => String::new(),
    }
}

fn calendar_period(period: Period, which: Which, anchor: Option<Date>, context: &Context) -> Resolved {
    let year = match period {
        Period::Year(year) => return calendar_year(year).unwrap_or_else(|| Resolved::new(year.to_string(), None)),
        Period::Decade(first) => return decade(first).unwrap_or_else(|| Resolved::new(first.to_string(), None)),
        Period::Century(first) => return century(first).unwrap_or_else(|| Resolved::new(first.to_string(), None)),
        Period::Weekday(_) | Period::Weekend | Period::DayOfMonth { .. } => Year::Open,
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
            let told = matches!(which, Which::Mentioned | Which::Previous);
            let from = if told { context.mentioned.map(|days| days.latest) } else { anchor };
            let Some(from) = from else { return unknown() };
            choose(period, which, from, context.direction).unwrap_or_else(unknown)
        }
    }
}

/// The instance of a recurring period that the words and the tense point to.
fn choose(period: Period, which: Which, from: Date, direction: Direction) -> Option<Resolved> {
    let candidates: Vec<Resolved> = match period {
        Period::Weekday(weekday) => (-14..=14)
            .filter_map(|n| calendar::shift_days(from, n))
            .filter(|day| day.weekday() == weekday)
            .map(|day| Resolved::new(day.to_string(), Some(Days::day(day))))
            .collect(),
        Period::Weekend => (-1..=1).map(|n| shift(Unit::Weekend, n, Some(Days::day(from)))).collect(),
        Period::DayOfMonth { day, weekday } => (-12..=12)
            .filter_map(|n| calendar::shift_months(from.first_of_month(), n))
            .filter_map(|month| calendar::date(month.year(), month.month(), day))
            .filter(|day| weekday.is_none_or(|weekday| day.weekday() == weekday))
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
        Which::Last | Which::Previous => {
            with_days.filter(|(_, days)| days.latest < from).max_by_key(|(_, days)| days.latest)
        }
        // "next Friday" is that of next week: the coming one is "Friday" or "this Friday".
        Which::Next => {
            let after = if weekday { calendar::week(from)?.latest } else { from };
            with_days.filter(|(_, days)| days.earliest > after).min_by_key(|(_, days)| days.earliest)
        }
        Which::Coming => with_days.filter(|(_, days)| days.earliest > from).min_by_key(|(_, days)| days.earliest),
        Which::Mentioned => with_days.filter(|(_, days)| days.earliest >= from).min_by_key(|(_, days)| days.earliest),
        Which::This if weekday => with_days.min_by_key(|(_, days)| {
            weigh(
                distance(days),
                if direction == Direction::Past { 60 } else { 1 },
                if direction == Direction::Past { 1 } else { 60 },
            )
        }),
        // "this September" is that of the year of writing.
        Which::This => with_days.min_by_key(|(_, days)| {
            let same_year = days.earliest.year() == from.year() || days.contains(from);
            (!same_year, distance(days).abs())
        }),
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

//! What a time expression means by itself, and what it means on a given day.

use crate::calendar::{Season, Unit};
use jiff::civil::Weekday;

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
    /// "the 21st", "Friday the 15th".
    DayOfMonth {
        day: i8,
        weekday: Option<Weekday>,
    },
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
    /// "next June", "next Friday": that of next week.
    Next,
    /// "the coming Friday": the first after the day of writing.
    Coming,
    /// "the previous Friday": the last before the last date of the text.
    Previous,
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

/// Where a length of time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Not told: "for two weeks".
    Open,
    /// Up to the day of writing: "the past two weeks".
    Past,
    /// From the day after: "the next two weeks".
    Next,
    /// From the day of writing: "within two weeks".
    Within,
}

/// What an ordinal number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// "the third week".
    Unit(Unit),
    /// "the first Friday".
    Weekday(Weekday),
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
    /// The week of a day: "the week of March 6".
    WeekOf(Box<Form>),
    /// One of the items that a longer stretch has: "the last week of July", "Tuesday of next week", "the 20th of next month".
    Nth {
        /// Its number, from 1; from the end where negative.
        nth: i32,
        /// What is counted.
        item: Item,
        /// In what.
        of: Box<Form>,
    },
    /// So long before or after: "two weeks before Christmas", "three days from tomorrow", "a year and a month ago".
    Offset {
        /// How much of each unit, negative for before.
        by: Vec<(i32, Unit)>,
        /// From where.
        from: Box<Form>,
    },
    /// What a business report compares: "the latest quarter", "a year earlier". It is the quarter that the text reports, so
    /// many years before; where the text reports none, it is the unit before the day of writing or the last date.
    Reported {
        /// Years back, 0 for the quarter itself.
        years_back: i16,
        /// What is meant where no quarter is reported.
        unit: Unit,
        /// From where that counts.
        origin: Origin,
    },
    /// A time within a day, with the day where the words tell it.
    Time(Option<Box<Form>>, TimeOfDay),
    /// From one to the other: "June 3–5".
    Range(Box<Form>, Box<Form>),
    /// A length, with the side of the day of writing on which it lies: "the past two weeks" is −1, "two weeks" 0.
    Duration {
        /// How many of which units, the longest first: "two years and three months".
        length: Vec<(Count, Unit)>,
        /// Where it lies.
        side: Side,
    },
    /// Something that recurs, with its TIMEX3 value.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
}

impl Form {
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
                Period::Weekday(_) | Period::Weekend | Period::DayOfMonth { .. } => false,
            },
            Self::PartOf(form, Part::Start | Part::Middle | Part::End)
            | Self::WeekendAt(form)
            | Self::WeekOf(form)
            | Self::Nth { of: form, .. }
            | Self::Offset { from: form, .. } => form.is_absolute(),
            Self::Time(Some(day), _) => day.is_absolute(),
            Self::Range(from, to) => from.is_absolute() && to.is_absolute(),
            _ => false,
        }
    }
}

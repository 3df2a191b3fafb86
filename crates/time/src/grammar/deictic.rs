//! Expressions told against the day of writing or the last date: "yesterday", "last June", "the following day".

use super::{Kind, Read, Reader, calendar, date, is_day};
use crate::calendar::Unit;
use crate::form::{Count, Form, Item, Origin, Period, Side, TimeOfDay, Which, Year};
use crate::token::What;
use crate::words::Meaning;

/// A day so many days from that of writing.
fn day(by: i32) -> Form {
    Form::Shift { unit: Unit::Day, by, origin: Origin::Writing }
}

fn time(end: usize, day: Option<Form>, part: &'static str) -> Option<Read> {
    Some(Read { end, kind: Kind::Time, form: Form::Time(day.map(Box::new), TimeOfDay::Part(part)) })
}

fn duration(end: usize, count: Count, unit: Unit, side: Side) -> Option<Read> {
    Some(Read { end, kind: Kind::Duration, form: Form::Duration { length: vec![(count, unit)], side } })
}

impl Reader<'_> {
    /// Expressions told against the day of writing or the last date.
    pub(super) fn deictic(&self, i: usize) -> Option<Read> {
        match self.word(i) {
            "today" => return Some(self.with_time(date(i + 1, day(0))?)),
            "yesterday" => return Some(self.with_time(date(i + 1, day(-1))?)),
            "tomorrow" => return Some(self.with_time(date(i + 1, day(1))?)),
            "tonight" | "overnight" => return time(i + 1, Some(day(0)), "NI"),
            _ => {}
        }
        let the = self.is(i, &["the"]);
        let at = i + usize::from(the);
        self.day_beside(i, at)
            .or_else(|| self.after_next(at))
            .or_else(|| self.compared(i, at))
            .or_else(|| if the { self.of_the_day(i, at).or_else(|| self.this_unit(i)) } else { None })
            .or_else(|| self.marked(i, at))
    }

    /// "the day before yesterday", "the day after tomorrow", "the day before.", "the day after Christmas".
    fn day_beside(&self, i: usize, at: usize) -> Option<Read> {
        if self.word(at) != "day" || !self.is(at + 1, &["before", "after"]) {
            return None;
        }
        let by = if self.word(at + 1) == "before" { -1 } else { 1 };
        match self.word(at + 2) {
            "yesterday" if by < 0 => return date(at + 3, day(-2)),
            "tomorrow" if by > 0 => return date(at + 3, day(2)),
            _ => {}
        }
        if at > i && (self.closed(at + 2) || self.is(at + 2, &["and", "in", "at", "by"])) {
            return date(at + 2, Form::Shift { unit: Unit::Day, by, origin: Origin::Mentioned });
        }
        let base = self.base_day(at + 2)?;
        date(base.end, Form::Offset { by: vec![(by, Unit::Day)], from: Box::new(base.form) })
    }

    /// The day from which a length counts: "(two weeks before) Christmas", "(three days from) next Friday". What an
    /// apostrophe follows belongs to a thing of that day.
    pub(super) fn base_day(&self, i: usize) -> Option<Read> {
        let read = self.calendar(i).or_else(|| self.deictic(i))?;
        let whole = is_day(&read.form)
            || matches!(read.form, Form::Offset { .. } | Form::Nth { .. })
            || matches!(read.form, Form::Calendar(Period::Year(_), _));
        (whole && read.kind == Kind::Date && !self.possessive(read.end)).then_some(read)
    }

    /// "the week after next", "the year after next".
    fn after_next(&self, at: usize) -> Option<Read> {
        let unit = self.unit(at).filter(|unit| *unit >= Unit::Weekend)?;
        let next = at + 2 + usize::from(self.is(at + 2, &["the"]));
        let told = self.is(at + 1, &["after"]) && self.is(next, &["next"]) && self.closed(next + 1);
        told.then_some(())?;
        date(next + 1, Form::Shift { unit, by: 2, origin: Origin::Writing })
    }

    /// What business news compares: "year-ago", "the year-earlier quarter", "the latest quarter", "the same period last year".
    fn compared(&self, i: usize, at: usize) -> Option<Read> {
        let reported = |end: usize, years_back: i16, unit: Unit| {
            date(end, Form::Reported { years_back, unit, origin: Origin::Writing })
        };
        let comparable = at + usize::from(self.is(at, &["comparable", "corresponding", "same", "similar"]));
        let ago = self.unit(comparable) == Some(Unit::Year)
            && self.joint(comparable + 1, b'-')
            && self.is(comparable + 2, &["ago", "earlier"]);
        if ago {
            let next = comparable + 3;
            let start_at_article = matches!(self.word(next), "quarter" | "period");
            return match self.word(next) {
                "quarter" => reported(next + 1, 1, Unit::Quarter),
                "period" => reported(next + 1, 1, Unit::Year),
                _ => match self.period_of_year(next) {
                    // "the year-earlier third quarter"
                    Some(read) if matches!(read.form, Form::Calendar(Period::Quarter { .. }, _)) => {
                        let Form::Calendar(Period::Quarter { quarter, .. }, which) = read.form else { return None };
                        let period = Period::Quarter { year: Year::Relative(-1), quarter };
                        date(read.end, Form::Calendar(period, which))
                    }
                    // "the year-ago results": the article belongs to the noun.
                    _ if at > i && !start_at_article => None,
                    _ => reported(next, 1, Unit::Year),
                },
            };
        }
        if at == i {
            return None;
        }
        // "the same period last year", "the corresponding quarter of last year"
        if comparable > at && matches!(self.word(comparable), "period" | "quarter") {
            let last = comparable + 1 + usize::from(self.is(comparable + 1, &["of", "in"]));
            let unit = if self.word(comparable) == "quarter" { Unit::Quarter } else { Unit::Year };
            if self.is(last, &["last"]) && self.word(last + 1) == "year" {
                return reported(last + 2, 1, unit);
            }
            if self.is(last, &["a"]) && self.word(last + 1) == "year" && self.is(last + 2, &["ago", "earlier"]) {
                return reported(last + 3, 1, unit);
            }
        }
        // "the 1988 period", "the 1988 quarter"
        if let What::Digits(year @ 1900..2100, 4) = self.what(at)
            && matches!(self.word(at + 1), "period" | "quarter")
        {
            return calendar(at + 2, Period::Year(year as i16));
        }
        let latest = at + usize::from(self.is(at, &["latest"]));
        match self.word(latest) {
            "quarter" if !self.is(latest + 1, &["of"]) => reported(latest + 1, 0, Unit::Quarter),
            "period" if latest > at => reported(latest + 1, 0, Unit::Quarter),
            _ => None,
        }
    }

    /// "the weekend", "in the morning".
    fn of_the_day(&self, i: usize, at: usize) -> Option<Read> {
        match self.what(at) {
            What::Word(Meaning::Unit(Unit::Weekend)) => calendar(at + 1, Period::Weekend),
            What::Word(Meaning::Part(part)) if self.is_before(i, &["in", "during", "of"]) && self.closed(at + 1) => {
                time(at + 1, None, part)
            }
            _ => None,
        }
    }

    /// "last June", "this past Wednesday", "the next two weeks", "that evening".
    fn marked(&self, i: usize, at: usize) -> Option<Read> {
        let the = at > i;
        let marker = self.word(at);
        let (which, by, origin) = match marker {
            "last" => (Which::Last, -1, Origin::Writing),
            "past"
                if the
                    || self.is_before(i, &["over", "in", "for", "during", "this"])
                    || self.units(at + 1).is_some()
                    || self.unit(at + 1).is_some_and(|unit| unit > Unit::Day)
                    || self.count(at + 1).is_some_and(|(_, unit)| self.units(unit).is_some()) =>
            {
                (Which::Last, -1, Origin::Writing)
            }
            "next" => (Which::Next, 1, Origin::Writing),
            "coming" | "upcoming" => (Which::Coming, 1, Origin::Writing),
            "this" if !the => (Which::This, 0, Origin::Writing),
            "current" => (Which::This, 0, Origin::Writing),
            "previous" | "preceding" => (Which::Previous, -1, Origin::Mentioned),
            "following" | "subsequent" => (Which::Mentioned, 1, Origin::Mentioned),
            "same" if the => (Which::Mentioned, 0, Origin::Mentioned),
            "that" if !the => (Which::Mentioned, 0, Origin::Mentioned),
            "recent" => (Which::Last, -1, Origin::Writing),
            _ => return None,
        };
        let mut next = at + 1;
        let (mut which, mut by, mut origin) = (which, by, origin);
        // "this past Wednesday", "this coming week", "that same day"
        match (marker, self.word(next)) {
            ("this", "past" | "last") => (which, by, next) = (Which::Last, -1, next + 1),
            ("this", "coming" | "upcoming" | "next") => (which, by, next) = (Which::Coming, 1, next + 1),
            ("that" | "this", "same" | "very") => (origin, next) = (Origin::Mentioned, next + 1),
            _ => {}
        }
        // "the next day", "the next morning" are told against the last date.
        if the && marker == "next" && (self.unit(next) == Some(Unit::Day) || self.part(next).is_some()) {
            origin = Origin::Mentioned;
        }
        if marker == "recent" {
            self.units(next)?;
            return date(next + 1, Form::Reference("PAST_REF"));
        }
        if self.is(next, &["fiscal", "school", "academic", "calendar"]) && self.unit(next + 1).is_some() {
            next += 1;
        }
        if let Some(unit) = self.unit(next) {
            return self.marked_unit(the, marker, next, unit, Form::Shift { unit, by, origin });
        }
        // "said that Friday was too late": after a verb "that" begins a clause.
        let clause = marker == "that"
            && next == at + 1
            && !self.capital(at)
            && !self
                .is_before(i, &["on", "by", "before", "after", "until", "since", "of", "in", "during", "for", "from"])
            && !self.is_before(i, &["early", "late", "earlier", "later"]);
        if clause && self.part(next).is_none() {
            return None;
        }
        if self.month(next).is_some() {
            return self.marked_month(next, which);
        }
        if let Some(weekday) = self.weekday(next) {
            let dated = self.weekday_date(next)?;
            let form = match dated.form {
                Form::Calendar(Period::Weekday(_), _) => Form::Calendar(Period::Weekday(weekday), which),
                form => form,
            };
            return Some(self.with_time(date(dated.end, form)?));
        }
        if let Some(season) = self.season(next) {
            return date(next + 1, Form::Calendar(Period::Season { year: Year::Open, season }, which));
        }
        if let Some(part) = self.part(next)
            && !self.plural(next)
        {
            let by = if marker == "last" { -1 } else { by };
            return time(next + 1, Some(Form::Shift { unit: Unit::Day, by, origin }), part);
        }
        if let Some((holiday, length)) = self.holiday_name(next) {
            return date(next + length, Form::Calendar(Period::Holiday { year: Year::Open, holiday }, which));
        }
        // "next 6th of April"
        if let Some(read) = self.day_first(next, None)
            && let Form::Calendar(period @ Period::Day { year: Year::Open, .. }, _) = read.form
        {
            return date(read.end, Form::Calendar(period, which));
        }
        if let Some(read) = self.period_of_year(next)
            && matches!(read.form, Form::Calendar(Period::Quarter { .. }, _))
            && !matches!(marker, "this" | "that")
        {
            return Some(read);
        }
        self.marked_length(i, marker, next)
    }

    /// "last week", "the past year", "the following day", "last year's third quarter", "next week on Friday".
    fn marked_unit(&self, the: bool, marker: &str, next: usize, unit: Unit, shifted: Form) -> Option<Read> {
        if unit < Unit::Day || unit == Unit::Millennium || unit == Unit::Day && marker == "current" {
            return None;
        }
        if matches!(marker, "following" | "subsequent") && !the && unit != Unit::Day {
            return None;
        }
        // "the past year" runs up to now, the past quarter is one of the calendar.
        if marker == "past" && unit > Unit::Day {
            return match unit {
                Unit::Quarter | Unit::Weekend => date(next + 1, shifted),
                _ => duration(next + 1, Count::Exactly(1.0), unit, Side::Past),
            };
        }
        let Form::Shift { by, origin, .. } = shifted else { return None };
        if self.possessive(next + 1) && unit == Unit::Year && origin == Origin::Writing {
            // "last year's third quarter"
            if let Some(read) = self.period_of_year(next + 2)
                && let Form::Calendar(Period::Quarter { quarter, .. }, which) = read.form
            {
                let period = Period::Quarter { year: Year::Relative(by as i16), quarter };
                return date(read.end, Form::Calendar(period, which));
            }
            if self.word(next + 2) == "quarter" && by == -1 {
                return date(next + 3, Form::Reported { years_back: 1, unit: Unit::Quarter, origin });
            }
        }
        // "next week on Friday", "last week Monday"
        if unit == Unit::Week && origin == Origin::Writing && !self.possessive(next + 1) {
            let weekday = next + 1 + usize::from(self.is(next + 1, &["on"]));
            if let Some(day) = self.weekday(weekday)
                && !self.possessive(weekday + 1)
                && self.part(weekday + 1).is_none()
            {
                return date(weekday + 1, Form::Nth { nth: 1, item: Item::Weekday(day), of: Box::new(shifted) });
            }
        }
        let read = date(next + 1, shifted)?;
        Some(if unit == Unit::Day { self.with_time(read) } else { read })
    }

    /// "last June", "last Oct. 23".
    fn marked_month(&self, next: usize, which: Which) -> Option<Read> {
        let month = self.month(next)?;
        if !self.capital(next) {
            return None;
        }
        let dot = usize::from(self.mark(next + 1, b'.') && !self.spaced(next + 1));
        let day = next + 1 + dot;
        if let Some((day, end)) = self.day_number(day).filter(|_| self.spaced(day)) {
            return date(end, Form::Calendar(Period::Day { year: Year::Open, month, day, weekday: None }, which));
        }
        date(next + 1, Form::Calendar(Period::Month { year: Year::Open, month }, which))
    }

    /// "the last two weeks", "the next few days", "coming months", "the next 12 to 18 months".
    fn marked_length(&self, i: usize, marker: &str, next: usize) -> Option<Read> {
        let within = self.is_before(i, &["within"]);
        let side = match marker {
            "last" | "past" | "previous" | "preceding" => Side::Past,
            "next" | "coming" | "upcoming" if within => Side::Within,
            "next" | "coming" | "upcoming" | "following" => Side::Next,
            _ => return None,
        };
        let (length, end) = match self.measured(next).filter(|_| !self.is(next, &["a", "an", "another"])) {
            Some(found) => found,
            None => {
                let unit = self.units(next)?;
                if !matches!(marker, "coming" | "past" | "upcoming" | "next") {
                    return None;
                }
                (vec![(Count::Few, unit)], next + 1)
            }
        };
        // "the last four months of 2021" are no last months of writing.
        if self.is(end, &["of"]) && (self.month(end + 1).is_some() || matches!(self.what(end + 1), What::Digits(_, 4)))
        {
            return None;
        }
        Some(Read { end, kind: Kind::Duration, form: Form::Duration { length, side } })
    }
}

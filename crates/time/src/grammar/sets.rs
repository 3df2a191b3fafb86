//! What recurs: "every Monday", "daily", "twice a week", "Mondays at 9 a.m.".

use super::{Kind, Read, Reader};
use crate::calendar::Unit;
use crate::form::{Count, Form, TimeOfDay};
use crate::token::What;
use crate::words::Meaning;

fn recurs(end: usize, value: impl Into<String>) -> Option<Read> {
    Some(Read { end, kind: Kind::Set, form: Form::Set(value.into()) })
}

impl Reader<'_> {
    /// "every Monday", "daily", "each of the past two years", "Mondays", "twice a week".
    pub(super) fn set(&self, i: usize) -> Option<Read> {
        match self.what(i) {
            What::Word(Meaning::Set(value)) => {
                // "the Daily Mail" is a name.
                if self.capital(i) && i > 0 && self.capital(i + 1) {
                    return None;
                }
                // "a quarterly dividend" tells what kind of dividend it is.
                let kind = value == "P3M" || self.is(i, &["everyday"]);
                if kind && self.what(i + 1) == What::Other {
                    return None;
                }
                return self.at_time(i + 1, value).or_else(|| recurs(i + 1, value));
            }
            What::Word(Meaning::Weekdays(_)) => return self.weekday_parts(i),
            What::Word(Meaning::Units(Unit::Weekend)) if self.is_before(i, &["on", "at", "over"]) => {
                return recurs(i + 1, "P1WE");
            }
            _ => {}
        }
        let start = i + self.times(i);
        if start > i {
            if self.is(start, &["a", "every", "each"])
                && let Some(unit) = self.unit(start + 1)
            {
                return recurs(start + 2, unit.duration("1"));
            }
            return None;
        }
        let (end, value) = self.every(i)?;
        self.at_time(end, &value).or_else(|| recurs(end, value))
    }

    /// The tokens of "once", "twice", "three times".
    fn times(&self, i: usize) -> usize {
        if self.is(i, &["once", "twice"]) {
            return 1;
        }
        match self.count(i) {
            Some((Count::Exactly(_), next)) if self.is(next, &["times"]) && !self.is(i, &["a", "an", "another"]) => {
                next + 1 - i
            }
            _ => 0,
        }
    }

    /// "every Monday", "every two weeks", "every other Friday", "each 15 April": the token after it and the value.
    fn every(&self, i: usize) -> Option<(usize, String)> {
        if !self.is(i, &["every", "each"]) {
            return None;
        }
        let mut at = i + 1;
        let mut times = 1;
        if self.is(at, &["other"]) || self.ordinal(at).is_some_and(|(n, next)| n == 2 && self.unit(next).is_some()) {
            times = 2;
            at += 1;
        } else if let Some((Count::Exactly(n), next)) = self.count(at)
            && self.units(next).is_some()
            && n < 1e6
        {
            times = n as u32;
            at = next;
        }
        if let Some(unit) = self.unit(at).or_else(|| self.units(at)) {
            return Some((at + 1, unit.duration(&times.to_string())));
        }
        if let Some(read) = self.day_first(at, None).or_else(|| self.month_date(at, None))
            && let Form::Calendar(crate::form::Period::Day { year: crate::form::Year::Open, month, day, .. }, _) =
                read.form
        {
            return Some((read.end, format!("XXXX-{month:02}-{day:02}")));
        }
        let value = match self.what(at) {
            What::Word(Meaning::Weekday(day)) => {
                let part = self.part(at + 1).map(|part| format!("T{part}")).unwrap_or_default();
                let end = at + 1 + usize::from(!part.is_empty());
                return Some((end, format!("XXXX-WXX-{day}{part}")));
            }
            What::Word(Meaning::Month(month)) => format!("XXXX-{month:02}"),
            What::Word(Meaning::Season(season)) => format!("XXXX-{}", season.code()),
            What::Word(Meaning::Part(part)) => format!("T{part}"),
            _ => return None,
        };
        Some((at + 1, value))
    }

    /// What recurs with its time of day: "every day at 7:13 p.m.", "each Monday 4pm".
    fn at_time(&self, end: usize, value: &str) -> Option<Read> {
        let at = end + usize::from(self.is(end, &["at"]));
        let evening = ["TNI", "TEV", "TAF"].iter().any(|part| value.ends_with(part));
        let (end, time) = match self.what(at) {
            // "every night at 9"
            What::Digits(hour @ 1..=11, 1 | 2) if at > end && self.closed(at + 1) && value.contains('T') => {
                (at + 1, TimeOfDay::Clock(hour as i8 + if evening { 12 } else { 0 }, 0))
            }
            _ => self.time_of_day(at)?,
        };
        recurs(end, timed(value, time)?)
    }

    /// A time of day and what recurs: "3pm every day", "9 a.m. on Sundays".
    pub(super) fn recurring_clock(&self, i: usize) -> Option<Read> {
        let (end, time) = self.time_of_day(i)?;
        let at = end + usize::from(self.is(end, &["on"]));
        let (end, value) = match self.what(at) {
            What::Word(Meaning::Weekdays(day)) => (at + 1, format!("XXXX-WXX-{day}")),
            What::Word(Meaning::Set("P1D")) => (at + 1, "P1D".to_owned()),
            _ => self.every(at)?,
        };
        recurs(end, timed(&value, time)?)
    }

    /// "Mondays", "Friday mornings", "Thursdays at 17:30".
    pub(super) fn weekday_parts(&self, i: usize) -> Option<Read> {
        match self.what(i) {
            What::Word(Meaning::Weekdays(day)) => {
                let value = format!("XXXX-WXX-{day}");
                self.at_time(i + 1, &value).or_else(|| recurs(i + 1, value))
            }
            What::Word(Meaning::Weekday(day)) if self.plural(i + 1) => {
                let part = self.part(i + 1)?;
                recurs(i + 2, format!("XXXX-WXX-{day}T{part}"))
            }
            _ => None,
        }
    }
}

/// The value of what recurs at a time of day.
fn timed(value: &str, time: TimeOfDay) -> Option<String> {
    let TimeOfDay::Clock(hour, minute) = time else { return None };
    let day = value.split_once('T').map_or(value, |(day, _)| day);
    let day = if day == "P1D" { "" } else { day };
    (!day.starts_with('P')).then(|| format!("{day}T{hour:02}:{minute:02}"))
}

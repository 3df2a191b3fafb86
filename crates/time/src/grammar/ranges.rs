//! Stretches from one date to another.

use super::{Kind, Read, Reader, date, here};
use crate::calendar::Unit;
use crate::form::{Form, Item, Period, Which, Year};
use crate::token::What;

impl Reader<'_> {
    /// "from March to May", "between 2010 and 2012", "from 3 to 5 December", "between 4 and 22 of this month".
    pub(super) fn spelled_range(&self, i: usize) -> Option<Read> {
        let links: &[&str] = match self.word(i) {
            // "moved from Monday to Wednesday" names two days.
            "from" if !self.moved(i) => &["to", "until", "till", "through"],
            "between" => &["and", "through"],
            _ => return self.days_of_a_month(i, &["to", "until", "till", "through"]),
        };
        if let Some(read) = self.days_of_a_month(i + 1, links) {
            return Some(read);
        }
        let first = self.phrase(i + 1)?;
        // "between 2014-2018"
        let dash = self.mark(first.end, b'-') && self.word(i) != "between" || self.joint(first.end, b'-');
        if !self.is(first.end, links) && !dash {
            return None;
        }
        let read = self.up_to(first, links)?;
        // The span of "from 2014-2018" is that of the years.
        Some(read)
    }

    /// Whether something was moved from one date to another.
    fn moved(&self, i: usize) -> bool {
        (i.saturating_sub(5)..i)
            .any(|k| self.is(k, &["moved", "postponed", "rescheduled", "delayed", "shifted", "changed"]))
    }

    /// Two numbers before the month that both belong to: "3 to 5 December", "ninth till seventeenth of April", "4 to 22 this
    /// month".
    fn days_of_a_month(&self, i: usize, links: &[&str]) -> Option<Read> {
        let the = usize::from(self.is(i, &["the"]));
        let (from, link) = self.day_number(i + the)?;
        if !self.is(link, links) {
            return None;
        }
        // "from 4 to January 22"
        if let Some(last) = self.month_date(link + 1, None)
            && let Form::Calendar(Period::Day { year, month, day: to, .. }, which) = last.form
            && from < to
        {
            let day = |day: i8| Box::new(Form::Calendar(Period::Day { year, month, day, weekday: None }, which));
            return date(last.end, Form::Range(day(from), day(to)));
        }
        let start = link + 1 + usize::from(self.is(link + 1, &["the"]));
        let (to, end) = self.day_number(start)?;
        if let Some(last) = self.day_first(start, None)
            && let Form::Calendar(Period::Day { year, month, .. }, which) = last.form
        {
            let day = |day: i8| Box::new(Form::Calendar(Period::Day { year, month, day, weekday: None }, which));
            return date(last.end, Form::Range(day(from), day(to)));
        }
        let month = end + usize::from(self.is(end, &["of"]));
        if self.is(month, &["this", "next", "last"]) && self.unit(month + 1) == Some(Unit::Month) && to > from {
            let of = self.deictic(month)?;
            let day = |day: i8| {
                let (nth, item) = (i32::from(day), Item::Unit(Unit::Day));
                Box::new(Form::Nth { nth, item, of: Box::new(of.form.clone()) })
            };
            return date(of.end, Form::Range(day(from), day(to)));
        }
        None
    }

    /// What goes on after a first date: "June 3–5", "2010–2012", "Feb. 28 to March 1", "April 9th through 17th".
    pub(super) fn range_after(&self, start: usize, first: &Read) -> Option<Read> {
        if first.kind != Kind::Date {
            return None;
        }
        if self.mark(first.end, b'-') {
            return self.dashed_range(start, first);
        }
        let links: &[&str] = &["to", "through", "until", "till"];
        if !self.is(first.end, links) || self.is_before(start, &["from"]) || self.moved(start) {
            return None;
        }
        // Only like with like: "Monday to Friday", not "last year to March".
        let read = self.up_to(first.clone(), links)?;
        let Form::Range(from, to) = &read.form else { return None };
        let alike = match (from.as_ref(), to.as_ref()) {
            (Form::Calendar(a, _), Form::Calendar(b, _)) => std::mem::discriminant(a) == std::mem::discriminant(b),
            (Form::Shift { unit: a, .. }, Form::Shift { unit: b, .. }) => a == b,
            _ => false,
        };
        // "2014 through May 2018", "1 August 2019 to today"
        let today = matches!(to.as_ref(), Form::Shift { unit: Unit::Day, by: 0, .. });
        let told = from.is_absolute() && (to.is_absolute() || today);
        (alike || told).then_some(read)
    }

    /// The second date of a range whose first one was read.
    fn up_to(&self, first: Read, links: &[&str]) -> Option<Read> {
        let next = first.end + 1;
        if !self.is(first.end, links) && !self.mark(first.end, b'-') {
            return None;
        }
        // "April 9th through 17th"
        if let Form::Calendar(Period::Day { year: Year::Open, month, day, .. }, which) = first.form {
            let at = next + usize::from(self.is(next, &["the"]));
            if let Some((last, end)) = self.day_number(at)
                && last > day
                && self.day_first(at, None).is_none()
                && self.numbers_only_at(at).is_none()
            {
                let (end, year) = self.year_after(end).unwrap_or((end, Year::Open));
                let plain = self.joint(end, b'/')
                    || self.mark(end, b'%')
                    || self.unit(end).is_some()
                    || self.units(end).is_some();
                let day = |day: i8| Box::new(Form::Calendar(Period::Day { year, month, day, weekday: None }, which));
                if !plain {
                    return date(end, Form::Range(day(day_of(&first.form)?), day(last)));
                }
            }
        }
        let last = self.phrase(next)?;
        if first.kind != Kind::Date || last.kind != Kind::Date {
            return None;
        }
        let from = with_year_of(now_as_today(first.form), &last.form);
        date(last.end, Form::Range(Box::new(from), Box::new(now_as_today(last.form))))
    }

    /// A date in digits only at a token: it is no second day of the month before it.
    fn numbers_only_at(&self, i: usize) -> Option<Read> {
        self.calendar(i).filter(|read| read.end > i + 1)
    }

    /// "June 3–5", "2010–2012", "March–May 2020".
    fn dashed_range(&self, start: usize, first: &Read) -> Option<Read> {
        let next = first.end + 1;
        match (&first.form, self.what(next)) {
            (Form::Calendar(Period::Day { year: Year::Open, month, day, .. }, which), What::Digits(last, 1 | 2))
                if (1..=31).contains(&last)
                    && i64::from(last) > i64::from(*day)
                    && self.month(next + 1).is_none()
                    && !self.joint(next + 1, b'/') =>
            {
                let (end, year) = self.year_after(next + 1).unwrap_or((next + 1, Year::Open));
                let day_of =
                    |day: i8| Box::new(Form::Calendar(Period::Day { year, month: *month, day, weekday: None }, *which));
                date(end, Form::Range(day_of(*day), day_of(last as i8)))
            }
            (Form::Calendar(Period::Year(first_year), which), What::Digits(last, 2))
                if !self.spaced(next)
                    && !self.mark(next + 1, b'-')
                    && i64::from(last) > i64::from(first_year % 100) =>
            {
                let last = Form::Calendar(Period::Year(first_year / 100 * 100 + last as i16), *which);
                date(next + 1, Form::Range(Box::new(first.form.clone()), Box::new(last)))
            }
            (Form::Calendar(first_period, _), _) => {
                let last = self.calendar(next)?;
                let Form::Calendar(last_period, _) = last.form else { return None };
                let same_kind = std::mem::discriminant(first_period) == std::mem::discriminant(&last_period);
                // "late-June – it was said": a spaced dash joins only like with like that is not told of a weekday.
                if !same_kind || self.spaced(next) && matches!(first_period, Period::Weekday(_)) || start == next {
                    return None;
                }
                let from = with_year_of(first.form.clone(), &last.form);
                date(last.end, Form::Range(Box::new(from), Box::new(last.form)))
            }
            _ => None,
        }
    }
}

fn day_of(form: &Form) -> Option<i8> {
    if let Form::Calendar(Period::Day { day, .. }, _) = form { Some(*day) } else { None }
}

/// "between now and May": now is the day of writing.
fn now_as_today(form: Form) -> Form {
    if form == Form::Reference("PRESENT_REF") { here(Unit::Day) } else { form }
}

fn year_of(period: &mut Period) -> Option<&mut Year> {
    match period {
        Period::Day { year, .. }
        | Period::Month { year, .. }
        | Period::Season { year, .. }
        | Period::Quarter { year, .. } => Some(year),
        _ => None,
    }
}

/// The first of a pair takes the year that is written only at the second: "March 3 to May 5, 2020".
fn with_year_of(first: Form, last: &Form) -> Form {
    let month_of = |period: &Period| match *period {
        Period::Day { month, .. } | Period::Month { month, .. } => Some(month),
        _ => None,
    };
    let Form::Calendar(mut last_period, _) = *last else { return first };
    let Some(&mut Year::Given(given)) = year_of(&mut last_period) else { return first };
    match first {
        Form::Calendar(mut period, which @ Which::Unmarked) => {
            let wraps = matches!((month_of(&period), month_of(&last_period)), (Some(a), Some(b)) if a > b);
            if let Some(year @ Year::Open) = year_of(&mut period) {
                *year = Year::Given(given - i16::from(wraps));
            }
            Form::Calendar(period, which)
        }
        other => other,
    }
}

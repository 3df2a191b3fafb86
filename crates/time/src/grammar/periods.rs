//! Longer stretches: quarters, halves, decades, centuries, seasons, holidays, and what is counted within them.

use super::{Kind, PLACING, Read, Reader, calendar, date, here};
use crate::calendar::Unit;
use crate::form::{Count, Form, Item, Origin, Period, Which, Year};
use crate::token::What;
use crate::words::Meaning;

impl Reader<'_> {
    /// "third quarter", "third-quarter 2020", "Q3 2020", "2020 Q3", "the 1988 third quarter", "20th century", "first half of
    /// 2021", "fiscal 2020".
    pub(super) fn period_of_year(&self, i: usize) -> Option<Read> {
        if let What::Digits(year @ 1900..2100, 4) = self.what(i) {
            let at = i + 1 + usize::from(self.joint(i + 1, b'-'));
            let given = Year::Given(year as i16);
            let read = self.short_period(at, given).or_else(|| self.numbered_period(at, given))?;
            return matches!(read.form, Form::Calendar(Period::Quarter { .. } | Period::Half { .. }, _))
                .then_some(read);
        }
        if self.is(i, &["fiscal"]) {
            let year = i + 1 + usize::from(self.is(i + 1, &["year"]));
            if let What::Digits(year_number @ 1900..2100, 4) = self.what(year) {
                return calendar(year + 1, Period::Year(year_number as i16));
            }
            return self.numbered_period(i + 1 + usize::from(self.joint(i + 1, b'-')), Year::Open);
        }
        self.short_period(i, Year::Open).or_else(|| self.numbered_period(i, Year::Open))
    }

    /// "Q3", "H1".
    fn short_period(&self, i: usize, year: Year) -> Option<Read> {
        let What::Digits(n, 1) = self.what(i + 1) else { return None };
        if self.spaced(i + 1) {
            return None;
        }
        let end = i + 2;
        let dash = usize::from(self.joint(end, b'-') && matches!(self.what(end + 1), What::Digits(_, 4)));
        let (end, year) = match year {
            Year::Open => self.year_after(end + dash).unwrap_or((end, Year::Open)),
            told => (end, told),
        };
        match (self.word(i), n) {
            ("q", 1..=4) => calendar(end, Period::Quarter { year, quarter: n as i8 }),
            // A bare "H1" can be a line of a table or a visa.
            ("h", 1 | 2) if year != Year::Open => calendar(end, Period::Half { year, half: n as i8 }),
            _ => None,
        }
    }

    fn numbered_period(&self, i: usize, year: Year) -> Option<Read> {
        let (n, next) = self.ordinal(i)?;
        let at = next + usize::from(self.joint(next, b'-'));
        let year_after = |end: usize| match year {
            Year::Open => self.year_after(end),
            told => Some((end, told)),
        };
        match self.word(at) {
            "quarter" if (1..=4).contains(&n) => {
                let (end, year) = year_after(at + 1).unwrap_or((at + 1, Year::Open));
                calendar(end, Period::Quarter { year, quarter: n as i8 })
            }
            "half" if (1..=2).contains(&n) => {
                let (end, year) = year_after(at + 1)?;
                calendar(end, Period::Half { year, half: n as i8 })
            }
            // "21st Century Fox" is a company.
            "century" if self.capital(at) && self.capital(at + 1) => None,
            "century" if (1..=30).contains(&n) => calendar(at + 1, Period::Century((n as i16 - 1) * 100)),
            _ => None,
        }
    }

    /// "1990s", "the 1970's", "nineties", "the nineteen seventies", "the twenty-tens", "the two thousands".
    pub(super) fn decade(&self, i: usize) -> Option<Read> {
        let the = self.is_before(i, &["the"]);
        let found = |end: usize, first: i16| calendar(end, Period::Decade(first));
        match self.what(i) {
            What::Decade(first) => {
                // "in his 30s" tells an age.
                let age = self.is_before(i, &["his", "her", "their", "my", "our", "your"])
                    || self.is_before(i, &["early", "mid", "late"])
                        && self.is_before(i - 1, &["his", "her", "their", "my", "our", "your"]);
                // "in the low 40s" tells a share or the weather.
                let token = &self.tokens[i];
                let bare = token.end - token.start == 3 && !self.is_before(i, &["the", "early", "mid", "late"]);
                if first < 100 && (age || bare && !(i > 0 && self.mark(i - 1, b'-'))) {
                    return None;
                }
                found(i + 1, if first < 100 { 1900 + first } else { first })
            }
            What::Word(Meaning::Decade(first)) if the => found(i + 1, if first == 0 { 2000 } else { 1900 + first }),
            What::Digits(year, 4) if the && year % 10 == 0 && (1700..2100).contains(&year) => {
                // "the 1970's", not "the 1970's best film"
                (self.possessive(i + 1) && !matches!(self.what(i + 2), What::Other)).then_some(())?;
                found(i + 2, year as i16)
            }
            What::Digits(tens @ 20..=90, 2) if the && tens % 10 == 0 => {
                (self.possessive(i + 1) && !matches!(self.what(i + 2), What::Other)).then_some(())?;
                found(i + 2, 1900 + tens as i16)
            }
            What::Word(Meaning::Number(century @ 17..=20)) if the => {
                let at = i + 1 + usize::from(self.joint(i + 1, b'-'));
                match self.what(at) {
                    What::Word(Meaning::Decade(tens)) => found(at + 1, century as i16 * 100 + tens),
                    _ => None,
                }
            }
            What::Word(Meaning::Number(2)) if the && self.word(i + 1) == "thousands" => found(i + 2, 2000),
            _ => None,
        }
    }

    /// "summer of 2019", "in spring"; the expression starts at `start`, the season stands at `i`.
    pub(super) fn season_of_year(&self, start: usize, i: usize) -> Option<Read> {
        let season = self.season(i)?;
        let (end, year) = self.year_after(i + 1).unwrap_or((i + 1, Year::Open));
        let after_the = start < i;
        // "to fall" is a verb.
        let placed = self.is_before(start, &["in", "since", "until", "till", "by", "during", "before", "after"])
            || after_the && (self.is_before(start, PLACING) || self.is_before(start, &["over", "into"]));
        let capital_name = self.capital(i) && (after_the || i > 0 && self.capital(i - 1));
        let told = year != Year::Open || placed && !self.is(i + 1, &["of"]) && !capital_name;
        told.then_some(())?;
        calendar(end, Period::Season { year, season })
    }

    /// "Christmas", "Easter Sunday 2020", "New Year's Eve", "Labor Day weekend".
    pub(super) fn holiday(&self, i: usize) -> Option<Read> {
        let (holiday, length) = self.holiday_name(i)?;
        let (end, year) = self.year_after(i + length).unwrap_or((i + length, Year::Open));
        let day = Form::Calendar(Period::Holiday { year, holiday }, Which::Unmarked);
        match self.unit(end) {
            Some(Unit::Weekend) => date(end + 1, Form::WeekendAt(Box::new(day))),
            Some(Unit::Week) => date(end + 1, Form::WeekOf(Box::new(day))),
            _ => date(end, day),
        }
    }

    /// A holiday of the table and the number of its tokens.
    pub(super) fn holiday_name(&self, i: usize) -> Option<(usize, usize)> {
        let (holiday, length) = self.words.holiday(|k| match self.what(i + k) {
            What::Mark(b'-') => "-",
            What::Mark(b'.') => ".",
            _ => self.word(i + k),
        })?;
        if !self.capital(i) && !self.words.in_any_case(holiday) {
            return None;
        }
        // "Easter Island", "Christmas Carol"
        let end = i + length;
        let name = length == 1 && self.spaced(end) && self.capital(end) && matches!(self.what(end), What::Other);
        (!name).then_some((holiday, length))
    }

    /// "the first Friday of July", "the last week of this month", "the 15th day of next month", "20th of next month", "the week of
    /// March 6".
    pub(super) fn nth(&self, i: usize) -> Option<Read> {
        let at = i + usize::from(self.is(i, &["the"]));
        if self.unit(at) == Some(Unit::Week) && self.is(at + 1, &["of"]) {
            let of = at + 2 + usize::from(self.is(at + 2, &["the"]));
            let day = self.calendar(of).filter(|day| super::is_day(&day.form))?;
            return date(day.end, Form::WeekOf(Box::new(day.form)));
        }
        // "week 3 of 2027"
        if self.unit(at) == Some(Unit::Week)
            && let What::Digits(week @ 1..=53, 1 | 2) = self.what(at + 1)
            && self.is(at + 2, &["of"])
            && let Some(year) = self.stretch(at + 3)
            && matches!(year.form, Form::Calendar(Period::Year(_), _) | Form::Shift { unit: Unit::Year, .. })
        {
            let (nth, item) = (week as i32, Item::Unit(Unit::Week));
            return date(year.end, Form::Nth { nth, item, of: Box::new(year.form) });
        }
        if let Some(read) = self.run(at) {
            return Some(read);
        }
        let (nth, next) = match self.word(at) {
            "last" | "final" => (-1, at + 1),
            "opening" => (1, at + 1),
            _ => self.ordinal(at).and_then(|(n, end)| Some((i32::try_from(n).ok()?, end)))?,
        };
        let found = |end: usize, item: Item, of: Form| date(end, Form::Nth { nth, item, of: Box::new(of) });
        // "20th of next month"
        if self.is(next, &["of"]) && (1..=31).contains(&nth) {
            let month = self.stretch(next + 1)?;
            let is_month = matches!(month.form, Form::Shift { unit: Unit::Month, .. });
            return if is_month { found(month.end, Item::Unit(Unit::Day), month.form) } else { None };
        }
        let item = match (self.weekday(next), self.unit(next)) {
            (Some(weekday), _) => Item::Weekday(weekday),
            (None, Some(unit @ (Unit::Day | Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter))) => {
                Item::Unit(unit)
            }
            _ => return None,
        };
        let of = next + 1 + usize::from(self.is(next + 1, &["of", "in"]));
        let told = of > next + 1 || self.is(of, &["next", "this", "last"]) && self.word(of + 1) == "year";
        if !told
            || self.month(of).is_none()
                && self.calendar(of).is_none()
                && self.deictic(of).is_none()
                && !self.is(of, &["the"])
        {
            return None;
        }
        let within = self.stretch(of)?;
        let whole = match &within.form {
            Form::Calendar(period, _) => matches!(
                period,
                Period::Month { .. }
                    | Period::Year(_)
                    | Period::Quarter { .. }
                    | Period::Half { .. }
                    | Period::Season { .. }
            ),
            Form::Shift { unit, .. } => *unit >= Unit::Week,
            _ => false,
        };
        (whole && within.kind == Kind::Date).then_some(())?;
        found(within.end, item, within.form)
    }

    /// "first two weeks of 2021", "last four months of last year".
    fn run(&self, i: usize) -> Option<Read> {
        let first = match self.word(i) {
            "first" => true,
            "last" | "final" => false,
            _ => return None,
        };
        let (Count::Exactly(n), next) = self.count(i + 1)? else { return None };
        let unit = self.units(next).filter(|unit| (Unit::Day..=Unit::Quarter).contains(unit) && n.fract() == 0.0)?;
        if !self.is(next + 1, &["of"]) || !(1.0..=366.0).contains(&n) {
            return None;
        }
        let within = self.stretch(next + 2).filter(|_| !self.is(next + 2, &["the", "its"]))?;
        let whole = matches!(within.form, Form::Calendar(Period::Month { .. } | Period::Year(_), _))
            || matches!(within.form, Form::Shift { unit: Unit::Month | Unit::Year, .. });
        whole.then_some(())?;
        let nth = |nth: i32| Box::new(Form::Nth { nth, item: Item::Unit(unit), of: Box::new(within.form.clone()) });
        let (from, to) = if first { (1, n as i32) } else { (-(n as i32), -1) };
        date(within.end, Form::Range(nth(from), nth(to)))
    }

    /// The week after a weekday: "(Tuesday) of next week", "(Tuesday) next week".
    pub(super) fn week_after(&self, i: usize) -> Option<(usize, Form)> {
        let at = i + usize::from(self.is(i, &["of"]));
        let by = match self.word(at) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        let week = Form::Shift { unit: Unit::Week, by, origin: Origin::Writing };
        (self.unit(at + 1) == Some(Unit::Week) && !self.possessive(at + 2)).then_some((at + 2, week))
    }

    /// "the week", "the year" of writing, where a preposition asks for it: "for the year", "during the week".
    pub(super) fn this_unit(&self, i: usize) -> Option<Read> {
        let at = i + 1 + usize::from(self.is(i + 1, &["full", "whole", "entire", "fiscal"]));
        let unit = self.unit(at).filter(|unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year))?;
        let placed = self.is_before(i, &["for", "in", "during", "of", "throughout"]);
        // "the year ended June 30", "the week before the vote", "the week following it"
        (placed && self.closed(at + 1) && !self.mark(at + 1, b'-')).then_some(())?;
        date(at + 1, here(unit))
    }
}

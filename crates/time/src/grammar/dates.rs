//! Days, months and years of the calendar in all their spellings.

use super::{PLACING, Read, Reader, calendar, date};
use crate::form::{Form, Item, Period, Which, Year};
use crate::token::What;
use crate::words::{Meaning, Writing};
use jiff::civil::{Date, Weekday};

/// What a year can be that stands beside a month or a day.
const YEARS: std::ops::Range<u32> = 1000..2200;

impl Reader<'_> {
    /// Dates of the calendar: days, months, years, weekdays, seasons, quarters, holidays.
    pub(super) fn calendar(&self, i: usize) -> Option<Read> {
        match self.what(i) {
            What::Date(day) => calendar(i + 1, told(day, Some(day.weekday()))),
            What::Word(Meaning::Weekday(_)) => self.weekday_date(i),
            What::Word(Meaning::Month(_)) => {
                self.holiday(i).or_else(|| self.joined(i)).or_else(|| self.month_date(i, None))
            }
            What::Digits(_, 1 | 2) | What::Ordinal(_) => self
                .joined(i)
                .or_else(|| self.day_first(i, None))
                .or_else(|| self.numbers_only(i))
                .or_else(|| self.period_of_year(i)),
            What::Digits(..) => self.joined(i).or_else(|| self.period_of_year(i)).or_else(|| self.year(i)),
            What::Decade(_) | What::Word(Meaning::Decade(_)) => self.decade(i),
            What::Word(Meaning::Season(_)) => self.season_of_year(i, i),
            What::Other => self.holiday(i),
            What::Mark(_) | What::Break => None,
            _ if self.word(i) == "the" => self.calendar_after_the(i),
            _ => self
                .holiday(i)
                .or_else(|| self.day_first(i, None))
                .or_else(|| self.period_of_year(i))
                .or_else(|| self.decade(i))
                .or_else(|| self.placed_spoken_year(i)),
        }
    }

    /// "the 7th of December", "the 1990s", "the third quarter", "the summer of 2019", "the year 2000", "the 21st".
    fn calendar_after_the(&self, i: usize) -> Option<Read> {
        let next = i + 1;
        if let Some(read) = self.decade(next) {
            return Some(read);
        }
        if self.season(next).is_some() {
            return self.season_of_year(i, next);
        }
        if self.word(next) == "year" {
            let year = match self.what(next + 1) {
                What::Digits(year, 4) if YEARS.contains(&year) => Some((year as i16, next + 2)),
                _ => self.spoken_year(next + 1),
            };
            if let Some((year, end)) = year {
                return calendar(end, Period::Year(year));
            }
        }
        if let Some(read) = self.day_first(next, None).or_else(|| self.period_of_year(next)) {
            // "the third-quarter loss": before a noun the article is the noun's.
            let unit = self.unit(read.end - 1).is_some();
            let hyphenated = unit && self.joint(read.end - 2, b'-');
            return (!hyphenated).then_some(read);
        }
        self.day_of_month(i)
    }

    /// "on the 21st", "until the twenty-third".
    fn day_of_month(&self, i: usize) -> Option<Read> {
        let (day, end) = self.day_number(i + 1)?;
        let digits_only = matches!(self.what(i + 1), What::Digits(..));
        let spoken = matches!(self.what(i + 1), What::Word(_));
        let placed = self.is_before(i, &["on", "until", "till", "by", "before", "after", "since", "for"]);
        let closed = self.closed(end) || !spoken && self.is(end, &["and", "to", "at", "in"]);
        (placed && closed && !digits_only && (!spoken || end > i + 2)).then_some(())?;
        calendar(end, Period::DayOfMonth { day, weekday: None })
    }

    /// "Monday", "Monday, Dec. 7", "Monday 7 December", "Monday the 7th", "Tuesday of next week".
    pub(super) fn weekday_date(&self, i: usize) -> Option<Read> {
        let weekday = self.weekday(i)?;
        let abbreviated = self.tokens[i].writing == Writing::BesideNumber;
        let at = i + 1 + usize::from(abbreviated && self.mark(i + 1, b'.'));
        let after_comma = at + usize::from(self.mark(at, b','));
        for start in [after_comma, at] {
            let the = usize::from(self.is(start, &["the"]));
            let day = self
                .month_date(start, Some(weekday))
                .or_else(|| self.day_first(start + the, Some(weekday)))
                .or_else(|| self.numbers_only(start));
            if let Some(read) = day
                && let Form::Calendar(period @ Period::Day { .. }, _) = read.form
            {
                return calendar(read.end, on_weekday(period, weekday));
            }
        }
        if let What::Date(day) = self.what(after_comma) {
            return calendar(after_comma + 1, told(day, Some(weekday)));
        }
        // "Friday the 15th", "Fri. 15th"
        let the = at + usize::from(self.is(at, &["the"]));
        if let Some((day, end)) = self.day_number(the)
            && match self.what(the) {
                What::Ordinal(_) => !self.capital(end),
                // "Sunday 31." is a date, "Sunday 3-2" a score.
                What::Digits(..) => the == at && self.closed(end) && !self.mark(end, b'-'),
                _ => the > at && (self.closed(end) || self.is(end, &["and", "to", "until", "till", "at", "in"])),
            }
        {
            return calendar(end, Period::DayOfMonth { day, weekday: Some(weekday) });
        }
        if abbreviated {
            return None;
        }
        if let Some((end, week)) = self.week_after(i + 1) {
            return date(end, Form::Nth { nth: 1, item: Item::Weekday(weekday), of: Box::new(week) });
        }
        calendar(i + 1, Period::Weekday(weekday))
    }

    /// The month of a token with the dot of its abbreviation: the month and the token after it.
    fn month_name(&self, i: usize) -> Option<(i8, usize)> {
        let month = self.month(i)?;
        let token = &self.tokens[i];
        let short = token.writing == Writing::BesideNumber || token.end - token.start <= 4;
        let dot = self.mark(i + 1, b'.') && !self.spaced(i + 1) && short;
        Some((month, i + 1 + usize::from(dot)))
    }

    /// "December 7th, 2021", "Dec. 7", "May the fourth", "December 2021", "in May".
    pub(super) fn month_date(&self, i: usize, weekday: Option<Weekday>) -> Option<Read> {
        let (month, mut at) = self.month_name(i)?;
        let token = &self.tokens[i];
        let dotted = at > i + 1;
        if self.is(at, &["the"]) && self.ordinal(at + 1).is_some() {
            at += 1;
        }
        let day = match self.what(at) {
            What::Digits(day @ 1..=31, 1 | 2) if self.spaced(at) || dotted => Some((day as i8, at + 1)),
            What::Digits(..) => None,
            _ => self.day_number(at).filter(|_| self.spaced(at)),
        };
        let spoken = token.capital || token.writing == Writing::Any;
        let day = day.or_else(|| {
            // "January nineteen ninety-seven"
            if spoken && self.spoken_year(at).is_none() { self.spoken_day(at) } else { None }
        });
        // "June 5 percent" has no day; "June 3,000" was read as one number.
        if let Some((day, end)) = day
            && self.what(end) != What::Mark(b'%')
            && !self.joint(end, b':')
            && !(matches!(self.what(at), What::Word(_)) && self.counted(end))
        {
            let (end, year) = self.year_after(end).unwrap_or((end, Year::Open));
            return calendar(end, Period::Day { year, month, day, weekday });
        }
        if self.is(at, &["the"]) || self.is_before(at, &["the"]) {
            return None;
        }
        if let Some((end, year)) = self.year_after(at) {
            return calendar(end, Period::Month { year, month });
        }
        self.bare_month(i, month, at)
    }

    /// A month by itself: "may" and "march" are verbs, "Jan" and "April" are names too.
    fn bare_month(&self, i: usize, month: i8, at: usize) -> Option<Read> {
        let token = &self.tokens[i];
        let dotted = at > i + 1;
        let abbreviated = token.writing == Writing::BesideNumber;
        let name_like = token.writing != Writing::Any || matches!(month, 4 | 6);
        let placed = self.is_before(i, PLACING)
            || self.is_before(i, &["last", "next", "this", "and", "or", "every", "each", "for", "over"])
            || i > 0 && self.mark(i - 1, b'-');
        let time_preposition =
            &["in", "since", "until", "last", "next", "this", "early", "late", "mid", "after", "before", "between"];
        let a_name_follows = self.capital(at) && matches!(self.what(at), What::Other) && self.spaced(at);
        let short = abbreviated && !dotted && token.end - token.start < 4;
        let paired = token.capital && self.beside_month(i) && !a_name_follows;
        if paired {
            return calendar(at, Period::Month { year: Year::Open, month });
        }
        if short && !(token.capital && self.is_before(i, time_preposition) && !a_name_follows)
            || name_like && (!placed || a_name_follows && matches!(month, 3 | 5))
            || name_like && a_name_follows && !self.is_before(i, time_preposition)
        {
            return None;
        }
        let end = if dotted && abbreviated && !self.closed(at) { at } else { i + 1 };
        calendar(end, Period::Month { year: Year::Open, month })
    }

    /// Whether another month is joined to a month: "from Nov to March", "Jan-Feb".
    fn beside_month(&self, i: usize) -> bool {
        let joins = |k: usize| self.is(k, &["to", "through", "and", "until", "till"]) || self.mark(k, b'-');
        joins(i + 1) && self.month(i + 2).is_some() || i > 1 && joins(i - 1) && self.month(i - 2).is_some()
    }

    /// Whether a token is what a number before it counts.
    fn counted(&self, i: usize) -> bool {
        self.unit(i).is_some() || self.units(i).is_some()
    }

    /// "7 December 2021", "7th of December", "twenty-second of June", "3–5 December".
    pub(super) fn day_first(&self, i: usize, weekday: Option<Weekday>) -> Option<Read> {
        let (day, end) = self.day_number(i)?;
        let dotted = self.mark(end, b'.') && !self.spaced(end) && matches!(self.what(i), What::Digits(..));
        let of = usize::from(self.is(end, &["of"]));
        let at = end + of + usize::from(dotted);
        if self.joint(end, b'-')
            && let Some((last, after)) = self.day_number(end + 1)
            && last > day
            && let Some((month, after)) = self.month_name(after + usize::from(self.is(after, &["of"])))
        {
            let (end, year) = self.year_after(after).unwrap_or((after, Year::Open));
            let of_month =
                |day: i8| Box::new(Form::Calendar(Period::Day { year, month, day, weekday: None }, Which::Unmarked));
            return date(end, Form::Range(of_month(day), of_month(last)));
        }
        let (month, mut end) = self.month_name(at)?;
        let of_ordinal = of == 1 && !matches!(self.what(i), What::Digits(..));
        if !self.capital(at) && !of_ordinal && self.tokens[at].writing == Writing::Capital {
            return None;
        }
        // "the first May" is no day, "4 May 3, 2021" has its day behind the month.
        if matches!(self.what(i), What::Word(_)) && of == 0
            || matches!(self.what(end), What::Digits(_, 1 | 2)) && self.mark(end + 1, b',')
            || i > 0 && self.mark(i - 1, b'$')
        {
            return None;
        }
        // A full stop after a whole name ends the sentence.
        if self.tokens[at].writing != Writing::BesideNumber {
            end = at + 1;
        }
        let (end, year) = self.year_after(end).unwrap_or((end, Year::Open));
        calendar(end, Period::Day { year, month, day, weekday })
    }

    /// Days and months joined by dashes or slashes around the month's name: "05-Aug-2016", "2019/Aug/01", "Dec-2018".
    fn joined(&self, i: usize) -> Option<Read> {
        let separator = match self.what(i + 1) {
            What::Mark(mark @ (b'-' | b'/')) if !self.spaced(i + 1) && !self.spaced(i + 2) => mark,
            _ => return None,
        };
        let ends = |k: usize| !self.joint(k, separator);
        let third = |k: usize| self.joint(k, separator).then_some(self.what(k + 1));
        match (self.what(i), self.what(i + 2)) {
            (What::Digits(day @ 1..=31, 1 | 2), What::Word(Meaning::Month(month))) => match third(i + 3)? {
                What::Digits(year, 4) if YEARS.contains(&year) => {
                    calendar(i + 5, day_of(year as i16, month, day as i8))
                }
                _ => None,
            },
            (What::Digits(year, 4), What::Word(Meaning::Month(month))) if YEARS.contains(&year) => match third(i + 3) {
                Some(What::Digits(day @ 1..=31, 1 | 2)) => calendar(i + 5, day_of(year as i16, month, day as i8)),
                Some(_) => None,
                None => calendar(i + 3, Period::Month { year: Year::Given(year as i16), month }),
            },
            (What::Word(Meaning::Month(month)), What::Digits(year, 4)) if YEARS.contains(&year) && ends(i + 3) => {
                calendar(i + 3, Period::Month { year: Year::Given(year as i16), month })
            }
            (What::Word(Meaning::Month(month)), What::Digits(day @ 1..=31, 1 | 2)) => match third(i + 3) {
                Some(What::Digits(year, 4)) if YEARS.contains(&year) => {
                    calendar(i + 5, day_of(year as i16, month, day as i8))
                }
                Some(_) => None,
                None if self.capital(i) => {
                    calendar(i + 3, Period::Day { year: Year::Open, month, day: day as i8, weekday: None })
                }
                None => None,
            },
            // "2016-11" is a month, "2010-12" three years.
            (What::Digits(year @ 1900..2100, 4), What::Digits(month @ 1..=12, digits @ (1 | 2)))
                if ends(i + 3) && (digits == 1 || month <= year % 100) && !self.spaced_number(i) =>
            {
                calendar(i + 3, Period::Month { year: Year::Given(year as i16), month: month as i8 })
            }
            (What::Digits(month @ 1..=12, 1 | 2), What::Digits(year @ 1900..2100, 4))
                if ends(i + 3) && !self.spaced_number(i) =>
            {
                calendar(i + 3, Period::Month { year: Year::Given(year as i16), month: month as i8 })
            }
            _ => None,
        }
    }

    /// Whether the number at a token goes on before it: the end of "A-12/2016" or "1/2/2016".
    fn spaced_number(&self, i: usize) -> bool {
        i > 0 && !self.spaced(i) && !self.mark(i - 1, b'(')
    }

    /// A month and a day in digits, "4/22", "22/4", "5.12", where a preposition or a weekday says that it is a date. "9/11"
    /// is the day of the attacks.
    fn numbers_only(&self, i: usize) -> Option<Read> {
        let What::Digits(first @ 1..=31, 1 | 2) = self.what(i) else { return None };
        let separator = match self.what(i + 1) {
            What::Mark(mark @ (b'/' | b'-' | b'.')) if !self.spaced(i + 1) && !self.spaced(i + 2) => mark,
            _ => return None,
        };
        let What::Digits(second @ 1..=31, 1 | 2) = self.what(i + 2) else { return None };
        if self.spaced_number(i) || self.joint(i + 3, separator) || self.is(i + 3, &["of", "to"]) && separator != b'/' {
            return None;
        }
        if (first, second, separator) == (9, 11, b'/') {
            return calendar(i + 3, day_of(2001, 9, 11));
        }
        let placed = self.is_before(i, &["on", "from", "until", "till", "since", "by", "between", "this", "next"])
            || self.is_before(i, &["to", "through", "and"]) && matches!(self.what(i.wrapping_sub(2)), What::Digits(..))
            || i > 1 && self.mark(i - 1, b'-') && matches!(self.what(i - 2), What::Digits(..))
            || separator == b'/'
                && (i > 0 && self.weekday(i - 1).is_some()
                    || i > 1 && self.mark(i - 1, b',') && self.weekday(i - 2).is_some());
        let counts = matches!(self.what(i + 3), What::Other | What::Mark(b'%')) && separator != b'/'
            || self.counted(i + 3)
            || self.is(i + 3, &["of"]);
        if !placed || counts {
            return None;
        }
        let (month, day) = if first > 12 { (second, first) } else { (first, second) };
        (month <= 12).then_some(())?;
        let (end, year) = match self.year_after(i + 3) {
            Some(found @ (_, Year::Given(_))) if separator == b'/' => found,
            _ => (i + 3, Year::Open),
        };
        calendar(end, Period::Day { year, month: month as i8, day: day as i8, weekday: None })
    }

    /// The year after a day, month or season: ", 2021", "of last year", "this year", "’87", "two thousand and five".
    pub(super) fn year_after(&self, i: usize) -> Option<(usize, Year)> {
        let mut at = i;
        let comma = self.mark(at, b',') && !self.is(at + 1, &["last", "this", "next"]);
        at += usize::from(comma || self.is(at, &["of", "in"]));
        if let What::Digits(year, 4) = self.what(at)
            && YEARS.contains(&year)
        {
            // ", 2,000" was read as one number; ", 2021-…" is something else.
            if self.mark(at + 1, b'-')
                && !self.spaced(at + 1)
                && matches!(self.what(at + 2), What::Digits(..))
                && self.mark(i, b',')
            {
                return None;
            }
            return Some((at + 1, Year::Given(year as i16)));
        }
        if self.mark(at, b'\'')
            && !self.spaced(at + 1)
            && let What::Digits(short, 2) = self.what(at + 1)
        {
            let century = if short < 40 { 2000 } else { 1900 };
            return Some((at + 2, Year::Given(century + short as i16)));
        }
        if let Some((year, end)) = self.spoken_year(at)
            && !self.counted(end)
            && !(matches!(self.what(end), What::Other) && !self.capital(end) && year % 1000 == 0)
        {
            return Some((end, Year::Given(year)));
        }
        if self.word(i) == "in" {
            return None;
        }
        if self.word(at + 1) == "year" {
            let by = match self.word(at) {
                "last" => -1,
                "this" => 0,
                "next" => 1,
                _ => return None,
            };
            return Some((at + 2, Year::Relative(by)));
        }
        None
    }

    /// "in nineteen ninety-eight", "since two thousand and five".
    fn placed_spoken_year(&self, i: usize) -> Option<Read> {
        let (year, end) = self.spoken_year(i)?;
        let thousands = self.what(i + 1) == What::Word(Meaning::Number(1000));
        let placed = self.is_before(i, PLACING) && !self.counted(end);
        let counts = matches!(self.what(end), What::Other) && !self.capital(end);
        let free = !thousands || placed && !counts;
        free.then_some(())?;
        calendar(end, Period::Year(year))
    }

    /// A year by itself.
    fn year(&self, i: usize) -> Option<Read> {
        let What::Digits(year, 4) = self.what(i) else { return None };
        // "A-2020" and "$2020" are no years.
        if i > 0
            && !self.spaced(i)
            && !matches!(self.what(i - 1), What::Mark(b'(' | b'-' | b'"' | b'\'' | b'[' | b'=' | 0xe2))
        {
            return None;
        }
        if self.mark(i + 1, b'%') || self.mark(i + 1, b'/') && !self.spaced(i + 1) {
            return None;
        }
        let placed = self.is_before(i, PLACING) || self.is_before(i, &["fiscal", "year"]);
        // "its 1990 budget", "a 1996 law": one thing of that year; "some 2000 people" are counted.
        let determined = self.is_before(i, &["the", "'s", "’s", "and", "a", "its", "his", "her", "their", "that"]);
        let measured = match self.what(i + 1) {
            What::Word(Meaning::Unit(_) | Meaning::Units(_)) => true,
            What::Other => {
                let next = &self.tokens[i + 1];
                next.spaced && !next.capital && !placed && !determined
            }
            _ => false,
        };
        let old = self.is_before(i, &["in", "since", "until", "year", "from", "between", "by", "to", "of"]);
        match year {
            1900..=2039 if !measured => calendar(i + 1, Period::Year(year as i16)),
            1000..=1899 if old && !measured => calendar(i + 1, Period::Year(year as i16)),
            _ => None,
        }
    }
}

fn day_of(year: i16, month: i8, day: i8) -> Period {
    Period::Day { year: Year::Given(year), month, day, weekday: None }
}

fn told(day: Date, weekday: Option<Weekday>) -> Period {
    Period::Day { year: Year::Given(day.year()), month: day.month(), day: day.day(), weekday }
}

fn on_weekday(period: Period, weekday: Weekday) -> Period {
    match period {
        Period::Day { year, month, day, .. } => Period::Day { year, month, day, weekday: Some(weekday) },
        other => other,
    }
}

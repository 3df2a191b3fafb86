//! The grammar of time expressions: a hand-written reader over the tokens, longest reading first.

use crate::calendar::{Season, Unit};
use crate::form::{Count, Form, Origin, Part, Period, TimeOfDay, Which, Year};
use crate::token::{Token, What, tokens};
use crate::words::{Meaning, Words, Writing, words};
use jiff::civil::Weekday;
use std::ops::Range;

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A day or something longer on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// A time expression of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Its TIMEX3 type.
    pub kind: Kind,
    /// What it means.
    pub form: Form,
}

/// Finds the time expressions of an English text, in order and without overlap. Runs in linear time.
pub fn find(text: &str) -> Vec<Expression> {
    let words = words();
    let reader = Reader { tokens: tokens(text, words), words };
    let mut found = Vec::new();
    let mut i = 0;
    while i < reader.tokens.len() {
        match reader.expression(i) {
            Some(read) if read.end > i => {
                let (first, last) = (&reader.tokens[i], &reader.tokens[read.end - 1]);
                found.push(Expression {
                    bytes: first.bytes().start..last.bytes().end,
                    kind: read.kind,
                    form: read.form,
                });
                i = read.end;
            }
            _ => i += 1,
        }
    }
    found
}

/// A stretch of tokens that was understood.
#[derive(Debug, Clone)]
struct Read {
    end: usize,
    kind: Kind,
    form: Form,
}

fn date(end: usize, form: Form) -> Option<Read> {
    Some(Read { end, kind: Kind::Date, form })
}

fn here(unit: Unit) -> Form {
    Form::Shift { unit, by: 0, origin: Origin::Writing }
}

struct Reader<'w> {
    tokens: Vec<Token>,
    words: &'w Words,
}

impl Reader<'_> {
    fn what(&self, i: usize) -> What {
        self.tokens.get(i).map_or(What::Break, |t| t.what)
    }

    fn word(&self, i: usize) -> &'static str {
        self.tokens.get(i).map_or("", |t| t.word)
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        !word.is_empty() && words.contains(&word)
    }

    fn mark(&self, i: usize, mark: u8) -> bool {
        self.what(i) == What::Mark(mark)
    }

    fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| t.spaced)
    }

    fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }

    /// Whether a clause or phrase ends before the token.
    fn closed(&self, i: usize) -> bool {
        matches!(self.what(i), What::Break | What::Mark(b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'"' | b'-'))
            || i >= self.tokens.len()
    }

    fn month(&self, i: usize) -> Option<i8> {
        if let What::Word(Meaning::Month(month)) = self.what(i) { Some(month) } else { None }
    }

    fn weekday(&self, i: usize) -> Option<Weekday> {
        if let What::Word(Meaning::Weekday(n)) = self.what(i) { Weekday::from_monday_one_offset(n).ok() } else { None }
    }

    fn unit(&self, i: usize) -> Option<Unit> {
        if let What::Word(Meaning::Unit(unit)) = self.what(i) { Some(unit) } else { None }
    }

    fn units(&self, i: usize) -> Option<Unit> {
        if let What::Word(Meaning::Units(unit)) = self.what(i) { Some(unit) } else { None }
    }

    fn season(&self, i: usize) -> Option<Season> {
        if let What::Word(Meaning::Season(season)) = self.what(i) { Some(season) } else { None }
    }

    fn part(&self, i: usize) -> Option<&'static str> {
        if let What::Word(Meaning::Part(part)) = self.what(i) { Some(part) } else { None }
    }

    fn ordinal(&self, i: usize) -> Option<u32> {
        match self.what(i) {
            What::Ordinal(n) => Some(n),
            _ => self.tokens.get(i).and_then(|t| t.ordinal),
        }
    }

    /// An expression that starts at a token.
    fn expression(&self, i: usize) -> Option<Read> {
        match self.what(i) {
            What::Other | What::Mark(_) | What::Break => return None,
            _ => {}
        }
        if self.is(i, &["from", "between"]) {
            return self.spelled_range(i);
        }
        let read = self.phrase(i)?;
        Some(self.dashed_range(i, &read).unwrap_or(read))
    }

    /// "from March to May", "between 2010 and 2012".
    fn spelled_range(&self, i: usize) -> Option<Read> {
        let (links, start): (&[&str], _) =
            if self.is(i, &["from"]) { (&["to", "until", "till", "through"], i + 1) } else { (&["and"], i + 1) };
        // "from 3 to 5 December"
        if let What::Digits(from, 1 | 2) = self.what(start)
            && self.is(start + 1, links)
            && let Some(last) = self.calendar(start + 2)
            && let Form::Calendar(Period::Day { year, month, .. }, which) = last.form
            && (1..=31).contains(&from)
        {
            let first = Form::Calendar(Period::Day { year, month, day: from as i8, weekday: None }, which);
            return date(last.end, Form::Range(Box::new(first), Box::new(last.form)));
        }
        let first = self.phrase(start)?;
        if !self.is(first.end, links) {
            return None;
        }
        let last = self.phrase(first.end + 1)?;
        let both = |kind: Kind| matches!(kind, Kind::Date);
        if !both(first.kind) || !both(last.kind) {
            return None;
        }
        let from = with_year_of(first.form, &last.form);
        date(last.end, Form::Range(Box::new(from), Box::new(last.form)))
    }

    /// "June 3–5", "2010–2012", "March–May 2020".
    fn dashed_range(&self, start: usize, first: &Read) -> Option<Read> {
        let dash = first.end;
        if !self.mark(dash, b'-') || first.kind != Kind::Date {
            return None;
        }
        let next = dash + 1;
        match (&first.form, self.what(next)) {
            (Form::Calendar(Period::Day { year: Year::Open, month, day, .. }, which), What::Digits(last, 1 | 2))
                if (1..=31).contains(&last) && i64::from(last) > i64::from(*day) && self.month(next + 1).is_none() =>
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
                let last = first_year / 100 * 100 + last as i16;
                let form =
                    Form::Range(Box::new(first.form.clone()), Box::new(Form::Calendar(Period::Year(last), *which)));
                date(next + 1, form)
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

    /// Anything but a range.
    fn phrase(&self, i: usize) -> Option<Read> {
        self.part_of(i)
            .or_else(|| self.clock(i))
            .or_else(|| self.calendar(i).map(|read| self.with_time(read)))
            .or_else(|| self.deictic(i))
            .or_else(|| self.set(i))
            .or_else(|| self.length(i))
            .or_else(|| self.reference(i))
    }

    /// "early next month", "mid-December", "the end of 2019", "earlier this week", "later in the year".
    fn part_of(&self, i: usize) -> Option<Read> {
        let after_the = if self.is(i, &["the"]) { i + 1 } else { i };
        let part = match self.word(after_the) {
            "early" | "beginning" | "start" => Part::Start,
            "mid" | "middle" => Part::Middle,
            "late" | "end" => Part::End,
            "earlier" => Part::Before,
            "later" => Part::After,
            "first" if self.word(after_the + 1) == "half" => Part::Start,
            "second" if self.word(after_the + 1) == "half" => Part::End,
            "rest" => Part::After,
            _ => return None,
        };
        let noun =
            matches!(self.word(after_the), "beginning" | "start" | "middle" | "end" | "first" | "second" | "rest");
        let mut at = after_the + 1;
        if noun {
            at += usize::from(self.word(at) == "half");
            if self.word(at) != "of" {
                return None;
            }
            at += 1;
        } else {
            let joined = self.mark(at, b'-') && !self.spaced(at) && !self.spaced(at + 1);
            let within = self.is(at, &["in", "on"])
                && (matches!(part, Part::Before | Part::After | Part::Middle) || self.unit(at + 2).is_some());
            at += usize::from(joined || within);
        }
        if matches!(part, Part::Before | Part::After) && !noun {
            // "earlier" compares: only beside this, that, in the, a weekday or a relative day.
            let bare = self.weekday(at).is_some()
                || self.is(at, &["this", "that", "the", "today", "yesterday", "last", "next"]);
            if !bare {
                return None;
            }
        }
        let stretch = self.stretch(at)?;
        if let Form::Time(day, time) = stretch.form {
            return Some(Read { form: Form::Time(day, time), ..stretch });
        }
        let half = matches!(self.word(after_the), "first" | "second");
        if half && let Form::Calendar(Period::Year(year), which) = stretch.form {
            let half = if part == Part::Start { 1 } else { 2 };
            return date(stretch.end, Form::Calendar(Period::Half { year: Year::Given(year), half }, which));
        }
        date(stretch.end, Form::PartOf(Box::new(stretch.form), part))
    }

    /// What can have a beginning and an end: "2019", "next month", "the year", "June", "the week".
    fn stretch(&self, i: usize) -> Option<Read> {
        if self.is(i, &["the", "its"])
            && let Some(unit) = self.unit(i + 1)
            && unit >= Unit::Day
        {
            return date(i + 2, here(unit));
        }
        if let Some(month) = self.month(i)
            && self.tokens[i].writing != Writing::BesideNumber
            && self.calendar(i).is_none()
        {
            return date(i + 1, Form::Calendar(Period::Month { year: Year::Open, month }, Which::Unmarked));
        }
        if let Some(season) = self.season(i) {
            let (end, year) = self.year_after(i + 1).unwrap_or((i + 1, Year::Open));
            return date(end, Form::Calendar(Period::Season { year, season }, Which::Unmarked));
        }
        if let Some(part) = self.part(i) {
            // "late afternoon"
            return Some(Read { end: i + 1, kind: Kind::Time, form: Form::Time(None, TimeOfDay::Part(part)) });
        }
        if let What::Digits(year @ 1000..2200, 4) = self.what(i) {
            return date(i + 1, Form::Calendar(Period::Year(year as i16), Which::Unmarked));
        }
        let read = self.calendar(i).or_else(|| self.deictic(i))?;
        matches!(read.kind, Kind::Date | Kind::Time).then_some(read)
    }

    /// A day with the time after it: "Monday morning", "Friday at 5 p.m.".
    fn with_time(&self, read: Read) -> Read {
        if read.kind != Kind::Date {
            return read;
        }
        let day = match &read.form {
            Form::Calendar(Period::Day { .. } | Period::Weekday(_) | Period::Holiday { .. }, _)
            | Form::Shift { unit: Unit::Day, .. } => read.form.clone(),
            _ => return read,
        };
        if let Some(part) = self.part(read.end) {
            let time = Form::Time(Some(Box::new(day)), TimeOfDay::Part(part));
            return Read { end: read.end + 1, kind: Kind::Time, form: time };
        }
        let at = read.end + usize::from(self.is(read.end, &["at"]));
        if (at > read.end || matches!(self.what(at), What::Hour(..) | What::Clock(..)))
            && let Some((end, time)) = self.time_of_day(at)
        {
            return Read { end, kind: Kind::Time, form: Form::Time(Some(Box::new(day)), time) };
        }
        read
    }

    /// "5 p.m.", "17:30", "noon", "five o'clock", with the time zone: the end and the time.
    fn time_of_day(&self, i: usize) -> Option<(usize, TimeOfDay)> {
        let (mut end, time) = match self.what(i) {
            What::Hour(hour, minute) => (i + 1, TimeOfDay::Clock(hour, minute)),
            What::Clock(hour, minute, _) => (i + 1, TimeOfDay::Clock(hour, minute)),
            What::Word(_) if self.word(i) == "noon" => (i + 1, TimeOfDay::Clock(12, 0)),
            What::Word(_) if self.word(i) == "midnight" => (i + 1, TimeOfDay::Clock(0, 0)),
            What::Digits(hour @ 1..=12, 1 | 2) | What::Word(Meaning::Number(hour @ 1..=12)) => {
                if self.is(i + 1, &["a.m.", "am"]) {
                    (i + 2, TimeOfDay::Clock((hour % 12) as i8, 0))
                } else if self.is(i + 1, &["p.m.", "pm"]) {
                    (i + 2, TimeOfDay::Clock((hour % 12 + 12) as i8, 0))
                } else if self.is(i + 1, &["in"]) && self.is(i + 2, &["the"]) && self.part(i + 3).is_some() {
                    let late = self.part(i + 3) != Some("MO");
                    (i + 4, TimeOfDay::Clock((hour % 12 + if late { 12 } else { 0 }) as i8, 0))
                } else {
                    return None;
                }
            }
            _ => return None,
        };
        if self.is(end, &["est", "edt", "pst", "pdt", "et", "pt", "gmt", "utc", "cet", "bst", "ist"]) {
            end += 1;
        } else if self.is(end, &["local"]) && self.is(end + 1, &["time"]) {
            end += 2;
        }
        Some((end, time))
    }

    /// A time of day, with the day after it: "9 a.m. EST Friday", "noon on 3 June".
    fn clock(&self, i: usize) -> Option<Read> {
        let (end, time) = self.time_of_day(i)?;
        let mut at = end;
        if self.mark(at, b',') {
            at += 1;
        }
        if self.is(at, &["on"]) {
            at += 1;
        }
        let day = self.calendar(at).or_else(|| self.deictic(at)).filter(|day| day.kind == Kind::Date);
        let is_day = |form: &Form| {
            matches!(
                form,
                Form::Calendar(Period::Day { .. } | Period::Weekday(_) | Period::Holiday { .. }, _)
                    | Form::Shift { unit: Unit::Day, .. }
            )
        };
        match day {
            Some(day) if is_day(&day.form) => {
                Some(Read { end: day.end, kind: Kind::Time, form: Form::Time(Some(Box::new(day.form)), time) })
            }
            _ => Some(Read { end, kind: Kind::Time, form: Form::Time(None, time) }),
        }
    }

    /// The year after a day, month or season: ", 2021", "of last year", "this year".
    fn year_after(&self, i: usize) -> Option<(usize, Year)> {
        let mut at = i;
        let comma = self.mark(at, b',') && !self.is(at + 1, &["last", "this", "next"]);
        at += usize::from(comma || self.is(at, &["of", "in"]));
        if let What::Digits(year @ 1000..2200, 4) = self.what(at) {
            // ", 2,000" was read as one number; ", 2021-…" is something else.
            if self.mark(at + 1, b'-')
                && !self.spaced(at + 1)
                && matches!(self.what(at + 2), What::Digits(..))
                && at > i
                && self.mark(i, b',')
            {
                return None;
            }
            return Some((at + 1, Year::Given(year as i16)));
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

    /// Dates of the calendar: days, months, years, weekdays, seasons, quarters, holidays.
    fn calendar(&self, i: usize) -> Option<Read> {
        match self.what(i) {
            What::Date(day) => {
                let period = Period::Day {
                    year: Year::Given(day.year()),
                    month: day.month(),
                    day: day.day(),
                    weekday: Some(day.weekday()),
                };
                date(i + 1, Form::Calendar(period, Which::Unmarked))
            }
            What::Word(Meaning::Weekday(_)) => self.weekday_date(i),
            What::Word(Meaning::Month(_)) => self.month_date(i, None),
            What::Digits(_, 1 | 2) | What::Ordinal(_) => self.day_first(i, i, None).or_else(|| self.period_of_year(i)),
            What::Digits(..) => self.year(i),
            What::Decade(first) => {
                let first = if first < 100 { 1900 + first } else { first };
                date(i + 1, Form::Calendar(Period::Decade(first), Which::Unmarked))
            }
            What::Word(Meaning::Season(season)) => {
                let (end, year) = self.year_after(i + 1).unwrap_or((i + 1, Year::Open));
                let capital_name = self.capital(i) && i > 0 && self.capital(i - 1) && year == Year::Open;
                let placed = year != Year::Open
                    || self.is_before(i, &["in", "since", "until", "till", "by", "during", "before", "after"])
                        && !self.is(i + 1, &["of"]);
                (placed && !capital_name).then_some(())?;
                date(end, Form::Calendar(Period::Season { year, season }, Which::Unmarked))
            }
            What::Word(_) if self.word(i) == "the" => self.calendar_after_the(i),
            What::Word(_) => self
                .holiday(i)
                .or_else(|| self.day_first(i, i, None))
                .or_else(|| self.period_of_year(i))
                .or_else(|| self.spoken_year(i)),
            _ => None,
        }
    }

    fn is_before(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.is(i - 1, words)
    }

    /// "the 7th of December", "the 1990s", "the 20th century", "the third quarter", "the summer of 2019", "the 21st".
    fn calendar_after_the(&self, i: usize) -> Option<Read> {
        let next = i + 1;
        match self.what(next) {
            What::Decade(_) => self.calendar(next),
            What::Word(Meaning::Decade(first)) => {
                date(next + 1, Form::Calendar(Period::Decade(1900 + first), Which::Unmarked))
            }
            What::Word(Meaning::Season(season)) => {
                let (end, year) = self.year_after(next + 1).unwrap_or((next + 1, Year::Open));
                let placed = year != Year::Open
                    || self.is_before(
                        i,
                        &["in", "since", "until", "by", "during", "over", "through", "before", "after", "of"],
                    ) && !self.is(next + 1, &["of"])
                        && !self.capital(next);
                placed.then_some(())?;
                date(end, Form::Calendar(Period::Season { year, season }, Which::Unmarked))
            }
            What::Word(Meaning::Unit(Unit::Year)) if matches!(self.what(next + 1), What::Digits(_, 4)) => {
                let What::Digits(year @ 1000..2200, 4) = self.what(next + 1) else { return None };
                date(next + 2, Form::Calendar(Period::Year(year as i16), Which::Unmarked))
            }
            _ => {
                let fiscal = next + usize::from(self.is(next, &["fiscal"]));
                if let Some(read) = self.day_first(i, next, None).or_else(|| self.period_of_year(fiscal)) {
                    return Some(read);
                }
                // "on the 21st"
                if let What::Ordinal(day @ 1..=31) = self.what(next)
                    && self.is_before(i, &["on", "until", "till", "by", "before", "after", "since"])
                    && (self.closed(next + 1) || self.is(next + 1, &["and", "to", "for", "at", "in"]))
                {
                    return date(next + 1, Form::Calendar(Period::DayOfMonth(day as i8), Which::Unmarked));
                }
                None
            }
        }
    }

    /// "Monday", "Monday, Dec. 7", "Monday 7 December", "Monday the 7th".
    fn weekday_date(&self, i: usize) -> Option<Read> {
        let weekday = self.weekday(i)?;
        let mut at = i + 1;
        if self.tokens[i].writing == Writing::BesideNumber && self.mark(at, b'.') {
            at += 1;
        }
        let after_comma = at + usize::from(self.mark(at, b','));
        for start in [after_comma, at] {
            if let Some(read) =
                self.month_date(start, Some(weekday)).or_else(|| self.day_first(start, start, Some(weekday)))
                && matches!(read.form, Form::Calendar(Period::Day { .. }, _))
            {
                return Some(read);
            }
            if self.is(start, &["the"])
                && let Some(read) = self.day_first(start, start + 1, Some(weekday))
            {
                return Some(read);
            }
        }
        if let What::Date(day) = self.what(after_comma) {
            let period = Period::Day {
                year: Year::Given(day.year()),
                month: day.month(),
                day: day.day(),
                weekday: Some(weekday),
            };
            return date(after_comma + 1, Form::Calendar(period, Which::Unmarked));
        }
        if self.tokens[i].writing == Writing::BesideNumber {
            return None;
        }
        date(i + 1, Form::Calendar(Period::Weekday(weekday), Which::Unmarked))
    }

    /// "December 7th, 2021", "Dec. 7", "December 2021", "in May".
    fn month_date(&self, i: usize, weekday: Option<Weekday>) -> Option<Read> {
        let month = self.month(i)?;
        let token = &self.tokens[i];
        let mut at = i + 1;
        if self.mark(at, b'.')
            && !self.spaced(at)
            && (token.writing == Writing::BesideNumber || token.end - token.start <= 4)
        {
            at += 1;
        }
        let dotted = at > i + 1;
        if self.is(at, &["the"]) && matches!(self.what(at + 1), What::Ordinal(_)) {
            at += 1;
        }
        let day = match self.what(at) {
            What::Digits(day @ 1..=31, 1 | 2) if self.spaced(at) || dotted => Some(day),
            _ => self.ordinal(at).filter(|day| (1..=31).contains(day) && self.spaced(at)),
        };
        // "June 5 percent" has no day; "June 3,000" was read as one number.
        if let Some(day) = day
            && !(self.what(at + 1) == What::Mark(b'%') || self.what(at + 1) == What::Mark(b':'))
            && !(matches!(self.what(at), What::Word(_)) && self.unit(at + 1).is_some())
        {
            let (end, year) = self.year_after(at + 1).unwrap_or((at + 1, Year::Open));
            let period = Period::Day { year, month, day: day as i8, weekday };
            return date(end, Form::Calendar(period, Which::Unmarked));
        }
        if self.is(at, &["the"]) || self.is_before(at, &["the"]) {
            return None;
        }
        if let Some((end, year)) = self.year_after(at) {
            return date(end, Form::Calendar(Period::Month { year, month }, Which::Unmarked));
        }
        // A bare month: "may" and "march" are verbs, "Jan" and "April" are names too.
        let name_like = token.writing != Writing::Any || matches!(month, 4 | 6);
        let placed = self.is_before(
            i,
            &[
                "in", "since", "of", "until", "till", "by", "from", "to", "through", "during", "before", "after",
                "early", "late", "mid", "last", "next", "this", "and", "or", "every", "each", "between", "for",
                "around", "about", "over",
            ],
        ) || i > 0 && self.mark(i - 1, b'-');
        let a_name_follows = self.capital(at) && matches!(self.what(at), What::Other) && self.spaced(at);
        if token.writing == Writing::BesideNumber && !dotted && token.end - token.start < 4
            || name_like && (!placed || a_name_follows && matches!(month, 3 | 5))
            || name_like
                && a_name_follows
                && !self.is_before(i, &["in", "since", "until", "last", "next", "this", "early", "late", "mid"])
        {
            return None;
        }
        let end = if dotted && token.writing == Writing::BesideNumber && !self.closed(at) { at } else { i + 1 };
        date(end, Form::Calendar(Period::Month { year: Year::Open, month }, Which::Unmarked))
    }

    /// "7 December 2021", "7th of December"; the expression starts at `_start`.
    fn day_first(&self, _start: usize, i: usize, weekday: Option<Weekday>) -> Option<Read> {
        let day = match self.what(i) {
            What::Digits(day @ 1..=31, 1 | 2) => Some(day),
            What::Ordinal(day @ 1..=31) => Some(day),
            _ => self.ordinal(i).filter(|day| (1..=31).contains(day)),
        };
        if let Some(day) = day {
            let mut at = i + 1;
            let dash = self.mark(at, b'-') && !self.spaced(at);
            if self.is(at, &["of"]) {
                at += 1;
            }
            // "3–5 December"
            if dash
                && let What::Digits(last @ 1..=31, 1 | 2) = self.what(at + 1)
                && last > day
                && let Some(month) = self.month(at + 2)
            {
                let (end, year) = self.year_after(at + 3).unwrap_or((at + 3, Year::Open));
                let of = |day: u32| {
                    Box::new(Form::Calendar(
                        Period::Day { year, month, day: day as i8, weekday: None },
                        Which::Unmarked,
                    ))
                };
                return date(end, Form::Range(of(day), of(last)));
            }
            if let Some(month) = self.month(at)
                && self.capital(at)
            {
                // "in 30 May polls" is odd enough to be left; "the first May" is not a day.
                if matches!(self.what(i), What::Word(_)) && at == i + 1 {
                    return None;
                }
                let mut end = at + 1;
                if self.mark(end, b'.') && !self.spaced(end) && self.tokens[at].writing == Writing::BesideNumber {
                    end += 1;
                }
                // "7 December 3, 2021"? no: the number after is the day.
                if matches!(self.what(end), What::Digits(_, 1 | 2)) && self.mark(end + 1, b',') {
                    return None;
                }
                let (end, year) = self.year_after(end).unwrap_or((end, Year::Open));
                return date(
                    end,
                    Form::Calendar(Period::Day { year, month, day: day as i8, weekday }, Which::Unmarked),
                );
            }
        }
        None
    }

    /// "third quarter", "third-quarter 2020", "Q…", "20th century", "first half of 2021".
    fn period_of_year(&self, i: usize) -> Option<Read> {
        let n = self.ordinal(i)?;
        let at = i + 1 + usize::from(self.mark(i + 1, b'-') && !self.spaced(i + 1));
        match self.word(at) {
            "quarter" if (1..=4).contains(&n) => {
                let (end, year) = self.year_after(at + 1).unwrap_or((at + 1, Year::Open));
                date(end, Form::Calendar(Period::Quarter { year, quarter: n as i8 }, Which::Unmarked))
            }
            "half" if (1..=2).contains(&n) => {
                let (end, year) = self.year_after(at + 1)?;
                date(end, Form::Calendar(Period::Half { year, half: n as i8 }, Which::Unmarked))
            }
            "century" if (1..=30).contains(&n) => {
                date(at + 1, Form::Calendar(Period::Century((n as i16 - 1) * 100), Which::Unmarked))
            }
            _ => None,
        }
    }

    /// "nineteen ninety-eight", "two thousand five".
    fn spoken_year(&self, i: usize) -> Option<Read> {
        let What::Word(Meaning::Number(century @ 17..=20)) = self.what(i) else { return None };
        let dash = |i: usize| i + usize::from(self.mark(i, b'-'));
        let at = dash(i + 1);
        let What::Word(Meaning::Number(tens @ 10..=90)) = self.what(at) else { return None };
        if century == 20 && tens > 30 {
            return None;
        }
        let mut end = at + 1;
        let mut year = century * 100 + tens;
        if tens >= 20
            && let What::Word(Meaning::Number(ones @ 1..=9)) = self.what(dash(end))
        {
            year += ones;
            end = dash(end) + 1;
        }
        date(end, Form::Calendar(Period::Year(year as i16), Which::Unmarked))
    }

    /// A year by itself.
    fn year(&self, i: usize) -> Option<Read> {
        let What::Digits(year, 4) = self.what(i) else { return None };
        let found = || date(i + 1, Form::Calendar(Period::Year(year as i16), Which::Unmarked));
        // "2020-21" and the like are ranges; "A-2020" and "$2020" no years.
        if i > 0 && !self.spaced(i) && !matches!(self.what(i - 1), What::Mark(b'(' | b'-' | b'"' | b'\'' | b'[' | 0xe2))
        {
            return None;
        }
        if self.mark(i + 1, b'%') || self.mark(i + 1, b'/') && !self.spaced(i + 1) {
            return None;
        }
        let placed = self.is_before(
            i,
            &[
                "in", "since", "of", "until", "till", "by", "from", "to", "through", "during", "before", "after",
                "early", "late", "mid", "between", "fiscal", "year", "around", "about",
            ],
        );
        let measured = match self.what(i + 1) {
            What::Word(Meaning::Unit(_) | Meaning::Units(_)) => true,
            What::Other => {
                self.tokens.get(i + 1).is_some_and(|t| t.spaced && !t.capital)
                    && !placed
                    && !self.is_before(i, &["the", "'s", "’s", "and"])
            }
            _ => false,
        };
        match year {
            1900..=2039 if !measured => found(),
            1000..=1899
                if self.is_before(i, &["in", "since", "until", "year", "from", "between", "by"]) && !measured =>
            {
                found()
            }
            _ => None,
        }
    }

    /// "Christmas", "Easter Sunday 2020", "New Year's Eve".
    fn holiday(&self, i: usize) -> Option<Read> {
        if !self.capital(i) {
            return None;
        }
        let (holiday, length) = self.words.holiday(|k| self.word(i + k))?;
        let (end, year) = self.year_after(i + length).unwrap_or((i + length, Year::Open));
        let day = Form::Calendar(Period::Holiday { year, holiday }, Which::Unmarked);
        if self.unit(end) == Some(Unit::Weekend) {
            return date(end + 1, Form::WeekendAt(Box::new(day)));
        }
        date(end, day)
    }

    /// Expressions told against the day of writing or the last date: "yesterday", "last June", "the following day".
    fn deictic(&self, i: usize) -> Option<Read> {
        let day = |by: i32| Form::Shift { unit: Unit::Day, by, origin: Origin::Writing };
        match self.word(i) {
            "today" => return Some(self.with_time(date(i + 1, day(0))?)),
            "yesterday" => return Some(self.with_time(date(i + 1, day(-1))?)),
            "tomorrow" => return Some(self.with_time(date(i + 1, day(1))?)),
            "tonight" => {
                return Some(Read {
                    end: i + 1,
                    kind: Kind::Time,
                    form: Form::Time(Some(Box::new(day(0))), TimeOfDay::Part("NI")),
                });
            }
            "overnight" => {
                return Some(Read {
                    end: i + 1,
                    kind: Kind::Time,
                    form: Form::Time(Some(Box::new(day(0))), TimeOfDay::Part("NI")),
                });
            }
            "year-end" => return date(i + 1, Form::PartOf(Box::new(here(Unit::Year)), Part::End)),
            _ => {}
        }
        let the = self.is(i, &["the"]);
        let at = i + usize::from(the);
        // "the day before yesterday", "the day after tomorrow", "the day before."
        if self.word(at) == "day" && self.is(at + 1, &["before", "after"]) {
            let back = self.word(at + 1) == "before";
            if back && self.word(at + 2) == "yesterday" {
                return date(at + 3, day(-2));
            }
            if !back && self.word(at + 2) == "tomorrow" {
                return date(at + 3, day(2));
            }
            if the && (self.closed(at + 2) || self.is(at + 2, &["and", "in", "at", "by"])) {
                return date(
                    at + 2,
                    Form::Shift { unit: Unit::Day, by: if back { -1 } else { 1 }, origin: Origin::Mentioned },
                );
            }
        }
        // "year-ago", "the year-earlier quarter": business news compares the quarter reported, the last one.
        if self.is(at, &["year-earlier", "year-ago"]) {
            let (end, unit, by) = match self.word(at + 1) {
                "quarter" => (at + 2, Unit::Quarter, -5),
                "period" => (at + 2, Unit::Year, -1),
                _ => (at + 1, Unit::Year, -1),
            };
            return date(end, Form::Shift { unit, by, origin: Origin::Writing });
        }
        if the {
            let latest = at + usize::from(self.is(at, &["latest"]));
            if self.word(latest) == "quarter" && !self.is(latest + 1, &["of"]) {
                return date(latest + 1, Form::Shift { unit: Unit::Quarter, by: -1, origin: Origin::Writing });
            }
        }
        // "the weekend", "the morning"
        if the {
            match self.what(at) {
                What::Word(Meaning::Unit(Unit::Weekend)) => {
                    return date(at + 1, Form::Calendar(Period::Weekend, Which::Unmarked));
                }
                What::Word(Meaning::Part(part))
                    if self.is_before(i, &["in", "during", "of"]) && self.closed(at + 1) =>
                {
                    return Some(Read { end: at + 1, kind: Kind::Time, form: Form::Time(None, TimeOfDay::Part(part)) });
                }
                _ => {}
            }
        }
        self.marked(i, at)
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
                    || self.units(at + 1).is_some() =>
            {
                (Which::Last, -1, Origin::Writing)
            }
            "next" => (Which::Next, 1, Origin::Writing),
            "coming" | "upcoming" => (Which::Next, 1, Origin::Writing),
            "this" if !the => (Which::This, 0, Origin::Writing),
            "current" => (Which::This, 0, Origin::Writing),
            "previous" | "preceding" => (Which::Last, -1, Origin::Mentioned),
            "following" | "subsequent" if the => (Which::Mentioned, 1, Origin::Mentioned),
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
            ("this", "coming" | "next") => (which, by, next) = (Which::Next, 1, next + 1),
            ("that" | "this", "same" | "very") => (origin, next) = (Origin::Mentioned, next + 1),
            _ => {}
        }
        // "the next day", "the next morning" are told against the last date.
        if the && marker == "next" && (self.unit(next) == Some(Unit::Day) || self.part(next).is_some()) {
            origin = Origin::Mentioned;
        }
        if marker == "recent" {
            let unit = self.units(next)?;
            return Some(Read {
                end: next + 1,
                kind: Kind::Duration,
                form: Form::Duration { count: Count::Few, unit, side: -1 },
            });
        }
        if self.is(next, &["fiscal", "school", "academic", "calendar"]) && self.unit(next + 1).is_some() {
            next += 1;
        }
        if let Some(unit) = self.unit(next) {
            if unit < Unit::Day || unit == Unit::Millennium {
                return None;
            }
            // "the past year" runs up to now.
            if matches!(marker, "past") && unit > Unit::Day {
                return Some(Read {
                    end: next + 1,
                    kind: Kind::Duration,
                    form: Form::Duration { count: Count::Exactly(1.0), unit, side: -1 },
                });
            }
            let shifted = Form::Shift { unit, by, origin };
            // "last year's third quarter", "this week Monday"
            if self.is(next + 1, &["'s", "’s"])
                && let Some(read) = self.period_of_year(next + 2)
                && let Form::Calendar(Period::Quarter { quarter, .. }, which) = read.form
                && unit == Unit::Year
                && origin == Origin::Writing
            {
                return date(
                    read.end,
                    Form::Calendar(Period::Quarter { year: Year::Relative(by as i16), quarter }, which),
                );
            }
            if unit == Unit::Day {
                return Some(self.with_time(date(next + 1, shifted)?));
            }
            return date(next + 1, shifted);
        }
        if let Some(month) = self.month(next) {
            if !self.capital(next) {
                return None;
            }
            let day = match self.what(next + 1) {
                What::Digits(day @ 1..=31, 1 | 2) | What::Ordinal(day @ 1..=31) => Some(day),
                _ => None,
            };
            if let Some(day) = day {
                return date(
                    next + 2,
                    Form::Calendar(Period::Day { year: Year::Open, month, day: day as i8, weekday: None }, which),
                );
            }
            return date(next + 1, Form::Calendar(Period::Month { year: Year::Open, month }, which));
        }
        if let Some(weekday) = self.weekday(next) {
            let dated = self.weekday_date(next)?;
            let read = match dated.form {
                Form::Calendar(Period::Weekday(_), _) => {
                    date(dated.end, Form::Calendar(Period::Weekday(weekday), which))?
                }
                form => date(dated.end, form)?,
            };
            return Some(self.with_time(read));
        }
        if let Some(season) = self.season(next) {
            return date(next + 1, Form::Calendar(Period::Season { year: Year::Open, season }, which));
        }
        if let Some(part) = self.part(next) {
            let by = if marker == "last" { -1 } else { by };
            let day = Form::Shift { unit: Unit::Day, by, origin };
            return Some(Read {
                end: next + 1,
                kind: Kind::Time,
                form: Form::Time(Some(Box::new(day)), TimeOfDay::Part(part)),
            });
        }
        if let Some((holiday, length)) = self.words.holiday(|k| self.word(next + k)).filter(|_| self.capital(next)) {
            return date(next + length, Form::Calendar(Period::Holiday { year: Year::Open, holiday }, which));
        }
        if let Some(read) = self.period_of_year(next)
            && matches!(read.form, Form::Calendar(Period::Quarter { .. }, _))
            && marker != "this"
        {
            return Some(read);
        }
        // "the last two weeks", "the next few days", "coming months"
        let side = match marker {
            "last" | "past" => -1,
            "next" | "coming" | "upcoming" => 1,
            _ => 0,
        };
        if side != 0 || matches!(marker, "following" | "previous" | "preceding") {
            let (count, unit_at) = self.count(next).unwrap_or((Count::Few, next));
            let unit = self.units(unit_at)?;
            if unit_at == next && !matches!(marker, "coming" | "past" | "upcoming" | "next") {
                return None;
            }
            return Some(Read { end: unit_at + 1, kind: Kind::Duration, form: Form::Duration { count, unit, side } });
        }
        None
    }

    /// "two", "25", "twenty-one", "a few", "a couple of", "several", "one and a half": the number and the token after it.
    fn count(&self, i: usize) -> Option<(Count, usize)> {
        match self.what(i) {
            What::Digits(n, _) => {
                // "9 1/2"
                if matches!(self.what(i + 1), What::Digits(1, 1))
                    && self.mark(i + 2, b'/')
                    && matches!(self.what(i + 3), What::Digits(2, 1))
                {
                    return Some((Count::Exactly(f64::from(n) + 0.5), i + 4));
                }
                // "two to three weeks", "10 to 15 years"
                Some((Count::Exactly(f64::from(n)), i + 1))
            }
            What::Number(n) => Some((Count::Exactly(n), i + 1)),
            What::Word(Meaning::Number(n)) => Some(self.spelled(n, i)),
            What::Word(_) => match self.word(i) {
                "few" | "several" | "many" | "some" => Some((Count::Few, i + 1)),
                "couple" if self.word(i + 1) == "of" => Some((Count::Exactly(2.0), i + 2)),
                "a" | "an" | "the" if self.is(i + 1, &["few"]) => Some((Count::Few, i + 2)),
                "a" | "the" if self.is(i + 1, &["couple"]) => {
                    Some((Count::Exactly(2.0), i + 2 + usize::from(self.word(i + 2) == "of")))
                }
                "a" if self.is(i + 1, &["hundred", "thousand", "dozen"]) => self.count(i + 1),
                "half" if self.is(i + 1, &["a", "an"]) => Some((Count::Exactly(0.5), i + 2)),
                "another" => Some((Count::Exactly(1.0), i + 1)),
                "a" | "an" => Some((Count::Exactly(1.0), i + 1)),
                _ => None,
            },
            _ => None,
        }
    }

    fn spelled(&self, first: u32, i: usize) -> (Count, usize) {
        let (mut total, mut current) = (0u32, first);
        let mut end = i + 1;
        loop {
            let at = end + usize::from(self.mark(end, b'-') && !self.spaced(end));
            match self.what(at) {
                What::Word(Meaning::Number(n @ 1..=9)) if (20..=90).contains(&current) && current % 10 == 0 => {
                    current += n
                }
                What::Word(Meaning::Number(100)) if current < 100 => current *= 100,
                What::Word(Meaning::Number(1000)) if current < 1000 => {
                    total += current * 1000;
                    current = 0;
                }
                _ => break,
            }
            end = at + 1;
        }
        (Count::Exactly(f64::from(total + current)), end)
    }

    /// "two days", "a year ago", "five-year", "about three weeks later", "for months".
    fn length(&self, i: usize) -> Option<Read> {
        // "nearly two years", "more than a month", "at least 60 days"
        let mut at = i;
        let mut about = true;
        match self.word(i) {
            "nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "over" | "within" | "some" => {
                at += 1
            }
            "more" | "less" if self.word(i + 1) == "than" => at += 2,
            "at" if self.is(i + 1, &["least", "most"]) => at += 2,
            "up" if self.word(i + 1) == "to" => at += 2,
            "only" | "just" => return None,
            _ => about = false,
        }
        if self.word(i) == "within" || self.word(i) == "over" && self.is(at, &["the"]) {
            return None;
        }
        // "the first nine months", "the two days", "the full year"
        let mut the = false;
        if !about && self.is(at, &["the"]) {
            the = true;
            at += 1;
            if self.is(at, &["first", "last"]) && self.count(at + 1).is_some() {
                at += 1;
            }
        }
        // "for months", "years ago"
        if !the
            && !about
            && let Some(unit) = self.units(at)
        {
            if self.is(at + 1, &["ago"]) {
                return date(at + 2, Form::VagueShift { unit, back: true, origin: Origin::Writing });
            }
            if self.is(at + 1, &["later"]) {
                return date(at + 2, Form::VagueShift { unit, back: false, origin: Origin::Mentioned });
            }
            if self.is_before(i, &["for", "in", "within", "over", "of", "after"])
                && unit >= Unit::Day
                && (self.closed(at + 1) || !self.is_before(i, &["of", "over"]))
            {
                return Some(Read {
                    end: at + 1,
                    kind: Kind::Duration,
                    form: Form::Duration { count: Count::Few, unit, side: 0 },
                });
            }
            return None;
        }
        let (count, mut next) = self.count(at)?;
        // "10 to 15 years": the second number counts.
        let mut count = count;
        if self.is(next, &["to", "or"])
            && let Some((second, after)) = self.count(next + 1)
            && self.units(after).is_some()
            && !matches!(self.word(next + 1), "a" | "an" | "the")
        {
            (count, next) = (second, after);
        }
        // "two and a half hours"
        if self.is(next, &["and"])
            && self.is(next + 1, &["a"])
            && self.is(next + 2, &["half"])
            && let Count::Exactly(n) = count
            && self.units(next + 3).is_some()
        {
            (count, next) = (Count::Exactly(n + 0.5), next + 3);
        }
        let article = self.is(at, &["a", "an"]) && next == at + 1;
        if self.is(next, &["more", "full", "whole", "additional", "long", "consecutive"]) {
            next += 1;
        }
        // "five-year"
        if self.mark(next, b'-') && !self.spaced(next) && !self.spaced(next + 1) && !article {
            let unit = self.unit(next + 1).or_else(|| self.units(next + 1))?;
            let old = self.mark(next + 2, b'-') && self.word(next + 3) == "old" || self.word(next + 2) == "old";
            if old {
                return None;
            }
            return Some(Read { end: next + 2, kind: Kind::Duration, form: Form::Duration { count, unit, side: 0 } });
        }
        let unit = self.units(next).or_else(|| self.unit(next))?;
        let singular = self.unit(next).is_some();
        let mut end = next + 1;
        // "a year and a half", "two and a half years"
        if self.is(end, &["and"])
            && self.is(end + 1, &["a"])
            && self.is(end + 2, &["half"])
            && let Count::Exactly(n) = count
        {
            count = Count::Exactly(n + 0.5);
            end += 3;
        }
        if self.is(end, &["old"]) || self.mark(end, b'-') && self.is(end + 1, &["old"]) {
            return None;
        }
        let whole = |count: &Count| match count {
            Count::Exactly(n) if n.fract() == 0.0 && *n < 1e6 => Some(*n as i32),
            _ => None,
        };
        let shifted = |end: usize, back: bool, origin: Origin| {
            let form = match whole(&count) {
                Some(n) => Form::Shift { unit, by: if back { -n } else { n }, origin },
                None => Form::VagueShift { unit, back, origin },
            };
            date(end, form)
        };
        match self.word(end) {
            "ago" => return shifted(end + 1, true, Origin::Writing),
            "earlier" | "previously" => return shifted(end + 1, true, Origin::Mentioned),
            "later" => return shifted(end + 1, false, Origin::Mentioned),
            "hence" => return shifted(end + 1, false, Origin::Writing),
            "from" if self.is(end + 1, &["now", "today"]) => return shifted(end + 2, false, Origin::Writing),
            "before" if self.is(end + 1, &["today", "yesterday"]) => {
                let extra = i32::from(self.word(end + 1) == "yesterday");
                let by = -whole(&count)? * if unit == Unit::Day { 1 } else { 0 } - extra;
                if unit == Unit::Day {
                    return date(end + 2, Form::Shift { unit, by, origin: Origin::Writing });
                }
            }
            _ => {}
        }
        // "will meet in two weeks": the day, where nothing goes on after it.
        if self.is_before(i, &["in"])
            && self.closed(end)
            && !self.is(i.wrapping_sub(2), &["time", "times"])
            && !the
            && unit >= Unit::Day
            && !self.long_since(i)
        {
            return shifted(end, false, Origin::Writing);
        }
        if article && singular {
            // "twice a week", "5 percent a year" recur; "for a week" lasts.
            let times = i > 0
                && (self.is(i - 1, &["once", "twice", "times"])
                    || matches!(self.what(i - 1), What::Other) && self.is(i.wrapping_sub(2), &["times"]));
            let lasts = about
                || self.is_before(
                    i,
                    &[
                        "for", "in", "within", "over", "than", "after", "about", "nearly", "almost", "take", "takes",
                        "once",
                    ],
                );
            if times {
                return Some(Read { end, kind: Kind::Set, form: Form::Set(unit.duration("1")) });
            }
            if !lasts {
                return None;
            }
        }
        // "the first day" counts, it does not last; "one day" is vague.
        if singular && !article && count == Count::Exactly(1.0) && unit == Unit::Day && !about {
            return None;
        }
        if singular && !article && count != Count::Exactly(1.0) && unit <= Unit::Second {
            return None;
        }
        Some(Read { end, kind: Kind::Duration, form: Form::Duration { count, unit, side: 0 } })
    }

    /// "for the first time in two years": no day to come.
    fn long_since(&self, i: usize) -> bool {
        (i.saturating_sub(6)..i).any(|k| self.is(k, &["time", "times", "first", "once", "twice", "least", "most"]))
    }

    /// "every Monday", "daily", "each of the past two years", "Mondays", "twice a week".
    fn set(&self, i: usize) -> Option<Read> {
        let recurs = |end: usize, value: String| Some(Read { end, kind: Kind::Set, form: Form::Set(value) });
        match self.what(i) {
            What::Word(Meaning::Set(value)) => {
                // "the Daily Mail" is a name.
                if self.capital(i) && i > 0 && self.capital(i + 1) {
                    return None;
                }
                return recurs(i + 1, value.to_owned());
            }
            What::Word(Meaning::Weekdays(day)) => return recurs(i + 1, format!("XXXX-WXX-{day}")),
            _ => {}
        }
        let start = i + usize::from(self.is(i, &["once", "twice"]));
        if start > i {
            if self.is(start, &["a", "every", "each"])
                && let Some(unit) = self.unit(start + 1)
            {
                return recurs(start + 2, unit.duration("1"));
            }
            return None;
        }
        if !self.is(i, &["every", "each"]) {
            return None;
        }
        let mut at = i + 1;
        let mut times = 1;
        if self.is(at, &["other"]) || self.ordinal(at) == Some(2) && self.unit(at + 1).is_some() {
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
            return recurs(at + 1, unit.duration(&times.to_string()));
        }
        let value = match self.what(at) {
            What::Word(Meaning::Weekday(day)) => {
                let part = self.part(at + 1).map(|part| format!("T{part}")).unwrap_or_default();
                let end = at + 1 + usize::from(!part.is_empty());
                return recurs(end, format!("XXXX-WXX-{day}{part}"));
            }
            What::Word(Meaning::Month(month)) => format!("XXXX-{month:02}"),
            What::Word(Meaning::Season(season)) => format!("XXXX-{}", season.code()),
            What::Word(Meaning::Part(part)) => format!("XXXX-XX-XXT{part}"),
            _ => return None,
        };
        recurs(at + 1, value)
    }

    /// "now", "recently", "in the future".
    fn reference(&self, i: usize) -> Option<Read> {
        if let What::Word(Meaning::Reference(value)) = self.what(i) {
            return date(i + 1, Form::Reference(value));
        }
        if self.is(i, &["the"]) {
            let at = i + 1 + usize::from(self.is(i + 1, &["near", "distant", "foreseeable"]));
            if self.word(at) == "future" && self.is_before(i, &["in", "for", "of"]) {
                return date(at + 1, Form::Reference("FUTURE_REF"));
            }
            if self.word(i + 1) == "past"
                && self.is_before(i, &["in", "from", "of"])
                && !self.is(i + 2, &["of"])
                && self.closed(i + 2)
            {
                return date(i + 2, Form::Reference("PAST_REF"));
            }
        }
        None
    }
}

/// The first of a pair takes the year that is written only at the second: "March 3 to May 5, 2020".
fn with_year_of(first: Form, last: &Form) -> Form {
    let year_of = |period: &Period| match *period {
        Period::Day { year, .. }
        | Period::Month { year, .. }
        | Period::Season { year, .. }
        | Period::Quarter { year, .. } => Some(year),
        _ => None,
    };
    let month_of = |period: &Period| match *period {
        Period::Day { month, .. } | Period::Month { month, .. } => Some(month),
        _ => None,
    };
    let Form::Calendar(last_period, _) = last else { return first };
    let Some(given @ Year::Given(year)) = year_of(last_period) else { return first };
    match first {
        Form::Calendar(mut period, which) if year_of(&period) == Some(Year::Open) => {
            let wraps = matches!((month_of(&period), month_of(last_period)), (Some(a), Some(b)) if a > b);
            let new = if wraps { Year::Given(year - 1) } else { given };
            match &mut period {
                Period::Day { year, .. }
                | Period::Month { year, .. }
                | Period::Season { year, .. }
                | Period::Quarter { year, .. } => {
                    *year = new;
                }
                _ => {}
            }
            Form::Calendar(period, which)
        }
        other => other,
    }
}

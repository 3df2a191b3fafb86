//! The grammar of time expressions: a hand-written reader over the tokens, longest reading first.

mod clock;
mod dates;
mod deictic;
mod durations;
mod numbers;
mod periods;
mod ranges;
mod sets;

use crate::calendar::{Season, Unit};
use crate::form::{Form, Origin, Part, Period, Which};
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

fn calendar(end: usize, period: Period) -> Option<Read> {
    date(end, Form::Calendar(period, Which::Unmarked))
}

/// The day, week, month … of writing.
fn here(unit: Unit) -> Form {
    Form::Shift { unit, by: 0, origin: Origin::Writing }
}

/// Whether a form names a day and nothing longer.
fn is_day(form: &Form) -> bool {
    match form {
        Form::Calendar(period, _) => matches!(
            period,
            Period::Day { .. } | Period::Weekday(_) | Period::Holiday { .. } | Period::DayOfMonth { .. }
        ),
        Form::Shift { unit, .. } => *unit == Unit::Day,
        _ => false,
    }
}

/// Words after which a period is told: "in spring", "until 2019".
const PLACING: &[&str] = &[
    "in", "since", "of", "until", "till", "by", "from", "to", "through", "during", "before", "after", "early", "late",
    "mid", "between", "around", "about",
];

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

    fn is_before(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.is(i - 1, words)
    }

    fn mark(&self, i: usize, mark: u8) -> bool {
        self.what(i) == What::Mark(mark)
    }

    fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(|t| t.spaced)
    }

    /// A mark without white space on either side: the dash of "mid-June".
    fn joint(&self, i: usize, mark: u8) -> bool {
        self.mark(i, mark) && !self.spaced(i) && !self.spaced(i + 1)
    }

    fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }

    fn possessive(&self, i: usize) -> bool {
        self.is(i, &["'s", "’s"])
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

    /// An expression that starts at a token.
    fn expression(&self, i: usize) -> Option<Read> {
        match self.what(i) {
            What::Other if !self.word(i).is_empty() => {}
            What::Other | What::Mark(_) | What::Break => return None,
            _ => {}
        }
        if let Some(read) = self.spelled_range(i) {
            return Some(read);
        }
        let read = self.phrase(i)?;
        Some(self.range_after(i, &read).unwrap_or(read))
    }

    /// Anything but a range.
    fn phrase(&self, i: usize) -> Option<Read> {
        self.part_of(i)
            .or_else(|| self.recurring_clock(i))
            .or_else(|| self.clock(i))
            .or_else(|| self.weekday_parts(i))
            .or_else(|| self.nth(i))
            .or_else(|| self.calendar(i).map(|read| self.with_time(read)))
            .or_else(|| self.deictic(i))
            .or_else(|| self.set(i))
            .or_else(|| self.length(i))
            .or_else(|| self.reference(i))
    }

    /// "early next month", "mid-December", "the end of 2019", "earlier this week", "later in the year", "year-end".
    fn part_of(&self, i: usize) -> Option<Read> {
        if let Some(end) = self.year_end(i) {
            return date(end, Form::PartOf(Box::new(here(Unit::Year)), Part::End));
        }
        let after_the = if self.is(i, &["the"]) { i + 1 } else { i };
        let word = self.word(after_the);
        let half = self.word(after_the + 1) == "half";
        let part = match word {
            "early" | "beginning" | "start" => Part::Start,
            "mid" | "middle" => Part::Middle,
            "late" | "end" => Part::End,
            "earlier" => Part::Before,
            "later" => Part::After,
            "first" if half => Part::Start,
            "second" | "last" | "latter" if half => Part::End,
            "rest" | "remainder" => Part::After,
            _ => return None,
        };
        let noun = half || matches!(word, "beginning" | "start" | "middle" | "end" | "rest" | "remainder");
        let mut at = after_the + 1;
        if noun {
            at += usize::from(half);
            if self.word(at) != "of" {
                return None;
            }
            at += 1;
            // "end of year", "rest of week"
            if let Some(unit) = self.unit(at)
                && unit >= Unit::Week
                && self.closed(at + 1)
            {
                return date(at + 1, Form::PartOf(Box::new(here(unit)), part));
            }
        } else {
            let within = self.is(at, &["in", "on"])
                && (matches!(part, Part::Before | Part::After | Part::Middle) || self.unit(at + 2).is_some());
            at += usize::from(self.joint(at, b'-') || within);
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
        if half && let Form::Calendar(Period::Year(year), which) = stretch.form {
            let half = if part == Part::Start { 1 } else { 2 };
            let period = Period::Half { year: crate::form::Year::Given(year), half };
            return date(stretch.end, Form::Calendar(period, which));
        }
        date(stretch.end, Form::PartOf(Box::new(stretch.form), part))
    }

    /// "year-end", "year end", "year's end": the token after it.
    fn year_end(&self, i: usize) -> Option<usize> {
        if self.unit(i) != Some(Unit::Year) || self.is_before(i, &["a", "the", "this", "last", "next"]) {
            return None;
        }
        let end = i + 1 + usize::from(self.joint(i + 1, b'-') || self.possessive(i + 1));
        let placed = end > i + 1 || self.is_before(i, &["by", "before", "at", "around", "until", "since"]);
        (placed && self.word(end) == "end").then_some(end + 1)
    }

    /// What can have a beginning and an end: "2019", "next month", "the year", "June", "the week".
    fn stretch(&self, i: usize) -> Option<Read> {
        if self.is(i, &["the", "its", "my", "our", "their"])
            && let Some(unit) = self.unit(i + 1)
            && unit >= Unit::Day
        {
            return date(i + 2, here(unit));
        }
        if let Some(month) = self.month(i)
            && (self.tokens[i].writing != Writing::BesideNumber || self.is_before(i, &["of"]))
            && self.calendar(i).is_none()
        {
            return calendar(i + 1, Period::Month { year: crate::form::Year::Open, month });
        }
        if let Some(season) = self.season(i) {
            let (end, year) = self.year_after(i + 1).unwrap_or((i + 1, crate::form::Year::Open));
            return calendar(end, Period::Season { year, season });
        }
        if let Some(part) = self.part(i) {
            // "late afternoon"
            let time = Form::Time(None, crate::form::TimeOfDay::Part(part));
            return Some(Read { end: i + 1, kind: Kind::Time, form: time });
        }
        if let What::Digits(year @ 1000..2200, 4) = self.what(i) {
            return calendar(i + 1, Period::Year(year as i16));
        }
        let read = self.calendar(i).or_else(|| self.deictic(i))?;
        matches!(read.kind, Kind::Date | Kind::Time).then_some(read)
    }

    /// "now", "recently", "in the future", "recent weeks".
    fn reference(&self, i: usize) -> Option<Read> {
        if let What::Word(Meaning::Reference(value)) = self.what(i) {
            return date(i + 1, Form::Reference(value));
        }
        let reference = |end: usize, value: &'static str| date(end, Form::Reference(value));
        match self.word(i) {
            "these" if self.units(i + 1) == Some(Unit::Day) => return reference(i + 2, "PRESENT_REF"),
            "right" if self.word(i + 1) == "now" => return reference(i + 2, "PRESENT_REF"),
            // "current and former officials" tells no time.
            "current" if !self.is(i + 1, &["and", "or"]) && !self.closed(i + 1) => {
                return reference(i + 1, "PRESENT_REF");
            }
            _ => {}
        }
        if self.is(i, &["the"]) {
            let at = i + 1 + usize::from(self.is(i + 1, &["near", "distant", "foreseeable"]));
            if self.word(at) == "future" && self.is_before(i, &["in", "for", "of", "into"]) {
                return reference(at + 1, "FUTURE_REF");
            }
            if self.word(i + 1) == "past"
                && self.is_before(i, &["in", "from", "of"])
                && !self.is(i + 2, &["of"])
                && (self.closed(i + 2) || matches!(self.what(i + 2), What::Other) && self.is_before(i, &["in"]))
            {
                return reference(i + 2, "PAST_REF");
            }
        }
        None
    }
}

//! Times of day, alone and beside their day.

use super::{Kind, Read, Reader, is_day};
use crate::form::{Form, TimeOfDay};
use crate::token::What;
use crate::words::Meaning;

impl Reader<'_> {
    /// A day with the time after it: "Monday morning", "Friday at 5 p.m.".
    pub(super) fn with_time(&self, read: Read) -> Read {
        if read.kind != Kind::Date || !is_day(&read.form) {
            return read;
        }
        if let Some(part) = self.part(read.end)
            && !self.plural(read.end)
        {
            let time = Form::Time(Some(Box::new(read.form)), TimeOfDay::Part(part));
            return Read { end: read.end + 1, kind: Kind::Time, form: time };
        }
        let at = read.end + usize::from(self.is(read.end, &["at"]));
        if (at > read.end || matches!(self.what(at), What::Hour(..) | What::Clock(..)))
            && let Some((end, time)) = self.time_of_day(at)
        {
            return Read { end, kind: Kind::Time, form: Form::Time(Some(Box::new(read.form)), time) };
        }
        read
    }

    /// "mornings", "evenings".
    pub(super) fn plural(&self, i: usize) -> bool {
        self.word(i).ends_with('s')
    }

    /// "5 p.m.", "17:30", "noon", "five o'clock", with the time zone: the end and the time.
    pub(super) fn time_of_day(&self, i: usize) -> Option<(usize, TimeOfDay)> {
        let (mut end, time) = match self.what(i) {
            What::Hour(hour, minute) => (i + 1, TimeOfDay::Clock(hour, minute)),
            What::Clock(hour, minute, _) => (i + 1, TimeOfDay::Clock(hour, minute)),
            What::Word(_) if self.word(i) == "noon" => (i + 1, TimeOfDay::Clock(12, 0)),
            What::Word(_) if self.word(i) == "midnight" => (i + 1, TimeOfDay::Clock(0, 0)),
            What::Digits(hour @ 1..=12, 1 | 2) | What::Word(Meaning::Number(hour @ 1..=12)) => {
                let on_the = |late: bool| TimeOfDay::Clock((hour % 12 + if late { 12 } else { 0 }) as i8, 0);
                if self.is(i + 1, &["a.m.", "am"]) {
                    (i + 2, on_the(false))
                } else if self.is(i + 1, &["p.m.", "pm"]) {
                    (i + 2, on_the(true))
                } else if self.is(i + 1, &["in"]) && self.is(i + 2, &["the"]) && self.part(i + 3).is_some() {
                    (i + 4, on_the(self.part(i + 3) != Some("MO")))
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
    pub(super) fn clock(&self, i: usize) -> Option<Read> {
        let (end, time) = self.time_of_day(i)?;
        let mut at = end + usize::from(self.mark(end, b','));
        at += usize::from(self.is(at, &["on"]));
        let day = self.calendar(at).or_else(|| self.deictic(at));
        match day {
            Some(day) if day.kind == Kind::Date && is_day(&day.form) => {
                Some(Read { end: day.end, kind: Kind::Time, form: Form::Time(Some(Box::new(day.form)), time) })
            }
            _ => Some(Read { end, kind: Kind::Time, form: Form::Time(None, time) }),
        }
    }
}

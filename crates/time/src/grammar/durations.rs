//! Lengths of time, and the days that they lead to: "two days", "five-year", "three weeks later", "two weeks before Christmas".

use super::{Kind, Read, Reader, date};
use crate::calendar::Unit;
use crate::form::{Count, Form, Origin, Side};
use crate::token::What;

/// How many of which units.
type Length = Vec<(Count, Unit)>;

fn lasting(end: usize, length: Length, side: Side) -> Option<Read> {
    Some(Read { end, kind: Kind::Duration, form: Form::Duration { length, side } })
}

impl Reader<'_> {
    /// A number with its unit, and what follows it in smaller ones: "two years and three months", "an hour and a half",
    /// "10 to 15 years" (the second number counts).
    pub(super) fn measured(&self, i: usize) -> Option<(Length, usize)> {
        let (mut count, mut next) = self.count(i)?;
        if self.is(next, &["to", "or"])
            && let Some((second, after)) = self.count(next + 1)
            && self.units(after).is_some()
            && !matches!(self.word(next + 1), "a" | "an" | "the")
        {
            (count, next) = (second, after);
        }
        if self.is(next, &["more", "full", "whole", "additional", "long", "consecutive", "straight"]) {
            next += 1;
        }
        let unit = self.units(next).or_else(|| self.unit(next))?;
        let mut end = next + 1;
        // "a year and a half"
        let half = end + 1 + usize::from(self.is(end + 1, &["a"]));
        if self.is(end, &["and"])
            && let Count::Exactly(n) = count
        {
            match self.word(half) {
                "half" => (count, end) = (Count::Exactly(n + 0.5), half + 1),
                "quarter" if half > end + 1 => (count, end) = (Count::Exactly(n + 0.25), half + 1),
                _ => {}
            }
        }
        let mut length = vec![(count, unit)];
        while length.len() < 4 {
            let at = end + usize::from(self.mark(end, b',') && matches!(self.what(end + 1), What::Digits(..)));
            let at = at + usize::from(self.is(at, &["and"]));
            let Some((Count::Exactly(n), next)) = self.count(at) else { break };
            let Some(unit) = self.units(next).or_else(|| self.unit(next).filter(|_| n <= 1.0)) else { break };
            // "two days and three days later": each unit once; "a year and a day", not "a day a week".
            let article = self.is(at, &["a", "an", "another", "half"]) && !self.is(at - 1, &["and"]);
            if article || length.iter().any(|(_, told)| *told == unit) {
                break;
            }
            length.push((Count::Exactly(n), unit));
            end = next + 1;
        }
        length.sort_by_key(|(_, unit)| std::cmp::Reverse(*unit));
        Some((length, end))
    }

    /// "two days", "a year ago", "five-year", "about three weeks later", "for months", "decade-long", "all week".
    pub(super) fn length(&self, i: usize) -> Option<Read> {
        if let Some(read) = self.whole_unit(i).or_else(|| self.unit_long(i)).or_else(|| self.counted_side(i)) {
            return Some(read);
        }
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
            if self.is(at, &["first", "last", "latest"]) && self.count(at + 1).is_some() {
                at += 1;
            }
        }
        if !the
            && !about
            && let Some(unit) = self.units(at)
        {
            return self.vague(i, at, unit);
        }
        if let Some(read) = self.hyphenated(at) {
            return (!the).then_some(read);
        }
        let (length, end) = self.measured(at)?;
        let [(count, unit), ..] = length[..] else { return None };
        if self.is(end, &["old"]) || self.mark(end, b'-') && self.is(end + 1, &["old"]) {
            return None;
        }
        let article = self.is(at, &["a", "an"]) && length.len() == 1;
        if let Some(read) = self.away(i, end, &length) {
            return Some(read);
        }
        // "will meet in two weeks": the day, where nothing goes on after it.
        if self.is_before(i, &["in"])
            && self.closed(end)
            && !the
            && unit >= Unit::Day
            && !matches!(count, Count::Few)
            && !self.long_since(i)
        {
            return self.shifted(end, &length, false, Origin::Writing);
        }
        let singular = self.unit(end - 1).is_some();
        // "a second term" counts, "more than a quarter of them" is a share.
        let counted = self.what(end) == What::Other || self.is(end, &["term", "half", "quarter", "time"]);
        let counts = unit == Unit::Second && counted && self.spaced(end);
        let share = unit == Unit::Quarter && (about || self.is(end, &["of", "to"]));
        if article && singular && (counts || share) {
            return None;
        }
        if article && singular {
            // "twice a week", "5 percent a year" recur; "for a week" lasts.
            if self.rate(i) {
                return Some(Read { end, kind: Kind::Set, form: Form::Set(unit.duration("1")) });
            }
            let lasts = about
                || self.is_before(i, &["for", "in", "within", "over", "than", "after", "about", "nearly", "almost"])
                || self.is_before(i, &["take", "takes", "took", "once", "lasting", "lasted", "barely"]);
            if !lasts {
                return None;
            }
        }
        // "the first day" counts, it does not last; "one day" is vague.
        if singular && !article && count == Count::Exactly(1.0) && unit == Unit::Day && !about && length.len() == 1 {
            let lasts = self.is(at, &["another"]) || self.is_before(i, &["for", "within"]);
            lasts.then_some(())?;
        }
        if singular && !article && count != Count::Exactly(1.0) && unit <= Unit::Second {
            return None;
        }
        // "within the next two weeks" was read before: this is "within two weeks".
        let side = if self.is_before(i, &["within"]) { Side::Within } else { Side::Open };
        lasting(end, length, side)
    }

    /// A day or period that lies a length away: "two years ago", "a week later", "three days from now", "two weeks before
    /// Christmas". The length began at token `i` and ends before `end`.
    fn away(&self, i: usize, end: usize, length: &Length) -> Option<Read> {
        let year = matches!(length[..], [(Count::Exactly(1.0), Unit::Year)]);
        let compared =
            |end: usize, origin: Origin| date(end, Form::Reported { years_back: 1, unit: Unit::Year, origin });
        match self.word(end) {
            "ago" if year => compared(end + 1, Origin::Writing),
            "earlier" if year => compared(end + 1, Origin::Mentioned),
            "ago" => self.shifted(end + 1, length, true, Origin::Writing),
            "earlier" | "previously" => self.shifted(end + 1, length, true, Origin::Mentioned),
            "later" => self.shifted(end + 1, length, false, Origin::Mentioned),
            "hence" => self.shifted(end + 1, length, false, Origin::Writing),
            "from" if self.is(end + 1, &["now"]) => self.shifted(end + 2, length, false, Origin::Writing),
            // "for two weeks starting May 20"
            "starting" | "beginning" => {
                let start = self.base_day(end + 1 + usize::from(self.is(end + 1, &["on"])))?;
                let mut by: Vec<(i32, Unit)> =
                    length.iter().map(|(count, unit)| Some((whole(count)?, *unit))).collect::<Option<_>>()?;
                by.push((-1, Unit::Day));
                let last = Form::Offset { by, from: Box::new(start.form.clone()) };
                date(start.end, Form::Range(Box::new(start.form), Box::new(last)))
            }
            "from" | "after" | "following" | "before" => {
                let base = self.base_day(end + 1)?;
                let sign = if self.word(end) == "before" { -1 } else { 1 };
                let by: Option<Vec<(i32, Unit)>> =
                    length.iter().map(|(count, unit)| Some((whole(count)?.checked_mul(sign)?, *unit))).collect();
                let clock = length.iter().any(|(_, unit)| unit.is_clock());
                let open = self.is_before(i, &["than"]) || self.is(i, &["more", "less"]);
                (!clock && !open).then_some(())?;
                date(base.end, Form::Offset { by: by?, from: Box::new(base.form) })
            }
            _ => None,
        }
    }

    fn shifted(&self, end: usize, length: &Length, back: bool, origin: Origin) -> Option<Read> {
        let sign = if back { -1 } else { 1 };
        if let [(count, unit)] = length[..] {
            let form = match whole(&count) {
                Some(n) => Form::Shift { unit, by: n * sign, origin },
                None => Form::VagueShift { unit, back, origin },
            };
            return date(end, form);
        }
        let by: Option<Vec<_>> = length.iter().map(|(count, unit)| Some((whole(count)? * sign, *unit))).collect();
        let from = Box::new(Form::Shift { unit: Unit::Day, by: 0, origin });
        date(end, Form::Offset { by: by?, from })
    }

    /// "for months", "years ago", "weeks later".
    fn vague(&self, i: usize, at: usize, unit: Unit) -> Option<Read> {
        if self.is(at + 1, &["ago"]) {
            return date(at + 2, Form::VagueShift { unit, back: true, origin: Origin::Writing });
        }
        if self.is(at + 1, &["later"]) {
            return date(at + 2, Form::VagueShift { unit, back: false, origin: Origin::Mentioned });
        }
        let lasts = self.is_before(i, &["for", "in", "within", "over", "of", "after"])
            && unit >= Unit::Day
            && (self.closed(at + 1) || !self.is_before(i, &["of", "over"]));
        // "the weeks ahead"
        let end = at + 1 + usize::from(self.is(at + 1, &["ahead"]));
        if lasts { lasting(end, vec![(Count::Few, unit)], Side::Open) } else { None }
    }

    /// "five-year", "24-hour", "a three-year period"; the article before it belongs to the noun.
    fn hyphenated(&self, at: usize) -> Option<Read> {
        if self.is(at, &["a", "an", "the", "another"]) {
            return None;
        }
        let (count, next) = self.count(at)?;
        if !self.joint(next, b'-') {
            return None;
        }
        let unit = self.unit(next + 1).or_else(|| self.units(next + 1))?;
        let old = self.mark(next + 2, b'-') && self.word(next + 3) == "old" || self.word(next + 2) == "old";
        // "three-quarters" is a share.
        let share = unit == Unit::Quarter && self.units(next + 1).is_some();
        if old || share {
            return None;
        }
        let long = self.joint(next + 2, b'-') && self.is(next + 3, &["long"]);
        lasting(next + 2 + if long { 2 } else { 0 }, vec![(count, unit)], Side::Open)
    }

    /// "all day", "full week", "a whole month".
    fn whole_unit(&self, i: usize) -> Option<Read> {
        let article = usize::from(self.is(i, &["a"]));
        if !self.is(i + article, &["all", "full", "whole", "entire"]) || article == 0 && self.is_before(i, &["the"]) {
            return None;
        }
        if self.is(i + article, &["all"]) && article > 0 {
            return None;
        }
        let dash = usize::from(self.joint(i + article + 1, b'-'));
        let unit = self.unit(i + article + 1 + dash)?;
        lasting(i + article + 2 + dash, vec![(Count::Exactly(1.0), unit)], Side::Open)
    }

    /// "the two past years", "the 10 previous weeks".
    fn counted_side(&self, i: usize) -> Option<Read> {
        let at = i + usize::from(self.is(i, &["the"]));
        let (count, next) = self.count(at).filter(|_| !self.is(at, &["a", "an", "another"]))?;
        let side = match self.word(next) {
            "past" | "previous" => Side::Past,
            "next" | "coming" | "upcoming" => Side::Next,
            _ => return None,
        };
        lasting(next + 2, vec![(count, self.units(next + 1)?)], side)
    }

    /// "day-long", "decades-long", "daylong" without a number.
    fn unit_long(&self, i: usize) -> Option<Read> {
        let joined = self.joint(i + 1, b'-') && self.is(i + 2, &["long"]) && !(i > 0 && self.joint(i - 1, b'-'));
        joined.then_some(())?;
        match (self.unit(i), self.units(i)) {
            (Some(unit), _) => lasting(i + 3, vec![(Count::Exactly(1.0), unit)], Side::Open),
            (None, Some(unit)) => lasting(i + 3, vec![(Count::Few, unit)], Side::Open),
            _ => None,
        }
    }

    /// Whether "a year" tells how often: "twice a year", "$33 million a year", "six times a day".
    fn rate(&self, i: usize) -> bool {
        if i == 0 {
            return false;
        }
        if self.is(i - 1, &["once", "twice", "times"]) {
            return true;
        }
        if matches!(self.what(i - 1), What::Digits(_, 1..=3) | What::Number(_)) {
            return true;
        }
        let number = |k: usize| {
            matches!(self.what(k), What::Digits(..) | What::Number(_) | What::Word(crate::words::Meaning::Number(_)))
        };
        // A number with one or two words of what it counts.
        let counted = |k: usize| matches!(self.what(k), What::Other | What::Mark(b'%'));
        i > 1 && counted(i - 1) && (number(i - 2) || i > 2 && counted(i - 2) && number(i - 3))
    }

    /// "for the first time in two years": no day to come.
    fn long_since(&self, i: usize) -> bool {
        (i.saturating_sub(6)..i).any(|k| self.is(k, &["time", "times", "first", "once", "twice", "least", "most"]))
    }
}

fn whole(count: &Count) -> Option<i32> {
    match count {
        Count::Exactly(n) if n.fract() == 0.0 && *n < 1e6 => Some(*n as i32),
        _ => None,
    }
}

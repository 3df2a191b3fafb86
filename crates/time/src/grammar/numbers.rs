//! Numbers, ordinals and years in digits and in words.

use super::Reader;
use crate::form::Count;
use crate::token::What;
use crate::words::Meaning;

impl Reader<'_> {
    /// "7th", "seventh", "twenty-first": the number and the token after it.
    pub(super) fn ordinal(&self, i: usize) -> Option<(u32, usize)> {
        match self.what(i) {
            What::Ordinal(n) => Some((n, i + 1)),
            What::Word(Meaning::Number(tens @ 20..=90)) if tens % 10 == 0 => {
                let at = i + 1 + usize::from(self.joint(i + 1, b'-'));
                let ones = self.tokens.get(at).and_then(|t| t.ordinal).filter(|n| (1..=9).contains(n))?;
                Some((tens + ones, at + 1))
            }
            _ => self.tokens.get(i).and_then(|t| t.ordinal).map(|n| (n, i + 1)),
        }
    }

    /// The number of a day in digits or as an ordinal: "7", "7th", "the seventh" without its article.
    pub(super) fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        let (day, end) = match self.what(i) {
            What::Digits(day, 1 | 2) => (day, i + 1),
            _ => self.ordinal(i)?,
        };
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day)).map(|day| (day, end))
    }

    /// A day in words after its month: "May twenty nine", "May twenty-ninth".
    pub(super) fn spoken_day(&self, i: usize) -> Option<(i8, usize)> {
        let What::Word(Meaning::Number(n @ 1..=31)) = self.what(i) else { return None };
        let (Count::Exactly(day), end) = self.spelled(n, i) else { return None };
        (day <= 31.0).then_some((day as i8, end))
    }

    /// "nineteen ninety-eight", "two thousand and five": the year and the token after it.
    pub(super) fn spoken_year(&self, i: usize) -> Option<(i16, usize)> {
        let What::Word(Meaning::Number(first)) = self.what(i) else { return None };
        let dash = |i: usize| i + usize::from(self.mark(i, b'-'));
        let at = dash(i + 1);
        if let What::Word(Meaning::Number(1000)) = self.what(at) {
            let (Count::Exactly(year), end) = self.spelled(first, i) else { return None };
            let whole = (1000.0..2100.0).contains(&year);
            return whole.then_some((year as i16, end));
        }
        if !(17..=20).contains(&first) {
            return None;
        }
        let year = |tens: u32| i16::try_from(first * 100 + tens).ok();
        match self.what(at) {
            // "nineteen oh five"
            What::Word(Meaning::Number(0)) => match self.what(dash(at + 1)) {
                What::Word(Meaning::Number(ones @ 1..=9)) => Some((year(ones)?, dash(at + 1) + 1)),
                _ => None,
            },
            What::Word(Meaning::Number(tens @ 10..=90)) if first < 20 || tens <= 30 => match self.what(dash(at + 1)) {
                What::Word(Meaning::Number(ones @ 1..=9)) if tens >= 20 => Some((year(tens + ones)?, dash(at + 1) + 1)),
                _ => Some((year(tens)?, at + 1)),
            },
            _ => None,
        }
    }

    /// "two", "25", "twenty-one", "a few", "a couple of", "several", "2 1/2": the number and the token after it.
    pub(super) fn count(&self, i: usize) -> Option<(Count, usize)> {
        match self.what(i) {
            What::Digits(n, _) => {
                // "9 1/2"
                if matches!(self.what(i + 1), What::Digits(1, 1))
                    && self.mark(i + 2, b'/')
                    && matches!(self.what(i + 3), What::Digits(2, 1))
                {
                    return Some((Count::Exactly(f64::from(n) + 0.5), i + 4));
                }
                // "three-quarters", "3/4 of the day" are shares.
                if self.joint(i + 1, b'/') {
                    return None;
                }
                Some((Count::Exactly(f64::from(n)), i + 1))
            }
            What::Number(n) => Some((Count::Exactly(n), i + 1)),
            What::Word(Meaning::Number(n)) => {
                let (count, end) = self.spelled(n, i);
                Some(self.and_a_half(count, end))
            }
            What::Word(_) => match self.word(i) {
                "few" | "several" | "many" | "some" => Some((Count::Few, i + 1)),
                "couple" => Some((Count::Exactly(2.0), i + 1 + usize::from(self.word(i + 1) == "of"))),
                "a" | "an" | "the" if self.is(i + 1, &["few"]) => Some((Count::Few, i + 2)),
                "a" | "the" if self.is(i + 1, &["couple"]) => {
                    Some((Count::Exactly(2.0), i + 2 + usize::from(self.word(i + 2) == "of")))
                }
                "a" if self.is(i + 1, &["hundred", "thousand", "dozen"]) => self.count(i + 1),
                "half" if self.is(i + 1, &["a", "an"]) => Some((Count::Exactly(0.5), i + 2)),
                "half" if self.unit(i + 1 + usize::from(self.joint(i + 1, b'-'))).is_some() => {
                    Some((Count::Exactly(0.5), i + 1 + usize::from(self.joint(i + 1, b'-'))))
                }
                "another" | "a" | "an" => Some((Count::Exactly(1.0), i + 1)),
                _ => None,
            },
            _ => None,
        }
    }

    /// "two and a half (hours)", "one and a quarter (years)".
    fn and_a_half(&self, count: Count, end: usize) -> (Count, usize) {
        let Count::Exactly(n) = count else { return (count, end) };
        if !self.is(end, &["and"]) {
            return (count, end);
        }
        let at = end + 1 + usize::from(self.is(end + 1, &["a"]));
        let unit_follows = self.unit(at + 1).is_some() || self.units(at + 1).is_some();
        match self.word(at) {
            "half" if unit_follows => (Count::Exactly(n + 0.5), at + 1),
            "quarter" if unit_follows => (Count::Exactly(n + 0.25), at + 1),
            _ => (count, end),
        }
    }

    /// A number in words that begins with `first`.
    pub(super) fn spelled(&self, first: u32, i: usize) -> (Count, usize) {
        let (mut total, mut current) = (0u32, first);
        let mut end = i + 1;
        loop {
            let dash = usize::from(self.mark(end, b'-') && !self.spaced(end));
            // "two thousand and five", "one hundred and twenty"
            let and = usize::from(self.is(end, &["and"]) && (current % 100 == 0));
            let at = end + dash.max(and);
            match self.what(at) {
                What::Word(Meaning::Number(n @ 1..=9)) if (20..=90).contains(&(current % 100)) && current % 10 == 0 => {
                    current += n;
                }
                What::Word(Meaning::Number(n @ 1..=99)) if current % 100 == 0 && current + total > 0 => current += n,
                What::Word(Meaning::Number(100)) if and == 0 && current > 0 && current < 100 => current *= 100,
                What::Word(Meaning::Number(1000)) if and == 0 && current > 0 && total == 0 && current < 1000 => {
                    total = current * 1000;
                    current = 0;
                }
                // "one thousand seven hundred"
                _ => break,
            }
            end = at + 1;
        }
        (Count::Exactly(f64::from(total + current)), end)
    }
}

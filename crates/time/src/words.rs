//! The vocabulary: which words can be part of a time expression, and the holidays.

use crate::calendar::{HolidayRule, Season, Unit};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word of the vocabulary means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Month(i8),
    Weekday(i8),
    /// "Mondays".
    Weekdays(i8),
    Season(Season),
    Unit(Unit),
    Units(Unit),
    Part(&'static str),
    Number(u32),
    Ordinal(u32),
    /// "nineties".
    Decade(i16),
    /// "daily", with its TIMEX3 value.
    Set(&'static str),
    /// "now", with its TIMEX3 value.
    Reference(&'static str),
    /// Matters only beside others.
    Plain,
    /// Part of a holiday's name and else no part of a time expression.
    InHoliday,
}

/// How a word must be written to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    Any,
    /// With a capital: "May", "March".
    Capital,
    /// With a capital, beside a number: "Jan", "Sat".
    BesideNumber,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) word: &'static str,
    pub(crate) meaning: Meaning,
    /// A second reading: "second" is a unit and an ordinal.
    pub(crate) ordinal: Option<u32>,
    pub(crate) writing: Writing,
}

pub(crate) struct Holiday {
    pub(crate) words: Vec<&'static str>,
    pub(crate) rule: HolidayRule,
    /// Taken without a capital too.
    any_case: bool,
}

pub(crate) struct Words {
    entries: HashMap<&'static str, Entry>,
    pub(crate) longest: usize,
    holidays: Vec<Holiday>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("../data/words.tsv"), include_str!("../data/holidays.tsv")));

pub(crate) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    /// Reads the tables. A line that cannot be read is left out; a test sees to it that there is none.
    fn read(words: &'static str, holidays: &'static str) -> Self {
        let mut entries: HashMap<&'static str, Entry> = HashMap::new();
        for line in table(words) {
            let Some((meaning, list)) = meaning(line) else { continue };
            for word in list.split(' ').filter(|w| !w.is_empty()) {
                let (word, writing) = match (word.strip_prefix("~~"), word.strip_prefix('~')) {
                    (Some(word), _) => (word, Writing::BesideNumber),
                    (None, Some(word)) => (word, Writing::Capital),
                    (None, None) => (word, Writing::Any),
                };
                match (entries.get_mut(word), meaning) {
                    (Some(entry), Meaning::Ordinal(n)) => entry.ordinal = Some(n),
                    (Some(_), _) => {}
                    (None, _) => {
                        let ordinal = if let Meaning::Ordinal(n) = meaning { Some(n) } else { None };
                        entries.insert(word, Entry { word, meaning, ordinal, writing });
                    }
                }
            }
        }
        let mut list: Vec<Holiday> = Vec::new();
        for line in table(holidays) {
            let mut columns = line.split('\t');
            let (Some(name), Some(rule)) = (columns.next(), columns.next()) else { continue };
            let Some(rule) = HolidayRule::parse(rule.trim()) else { continue };
            let any_case = columns.next().is_some_and(|column| column.trim() == "any");
            let words: Vec<_> = name.split(' ').collect();
            for word in &words {
                let plain = Entry { word, meaning: Meaning::InHoliday, ordinal: None, writing: Writing::Any };
                entries.entry(word).or_insert(plain);
            }
            list.push(Holiday { words, rule, any_case });
        }
        let longest = entries.keys().map(|w| w.len()).max().unwrap_or(0);
        Self { entries, longest, holidays: list }
    }

    pub(crate) fn get(&self, lower: &str) -> Option<&Entry> {
        self.entries.get(lower)
    }

    /// The longest holiday whose words the tokens begin with.
    pub(crate) fn holiday<'a>(&self, tokens: impl Fn(usize) -> &'a str) -> Option<(usize, usize)> {
        let first = tokens(0);
        let mut best = None;
        for (i, holiday) in self.holidays.iter().enumerate() {
            if holiday.words[0] == first
                && best.is_none_or(|(_, length)| holiday.words.len() > length)
                && holiday.words.iter().enumerate().all(|(k, word)| same(tokens(k), word))
            {
                best = Some((i, holiday.words.len()));
            }
        }
        best
    }

    /// Whether a holiday is taken without a capital too.
    pub(crate) fn in_any_case(&self, holiday: usize) -> bool {
        self.holidays[holiday].any_case
    }

    pub(crate) fn rule(&self, holiday: usize) -> HolidayRule {
        self.holidays[holiday].rule
    }
}

/// Equal but for the kind of apostrophe.
fn same(token: &str, word: &str) -> bool {
    token == word || word == "'s" && token == "’s"
}

fn table(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

fn meaning(line: &'static str) -> Option<(Meaning, &'static str)> {
    let mut columns = line.split('\t');
    let (class, value, list) = (columns.next()?, columns.next()?, columns.next()?);
    let meaning = match class {
        "month" => Meaning::Month(value.parse().ok()?),
        "weekday" => Meaning::Weekday(value.parse().ok()?),
        "weekdays" => Meaning::Weekdays(value.parse().ok()?),
        "season" => Meaning::Season(Season::parse(value)?),
        "unit" => Meaning::Unit(Unit::parse(value)?),
        "units" => Meaning::Units(Unit::parse(value)?),
        "part" => Meaning::Part(value),
        "number" => Meaning::Number(value.parse().ok()?),
        "ordinal" => Meaning::Ordinal(value.parse().ok()?),
        "decade" => Meaning::Decade(value.parse().ok()?),
        "set" => Meaning::Set(value),
        "ref" => Meaning::Reference(value),
        "plain" => Meaning::Plain,
        _ => return None,
    };
    Some((meaning, list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_can_be_read() {
        for line in table(include_str!("../data/words.tsv")) {
            assert!(meaning(line).is_some(), "words.tsv: {line:?}");
        }
        for line in table(include_str!("../data/holidays.tsv")) {
            let rule = line.split('\t').nth(1).and_then(HolidayRule::parse);
            assert!(rule.is_some_and(|rule| rule.days(2021).is_some()), "holidays.tsv: {line:?}");
        }
    }
}

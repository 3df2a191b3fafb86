//! When an undated article was written, as far as the meetings tell that it shares with dated ones.
//!
//! Who tells of a meeting as held writes after it began; who tells of it as coming writes before it ended; who says "on
//! Wednesday" or "yesterday" writes within the week. What the other articles know of the meeting's days thus bounds the day
//! of writing, and that in turn the days of the article's other meetings.

use crate::agreement::{Outcome, SOME_DAYS, outcome};
use crate::corpus::{Member, Written};
use crate::days::Days;
use crate::decision::Decision;
use crate::occasion::Occasion;
use demarche_record::Status;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Within how many days after a meeting an article says "on Wednesday" or "yesterday" of it.
const DAYS_AFTER: i64 = 7;

/// How wide the days of a meeting may be to date an article by it.
const WIDEST: i64 = SOME_DAYS;

/// What the shared meetings say of the day on which an article was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Writing {
    pub days: Days,
    /// The meetings that narrow it: the number of the group, the article's report, and why.
    pub grounds: Vec<(usize, Member, String)>,
}

impl Writing {
    /// The interval as the corpus has it; an end that is open is none.
    pub fn written(&self) -> Written {
        let known = |day: Date, open: Date| (day != open).then(|| day.to_string());
        Written { earliest: known(self.days.first, Date::MIN), latest: known(self.days.last, Date::MAX) }
    }

    /// The decisions that tell of it, with the numbers of the groups that they are about.
    pub fn decisions(&self) -> impl Iterator<Item = (Decision, Option<usize>, Option<usize>)> {
        let written = match self.written() {
            Written { earliest: Some(first), latest: Some(last) } if first == last => format!("on {first}"),
            Written { earliest: Some(first), latest: Some(last) } => format!("between {first} and {last}"),
            Written { earliest: Some(first), latest: None } => format!("on {first} or later"),
            Written { earliest: None, latest: Some(last) } => format!("on {last} or earlier"),
            Written { earliest: None, latest: None } => String::new(),
        };
        self.grounds.iter().map(move |(group, member, why)| {
            let reason = format!("the article was written {written}: {why}");
            (Decision::dated(vec![member.clone()], reason), Some(*group), None)
        })
    }
}

/// For each undated article that shares meetings with others, when it was written, where the meetings tell more than the
/// article itself. What contradicts itself is left out.
pub(crate) fn writings(groups: &[&[Occasion]]) -> BTreeMap<String, Writing> {
    let mut found: BTreeMap<String, Writing> = BTreeMap::new();
    let mut contradicted: BTreeSet<&str> = BTreeSet::new();
    for (number, group) in groups.iter().enumerate() {
        for one in group.iter().filter(|one| one.is_undated()) {
            let article = one.member.article.as_str();
            let Some((bounds, why)) = others_days(one, group).and_then(|days| bounds(one, days)) else { continue };
            let known = found.get(article).map(|writing| writing.days).or(one.told.written).unwrap_or(ANY);
            match known.intersection(bounds) {
                None => _ = contradicted.insert(article),
                Some(days) if days == known => {}
                Some(days) => {
                    let writing =
                        found.entry(article.to_owned()).or_insert_with(|| Writing { days, grounds: Vec::new() });
                    writing.days = days;
                    writing.grounds.push((number, one.member.clone(), why));
                }
            }
        }
    }
    found.retain(|article, _| !contradicted.contains(article.as_str()));
    found
}

const ANY: Days = Days { first: Date::MIN, last: Date::MAX };

/// The days of a meeting as other articles have them, where they agree and are narrow.
fn others_days(one: &Occasion, group: &[Occasion]) -> Option<Days> {
    let others = group.iter().filter(|other| other.member.article != one.member.article && !other.is_undated());
    let mut days = others.filter_map(|other| other.days);
    let first = days.next()?;
    days.try_fold(first, Days::intersection).filter(|days| days.width() <= WIDEST)
}

/// Between which days an article was written that tells of a meeting of these days as `one` does.
fn bounds(one: &Occasion, days: Days) -> Option<(Days, String)> {
    let on = match days.first == days.last {
        true => days.first.to_string(),
        false => format!("{} to {}", days.first, days.last),
    };
    let told = |what: &str| format!("it tells {what}, which other articles put on {on}");
    match outcome(one.status) {
        Outcome::TookPlace if one.status == Status::Ongoing => Some((days, told("of a meeting that was going on"))),
        Outcome::TookPlace => {
            let last = if one.names_a_recent_day { after(days.last, DAYS_AFTER) } else { Date::MAX };
            let what = match one.names_a_recent_day {
                true => "of a meeting that was held within the week",
                false => "of a meeting that was held",
            };
            Some((Days { first: days.first, last }, told(what)))
        }
        Outcome::Ahead => Some((Days { first: Date::MIN, last: days.last }, told("of a meeting that lay ahead"))),
        Outcome::DidNot => None,
    }
}

impl Occasion {
    /// Whether it is not known to some days when the article was written.
    fn is_undated(&self) -> bool {
        self.told.written.is_none_or(|written| written.width() > SOME_DAYS)
    }

    /// Takes over when the article was written, as other articles have it, and what follows for the days of the meeting.
    pub(crate) fn set_written(&mut self, written: Option<Days>) {
        self.published = written.or(self.told.written);
        self.published_latest = self.published.filter(|days| days.last != Date::MAX).map(|days| days.last.to_string());
        (self.when, self.days) = (self.told.when.clone(), self.told.days);
        let (Some(written), Some(when)) = (written, &mut self.when) else { return };
        let days = match when.value.strip_prefix("XXXX-").filter(|value| !value.contains('X')) {
            Some(day) => in_which_year(day, self.status, written),
            None if self.names_a_recent_day => week_around(self.status, written),
            None => None,
        };
        let known = self.told.days.unwrap_or(ANY);
        let Some(days) = days.and_then(|days| days.intersection(known)).filter(|days| *days != known) else { return };
        if days.width() > SOME_DAYS {
            return;
        }
        (when.earliest, when.latest) = (Some(days.first.to_string()), Some(days.last.to_string()));
        if days.first == days.last {
            when.value = days.first.to_string();
        }
        self.days = Some(days);
    }
}

/// How far from its writing, in days, an article tells of a month or day without its year.
const A_YEAR: i64 = 365;

/// The days of a month, or month and day, without its year (`04-27`), where one year alone fits the day of writing.
fn in_which_year(day: &str, status: Status, written: Days) -> Option<Days> {
    if written.first == Date::MIN || written.last == Date::MAX {
        return None;
    }
    let fits = |days: &Days| match outcome(status) {
        Outcome::TookPlace => days.first <= written.last && days.last >= after(written.first, -A_YEAR),
        _ => days.last >= written.first && days.first <= after(written.last, A_YEAR),
    };
    let years = written.first.year() - 1..=written.last.year() + 1;
    let mut found = years.filter_map(|year| Days::of_value(&format!("{year:04}-{day}"))).filter(fits);
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// The days of "Wednesday" or "yesterday" beside the day of writing.
fn week_around(status: Status, written: Days) -> Option<Days> {
    match outcome(status) {
        Outcome::TookPlace if written.first > Date::MIN && written.last < Date::MAX => {
            Some(Days { first: after(written.first, -DAYS_AFTER), last: written.last })
        }
        Outcome::Ahead if written.first > Date::MIN && written.last < Date::MAX => {
            Some(Days { first: written.first, last: after(written.last, DAYS_AFTER) })
        }
        _ => None,
    }
}

fn after(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(first: &str, last: &str) -> Days {
        Days::parse(Some(first), Some(last)).unwrap()
    }

    #[test]
    fn a_day_gets_its_year_where_only_one_fits() {
        let held = |day, first, last| in_which_year(day, Status::Held, days(first, last));
        assert_eq!(held("12-07", "2031-12-08", "2031-12-20"), Some(days("2031-12-07", "2031-12-07")));
        assert_eq!(held("02", "2031-12-08", "2031-12-20"), Some(days("2031-02-01", "2031-02-28")));
        // In December a year ago or this one: both are within a year of the writing.
        assert_eq!(held("12-10", "2031-12-08", "2031-12-20"), None);
        let ahead = in_which_year("01-10", Status::Planned, days("2031-12-08", "2031-12-20"));
        assert_eq!(ahead, Some(days("2032-01-10", "2032-01-10")));
    }

    #[test]
    fn a_weekday_lies_beside_the_day_of_writing() {
        let written = days("2031-12-08", "2031-12-10");
        assert_eq!(week_around(Status::Held, written), Some(days("2031-12-01", "2031-12-10")));
        assert_eq!(week_around(Status::Planned, written), Some(days("2031-12-08", "2031-12-17")));
        assert_eq!(week_around(Status::Held, Days { last: Date::MAX, ..written }), None);
    }
}

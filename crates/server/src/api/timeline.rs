//! How much happened when.

use super::answers::{Bar, Timeline};
use super::index::{Entry, Number, at};
use super::lists::meetings_of;
use super::methods::Context;
use super::parameters::Parameters;
use crate::exchange::Failed;
use std::collections::BTreeMap;

/// More months than these are told as years.
const MONTHS: usize = 240;

/// Nothing in the news of a store is told by bars before this year: what is older is told in passing.
const FIRST_YEAR: i32 = 1900;

#[derive(Default, Clone, Copy)]
struct Tally {
    meetings: usize,
    statements: usize,
    articles: usize,
}

pub(super) fn timeline(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Timeline, Failed> {
    let index = context.index;
    let about = parameters.things("about", index)?;
    let mut months: BTreeMap<i32, Tally> = BTreeMap::new();
    let mut undated = 0;
    let (meetings, statements, articles): (Vec<Number>, Vec<Number>, Vec<Number>) = match about.first() {
        None => (
            (0..).take(index.meetings.len()).collect(),
            (0..).take(index.statements.len()).collect(),
            (0..).take(index.articles.len()).collect(),
        ),
        Some(Entry::Named(number)) => (meetings_of(index, about[0]), index.named[at(*number)].said.clone(), Vec::new()),
        Some(Entry::Meeting(number)) => (vec![*number], index.meetings[at(*number)].mentioned.clone(), Vec::new()),
        Some(other) => (meetings_of(index, *other), Vec::new(), Vec::new()),
    };
    for number in meetings {
        let meeting = &index.meetings[at(number)];
        match middle(meeting.earliest.as_deref(), meeting.latest.as_deref()) {
            Some(month) => months.entry(month).or_default().meetings += 1,
            None => undated += 1,
        }
    }
    for number in statements {
        if let Some(month) = index.statements[at(number)].reported.as_deref().and_then(month) {
            months.entry(month).or_default().statements += 1;
        }
    }
    for number in articles {
        let article = &index.articles[at(number)];
        if let Some(month) = middle(article.earliest.as_deref(), article.latest.as_deref()) {
            months.entry(month).or_default().articles += 1;
        }
    }
    let earlier = leave_out_stragglers(&mut months);
    let (unit, bars) = bars(&months);
    Ok(Timeline { unit: unit.to_owned(), bars, earlier, undated_meetings: undated })
}

/// Where there are too many months for bars, the first ones go as long as they hold less than one in a hundred of all; gives
/// how many meetings and statements they held.
fn leave_out_stragglers(months: &mut BTreeMap<i32, Tally>) -> usize {
    let held = |tally: &Tally| tally.meetings + tally.statements;
    let all: usize = months.values().map(held).sum();
    let mut gone = 0;
    while let (Some((first, tally)), Some((last, _))) = (months.first_key_value(), months.last_key_value()) {
        let many = usize::try_from(last - first).is_ok_and(|length| length > MONTHS);
        if !many || gone + held(tally) > all / 100 {
            break;
        }
        gone += held(tally);
        months.pop_first();
    }
    gone
}

/// The number of a day's month since the year 0.
fn month(day: &str) -> Option<i32> {
    let mut parts = day.split('-');
    let (year, month): (i32, i32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (year >= FIRST_YEAR).then_some(year * 12 + month - 1)
}

fn middle(earliest: Option<&str>, latest: Option<&str>) -> Option<i32> {
    let (first, last) = (earliest.or(latest)?, latest.or(earliest)?);
    Some((month(first)? + month(last)?) / 2)
}

/// Bars without gaps: months, or years where those would be too many.
fn bars(months: &BTreeMap<i32, Tally>) -> (&'static str, Vec<Bar>) {
    let (Some(first), Some(last)) = (months.keys().next(), months.keys().next_back()) else {
        return ("month", Vec::new());
    };
    let by_year = usize::try_from(last - first).is_ok_and(|length| length > MONTHS);
    let (unit, length) = if by_year { ("year", 12) } else { ("month", 1) };
    let mut bars = Vec::new();
    for period in first / length..=last / length {
        let mut sum = Tally::default();
        for (_, tally) in months.range(period * length..(period + 1) * length) {
            sum.meetings += tally.meetings;
            sum.statements += tally.statements;
            sum.articles += tally.articles;
        }
        let name = if by_year { format!("{period:04}") } else { format!("{:04}-{:02}", period / 12, period % 12 + 1) };
        bars.push(Bar { period: name, meetings: sum.meetings, statements: sum.statements, articles: sum.articles });
    }
    (unit, bars)
}

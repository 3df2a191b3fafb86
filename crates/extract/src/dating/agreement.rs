//! The days that most hints allow.

use super::evidence::Evidence;
use demarche_time::{Date, Days};
use std::collections::BTreeSet;

/// Days, and the hints that do not allow them.
pub struct Agreement<'e> {
    /// From the first to the last of the days that most hints allow.
    pub days: Days,
    /// The hints that speak against them.
    pub left_out: Vec<&'e Evidence>,
}

/// How many people have to be called by an office at least: one may be a namesake, or spoken of as in the past.
const HOLDERS: usize = 2;

/// Days so few that two offices have them in common only when one of them passes from hand to hand.
const HANDOVER: i64 = 7;

/// The days that most hints allow; none where fewer than [`HOLDERS`] office-holders or no end bound them, or where more
/// than a quarter of the hints stands against them.
pub fn of(evidence: &[Evidence]) -> Option<Agreement<'_>> {
    // What is allowed changes only on these days.
    let turns: BTreeSet<Date> = evidence
        .iter()
        .flat_map(|hint| &hint.days)
        .flat_map(|days| [Some(days.earliest), days.latest.tomorrow().ok()])
        .flatten()
        .collect();
    let allows = |hint: &Evidence, day: Date| hint.days.iter().any(|days| days.contains(day));
    let votes = |day: Date| evidence.iter().filter(|hint| allows(hint, day)).count();
    let most = turns.iter().map(|&day| votes(day)).max()?;
    let best: Vec<Date> = turns.iter().copied().filter(|&day| votes(day) == most).collect();
    let earliest = *best.first()?;
    // The last stretch lasts until the next turn.
    let latest = turns.range(*best.last()?..).nth(1)?.yesterday().ok()?;
    let days = Days::between(earliest, latest);
    let within = |hint: &Evidence| hint.days.iter().any(|allowed| allowed.overlaps(&days));
    let left_out: Vec<&Evidence> = evidence.iter().filter(|hint| !within(hint)).collect();
    let holders: BTreeSet<&str> =
        evidence.iter().filter(|hint| within(hint)).filter_map(|hint| hint.holder.as_deref()).collect();
    let only_offices = evidence.iter().all(|hint| hint.holder.is_some());
    let bounded = holders.len() >= HOLDERS && !(only_offices && days.len() <= HANDOVER);
    let open = days.latest.year() >= 2100 || days.earliest.year() <= 1900;
    (bounded && !open && left_out.len() * 4 <= evidence.len()).then_some(Agreement { days, left_out })
}

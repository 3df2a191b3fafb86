//! One meeting out of the reports of it.

use crate::agreement::is_narrower;
use crate::corpus::{Corpus, Meeting, Participant, Report, When};
use crate::days::Days;
use crate::disagreement::disagreements;
use crate::key::{Key, Kind};
use crate::label::meeting_label;
use crate::occasion::Occasion;
use demarche_record::{ParticipantRole, Status};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn label(meeting: &Meeting, corpus: &Corpus) -> String {
    let names: Vec<&str> = meeting.participants.iter().filter_map(|p| corpus.label(&p.agent)).collect();
    let place = meeting.place.as_ref().and_then(|place| corpus.label(place));
    meeting_label(&names, place, meeting.when.as_ref(), meeting.status)
}

/// What the reports come to together.
pub(crate) fn fuse(group: &[Occasion], corpus: &Corpus) -> Meeting {
    let first = group.iter().map(|candidate| candidate.fingerprint.as_str()).min().unwrap_or_default();
    let mut reports: Vec<Report> = group
        .iter()
        .map(|candidate| Report {
            published: candidate.published_latest.clone(),
            member: candidate.member.clone(),
            status: candidate.status,
            claimed_by: candidate.claimed_by.clone(),
        })
        .collect();
    reports.sort();

    let mut roles: BTreeMap<&Key, ParticipantRole> = BTreeMap::new();
    for (agent, role) in group.iter().flat_map(|candidate| &candidate.participants) {
        let known = roles.entry(agent).or_insert(*role);
        *known = (*known).max(*role);
    }
    // A state that somebody speaks for is not named beside them.
    let side_of: BTreeMap<&Key, &String> = group.iter().flat_map(|candidate| &candidate.side_of).collect();
    let named = side_of.iter().filter(|(agent, _)| agent.kind() != Kind::Place);
    let spoken_for: BTreeSet<&String> = named.map(|(_, side)| *side).collect();
    let stands = |agent: &Key| agent.kind() != Kind::Place || !spoken_for.contains(side_of[agent]);
    // Unless somebody met the state itself: "Congress wants consultations with the government".
    if roles.keys().filter(|agent| stands(agent)).count() >= 2 {
        roles.retain(|agent, _| stands(agent));
    }
    let participants: Vec<Participant> =
        roles.into_iter().map(|(agent, role)| Participant { agent: agent.clone(), role }).collect();

    let held = reports.iter().find(|report| report.status == Status::Held);
    let ongoing = reports.iter().find(|report| report.status == Status::Ongoing);
    let status = held.or(ongoing).or(reports.last()).map_or(Status::Possible, |report| report.status);

    let days = fused_days(group);
    let disagreements = disagreements(group, days, corpus);
    let topics: BTreeSet<&String> = group.iter().flat_map(|candidate| &candidate.topics).collect();
    let mut meeting = Meeting {
        key: Key::digest(Kind::Meeting, &[first]),
        label: String::new(),
        status,
        mode: told_by_most(group, |candidate| candidate.mode.as_ref(), |_, _| false),
        kind: most_frequent_kind(group),
        place: told_by_most(
            group,
            |candidate| candidate.place.as_ref(),
            |inner, outer| is_narrower(inner, outer, corpus),
        ),
        when: fused_time(group, days),
        topics: topics.into_iter().cloned().collect(),
        confidence: group.iter().map(|candidate| candidate.confidence).fold(0.0, f64::max),
        participants,
        reports,
        disagreements,
    };
    meeting.label = label(&meeting, corpus);
    meeting
}

fn most_frequent_kind(group: &[Occasion]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for candidate in group {
        *counts.entry(candidate.kind.as_str()).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or_default();
    counts.into_iter().find(|(_, count)| *count == most).map(|(kind, _)| kind.to_owned()).unwrap_or_default()
}

/// What most articles tell; nothing where two are told by as many. Who tells a thing tells also what is `narrower` and told by
/// others: a town for its state.
fn told_by_most<'o, T: Ord + Clone + 'o>(
    group: &'o [Occasion],
    told: impl Fn(&'o Occasion) -> Option<&'o T>,
    is_narrower: impl Fn(&T, &T) -> bool,
) -> Option<T> {
    let mut articles: BTreeMap<&T, BTreeSet<&str>> = BTreeMap::new();
    for candidate in group {
        if let Some(value) = told(candidate) {
            articles.entry(value).or_default().insert(&candidate.member.article);
        }
    }
    let wide = |value: &T| articles.keys().any(|other| is_narrower(other, value));
    let mut ranked: Vec<(usize, &T)> =
        articles.iter().filter(|(value, _)| !wide(value)).map(|(value, of)| (of.len(), *value)).collect();
    ranked.sort_by_key(|(articles, _)| std::cmp::Reverse(*articles));
    match ranked[..] {
        [(most, _), (next, _), ..] if most == next => None,
        [(_, value), ..] => Some(value.clone()),
        [] => None,
    }
}

/// The days that all dated reports agree on; where no day fits all of them, the days from the first to the last told.
fn fused_days(group: &[Occasion]) -> Option<Days> {
    let dated = || group.iter().filter_map(|candidate| candidate.days.filter(|_| candidate.when.is_some()));
    let all = dated().try_fold(None::<Days>, |known, days| match known {
        None => Some(Some(days)),
        Some(known) => known.intersection(days).map(Some),
    });
    all.unwrap_or_else(|| dated().reduce(Days::hull))
}

/// The days of the meeting, with the value of a report that says just that where there is one.
fn fused_time(group: &[Occasion], days: Option<Days>) -> Option<When> {
    let Some(days) = days else { return group.iter().filter_map(|candidate| candidate.when.clone()).min() };
    let (earliest, latest) = (days.first.to_string(), days.last.to_string());
    let same = group.iter().filter(|candidate| candidate.days == Some(days));
    let told = same.filter_map(|candidate| candidate.when.as_ref()).map(|time| time.value.as_str()).min();
    let value = match told {
        Some(value) => value.to_owned(),
        None if days.first == days.last => earliest.clone(),
        None => format!("{earliest}/{latest}"),
    };
    Some(When { value, earliest: Some(earliest), latest: Some(latest) })
}

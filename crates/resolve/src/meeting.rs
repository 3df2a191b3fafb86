//! Which reports are of the same meeting.

use crate::corpus::{Corpus, Meeting, Member, Participant, Report, When, articles};
use crate::days::Days;
use crate::decision::Decision;
use crate::key::{Key, Kind, digest};
use crate::label::{enumeration, meeting_label};
use demarche_record::{self as record, MeetingTime, Mode, ParticipantRole, PlaceKind, Record, Status};
use std::collections::{BTreeMap, BTreeSet};

/// One record's meeting, its ids resolved.
struct Candidate<'a> {
    /// A digest of the article and what it says of the meeting; independent of all other articles.
    fingerprint: String,
    member: Member,
    meeting: &'a record::Meeting,
    /// Each participant once, with the most telling of its roles.
    participants: BTreeMap<Key, ParticipantRole>,
    place: Option<Key>,
    days: Option<Days>,
    published: Option<Days>,
    published_latest: Option<String>,
}

impl Candidate<'_> {
    /// The days of the meeting, else those on which the article can have appeared.
    fn reference_days(&self) -> Option<Days> {
        self.days.or(self.published)
    }
}

/// Statuses that do not contradict each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    TookPlace,
    Ahead,
    DidNot,
}

fn outcome(status: Status) -> Outcome {
    match status {
        Status::Held | Status::Ongoing => Outcome::TookPlace,
        Status::Planned | Status::Proposed | Status::Possible | Status::Postponed => Outcome::Ahead,
        Status::Cancelled | Status::Denied => Outcome::DidNot,
    }
}

pub(crate) fn meetings(records: &[&Record], corpus: &mut Corpus, keys: &mut BTreeMap<Member, Key>) {
    let mut blocks: BTreeMap<Vec<Key>, Vec<Candidate>> = BTreeMap::new();
    for record in records {
        for meeting in &record.meetings {
            let candidate = candidate(record, meeting, keys);
            corpus.fingerprints.insert(candidate.member.clone(), candidate.fingerprint.clone());
            if candidate.participants.len() < 2 {
                let reason = "a meeting needs two participants, and this one's are the same".to_owned();
                corpus.decisions.push(Decision::set_aside(vec![candidate.member], reason));
                continue;
            }
            blocks.entry(candidate.participants.keys().cloned().collect()).or_default().push(candidate);
        }
    }
    let mut found = Vec::new();
    for block in blocks.into_values() {
        for group in groups(block, corpus) {
            let meeting = fuse(&group, corpus);
            let members: Vec<Member> = group.iter().map(|candidate| candidate.member.clone()).collect();
            keys.extend(members.iter().map(|member| (member.clone(), meeting.key.clone())));
            if members.len() > 1 {
                let reason = reason(&group, &meeting, corpus);
                let decision = Decision::same(Vec::new(), members, 80, reason);
                corpus.decisions.push(Decision { about: Some(meeting.key.clone()), ..decision });
            }
            found.push(meeting);
        }
    }
    found.sort_by(|a, b| a.key.cmp(&b.key));
    corpus.meetings = found;
}

fn candidate<'a>(record: &Record, meeting: &'a record::Meeting, keys: &BTreeMap<Member, Key>) -> Candidate<'a> {
    let key = |local: &str| keys.get(&Member::new(record, local)).cloned();
    let mut participants = BTreeMap::new();
    for participant in &meeting.participants {
        if let Some(agent) = key(&participant.entity) {
            let role = participants.entry(agent).or_insert(participant.role);
            *role = (*role).max(participant.role);
        }
    }
    let mut parts = vec![record.id.clone(), meeting.status.to_string()];
    parts.extend(meeting.time.iter().map(|time| format!("{} {}", time.span.start(), time.value)));
    parts.extend(meeting.mentions.iter().map(|m| format!("{}-{}", m.trigger.start(), m.trigger.end())));
    let mut local: Vec<String> = meeting.participants.iter().map(|p| local_name(record, &p.entity)).collect();
    local.sort();
    parts.extend(local);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let time = meeting.time.as_ref();
    Candidate {
        fingerprint: digest(&parts),
        member: Member::new(record, &meeting.id),
        meeting,
        participants,
        place: meeting.place.as_deref().and_then(key).filter(|place| place.kind() == Kind::Place),
        days: time.and_then(|time| Days::parse(time.earliest.as_deref(), time.latest.as_deref())),
        published: Days::parse(record.published.earliest.as_deref(), record.published.latest.as_deref()),
        published_latest: record.published.latest.clone(),
    }
}

/// What the record itself calls a participant, so that a fingerprint does not hang on ids.
fn local_name(record: &Record, id: &str) -> String {
    let person = record.people.iter().find(|person| person.id == id).map(|person| &person.name);
    let organization = || record.organizations.iter().find(|body| body.id == id).map(|body| &body.name);
    let place = || record.places.iter().find(|place| place.id == id).map(|place| &place.name);
    person.or_else(organization).or_else(place).cloned().unwrap_or_default()
}

/// Puts the reports about the same participants into groups, one for each occasion. The narrowest in time open the
/// groups; a wider one joins where exactly one group fits. A fixed order makes the result independent of the input's.
fn groups<'a>(mut block: Vec<Candidate<'a>>, corpus: &Corpus) -> Vec<Vec<Candidate<'a>>> {
    block.sort_by_cached_key(|candidate| {
        let width = candidate.days.map_or(i64::MAX, Days::width);
        (width, candidate.days, candidate.fingerprint.clone(), candidate.member.clone())
    });
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    for candidate in block {
        let twin = groups.iter().position(|group| group.iter().any(|c| c.fingerprint == candidate.fingerprint));
        let mut fitting = (0..groups.len()).filter(|&i| fits(&groups[i], &candidate, corpus));
        match (twin, fitting.next(), fitting.next()) {
            (Some(group), ..) | (None, Some(group), None) => groups[group].push(candidate),
            _ => groups.push(vec![candidate]),
        }
    }
    groups
}

/// Whether a report is of the same occasion as a group: it contradicts none of its reports and is tied to one.
fn fits(group: &[Candidate], candidate: &Candidate, corpus: &Corpus) -> bool {
    group.iter().all(|other| agree(other, candidate, corpus)) && group.iter().any(|other| tied(other, candidate))
}

/// Whether nothing that two reports say keeps them apart.
fn agree(a: &Candidate, b: &Candidate, corpus: &Corpus) -> bool {
    // An article's own reading already tells its occasions apart.
    let days = a.member.article != b.member.article
        && match (a.days, b.days) {
            (Some(x), Some(y)) => x.intersection(y).is_some(),
            _ => matches!((a.reference_days(), b.reference_days()), (Some(x), Some(y)) if x.is_near(y)),
        };
    days && places_agree(a.place.as_ref(), b.place.as_ref(), corpus) && modes_agree(a.meeting.mode, b.meeting.mode)
}

/// Whether what two reports say that agree is enough to take them for one occasion.
fn tied(a: &Candidate, b: &Candidate) -> bool {
    let same_outcome = outcome(a.meeting.status) == outcome(b.meeting.status);
    match (a.days, b.days) {
        (Some(x), Some(y)) => same_outcome || x.is_narrow() && y.is_narrow(),
        _ => same_outcome && a.place.is_some() && a.place == b.place,
    }
}

fn places_agree(a: Option<&Key>, b: Option<&Key>, corpus: &Corpus) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || lies_in(a, b, corpus) || lies_in(b, a, corpus),
        _ => true,
    }
}

/// Whether `inner` is known to lie in the state `outer`.
fn lies_in(inner: &Key, outer: &Key, corpus: &Corpus) -> bool {
    match (corpus.place(inner), corpus.place(outer)) {
        (Some(inner), Some(outer)) => {
            outer.kind == PlaceKind::Country
                && inner.kind != PlaceKind::Country
                && outer.country.is_some()
                && outer.country == inner.country
        }
        _ => false,
    }
}

fn modes_agree(a: Option<Mode>, b: Option<Mode>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn fuse(group: &[Candidate], corpus: &Corpus) -> Meeting {
    let first = group.iter().map(|candidate| candidate.fingerprint.as_str()).min().unwrap_or_default();
    let mut reports: Vec<Report> = group
        .iter()
        .map(|candidate| Report {
            published: candidate.published_latest.clone(),
            member: candidate.member.clone(),
            status: candidate.meeting.status,
        })
        .collect();
    reports.sort();

    let mut roles: BTreeMap<&Key, ParticipantRole> = BTreeMap::new();
    for (agent, role) in group.iter().flat_map(|candidate| &candidate.participants) {
        let known = roles.entry(agent).or_insert(*role);
        *known = (*known).max(*role);
    }
    let participants: Vec<Participant> =
        roles.into_iter().map(|(agent, role)| Participant { agent: agent.clone(), role }).collect();

    let held = reports.iter().find(|report| report.status == Status::Held);
    let ongoing = reports.iter().find(|report| report.status == Status::Ongoing);
    let status = held.or(ongoing).or(reports.last()).map_or(Status::Possible, |report| report.status);

    let places: BTreeSet<&Key> = group.iter().filter_map(|candidate| candidate.place.as_ref()).collect();
    let is_state = |key: &Key| corpus.place(key).is_some_and(|place| place.kind == PlaceKind::Country);
    let place = places.iter().find(|key| !is_state(key)).or(places.first()).map(|key| (*key).clone());
    let when = fused_time(group);
    let names: Vec<&str> = participants.iter().filter_map(|p| corpus.label(&p.agent)).collect();
    let place_name = place.as_ref().and_then(|place| corpus.label(place));
    let topics: BTreeSet<&str> =
        group.iter().flat_map(|candidate| &candidate.meeting.topics).map(|topic| topic.text()).collect();
    Meeting {
        key: Key::digest(Kind::Meeting, &[first]),
        label: meeting_label(&names, place_name, when.as_ref(), status),
        status,
        mode: group.iter().filter_map(|candidate| candidate.meeting.mode).min(),
        kind: most_frequent_kind(group),
        place,
        when,
        topics: topics.into_iter().map(str::to_owned).collect(),
        confidence: group.iter().map(|candidate| candidate.meeting.confidence).fold(0.0, f64::max),
        participants,
        reports,
    }
}

fn most_frequent_kind(group: &[Candidate]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for candidate in group {
        *counts.entry(candidate.meeting.kind.as_str()).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or_default();
    counts.into_iter().find(|(_, count)| *count == most).map(|(kind, _)| kind.to_owned()).unwrap_or_default()
}

/// The days that all dated reports agree on, with the value of a report that says just that where there is one.
fn fused_time(group: &[Candidate]) -> Option<When> {
    let dated: Vec<(&MeetingTime, Days)> =
        group.iter().filter_map(|candidate| Some((candidate.meeting.time.as_ref()?, candidate.days?))).collect();
    let Some(days) = dated.iter().map(|(_, days)| *days).reduce(|a, b| a.intersection(b).unwrap_or(a)) else {
        let undated = group.iter().filter_map(|candidate| candidate.meeting.time.as_ref()).map(of_record).min();
        return undated;
    };
    let (earliest, latest) = (days.first.to_string(), days.last.to_string());
    let told = dated.iter().filter(|(_, of_report)| *of_report == days).map(|(time, _)| time.value.as_str()).min();
    let value = match told {
        Some(value) => value.to_owned(),
        None if days.first == days.last => earliest.clone(),
        None => format!("{earliest}/{latest}"),
    };
    Some(When { value, earliest: Some(earliest), latest: Some(latest) })
}

/// A record's time as it stands.
pub(crate) fn of_record(time: &MeetingTime) -> When {
    When { value: time.value.clone(), earliest: time.earliest.clone(), latest: time.latest.clone() }
}

fn reason(group: &[Candidate], meeting: &Meeting, corpus: &Corpus) -> String {
    let names: Vec<&str> = meeting.participants.iter().filter_map(|p| corpus.label(&p.agent)).collect();
    let members: Vec<Member> = group.iter().map(|candidate| candidate.member.clone()).collect();
    let mut reason = format!("the same participants ({}) in {} articles", enumeration(&names), articles(&members));
    if group.iter().filter(|candidate| candidate.days.is_some()).count() > 1
        && let Some(When { earliest: Some(earliest), latest: Some(latest), .. }) = &meeting.when
    {
        reason.push_str(&match earliest == latest {
            true => format!("; all agree on {earliest}"),
            false => format!("; all agree on {earliest} to {latest}"),
        });
    }
    if group.iter().any(|candidate| candidate.days.is_none()) {
        reason.push_str(&format!("; the same place and at most {} days apart", crate::NEARBY_DAYS));
    } else if let Some(place) = meeting.place.as_ref().and_then(|place| corpus.label(place)) {
        reason.push_str(&format!("; no other place than {place}"));
    }
    let mut words: Vec<&str> = meeting.reports.iter().map(|report| report.status.as_str()).collect();
    words.dedup();
    if words.len() > 1 {
        reason.push_str(&format!("; reported as {}", words.join(", then ")));
    }
    reason
}

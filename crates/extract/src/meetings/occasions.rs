//! Which namings are of one meeting: an occasion is told of many times, and each time a little more of it.

use super::naming::Naming;
use super::phrase::Text;
use super::setting::narrowness;
use super::times::{Time, edtf};
use super::{Meeting, Rule};
use crate::entities::EntityId;
use demarche_record::{MeetingTime, Mode, ParticipantRole, Status, is_talks};
use demarche_time::Days;

/// A meeting in the making.
struct Occasion {
    meeting: Meeting,
    /// Whether the status was told by a naming, rather than supposed.
    status_told: bool,
    mode_told: bool,
    /// Every time that was told of it.
    when: Vec<When>,
    /// Its place in a row of meetings of its kind.
    ordinal: Option<(&'static str, u8)>,
    /// The last naming's first token, for what "the meeting" refers to.
    last: usize,
    /// Found in the body at least once.
    in_body: bool,
    /// With people whom the article does not name: kept only so that "the meeting" is not taken for one of others.
    with_strangers: bool,
}

impl Occasion {
    /// Whether a telling can be of its day. What is quoted counts its days from when it was said.
    fn agrees(&self, when: &When, quoted: bool) -> bool {
        quoted || self.when.iter().any(|told| told.agrees(when))
    }
}

/// Puts namings together to meetings.
pub fn join(text: Text, namings: Vec<Naming>, times: &[Time]) -> Vec<Meeting> {
    let mut occasions: Vec<Occasion> = Vec::new();
    // What a headline leaves out stands in the body: a headline that does not name two is read after it.
    let (headlines, body): (Vec<_>, Vec<_>) = namings.into_iter().partition(|n| n.headline && n.participants.len() < 2);
    for mut naming in body.into_iter().chain(headlines) {
        drop_states_of_people(text, &mut naming);
        let when = When::of(naming.time.map(|t| &times[t]));
        if naming.participants.len() < 2 {
            refer(text, &mut occasions, naming, when, times);
            continue;
        }
        let same = (0..occasions.len()).rev().find(|&i| is_same(text, &occasions[i], &naming, &when));
        match same {
            Some(i) => enrich(text, &mut occasions[i], naming, when, times),
            None => occasions.push(open(text, naming, when, times)),
        }
    }
    occasions
        .into_iter()
        .filter(|occasion| !occasion.with_strangers)
        .map(|mut occasion| {
            occasion.meeting.mentions.sort_by_key(|(_, trigger)| trigger.start);
            if !occasion.in_body {
                occasion.meeting.rule = Rule::Headline;
            }
            occasion.meeting
        })
        .collect()
}

/// Where a person is named with the state that they act for, the person takes part.
fn drop_states_of_people(text: Text, naming: &mut Naming) {
    if naming.participants.len() < 3 {
        return;
    }
    let people: Vec<&'static str> = naming
        .participants
        .iter()
        .filter(|(id, _)| matches!(id, EntityId::Person(_)))
        .filter_map(|(id, _)| text.entities.state_of(*id).map(|state| state.iso))
        .collect();
    naming.participants.retain(|(id, _)| {
        matches!(id, EntityId::Person(_))
            || !text.entities.state_of(*id).is_some_and(|state| people.contains(&state.iso))
    });
}

/// Past, or still to come (or never to come).
fn is_past(status: Status) -> bool {
    matches!(status, Status::Held | Status::Ongoing)
}

fn compatible_status(a: Status, b: Status) -> bool {
    is_past(a) == is_past(b)
}

/// When a meeting is, as far as it is told.
#[derive(Debug, Clone, Default)]
struct When {
    days: Option<Days>,
    value: Option<String>,
}

impl When {
    fn of(time: Option<&Time>) -> Self {
        Self { days: time.and_then(|t| t.resolved.days), value: time.map(|t| t.resolved.value.clone()) }
    }

    /// Whether two tellings can be of one day. Where the days are not known, what is known of the values must agree
    /// ("XXXX-06" and "XXXX-12-07" do not). Of two tellings of one sort of time in the past that differ by days and are vague, the
    /// vague one gives way.
    fn agrees(&self, other: &Self) -> bool {
        match (self.days, other.days) {
            (Some(a), Some(b)) => a.overlaps(&b),
            (None, None) => match (&self.value, &other.value) {
                (Some(a), Some(b)) => {
                    let calendar = |v: &str| {
                        v.starts_with(|c: char| c.is_ascii_digit() || c == 'X') && !v.contains(['W', 'Q', 'S', 'F'])
                    };
                    !(calendar(a) && calendar(b))
                        || a.chars().zip(b.chars()).all(|(x, y)| x == y || x == 'X' || y == 'X')
                }
                _ => true,
            },
            _ => true,
        }
    }
}

fn compatible_place(text: Text, a: Option<EntityId>, b: Option<EntityId>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) if a != b => {
            // A city lies in its country, a building in its city.
            let iso = |id| match id {
                EntityId::Place(i) => {
                    let place = &text.entities.places[i];
                    (place.country.clone().or_else(|| place.state.map(|s| s.iso.to_owned())), place.state.is_some())
                }
                EntityId::Organization(_) => (text.entities.state_of(id).map(|state| state.iso.to_owned()), false),
                EntityId::Person(_) => (None, false),
            };
            let ((country_a, state_a), (country_b, state_b)) = (iso(a), iso(b));
            match (country_a, country_b) {
                (Some(x), Some(y)) => x == y && (state_a || state_b),
                _ => !matches!((a, b), (EntityId::Place(_), EntityId::Place(_))),
            }
        }
        _ => true,
    }
}

fn compatible_mode(a: (Option<Mode>, bool), b: (Option<Mode>, bool)) -> bool {
    match (a.0, b.0) {
        (Some(x), Some(y)) => x == y || !(a.1 && b.1),
        _ => true,
    }
}

fn ids(participants: &[(EntityId, ParticipantRole)]) -> Vec<EntityId> {
    participants.iter().map(|(id, _)| *id).collect()
}

/// Two ids that can be one participant: the same, or a person and the state that they act for.
fn stands_for(text: Text, a: EntityId, b: EntityId) -> bool {
    a == b || {
        let person = matches!(a, EntityId::Person(_)) != matches!(b, EntityId::Person(_));
        person && matches!((text.entities.state_of(a), text.entities.state_of(b)), (Some(x), Some(y)) if x.iso == y.iso)
    }
}

/// Whether somebody hosts all of `sides` and is none of them: who welcomes two presidents to their summit has a part in the
/// welcome, not in the summit.
fn receives_the_sides(participants: &[(EntityId, ParticipantRole)], sides: &[EntityId]) -> bool {
    let (hosts, others): (Vec<_>, Vec<_>) = participants.iter().partition(|(_, role)| *role == ParticipantRole::Host);
    sides.len() >= 2
        && !hosts.is_empty()
        && hosts.iter().all(|(id, _)| !sides.contains(id))
        && others.len() == sides.len()
        && others.iter().all(|(id, _)| sides.contains(id))
}

/// "the first debate" is not "the second debate".
fn compatible_ordinal(occasion: &Occasion, naming: &Naming) -> bool {
    match (occasion.ordinal, naming.ordinal) {
        (Some((kind, a)), Some(b)) => kind != naming.kind || a == b,
        _ => true,
    }
}

fn same_ordinal(occasion: &Occasion, naming: &Naming) -> bool {
    naming.ordinal.is_some_and(|ordinal| occasion.ordinal == Some((naming.kind, ordinal)))
}

/// A call that is told of in passing is not the meeting that is planned or proposed.
fn is_call_beside_plan(occasion: &Occasion, naming: &Naming) -> bool {
    let call = occasion.meeting.mode == Some(Mode::Phone) && occasion.mode_told && !occasion.status_told;
    let plan = naming.status_told && naming.status.is_some_and(|status| !is_past(status));
    call && plan && matches!(naming.kind, "meeting" | "summit" | "visit" | "dinner" | "lunch")
}

fn is_same(text: Text, occasion: &Occasion, naming: &Naming, when: &When) -> bool {
    let (a, b) = (ids(&occasion.meeting.participants), ids(&naming.participants));
    let common = b.iter().filter(|id| a.contains(id)).count();
    // "the US-Russian summit" is that of the presidents; who visits a state "to meet its king" visits the king.
    let visit = naming.kind == "visit" || occasion.meeting.kind == "visit";
    let at_once = common >= 1 && naming.trigger.saturating_sub(occasion.last) < 40;
    let summit = naming.definite || naming.kind == "summit" || occasion.meeting.kind == "summit";
    let through_states = (if visit { naming.definite || at_once } else { summit })
        && a.len() == 2
        && b.len() == 2
        && b.iter().all(|id| a.iter().any(|other| stands_for(text, *id, *other)))
        && a.iter().all(|id| b.iter().any(|other| stands_for(text, *id, *other)));
    let same_people = common == a.len().min(b.len()) && common >= 2 || through_states;
    if !same_people
        || occasion.with_strangers
        || is_call_beside_plan(occasion, naming)
        || is_visit_beside_talks(occasion, naming)
        || !compatible_ordinal(occasion, naming)
        || receives_the_sides(&occasion.meeting.participants, &b)
        || receives_the_sides(&naming.participants, &a)
    {
        return false;
    }
    let status = naming.status.unwrap_or(occasion.meeting.status);
    let distance = naming.trigger.saturating_sub(occasion.last);
    if naming.other
        && !same_ordinal(occasion, naming)
        && !(when.days.is_some() && occasion.when.iter().any(|told| told.days == when.days))
        && !(is_past(status)
            && is_past(occasion.meeting.status)
            && occasion.when.iter().all(|told| told.days.is_none()))
    {
        // "another meeting": a different one, unless the day is the same.
        if occasion.status_told && !compatible_status(status, occasion.meeting.status) || distance < 3 {
            return false;
        }
    }
    let (mode_a, mode_b) = ((occasion.meeting.mode, occasion.mode_told), (naming.mode, naming.mode_told));
    occasion.agrees(when, naming.quoted)
        && (!naming.status_told || !occasion.status_told || compatible_status(status, occasion.meeting.status))
        && compatible_place(text, occasion.meeting.place, naming.place)
        && compatible_mode(mode_a, mode_b)
}

/// A visit to come is another thing than talks to come of which no place is told.
fn is_visit_beside_talks(occasion: &Occasion, naming: &Naming) -> bool {
    naming.kind == "visit"
        && is_talks(&occasion.meeting.kind)
        && occasion.meeting.place.is_none()
        && !naming.status.is_some_and(is_past)
        && !is_past(occasion.meeting.status)
}

/// How many tokens after it a meeting may be referred to.
const REACH: usize = 400;

/// A naming without two participants of its own: "the meeting lasted two hours", "they met in Bern".
fn refer(text: Text, occasions: &mut Vec<Occasion>, naming: Naming, when: When, times: &[Time]) {
    if naming.stranger {
        if !naming.headline {
            let last = occasions.last().map_or(0, |o| o.last);
            occasions.push(Occasion {
                with_strangers: true,
                last: naming.trigger.max(last),
                ..open(text, naming, when, times)
            });
        }
        return;
    }
    let near = |occasion: &Occasion| naming.headline || naming.trigger.saturating_sub(occasion.last) < REACH;
    let mut wants = ids(&naming.participants);
    // Another occasion of people who met before: "their first since a summit in June", "He proposed a summit".
    let proposes = naming.status == Some(Status::Proposed) && wants.len() == 1 && !naming.definite && naming.governed;
    if proposes || naming.since && wants.is_empty() {
        let of_these = |o: &&Occasion| near(o) && wants.iter().all(|id| ids(&o.meeting.participants).contains(id));
        let known = |o: &&Occasion| is_past(o.meeting.status) && o.meeting.participants.len() == 2 && !o.with_strangers;
        let status = if naming.since { Some(Status::Held) } else { naming.status };
        if let Some(before) = occasions.iter().rev().filter(of_these).find(known) {
            let participants = sides(&before.meeting.participants);
            occasions.push(open(text, Naming { participants, status, ..naming }, when, times));
            return;
        }
    }
    if !naming.definite && !naming.plural && naming.participants.is_empty() || naming.verbal && !naming.plural {
        return;
    }
    if naming.joins {
        wants.clear();
    }
    let status = naming.status;
    // "the visit" is one of somebody who is said to visit.
    let visit = matches!(naming.kind, "visit" | "trip");
    if visit && naming.participants.is_empty() {
        return;
    }
    // "the debate" is no other thing; "the meeting" may be any.
    let of_kind = |occasion: &Occasion| {
        !matches!(naming.kind, "debate" | "hearing" | "conference") || occasion.meeting.kind == naming.kind
    };
    let fits = |occasion: &Occasion| {
        let who = ids(&occasion.meeting.participants);
        near(occasion)
            && of_kind(occasion)
            && compatible_ordinal(occasion, &naming)
            && wants
                .iter()
                .all(|id| who.iter().any(|other| if visit { id == other } else { stands_for(text, *id, *other) }))
            && occasion.agrees(&when, naming.quoted)
            && compatible_place(text, occasion.meeting.place, naming.place)
            && compatible_mode((occasion.meeting.mode, occasion.mode_told), (naming.mode, naming.mode_told))
            && !(occasion.with_strangers && naming.plural)
    };
    let clean = |occasion: &Occasion| {
        (!occasion.status_told || status.is_none_or(|s| compatible_status(s, occasion.meeting.status)))
            && (!naming.other || same_ordinal(occasion, &naming))
    };
    let first = |i: &usize| fits(&occasions[*i]) && clean(&occasions[*i]);
    let candidate = if naming.headline {
        (0..occasions.len()).find(first)
    } else {
        // "we have had talks with Chile" is rather a meeting of somebody's than one of Chile and Peru.
        let of_people = |i: usize| {
            naming.definite
                || naming.plural
                || occasions[i].meeting.participants.iter().any(|(id, _)| matches!(id, EntityId::Person(_)))
        };
        (0..occasions.len()).filter(first).max_by_key(|&i| (of_people(i), occasions[i].last))
    };
    if (naming.definite || naming.plural || !wants.is_empty())
        && let Some(i) = candidate
        && (naming.definite || naming.plural || wants.len() == 1 && !naming.other)
    {
        let participants = if naming.joins { naming.participants.clone() } else { Vec::new() };
        enrich(text, &mut occasions[i], Naming { participants, ..naming }, when, times);
        return;
    }
    // "they met again in June", "the second debate": the same people, another occasion.
    let next = |o: &&Occasion| {
        naming.plural && wants.iter().all(|id| ids(&o.meeting.participants).contains(id))
            || naming.definite && naming.ordinal.is_some() && o.meeting.kind == naming.kind && o.ordinal.is_some()
    };
    if let Some(last) = occasions.iter().rev().filter(|o| near(o) && !o.with_strangers).find(next) {
        let participants = last.meeting.participants.clone();
        occasions.push(open(text, Naming { participants, ..naming }, when, times));
    }
}

/// Who took part, without having been host or guest: another meeting of theirs need not be so.
fn sides(participants: &[(EntityId, ParticipantRole)]) -> Vec<(EntityId, ParticipantRole)> {
    participants.iter().map(|(id, _)| (*id, ParticipantRole::Participant)).collect()
}

fn meeting_time(text: Text, time: &Time) -> MeetingTime {
    let earliest = time.resolved.days.map(|days| days.earliest.to_string());
    let latest = time.resolved.days.map(|days| days.latest.to_string());
    MeetingTime {
        span: text.document.span_of_bytes(time.bytes.clone()),
        value: edtf(&time.resolved.value, earliest.as_deref(), latest.as_deref()),
        earliest,
        latest,
    }
}

fn open(text: Text, naming: Naming, when: When, times: &[Time]) -> Occasion {
    let status = naming.status.unwrap_or(Status::Held);
    let rule = match (naming.verbal, naming.status) {
        (true, Some(_)) => Rule::Verb,
        (true, None) => Rule::VerbAlone,
        (false, Some(_)) => Rule::Noun,
        (false, None) => Rule::NounAlone,
    };
    let mut occasion = Occasion {
        status_told: naming.status_told,
        mode_told: naming.mode_told,
        when: vec![when],
        ordinal: naming.ordinal.map(|ordinal| (naming.kind, ordinal)),
        last: naming.trigger,
        in_body: !naming.headline,
        with_strangers: false,
        meeting: Meeting {
            participants: naming.participants.clone(),
            status,
            mode: naming.mode,
            kind: naming.kind.to_owned(),
            place: naming.place,
            time: naming.time.map(|t| meeting_time(text, &times[t])),
            topics: naming.topics.clone(),
            mentions: vec![(naming.phrase.clone(), naming.trigger..naming.trigger + 1)],
            rule,
        },
    };
    settle_mode(&mut occasion);
    occasion
}

/// A place makes a meeting one in person, where nothing else is told; a call has none.
fn settle_mode(occasion: &mut Occasion) {
    if matches!(occasion.meeting.mode, Some(Mode::Phone | Mode::Video)) && occasion.mode_told {
        occasion.meeting.place = None;
    }
    if occasion.meeting.mode.is_none() && occasion.meeting.place.is_some() {
        occasion.meeting.mode = Some(Mode::InPerson);
        occasion.mode_told = true;
    }
}

fn rank(status: Status) -> u8 {
    match status {
        Status::Cancelled | Status::Postponed => 5,
        Status::Denied => 4,
        Status::Held => 4,
        Status::Ongoing => 3,
        Status::Planned => 2,
        Status::Proposed => 1,
        Status::Possible => 0,
    }
}

fn enrich(text: Text, occasion: &mut Occasion, naming: Naming, when: When, times: &[Time]) {
    let meeting = &mut occasion.meeting;
    for (id, role) in naming.participants {
        let known = meeting.participants.iter_mut();
        match known.into_iter().find(|(other, _)| stands_for(text, *other, id)) {
            Some((other, old)) => {
                // The person in the place of the state that he or she acts for.
                if matches!(id, EntityId::Person(_)) {
                    *other = id;
                }
                if *old == ParticipantRole::Participant {
                    *old = role;
                }
            }
            None => meeting.participants.push((id, role)),
        }
    }
    if let Some(status) = naming.status.filter(|_| naming.status_told) {
        if !occasion.status_told || rank(status) > rank(meeting.status) {
            meeting.status = status;
        }
        occasion.status_told = true;
    }
    if naming.mode.is_some() && (meeting.mode.is_none() || naming.mode_told && !occasion.mode_told) {
        meeting.mode = naming.mode;
    }
    occasion.mode_told |= naming.mode_told;
    occasion.ordinal = occasion.ordinal.or(naming.ordinal.map(|ordinal| (naming.kind, ordinal)));
    meeting.place = match (meeting.place, naming.place) {
        (Some(old), Some(new)) if narrowness(text, new) > narrowness(text, old) => Some(new),
        (old, new) => old.or(new),
    };
    if let Some(t) = naming.time {
        let old = meeting.time.as_ref().and_then(|_| occasion.when.iter().rev().find_map(|told| told.days));
        let fits = occasion.when.iter().all(|told| told.agrees(&when));
        let narrower = match (old, when.days) {
            (Some(old), Some(new)) => new.len() < old.len(),
            (None, Some(_)) => true,
            (_, None) => meeting.time.is_none(),
        };
        if narrower && fits {
            meeting.time = Some(meeting_time(text, &times[t]));
        }
        occasion.when.push(when);
    }
    if meeting.kind == "meeting" && naming.kind != "meeting" {
        meeting.kind = naming.kind.to_owned();
    }
    for topic in naming.topics {
        if !meeting.topics.contains(&topic) {
            meeting.topics.push(topic);
        }
    }
    meeting.mentions.push((naming.phrase, naming.trigger..naming.trigger + 1));
    meeting.rule = Rule::Again;
    occasion.last = naming.trigger;
    occasion.in_body |= !naming.headline;
    settle_mode(occasion);
}

//! What one record tells of a meeting, and how two such reports stand to each other.

use crate::cluster::Relation;
use crate::corpus::{Corpus, Member, When};
use crate::corrections::Reference;
use crate::days::Days;
use crate::fold::fold;
use crate::gazetteer;
use crate::key::{Key, Kind, digest};
use crate::stage::BlockKey;
use crate::{NEARBY_DAYS, corpus};
use demarche_record::{self as record, MeetingTime, Mode, ParticipantRole, PlaceKind, Record, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The states that people and bodies speak for, by their keys.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    state_of: BTreeMap<Key, String>,
}

impl Parties {
    /// From the offices of people, the names of bodies, and the countries.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let mut state_of = BTreeMap::new();
        for place in corpus.places.iter().filter(|place| place.kind == PlaceKind::Country) {
            if let Some(code) = place.country.as_deref().or_else(|| gazetteer::state(&fold(&place.name))) {
                state_of.insert(place.key.clone(), code.to_owned());
            }
        }
        for body in &corpus.organizations {
            if let Some(code) = gazetteer::body(&fold(&body.name)).1 {
                state_of.insert(body.key.clone(), code.to_owned());
            }
        }
        for person in &corpus.people {
            // The state of most of the articles' offices; where none stands out, nobody's.
            let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
            for tenure in &person.tenures {
                if let Some(code) = tenure.of.as_ref().and_then(|of| state_of.get(of)) {
                    *counts.entry(code).or_default() += tenure.evidence.len();
                }
            }
            let all: usize = counts.values().sum();
            let code = counts.into_iter().find(|(_, count)| count * 2 > all).map(|(code, _)| code.clone());
            if let Some(code) = code {
                state_of.insert(person.key.clone(), code);
            }
        }
        Self { state_of }
    }
}

/// A meeting as one record has it, its ids resolved.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// A digest of the article and what it says of the meeting; independent of all other articles.
    pub(crate) fingerprint: String,
    pub(crate) member: Member,
    /// Each participant once, with the most telling of its roles.
    pub(crate) participants: BTreeMap<Key, ParticipantRole>,
    /// The states, or who takes part where that is not known or all are of one state.
    sides: BTreeSet<String>,
    pub(crate) side_of: BTreeMap<Key, String>,
    pub(crate) place: Option<Key>,
    pub(crate) when: Option<When>,
    pub(crate) days: Option<Days>,
    pub(crate) published: Option<Days>,
    pub(crate) published_latest: Option<String>,
    pub(crate) status: Status,
    pub(crate) mode: Option<Mode>,
    pub(crate) kind: String,
    pub(crate) topics: Vec<String>,
    pub(crate) confidence: f64,
    /// "second", "third" … where the article counts their meetings.
    ordinal: Option<&'static str>,
}

/// How many days before a meeting reports may speak of it as the coming one.
const AHEAD_DAYS: i64 = 45;

/// To how many days an article has to be dated for its date to stand for an occasion's.
const SOME_DAYS: i64 = 31;

/// Statuses that do not contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The meetings of a record.
pub(crate) fn occasions(record: &Record, keys: &BTreeMap<Member, Key>, parties: &Parties) -> Vec<Occasion> {
    record.meetings.iter().map(|meeting| occasion(record, meeting, keys, parties)).collect()
}

fn occasion(record: &Record, meeting: &record::Meeting, keys: &BTreeMap<Member, Key>, parties: &Parties) -> Occasion {
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
    let side_of: BTreeMap<Key, String> = participants
        .keys()
        .map(|agent| (agent.clone(), parties.state_of.get(agent).cloned().unwrap_or_else(|| agent.to_string())))
        .collect();
    let mut sides: BTreeSet<String> = side_of.values().cloned().collect();
    if sides.len() < 2 {
        sides = participants.keys().map(Key::to_string).collect();
    }
    let time = meeting.time.as_ref();
    Occasion {
        fingerprint: digest(&parts),
        member: Member::new(record, &meeting.id),
        sides,
        side_of,
        participants,
        place: meeting.place.as_deref().and_then(key).filter(|place| place.kind() == Kind::Place),
        when: time.map(of_record),
        days: time.and_then(|time| Days::parse(time.earliest.as_deref(), time.latest.as_deref())),
        published: Days::parse(record.published.earliest.as_deref(), record.published.latest.as_deref()),
        published_latest: record.published.latest.clone(),
        status: meeting.status,
        mode: meeting.mode,
        kind: meeting.kind.clone(),
        topics: meeting.topics.iter().map(|topic| topic.text().to_owned()).collect(),
        confidence: meeting.confidence,
        ordinal: meeting.mentions.iter().find_map(ordinal),
    }
}

/// A record's time as it stands.
pub(crate) fn of_record(time: &MeetingTime) -> When {
    When { value: time.value.clone(), earliest: time.earliest.clone(), latest: time.latest.clone() }
}

/// What the record itself calls a participant, so that a fingerprint does not hang on ids.
fn local_name(record: &Record, id: &str) -> String {
    let person = record.people.iter().find(|person| person.id == id).map(|person| &person.name);
    let organization = || record.organizations.iter().find(|body| body.id == id).map(|body| &body.name);
    let place = || record.places.iter().find(|place| place.id == id).map(|place| &place.name);
    person.or_else(organization).or_else(place).cloned().unwrap_or_default()
}

/// The number that stands before the word for the meeting: "their second summit".
fn ordinal(mention: &record::MeetingMention) -> Option<&'static str> {
    const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
    let before = mention.trigger.start().checked_sub(mention.span.start())?;
    let text: String = mention.span.text().chars().take(before).collect();
    let near = text.split_whitespace().rev().take(3).map(str::to_lowercase);
    near.into_iter().find_map(|word| ORDINALS.into_iter().find(|ordinal| *ordinal == word))
}

impl Occasion {
    pub(crate) fn block(&self) -> BlockKey {
        let sides: Vec<&str> = self.sides.iter().map(String::as_str).collect();
        BlockKey::new(&["meeting", &sides.join("+")])
    }

    /// The narrowest in time first; independent of other articles.
    pub(crate) fn order(&self) -> (i64, Option<Days>, String, Member) {
        let width = self.days.map_or(i64::MAX, Days::width);
        (width, self.days, self.fingerprint.clone(), self.member.clone())
    }

    /// The key of a meeting that this report alone would make.
    pub(crate) fn key(&self) -> Key {
        Key::digest(Kind::Meeting, &[&self.fingerprint])
    }

    pub(crate) fn reference(&self) -> Reference {
        Reference { key: self.key(), article: None }
    }

    pub(crate) fn is(&self, reference: &Reference) -> bool {
        reference.key.kind() == Kind::Meeting && self.key() == reference.key && reference.is_in(&self.member.article)
    }

    /// How two reports of one block stand to each other.
    pub(crate) fn relation(&self, other: &Self, corpus: &Corpus) -> Relation {
        if self.member.article == other.member.article {
            return self.in_one_article(other, corpus);
        }
        let Some((mut score, who)) = self.same_participants(other) else { return Relation::None };
        let mut reasons = vec![who.to_owned()];
        let mut add = |points: i32, reason: String| {
            score += points;
            reasons.push(reason);
        };
        match (&self.place, &other.place) {
            (Some(a), Some(b)) if a == b => add(12, "the same place".to_owned()),
            (Some(a), Some(b)) if lies_in(a, b, corpus) || lies_in(b, a, corpus) => {
                add(8, "places that fit".to_owned())
            }
            (Some(_), Some(_)) => return Relation::Barred("the places differ".to_owned()),
            _ => {}
        }
        match (self.mode, other.mode) {
            (Some(a), Some(b)) if a == b => add(4, "the same way of talking".to_owned()),
            (Some(_), Some(_)) => return Relation::Barred("the ways of talking differ".to_owned()),
            _ => {}
        }
        match (self.ordinal, other.ordinal) {
            (Some(a), Some(b)) if a == b => add(8, format!("both the {a}")),
            (Some(a), Some(b)) => return Relation::Barred(format!("one is the {a}, the other the {b}")),
            _ => {}
        }
        if self.kind == other.kind && !matches!(self.kind.as_str(), "meeting" | "talks") {
            add(3, format!("both a {}", self.kind));
        }
        // What is planned and what is called off lie both before the day.
        let took_place = |status| outcome(status) == Outcome::TookPlace;
        let same_outcome = took_place(self.status) == took_place(other.status);
        match self.same_days(other, same_outcome) {
            Ok((points, reason)) => add(points, reason),
            Err(why) => return Relation::Barred(why),
        }
        if outcome(self.status) == outcome(other.status) {
            add(5, format!("both {}", words(outcome(self.status))));
        }
        Relation::Link(u8::try_from(score.clamp(1, 98)).unwrap_or(98), reasons.join(", "))
    }

    /// An article's own reading tells its occasions apart, except that it may speak of one that lies ahead in several ways
    /// ("plans to meet", "may not come to a meeting").
    fn in_one_article(&self, other: &Self, corpus: &Corpus) -> Relation {
        if self.fingerprint == other.fingerprint {
            return Relation::Link(99, "said twice in one article".to_owned());
        }
        match self.may_be_told_twice(other, corpus) {
            true => Relation::Link(76, "one article on a coming meeting of the same participants".to_owned()),
            false => Relation::Barred("one article tells them apart".to_owned()),
        }
    }

    pub(crate) fn may_be_told_twice(&self, other: &Self, corpus: &Corpus) -> bool {
        let agree = |a: &Option<Mode>, b: &Option<Mode>| a.is_none() || b.is_none() || a == b;
        let places = match (&self.place, &other.place) {
            (Some(a), Some(b)) => a == b || lies_in(a, b, corpus) || lies_in(b, a, corpus),
            _ => true,
        };
        let days = match (self.days, other.days) {
            (Some(a), Some(b)) => a.intersection(b).is_some(),
            (None, None) => true,
            _ => self.when.is_none() || other.when.is_none(),
        };
        outcome(self.status) != Outcome::TookPlace
            && outcome(other.status) != Outcome::TookPlace
            && self.participants.keys().eq(other.participants.keys())
            && agree(&self.mode, &other.mode)
            && places
            && days
            && (self.ordinal.is_none() || other.ordinal.is_none() || self.ordinal == other.ordinal)
    }

    /// Points for the participants: the same, some more, or states and who speaks for them.
    fn same_participants(&self, other: &Self) -> Option<(i32, &'static str)> {
        let (a, b) = (&self.participants, &other.participants);
        if a.keys().eq(b.keys()) {
            return Some((50, "the same participants"));
        }
        let shared = a.keys().filter(|agent| b.contains_key(*agent)).count();
        if shared >= 2 && (shared == a.len() || shared == b.len()) {
            return Some((45, "the participants of one among those of the other"));
        }
        // Who is named on one side alone needs the state on the other.
        let is_state = |key: &Key| key.kind() == Kind::Place;
        let answered = |of: &Self, by: &Self| {
            of.participants.keys().filter(|agent| !by.participants.contains_key(*agent)).all(|agent| {
                let side = &of.side_of[agent];
                by.participants.keys().any(|other| by.side_of[other] == *side && is_state(other) != is_state(agent))
            })
        };
        (answered(self, other) && answered(other, self)).then_some((47, "states and those who speak for them"))
    }

    /// Points for the days, or why they part the two.
    fn same_days(&self, other: &Self, same_outcome: bool) -> Result<(i32, String), String> {
        if let (Some(a), Some(b)) = (self.days, other.days) {
            let Some(both) = a.intersection(b) else { return Err("the days differ".to_owned()) };
            let points = match both.width() {
                0..=7 => 35,
                8..=31 => 25,
                32..=366 => 15,
                _ => 0,
            };
            let narrow = a.is_narrow() && b.is_narrow();
            let less = if same_outcome || narrow { 0 } else { 30 };
            let days = match both.first == both.last {
                true => both.first.to_string(),
                false => format!("{} to {}", both.first, both.last),
            };
            return Ok((points - less, format!("both fit {days}")));
        }
        if let Some(found) = month_and_day(self, other).or_else(|| month_and_day(other, self)) {
            return found;
        }
        let less = if same_outcome { 0 } else { 20 };
        match (self.days, other.days, self.published, other.published) {
            (Some(days), None, _, Some(published)) | (None, Some(days), Some(published), _) => {
                let ahead = outcome(self.status) == Outcome::Ahead && published.last <= days.last;
                let is_near = published.distance(days) <= if ahead { AHEAD_DAYS } else { NEARBY_DAYS };
                match is_near && published.width() <= SOME_DAYS {
                    true => Ok((14 - less, "an undated report from these days".to_owned())),
                    false => Ok((-15, "an undated report from another time".to_owned())),
                }
            }
            (None, None, Some(a), Some(b)) if a.width() > SOME_DAYS || b.width() > SOME_DAYS => {
                Ok((-15, "without days".to_owned()))
            }
            (None, None, Some(a), Some(b)) => match a.distance(b) {
                0..=3 => Ok((18 - less, "reported within three days of each other".to_owned())),
                distance if distance <= NEARBY_DAYS => {
                    Ok((10 - less, "reported within a week of each other".to_owned()))
                }
                _ => Err("reported at different times".to_owned()),
            },
            _ => Ok((-15, "without days".to_owned())),
        }
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::TookPlace => "took place",
        Outcome::Ahead => "ahead",
        Outcome::DidNot => "did not take place",
    }
}

/// Where one report tells month and day without the year ("7 December"): whether the other's days have them.
fn month_and_day(partial: &Occasion, full: &Occasion) -> Option<Result<(i32, String), String>> {
    if partial.days.is_some() {
        return None;
    }
    let told = partial.when.as_ref()?.value.strip_prefix("XXXX-")?;
    let is_number = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !told.split('-').all(is_number) {
        return None;
    }
    let fits = match (full.days, full.when.as_ref()) {
        (Some(days), _) => {
            let (first, last) = (days.first.to_string(), days.last.to_string());
            days.width() <= 31
                && (first[5..].starts_with(told)
                    || last[5..].starts_with(told)
                    || told >= &first[5..] && told <= &last[5..])
        }
        (None, Some(when)) => {
            when.value.strip_prefix("XXXX-").is_some_and(|other| other.starts_with(told) || told.starts_with(other))
        }
        (None, None) => return None,
    };
    Some(match fits {
        true => Ok((if told.len() > 2 { 28 } else { 18 }, "the same day or month, no year told".to_owned())),
        false => Err("the days of the year differ".to_owned()),
    })
}

/// Whether `inner` is known to lie in the state `outer`.
pub(crate) fn lies_in(inner: &Key, outer: &Key, corpus: &corpus::Corpus) -> bool {
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

//! What one record tells of a meeting.

use crate::corpus::{Corpus, Member, When};
use crate::corrections::Reference;
use crate::days::Days;
use crate::fold::fold;
use crate::gazetteer;
use crate::key::{Key, Kind, digest};
use crate::membership::ByMember;
use crate::stage::BlockKey;
use demarche_record::{self as record, MeetingTime, Mode, ParticipantRole, PlaceKind, Record, Span, Status};
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
    /// When the article was written: as the record has it, or narrowed by the meetings that it shares with others.
    pub(crate) published: Option<Days>,
    /// The times as the record has them.
    pub(crate) told: Told,
    /// Whether its time hangs on the day of writing to the week: "on Wednesday", "yesterday".
    pub(crate) names_a_recent_day: bool,
    pub(crate) published_latest: Option<String>,
    pub(crate) status: Status,
    pub(crate) mode: Option<Mode>,
    pub(crate) kind: String,
    pub(crate) topics: Vec<String>,
    pub(crate) confidence: f64,
    /// Who says so, where the article itself does not; sorted.
    pub(crate) claimed_by: Vec<Key>,
    /// "second", "third" … where the article counts their meetings.
    pub(crate) ordinal: Option<&'static str>,
    /// Whether the words look back: "the last meeting in Geneva", "when they met there".
    pub(crate) looks_back: bool,
    /// Whether the words tell of one more in a row: "talks resumed", "met again".
    pub(crate) again: bool,
}

/// The times of a meeting and its article before other articles narrow them.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// When the article was written.
    pub written: Option<Days>,
    /// When the meeting was.
    pub when: Option<When>,
    /// Its days.
    pub days: Option<Days>,
}

/// The meetings of a record.
pub(crate) fn occasions(record: &Record, keys: &ByMember<Key>, parties: &Parties) -> Vec<Occasion> {
    record.meetings.iter().map(|meeting| occasion(record, meeting, keys, parties)).collect()
}

fn occasion(record: &Record, meeting: &record::Meeting, keys: &ByMember<Key>, parties: &Parties) -> Occasion {
    let key = |local: &str| keys.of(record, local).cloned();
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
    let days = time.and_then(|time| Days::parse(time.earliest.as_deref(), time.latest.as_deref()));
    let published = Days::parse(record.published.earliest.as_deref(), record.published.latest.as_deref());
    Occasion {
        fingerprint: digest(&parts),
        member: Member::new(record, &meeting.id),
        sides,
        side_of,
        participants,
        place: meeting.place.as_deref().and_then(key).filter(|place| place.kind() == Kind::Place),
        when: time.map(of_record),
        days,
        published,
        told: Told { written: published, when: time.map(of_record), days },
        names_a_recent_day: time.is_some_and(|time| time.value.contains('X') && names_a_recent_day(time.span.text())),
        published_latest: record.published.latest.clone(),
        status: meeting.status,
        mode: meeting.mode,
        kind: meeting.kind.clone(),
        topics: meeting.topics.iter().map(|topic| topic.text().to_owned()).collect(),
        confidence: meeting.confidence,
        claimed_by: claimants(record, meeting)
            .into_iter()
            .filter_map(key)
            .collect::<BTreeSet<Key>>()
            .into_iter()
            .collect(),
        ordinal: meeting.mentions.iter().find_map(ordinal),
        looks_back: meeting.mentions.iter().any(|mention| {
            has_word(mention, &["last", "latest", "previous", "earlier", "past", "prior", "when", "since", "had"])
                || ordinal(mention).is_some()
        }),
        again: meeting
            .mentions
            .iter()
            .any(|mention| has_word(mention, &["again", "another", "resume", "resumes", "resumed", "resuming"])),
    }
}

/// Who tells of a meeting, where the article itself does not: the speakers (ids in the record) of the statements that all
/// its namings stand in; none where one of them is in the article's own words.
pub fn claimants<'r>(record: &'r Record, meeting: &record::Meeting) -> BTreeSet<&'r str> {
    let mut speakers = BTreeSet::new();
    for mention in &meeting.mentions {
        let trigger = &mention.trigger;
        let within = |span: &Span| span.start() <= trigger.start() && trigger.end() <= span.end();
        let mut told = record.statements.iter().filter(|statement| statement.content.iter().any(within)).peekable();
        if told.peek().is_none() {
            return BTreeSet::new();
        }
        speakers.extend(told.filter_map(|statement| statement.speaker.as_deref()));
    }
    speakers
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

/// Whether a time expression means a day of the week of writing. "Last Wednesday" and "a Wednesday in June" may be of another.
fn names_a_recent_day(expression: &str) -> bool {
    const DAYS: [&str; 10] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "tomorrow",
    ];
    let words: Vec<String> = expression.split_whitespace().map(str::to_lowercase).collect();
    let others = |word: &String| !DAYS.contains(&word.as_str()) && !matches!(word.as_str(), "on" | "this");
    words.iter().any(|word| DAYS.contains(&word.as_str())) && !words.iter().any(others)
}

/// Whether one of the words stands in the clause or phrase that tells of the meeting.
fn has_word(mention: &record::MeetingMention, words: &[&str]) -> bool {
    let told = mention.span.text().split(|c: char| !c.is_alphabetic());
    told.map(str::to_lowercase).any(|word| words.contains(&word.as_str()))
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
}

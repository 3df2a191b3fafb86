//! Writing what was found into the record.

use crate::dating::Dating;
use crate::document::Document;
use crate::entities::{Entities, EntityId};
use crate::layout::BlockKind;
use crate::meetings::{Meetings, edtf};
use crate::statements::Statement;
use crate::tenures;
use demarche_record as rec;
use std::collections::BTreeSet;

/// Puts the record together: ids `p0…`, `o0…`, `l0…`, `m0…`, `s0…` in the order of first mention.
pub fn write(
    document: &Document,
    entities: &Entities,
    statements: &[Statement],
    meetings: &Meetings,
    dating: Dating,
) -> rec::Record {
    let mut record = rec::Record::empty(document.article);
    let analysis = &document.analysis;
    if record.title.is_none() {
        let title = document.layout.blocks.iter().find(|b| b.kind == BlockKind::Title);
        record.title = title.map(|b| document.article.text[b.bytes.clone()].to_owned());
    }
    record.published = dating.published;
    record.diagnostics.extend(dating.diagnostics);
    record.body = document.layout.blocks.iter().map(|b| document.source.region_of_bytes(b.bytes.clone())).collect();
    let mentions_of = |id: EntityId| -> Vec<rec::Mention> {
        let of_it = entities.mentions.iter().filter(|m| m.entities.contains(&id));
        of_it.map(|m| rec::Mention { span: document.span(m.tokens.clone()), kind: m.kind }).collect()
    };
    let times: Vec<_> = meetings.times.iter().map(|time| time.record(document)).collect();
    for (i, person) in entities.people.iter().enumerate() {
        let roles = person.roles.iter().map(|role| {
            let (from, to) = tenures::held(document, &meetings.times, role);
            rec::Role {
                title: role.title.clone(),
                of: role.of.map(local_id),
                span: document.span(role.tokens.clone()),
                from,
                to,
            }
        });
        record.people.push(rec::Person {
            id: local_id(EntityId::Person(i)),
            name: person.name.clone(),
            identifiers: person.wikidata.map(wikidata).into_iter().collect(),
            mentions: mentions_of(EntityId::Person(i)),
            roles: roles.collect(),
        });
    }
    for (i, organization) in entities.organizations.iter().enumerate() {
        record.organizations.push(rec::Organization {
            id: local_id(EntityId::Organization(i)),
            name: organization.name.clone(),
            kind: organization.kind,
            identifiers: organization.wikidata.map(wikidata).into_iter().collect(),
            mentions: mentions_of(EntityId::Organization(i)),
        });
    }
    for (i, place) in entities.places.iter().enumerate() {
        record.places.push(rec::Place {
            id: local_id(EntityId::Place(i)),
            name: place.name.clone(),
            kind: place.kind,
            country: place.country.clone(),
            identifiers: place
                .state
                .map(|state| wikidata(state.wikidata))
                .into_iter()
                .chain(place.geonames.clone())
                .collect(),
            mentions: mentions_of(EntityId::Place(i)),
        });
    }
    for (i, meeting) in meetings.meetings.iter().enumerate() {
        record.meetings.push(rec::Meeting {
            id: format!("m{i}"),
            participants: meeting
                .participants
                .iter()
                .map(|&(entity, role)| rec::Participant { entity: local_id(entity), role })
                .collect(),
            status: meeting.status,
            mode: meeting.mode,
            kind: meeting.kind.clone(),
            place: meeting.place.map(local_id),
            time: meeting.time.clone(),
            topics: meeting.topics.iter().map(|t| document.span(t.clone())).collect(),
            mentions: meeting
                .mentions
                .iter()
                .map(|(phrase, trigger)| rec::MeetingMention {
                    span: document.span(phrase.clone()),
                    trigger: document.span(trigger.clone()),
                })
                .collect(),
            confidence: rounded(meeting.rule.confidence()),
        });
    }
    for (i, statement) in statements.iter().enumerate() {
        let within = |tokens: &std::ops::Range<usize>| {
            let bytes = analysis.bytes(tokens.clone());
            statement.content.iter().any(|c| c.start <= bytes.start && bytes.end <= c.end)
        };
        let mut about = BTreeSet::new();
        for mention in entities.mentions.iter().filter(|m| within(&m.tokens)) {
            about.extend(mention.entities.iter().filter(|&&e| Some(e) != statement.speaker).map(|&e| local_id(e)));
        }
        for (m, meeting) in meetings.meetings.iter().enumerate() {
            if meeting.mentions.iter().any(|(_, trigger)| within(trigger)) {
                about.insert(format!("m{m}"));
            }
        }
        record.statements.push(rec::Statement {
            id: format!("s{i}"),
            kind: statement.kind,
            speaker: statement.speaker.map(local_id),
            source: statement.source.clone().map(|tokens| document.span(tokens)),
            cue: statement.cue.clone().map(|(tokens, lemma)| rec::Cue {
                span: document.span(tokens),
                lemma,
                stance: statement.stance.map(str::to_owned),
            }),
            content: statement.content.iter().map(|bytes| document.span_of_bytes(bytes.clone())).collect(),
            addressees: statement.addressees.iter().map(|&e| local_id(e)).collect(),
            time: moment(document, &statement.moments, &times),
            negated: statement.negated,
            about: about.into_iter().collect(),
            confidence: rounded(statement.confidence(entities)),
        });
    }
    record.times = times;
    record
}

/// The first time that stands in one of the phrases.
fn moment(
    document: &Document,
    phrases: &[std::ops::Range<usize>],
    times: &[rec::TimeExpression],
) -> Option<rec::MeetingTime> {
    phrases.iter().find_map(|phrase| {
        let around = document.span(phrase.clone());
        let first = times.partition_point(|t| t.span.start() < around.start());
        let mut inside = times[first..].iter().take_while(|t| t.span.end() <= around.end());
        let time = inside.find(|t| matches!(t.kind, rec::TimeKind::Date | rec::TimeKind::Time))?;
        // "now", "in the past": no point on the calendar.
        let dated = time.earliest.is_some() || time.value.starts_with(|c: char| c.is_ascii_digit() || c == 'X');
        dated.then(|| rec::MeetingTime {
            span: time.span.clone(),
            value: edtf(&time.value, time.earliest.as_deref(), time.latest.as_deref()),
            earliest: time.earliest.clone(),
            latest: time.latest.clone(),
        })
    })
}

fn local_id(id: EntityId) -> String {
    match id {
        EntityId::Person(i) => format!("p{i}"),
        EntityId::Organization(i) => format!("o{i}"),
        EntityId::Place(i) => format!("l{i}"),
    }
}

/// The IRI of an item of Wikidata.
fn wikidata(item: &str) -> String {
    format!("http://www.wikidata.org/entity/{item}")
}

/// Two decimals are all that a measured confidence means; and so few are the same number when they are read again.
fn rounded(confidence: f64) -> f64 {
    (confidence * 100.0).round() / 100.0
}

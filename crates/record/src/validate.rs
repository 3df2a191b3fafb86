//! The check that a record keeps its promises.

use crate::span::{SourceText, Span};
use crate::types::{Mention, Record};
use std::collections::BTreeSet;

/// A promise that a record breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {problem}")]
pub struct Violation {
    /// Where in the record, as a path: `statements[3].content[0]`.
    pub at: String,
    /// What is wrong.
    pub problem: String,
}

/// Checks a record against its source text: every span reads what it says, every id that is referred to exists and no
/// id stands twice, confidences lie between 0 and 1, intervals of days are in order, a meeting has two participants, a
/// statement has content. Returns all violations, in the order of the record.
pub fn validate(record: &Record, source: &str) -> Vec<Violation> {
    let mut check = Check { source: SourceText::new(source), ids: BTreeSet::new(), found: Vec::new() };
    if record.schema != crate::SCHEMA {
        check.say("schema", format!("is {:?}, this version reads {:?}", record.schema, crate::SCHEMA));
    }
    let named = record.people.iter().map(|p| &p.id).chain(record.organizations.iter().map(|o| &o.id));
    let others = record.places.iter().map(|l| &l.id).chain(record.meetings.iter().map(|m| &m.id));
    let all: Vec<String> = named.chain(others).chain(record.statements.iter().map(|s| &s.id)).cloned().collect();
    for id in all {
        if !check.ids.insert(id.clone()) {
            check.say("ids", format!("{id:?} stands twice"));
        }
    }
    for (i, region) in record.body.iter().enumerate() {
        if region.start > region.end || region.end > check.source.len() {
            check.say(format!("body[{i}]"), format!("{}..{} is no region of the source", region.start, region.end));
        }
    }
    check.days("published", record.published.earliest.as_deref(), record.published.latest.as_deref());
    for (i, person) in record.people.iter().enumerate() {
        check.mentions(&format!("people[{i}]"), &person.mentions);
        for (j, role) in person.roles.iter().enumerate() {
            let at = format!("people[{i}].roles[{j}]");
            check.span(&at, &role.span);
            check.refers(&at, role.of.as_deref());
        }
    }
    for (i, organization) in record.organizations.iter().enumerate() {
        check.mentions(&format!("organizations[{i}]"), &organization.mentions);
    }
    for (i, place) in record.places.iter().enumerate() {
        check.mentions(&format!("places[{i}]"), &place.mentions);
    }
    for (i, meeting) in record.meetings.iter().enumerate() {
        let at = format!("meetings[{i}]");
        if meeting.participants.len() < 2 {
            check.say(&at, "has fewer than two participants".to_owned());
        }
        for participant in &meeting.participants {
            check.refers(&at, Some(&participant.entity));
        }
        check.refers(&at, meeting.place.as_deref());
        if let Some(time) = &meeting.time {
            check.span(&format!("{at}.time"), &time.span);
            check.days(&format!("{at}.time"), time.earliest.as_deref(), time.latest.as_deref());
        }
        for (j, topic) in meeting.topics.iter().enumerate() {
            check.span(&format!("{at}.topics[{j}]"), topic);
        }
        if meeting.mentions.is_empty() {
            check.say(&at, "has no mention".to_owned());
        }
        for (j, mention) in meeting.mentions.iter().enumerate() {
            check.span(&format!("{at}.mentions[{j}]"), &mention.span);
            check.span(&format!("{at}.mentions[{j}].trigger"), &mention.trigger);
        }
        check.confidence(&at, meeting.confidence);
    }
    for (i, statement) in record.statements.iter().enumerate() {
        let at = format!("statements[{i}]");
        check.refers(&at, statement.speaker.as_deref());
        if let Some(source) = &statement.source {
            check.span(&format!("{at}.source"), source);
        }
        if let Some(cue) = &statement.cue {
            check.span(&format!("{at}.cue"), &cue.span);
        }
        if statement.content.is_empty() {
            check.say(&at, "has no content".to_owned());
        }
        for (j, content) in statement.content.iter().enumerate() {
            check.span(&format!("{at}.content[{j}]"), content);
        }
        for id in statement.addressees.iter().chain(&statement.about) {
            check.refers(&at, Some(id));
        }
        if let Some(time) = &statement.time {
            check.span(&format!("{at}.time"), &time.span);
            check.days(&format!("{at}.time"), time.earliest.as_deref(), time.latest.as_deref());
        }
        check.confidence(&at, statement.confidence);
    }
    for (i, time) in record.times.iter().enumerate() {
        check.span(&format!("times[{i}]"), &time.span);
        check.days(&format!("times[{i}]"), time.earliest.as_deref(), time.latest.as_deref());
    }
    check.found
}

struct Check<'a> {
    source: SourceText<'a>,
    ids: BTreeSet<String>,
    found: Vec<Violation>,
}

impl Check<'_> {
    fn say(&mut self, at: impl Into<String>, problem: String) {
        self.found.push(Violation { at: at.into(), problem });
    }

    fn span(&mut self, at: &str, span: &Span) {
        match self.source.span(span.start()..span.end()) {
            Ok(read) if read.text() == span.text() => {}
            Ok(read) => self.say(at, format!("says {:?} but the source reads {:?}", span.text(), read.text())),
            Err(error) => self.say(at, error.to_string()),
        }
    }

    fn mentions(&mut self, at: &str, mentions: &[Mention]) {
        for (i, mention) in mentions.iter().enumerate() {
            self.span(&format!("{at}.mentions[{i}]"), &mention.span);
        }
    }

    fn refers(&mut self, at: &str, id: Option<&str>) {
        if let Some(id) = id
            && !self.ids.contains(id)
        {
            self.say(at, format!("refers to {id:?}, which the record does not have"));
        }
    }

    fn confidence(&mut self, at: &str, value: f64) {
        if !(0.0..=1.0).contains(&value) {
            self.say(at, format!("confidence {value} lies outside 0..1"));
        }
    }

    fn days(&mut self, at: &str, earliest: Option<&str>, latest: Option<&str>) {
        for day in [earliest, latest].into_iter().flatten() {
            if !is_day(day) {
                self.say(at, format!("{day:?} is no day of the form YYYY-MM-DD"));
            }
        }
        if let (Some(earliest), Some(latest)) = (earliest, latest)
            && earliest > latest
        {
            self.say(at, format!("earliest {earliest} comes after latest {latest}"));
        }
    }
}

fn is_day(day: &str) -> bool {
    let bytes = day.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}

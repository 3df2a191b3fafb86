//! A record for people: who met whom and who said what, each with its words.

use crate::page::{Page, days, list, manner, occasion, one_line, period, said};
use crate::terminal::counted;
use demarche_record::{Meeting, MeetingTime, ParticipantRole, Person, Published, Record, Span, Statement};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes a record as paragraphs of at most `width` columns.
pub(crate) fn write(out: &mut dyn Write, record: &Record, width: usize) -> io::Result<()> {
    let names = Names::of(record);
    let mut page = Page::new(out, width);
    let published = published(&record.published);
    let known = [record.publisher.as_deref(), Some(published.as_str()), Some(record.source.as_str())];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    page.title(record.title.as_deref().unwrap_or(&record.source), &known.join(" · "))?;
    page.heading("Meetings", record.meetings.is_empty())?;
    for item in &record.meetings {
        meeting(&mut page, &names, item)?;
    }
    page.heading("Statements", record.statements.is_empty())?;
    for item in &record.statements {
        statement(&mut page, &names, item)?;
    }
    page.heading("People", record.people.is_empty())?;
    for item in &record.people {
        person(&mut page, &names, item)?;
    }
    if !record.diagnostics.is_empty() {
        page.heading("Remarks", false)?;
        for diagnostic in &record.diagnostics {
            page.line(&format!("{} {}", diagnostic.code, diagnostic.message))?;
        }
    }
    page.end()
}

/// What the ids of a record stand for.
struct Names<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    fn of(record: &'a Record) -> Self {
        let people = record.people.iter().map(|person| (person.id.as_str(), person.name.as_str()));
        let organizations = record.organizations.iter().map(|body| (body.id.as_str(), body.name.as_str()));
        let places = record.places.iter().map(|place| (place.id.as_str(), place.name.as_str()));
        Self(people.chain(organizations).chain(places).collect())
    }

    fn name(&self, id: &'a str) -> &'a str {
        self.0.get(id).copied().unwrap_or(id)
    }

    fn list(&self, ids: impl Iterator<Item = &'a String>) -> String {
        list(&ids.map(|id| self.name(id)).collect::<Vec<_>>())
    }
}

fn meeting<'a>(page: &mut Page, names: &Names<'a>, meeting: &'a Meeting) -> io::Result<()> {
    page.item(&names.list(meeting.participants.iter().map(|participant| &participant.entity)))?;
    let mut known = vec![occasion(&meeting.kind, meeting.mode), meeting.status.to_string()];
    known.extend(meeting.place.as_deref().map(|place| names.name(place).to_owned()));
    known.extend(meeting.time.as_ref().map(time));
    for (part, role) in
        [("host", ParticipantRole::Host), ("guest", ParticipantRole::Guest), ("mediator", ParticipantRole::Mediator)]
    {
        let bearers = meeting.participants.iter().filter(|participant| participant.role == role);
        let bearers = names.list(bearers.map(|participant| &participant.entity));
        if !bearers.is_empty() {
            known.push(format!("{part}: {bearers}"));
        }
    }
    page.line(&known.join(" · "))?;
    if !meeting.topics.is_empty() {
        let topics: Vec<_> = meeting.topics.iter().map(|topic| one_line(topic.text())).collect();
        page.line(&format!("about: {}", topics.join("; ")))?;
    }
    meeting.mentions.iter().try_for_each(|mention| words(page, &mention.span))
}

fn statement<'a>(page: &mut Page, names: &Names<'a>, statement: &'a Statement) -> io::Result<()> {
    let unnamed = statement.source.as_ref().map_or("somebody".to_owned(), |source| one_line(source.text()));
    let speaker = statement.speaker.as_deref().map_or(unnamed, |id| names.name(id).to_owned());
    let cue = statement.cue.as_ref();
    let said = said(cue.map(|cue| cue.span.text()), cue.map(|cue| cue.lemma.as_str()), statement.negated);
    let mut known = vec![speaker, said, manner(statement.kind).to_owned()];
    if !statement.addressees.is_empty() {
        known.push(format!("to {}", names.list(statement.addressees.iter())));
    }
    known.extend(statement.time.as_ref().map(time));
    page.item(&known.join(" · "))?;
    statement.content.iter().try_for_each(|content| words(page, content))
}

fn person<'a>(page: &mut Page, names: &Names<'a>, person: &'a Person) -> io::Result<()> {
    page.item(&format!("{} · {}", person.name, counted(person.mentions.len(), "mention")))?;
    for role in &person.roles {
        let of = role.of.as_deref().map(|id| format!(" ({})", names.name(id))).unwrap_or_default();
        page.line(&format!("{}{of}{}", role.title, period(role.from.as_deref(), role.to.as_deref())))?;
        words(page, &role.span)?;
    }
    Ok(())
}

fn words(page: &mut Page, span: &Span) -> io::Result<()> {
    page.words(span.text(), &format!("[{}–{}]", span.start(), span.end()))
}

fn time(time: &MeetingTime) -> String {
    let days = days(&time.value, time.earliest.as_deref(), time.latest.as_deref());
    format!("{days} (“{}”)", one_line(time.span.text()))
}

fn published(published: &Published) -> String {
    match (&published.value, &published.earliest, &published.latest) {
        (Some(value), ..) => value.clone(),
        (None, Some(earliest), Some(latest)) => format!("between {earliest} and {latest}"),
        (None, Some(earliest), None) => format!("after {earliest}"),
        (None, None, Some(latest)) => format!("before {latest}"),
        (None, None, None) => "no date".to_owned(),
    }
}

//! Tables for spreadsheets: one row for each meeting, one row for each statement. RFC 4180, UTF-8.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return would be taken for a formula by spreadsheets: it
//! gets an apostrophe before it, which they do not show.

use crate::export::property_graph::statement_word;
use crate::export::selected::{Selected, members};
use crate::quads::{decimal, mode_word};
use csv::{Terminator, WriterBuilder};
use demarche_record::{ParticipantRole, Record};
use demarche_resolve::{Key, When};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Between the values of a cell that has several.
const BETWEEN: &str = "; ";

/// One row for each meeting, in the order of time; those without a time last.
pub(super) fn write_meetings(selected: &Selected, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = Rows::begin(
        out,
        &[
            "meeting",
            "label",
            "status",
            "kind",
            "mode",
            "when",
            "earliest",
            "latest",
            "place",
            "country",
            "participants",
            "hosts",
            "guests",
            "mediators",
            "topics",
            "sources",
            "confidence",
            "first_report",
            "last_report",
            "publishers",
            "articles",
            "words",
        ],
    )?;
    let mut meetings: Vec<_> = selected.meetings().collect();
    meetings.sort_by_key(|meeting| by_time(meeting.when.as_ref(), &meeting.key));
    for meeting in meetings {
        let names = |wanted: &dyn Fn(ParticipantRole) -> bool| {
            let parts = meeting.participants.iter().filter(|part| wanted(part.role));
            joined(parts.map(|part| selected.label(&part.agent)))
        };
        let of_role = |role: ParticipantRole| names(&|other| other == role);
        let members = members(meeting);
        let told = selected.told_by(&members);
        let words = meeting.reports.iter().find_map(|report| {
            let record = selected.record(&report.member.article)?;
            let found = record.meetings.iter().find(|meeting| meeting.id == report.member.local)?;
            Some(found.mentions.first()?.span.text())
        });
        let place = meeting.place.as_ref();
        let country = place.and_then(|place| selected.country(place)).unwrap_or_default();
        let mut days = meeting.reports.iter().filter_map(|report| report.published.as_deref());
        let first = days.next().unwrap_or_default();
        rows.put([
            &selected.iri(&meeting.key),
            &meeting.label,
            meeting.status.as_str(),
            &meeting.kind,
            meeting.mode.map_or("", |mode| mode_word(mode)),
            value(meeting.when.as_ref()),
            earliest(meeting.when.as_ref()),
            latest(meeting.when.as_ref()),
            place.map_or("", |place| selected.label(place)),
            country,
            &names(&|_| true),
            &of_role(ParticipantRole::Host),
            &of_role(ParticipantRole::Guest),
            &of_role(ParticipantRole::Mediator),
            &joined(meeting.topics.iter().map(String::as_str)),
            &selected.source_count(&members).to_string(),
            &decimal(meeting.confidence),
            first,
            days.next_back().unwrap_or(first),
            &publishers(&told),
            &joined(told.iter().map(|record| whence(record))),
            words.unwrap_or_default(),
        ])?;
    }
    rows.end()
}

/// One row for each statement, in the order of the articles.
pub(super) fn write_statements(selected: &Selected, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = Rows::begin(
        out,
        &[
            "statement",
            "speaker",
            "kind",
            "cue",
            "stance",
            "negated",
            "text",
            "addressees",
            "about",
            "when",
            "earliest",
            "latest",
            "sources",
            "confidence",
            "published",
            "publisher",
            "title",
            "article",
            "start",
            "end",
            "articles",
        ],
    )?;
    let mut statements: Vec<_> = selected
        .statements()
        .map(|statement| {
            let told = selected.told_by(&statement.members);
            let first = told.first().copied();
            let of_first = |id: &str| first.is_some_and(|record| record.id == id);
            let local = statement.members.iter().find(|member| of_first(&member.article)).map(|member| &member.local);
            let words = first.and_then(|record| {
                let found = record.statements.iter().find(|said| Some(&said.id) == local)?;
                Some((found.content.first()?.start(), found.content.last()?.end()))
            });
            let order = first.map(|record| (&record.published.latest, &record.id));
            ((order.is_none(), order, words, &statement.key), statement, told)
        })
        .collect();
    statements.sort_by(|a, b| a.0.cmp(&b.0));
    for ((.., words, _), statement, told) in statements {
        let names = |keys: &[Key]| joined(keys.iter().map(|key| selected.label(key)));
        let first = told.first().copied();
        let of_first = |field: fn(&Record) -> Option<&str>| first.and_then(field).unwrap_or_default();
        let (start, end) = words.map_or_else(Default::default, |(start, end)| (start.to_string(), end.to_string()));
        rows.put([
            &selected.iri(&statement.key),
            statement.speaker.as_ref().map_or("", |speaker| selected.label(speaker)),
            statement_word(statement.kind),
            statement.cue.as_deref().unwrap_or_default(),
            statement.stance.as_deref().unwrap_or_default(),
            if statement.negated { "true" } else { "false" },
            &statement.text,
            &names(&statement.addressees),
            &names(&statement.about),
            value(statement.when.as_ref()),
            earliest(statement.when.as_ref()),
            latest(statement.when.as_ref()),
            &selected.source_count(&statement.members).to_string(),
            &decimal(statement.confidence),
            of_first(|record| record.published.value.as_deref()),
            of_first(|record| record.publisher.as_deref()),
            of_first(|record| record.title.as_deref()),
            of_first(|record| Some(whence(record))),
            &start,
            &end,
            &told.len().to_string(),
        ])?;
    }
    rows.end()
}

/// A table in the making.
struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
}

impl<'w> Rows<'w> {
    fn begin(out: &'w mut dyn Write, header: &[&str]) -> io::Result<Self> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        writer.write_record(header)?;
        Ok(Self { writer })
    }

    fn put<const N: usize>(&mut self, cells: [&str; N]) -> io::Result<()> {
        for cell in cells {
            if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                self.writer.write_field(format!("'{cell}"))?;
            } else {
                self.writer.write_field(cell)?;
            }
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Where an article is from: its address, else its file.
fn whence(record: &Record) -> &str {
    record.url.as_deref().unwrap_or(&record.source)
}

fn publishers(told: &[&Record]) -> String {
    let publishers: BTreeSet<&str> = told.iter().filter_map(|record| record.publisher.as_deref()).collect();
    joined(publishers)
}

fn joined<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    values.into_iter().collect::<Vec<_>>().join(BETWEEN)
}

fn value(when: Option<&When>) -> &str {
    when.map_or("", |when| &when.value)
}

fn earliest(when: Option<&When>) -> &str {
    when.and_then(|when| when.earliest.as_deref()).unwrap_or_default()
}

fn latest(when: Option<&When>) -> &str {
    when.and_then(|when| when.latest.as_deref()).unwrap_or_default()
}

/// To sort by: what has no time comes last.
pub(super) fn by_time<'a>(when: Option<&'a When>, key: &'a Key) -> (bool, Option<&'a str>, Option<&'a str>, &'a Key) {
    let first = when.and_then(|when| when.earliest.as_deref());
    let last = when.and_then(|when| when.latest.as_deref());
    (first.is_none() && last.is_none(), first, last, key)
}

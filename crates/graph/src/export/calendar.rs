//! iCalendar (RFC 5545): the meetings of which the day is known, or a few days that it must be one of.

use crate::export::selected::{Selected, members};
use crate::export::spreadsheet::by_time;
use crate::quads::mode_word;
use demarche_record::{Record, Status};
use demarche_resolve::{Meeting, NEARBY_DAYS};
use jiff::ToSpan;
use jiff::civil::Date;
use std::io::{self, Write};

/// Writes the calendar. Nobody denies a day, so that denied meetings are left out, as are those whose days are not known or
/// more than [`NEARBY_DAYS`]; the calendar's description counts them.
pub(super) fn write(selected: &Selected, out: &mut dyn Write) -> io::Result<()> {
    let mut meetings: Vec<&Meeting> = selected.meetings().collect();
    meetings.sort_by_key(|meeting| by_time(meeting.when.as_ref(), &meeting.key));
    let (known, others): (Vec<&Meeting>, Vec<&Meeting>) =
        meetings.into_iter().partition(|meeting| status(meeting.status).is_some() && days(meeting).is_some());
    line(out, "BEGIN:VCALENDAR")?;
    line(out, "VERSION:2.0")?;
    line(out, "PRODID:-//demarche//who met whom//EN")?;
    line(out, "CALSCALE:GREGORIAN")?;
    line(out, "METHOD:PUBLISH")?;
    text(out, "X-WR-CALNAME", "Who met whom")?;
    let left = format!(
        "{} meetings. Left out, as they are denied, or their days are not known or more than {NEARBY_DAYS}: {}.",
        known.len(),
        others.len()
    );
    text(out, "X-WR-CALDESC", &left)?;
    for meeting in known {
        if let (Some(status), Some(days)) = (status(meeting.status), days(meeting)) {
            event(selected, meeting, status, days, out)?;
        }
    }
    line(out, "END:VCALENDAR")
}

fn event(
    selected: &Selected,
    meeting: &Meeting,
    status: &str,
    (first, last): (Date, Date),
    out: &mut dyn Write,
) -> io::Result<()> {
    let told = selected.told_by(&members(meeting));
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{}", selected.iri(&meeting.key)))?;
    line(out, &format!("DTSTAMP:{}T000000Z", stamp(&told)))?;
    line(out, &format!("DTSTART;VALUE=DATE:{}", basic(first)))?;
    // The end is the first day on which it is over.
    if let Ok(end) = last.checked_add(1.day()) {
        line(out, &format!("DTEND;VALUE=DATE:{}", basic(end)))?;
    }
    text(out, "SUMMARY", &meeting.label)?;
    line(out, &format!("STATUS:{status}"))?;
    line(out, "TRANSP:TRANSPARENT")?;
    if let Some(place) = &meeting.place {
        text(out, "LOCATION", selected.label(place))?;
    }
    let mut about = Vec::new();
    let mode = meeting.mode.map_or(String::new(), |mode| format!(" {}", mode_word(mode)));
    about.push(format!("{}{mode}, {}", meeting.kind, meeting.status));
    if first != last {
        about.push(format!("On one or more of the days from {first} to {last}: the articles tell no more."));
    }
    let who: Vec<&str> = meeting.participants.iter().map(|part| selected.label(&part.agent)).collect();
    about.push(format!("With {}", who.join(", ")));
    if !meeting.topics.is_empty() {
        about.push(format!("About {}", meeting.topics.join("; ")));
    }
    for record in &told {
        let title = record.title.as_ref().unwrap_or(&record.source);
        let origin: Vec<&str> = [&record.publisher, &record.published.value, &record.url]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .collect();
        let origin = if origin.is_empty() { String::new() } else { format!(" ({})", origin.join(", ")) };
        about.push(format!("Source: {title}{origin}"));
    }
    text(out, "DESCRIPTION", &about.join("\n"))?;
    if !meeting.kind.is_empty() {
        text(out, "CATEGORIES", &meeting.kind)?;
    }
    line(out, &format!("URL:{}", selected.iri(&meeting.key)))?;
    line(out, "END:VEVENT")
}

/// What a status is called in a calendar; none where there is nothing to enter.
fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Held | Status::Ongoing => Some("CONFIRMED"),
        Status::Planned | Status::Proposed | Status::Possible | Status::Postponed => Some("TENTATIVE"),
        Status::Cancelled => Some("CANCELLED"),
        Status::Denied => None,
    }
}

/// The first and the last day, where they lie close enough together.
fn days(meeting: &Meeting) -> Option<(Date, Date)> {
    let when = meeting.when.as_ref()?;
    let first: Date = when.earliest.as_ref()?.parse().ok()?;
    let last: Date = when.latest.as_ref()?.parse().ok()?;
    let width = i64::from((last - first).get_days()) + 1;
    (1..=NEARBY_DAYS).contains(&width).then_some((first, last))
}

/// When the entry was last told of: the newest article's day, so that the same articles give the same calendar.
fn stamp(told: &[&Record]) -> String {
    let newest = told.iter().filter_map(|record| record.published.latest.as_ref()?.parse().ok()).max();
    basic(newest.unwrap_or(jiff::civil::date(1970, 1, 1)))
}

/// `YYYYMMDD`.
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A property whose value is text.
fn text(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    let mut content = format!("{name}:");
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => content.extend(['\\', c]),
            '\n' => content.push_str("\\n"),
            '\t' => content.push('\t'),
            c if c.is_control() => {}
            c => content.push(c),
        }
    }
    line(out, &content)
}

/// A content line, folded so that no line is longer than 75 octets, between characters.
fn line(out: &mut dyn Write, content: &str) -> io::Result<()> {
    const MOST: usize = 75;
    let mut length = 0;
    let mut buffer = [0; 4];
    for c in content.chars() {
        if length + c.len_utf8() > MOST {
            out.write_all(b"\r\n ")?;
            length = 1;
        }
        out.write_all(c.encode_utf8(&mut buffer).as_bytes())?;
        length += c.len_utf8();
    }
    out.write_all(b"\r\n")
}

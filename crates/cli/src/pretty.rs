//! A record for people: who met whom and who said what, each with its words.

use crate::terminal::{FAINT, HEADING, NAME, WORDS};
use anstyle::Style;
use demarche_record::{
    Meeting, MeetingTime, Mode, ParticipantRole, Person, Published, Record, Span, Statement, StatementKind, Status,
};
use std::collections::BTreeMap;
use std::io::{self, Write};
use textwrap::Options;

/// Writes a record as paragraphs of at most `width` columns.
pub(crate) fn write(out: &mut dyn Write, record: &Record, width: usize) -> io::Result<()> {
    let mut page = Page { out, width, names: names(record) };
    page.header(record)?;
    page.heading("Meetings", record.meetings.is_empty())?;
    for meeting in &record.meetings {
        page.meeting(meeting)?;
    }
    page.heading("Statements", record.statements.is_empty())?;
    for statement in &record.statements {
        page.statement(statement)?;
    }
    page.heading("People", record.people.is_empty())?;
    for person in &record.people {
        page.person(person)?;
    }
    if !record.diagnostics.is_empty() {
        page.heading("Remarks", false)?;
        for diagnostic in &record.diagnostics {
            page.paragraph(2, Style::new(), &format!("{} {}", diagnostic.code, diagnostic.message))?;
        }
    }
    writeln!(page.out)
}

fn names(record: &Record) -> BTreeMap<&str, &str> {
    let people = record.people.iter().map(|person| (person.id.as_str(), person.name.as_str()));
    let organizations = record.organizations.iter().map(|body| (body.id.as_str(), body.name.as_str()));
    let places = record.places.iter().map(|place| (place.id.as_str(), place.name.as_str()));
    let meetings = record.meetings.iter().map(|meeting| (meeting.id.as_str(), meeting.kind.as_str()));
    people.chain(organizations).chain(places).chain(meetings).collect()
}

struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
    names: BTreeMap<&'a str, &'a str>,
}

impl<'a> Page<'a> {
    fn name(&self, id: &'a str) -> &'a str {
        self.names.get(id).copied().unwrap_or(id)
    }

    /// The names of some things as a list in words: `A, B and C`.
    fn list(&self, ids: impl Iterator<Item = &'a str>) -> String {
        let names: Vec<&str> = ids.map(|id| self.name(id)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    fn header(&mut self, record: &Record) -> io::Result<()> {
        self.paragraph(0, HEADING, record.title.as_deref().unwrap_or(&record.source))?;
        let published = published(&record.published);
        let known = [record.publisher.as_deref(), Some(published.as_str()), Some(record.source.as_str())];
        self.paragraph(0, FAINT, &known.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    fn heading(&mut self, heading: &str, empty: bool) -> io::Result<()> {
        writeln!(self.out, "\n{HEADING}{heading}{HEADING:#}")?;
        if empty { writeln!(self.out, "  {FAINT}none{FAINT:#}") } else { Ok(()) }
    }

    fn meeting(&mut self, meeting: &'a Meeting) -> io::Result<()> {
        let who = self.list(meeting.participants.iter().map(|participant| participant.entity.as_str()));
        self.paragraph(2, NAME, &who)?;
        let mut known = vec![meeting.kind.clone(), status(meeting.status).to_owned()];
        known.extend(meeting.mode.map(|mode| mode_name(mode).to_owned()));
        known.extend(meeting.place.as_deref().map(|place| self.name(place).to_owned()));
        known.extend(meeting.time.as_ref().map(time));
        for (part, role) in [
            ("host", ParticipantRole::Host),
            ("guest", ParticipantRole::Guest),
            ("mediator", ParticipantRole::Mediator),
        ] {
            let bearers = meeting.participants.iter().filter(|participant| participant.role == role);
            let bearers = self.list(bearers.map(|participant| participant.entity.as_str()));
            if !bearers.is_empty() {
                known.push(format!("{part}: {bearers}"));
            }
        }
        self.paragraph(4, Style::new(), &known.join(" · "))?;
        if !meeting.topics.is_empty() {
            let topics: Vec<_> = meeting.topics.iter().map(words).collect();
            self.paragraph(4, Style::new(), &format!("about: {}", topics.join("; ")))?;
        }
        for mention in &meeting.mentions {
            self.quoted(&mention.span)?;
        }
        Ok(())
    }

    fn statement(&mut self, statement: &'a Statement) -> io::Result<()> {
        let unnamed = statement.source.as_ref().map_or("somebody".to_owned(), words);
        let speaker = statement.speaker.as_deref().map_or(unnamed, |id| self.name(id).to_owned());
        let said = match (&statement.cue, statement.negated) {
            (Some(cue), false) => words(&cue.span),
            (Some(cue), true) => format!("did not {}", cue.lemma),
            (None, _) => "said".to_owned(),
        };
        let to = self.list(statement.addressees.iter().map(String::as_str));
        let mut line = format!("{speaker} · {said} · {}", kind(statement.kind));
        if !to.is_empty() {
            line.push_str(&format!(" · to {to}"));
        }
        if let Some(when) = &statement.time {
            line.push_str(&format!(" · {}", time(when)));
        }
        self.paragraph(2, NAME, &line)?;
        for content in &statement.content {
            self.quoted(content)?;
        }
        Ok(())
    }

    fn person(&mut self, person: &'a Person) -> io::Result<()> {
        let count = person.mentions.len();
        let times = if count == 1 { "named once".to_owned() } else { format!("named {count} times") };
        self.paragraph(2, NAME, &format!("{} · {times}", person.name))?;
        for role in &person.roles {
            let of = role.of.as_deref().map(|id| format!(" ({})", self.name(id))).unwrap_or_default();
            let held = match (&role.from, &role.to) {
                (None, None) => String::new(),
                (from, to) => {
                    let end = |value: &Option<String>| value.clone().unwrap_or_default();
                    format!(", {}–{}", end(from), end(to))
                }
            };
            self.paragraph(4, Style::new(), &format!("{}{of}{held}", role.title))?;
            self.quoted(&role.span)?;
        }
        Ok(())
    }

    /// The words of a span and where they stand.
    fn quoted(&mut self, span: &Span) -> io::Result<()> {
        let at = format!("[{}–{}]", span.start(), span.end());
        let indent = " ".repeat(4);
        let lines = textwrap::wrap(&format!("“{}” {at}", words(span)), self.options(&indent))
            .into_iter()
            .map(|line| line.into_owned())
            .collect::<Vec<_>>()
            .join("\n");
        // The offsets may stand on a line of their own, but never break.
        match lines.rfind(&at) {
            Some(start) => {
                let (text, offsets) = lines.split_at(start);
                writeln!(self.out, "{WORDS}{text}{WORDS:#}{FAINT}{offsets}{FAINT:#}")
            }
            None => writeln!(self.out, "{WORDS}{lines}{WORDS:#}"),
        }
    }

    fn paragraph(&mut self, indent: usize, style: Style, text: &str) -> io::Result<()> {
        let indent = " ".repeat(indent);
        for line in textwrap::wrap(text, self.options(&indent)) {
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    fn options<'i>(&self, indent: &'i str) -> Options<'i> {
        Options::new(self.width).initial_indent(indent).subsequent_indent(indent).break_words(false)
    }
}

/// Words on one line: white space in the source may be a line break.
fn words(span: &Span) -> String {
    span.text().split_whitespace().collect::<Vec<_>>().join(" ")
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

fn time(time: &MeetingTime) -> String {
    let days = match (&time.earliest, &time.latest) {
        (Some(earliest), Some(latest)) if earliest == latest => earliest.clone(),
        (Some(earliest), Some(latest)) => format!("{earliest} to {latest}"),
        _ => time.value.clone(),
    };
    format!("{days} (“{}”)", words(&time.span))
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Held => "held",
        Status::Ongoing => "ongoing",
        Status::Planned => "planned",
        Status::Proposed => "proposed",
        Status::Possible => "possible",
        Status::Postponed => "postponed",
        Status::Cancelled => "cancelled",
        Status::Denied => "denied",
    }
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "in person",
        Mode::Phone => "by phone",
        Mode::Video => "by video",
        Mode::Written => "in writing",
    }
}

fn kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Direct => "in quotes",
        StatementKind::Indirect => "reported",
        StatementKind::Mixed => "partly in quotes",
    }
}

//! `demarche show`: all that a store tells of a person.

use crate::Outcome;
use crate::page::{Page, days, disputed, list, manner, occasion, period, said};
use crate::terminal::{self, coloured_output, counted, output};
use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_graph::{Dossier, DossierMeeting, DossierRole, DossierStatement, Passage, Store};
use demarche_record::ParticipantRole;
use demarche_resolve::When;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche show --store kg \"Vladimir Putin\"
  demarche show --store kg putin --format json")]
pub(crate) struct Arguments {
    /// The name of the person, or the surname where only one bears it
    #[arg(value_name = "NAME")]
    name: String,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// How to print the dossier
    #[arg(long, value_enum, default_value = "pretty")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let dossier = Store::open(&arguments.store)?.dossier(&arguments.name)?;
    match arguments.format {
        Format::Pretty => {
            let mut out = coloured_output();
            write(&mut out, &dossier, terminal::width())?;
            out.flush()?;
        }
        Format::Json => {
            let mut out = output();
            serde_json::to_writer_pretty(&mut out, &dossier)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
    Ok(Outcome::Complete)
}

fn write(out: &mut dyn Write, dossier: &Dossier, width: usize) -> io::Result<()> {
    let mut page = Page::new(out, width);
    let mut known = vec![counted(dossier.articles, "article")];
    if !dossier.other_names.is_empty() {
        known.push(format!("also {}", dossier.other_names.join(", ")));
    }
    known.extend(dossier.identifiers.iter().cloned());
    page.title(&dossier.name, &known.join(" · "))?;
    page.heading("Roles", dossier.roles.is_empty())?;
    dossier.roles.iter().try_for_each(|item| role(&mut page, item))?;
    page.heading("Meetings", dossier.meetings.is_empty())?;
    dossier.meetings.iter().try_for_each(|item| meeting(&mut page, item))?;
    page.heading("Statements", dossier.statements.is_empty())?;
    dossier.statements.iter().try_for_each(|item| statement(&mut page, item))?;
    page.end()
}

fn role(page: &mut Page, role: &DossierRole) -> io::Result<()> {
    let of = role.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
    page.item(&format!("{}{of}{}", role.title, period(role.from.as_deref(), role.until.as_deref())))?;
    role.evidence.iter().try_for_each(|passage| words(page, passage))
}

fn meeting(page: &mut Page, meeting: &DossierMeeting) -> io::Result<()> {
    page.item(&format!("with {}", list(&meeting.with)))?;
    let mut known = vec![occasion(&meeting.kind, meeting.mode), meeting.status.to_string()];
    known.extend(meeting.place.clone());
    known.extend(meeting.when.as_ref().map(when));
    known.extend(match meeting.part {
        ParticipantRole::Participant => None,
        ParticipantRole::Host => Some("as host".to_owned()),
        ParticipantRole::Guest => Some("as guest".to_owned()),
        ParticipantRole::Mediator => Some("as mediator".to_owned()),
    });
    page.line(&known.join(" · "))?;
    if !meeting.topics.is_empty() {
        page.line(&format!("about: {}", meeting.topics.join("; ")))?;
    }
    meeting.disputes.iter().try_for_each(|dispute| page.line(&disputed(dispute)))?;
    let mut before = (meeting.status, &Vec::new());
    for report in &meeting.evidence {
        // Where the plan came first, the articles differ or leave it to somebody, that is worth telling.
        let told = (report.status, &report.claimed_by);
        if told != before {
            let whose = match report.claimed_by.is_empty() {
                true => String::new(),
                false => format!(", as {} says", list(&report.claimed_by)),
            };
            page.line(&format!("{}{whose}:", report.status))?;
            before = told;
        }
        words(page, &report.passage)?;
    }
    Ok(())
}

fn statement(page: &mut Page, statement: &DossierStatement) -> io::Result<()> {
    let said = said(statement.cue.as_deref(), statement.cue.as_deref(), statement.negated);
    let mut known = vec![said, manner(statement.kind).to_owned()];
    if !statement.to.is_empty() {
        known.push(format!("to {}", list(&statement.to)));
    }
    known.extend(statement.when.as_ref().map(when));
    page.item(&known.join(" · "))?;
    statement.evidence.iter().try_for_each(|passage| words(page, passage))
}

fn when(when: &When) -> String {
    days(&when.value, when.earliest.as_deref(), when.latest.as_deref())
}

/// The words, and the article that they stand in with its date.
fn words(page: &mut Page, passage: &Passage) -> io::Result<()> {
    let date = passage.published.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    page.words(&passage.text, &format!("{}{date} [{}–{}]", passage.file, passage.at.start, passage.at.end))
}

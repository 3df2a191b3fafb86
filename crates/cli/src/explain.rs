//! `demarche explain`: why a thing of the graph is what it is.

use crate::Outcome;
use crate::page::{Page, disputed};
use crate::terminal::{self, coloured_output, counted, output};
use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_graph::{Explanation, Store, Telling, Why};
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche explain --store kg person/joe-biden
  demarche explain --store kg \"Joe Biden\"
  demarche explain --store kg https://w3id.org/demarche/id/meeting/4c1f9a3b5e7d2086 --format json")]
pub(crate) struct Arguments {
    /// A thing of the graph: its IRI, what follows the base in it (person/joe-biden), or a name that only one thing bears
    #[arg(value_name = "IRI|NAME")]
    thing: String,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// Tell of every article and every decision, and not of the first 20 alone
    #[arg(long)]
    all: bool,

    /// How to print the explanation; json has all
    #[arg(long, value_enum, default_value = "pretty")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Pretty,
    /// For programs
    Json,
}

/// How much of each sort is told where not all is asked for.
const FEW: usize = 20;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let store = Store::open(&arguments.store)?;
    let explanation = store.explain(&arguments.thing)?;
    match arguments.format {
        Format::Pretty => {
            let mut out = coloured_output();
            let corrections = store.corrections_file();
            let most = if arguments.all { usize::MAX } else { FEW };
            write(&mut out, &explanation, &corrections.display().to_string(), terminal::width(), most)?;
            out.flush()?;
        }
        Format::Json => {
            let mut out = output();
            serde_json::to_writer_pretty(&mut out, &explanation)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
    Ok(Outcome::Complete)
}

fn write(out: &mut dyn Write, explanation: &Explanation, file: &str, width: usize, most: usize) -> io::Result<()> {
    let mut page = Page::new(out, width);
    let mut known = vec![explanation.key.kind().as_str().to_owned(), explanation.iri.clone()];
    if !explanation.other_names.is_empty() {
        known.push(format!("also {}", explanation.other_names.join(", ")));
    }
    known.extend(explanation.identifiers.iter().cloned());
    page.title(&explanation.name, &known.join(" · "))?;
    page.heading("From these articles", explanation.reports.is_empty())?;
    some(&mut page, &explanation.reports, most, telling)?;
    if !explanation.disputes.is_empty() {
        page.heading("What they say differently", false)?;
        explanation.disputes.iter().try_for_each(|dispute| page.line(&disputed(dispute)))?;
    }
    page.heading("Why it is one", explanation.merges.is_empty())?;
    some(&mut page, &explanation.merges, most, why)?;
    page.heading("What it was kept apart from", explanation.refused.is_empty())?;
    some(&mut page, &explanation.refused, most, why)?;
    if !explanation.dated.is_empty() {
        page.heading("Articles that it dates", false)?;
        for decision in &explanation.dated {
            page.line(&format!("{}: {}", crate::page::list(&decision.articles), decision.reason))?;
        }
    }
    page.heading("Corrections", explanation.corrections.is_empty())?;
    for correction in &explanation.corrections {
        let line = correction.line.map(|line| format!(":{line}")).unwrap_or_default();
        page.item(&format!("{file}{line}"))?;
        correction.entry.lines().try_for_each(|line| page.line(line))?;
    }
    page.end()
}

/// The first of all, and how many more there are.
fn some<T>(page: &mut Page, all: &[T], most: usize, tell: impl Fn(&mut Page, &T) -> io::Result<()>) -> io::Result<()> {
    all.iter().take(most).try_for_each(|one| tell(page, one))?;
    match all.len().saturating_sub(most) {
        0 => Ok(()),
        more => page.line(&format!("… and {more} more: --all tells of them")),
    }
}

fn telling(page: &mut Page, report: &Telling) -> io::Result<()> {
    let passage = &report.passage;
    let mut at = format!("{}{} [{}–{}]", passage.file, day(report), passage.at.start, passage.at.end);
    if report.mentions > 1 {
        at.push_str(&format!(" and {} more", counted(report.mentions - 1, "time")));
    }
    if let Some(status) = report.status {
        let whose = match report.claimed_by.is_empty() {
            true => String::new(),
            false => format!(", as {} says", crate::page::list(&report.claimed_by)),
        };
        page.line(&format!("{status}{whose}:"))?;
    }
    page.words(&passage.text, &at)
}

fn day(report: &Telling) -> String {
    report.passage.published.as_ref().map(|date| format!(", {date}")).unwrap_or_default()
}

fn why(page: &mut Page, decision: &Why) -> io::Result<()> {
    let other = decision.other.as_ref().map(|key| format!("{key}: ")).unwrap_or_default();
    let articles = counted(decision.articles.len(), "article");
    let articles = match decision.reason.ends_with(&format!("in {articles}")) {
        true => String::new(),
        false => format!(", {articles}"),
    };
    page.line(&format!("{other}{} (score {} of 100{articles})", decision.reason, decision.score))
}

//! `demarche review`: the least certain decisions, and the reader's word on them.

use crate::Outcome;
use crate::build::shell_word;
use crate::explain::Format;
use crate::page::{Page, list};
use crate::terminal::{self, coloured_output, counted, output};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use demarche_graph::{Doubt, Seen, Side, Store};
use demarche_resolve::{Action, Correction, Kind};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
Each answer is added to the store's corrections.toml, where it can be changed by hand; `demarche build` applies it.

Examples:
  demarche review --store kg
  demarche review --store kg --kind meeting
  demarche review --store kg --list --limit 50
  demarche review --store kg --list --format json")]
pub(crate) struct Arguments {
    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// Print the decisions and ask nothing
    #[arg(long)]
    list: bool,

    /// How to print the list
    #[arg(long, value_enum, default_value = "pretty", requires = "list")]
    format: Format,

    /// Ask about one kind of things only; else about each kind in turn
    #[arg(long, value_enum)]
    kind: Option<Sort>,

    /// How many decisions at most
    #[arg(long, value_name = "N", default_value = "20")]
    limit: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    Person,
    Organization,
    Place,
    Meeting,
    Statement,
}

impl From<Sort> for Kind {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Person => Kind::Person,
            Sort::Organization => Kind::Organization,
            Sort::Place => Kind::Place,
            Sort::Meeting => Kind::Meeting,
            Sort::Statement => Kind::Statement,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut store = Store::open(&arguments.store)?;
    let (doubts, all) = store.doubts(arguments.kind.map(Into::into), arguments.limit)?;
    if arguments.list && arguments.format == Format::Json {
        let mut out = output();
        serde_json::to_writer_pretty(&mut out, &doubts)?;
        out.write_all(b"\n")?;
        out.flush()?;
        return Ok(Outcome::Complete);
    }
    let mut out = coloured_output();
    let mut corrections = 0;
    if doubts.is_empty() {
        writeln!(out, "there is nothing to decide")?;
    }
    for (number, doubt) in (1..).zip(&doubts) {
        show(&mut out, doubt, &format!("{number} of {}", doubts.len()), terminal::width())?;
        if arguments.list {
            continue;
        }
        let things = doubt.things();
        let action = match ask(&mut out)? {
            Answer::Same => Action::Same(things),
            Answer::Different => Action::Different(things),
            Answer::Skip => continue,
            Answer::Quit => break,
        };
        match store.correct([&Correction { action, because: None, line: None }]) {
            Ok(()) => corrections += 1,
            Err(error) if error.kind() == demarche_graph::StoreErrorKind::Corrections => {
                writeln!(out, "That contradicts what is there already:\n{error}")?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    if arguments.list {
        if all > doubts.len() {
            writeln!(out, "\nand {} more (--limit)", counted(all - doubts.len(), "decision"))?;
        }
    } else if corrections > 0 {
        let file = store.corrections_file();
        writeln!(out, "\n{} added to {}", counted(corrections, "correction"), file.display())?;
        writeln!(out, "Next: demarche build --store {}", shell_word(&arguments.store))?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

enum Answer {
    Same,
    Different,
    Skip,
    Quit,
}

/// Asks until there is an answer; the end of the input quits.
fn ask(out: &mut dyn Write) -> Result<Answer> {
    loop {
        write!(out, "  (s)ame, (d)ifferent, s(k)ip, (q)uit? ")?;
        out.flush()?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).context("the answer cannot be read")?;
        match line.trim().to_lowercase().as_str() {
            _ if read == 0 => {
                writeln!(out)?;
                return Ok(Answer::Quit);
            }
            "s" | "same" => return Ok(Answer::Same),
            "d" | "different" => return Ok(Answer::Different),
            "k" | "skip" | "" => return Ok(Answer::Skip),
            "q" | "quit" => return Ok(Answer::Quit),
            other => writeln!(out, "  {other:?} is none of these")?,
        }
    }
}

fn show(out: &mut dyn Write, doubt: &Doubt, number: &str, width: usize) -> io::Result<()> {
    let mut page = Page::new(out, width);
    let decided = if doubt.joined { "taken for one" } else { "kept apart" };
    page.heading(&format!("{number}: {decided} (score {} of 100)", doubt.score), false)?;
    page.line(&doubt.reason)?;
    doubt.sides.iter().try_for_each(|one| side(&mut page, one))?;
    page.end()
}

fn side(page: &mut Page, side: &Side) -> io::Result<()> {
    page.item(&format!("{} ({})", side.thing, counted(side.articles, "article")))?;
    side.passages.iter().try_for_each(|seen| passage(page, seen))
}

fn passage(page: &mut Page, seen: &Seen) -> io::Result<()> {
    let passage = &seen.telling.passage;
    let date = passage.published.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    let at = format!("{}{date} [{}–{}]", passage.file, passage.at.start, passage.at.end);
    page.words(&passage.text, &at)?;
    if let Some(title) = &seen.title {
        page.line(&format!("in “{title}”"))?;
    }
    if !seen.roles.is_empty() {
        page.line(&format!("as {}", list(&seen.roles)))?;
    }
    if !seen.beside.is_empty() {
        page.line(&format!("beside {}", list(&seen.beside)))?;
    }
    Ok(())
}

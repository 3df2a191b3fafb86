//! `demarche extract`: what articles say, on standard output.

use crate::articles::{Articles, Selection};
use crate::terminal::{self, coloured_output, output, progress};
use crate::{Outcome, pretty, wrong};
use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_graph::{Format as RdfFormat, Namespace, record_quads, write_quads};
use indicatif::ProgressBar;
use std::io::Write;

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche extract article.txt
  demarche extract news/ --manifest news/manifest.csv --format jsonl > records.jsonl
  curl -s https://news.example/a.txt | demarche extract - --published 2021-06-16")]
pub(crate) struct Arguments {
    #[command(flatten)]
    articles: Selection,

    /// What to print [default: pretty on a terminal, else jsonl]
    #[arg(long, short, value_enum)]
    format: Option<Format>,

    /// Put the text of the articles into the records
    #[arg(long)]
    with_text: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One record a line, in JSON
    Jsonl,
    /// For people: who met whom, who said what, each with its words
    Pretty,
    /// Turtle, the graph of each article by itself
    Ttl,
    /// N-Quads, the graph of each article by itself
    Nq,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    if arguments.articles.is_empty() {
        return Err(wrong("name the ARTICLES to read: files, folders or - for standard input").into());
    }
    let articles = arguments.articles.open(arguments.with_text)?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() { Format::Pretty } else { Format::Jsonl });
    // A bar would stand between the records on one screen.
    let progress = if terminal::is_terminal() { ProgressBar::hidden() } else { progress(articles.len(), "reading") };
    let failed = match format {
        Format::Jsonl => {
            let mut out = output();
            articles.read(&progress, |record| {
                serde_json::to_writer(&mut out, &record)?;
                out.write_all(b"\n")?;
                Ok(out.flush()?)
            })?
        }
        Format::Pretty => {
            let mut out = coloured_output();
            articles.read(&progress, |record| {
                pretty::write(&mut out, &record, terminal::width())?;
                Ok(out.flush()?)
            })?
        }
        Format::Ttl => graphs(&articles, &progress, RdfFormat::Turtle)?,
        Format::Nq => graphs(&articles, &progress, RdfFormat::NQuads)?,
    };
    Ok(if failed == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// Prints what a graph with each article alone would hold.
fn graphs(articles: &Articles, progress: &ProgressBar, format: RdfFormat) -> Result<usize> {
    let names = Namespace::default();
    let mut out = output();
    articles.read(progress, |record| Ok(write_quads(record_quads(&record, &names), format, &names, &mut out)?))
}

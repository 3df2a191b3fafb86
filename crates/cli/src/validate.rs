//! `demarche validate`: records against the articles that they were read from.

use crate::Outcome;
use crate::records;
use crate::terminal::{complain, output};
use anyhow::Result;
use clap::Args;
use demarche_ingest::{Input, Reader};
use demarche_record::{Article, validate};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche validate records.jsonl
  demarche extract news/ --with-text | demarche validate -")]
pub(crate) struct Arguments {
    /// Records, one JSON object a line; - for standard input
    #[arg(value_name = "RECORDS.jsonl", required = true)]
    files: Vec<PathBuf>,

    /// The folder from which the records name their sources [default: the current one]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let root = arguments.root.as_deref().unwrap_or(Path::new(""));
    let mut read = 0;
    let mut wrong = 0;
    for file in &arguments.files {
        records::lines(file, |number, line| {
            read += 1;
            let problems = check(line, root);
            wrong += usize::from(!problems.is_empty());
            for problem in problems {
                complain(&format!("{}:{number}: {problem}", file.display()));
            }
            Ok(())
        })?;
    }
    let mut out = output();
    writeln!(out, "{read} records read, {} sound, {wrong} with errors", read - wrong)?;
    out.flush()?;
    Ok(if wrong == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// What is wrong with a record.
fn check(line: &str, root: &Path) -> Vec<String> {
    let record = match records::parse(line) {
        Ok(record) => record,
        Err(problem) => return vec![problem],
    };
    let article = match &record.text {
        Some(text) => Article::new(&record.source, text),
        None if record.source == "-" => {
            return vec!["was read from standard input and has no text; extract it with --with-text".to_owned()];
        }
        None => match Reader::new().read(&Input::File(root.join(&record.source))) {
            Ok(article) => article,
            Err(error) => return vec![error.to_string()],
        },
    };
    if article.id() != record.id {
        return vec![format!("{}: the text is not the one that was read; extract it again", record.source)];
    }
    validate(&record, &article.text).into_iter().map(|violation| violation.to_string()).collect()
}

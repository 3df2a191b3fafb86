//! `demarche demo`: the whole way once, with the sample articles that the command carries.

use crate::Outcome;
use crate::articles::Engine;
use crate::build::{shell_word, summary};
use crate::export::write_file;
use crate::page::{days, occasion, one_line};
use crate::terminal::{HEADING, coloured_output, counted, progress, table};
use anyhow::{Context, Result};
use clap::Args;
use demarche_graph::{ExportFormat, ExportOptions, Format, Selection, Store};
use demarche_ingest::{Input, Manifest, Reader, find};
use demarche_record::Record;
use demarche_resolve::{Corpus, Key, Meeting, Statement, When};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder to write into: the articles, the store, the diagram, the graph
    #[arg(long, value_name = "DIR", default_value = "demo")]
    out: PathBuf,

    #[command(flatten)]
    engine: Engine,
}

/// Statements that the demo shows.
const STATEMENTS: usize = 15;

macro_rules! sample {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../data/sample/", $name)))),*]
    };
}

/// The files of `data/sample`.
const SAMPLE: &[(&str, &[u8])] = sample![
    "2021-04-13-call.md",
    "2021-05-24-advisers.txt",
    "2021-06-16-geneva.md",
    "2021-06-17-reactions.txt",
    "2021-12-02-stockholm.md",
    "2021-12-08-video-call.md",
    "2021-12-29-second-call-planned.txt",
    "2021-12-31-after-the-call.md",
    "2022-01-11-geneva-talks.md",
    "2023-05-17-quad-cancelled.md",
    "2024-03-05-river-commission.txt",
    "2024-03-06-briefing.txt",
    "manifest.csv",
];

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let folder = &arguments.out;
    let articles = folder.join("articles");
    std::fs::create_dir_all(&articles).with_context(|| format!("{}: cannot be made", articles.display()))?;
    for (name, content) in SAMPLE {
        write_file_if_other(&articles.join(name), content)?;
    }

    let manifest = articles.join("manifest.csv");
    let reader = Reader::new().manifest(Manifest::read(&manifest)?);
    let inputs = find([&articles]).into_iter().collect::<Result<Vec<_>, _>>()?;
    let path = folder.join("kg");
    let mut store = Store::open_or_create(&path, None)?;
    let mut records = Vec::new();
    let article = |input: &Input| reader.read(input).map(Some).map_err(|error| error.to_string());
    let workers = arguments.engine.start()?;
    let failed = workers.read(&inputs, article, &progress(inputs.len(), "reading"), |record| {
        records.push(record);
        Ok(())
    })?;
    let added = store.add(&records)?;
    let built = store.commit()?;
    let corpus = store.corpus()?;

    let mut out = coloured_output();
    summary(&mut out, &path, added, 0, built)?;
    writeln!(out, "\n{HEADING}Who met whom{HEADING:#}")?;
    writeln!(out, "{}", meetings(&corpus))?;
    writeln!(out, "\n{HEADING}Who said what{HEADING:#}")?;
    writeln!(out, "{}", statements(&corpus, &records))?;
    if corpus.statements.len() > STATEMENTS {
        writeln!(out, "and {} more", counted(corpus.statements.len() - STATEMENTS, "statement"))?;
    }
    out.flush()?;

    let mut written = Vec::new();
    for (name, format) in [
        ("graph.svg", ExportFormat::Svg),
        ("graph.png", ExportFormat::Png),
        ("graph.dot", ExportFormat::Dot),
        ("graph.ttl", ExportFormat::Rdf(Format::Turtle)),
    ] {
        let file = folder.join(name);
        let picture = ExportOptions { selection: Selection::default(), ..ExportOptions::default() };
        write_file(&file, format, &store, &picture)?;
        written.push(shell_word(&file));
    }
    writeln!(out, "\nWritten: {}", written.join(", "))?;
    let (manifest, articles, path) = (shell_word(&manifest), shell_word(&articles), shell_word(&path));
    writeln!(
        out,
        "
Next:
  demarche show --store {path} \"Vladimir Putin\"
  demarche query --store {path} who-met-whom
  demarche export --store {path} -o putin.svg --about \"Vladimir Putin\" --statements
  demarche build {articles} --store my-kg --manifest {manifest}    (or your own articles)"
    )?;
    out.flush()?;
    Ok(if failed == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// A file that is there already stays as it is, with its date.
fn write_file_if_other(path: &Path, content: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    crate::file::write_whole(path, |out| Ok(out.write_all(content)?))
}

fn meetings(corpus: &Corpus) -> comfy_table::Table {
    let mut meetings: Vec<&Meeting> = corpus.meetings.iter().collect();
    meetings.sort_by_key(|meeting| (first_day(meeting.when.as_ref()), &meeting.key));
    table(
        ["when", "who", "where", "what", "status", "articles"],
        meetings.into_iter().map(|meeting| {
            let who = meeting.participants.iter().map(|participant| label(corpus, &participant.agent));
            let articles = meeting.reports.iter().map(|report| &report.member.article);
            [
                meeting.when.as_ref().map_or(String::new(), when),
                who.collect::<Vec<_>>().join(", "),
                meeting.place.as_ref().map_or(String::new(), |place| label(corpus, place)),
                occasion(&meeting.kind, meeting.mode),
                meeting.status.to_string(),
                articles.collect::<std::collections::BTreeSet<_>>().len().to_string(),
            ]
        }),
    )
}

fn statements(corpus: &Corpus, records: &[Record]) -> comfy_table::Table {
    let by_id: BTreeMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), record)).collect();
    let article = |statement: &Statement| {
        let first = statement.members.iter().filter_map(|member| by_id.get(member.article.as_str()));
        first.map(|record| (record.published.latest.clone(), record.source.clone())).min().unwrap_or_default()
    };
    // Statements of people first: those of unnamed sources tell a newcomer less.
    let mut named: Vec<_> = corpus
        .statements
        .iter()
        .map(|statement| (statement.speaker.is_none(), article(statement), statement))
        .collect();
    named.sort_by(|a, b| (a.0, &a.1, &a.2.key).cmp(&(b.0, &b.1, &b.2.key)));
    table(
        ["who", "said", "words", "article"],
        named.into_iter().take(STATEMENTS).map(|(_, (_, source), statement)| {
            let file = Path::new(&source).file_name().unwrap_or_default().to_string_lossy().into_owned();
            let cue = statement.cue.clone().unwrap_or_default();
            [
                statement.speaker.as_ref().map_or("somebody".to_owned(), |speaker| label(corpus, speaker)),
                if statement.negated { format!("not: {cue}") } else { cue },
                one_line(&statement.text),
                file,
            ]
        }),
    )
}

fn label(corpus: &Corpus, key: &Key) -> String {
    corpus.label(key).unwrap_or(key.as_str()).to_owned()
}

fn when(when: &When) -> String {
    days(&when.value, when.earliest.as_deref(), when.latest.as_deref())
}

/// To sort by: what has no date comes last.
fn first_day(when: Option<&When>) -> String {
    when.and_then(|when| when.earliest.clone()).unwrap_or("9999".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/sample");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !["SOURCE", "LICENSE"].contains(&name.as_str()))
            .collect();
        names.sort();
        assert_eq!(names, SAMPLE.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}

//! `demarche validate`: records against the articles that they were read from, graphs against shapes.

use crate::file::write_whole;
use crate::query::cell;
use crate::terminal::{self, complain, counted, output};
use crate::{Outcome, records, wrong};
use anyhow::{Context, Result};
use clap::Args;
use demarche_graph::model::Quad;
use demarche_graph::{DataGraph, Format, Namespace, Report, Shapes, Store, read_quads};
use demarche_ingest::{Input, Reader};
use demarche_record::{Article, validate};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "\
A graph, of a store or in files of RDF (.ttl .trig .nt .nq .rdf .jsonld), is held against shapes (SHACL): those of demarche, or your own.
All of SHACL Core and sh:sparql is understood; what is not is an error, and nothing is skipped. All files together are one graph.
The answer is a table on a terminal, else the standard report (sh:ValidationReport).

Examples:
  demarche validate --store kg
  demarche validate graph.trig --shapes my-shapes.ttl -o report.ttl
  demarche validate records.jsonl
  demarche extract news/ --with-text | demarche validate -

Exit codes: 0 all is as it should be, 1 something is not, 2 wrong usage.")]
pub(crate) struct Arguments {
    /// Records, one JSON object a line (- for standard input), or files of RDF by their endings
    #[arg(value_name = "FILE", required_unless_present = "store")]
    files: Vec<PathBuf>,

    /// Validate the graph of the store in this folder
    #[arg(long, value_name = "DIR", conflicts_with = "files")]
    store: Option<PathBuf>,

    /// Shapes to hold a graph against, instead of those of demarche; may be given more than once
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,

    /// The format of the report (ttl, trig, nt, nq, rdf, jsonld) [default: by the ending of the output, else a table on a terminal, else ttl]
    #[arg(long, value_name = "FORMAT", value_parser = Format::from_name)]
    format: Option<Format>,

    /// Write the report to a file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The folder from which the records name their sources [default: the current one]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    if let Some(folder) = &arguments.store {
        let store = Store::open(folder)?;
        let quads: Vec<Quad> = store.graph()?.iter().collect::<Result<_, _>>()?;
        return graph(arguments, vec![quads], store.names());
    }
    let rdf: Vec<bool> = arguments.files.iter().map(|file| Format::from_path(file).is_ok()).collect();
    match (rdf.contains(&true), rdf.contains(&false)) {
        (true, true) => {
            Err(wrong("records and files of RDF are validated one after the other, not in one call").into())
        }
        (true, false) => {
            graph(arguments, arguments.files.iter().map(|f| read(f)).collect::<Result<_>>()?, &Namespace::default())
        }
        _ if !arguments.shapes.is_empty() || arguments.output.is_some() || arguments.format.is_some() => {
            Err(wrong("--shapes, --format and -o are for graphs: name a --store or files of RDF").into())
        }
        _ => check_records(arguments),
    }
}

/// Reads a file of RDF in the format of its ending.
fn read(path: &Path) -> Result<Vec<Quad>> {
    let name = || path.display().to_string();
    let format = Format::from_path(path).with_context(name)?;
    let file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    read_quads(format, BufReader::new(file)).with_context(name)
}

fn graph(arguments: &Arguments, mut sources: Vec<Vec<Quad>>, names: &Namespace) -> Result<Outcome> {
    let shapes = match &arguments.shapes[..] {
        [] => Shapes::ours(),
        files => {
            let read: Result<Vec<_>> = files.iter().map(|file| read(file)).collect();
            let listed: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            Shapes::of(read?).with_context(|| listed.join(", "))?
        }
    };
    sources.push(Shapes::subclasses());
    let report = shapes.validate(&mut DataGraph::new(sources))?;
    if let Some(path) = &arguments.output {
        let format = arguments.format.map_or_else(|| Format::from_path(path), Ok)?;
        write_whole(path, |writer| Ok(report.write(format, names, writer)?))?;
    } else if let Some(format) = arguments.format.or((!terminal::is_terminal()).then_some(Format::Turtle)) {
        report.write(format, names, &mut output())?;
    } else {
        table(&report, names)?;
    }
    if !report.conforms() && arguments.output.is_some() {
        complain(&format!("{} found", counted(report.violations().len(), "violation")));
    }
    Ok(if report.conforms() { Outcome::Complete } else { Outcome::Partial })
}

/// The report for people.
fn table(report: &Report, names: &Namespace) -> Result<()> {
    let mut out = output();
    if report.conforms() {
        writeln!(out, "the graph holds to its shapes")?;
    } else {
        let mut prefixes = names.prefixes();
        prefixes.push(("sh", "http://www.w3.org/ns/shacl#".to_owned()));
        let rows = report.violations().iter().map(|violation| {
            let value = violation.value.as_ref().map(|value| cell(value, &prefixes)).unwrap_or_default();
            let message = violation.messages.first().map(|message| message.value().to_owned()).unwrap_or_default();
            let path = violation.path().map(|path| shortened(&path, &prefixes)).unwrap_or_default();
            [cell(&violation.focus, &prefixes), path, value, message]
        });
        writeln!(out, "{}", terminal::table(["at", "path", "value", "what is wrong"], rows))?;
        writeln!(out, "{}", counted(report.violations().len(), "violation"))?;
    }
    out.flush()?;
    Ok(())
}

/// A path with prefixes for namespaces.
fn shortened(path: &str, prefixes: &[(&'static str, String)]) -> String {
    let mut short = path.to_owned();
    for (prefix, namespace) in prefixes {
        short = short.replace(&format!("<{namespace}"), &format!("{prefix}:"));
    }
    short.replace('>', "")
}

fn check_records(arguments: &Arguments) -> Result<Outcome> {
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

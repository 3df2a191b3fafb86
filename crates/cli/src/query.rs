//! `demarche query`: SPARQL, one's own or one that has a name.

use crate::Outcome;
use crate::terminal::{self, output, rows_table};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use demarche_graph::model::Term;
use demarche_graph::{Namespace, QueryOptions, Results, ResultsFormat, ResultsKind, Store, named_queries, named_query};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Args)]
#[command(after_help = "\
Prefixes need not be declared: dm: for the terms, person:, place:, meeting: … for the things, rdfs:, schema: and others.

Examples:
  demarche queries                                        the queries that have a name
  demarche query --store kg who-met-whom
  demarche query --store kg 'SELECT ?who { person:joe-biden dm:met ?who }'
  demarche query --store kg -f question.rq --format csv > answer.csv")]
pub(crate) struct Arguments {
    /// A query in SPARQL, or the name of one
    #[arg(value_name = "SPARQL|NAME", required_unless_present = "file", conflicts_with = "file")]
    query: Option<String>,

    /// Read the query from a file; - for standard input
    #[arg(long, short, value_name = "FILE.rq")]
    file: Option<PathBuf>,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// How to print the answer [default: table on a terminal, else json]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Seconds after which to give up
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// SPARQL 1.1 Query Results JSON
    Json,
    /// Comma-separated plain values
    Csv,
    /// Tab-separated terms
    Tsv,
    /// SPARQL Query Results XML
    Xml,
}

impl Format {
    fn results(self) -> Option<ResultsFormat> {
        match self {
            Self::Table => None,
            Self::Json => Some(ResultsFormat::Json),
            Self::Csv => Some(ResultsFormat::Csv),
            Self::Tsv => Some(ResultsFormat::Tsv),
            Self::Xml => Some(ResultsFormat::Xml),
        }
    }
}

/// `demarche queries`: the queries that have a name.
pub(crate) fn list() -> Result<Outcome> {
    let mut out = output();
    if terminal::is_terminal() {
        let rows = named_queries().iter().map(|query| [query.name.to_owned(), query.about()]);
        writeln!(out, "{}", terminal::table(["name", "what it answers"], rows))?;
    } else {
        for query in named_queries() {
            writeln!(out, "{}\t{}", query.name, query.about())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let sparql = match &arguments.file {
        Some(file) => read(file)?,
        None => by_name_or_text(arguments.query.as_deref().unwrap_or_default())?,
    };
    let store = Store::open(&arguments.store)?;
    let options = QueryOptions { time_limit: arguments.time_limit.map(Duration::from_secs) };
    let results = store.query(&sparql, &options)?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() { Format::Table } else { Format::Json });
    let mut out = output();
    match format.results() {
        Some(format) => results.write(format, &mut out)?,
        None => table(&mut out, results, store.names())?,
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn by_name_or_text(query: &str) -> Result<String> {
    // A name is one word; a query in SPARQL has at least a space and a brace.
    if query.contains(|c: char| c.is_whitespace() || c == '{') {
        return Ok(query.to_owned());
    }
    Ok(named_query(query)?.sparql.to_owned())
}

fn read(file: &Path) -> Result<String> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.with_context(|| format!("{}: the query cannot be read", file.display()))?;
    Ok(text)
}

/// Rows as a table, yes or no as a word, triples as N-Triples.
pub(crate) fn table(out: &mut impl Write, results: Results, names: &Namespace) -> Result<()> {
    match results.kind() {
        ResultsKind::Graph => results.write(ResultsFormat::Json, out)?,
        ResultsKind::Boolean => {
            writeln!(out, "{}", if results.boolean() == Some(true) { "yes" } else { "no" })?;
        }
        ResultsKind::Solutions => {
            let columns = results.columns();
            let prefixes = names.prefixes();
            let mut rows = Vec::new();
            for row in results.rows() {
                rows.push(
                    row?.iter().map(|term| term.as_ref().map_or(String::new(), |term| cell(term, &prefixes))).collect(),
                );
            }
            let count = rows.len();
            writeln!(out, "{}", rows_table(columns, rows))?;
            writeln!(out, "{}", terminal::counted(count, "row"))?;
        }
    }
    Ok(())
}

/// A term for people: the value of a literal, an IRI with the longest prefix that fits.
fn cell(term: &Term, prefixes: &[(&'static str, String)]) -> String {
    match term {
        Term::NamedNode(node) => {
            let iri = node.as_str();
            let fitting =
                prefixes.iter().filter_map(|(prefix, base)| Some((prefix, base, iri.strip_prefix(base.as_str())?)));
            match fitting.max_by_key(|(_, base, _)| base.len()) {
                Some((prefix, _, rest)) => format!("{prefix}:{rest}"),
                None => format!("<{iri}>"),
            }
        }
        Term::Literal(literal) => literal.value().split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

//! `demarche query`: SPARQL, one's own or one that has a name.

use crate::Outcome;
use crate::terminal::{self, FAINT, NAME, coloured_output, output, rows_table};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use demarche_graph::model::Term;
use demarche_graph::{
    NamedQuery, Namespace, QueryOptions, Results, ResultsFormat, ResultsKind, Store, named_queries, named_query,
};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Args)]
#[command(after_help = "\
People, bodies, places and meetings are named as people name them: by name, another name in use, surname, IRI, key
(person/joe-biden) or Wikidata identifier (Q6279). A date is a day, month or year (2021-06), or two of them (2021-06/2021-08).
In SPARQL of one's own, prefixes need not be declared: dm: for the terms, person:, place:, meeting: … for the things, rdfs:,
schema: and others; parameters are declared as in the files of ontology/competency.

Examples:
  demarche query --list                                   the queries that have a name, with their parameters
  demarche query --store kg who-met-whom
  demarche query --store kg who-met-whom --param person=\"Joe Biden\" --since 2021-01 --until 2021-12
  demarche query --store kg dossier --param person=Q6279 --sparql     the query, to be asked elsewhere
  demarche query --store kg 'SELECT ?who { person:joe-biden dm:met ?who }'
  demarche query --store kg -f question.rq --format csv > answer.csv")]
pub(crate) struct Arguments {
    /// A query in SPARQL, or the name of one
    #[arg(value_name = "SPARQL|NAME", required_unless_present_any = ["file", "list"], conflicts_with = "file")]
    query: Option<String>,

    /// Read the query from a file; - for standard input
    #[arg(long, short, value_name = "FILE.rq")]
    file: Option<PathBuf>,

    /// What to ask about, for each parameter of the query
    #[arg(long, short, value_name = "NAME=VALUE", value_parser = assignment)]
    param: Vec<(String, String)>,

    /// Short for --param since=DATE: from this day, month or year on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Short for --param until=DATE: up to this day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    /// List the queries that have a name: what each answers, its parameters, an example
    #[arg(long, conflicts_with_all = ["query", "file", "param", "since", "until", "sparql"])]
    list: bool,

    /// Print the query with its values in SPARQL instead of asking it
    #[arg(long)]
    sparql: bool,

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

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, such as person=\"Joe Biden\"")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

/// `demarche queries` and `demarche query --list`: the queries that have a name. For programs one line each: name, title,
/// parameters with their kinds (`*` marks one that is required), example, question.
pub(crate) fn list() -> Result<Outcome> {
    if !terminal::is_terminal() {
        let mut out = output();
        for query in named_queries() {
            let parameters: Vec<String> = query
                .parameters
                .iter()
                .map(|parameter| {
                    format!("{}:{}{}", parameter.name, parameter.kind, if parameter.required { "*" } else { "" })
                })
                .collect();
            let NamedQuery { name, title, question, .. } = query;
            writeln!(out, "{name}\t{title}\t{}\t{}\t{question}", parameters.join(" "), query.example_options())?;
        }
        out.flush()?;
        return Ok(Outcome::Complete);
    }
    let mut out = coloured_output();
    for query in named_queries() {
        writeln!(out, "{NAME}{}{NAME:#}  {}", query.name, query.title)?;
        let options = textwrap::Options::new(terminal::width()).initial_indent("  ").subsequent_indent("  ");
        writeln!(out, "{}", textwrap::fill(&query.question, options))?;
        for parameter in &query.parameters {
            let required = if parameter.required { ", required" } else { "" };
            writeln!(out, "    {:9} {}{required}: {}", parameter.name, parameter.kind, parameter.meaning)?;
        }
        writeln!(out, "  {FAINT}demarche query --store kg {} {}{FAINT:#}\n", query.name, query.example_options())?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    if arguments.list {
        return list();
    }
    let query = match &arguments.file {
        Some(file) => NamedQuery::parse(&file.display().to_string(), &read(file)?)?,
        None => by_name_or_text(arguments.query.as_deref().unwrap_or_default())?,
    };
    let mut given = arguments.param.clone();
    for (name, value) in [("since", &arguments.since), ("until", &arguments.until)] {
        given.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    }
    let store = Store::open(&arguments.store)?;
    let mut out = output();
    if arguments.sparql {
        writeln!(out, "{}", store.bind(&query, &given)?.trim_end())?;
        out.flush()?;
        return Ok(Outcome::Complete);
    }
    let options = QueryOptions { time_limit: arguments.time_limit.map(Duration::from_secs) };
    let results = store.ask(&query, &given, &options)?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() { Format::Table } else { Format::Json });
    match format.results() {
        Some(format) => results.write(format, &mut out)?,
        None => table(&mut out, results, store.names())?,
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn by_name_or_text(query: &str) -> Result<NamedQuery> {
    // A name is one word; a query in SPARQL has at least a space and a brace.
    if query.contains(|c: char| c.is_whitespace() || c == '{') {
        return Ok(NamedQuery::parse("the query", query)?);
    }
    Ok(named_query(query)?.clone())
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
pub(crate) fn cell(term: &Term, prefixes: &[(&'static str, String)]) -> String {
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

//! Asking the graph.

use crate::error::{Kind, StoreError};
use crate::namespace::Namespace;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter, SparqlEvaluator,
};
use spargebra::{Query, SparqlParser};
use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

/// How to evaluate a query.
#[derive(Debug, Clone, Default)]
pub struct QueryOptions {
    /// How long it may take from the call to the last result; without end when none. The limit is looked at whenever a
    /// quad is read: sorting and string functions run on past it.
    pub time_limit: Option<Duration>,
}

/// The answer to a query. It is worked out while it is read.
pub struct Results {
    inner: Inner,
    watch: Watch,
}

enum Inner {
    Solutions(QuerySolutionIter<'static>),
    Boolean(bool),
    Graph(QueryTripleIter<'static>),
}

/// What sort of answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultsKind {
    /// Of SELECT: rows.
    Solutions,
    /// Of ASK: yes or no.
    Boolean,
    /// Of CONSTRUCT and DESCRIBE: triples.
    Graph,
}

/// Formats of rows, and of yes and no, by the W3C's recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultsFormat {
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// CSV: plain values.
    Csv,
    /// TSV: values in Turtle's notation.
    Tsv,
}

impl ResultsFormat {
    /// The format of a name (`json`, `csv`, `tsv`, `xml`).
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn from_name(name: &str) -> Result<Self, StoreError> {
        match name.to_ascii_lowercase().as_str() {
            "json" | "srj" => Ok(Self::Json),
            "xml" | "srx" => Ok(Self::Xml),
            "csv" => Ok(Self::Csv),
            "tsv" => Ok(Self::Tsv),
            _ => Err(Kind::Unknown(format!("results are written as json, csv, tsv or xml, not {name:?}")).into()),
        }
    }

    fn format(self) -> QueryResultsFormat {
        match self {
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
        }
    }
}

impl Results {
    /// What sort of answer it is.
    pub fn kind(&self) -> ResultsKind {
        match &self.inner {
            Inner::Solutions(_) => ResultsKind::Solutions,
            Inner::Boolean(_) => ResultsKind::Boolean,
            Inner::Graph(_) => ResultsKind::Graph,
        }
    }

    /// The names of the columns, without question marks; none where the answer is no rows.
    pub fn columns(&self) -> Vec<String> {
        match &self.inner {
            Inner::Solutions(rows) => rows.variables().iter().map(|name| name.as_str().to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    /// The answer to an ASK.
    pub fn boolean(&self) -> Option<bool> {
        match self.inner {
            Inner::Boolean(answer) => Some(answer),
            _ => None,
        }
    }

    /// The rows one after the other, each with one value for each column, empty where it is not bound.
    pub fn rows(self) -> impl Iterator<Item = Result<Vec<Option<Term>>, StoreError>> {
        let Self { inner, watch } = self;
        let solutions = match inner {
            Inner::Solutions(solutions) => Some(solutions),
            _ => None,
        };
        solutions.into_iter().flatten().map(move |row| match row {
            Ok(row) => Ok(row.values().to_vec()),
            Err(error) => Err(watch.explain(error)),
        })
    }

    /// The triples one after the other.
    pub fn triples(self) -> impl Iterator<Item = Result<Triple, StoreError>> {
        let Self { inner, watch } = self;
        let triples = match inner {
            Inner::Graph(triples) => Some(triples),
            _ => None,
        };
        triples.into_iter().flatten().map(move |triple| triple.map_err(|error| watch.explain(error)))
    }

    /// Writes the whole answer: rows and yes or no in the given format, triples as N-Triples.
    ///
    /// # Errors
    /// When the query fails or takes too long, or the writer does. What was written by then is not complete.
    pub fn write(self, format: ResultsFormat, mut writer: impl Write) -> Result<(), StoreError> {
        let Self { inner, watch } = self;
        let serializer = QueryResultsSerializer::from_format(format.format());
        match inner {
            Inner::Boolean(answer) => {
                serializer.serialize_boolean_to_writer(&mut writer, answer).map_err(Kind::Write)?;
            }
            Inner::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = serializer.serialize_solutions_to_writer(&mut writer, variables).map_err(Kind::Write)?;
                for row in solutions {
                    let row = row.map_err(|error| watch.explain(error))?;
                    rows.serialize(&row).map_err(Kind::Write)?;
                }
                rows.finish().map_err(Kind::Write)?;
            }
            Inner::Graph(triples) => {
                let mut out = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(&mut writer);
                for triple in triples {
                    let triple = triple.map_err(|error| watch.explain(error))?;
                    out.serialize_triple(&triple).map_err(Kind::Write)?;
                }
                out.finish().map_err(Kind::Write)?;
            }
        }
        writer.flush().map_err(Kind::Write)?;
        Ok(())
    }
}

/// Reads a query.
pub(crate) fn parse(names: &Namespace, query: &str) -> Result<Query, StoreError> {
    let mut parser = SparqlParser::new();
    for (prefix, iri) in names.prefixes() {
        parser = parser.with_prefix(prefix, iri).map_err(StoreError::engine)?;
    }
    Ok(parser.parse_query(query).map_err(|error| Kind::Syntax(error.to_string()))?)
}

/// Starts the evaluation of a query.
pub(crate) fn evaluate(
    graph: &oxigraph::store::Store,
    query: Query,
    options: &QueryOptions,
) -> Result<Results, StoreError> {
    let watch = Watch::start(options.time_limit);
    let prepared = SparqlEvaluator::new().with_cancellation_token(watch.token.clone()).for_query(query);
    let results = prepared.on_store(graph).execute().map_err(|error| watch.explain(error))?;
    let inner = match results {
        QueryResults::Solutions(solutions) => Inner::Solutions(solutions),
        QueryResults::Boolean(answer) => Inner::Boolean(answer),
        QueryResults::Graph(triples) => Inner::Graph(triples),
    };
    Ok(Results { inner, watch })
}

/// Cancels an evaluation when its time is over. The engine has no clock of its own, so that a thread waits; it ends as
/// soon as the results are dropped.
struct Watch {
    token: CancellationToken,
    limit: Option<Duration>,
    _running: Option<mpsc::Sender<()>>,
}

impl Watch {
    fn start(limit: Option<Duration>) -> Self {
        let token = CancellationToken::new();
        let running = limit.map(|limit| {
            let (running, ended) = mpsc::channel::<()>();
            let token = token.clone();
            std::thread::spawn(move || {
                if ended.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout) {
                    token.cancel();
                }
            });
            running
        });
        Self { token, limit, _running: running }
    }

    fn explain(&self, error: QueryEvaluationError) -> StoreError {
        match (error, self.limit) {
            (QueryEvaluationError::Cancelled, Some(limit)) => Kind::TimeLimit(limit).into(),
            (error, _) => Kind::Evaluation(error.to_string()).into(),
        }
    }
}

//! Answering a query in SPARQL.

use super::broken;
use crate::exchange::{Answer, Failed, Failure, Query};
use crate::media;
use demarche_graph::Store;
use demarche_graph::model::{GraphName, NamedNode, Quad};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter, SparqlEvaluator};
use std::io;

/// Evaluates a query and writes its whole answer.
pub(super) fn answer(store: &Store, query: &Query) -> Result<Answer, Failed> {
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, iri) in store.names().prefixes() {
        evaluator = evaluator.with_prefix(prefix, iri).map_err(broken)?;
    }
    let mut prepared = evaluator
        .parse_query(&query.text)
        .map_err(|error| Failed::new(Failure::BadRequest, format!("the query cannot be read: {error}")))?;
    if !query.default_graphs.is_empty() || !query.named_graphs.is_empty() {
        // What the request says of graphs takes the place of what the query says.
        let default = query.default_graphs.iter().map(|iri| graph(iri).map(GraphName::from));
        let named = query.named_graphs.iter().map(|iri| graph(iri).map(Into::into));
        let dataset = prepared.dataset_mut();
        dataset.set_default_graph(default.collect::<Result<_, _>>()?);
        dataset.set_available_named_graphs(named.collect::<Result<_, _>>()?);
    }
    let graph = store.graph().map_err(broken)?;
    match prepared.on_store(graph).execute().map_err(|error| explain(&error))? {
        QueryResults::Boolean(answer) => {
            let format = results_format(query)?;
            let serializer = QueryResultsSerializer::from_format(format);
            let body = serializer.serialize_boolean_to_writer(Vec::new(), answer).map_err(broken)?;
            Ok(Answer::new(media::of_results(format), body))
        }
        QueryResults::Solutions(solutions) => rows(solutions, results_format(query)?, query),
        QueryResults::Graph(triples) => graph_document(triples, store, query),
    }
}

fn graph(iri: &str) -> Result<NamedNode, Failed> {
    NamedNode::new(iri)
        .map_err(|error| Failed::new(Failure::BadRequest, format!("{iri:?} is no absolute IRI of a graph: {error}")))
}

fn results_format(query: &Query) -> Result<QueryResultsFormat, Failed> {
    query.results.ok_or_else(|| {
        let known = media::RESULTS.map(|(_, media_type)| media_type).join(", ");
        Failed::new(Failure::NotAcceptable, format!("rows, yes and no are written as {known}"))
    })
}

fn rows(solutions: QuerySolutionIter, format: QueryResultsFormat, query: &Query) -> Result<Answer, Failed> {
    let mut body = query.bounds.document();
    let variables = solutions.variables().to_vec();
    let unwritten = |error: io::Error| Failed::new(Failure::TooLarge, error.to_string());
    let mut out = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(&mut body, variables)
        .map_err(unwritten)?;
    for (row, solution) in solutions.enumerate() {
        let solution = solution.map_err(|error| explain(&error))?;
        query.bounds.admit(row, "rows")?;
        out.serialize(&solution).map_err(unwritten)?;
    }
    out.finish().map_err(unwritten)?;
    Ok(Answer::new(media::of_results(format), body.bytes))
}

fn graph_document(triples: QueryTripleIter, store: &Store, query: &Query) -> Result<Answer, Failed> {
    let format = query.triples.ok_or_else(|| {
        let known = media::GRAPHS.map(|(_, media_type)| media_type).join(", ");
        Failed::new(Failure::NotAcceptable, format!("triples are written as {known}"))
    })?;
    let mut quads = Vec::new();
    for triple in triples {
        let triple = triple.map_err(|error| explain(&error))?;
        query.bounds.admit(quads.len(), "triples")?;
        quads.push(Quad::new(triple.subject, triple.predicate, triple.object, GraphName::DefaultGraph));
    }
    query.bounds.of_quads(quads, format, store.names())
}

/// Whose fault it is that a query cannot be evaluated, and what to do.
fn explain(error: &QueryEvaluationError) -> Failed {
    use QueryEvaluationError as Error;
    match error {
        Error::UnsupportedService(_) | Error::Service(_) | Error::UnboundService | Error::InvalidServiceName(_) => {
            Failed::new(Failure::Refused, "this server asks no other server: leave SERVICE out")
        }
        Error::UnsupportedCustomFunction(_) | Error::UnsupportedCustomFunctionArity { .. } => {
            Failed::new(Failure::BadRequest, error.to_string())
        }
        error => broken(format!("the query could not be evaluated: {error}")),
    }
}

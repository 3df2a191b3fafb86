//! Constraints that are queries, and the graph as an engine of SPARQL sees it.

use super::error::ShaclError;
use super::graph::{DataGraph, Id};
use super::path::Path;
use oxigraph::model::{Literal, Term, Variable};
use spareval::{InternalQuad, QueryEvaluator, QueryResults, QueryableDataset};
use spargebra::SparqlParser;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// A `sh:sparql` constraint.
pub(super) struct Query {
    /// What the constraint is called.
    pub node: Term,
    pub messages: Vec<Literal>,
    query: spargebra::Query,
    /// The name of the shape, for errors.
    shape: String,
}

/// What a query found wrong with a focus node.
pub(super) struct Solution {
    pub path: Option<Term>,
    pub value: Option<Term>,
    pub messages: Vec<Literal>,
}

impl Query {
    pub fn parse(
        node: Term,
        select: &str,
        prefixes: &BTreeMap<String, String>,
        path: Option<&Path>,
        messages: Vec<Literal>,
        shape: String,
    ) -> Result<Self, ShaclError> {
        for variable in ["currentShape", "shapesGraph"] {
            if [format!("${variable}"), format!("?{variable}")].iter().any(|name| select.contains(name)) {
                return Err(ShaclError::Unsupported {
                    shape,
                    term: format!("${variable} in a query"),
                    hint: "the shapes are no part of the data: write what is meant",
                });
            }
        }
        let select = match path {
            Some(path) => select.replace("$PATH", &path.to_string()),
            None => select.to_owned(),
        };
        let malformed = |shape: &str, problem: String| ShaclError::Malformed { shape: shape.to_owned(), problem };
        let mut parser = SparqlParser::new();
        for (prefix, namespace) in prefixes {
            parser = parser
                .with_prefix(prefix, namespace)
                .map_err(|error| malformed(&shape, format!("the namespace of {prefix}: is no IRI: {error}")))?;
        }
        let query = parser.parse_query(&select).map_err(|error| malformed(&shape, format!("sh:select: {error}")))?;
        if !matches!(query, spargebra::Query::Select { .. }) {
            return Err(malformed(&shape, "sh:select is no SELECT query".to_owned()));
        }
        Ok(Self { node, messages, query, shape })
    }

    /// What the query finds of a focus node.
    pub fn solutions(&self, graph: &DataGraph, focus: Id) -> Result<Vec<Solution>, ShaclError> {
        let wrong = |problem: String| ShaclError::Query { shape: self.shape.clone(), problem };
        let evaluator = QueryEvaluator::new();
        let this = Variable::new_unchecked("this");
        let prepared = evaluator.prepare(&self.query).substitute_variable(this, graph.term(focus).clone());
        let results = prepared.execute(Asked(graph)).map_err(|error| wrong(error.to_string()))?;
        let QueryResults::Solutions(rows) = results else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for row in rows {
            let row = row.map_err(|error| wrong(error.to_string()))?;
            if matches!(row.get("failure"), Some(Term::Literal(truth)) if truth.value() == "true") {
                return Err(wrong(format!("it fails at {}", graph.term(focus))));
            }
            let fill = |text: &str| {
                let mut text = text.to_owned();
                for (variable, value) in row.iter() {
                    let value = match value {
                        Term::Literal(literal) => literal.value().to_owned(),
                        other => other.to_string(),
                    };
                    for sign in ['?', '$'] {
                        text = text.replace(&format!("{{{sign}{}}}", variable.as_str()), &value);
                    }
                }
                text
            };
            let messages = match row.get("message") {
                Some(Term::Literal(message)) => vec![message.clone()],
                _ => self.messages.iter().map(|message| retold(message, fill(message.value()))).collect(),
            };
            let path = row.get("path").filter(|path| path.is_named_node()).cloned();
            found.push(Solution { path, value: row.get("value").cloned(), messages });
        }
        Ok(found)
    }
}

/// Another text in the language of the first.
fn retold(literal: &Literal, text: String) -> Literal {
    match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(text, language),
        None => Literal::new_simple_literal(text),
    }
}

/// A term of the graph by its number, or one that the graph has not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Internal {
    Known(Id),
    Other(Term),
}

/// The graph as the engine asks for it.
struct Asked<'g>(&'g DataGraph);

impl<'g> QueryableDataset<'g> for Asked<'g> {
    type InternalTerm = Internal;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Internal>,
        predicate: Option<&Internal>,
        object: Option<&Internal>,
        graph_name: Option<Option<&Internal>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Internal>, Infallible>> + use<'g> {
        let graph = self.0;
        let parts = [subject, predicate, object];
        // There is the default graph only, and what is not in it is in no triple.
        let is_empty = graph_name != Some(None) || parts.iter().any(|part| matches!(part, Some(Internal::Other(_))));
        let [subject, predicate, object] = parts.map(|part| match part {
            Some(Internal::Known(id)) => Some(*id),
            _ => None,
        });
        let triples = (!is_empty).then(|| graph.matching(subject, predicate, object));
        triples.into_iter().flatten().map(|triple| {
            let [subject, predicate, object] = triple.map(Internal::Known);
            Ok(InternalQuad { subject, predicate, object, graph_name: None })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Internal, Infallible> {
        Ok(match self.0.id(&term) {
            Some(id) => Internal::Known(id),
            None => Internal::Other(term),
        })
    }

    fn externalize_term(&self, term: Internal) -> Result<Term, Infallible> {
        Ok(match term {
            Internal::Known(id) => self.0.term(id).clone(),
            Internal::Other(term) => term,
        })
    }
}

//! JSON-LD that can be read: with the names of our context. (Oxigraph writes the expanded form only.)

use crate::namespace::Namespace;
use crate::vocabulary::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The context, which is published as `ontology/context.jsonld`.
pub(crate) const CONTEXT: &str = include_str!("../../../../ontology/context.jsonld");

/// Writes one document: the nodes of the default graph, then each named graph, one node a line.
pub(super) struct JsonLdWriter {
    context: Context,
    /// The graph that is open.
    graph: GraphName,
    separator: &'static str,
}

impl JsonLdWriter {
    /// Writes the context.
    pub fn begin(names: &Namespace, out: &mut dyn Write) -> io::Result<Self> {
        let context = Context::new(names)?;
        writeln!(out, "{{\n\"@context\": {},", serde_json::to_string(&context.json)?)?;
        write!(out, "\"@graph\": [")?;
        Ok(Self { context, graph: GraphName::DefaultGraph, separator: "\n" })
    }

    /// Writes quads with one graph and one subject, sorted.
    pub fn block(&mut self, quads: &[Quad], out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = quads.first() else { return Ok(()) };
        if self.graph != first.graph_name {
            self.close(out)?;
            self.graph = first.graph_name.clone();
            let name = match &self.graph {
                GraphName::DefaultGraph => None,
                GraphName::NamedNode(name) => Some(self.context.iri(name.as_str())),
                GraphName::BlankNode(name) => Some(name.to_string()),
            };
            if let Some(name) = name {
                write!(out, "{}{{\"@id\": {}, \"@graph\": [", self.separator, Value::from(name))?;
                self.separator = "\n";
            }
        }
        write!(out, "{}{}", self.separator, serde_json::to_string(&self.context.node(quads))?)?;
        self.separator = ",\n";
        Ok(())
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.graph != GraphName::DefaultGraph {
            write!(out, "\n]}}")?;
        }
        Ok(())
    }

    /// Ends the document.
    pub fn end(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close(out)?;
        writeln!(out, "\n]\n}}")
    }
}

/// How the values of a property are written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Coercion {
    None,
    /// As an IRI.
    Id,
    /// As a term of the vocabulary.
    Vocabulary,
    /// As a string of this datatype.
    Datatype(String),
    /// As a string in this language.
    Language(String),
}

struct Context {
    json: Value,
    /// Prefixes and what they stand for, the longest first.
    prefixes: Vec<(String, String)>,
    /// Property IRI → its name and how its values are written.
    terms: BTreeMap<String, (String, Coercion)>,
    vocabulary: String,
}

impl Context {
    fn new(names: &Namespace) -> io::Result<Self> {
        let document: Value = serde_json::from_str(CONTEXT)?;
        let mut json = document.get("@context").and_then(Value::as_object).cloned().unwrap_or_default();
        json.insert("id".to_owned(), Value::from(names.base()));
        let mut prefixes = Vec::new();
        for (name, value) in &json {
            if let Some(iri) = value.as_str()
                && !name.starts_with('@')
            {
                prefixes.push((name.clone(), iri.to_owned()));
            }
        }
        prefixes.sort_by_key(|(name, iri)| (std::cmp::Reverse(iri.len()), name.clone()));
        let expand = |compact: &str| match compact.split_once(':') {
            Some((prefix, local)) => match prefixes.iter().find(|(name, _)| name == prefix) {
                Some((_, iri)) => format!("{iri}{local}"),
                None => compact.to_owned(),
            },
            None => compact.to_owned(),
        };
        let mut terms = BTreeMap::new();
        for (name, definition) in &json {
            let Some(id) = definition.get("@id").and_then(Value::as_str) else { continue };
            let coercion = match (definition.get("@type").and_then(Value::as_str), definition.get("@language")) {
                (Some("@id"), _) => Coercion::Id,
                (Some("@vocab"), _) => Coercion::Vocabulary,
                (Some(datatype), _) => Coercion::Datatype(expand(datatype)),
                (None, Some(language)) => Coercion::Language(language.as_str().unwrap_or_default().to_owned()),
                (None, None) => Coercion::None,
            };
            terms.insert(expand(id), (name.clone(), coercion));
        }
        let vocabulary = json.get("@vocab").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Self { json: Value::Object(json), prefixes, terms, vocabulary })
    }

    /// An IRI in its short form, where a prefix fits.
    fn iri(&self, iri: &str) -> String {
        for (prefix, namespace) in &self.prefixes {
            if let Some(local) = iri.strip_prefix(namespace.as_str())
                && !local.is_empty()
                && !local.starts_with("//")
            {
                return format!("{prefix}:{local}");
            }
        }
        iri.to_owned()
    }

    /// An IRI where terms of the vocabulary may stand by their bare name.
    fn term(&self, iri: &str) -> String {
        match iri.strip_prefix(&self.vocabulary) {
            Some(local) if !local.is_empty() && !self.shadowed(local, iri) => local.to_owned(),
            _ => self.iri(iri),
        }
    }

    /// Whether the bare name means something else in the context.
    fn shadowed(&self, local: &str, iri: &str) -> bool {
        let defined = self.terms.iter().find(|(_, (name, _))| name == local);
        defined.is_some_and(|(meant, _)| meant != iri)
    }

    fn node(&self, quads: &[Quad]) -> Value {
        let mut node = Map::new();
        let id = match &quads[0].subject {
            NamedOrBlankNode::NamedNode(subject) => self.iri(subject.as_str()),
            NamedOrBlankNode::BlankNode(subject) => subject.to_string(),
        };
        node.insert("@id".to_owned(), Value::from(id));
        for quads in quads.chunk_by(|a, b| a.predicate == b.predicate) {
            let predicate = &quads[0].predicate;
            let (name, coercion) = if predicate.as_ref() == rdf::TYPE {
                ("@type".to_owned(), Coercion::Vocabulary)
            } else {
                let iri = predicate.as_str();
                self.terms.get(iri).cloned().unwrap_or_else(|| (self.term(iri), Coercion::None))
            };
            let mut values: Vec<Value> = quads.iter().map(|quad| self.value(&quad.object, &coercion)).collect();
            let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
            node.insert(name, value);
        }
        Value::Object(node)
    }

    fn value(&self, object: &Term, coercion: &Coercion) -> Value {
        match (object, coercion) {
            (Term::NamedNode(node), Coercion::Id) => Value::from(self.iri(node.as_str())),
            (Term::NamedNode(node), Coercion::Vocabulary) => Value::from(self.term(node.as_str())),
            (Term::NamedNode(node), _) => json!({"@id": self.iri(node.as_str())}),
            (Term::Literal(literal), _) => self.literal(literal, coercion),
            (other, _) => json!({"@id": other.to_string()}),
        }
    }

    fn literal(&self, literal: &Literal, coercion: &Coercion) -> Value {
        let text = literal.value();
        if let Some(language) = literal.language() {
            return match coercion {
                Coercion::Language(expected) if expected == language => Value::from(text),
                _ => json!({"@value": text, "@language": language}),
            };
        }
        let datatype = literal.datatype();
        match coercion {
            Coercion::Datatype(expected) if expected == datatype.as_str() => return Value::from(text),
            Coercion::None if datatype == xsd::STRING => return Value::from(text),
            Coercion::None if datatype == xsd::INTEGER => {
                if let Ok(number) = text.parse::<i64>()
                    && number.to_string() == text
                {
                    return Value::from(number);
                }
            }
            Coercion::None if datatype == xsd::BOOLEAN && matches!(text, "true" | "false") => {
                return Value::from(text == "true");
            }
            _ if datatype == xsd::STRING => return json!({"@value": text}),
            _ => {}
        }
        json!({"@value": text, "@type": self.iri(datatype.as_str())})
    }
}

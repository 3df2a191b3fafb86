//! What was found, and the report of it in RDF.

use super::parse::SH;
use super::path::Path;
use crate::error::{Kind, StoreError};
use crate::export::Format;
use crate::namespace::Namespace;
use oxigraph::io::RdfSerializer;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use std::io::Write;

/// Whether a graph holds to its shapes, and where it does not.
pub struct Report {
    violations: Vec<Violation>,
}

/// A validation result: one place where a graph does not hold to a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The node that was looked at.
    pub focus: Term,
    pub(super) path: Option<Path>,
    /// The value that is wrong, where it is one.
    pub value: Option<Term>,
    /// The shape.
    pub shape: Term,
    /// Of a `sh:sparql` constraint: the constraint.
    pub constraint: Option<Term>,
    /// The constraint component, `sh:MinCountConstraintComponent` for instance.
    pub component: NamedNode,
    /// The severity, `sh:Violation` where the shape gives no other.
    pub severity: NamedNode,
    /// What the shape says about it, or else what is wrong in general words.
    pub messages: Vec<Literal>,
}

impl Violation {
    /// The path to the values, in the notation of SPARQL.
    pub fn path(&self) -> Option<String> {
        self.path.as_ref().map(Path::to_string)
    }

    /// Sorts results.
    fn key(&self) -> [String; 6] {
        let text = |term: &Option<Term>| term.as_ref().map(Term::to_string).unwrap_or_default();
        let messages: Vec<String> = self.messages.iter().map(Literal::to_string).collect();
        let path = self.path().unwrap_or_default();
        [
            self.focus.to_string(),
            path,
            self.component.to_string(),
            text(&self.value),
            self.shape.to_string(),
            messages.join(" "),
        ]
    }
}

impl Report {
    pub(super) fn new(mut violations: Vec<Violation>) -> Self {
        violations.sort_by_cached_key(Violation::key);
        violations.dedup();
        Self { violations }
    }

    /// Whether nothing was found. As SHACL has it, warnings count too.
    pub fn conforms(&self) -> bool {
        self.violations.is_empty()
    }

    /// What was found, sorted.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Writes the standard report: a `sh:ValidationReport` with its results.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, format: Format, names: &Namespace, mut writer: impl Write) -> Result<(), StoreError> {
        let mut serializer = RdfSerializer::from_format(format.rdf());
        let prefixes = names.prefixes();
        let declared = prefixes.iter().filter(|(prefix, _)| !["id", "article"].contains(prefix));
        let declared = declared.map(|(prefix, iri)| (*prefix, iri.as_str())).chain([("sh", SH)]);
        for (prefix, iri) in declared {
            serializer = serializer.with_prefix(prefix, iri).map_err(StoreError::engine)?;
        }
        let mut out = serializer.for_writer(&mut writer);
        for triple in self.triples() {
            out.serialize_triple(&triple).map_err(Kind::Write)?;
        }
        out.finish().map_err(Kind::Write)?;
        writer.flush().map_err(Kind::Write)?;
        Ok(())
    }

    /// The report in triples.
    pub fn triples(&self) -> Vec<Triple> {
        let mut writer = Writer { triples: Vec::new(), paths: 0 };
        let report = NamedOrBlankNode::from(BlankNode::new_unchecked("report"));
        writer.add(&report, rdf::TYPE.into_owned(), sh("ValidationReport"));
        writer.add(&report, sh("conforms"), Literal::from(self.conforms()));
        for number in 1..=self.violations.len() {
            writer.add(&report, sh("result"), BlankNode::new_unchecked(format!("result{number}")));
        }
        for (number, violation) in self.violations.iter().enumerate() {
            writer.violation(&BlankNode::new_unchecked(format!("result{}", number + 1)).into(), violation);
        }
        writer.triples
    }
}

fn sh(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{local}"))
}

struct Writer {
    triples: Vec<Triple>,
    /// How many blank nodes the paths have needed.
    paths: usize,
}

impl Writer {
    fn add(&mut self, subject: &NamedOrBlankNode, predicate: NamedNode, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), predicate, object));
    }

    fn violation(&mut self, node: &NamedOrBlankNode, violation: &Violation) {
        self.add(node, rdf::TYPE.into_owned(), sh("ValidationResult"));
        self.add(node, sh("focusNode"), violation.focus.clone());
        if let Some(value) = &violation.value {
            self.add(node, sh("value"), value.clone());
        }
        for message in &violation.messages {
            self.add(node, sh("resultMessage"), message.clone());
        }
        self.add(node, sh("resultSeverity"), violation.severity.clone());
        self.add(node, sh("sourceConstraintComponent"), violation.component.clone());
        if let Some(constraint) = &violation.constraint {
            self.add(node, sh("sourceConstraint"), constraint.clone());
        }
        self.add(node, sh("sourceShape"), violation.shape.clone());
        if let Some(path) = &violation.path {
            let path = self.path(path);
            self.add(node, sh("resultPath"), path);
        }
    }

    fn path(&mut self, path: &Path) -> Term {
        let (local, inner) = match path {
            Path::Predicate(predicate) => return predicate.clone(),
            Path::Sequence(paths) => return self.list(paths),
            Path::Alternative(paths) => ("alternativePath", self.list(paths)),
            Path::Inverse(path) => ("inversePath", self.path(path)),
            Path::ZeroOrMore(path) => ("zeroOrMorePath", self.path(path)),
            Path::OneOrMore(path) => ("oneOrMorePath", self.path(path)),
            Path::ZeroOrOne(path) => ("zeroOrOnePath", self.path(path)),
        };
        let node = self.blank();
        self.add(&node.clone().into(), sh(local), inner);
        node.into()
    }

    fn list(&mut self, paths: &[Path]) -> Term {
        let mut rest: Term = rdf::NIL.into();
        for path in paths.iter().rev() {
            let first = self.path(path);
            let node = self.blank();
            self.add(&node.clone().into(), rdf::FIRST.into_owned(), first);
            self.add(&node.clone().into(), rdf::REST.into_owned(), rest);
            rest = node.into();
        }
        rest
    }

    fn blank(&mut self) -> BlankNode {
        self.paths += 1;
        BlankNode::new_unchecked(format!("path{}", self.paths))
    }
}

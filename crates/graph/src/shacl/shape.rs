//! Shapes as they are evaluated.

use super::error::ShaclError;
use super::path::Path;
use super::sparql::Query;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use regex::Regex;

/// The shapes that a graph is to hold to.
pub struct Shapes {
    pub(super) shapes: Vec<Shape>,
}

/// The number of a shape among the shapes.
pub(super) type ShapeId = usize;

pub(super) struct Shape {
    /// What it is called.
    pub node: Term,
    /// Of a property shape: its path.
    pub path: Option<Path>,
    pub targets: Vec<Target>,
    pub constraints: Vec<Constraint>,
    pub severity: NamedNode,
    pub messages: Vec<Literal>,
    pub deactivated: bool,
}

pub(super) enum Target {
    Node(Term),
    Class(Term),
    SubjectsOf(Term),
    ObjectsOf(Term),
}

pub(super) enum Constraint {
    Class(Term),
    Datatype(NamedNode),
    NodeKind(NodeKind),
    MinCount(u64),
    MaxCount(u64),
    MinExclusive(Literal),
    MinInclusive(Literal),
    MaxExclusive(Literal),
    MaxInclusive(Literal),
    MinLength(u64),
    MaxLength(u64),
    Pattern(Regex),
    LanguageIn(Vec<String>),
    UniqueLang,
    Equals(Term),
    Disjoint(Term),
    LessThan(Term),
    LessThanOrEquals(Term),
    Not(ShapeId),
    And(Vec<ShapeId>),
    Or(Vec<ShapeId>),
    Xone(Vec<ShapeId>),
    Node(ShapeId),
    Property(ShapeId),
    /// How many values are of a shape and of none of its siblings.
    Qualified {
        shape: ShapeId,
        siblings: Vec<ShapeId>,
        min: Option<u64>,
        max: Option<u64>,
    },
    /// The predicates that are allowed.
    Closed(Vec<Term>),
    HasValue(Term),
    In(Vec<Term>),
    Sparql(Box<Query>),
}

/// Which of the three kinds of terms are allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeKind {
    pub iri: bool,
    pub blank: bool,
    pub literal: bool,
}

impl Shapes {
    /// The shapes in `ontology/shapes.ttl`: what every graph of demarche holds to.
    pub fn ours() -> Self {
        let text = include_str!("../../../../ontology/shapes.ttl");
        let quads: Result<Vec<Quad>, _> = RdfParser::from_format(RdfFormat::Turtle).for_slice(text).collect();
        let quads = quads.expect("a test reads the shapes");
        Self::of([quads]).expect("a test reads the shapes")
    }

    /// What the ontology says of the classes of demarche: which is below which. `sh:class` and `sh:targetClass` count
    /// subclasses, and a graph does not repeat them.
    pub fn subclasses() -> Vec<Quad> {
        let text = include_str!("../../../../ontology/demarche.ttl");
        let quads: Result<Vec<Quad>, _> = RdfParser::from_format(RdfFormat::Turtle).for_slice(text).collect();
        let mut quads = quads.expect("a test reads the ontology");
        quads.retain(|quad| quad.predicate.as_ref() == rdfs::SUB_CLASS_OF);
        quads
    }

    /// The shapes in some sources, which count as one graph.
    ///
    /// # Errors
    /// When a shape is malformed, or has anything that is not supported: nothing is skipped.
    pub fn of<S: IntoIterator<Item = Quad>>(sources: impl IntoIterator<Item = S>) -> Result<Self, ShaclError> {
        super::parse::parse(sources)
    }
}

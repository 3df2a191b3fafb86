//! Single facts of the graph: looked up, not searched for.

use super::answers::Time;
use super::broken;
use crate::exchange::Failed;
use demarche_graph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use demarche_graph::vocabulary::CONCEPTS;
use demarche_graph::{Namespace, Store, When};

/// A graph to look into.
#[derive(Clone, Copy)]
pub(super) enum In<'a> {
    /// What all articles together say.
    All,
    /// What one article says, or the decisions.
    Graph(NamedNodeRef<'a>),
    /// Any graph.
    Any,
}

impl<'a> In<'a> {
    fn name(self) -> Option<GraphNameRef<'a>> {
        match self {
            Self::All => Some(GraphNameRef::DefaultGraph),
            Self::Graph(name) => Some(name.into()),
            Self::Any => None,
        }
    }
}

/// Reads facts of a store.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    store: &'a Store,
}

impl<'a> Facts<'a> {
    pub fn of(store: &'a Store) -> Self {
        Self { store }
    }

    pub fn names(&self) -> &'a Namespace {
        self.store.names()
    }

    /// The IRI of a key, or of anything else below the base.
    pub fn node(&self, key: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{key}", self.names().base()))
    }

    /// The key behind the base.
    pub fn key<'t>(&self, term: &'t Term) -> Option<&'t str> {
        match term {
            Term::NamedNode(node) => node.as_str().strip_prefix(self.names().base()),
            _ => None,
        }
    }

    fn quads(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<NamedNodeRef<'_>>,
        graph: In<'_>,
    ) -> Result<impl Iterator<Item = Result<Quad, Failed>> + use<>, Failed> {
        let found = self.store.graph()?.quads_for_pattern(
            subject.map(Into::into),
            predicate,
            object.map(Into::into),
            graph.name(),
        );
        Ok(found.map(|quad| quad.map_err(broken)))
    }

    /// All that is said of a subject, in order.
    pub fn about(&self, subject: &NamedNode, graph: In<'_>) -> Result<Vec<(NamedNode, Term)>, Failed> {
        let quads = self.quads(Some(subject.as_ref()), None, None, graph)?;
        let mut said =
            quads.map(|quad| quad.map(|quad| (quad.predicate, quad.object))).collect::<Result<Vec<_>, _>>()?;
        said.sort_by_cached_key(|(predicate, object)| (predicate.as_str().to_owned(), object.to_string()));
        Ok(said)
    }

    /// The objects of a property, in order.
    pub fn objects(
        &self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        graph: In<'_>,
    ) -> Result<Vec<Term>, Failed> {
        let quads = self.quads(Some(subject.as_ref()), Some(predicate), None, graph)?;
        let mut objects = quads.map(|quad| quad.map(|quad| quad.object)).collect::<Result<Vec<_>, _>>()?;
        objects.sort_by_cached_key(ToString::to_string);
        Ok(objects)
    }

    /// The subjects of a property, in order.
    pub fn subjects(
        &self,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
        graph: In<'_>,
    ) -> Result<Vec<NamedNode>, Failed> {
        let quads = self.quads(None, Some(predicate), Some(object.as_ref()), graph)?;
        let subjects = quads.map(|quad| quad.map(|quad| quad.subject)).collect::<Result<Vec<_>, _>>()?;
        let mut subjects: Vec<NamedNode> = subjects.into_iter().filter_map(named).collect();
        subjects.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        subjects.dedup();
        Ok(subjects)
    }

    /// Every fact of a property below the base: the subject's key and the object.
    pub fn each(
        &self,
        predicate: NamedNodeRef<'_>,
        graph: In<'_>,
        mut take: impl FnMut(&str, &Term),
    ) -> Result<(), Failed> {
        let base = self.names().base();
        for quad in self.quads(None, Some(predicate), None, graph)? {
            let quad = quad?;
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
                && let Some(key) = subject.as_str().strip_prefix(base)
            {
                take(key, &quad.object);
            }
        }
        Ok(())
    }

    /// All that one article's graph says.
    pub fn graph(&self, name: &NamedNode) -> Result<Vec<Quad>, Failed> {
        self.quads(None, None, None, In::Graph(name.as_ref()))?.collect()
    }
}

/// The node, if it has a name.
pub(super) fn named(node: NamedOrBlankNode) -> Option<NamedNode> {
    match node {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The words of a literal.
pub(super) fn text(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

/// The number of a literal.
pub(super) fn number<N: std::str::FromStr>(term: &Term) -> Option<N> {
    text(term)?.parse().ok()
}

/// The word for a concept of ours: `held`, `in person`, `deny`.
pub(super) fn concept(term: &Term) -> Option<String> {
    let Term::NamedNode(node) = term else { return None };
    let known = CONCEPTS.iter().find(|concept| *node == concept.iri);
    known.map(|concept| concept.label.to_owned())
}

/// A time with its words.
pub(super) fn time(value: String, earliest: Option<String>, latest: Option<String>) -> Time {
    let when = When { value, earliest, latest };
    let words = when.to_string();
    let When { value, earliest, latest } = when;
    Time { value, words, earliest, latest }
}

/// Article key and offsets of a mention's IRI below the base: `article/3f9a#char=120,163`.
pub(super) fn mention(key: &str) -> Option<(&str, usize, usize)> {
    let (article, fragment) = key.split_once("#char=")?;
    let (start, end) = fragment.split_once(',')?;
    Some((article, start.parse().ok()?, end.parse().ok()?))
}

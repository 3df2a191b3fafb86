//! The order of quads.

use crate::vocabulary::rdf;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use std::cmp::Ordering;

/// The order in which quads are kept and written: by graph (the default graph first), subject, predicate (types
/// first), object.
pub(crate) fn quad_order(a: &Quad, b: &Quad) -> Ordering {
    fn graph(quad: &Quad) -> &str {
        match &quad.graph_name {
            GraphName::NamedNode(name) => name.as_str(),
            _ => "",
        }
    }
    graph(a).cmp(graph(b)).then_with(|| subject(a).cmp(subject(b))).then_with(|| predicate_order(a, b))
}

/// The order of quads with one subject.
pub(super) fn predicate_order(a: &Quad, b: &Quad) -> Ordering {
    fn object(quad: &Quad) -> (u8, &str, &str, &str) {
        match &quad.object {
            Term::NamedNode(node) => (0, node.as_str(), "", ""),
            Term::Literal(literal) => {
                (1, literal.value(), literal.datatype().as_str(), literal.language().unwrap_or_default())
            }
            _ => (2, "", "", ""),
        }
    }
    let is_other = |quad: &Quad| quad.predicate.as_ref() != rdf::TYPE;
    is_other(a)
        .cmp(&is_other(b))
        .then_with(|| a.predicate.as_str().cmp(b.predicate.as_str()))
        .then_with(|| object(a).cmp(&object(b)))
}

/// The text of a quad's subject.
pub(super) fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

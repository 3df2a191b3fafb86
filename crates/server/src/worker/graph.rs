//! Whole graphs, and what the graph says of one thing.

use super::broken;
use crate::exchange::{Answer, Bounds, Failed, Failure};
use demarche_graph::model::vocab::rdfs;
use demarche_graph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, TermRef};
use demarche_graph::{Format, Store};
use std::collections::BTreeSet;

/// One graph as it is: the default graph, or that of an IRI.
pub(super) fn whole(store: &Store, graph: Option<&str>, format: Format, bounds: Bounds) -> Result<Answer, Failed> {
    let all = store.graph().map_err(broken)?;
    let named = graph.map(iri).transpose()?;
    let name = named.as_ref().map_or(GraphNameRef::DefaultGraph, |node| node.as_ref().into());
    if let Some(node) = &named
        && !all.contains_named_graph(node).map_err(broken)?
        && !store.has_loaded_graph(node.as_str())?
    {
        return Err(Failed::new(Failure::NotFound, format!("there is no graph {node}")));
    }
    let mut quads = Vec::new();
    for quad in all.quads_for_pattern(None, None, None, Some(name)) {
        let quad = quad.map_err(broken)?;
        bounds.admit(quads.len(), "triples")?;
        quads.push(Quad { graph_name: GraphName::DefaultGraph, ..quad });
    }
    bounds.of_quads(quads, format, store.names())
}

/// What the graph says of a thing: all triples with it as subject, of an article those of its own graph too, and the labels
/// of whatever they lead to.
pub(super) fn description(store: &Store, thing: &str, format: Format, bounds: Bounds) -> Result<Answer, Failed> {
    let all = store.graph().map_err(broken)?;
    let thing = iri(thing)?;
    let mut quads = Vec::new();
    let mut reached: BTreeSet<NamedNode> = BTreeSet::new();
    let own = all.quads_for_pattern(None, None, None, Some(thing.as_ref().into()));
    for quad in all.quads_for_pattern(Some(thing.as_ref().into()), None, None, None).chain(own) {
        let quad = quad.map_err(broken)?;
        bounds.admit(quads.len(), "triples")?;
        if let TermRef::NamedNode(object) = quad.object.as_ref() {
            reached.insert(object.into_owned());
        }
        // A document of one thing is one graph, also in formats that could tell several apart.
        quads.push(Quad { graph_name: GraphName::DefaultGraph, ..quad });
    }
    if quads.is_empty() {
        return Err(Failed::new(Failure::NotFound, format!("nothing is known of {thing}")));
    }
    for node in &reached {
        quads.extend(label(all, node.as_ref())?);
    }
    bounds.of_quads(quads, format, store.names())
}

/// The labels of a thing in the default graph.
fn label(all: &oxigraph::store::Store, thing: NamedNodeRef) -> Result<Vec<Quad>, Failed> {
    let subject = NamedOrBlankNodeRef::from(thing);
    all.quads_for_pattern(Some(subject), Some(rdfs::LABEL), None, Some(GraphNameRef::DefaultGraph))
        .collect::<Result<_, _>>()
        .map_err(broken)
}

fn iri(text: &str) -> Result<NamedNode, Failed> {
    NamedNode::new(text)
        .map_err(|error| Failed::new(Failure::BadRequest, format!("{text:?} is no absolute IRI: {error}")))
}

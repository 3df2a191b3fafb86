//! A part of the graph: what concerns a person, or a stretch of days.

use crate::diagram::{Diagram, Selection};
use crate::error::StoreError;
use crate::export::{Format, diagram, write_quads};
use crate::store::Store;
use crate::vocabulary::dm;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

impl Store {
    /// Writes the part of the graph that a selection asks for: its meetings and statements (however many), those who take
    /// part in them or speak, their places, and what is told of all these, with the evidence; in formats with named graphs
    /// also the articles' own reports. What leads out of that part is left out.
    ///
    /// # Errors
    /// When `about` names nothing or several things, a bound is not a day, the graph cannot be loaded or the writer fails.
    pub fn export_part(&self, selection: &Selection, format: Format, writer: impl Write) -> Result<(), StoreError> {
        let corpus = self.corpus()?;
        let all = Diagram::of_corpus(&corpus, self.names(), "");
        let wide = Selection { statements: true, max_nodes: usize::MAX, ..selection.clone() };
        let chosen = diagram(&corpus, self.names(), &wide)?;
        let within: BTreeSet<&str> = chosen.graph().node_weights().map(|node| node.id.as_str()).collect();
        let nodes = all.graph().node_weights().map(|node| node.id.as_str());
        let beyond: BTreeSet<&str> = nodes.filter(|id| !within.contains(id)).collect();

        let graph = self.graph()?;
        let mut quads = Vec::new();
        for quad in graph.iter() {
            let quad = quad.map_err(StoreError::engine)?;
            let wanted = format.has_graphs() || quad.graph_name == GraphName::DefaultGraph;
            if wanted && !beyond.contains(subject(&quad)) && !object(&quad).is_some_and(|iri| beyond.contains(iri)) {
                quads.push(quad);
            }
        }
        let reached = reached(&quads, &within);
        let part = quads.iter().filter(|quad| reached.contains(subject(quad))).cloned().collect();
        write_quads(part, format, self.names(), writer)
    }
}

/// All that can be reached from the chosen things along the quads, and from the reports of them.
fn reached<'q>(quads: &'q [Quad], chosen: &BTreeSet<&'q str>) -> BTreeSet<&'q str> {
    let mut objects: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut waiting: Vec<&str> = chosen.iter().copied().collect();
    for quad in quads {
        if let Some(object) = object(quad) {
            objects.entry(subject(quad)).or_default().push(object);
            if quad.predicate == dm::REPORTS && chosen.contains(object) {
                waiting.push(subject(quad));
            }
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(node) = waiting.pop() {
        if reached.insert(node) {
            waiting.extend(objects.get(node).into_iter().flatten());
        }
    }
    reached
}

fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

fn object(quad: &Quad) -> Option<&str> {
    match &quad.object {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::BlankNode(node) => Some(node.as_str()),
        _ => None,
    }
}

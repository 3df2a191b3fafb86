//! The measures as triples, in a graph of their own.

use super::{MeetingNetwork, Members, NetworkMeasures};
use crate::namespace::Namespace;
use crate::quads::{LANGUAGE, quad_order, status_concept};
use crate::vocabulary::{CONCEPTS, dm, rdf, rdfs, skos, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

impl MeetingNetwork {
    /// The measures as quads of the graph `…/graph/network`, sorted. What the network was made of stands with the graph's own
    /// name; the measures stand with the members.
    pub fn quads(&self, measures: &NetworkMeasures, names: &Namespace) -> Vec<Quad> {
        let graph = names.network();
        let mut quads = Vec::new();
        let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
            let in_graph = GraphName::from(graph.clone());
            quads.push(Quad::new(subject.clone(), predicate, object, in_graph));
        };
        add(&graph, rdf::TYPE, dm::NETWORK.into());
        add(&graph, dm::MEMBERS, Literal::new_simple_literal(self.options.members.as_str()).into());
        for status in &self.options.statuses {
            let concept = status_concept(*status);
            add(&graph, dm::STATUS, concept.into());
            // The articles need not tell of a meeting of this status.
            for known in CONCEPTS.iter().filter(|known| known.iri == concept) {
                let label = Literal::new_language_tagged_literal_unchecked(known.label, LANGUAGE);
                add(&concept.into_owned(), rdf::TYPE, skos::CONCEPT.into());
                add(&concept.into_owned(), rdfs::LABEL, label.into());
                add(&concept.into_owned(), skos::IN_SCHEME, known.scheme.into());
            }
        }
        for (predicate, day) in [(dm::EARLIEST, &self.options.since), (dm::LATEST, &self.options.until)] {
            if let Some(day) = day {
                add(&graph, predicate, Literal::new_typed_literal(day, xsd::DATE).into());
            }
        }
        add(&graph, dm::MODULARITY, fraction(measures.summary.modularity));
        for member in &measures.members {
            let node = NamedNode::new_unchecked(&member.iri);
            for (predicate, count) in [
                (dm::DEGREE, member.degree),
                (dm::WEIGHTED_DEGREE, member.weighted_degree),
                (dm::MEETING_COUNT, member.meetings),
                (dm::COMMUNITY, member.community),
                (dm::COMPONENT, member.component),
            ] {
                add(&node, predicate, Literal::new_typed_literal(count.to_string(), xsd::INTEGER).into());
            }
            add(&node, dm::BETWEENNESS, fraction(member.betweenness));
            add(&node, dm::CLOSENESS, fraction(member.closeness));
        }
        quads.sort_by(quad_order);
        quads
    }
}

/// A share as xsd:decimal in its canonical form, with at most nine decimals.
fn fraction(value: f64) -> Term {
    let text = format!("{value:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(if text == "-0" { "0" } else { text }, xsd::DECIMAL).into()
}

impl Members {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::People, Self::States, Self::All];
}

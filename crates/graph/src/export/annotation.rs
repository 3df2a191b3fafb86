//! RDF 1.2: that two people met, with the meeting on the triple itself.
//!
//! The shortcut `person:a dm:met person:b` does not say when and where. On request each occasion of it is named by a
//! reifier with the meeting, its place and its time: in Turtle `person:a dm:met person:b ~ … {| dm:meeting … |}`, in formats
//! that have no such notation `… rdf:reifies <<( person:a dm:met person:b )>>`.

use crate::error::StoreError;
use crate::namespace::{Namespace, hyphenated};
use crate::quads::shortcut_of;
use crate::vocabulary::{dm, rdf};
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, Triple,
};
use oxigraph::store::Store;
use std::collections::BTreeMap;

/// The meetings of a graph that shortcuts stand for.
pub(crate) struct Annotations {
    /// The base of the reifiers.
    base: String,
    /// Shortcut, one participant, another → the meetings that they have in common, in the order of their IRIs.
    meetings: BTreeMap<(&'static str, String, String), Vec<NamedNode>>,
    /// Meeting → its place and time.
    facts: BTreeMap<String, Vec<(NamedNode, Term)>>,
}

/// One occasion of a shortcut.
pub(crate) struct Annotation {
    pub reifier: NamedNode,
    /// Its class, the meeting, its place, its time.
    pub facts: Vec<(NamedNode, Term)>,
}

impl Annotations {
    /// Gathers them from the default graph.
    pub fn of_graph(graph: &Store, names: &Namespace) -> Result<Self, StoreError> {
        let mut found =
            Self { base: format!("{}encounter/", names.base()), meetings: BTreeMap::new(), facts: BTreeMap::new() };
        let default = Some(GraphNameRef::DefaultGraph);
        let mut meetings = Vec::new();
        for quad in graph.quads_for_pattern(None, Some(rdf::TYPE), Some(dm::MEETING_CLASS.into()), default) {
            if let NamedOrBlankNode::NamedNode(meeting) = quad.map_err(StoreError::engine)?.subject {
                meetings.push(meeting);
            }
        }
        meetings.sort();
        for meeting in meetings {
            let values = |predicate: NamedNodeRef<'static>| -> Result<Vec<Term>, StoreError> {
                let subject = Some(NamedOrBlankNodeRef::from(&meeting));
                let quads = graph.quads_for_pattern(subject, Some(predicate), None, default);
                let mut values = quads.map(|quad| Ok(quad?.object)).collect::<Result<Vec<Term>, _>>();
                if let Ok(values) = &mut values {
                    values.sort_by_cached_key(Term::to_string);
                }
                values.map_err(|error: oxigraph::store::StorageError| StoreError::engine(error))
            };
            let statuses = values(dm::STATUS)?;
            let Some(shortcut) = statuses.iter().find_map(shortcut_of) else { continue };
            let mut facts = vec![
                (rdf::TYPE.into_owned(), Term::from(dm::ENCOUNTER)),
                (dm::MEETING.into_owned(), Term::from(meeting.clone())),
            ];
            for predicate in [dm::PLACE, dm::WHEN] {
                facts.extend(values(predicate)?.into_iter().map(|value| (predicate.into_owned(), value)));
            }
            let agents: Vec<String> = values(dm::PARTICIPANT)?
                .into_iter()
                .filter_map(|agent| if let Term::NamedNode(agent) = agent { Some(agent.into_string()) } else { None })
                .collect();
            for one in &agents {
                for other in agents.iter().filter(|other| *other != one) {
                    let pair = (shortcut.as_str(), one.clone(), other.clone());
                    found.meetings.entry(pair).or_default().push(meeting.clone());
                }
            }
            found.facts.insert(meeting.into_string(), facts);
        }
        Ok(found)
    }

    /// The annotations of a triple of the default graph; none where it is no shortcut.
    pub fn of(&self, quad: &Quad) -> Vec<Annotation> {
        let (GraphName::DefaultGraph, NamedOrBlankNode::NamedNode(one), Term::NamedNode(other)) =
            (&quad.graph_name, &quad.subject, &quad.object)
        else {
            return Vec::new();
        };
        let shortcuts = [dm::MET, dm::PLANS_TO_MEET, dm::MAY_MEET];
        let Some(shortcut) = shortcuts.into_iter().find(|shortcut| quad.predicate == *shortcut) else {
            return Vec::new();
        };
        let pair = (shortcut.as_str(), one.as_str().to_owned(), other.as_str().to_owned());
        let last = |iri: &NamedNode| hyphenated(&local(iri.as_str(), &self.base));
        let annotation = |meeting: &NamedNode| Annotation {
            reifier: NamedNode::new_unchecked(format!("{}{}-{}-{}", self.base, last(meeting), last(one), last(other))),
            facts: self.facts.get(meeting.as_str()).cloned().unwrap_or_default(),
        };
        self.meetings.get(&pair).into_iter().flatten().map(annotation).collect()
    }

    /// The annotations of a block of quads as quads of their own.
    pub fn quads(&self, block: &[Quad]) -> Vec<Quad> {
        let mut quads = Vec::new();
        for quad in block {
            for Annotation { reifier, facts } in self.of(quad) {
                let triple = Triple::new(quad.subject.clone(), quad.predicate.clone(), quad.object.clone());
                let reifies = (rdf::REIFIES.into_owned(), Term::from(triple));
                for (predicate, object) in std::iter::once(reifies).chain(facts) {
                    quads.push(Quad::new(reifier.clone(), predicate, object, GraphName::DefaultGraph));
                }
            }
        }
        quads
    }
}

/// What follows the base of a graph's IRIs.
fn local(iri: &str, encounters: &str) -> String {
    let base = encounters.strip_suffix("encounter/").unwrap_or(encounters);
    iri.strip_prefix(base).unwrap_or(iri).to_owned()
}

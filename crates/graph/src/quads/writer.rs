//! Quads of one graph, as they are gathered: terms of each kind, and what all things have in common.

use super::LANGUAGE;
use super::order::{predicate_order, subject};
use crate::namespace::Namespace;
use crate::vocabulary::{CONCEPTS, dm, edtf, owl, prov, rdf, rdfs, skos, xsd};
use demarche_record::{Record, Span};
use demarche_resolve::{Corpus, Member, When};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Gathers the quads of one graph.
pub(super) struct Writer<'a> {
    pub(super) names: &'a Namespace,
    graph: GraphName,
    quads: Vec<Quad>,
    /// Concepts that were used, to be described with a label.
    concepts: BTreeSet<&'static str>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(names: &'a Namespace, graph: GraphName) -> Self {
        Self { names, graph, quads: Vec::new(), concepts: BTreeSet::new() }
    }

    /// The quads sorted, each once. They come subject by subject, so that it is quicker to sort the subjects first.
    pub(super) fn finish(self) -> Vec<Quad> {
        let mut runs: Vec<Vec<Quad>> = Vec::new();
        for quad in self.quads {
            match runs.last_mut() {
                Some(run) if run[0].subject == quad.subject => run.push(quad),
                _ => runs.push(vec![quad]),
            }
        }
        runs.sort_by(|a, b| subject(&a[0]).cmp(subject(&b[0])));
        let mut sorted: Vec<Quad> = Vec::with_capacity(runs.iter().map(Vec::len).sum());
        let mut runs = runs.into_iter().peekable();
        while let Some(mut of_subject) = runs.next() {
            while let Some(more) = runs.next_if(|run| run[0].subject == of_subject[0].subject) {
                of_subject.extend(more);
            }
            of_subject.sort_by(predicate_order);
            of_subject.dedup();
            sorted.append(&mut of_subject);
        }
        sorted
    }

    pub(super) fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    pub(super) fn a(&mut self, subject: &NamedNode, class: NamedNodeRef<'_>) {
        self.add(subject, rdf::TYPE, class);
    }

    pub(super) fn link(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: NamedNode) {
        self.add(subject, predicate, object);
    }

    pub(super) fn literal(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, literal: Literal) {
        self.add(subject, predicate, literal);
    }

    pub(super) fn plain(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.literal(subject, predicate, Literal::new_simple_literal(text));
    }

    pub(super) fn text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.literal(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, LANGUAGE));
    }

    pub(super) fn day(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, day: &str) {
        self.literal(subject, predicate, Literal::new_typed_literal(day, xsd::DATE));
    }

    pub(super) fn when(&mut self, subject: &NamedNode, when: &When) {
        self.literal(subject, dm::WHEN, time_literal(&when.value));
        self.bounds(subject, when.earliest.as_deref(), when.latest.as_deref());
    }

    pub(super) fn bounds(&mut self, subject: &NamedNode, earliest: Option<&str>, latest: Option<&str>) {
        for (predicate, day) in [(dm::EARLIEST, earliest), (dm::LATEST, latest)] {
            if let Some(day) = day {
                self.day(subject, predicate, day);
            }
        }
    }

    pub(super) fn count(&mut self, subject: &NamedNode, count: usize) {
        self.literal(subject, dm::SOURCE_COUNT, Literal::new_typed_literal(count.to_string(), xsd::INTEGER));
    }

    pub(super) fn confidence(&mut self, subject: &NamedNode, confidence: f64) {
        self.literal(subject, dm::CONFIDENCE, Literal::new_typed_literal(decimal(confidence), xsd::DECIMAL));
    }

    pub(super) fn uses(&mut self, concept: NamedNodeRef<'static>) {
        self.concepts.insert(concept.as_str());
    }

    /// The labels of the concepts that were used.
    pub(super) fn concepts(&mut self) {
        let used = std::mem::take(&mut self.concepts);
        for concept in CONCEPTS.iter().filter(|concept| used.contains(concept.iri.as_str())) {
            let node = concept.iri.into_owned();
            self.a(&node, skos::CONCEPT);
            self.text(&node, rdfs::LABEL, concept.label);
            self.link(&node, skos::IN_SCHEME, concept.scheme.into_owned());
        }
    }

    /// Articles, the number of independent ones, and the first words in each that the members rest on.
    pub(super) fn provenance<'r>(
        &mut self,
        corpus: &Corpus,
        subject: &NamedNode,
        members: &[Member],
        records: &BTreeMap<&str, &'r Record>,
        spans: impl Fn(&'r Record, &str) -> Vec<&'r Span>,
    ) {
        let articles: BTreeSet<&str> = members.iter().map(|member| member.article.as_str()).collect();
        self.count(subject, corpus.source_count(members));
        for article in articles {
            self.link(subject, prov::WAS_DERIVED_FROM, self.names.article(article));
        }
        for member in members {
            if let Some(record) = records.get(member.article.as_str()) {
                for span in spans(record, &member.local) {
                    self.link(subject, dm::EVIDENCE, self.names.mention(&member.article, span));
                }
            }
        }
    }

    /// What people, organisations and places have in common: names, identifiers.
    pub(super) fn named(&mut self, subject: &NamedNode, name: &str, other_names: &[String], identifiers: &[String]) {
        self.text(subject, rdfs::LABEL, name);
        for other in other_names {
            self.text(subject, skos::ALT_LABEL, other);
        }
        for identifier in identifiers {
            // What is no IRI cannot be written as one; the record keeps it.
            if let Ok(same) = NamedNode::new(identifier) {
                self.link(subject, owl::SAME_AS, same);
            }
        }
    }
}

/// A TIMEX3/EDTF value at its own precision: a day, a month, a year; anything else is EDTF.
pub(crate) fn time_literal(value: &str) -> Literal {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    // A time of day is more than the types can hold together with an unknown time zone; the day stands.
    let day = value.split('T').next().unwrap_or(value);
    let parts: Vec<&str> = day.split('-').collect();
    match parts[..] {
        [year, month, date] if digits(year, 4) && digits(month, 2) && digits(date, 2) => {
            Literal::new_typed_literal(day, xsd::DATE)
        }
        [year, month] if digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month) => {
            Literal::new_typed_literal(day, xsd::G_YEAR_MONTH)
        }
        [year] if digits(year, 4) => Literal::new_typed_literal(day, xsd::G_YEAR),
        _ => Literal::new_typed_literal(value, edtf::EDTF),
    }
}

/// A number between 0 and 1 in the canonical form of xsd:decimal, with at most three decimals: 0.93, 1.
pub(crate) fn decimal(value: f64) -> String {
    let text = format!("{:.3}", value.clamp(0.0, 1.0));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

//! What readers have set right, and why things were taken for one or kept apart.

use super::concepts::{mode_concept, status_concept};
use super::writer::Writer;
use crate::corrected::things;
use crate::namespace::Namespace;
use crate::vocabulary::{dm, owl, prov, rdfs, xsd};
use demarche_resolve::{Action, Corpus, Correction, Corrections, Key, Values};
use oxigraph::model::{Literal, NamedNode, Quad};

/// What readers have set right and what was decided, a graph each.
pub(crate) fn decision_quads(corpus: &Corpus, corrections: &Corrections, names: &Namespace) -> Vec<Quad> {
    let nodes: Vec<NamedNode> = corrections
        .entries()
        .iter()
        .map(|correction| names.correction(&short_digest([correction.to_string().as_str()])))
        .collect();
    let mut writer = Writer::new(names, names.corrections().into());
    for (node, correction) in nodes.iter().zip(corrections.entries()) {
        writer.correction(node, correction);
    }
    let mut quads = writer.finish();
    let mut writer = Writer::new(names, names.decisions().into());
    writer.decisions(corpus, &nodes);
    quads.extend(writer.finish());
    quads
}

/// The first 16 digits of a digest: enough to name what has no name of its own.
fn short_digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut digest = crate::view::digest(parts);
    digest.truncate(16);
    digest
}

impl Writer<'_> {
    pub(super) fn decisions(&mut self, corpus: &Corpus, corrections: &[NamedNode]) {
        for decision in &corpus.decisions {
            let mut parts = vec![decision.kind.as_str(), &decision.reason];
            parts.extend(decision.about.iter().chain(&decision.other).map(Key::as_str));
            for member in &decision.members {
                parts.extend([member.article.as_str(), member.local.as_str()]);
            }
            let node = self.names.decision(&short_digest(parts));
            self.a(&node, dm::DECISION);
            self.plain(&node, dm::KIND, decision.kind.as_str());
            self.text(&node, dm::REASON, &decision.reason);
            let score = Literal::new_typed_literal(decision.score.to_string(), xsd::INTEGER);
            self.literal(&node, dm::SCORE, score);
            if let Some(about) = &decision.about {
                self.link(&node, dm::DECIDES, self.names.of(about));
            }
            if let Some(other) = &decision.other {
                self.link(&node, dm::APART_FROM, self.names.of(other));
            }
            if let Some(correction) = decision.correction.and_then(|number| corrections.get(number)) {
                self.link(&node, dm::FOLLOWS, correction.clone());
            }
            for member in &decision.members {
                self.link(&node, prov::WAS_DERIVED_FROM, self.names.article(&member.article));
            }
        }
    }

    pub(super) fn correction(&mut self, node: &NamedNode, correction: &Correction) {
        self.a(node, dm::CORRECTION);
        if let Some(because) = &correction.because {
            self.text(node, dm::REASON, because);
        }
        let kind = match &correction.action {
            Action::Same(_) => "same",
            Action::Different(_) => "different",
            Action::Drop(_) => "drop",
            Action::Rename { .. } => "rename",
            Action::Set { .. } => "set",
        };
        self.plain(node, dm::KIND, kind);
        for thing in things(&correction.action) {
            self.link(node, dm::CORRECTS, self.names.of(&thing.key));
        }
        match &correction.action {
            Action::Rename { name, .. } => self.text(node, rdfs::LABEL, name),
            Action::Set { values, .. } => self.values(node, values),
            Action::Same(_) | Action::Different(_) | Action::Drop(_) => {}
        }
    }

    /// What a correction sets, in the terms of what it corrects.
    pub(super) fn values(&mut self, node: &NamedNode, values: &Values) {
        if let Some(status) = values.status {
            self.add(node, dm::STATUS, status_concept(status));
        }
        if let Some(mode) = values.mode {
            self.add(node, dm::MODE, mode_concept(mode));
        }
        for (predicate, key) in [(dm::PLACE, &values.place), (dm::SPEAKER, &values.speaker)] {
            if let Some(key) = key {
                self.link(node, predicate, self.names.of(key));
            }
        }
        if let Some(when) = &values.when {
            self.when(node, when);
        }
        if let Some(country) = &values.country {
            self.plain(node, dm::COUNTRY, country);
        }
        if let Some(Ok(same)) = values.identifier.as_ref().map(NamedNode::new) {
            self.link(node, owl::SAME_AS, same);
        }
    }
}

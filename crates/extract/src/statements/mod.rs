//! Who said what: direct, mixed and indirect statements with their speakers.

use crate::document::Document;
use crate::entities::{Entities, EntityId};
use crate::quotations::Quotations;
use demarche_record::StatementKind;
use std::ops::Range;

/// A statement, before it is written into the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Direct, indirect or mixed.
    pub kind: StatementKind,
    /// Who says it.
    pub speaker: Option<EntityId>,
    /// Tokens that name the speaker.
    pub source: Option<Range<usize>>,
    /// Tokens of the cue and its lemma.
    pub cue: Option<(Range<usize>, String)>,
    /// What the speaker does, by the cue lexicon.
    pub stance: Option<&'static str>,
    /// Bytes of the content in the source text: one range, or several where it is split.
    pub content: Vec<Range<usize>>,
    /// Whom it is said to.
    pub addressees: Vec<EntityId>,
    /// Whether it is reported not to have been said.
    pub negated: bool,
    /// 0 to 1.
    pub confidence: f64,
}

/// Finds the statements of a document. First-person pronouns inside direct speech are added to the mentions of its speaker.
pub fn find(_document: &Document, _quotations: &Quotations, _entities: &mut Entities) -> Vec<Statement> {
    Vec::new()
}

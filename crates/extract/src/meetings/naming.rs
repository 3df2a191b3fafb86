//! One naming of a meeting: a verb or noun that tells of it, with the participants, place, time, mode and topics that stand
//! beside it.

use super::phrase::Text;
use super::times::Time;
use super::{nouns, verbs};
use crate::entities::EntityId;
use crate::quotations::Quotations;
use demarche_nlp::Pos;
use demarche_record::{Mode, ParticipantRole, Status};
use std::ops::Range;

/// A naming of a meeting, before it is known which meeting it names.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// The token that tells of the meeting.
    pub trigger: usize,
    /// The phrase or clause.
    pub phrase: Range<usize>,
    /// Who takes part, as far as this naming tells.
    pub participants: Vec<(EntityId, ParticipantRole)>,
    /// Whether it takes place, as far as this naming tells.
    pub status: Option<Status>,
    /// Whether tense or words tell the status, rather than the time alone.
    pub status_told: bool,
    /// How they talk.
    pub mode: Option<Mode>,
    /// Whether the mode stands beside the trigger rather than in its meaning.
    pub mode_told: bool,
    /// The noun for the occasion.
    pub kind: &'static str,
    /// Where.
    pub place: Option<EntityId>,
    /// Index of the time expression.
    pub time: Option<usize>,
    /// Tokens of what it is about.
    pub topics: Vec<Range<usize>>,
    /// "the meeting", "this summit": may refer back.
    pub definite: bool,
    /// "another meeting", "their second meeting": not the one before.
    pub other: bool,
    /// Its place in a row of meetings, the last one as the greatest number: "the second debate".
    pub ordinal: Option<u8>,
    /// An earlier meeting since which there was none: "their first since a summit in June".
    pub since: bool,
    /// The participants are plural but not known: "they met", "the two leaders met".
    pub plural: bool,
    /// Somebody takes part whom the article names only by a common noun.
    pub stranger: bool,
    /// Whoever is named came to a meeting of others: "joined the talks".
    pub joins: bool,
    /// The first met each of the others separately.
    pub separate: bool,
    /// The subject of a verb above takes part: "She proposed a summit".
    pub governed: bool,
    /// In a quotation.
    pub quoted: bool,
    /// A verb, rather than a noun.
    pub verbal: bool,
    /// In a headline.
    pub headline: bool,
}

impl Naming {
    /// "met separately with A and B": a meeting with each.
    fn one_by_one(self) -> Vec<Self> {
        match &self.participants[..] {
            [first, others @ ..] if others.len() >= 2 => others
                .iter()
                .map(|other| Self { participants: vec![*first, *other], separate: false, ..self.clone() })
                .collect(),
            _ => vec![self],
        }
    }
}

/// All namings of a document, in the order of their triggers.
pub fn find(text: Text, quotations: &Quotations, times: &[Time]) -> Vec<Naming> {
    let analysis = text.analysis();
    let mut found = Vec::new();
    for token in 0..analysis.len() {
        let naming = match analysis[token].pos {
            Pos::Verb => verbs::read(text, token, times).or_else(|| verbs::fate_of_it(text, token)),
            Pos::Noun | Pos::Propn => nouns::read(text, token, times),
            _ => None,
        };
        let naming = naming.map(|naming| Naming { quoted: quotations.around(token).is_some(), ..naming });
        match naming {
            Some(naming) if naming.separate => found.extend(naming.one_by_one()),
            naming => found.extend(naming),
        }
    }
    found
}

/// The run of tokens of a clause, without the mark at its end.
pub fn phrase(text: Text, head: usize, scope: &[usize]) -> Range<usize> {
    let analysis = text.analysis();
    let (mut first, mut last) = (head, head);
    for &token in scope {
        if !matches!(analysis[token].pos, Pos::Punct | Pos::Space) {
            first = first.min(token);
            last = last.max(token);
        }
    }
    first..last + 1
}

//! Who met whom: meetings with participants, place, time, mode and status.

mod lexicon;
mod naming;
mod nouns;
mod occasions;
mod party;
mod phrase;
mod rules;
mod setting;
mod status;
mod verbs;

use crate::document::Document;
use crate::entities::{Entities, EntityId};
use crate::quotations::Quotations;
use crate::times::{self, Time};
use demarche_record::{MeetingTime, Mode, ParticipantRole, Published, Status};
pub use rules::Rule;
use std::ops::Range;
pub use times::edtf;

/// A meeting, before it is written into the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Who takes part, and how.
    pub participants: Vec<(EntityId, ParticipantRole)>,
    /// Whether it took place.
    pub status: Status,
    /// How they talk.
    pub mode: Option<Mode>,
    /// The noun for the occasion.
    pub kind: String,
    /// Where: an [`EntityId::Place`].
    pub place: Option<EntityId>,
    /// When.
    pub time: Option<MeetingTime>,
    /// Tokens of what it is about.
    pub topics: Vec<Range<usize>>,
    /// Namings: tokens of the phrase or clause, and of the trigger.
    pub mentions: Vec<(Range<usize>, Range<usize>)>,
    /// What speaks for it; tells how far it is to be trusted.
    pub rule: Rule,
}

/// The meetings of a document with its time expressions.
#[derive(Debug, Clone, Default)]
pub struct Meetings {
    /// Meetings, in the order of their first mention.
    pub meetings: Vec<Meeting>,
    /// Time expressions, in order.
    pub times: Vec<Time>,
}

/// Finds the meetings and time expressions of a document that was written on the days of `published`.
pub fn find(document: &Document, quotations: &Quotations, entities: &Entities, published: &Published) -> Meetings {
    let times = times::find(document, published);
    let text = phrase::Text { document, entities };
    let namings = naming::find(text, quotations, &times);
    let meetings = occasions::join(text, namings, &times);
    Meetings { meetings, times }
}

//! The words of a record as concepts of the ontology, and as words of the graph.

use crate::vocabulary::{CONCEPTS, dm};
use demarche_record::{Basis, MentionKind, Mode, OrganizationKind, ParticipantRole, PlaceKind, Status};
use oxigraph::model::NamedNodeRef;

pub(crate) fn status_concept(status: Status) -> NamedNodeRef<'static> {
    match status {
        Status::Held => dm::HELD,
        Status::Ongoing => dm::ONGOING,
        Status::Planned => dm::PLANNED,
        Status::Proposed => dm::PROPOSED,
        Status::Possible => dm::POSSIBLE,
        Status::Postponed => dm::POSTPONED,
        Status::Cancelled => dm::CANCELLED,
        Status::Denied => dm::DENIED,
    }
}

/// A part that says more than that somebody took part.
pub(super) fn role_concept(role: ParticipantRole) -> Option<NamedNodeRef<'static>> {
    match role {
        ParticipantRole::Participant => None,
        ParticipantRole::Host => Some(dm::HOST),
        ParticipantRole::Guest => Some(dm::GUEST),
        ParticipantRole::Mediator => Some(dm::MEDIATOR),
    }
}

pub(super) fn mode_concept(mode: Mode) -> NamedNodeRef<'static> {
    match mode {
        Mode::InPerson => dm::IN_PERSON,
        Mode::Phone => dm::PHONE,
        Mode::Video => dm::VIDEO,
        Mode::Written => dm::WRITTEN,
    }
}

/// The concept for the word that the lexicon has; none for a word that it has not.
pub(super) fn stance_concept(stance: &str) -> Option<NamedNodeRef<'static>> {
    CONCEPTS.iter().find(|concept| concept.scheme == dm::STANCES && concept.label == stance).map(|concept| concept.iri)
}

/// How people talk, in words ("by phone"): the label of the concept.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    let concept = mode_concept(mode);
    CONCEPTS.iter().find(|known| known.iri == concept).map_or("", |known| known.label)
}

pub(crate) fn organization_word(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::Government => "government",
        OrganizationKind::Company => "company",
        OrganizationKind::International => "international",
        OrganizationKind::Media => "media",
        OrganizationKind::Party => "party",
        OrganizationKind::Other => "other",
    }
}

pub(crate) fn place_word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::City => "city",
        PlaceKind::Country => "country",
        PlaceKind::Region => "region",
        PlaceKind::Venue => "venue",
        PlaceKind::Other => "other",
    }
}

pub(super) fn mention_word(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    }
}

pub(super) fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Option => "option",
        Basis::Metadata => "metadata",
        Basis::Url => "url",
        Basis::Dateline => "dateline",
        Basis::Inferred => "inferred",
        Basis::Unknown => "unknown",
    }
}

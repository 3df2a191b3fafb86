//! Meetings: what all reports come to, what they say differently, and the shortcuts between participants.

use super::article::{meeting_spans, report};
use super::concepts::{mode_concept, role_concept, status_concept};
use super::writer::Writer;
use crate::vocabulary::{dm, prov, rdfs};
use demarche_record::{Mode, ParticipantRole, Record, Status};
use demarche_resolve::{Claim, Corpus, Key, Meeting, Member, Participant, Version};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use std::collections::BTreeMap;

impl Writer<'_> {
    pub(super) fn participant(&mut self, meeting: &NamedNode, agent: &Key, role: ParticipantRole) {
        let node = self.names.of(agent);
        self.link(meeting, dm::PARTICIPANT, node.clone());
        let Some(concept) = role_concept(role) else { return };
        let participation = self.names.participation(meeting, agent);
        self.link(meeting, dm::PARTICIPATION, participation.clone());
        self.a(&participation, dm::PARTICIPATION_CLASS);
        self.link(&participation, dm::AGENT, node);
        self.add(&participation, dm::ROLE, concept);
    }

    pub(super) fn meeting_facts(
        &mut self,
        node: &NamedNode,
        place: Option<&Key>,
        status: Status,
        mode: Option<Mode>,
        kind: &str,
    ) {
        if let Some(place) = place {
            self.link(node, dm::PLACE, self.names.of(place));
        }
        self.add(node, dm::STATUS, status_concept(status));
        if let Some(mode) = mode {
            self.add(node, dm::MODE, mode_concept(mode));
        }
        if !kind.is_empty() {
            self.plain(node, dm::KIND, kind);
        }
    }

    pub(super) fn meetings(&mut self, meetings: &[Meeting], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for meeting in meetings {
            let subject = self.names.of(&meeting.key);
            self.a(&subject, dm::MEETING_CLASS);
            self.text(&subject, rdfs::LABEL, &meeting.label);
            for participant in &meeting.participants {
                self.participant(&subject, &participant.agent, participant.role);
            }
            self.meeting_facts(&subject, meeting.place.as_ref(), meeting.status, meeting.mode, &meeting.kind);
            for topic in &meeting.topics {
                self.text(&subject, dm::TOPIC, topic);
            }
            if let Some(when) = &meeting.when {
                self.when(&subject, when);
            }
            self.confidence(&subject, meeting.confidence);
            let members: Vec<Member> = meeting.reports.iter().map(|report| report.member.clone()).collect();
            self.provenance(corpus, &subject, &members, records, |record, local| {
                let found = record.meetings.iter().filter(|meeting| meeting.id == local);
                found.flat_map(meeting_spans).collect()
            });
            if let Some(shortcut) = shortcut(meeting.status) {
                self.shortcuts(shortcut, &meeting.participants);
            }
            for disagreement in &meeting.disagreements {
                for version in &disagreement.versions {
                    self.version(&subject, version, corpus, records);
                }
            }
        }
    }

    /// What some of the reports of a meeting say of it and others do not.
    pub(super) fn version(
        &mut self,
        meeting: &NamedNode,
        version: &Version,
        corpus: &Corpus,
        records: &BTreeMap<&str, &Record>,
    ) {
        let disputed = match &version.claim {
            Claim::Participants(_) => dm::PARTICIPANT,
            Claim::Place(_) => dm::PLACE,
            Claim::Mode(_) => dm::MODE,
            Claim::When(_) => dm::WHEN,
            Claim::Status(_) => dm::STATUS,
        };
        let node = self.names.version(meeting, &version.claim);
        self.link(meeting, dm::VERSION, node.clone());
        self.a(&node, dm::VERSION_CLASS);
        self.add(&node, dm::DISPUTED, disputed);
        match &version.claim {
            Claim::Participants(agents) => {
                agents.iter().for_each(|agent| self.link(&node, disputed, self.names.of(agent)));
            }
            Claim::Place(place) => self.link(&node, disputed, self.names.of(place)),
            Claim::Mode(mode) => self.add(&node, disputed, mode_concept(*mode)),
            Claim::When(when) => self.when(&node, when),
            Claim::Status(status) => self.add(&node, disputed, status_concept(*status)),
        }
        for member in &version.reports {
            let Some(record) = records.get(member.article.as_str()) else { continue };
            if let Some((_, report)) = report(record, &member.local, corpus, self.names) {
                self.link(&node, dm::TOLD_BY, report);
            }
            self.link(&node, prov::WAS_DERIVED_FROM, self.names.article(&record.id));
        }
    }

    /// Everybody with everybody else, in both directions.
    pub(super) fn shortcuts(&mut self, shortcut: NamedNodeRef<'_>, participants: &[Participant]) {
        for one in participants {
            for other in participants.iter().filter(|other| other.agent != one.agent) {
                let (one, other) = (self.names.of(&one.agent), self.names.of(&other.agent));
                self.link(&one, shortcut, other);
            }
        }
    }
}

/// The shortcut between participants that a status allows: a cancelled or denied meeting gives none.
fn shortcut(status: Status) -> Option<NamedNodeRef<'static>> {
    match status {
        Status::Held | Status::Ongoing => Some(dm::MET),
        Status::Planned | Status::Postponed => Some(dm::PLANS_TO_MEET),
        Status::Proposed | Status::Possible => Some(dm::MAY_MEET),
        Status::Cancelled | Status::Denied => None,
    }
}

/// The shortcut that a concept of status allows.
pub(crate) fn shortcut_of(status: &Term) -> Option<NamedNodeRef<'static>> {
    let is = |known: &Status| matches!(status, Term::NamedNode(concept) if *concept == status_concept(*known));
    Status::ALL.into_iter().find(is).and_then(shortcut)
}

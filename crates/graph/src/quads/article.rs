//! One article: its own graph with its reports, and every stretch of its text that anything rests on.

use super::concepts::{basis_word, mention_word};
use super::writer::{Writer, time_literal};
use crate::namespace::Namespace;
use crate::vocabulary::{dct, dm, nif, prov, rdfs, schema, xsd};
use demarche_record::{Basis, Meeting, MeetingTime, Published, Record, Span, Statement};
use demarche_resolve::{Corpus, Key, When, Written};
use oxigraph::model::{Literal, NamedNode, Quad};
use std::collections::BTreeSet;

/// What one article says, in its own named graph: reports of meetings and statements, and every mention with its
/// offsets. Sorted, each quad once.
pub fn article_quads(record: &Record, corpus: &Corpus, names: &Namespace) -> Vec<Quad> {
    let mut writer = Writer::new(names, names.article(&record.id).into());
    writer.mentions(record, corpus);
    // Where a record says the very same thing twice, once is enough.
    let mut reports: BTreeSet<NamedNode> = BTreeSet::new();
    for meeting in &record.meetings {
        let Some((key, report)) = report(record, &meeting.id, corpus, names) else { continue };
        if !reports.insert(report.clone()) {
            continue;
        }
        writer.a(&report, dm::MEETING_REPORT);
        writer.link(&report, dm::REPORTS, names.of(key));
        for participant in &meeting.participants {
            if let Some(agent) = corpus.key(record, &participant.entity) {
                writer.participant(&report, agent, participant.role);
            }
        }
        let place = meeting.place.as_ref().and_then(|place| corpus.key(record, place));
        writer.meeting_facts(&report, place, meeting.status, meeting.mode, &meeting.kind);
        for speaker in demarche_resolve::claimants(record, meeting) {
            if let Some(agent) = corpus.key(record, speaker) {
                writer.link(&report, dm::CLAIMED_BY, names.of(agent));
            }
        }
        for topic in &meeting.topics {
            writer.text(&report, dm::TOPIC, topic.text());
        }
        if let Some(time) = &meeting.time {
            writer.when(&report, &of_record(time));
        }
        writer.confidence(&report, meeting.confidence);
        writer.rests_on(&report, record, meeting_spans(meeting));
    }
    for statement in &record.statements {
        let Some((key, report)) = report(record, &statement.id, corpus, names) else { continue };
        if !reports.insert(report.clone()) {
            continue;
        }
        writer.a(&report, dm::STATEMENT_REPORT);
        writer.link(&report, dm::REPORTS, names.of(key));
        if let Some(speaker) = statement.speaker.as_ref().and_then(|speaker| corpus.key(record, speaker)) {
            writer.link(&report, dm::SPEAKER, names.of(speaker));
        }
        let parts: Vec<&str> = statement.content.iter().map(Span::text).collect();
        writer.text(&report, dm::TEXT, &parts.join(" … "));
        if let Some(cue) = &statement.cue {
            writer.literal(&report, dm::CUE, Literal::new_simple_literal(&cue.lemma));
        }
        if let Some(time) = &statement.time {
            writer.when(&report, &of_record(time));
        }
        writer.confidence(&report, statement.confidence);
        writer.rests_on(&report, record, statement_spans(statement));
    }
    writer.finish()
}

/// The thing that a record speaks of as `local`, and the IRI of what it says of it.
pub(super) fn report<'c>(
    record: &Record,
    local: &str,
    corpus: &'c Corpus,
    names: &Namespace,
) -> Option<(&'c Key, NamedNode)> {
    let key = corpus.key(record, local)?;
    Some((key, names.report(corpus.fingerprint(record, local)?)))
}

/// The words that a meeting rests on: its namings and its time.
pub(super) fn meeting_spans(meeting: &Meeting) -> impl Iterator<Item = &Span> {
    let namings = meeting.mentions.iter().map(|mention| &mention.span);
    namings.chain(meeting.time.iter().map(|time| &time.span))
}

/// The words that a statement rests on: its content, who speaks and the word that tells of speaking.
pub(super) fn statement_spans(statement: &Statement) -> impl Iterator<Item = &Span> {
    statement.content.iter().chain(&statement.source).chain(statement.cue.iter().map(|cue| &cue.span))
}

fn of_record(time: &MeetingTime) -> When {
    When { value: time.value.clone(), earliest: time.earliest.clone(), latest: time.latest.clone() }
}

impl Writer<'_> {
    /// The words that a report rests on, and their article.
    fn rests_on<'r>(&mut self, report: &NamedNode, record: &Record, spans: impl Iterator<Item = &'r Span>) {
        for span in spans {
            self.link(report, dm::EVIDENCE, self.names.mention(&record.id, span));
        }
        self.link(report, prov::WAS_DERIVED_FROM, self.names.article(&record.id));
    }

    /// An article. Where the meetings that it shares with others tell when it was `written`, that is its date.
    pub(super) fn article(&mut self, record: &Record, written: Option<&Written>) {
        let article = self.names.article(&record.id);
        self.a(&article, dm::ARTICLE);
        self.text(&article, rdfs::LABEL, record.title.as_deref().unwrap_or(&record.source));
        if let Some(title) = &record.title {
            self.text(&article, dct::TITLE, title);
        }
        self.plain(&article, dct::IDENTIFIER, &record.id);
        self.plain(&article, dct::LANGUAGE, &record.language);
        self.plain(&article, dm::FILE, &record.source);
        if let Some(publisher) = &record.publisher {
            self.plain(&article, dm::PUBLISHER, publisher);
        }
        if let Some(url) = &record.url {
            self.plain(&article, schema::URL, url);
        }
        if let Some(Written { earliest, latest }) = written {
            let end = |day: &Option<String>| day.clone().unwrap_or_else(|| "..".to_owned());
            self.literal(&article, dm::PUBLISHED, time_literal(&format!("{}/{}", end(earliest), end(latest))));
            self.bounds(&article, earliest.as_deref(), latest.as_deref());
            self.plain(&article, dm::DATED_BY, "meetings");
            return;
        }
        let Published { value, earliest, latest, basis } = &record.published;
        if let Some(value) = value {
            self.literal(&article, dm::PUBLISHED, time_literal(value));
        }
        self.bounds(&article, earliest.as_deref(), latest.as_deref());
        if *basis != Basis::Unknown {
            self.plain(&article, dm::DATED_BY, basis_word(*basis));
        }
    }

    /// Every stretch of the article that anything rests on, with its offsets and what it refers to.
    pub(super) fn mentions(&mut self, record: &Record, corpus: &Corpus) {
        let people = record.people.iter().map(|person| (&person.id, &person.mentions));
        let organizations = record.organizations.iter().map(|body| (&body.id, &body.mentions));
        let places = record.places.iter().map(|place| (&place.id, &place.mentions));
        for (id, mentions) in people.chain(organizations).chain(places) {
            for mention in mentions {
                let node = self.mention(record, &mention.span);
                self.plain(&node, dm::KIND, mention_word(mention.kind));
                if let Some(key) = corpus.key(record, id) {
                    self.link(&node, dm::REFERS_TO, self.names.of(key));
                }
            }
        }
        for role in record.people.iter().flat_map(|person| &person.roles) {
            self.mention(record, &role.span);
        }
        for meeting in &record.meetings {
            for span in meeting_spans(meeting).chain(&meeting.topics) {
                self.mention(record, span);
            }
        }
        for statement in &record.statements {
            for span in statement_spans(statement) {
                self.mention(record, span);
            }
        }
    }

    pub(super) fn mention(&mut self, record: &Record, span: &Span) -> NamedNode {
        let node = self.names.mention(&record.id, span);
        // Oxigraph keeps every kind of integer as xsd:integer: written so from the start, exports and queries agree.
        let offset = |offset: usize| Literal::new_typed_literal(offset.to_string(), xsd::INTEGER);
        self.a(&node, dm::MENTION);
        self.literal(&node, nif::BEGIN_INDEX, offset(span.start()));
        self.literal(&node, nif::END_INDEX, offset(span.end()));
        self.plain(&node, nif::ANCHOR_OF, span.text());
        self.link(&node, nif::REFERENCE_CONTEXT, self.names.article(&record.id));
        node
    }
}

//! The diagram of a corpus.

use crate::diagram::node::{Diagram, DiagramBuilder, EdgeKind, Node, NodeKind};
use crate::namespace::Namespace;
use crate::quads::mode_word;
use demarche_record::{PlaceKind, StatementKind};
use demarche_resolve::{Corpus, Key, Meeting, Member, Statement};
use std::collections::BTreeSet;

/// The most lines of a meeting's history that its note tells.
const HISTORY_LINES: usize = 8;

impl Diagram {
    /// Everything in a corpus; [`Diagram::select`] chooses from it. Nodes have the IRIs that the graph gives them.
    ///
    /// A place that takes part, speaks or is spoken to is a [`NodeKind::State`].
    pub fn of_corpus(corpus: &Corpus, names: &Namespace, title: impl Into<String>) -> Diagram {
        let iri = |key: &Key| names.of(key).into_string();
        let mut builder = Diagram::builder(title);
        let mut actors: BTreeSet<&Key> = BTreeSet::new();
        for meeting in &corpus.meetings {
            actors.extend(meeting.participants.iter().map(|participant| &participant.agent));
        }
        for statement in &corpus.statements {
            actors.extend(statement.speaker.iter().chain(&statement.addressees));
        }
        for person in &corpus.people {
            let node = Node::new(iri(&person.key), NodeKind::Person, &person.name);
            let titles = person.tenures.iter().map(|tenure| {
                let of = tenure.of.as_ref().and_then(|of| corpus.label(of));
                of.map_or_else(|| tenure.title.clone(), |of| format!("{}, {of}", tenure.title))
            });
            builder.add_node(noted(
                node,
                titles.chain(also_called(&person.other_names)),
                corpus.source_count(&person.members),
            ));
        }
        for body in &corpus.organizations {
            let node = Node::new(iri(&body.key), NodeKind::Organization, &body.name);
            builder.add_node(noted(node, also_called(&body.other_names), corpus.source_count(&body.members)));
        }
        for place in &corpus.places {
            let kind = if actors.contains(&place.key) { NodeKind::State } else { NodeKind::Place };
            let node = Node::new(iri(&place.key), kind, &place.name);
            let country = place.country.iter().filter(|_| place.kind != PlaceKind::Country).cloned();
            builder.add_node(noted(
                node,
                country.chain(also_called(&place.other_names)),
                corpus.source_count(&place.members),
            ));
        }
        // Whom or what the corpus does not hold cannot be drawn, nor can a line to it.
        let known = |key: &&Key| corpus.label(key).is_some();
        for meeting in &corpus.meetings {
            let id = iri(&meeting.key);
            builder.add_node(meeting_node(corpus, meeting, &id));
            for participant in meeting.participants.iter().filter(|participant| known(&&participant.agent)) {
                builder = builder.edge(iri(&participant.agent), EdgeKind::TakesPart(participant.role), &id);
            }
            if let Some(place) = meeting.place.as_ref().filter(known) {
                builder = builder.edge(&id, EdgeKind::At, iri(place));
            }
        }
        for statement in &corpus.statements {
            builder = add_statement(builder, corpus, statement, &iri, &known);
        }
        builder.build().expect("edges were made between known things only, and every known thing is a node")
    }
}

fn meeting_node(corpus: &Corpus, meeting: &Meeting, id: &str) -> Node {
    let mode = meeting.mode.map(mode_word);
    let node = Node::meeting(id, &meeting.kind, mode, meeting.when.as_ref(), meeting.status);
    let mut lines = vec![meeting.label.clone()];
    if !meeting.topics.is_empty() {
        lines.push(format!("about {}", meeting.topics.join("; ")));
    }
    if meeting.reports.len() > 1 {
        lines.extend(meeting.reports.iter().take(HISTORY_LINES).map(|report| {
            let published = report.published.as_deref().unwrap_or("undated");
            format!("{published}: {}", report.status)
        }));
        if meeting.reports.len() > HISTORY_LINES {
            lines.push(format!("… {} reports in all", meeting.reports.len()));
        }
    }
    let members: Vec<Member> = meeting.reports.iter().map(|report| report.member.clone()).collect();
    node.with_note(lines.join("\n")).with_sources(corpus.source_count(&members))
}

fn add_statement(
    mut builder: DiagramBuilder,
    corpus: &Corpus,
    statement: &Statement,
    iri: &impl Fn(&Key) -> String,
    known: &impl Fn(&&Key) -> bool,
) -> DiagramBuilder {
    let id = iri(&statement.key);
    let is_quotation = statement.kind == StatementKind::Direct;
    let node = Node::statement(&id, &statement.text, is_quotation, statement.negated, statement.when.as_ref());
    let cue = statement.stance.iter().chain(&statement.cue).take(1).cloned();
    builder.add_node(noted(node, cue, corpus.source_count(&statement.members)));
    if let Some(speaker) = statement.speaker.as_ref().filter(known) {
        builder = builder.edge(iri(speaker), EdgeKind::Said, &id);
    }
    for addressee in statement.addressees.iter().filter(known) {
        builder = builder.edge(&id, EdgeKind::SaidTo, iri(addressee));
    }
    builder
}

fn also_called(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("also {}", names.join(", ")))
}

fn noted(node: Node, lines: impl IntoIterator<Item = String>, sources: usize) -> Node {
    let lines: Vec<String> = lines.into_iter().collect();
    let node = node.with_sources(sources);
    if lines.is_empty() { node } else { node.with_note(lines.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_record::{
        Article, MeetingMention, MeetingTime, Mention, MentionKind, Mode, Participant, ParticipantRole, Person, Place,
        Record, SourceText, Status,
    };
    use demarche_resolve::resolve;

    /// Two presidents at a town, on a day.
    fn record(file: &str, text: &str, status: Status) -> Record {
        let source = SourceText::new(text);
        let span = |words: &str| {
            let start = text.find(words).expect("the words stand in the text");
            source.span_of_bytes(start..start + words.len()).expect("they are whole characters")
        };
        let name = |words: &str| vec![Mention { span: span(words), kind: MentionKind::Name }];
        let person = |id: &str, words: &str| Person {
            id: id.into(),
            name: words.into(),
            identifiers: vec![],
            mentions: name(words),
            roles: vec![],
        };
        let mut record = Record::empty(&Article::new(file, text));
        record.people = vec![person("p0", "Ada Lind"), person("p1", "Bruno Reyes")];
        record.places = vec![Place {
            id: "l0".into(),
            name: "Ulm".into(),
            kind: PlaceKind::City,
            country: Some("DE".into()),
            identifiers: vec![],
            mentions: name("Ulm"),
        }];
        let part = |entity: &str| Participant { entity: entity.into(), role: ParticipantRole::Participant };
        record.meetings = vec![demarche_record::Meeting {
            id: "m0".into(),
            participants: vec![part("p0"), part("p1")],
            status,
            mode: Some(Mode::InPerson),
            kind: "summit".into(),
            place: Some("l0".into()),
            time: Some(MeetingTime {
                span: span("14 May"),
                value: "2021-05-14".into(),
                earliest: Some("2021-05-14".into()),
                latest: Some("2021-05-14".into()),
            }),
            topics: vec![],
            mentions: vec![MeetingMention { span: span(text), trigger: span("met") }],
            confidence: 0.9,
        }];
        record.statements = vec![demarche_record::Statement {
            id: "s0".into(),
            kind: StatementKind::Direct,
            speaker: Some("p0".into()),
            source: Some(span("Ada Lind")),
            cue: None,
            content: vec![span("Ulm was cold")],
            addressees: vec!["p1".into()],
            time: None,
            negated: false,
            about: vec![],
            confidence: 0.9,
        }];
        record
    }

    #[test]
    fn a_corpus_becomes_people_places_meetings_and_statements() {
        let one = record("a.txt", "Ada Lind met Bruno Reyes on 14 May. “Ulm was cold”, she told him.", Status::Held);
        let two = record("b.txt", "Bruno Reyes and Ada Lind met on 14 May. Ulm was cold, she told him.", Status::Held);
        let draw = |records: &[Record]| Diagram::of_corpus(&resolve(records), &Namespace::default(), "t");
        let diagram = draw(&[one.clone(), two.clone()]);
        let graph = diagram.graph();
        let kinds: Vec<NodeKind> = graph.node_weights().map(|node| node.kind).collect();
        let meeting = NodeKind::Meeting(Status::Held);
        assert_eq!(kinds[..4], [meeting, NodeKind::Person, NodeKind::Person, NodeKind::Place]);
        assert!(kinds[4..].iter().all(|&kind| kind == NodeKind::Statement), "{kinds:?}");
        let summit = graph.node_weights().next().expect("a meeting");
        assert_eq!(
            (summit.label.as_str(), summit.details.as_slice()),
            ("Summit", ["14 May 2021".to_owned()].as_slice())
        );
        assert_eq!(summit.sources, 2);
        assert_eq!(draw(&[two, one]).to_svg(), diagram.to_svg());
    }
}

//! The diagram of who met whom, from what lies in the index: no record is read for it.

use super::answers::Kind;
use super::broken;
use super::facts::{Facts, In, concept};
use super::index::{Index, Meeting, Named, Number, Statement, at};
use crate::exchange::Failed;
use demarche_graph::vocabulary::dm;
use demarche_graph::{Diagram, EdgeKind, Node, NodeKind, ParticipantRole, Status, When};
use std::collections::{BTreeMap, BTreeSet};

/// Everything in the graph, or all but the statements; [`Diagram::select`] chooses from it.
pub(super) fn diagram(
    index: &Index,
    facts: Facts<'_>,
    title: String,
    with_statements: bool,
) -> Result<Diagram, Failed> {
    let iri = |key: &str| facts.node(key).into_string();
    let id = |number: Number| iri(&index.named[at(number)].key);
    let mut builder = Diagram::builder(title);
    let addressed: BTreeSet<Number> =
        index.statements.iter().flat_map(|statement| &statement.addressees).copied().collect();
    for (number, named) in (0..).zip(&index.named) {
        let acts = !named.attended.is_empty() || !named.said.is_empty() || addressed.contains(&number);
        builder.add_node(node(iri(&named.key), named, acts));
    }
    let roles = roles(facts)?;
    for meeting in &index.meetings {
        builder.add_node(meeting_node(iri(&meeting.key), meeting)?);
        let parts = roles.get(&meeting.key);
        for &participant in &meeting.participants {
            let role = parts.and_then(|parts| parts.get(&index.named[at(participant)].key).copied());
            let role = role.unwrap_or(ParticipantRole::Participant);
            builder = builder.edge(id(participant), EdgeKind::TakesPart(role), iri(&meeting.key));
        }
        if let Some(place) = meeting.place {
            builder = builder.edge(iri(&meeting.key), EdgeKind::At, id(place));
        }
    }
    for statement in index.statements.iter().filter(|_| with_statements) {
        builder.add_node(statement_node(iri(&statement.key), statement));
        if let Some(speaker) = statement.speaker {
            builder = builder.edge(id(speaker), EdgeKind::Said, iri(&statement.key));
        }
        for &addressee in &statement.addressees {
            builder = builder.edge(iri(&statement.key), EdgeKind::SaidTo, id(addressee));
        }
    }
    builder.build().map_err(broken)
}

/// A person, body or place; a place that acts is a state.
fn node(id: String, named: &Named, acts: bool) -> Node {
    let kind = match Kind::of_key(&named.key) {
        Some(Kind::Person) => NodeKind::Person,
        Some(Kind::Place) if acts => NodeKind::State,
        Some(Kind::Place) => NodeKind::Place,
        _ => NodeKind::Organization,
    };
    // The office of a person; the sorts of others are seen from the shape.
    let office = named.sort.clone().filter(|_| kind == NodeKind::Person);
    let also = (!named.other_names.is_empty()).then(|| format!("also {}", named.other_names.join(", ")));
    let lines: Vec<String> = office.into_iter().chain(also).collect();
    let node = Node::new(id, kind, &named.name).with_sources(named.sources as usize);
    if lines.is_empty() { node } else { node.with_note(lines.join("\n")) }
}

fn meeting_node(id: String, meeting: &Meeting) -> Result<Node, Failed> {
    let status = meeting.status.parse::<Status>().map_err(broken)?;
    let when = when(&meeting.value, &meeting.earliest, &meeting.latest);
    let node =
        Node::meeting(id, meeting.sort.as_deref().unwrap_or_default(), meeting.mode.as_deref(), when.as_ref(), status);
    Ok(node.with_note(&meeting.name).with_sources(meeting.sources as usize))
}

fn statement_node(id: String, statement: &Statement) -> Node {
    let when = when(&statement.value, &statement.earliest, &statement.latest);
    let is_quotation = statement.sort == "direct";
    let node = Node::statement(id, &statement.text, is_quotation, statement.negated, when.as_ref());
    let node = node.with_sources(statement.sources as usize);
    match statement.stance.as_ref().or(statement.cue.as_ref()) {
        Some(cue) => node.with_note(cue),
        None => node,
    }
}

fn when(value: &Option<String>, earliest: &Option<String>, latest: &Option<String>) -> Option<When> {
    let value = value.clone()?;
    Some(When { value, earliest: earliest.clone(), latest: latest.clone() })
}

/// By meeting and participant the parts of those who do more than take part.
fn roles(facts: Facts<'_>) -> Result<BTreeMap<String, BTreeMap<String, ParticipantRole>>, Failed> {
    let mut agents: BTreeMap<String, String> = BTreeMap::new();
    facts.each(dm::AGENT, In::All, |participation, agent| {
        agents.extend(facts.key(agent).map(|agent| (participation.to_owned(), agent.to_owned())));
    })?;
    let mut parts: BTreeMap<String, ParticipantRole> = BTreeMap::new();
    facts.each(dm::ROLE, In::All, |participation, role| {
        let role = match concept(role).as_deref() {
            Some("host") => ParticipantRole::Host,
            Some("guest") => ParticipantRole::Guest,
            Some("mediator") => ParticipantRole::Mediator,
            _ => return,
        };
        parts.insert(participation.to_owned(), role);
    })?;
    let mut roles: BTreeMap<String, BTreeMap<String, ParticipantRole>> = BTreeMap::new();
    facts.each(dm::PARTICIPATION, In::All, |meeting, participation| {
        let participation = facts.key(participation).unwrap_or_default();
        if let (Some(agent), Some(role)) = (agents.get(participation), parts.get(participation)) {
            roles.entry(meeting.to_owned()).or_default().insert(agent.clone(), *role);
        }
    })?;
    Ok(roles)
}

//! A person, body or place with all that is known of it.

use super::absent;
use super::answers::{Counterpart, Kind, NamedThing, Role, Time};
use super::decisions;
use super::facts::{Facts, In, number, text, time};
use super::index::{Entry, Index, Number, at};
use super::methods::Context;
use super::parameters::{Parameters, Window};
use super::passages::{evidence, passage, passages};
use crate::exchange::Failed;
use demarche_graph::vocabulary::dm;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many of those whom somebody met are told.
const MET: usize = 60;

/// How many stretches of evidence are told at a time, and how many of an office.
const EVIDENCE: usize = 30;
const OF_OFFICE: usize = 5;

pub(super) fn person(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<NamedThing, Failed> {
    thing(context, parameters, Kind::Person)
}

pub(super) fn organization(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<NamedThing, Failed> {
    thing(context, parameters, Kind::Organization)
}

pub(super) fn place(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<NamedThing, Failed> {
    thing(context, parameters, Kind::Place)
}

fn thing(context: &Context<'_>, parameters: &Parameters<'_>, kind: Kind) -> Result<NamedThing, Failed> {
    let Context { index, facts, .. } = *context;
    let prefix = match kind {
        Kind::Person => "person",
        Kind::Organization => "organization",
        _ => "place",
    };
    let key = format!("{prefix}/{}", parameters.text("name").unwrap_or_default());
    let Some(Entry::Named(number)) = index.find(&key) else { return Err(absent(&key)) };
    let named = &index.named[at(number)];
    let node = facts.node(&key);
    let stretches = evidence(index, facts, &node, In::All)?;
    let window = Window { offset: parameters.number("evidence")?.unwrap_or(0), limit: EVIDENCE };
    Ok(NamedThing {
        summary: index.named_summary(number),
        iri: node.into_string(),
        identifiers: named.identifiers.clone(),
        roles: roles(index, facts, number)?,
        met: met(index, number),
        mentioned: named.mentioned.len(),
        evidence: window.page(&stretches, |stretch| passage(index, facts, stretch))?,
        decisions: decisions::about(index, facts, &key, parameters)?,
    })
}

/// The offices, the best-attested first.
fn roles(index: &Index, facts: Facts<'_>, named: Number) -> Result<Vec<Role>, Failed> {
    let mut roles = Vec::new();
    for key in &index.named[at(named)].tenures {
        let node = facts.node(key);
        let mut role = Role {
            title: String::new(),
            of: None,
            from: None,
            until: None,
            seen: None,
            sources: 0,
            evidence: Vec::new(),
        };
        for (predicate, object) in facts.about(&node, In::All)? {
            let bound = || -> Option<Time> { Some(time(text(&object)?.to_owned(), None, None)) };
            match predicate.as_ref() {
                dm::TITLE => role.title = text(&object).unwrap_or_default().to_owned(),
                dm::OF => role.of = facts.key(&object).and_then(|key| index.link_of(key)),
                dm::FROM => role.from = bound(),
                dm::UNTIL => role.until = bound(),
                dm::SOURCE_COUNT => role.sources = number(&object).unwrap_or_default(),
                _ => {}
            }
        }
        let stretches = evidence(index, facts, &node, In::All)?;
        let days = || stretches.iter().filter_map(|stretch| index.articles[at(stretch.article)].latest.clone());
        role.seen = days().min().zip(days().max()).map(|(first, last)| [first, last]);
        role.evidence = passages(index, facts, stretches.get(..OF_OFFICE).unwrap_or(&stretches))?;
        roles.push(role);
    }
    roles.sort_by(|a, b| (Reverse(a.sources), &a.seen, &a.title).cmp(&(Reverse(b.sources), &b.seen, &b.title)));
    Ok(roles)
}

/// With whom there were meetings, the most often held first.
fn met(index: &Index, named: Number) -> Vec<Counterpart> {
    let mut counted: BTreeMap<Number, (usize, usize, Option<&String>)> = BTreeMap::new();
    for meeting in &index.named[at(named)].attended {
        let meeting = &index.meetings[at(*meeting)];
        for other in meeting.participants.iter().filter(|other| **other != named) {
            let (held, not_held, latest) = counted.entry(*other).or_default();
            let count = if matches!(meeting.status.as_str(), "held" | "ongoing") { held } else { not_held };
            *count += 1;
            *latest = (*latest).max(meeting.latest.as_ref());
        }
    }
    let mut counted: Vec<_> = counted.into_iter().collect();
    counted.sort_by_key(|(number, (held, other, _))| (Reverse(*held), Reverse(*other), *number));
    let first = counted.into_iter().take(MET);
    first
        .map(|(number, (held, other, latest))| Counterpart {
            with: index.named_link(number),
            held,
            other,
            latest: latest.cloned(),
        })
        .collect()
}

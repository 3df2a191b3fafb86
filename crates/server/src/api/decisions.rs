//! Why things were taken for the same, kept apart, set aside or set right.

use super::absent;
use super::answers::{Decision, Page};
use super::facts::{Facts, In, number, text};
use super::index::Index;
use super::methods::Context;
use super::parameters::{Parameters, Window};
use crate::exchange::Failed;
use demarche_graph::model::NamedNode;
use demarche_graph::vocabulary::{dm, prov};
use std::collections::HashMap;

/// What is joined has this score or more.
const SAME: u8 = 70;

/// How many decisions are told with a thing, and in a list if nothing is said.
const WITH_THING: usize = 20;
const USUAL: usize = 50;

/// The decisions that concern one thing.
pub(super) fn about(
    index: &Index,
    facts: Facts<'_>,
    key: &str,
    parameters: &Parameters<'_>,
) -> Result<Page<Decision>, Failed> {
    let decisions = sorted(index, facts, of_thing(facts, key)?)?;
    let window = Window { offset: parameters.number("decisions")?.unwrap_or(0), limit: WITH_THING };
    window.page(&decisions, |decision| Ok(decision.clone()))
}

fn of_thing(facts: Facts<'_>, key: &str) -> Result<Vec<NamedNode>, Failed> {
    let (node, graph) = (facts.node(key), facts.names().decisions());
    let mut nodes = facts.subjects(dm::DECIDES, &node, In::Graph(graph.as_ref()))?;
    nodes.extend(facts.subjects(dm::APART_FROM, &node, In::Graph(graph.as_ref()))?);
    Ok(nodes)
}

fn sorted(index: &Index, facts: Facts<'_>, nodes: Vec<NamedNode>) -> Result<Vec<Decision>, Failed> {
    let read: Result<Vec<Decision>, Failed> = nodes.iter().map(|node| decision(index, facts, node)).collect();
    let mut decisions = read?;
    decisions.sort_by_key(|decision| certainty(decision.score, decision.corrected));
    Ok(decisions)
}

fn decision(index: &Index, facts: Facts<'_>, node: &NamedNode) -> Result<Decision, Failed> {
    let mut decision = Decision {
        about: None,
        sort: String::new(),
        other: None,
        score: 0,
        reason: String::new(),
        corrected: false,
        articles: 0,
    };
    let graph = facts.names().decisions();
    for (predicate, object) in facts.about(node, In::Graph(graph.as_ref()))? {
        let link = || facts.key(&object).and_then(|key| index.link_of(key));
        match predicate.as_ref() {
            dm::DECIDES => decision.about = link(),
            dm::APART_FROM => decision.other = link(),
            dm::KIND => decision.sort = text(&object).unwrap_or_default().to_owned(),
            dm::REASON => decision.reason = text(&object).unwrap_or_default().to_owned(),
            dm::SCORE => decision.score = number(&object).unwrap_or_default(),
            dm::FOLLOWS => decision.corrected = true,
            prov::WAS_DERIVED_FROM => decision.articles += 1,
            _ => {}
        }
    }
    Ok(decision)
}

/// How far from the line between joining and keeping apart: the least first is what a reader should look at first.
fn certainty(score: u8, corrected: bool) -> u8 {
    if corrected { 100 } else { score.abs_diff(SAME) }
}

/// All decisions, the least certain first: their scores are read first, the rest of those that are shown only.
pub(super) fn list(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Page<Decision>, Failed> {
    let Context { index, facts, .. } = *context;
    let sort = parameters.text("sort");
    let kind = parameters.text("kind");
    let window = parameters.window(USUAL)?;
    let fits = |decision: &Decision| {
        sort.is_none_or(|sort| decision.sort == sort)
            && kind.is_none_or(|kind| decision.about.as_ref().is_some_and(|about| about.key.starts_with(kind)))
    };
    if let Some(key) = parameters.text("about") {
        index.find(key).ok_or_else(|| absent(key))?;
        let decisions: Vec<Decision> = sorted(index, facts, of_thing(facts, key)?)?.into_iter().filter(fits).collect();
        return window.page(&decisions, |decision| Ok(decision.clone()));
    }
    let graph = facts.names().decisions();
    let graph = In::Graph(graph.as_ref());
    let mut found: HashMap<String, u8> = HashMap::new();
    facts.each(dm::SCORE, graph, |key, score| {
        found.insert(key.to_owned(), certainty(number(score).unwrap_or_default(), false));
    })?;
    facts.each(dm::FOLLOWS, graph, |key, _| {
        found.insert(key.to_owned(), 100);
    })?;
    if let Some(sort) = sort {
        facts.each(dm::KIND, graph, |key, term| {
            if text(term) != Some(sort) {
                found.remove(key);
            }
        })?;
    }
    if let Some(kind) = kind {
        let mut of_kind = HashMap::new();
        facts.each(dm::DECIDES, graph, |key, thing| {
            if facts.key(thing).is_some_and(|thing| thing.starts_with(kind))
                && let Some(certainty) = found.get(key)
            {
                of_kind.insert(key.to_owned(), *certainty);
            }
        })?;
        found = of_kind;
    }
    let mut found: Vec<(u8, String)> = found.into_iter().map(|(key, certainty)| (certainty, key)).collect();
    found.sort_unstable();
    window.page(&found, |(_, key)| decision(index, facts, &facts.node(key)))
}

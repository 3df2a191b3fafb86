//! A meeting with what every article says of it.

use super::absent;
use super::answers::{Difference, Meeting, MeetingReport, Participant, StatementSummary, Time, Version};
use super::decisions;
use super::facts::{Facts, In, concept, number, text};
use super::index::{Entry, Index, Number, at, when};
use super::methods::Context;
use super::parameters::Parameters;
use super::passages::{by_date, evidence, passages};
use crate::exchange::Failed;
use demarche_graph::model::{NamedNode, NamedNodeRef, Term};
use demarche_graph::vocabulary::{dm, prov};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How many statements from before a meeting, and from after it, are told with it.
const STATEMENTS: usize = 100;

pub(super) fn meeting(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Meeting, Failed> {
    let Context { index, facts, .. } = *context;
    let key = format!("meeting/{}", parameters.text("name").unwrap_or_default());
    let Some(Entry::Meeting(number)) = index.find(&key) else { return Err(absent(&key)) };
    let node = facts.node(&key);
    let own = said(index, facts, &node, In::All)?;
    let reports = reports(index, facts, &node)?;
    let (before, after) = statements(index, facts, number)?;
    Ok(Meeting {
        summary: index.meeting_summary(number, facts)?,
        parts: own.participants,
        topics: own.topics,
        differences: differences(index, facts, &node)?,
        reports,
        before,
        after,
        decisions: decisions::about(index, facts, &key, parameters)?,
        iri: node.into_string(),
    })
}

/// What the graph says of a meeting, or an article of it.
#[derive(Default)]
struct Said {
    article: Option<Number>,
    status: String,
    mode: Option<String>,
    sort: Option<String>,
    place: Option<Entry>,
    value: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    participants: Vec<Participant>,
    topics: Vec<String>,
    claimed_by: Vec<Entry>,
    confidence: f64,
}

fn said(index: &Index, facts: Facts<'_>, node: &NamedNode, graph: In<'_>) -> Result<Said, Failed> {
    let mut said = Said::default();
    let mut roles: BTreeMap<Entry, String> = BTreeMap::new();
    let mut who: Vec<Entry> = Vec::new();
    for (predicate, object) in facts.about(node, graph)? {
        let entry = || facts.key(&object).and_then(|key| index.find(key));
        let words = || text(&object).map(str::to_owned);
        match predicate.as_ref() {
            dm::STATUS => said.status = concept(&object).unwrap_or_default(),
            dm::MODE => said.mode = concept(&object),
            dm::KIND => said.sort = words(),
            dm::PLACE => said.place = entry(),
            dm::WHEN => said.value = words(),
            dm::EARLIEST => said.earliest = words(),
            dm::LATEST => said.latest = words(),
            dm::TOPIC => said.topics.extend(words()),
            dm::CLAIMED_BY => said.claimed_by.extend(entry()),
            dm::CONFIDENCE => said.confidence = number(&object).unwrap_or_default(),
            dm::PARTICIPANT => who.extend(entry()),
            dm::PARTICIPATION => {
                let Some(key) = facts.key(&object) else { continue };
                let participation = facts.node(key);
                let agent = facts.objects(&participation, dm::AGENT, graph)?;
                let role = facts.objects(&participation, dm::ROLE, graph)?;
                let agent = agent.first().and_then(|agent| index.find(facts.key(agent)?));
                roles.extend(agent.zip(role.first().and_then(concept)));
            }
            prov::WAS_DERIVED_FROM => {
                if let Some(Entry::Article(number)) = entry() {
                    said.article = Some(number);
                }
            }
            _ => {}
        }
    }
    said.participants =
        who.into_iter().map(|entry| Participant { who: index.link(entry), role: roles.get(&entry).cloned() }).collect();
    Ok(said)
}

/// What each article says, in the order of the articles' dates.
fn reports(index: &Index, facts: Facts<'_>, meeting: &NamedNode) -> Result<Vec<MeetingReport>, Failed> {
    let mut reports: Vec<(Number, MeetingReport)> = Vec::new();
    for node in facts.subjects(dm::REPORTS, meeting, In::Any)? {
        // Two articles with the very same words have one report's IRI, each in its own graph.
        for article in facts.objects(&node, prov::WAS_DERIVED_FROM, In::Any)? {
            let Some(key) = facts.key(&article) else { continue };
            let graph = facts.node(key);
            let of_article = said(index, facts, &node, In::Graph(graph.as_ref()))?;
            let Some(number) = of_article.article else { continue };
            let stretches = evidence(index, facts, &node, In::Graph(graph.as_ref()))?;
            let time: Option<Time> = when(&of_article.value, &of_article.earliest, &of_article.latest);
            reports.push((
                number,
                MeetingReport {
                    article: index.article_summary(number),
                    status: of_article.status,
                    mode: of_article.mode,
                    sort: of_article.sort,
                    place: of_article.place.map(|place| index.link(place)),
                    when: time,
                    participants: of_article.participants,
                    topics: of_article.topics,
                    claimed_by: of_article.claimed_by.into_iter().map(|entry| index.link(entry)).collect(),
                    confidence: of_article.confidence,
                    evidence: passages(index, facts, &stretches)?,
                },
            ));
        }
    }
    reports.sort_by(|(a, first), (b, second)| {
        let place = |report: &MeetingReport| report.evidence.first().map(|passage| passage.start);
        by_date(index, *a, *b).then_with(|| place(first).cmp(&place(second)))
    });
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

/// What reports can disagree on, in the order in which readers ask.
const DISPUTED: [(NamedNodeRef<'static>, &str); 5] = [
    (dm::STATUS, "status"),
    (dm::WHEN, "when"),
    (dm::PLACE, "place"),
    (dm::MODE, "mode"),
    (dm::PARTICIPANT, "participants"),
];

/// What the articles tell so differently that it cannot all be so: the versions that the graph has, those of the first
/// articles first.
fn differences(index: &Index, facts: Facts<'_>, meeting: &NamedNode) -> Result<Vec<Difference>, Failed> {
    let mut versions: [Vec<(Vec<Number>, String)>; DISPUTED.len()] = Default::default();
    for version in facts.objects(meeting, dm::VERSION, In::All)? {
        let Some(node) = facts.key(&version).map(|key| facts.node(key)) else { continue };
        let disputed = facts.objects(&node, dm::DISPUTED, In::All)?;
        let known = |(property, _): &(NamedNodeRef<'_>, &str)| {
            disputed.iter().any(|named| named.as_ref() == (*property).into())
        };
        let Some(which) = DISPUTED.iter().position(known) else { continue };
        let told = said(index, facts, &node, In::All)?;
        let names = told.participants.iter().map(|participant| participant.who.name.as_str());
        let value = match DISPUTED[which].0 {
            dm::STATUS => Some(told.status),
            dm::WHEN => when(&told.value, &told.earliest, &told.latest).map(|when| when.words),
            dm::PLACE => told.place.map(|place| index.link(place).name),
            dm::MODE => told.mode,
            _ => Some(names.collect::<Vec<_>>().join(", ")),
        };
        let article = |term: &Term| match index.find(facts.key(term)?) {
            Some(Entry::Article(number)) => Some(number),
            _ => None,
        };
        let articles = facts.objects(&node, prov::WAS_DERIVED_FROM, In::All)?;
        let mut articles: Vec<Number> = articles.iter().filter_map(article).collect();
        articles.sort_by(|a, b| by_date(index, *a, *b));
        versions[which].extend(value.map(|value| (articles, value)));
    }
    let mut differences = Vec::new();
    for (mut versions, (_, what)) in versions.into_iter().zip(DISPUTED) {
        versions.sort_by(|(these, value), (those, other)| {
            let first = these.first().zip(those.first());
            first.map_or(Ordering::Equal, |(a, b)| by_date(index, *a, *b)).then_with(|| value.cmp(other))
        });
        let version = |(articles, value): (Vec<Number>, String)| Version {
            value,
            articles: articles.into_iter().map(|number| index.article_summary(number)).collect(),
        };
        if !versions.is_empty() {
            let versions = versions.into_iter().map(version).collect();
            differences.push(Difference { what: what.to_owned(), versions });
        }
    }
    Ok(differences)
}

/// Statements about a meeting, from before it and from then on, each in the order of time.
fn statements(
    index: &Index,
    facts: Facts<'_>,
    number: Number,
) -> Result<(Vec<StatementSummary>, Vec<StatementSummary>), Failed> {
    let meeting = &index.meetings[at(number)];
    let day = |number: &Number| {
        let statement = &index.statements[at(*number)];
        statement.latest.as_ref().or(statement.reported.as_ref())
    };
    let mut about = meeting.mentioned.clone();
    about.sort_by_key(|number| (day(number).is_none(), day(number)));
    let is_before =
        |number: &Number| day(number).zip(meeting.earliest.as_ref()).is_some_and(|(said, began)| said < began);
    let (before, after): (Vec<Number>, Vec<Number>) = about.into_iter().partition(is_before);
    let summaries = |numbers: &[Number]| -> Result<Vec<StatementSummary>, Failed> {
        numbers.iter().map(|number| index.statement_summary(*number, facts)).collect()
    };
    let newest = &before[before.len().saturating_sub(STATEMENTS)..];
    Ok((summaries(newest)?, summaries(after.get(..STATEMENTS).unwrap_or(&after))?))
}

//! A statement as every article has it.

use super::absent;
use super::answers::{Statement, StatementReport};
use super::decisions;
use super::facts::{Facts, In, number, text};
use super::index::{Entry, Index, Number, when};
use super::methods::Context;
use super::parameters::Parameters;
use super::passages::{by_date, evidence, passages};
use crate::exchange::Failed;
use demarche_graph::model::NamedNode;
use demarche_graph::vocabulary::{dm, prov};

pub(super) fn statement(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Statement, Failed> {
    let Context { index, facts, .. } = *context;
    let key = format!("statement/{}", parameters.text("name").unwrap_or_default());
    let Some(Entry::Statement(number)) = index.find(&key) else { return Err(absent(&key)) };
    let node = facts.node(&key);
    Ok(Statement {
        summary: index.statement_summary(number, facts)?,
        reports: reports(index, facts, &node)?,
        iri: node.into_string(),
        decisions: decisions::about(index, facts, &key, parameters)?,
    })
}

fn reports(index: &Index, facts: Facts<'_>, statement: &NamedNode) -> Result<Vec<StatementReport>, Failed> {
    let mut reports: Vec<(Number, StatementReport)> = Vec::new();
    for node in facts.subjects(dm::REPORTS, statement, In::Any)? {
        for article in facts.objects(&node, prov::WAS_DERIVED_FROM, In::Any)? {
            let Some(key) = facts.key(&article) else { continue };
            let Some(Entry::Article(number)) = index.find(key) else { continue };
            let graph = facts.node(key);
            reports.push((number, report(index, facts, &node, number, &graph)?));
        }
    }
    reports.sort_by(|(a, _), (b, _)| by_date(index, *a, *b));
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

fn report(
    index: &Index,
    facts: Facts<'_>,
    node: &NamedNode,
    article: Number,
    graph: &NamedNode,
) -> Result<StatementReport, Failed> {
    let graph = In::Graph(graph.as_ref());
    let stretches = evidence(index, facts, node, graph)?;
    let mut report = StatementReport {
        article: index.article_summary(article),
        text: String::new(),
        cue: None,
        speaker: None,
        when: None,
        confidence: 0.0,
        evidence: passages(index, facts, &stretches)?,
    };
    let (mut value, mut earliest, mut latest) = (None, None, None);
    for (predicate, object) in facts.about(node, graph)? {
        let words = || text(&object).map(str::to_owned);
        match predicate.as_ref() {
            dm::TEXT => report.text = words().unwrap_or_default(),
            dm::CUE => report.cue = words(),
            dm::SPEAKER => report.speaker = facts.key(&object).and_then(|key| index.link_of(key)),
            dm::CONFIDENCE => report.confidence = number(&object).unwrap_or_default(),
            dm::WHEN => value = words(),
            dm::EARLIEST => earliest = words(),
            dm::LATEST => latest = words(),
            _ => {}
        }
    }
    report.when = when(&value, &earliest, &latest);
    Ok(report)
}

//! What the store holds, and the questions that it is made for.

use super::answers::{Count, Kind, Prefix, Queries, Query, Statistics};
use super::methods::Context;
use super::parameters::Parameters;
use crate::exchange::Failed;
use demarche_graph::Status;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many publishers are told.
const PUBLISHERS: usize = 30;

pub(super) fn statistics(context: &Context<'_>, _: &Parameters<'_>) -> Result<Statistics, Failed> {
    let index = context.index;
    let of_kind = |kind| index.named.iter().filter(|named| Kind::of_key(&named.key) == Some(kind)).count();
    let days = || index.articles.iter().filter_map(|article| article.latest.clone());
    let statuses = Status::ALL.into_iter().map(|status| Count {
        name: status.to_string(),
        count: index.meetings.iter().filter(|meeting| meeting.status == status.as_str()).count(),
    });
    let mut publishers = tally(index.articles.iter().filter_map(|article| article.publisher.as_deref()));
    publishers.truncate(PUBLISHERS);
    Ok(Statistics {
        articles: index.articles.len(),
        people: of_kind(Kind::Person),
        organizations: of_kind(Kind::Organization),
        places: of_kind(Kind::Place),
        meetings: index.meetings.len(),
        statements: index.statements.len(),
        days: days().min().zip(days().max()).map(|(first, last)| [first, last]),
        statuses: statuses.filter(|status| status.count > 0).collect(),
        publishers,
        dated_by: tally(index.articles.iter().map(|article| article.dated_by.as_deref().unwrap_or("unknown"))),
    })
}

/// How often each word occurs, the most first.
fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Count> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<Count> =
        counts.into_iter().map(|(name, count)| Count { name: name.to_owned(), count }).collect();
    counts.sort_by_key(|count| Reverse(count.count));
    counts
}

pub(super) fn queries(context: &Context<'_>, _: &Parameters<'_>) -> Result<Queries, Failed> {
    let prefixes = context.facts.names().prefixes().into_iter();
    Ok(Queries {
        prefixes: prefixes.map(|(prefix, iri)| Prefix { prefix: prefix.to_owned(), iri }).collect(),
        queries: demarche_graph::named_queries()
            .iter()
            .map(|query| Query {
                name: query.name.to_owned(),
                about: query.question.clone(),
                sparql: query.sparql.to_owned(),
            })
            .collect(),
    })
}

//! Who has a meeting with whom.

use super::answers::{Network, NetworkEdge, NetworkMeeting, NetworkNode};
use super::bad;
use super::index::{Entry, Index, Number, at};
use super::lists::Narrowed;
use super::methods::Context;
use super::parameters::Parameters;
use crate::exchange::Failed;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The most nodes, if nothing is said and at all.
const USUAL: usize = 60;
const MOST: usize = 400;

pub(super) fn network(context: &Context<'_>, parameters: &Parameters<'_>) -> Result<Network, Failed> {
    let index = context.index;
    let narrowed = Narrowed::of(index, parameters)?;
    let most = parameters.number("max_nodes")?.unwrap_or(USUAL);
    if most > MOST {
        return Err(bad(format!("max_nodes={most} is more than {MOST}")));
    }
    let numbers = around(index, &narrowed);
    let mut counts: BTreeMap<Number, usize> = BTreeMap::new();
    for participant in numbers.iter().flat_map(|number| &index.meetings[at(*number)].participants) {
        *counts.entry(*participant).or_default() += 1;
    }
    let focus: BTreeSet<Number> = narrowed.about().iter().filter_map(named).collect();
    let mut ranked: Vec<(bool, Reverse<usize>, Number)> =
        counts.into_iter().map(|(number, count)| (!focus.contains(&number), Reverse(count), number)).collect();
    ranked.sort_unstable();
    let left_out = ranked.len().saturating_sub(most);
    ranked.truncate(most);
    let shown: BTreeSet<Number> = ranked.iter().map(|(.., number)| *number).collect();
    let edges = edges(index, &narrowed, &shown);
    let nodes = ranked.into_iter().map(|(.., number)| NetworkNode {
        thing: index.named_link(number),
        sources: index.named[at(number)].sources,
        degree: others(index, number).len(),
    });
    Ok(Network { nodes: nodes.collect(), edges, left_out })
}

fn named(entry: &Entry) -> Option<Number> {
    match entry {
        Entry::Named(number) => Some(*number),
        _ => None,
    }
}

/// The meetings of any of the things that it is about; all, where it is about nothing.
fn around(index: &Index, narrowed: &Narrowed) -> Vec<Number> {
    match narrowed.about() {
        [] => narrowed.meetings(index),
        things => {
            let of_things = things.iter().flat_map(|thing| super::lists::meetings_of(index, *thing));
            let numbers: BTreeSet<Number> = of_things.filter(|number| narrowed.allows(index, *number)).collect();
            numbers.into_iter().collect()
        }
    }
}

/// With whom somebody has a meeting.
fn others(index: &Index, number: Number) -> BTreeSet<Number> {
    let meetings = index.named[at(number)].attended.iter();
    let all = meetings.flat_map(|meeting| &index.meetings[at(*meeting)].participants);
    all.copied().filter(|other| *other != number).collect()
}

/// The edges among the nodes that are shown, each with its meetings.
fn edges(index: &Index, narrowed: &Narrowed, shown: &BTreeSet<Number>) -> Vec<NetworkEdge> {
    let meetings: BTreeSet<Number> =
        shown.iter().flat_map(|number| &index.named[at(*number)].attended).copied().collect();
    let mut edges: BTreeMap<(Number, Number), Vec<NetworkMeeting>> = BTreeMap::new();
    for number in meetings.into_iter().filter(|number| narrowed.allows(index, *number)) {
        let meeting = &index.meetings[at(number)];
        let there: Vec<Number> = meeting.participants.iter().copied().filter(|who| shown.contains(who)).collect();
        for (place, one) in there.iter().enumerate() {
            for other in &there[place + 1..] {
                edges.entry((*one, *other)).or_default().push(NetworkMeeting {
                    key: meeting.key.clone(),
                    status: meeting.status.clone(),
                    earliest: meeting.earliest.clone(),
                    latest: meeting.latest.clone(),
                    sources: meeting.sources,
                });
            }
        }
    }
    let edge = |((one, other), meetings): ((Number, Number), _)| NetworkEdge {
        source: index.named[at(one)].key.clone(),
        target: index.named[at(other)].key.clone(),
        meetings,
    };
    edges.into_iter().map(edge).collect()
}

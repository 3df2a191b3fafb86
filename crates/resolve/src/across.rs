//! Joins over blocks: what bears one identifier, what a correction calls the same, and people whose names are worded otherwise.

use crate::cluster::SAME;
use crate::corrections::{Action, Corrections, Reference};
use crate::decision::Decision;
use crate::key::{Key, Kind};
use crate::names::{Named, because};
use crate::wording::wordings;
use std::collections::{BTreeMap, BTreeSet};

/// Joins things of different blocks: those that bear one identifier, people whose names are worded otherwise, those that a
/// correction calls the same. Gives for each thing the one that it has become part of.
pub(crate) fn join(
    things: &mut [Named],
    corrections: &Corrections,
    decisions: &mut Vec<(Decision, Option<usize>, Option<usize>)>,
    applied: &mut BTreeSet<usize>,
) -> Vec<usize> {
    let mut joined_to: Vec<usize> = (0..things.len()).collect();
    let mut bearers: BTreeMap<(Kind, String), Vec<usize>> = BTreeMap::new();
    for (i, thing) in things.iter().enumerate() {
        for iri in thing.identifiers() {
            bearers.entry((thing.kind, iri.clone())).or_default().push(i);
        }
    }
    let forbidden: Vec<&[Reference]> = corrections
        .entries()
        .iter()
        .filter_map(|entry| match &entry.action {
            Action::Different(things) => Some(things.as_slice()),
            _ => None,
        })
        .collect();
    for ((_, iri), bearers) in bearers {
        for &other in bearers.iter().skip(1) {
            let (one, other) = (root(&joined_to, bearers[0]), root(&joined_to, other));
            let is_part = |thing: usize, all: &[Reference]| all.iter().position(|r| things[thing].is(r));
            let parted =
                |all: &&[Reference]| matches!((is_part(one, all), is_part(other, all)), (Some(x), Some(y)) if x != y);
            if one != other && !forbidden.iter().any(parted) {
                let reason =
                    format!("“{}” and “{}”: both are {iri}", things[one].best_name(), things[other].best_name());
                let decision = Decision::same(sides(things, one, other), things[other].members(), 99, reason);
                decisions.push((decision, Some(one), None));
                merge(things, &mut joined_to, one, other);
            }
        }
    }
    for wording in wordings(things) {
        let (one, other) = (root(&joined_to, wording.one), root(&joined_to, wording.other));
        let is_part = |thing: usize, all: &[Reference]| all.iter().position(|r| things[thing].is(r));
        let parted =
            |all: &&[Reference]| matches!((is_part(one, all), is_part(other, all)), (Some(x), Some(y)) if x != y);
        let differ = !things[one].identifiers().is_empty()
            && !things[other].identifiers().is_empty()
            && things[one].identifiers().is_disjoint(&things[other].identifiers());
        if one == other || differ || forbidden.iter().any(parted) || speak_of_both(&things[one], &things[other]) {
            continue;
        }
        let members = things[other].members();
        if wording.score >= SAME {
            let decision = Decision::same(wording.sides, members, wording.score, wording.reason);
            decisions.push((decision, Some(one), None));
            merge(things, &mut joined_to, one, other);
        } else {
            let reason = format!("{}; but that is not enough", wording.reason);
            decisions.push((Decision::apart(wording.sides, members, wording.score, reason), Some(one), Some(other)));
        }
    }
    for (number, entry) in corrections.entries().iter().enumerate() {
        let Action::Same(references) = &entry.action else { continue };
        let mut meant: Vec<usize> = references.iter().flat_map(|reference| meant_by(reference, things)).collect();
        meant.sort_unstable();
        meant.dedup();
        for &other in meant.iter().skip(1) {
            let (one, other) = (root(&joined_to, meant[0]), root(&joined_to, other));
            if one == other {
                continue;
            }
            applied.insert(number);
            let names: Vec<String> = references.iter().map(Reference::to_string).collect();
            let reason =
                format!("a correction says that {} are the same{}", names.join(" and "), because(corrections, number));
            let decision = Decision::same(references.clone(), things[other].members(), 100, reason);
            decisions.push((Decision { correction: Some(number), ..decision }, Some(one), None));
            merge(things, &mut joined_to, one, other);
        }
    }
    (0..joined_to.len()).map(|thing| root(&joined_to, thing)).collect()
}

fn root(joined_to: &[usize], mut thing: usize) -> usize {
    while joined_to[thing] != thing {
        thing = joined_to[thing];
    }
    thing
}

fn sides(things: &[Named], one: usize, other: usize) -> Vec<Reference> {
    [other, one]
        .map(|i| Reference { key: Key::named(things[i].kind, &things[i].namings[0].folded), article: None })
        .into()
}

fn merge(things: &mut [Named], joined_to: &mut [usize], one: usize, other: usize) {
    let (keep, go) = (one.min(other), one.max(other));
    joined_to[go] = keep;
    let gone = std::mem::take(&mut things[go].namings);
    let known_as = std::mem::take(&mut things[go].known_as);
    things[keep].namings.extend(gone);
    things[keep].namings.sort_by(|a, b| a.member.cmp(&b.member));
    things[keep].known_as.extend(known_as);
}

/// The things that a reference means: those known by its key, else those with such a name.
fn meant_by(reference: &Reference, things: &[Named]) -> Vec<usize> {
    let is = |i: &usize| things[*i].is(reference);
    let known: Vec<usize> =
        (0..things.len()).filter(is).filter(|&i| things[i].known_as.contains(&reference.key)).collect();
    if known.is_empty() { (0..things.len()).filter(is).collect() } else { known }
}

/// Whether an article speaks of both, and so tells them apart.
fn speak_of_both(one: &Named, other: &Named) -> bool {
    let articles: BTreeSet<&str> = one.namings.iter().map(|naming| naming.member.article.as_str()).collect();
    other.namings.iter().any(|naming| articles.contains(naming.member.article.as_str()))
}

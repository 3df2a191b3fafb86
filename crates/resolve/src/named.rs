//! The people, bodies and places of the corpus, from what the blocks of names came to.

use crate::corpus::{Corpus, Organization, Person, Place};
use crate::corrections::{Action, Corrections, Reference, Values};
use crate::decision::{Decision, DecisionKind};
use crate::key::{Key, Kind};
use crate::membership::ByMember;
use crate::names::{Named, NamesOutcome, because, mint};
use crate::naming::Sort;
use crate::stage::BlockKey;
use demarche_record::{OrganizationKind, PlaceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Enters people, bodies, places and the decisions on them; gives the numbers of the corrections that meant any.
pub(crate) fn enter(
    blocks: BTreeMap<BlockKey, NamesOutcome>,
    corrections: &Corrections,
    corpus: &mut Corpus,
    keys: &mut ByMember<Key>,
) -> BTreeSet<usize> {
    let mut applied: BTreeSet<usize> = BTreeSet::new();
    let mut things: Vec<Named> = Vec::new();
    let mut decisions = Vec::new();
    for outcome in blocks.into_values() {
        let first = things.len();
        things.extend(outcome.things);
        let moved = |number: Option<usize>| number.map(|number| number + first);
        decisions.extend(outcome.decisions.into_iter().map(|(d, about, other)| (d, moved(about), moved(other))));
        applied.extend(outcome.applied);
    }
    let joined_to = join(&mut things, corrections, &mut decisions, &mut applied);
    let remaining: Vec<usize> = (0..things.len()).filter(|&i| joined_to[i] == i).collect();
    let minted = mint(&remaining.iter().map(|&i| &things[i]).collect::<Vec<_>>());
    let key_of: BTreeMap<usize, Key> = remaining.iter().copied().zip(minted).collect();
    for (mut decision, about, other) in decisions {
        decision.about = about.map(|thing| key_of[&joined_to[thing]].clone());
        decision.other = other.map(|thing| key_of[&joined_to[thing]].clone());
        // What a later step joined after all is no longer apart.
        if decision.kind != DecisionKind::Apart || decision.about != decision.other || decision.correction.is_some() {
            corpus.decisions.push(decision);
        }
    }
    for i in remaining {
        let (thing, key) = (&things[i], key_of[&i].clone());
        thing.namings.iter().for_each(|naming| keys.insert(&naming.member, key.clone()));
        enter_one(thing, key, corrections, corpus, &mut applied);
    }
    corpus.people.sort_by(|a, b| a.key.cmp(&b.key));
    corpus.organizations.sort_by(|a, b| a.key.cmp(&b.key));
    corpus.places.sort_by(|a, b| a.key.cmp(&b.key));
    applied
}

/// Joins things of different blocks that bear one identifier or that a correction calls the same. Gives for each thing the
/// one that it has become part of.
fn join(
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

fn enter_one(thing: &Named, key: Key, corrections: &Corrections, corpus: &mut Corpus, applied: &mut BTreeSet<usize>) {
    let mut name = thing.best_name();
    let mut identifiers: Vec<String> = thing.identifiers().into_iter().cloned().collect();
    let mut corrected: Option<&Values> = None;
    for (number, entry) in corrections.entries().iter().enumerate() {
        let reason = match &entry.action {
            Action::Rename { thing: meant, name: new } if thing.is(meant) => {
                name.clone_from(new);
                format!("a correction says that its name is “{new}”{}", because(corrections, number))
            }
            Action::Set { thing: meant, values } if thing.is(meant) => {
                corrected = Some(values);
                if let Some(identifier) = &values.identifier {
                    identifiers = vec![identifier.clone()];
                }
                set_in_words(values, corrections, number)
            }
            _ => continue,
        };
        applied.insert(number);
        corpus.decisions.push(Decision::corrected(key.clone(), thing.members(), reason, number));
    }
    let other_names: BTreeSet<&str> =
        thing.namings.iter().map(|naming| naming.name.as_str()).filter(|other| *other != name).collect();
    let other_names: Vec<String> = other_names.into_iter().map(str::to_owned).collect();
    let members = thing.members();
    match thing.kind {
        Kind::Organization => {
            let sorts = thing.namings.iter().filter_map(|naming| match naming.sort {
                Sort::Organization(OrganizationKind::Other) => None,
                Sort::Organization(kind) => Some(kind),
                _ => None,
            });
            let kind = most_frequent(sorts).unwrap_or(OrganizationKind::Other);
            corpus.organizations.push(Organization { key, name, other_names, kind, identifiers, members });
        }
        Kind::Place => {
            let sorts = thing.namings.iter().filter_map(|naming| match naming.sort {
                Sort::Place(PlaceKind::Other) => None,
                Sort::Place(kind) => Some(kind),
                _ => None,
            });
            let kind = most_frequent(sorts).unwrap_or(PlaceKind::Other);
            let countries: BTreeSet<&String> = thing.namings.iter().flat_map(|naming| &naming.states).collect();
            let told = if countries.len() == 1 { countries.first().map(|code| (*code).clone()) } else { None };
            let country = corrected.and_then(|values| values.country.clone()).or(told);
            corpus.places.push(Place { key, name, other_names, kind, country, identifiers, members });
        }
        _ => corpus.people.push(Person { key, name, other_names, identifiers, tenures: Vec::new(), members }),
    }
}

/// "a correction says: status held, place place/geneva".
pub(crate) fn set_in_words(values: &Values, corrections: &Corrections, number: usize) -> String {
    let values: Vec<String> = values.in_words().into_iter().map(|(name, value)| format!("{name} {value}")).collect();
    format!("a correction says: {}{}", values.join(", "), because(corrections, number))
}

fn most_frequent<T: Copy + Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

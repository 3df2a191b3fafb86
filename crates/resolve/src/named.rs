//! The people, bodies and places of the corpus, from what the blocks of names came to.

use crate::across;
use crate::corpus::{Corpus, Organization, Person, Place};
use crate::corrections::{Action, Corrections, Values};
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
    let joined_to = across::join(&mut things, corrections, &mut decisions, &mut applied);
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

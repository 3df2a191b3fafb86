//! Which named things are the same: people, organisations, places.

use crate::corpus::{Corpus, Decision, DecisionKind, Member, Organization, Person, Place, articles};
use crate::fold::{ends_in_surname, fold, is_bare_surname};
use crate::key::{Key, Kind, digest};
use demarche_record::{OrganizationKind, PlaceKind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Something named in one record.
struct Naming<'a, T> {
    member: Member,
    name: &'a str,
    folded: String,
    identifiers: &'a [String],
    item: &'a T,
}

/// What holds a class of namings together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// The same identifier (the first in order, where a record gives several).
    Identifier(String),
    /// The same folded name.
    Name(String),
}

/// Namings of one thing, with a reason where some of them joined otherwise than by the identity itself.
struct Class<'a, T> {
    key: Key,
    name: String,
    other_names: Vec<String>,
    identifiers: Vec<String>,
    namings: Vec<Naming<'a, T>>,
    reason: String,
}

pub(crate) fn people(records: &[&Record], corpus: &mut Corpus, keys: &mut BTreeMap<Member, Key>) {
    let mut namings = Vec::new();
    for record in records {
        for item in &record.people {
            namings.push(naming(record, &item.id, &item.name, &item.identifiers, item));
        }
    }
    for class in classes(namings, Kind::Person) {
        class.note(corpus, keys);
        let members = class.members();
        corpus.people.push(Person {
            key: class.key,
            name: class.name,
            other_names: class.other_names,
            identifiers: class.identifiers,
            tenures: Vec::new(),
            members,
        });
    }
}

pub(crate) fn organizations(records: &[&Record], corpus: &mut Corpus, keys: &mut BTreeMap<Member, Key>) {
    let mut namings = Vec::new();
    for record in records {
        for item in &record.organizations {
            let mut naming = naming(record, &item.id, &item.name, &item.identifiers, item);
            // "reporters", "the crowd": a group without a name is the same within its article alone.
            if item.identifiers.is_empty() && !item.name.contains(char::is_uppercase) {
                naming.folded = format!("{}-{}", naming.folded, digest(&[&record.id]));
            }
            namings.push(naming);
        }
    }
    for class in classes(namings, Kind::Organization) {
        class.note(corpus, keys);
        let members = class.members();
        let known = class.namings.iter().map(|n| n.item.kind).filter(|kind| *kind != OrganizationKind::Other);
        corpus.organizations.push(Organization {
            kind: most_frequent(known).unwrap_or(OrganizationKind::Other),
            key: class.key,
            name: class.name,
            other_names: class.other_names,
            identifiers: class.identifiers,
            members,
        });
    }
}

pub(crate) fn places(records: &[&Record], corpus: &mut Corpus, keys: &mut BTreeMap<Member, Key>) {
    let mut namings = Vec::new();
    for record in records {
        for item in &record.places {
            namings.push(naming(record, &item.id, &item.name, &item.identifiers, item));
        }
    }
    for class in classes(namings, Kind::Place) {
        class.note(corpus, keys);
        let members = class.members();
        let known = class.namings.iter().map(|n| n.item.kind).filter(|kind| *kind != PlaceKind::Other);
        let countries: BTreeSet<&String> = class.namings.iter().filter_map(|n| n.item.country.as_ref()).collect();
        corpus.places.push(Place {
            kind: most_frequent(known).unwrap_or(PlaceKind::Other),
            country: if countries.len() == 1 { countries.first().map(|code| (*code).clone()) } else { None },
            key: class.key,
            name: class.name,
            other_names: class.other_names,
            identifiers: class.identifiers,
            members,
        });
    }
}

fn naming<'a, T>(record: &Record, id: &str, name: &'a str, identifiers: &'a [String], item: &'a T) -> Naming<'a, T> {
    Naming { member: Member::new(record, id), name, folded: fold(name), identifiers, item }
}

impl<T> Class<'_, T> {
    fn members(&self) -> Vec<Member> {
        let mut members: Vec<Member> = self.namings.iter().map(|naming| naming.member.clone()).collect();
        members.sort();
        members
    }

    /// Enters the members' key, and the decision if there was one.
    fn note(&self, corpus: &mut Corpus, keys: &mut BTreeMap<Member, Key>) {
        let members = self.members();
        keys.extend(members.iter().map(|member| (member.clone(), self.key.clone())));
        if members.len() > 1 {
            let (about, kind, reason) = (Some(self.key.clone()), DecisionKind::Same, self.reason.clone());
            corpus.decisions.push(Decision { about, kind, members, reason });
        }
    }
}

/// Puts the namings into classes, in the order of their keys.
fn classes<T>(namings: Vec<Naming<'_, T>>, kind: Kind) -> Vec<Class<'_, T>> {
    let mut groups: BTreeMap<Identity, Vec<Naming<T>>> = BTreeMap::new();
    for naming in namings {
        let identity = match naming.identifiers.iter().min() {
            Some(identifier) => Identity::Identifier(identifier.clone()),
            None => Identity::Name(naming.folded.clone()),
        };
        groups.entry(identity).or_default().push(naming);
    }
    let mut reasons: BTreeMap<Identity, Vec<String>> = BTreeMap::new();
    join_by_name(&mut groups, &mut reasons);
    if kind == Kind::Person {
        join_misspellings(&mut groups, &mut reasons);
        join_surnames(&mut groups, &mut reasons);
    }

    let mut drafts = Vec::new();
    for (identity, namings) in groups {
        let name = best_name(&namings);
        let slug = match &identity {
            Identity::Name(folded) => folded.clone(),
            Identity::Identifier(_) => fold(&name),
        };
        drafts.push((slug, identity, name, namings));
    }
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for (slug, ..) in &drafts {
        *bearers.entry(slug.clone()).or_default() += 1;
    }
    let mut classes: Vec<Class<T>> = drafts
        .into_iter()
        .map(|(slug, identity, name, namings)| {
            let key = match &identity {
                Identity::Identifier(iri) if bearers[&slug] > 1 => {
                    Key::named(kind, &format!("{slug}-{}", fold(iri.rsplit(['/', '#']).next().unwrap_or(iri))))
                }
                _ => Key::named(kind, &slug),
            };
            let names: BTreeSet<&str> = namings.iter().map(|naming| naming.name).filter(|n| *n != name).collect();
            let identifiers: BTreeSet<&String> = namings.iter().flat_map(|naming| naming.identifiers).collect();
            let members: Vec<Member> = namings.iter().map(|naming| naming.member.clone()).collect();
            let mut reason = match &identity {
                Identity::Identifier(iri) => format!("the same identifier {iri}"),
                Identity::Name(_) => format!("the same name “{name}”"),
            };
            reason.push_str(&match articles(&members) {
                1 => " in one article".to_owned(),
                count => format!(" in {count} articles"),
            });
            for more in reasons.remove(&identity).unwrap_or_default() {
                reason.push_str("; ");
                reason.push_str(&more);
            }
            Class {
                key,
                other_names: names.into_iter().map(str::to_owned).collect(),
                identifiers: identifiers.into_iter().cloned().collect(),
                name,
                namings,
                reason,
            }
        })
        .collect();
    classes.sort_by(|a, b| a.key.cmp(&b.key));
    classes
}

type Groups<'a, T> = BTreeMap<Identity, Vec<Naming<'a, T>>>;
type Reasons = BTreeMap<Identity, Vec<String>>;

/// A name without identifier joins the one identified thing that bears it.
fn join_by_name<T>(groups: &mut Groups<'_, T>, reasons: &mut Reasons) {
    let mut bearers: BTreeMap<String, BTreeSet<Identity>> = BTreeMap::new();
    for (identity, namings) in groups.iter() {
        if matches!(identity, Identity::Identifier(_)) {
            for naming in namings {
                bearers.entry(naming.folded.clone()).or_default().insert(identity.clone());
            }
        }
    }
    for (folded, identities) in bearers {
        let name = Identity::Name(folded);
        if let (1, Some(target)) = (identities.len(), identities.first())
            && let Some(namings) = groups.remove(&name)
        {
            let reason = format!("“{}” is its only bearer with an identifier", namings[0].name);
            reasons.entry(target.clone()).or_default().push(reason);
            groups.entry(target.clone()).or_default().extend(namings);
        }
    }
}

/// A full name that stands in one article only, and differs from one in several articles by two neighbouring letters of
/// one long word that have changed places ("Valdimir"), is a slip of the pen, where only one name is so like it.
fn join_misspellings<T>(groups: &mut Groups<'_, T>, reasons: &mut Reasons) {
    let mut by_letters: BTreeMap<Vec<char>, Vec<(String, Identity, usize)>> = BTreeMap::new();
    for (identity, namings) in groups.iter() {
        let articles: BTreeSet<&str> = namings.iter().map(|naming| naming.member.article.as_str()).collect();
        let names: BTreeSet<&String> = namings.iter().map(|naming| &naming.folded).collect();
        for name in names.into_iter().filter(|name| name.contains('-')) {
            let mut letters: Vec<char> = name.chars().collect();
            letters.sort_unstable();
            by_letters.entry(letters).or_default().push((name.clone(), identity.clone(), articles.len()));
        }
    }
    for alike in by_letters.values() {
        for (name, identity, articles) in alike {
            if *articles > 1 || matches!(identity, Identity::Identifier(_)) {
                continue;
            }
            let right: BTreeSet<&Identity> = alike
                .iter()
                .filter(|(other, _, of_other)| *of_other > 1 && is_transposed(name, other))
                .map(|(_, identity, _)| identity)
                .collect();
            if let (1, Some(&target)) = (right.len(), right.first())
                && let Some(namings) = groups.remove(identity)
            {
                let reason = format!("“{}” is taken for a misspelling of it", namings[0].name);
                reasons.entry(target.clone()).or_default().push(reason);
                groups.entry(target.clone()).or_default().extend(namings);
            }
        }
    }
}

/// Whether two folded names differ in one word alone, of six letters or more, by two neighbours that changed places.
fn is_transposed(one: &str, other: &str) -> bool {
    if one.split('-').count() != other.split('-').count() {
        return false;
    }
    let mut differing = one.split('-').zip(other.split('-')).filter(|(a, b)| a != b);
    match (differing.next(), differing.next()) {
        (Some((a, b)), None) if a.len() >= 6 && a.len() == b.len() => {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            let places: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
            matches!(places[..], [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i])
        }
        _ => false,
    }
}

/// A bare surname joins the only full name in the corpus that ends in it. Where an article speaks of both, it tells them
/// apart itself, and they stay apart.
fn join_surnames<T>(groups: &mut Groups<'_, T>, reasons: &mut Reasons) {
    let mut full_names: Vec<(String, Identity)> = Vec::new();
    let mut surnames: Vec<(String, Identity)> = Vec::new();
    for (identity, namings) in groups.iter() {
        let names: BTreeSet<&String> = namings.iter().map(|naming| &naming.folded).collect();
        for name in names {
            let list = if is_bare_surname(name) { &mut surnames } else { &mut full_names };
            list.push((name.clone(), identity.clone()));
        }
    }
    let mut by_last_word: BTreeMap<&str, Vec<&(String, Identity)>> = BTreeMap::new();
    for full in &full_names {
        by_last_word.entry(last_word(&full.0)).or_default().push(full);
    }
    for (surname, identity) in &surnames {
        if matches!(identity, Identity::Identifier(_)) {
            continue;
        }
        let same_end = by_last_word.get(last_word(surname)).map_or(&[][..], Vec::as_slice);
        let bearers: BTreeSet<&Identity> =
            same_end.iter().filter(|(full, _)| ends_in_surname(full, surname)).map(|(_, bearer)| bearer).collect();
        if let (1, Some(&bearer)) = (bearers.len(), bearers.first())
            && let (Some(of_bearer), Some(namings)) = (groups.get(bearer), groups.get(identity))
        {
            let articles: BTreeSet<&str> = of_bearer.iter().map(|naming| naming.member.article.as_str()).collect();
            let told_apart: BTreeSet<Member> = namings
                .iter()
                .filter(|naming| articles.contains(naming.member.article.as_str()))
                .map(|naming| naming.member.clone())
                .collect();
            let namings = groups.remove(identity).unwrap_or_default();
            let (apart, joining): (Vec<_>, Vec<_>) =
                namings.into_iter().partition(|naming| told_apart.contains(&naming.member));
            if let Some(first) = joining.first() {
                let reason = format!("“{}” has its only bearer of that surname here", first.name);
                reasons.entry(bearer.clone()).or_default().push(reason);
                groups.entry(bearer.clone()).or_default().extend(joining);
            }
            if !apart.is_empty() {
                groups.insert(identity.clone(), apart);
            }
        }
    }
}

fn last_word(folded: &str) -> &str {
    folded.rsplit('-').next().unwrap_or(folded)
}

/// The name in most namings, among those that are no bare surname and not all in capitals, where there are such. Of
/// equally frequent ones the longest, then the one with more letters that plain ASCII lacks, then the first in order.
fn best_name<T>(namings: &[Naming<'_, T>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for naming in namings {
        *counts.entry(naming.name).or_default() += 1;
    }
    let rank = |name: &str, count: usize| {
        let full = !is_bare_surname(&fold(name));
        let mixed_case = name.chars().any(char::is_lowercase);
        let exact = name.chars().filter(|c| !c.is_ascii()).count();
        (full, mixed_case, count, name.chars().count(), exact)
    };
    let mut best: Option<(&str, usize)> = None;
    for (name, count) in counts {
        if best.is_none_or(|(other, of_other)| rank(name, count) > rank(other, of_other)) {
            best = Some((name, count));
        }
    }
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

fn most_frequent<T: Copy + Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

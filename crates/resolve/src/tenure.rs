//! Offices held, gathered over the articles.

use crate::corpus::{Corpus, Evidence, Tenure};
use crate::fold::fold;
use crate::key::{Key, Kind};
use crate::membership::ByMember;
use demarche_record::{Record, Role};
use std::collections::BTreeMap;

/// What makes two reports of an office the same: folded title, body, time.
type Office<'a> = (String, Option<&'a Key>, Option<&'a str>, Option<&'a str>);

/// The reports of each office of one person.
type Offices<'a> = BTreeMap<Office<'a>, Vec<(&'a Role, Evidence)>>;

/// Enters the tenures of each person of the corpus: roles with the same folded title, body and time are one, and so is one that
/// tells less with the only one that it can be.
pub(crate) fn tenures(records: &[&Record], corpus: &mut Corpus, keys: &ByMember<Key>) {
    let mut found: BTreeMap<&Key, Offices> = BTreeMap::new();
    for record in records {
        for person in &record.people {
            let Some(key) = keys.of(record, &person.id) else { continue };
            for role in &person.roles {
                let of = role.of.as_ref().and_then(|of| keys.of(record, of));
                let office = (fold(&role.title), of, role.from.as_deref(), role.to.as_deref());
                let evidence = Evidence { article: record.id.clone(), span: role.span.clone() };
                found.entry(key).or_default().entry(office).or_default().push((role, evidence));
            }
        }
    }
    for person in &mut corpus.people {
        for ((title, of, from, until), roles) in joined(found.remove(&person.key).unwrap_or_default()) {
            let of_part = of.map_or("", Key::as_str);
            let parts = [person.key.as_str(), &title, of_part, from.unwrap_or(""), until.unwrap_or("")];
            let mut evidence: Vec<Evidence> = roles.iter().map(|(_, evidence)| evidence.clone()).collect();
            evidence.sort();
            evidence.dedup();
            person.tenures.push(Tenure {
                key: Key::digest(Kind::Tenure, &parts),
                title: title_in_use(&roles),
                of: of.cloned(),
                from: from.map(str::to_owned),
                until: until.map(str::to_owned),
                evidence,
            });
        }
        person.tenures.sort_by(|a, b| a.key.cmp(&b.key));
    }
}

/// "President" is "President of Finland" where that is the only body, and the only time, that any report gives with the title.
fn joined<'a>(offices: Offices<'a>) -> Offices<'a> {
    let all: Vec<Office<'a>> = offices.keys().cloned().collect();
    let whole = |office: &Office<'a>| -> Office<'a> {
        let fuller: Vec<&Office<'a>> = all.iter().filter(|other| tells_less(office, other)).collect();
        let mut fullest = fuller.iter().filter(|one| !fuller.iter().any(|other| tells_less(one, other)));
        match (fullest.next(), fullest.next()) {
            (Some(only), None) => (**only).clone(),
            _ => office.clone(),
        }
    };
    let mut joined = Offices::new();
    for (office, roles) in offices {
        joined.entry(whole(&office)).or_default().extend(roles);
    }
    joined
}

/// Whether an office is of the same title as another and all that it tells, but not all that the other tells.
fn tells_less((title, of, from, until): &Office<'_>, other: &Office<'_>) -> bool {
    *title == other.0
        && (of.is_none() || *of == other.1)
        && (from.is_none() || *from == other.2)
        && (until.is_none() || *until == other.3)
        && (*of, *from, *until) != (other.1, other.2, other.3)
}

/// The title as most reports word it, rather than one all in capitals, as headings have it.
fn title_in_use(roles: &[(&Role, Evidence)]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (role, _) in roles {
        *counts.entry(&role.title).or_default() += 1;
    }
    let is_heading = |title: &str| !title.contains(char::is_lowercase);
    let best = counts.into_iter().min_by_key(|(title, count)| (is_heading(title), std::cmp::Reverse(*count), *title));
    best.map_or_else(String::new, |(title, _)| title.to_owned())
}

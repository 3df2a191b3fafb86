//! What one record tells of a person, body or place that it names: all that identity is decided from.

use crate::corpus::Member;
use crate::days::Days;
use crate::fold::fold;
use crate::gazetteer;
use crate::key::{Kind, digest};
use crate::personal::PersonalName;
use crate::spelling::sound;
use crate::stage::BlockKey;
use demarche_record::{Mention, MentionKind, OrganizationKind, PlaceKind, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A person, body or place as one record names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Naming {
    pub(crate) member: Member,
    pub(crate) kind: Kind,
    /// As the record has it.
    pub(crate) name: String,
    /// In the form in which names are compared.
    pub(crate) folded: String,
    /// Other folded names that the article gives the same thing.
    pub(crate) aliases: Vec<String>,
    pub(crate) identifiers: Vec<String>,
    /// Of a person: folded titles with the folded name of the state or body, if told.
    pub(crate) roles: BTreeSet<(String, Option<String>)>,
    /// Codes of states: of a person's offices, of a body, of a place.
    pub(crate) states: BTreeSet<String>,
    /// Times that the article says "he" and "she" of a person.
    pub(crate) pronouns: (u32, u32),
    pub(crate) sort: Sort,
    /// Codes of the states that the article speaks of most, by its places and bodies.
    pub(crate) home: Arc<[String]>,
    /// Days on which the article can have appeared.
    pub(crate) published: Option<(String, String)>,
    /// Digests of the names of the people and bodies that the article speaks of, sorted.
    pub(crate) company: Arc<[u64]>,
}

/// What sort of body or place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Sort {
    Person,
    Organization(OrganizationKind),
    Place(PlaceKind),
}

/// How many of an article's people and bodies are kept as the company of each.
const COMPANY: usize = 40;

/// The people, bodies and places of a record, each under its block.
pub(crate) fn namings(record: &Record) -> Vec<(BlockKey, Naming)> {
    let (company, home) = (company(record), home(record));
    let dates = Days::parse(record.published.earliest.as_deref(), record.published.latest.as_deref());
    let published = dates.map(|days| (days.first.to_string(), days.last.to_string()));
    let naming = |kind, id: &str, name: &str, identifiers: &[String], mentions: &[Mention], sort| {
        let folded = fold(name);
        let aliases: BTreeSet<String> = mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name)
            .map(|mention| fold(mention.span.text()))
            .filter(|alias| *alias != folded)
            .collect();
        Naming {
            member: Member::new(record, id),
            kind,
            name: name.to_owned(),
            aliases: aliases.into_iter().collect(),
            folded,
            identifiers: identifiers.to_vec(),
            roles: BTreeSet::new(),
            states: BTreeSet::new(),
            pronouns: (0, 0),
            sort,
            home: home.clone(),
            published: published.clone(),
            company: company.clone(),
        }
    };
    let mut found = Vec::new();
    for person in &record.people {
        let mut naming =
            naming(Kind::Person, &person.id, &person.name, &person.identifiers, &person.mentions, Sort::Person);
        for role in &person.roles {
            let of = role.of.as_deref().and_then(|of| called(record, of));
            if let Some((name, state)) = &of {
                naming.states.extend(state.clone().or_else(|| gazetteer::body(name).1.map(str::to_owned)));
            }
            naming.roles.insert((fold(&role.title), of.map(|(name, _)| name)));
        }
        naming.pronouns = pronouns(&person.mentions);
        // Who is called "Sr." is the father of whom the gazetteer knows.
        if naming.folded.ends_with("-sr") {
            naming.identifiers.clear();
        }
        found.push(naming);
    }
    for body in &record.organizations {
        let sort = Sort::Organization(body.kind);
        let mut naming = naming(Kind::Organization, &body.id, &body.name, &body.identifiers, &body.mentions, sort);
        naming.states.extend(gazetteer::body(&naming.folded).1.map(str::to_owned));
        // "reporters", "the crowd": a group without a name is the same within its article alone.
        if body.identifiers.is_empty() && !body.name.contains(char::is_uppercase) {
            naming.folded = format!("{}-{}", naming.folded, digest(&[&record.id]));
        }
        found.push(naming);
    }
    for place in &record.places {
        let sort = Sort::Place(place.kind);
        let mut naming = naming(Kind::Place, &place.id, &place.name, &place.identifiers, &place.mentions, sort);
        naming.states.extend(place.country.clone());
        found.push(naming);
    }
    found.into_iter().map(|naming| (naming.block(), naming)).collect()
}

impl Naming {
    /// The block that the name belongs to. It follows from kind and name alone.
    pub(crate) fn block(&self) -> BlockKey {
        let block = match self.kind {
            Kind::Person => PersonalName::of(&self.folded).block(),
            Kind::Organization => body_block(&self.name, &self.folded),
            _ => sound(&self.folded.replace('-', "")),
        };
        BlockKey::new(&[self.kind.as_str(), &block])
    }
}

/// The initials of a body's name of several words, the letters of an acronym, else the sound of the word.
fn body_block(name: &str, folded: &str) -> String {
    let (body, _) = gazetteer::body(folded);
    let words: Vec<&str> = body.split('-').filter(|word| !is_small(word)).collect();
    if words.len() > 1 {
        return words.iter().map(|word| &word[..1]).collect();
    }
    if is_acronym(name) { folded.replace('-', "") } else { format!("={}", sound(&body)) }
}

/// Words that acronyms pass over.
pub(crate) fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "for" | "and" | "on" | "in" | "to" | "at" | "de")
}

/// Whether a name is capitals alone: NATO, U.N.
pub(crate) fn is_acronym(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    (2..=6).contains(&letters.len()) && letters.iter().all(|c| c.is_uppercase()) && !name.contains(' ')
}

/// The folded name of a body or place of the record, and the code of its state if the record tells it.
fn called(record: &Record, id: &str) -> Option<(String, Option<String>)> {
    let place =
        record.places.iter().find(|place| place.id == id).map(|place| (fold(&place.name), place.country.clone()));
    place.or_else(|| record.organizations.iter().find(|body| body.id == id).map(|body| (fold(&body.name), None)))
}

fn pronouns(mentions: &[Mention]) -> (u32, u32) {
    let mut counts = (0, 0);
    for mention in mentions.iter().filter(|mention| mention.kind == MentionKind::Pronoun) {
        match mention.span.text().to_ascii_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => counts.0 += 1,
            "she" | "her" | "hers" | "herself" => counts.1 += 1,
            _ => {}
        }
    }
    counts
}

/// The most mentioned people and bodies.
fn company(record: &Record) -> Arc<[u64]> {
    let people = record.people.iter().map(|person| (person.mentions.len(), &person.name));
    let bodies = record.organizations.iter().map(|body| (body.mentions.len(), &body.name));
    let mut all: Vec<(usize, String)> = people.chain(bodies).map(|(count, name)| (count, fold(name))).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let digests: BTreeSet<u64> = all.iter().take(COMPANY).map(|(_, name)| fnv(name)).collect();
    digests.into_iter().collect()
}

/// How many states an article is taken to be about.
const HOMES: usize = 4;

/// The codes of the states that a record speaks of most.
fn home(record: &Record) -> Arc<[String]> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in &record.places {
        if let Some(country) = &place.country {
            *counts.entry(country).or_default() += place.mentions.len();
        }
    }
    for body in &record.organizations {
        if let Some(state) = gazetteer::body(&fold(&body.name)).1 {
            *counts.entry(state).or_default() += body.mentions.len();
        }
    }
    let mut codes: Vec<(usize, &str)> = counts.into_iter().map(|(code, count)| (count, code)).collect();
    codes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    codes.into_iter().take(HOMES).map(|(_, code)| code.to_owned()).collect()
}

/// The digest by which a name is company: FNV-1a, 64 bits (Fowler, Noll, Vo).
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

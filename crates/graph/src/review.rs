//! The decisions that a reader should look at first.

use crate::corrected::things;
use crate::error::StoreError;
use crate::explain::{Telling, members, telling};
use crate::store::Store;
use demarche_record::Record;
use demarche_resolve::{Corpus, Decision, DecisionKind, Key, Kind, Member, Reference, resolve_with};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many passages of a side are shown.
const PASSAGES: usize = 3;

/// How many others of an article are named.
const COMPANY: usize = 6;

/// A decision that could have gone the other way, with what speaks for either.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// Whether the two were taken for one.
    pub joined: bool,
    /// How sure it is that they are one, of 100.
    pub score: u8,
    /// Why it was decided so, in words.
    pub reason: String,
    /// The two sides.
    pub sides: [Side; 2],
}

/// One side of a doubt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// What a correction calls it: `person/bush`, `person/bush@doc:3f9a11`.
    pub thing: String,
    /// Number of articles that speak of it.
    pub articles: usize,
    /// What the first of them say.
    pub passages: Vec<Seen>,
    #[serde(skip)]
    reference: Reference,
}

/// What one article says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    /// The name or words.
    #[serde(flatten)]
    pub telling: Telling,
    /// The article's title.
    pub title: Option<String>,
    /// Of a person: offices and titles, in the article's words.
    pub roles: Vec<String>,
    /// Other people and bodies of the article.
    pub beside: Vec<String>,
}

impl Doubt {
    /// What a correction calls the two sides.
    pub fn things(&self) -> Vec<Reference> {
        self.sides.iter().map(|side| side.reference.clone()).collect()
    }
}

impl Store {
    /// The decisions that no correction has settled, of one kind of things or of all in turn, and how many there are. Of each
    /// kind the least certain come first, and of equally certain ones those that most articles tell of; between the same two
    /// names only the first is asked about.
    ///
    /// # Errors
    /// When records or corrections cannot be read.
    pub fn doubts(&self, kind: Option<Kind>, most: usize) -> Result<(Vec<Doubt>, usize), StoreError> {
        let records = self.records()?;
        let corrections = self.corrections()?;
        let corpus = resolve_with(&records, &corrections);
        let by_id: BTreeMap<&str, &Record> = records.iter().map(|record| (record.id.as_str(), record)).collect();
        let viewer = Viewer { corpus: &corpus, records: by_id };
        let settled: Vec<&[Reference]> = corrections.entries().iter().map(|entry| things(&entry.action)).collect();
        let open = corpus
            .decisions
            .iter()
            .filter(|decision| decision.correction.is_none() && decision.things.len() == 2)
            .filter(|decision| !decision.is_on_a_common_noun())
            .filter(|decision| !settled.iter().any(|said| decision.things.iter().all(|thing| said.contains(thing))))
            .filter(|decision| matches!(decision.kind, DecisionKind::Same | DecisionKind::Apart));
        let ordered = in_turn(open, kind);
        let doubts = ordered.iter().take(most).filter_map(|decision| {
            let about = decision.about.as_ref()?;
            let [one, two] = &decision.things[..] else { return None };
            let sides = [viewer.side(one, about), viewer.side(two, decision.other.as_ref().unwrap_or(about))];
            let joined = decision.kind == DecisionKind::Same;
            Some(Doubt { joined, score: decision.score, reason: decision.reason.clone(), sides })
        });
        Ok((doubts.collect(), ordered.len()))
    }
}

/// The decisions of each kind in their order, one of every kind after the other.
fn in_turn<'d>(decisions: impl Iterator<Item = &'d Decision>, kind: Option<Kind>) -> Vec<&'d Decision> {
    let mut by_kind: BTreeMap<Kind, Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        let of = decision.things[0].key.kind();
        if kind.is_none_or(|kind| kind == of) {
            by_kind.entry(of).or_default().push(decision);
        }
    }
    let mut turns: Vec<(usize, Kind, &Decision)> = Vec::new();
    for (kind, mut all) in by_kind {
        all.sort_by_key(|decision| (decision.certainty(), Reverse(decision.members.len())));
        let mut asked: BTreeSet<(bool, &Key, &Key)> = BTreeSet::new();
        all.retain(|decision| {
            let joined = decision.kind == DecisionKind::Same;
            asked.insert((joined, &decision.things[0].key, &decision.things[1].key))
        });
        turns.extend(all.into_iter().enumerate().map(|(turn, decision)| (turn, kind, decision)));
    }
    turns.sort_by_key(|(turn, kind, _)| (*turn, *kind));
    turns.into_iter().map(|(.., decision)| decision).collect()
}

struct Viewer<'a> {
    corpus: &'a Corpus,
    records: BTreeMap<&'a str, &'a Record>,
}

impl Viewer<'_> {
    /// What a reference means of a thing of the corpus, or the whole of it, where it is known by its key alone.
    fn side(&self, reference: &Reference, key: &Key) -> Side {
        let all = members(self.corpus, key);
        let mut members = self.corpus.meant(&all, reference, |member| self.name(member));
        if members.is_empty() {
            members = all.iter().collect();
        }
        let articles: BTreeSet<&str> = members.iter().map(|member| member.article.as_str()).collect();
        let seen = members.iter().filter_map(|member| self.seen(key, member));
        Side {
            thing: reference.to_string(),
            articles: articles.len(),
            passages: seen.take(PASSAGES).collect(),
            reference: reference.clone(),
        }
    }

    /// What an article calls its person, body or place.
    fn name(&self, member: &Member) -> Option<String> {
        let record = self.records.get(member.article.as_str())?;
        let people = record.people.iter().map(|person| (&person.id, &person.name));
        let bodies = record.organizations.iter().map(|body| (&body.id, &body.name));
        let places = record.places.iter().map(|place| (&place.id, &place.name));
        let mut named = people.chain(bodies).chain(places);
        named.find(|(id, _)| **id == member.local).map(|(_, name)| name.clone())
    }

    fn seen(&self, key: &Key, member: &Member) -> Option<Seen> {
        let record = self.records.get(member.article.as_str())?;
        let person = record.people.iter().find(|person| person.id == member.local);
        let people = record.people.iter().filter(|person| person.id != member.local).map(|person| person.name.clone());
        let bodies = record.organizations.iter().filter(|body| body.id != member.local).map(|body| body.name.clone());
        let roles: BTreeSet<String> =
            person.iter().flat_map(|person| &person.roles).map(|role| role.span.text().to_owned()).collect();
        Some(Seen {
            telling: telling(&self.records, self.corpus, key, member)?,
            title: record.title.clone(),
            roles: roles.into_iter().collect(),
            beside: people.chain(bodies).take(COMPANY).collect(),
        })
    }
}

//! Why a thing of the corpus is what it is.

use crate::dossier::Passage;
use crate::error::StoreError;
use crate::lookup;
use crate::store::Store;
use crate::versions::{Dispute, disputes};
use demarche_record::{Record, Region, Span, Status};
use demarche_resolve::{
    Corpus, Correction, Corrections, Decision, DecisionKind, Key, Kind as Sort, Member, claimants, resolve_with,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A thing of the corpus, what it rests on, and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// `person/joe-biden`.
    pub key: Key,
    /// Its IRI in the graph.
    pub iri: String,
    /// What it is called.
    pub name: String,
    /// Other names in use.
    pub other_names: Vec<String>,
    /// Its IRIs elsewhere.
    pub identifiers: Vec<String>,
    /// What articles say of it, in the order of their dates.
    pub reports: Vec<Telling>,
    /// Of a meeting, what they say differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// Why what several articles speak of was taken for this one thing, the least certain first.
    pub merges: Vec<Why>,
    /// What it was compared with and kept apart from, the least certain first.
    pub refused: Vec<Why>,
    /// Of a meeting, the undated articles that it dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dated: Vec<Why>,
    /// The corrections that bear on it, as they stand in the file.
    pub corrections: Vec<Corrected>,
}

/// What one article calls the thing or says of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// The name, or the first words, with where they stand.
    pub passage: Passage,
    /// How many times the article speaks of it.
    pub mentions: usize,
    /// Of a meeting, what the article has of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Of a meeting, who says so, where the article leaves it to somebody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimed_by: Vec<String>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// How sure it is that they are one, of 100.
    pub score: u8,
    /// In words.
    pub reason: String,
    /// The other thing, of what was kept apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<Key>,
    /// Paths of the articles whose reading it placed.
    pub articles: Vec<String>,
}

/// A correction in its file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Corrected {
    /// The line on which it begins.
    pub line: Option<usize>,
    /// The entry, in TOML.
    pub entry: String,
}

impl Store {
    /// Explains a thing that is named by its IRI, its key (`person/joe-biden`), with a prefix (`person:joe-biden`), or by a
    /// name that only one thing bears.
    ///
    /// # Errors
    /// When nothing or more than one thing is meant; the message suggests some. When records or corrections cannot be read.
    pub fn explain(&self, name: &str) -> Result<Explanation, StoreError> {
        let records = self.records()?;
        let corrections = self.corrections()?;
        let corpus = resolve_with(&records, &corrections);
        let key = find(&corpus, name, self.names().base())?;
        let by_id = records.iter().map(|record| (record.id.as_str(), record)).collect();
        let explainer = Explainer { corpus: &corpus, corrections: &corrections, records: by_id };
        Ok(explainer.explain(&key, self.names().of(&key).into_string()))
    }
}

/// The key that a name means; a meeting or statement is meant by its key alone.
pub(crate) fn find(corpus: &Corpus, name: &str, base: &str) -> Result<Key, StoreError> {
    let bare = name.trim().trim_start_matches('<').trim_end_matches('>');
    let path = bare.strip_prefix(base).unwrap_or(bare);
    let key = Key::parse(path).or_else(|| Key::parse(&path.replacen(':', "/", 1)));
    let (kind, asked) = match &key {
        Some(key) if corpus.label(key).is_some() => return Ok(key.clone()),
        Some(key) => (key.kind().as_str(), key.as_str()),
        None => ("person, body or place", path),
    };
    let called = lookup::everybody(corpus);
    let called = called.filter(|called| key.as_ref().is_none_or(|key| key.kind() == called.thing.kind()));
    lookup::find(kind, called, |key| lookup::articles(corpus, key), asked).cloned()
}

struct Explainer<'a> {
    corpus: &'a Corpus,
    corrections: &'a Corrections,
    records: BTreeMap<&'a str, &'a Record>,
}

impl Explainer<'_> {
    fn explain(&self, key: &Key, iri: String) -> Explanation {
        let corpus = self.corpus;
        let (names, identifiers) = match key.kind() {
            Sort::Person => corpus.person(key).map(|person| (&person.other_names, &person.identifiers)),
            Sort::Organization => corpus.organization(key).map(|body| (&body.other_names, &body.identifiers)),
            Sort::Place => corpus.place(key).map(|place| (&place.other_names, &place.identifiers)),
            _ => None,
        }
        .map_or_else(Default::default, |(names, identifiers)| (names.clone(), identifiers.clone()));
        let mut reports: Vec<Telling> =
            members(corpus, key).iter().filter_map(|member| telling(&self.records, corpus, key, member)).collect();
        reports.sort_by_cached_key(|report| {
            (report.passage.published.clone(), report.passage.file.clone(), report.passage.at)
        });
        let mut merges = Vec::new();
        let (mut refused, mut dated) = (Vec::new(), Vec::new());
        let mut bearing = BTreeSet::new();
        let mut sorted: Vec<&Decision> = corpus
            .decisions
            .iter()
            .filter(|decision| decision.about.as_ref() == Some(key) || decision.other.as_ref() == Some(key))
            .collect();
        sorted.sort_by_key(|decision| decision.certainty());
        for decision in sorted {
            bearing.extend(decision.correction);
            match decision.kind {
                DecisionKind::Apart => refused.push(self.why(decision, key)),
                DecisionKind::Dated => dated.push(self.why(decision, key)),
                DecisionKind::Same | DecisionKind::Corrected | DecisionKind::SetAside => {
                    merges.push(self.why(decision, key));
                }
            }
        }
        let entries = self.corrections.entries();
        Explanation {
            key: key.clone(),
            iri,
            name: corpus.label(key).unwrap_or(key.as_str()).to_owned(),
            other_names: names,
            identifiers,
            reports,
            disputes: disputes(corpus, key, &self.records),
            merges,
            refused,
            dated,
            corrections: bearing.into_iter().filter_map(|number| entries.get(number)).map(corrected).collect(),
        }
    }

    fn why(&self, decision: &Decision, key: &Key) -> Why {
        let sides = [&decision.about, &decision.other];
        let articles: BTreeSet<&str> = decision
            .members
            .iter()
            .filter_map(|member| self.records.get(member.article.as_str()))
            .map(|record| record.source.as_str())
            .collect();
        Why {
            score: decision.score,
            reason: decision.reason.clone(),
            other: match decision.kind {
                DecisionKind::Apart => sides.into_iter().flatten().find(|side| *side != key).cloned(),
                _ => None,
            },
            articles: articles.into_iter().map(str::to_owned).collect(),
        }
    }
}

fn corrected(correction: &Correction) -> Corrected {
    Corrected { line: correction.line, entry: correction.to_string().trim().to_owned() }
}

/// What a thing is in the records.
pub(crate) fn members(corpus: &Corpus, key: &Key) -> Vec<Member> {
    match key.kind() {
        Sort::Person => corpus.person(key).map(|person| person.members.clone()),
        Sort::Organization => corpus.organization(key).map(|body| body.members.clone()),
        Sort::Place => corpus.place(key).map(|place| place.members.clone()),
        Sort::Meeting => {
            corpus.meeting(key).map(|meeting| meeting.reports.iter().map(|report| report.member.clone()).collect())
        }
        Sort::Statement => corpus.statement(key).map(|statement| statement.members.clone()),
        Sort::Tenure => None,
    }
    .unwrap_or_default()
}

/// What an article says of one of its own things.
pub(crate) fn telling(
    records: &BTreeMap<&str, &Record>,
    corpus: &Corpus,
    key: &Key,
    member: &Member,
) -> Option<Telling> {
    let record = records.get(member.article.as_str())?;
    let of_named = |mentions: &[demarche_record::Mention]| {
        let span = crate::quads::first_naming(mentions)?.clone();
        Some((span, mentions.len(), None, Vec::new()))
    };
    let local = &member.local;
    let (span, mentions, status, claimed_by) = match key.kind() {
        Sort::Person => of_named(&record.people.iter().find(|person| person.id == *local)?.mentions)?,
        Sort::Organization => of_named(&record.organizations.iter().find(|body| body.id == *local)?.mentions)?,
        Sort::Place => of_named(&record.places.iter().find(|place| place.id == *local)?.mentions)?,
        Sort::Meeting => {
            let meeting = record.meetings.iter().find(|meeting| meeting.id == *local)?;
            let span: Span = meeting.mentions.first()?.span.clone();
            let speakers: BTreeSet<&Key> =
                claimants(record, meeting).into_iter().filter_map(|local| corpus.key(record, local)).collect();
            let names = speakers.into_iter().map(|key| corpus.label(key).unwrap_or(key.name()).to_owned()).collect();
            (span, meeting.mentions.len(), Some(meeting.status), names)
        }
        Sort::Statement => {
            let statement = record.statements.iter().find(|statement| statement.id == *local)?;
            (statement.content.first()?.clone(), 1, None, Vec::new())
        }
        Sort::Tenure => return None,
    };
    let passage = Passage {
        text: span.text().to_owned(),
        file: record.source.clone(),
        published: record.published.value.clone(),
        at: Region { start: span.start(), end: span.end() },
    };
    Some(Telling { passage, mentions, status, claimed_by })
}

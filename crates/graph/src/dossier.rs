//! Everything that a store tells of one person.

use crate::error::StoreError;
use crate::lookup;
use crate::store::Store;
use crate::versions::{Dispute, disputes};
use demarche_record::{Mode, ParticipantRole, Record, Region, Span, StatementKind, Status};
use demarche_resolve::{Corpus, Key, Person, When};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the articles of a store tell of one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// `person/joe-biden`.
    pub key: Key,
    /// The name.
    pub name: String,
    /// Other names in use.
    pub other_names: Vec<String>,
    /// IRIs of the same person elsewhere.
    pub identifiers: Vec<String>,
    /// Number of articles that speak of the person.
    pub articles: usize,
    /// Offices, titles and affiliations, those that most articles tell first.
    pub roles: Vec<DossierRole>,
    /// Meetings, in the order of time; those without a time last.
    pub meetings: Vec<DossierMeeting>,
    /// Statements, in the order of the articles' dates.
    pub statements: Vec<DossierStatement>,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Path or URL of the article.
    pub file: String,
    /// When the article appeared, as precisely as is known.
    pub published: Option<String>,
    /// Where the words stand, in code points of the source text.
    pub at: Region,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierRole {
    /// "foreign minister".
    pub title: String,
    /// The body or state.
    pub of: Option<String>,
    /// EDTF value from which it was held.
    pub from: Option<String>,
    /// EDTF value until which it was held.
    pub until: Option<String>,
    /// The words that tell of it.
    pub evidence: Vec<Passage>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierMeeting {
    /// `meeting/…`.
    pub key: Key,
    /// The others.
    pub with: Vec<String>,
    /// The person's own part.
    pub part: ParticipantRole,
    /// What came of it.
    pub status: Status,
    /// How they talked.
    pub mode: Option<Mode>,
    /// The sort of occasion.
    pub kind: String,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub when: Option<When>,
    /// What about.
    pub topics: Vec<String>,
    /// The words that tell of it, article by article in the order of their dates.
    pub evidence: Vec<DossierReport>,
    /// What the articles say differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
}

/// What an article has of a meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierReport {
    /// What came of it, as this article has it.
    pub status: Status,
    /// Who says so, where the article does not say it in its own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claimed_by: Vec<String>,
    /// The words.
    #[serde(flatten)]
    pub passage: Passage,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierStatement {
    /// `statement/…`.
    pub key: Key,
    /// In the person's words, in the article's, or both.
    pub kind: StatementKind,
    /// What was said.
    pub text: String,
    /// Dictionary form of the word that tells of speaking.
    pub cue: Option<String>,
    /// Whom it was said to.
    pub to: Vec<String>,
    /// When it was said.
    pub when: Option<When>,
    /// Whether the person is reported *not* to have said it.
    pub negated: bool,
    /// Where it stands: the first words of it in each article.
    pub evidence: Vec<Passage>,
}

impl Store {
    /// The dossier of a person: by name, whatever its case and accents, by another name in use, or by the surname where
    /// only one person bears it.
    ///
    /// # Errors
    /// When nobody or more than one person is meant; the message suggests names.
    pub fn dossier(&self, name: &str) -> Result<Dossier, StoreError> {
        let records = self.records()?;
        let corpus = self.corpus_of(&records)?;
        let person = find_person(&corpus, name)?;
        let by_id = records.iter().map(|record| (record.id.as_str(), record)).collect();
        Ok(Gatherer { corpus: &corpus, records: by_id }.dossier(person))
    }
}

fn find_person<'a>(corpus: &'a Corpus, name: &str) -> Result<&'a Person, StoreError> {
    let key = lookup::find("person", lookup::people(corpus), |key| lookup::articles(corpus, key), name)?;
    Ok(corpus.person(key).expect("the key is that of a person of the corpus"))
}

struct Gatherer<'a> {
    corpus: &'a Corpus,
    records: BTreeMap<&'a str, &'a Record>,
}

impl Gatherer<'_> {
    fn dossier(&self, person: &Person) -> Dossier {
        let articles: BTreeSet<&str> = person.members.iter().map(|member| member.article.as_str()).collect();
        Dossier {
            key: person.key.clone(),
            name: person.name.clone(),
            other_names: person.other_names.clone(),
            identifiers: person.identifiers.clone(),
            articles: articles.len(),
            roles: self.roles(person),
            meetings: self.meetings(person),
            statements: self.statements(person),
        }
    }

    fn passage(&self, article: &str, span: &Span) -> Option<Passage> {
        let record = self.records.get(article)?;
        Some(Passage {
            text: span.text().to_owned(),
            file: record.source.clone(),
            published: record.published.value.clone(),
            at: Region { start: span.start(), end: span.end() },
        })
    }

    fn label(&self, key: &Key) -> String {
        self.corpus.label(key).unwrap_or(key.name()).to_owned()
    }

    fn roles(&self, person: &Person) -> Vec<DossierRole> {
        let mut roles: Vec<DossierRole> = person
            .tenures
            .iter()
            .map(|tenure| DossierRole {
                title: tenure.title.clone(),
                of: tenure.of.as_ref().map(|of| self.label(of)),
                from: tenure.from.clone(),
                until: tenure.until.clone(),
                evidence: tenure.evidence.iter().filter_map(|e| self.passage(&e.article, &e.span)).collect(),
            })
            .collect();
        roles.sort_by(|a, b| (b.evidence.len(), &a.title, &a.of).cmp(&(a.evidence.len(), &b.title, &b.of)));
        roles
    }

    fn meetings(&self, person: &Person) -> Vec<DossierMeeting> {
        let mut meetings = Vec::new();
        for meeting in &self.corpus.meetings {
            let Some(own) = meeting.participants.iter().find(|part| part.agent == person.key) else { continue };
            let others = meeting.participants.iter().filter(|part| part.agent != person.key);
            let mut evidence = Vec::new();
            for report in &meeting.reports {
                let Some(record) = self.records.get(report.member.article.as_str()) else { continue };
                let of_record = record.meetings.iter().filter(|meeting| meeting.id == report.member.local);
                for mention in of_record.flat_map(|meeting| &meeting.mentions) {
                    evidence.extend(self.passage(&record.id, &mention.span).map(|passage| DossierReport {
                        status: report.status,
                        claimed_by: report.claimed_by.iter().map(|key| self.label(key)).collect(),
                        passage,
                    }));
                }
            }
            meetings.push(DossierMeeting {
                key: meeting.key.clone(),
                with: others.map(|part| self.label(&part.agent)).collect(),
                part: own.role,
                status: meeting.status,
                mode: meeting.mode,
                kind: meeting.kind.clone(),
                place: meeting.place.as_ref().map(|place| self.label(place)),
                when: meeting.when.clone(),
                topics: meeting.topics.clone(),
                evidence,
                disputes: disputes(self.corpus, &meeting.key, &self.records),
            });
        }
        meetings.sort_by_cached_key(|meeting| {
            let earliest = meeting.when.as_ref().and_then(|when| when.earliest.clone());
            (earliest.is_none(), earliest, meeting.with.clone(), meeting.key.clone())
        });
        meetings
    }

    fn statements(&self, person: &Person) -> Vec<DossierStatement> {
        let mut statements = Vec::new();
        for statement in self.corpus.statements.iter().filter(|s| s.speaker.as_ref() == Some(&person.key)) {
            let mut evidence = Vec::new();
            for member in &statement.members {
                let Some(record) = self.records.get(member.article.as_str()) else { continue };
                let of_record = record.statements.iter().find(|statement| statement.id == member.local);
                let first = of_record.and_then(|statement| statement.content.first());
                evidence.extend(first.and_then(|span| self.passage(&record.id, span)));
            }
            evidence.sort_by_cached_key(|passage| (passage.published.clone(), passage.file.clone(), passage.at));
            statements.push(DossierStatement {
                key: statement.key.clone(),
                kind: statement.kind,
                text: statement.text.clone(),
                cue: statement.cue.clone(),
                to: statement.addressees.iter().map(|key| self.label(key)).collect(),
                when: statement.when.clone(),
                negated: statement.negated,
                evidence,
            });
        }
        statements.sort_by_cached_key(|statement| {
            let first = statement.evidence.first();
            (first.map(|p| (p.published.clone(), p.file.clone(), p.at)), statement.key.clone())
        });
        statements
    }
}

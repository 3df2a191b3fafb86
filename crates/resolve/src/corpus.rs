//! What all records together speak of.

use crate::corrections::Reference;
use crate::days::Days;
use crate::decision::Decision;
use crate::disagreement::Disagreement;
use crate::fold::fold;
use crate::key::{Key, Kind};
use crate::label::time_in_words;
use crate::membership::ByMember;
use demarche_record::{Mode, OrganizationKind, ParticipantRole, PlaceKind, Record, Span, StatementKind, Status};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// People, bodies, places, meetings and statements over all articles, each list in the order of the keys.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Corpus {
    /// The human beings.
    pub people: Vec<Person>,
    /// The bodies.
    pub organizations: Vec<Organization>,
    /// The places, states among them.
    pub places: Vec<Place>,
    /// The occasions.
    pub meetings: Vec<Meeting>,
    /// What was said.
    pub statements: Vec<Statement>,
    /// Why things were taken for the same, kept apart or left out.
    pub decisions: Vec<Decision>,
    /// Numbers of the corrections that met nothing in these records.
    pub idle_corrections: Vec<usize>,
    /// For each article that is a near-copy of others (the same agency report in several papers): the one of them that
    /// stands for all.
    pub originals: BTreeMap<String, String>,
    /// When undated articles were written, as far as the meetings tell that they share with dated ones.
    pub written: BTreeMap<String, Written>,
    #[serde(skip)]
    pub(crate) keys: ByMember<Key>,
    #[serde(skip)]
    pub(crate) fingerprints: ByMember<String>,
}

impl Corpus {
    /// The key of what a record calls `local` (`p0`, `l3`, `m1` …).
    pub fn key(&self, record: &Record, local: &str) -> Option<&Key> {
        self.keys.of(record, local)
    }

    /// A digest of what a record says of its meeting or statement `local`. It hangs on this record alone, so that it stays
    /// when other articles come or go.
    pub fn fingerprint(&self, record: &Record, local: &str) -> Option<&str> {
        self.fingerprints.of(record, local).map(String::as_str)
    }

    /// The members of a thing that a correction would mean by a reference: those of that name, the meeting's reports of that
    /// key. `name_of` tells what an article calls its member.
    pub fn meant<'m>(
        &self,
        members: &'m [Member],
        reference: &Reference,
        name_of: impl Fn(&Member) -> Option<String>,
    ) -> Vec<&'m Member> {
        let is_meant = |member: &&Member| {
            reference.is_in(&member.article)
                && match reference.key.kind() {
                    Kind::Meeting => {
                        let key = |fingerprint: &String| Key::digest(Kind::Meeting, &[fingerprint]);
                        self.fingerprints.get(member).is_some_and(|known| key(known) == reference.key)
                    }
                    _ => name_of(member).is_some_and(|name| fold(&name) == reference.key.name()),
                }
        };
        members.iter().filter(is_meant).collect()
    }

    /// How many independent sources the members are from: articles, of which copies of one count once.
    pub fn source_count(&self, members: &[Member]) -> usize {
        let original = |article: &'_ String| self.originals.get(article).unwrap_or(article).clone();
        members.iter().map(|member| original(&member.article)).collect::<BTreeSet<_>>().len()
    }

    /// The person of a key.
    pub fn person(&self, key: &Key) -> Option<&Person> {
        find(&self.people, key, |person| &person.key)
    }

    /// The organisation of a key.
    pub fn organization(&self, key: &Key) -> Option<&Organization> {
        find(&self.organizations, key, |organization| &organization.key)
    }

    /// The place of a key.
    pub fn place(&self, key: &Key) -> Option<&Place> {
        find(&self.places, key, |place| &place.key)
    }

    /// The meeting of a key.
    pub fn meeting(&self, key: &Key) -> Option<&Meeting> {
        find(&self.meetings, key, |meeting| &meeting.key)
    }

    /// The statement of a key.
    pub fn statement(&self, key: &Key) -> Option<&Statement> {
        find(&self.statements, key, |statement| &statement.key)
    }

    /// What to call the person, organisation, place or meeting of a key.
    pub fn label(&self, key: &Key) -> Option<&str> {
        match key.kind() {
            Kind::Person => self.person(key).map(|person| person.name.as_str()),
            Kind::Organization => self.organization(key).map(|organization| organization.name.as_str()),
            Kind::Place => self.place(key).map(|place| place.name.as_str()),
            Kind::Meeting => self.meeting(key).map(|meeting| meeting.label.as_str()),
            Kind::Statement => self.statement(key).map(|statement| statement.text.as_str()),
            Kind::Tenure => None,
        }
    }
}

/// Each list of the corpus is in the order of its keys.
fn find<'a, T>(sorted: &'a [T], key: &Key, key_of: impl Fn(&T) -> &Key) -> Option<&'a T> {
    sorted.binary_search_by(|item| key_of(item).cmp(key)).ok().map(|found| &sorted[found])
}

/// Between which days an article was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Written {
    /// First day it can have been, `YYYY-MM-DD`.
    pub earliest: Option<String>,
    /// Last day it can have been, `YYYY-MM-DD`.
    pub latest: Option<String>,
}

/// A thing as one record has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Member {
    /// Id of the record, `doc:…`.
    pub article: String,
    /// Id in the record, `p0`.
    pub local: String,
}

impl Member {
    pub(crate) fn new(record: &Record, local: &str) -> Self {
        Self { article: record.id.clone(), local: local.to_owned() }
    }
}

/// Number of different articles among the members.
pub(crate) fn articles(members: &[Member]) -> usize {
    members.iter().map(|member| member.article.as_str()).collect::<BTreeSet<_>>().len()
}

/// Words of an article that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// Id of the record, `doc:…`.
    pub article: String,
    /// The words and where they stand.
    pub span: Span,
}

/// A human being.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// `person/joe-biden`.
    pub key: Key,
    /// The name that most articles use, among the fullest.
    pub name: String,
    /// Other names in use, sorted.
    pub other_names: Vec<String>,
    /// IRIs of the same person elsewhere, sorted.
    pub identifiers: Vec<String>,
    /// Offices, titles and affiliations, in the order of their keys.
    pub tenures: Vec<Tenure>,
    /// Who it is in the records.
    pub members: Vec<Member>,
}

/// An office, title or affiliation, as reported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tenure {
    /// `tenure/…`.
    pub key: Key,
    /// "press secretary".
    pub title: String,
    /// The organisation or state.
    pub of: Option<Key>,
    /// EDTF value from which it was held.
    pub from: Option<String>,
    /// EDTF value until which it was held.
    pub until: Option<String>,
    /// The words that assert it, by article and offset.
    pub evidence: Vec<Evidence>,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Organization {
    /// `organization/white-house`.
    pub key: Key,
    /// The name that most articles use.
    pub name: String,
    /// Other names in use, sorted.
    pub other_names: Vec<String>,
    /// What sort of body, as most articles have it.
    pub kind: OrganizationKind,
    /// IRIs of the same body elsewhere, sorted.
    pub identifiers: Vec<String>,
    /// What it is in the records.
    pub members: Vec<Member>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// `place/geneva`.
    pub key: Key,
    /// The name that most articles use.
    pub name: String,
    /// Other names in use, sorted.
    pub other_names: Vec<String>,
    /// What sort of place, as most articles have it.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of the country that it lies in, where the articles agree.
    pub country: Option<String>,
    /// IRIs of the same place elsewhere, sorted.
    pub identifiers: Vec<String>,
    /// What it is in the records.
    pub members: Vec<Member>,
}

/// A time: its value at the precision of the text and the days that it can mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct When {
    /// TIMEX3/EDTF value.
    pub value: String,
    /// First day it can be, `YYYY-MM-DD`.
    pub earliest: Option<String>,
    /// Last day it can be, `YYYY-MM-DD`.
    pub latest: Option<String>,
}

impl When {
    /// The time that a day, month or year says (`2021-06-16`, `2021-06`, `2021`), or two of them with `/` between; none for
    /// anything else.
    pub fn parse(value: &str) -> Option<Self> {
        let (from, to) = value.split_once('/').unwrap_or((value, value));
        let (first, last) = (Days::of_value(from)?.first, Days::of_value(to)?.last);
        (first <= last).then(|| Self {
            value: value.to_owned(),
            earliest: Some(first.to_string()),
            latest: Some(last.to_string()),
        })
    }
}

/// In words, as far as the value is a day, month, season, year or interval of such: "16 June 2021", "summer 2021".
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&time_in_words(self))
    }
}

/// A person, body or state at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Participant {
    /// Who.
    pub agent: Key,
    /// The part.
    pub role: ParticipantRole,
}

/// An occasion on which people or bodies talk with each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting {
    /// `meeting/…`, a digest of the first of its reports.
    pub key: Key,
    /// "Joe Biden and Vladimir Putin, Geneva, June 2021"; what did not take place says so: "… (planned)".
    pub label: String,
    /// Who takes part, in the order of the keys; at least two.
    pub participants: Vec<Participant>,
    /// What came of it: held where any report says so, else what the newest report says.
    pub status: Status,
    /// How they talk, as most articles have it.
    pub mode: Option<Mode>,
    /// The sort of occasion (`summit`, `call` …), as most reports have it.
    pub kind: String,
    /// Where, as most articles have it; of a state and a town in it, the town.
    pub place: Option<Key>,
    /// When: the days that all reports agree on; where none fits all, the days from the first to the last that is told.
    pub when: Option<When>,
    /// What it is about, sorted.
    pub topics: Vec<String>,
    /// What the articles say, in the order of the articles' dates: the history of the meeting.
    pub reports: Vec<Report>,
    /// What they say differently.
    pub disagreements: Vec<Disagreement>,
    /// 0 to 1: that of the surest report.
    pub confidence: f64,
}

/// What one article says of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Report {
    /// Last day on which the article can have appeared, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The record's meeting.
    pub member: Member,
    /// The status as this article has it.
    pub status: Status,
    /// Whose claim it is, where the article itself does not tell it in its own words; sorted.
    pub claimed_by: Vec<Key>,
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// `statement/…`.
    pub key: Key,
    /// In the source's words, in the article's, or both.
    pub kind: StatementKind,
    /// Who said it.
    pub speaker: Option<Key>,
    /// The words as they stand in the source; the parts of a split quotation are joined by " … ".
    pub text: String,
    /// Dictionary form of the word that tells of speaking.
    pub cue: Option<String>,
    /// What the speaker does with it (`claim`, `deny` …).
    pub stance: Option<String>,
    /// Whom it was said to, sorted.
    pub addressees: Vec<Key>,
    /// The people, bodies, places and meetings that it mentions, sorted.
    pub about: Vec<Key>,
    /// When it was said.
    pub when: Option<When>,
    /// Whether the source is reported *not* to have said it.
    pub negated: bool,
    /// What it is in the records.
    pub members: Vec<Member>,
    /// 0 to 1: that of the surest report.
    pub confidence: f64,
}

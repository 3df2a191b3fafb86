//! The shapes of the answers. Their JSON Schemas, which the OpenAPI description publishes, are derived from these types.

use crate::exchange::Failed;
use axum::Json;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Sorts of things that have a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A human being.
    Person,
    /// A body: state organ, company, medium, party.
    Organization,
    /// A place; a state is one.
    Place,
    /// An occasion on which people or bodies talk with each other.
    Meeting,
    /// Something said.
    Statement,
    /// A document that was read.
    Article,
}

impl Kind {
    /// All that there are.
    pub(crate) const ALL: [Self; 6] =
        [Self::Person, Self::Organization, Self::Place, Self::Meeting, Self::Statement, Self::Article];

    /// The word for it, with which its keys begin.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Meeting => "meeting",
            Self::Statement => "statement",
            Self::Article => "article",
        }
    }

    /// The kind of a word.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The kind of a key such as `person/joe-biden`.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        Self::of_word(key.split_once('/')?.0)
    }
}

/// A thing by key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// `person/joe-biden`; behind the base it is the thing's IRI, behind the server's address its page.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
}

/// A part of a longer list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Page<T> {
    /// Number of all items, on all pages.
    pub total: usize,
    /// How many items come before these.
    pub offset: usize,
    /// The most items that were asked for.
    pub limit: usize,
    /// The items.
    pub items: Vec<T>,
}

/// A time at the precision of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Time {
    /// TIMEX3/EDTF value: `2021-06-16`, `2021-06`.
    pub value: String,
    /// In words: "16 June 2021".
    pub words: String,
    /// First day it can be, `YYYY-MM-DD`.
    pub earliest: Option<String>,
    /// Last day it can be, `YYYY-MM-DD`.
    pub latest: Option<String>,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArticleSummary {
    /// `article/3f9a…`.
    pub key: String,
    /// Its headline, else the name of its file.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it appeared.
    pub published: Option<Time>,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Passage {
    /// The article.
    pub article: ArticleSummary,
    /// Offset of the first code point.
    pub start: usize,
    /// Offset after the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// Where the words stand that show a thing of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct At {
    /// `article/3f9a…`.
    pub article: String,
    /// Offset of the first code point.
    pub start: usize,
    /// Offset after the last code point.
    pub end: usize,
}

/// A person, body or place in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NamedSummary {
    /// `person/joe-biden`.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// What most articles call it.
    pub name: String,
    /// Other names in use.
    pub other_names: Vec<String>,
    /// What sort of body or place (`government`, `city` …), or the office that most articles give a person.
    pub sort: Option<String>,
    /// Of a place: ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// Number of independent articles.
    pub sources: u32,
    /// Number of meetings: as a participant, of a place also those that were there.
    pub meetings: usize,
    /// Number of statements made.
    pub statements: usize,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MeetingSummary {
    /// `meeting/4c1f…`.
    pub key: String,
    /// "Joe Biden and Vladimir Putin, Geneva, June 2021".
    pub name: String,
    /// `held`, `ongoing`, `planned`, `proposed`, `possible`, `postponed`, `cancelled` or `denied`.
    pub status: String,
    /// `in person`, `by phone`, `by video` or `in writing`, where the articles tell.
    pub mode: Option<String>,
    /// The sort of occasion: `summit`, `call` …
    pub sort: Option<String>,
    /// Who takes part.
    pub participants: Vec<Link>,
    /// Where.
    pub place: Option<Link>,
    /// When.
    pub when: Option<Time>,
    /// Number of independent articles.
    pub sources: u32,
    /// 0 to 1.
    pub confidence: f64,
    /// Words that tell of it.
    pub at: Option<At>,
}

/// A statement in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StatementSummary {
    /// `statement/08d2…`.
    pub key: String,
    /// The words as they stand in the article.
    pub text: String,
    /// `direct`, `indirect` or `mixed`.
    pub sort: String,
    /// Who said it.
    pub speaker: Option<Link>,
    /// The word that tells of speaking.
    pub cue: Option<String>,
    /// What the speaker does with it: `claim`, `deny` …
    pub stance: Option<String>,
    /// Whether the speaker is reported *not* to have said it.
    pub negated: bool,
    /// Whom it was said to.
    pub addressees: Vec<Link>,
    /// What it mentions.
    pub about: Vec<Link>,
    /// When it was said.
    pub when: Option<Time>,
    /// When it was first reported, `YYYY-MM-DD`.
    pub reported: Option<String>,
    /// Number of independent articles.
    pub sources: u32,
    /// 0 to 1.
    pub confidence: f64,
    /// The words that were said.
    pub at: Option<At>,
}

/// What a search has found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Found {
    /// Words that somebody said.
    Statement(FoundStatement),
    /// A person, body, place, meeting or article.
    Thing(FoundThing),
}

/// A person, body, place, meeting or article that was found by its name.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FoundThing {
    /// The thing.
    #[serde(flatten)]
    pub thing: Link,
    /// The other name that was found, where it was not the name.
    pub matched: Option<String>,
    /// What tells it from others of the name: office, country, status, date.
    pub detail: Option<String>,
    /// Number of independent articles.
    pub sources: u32,
}

/// A statement that was found by its words.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FoundStatement {
    /// The statement; its name is what was said.
    #[serde(flatten)]
    pub statement: Link,
    /// Who said it.
    pub speaker: Option<Link>,
    /// When it was first reported, `YYYY-MM-DD`.
    pub reported: Option<String>,
    /// Number of independent articles.
    pub sources: u32,
}

/// An office, title or affiliation, as reported.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Role {
    /// "foreign minister".
    pub title: String,
    /// The body or state.
    pub of: Option<Link>,
    /// Since when, where an article tells.
    pub from: Option<Time>,
    /// Until when, where an article tells.
    pub until: Option<Time>,
    /// Days of the first and last article that give it: the role over time, as far as it was read.
    pub seen: Option<[String; 2]>,
    /// Number of independent articles.
    pub sources: u32,
    /// The words that tell of it, at most the first five.
    pub evidence: Vec<Passage>,
}

/// Somebody with whom a person, body or state met.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Counterpart {
    /// Who.
    pub with: Link,
    /// Meetings that were held or are going on.
    pub held: usize,
    /// Other meetings: planned, proposed, possible, postponed, cancelled, denied.
    pub other: usize,
    /// The last day of the latest meeting that is dated.
    pub latest: Option<String>,
}

/// Why things were taken for the same or kept apart.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Decision {
    /// The thing in question; none where it was set aside.
    pub about: Option<Link>,
    /// `same`, `apart`, `set aside` or `corrected`.
    pub sort: String,
    /// What it was kept apart from.
    pub other: Option<Link>,
    /// How sure it is that they are one, of 100; joined is what has 70 or more.
    pub score: u8,
    /// In words.
    pub reason: String,
    /// Whether a reader's correction says so.
    pub corrected: bool,
    /// Number of articles whose reading it placed.
    pub articles: usize,
}

/// A person, body or place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NamedThing {
    /// As it stands in lists.
    #[serde(flatten)]
    pub summary: NamedSummary,
    /// Its IRI.
    pub iri: String,
    /// IRIs of the same thing elsewhere.
    pub identifiers: Vec<String>,
    /// Offices over time, the best-attested first.
    pub roles: Vec<Role>,
    /// Whom they met, the most often first; at most 60.
    pub met: Vec<Counterpart>,
    /// Number of statements by others that mention it.
    pub mentioned: usize,
    /// Where articles name it: one naming an article, in the order of the articles' dates.
    pub evidence: Page<Passage>,
    /// Why what several articles speak of was taken for this one thing, or kept apart; the least certain first.
    pub decisions: Page<Decision>,
}

/// Somebody's part in a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Participant {
    /// Who.
    pub who: Link,
    /// `host`, `guest` or `mediator`, where an article tells.
    pub role: Option<String>,
}

/// What one article says of a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MeetingReport {
    /// The article.
    pub article: ArticleSummary,
    /// The status as this article has it.
    pub status: String,
    /// How they talk, as this article has it.
    pub mode: Option<String>,
    /// The sort of occasion.
    pub sort: Option<String>,
    /// Where, as this article has it.
    pub place: Option<Link>,
    /// When, as this article has it.
    pub when: Option<Time>,
    /// Who takes part, as this article has it.
    pub participants: Vec<Participant>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Who says so, where the article leaves it to somebody.
    pub claimed_by: Vec<Link>,
    /// 0 to 1.
    pub confidence: f64,
    /// The words.
    pub evidence: Vec<Passage>,
}

/// Something that articles tell differently.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// `status`, `place`, `when`, `mode` or `participants`.
    pub what: String,
    /// What is said, and by which articles.
    pub versions: Vec<Version>,
}

/// One of several versions of a fact.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Version {
    /// In words.
    pub value: String,
    /// Who says so.
    pub articles: Vec<ArticleSummary>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Meeting {
    /// As it stands in lists.
    #[serde(flatten)]
    pub summary: MeetingSummary,
    /// Its IRI.
    pub iri: String,
    /// Who takes part, with their parts.
    pub parts: Vec<Participant>,
    /// What it is about.
    pub topics: Vec<String>,
    /// What each article says, in the order of the articles' dates: the history of the meeting.
    pub reports: Vec<MeetingReport>,
    /// What the articles disagree on.
    pub differences: Vec<Difference>,
    /// Statements about it from before it took place, the newest last.
    pub before: Vec<StatementSummary>,
    /// Statements about it from then on, and those about an undated meeting.
    pub after: Vec<StatementSummary>,
    /// Why the reports were taken for one meeting; what it was kept apart from.
    pub decisions: Page<Decision>,
}

/// What one article has of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StatementReport {
    /// The article.
    pub article: ArticleSummary,
    /// The words as they stand there.
    pub text: String,
    /// The word that tells of speaking.
    pub cue: Option<String>,
    /// Who speaks, as this article has it.
    pub speaker: Option<Link>,
    /// When it was said, as this article has it.
    pub when: Option<Time>,
    /// 0 to 1.
    pub confidence: f64,
    /// The words: content, speaker, cue.
    pub evidence: Vec<Passage>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Statement {
    /// As it stands in lists.
    #[serde(flatten)]
    pub summary: StatementSummary,
    /// Its IRI.
    pub iri: String,
    /// What each article has of it, in the order of the articles' dates.
    pub reports: Vec<StatementReport>,
    /// Why the reports were taken for one statement.
    pub decisions: Page<Decision>,
}

/// A piece of an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fragment {
    /// Offset of its first code point in the source.
    pub start: usize,
    /// The words.
    pub text: String,
}

/// A stretch of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretch {
    /// Offset of the first code point.
    pub start: usize,
    /// Offset after the last code point.
    pub end: usize,
}

/// A stretch of an article's text and what it tells of. Marks may overlap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Mark {
    /// Offset of the first code point.
    pub start: usize,
    /// Offset after the last code point.
    pub end: usize,
    /// `person`, `organization`, `place`, `meeting` or `statement`.
    pub layer: String,
    /// Of a name `name`, `nominal` or `pronoun`; of a meeting `naming` or `time`; of a statement `content`, `source` or `cue`.
    pub part: String,
    /// What it tells of.
    pub key: String,
}

/// An article with everything that was read in it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Article {
    /// As it stands in lists.
    #[serde(flatten)]
    pub summary: ArticleSummary,
    /// Its IRI.
    pub iri: String,
    /// Path or address that it was read from.
    pub file: String,
    /// Where it stands on the web, if it is `http:` or `https:`.
    pub url: Option<String>,
    /// Where its date is from.
    pub dated_by: Option<String>,
    /// Whether the text is whole. Otherwise the store does not keep it, the file is not there any more, and the fragments
    /// are the words that the graph rests on.
    pub complete: bool,
    /// The text, in the order of the offsets.
    pub fragments: Vec<Fragment>,
    /// What is the article; the rest is boilerplate.
    pub body: Vec<Stretch>,
    /// What was read where.
    pub marks: Vec<Mark>,
    /// What the marks are about.
    pub things: Vec<Marked>,
}

/// Something that was read in an article.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Marked {
    /// What it is.
    #[serde(flatten)]
    pub thing: Link,
    /// Of a meeting what came of it, of a statement who said it, of others their sort.
    pub detail: Option<String>,
    /// How sure it is, from 0 to 1; of meetings and statements.
    pub confidence: Option<f64>,
}

/// An edge of the network, and the meetings that it stands for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NetworkEdge {
    /// Key of one.
    pub source: String,
    /// Key of the other.
    pub target: String,
    /// Their meetings.
    pub meetings: Vec<NetworkMeeting>,
}

/// A meeting in the network.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NetworkMeeting {
    /// `meeting/4c1f…`.
    pub key: String,
    /// What came of it.
    pub status: String,
    /// First day it can have been.
    pub earliest: Option<String>,
    /// Last day it can have been.
    pub latest: Option<String>,
    /// Number of independent articles.
    pub sources: u32,
}

/// A node of the network.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NetworkNode {
    /// Who.
    #[serde(flatten)]
    pub thing: Link,
    /// Number of independent articles.
    pub sources: u32,
    /// Number of all others that they have a meeting with, also those that are not shown.
    pub degree: usize,
}

/// Who meets whom.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Network {
    /// The nodes, those with most meetings first.
    pub nodes: Vec<NetworkNode>,
    /// The edges between them.
    pub edges: Vec<NetworkEdge>,
    /// How many nodes were left out to keep to the limit.
    pub left_out: usize,
}

/// A bar of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bar {
    /// `2021-06`, or `2021` where the years are many.
    pub period: String,
    /// Meetings that can have taken place then, by the middle of their days.
    pub meetings: usize,
    /// Statements that were reported then.
    pub statements: usize,
    /// Articles that appeared then.
    pub articles: usize,
}

/// How much happened when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Timeline {
    /// `month` or `year`.
    pub unit: String,
    /// Without gaps, in the order of time.
    pub bars: Vec<Bar>,
    /// Meetings and statements from before the first bar: so few that bars for their years would press the others together.
    pub earlier: usize,
    /// Meetings without any known day.
    pub undated_meetings: usize,
}

/// How many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// Of what.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// What the store holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Statistics {
    /// Number of articles.
    pub articles: usize,
    /// Number of people.
    pub people: usize,
    /// Number of bodies.
    pub organizations: usize,
    /// Number of places.
    pub places: usize,
    /// Number of meetings.
    pub meetings: usize,
    /// Number of statements.
    pub statements: usize,
    /// Days of the first and the last article.
    pub days: Option<[String; 2]>,
    /// Meetings by what came of them.
    pub statuses: Vec<Count>,
    /// Articles by publisher, the most first; at most 30.
    pub publishers: Vec<Count>,
    /// Articles by where their date is from.
    pub dated_by: Vec<Count>,
}

/// A question that the graph is made to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Query {
    /// Its name, `who-met-whom`.
    pub name: String,
    /// What it answers.
    pub about: String,
    /// The query, without the prefixes.
    pub sparql: String,
}

/// The named queries and what they may leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Queries {
    /// The prefixes that need not be declared.
    pub prefixes: Vec<Prefix>,
    /// The queries, in the order of their names.
    pub queries: Vec<Query>,
}

/// A prefix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Prefix {
    /// `dm`.
    pub prefix: String,
    /// What it stands for.
    pub iri: String,
}

/// An error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// What is wrong and what to do.
    pub error: String,
}

/// Whether corrections are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Status {
    /// The program's version.
    pub version: String,
    /// Whether `POST /api/corrections` is open to those who know the token.
    pub allow_update: bool,
    /// Whether the answers follow all changes that were made here. The graph of a large store takes its time.
    pub current: bool,
}

/// A correction that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Taken {
    /// The entry as it stands in the file, in TOML.
    pub correction: String,
    /// Whether answers follow it by now.
    pub served: bool,
}

/// A failure as this interface tells it.
pub(crate) fn problem(failed: &Failed) -> Response {
    let mut response = (failed.failure.status(), Json(Problem { error: failed.reason.clone() })).into_response();
    failed.failure.advise(response.headers_mut());
    response
}

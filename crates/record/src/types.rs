//! The record and its parts, field by field as the interface publishes them.

use crate::span::{Region, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What one article says: the unit that extraction prints and that the graph is built from.
///
/// All offsets are code points into the source text. Ids (`p0`, `o0`, `l0`, `m0`, `s0`) are local to the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The version of this format: [`crate::SCHEMA`].
    pub schema: String,
    /// `doc:` and a digest of the source text, so that the same text has the same id.
    pub id: String,
    /// Path or URL, as it was given.
    pub source: String,
    /// The headline, from the metadata or the text.
    pub title: Option<String>,
    /// BCP 47 tag of the language.
    pub language: String,
    /// Who published the article.
    pub publisher: Option<String>,
    /// Where the article stands on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The source text; always there for HTML, for other inputs on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When the article appeared.
    pub published: Published,
    /// What is the article; teasers, by-line blurbs and comment forms lie outside.
    pub body: Vec<Region>,
    /// The individual human beings that the article names.
    pub people: Vec<Person>,
    /// Bodies, state organs, companies, media.
    pub organizations: Vec<Organization>,
    /// Places; a state is a place that may speak and meet.
    pub places: Vec<Place>,
    /// Occasions on which people or bodies talk with each other.
    pub meetings: Vec<Meeting>,
    /// What a source is reported to have said.
    pub statements: Vec<Statement>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Oddities that were met while reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// When an article appeared, as an interval of days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// TIMEX3/EDTF value at the precision that is known.
    pub value: Option<String>,
    /// First day it can be, `YYYY-MM-DD`.
    pub earliest: Option<String>,
    /// Last day it can be, `YYYY-MM-DD`.
    pub latest: Option<String>,
    /// Where the date is from.
    pub basis: Basis,
}

/// Where an article's date is from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The command line.
    Option,
    /// Front matter, manifest or page metadata.
    Metadata,
    /// A URL or file name.
    Url,
    /// The dateline or header of the text.
    Dateline,
    /// What the text says of times and offices.
    Inferred,
    /// No date.
    #[default]
    Unknown,
}

/// A person as one article has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// Local id, `p0`.
    pub id: String,
    /// The fullest name that the article gives.
    pub name: String,
    /// IRIs of the same person elsewhere (Wikidata).
    pub identifiers: Vec<String>,
    /// Where the article speaks of them, in order.
    pub mentions: Vec<Mention>,
    /// Offices, titles and affiliations that the article asserts.
    pub roles: Vec<Role>,
}

/// One naming of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// How it names.
    pub kind: MentionKind,
}

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// By name.
    Name,
    /// By a noun phrase ("the spokeswoman").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// An office, title or affiliation, as the article asserts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// The title without the organisation ("press secretary").
    pub title: String,
    /// Id of the organisation or state, if the article tells it.
    pub of: Option<String>,
    /// The words that assert it.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3 value from which it was held.
    pub from: Option<String>,
    /// TIMEX3 value until which it was held.
    pub to: Option<String>,
}

/// A body as one article has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Organization {
    /// Local id, `o0`.
    pub id: String,
    /// The fullest name that the article gives.
    pub name: String,
    /// What sort of body.
    pub kind: OrganizationKind,
    /// IRIs of the same body elsewhere.
    pub identifiers: Vec<String>,
    /// Where the article speaks of it.
    pub mentions: Vec<Mention>,
}

/// Sorts of bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// A state organ: ministry, parliament, court, army.
    Government,
    /// A business.
    Company,
    /// A body of states.
    International,
    /// A newspaper, agency, broadcaster.
    Media,
    /// A political party.
    Party,
    /// Anything else, or unknown.
    Other,
}

/// A place as one article has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Local id, `l0`.
    pub id: String,
    /// The fullest name that the article gives.
    pub name: String,
    /// What sort of place.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of the country that it lies in, if known.
    pub country: Option<String>,
    /// IRIs of the same place elsewhere.
    pub identifiers: Vec<String>,
    /// Where the article speaks of it.
    pub mentions: Vec<Mention>,
}

/// Sorts of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A city or town.
    City,
    /// A state.
    Country,
    /// A part of a state, or of the world.
    Region,
    /// A building or site.
    Venue,
    /// Anything else, or unknown.
    Other,
}

/// Whether a kind of meeting is that of talks, which may go on over several occasions, and not of one such as a visit.
pub fn is_talks(kind: &str) -> bool {
    matches!(kind, "talks" | "negotiations" | "conversation")
}

/// An occasion on which people or bodies talk with each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    /// Local id, `m0`.
    pub id: String,
    /// Who takes part: people, else bodies or states.
    pub participants: Vec<Participant>,
    /// Whether it took place, as this article has it.
    pub status: Status,
    /// How they talk, where the text tells.
    pub mode: Option<Mode>,
    /// The sort of occasion, by its noun: `summit`, `talks`, `call`, `visit`, `meeting` …
    pub kind: String,
    /// Id of the place, where the text puts the meeting there.
    pub place: Option<String>,
    /// When.
    pub time: Option<MeetingTime>,
    /// What it is about.
    pub topics: Vec<Span>,
    /// The namings of the occasion.
    pub mentions: Vec<MeetingMention>,
    /// 0 to 1.
    pub confidence: f64,
}

/// One participant's part in a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// Id of a person, organisation or place.
    pub entity: String,
    /// The part.
    pub role: ParticipantRole,
}

/// Parts in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantRole {
    /// One of those who talk.
    Participant,
    /// Who receives.
    Host,
    /// Who is received.
    Guest,
    /// Who stands between the sides.
    Mediator,
}

/// Whether a meeting took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Past and asserted.
    Held,
    /// Going on.
    Ongoing,
    /// Announced, agreed, scheduled.
    Planned,
    /// One side offers or asks.
    Proposed,
    /// It may come about.
    Possible,
    /// Put off.
    Postponed,
    /// Called off.
    Cancelled,
    /// Said not to have taken place.
    Denied,
}

impl Status {
    /// All that there are, from the surest to what is said not to have been.
    pub const ALL: [Self; 8] = [
        Self::Held,
        Self::Ongoing,
        Self::Planned,
        Self::Proposed,
        Self::Possible,
        Self::Postponed,
        Self::Cancelled,
        Self::Denied,
    ];

    /// The word for it, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Held => "held",
            Status::Ongoing => "ongoing",
            Status::Planned => "planned",
            Status::Proposed => "proposed",
            Status::Possible => "possible",
            Status::Postponed => "postponed",
            Status::Cancelled => "cancelled",
            Status::Denied => "denied",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no [`Status`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no status; there are {all}", all = Status::ALL.map(Status::as_str).join(", "))]
pub struct UnknownStatus(String);

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(word: &str) -> Result<Self, UnknownStatus> {
        let named = |status: &Self| status.as_str().eq_ignore_ascii_case(word);
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownStatus(word.to_owned()))
    }
}

/// How people talk at a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Face to face.
    InPerson,
    /// By telephone.
    Phone,
    /// By video link.
    Video,
    /// By letters or messages.
    Written,
}

/// The time of a meeting: the expression and the days that it can mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingTime {
    /// The expression.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3/EDTF value.
    pub value: String,
    /// First day it can be, `YYYY-MM-DD`.
    pub earliest: Option<String>,
    /// Last day it can be, `YYYY-MM-DD`.
    pub latest: Option<String>,
}

/// One naming of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingMention {
    /// The clause or phrase.
    #[serde(flatten)]
    pub span: Span,
    /// The word that tells of a meeting.
    pub trigger: Span,
}

/// What a source is reported to have said or written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Local id, `s0`.
    pub id: String,
    /// In the source's words, in the article's, or both.
    pub kind: StatementKind,
    /// Id of a person, an organisation or a place standing for its government.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub source: Option<Span>,
    /// The word that tells of speaking.
    pub cue: Option<Cue>,
    /// What was said: one span, or several where the quotation is split.
    pub content: Vec<Span>,
    /// Ids of those it was said to.
    pub addressees: Vec<String>,
    /// When it was said.
    pub time: Option<MeetingTime>,
    /// Whether the source is reported *not* to have said it.
    pub negated: bool,
    /// Ids of the people, bodies, places and meetings that the content mentions.
    pub about: Vec<String>,
    /// 0 to 1.
    pub confidence: f64,
}

/// How a statement is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// Between quotation marks.
    Direct,
    /// In the article's words.
    Indirect,
    /// A clause of the article's with quoted parts.
    Mixed,
}

/// The word or words that tell of speaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its dictionary form.
    pub lemma: String,
    /// What the speaker does with it (`claim`, `deny`, `promise` …), where the lexicon tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<String>,
}

/// A time expression with the days that it can mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimeExpression {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3/EDTF value.
    pub value: String,
    /// First day it can be, `YYYY-MM-DD`.
    pub earliest: Option<String>,
    /// Last day it can be, `YYYY-MM-DD`.
    pub latest: Option<String>,
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day or something longer on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// An oddity that was met while reading; it never stops the reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// `D` and four digits; the first two tell the stage.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is odd and what was done.
    pub message: String,
    /// Offset of the first code point concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// Offset after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something may be missing or wrong.
    Warning,
}

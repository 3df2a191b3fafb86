//! The extraction record: what one article says about people, meetings and statements.
//!
//! This is the public interface between reading and everything that uses what was read: one JSON object per article,
//! one article per line. Offsets are Unicode code points, and a [`Span`] can only be made from the source that it reads:
//!
//! ```
//! use demarche_record::{SourceText, validate, Article, Record};
//!
//! let source = SourceText::new("Ms. Wu met Mr. Łukasz in Bern.");
//! let span = source.span(15..21).unwrap();
//! assert_eq!(span.text(), "Łukasz");
//!
//! let article = Article::new("bern.txt", "Ms. Wu met Mr. Łukasz in Bern.");
//! let record = Record::empty(&article);
//! assert!(validate(&record, &article.text).is_empty());
//! assert!(serde_json::to_string(&record).unwrap().starts_with(r#"{"schema":"demarche-record/1","id":"doc:"#));
//! ```
//!
//! [`json_schema`] is the published schema of the record; [`validate`] checks a record against its source.

mod article;
mod span;
mod types;
mod validate;

pub use article::Article;
pub use span::{Region, SourceText, Span, SpanError};
pub use types::{
    Basis, Cue, Diagnostic, Meeting, MeetingMention, MeetingTime, Mention, MentionKind, Mode, Organization,
    OrganizationKind, Participant, ParticipantRole, Person, Place, PlaceKind, Published, Record, Role, Severity,
    Statement, StatementKind, Status, TimeExpression, TimeKind, UnknownStatus, is_talks,
};
pub use validate::{Violation, validate};

/// The version of the record's format.
pub const SCHEMA: &str = "demarche-record/1";

impl Record {
    /// The record of an article in which nothing was found.
    pub fn empty(article: &Article) -> Self {
        Record {
            schema: SCHEMA.to_owned(),
            id: article.id(),
            source: article.source.clone(),
            title: article.title.clone(),
            language: "en".to_owned(),
            publisher: article.publisher.clone(),
            url: article.url.clone(),
            text: article.with_text.then(|| article.text.clone()),
            published: article.published.clone(),
            body: Vec::new(),
            people: Vec::new(),
            organizations: Vec::new(),
            places: Vec::new(),
            meetings: Vec::new(),
            statements: Vec::new(),
            times: Vec::new(),
            diagnostics: article.diagnostics.clone(),
        }
    }
}

/// The JSON Schema (2020-12) of a [`Record`].
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Record).to_value()
}

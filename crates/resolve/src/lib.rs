//! Identity over articles: which people, bodies, places, meetings and statements are the same.
//!
//! Each record speaks of its own `p0` and `m0`. [`resolve`] tells which of them are one and the same, gives each a
//! [`Key`] that is minted from its content, and keeps a [`Decision`] with a reason in words for every merge. The order of
//! the records does not matter.
//!
//! ```
//! use demarche_record::{Article, Mention, MentionKind, Person, Record, SourceText};
//! use demarche_resolve::resolve;
//!
//! fn record(text: &str, name: &str) -> Record {
//!     let source = SourceText::new(text);
//!     let span = source.span_of_bytes(0..name.len()).unwrap();
//!     let mut record = Record::empty(&Article::new("a.txt", text));
//!     record.people.push(Person {
//!         id: "p0".into(),
//!         name: name.into(),
//!         identifiers: vec![],
//!         mentions: vec![Mention { span, kind: MentionKind::Name }],
//!         roles: vec![],
//!     });
//!     record
//! }
//!
//! let corpus = resolve(&[record("Ana Núñez left.", "Ana Núñez"), record("Nunez came.", "Nunez")]);
//! assert_eq!(corpus.people.len(), 1);
//! assert_eq!(corpus.people[0].key.as_str(), "person/ana-nunez");
//! assert!(corpus.decisions[0].reason.contains("only bearer of that surname"));
//! ```
//!
//! # How identity is decided
//! * **People** are one when they carry the same identifier, or the same full name after folding (case, diacritics,
//!   punctuation, "Mr."). A bare surname joins the one full name of that surname in the corpus, where there is only one
//!   and the article does not speak of both. A name in one article that is a name in several others but for two letters
//!   that changed places is a misspelling of it. Two different identifiers keep the bearers of one name apart.
//! * **Organisations and places** are one when they carry the same identifier or the same folded name.
//! * **Meetings** of different articles are one when the participants are the same, places and modes do not contradict
//!   each other and the days fit: both known, and overlapping. Where one of the days is not known, the place has to be the
//!   same and the articles have to lie within [`NEARBY_DAYS`] of each other. A plan and a report that it came about (or was
//!   called off) are one meeting with a history where both are no wider than [`NEARBY_DAYS`]. What fits more than one
//!   meeting joins none. The days of the whole are those that all reports agree on.
//! * **Statements** are one when the same speaker says the same words between quotation marks, at least
//!   [`QUOTED_WORDS`] of them.

mod corpus;
mod corrections;
mod days;
mod fold;
mod key;
mod label;
mod meeting;
mod naming;
mod statement;
mod tenure;

pub use corpus::{
    Corpus, Decision, DecisionKind, Evidence, Meeting, Member, Organization, Participant, Person, Place, Report,
    Statement, Tenure, When,
};
pub use corrections::{Action, Correction, Corrections, CorrectionsError, Reference, Values};
pub use fold::fold;
pub use key::{Key, Kind};

use demarche_record::Record;
use std::collections::BTreeMap;

/// How many days apart two reports may lie, or how wide a plan may be, to be taken for one occasion.
pub const NEARBY_DAYS: i64 = 7;

/// How many words a quotation must have to be known again in another article.
pub const QUOTED_WORDS: usize = 5;

/// Tells which people, bodies, places, meetings and statements of the records are the same. Any order of the records
/// gives the same corpus; a record that stands twice counts once.
pub fn resolve(records: &[Record]) -> Corpus {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by(|a, b| (&a.id, &a.source).cmp(&(&b.id, &b.source)));
    sorted.dedup_by(|a, b| a.id == b.id);

    let mut corpus = Corpus::default();
    let mut keys: BTreeMap<Member, Key> = BTreeMap::new();
    naming::places(&sorted, &mut corpus, &mut keys);
    naming::organizations(&sorted, &mut corpus, &mut keys);
    naming::people(&sorted, &mut corpus, &mut keys);
    tenure::tenures(&sorted, &mut corpus, &keys);
    meeting::meetings(&sorted, &mut corpus, &mut keys);
    statement::statements(&sorted, &mut corpus, &mut keys);
    corpus.keys = keys;
    corpus.decisions.sort();
    corpus
}

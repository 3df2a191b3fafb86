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
//! assert!(corpus.decisions[0].reason.contains("the only bearer of that surname here"));
//! ```
//!
//! # How identity is decided
//! Each record is mapped to items under keys, and each key's items are decided on by themselves ([`Stage`], [`run`]): blocks
//! are independent of each other, so that they may lie on different machines and only those that a new article touches need
//! be looked at again. [`Corrections`] win over every rule.
//!
//! * **People** come together by the sound of the surname. Names agree when the given names are the same, a short form, an
//!   initial, a transliteration or a slip; then offices, states, company and dates speak for or against. What cannot be one is
//!   never joined: different identifiers, Jr. and Sr., other middle initials, he and she, two people of one article. A bare
//!   surname joins a person only where one candidate stands out.
//! * **Organisations** come together by the initials of their names, **places** by the sound. A ministry without its state is
//!   like a bare surname; an acronym needs an article that uses both.
//! * **Meetings** come together by the states (or people, bodies) that take part. What fits is weighed: participants, days,
//!   place, way of talking, "second" and "third", and for what is undated the articles' own dates. A plan and what came of it
//!   are one meeting with a history of reports. A report that names no day ("their last meeting in Geneva") joins the one
//!   meeting that it can mean by the place, if that is abroad for all, or by its number. What an article tells apart stays
//!   apart; what fits two meetings joins none.
//!   The days of the whole are those that all reports agree on; what they say differently is kept with who says what
//!   ([`Disagreement`]). An undated article is dated by the meetings that it shares with others ([`Corpus::written`]).
//! * **Statements** are one when the same speaker says the same words between quotation marks, at least
//!   [`QUOTED_WORDS`] of them. Articles that share most of what was said and told word by word are copies of one, and count as
//!   one source ([`Corpus::source_count`]).

mod across;
mod agreement;
mod cluster;
mod copies;
mod corpus;
mod corrections;
mod days;
mod decision;
mod disagreement;
mod fold;
mod fuse;
mod gazetteer;
mod key;
mod label;
mod meeting;
mod membership;
mod memory;
mod named;
mod names;
mod naming;
mod occasion;
mod personal;
mod profile;
mod requoted;
mod spelling;
mod stage;
mod statement;
mod tenure;
mod wording;
mod writing;

pub use copies::{Passage, Passages};
pub use corpus::{
    Corpus, Evidence, Meeting, Member, Organization, Participant, Person, Place, Report, Statement, Tenure, When,
    Written,
};
pub use corrections::{Action, Correction, Corrections, CorrectionsError, Reference, Values};
pub use decision::{Decision, DecisionKind};
pub use disagreement::{Claim, Disagreement, Disputed, Version};
pub use fold::fold;
pub use key::{Key, Kind};
pub use meeting::{Meetings, MeetingsOutcome};
pub use memory::{Memory, RULES};
pub use names::{Named, Names, NamesOutcome};
pub use naming::Naming;
pub use occasion::{Occasion, Parties, claimants};
pub use stage::{BlockKey, Stage, run};

use demarche_record::Record;
use membership::ByMember;

/// How many days apart two reports may lie, or how wide a plan may be, to be taken for one occasion.
pub const NEARBY_DAYS: i64 = 7;

/// How many words a quotation must have to be known again in another article.
pub const QUOTED_WORDS: usize = 5;

/// Tells which people, bodies, places, meetings and statements of the records are the same. Any order of the records
/// gives the same corpus; a record that stands twice counts once.
pub fn resolve(records: &[Record]) -> Corpus {
    resolve_with(records, &Corrections::default())
}

/// The same, where a reader's corrections win over every rule.
pub fn resolve_with(records: &[Record], corrections: &Corrections) -> Corpus {
    resolve_again(records, corrections, None)
}

/// The same, where blocks of people, bodies, places and meetings that hold what they held before are not decided again. Nothing
/// is weighed for statements: a statement's words and speaker are its key.
pub fn resolve_again(records: &[Record], corrections: &Corrections, memory: Option<&Memory>) -> Corpus {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by(|a, b| (&a.id, &a.source).cmp(&(&b.id, &b.source)));
    sorted.dedup_by(|a, b| a.id == b.id);

    let mut corpus = Corpus::default();
    let mut keys = ByMember::default();
    let mut applied =
        named::enter(run(&Names { corrections, memory }, sorted.iter().copied()), corrections, &mut corpus, &mut keys);
    tenure::tenures(&sorted, &mut corpus, &keys);
    applied.extend(meeting::enter(&sorted, corrections, &mut corpus, memory, &mut keys));
    corpus.originals = copies::originals(&sorted);
    applied.extend(statement::enter(&sorted, corrections, &mut corpus, &mut keys));
    corpus.keys = keys;
    let requoted = requoted::parts(&corpus);
    corpus.decisions.extend(requoted);
    corpus.decisions.sort();
    corpus.idle_corrections = (0..corrections.entries().len()).filter(|entry| !applied.contains(entry)).collect();
    corpus
}

//! Records as an RDF graph: a store that answers SPARQL, exports in the formats of RDF, diagrams.
//!
//! A [`Store`] is a folder. It holds one record for each article, and a graph that follows from them: what all articles
//! together say in the default graph, what each one says in a graph of its own. Add an article twice and nothing changes;
//! take it back and exactly what rested on it alone is gone.
//!
//! ```
//! use demarche_graph::{Format, QueryOptions, ResultsFormat, Store, named_query};
//! # use demarche_record::{Article, Meeting, MeetingMention, Mention, MentionKind, Participant, ParticipantRole};
//! # use demarche_record::{Person, Record, SourceText, Status};
//! # let text = "Ada Byron met Karl Gauss.";
//! # let source = SourceText::new(text);
//! # let mut record = Record::empty(&Article::new("a.txt", text));
//! # for (id, name, at) in [("p0", "Ada Byron", 0..9), ("p1", "Karl Gauss", 14..24)] {
//! #     let mentions = vec![Mention { span: source.span(at)?, kind: MentionKind::Name }];
//! #     record.people.push(Person { id: id.into(), name: name.into(), identifiers: vec![], mentions, roles: vec![] });
//! # }
//! # record.meetings.push(Meeting {
//! #     id: "m0".into(),
//! #     participants: ["p0", "p1"].map(|id| Participant { entity: id.into(), role: ParticipantRole::Participant }).into(),
//! #     status: Status::Held, mode: None, kind: "meeting".into(), place: None, time: None, topics: vec![],
//! #     mentions: vec![MeetingMention { span: source.span(0..24)?, trigger: source.span(10..13)? }], confidence: 0.9,
//! # });
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path();
//! let mut store = Store::create(path, None)?;
//! assert_eq!(store.add([&record])?.new, 1);
//! assert_eq!(store.commit()?.meetings, 1);
//!
//! let met = store.query("ASK { person:ada-byron dm:met person:karl-gauss }", &QueryOptions::default())?;
//! assert_eq!(met.boolean(), Some(true));
//!
//! let mut answer = Vec::new();
//! let query = named_query("who-met-whom")?;
//! store.query(&query.sparql, &QueryOptions::default())?.write(ResultsFormat::Tsv, &mut answer)?;
//! store.export(Format::Turtle, std::io::sink())?;
//! assert_eq!(store.dossier("Gauss")?.meetings[0].with, ["Ada Byron"]);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! The terms are those of `ontology/demarche.ttl`, as constants in [`vocabulary`]. Without a store, [`record_quads`]
//! gives the quads of one record and [`write_quads`] writes them. [`Diagram`] draws. [`ExportFormat`] lists all that a store
//! can be written as.

mod called;
mod competency;
mod corrected;
mod diagram;
mod dossier;
mod error;
mod excerpt;
mod explain;
mod export;
mod folder;
mod forget;
mod kept;
mod loaded;
mod lookup;
mod merge;
mod namespace;
mod network;
mod occasions;
mod parallel;
mod parameter;
mod quads;
mod query;
mod reach;
mod remembered;
mod review;
mod shacl;
#[cfg(not(feature = "rocksdb"))]
mod sieve;
mod store;
mod versions;
mod view;
pub mod vocabulary;
mod xml;

// What those who use a store need of the crates below it.
pub use demarche_record::{Article, ParticipantRole, Record, Status};
pub use demarche_resolve::{Action, Correction, Corrections, CorrectionsError, Reference, When, fold};

pub use competency::{NamedQuery, named_queries, named_query};
pub use diagram::{Days, Diagram, DiagramBuilder, DiagramError, Edge, EdgeKind, Layout, Node, NodeKind, Selection};
#[cfg(feature = "png")]
pub use diagram::{PngError, PngSize};
pub use dossier::{Dossier, DossierMeeting, DossierReport, DossierRole, DossierStatement, Passage};
pub use error::{StoreError, StoreErrorKind};
pub use explain::{Corrected, Explanation, Telling, Why};
pub use export::{ExportFormat, ExportOptions, Format, Selected, View, read_quads, write_quads};
pub use forget::Forgotten;
pub use loaded::LoadedGraph;
pub use merge::Merged;
pub use namespace::Namespace;
pub use network::{
    ChainLink, ChainMeeting, MeetingNetwork, Members, NetworkMeasures, NetworkOptions, NetworkSummary, Standing,
};
pub use occasions::{Occasion, Told};
pub use oxigraph::model;
pub use parameter::{Parameter, ParameterKind};
pub use quads::{article_quads, corpus_quads, record_quads};
pub use query::{QueryOptions, Results, ResultsFormat, ResultsKind};
pub use review::{Doubt, Seen, Side};
pub use shacl::{DataGraph, Report, ShaclError, Shapes, Violation};
pub use store::{Added, Built, Followed, Store};
pub use versions::{Dispute, DisputeVersion};

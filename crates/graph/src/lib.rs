//! Records as an RDF graph: Oxigraph store, SPARQL, diagrams and exports.

mod competency;
mod diagram;
mod dossier;
mod error;
mod export;
mod folder;
mod jsonld;
mod namespace;
mod quads;
mod query;
mod store;
mod view;
pub mod vocabulary;

pub use competency::{NamedQuery, named_queries, named_query};
pub use diagram::{Days, Diagram, DiagramBuilder, DiagramError, Edge, EdgeKind, Node, NodeKind, Selection};
#[cfg(feature = "png")]
pub use diagram::{PngError, PngSize};
pub use dossier::{Dossier, DossierMeeting, DossierRole, DossierStatement, Passage};
pub use error::{StoreError, StoreErrorKind};
pub use export::{Format, write_quads};
pub use namespace::Namespace;
pub use oxigraph::model;
pub use quads::{article_quads, corpus_quads, record_quads};
pub use query::{QueryOptions, Results, ResultsFormat, ResultsKind};
pub use store::{Added, Built, Store};

//! Records as an RDF graph: Oxigraph store, SPARQL, diagrams and exports.

mod diagram;
mod error;
mod folder;
mod namespace;
mod quads;
mod query;
mod store;
mod view;
pub mod vocabulary;

pub use diagram::{Days, Diagram, DiagramBuilder, DiagramError, Edge, EdgeKind, Node, NodeKind, Selection};
#[cfg(feature = "png")]
pub use diagram::{PngError, PngSize};
pub use error::{StoreError, StoreErrorKind};
pub use namespace::Namespace;
pub use oxigraph::model;
pub use quads::{article_quads, corpus_quads, record_quads};
pub use query::{QueryOptions, Results, ResultsFormat, ResultsKind};
pub use store::{Added, Built, Store};

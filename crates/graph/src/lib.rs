//! Records as an RDF graph: Oxigraph store, SPARQL, diagrams and exports.

mod diagram;

pub use diagram::{Days, Diagram, DiagramBuilder, DiagramError, Edge, EdgeKind, Node, NodeKind, Selection};
#[cfg(feature = "png")]
pub use diagram::{PngError, PngSize};

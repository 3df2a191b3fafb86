//! Pictures of the graph: a petgraph graph of people, bodies, places, meetings and statements, chosen from and drawn.
//!
//! ```text
//! Corpus ─▶ Diagram ─ select ─▶ Diagram ─┬▶ DOT
//!                                        ├▶ Mermaid
//!                                        └▶ SVG ─▶ PNG
//! ```
//! A diagram is plain data in one fixed order, so the same nodes and edges give the same bytes in whatever order they
//! were added.

mod corpus;
mod dot;
mod dot_timeline;
mod layout;
mod lettering;
mod mermaid;
mod network;
mod node;
mod outline;
mod palette;
#[cfg(feature = "png")]
mod png;
mod select;
mod svg;
mod timeline;

pub use node::{Days, Diagram, DiagramBuilder, DiagramError, Edge, EdgeKind, Layout, Node, NodeKind};
#[cfg(feature = "png")]
pub use png::{PngError, PngSize};
pub use select::Selection;

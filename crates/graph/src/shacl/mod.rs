//! SHACL: whether a graph holds to its shapes.
//!
//! All of SHACL Core and `sh:sparql` constraints, evaluated directly over triples in memory. What is not supported (rules,
//! functions, custom components and targets, recursion) is an error when the shapes are read, never skipped. Whether each
//! component means what others mean by it is tested against pyshacl.

mod compare;
mod error;
mod evaluate;
mod graph;
mod parse;
mod path;
mod report;
mod shape;
mod sparql;

pub use error::ShaclError;
pub use graph::DataGraph;
pub use report::{Report, Violation};
pub use shape::Shapes;

//! English analysis in pure Rust: tokens, sentences, tags, lemmas, dependencies, named entities.

mod analysis;
mod labels;

pub use analysis::{Analysis, Entity, Token};
pub use labels::{Dep, EntityLabel, Pos, Tag, UnknownLabel};

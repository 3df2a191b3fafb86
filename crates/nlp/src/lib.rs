//! English analysis in pure Rust: tokens, sentences, tags, lemmas, dependencies, named entities.

mod analysis;
mod hash;
mod labels;
mod lexeme;

pub use analysis::{Analysis, Entity, Token};
pub use hash::{row_hashes, string_id};
pub use labels::{Dep, EntityLabel, Pos, Tag, UnknownLabel};
pub use lexeme::{Lexeme, Norms, NormsError, is_space, shape};

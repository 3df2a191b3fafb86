//! English analysis in pure Rust: tokens, sentences, tags, lemmas, dependencies, named entities.

mod affix;
mod analysis;
mod attribute_ruler;
mod char_class;
mod hash;
mod labels;
mod lemmatizer;
mod lexeme;
#[allow(dead_code, reason = "read by the pipeline, which follows")]
mod model;
mod tokenizer;
mod url;

pub use analysis::{Analysis, Entity, Token};
pub use attribute_ruler::{AttributeRuler, Reading, RulerError};
pub use hash::{row_hashes, string_id};
pub use labels::{Dep, EntityLabel, Pos, Tag, UnknownLabel};
pub use lemmatizer::{Lemmatizer, LemmatizerError};
pub use lexeme::{Lexeme, Norms, NormsError, is_space, shape};
pub use model::{CONFIG_KEY, FORMAT, HashEmbedConfig, ModelConfig, ModelError, Tok2VecConfig};
pub use tokenizer::{Tokenizer, TokenizerError, Word};

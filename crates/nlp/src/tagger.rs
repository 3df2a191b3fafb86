//! Fine-grained tags: one linear layer over the encoded words.

use crate::labels::Tag;
use crate::matrix::{Linear, first_greatest};
use crate::model::{ModelError, Weights};

/// Gives each word its most probable tag.
#[derive(Debug)]
pub(crate) struct Tagger {
    layer: Linear,
    tags: Vec<Tag>,
}

impl Tagger {
    /// Reads the tagger over vectors of `width`.
    pub fn read(weights: &Weights<'_>, width: usize) -> Result<Self, ModelError> {
        let tags = weights.config().tags.iter().map(|t| t.parse()).collect::<Result<Vec<Tag>, _>>()?;
        if tags.is_empty() {
            return Err(ModelError::table("model.safetensors", "it has no tags"));
        }
        Ok(Self { layer: Linear::read(weights, "tagger", tags.len(), width)?, tags })
    }

    /// The tags of encoded words. `scores` is room to work in.
    pub fn apply(&self, words: &[f32], scores: &mut Vec<f32>) -> Vec<Tag> {
        let rows = words.len() / self.layer.inputs;
        self.layer.apply(words, self.layer.inputs, rows, scores);
        scores.chunks_exact(self.layer.outputs).map(|row| self.tags[first_greatest(row)]).collect()
    }
}

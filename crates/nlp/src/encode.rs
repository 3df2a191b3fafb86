//! Word vectors in context: layers that see a word and its two neighbours, each added to what it saw (spaCy's
//! `MaxoutWindowEncoder`).

use crate::matrix::Maxout;
use crate::model::{ModelError, Weights};

/// Words that go through a layer together; their intermediate products stay in the processor's cache.
const BATCH: usize = 128;

/// The encoder of one network.
#[derive(Debug)]
pub(crate) struct Encoder {
    layers: Vec<Maxout>,
    padding: usize,
    width: usize,
}

/// Room to work in, kept from text to text.
#[derive(Debug, Default)]
pub(crate) struct EncoderRoom {
    from: Vec<f32>,
    to: Vec<f32>,
    product: Vec<f32>,
}

impl Encoder {
    /// Reads the layers of the network `prefix`, whose texts have `padding` rows of zeros before and after them.
    pub fn read(weights: &Weights<'_>, prefix: &str, width: usize, padding: usize) -> Result<Self, ModelError> {
        let mut layers = Vec::new();
        while weights.has(&format!("{prefix}.encode.{}.weight", layers.len())) {
            let name = format!("{prefix}.encode.{}", layers.len());
            let layer = Maxout::read(weights, &name)?;
            if layer.width != width || layer.inputs() != 3 * width {
                return Err(ModelError::tensor(&name, format!("it does not map 3 × {width} values to {width}")));
            }
            layers.push(layer);
        }
        Ok(Self { layers, padding, width })
    }

    /// Encodes a text: `vectors` gives the vectors of its words one after the other; the result holds as many.
    ///
    /// The padding is a part of the text for the layers: it takes on values from its neighbours, as in training. Beyond it lies
    /// one row of zeros that stays.
    pub fn apply<'r, 'v>(&self, vectors: impl Iterator<Item = &'v [f32]>, room: &'r mut EncoderRoom) -> &'r [f32] {
        let width = self.width;
        let edge = (1 + self.padding) * width;
        let EncoderRoom { from, to, product } = room;
        from.clear();
        from.resize(edge, 0.0);
        for vector in vectors {
            from.extend_from_slice(vector);
        }
        from.resize(from.len() + edge, 0.0);
        to.clear();
        to.resize(from.len(), 0.0);
        let rows = from.len() / width - 2;
        for layer in &self.layers {
            for start in (0..rows).step_by(BATCH) {
                let count = BATCH.min(rows - start);
                layer.apply(&from[start * width..], width, count, product, |row, result| {
                    let at = (start + row + 1) * width;
                    for ((t, f), r) in to[at..at + width].iter_mut().zip(&from[at..at + width]).zip(result) {
                        *t = f + r;
                    }
                });
            }
            std::mem::swap(from, to);
        }
        &from[edge..from.len() - edge]
    }
}

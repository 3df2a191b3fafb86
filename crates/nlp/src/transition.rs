//! The network behind parser and entity recogniser: scores of the next action from a few words of the state.
//!
//! The hidden layer is a sum over the state's words, each with weights of its own for its place in the state. These summands
//! are computed once for every word and place of a text; a state then costs a few additions and one small product.

use crate::matrix::{Linear, pieces_first};
use crate::model::{ModelError, Weights};
use pulp::{Arch, Simd, WithSimd};

/// Scores of actions, padded to whole lanes so that the compiler can keep them in vector registers.
const LANES: usize = 16;

/// The layers of a state network.
#[derive(Debug)]
pub(crate) struct StateNetwork {
    reduce: Linear,
    /// All places' summands of a word at once: `[place][piece][hidden]`.
    summands: Linear,
    /// Summands of an empty place, `[place][piece][hidden]`.
    empty: Vec<f32>,
    bias: Vec<f32>,
    /// Weights of the output, `[hidden][action]`, actions padded to a multiple of [`LANES`].
    output: Vec<f32>,
    output_bias: Vec<f32>,
    places: usize,
    pieces: usize,
    hidden: usize,
    actions: usize,
    /// The widest vector instructions of this processor. They change the speed and not a bit of the result.
    arch: Arch,
}

/// The summands of a text's words, and room to work in.
#[derive(Debug, Default)]
pub(crate) struct StateRoom {
    reduced: Vec<f32>,
    summands: Vec<f32>,
    sum: Vec<f32>,
    scores: Vec<f32>,
}

impl StateNetwork {
    /// Reads the network `prefix` for states of `places` words over vectors of `width`.
    pub fn read(
        weights: &Weights<'_>,
        prefix: &str,
        width: usize,
        places: usize,
        actions: usize,
    ) -> Result<Self, ModelError> {
        let name = format!("{prefix}.hidden.weight");
        let [found, hidden, pieces, inputs] = weights.shape(&name)?;
        if found != places || hidden == 0 || pieces == 0 || inputs == 0 {
            return Err(ModelError::tensor(
                &name,
                format!("a network of {found} places, not {places}, or an empty one"),
            ));
        }
        let size = hidden * pieces;
        let weight = weights.dense(&name, &[places, hidden, pieces, inputs])?;
        let weight: Vec<f32> =
            weight.chunks_exact(size * inputs).flat_map(|w| pieces_first(w, hidden, pieces, inputs)).collect();
        let empty = weights.dense(&format!("{prefix}.hidden.padding"), &[1, places, hidden, pieces])?;
        let output = weights.dense(&format!("{prefix}.output.weight"), &[actions, hidden])?;
        let padded = actions.next_multiple_of(LANES);
        let mut turned = vec![0.0; hidden * padded];
        for (action, row) in output.chunks_exact(hidden).enumerate() {
            for (h, &w) in row.iter().enumerate() {
                turned[h * padded + action] = w;
            }
        }
        let mut output_bias = weights.dense(&format!("{prefix}.output.bias"), &[actions])?;
        output_bias.resize(padded, 0.0);
        Ok(Self {
            reduce: Linear::read(weights, &format!("{prefix}.reduce"), inputs, width)?,
            summands: Linear::new(&weight, vec![0.0; places * size]),
            empty: empty.chunks_exact(size).flat_map(|e| pieces_first(e, hidden, pieces, 1)).collect(),
            bias: pieces_first(&weights.dense(&format!("{prefix}.hidden.bias"), &[hidden, pieces])?, hidden, pieces, 1),
            output: turned,
            output_bias,
            places,
            pieces,
            hidden,
            actions,
            arch: Arch::new(),
        })
    }

    /// Computes the summands of a text's encoded words.
    pub fn prepare(&self, words: &[f32], room: &mut StateRoom) {
        let rows = words.len() / self.reduce.inputs;
        self.reduce.apply(words, self.reduce.inputs, rows, &mut room.reduced);
        self.summands.multiply(&room.reduced, self.summands.inputs, rows, &mut room.summands);
        room.sum.resize(self.hidden * self.pieces, 0.0);
        room.scores.resize(self.output_bias.len(), 0.0);
    }

    /// Scores all actions in a state, given by the words in its places.
    pub fn score<'r>(&self, state: &[Option<usize>], room: &'r mut StateRoom) -> &'r [f32] {
        self.arch.dispatch(Score { network: self, state, room });
        &room.scores[..self.actions]
    }
}

/// The computation of a state's scores, compiled for each set of vector instructions.
struct Score<'a> {
    network: &'a StateNetwork,
    state: &'a [Option<usize>],
    room: &'a mut StateRoom,
}

impl WithSimd for Score<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let network = self.network;
        let size = network.hidden * network.pieces;
        let StateRoom { summands, sum, scores, .. } = self.room;
        sum.copy_from_slice(&network.bias);
        for (place, word) in self.state.iter().enumerate().take(network.places) {
            let summand = match word {
                Some(word) => &summands[(word * network.places + place) * size..][..size],
                None => &network.empty[place * size..][..size],
            };
            for (s, v) in sum.iter_mut().zip(summand) {
                *s += v;
            }
        }
        let (best, others) = sum.split_at_mut(network.hidden);
        for other in others.chunks_exact(network.hidden) {
            for (b, &o) in best.iter_mut().zip(other) {
                *b = if o > *b { o } else { *b };
            }
        }
        scores.copy_from_slice(&network.output_bias);
        for (&h, weights) in best.iter().zip(network.output.chunks_exact(network.output_bias.len())) {
            for (s, w) in scores.iter_mut().zip(weights) {
                *s += h * w;
            }
        }
    }
}

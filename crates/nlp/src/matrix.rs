//! Dense layers: products of whole batches with a weight matrix, maxout with layer normalisation.

use crate::model::{ModelError, Weights};
use gemm::{Parallelism, gemm};

/// `y = W·x + b`.
#[derive(Debug)]
pub(crate) struct Linear {
    /// `[input][output]`: so the product needs no rearranged copy of it.
    weight: Vec<f32>,
    bias: Vec<f32>,
    pub inputs: usize,
    pub outputs: usize,
}

impl Linear {
    /// Reads `PREFIX.weight` and `PREFIX.bias`.
    pub fn read(weights: &Weights<'_>, prefix: &str, outputs: usize, inputs: usize) -> Result<Self, ModelError> {
        let weight = weights.dense(&format!("{prefix}.weight"), &[outputs, inputs])?;
        let bias = weights.dense(&format!("{prefix}.bias"), &[outputs])?;
        Ok(Self::new(&weight, bias))
    }

    /// A layer of weights that are there already, `[output][input]`.
    pub fn new(weight: &[f32], bias: Vec<f32>) -> Self {
        let outputs = bias.len();
        let inputs = weight.len() / outputs.max(1);
        let weight = (0..inputs).flat_map(|i| weight.iter().skip(i).step_by(inputs)).copied().collect();
        Self { weight, bias, inputs, outputs }
    }

    /// Applies the layer to `rows` inputs and replaces `out` by the results, row by row.
    ///
    /// The inputs start every `stride` values, so that they may overlap: a window over three vectors is one long input.
    pub fn apply(&self, input: &[f32], stride: usize, rows: usize, out: &mut Vec<f32>) {
        self.multiply(input, stride, rows, out);
        for row in out.chunks_exact_mut(self.outputs.max(1)) {
            for (v, b) in row.iter_mut().zip(&self.bias) {
                *v += b;
            }
        }
    }

    /// `W·x` without the bias; otherwise as [`Linear::apply`].
    pub fn multiply(&self, input: &[f32], stride: usize, rows: usize, out: &mut Vec<f32>) {
        // What is left in `out` from earlier is overwritten.
        out.resize(rows * self.outputs, 0.0);
        if rows > 0 {
            multiply(input, stride, rows, &self.weight, self.inputs, self.outputs, out);
        }
    }
}

/// Writes to the rows of `out` the products of the inputs with the matrix `weight` (`inputs` rows of `outputs` values).
fn multiply(input: &[f32], stride: usize, rows: usize, weight: &[f32], inputs: usize, outputs: usize, out: &mut [f32]) {
    assert!(rows > 0 && (rows - 1) * stride + inputs <= input.len(), "the inputs lie in their buffer");
    assert!(weight.len() == inputs * outputs && out.len() == rows * outputs, "weights and results fit the layer");
    #[allow(unsafe_code, reason = "the crate for matrix products takes pointers")]
    // SAFETY: the asserts above bound every index that the strides can reach: rows of `input` at `i·stride .. +inputs`, of
    // `weight` and `out` without gaps; `out` is borrowed mutably and overlaps with neither.
    unsafe {
        gemm(
            rows,
            outputs,
            inputs,
            out.as_mut_ptr(),
            1,
            outputs as isize,
            false,
            input.as_ptr(),
            1,
            stride as isize,
            weight.as_ptr(),
            1,
            outputs as isize,
            0.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// The greatest of several pieces for each output, then layer normalisation.
#[derive(Debug)]
pub(crate) struct Maxout {
    linear: Linear,
    scale: Vec<f32>,
    shift: Vec<f32>,
    pieces: usize,
    pub width: usize,
}

impl Maxout {
    /// Reads `PREFIX.weight`, `.bias`, `.norm.scale` and `.norm.shift`.
    pub fn read(weights: &Weights<'_>, prefix: &str) -> Result<Self, ModelError> {
        let name = format!("{prefix}.weight");
        let [width, pieces, inputs] = weights.shape(&name)?;
        if width == 0 || pieces == 0 || inputs == 0 {
            return Err(ModelError::tensor(&name, "it is empty"));
        }
        let weight = weights.dense(&name, &[width, pieces, inputs])?;
        let bias = weights.dense(&format!("{prefix}.bias"), &[width, pieces])?;
        Ok(Self {
            linear: Linear::new(&pieces_first(&weight, width, pieces, inputs), pieces_first(&bias, width, pieces, 1)),
            scale: weights.dense(&format!("{prefix}.norm.scale"), &[width])?,
            shift: weights.dense(&format!("{prefix}.norm.shift"), &[width])?,
            pieces,
            width,
        })
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.linear.inputs
    }

    /// Applies the layer to `rows` inputs (see [`Linear::apply`]) and hands each result to `take` with its row.
    /// `product` is room to work in.
    pub fn apply(
        &self,
        input: &[f32],
        stride: usize,
        rows: usize,
        product: &mut Vec<f32>,
        mut take: impl FnMut(usize, &[f32]),
    ) {
        self.linear.multiply(input, stride, rows, product);
        let (bias, other_biases) = self.linear.bias.split_at(self.width);
        for (row, pieces) in product.chunks_exact_mut(self.width * self.pieces).enumerate() {
            let (best, others) = pieces.split_at_mut(self.width);
            for (best, bias) in best.iter_mut().zip(bias) {
                *best += bias;
            }
            for (other, bias) in others.chunks_exact(self.width).zip(other_biases.chunks_exact(self.width)) {
                for ((best, other), bias) in best.iter_mut().zip(other).zip(bias) {
                    let other = other + bias;
                    *best = if other > *best { other } else { *best };
                }
            }
            normalise(best, &self.scale, &self.shift);
            take(row, best);
        }
    }
}

/// Turns `[output][piece][input]` into `[piece][output][input]`, so that the pieces of neighbouring outputs are neighbours.
pub(crate) fn pieces_first(values: &[f32], outputs: usize, pieces: usize, inputs: usize) -> Vec<f32> {
    let mut turned = Vec::with_capacity(values.len());
    for piece in 0..pieces {
        for output in 0..outputs {
            let at = (output * pieces + piece) * inputs;
            turned.extend_from_slice(&values[at..at + inputs]);
        }
    }
    turned
}

/// Layer normalisation: mean 0, variance 1, then scale and shift.
fn normalise(values: &mut [f32], scale: &[f32], shift: &[f32]) {
    let width = values.len() as f32;
    let mean = sum(values, |v| v) / width;
    let variance = sum(values, |v| (v - mean) * (v - mean)) / width + 1e-8;
    let factor = 1.0 / variance.sqrt();
    for ((v, s), b) in values.iter_mut().zip(scale).zip(shift) {
        *v = (*v - mean) * factor * s + b;
    }
}

/// A sum in sixteen lanes, the order of which does not depend on the machine.
fn sum(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (chunks, rest) = values.as_chunks::<16>();
    for chunk in chunks {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += term(v);
        }
    }
    for (lane, &v) in lanes.iter_mut().zip(rest) {
        *lane += term(v);
    }
    let mut width = 8;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Index of the greatest value, the first of equal ones; 0 for none.
pub(crate) fn first_greatest(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, &v) in values.iter().enumerate() {
        if v > values[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that look random and are the same in every run.
    fn values(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 23) as f32 - 1.0
            })
            .collect()
    }

    #[test]
    fn a_linear_layer_multiplies_windows() {
        let layer = Linear::new(&[1.0, 10.0, 0.0, 1.0], vec![0.5, 0.0]);
        let mut out = Vec::new();
        layer.apply(&[1.0, 2.0, 3.0], 1, 2, &mut out);
        assert_eq!(out, [21.5, 2.0, 32.5, 3.0]);
    }

    #[test]
    fn a_row_does_not_depend_on_the_other_rows_of_its_batch() {
        let (inputs, outputs) = (288, 288);
        let layer = Linear::new(&values(inputs * outputs, 1), values(outputs, 2));
        let input = values(96 * 300, 3);
        let mut whole = Vec::new();
        layer.apply(&input, 96, 290, &mut whole);
        for (first, rows) in [(0, 9), (3, 16), (100, 64), (17, 200)] {
            let mut part = Vec::new();
            layer.apply(&input[first * 96..], 96, rows, &mut part);
            assert_eq!(part, whole[first * outputs..(first + rows) * outputs], "{rows} rows from {first}");
        }
    }

    #[test]
    fn normalisation_gives_mean_zero_and_variance_one() {
        let mut v = values(96, 4);
        normalise(&mut v, &[1.0; 96], &[0.0; 96]);
        let mean = v.iter().sum::<f32>() / 96.0;
        let variance = v.iter().map(|x| x * x).sum::<f32>() / 96.0;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-5, "{mean} {variance}");
    }

    #[test]
    fn pieces_are_turned() {
        assert_eq!(pieces_first(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3, 2, 1), [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
    }

    #[test]
    fn the_first_of_equal_values_wins() {
        assert_eq!(first_greatest(&[1.0, 3.0, 3.0, 2.0]), 1);
        assert_eq!(first_greatest(&[]), 0);
    }
}

//! Word vectors without context: hash embeddings of a word's attributes and its static vector, mixed by a maxout layer
//! (spaCy's `MultiHashEmbed`).

use crate::hash::row_hashes;
use crate::lexeme::Lexeme;
use crate::matrix::Maxout;
use crate::model::{ModelError, Table, Tok2VecConfig, VectorRows, Weights};

/// Lexemes that are embedded in one matrix product. The size is fixed so that a lexeme's vector does not depend on the
/// company in which it was first met.
const BATCH: usize = 32;

/// What is embedded of a word.
#[derive(Debug, Clone, Copy)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Attribute {
    fn read(name: &str) -> Result<Self, ModelError> {
        Ok(match name {
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            other => {
                return Err(ModelError::table(
                    "model.safetensors",
                    format!("it embeds an unknown attribute {other:?}"),
                ));
            }
        })
    }

    /// The identifier that is hashed.
    fn of(self, form: &Form) -> u64 {
        match self {
            Self::Norm => form.lexeme.norm,
            Self::Prefix => form.lexeme.prefix,
            Self::Suffix => form.lexeme.suffix,
            Self::Shape => form.lexeme.shape,
            Self::Spacy => u64::from(form.space_after),
            Self::IsSpace => u64::from(form.lexeme.is_space),
        }
    }
}

/// A word as the networks see it without its neighbours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub lexeme: Lexeme,
    pub space_after: bool,
}

/// The embedding layer of one network.
#[derive(Debug)]
pub(crate) struct Embed {
    tables: Vec<(Attribute, u32, Table)>,
    vectors: Option<(VectorRows, Table)>,
    mix: Maxout,
}

impl Embed {
    /// Reads the layer of the network `prefix`.
    pub fn read(weights: &Weights<'_>, config: &Tok2VecConfig, prefix: &str) -> Result<Self, ModelError> {
        let mix = Maxout::read(weights, &format!("{prefix}.mix"))?;
        let tables = config
            .attributes
            .iter()
            .enumerate()
            .map(|(i, embed)| {
                let name = format!("{prefix}.embed.{i}");
                let table = weights.table(&name)?;
                if table.width != mix.width {
                    return Err(ModelError::tensor(&name, format!("width {} is not {}", table.width, mix.width)));
                }
                Ok((Attribute::read(&embed.attribute)?, embed.seed, table))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let vectors = if config.static_vectors {
            let name = format!("{prefix}.vectors");
            let table = weights.table(&name)?;
            if table.width != mix.width {
                return Err(ModelError::tensor(&name, format!("width {} is not {}", table.width, mix.width)));
            }
            let rows = weights
                .vector_rows(table.rows)?
                .ok_or_else(|| ModelError::tensor(VectorRows::KEYS, "the network needs it and it is not there"))?;
            Some((rows, table))
        } else {
            None
        };
        let inputs = mix.width * (tables.len() + usize::from(vectors.is_some()));
        if inputs != mix.inputs() {
            let reason = format!("{} inputs for {inputs} embedded values", mix.inputs());
            return Err(ModelError::tensor(&format!("{prefix}.mix.weight"), reason));
        }
        Ok(Self { tables, vectors, mix })
    }

    /// Width of the vectors.
    pub fn width(&self) -> usize {
        self.mix.width
    }

    /// Embeds forms and hands each vector to `take` with the index of its form. `bytes` are those of the weights.
    pub fn apply(&self, bytes: &[u8], forms: &[Form], mut take: impl FnMut(usize, &[f32])) {
        let (width, inputs) = (self.mix.width, self.mix.inputs());
        let mut concatenated = vec![0.0f32; BATCH * inputs];
        let mut product = Vec::new();
        for (batch, forms) in forms.chunks(BATCH).enumerate() {
            concatenated.fill(0.0);
            for (form, row) in forms.iter().zip(concatenated.chunks_exact_mut(inputs)) {
                let mut columns = row.chunks_exact_mut(width);
                for ((attribute, seed, table), column) in self.tables.iter().zip(&mut columns) {
                    for hash in row_hashes(attribute.of(form), *seed) {
                        table.add_row(bytes, hash as usize % table.rows, column);
                    }
                }
                if let (Some((rows, table)), Some(column)) = (&self.vectors, columns.next())
                    && let Some(found) = rows.get(bytes, form.lexeme.orth)
                {
                    table.add_row(bytes, found, column);
                }
            }
            self.mix.apply(&concatenated, inputs, BATCH, &mut product, |row, vector| {
                if row < forms.len() {
                    take(batch * BATCH + row, vector);
                }
            });
        }
    }
}

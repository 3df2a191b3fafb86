//! What is headline, body and boilerplate.

use demarche_record::Article;
use std::ops::Range;

/// The parts of an article, in the order of the text. Boilerplate is left out of the blocks.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Headlines and paragraphs that belong to the article.
    pub blocks: Vec<Block>,
}

/// A paragraph or headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the source text, without white space around.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// Sorts of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline, or a repetition of it.
    Title,
    /// A paragraph of the article.
    Paragraph,
}

impl Layout {
    /// Finds the parts of an article: one block a line that is not empty.
    pub fn of(article: &Article) -> Self {
        let mut blocks = Vec::new();
        let mut at = article.content.start;
        for line in article.text[article.content.clone()].split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            let end = start + line.trim().len();
            if start < end {
                blocks.push(Block { bytes: start..end, kind: BlockKind::Paragraph });
            }
            at += line.len();
        }
        Self { blocks }
    }
}

//! An article laid out and analysed: the common ground of all later stages.

use crate::layout::{Block, Layout};
use demarche_nlp::{Analysis, Entity, Pipeline, Token};
use demarche_record::{Article, SourceText, Span};
use std::ops::Range;

/// An article with its layout and one analysis of all its blocks.
///
/// Blocks (paragraphs, headlines) are analysed each by itself, so that no sentence runs over a block's border, and then
/// joined: token indices run through the whole article and token offsets are bytes of the *source text*.
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its text with the index from bytes to code points.
    pub source: SourceText<'a>,
    /// Headline, body blocks, boilerplate.
    pub layout: Layout,
    /// Tokens of all blocks; offsets in bytes of the source text.
    pub analysis: Analysis,
    /// Token range of each block of the layout, in the same order.
    pub block_tokens: Vec<Range<usize>>,
}

impl<'a> Document<'a> {
    /// Lays the article out and analyses its blocks.
    pub fn new(article: &'a Article, pipeline: &Pipeline) -> Self {
        let layout = Layout::of(article);
        let mut tokens: Vec<Token> = Vec::new();
        let mut sentences = Vec::new();
        let mut entities = Vec::new();
        let mut block_tokens = Vec::with_capacity(layout.blocks.len());
        for block in &layout.blocks {
            let first = tokens.len();
            let part = pipeline.analyze(&article.text[block.bytes.clone()]);
            tokens.extend(part.tokens().iter().cloned().map(|mut token| {
                token.start += block.bytes.start;
                token.end += block.bytes.start;
                token.head += first;
                token
            }));
            sentences.extend(part.sentences().iter().map(|s| s.start + first..s.end + first));
            entities.extend(
                part.entities()
                    .iter()
                    .map(|e| Entity { tokens: e.tokens.start + first..e.tokens.end + first, label: e.label }),
            );
            block_tokens.push(first..tokens.len());
        }
        let analysis = Analysis::new(article.text.clone(), tokens, sentences, entities);
        Self { article, source: SourceText::new(&article.text), layout, analysis, block_tokens }
    }

    /// The block that a token stands in.
    pub fn block_of(&self, token: usize) -> (usize, &Block) {
        let i = self.block_tokens.partition_point(|r| r.end <= token);
        (i, &self.layout.blocks[i])
    }

    /// The span that a run of tokens covers.
    ///
    /// # Panics
    /// When the run is empty.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.span_of_bytes(self.analysis.bytes(tokens))
    }

    /// The span of a range of bytes of the source.
    ///
    /// # Panics
    /// When the range is empty or cuts a character: offsets come from tokens, which do neither.
    pub fn span_of_bytes(&self, bytes: Range<usize>) -> Span {
        self.source.span_of_bytes(bytes).expect("offsets of tokens lie on characters of the source")
    }
}

//! Quotation marks paired over a whole article.

use crate::document::Document;
use std::ops::Range;

/// The quotations of an article, outermost only, in order.
#[derive(Debug, Clone, Default)]
pub struct Quotations {
    /// Each quotation.
    pub spans: Vec<Quotation>,
}

/// A quoted stretch. A quotation that runs over several paragraphs is one `Quotation` for each of them, with `continues` set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes of the source between the marks.
    pub inner: Range<usize>,
    /// Bytes with the marks.
    pub outer: Range<usize>,
    /// Tokens between the marks.
    pub tokens: Range<usize>,
    /// Index of the block it stands in.
    pub block: usize,
    /// Whether the next paragraph's quotation goes on with the same speech (no closing mark here).
    pub continues: bool,
}

impl Quotations {
    /// Pairs the marks of a document.
    pub fn of(_document: &Document) -> Self {
        Self::default()
    }

    /// The quotation that a token stands in.
    pub fn around(&self, token: usize) -> Option<&Quotation> {
        self.spans.iter().find(|q| q.tokens.contains(&token))
    }
}

//! Stretches of a source text, checked against it when they are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A stretch of a source text: offsets in Unicode code points (`start` inclusive, `end` exclusive) and the words there.
///
/// Only [`SourceText::span`] and [`SourceText::span_of_bytes`] make one, and both read the words from the source, so
/// `source[start..end] == text` holds by construction. A span that was read back from JSON is checked by
/// [`crate::validate`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    start: usize,
    end: usize,
    text: String,
}

impl Span {
    /// Offset of the first code point.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Offset after the last code point.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The words, as they stand in the source.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the two spans share a code point.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A stretch of the source without its words, for whole regions such as the body of an article. Code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Offset of the first code point.
    pub start: usize,
    /// Offset after the last code point.
    pub end: usize,
}

/// Why a span could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The range is empty, reversed or reaches past the end.
    #[error("no text at {start}..{end}: the source has {length} (in {unit}) and a span needs at least one")]
    OutOfBounds {
        /// Asked start.
        start: usize,
        /// Asked end.
        end: usize,
        /// Length of the source.
        length: usize,
        /// `code points` or `bytes`.
        unit: &'static str,
    },
    /// A byte offset falls inside a character.
    #[error("byte {offset} lies inside a character: give a character boundary")]
    NotABoundary {
        /// The offset.
        offset: usize,
    },
}

/// A text with an index that turns byte offsets into code-point offsets and back in constant time.
#[derive(Debug, Clone)]
pub struct SourceText<'a> {
    text: &'a str,
    /// Code points before each block of `BLOCK` bytes; empty when the text is ASCII and both offsets are the same.
    blocks: Vec<usize>,
    length: usize,
}

const BLOCK: usize = 64;

impl<'a> SourceText<'a> {
    /// Indexes `text`. One pass; eight bytes of index for each 64 bytes of text that is not plain ASCII.
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return Self { text, blocks: Vec::new(), length: text.len() };
        }
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut seen = 0;
        for (offset, byte) in text.bytes().enumerate() {
            if offset % BLOCK == 0 {
                blocks.push(seen);
            }
            seen += usize::from(is_char_start(byte));
        }
        Self { text, blocks, length: seen }
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Number of code points.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The code-point offset of a byte offset. An offset inside a character counts as that of the next character;
    /// one past the end as the end.
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.blocks.is_empty() {
            return byte;
        }
        if byte == self.text.len() {
            return self.length;
        }
        let block = byte / BLOCK;
        let head = &self.text.as_bytes()[block * BLOCK..byte];
        self.blocks[block] + head.iter().filter(|&&b| is_char_start(b)).count()
    }

    /// The byte offset of a code-point offset; the end for one past the end.
    pub fn byte(&self, code_point: usize) -> usize {
        if code_point >= self.length {
            return self.text.len();
        }
        if self.blocks.is_empty() {
            return code_point;
        }
        let block = self.blocks.partition_point(|&before| before <= code_point) - 1;
        let mut left = code_point - self.blocks[block];
        for (i, &b) in self.text.as_bytes()[block * BLOCK..].iter().enumerate() {
            if is_char_start(b) {
                if left == 0 {
                    return block * BLOCK + i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    /// The span at a range of code points.
    ///
    /// # Errors
    /// When the range is empty or reaches past the end.
    pub fn span(&self, range: Range<usize>) -> Result<Span, SpanError> {
        if range.start >= range.end || range.end > self.length {
            return Err(SpanError::OutOfBounds {
                start: range.start,
                end: range.end,
                length: self.length,
                unit: "code points",
            });
        }
        let text = self.text[self.byte(range.start)..self.byte(range.end)].to_owned();
        Ok(Span { start: range.start, end: range.end, text })
    }

    /// The span at a range of bytes.
    ///
    /// # Errors
    /// When the range is empty, reaches past the end or cuts a character.
    pub fn span_of_bytes(&self, range: Range<usize>) -> Result<Span, SpanError> {
        if range.start >= range.end || range.end > self.text.len() {
            return Err(SpanError::OutOfBounds {
                start: range.start,
                end: range.end,
                length: self.text.len(),
                unit: "bytes",
            });
        }
        for offset in [range.start, range.end] {
            if !self.text.is_char_boundary(offset) {
                return Err(SpanError::NotABoundary { offset });
            }
        }
        let text = self.text[range.clone()].to_owned();
        Ok(Span { start: self.code_point(range.start), end: self.code_point(range.end), text })
    }

    /// The region at a range of bytes, which may be empty.
    pub fn region_of_bytes(&self, range: Range<usize>) -> Region {
        Region { start: self.code_point(range.start), end: self.code_point(range.end) }
    }
}

fn is_char_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn offsets_count_code_points() {
        let source = SourceText::new("“Да”, said Łukasz.");
        let span = source.span_of_bytes(17..24).unwrap();
        assert_eq!((span.start(), span.end(), span.text()), (11, 17, "Łukasz"));
        assert_eq!(source.span(11..17).unwrap(), span);
    }

    #[test]
    fn an_empty_or_cut_range_is_refused() {
        let source = SourceText::new("né");
        assert!(matches!(source.span(1..1), Err(SpanError::OutOfBounds { .. })));
        assert!(matches!(source.span(0..3), Err(SpanError::OutOfBounds { .. })));
        assert!(matches!(source.span_of_bytes(0..2), Err(SpanError::NotABoundary { offset: 2 })));
    }

    proptest! {
        #[test]
        fn byte_and_code_point_offsets_are_inverse(text in "\\PC{0,300}") {
            let source = SourceText::new(&text);
            prop_assert_eq!(source.len(), text.chars().count());
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(source.code_point(byte), n);
                prop_assert_eq!(source.byte(n), byte);
            }
        }

        #[test]
        fn a_span_reads_what_it_says(text in "\\PC{1,120}", a in 0usize..130, b in 0usize..130) {
            let source = SourceText::new(&text);
            if let Ok(span) = source.span(a..b) {
                let read: String = text.chars().skip(a).take(b - a).collect();
                prop_assert_eq!(span.text(), read);
            }
        }
    }
}

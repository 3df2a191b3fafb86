//! An article laid out and analysed: the common ground of all later stages.

use crate::layout::{Block, Layout};
use demarche_nlp::{Analysis, Entity, Pipeline, Token};
use demarche_record::{Article, SourceText, Span};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// An article with its layout and one analysis of all its blocks.
///
/// Blocks (paragraphs, headlines) are analysed each by itself, so that no sentence runs over a block's border, and then
/// joined: token indices run through the whole article and token offsets are bytes of the *source text*. What is analysed
/// is a tidied copy of the block (see [`Tidied`]), so a token may cover source bytes that the parser did not see: marks of
/// Markdown, the brackets of an inserted word, a line break.
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
            let tidied = Tidied::of(&article.text, block.bytes.clone());
            let part = pipeline.analyze(&tidied.text);
            tokens.extend(part.tokens().iter().cloned().map(|mut token| {
                let source = tidied.source(token.start..token.end);
                token.start = source.start;
                token.end = source.end;
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

/// A copy of a stretch of text in the typography that the parser was trained on, with the way back to the source.
///
/// Runs of white space (line breaks of hard-wrapped text, no-break and doubled spaces) become one space; invisible
/// characters and Markdown's marks go; so do the square brackets around an editor's words ("President [Biden]"), and
/// the marks of a cut in pointed brackets.
struct Tidied {
    text: String,
    /// For each byte of `text`, its byte in the source.
    from: Vec<usize>,
}

impl Tidied {
    fn of(source: &str, bytes: Range<usize>) -> Self {
        let part = &source[bytes.clone()];
        let dropped = dropped(part);
        let mut text = String::with_capacity(part.len());
        let mut from = Vec::with_capacity(part.len());
        let mut next_dropped = dropped.iter().peekable();
        for (at, c) in part.char_indices() {
            while next_dropped.peek().is_some_and(|d| d.end <= at) {
                next_dropped.next();
            }
            if next_dropped.peek().is_some_and(|d| d.start <= at) || is_invisible(c) {
                continue;
            }
            // A no-break space as YAML escapes it.
            let escaped = c == '\\' && source[bytes.start + at..bytes.end].starts_with("\\_");
            if c == '_' && part[..at].ends_with('\\') {
                continue;
            }
            if c.is_whitespace() || escaped {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                    from.push(bytes.start + at);
                }
                continue;
            }
            text.push(c);
            from.extend((0..c.len_utf8()).map(|i| bytes.start + at + i));
        }
        Self { text, from }
    }

    fn source(&self, bytes: Range<usize>) -> Range<usize> {
        self.from[bytes.start]..self.from[bytes.end - 1] + 1
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
        || c.is_control() && !c.is_whitespace()
}

/// What the parser need not see of a block, in order.
fn dropped(part: &str) -> Vec<Range<usize>> {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"!?(?P<open>\[)[^\[\]\n]*(?P<link>\]\([^()\s]*(?:\s[^()]*)?\))", // a link of Markdown
            r"|(?P<left>\[)[^\[\]]*\p{L}[^\[\]]*(?P<right>\])",               // an editor's words
            r"|(?P<cut><\s*(?:…|\.\.\.)\s*>)",
            r"|(?P<strong>\*{2,3}|__)",
            r"|(?P<tag></?(?:b|i|em|strong|u|p|br|span|a|sup|sub)(?:\s[^<>]*)?/?>)",
        ))
        .expect("a fixed pattern")
    });
    if !part.contains(['[', '<', '*', '_']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for marks in MARKS.captures_iter(part) {
        for name in ["open", "link", "left", "right", "cut", "strong", "tag"] {
            found.extend(marks.name(name).map(|m| m.range()));
        }
    }
    // Single stars and underscores at the border of a word are emphasis.
    let bytes = part.as_bytes();
    for (at, _) in part.match_indices(['*', '_']) {
        let before = at.checked_sub(1).map(|i| bytes[i]);
        let after = bytes.get(at + 1);
        let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        if word(before.as_ref()) != word(after) && before != Some(bytes[at]) && after != Some(&bytes[at]) {
            found.push(at..at + 1);
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tidied_copy_leads_back_to_the_source() {
        let source = "x **President\u{a0} [Biden]**\nmet  [him](http://a.b/c) in _Bern_ <…> today.";
        let tidied = Tidied::of(source, 2..source.len());
        assert_eq!(tidied.text, "President Biden met him in Bern today.");
        let at = tidied.text.find("Biden").expect("it is there");
        assert_eq!(&source[tidied.source(at..at + 5)], "Biden");
        assert_eq!(&source[tidied.source(0..at + 5)], "President\u{a0} [Biden");
    }

    #[test]
    fn brackets_without_words_stay() {
        assert_eq!(Tidied::of("so [...] on [1]", 0..15).text, "so [...] on [1]");
    }
}

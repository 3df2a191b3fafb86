//! spaCy's tokenizer for English: white space, then exceptions, prefixes, suffixes, infixes and URLs in each chunk.
//!
//! The algorithm is that of `spacy/tokenizer.pyx` 3.8. A chunk (a run without white space) that is an exception is split as
//! the table says. Else prefixes and suffixes are taken off until none is left or the rest is an exception; a rest that is
//! a URL stays whole, another is split at its infixes. At last, tokens that together spell an exception which the rules
//! have torn apart (`:` `)`) become what the table says. The text is never altered.

use crate::affix::{infixes, prefix_length, suffix_length};
use crate::hash::string_id;
use crate::lexeme::is_space;
use crate::url::is_url;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// A token of the text before it is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset after its last character.
    pub end: usize,
    /// Whether a space follows it, which belongs to no token.
    pub space_after: bool,
    /// Identifier of the norm that an exception gives to it ("ca" in "can't" has the norm "can").
    pub(crate) norm: Option<u64>,
}

/// A tokenizer table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenizerError {
    /// The table is not JSON of the expected form.
    #[error("not a table of patterns and exceptions: {0}")]
    Json(#[from] serde_json::Error),
    /// The patterns of the model are not those of spaCy's English models 3.8, which this crate has as code.
    #[error(
        "the model's tokenizer patterns are not those of spaCy's English models 3.8, which this version has as code"
    )]
    Patterns,
    /// The tokens of an exception do not spell it.
    #[error("the tokens of the exception {0:?} do not spell it")]
    Exception(String),
}

/// Identifier of the patterns that the rules in code were written from: prefix_search, suffix_search, infix_finditer and
/// url_match of the English models 3.8, joined by line ends.
const PATTERNS: u64 = 0xbf47_eacd_8000_98ff;

/// The table as it is stored.
#[derive(Deserialize)]
struct Table {
    prefix_search: String,
    suffix_search: String,
    infix_finditer: String,
    url_match: String,
    /// A pattern of tokens that stay whole, which English does not have.
    token_match: Option<String>,
    /// Chunks and the tokens that they become.
    exceptions: BTreeMap<String, Vec<StoredPart>>,
}

#[derive(Deserialize)]
struct StoredPart {
    orth: String,
    norm: Option<String>,
}

impl Table {
    fn has_known_patterns(&self) -> bool {
        let patterns = [&*self.prefix_search, &self.suffix_search, &self.infix_finditer, &self.url_match];
        self.token_match.is_none() && string_id(&patterns.join("\n")) == PATTERNS
    }
}

/// A part of an exception: its length in bytes and its norm.
type Part = (usize, Option<u64>);

/// An exception that the affix rules tear apart: its tokens after the first.
type Torn = Box<[Box<str>]>;

/// Splits text into the tokens that the models were trained on.
///
/// It has no state that changes: one tokenizer serves any number of threads.
#[derive(Debug, Clone)]
pub struct Tokenizer {
    exceptions: Exceptions,
    /// Exceptions that the affix rules tear apart, by their first token.
    torn: FxHashMap<Box<str>, Vec<Torn>>,
}

impl Tokenizer {
    /// Reads the model's `tokenizer.json`: its patterns, which must be those that this crate has as code, and its exceptions.
    ///
    /// # Errors
    /// When the table has another form, belongs to other rules, or has an exception whose tokens do not spell it.
    pub(crate) fn from_json(table: &[u8]) -> Result<Self, TokenizerError> {
        let table: Table = serde_json::from_slice(table)?;
        if !table.has_known_patterns() {
            return Err(TokenizerError::Patterns);
        }
        let mut exceptions = Exceptions::default();
        for (chunk, parts) in &table.exceptions {
            if parts.iter().map(|part| part.orth.as_str()).collect::<String>() != *chunk {
                return Err(TokenizerError::Exception(chunk.clone()));
            }
            let parts: Box<[Part]> =
                parts.iter().map(|part| (part.orth.len(), part.norm.as_deref().map(string_id))).collect();
            exceptions.insert(chunk, parts);
        }
        let mut torn: FxHashMap<Box<str>, Vec<Torn>> = FxHashMap::default();
        for chunk in table.exceptions.keys() {
            if prefix_length(chunk) == 0 && suffix_length(chunk) == 0 && infixes(chunk).is_empty() {
                continue;
            }
            let mut words = Vec::new();
            split_chunk(&Exceptions::default(), chunk, 0, &mut words);
            let mut tokens = words.iter().map(|w| Box::from(&chunk[w.start..w.end]));
            if let Some(first) = tokens.next() {
                torn.entry(first).or_default().push(tokens.collect());
            }
        }
        Ok(Self { exceptions, torn })
    }

    /// The tokens of a text, in order. With the spaces that `space_after` tells of they make up the text.
    pub fn tokenize(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 5 + 1);
        // Chunks are runs with or without white space; of white space after a word, the first space belongs to no token.
        let mut start = 0;
        while start < text.len() {
            let rest = &text[start..];
            let space = rest.starts_with(is_space);
            let end = start + rest.find(|c| is_space(c) != space).unwrap_or(rest.len());
            split_chunk(&self.exceptions, &text[start..end], start, &mut words);
            start = end;
            if !space && text[end..].starts_with(' ') {
                if let Some(last) = words.last_mut() {
                    last.space_after = true;
                }
                start = end + 1;
            }
        }
        self.mend(text, words)
    }

    /// Replaces tokens that together spell an exception by what the table says.
    fn mend(&self, text: &str, words: Vec<Word>) -> Vec<Word> {
        let token = |i: usize| words.get(i).map(|w| &text[w.start..w.end]);
        let mut found: Vec<Range<usize>> = Vec::new();
        for i in 0..words.len() {
            for rest in token(i).and_then(|first| self.torn.get(first)).into_iter().flatten() {
                if rest.iter().enumerate().all(|(k, part)| token(i + 1 + k) == Some(part)) {
                    found.push(i..i + 1 + rest.len());
                }
            }
        }
        if found.is_empty() {
            return words;
        }
        // The longest first, of equal ones the first; what overlaps one that was taken, or that was not, is left out.
        found.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
        let mut seen = vec![false; words.len()];
        let mut taken: Vec<Range<usize>> = Vec::new();
        for range in found {
            if !seen[range.start] && !seen[range.end - 1] {
                taken.push(range.clone());
            }
            seen[range].fill(true);
        }
        taken.sort_by_key(|range| range.start);
        let mut mended = Vec::with_capacity(words.len());
        let mut done = 0;
        for range in taken {
            let (first, last) = (words[range.start], words[range.end - 1]);
            mended.extend_from_slice(&words[done..range.start]);
            match self.exceptions.get(&text[first.start..last.end]) {
                Some(parts) => {
                    push_parts(parts, first.start, &mut mended);
                    if let Some(word) = mended.last_mut() {
                        word.space_after = last.space_after;
                    }
                }
                // The same tokens with white space between them.
                None => mended.extend_from_slice(&words[range.clone()]),
            }
            done = range.end;
        }
        mended.extend_from_slice(&words[done..]);
        mended
    }
}

/// Chunks that are split as a table says.
#[derive(Debug, Clone, Default)]
struct Exceptions {
    parts: FxHashMap<Box<str>, Box<[Part]>>,
    /// Length of the longest one in bytes.
    longest: usize,
}

impl Exceptions {
    fn insert(&mut self, chunk: &str, parts: Box<[Part]>) {
        self.longest = self.longest.max(chunk.len());
        self.parts.insert(chunk.into(), parts);
    }

    fn get(&self, chunk: &str) -> Option<&[Part]> {
        if chunk.len() > self.longest { None } else { self.parts.get(chunk).map(|parts| &**parts) }
    }
}

/// Splits a chunk of the text that begins at byte `offset`.
fn split_chunk(exceptions: &Exceptions, chunk: &str, offset: usize, words: &mut Vec<Word>) {
    let mut rest = 0..chunk.len();
    let mut suffixes: Vec<Range<usize>> = Vec::new();
    while !rest.is_empty() {
        let text = &chunk[rest.clone()];
        if let Some(parts) = exceptions.get(text) {
            push_parts(parts, offset + rest.start, words);
            rest = rest.end..rest.end;
            break;
        }
        let prefix = rest.start..rest.start + prefix_length(text);
        if !prefix.is_empty() && exceptions.get(&chunk[prefix.end..rest.end]).is_some() {
            push(words, offset, prefix.clone());
            rest.start = prefix.end;
            continue;
        }
        let suffix = rest.end - suffix_length(&chunk[prefix.end..rest.end])..rest.end;
        if !suffix.is_empty() && exceptions.get(&chunk[rest.start..suffix.start]).is_some() {
            rest.end = suffix.start;
            suffixes.push(suffix);
            continue;
        }
        if prefix.is_empty() && suffix.is_empty() {
            break;
        }
        if !prefix.is_empty() {
            push(words, offset, prefix.clone());
            rest.start = prefix.end;
        }
        if !suffix.is_empty() {
            rest.end = suffix.start;
            suffixes.push(suffix);
        }
    }
    if !rest.is_empty() {
        split_inside(&chunk[rest.clone()], offset + rest.start, words);
    }
    for suffix in suffixes.into_iter().rev() {
        push(words, offset, suffix);
    }
}

/// Splits what is left of a chunk at its infixes, unless it is a URL.
fn split_inside(text: &str, offset: usize, words: &mut Vec<Word>) {
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) || is_url(text) {
        return push(words, offset, 0..text.len());
    }
    let mut start = 0;
    for infix in infixes(text) {
        // An infix at the front is no infix.
        if infix.start == 0 {
            continue;
        }
        push(words, offset, start..infix.start);
        push(words, offset, infix.clone());
        start = infix.end;
    }
    push(words, offset, start..text.len());
}

fn push(words: &mut Vec<Word>, offset: usize, range: Range<usize>) {
    if !range.is_empty() {
        words.push(Word { start: offset + range.start, end: offset + range.end, space_after: false, norm: None });
    }
}

fn push_parts(parts: &[Part], mut start: usize, words: &mut Vec<Word>) {
    for &(length, norm) in parts {
        words.push(Word { start, end: start + length, space_after: false, norm });
        start += length;
    }
}

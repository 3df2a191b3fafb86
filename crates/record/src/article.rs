//! An article as it was read, before anything is understood.

use crate::types::{Diagnostic, Published};
use std::ops::Range;

/// An article to be read: its text and what is known of it from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Path or URL, as it was given.
    pub source: String,
    /// The whole source text; all offsets of the record count from its start.
    pub text: String,
    /// Bytes of `text` that hold the article: all of it, or what follows the front matter.
    pub content: Range<usize>,
    /// Headline from metadata. Without one it is looked for in the text.
    pub title: Option<String>,
    /// Publisher from metadata.
    pub publisher: Option<String>,
    /// Where the article stands on the web.
    pub url: Option<String>,
    /// The date from option or metadata, if any.
    pub published: Published,
    /// Whether the record shall carry the text.
    pub with_text: bool,
    /// Oddities met while reading the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Article {
    /// An article of which nothing but the text is known.
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            source: source.into(),
            content: 0..text.len(),
            text,
            title: None,
            publisher: None,
            url: None,
            published: Published::default(),
            with_text: false,
            diagnostics: Vec::new(),
        }
    }

    /// The id of the article: a digest of its text, so that the same text has the same id wherever it lies.
    pub fn id(&self) -> String {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(self.text.as_bytes());
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("doc:{hex}")
    }
}

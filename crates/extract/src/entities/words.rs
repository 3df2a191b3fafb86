//! Words of an article as the tables know them: lower case, singular; the titles among them.

use super::titles::{self, Title};
use crate::document::Document;
use demarche_nlp::{Analysis, Tag};

/// The tokens of a document in lower case and, for plural nouns, in the singular.
pub struct Words<'d> {
    analysis: &'d Analysis,
    singular: Vec<String>,
}

impl<'d> Words<'d> {
    /// Of a document.
    pub fn of(document: &'d Document) -> Self {
        let analysis = &document.analysis;
        let singular = (0..analysis.len()).map(|i| {
            let token = &analysis[i];
            let lower = analysis.word(i).to_lowercase().replace('’', "'");
            match token.tag {
                Tag::Nns => token.lemma.to_lowercase(),
                Tag::Nnps => match lower.strip_suffix('s') {
                    Some(one) if titles::of_word(one).is_some() => one.to_owned(),
                    _ => lower,
                },
                _ => lower,
            }
        });
        Self { analysis, singular: singular.collect() }
    }

    /// A token in lower case and singular.
    pub fn get(&self, token: usize) -> &str {
        &self.singular[token]
    }

    /// The longest title whose last word is this token, not reaching before `from`: its first token and itself.
    pub fn title_ending(&self, token: usize, from: usize) -> Option<(usize, Title)> {
        let (length, title) = titles::ending(|back| {
            let i = token.checked_sub(back)?;
            (i >= from).then(|| self.singular[i].as_str())
        })?;
        Some((token + 1 - length, title))
    }

    /// The end of the longest title that starts at a token.
    pub fn title_starting(&self, token: usize, until: usize) -> Option<(usize, Title)> {
        (token..until.min(token + 5)).rev().find_map(|last| {
            let (first, title) = self.title_ending(last, token)?;
            (first == token).then_some((last + 1, title))
        })
    }

    pub(super) fn is_capitalised(&self, token: usize) -> bool {
        self.analysis.word(token).starts_with(char::is_uppercase)
    }
}

//! Dictionary forms by rules and tables (spaCy's English lemmatizer in mode `rule`).

use crate::attribute_ruler::lower_case;
use crate::labels::Pos;
use crate::lexeme::is_alphabetic;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Tables of the lemmatizer that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LemmatizerError {
    /// The tables are not JSON of the expected form.
    #[error("not the tables of a rule lemmatizer: {0}")]
    Json(#[from] serde_json::Error),
    /// A table is of no part of speech.
    #[error("a table of the lemmatizer is of {0:?}, which is no part of speech")]
    Pos(String),
}

#[derive(Deserialize)]
struct StoredTables {
    lemma_rules: BTreeMap<String, Vec<(String, String)>>,
    lemma_exc: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    lemma_index: BTreeMap<String, Vec<Box<str>>>,
}

/// What is known of the words of one part of speech.
#[derive(Debug, Default)]
struct Tables {
    /// Endings and what stands for them in the dictionary form.
    rules: Vec<(String, String)>,
    /// Irregular forms.
    exceptions: FxHashMap<String, Vec<String>>,
    /// Dictionary forms.
    index: FxHashSet<Box<str>>,
}

/// Finds the dictionary form of a word whose part of speech is known.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    /// By number of the part of speech.
    tables: Vec<Option<Tables>>,
}

impl Lemmatizer {
    /// Reads the model's `lemmatizer.json`.
    ///
    /// # Errors
    /// When the tables have another form or are of an unknown part of speech.
    pub(crate) fn from_json(tables: &[u8]) -> Result<Self, LemmatizerError> {
        let stored: StoredTables = serde_json::from_slice(tables)?;
        let mut lemmatizer = Self { tables: Pos::ALL.iter().map(|_| None).collect() };
        for (pos, rules) in stored.lemma_rules {
            lemmatizer.tables_of(&pos)?.rules = rules;
        }
        for (pos, exceptions) in stored.lemma_exc {
            lemmatizer.tables_of(&pos)?.exceptions = exceptions.into_iter().collect();
        }
        for (pos, index) in stored.lemma_index {
            lemmatizer.tables_of(&pos)?.index = index.into_iter().collect();
        }
        Ok(lemmatizer)
    }

    fn tables_of(&mut self, pos: &str) -> Result<&mut Tables, LemmatizerError> {
        let pos: Pos = pos.to_uppercase().parse().map_err(|_| LemmatizerError::Pos(pos.to_owned()))?;
        Ok(self.tables[pos as usize].get_or_insert_default())
    }

    /// The dictionary form of a word with this part of speech and these morphological features (`Number=Plur`).
    pub(crate) fn lemma(&self, word: &str, pos: Pos, morph: &str) -> Box<str> {
        let lower = lower_case(word);
        if matches!(pos, Pos::None | Pos::Space) || is_base_form(pos, morph) {
            return lower.into();
        }
        let Some(tables) = &self.tables[pos as usize] else {
            return if pos == Pos::Propn { word.into() } else { lower.into() };
        };
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for (ending, replacement) in &tables.rules {
            let Some(stem) = lower.strip_suffix(ending.as_str()) else { continue };
            let form = format!("{stem}{replacement}");
            if form.is_empty() {
                continue;
            }
            if tables.index.contains(form.as_str()) {
                forms.insert(0, form);
            } else if !form.chars().all(is_alphabetic) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        for form in tables.exceptions.get(&*lower).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms.into_iter().next().or(unknown).map_or_else(|| word.into(), String::into_boxed_str)
    }
}

/// Whether a word with these features is its own dictionary form.
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='));
    let verb_form = feature("VerbForm");
    match pos {
        Pos::Noun if feature("Number") == Some("Sing") => true,
        Pos::Verb if verb_form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none() => {
            true
        }
        _ => matches!(verb_form, Some("Inf" | "None")) || feature("Degree") == Some("Pos"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &[u8] = br#"{
        "lemma_rules": {"noun": [["s", ""], ["ses", "s"], ["ies", "y"]], "verb": [["ed", "e"], ["ed", ""], ["ing", ""]],
                        "punct": [["\u201c", "\""]]},
        "lemma_exc": {"verb": {"met": ["meet"], "lay": ["lie", "lay"]}},
        "lemma_index": {"noun": ["ally", "talk"], "verb": ["meet", "agree", "lay"]}
    }"#;

    fn lemma(word: &str, pos: Pos, morph: &str) -> String {
        Lemmatizer::from_json(TABLES).expect("the tables are well formed").lemma(word, pos, morph).into()
    }

    #[test]
    fn rules_exceptions_and_index_give_the_form() {
        assert_eq!(lemma("allies", Pos::Noun, "Number=Plur"), "ally");
        assert_eq!(lemma("Talks", Pos::Noun, "Number=Plur"), "talk");
        assert_eq!(lemma("met", Pos::Verb, "Tense=Past|VerbForm=Fin"), "meet");
        assert_eq!(lemma("agreed", Pos::Verb, "Tense=Past|VerbForm=Fin"), "agree");
        assert_eq!(lemma("\u{201c}", Pos::Punct, ""), "\"");
    }

    #[test]
    fn the_last_of_several_exceptions_comes_first() {
        assert_eq!(lemma("lay", Pos::Verb, "Tense=Past|VerbForm=Fin"), "lay");
    }

    #[test]
    fn an_unknown_word_takes_the_first_rule_and_else_stays() {
        assert_eq!(lemma("blorped", Pos::Verb, "Tense=Past|VerbForm=Fin"), "blorpe");
        assert_eq!(lemma("Blorp", Pos::Verb, "Tense=Past|VerbForm=Fin"), "Blorp");
    }

    #[test]
    fn base_forms_and_parts_of_speech_without_tables_are_only_lowered() {
        assert_eq!(lemma("Lens", Pos::Noun, "Number=Sing"), "lens");
        assert_eq!(lemma("Sing", Pos::Verb, "VerbForm=Inf"), "sing");
        assert_eq!(lemma("The", Pos::Det, ""), "the");
        assert_eq!(lemma("Kyiv", Pos::Propn, "Number=Sing"), "Kyiv");
    }
}

//! The corrections that a store's owner keeps beside its records.

use crate::error::{Kind, StoreError};
use crate::kept;
use crate::lookup::like_key;
use crate::store::Store;
use crate::view::Grounds;
use demarche_resolve::{Action, Correction, Corrections, Reference};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands at the head of a new file of corrections.
const HEADING: &str = "\
# What is to be read otherwise than the articles and the rules have it; applied at every build.
# [[same]] and [[different]] name things = [\"person/…\", \"person/…\"], [[drop]] names a thing = \"…\",
# [[rename]] gives a thing another name, [[set]] another status, mode, place, when, speaker, country or identifier.
";

impl Store {
    /// Where the corrections are kept: `corrections.toml` in the store's folder, or the file that
    /// [`Store::keep_corrections_in`] has named.
    pub fn corrections_file(&self) -> PathBuf {
        self.folder().corrections()
    }

    /// From now on the corrections of this store are those of another file, one that is kept with the articles, say.
    ///
    /// # Errors
    /// When there is no such file, another process writes, or the disk fails.
    pub fn keep_corrections_in(&mut self, file: &Path) -> Result<(), StoreError> {
        let file = fs::canonicalize(file).map_err(StoreError::at(file))?;
        self.folder_mut().keep_corrections_in(&file)
    }

    /// The corrections; none where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read; the message has the lines and what is wrong there.
    pub fn corrections(&self) -> Result<Corrections, StoreError> {
        let file = self.corrections_file();
        match self.folder().read_corrections()? {
            Some(text) => parse(&text, &file),
            None => Ok(Corrections::default()),
        }
    }

    /// A sentence with file and line for each correction that meets nothing in the articles, and what may be meant.
    ///
    /// # Errors
    /// When records or corrections cannot be read.
    pub fn idle_corrections(&self) -> Result<Vec<String>, StoreError> {
        let corrections = self.corrections()?;
        let is_kept = || Ok::<_, StoreError>(kept::idle(self.folder(), &Grounds::of(self.folder(), self.names())?));
        if corrections.is_empty() || is_kept()?.is_some_and(|idle| idle.is_empty()) {
            return Ok(Vec::new());
        }
        let corpus = self.corpus()?;
        let file = self.corrections_file();
        let idle = corpus.idle_corrections.iter().filter_map(|number| corrections.entries().get(*number));
        let warnings = idle.map(|correction| {
            let line = correction.line.unwrap_or_default();
            let hints: Vec<String> = things(&correction.action)
                .iter()
                .filter(|thing| corpus.label(&thing.key).is_none())
                .map(|thing| format!("{thing}: {}", like_key(&corpus, &thing.key)))
                .collect();
            let hint = match hints.is_empty() {
                true => "`demarche explain` tells what things are called".to_owned(),
                false => hints.join("; "),
            };
            format!("{}:{line}: warning: this meets nothing in the articles; {hint}", file.display())
        });
        Ok(warnings.collect())
    }

    /// Adds corrections at the end of the file, which is made if it is not there. What stands in it stays as it is, comments
    /// and all. All are added or none; the graph follows with [`Store::commit`].
    ///
    /// # Errors
    /// When one contradicts another or the file's, another process writes, or the disk fails.
    pub fn correct<'c>(&mut self, corrections: impl IntoIterator<Item = &'c Correction>) -> Result<(), StoreError> {
        self.lock()?;
        let file = self.corrections_file();
        let mut text = self.folder().read_corrections()?.unwrap_or_else(|| HEADING.to_owned());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for correction in corrections {
            text.push_str(&correction.to_string());
        }
        parse(&text, &file)?;
        // A link goes on leading where it led.
        let file = fs::canonicalize(&file).unwrap_or(file);
        self.folder().write_whole(&file, text.as_bytes())?;
        self.forget_graph();
        Ok(())
    }
}

fn parse(text: &str, file: &Path) -> Result<Corrections, StoreError> {
    let name = file.display().to_string();
    Ok(Corrections::parse(text, &name).map_err(|error| Kind::Corrections(error.to_string()))?)
}

/// What a correction is about.
pub(crate) fn things(action: &Action) -> &[Reference] {
    match action {
        Action::Same(things) | Action::Different(things) => things,
        Action::Drop(thing) | Action::Rename { thing, .. } | Action::Set { thing, .. } => std::slice::from_ref(thing),
    }
}

//! Which articles a store has read before just as they are, so that they need not be read again.

use crate::file::write_whole;
use anyhow::{Context, Result};
use demarche_graph::Store;
use demarche_record::{Article, Record};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What articles were read from and what came of it, by their paths: digests of the article with all that was known of it and
/// of the command that read it, and of the record.
type Known = BTreeMap<String, (String, String)>;

/// Knows of a store's articles what they were read from. It is kept in the store's folder and can be thrown away: then all
/// articles are read again.
pub(crate) struct Unchanged {
    file: PathBuf,
    /// A digest of the command and of the language model.
    reader: Sha256,
    store: Store,
    known: Known,
    met: Mutex<Known>,
}

impl Unchanged {
    /// Opens what is known of a store. What is missing or damaged is nothing known.
    pub(crate) fn open(store: &Path, model: Option<&Path>) -> Result<Self> {
        let file = store.join("read.json");
        let known = fs::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        let reader = reader(model)?;
        Ok(Self { file, reader, store: Store::open(store)?, known, met: Mutex::default() })
    }

    /// Whether the store has the record that this article would give.
    pub(crate) fn has(&self, article: &Article) -> bool {
        let digest = self.digest(article);
        let record = self.known.get(&article.source).filter(|(read, _)| *read == digest).map(|(_, record)| record);
        let is_there = record.is_some_and(|known| {
            // A record that cannot be read is made good by reading the article.
            let stored = self.store.record(&article.id()).ok().flatten();
            stored.is_some_and(|stored| of_record(&stored).is_ok_and(|digest| digest == *known))
        });
        let record = if is_there { record.cloned().unwrap_or_default() } else { String::new() };
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        met.insert(article.source.clone(), (digest, record));
        is_there
    }

    /// Notes what came of an article.
    pub(crate) fn note(&self, record: &Record) -> Result<()> {
        let digest = of_record(record)?;
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        met.entry(record.source.clone()).and_modify(|(_, record)| *record = digest);
        Ok(())
    }

    /// Keeps what is known by now.
    pub(crate) fn keep(self) -> Result<()> {
        let mut known = self.known.clone();
        known.extend(self.met.into_inner().unwrap_or_else(PoisonError::into_inner));
        if known == self.known {
            return Ok(());
        }
        write_whole(&self.file, |out| {
            serde_json::to_writer(&mut *out, &known)?;
            Ok(out.write_all(b"\n")?)
        })
    }

    /// All that a record hangs on: the article's text and what is known of it, who reads it.
    fn digest(&self, article: &Article) -> String {
        let mut hasher = self.reader.clone();
        hasher.update(format!("{article:?}"));
        hex(hasher)
    }
}

/// Whatever else the command does, another build of it may read otherwise; so may another model.
fn reader(model: Option<&Path>) -> Result<Sha256> {
    let mut hasher = Sha256::new();
    let command = std::env::current_exe().context("the command does not know where it lies")?;
    hasher.update(fs::read(&command).with_context(|| format!("{}: cannot be read", command.display()))?);
    if let Some(folder) = model {
        let unreadable = || format!("{}: cannot be read", folder.display());
        let files = fs::read_dir(folder).with_context(unreadable)?.map(|entry| Ok(entry?.path()));
        let mut files = files.collect::<std::io::Result<Vec<PathBuf>>>().with_context(unreadable)?;
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            hasher.update(fs::read(file).with_context(unreadable)?);
        }
    }
    Ok(hasher)
}

fn of_record(record: &Record) -> Result<String> {
    Ok(hex(Sha256::new().chain_update(serde_json::to_vec(record)?)))
}

fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

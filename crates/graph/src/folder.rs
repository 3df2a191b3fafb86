//! The folder of a store: what lies in it and how it is written.

use crate::error::{Kind, StoreError};
use crate::namespace::{Namespace, hyphenated};
use demarche_record::Record;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The version of the folder's layout.
const FORMAT: &str = "demarche-store/1";

/// What `store.json` says.
#[derive(Serialize, Deserialize)]
struct Marker {
    format: String,
    base: String,
}

/// A store's folder.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Held by the one process that writes.
    lock: Option<File>,
}

impl Folder {
    /// Makes a new store's folder. An existing one must be empty.
    pub fn create(path: &Path, names: &Namespace) -> Result<Self, StoreError> {
        if path.exists() {
            let mut entries = fs::read_dir(path).map_err(StoreError::at(path))?;
            if !path.is_dir() || entries.next().is_some() {
                return Err(Kind::Foreign(path.to_owned()).into());
            }
        }
        let folder = Self { path: path.to_owned(), lock: None };
        fs::create_dir_all(folder.records()).map_err(StoreError::at(path))?;
        let marker = Marker { format: FORMAT.to_owned(), base: names.base().to_owned() };
        let mut bytes = serde_json::to_vec_pretty(&marker).map_err(StoreError::engine)?;
        bytes.push(b'\n');
        folder.write_whole(&folder.marker(), &bytes)?;
        Ok(folder)
    }

    /// Opens a store's folder and reads its base.
    pub fn open(path: &Path) -> Result<(Self, Namespace), StoreError> {
        let folder = Self { path: path.to_owned(), lock: None };
        let marker_path = folder.marker();
        if !marker_path.is_file() {
            let is_missing = !path.exists() || path.is_dir() && is_empty(path)?;
            return Err(if is_missing { Kind::Missing(path.to_owned()) } else { Kind::Foreign(path.to_owned()) }.into());
        }
        let bytes = fs::read(&marker_path).map_err(StoreError::at(&marker_path))?;
        let marker: Marker = serde_json::from_slice(&bytes).map_err(|error| Kind::Version {
            path: marker_path.clone(),
            found: error.to_string(),
            expected: FORMAT,
        })?;
        if marker.format != FORMAT {
            return Err(Kind::Version { path: marker_path, found: marker.format, expected: FORMAT }.into());
        }
        let names = namespace(&marker.base)?;
        Ok((folder, names))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    fn marker(&self) -> PathBuf {
        self.path.join("store.json")
    }

    fn records(&self) -> PathBuf {
        self.path.join("records")
    }

    /// Where the graph is kept.
    pub fn graph(&self) -> PathBuf {
        self.path.join(if cfg!(feature = "rocksdb") { "graph.rocksdb" } else { "graph.nq.gz" })
    }

    fn record(&self, id: &str) -> PathBuf {
        let name = hyphenated(id.strip_prefix("doc:").unwrap_or(id));
        self.records().join(format!("{name}.json"))
    }

    /// Takes the right to write, until the folder is dropped.
    pub fn lock(&mut self) -> Result<(), StoreError> {
        if self.lock.is_none() {
            let path = self.path.join("lock");
            let file = File::options().create(true).truncate(false).write(true).open(&path);
            let file = file.map_err(StoreError::at(&path))?;
            match file.try_lock() {
                Ok(()) => self.lock = Some(file),
                Err(fs::TryLockError::WouldBlock) => return Err(Kind::Locked(self.path.clone()).into()),
                Err(fs::TryLockError::Error(error)) => return Err(StoreError::at(&path)(error)),
            }
        }
        Ok(())
    }

    /// The files of the records with their bytes' digests, in the order of their names.
    pub fn digests(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut digests = BTreeMap::new();
        for path in self.record_files()? {
            let bytes = fs::read(&path).map_err(StoreError::at(&path))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            digests.insert(name, hex(&Sha256::digest(&bytes)));
        }
        Ok(digests)
    }

    /// The records' files, sorted. What a broken-off writer left behind has another ending and is none.
    fn record_files(&self) -> Result<Vec<PathBuf>, StoreError> {
        let folder = self.records();
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder).map_err(StoreError::at(&folder))? {
            let path = entry.map_err(StoreError::at(&folder))?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Number of records.
    pub fn count(&self) -> Result<usize, StoreError> {
        Ok(self.record_files()?.len())
    }

    /// All records, in the order of their ids.
    pub fn read_records(&self) -> Result<Vec<Record>, StoreError> {
        self.record_files()?.iter().map(|path| read_record(path)).collect()
    }

    /// The record of an id, if it is there.
    pub fn read_record(&self, id: &str) -> Result<Option<Record>, StoreError> {
        let path = self.record(id);
        if path.is_file() { read_record(&path).map(Some) } else { Ok(None) }
    }

    /// Writes a record, whole or not at all.
    pub fn write_record(&self, record: &Record) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec(record).map_err(StoreError::engine)?;
        bytes.push(b'\n');
        self.write_whole(&self.record(&record.id), &bytes)
    }

    /// Deletes a record; tells whether there was one.
    pub fn remove_record(&self, id: &str) -> Result<bool, StoreError> {
        let path = self.record(id);
        if !path.is_file() {
            return Ok(false);
        }
        fs::remove_file(&path).map_err(StoreError::at(&path))?;
        Ok(true)
    }

    /// Writes a file under another name, makes sure that it is on the disk, and then gives it its own name.
    fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        self.write_whole_with(path, |file| file.write_all(bytes))
    }

    /// The same, with a function that writes.
    pub fn write_whole_with(
        &self,
        path: &Path,
        write: impl FnOnce(&mut File) -> std::io::Result<()>,
    ) -> Result<(), StoreError> {
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let mut file = File::create(&part).map_err(StoreError::at(&part))?;
        write(&mut file).map_err(StoreError::at(&part))?;
        file.sync_all().map_err(StoreError::at(&part))?;
        fs::rename(&part, path).map_err(StoreError::at(path))
    }
}

/// The namespace of a base, or an error that says what is wrong with it.
pub(crate) fn namespace(base: &str) -> Result<Namespace, StoreError> {
    let no_iri =
        |error: oxigraph::model::IriParseError| Kind::Base { base: base.to_owned(), reason: error.to_string() };
    Ok(Namespace::new(base).map_err(no_iri)?)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_empty(path: &Path) -> Result<bool, StoreError> {
    Ok(fs::read_dir(path).map_err(StoreError::at(path))?.next().is_none())
}

fn read_record(path: &Path) -> Result<Record, StoreError> {
    let broken = |reason: String| StoreError::from(Kind::Record { path: path.to_owned(), reason });
    let bytes = fs::read(path).map_err(StoreError::at(path))?;
    let record: Record = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    if record.schema != demarche_record::SCHEMA {
        return Err(broken(format!("its schema is {:?}, not {:?}", record.schema, demarche_record::SCHEMA)));
    }
    Ok(record)
}

//! The folder of a store: what lies in it and how it is written.

use crate::error::{Kind, StoreError};
use crate::namespace::{Namespace, hyphenated};
use crate::parallel;
use demarche_record::Record;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

/// The version of the folder's layout.
const FORMAT: &str = "demarche-store/1";

/// The ending of a file that is not yet whole.
const PART: &str = "part";

/// What `store.json` says.
#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    format: String,
    base: String,
    /// The file of the corrections, where it is not in the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrections: Option<PathBuf>,
}

/// What a record says of where it is from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Origin {
    pub id: String,
    pub source: String,
    #[serde(default)]
    pub url: Option<String>,
}

/// A store's folder.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    marker: Marker,
    /// Held by the one process that writes.
    lock: Option<File>,
    /// How many threads read it, and make what is written.
    pub threads: usize,
}

impl Folder {
    /// Makes a new store's folder. An existing one must be empty, or hold no more than the beginnings of a store.
    pub fn create(path: &Path, names: &Namespace) -> Result<Self, StoreError> {
        if path.exists() && (!path.is_dir() || !is_unbegun(path)?) {
            return Err(Kind::Foreign(path.to_owned()).into());
        }
        let marker = Marker { format: FORMAT.to_owned(), base: names.base().to_owned(), corrections: None };
        let mut folder = Self { path: path.to_owned(), marker, lock: None, threads: processors() };
        fs::create_dir_all(folder.records()).map_err(StoreError::at(path))?;
        folder.lock()?;
        folder.write_marker()?;
        Ok(folder)
    }

    fn write_marker(&self) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec_pretty(&self.marker).map_err(StoreError::engine)?;
        bytes.push(b'\n');
        self.write_whole(&marker_file(&self.path), &bytes)
    }

    /// Where the corrections are.
    pub fn corrections(&self) -> PathBuf {
        self.marker.corrections.clone().unwrap_or_else(|| self.path.join("corrections.toml"))
    }

    /// The text of the corrections, if there are any. A file that was named by hand has to be there.
    pub fn read_corrections(&self) -> Result<Option<String>, StoreError> {
        let file = self.corrections();
        let text = fs::read_to_string(&file).map_err(StoreError::at(&file));
        if self.marker.corrections.is_some() { text.map(Some) } else { if_there(text) }
    }

    /// Names the file of the corrections.
    pub fn keep_corrections_in(&mut self, file: &Path) -> Result<(), StoreError> {
        if self.corrections() != file {
            self.lock()?;
            self.marker.corrections = Some(file.to_owned());
            self.write_marker()?;
        }
        Ok(())
    }

    /// Opens a store's folder and reads its base.
    pub fn open(path: &Path) -> Result<(Self, Namespace), StoreError> {
        let marker_path = marker_file(path);
        if !marker_path.is_file() {
            let is_missing = !path.exists() || path.is_dir() && is_unbegun(path)?;
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
        Ok((Self { path: path.to_owned(), marker, lock: None, threads: processors() }, names))
    }

    /// Reads anew what another process may have changed: where the corrections are. Gives how things are named.
    pub fn reread(&mut self) -> Result<Namespace, StoreError> {
        let (mut folder, names) = Self::open(&self.path)?;
        std::mem::swap(&mut self.marker, &mut folder.marker);
        Ok(names)
    }

    /// The IRI under which things are named.
    #[cfg_attr(feature = "rocksdb", allow(dead_code, reason = "a database keeps its quads in its own order"))]
    pub fn base(&self) -> &str {
        &self.marker.base
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    fn records(&self) -> PathBuf {
        self.path.join("records")
    }

    /// Where the graph is kept.
    pub fn graph(&self) -> PathBuf {
        self.path.join(if cfg!(feature = "rocksdb") { "graph.rocksdb" } else { "graph.nq.gz" })
    }

    /// Where it is told what the graph is made of.
    pub fn index(&self) -> PathBuf {
        self.path.join("graph.index.json")
    }

    /// Where it is kept what blocks of names came to.
    pub fn memory(&self) -> PathBuf {
        self.path.join("identity.json.gz")
    }

    /// Where the graphs lie that were loaded.
    pub fn graphs(&self) -> PathBuf {
        self.path.join("graphs")
    }

    /// Where it is told what they are.
    pub fn graphs_index(&self) -> PathBuf {
        self.path.join("graphs.json")
    }

    fn record(&self, id: &str) -> PathBuf {
        self.records().join(record_file(id))
    }

    /// Takes the right to write, until the folder is dropped.
    pub fn lock(&mut self) -> Result<(), StoreError> {
        if self.lock.is_none() {
            let path = self.path.join("lock");
            let file = File::options().create(true).truncate(false).write(true).open(&path);
            let file = file.map_err(StoreError::at(&path))?;
            match file.try_lock() {
                Ok(()) => {
                    self.lock = Some(file);
                    self.sweep()?;
                }
                Err(fs::TryLockError::WouldBlock) => return Err(Kind::Locked(self.path.clone()).into()),
                Err(fs::TryLockError::Error(error)) => return Err(StoreError::at(&path)(error)),
            }
        }
        Ok(())
    }

    /// Removes what writers that were broken off left behind. Only who holds the lock may: nobody else writes then.
    fn sweep(&self) -> Result<(), StoreError> {
        for folder in [self.path.clone(), self.records(), self.graphs()].into_iter().filter(|folder| folder.is_dir()) {
            for entry in fs::read_dir(&folder).map_err(StoreError::at(&folder))? {
                let path = entry.map_err(StoreError::at(&folder))?.path();
                if path.extension().is_some_and(|ending| ending == PART) && path.is_file() {
                    fs::remove_file(&path).map_err(StoreError::at(&path))?;
                }
            }
        }
        Ok(())
    }

    /// The files of the records with their bytes' digests, in the order of their names.
    pub fn digests(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.of_each_record(|path| {
            let bytes = fs::read(path).map_err(StoreError::at(path))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((name, hex(&Sha256::digest(&bytes))))
        })
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
        self.of_each_record(read_record)
    }

    /// What all records say of where they are from, in the order of their ids.
    pub fn read_origins(&self) -> Result<Vec<Origin>, StoreError> {
        self.of_each_record(read_json)
    }

    /// What is read of each record that is there, in the order of the files.
    fn of_each_record<T: Send, C: FromIterator<T>>(
        &self,
        read: impl Fn(&Path) -> Result<T, StoreError> + Sync,
    ) -> Result<C, StoreError> {
        let found = parallel::map(self.threads, &self.record_files()?, |path| if_there(read(path)));
        found.into_iter().filter_map(Result::transpose).collect()
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
    pub fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        self.write_whole_with(path, |file| file.write_all(bytes))
    }

    /// The same, with a function that writes.
    pub fn write_whole_with(
        &self,
        path: &Path,
        write: impl FnOnce(&mut File) -> std::io::Result<()>,
    ) -> Result<(), StoreError> {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(PART);
        let part = PathBuf::from(name);
        let mut file = File::create(&part).map_err(StoreError::at(&part))?;
        write(&mut file).map_err(StoreError::at(&part))?;
        file.sync_all().map_err(StoreError::at(&part))?;
        fs::rename(&part, path).map_err(StoreError::at(path))
    }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn marker_file(path: &Path) -> PathBuf {
    path.join("store.json")
}

impl Drop for Folder {
    /// Gives the lock back by name: closing the file alone leaves it to a child process that is just being started.
    fn drop(&mut self) {
        if let Some(lock) = &self.lock {
            // Where it fails, the end of the process gives it back.
            let _ = lock.unlock();
        }
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

/// Whether a folder is empty, or holds only what the making of a store leaves behind where it is broken off.
fn is_unbegun(path: &Path) -> Result<bool, StoreError> {
    for entry in fs::read_dir(path).map_err(StoreError::at(path))? {
        let entry = entry.map_err(StoreError::at(path))?;
        let (name, path) = (entry.file_name(), entry.path());
        let ours = match name.to_str() {
            Some("lock" | "store.json.part") => true,
            Some("records") => path.is_dir() && fs::read_dir(&path).map_err(StoreError::at(&path))?.next().is_none(),
            _ => false,
        };
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_record(path: &Path) -> Result<Record, StoreError> {
    let record: Record = read_json(path)?;
    if record.schema != demarche_record::SCHEMA {
        let reason = format!("its schema is {:?}, not {:?}", record.schema, demarche_record::SCHEMA);
        return Err(Kind::Record { path: path.to_owned(), reason }.into());
    }
    Ok(record)
}

/// What was read, or none where the file is gone since the folder was listed: the writer may take articles back.
fn if_there<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Err(error) if error.io().is_some_and(|io| io.kind() == std::io::ErrorKind::NotFound) => Ok(None),
        read => read.map(Some),
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, StoreError> {
    let bytes = fs::read(path).map_err(StoreError::at(path))?;
    let broken = |error: serde_json::Error| Kind::Record { path: path.to_owned(), reason: error.to_string() };
    Ok(serde_json::from_slice(&bytes).map_err(broken)?)
}

/// The name of the file of a record.
pub(crate) fn record_file(id: &str) -> String {
    format!("{}.json", hyphenated(id.strip_prefix("doc:").unwrap_or(id)))
}

//! The graph as it is kept: one file of sorted N-Quads, compressed part by part.
//!
//! Gzip files can be joined: `graph.nq.gz` is one such file that any tool reads, and each of its members is a part of the
//! graph. The first ones hold what all articles together say, some subjects each; then come corrections and decisions, likewise, then
//! one for each article, in the order of the ids. A query that sees the default graph alone reads no more than the first ones.
//! `graph.index.json` tells where each lies and what it is derived from, so that a new graph takes over as they are the parts
//! whose grounds are the same. A part is taken only where its digest is right: what is damaged is made anew.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::reach::Reach;
use crate::store::Built;
use crate::view::{Contents, Grounds};
use oxigraph::store::Store;
use serde::{Deserialize, Serialize};
#[cfg(not(feature = "rocksdb"))]
use std::fs::File;
use std::io::BufRead;

/// What `graph.index.json` says.
#[derive(Serialize, Deserialize)]
struct Index {
    /// What the graph is derived from.
    stamp: String,
    /// What it holds.
    built: Built,
    /// The numbers of the corrections that meet nothing.
    idle: Vec<usize>,
    /// Its parts, in the order of the file.
    parts: Vec<Part>,
}

/// A part of the default graph. These are the first.
const DEFAULT: &str = "default";

/// A part of the graphs of the corrections and the decisions.
#[cfg(not(feature = "rocksdb"))]
const DECISIONS: &str = "decisions";

/// A member of the graph's file.
#[derive(Clone, Serialize, Deserialize)]
struct Part {
    /// The id of the article, or what else it holds: [`DEFAULT`], [`DECISIONS`].
    holds: String,
    /// A digest of what it is derived from: of an article's part the record and what its things are called in the corpus, of
    /// the others the quads themselves.
    grounds: String,
    /// Where it begins in the file.
    offset: u64,
    /// Its length in bytes, compressed.
    length: u64,
    /// A digest of its bytes.
    digest: String,
    /// Number of quads in it.
    quads: usize,
}

impl Index {
    fn read(folder: &Folder) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(folder.index()).ok()?).ok()
    }

    fn write(&self, folder: &Folder) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec(self).map_err(StoreError::engine)?;
        bytes.push(b'\n');
        folder.write_whole(&folder.index(), &bytes)
    }
}

/// Whether the graph is kept as a database, and not as a file to load.
pub(crate) const ON_DISK: bool = cfg!(feature = "rocksdb");

/// What the graph of this stamp holds, if it is kept and whole.
pub(crate) fn current(folder: &Folder, stamp: &str) -> Option<Built> {
    let index = Index::read(folder).filter(|index| index.stamp == stamp)?;
    file::is_whole(folder, &index).then_some(index.built)
}

/// What a graph was loaded from, by which is told what has changed since.
pub(crate) struct Origin {
    index: Index,
    #[cfg(not(feature = "rocksdb"))]
    file: File,
}

impl Origin {
    /// Number of quads.
    pub fn quads(&self) -> usize {
        self.index.built.quads
    }
}

/// Opens as much of the graph that is kept as is reached, if it is derived from these grounds and that much of it is whole.
pub(crate) fn load(folder: &Folder, grounds: &Grounds, reach: &Reach) -> Option<(Store, Origin)> {
    open(folder, &grounds.stamp, reach)
}

/// The same of a graph that bears this stamp.
pub(crate) fn open(folder: &Folder, stamp: &str, reach: &Reach) -> Option<(Store, Origin)> {
    let index = Index::read(folder).filter(|index| index.stamp == stamp)?;
    file::load(folder, index, reach)
}

/// Brings a graph of which all was loaded up to what is kept by now. None, with the graph as it was, where that is not derived
/// from these grounds, is not whole, or differs so much that it is as well loaded anew.
pub(crate) fn take_over(folder: &Folder, grounds: &Grounds, graph: &Store, origin: &Origin) -> Option<Origin> {
    let index = Index::read(folder).filter(|index| index.stamp == grounds.stamp)?;
    file::take_over(folder, index, graph, origin)
}

/// The numbers of the corrections that meet nothing, as far as that is kept and fits these grounds.
pub(crate) fn idle(folder: &Folder, grounds: &Grounds) -> Option<Vec<usize>> {
    Some(Index::read(folder).filter(|index| index.stamp == grounds.stamp)?.idle)
}

/// The graph that is kept as lines of N-Quads in the order in which exports have them, or its default graph alone, if it is
/// derived from these grounds and whole. Nothing is loaded: that is what makes large exports fast.
pub(crate) fn lines(folder: &Folder, grounds: &Grounds, named: bool) -> Option<Box<dyn BufRead>> {
    let index = Index::read(folder).filter(|index| index.stamp == grounds.stamp)?;
    file::lines(folder, &index, named)
}

/// Keeps the graph, whole or not at all; gives what it holds.
pub(crate) fn keep(folder: &Folder, grounds: &Grounds, contents: &Contents) -> Result<Built, StoreError> {
    let parts = file::keep(folder, grounds, contents)?;
    let Contents { records, corpus, .. } = contents;
    let quads = parts.iter().map(|part| part.quads).sum();
    let built = Built {
        rebuilt: true,
        articles: records.len(),
        people: corpus.people.len(),
        organizations: corpus.organizations.len(),
        places: corpus.places.len(),
        meetings: corpus.meetings.len(),
        statements: corpus.statements.len(),
        quads,
    };
    let idle = corpus.idle_corrections.clone();
    Index { stamp: grounds.stamp.clone(), built, idle, parts }.write(folder)?;
    Ok(built)
}

#[cfg(not(feature = "rocksdb"))]
mod changes;
#[cfg(not(feature = "rocksdb"))]
mod file;

#[cfg(feature = "rocksdb")]
mod file {
    use super::{Contents, DEFAULT, Folder, Grounds, Index, Origin, Part, Reach, Store, StoreError};
    use crate::view::load_all;
    use std::fs;
    use std::io::BufRead;

    /// The database looks after itself.
    pub(super) fn is_whole(folder: &Folder, _: &Index) -> bool {
        folder.graph().is_dir()
    }

    /// Opens the graph. It is never written to again: a new one takes its place. On disk all of it is at hand.
    pub(super) fn load(folder: &Folder, index: Index, _: &Reach) -> Option<(Store, Origin)> {
        Some((Store::open_read_only(folder.graph()).ok()?, Origin { index }))
    }

    /// There is nothing to be taken over: the new database is opened.
    pub(super) fn take_over(_: &Folder, _: Index, _: &Store, _: &Origin) -> Option<Origin> {
        None
    }

    /// A database has no lines.
    pub(super) fn lines(_: &Folder, _: &Index, _: bool) -> Option<Box<dyn BufRead>> {
        None
    }

    /// Writes the graph into a new database beside the old one and then takes its place.
    pub(super) fn keep(folder: &Folder, grounds: &Grounds, contents: &Contents) -> Result<Vec<Part>, StoreError> {
        let (path, part) = (folder.graph(), folder.graph().with_extension("part"));
        if part.exists() {
            fs::remove_dir_all(&part).map_err(StoreError::at(&part))?;
        }
        let quads = {
            let store = Store::open(&part).map_err(StoreError::engine)?;
            let quads = load_all(&store, contents)?;
            store.flush().map_err(StoreError::engine)?;
            quads
        };
        // Without its index the old graph counts as out of date, whatever happens from here on.
        let index = folder.index();
        if index.exists() {
            fs::remove_file(&index).map_err(StoreError::at(&index))?;
        }
        if path.exists() {
            fs::remove_dir_all(&path).map_err(StoreError::at(&path))?;
        }
        fs::rename(&part, &path).map_err(StoreError::at(&path))?;
        let (grounds, digest) = (grounds.stamp.clone(), String::new());
        Ok(vec![Part { holds: DEFAULT.to_owned(), grounds, offset: 0, length: 0, digest, quads }])
    }
}

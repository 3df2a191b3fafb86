//! The graph as a view of the records: how it is kept, loaded and known to be up to date.

use crate::error::StoreError;
use crate::folder::{Folder, hex};
use crate::namespace::Namespace;
use crate::quads::{article_quads, corpus_quads};
use demarche_record::Record;
use demarche_resolve::Corpus;
use oxigraph::model::Quad;
use oxigraph::store::Store;
use sha2::{Digest, Sha256};

/// Raised whenever the same records give other quads, so that old graphs are built anew. The version of the crate counts
/// too, since identity may be decided otherwise.
const VIEW: &str = "demarche-graph/1";

/// What a graph is derived from: the version of the view, the base and every record. Two graphs with the same stamp are
/// the same.
pub(crate) fn stamp(folder: &Folder, names: &Namespace) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    for part in [VIEW, env!("CARGO_PKG_VERSION"), names.base()] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    for (name, digest) in folder.digests()? {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(digest.as_bytes());
    }
    Ok(format!("{VIEW} {}", hex(&hasher.finalize())))
}

/// All quads of the records: facts of the corpus, decisions, then article by article; within each graph sorted.
fn all_quads<'a>(records: &'a [Record], corpus: &'a Corpus, names: &'a Namespace) -> impl Iterator<Item = Quad> + 'a {
    let articles = records.iter().flat_map(move |record| article_quads(record, corpus, names));
    corpus_quads(records, corpus, names).into_iter().chain(articles)
}

/// Builds the graph in memory.
pub(crate) fn build(records: &[Record], corpus: &Corpus, names: &Namespace) -> Result<Store, StoreError> {
    let store = Store::new().map_err(StoreError::engine)?;
    let mut loader = store.bulk_loader();
    loader.load_quads(all_quads(records, corpus, names)).map_err(StoreError::engine)?;
    loader.commit().map_err(StoreError::engine)?;
    Ok(store)
}

#[cfg(not(feature = "rocksdb"))]
mod kept {
    use super::all_quads;
    use crate::error::StoreError;
    use crate::folder::Folder;
    use crate::namespace::Namespace;
    use demarche_record::Record;
    use demarche_resolve::Corpus;
    use flate2::Compression;
    use flate2::read::GzDecoder;
    use flate2::write::GzEncoder;
    use oxigraph::io::{RdfFormat, RdfSerializer};
    use oxigraph::store::Store;
    use std::fs::File;
    use std::io::{BufRead, BufReader, BufWriter, Write};

    /// Opens the graph that is kept, if it is whole and bears the stamp.
    pub(crate) fn load(folder: &Folder, stamp: &str) -> Option<Store> {
        let file = File::open(folder.graph()).ok()?;
        let mut reader = BufReader::new(GzDecoder::new(BufReader::new(file)));
        let mut first = String::new();
        reader.read_line(&mut first).ok()?;
        if first.trim_end() != format!("# {stamp}") {
            return None;
        }
        let store = Store::new().ok()?;
        // A damaged file shows itself in gzip's own check sum, at the latest at its end: such a graph is built anew.
        let mut loader = store.bulk_loader();
        loader.load_from_reader(RdfFormat::NQuads, reader).ok()?;
        loader.commit().ok()?;
        Some(store)
    }

    /// Writes the graph's file, whole or not at all; gives the number of quads.
    pub(crate) fn keep(
        folder: &Folder,
        stamp: &str,
        records: &[Record],
        corpus: &Corpus,
        names: &Namespace,
    ) -> Result<usize, StoreError> {
        let mut count = 0;
        folder.write_whole_with(&folder.graph(), |file| {
            let mut writer = BufWriter::new(GzEncoder::new(BufWriter::new(file), Compression::fast()));
            writeln!(writer, "# {stamp}")?;
            let mut serializer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(writer);
            for quad in all_quads(records, corpus, names) {
                serializer.serialize_quad(&quad)?;
                count += 1;
            }
            let encoder = serializer.finish()?.into_inner().map_err(|error| error.into_error())?;
            encoder.finish()?.flush()
        })?;
        Ok(count)
    }
}

#[cfg(feature = "rocksdb")]
mod kept {
    use super::all_quads;
    use crate::error::StoreError;
    use crate::folder::Folder;
    use crate::namespace::Namespace;
    use demarche_record::Record;
    use demarche_resolve::Corpus;
    use oxigraph::store::Store;
    use std::fs;
    use std::path::PathBuf;

    fn stamp_file(folder: &Folder) -> PathBuf {
        folder.graph().with_extension("stamp")
    }

    /// Opens the graph that is kept, if it is whole and bears the stamp. It is never written to again: a new one takes
    /// its place.
    pub(crate) fn load(folder: &Folder, stamp: &str) -> Option<Store> {
        let kept = fs::read_to_string(stamp_file(folder)).ok()?;
        if kept.trim_end() != stamp {
            return None;
        }
        Store::open_read_only(folder.graph()).ok()
    }

    /// Writes the graph into a new database beside the old one and then takes its place; gives the number of quads.
    pub(crate) fn keep(
        folder: &Folder,
        stamp: &str,
        records: &[Record],
        corpus: &Corpus,
        names: &Namespace,
    ) -> Result<usize, StoreError> {
        let (path, part) = (folder.graph(), folder.graph().with_extension("part"));
        if part.exists() {
            fs::remove_dir_all(&part).map_err(StoreError::at(&part))?;
        }
        let mut count = 0;
        {
            let store = Store::open(&part).map_err(StoreError::engine)?;
            let mut loader = store.bulk_loader();
            loader.load_quads(all_quads(records, corpus, names).inspect(|_| count += 1)).map_err(StoreError::engine)?;
            loader.commit().map_err(StoreError::engine)?;
            store.flush().map_err(StoreError::engine)?;
        }
        // Without its stamp the old graph counts as out of date, whatever happens from here on.
        let stamp_path = stamp_file(folder);
        if stamp_path.exists() {
            fs::remove_file(&stamp_path).map_err(StoreError::at(&stamp_path))?;
        }
        if path.exists() {
            fs::remove_dir_all(&path).map_err(StoreError::at(&path))?;
        }
        fs::rename(&part, &path).map_err(StoreError::at(&path))?;
        folder.write_whole_with(&stamp_path, |file| std::io::Write::write_all(file, stamp.as_bytes()))?;
        Ok(count)
    }
}

pub(crate) use kept::{keep, load};

/// Whether the graph that is kept bears the stamp, without loading it.
pub(crate) fn is_current(folder: &Folder, stamp: &str) -> bool {
    kept_stamp(folder).is_some_and(|kept| kept == stamp)
}

#[cfg(not(feature = "rocksdb"))]
fn kept_stamp(folder: &Folder) -> Option<String> {
    use std::io::{BufRead, BufReader};
    let file = std::fs::File::open(folder.graph()).ok()?;
    let mut first = String::new();
    BufReader::new(flate2::read::GzDecoder::new(file)).read_line(&mut first).ok()?;
    Some(first.trim_end().strip_prefix("# ")?.to_owned())
}

#[cfg(feature = "rocksdb")]
fn kept_stamp(folder: &Folder) -> Option<String> {
    let kept = std::fs::read_to_string(folder.graph().with_extension("stamp")).ok()?;
    Some(kept.trim_end().to_owned())
}

//! The graph as it is kept: one file of sorted N-Quads, compressed part by part.
//!
//! Gzip files can be joined: `graph.nq.gz` is one such file that any tool reads, and each of its members is a part of the
//! graph. The first ones hold what all articles together say, some subjects each; then come corrections and decisions, then
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
use std::io::BufRead;

/// What `graph.index.json` says.
#[derive(Serialize, Deserialize)]
struct Index {
    /// What the graph is derived from.
    stamp: String,
    /// What it holds.
    built: Built,
    /// Its parts, in the order of the file.
    parts: Vec<Part>,
}

/// A part of the default graph. These are the first.
const DEFAULT: &str = "default";

/// The part with the graphs of the corrections and the decisions.
#[cfg(not(feature = "rocksdb"))]
const DECISIONS: &str = "decisions";

/// A member of the graph's file.
#[derive(Serialize, Deserialize)]
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

/// What the graph holds, if it is kept, whole, and derived from just these grounds.
pub(crate) fn current(folder: &Folder, grounds: &Grounds) -> Option<Built> {
    let index = Index::read(folder).filter(|index| index.stamp == grounds.stamp)?;
    file::is_whole(folder, &index).then_some(index.built)
}

/// Opens as much of the graph that is kept as is reached, if it is derived from these grounds and that much of it is whole.
pub(crate) fn load(folder: &Folder, grounds: &Grounds, reach: &Reach) -> Option<Store> {
    let index = Index::read(folder).filter(|index| index.stamp == grounds.stamp)?;
    file::load(folder, &index, reach)
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
    Index { stamp: grounds.stamp.clone(), built, parts }.write(folder)?;
    Ok(built)
}

#[cfg(not(feature = "rocksdb"))]
mod file {
    use super::{Contents, DECISIONS, DEFAULT, Folder, Grounds, Index, Part, Reach, Store, StoreError};
    use crate::folder::{hex, record_file};
    use crate::sieve::Sieve;
    use flate2::Compression;
    use flate2::read::MultiGzDecoder;
    use flate2::write::GzEncoder;
    use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
    use oxigraph::model::Quad;
    use sha2::{Digest, Sha256};
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

    /// How much is read ahead, in bytes.
    const BUFFER: usize = 1 << 16;

    /// How many subjects a part of the default graph has, on average: few enough for most parts to stay when some subjects
    /// change, and enough for the compression to find what they have in common.
    const SUBJECTS: u64 = 64;

    /// Whether the graph's file is the one that the index describes, byte for byte.
    pub(super) fn is_whole(folder: &Folder, index: &Index) -> bool {
        let Some(file) = open(folder, index) else { return false };
        let mut old = Old { file, at: 0, parts: BTreeMap::new() };
        index.parts.iter().all(|part| old.read(part).is_some())
    }

    /// The graph's file, if it is as long as the index says.
    fn open(folder: &Folder, index: &Index) -> Option<BufReader<File>> {
        let file = File::open(folder.graph()).ok()?;
        let end = index.parts.last().map_or(0, |part| part.offset + part.length);
        (file.metadata().ok()?.len() == end).then(|| BufReader::new(file))
    }

    /// Opens as much of the graph as is reached, if that is whole and bears the stamp.
    pub(super) fn load(folder: &Folder, index: &Index, reach: &Reach) -> Option<Store> {
        let default = index.parts.iter().take_while(|part| part.holds == DEFAULT).map(|part| part.length).sum();
        let length = if reach.named { u64::MAX } else { default };
        let mut reader = BufReader::with_capacity(BUFFER, MultiGzDecoder::new(open(folder, index)?.take(length)));
        let mut first = String::new();
        reader.read_line(&mut first).ok()?;
        if first.trim_end() != heading(&index.stamp) {
            return None;
        }
        let store = Store::new().ok()?;
        // A damaged part shows itself in gzip's own check sum, at the latest at its end: such a graph is built anew.
        let mut loader = store.bulk_loader();
        // What we wrote ourselves need not be looked at for correct IRIs once more.
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        match reach.is_whole() {
            true => loader.load_from_reader(parser, reader).ok()?,
            false => loader.load_from_reader(parser, Sieve::new(reader, reach)).ok()?,
        }
        loader.commit().ok()?;
        Some(store)
    }

    /// The comment with which the file begins.
    fn heading(stamp: &str) -> String {
        format!("# {stamp}")
    }

    /// The lines of the graph, or of its default graph, in the order of quads.
    pub(super) fn lines(folder: &Folder, index: &Index, named: bool) -> Option<Box<dyn BufRead>> {
        let (mut parts, mut others): (Vec<&Part>, Vec<&Part>) =
            index.parts.iter().partition(|part| part.holds == DEFAULT);
        if named {
            // In the order of the graphs' names. What is loaded is held under its own.
            others.sort_by_cached_key(|part| match part.holds.as_str() {
                DECISIONS => format!("{}graph/corrections", folder.base()),
                article if article.starts_with("doc:") => format!("{}article/{}", folder.base(), record_file(article)),
                loaded => loaded.to_owned(),
            });
            parts.extend(others);
        }
        // What is damaged is made anew, as long as none of it has been written.
        let mut check = Old { file: open(folder, index)?, at: 0, parts: BTreeMap::new() };
        if !parts.iter().all(|part| check.read(part).is_some()) {
            return None;
        }
        let mut lines: Box<dyn Read> = Box::new(io::empty());
        for run in parts.chunk_by(|a, b| a.offset + a.length == b.offset) {
            let mut file = File::open(folder.graph()).ok()?;
            file.seek(SeekFrom::Start(run[0].offset)).ok()?;
            let length = run.iter().map(|part| part.length).sum();
            let members = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, file.take(length)));
            lines = Box::new(lines.chain(members));
        }
        let mut lines = BufReader::with_capacity(BUFFER, lines);
        let mut heading = String::new();
        lines.read_line(&mut heading).ok()?;
        Some(Box::new(lines))
    }

    /// Writes the graph's file; parts with the same grounds are taken over from the one that is there.
    pub(super) fn keep(folder: &Folder, grounds: &Grounds, contents: &Contents) -> Result<Vec<Part>, StoreError> {
        let mut old = Old::open(folder);
        let mut parts: Vec<Part> = Vec::new();
        folder.write_whole_with(&folder.graph(), |file| {
            let mut out = BufWriter::new(file);
            let mut offset = 0;
            let mut put = |holds: &str, grounds: String, quads: usize, bytes: &[u8]| -> io::Result<()> {
                out.write_all(bytes)?;
                let (length, digest) = (bytes.len() as u64, hex(&Sha256::digest(bytes)));
                parts.push(Part { holds: holds.to_owned(), grounds, offset, length, digest, quads });
                offset += length;
                Ok(())
            };
            let heading = format!("{}\n", heading(&grounds.stamp));
            put(DEFAULT, grounds.stamp.clone(), 0, &compressed(heading.as_bytes())?)?;
            let (common, decisions) = (contents.common(), contents.decisions());
            let chunks = chunks(&common).map(|chunk| (DEFAULT, chunk));
            for (holds, quads) in chunks.chain([(DECISIONS, &decisions[..])]) {
                let text = written(quads)?;
                let of_text = hex(&Sha256::digest(&text));
                let bytes = match old.as_mut().and_then(|old| old.part(holds, &of_text)) {
                    Some((bytes, _)) => bytes,
                    None => compressed(&text)?,
                };
                put(holds, of_text, quads.len(), &bytes)?;
            }
            drop((common, decisions));
            for record in contents.records {
                let of_article = grounds.of_article(record, contents.corpus);
                let (bytes, quads) = match old.as_mut().and_then(|old| old.part(&record.id, &of_article)) {
                    Some(part) => part,
                    None => {
                        let quads = contents.of_article(record);
                        (compressed(&written(&quads)?)?, quads.len())
                    }
                };
                put(&record.id, of_article, quads, &bytes)?;
            }
            for (graph, bytes) in &contents.graphs {
                put(&graph.iri, graph.digest.clone(), graph.quads, bytes)?;
            }
            out.flush()
        })?;
        Ok(parts)
    }

    /// Cuts sorted quads where the digest of the subject says so, so that a new subject changes the part that it comes into
    /// and leaves the others as they are.
    fn chunks(quads: &[Quad]) -> impl Iterator<Item = &[Quad]> {
        quads.chunk_by(|before, next| {
            before.subject == next.subject || !fnv(next.subject.to_string().as_bytes()).is_multiple_of(SUBJECTS)
        })
    }

    /// FNV-1a, 64 bits (Fowler, Noll, Vo).
    fn fnv(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
    }

    /// Quads as N-Quads.
    fn written(quads: &[Quad]) -> io::Result<Vec<u8>> {
        let mut serializer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
        for quad in quads {
            serializer.serialize_quad(quad)?;
        }
        serializer.finish()
    }

    /// A member of a gzip file; the same text gives the same bytes.
    fn compressed(text: &[u8]) -> io::Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text)?;
        encoder.finish()
    }

    /// The graph that was kept before, to take parts from.
    struct Old {
        file: BufReader<File>,
        /// Where the next byte to read lies.
        at: u64,
        /// By what they hold and what they are derived from.
        parts: BTreeMap<(String, String), Part>,
    }

    impl Old {
        fn open(folder: &Folder) -> Option<Self> {
            let index = Index::read(folder)?;
            let file = open(folder, &index)?;
            let parts =
                index.parts.into_iter().map(|part| ((part.holds.clone(), part.grounds.clone()), part)).collect();
            Some(Self { file, at: 0, parts })
        }

        /// A part, if there is one that was derived from these grounds, with its number of quads.
        fn part(&mut self, holds: &str, grounds: &str) -> Option<(Vec<u8>, usize)> {
            let part = self.parts.remove(&(holds.to_owned(), grounds.to_owned()))?;
            Some((self.read(&part)?, part.quads))
        }

        /// The bytes of a part, if they are what the index says.
        fn read(&mut self, part: &Part) -> Option<Vec<u8>> {
            // Reading on from where the last part ended keeps what is buffered.
            let ahead = i64::try_from(part.offset).ok()? - i64::try_from(self.at).ok()?;
            self.file.seek_relative(ahead).ok()?;
            self.at = part.offset;
            let mut bytes = vec![0; usize::try_from(part.length).ok()?];
            self.file.read_exact(&mut bytes).ok()?;
            self.at += part.length;
            (hex(&Sha256::digest(&bytes)) == part.digest).then_some(bytes)
        }
    }
}

#[cfg(feature = "rocksdb")]
mod file {
    use super::{Contents, DEFAULT, Folder, Grounds, Index, Part, Reach, Store, StoreError};
    use crate::view::load_all;
    use std::fs;
    use std::io::BufRead;

    /// The database looks after itself.
    pub(super) fn is_whole(folder: &Folder, _: &Index) -> bool {
        folder.graph().is_dir()
    }

    /// Opens the graph. It is never written to again: a new one takes its place. On disk all of it is at hand.
    pub(super) fn load(folder: &Folder, _: &Index, _: &Reach) -> Option<Store> {
        Store::open_read_only(folder.graph()).ok()
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

//! The graph as one file of gzip members.

use super::{Contents, DECISIONS, DEFAULT, Folder, Grounds, Index, Origin, Part, Reach, Store, StoreError, changes};
use crate::folder::{hex, record_file};
use crate::parallel;
use crate::sieve::Sieve;
use demarche_record::Record;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::Quad;
use oxigraph::store::LoaderError;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// How much is read ahead, in bytes.
const BUFFER: usize = 1 << 16;

/// How many subjects a part of the default graph or of the decisions has, on average: few enough for most parts to stay when some subjects
/// change, and enough for the compression to find what they have in common.
const SUBJECTS: u64 = 64;

/// How many parts are made before they are written: enough for all threads, and few enough for the memory.
const AT_ONCE: usize = 256;

/// Whether the graph's file is the one that the index describes, byte for byte.
pub(super) fn is_whole(folder: &Folder, index: &Index) -> bool {
    open(folder, index).is_some_and(|file| Members::of(file).are_whole(&index.parts))
}

/// The graph's file, if it is as long as the index says.
pub(super) fn open(folder: &Folder, index: &Index) -> Option<File> {
    let file = File::open(folder.graph()).ok()?;
    let end = index.parts.last().map_or(0, |part| part.offset + part.length);
    (file.metadata().ok()?.len() == end).then_some(file)
}

/// Opens as much of the graph as is reached, if that is whole and bears the stamp.
pub(super) fn load(folder: &Folder, index: Index, reach: &Reach) -> Option<(Store, Origin)> {
    let default = index.parts.iter().take_while(|part| part.holds == DEFAULT).map(|part| part.length).sum();
    let length = if reach.named { u64::MAX } else { default };
    let file = open(folder, &index)?;
    let members = MultiGzDecoder::new(BufReader::new(file.try_clone().ok()?).take(length));
    let mut reader = BufReader::with_capacity(BUFFER, members);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    if first.trim_end() != heading(&index.stamp) {
        return None;
    }
    let store = Store::new().ok()?;
    // A damaged part shows itself in gzip's own check sum, at the latest at its end: such a graph is built anew.
    let mut loader = store.bulk_loader();
    // Blank nodes keep the names that the file has for them.
    match reach.is_whole() {
        true => loader.load_ok_quads::<_, LoaderError>(parser().for_reader(reader)).ok()?,
        false => loader.load_ok_quads::<_, LoaderError>(parser().for_reader(Sieve::new(reader, reach))).ok()?,
    }
    loader.commit().ok()?;
    Some((store, Origin { index, file }))
}

/// Brings a graph up to the file that there is now.
pub(super) fn take_over(folder: &Folder, index: Index, graph: &Store, origin: &Origin) -> Option<Origin> {
    let file = open(folder, &index)?;
    let mut members = Members::of(file.try_clone().ok()?);
    if text(&members.read(index.parts.first()?)?)? != format!("{}\n", heading(&index.stamp)).as_bytes() {
        return None;
    }
    let before = Members::of(origin.file.try_clone().ok()?);
    changes::apply(graph, (before, &origin.index.parts), (members, &index.parts))?;
    Some(Origin { index, file })
}

/// What we wrote ourselves need not be looked at for correct IRIs once more.
pub(super) fn parser() -> RdfParser {
    RdfParser::from_format(RdfFormat::NQuads).lenient()
}

/// The comment with which the file begins.
fn heading(stamp: &str) -> String {
    format!("# {stamp}")
}

/// The lines of the graph, or of its default graph, in the order of quads.
pub(super) fn lines(folder: &Folder, index: &Index, named: bool) -> Option<Box<dyn BufRead>> {
    let (mut parts, mut others): (Vec<&Part>, Vec<&Part>) = index.parts.iter().partition(|part| part.holds == DEFAULT);
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
    if !Members::of(open(folder, index)?).are_whole(parts.iter().copied()) {
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

/// A part that was made.
struct Made {
    bytes: Vec<u8>,
    digest: String,
    quads: usize,
}

impl Made {
    fn of(quads: &[Quad]) -> io::Result<Self> {
        Self::of_text(&written(quads)?, quads.len())
    }

    fn of_text(text: &[u8], quads: usize) -> io::Result<Self> {
        let bytes = compressed(text)?;
        Ok(Self { digest: hex(&Sha256::digest(&bytes)), bytes, quads })
    }
}

/// Writes the graph's file; parts with the same grounds are taken over from the one that is there. Parts are made by many
/// threads, and written in their order.
pub(super) fn keep(folder: &Folder, grounds: &Grounds, contents: &Contents) -> Result<Vec<Part>, StoreError> {
    let mut parts = Vec::new();
    folder.write_whole_with(&folder.graph(), |file| {
        let out = BufWriter::with_capacity(BUFFER, file);
        let mut new = New { out, parts: Vec::new(), offset: 0, old: Old::open(folder).unwrap_or_default() };
        let heading = format!("{}\n", heading(&grounds.stamp));
        new.put(DEFAULT, grounds.stamp.clone(), Made::of_text(heading.as_bytes(), 0)?)?;
        let (common, decisions) = (contents.common(), contents.decisions());
        new.put_quads(DEFAULT, &common, contents.threads)?;
        new.put_quads(DECISIONS, &decisions, contents.threads)?;
        drop((common, decisions));
        new.put_articles(grounds, contents, contents.threads)?;
        for (graph, bytes) in &contents.graphs {
            // Its grounds are its bytes.
            let (digest, bytes) = (graph.digest.clone(), bytes.clone());
            new.put(&graph.iri, digest.clone(), Made { bytes, digest, quads: graph.quads })?;
        }
        parts = new.parts;
        new.out.flush()
    })?;
    Ok(parts)
}

/// The file that is being written.
struct New<W> {
    out: W,
    parts: Vec<Part>,
    /// Where the next part begins.
    offset: u64,
    old: Old,
}

impl<W: Write> New<W> {
    fn put(&mut self, holds: &str, grounds: String, made: Made) -> io::Result<()> {
        let Made { bytes, digest, quads } = made;
        self.out.write_all(&bytes)?;
        let (offset, length) = (self.offset, bytes.len() as u64);
        self.parts.push(Part { holds: holds.to_owned(), grounds, offset, length, digest, quads });
        self.offset += length;
        Ok(())
    }

    /// Puts parts that are derived from their quads alone.
    fn put_quads(&mut self, holds: &str, quads: &[Quad], threads: usize) -> io::Result<()> {
        let chunks: Vec<&[Quad]> = chunks(quads).collect();
        for some in chunks.chunks(AT_ONCE) {
            let made = parallel::map(threads, some, |quads| {
                let text = written(quads)?;
                let of_text = hex(&Sha256::digest(&text));
                let made = if self.old.has(holds, &of_text) { None } else { Some(Made::of_text(&text, quads.len())?) };
                io::Result::Ok((of_text, made))
            });
            for (quads, made) in some.iter().zip(made) {
                let (of_text, made) = made?;
                let made = match made.or_else(|| self.old.part(holds, &of_text)) {
                    Some(made) => made,
                    None => Made::of(quads)?,
                };
                self.put(holds, of_text, made)?;
            }
        }
        Ok(())
    }

    /// Puts a part for each article.
    fn put_articles(&mut self, grounds: &Grounds, contents: &Contents, threads: usize) -> io::Result<()> {
        let make = |record: &Record| Made::of(&contents.of_article(record));
        for some in contents.records.chunks(AT_ONCE) {
            let made = parallel::map(threads, some, |record| {
                let of_article = grounds.of_article(record, contents.corpus);
                let made = if self.old.has(&record.id, &of_article) { None } else { Some(make(record)?) };
                io::Result::Ok((of_article, made))
            });
            for (record, made) in some.iter().zip(made) {
                let (of_article, made) = made?;
                let made = match made.or_else(|| self.old.part(&record.id, &of_article)) {
                    Some(made) => made,
                    None => make(record)?,
                };
                self.put(&record.id, of_article, made)?;
            }
        }
        Ok(())
    }
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

/// What a member of a gzip file holds, if it is one.
pub(super) fn text(member: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    MultiGzDecoder::new(member).read_to_end(&mut text).ok()?;
    Some(text)
}

/// The members of a graph's file.
pub(super) struct Members {
    file: BufReader<File>,
    /// Where the next byte to read lies; not known before anything was read.
    at: Option<u64>,
}

impl Members {
    pub fn of(file: File) -> Self {
        Self { file: BufReader::with_capacity(BUFFER, file), at: None }
    }

    /// The bytes of a part, if they are what the index says.
    pub fn read(&mut self, part: &Part) -> Option<Vec<u8>> {
        // Reading on from where the last part ended keeps what is buffered.
        match self.at.take() {
            Some(at) => {
                self.file.seek_relative(i64::try_from(part.offset).ok()? - i64::try_from(at).ok()?).ok()?;
            }
            None => _ = self.file.seek(SeekFrom::Start(part.offset)).ok()?,
        }
        let mut bytes = vec![0; usize::try_from(part.length).ok()?];
        self.file.read_exact(&mut bytes).ok()?;
        self.at = Some(part.offset + part.length);
        (hex(&Sha256::digest(&bytes)) == part.digest).then_some(bytes)
    }

    fn are_whole<'p>(mut self, parts: impl IntoIterator<Item = &'p Part>) -> bool {
        parts.into_iter().all(|part| self.read(part).is_some())
    }
}

/// The graph that was kept before, to take parts from.
#[derive(Default)]
struct Old {
    members: Option<Members>,
    /// By what they hold and what they are derived from.
    parts: BTreeMap<String, BTreeMap<String, Part>>,
}

impl Old {
    fn open(folder: &Folder) -> Option<Self> {
        let index = Index::read(folder)?;
        let members = Members::of(open(folder, &index)?);
        let mut parts: BTreeMap<String, BTreeMap<String, Part>> = BTreeMap::new();
        for part in index.parts {
            parts.entry(part.holds.clone()).or_default().insert(part.grounds.clone(), part);
        }
        Some(Self { members: Some(members), parts })
    }

    /// Whether there was a part that was derived from these grounds, whole or not.
    fn has(&self, holds: &str, grounds: &str) -> bool {
        self.parts.get(holds).is_some_and(|parts| parts.contains_key(grounds))
    }

    /// The part, if it is whole.
    fn part(&mut self, holds: &str, grounds: &str) -> Option<Made> {
        let part = self.parts.get(holds)?.get(grounds)?;
        let bytes = self.members.as_mut()?.read(part)?;
        Some(Made { bytes, digest: part.digest.clone(), quads: part.quads })
    }
}

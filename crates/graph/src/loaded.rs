//! Graphs that come with a store beside its records: background knowledge, another graph, the measures of the network.
//!
//! Each lies in the folder `graphs` as sorted N-Quads, compressed, and `graphs.json` tells what they are. They are a part of
//! the graph under their own names, never of the default graph, and they stay when the graph is built anew. One that was
//! worked out from the records says so, and counts only as long as they are the same.

use crate::error::{Kind, StoreError};
use crate::folder::{Folder, hex};
use crate::network::{MeetingNetwork, NetworkMeasures};
use crate::quads::quad_order;
use crate::store::Store;
use crate::view::{Grounds, digest};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use oxigraph::io::{RdfFormat, RdfParseError, RdfParser, RdfSerializer};
use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

/// A graph that was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedGraph {
    /// Its IRI.
    pub iri: String,
    /// The files that it was read from, as they were named.
    pub sources: Vec<String>,
    /// Number of quads.
    pub quads: usize,
    /// A digest of what is kept of it.
    pub(crate) digest: String,
    /// The stamp of the records and corrections that it was worked out from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) derived_from: Option<String>,
}

impl LoadedGraph {
    /// The name of its file: a digest of the IRI.
    fn file(&self, folder: &Folder) -> PathBuf {
        let name = digest([self.iri.as_str()]);
        folder.graphs().join(format!("{}.nq.gz", &name[..16]))
    }

    /// What is kept of it: N-Quads, compressed.
    pub(crate) fn bytes(&self, folder: &Folder) -> Result<Vec<u8>, StoreError> {
        let file = self.file(folder);
        let bytes = fs::read(&file).map_err(StoreError::at(&file))?;
        if hex(&Sha256::digest(&bytes)) != self.digest {
            let reason = "it is not what was written".to_owned();
            let iri = self.iri.clone();
            return Err(Kind::LoadedGraph { path: file, iri, reason }.into());
        }
        Ok(bytes)
    }
}

/// What the folder lists.
pub(crate) fn listed(folder: &Folder) -> Result<Vec<LoadedGraph>, StoreError> {
    let path = folder.graphs_index();
    match fs::read(&path) {
        Ok(bytes) => {
            let broken = |error: serde_json::Error| Kind::Record { path: path.clone(), reason: error.to_string() };
            Ok(serde_json::from_slice(&bytes).map_err(broken)?)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(StoreError::at(&path)(error)),
    }
}

/// A reader of the N-Quads of a loaded graph.
pub(crate) fn reader(bytes: &[u8]) -> impl Read + '_ {
    MultiGzDecoder::new(bytes)
}

impl Store {
    /// The graphs that were loaded, by IRI, without those that were worked out from other records than there are now.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn loaded_graphs(&self) -> Result<Vec<LoadedGraph>, StoreError> {
        Ok(Grounds::of(self.folder(), self.names())?.graphs)
    }

    /// Reads RDF from files into a graph of its own, in place of what was there under its IRI: `…/graph/loaded/NAME`, after
    /// the first file, where none is given. What stands in named graphs of a file comes into this one too. The format is that of
    /// the file's ending; `.gz` may follow. The graph as a whole follows with [`Store::commit`].
    ///
    /// # Errors
    /// When a file cannot be read (the message has line and column), the IRI is none or that of a graph of the store's own,
    /// another process writes, or the disk fails. Then nothing has changed.
    pub fn load_graph(&mut self, iri: Option<&str>, files: &[PathBuf]) -> Result<LoadedGraph, StoreError> {
        let iri = match iri {
            Some(iri) => self.own_graph_or(iri)?,
            None => {
                let name = files.first().map(|file| stem(file)).unwrap_or_default();
                NamedNode::new_unchecked(format!("{}graph/loaded/{name}", self.names().base()))
            }
        };
        let mut quads = Vec::new();
        for (number, file) in files.iter().enumerate() {
            let mark = &digest([iri.as_str(), &number.to_string()])[..8];
            read_file(file, &iri, mark, &mut quads)?;
        }
        let sources = files.iter().map(|file| file.display().to_string()).collect();
        self.put_graph(&iri, sources, quads, None)
    }

    /// Puts documents of RDF that are at hand into a graph of its own: in place of what was there under its IRI, or `added` to it.
    /// `source` says where they come from, in lists and errors. The graph as a whole follows with [`Store::commit`].
    ///
    /// # Errors
    /// As [`Store::load_graph`].
    pub fn write_graph(
        &mut self,
        iri: &str,
        source: &str,
        documents: &[(&[u8], RdfFormat)],
        added: bool,
    ) -> Result<LoadedGraph, StoreError> {
        let iri = self.own_graph_or(iri)?;
        self.lock()?;
        let (mut sources, mut quads) = (Vec::new(), Vec::new());
        if added && let Some(before) = listed(self.folder())?.into_iter().find(|graph| graph.iri == iri.as_str()) {
            let bytes = before.bytes(self.folder())?;
            for quad in RdfParser::from_format(RdfFormat::NQuads).for_reader(BufReader::new(reader(&bytes))) {
                quads.push(quad.map_err(|error| wrong(Path::new(&before.iri), error))?);
            }
            sources = before.sources;
        }
        for &(contents, format) in documents {
            // The contents mark their blank nodes: put once more they are the same, and never those of others.
            let mark = &digest([iri.as_str(), &hex(&Sha256::digest(contents))])[..8];
            read((contents, format), Path::new(source), &iri, mark, &mut quads)?;
        }
        if !sources.iter().any(|known| known == source) {
            sources.push(source.to_owned());
        }
        self.put_graph(&iri, sources, quads, None)
    }

    /// Whether a graph of this IRI was loaded. Among the quads those that are empty cannot be found.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn has_loaded_graph(&self, iri: &str) -> Result<bool, StoreError> {
        Ok(listed(self.folder())?.iter().any(|graph| graph.iri == iri))
    }

    /// Whether an IRI names a graph that the store makes itself: those of the articles, decisions, corrections, the network.
    pub fn makes_graph(&self, iri: &str) -> bool {
        let names = self.names();
        [names.decisions(), names.corrections(), names.network()].iter().any(|own| own.as_str() == iri)
            || iri.starts_with(&format!("{}article/", names.base()))
    }

    /// Takes a loaded graph out again; gives what it was.
    ///
    /// # Errors
    /// When there is none of that IRI; the message lists those that there are. When another process writes, or the disk fails.
    pub fn remove_graph(&mut self, iri: &str) -> Result<LoadedGraph, StoreError> {
        self.lock()?;
        let mut all = listed(self.folder())?;
        let Some(at) = all.iter().position(|graph| graph.iri == iri) else {
            let known = match all.is_empty() {
                true => "none was".to_owned(),
                false => {
                    format!("there are {}", all.iter().map(|graph| graph.iri.as_str()).collect::<Vec<_>>().join(", "))
                }
            };
            return Err(Kind::Unknown(format!("no graph {iri} was loaded; {known}")).into());
        };
        let gone = all.remove(at);
        // First the list, then the file: what is not listed is not there.
        self.write_list(&all)?;
        let file = gone.file(self.folder());
        fs::remove_file(&file).map_err(StoreError::at(&file))?;
        self.forget_graph();
        Ok(gone)
    }

    /// Keeps the measures of the network in the graph `…/graph/network`, in place of those that were there, for as long as
    /// articles and corrections stay as they are. The graph as a whole follows with [`Store::commit`].
    ///
    /// # Errors
    /// When another process writes, or the disk fails.
    pub fn write_network(
        &mut self,
        network: &MeetingNetwork,
        measures: &NetworkMeasures,
    ) -> Result<LoadedGraph, StoreError> {
        self.lock()?;
        let quads = network.quads(measures, self.names());
        let derived_from = Grounds::of(self.folder(), self.names())?.of_records;
        self.put_graph(&self.names().network(), Vec::new(), quads, Some(derived_from))
    }

    pub(crate) fn put_graph(
        &mut self,
        iri: &NamedNode,
        sources: Vec<String>,
        mut quads: Vec<Quad>,
        derived_from: Option<String>,
    ) -> Result<LoadedGraph, StoreError> {
        self.lock()?;
        quads.sort_by(quad_order);
        quads.dedup();
        let bytes = compressed(&quads).map_err(Kind::Write)?;
        let digest = hex(&Sha256::digest(&bytes));
        let graph = LoadedGraph { iri: iri.as_str().to_owned(), sources, quads: quads.len(), digest, derived_from };
        self.put_bytes(&graph, &bytes)?;
        Ok(graph)
    }

    /// Keeps a graph that is at hand as it is kept.
    pub(crate) fn put_bytes(&mut self, graph: &LoadedGraph, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = self.folder().graphs();
        fs::create_dir_all(&folder).map_err(StoreError::at(&folder))?;
        self.folder().write_whole(&graph.file(self.folder()), bytes)?;
        let mut all = listed(self.folder())?;
        all.retain(|other| other.iri != graph.iri);
        all.push(graph.clone());
        all.sort_by(|a, b| a.iri.cmp(&b.iri));
        self.write_list(&all)?;
        self.forget_graph();
        Ok(())
    }

    fn write_list(&self, all: &[LoadedGraph]) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec_pretty(all).map_err(StoreError::engine)?;
        bytes.push(b'\n');
        self.folder().write_whole(&self.folder().graphs_index(), &bytes)
    }

    /// The IRI, unless it is that of a graph that the store makes itself.
    fn own_graph_or(&self, iri: &str) -> Result<NamedNode, StoreError> {
        let node =
            NamedNode::new(iri).map_err(|error| Kind::Unknown(format!("{iri:?} is no absolute IRI ({error})")))?;
        if self.makes_graph(iri) {
            let message = format!("{iri} is a graph that the store makes itself: choose another IRI");
            return Err(Kind::Unknown(message).into());
        }
        Ok(node)
    }
}

/// The name of a file without its endings, as a part of an IRI.
fn stem(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    crate::namespace::hyphenated(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

fn compressed(quads: &[Quad]) -> std::io::Result<Vec<u8>> {
    let writer = BufWriter::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut serializer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(writer);
    for quad in quads {
        serializer.serialize_quad(quad)?;
    }
    serializer.finish()?.into_inner().map_err(|error| error.into_error())?.finish()
}

/// Reads a file into a graph.
fn read_file(path: &Path, graph: &NamedNode, mark: &str, quads: &mut Vec<Quad>) -> Result<(), StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let (name, packed) = name.strip_suffix(".gz").map_or((name.as_str(), false), |name| (name, true));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = match ending {
        "owl" => Some(RdfFormat::RdfXml),
        // What Oxigraph takes for N-Triples is more often prose.
        "txt" => None,
        ending => RdfFormat::from_extension(ending),
    };
    let format = format.ok_or_else(|| {
        let known = "RDF is read from .ttl, .nt, .nq, .trig, .rdf, .owl, .xml, .jsonld, .json and .n3, also with .gz";
        Kind::Unknown(format!("{}: {known}", path.display()))
    })?;
    let file = BufReader::new(File::open(path).map_err(StoreError::at(path))?);
    let file: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    read((file, format), path, graph, mark, quads)
}

/// Reads RDF into a graph. Blank nodes get names with a mark, so that those of two files stay apart.
fn read(
    (contents, format): (impl Read, RdfFormat),
    path: &Path,
    graph: &NamedNode,
    mark: &str,
    quads: &mut Vec<Quad>,
) -> Result<(), StoreError> {
    let parser = RdfParser::from_format(format).with_base_iri(graph.as_str()).map_err(StoreError::engine)?;
    let mut blanks = Blanks { mark, names: BTreeMap::new() };
    for quad in parser.for_reader(BufReader::new(contents)) {
        let quad = quad.map_err(|error| wrong(path, error))?;
        let subject = match quad.subject {
            NamedOrBlankNode::BlankNode(node) => blanks.renamed(node).into(),
            named => named,
        };
        let object = blanks.in_term(quad.object);
        quads.push(Quad::new(subject, quad.predicate, object, GraphName::NamedNode(graph.clone())));
    }
    Ok(())
}

fn wrong(path: &Path, error: RdfParseError) -> StoreError {
    match error {
        RdfParseError::Io(error) => StoreError::at(path)(error),
        RdfParseError::Syntax(error) => {
            let at = error.location().map(|range| (range.start.line + 1, range.start.column + 1));
            Kind::Rdf { path: path.to_owned(), at, reason: error.to_string() }.into()
        }
    }
}

/// New names for the blank nodes of a file.
struct Blanks<'m> {
    mark: &'m str,
    names: BTreeMap<String, BlankNode>,
}

impl Blanks<'_> {
    fn renamed(&mut self, node: BlankNode) -> BlankNode {
        let number = self.names.len();
        let new = || BlankNode::new_unchecked(format!("b{}x{number}", self.mark));
        self.names.entry(node.into_string()).or_insert_with(new).clone()
    }

    fn in_term(&mut self, term: Term) -> Term {
        match term {
            Term::BlankNode(node) => self.renamed(node).into(),
            Term::Triple(mut triple) => {
                if let NamedOrBlankNode::BlankNode(node) = triple.subject {
                    triple.subject = self.renamed(node).into();
                }
                triple.object = self.in_term(triple.object);
                Term::Triple(triple)
            }
            other => other,
        }
    }
}

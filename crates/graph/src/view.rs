//! The graph as a view of the records: what it is derived from, and how it is built.

use crate::error::StoreError;
use crate::folder::{Folder, hex, record_file};
use crate::loaded::{self, LoadedGraph};
use crate::namespace::Namespace;
use crate::quads::{article_quads, decision_quads, default_quads};
use demarche_record::Record;
use demarche_resolve::{Corpus, Corrections, RULES};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::store::{LoaderError, Store};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Raised whenever the same corpus gives other quads, so that old graphs are built anew. By which rules identity was decided
/// counts too.
const VIEW: &str = "demarche-graph/4";

/// What a graph is derived from. Two graphs with the same stamp are the same.
pub(crate) struct Grounds {
    /// The version of the view, the base, the corrections, every record and every loaded graph.
    pub stamp: String,
    /// The same without the loaded graphs.
    pub of_records: String,
    /// The loaded graphs that count: those that were worked out from other records do not.
    pub graphs: Vec<LoadedGraph>,
    /// The version of the view and the base.
    manner: String,
    /// The digest of each record's file, by its name.
    records: BTreeMap<String, String>,
}

impl Grounds {
    /// Digests all that the graph of a folder is derived from.
    pub fn of(folder: &Folder, names: &Namespace) -> Result<Self, StoreError> {
        let manner = digest([VIEW, RULES, env!("CARGO_PKG_VERSION"), names.base()]);
        let records = folder.digests()?;
        let corrections = folder.read_corrections()?.unwrap_or_default();
        let parts = records.iter().flat_map(|(name, digest)| [name.as_str(), digest.as_str()]);
        let of_records = format!("{VIEW} {}", digest([manner.as_str(), &corrections].into_iter().chain(parts)));
        let mut graphs = loaded::listed(folder)?;
        graphs.retain(|graph| graph.derived_from.as_ref().is_none_or(|grounds| *grounds == of_records));
        let stamp = match graphs.is_empty() {
            true => of_records.clone(),
            false => {
                let parts = graphs.iter().flat_map(|graph| [graph.iri.as_str(), graph.digest.as_str()]);
                format!("{VIEW} {}", digest([of_records.as_str()].into_iter().chain(parts)))
            }
        };
        Ok(Self { stamp, of_records, graphs, manner, records })
    }

    /// A digest of all that the quads of one article are derived from: its record, and what the corpus calls the things
    /// that it speaks of.
    #[cfg_attr(feature = "rocksdb", allow(dead_code, reason = "a graph on disk is written as a whole"))]
    pub fn of_article(&self, record: &Record, corpus: &Corpus) -> String {
        let content = self.of_record(record).unwrap_or_default();
        let keys = local_ids(record).map(|local| corpus.key(record, local).map_or("", |key| key.as_str()));
        digest([self.manner.as_str(), content].into_iter().chain(keys))
    }
}

impl Grounds {
    /// The digest of a record's file.
    pub fn of_record(&self, record: &Record) -> Option<&str> {
        self.records.get(&record_file(&record.id)).map(String::as_str)
    }
}

/// The ids of everything that a record speaks of.
fn local_ids(record: &Record) -> impl Iterator<Item = &str> {
    let people = record.people.iter().map(|person| person.id.as_str());
    let organizations = record.organizations.iter().map(|body| body.id.as_str());
    let places = record.places.iter().map(|place| place.id.as_str());
    let meetings = record.meetings.iter().map(|meeting| meeting.id.as_str());
    let statements = record.statements.iter().map(|statement| statement.id.as_str());
    people.chain(organizations).chain(places).chain(meetings).chain(statements)
}

pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

/// All that the quads of a graph are made from.
pub(crate) struct Contents<'a> {
    pub records: &'a [Record],
    pub corpus: &'a Corpus,
    pub corrections: &'a Corrections,
    pub names: &'a Namespace,
    /// How many threads make them.
    pub threads: usize,
    /// The loaded graphs, and what is kept of them.
    pub graphs: Vec<(LoadedGraph, Vec<u8>)>,
}

/// Reads what is kept of the loaded graphs.
pub(crate) fn graphs(folder: &Folder, grounds: &Grounds) -> Result<Vec<(LoadedGraph, Vec<u8>)>, StoreError> {
    grounds.graphs.iter().map(|graph| Ok((graph.clone(), graph.bytes(folder)?))).collect()
}

impl Contents<'_> {
    /// What all articles together say, sorted.
    pub fn common(&self) -> Vec<Quad> {
        default_quads(self.records, self.corpus, self.names, self.threads)
    }

    /// The corrections and the decisions, each graph sorted.
    pub fn decisions(&self) -> Vec<Quad> {
        decision_quads(self.corpus, self.corrections, self.names)
    }

    /// What one article says, sorted.
    pub fn of_article(&self, record: &Record) -> Vec<Quad> {
        article_quads(record, self.corpus, self.names)
    }

    /// All of it.
    fn all(&self) -> impl Iterator<Item = Quad> {
        let common = self.common().into_iter().chain(self.decisions());
        common.chain(self.records.iter().flat_map(|record| self.of_article(record)))
    }
}

/// Builds the graph in memory.
pub(crate) fn build(contents: &Contents) -> Result<Store, StoreError> {
    let store = Store::new().map_err(StoreError::engine)?;
    load_all(&store, contents)?;
    Ok(store)
}

/// Loads everything into an empty graph; gives the number of quads.
pub(crate) fn load_all(store: &Store, contents: &Contents) -> Result<usize, StoreError> {
    let mut count = 0;
    let mut loader = store.bulk_loader();
    loader.load_quads(contents.all().inspect(|_| count += 1)).map_err(StoreError::engine)?;
    for (graph, bytes) in &contents.graphs {
        // Blank nodes keep the names that they were given when the graph came in, so that every store calls them the same.
        let quads = RdfParser::from_format(RdfFormat::NQuads).for_reader(loaded::reader(bytes));
        loader.load_ok_quads::<_, LoaderError>(quads).map_err(StoreError::engine)?;
        count += graph.quads;
    }
    loader.commit().map_err(StoreError::engine)?;
    Ok(count)
}

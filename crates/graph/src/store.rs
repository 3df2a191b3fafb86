//! A folder of records with the graph that is derived from them.

use crate::called;
use crate::competency::NamedQuery;
use crate::error::StoreError;
use crate::folder::{Folder, Origin, namespace};
use crate::kept;
use crate::namespace::Namespace;
use crate::query::{QueryOptions, Results, evaluate, parse};
use crate::reach::Reach;
use crate::remembered;
use crate::view::{self, Contents, Grounds};
use demarche_record::Record;
use demarche_resolve::{Corpus, resolve_again, resolve_with};
use serde::{Deserialize, Serialize};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A store: a folder with one record for each article, and the graph that follows from them.
///
/// The records and the corrections ([`Store::corrections`]) are the truth; the graph is a view of them, stamped with what it
/// was derived from, and built anew whenever it is missing, damaged or out of date. Identity of an article is by its text: the same text has the same id
/// wherever it lies. Two versions of one file are two articles; [`Store::withdraw`] takes one back.
///
/// Any number of processes may read. One may write, from its first [`Store::add`] until the store is dropped.
pub struct Store {
    folder: Folder,
    names: Namespace,
    loaded: Loaded,
}

/// What has been loaded of the graph.
#[derive(Default)]
struct Loaded {
    /// All of it.
    whole: OnceLock<Whole>,
    /// As much of it as queries have asked for.
    part: Mutex<Option<(Reach, oxigraph::store::Store)>>,
}

/// All of the graph.
struct Whole {
    graph: oxigraph::store::Store,
    /// What it was loaded from; none where it was built in memory.
    origin: Option<kept::Origin>,
}

/// What came of adding records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Articles that were not there before.
    pub new: usize,
    /// Articles that were there, and whose record differs now: read by another version or with other metadata.
    pub replaced: usize,
    /// Articles that were there as they are.
    pub unchanged: usize,
    /// Copies of an article under another path. The path that comes first in order stays.
    pub copies: usize,
}

/// What a graph holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// Whether the graph was built; it is not where nothing had changed.
    #[serde(skip)]
    pub rebuilt: bool,
    /// Articles.
    pub articles: usize,
    /// People of the corpus.
    pub people: usize,
    /// Organisations of the corpus.
    pub organizations: usize,
    /// Places of the corpus.
    pub places: usize,
    /// Meetings of the corpus.
    pub meetings: usize,
    /// Statements of the corpus.
    pub statements: usize,
    /// Quads, in all graphs.
    pub quads: usize,
}

/// What a graph holds that has followed the one that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// What it is derived from, as [`Store::stamp`] has it.
    pub stamp: String,
    /// Quads, in all graphs.
    pub quads: usize,
}

impl Store {
    /// Makes a new store in a folder that is not there yet or is empty. `base` is the IRI under which things are named.
    ///
    /// # Errors
    /// When the folder holds something, cannot be written, or `base` is no absolute IRI.
    pub fn create(path: impl AsRef<Path>, base: Option<&str>) -> Result<Self, StoreError> {
        let names = namespace(base.unwrap_or(Namespace::DEFAULT))?;
        let folder = Folder::create(path.as_ref(), &names)?;
        Ok(Self { folder, names, loaded: Loaded::default() })
    }

    /// Opens a store.
    ///
    /// # Errors
    /// When there is none, or it is of another version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let (folder, names) = Folder::open(path.as_ref())?;
        Ok(Self { folder, names, loaded: Loaded::default() })
    }

    /// Opens the store at a path, or makes one where the folder is not there yet or empty.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(path: impl AsRef<Path>, base: Option<&str>) -> Result<Self, StoreError> {
        match Self::open(path.as_ref()) {
            Err(error) if error.kind() == crate::StoreErrorKind::Missing => Self::create(path, base),
            opened => opened,
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The base and prefixes of the IRIs.
    pub fn names(&self) -> &Namespace {
        &self.names
    }

    /// Adds records: each is written whole or not at all. What is there already stays as it is, so that adding twice is
    /// adding once; the order of the records does not matter. The graph follows with [`Store::commit`].
    ///
    /// # Errors
    /// When another process writes, or the disk fails.
    pub fn add<'r>(&mut self, records: impl IntoIterator<Item = &'r Record>) -> Result<Added, StoreError> {
        self.folder.lock()?;
        let mut added = Added::default();
        for record in records {
            match self.folder.read_record(&record.id) {
                Ok(Some(stored)) if stored == *record => added.unchanged += 1,
                Ok(Some(stored)) if stored.source < record.source => added.copies += 1,
                Ok(Some(stored)) => {
                    self.folder.write_record(record)?;
                    if stored.source == record.source { added.replaced += 1 } else { added.copies += 1 }
                }
                Ok(None) => {
                    self.folder.write_record(record)?;
                    added.new += 1;
                }
                // What cannot be read is made good by what can.
                Err(error) if error.kind() == crate::StoreErrorKind::Record => {
                    self.folder.write_record(record)?;
                    added.replaced += 1;
                }
                Err(error) => return Err(error),
            }
        }
        self.loaded = Loaded::default();
        Ok(added)
    }

    /// Takes articles back by their ids (`doc:…`): exactly what rested on them alone goes with [`Store::commit`]. Gives
    /// how many there were.
    ///
    /// # Errors
    /// When another process writes, or the disk fails.
    pub fn withdraw<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>) -> Result<usize, StoreError> {
        self.folder.lock()?;
        let mut gone = 0;
        for id in ids {
            gone += usize::from(self.folder.remove_record(id)?);
        }
        self.loaded = Loaded::default();
        Ok(gone)
    }

    /// Brings the graph up to date with the records and the corrections and keeps it. Where nothing has changed, it says so
    /// and writes nothing. What did not change is taken over: of who is who and of what was one meeting the blocks that no
    /// changed article touches, of the graph the parts that would come out the same.
    ///
    /// # Errors
    /// When another process writes, a record or the corrections cannot be read, or the disk fails.
    pub fn commit(&mut self) -> Result<Built, StoreError> {
        self.folder.lock()?;
        let grounds = Grounds::of(&self.folder, &self.names)?;
        if remembered::is_kept(&self.folder)
            && let Some(built) = kept::current(&self.folder, &grounds.stamp)
        {
            return Ok(built);
        }
        let records = self.folder.read_records()?;
        let corrections = self.corrections()?;
        let memory = remembered::open(&self.folder, &grounds, &records);
        let corpus = resolve_again(&records, &corrections, Some(&memory));
        let graphs = view::graphs(&self.folder, &grounds)?;
        let (corpus, corrections, names, threads) = (&corpus, &corrections, &self.names, self.folder.threads);
        let contents = Contents { records: &records, corpus, corrections, names, threads, graphs };
        // The graph comes last: where it is kept, all is.
        remembered::keep(&self.folder, &memory)?;
        let built = kept::keep(&self.folder, &grounds, &contents)?;
        self.loaded = Loaded::default();
        Ok(built)
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    pub(crate) fn folder_mut(&mut self) -> &mut Folder {
        &mut self.folder
    }

    /// Lets go of the graph that was loaded: it is out of date.
    pub(crate) fn forget_graph(&mut self) {
        self.loaded = Loaded::default();
    }

    /// Takes the right to write.
    pub(crate) fn lock(&mut self) -> Result<(), StoreError> {
        self.folder.lock()
    }

    /// Where the records are from, in the order of their ids.
    pub(crate) fn origins(&self) -> Result<Vec<Origin>, StoreError> {
        self.folder.read_origins()
    }

    /// All records, in the order of their ids.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn records(&self) -> Result<Vec<Record>, StoreError> {
        self.folder.read_records()
    }

    /// The record of an id, if it is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn record(&self, id: &str) -> Result<Option<Record>, StoreError> {
        self.folder.read_record(id)
    }

    /// How many articles there are.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn len(&self) -> Result<usize, StoreError> {
        self.folder.count()
    }

    /// Whether there are no articles.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.len()? == 0)
    }

    /// What all records together speak of.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn corpus(&self) -> Result<Corpus, StoreError> {
        self.corpus_of(&self.records()?)
    }

    /// The same, where the records have been read before.
    pub(crate) fn corpus_of(&self, records: &[Record]) -> Result<Corpus, StoreError> {
        Ok(resolve_with(records, &self.corrections()?))
    }

    /// Asks in SPARQL 1.1. The prefixes of [`Namespace::prefixes`] need not be declared.
    ///
    /// Of a graph that is not loaded yet only what the query can see is loaded: without GRAPH and FROM the default graph, and
    /// of that the predicates and classes that it names. The next query that sees more loads all of the graphs that it looks
    /// into. Who has many queries to ask calls [`Store::graph`] first.
    ///
    /// # Errors
    /// When the query cannot be read, or the graph cannot be loaded.
    pub fn query(&self, query: &str, options: &QueryOptions) -> Result<Results, StoreError> {
        let query = parse(&self.names, query)?;
        let graph = self.reached(Reach::of(&query))?;
        evaluate(&graph, query, options)
    }

    /// Asks a named query, or one of one's own with parameters, about what is given for them, as [`NamedQuery::bind`] has it.
    ///
    /// # Errors
    /// Those of [`NamedQuery::bind`] and [`Store::query`].
    pub fn ask(
        &self,
        query: &NamedQuery,
        given: &[(String, String)],
        options: &QueryOptions,
    ) -> Result<Results, StoreError> {
        // What the names mean and what is asked are looked up in the same graph, which is loaded once.
        let reach = Reach::of(&parse(&self.names, &query.sparql)?).and(called::reach());
        let graph = self.reached(reach)?;
        let bound = parse(&self.names, &query.bind(&graph, &self.names, given)?)?;
        evaluate(&graph, bound, options)
    }

    /// The SPARQL that [`Store::ask`] asks.
    ///
    /// # Errors
    /// Those of [`NamedQuery::bind`].
    pub fn bind(&self, query: &NamedQuery, given: &[(String, String)]) -> Result<String, StoreError> {
        query.bind(&self.reached(called::reach())?, &self.names, given)
    }

    /// The graph, all of it. Loaded when it is first asked for; where what is kept does not fit the records, it is built from
    /// them in memory. Reading never writes: only [`Store::commit`] keeps a graph.
    ///
    /// # Errors
    /// When a record cannot be read, or the engine fails.
    pub fn graph(&self) -> Result<&oxigraph::store::Store, StoreError> {
        if let Some(whole) = self.loaded.whole.get() {
            return Ok(&whole.graph);
        }
        let whole = match self.load(&Reach::graphs(true))? {
            Some((graph, origin)) => Whole { graph, origin: Some(origin) },
            None => Whole { graph: self.build()?, origin: None },
        };
        Ok(&self.loaded.whole.get_or_init(|| whole).graph)
    }

    /// Brings the graph that was loaded with [`Store::graph`] up to what is kept by now, after another process has committed.
    /// Only what differs is read, so that a correction is seen at once in a large graph too. None,
    /// with the graph as it was, where the store is better opened anew: all was not loaded, nothing is kept that fits the records,
    /// or too much differs.
    ///
    /// # Errors
    /// When the folder, a record or the corrections cannot be read.
    pub fn follow(&mut self) -> Result<Option<Followed>, StoreError> {
        let names = self.folder.reread()?;
        let Some(Whole { graph, origin: Some(origin) }) = self.loaded.whole.get_mut() else { return Ok(None) };
        if names.base() != self.names.base() {
            return Ok(None);
        }
        let grounds = Grounds::of(&self.folder, &names)?;
        let Some(now) = kept::take_over(&self.folder, &grounds, graph, origin) else { return Ok(None) };
        *origin = now;
        let quads = origin.quads();
        self.loaded.part = Mutex::default();
        Ok(Some(Followed { stamp: grounds.stamp, quads }))
    }

    /// Has as many threads read and write the store, instead of one for each processor. What comes of it is the same.
    pub fn use_threads(&mut self, threads: NonZero<usize>) {
        self.folder.threads = threads.get();
    }

    /// What the graph of this stamp holds, where it lies on disk as a database. Any process can open such a graph for itself, by
    /// [`Store::open_on_disk`]; any other is held in memory.
    pub fn on_disk(&self, stamp: &str) -> Option<Built> {
        kept::current(&self.folder, stamp).filter(|_| kept::ON_DISK)
    }

    /// Opens a store with its graph on disk, which was seen to be there ([`Store::on_disk`]): its records need not be
    /// read again. None where another graph has taken its place since.
    ///
    /// # Errors
    /// Those of [`Store::open`].
    pub fn open_on_disk(path: impl AsRef<Path>, stamp: &str) -> Result<Option<Self>, StoreError> {
        let store = Self::open(path)?;
        let Some((graph, origin)) = kept::open(&store.folder, stamp, &Reach::graphs(true)) else { return Ok(None) };
        let whole = Whole { graph, origin: Some(origin) };
        Ok(Some(Self { loaded: Loaded { whole: whole.into(), ..Loaded::default() }, ..store }))
    }

    /// What the graph is derived from, in a word: with the same stamp, the same graph.
    ///
    /// # Errors
    /// When a record or the corrections cannot be read.
    pub fn stamp(&self) -> Result<String, StoreError> {
        Ok(Grounds::of(&self.folder, &self.names)?.stamp)
    }

    /// A graph that has all that is reached, and often no more.
    pub(crate) fn reached(&self, reach: Reach) -> Result<oxigraph::store::Store, StoreError> {
        if let Some(whole) = self.loaded.whole.get() {
            return Ok(whole.graph.clone());
        }
        // A thread that was broken off while it loaded has left what was there before.
        let mut part = self.loaded.part.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = match part.as_ref() {
            Some((has, graph)) if has.covers(&reach) => return Ok(graph.clone()),
            Some((has, _)) => has.widened(&reach),
            None => reach,
        };
        *part = None;
        if wanted.named && wanted.is_whole() {
            return self.graph().cloned();
        }
        match self.load(&wanted)? {
            Some((graph, _)) => {
                *part = Some((wanted, graph.clone()));
                Ok(graph)
            }
            None => {
                let whole = Whole { graph: self.build()?, origin: None };
                Ok(self.loaded.whole.get_or_init(|| whole).graph.clone())
            }
        }
    }

    /// Loads what is kept, if it fits the records.
    fn load(&self, reach: &Reach) -> Result<Option<(oxigraph::store::Store, kept::Origin)>, StoreError> {
        let grounds = Grounds::of(&self.folder, &self.names)?;
        Ok(kept::load(&self.folder, &grounds, reach))
    }

    /// The lines of N-Quads of what is kept, or of its default graph, if it fits the records.
    pub(crate) fn lines(&self, named: bool) -> Result<Option<Box<dyn std::io::BufRead>>, StoreError> {
        let grounds = Grounds::of(&self.folder, &self.names)?;
        Ok(kept::lines(&self.folder, &grounds, named))
    }

    /// Builds the graph from the records.
    fn build(&self) -> Result<oxigraph::store::Store, StoreError> {
        let records = self.folder.read_records()?;
        let corrections = self.corrections()?;
        let corpus = resolve_with(&records, &corrections);
        let graphs = view::graphs(&self.folder, &Grounds::of(&self.folder, &self.names)?)?;
        let (corpus, corrections, names, threads) = (&corpus, &corrections, &self.names, self.folder.threads);
        view::build(&Contents { records: &records, corpus, corrections, names, threads, graphs })
    }
}

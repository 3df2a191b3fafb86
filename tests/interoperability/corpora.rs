//! What the tools are given: the sample articles, and an article in which nothing is easy, in every format of RDF.

use crate::hard;
use demarche_graph::Format;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;

/// All that the tools are given, in a folder that goes with it.
pub struct Corpora {
    pub all: [Corpus; 2],
    _folder: TempDir,
}

/// One store, exported.
pub struct Corpus {
    pub name: &'static str,
    folder: PathBuf,
}

/// The corpora. Tests that run at the same time share them.
pub fn corpora() -> Arc<Corpora> {
    static SHARED: Mutex<Weak<Corpora>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    shared.upgrade().unwrap_or_else(|| {
        let made = Arc::new(Corpora::new());
        *shared = Arc::downgrade(&made);
        made
    })
}

impl Corpora {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/sample").display().to_string();
        let manifest = format!("{samples}/manifest.csv");
        let sample = Corpus::build("sample", folder.path(), &[&samples, "--manifest", &manifest]);

        let records = folder.path().join("hard.jsonl");
        std::fs::write(&records, serde_json::to_string(&hard::record()).unwrap() + "\n").unwrap();
        let base = "https://example.org/%D1%81%D0%B2%D1%96%D1%82/";
        let hard = Corpus::build("hard", folder.path(), &["--records", &records.display().to_string(), "--base", base]);
        Self { all: [sample, hard], _folder: folder }
    }
}

impl Corpus {
    /// Builds a store and exports it.
    fn build(name: &'static str, folder: &Path, arguments: &[&str]) -> Self {
        let corpus = Self { name, folder: folder.to_owned() };
        demarche(folder, &[&["build", "--store", name], arguments].concat());
        let others = ["graphml", "gexf", "dot", "ics", "ftm.json"].map(|ending| corpus.network(ending));
        for file in Format::ALL.into_iter().map(|format| corpus.file(format)).chain(others) {
            demarche(folder, &["export", "--store", name, "-o", &file.display().to_string()]);
        }
        let tables = corpus.network("tables");
        demarche(folder, &["export", "--store", name, "--format", "neo4j", "-o", &tables.display().to_string()]);
        corpus
    }

    /// Where it lies in a format.
    pub fn file(&self, format: Format) -> PathBuf {
        self.folder.join(format!("{}.{}", self.name, format.name()))
    }

    /// Where it lies in a format beside RDF, by the ending of its name; `tables` are those for Neo4j.
    pub fn network(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", self.name))
    }

    /// What all articles together say.
    pub fn facts(&self) -> Vec<Quad> {
        let mut quads = read(&self.file(Format::NQuads));
        quads.retain(|quad| quad.graph_name == GraphName::DefaultGraph);
        quads
    }

    /// What a tool has to find in the file of a format: all quads, or those of the default graph.
    pub fn expected(&self, format: Format) -> BTreeSet<String> {
        let all = read(&self.file(Format::NQuads));
        let seen = all.into_iter().filter(|quad| format.has_graphs() || quad.graph_name == GraphName::DefaultGraph);
        match format {
            Format::RdfXml => seen.map(|quad| hard::in_xml(quad).to_string()).collect(),
            _ => seen.map(|quad| quad.to_string()).collect(),
        }
    }
}

fn demarche(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche")).current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "demarche {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The quads of an N-Quads file, one a line as Oxigraph writes them. Since no node of ours is blank, two sets of them can be
/// compared as they are.
pub fn quads(file: &Path) -> BTreeSet<String> {
    read(file).iter().map(Quad::to_string).collect()
}

fn read(file: &Path) -> Vec<Quad> {
    let reader = File::open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let quads = RdfParser::from_format(RdfFormat::NQuads).for_reader(reader);
    quads.map(|quad| quad.unwrap_or_else(|error| panic!("{}: {error}", file.display()))).collect()
}

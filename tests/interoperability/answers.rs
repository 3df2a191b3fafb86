//! The questions of `ontology/competency` and their answers.

use demarche_graph::Namespace;
use oxigraph::io::RdfFormat;
use oxigraph::model::Term;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxigraph::sparql::{QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::Store;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A query as any engine takes it, with the prefixes that ours knows by itself.
pub struct Question {
    pub name: String,
    sparql: String,
}

/// The questions as they stand, without any parameter.
pub fn questions() -> Vec<Question> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology/competency");
    let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rq"));
    files.sort();
    let prefixes = Namespace::default().prefixes();
    let prefixes: String = prefixes.iter().map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n")).collect();
    let question = |file: &PathBuf| Question {
        name: file.file_stem().unwrap().display().to_string(),
        sparql: prefixes.clone() + &std::fs::read_to_string(file).unwrap(),
    };
    files.iter().map(question).collect()
}

impl Question {
    /// Writes the query into a folder; gives the file.
    pub fn write(&self, folder: &Path) -> PathBuf {
        let file = folder.join(format!("{}.rq", self.name));
        std::fs::write(&file, &self.sparql).unwrap();
        file
    }

    /// Oxigraph's answer over an N-Quads file.
    pub fn ask(&self, dataset: &Path) -> Answer {
        let store = Store::new().unwrap();
        store.load_from_reader(RdfFormat::NQuads, File::open(dataset).unwrap()).unwrap();
        let query = SparqlEvaluator::new().parse_query(&self.sparql).unwrap();
        let QueryResults::Solutions(solutions) = query.on_store(&store).execute().unwrap() else {
            panic!("{} gives no rows", self.name)
        };
        Answer::new(solutions.map(Result::unwrap))
    }
}

/// The rows of an answer, as a bag: where rows are equal in what a query sorts by, each engine has its own order.
#[derive(Debug, PartialEq)]
pub struct Answer(Vec<BTreeMap<String, String>>);

impl Answer {
    fn new(solutions: impl Iterator<Item = QuerySolution>) -> Self {
        let row = |row: QuerySolution| row.iter().map(|(name, term)| (name.to_string(), cell(term))).collect();
        let mut rows: Vec<_> = solutions.map(row).collect();
        rows.sort();
        Self(rows)
    }

    /// Reads an answer in SPARQL's JSON format.
    pub fn read(file: &Path) -> Self {
        let reader = File::open(file).unwrap();
        let parsed = QueryResultsParser::from_format(QueryResultsFormat::Json).for_reader(reader).unwrap();
        let ReaderQueryResultsParserOutput::Solutions(rows) = parsed else { panic!("{}: no rows", file.display()) };
        Self::new(rows.map(Result::unwrap))
    }
}

/// A term, to be compared. Of a list that GROUP_CONCAT made, SPARQL leaves the order open.
fn cell(term: &Term) -> String {
    match term {
        Term::Literal(literal) if literal.value().contains(", ") => {
            let mut parts: Vec<&str> = literal.value().split(", ").collect();
            parts.sort();
            parts.join(", ")
        }
        _ => term.to_string(),
    }
}

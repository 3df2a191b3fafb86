//! The ontology says what the code writes, and the queries answer.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::corpus;
use demarche_graph::model::{NamedOrBlankNode, Quad, Term};
use demarche_graph::vocabulary::{CONCEPTS, dm, rdf, rdfs};
use demarche_graph::{Namespace, QueryOptions, Store, article_quads, corpus_quads, named_queries, named_query};
use demarche_resolve::{Corrections, resolve};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn ontology(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology").join(file)
}

fn turtle(file: &str) -> Vec<Quad> {
    let text = std::fs::read(ontology(file)).unwrap();
    RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).map(Result::unwrap).collect()
}

fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// Every IRI of our namespace in the quads.
fn terms(quads: &[Quad]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for quad in quads {
        found.insert(subject(quad));
        found.insert(quad.predicate.as_str().to_owned());
        if let Term::NamedNode(node) = &quad.object {
            found.insert(node.as_str().to_owned());
        }
    }
    found.retain(|iri| iri.starts_with(dm::NAMESPACE));
    found
}

fn all_terms() -> BTreeSet<String> {
    dm::ALL.iter().map(|term| term.as_str().to_owned()).collect()
}

/// What the ontology declares, ours and what the graph uses of others.
fn declared() -> BTreeSet<String> {
    turtle("demarche.ttl").iter().map(subject).collect()
}

#[test]
fn nothing_of_ours_is_referred_to_without_being_declared() {
    assert_eq!(terms(&turtle("demarche.ttl")), all_terms());
}

/// The properties, classes, concepts and datatypes that the quads are written in.
fn used(quads: &[Quad]) -> BTreeSet<String> {
    let mut found = terms(quads);
    for quad in quads {
        found.insert(quad.predicate.as_str().to_owned());
        match &quad.object {
            Term::NamedNode(class) if quad.predicate == rdf::TYPE => _ = found.insert(class.as_str().to_owned()),
            Term::Literal(literal) => _ = found.insert(literal.datatype().as_str().to_owned()),
            _ => {}
        }
    }
    found
}

#[test]
fn the_graph_is_written_in_declared_terms() {
    let records = corpus();
    let (names, corpus) = (Namespace::default(), resolve(&records));
    let mut quads = corpus_quads(&records, &corpus, &Corrections::default(), &names);
    records.iter().for_each(|record| quads.extend(article_quads(record, &corpus, &names)));
    let unknown: Vec<String> = used(&quads).difference(&declared()).cloned().collect();
    assert_eq!(unknown, Vec::<String>::new());
    assert!(quads.iter().all(|quad| !quad.subject.is_blank_node() && !quad.object.is_blank_node()));
}

#[test]
fn every_stance_of_the_lexicon_is_a_concept() {
    let lexicon = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/lexicon/cues.tsv");
    let text = std::fs::read_to_string(lexicon).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let stances: BTreeSet<&str> = lines.filter_map(|line| line.split('\t').nth(2)).collect();
    let concepts: BTreeSet<&str> = CONCEPTS.iter().filter(|c| c.scheme == dm::STANCES).map(|c| c.label).collect();
    assert_eq!(stances, concepts);
}

#[test]
fn shapes_and_context_use_declared_terms() {
    let unknown: Vec<String> = terms(&turtle("shapes.ttl")).difference(&all_terms()).cloned().collect();
    assert_eq!(unknown, Vec::<String>::new());
    let context: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(ontology("context.jsonld")).unwrap()).unwrap();
    for (name, definition) in context["@context"].as_object().unwrap() {
        if let Some(local) = definition["@id"].as_str().and_then(|id| id.strip_prefix("dm:")) {
            assert_eq!(local, name);
            assert!(all_terms().contains(&format!("{}{local}", dm::NAMESPACE)), "{name}");
        }
    }
    // And it is a context that a JSON-LD processor takes.
    let document = format!("{{\"@context\": {}, \"@id\": \"urn:x\", \"label\": \"x\"}}", context["@context"]);
    let parser = RdfParser::from_format(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() });
    let quads: Vec<Quad> = parser.for_slice(document.as_bytes()).map(Result::unwrap).collect();
    assert_eq!(quads[0].predicate, rdfs::LABEL);
}

/// What is asked of the small corpus where a query has to be told something.
const ASKED: &[(&str, &[(&str, &str)])] = &[
    ("common-contacts", &[("person", "Mara Lindqvist"), ("other", "Ines Duarte")]),
    ("dossier", &[("person", "Lindqvist")]),
    ("who-says-so", &[("meeting", "Lindqvist Banić Oslo")]),
];

/// What they answer is beside them in `ontology/competency`, and compared in the tests of the command.
#[test]
fn every_question_can_be_asked_without_what_is_optional() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path(), None).unwrap();
    store.add(&corpus()).unwrap();
    store.commit().unwrap();
    for query in named_queries() {
        assert!(query.title.len() > 5 && query.question.len() > 20, "{} does not say what it answers", query.name);
        let asked = ASKED.iter().find(|(name, _)| *name == query.name).map_or(&[][..], |(_, asked)| asked);
        let asked: Vec<(String, String)> = asked.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let rows = store.ask(query, &asked, &QueryOptions::default()).unwrap().rows();
        let rows: Vec<_> = rows.map(Result::unwrap).collect();
        let told = ["dossier", "meeting-network", "meetings-by-month", "who-met-whom", "who-said-what", "who-says-so"];
        assert!(!rows.is_empty() || !told.contains(&query.name.as_str()), "{} has no answer", query.name);
    }
    let error = named_query("who-ate-what").unwrap_err();
    assert!(error.to_string().contains("who-met-whom"), "{error}");
}

#[test]
fn each_file_of_a_question_has_a_name_and_an_expected_answer() {
    let mut files: Vec<String> = std::fs::read_dir(ontology("competency"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let named =
        named_queries().iter().flat_map(|query| [format!("{}.expected.tsv", query.name), format!("{}.rq", query.name)]);
    assert_eq!(files, named.collect::<Vec<_>>());
}

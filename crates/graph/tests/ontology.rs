//! The ontology says what the code writes, and the queries answer.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::corpus;
use demarche_graph::model::{NamedOrBlankNode, Quad, Term};
use demarche_graph::vocabulary::{dm, rdf, rdfs};
use demarche_graph::{
    Namespace, QueryOptions, ResultsFormat, Store, article_quads, corpus_quads, named_queries, named_query,
};
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

#[test]
fn every_term_is_declared_with_label_and_comment_and_none_besides() {
    let quads = turtle("demarche.ttl");
    let with = |predicate: demarche_graph::model::NamedNodeRef| -> BTreeSet<String> {
        quads
            .iter()
            .filter(|quad| quad.predicate == predicate)
            .map(subject)
            .filter(|s| s.starts_with(dm::NAMESPACE))
            .collect()
    };
    assert_eq!(with(rdf::TYPE), all_terms());
    assert_eq!(with(rdfs::LABEL), all_terms());
    let comment = demarche_graph::model::NamedNode::new(format!("{}comment", rdfs::NAMESPACE)).unwrap();
    assert_eq!(with(comment.as_ref()), all_terms());
    // Nothing of ours is referred to without being declared.
    assert_eq!(terms(&quads), all_terms());
}

#[test]
fn the_graph_is_written_in_declared_terms() {
    let records = corpus();
    let (names, corpus) = (Namespace::default(), resolve(&records));
    let mut quads = corpus_quads(&records, &corpus, &Corrections::default(), &names);
    records.iter().for_each(|record| quads.extend(article_quads(record, &corpus, &names)));
    let unknown: Vec<String> = terms(&quads).difference(&all_terms()).cloned().collect();
    assert_eq!(unknown, Vec::<String>::new());
    assert!(quads.iter().all(|quad| !quad.subject.is_blank_node() && !quad.object.is_blank_node()));
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

fn answer(store: &Store, name: &str) -> String {
    let mut out = Vec::new();
    let query = named_query(name).unwrap();
    store.query(query.sparql, &QueryOptions::default()).unwrap().write(ResultsFormat::Csv, &mut out).unwrap();
    String::from_utf8(out).unwrap().replace("\r\n", "\n")
}

#[test]
fn every_question_has_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path(), None).unwrap();
    store.add(&corpus()).unwrap();
    store.commit().unwrap();
    for query in named_queries() {
        assert!(query.about().len() > 20, "{} does not say what it answers", query.name);
        insta::assert_snapshot!(query.name, format!("{}\n\n{}", query.about(), answer(&store, query.name)));
    }
    let files = std::fs::read_dir(ontology("competency")).unwrap().count();
    assert_eq!(files, named_queries().len());
    let error = named_query("who-ate-what").unwrap_err();
    assert!(error.to_string().contains("who-met-whom"), "{error}");
}

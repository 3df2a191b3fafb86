//! Every format says the same, to us and to other tools.

#![allow(clippy::unwrap_used)]

mod articles;
mod peers;

use articles::{Draft, corpus, summit};
use demarche_graph::model::{GraphName, Quad};
use demarche_graph::{
    Format, Namespace, Store, StoreErrorKind, article_quads, corpus_quads, record_quads, write_quads,
};
use demarche_record::Record;
use demarche_resolve::{Corrections, resolve};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use peers::python_with;
use proptest::prelude::*;
use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

fn quads(records: &[Record]) -> Vec<Quad> {
    let (names, corpus) = (Namespace::default(), resolve(records));
    let mut quads = corpus_quads(records, &corpus, &Corrections::default(), &names);
    for record in records {
        quads.extend(article_quads(record, &corpus, &names));
    }
    quads
}

fn written(quads: &[Quad], format: Format) -> String {
    let mut out = Vec::new();
    write_quads(quads.to_vec(), format, &Namespace::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn read(text: &str, format: Format) -> HashSet<Quad> {
    let format = match format {
        Format::NTriples => RdfFormat::NTriples,
        Format::NQuads => RdfFormat::NQuads,
        Format::Turtle => RdfFormat::Turtle,
        Format::TriG => RdfFormat::TriG,
        Format::RdfXml => RdfFormat::RdfXml,
        Format::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    };
    RdfParser::from_format(format).for_slice(text.as_bytes()).map(Result::unwrap).collect()
}

/// What a format can hold: without graphs, all is in one.
fn expected(quads: &[Quad], format: Format) -> HashSet<Quad> {
    let mut quads = quads.to_vec();
    if !format.has_graphs() {
        quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
    }
    quads.into_iter().collect()
}

#[test]
fn one_article_reads_like_this() {
    let quads = record_quads(&summit(), &Namespace::default());
    insta::assert_snapshot!("summit.trig", written(&quads, Format::TriG));
    insta::assert_snapshot!("summit.jsonld", written(&quads, Format::JsonLd));
}

#[test]
fn what_is_written_is_what_is_read() {
    let quads = quads(&corpus());
    for format in Format::ALL {
        let text = written(&quads, format);
        assert_eq!(read(&text, format), expected(&quads, format), "{}", format.name());
    }
}

#[test]
fn a_store_writes_the_same_as_its_records() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path(), None).unwrap();
    store.add(&corpus()).unwrap();
    store.commit().unwrap();
    for format in Format::ALL {
        let mut out = Vec::new();
        store.export(format, &mut out).unwrap();
        let mut quads = quads(&corpus());
        if !format.has_graphs() {
            quads.retain(|quad| quad.graph_name == GraphName::DefaultGraph);
        }
        assert_eq!(String::from_utf8(out).unwrap(), written(&quads, format), "{}", format.name());
    }
}

#[test]
fn text_that_formats_find_hard() {
    let text = "Ann “Q” O'Neil\\ & <Sons> \"quoted\"\tsaid:\u{c} \u{1}日本\u{1F600} ]]> --> met Bo\r\nEk.";
    let record = Draft::new("odd/<&>\"' path.txt", None, text)
        .person("p0", text, &[text])
        .person("p1", "Bo\r\nEk", &["Bo\r\nEk"])
        .meeting(&["p0", "p1"], demarche_record::Status::Held, text, "met")
        .done();
    let quads = record_quads(&record, &Namespace::default());
    for format in Format::ALL.into_iter().filter(|format| *format != Format::RdfXml) {
        assert_eq!(read(&written(&quads, format), format), expected(&quads, format), "{}", format.name());
    }
    // XML cannot hold the control characters: all else stays.
    let xml = written(&quads, Format::RdfXml);
    assert_eq!(read(&xml, Format::RdfXml).len(), expected(&quads, Format::RdfXml).len());
    assert!(!xml.contains(['\u{c}', '\u{1}']));
}

#[test]
fn formats_are_known_by_their_endings() {
    for format in Format::ALL {
        assert_eq!(Format::from_path(Path::new(&format!("kg/graph.{}", format.name()))).unwrap(), format);
    }
    assert_eq!(Format::from_name("TTL").unwrap(), Format::Turtle);
    let error = Format::from_path(Path::new("graph.docx")).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unknown);
    assert!(error.to_string().contains("trig"), "{error}");
}

proptest! {
    #[test]
    fn the_order_of_the_records_does_not_reach_the_graph(order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle()) {
        let records = corpus();
        let shuffled: Vec<Record> = order.iter().map(|&i| records[i].clone()).collect();
        prop_assert_eq!(written(&quads(&records), Format::NQuads), written(&quads(&shuffled), Format::NQuads));
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn write_all(folder: &Path) -> Vec<Quad> {
    let quads = quads(&corpus());
    for format in Format::ALL {
        std::fs::write(folder.join(format!("graph.{}", format.name())), written(&quads, format)).unwrap();
    }
    quads
}

#[test]
fn rdflib_reads_every_format() {
    let Some(python) = python_with("rdflib") else { return };
    let folder = tempfile::tempdir().unwrap();
    let quads = write_all(folder.path());
    let script = "
import sys, rdflib
kinds = {'nt': 'nt', 'nq': 'nquads', 'ttl': 'turtle', 'trig': 'trig', 'rdf': 'xml', 'jsonld': 'json-ld'}
for name, kind in kinds.items():
    graph = rdflib.Dataset()
    graph.parse(f'{sys.argv[1]}/graph.{name}', format=kind)
    print(name, len(set(graph.quads((None, None, None, None)))))
";
    let answer = run(Command::new(python).args(["-c", script]).arg(folder.path()));
    let lines: Vec<String> = ["nt", "nq", "ttl", "trig", "rdf", "jsonld"]
        .map(|name| format!("{name} {}", expected(&quads, Format::from_name(name).unwrap()).len()))
        .into();
    assert_eq!(answer.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn rapper_reads_ntriples_turtle_trig_and_rdf_xml() {
    if Command::new("rapper").arg("--version").output().is_err() {
        assert!(std::env::var_os("DEMARCHE_REQUIRE_TOOLS").is_none(), "rapper is not installed");
        eprintln!("skipped: rapper is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let quads = write_all(folder.path());
    for (name, kind) in [("nt", "ntriples"), ("ttl", "turtle"), ("rdf", "rdfxml"), ("trig", "trig"), ("nq", "nquads")] {
        let file = folder.path().join(format!("graph.{name}"));
        let out = run(Command::new("rapper").args(["-q", "-i", kind, "-o", "nquads"]).arg(file));
        let lines: HashSet<&str> = out.lines().collect();
        assert_eq!(lines.len(), expected(&quads, Format::from_name(name).unwrap()).len(), "{name}");
    }
}

#[test]
fn pyshacl_finds_the_graph_in_its_shapes() {
    let Some(python) = python_with("pyshacl") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut quads = write_all(folder.path());
    let ontology = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology");
    let script = "
import sys, rdflib, pyshacl
graph, corpus, shapes = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
graph.parse(sys.argv[1])
corpus.parse(sys.argv[3])
shapes.parse(sys.argv[2] + '/shapes.ttl')
terms = rdflib.Graph().parse(sys.argv[2] + '/demarche.ttl')
def check(graph):
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=terms, advanced=True)
    return conforms, report
for whole in [graph, corpus]:
    conforms, report = check(whole)
    print(conforms, '' if conforms else report)
dm = rdflib.Namespace('https://w3id.org/demarche#')
# The shapes must also find what is wrong: a meeting without one of its parts is no meeting.
for part in [dm.participant, dm.status, dm.evidence, dm.confidence]:
    meeting = next(graph.subjects(rdflib.RDF.type, dm.Meeting))
    broken = rdflib.Graph() + graph
    broken.remove((meeting, part, None))
    print(check(broken)[0])
";
    // What all articles together say can be checked by itself.
    let corpus_only = folder.path().join("corpus.ttl");
    quads.retain(|quad| quad.graph_name == GraphName::DefaultGraph);
    std::fs::write(&corpus_only, written(&quads, Format::Turtle)).unwrap();
    let arguments = [folder.path().join("graph.ttl"), ontology, corpus_only];
    let answer = run(Command::new(python).args(["-c", script]).args(arguments));
    assert_eq!(answer.lines().map(str::trim).collect::<Vec<_>>(), ["True", "True", "False", "False", "False", "False"]);
}

//! The validator means by each part of SHACL what the recommendation means: what it finds stands in snapshots, and
//! pyshacl, where there is one, finds the same. The shapes of the graph find what is wrong with it.

#![allow(clippy::unwrap_used)]

mod articles;
mod peers;

use articles::corpus;
use demarche_graph::model::{GraphName, Quad, Term};
use demarche_graph::{DataGraph, Namespace, Shapes, Violation, article_quads, corpus_quads};
use demarche_resolve::{Corrections, resolve};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::store::Store;
use peers::python_with;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

type Found = BTreeSet<[String; 4]>;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn turtle(text: &str) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(text).map(Result::unwrap).collect()
}

/// Focus node, path, component and value of each result; blank nodes have no name to compare.
fn parts(violations: &[Violation]) -> Found {
    let word = |term: &Term| match term {
        Term::BlankNode(_) => "_".to_owned(),
        other => other.to_string(),
    };
    let parts = |v: &Violation| {
        let path = v.path().map(|path| if path.starts_with('<') { path } else { "_".to_owned() });
        [
            word(&v.focus),
            path.unwrap_or_default(),
            v.component.to_string(),
            v.value.as_ref().map(word).unwrap_or_default(),
        ]
    };
    violations.iter().map(parts).collect()
}

/// Results for people, without what is the same in all of them.
fn listed(found: &Found) -> String {
    let mut text = String::new();
    for [focus, path, component, value] in found {
        let component = component.replace("<http://www.w3.org/ns/shacl#", "").replace("ConstraintComponent>", "");
        writeln!(text, "{component}: {focus} {path} {value}").unwrap();
    }
    for (long, short) in [
        ("https://w3id.org/demarche/id/", "id:"),
        ("https://w3id.org/demarche#", "dm:"),
        ("http://example.org/", ""),
        ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
        ("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", "nif:"),
    ] {
        text = text.replace(long, short);
    }
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// What pyshacl finds in files, by their names.
fn of_pyshacl(python: &Path, shapes: &Path, ontology: &Path, files: &[PathBuf]) -> BTreeMap<PathBuf, Found> {
    let script = folder("tests/shacl/pyshacl_results.py");
    let out = Command::new(python).arg(script).args([shapes, ontology]).args(files).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str::<(PathBuf, Found)>(line).unwrap()).collect()
}

#[test]
fn every_component_finds_what_is_wrong() {
    let mut ours = BTreeMap::new();
    for entry in std::fs::read_dir(folder("tests/shacl")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "ttl") {
            let text = std::fs::read_to_string(&file).unwrap();
            let shapes = Shapes::of([turtle(&text)]).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let report = shapes.validate(&mut DataGraph::new([turtle(&text)])).unwrap();
            let found = parts(report.violations());
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            insta::assert_snapshot!(name, listed(&found));
            ours.insert(file, found);
        }
    }
    assert!(ours.len() > 9);
    let Some(python) = python_with("pyshacl") else { return };
    let none = Path::new("-");
    let theirs = of_pyshacl(&python, none, none, &ours.keys().cloned().collect::<Vec<_>>());
    for (file, found) in &ours {
        assert_eq!(listed(found), listed(&theirs[file]), "{}", file.display());
    }
}

#[test]
fn what_is_not_supported_is_an_error_and_never_skipped() {
    let prefixes = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
    let cases = [
        "ex:S a sh:NodeShape ; sh:rule [ a sh:TripleRule ; sh:subject sh:this ] .",
        "ex:S a sh:NodeShape ; sh:target [ sh:select \"SELECT ?this { ?this ?p ?o }\" ] .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCuont 1 ] .",
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:node ex:S ] .",
        "ex:S a sh:NodeShape ; sh:node ex:Missing .",
        "ex:S a sh:NodeShape ; sh:minCount 1 .",
        "ex:S a sh:NodeShape ; sh:property [ sh:minCount 1 ] .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:datatype xsd:date, xsd:gYear ] .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:pattern \"(\" ] .",
        "ex:S a sh:NodeShape ; sh:in ex:list .",
        "ex:S a sh:NodeShape ; sh:nodeKind sh:Iri .",
        "ex:S a sh:NodeShape ; sh:sparql [ sh:select \"SELECT $this WHERE { $this ex:p ?o }\" ] .",
        "ex:S a sh:NodeShape ; sh:sparql [ sh:ask \"ASK { $this ?p ?o }\" ] .",
        "ex:S a sh:NodeShape ; sh:sparql [ sh:select \"SELECT $this WHERE { $this ?p $shapesGraph }\" ] .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:expression [ ] ] .",
        "<http://example.org/shapes> owl:imports <http://example.org/more> .",
        "<http://example.org/shapes> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
    ];
    let mut text = String::new();
    for case in cases {
        let error = Shapes::of([turtle(&format!("{prefixes}{case}"))]).err();
        let error = error.unwrap_or_else(|| panic!("taken without a word: {case}"));
        writeln!(text, "{case}\n    {}\n", error.to_string().replace('\n', " ")).unwrap();
    }
    insta::assert_snapshot!("unsupported", text);
}

/// The sample graph, all of it, as one.
fn sample() -> Vec<Quad> {
    let records = corpus();
    let (names, resolved) = (Namespace::default(), resolve(&records));
    let mut quads = corpus_quads(&records, &resolved, &Corrections::default(), &names);
    records.iter().for_each(|record| quads.extend(article_quads(record, &resolved, &names)));
    quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
    quads
}

fn violations(quads: Vec<Quad>) -> Found {
    let report = Shapes::ours().validate(&mut DataGraph::new([quads, Shapes::subclasses()])).unwrap();
    parts(report.violations())
}

#[test]
fn the_sample_graph_holds_to_its_shapes() {
    assert_eq!(listed(&violations(sample())), "");
}

/// What is done to the sample graph, in SPARQL Update; each breaks it.
const DAMAGE: &str = include_str!("shacl/damage.ru");

#[test]
fn the_shapes_find_each_damage() {
    let prefixes: String =
        Namespace::default().prefixes().iter().map(|(name, iri)| format!("PREFIX {name}: <{iri}>\n")).collect();
    let folder_of_damaged = tempfile::tempdir().unwrap();
    let mut snapshot = String::new();
    let mut ours = BTreeMap::new();
    for (number, damage) in DAMAGE.split("\n\n").filter(|damage| damage.contains("# ")).enumerate() {
        let store = Store::new().unwrap();
        let before = sample();
        store.extend(before.clone()).unwrap();
        store.update(&format!("{prefixes}{damage}")).unwrap_or_else(|error| panic!("{damage}: {error}"));
        let quads: Vec<Quad> = store.iter().map(Result::unwrap).collect();
        let file = folder_of_damaged.path().join(format!("{number:02}.nt"));
        let mut out = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Vec::new());
        quads.iter().for_each(|quad| out.serialize_triple(quad.as_ref()).unwrap());
        std::fs::write(&file, out.finish().unwrap()).unwrap();
        let found = violations(quads);
        assert!(!found.is_empty(), "no shape finds this:\n{damage}");
        let title = damage.lines().find(|line| line.starts_with("# ")).unwrap();
        writeln!(snapshot, "{title}\n{}", listed(&found)).unwrap();
        ours.insert(file, found);
    }
    assert!(ours.len() >= 25, "{}", ours.len());
    insta::assert_snapshot!("damage", snapshot);
    let Some(python) = python_with("pyshacl") else { return };
    let [shapes, ontology] = ["shapes.ttl", "demarche.ttl"].map(|name| folder("../../ontology").join(name));
    let theirs = of_pyshacl(&python, &shapes, &ontology, &ours.keys().cloned().collect::<Vec<_>>());
    for (file, found) in &ours {
        assert_eq!(listed(found), listed(&theirs[file]), "{}", file.display());
    }
}

//! `validate` of graphs: of a store and of files, against the shapes of demarche and against one's own. (Of records: see
//! `extract`.)

use crate::{Desk, sample};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use predicates::prelude::*;

const SH: &str = "http://www.w3.org/ns/shacl#";
const DM: &str = "https://w3id.org/demarche#";

/// A desk with a store of the sample articles, and its graph as `graph.nt`.
fn stored() -> Desk {
    let desk = Desk::new();
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--manifest", &manifest, "--store", "kg"]);
    desk.output(&["export", "--store", "kg", "-o", "graph.nt"]);
    desk
}

/// A report: whether the graph conforms, and of each result focus node, path and component.
#[derive(Debug, PartialEq)]
struct Report {
    conforms: bool,
    results: Vec<[String; 3]>,
}

impl Report {
    fn read(text: &str, ending: &str) -> Self {
        let format = RdfFormat::from_extension(ending).unwrap();
        let quads: Vec<Quad> = RdfParser::from_format(format).for_slice(text.as_bytes()).map(Result::unwrap).collect();
        let objects = |predicate: &str| -> Vec<&Quad> {
            quads.iter().filter(|quad| quad.predicate.as_str() == format!("{SH}{predicate}")).collect()
        };
        let conforms: Vec<String> = objects("conforms").iter().map(|quad| quad.object.to_string()).collect();
        assert_eq!(conforms.len(), 1, "{text}");
        let of = |result: &str, predicate: &str| {
            let value = objects(predicate).into_iter().find(|quad| quad.subject.to_string() == result);
            value.map(|quad| quad.object.to_string().replace(DM, "dm:").replace(SH, "sh:")).unwrap_or_default()
        };
        let results = objects("result").into_iter().map(|quad| {
            let result = quad.object.to_string();
            assert_eq!(of(&result, "resultSeverity"), "<sh:Violation>", "{text}");
            assert!(!of(&result, "resultMessage").is_empty() && !of(&result, "sourceShape").is_empty(), "{text}");
            ["focusNode", "resultPath", "sourceConstraintComponent"].map(|part| of(&result, part))
        });
        let mut results: Vec<[String; 3]> = results.collect();
        results.sort();
        Self { conforms: conforms[0].starts_with("\"true\""), results }
    }
}

#[test]
fn what_demarche_writes_holds_to_its_shapes() {
    let desk = stored();
    let sound = Report { conforms: true, results: Vec::new() };
    assert_eq!(Report::read(&desk.output(&["validate", "--store", "kg"]), "ttl"), sound);
    for file in ["graph.nt", "graph.ttl", "graph.rdf", "graph.nq", "graph.trig", "graph.jsonld"] {
        desk.output(&["export", "--store", "kg", "-o", file]);
        assert_eq!(Report::read(&desk.output(&["validate", file]), "ttl"), sound, "{file}");
    }
    desk.output(&["network", "--store", "kg", "--write"]);
    assert_eq!(Report::read(&desk.output(&["validate", "--store", "kg"]), "ttl"), sound, "with its network");
}

#[test]
fn what_is_broken_is_reported_in_every_format_and_by_the_exit_code() {
    let desk = stored();
    // Meetings without status, and one that its own article does not tell of.
    let whole = desk.read("graph.nt");
    let is_meeting = |line: &str| line.starts_with("<https://w3id.org/demarche/id/meeting/");
    let without = whole.lines().filter(|line| !(is_meeting(line) && line.contains(&format!("<{DM}status>"))));
    desk.write("broken.nt", without.map(|line| format!("{line}\n")).collect::<String>());
    let meetings = whole.lines().filter(|line| is_meeting(line) && line.ends_with(&format!("<{DM}Meeting> ."))).count();
    let output = desk.demarche(&["validate", "broken.nt"]).assert().code(1).get_output().clone();
    let printed = Report::read(&String::from_utf8(output.stdout).unwrap(), "ttl");
    assert!(!printed.conforms && meetings > 10);
    let of_status = |result: &&[String; 3]| result[1..] == ["<dm:status>", "<sh:MinCountConstraintComponent>"];
    assert_eq!(printed.results.iter().filter(of_status).count(), meetings, "{printed:#?}");

    for ending in ["ttl", "trig", "nt", "nq", "rdf", "jsonld"] {
        let file = format!("report.{ending}");
        let found = format!("{} violations found", printed.results.len());
        let run = desk.demarche(&["validate", "broken.nt", "-o", &file]).assert().code(1);
        run.stdout("").stderr(predicate::str::contains(found));
        assert_eq!(Report::read(&desk.read(&file), ending), printed, "{file}");
        let run = desk.demarche(&["validate", "broken.nt", "--format", ending]).assert().code(1);
        assert!(String::from_utf8(run.get_output().stdout.clone()).unwrap() == desk.read(&file), "{file}");
    }
    let report = desk.read("report.ttl");
    assert!(report.contains("sh:resultMessage \"a meeting has one status, of dm:statuses\""), "{report}");
}

#[test]
fn all_files_together_are_one_graph() {
    let desk = stored();
    let (meetings, rest): (Vec<String>, Vec<String>) = desk
        .read("graph.nt")
        .lines()
        .map(|line| format!("{line}\n"))
        .partition(|line| line.starts_with("<https://w3id.org/demarche/id/article/"));
    desk.write("articles.nt", meetings.concat());
    desk.write("rest.nt", rest.concat());
    desk.demarche(&["validate", "rest.nt"]).assert().code(1).stdout(predicate::str::contains("sh:conforms false"));
    desk.output(&["validate", "rest.nt", "articles.nt"]);
}

#[test]
fn what_was_loaded_into_a_store_counts_too() {
    let desk = stored();
    desk.write(
        "more.ttl",
        "@prefix dm: <https://w3id.org/demarche#> .\n<https://w3id.org/demarche/id/place/geneva> dm:country \"Switzerland\" .\n",
    );
    desk.output(&["load", "more.ttl", "--store", "kg"]);
    let output = desk.demarche(&["validate", "--store", "kg"]).assert().code(1).get_output().clone();
    let report = Report::read(&String::from_utf8(output.stdout).unwrap(), "ttl");
    assert!(report.results.iter().all(|[focus, path, _]| focus.contains("place/geneva") && path == "<dm:country>"));
    assert!(!report.results.is_empty());
}

#[test]
fn shapes_may_be_ones_own() {
    let desk = stored();
    let shapes = |more: &str| {
        format!(
            "@prefix sh: <{SH}> .\n@prefix dm: <{DM}> .\n@prefix ex: <https://example.org/> .\n\
             ex:Meeting a sh:NodeShape ; sh:targetClass dm:Meeting ; {more} .\n"
        )
    };
    desk.write("placed.ttl", shapes("sh:property [ sh:path dm:place ; sh:minCount 1 ; sh:message \"where?\" ]"));
    desk.write("met.ttl", shapes("sh:property [ sh:path dm:participant ; sh:minCount 2 ]"));
    desk.output(&["validate", "--store", "kg", "--shapes", "met.ttl"]);
    let arguments = ["validate", "--store", "kg", "--shapes", "met.ttl", "--shapes", "placed.ttl"];
    let output = desk.demarche(&arguments).assert().code(1).get_output().clone();
    let report = String::from_utf8(output.stdout).unwrap();
    let without_place = desk.output(&[
        "query",
        "SELECT ?m { ?m a dm:Meeting FILTER NOT EXISTS { ?m dm:place ?p } }",
        "--format",
        "csv",
    ]);
    assert_eq!(Report::read(&report, "ttl").results.len(), without_place.lines().count() - 1);
    assert!(report.contains("\"where?\""), "{report}");

    // What the validator has not is an error, never a graph that seems sound.
    for (more, message) in [
        ("sh:rule [ a sh:TripleRule ; sh:subject sh:this ]", "rule"),
        ("sh:property [ sh:path dm:place ; sh:minCuont 1 ]", "minCuont"),
        ("sh:property [ sh:path dm:place ; sh:pattern \"(\" ]", "pattern"),
    ] {
        desk.write("odd.ttl", shapes(more));
        let told = predicate::str::contains("odd.ttl").and(predicate::str::contains(message));
        desk.demarche(&["validate", "graph.nt", "--shapes", "odd.ttl"]).assert().code(1).stdout("").stderr(told);
    }
}

#[test]
fn what_cannot_be_validated_is_told_with_its_place() {
    let desk = stored();
    desk.write("open.ttl", "@prefix ex: <https://example.org/> .\nex:a ex:b ex:c .\nex:a ex:b \"open .\n");
    desk.write("records.jsonl", desk.output(&["extract", "bern.md", "--format", "jsonl"]));
    for (arguments, code, message) in [
        (&["open.ttl"][..], 1, "open.ttl: Parser error between line 3"),
        (&["absent.ttl"], 1, "absent.ttl"),
        (&["graph.nt", "--shapes", "open.ttl"], 1, "open.ttl: Parser error between line 3"),
        (&["--store", "nowhere"], 1, "nowhere"),
        (&["records.jsonl", "graph.nt"], 2, "not in one call"),
        (&["records.jsonl", "--shapes", "open.ttl"], 2, "--shapes, --format and -o are for graphs"),
        (&["graph.nt", "--store", "kg"], 2, "cannot be used with"),
        (&["graph.nt", "--format", "docx"], 2, "docx"),
        (&[], 2, "FILE"),
    ] {
        let arguments = [&["validate"], arguments].concat();
        desk.demarche(&arguments).assert().code(code).stdout("").stderr(predicate::str::contains(message));
    }
}

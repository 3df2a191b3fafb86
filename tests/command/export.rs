//! `export` and the graph formats of `extract`.

use crate::{Desk, sample};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use predicates::prelude::*;
use std::collections::BTreeSet;

/// A store with the sample articles.
fn desk() -> Desk {
    let desk = Desk::new();
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--store", "kg", "--manifest", &manifest]);
    desk
}

fn read(content: &str, format: RdfFormat) -> Vec<Quad> {
    RdfParser::from_format(format).for_reader(content.as_bytes()).collect::<Result<_, _>>().unwrap()
}

/// The triples of the default graph as lines.
fn facts(quads: &[Quad]) -> BTreeSet<String> {
    let default = quads.iter().filter(|quad| quad.graph_name == GraphName::DefaultGraph);
    default.map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object)).collect()
}

#[test]
fn every_rdf_format_says_the_same() {
    let desk = desk();
    let all = ["nt", "ttl", "rdf", "nq", "trig", "jsonld"].map(|ending| {
        let file = format!("graph.{ending}");
        let message = desk.output(&["export", "--store", "kg", "-o", &file]);
        assert!(message.starts_with(&format!("{file} written, ")), "{message}");
        (ending, read(&desk.read(&file), RdfFormat::from_extension(ending).unwrap()))
    });
    let expected = facts(&all[0].1);
    assert!(expected.iter().any(|line| line.contains("person/joe-biden> <https://w3id.org/demarche#met>")));
    for (ending, quads) in &all {
        assert!(facts(quads) == expected, "{ending} has other facts");
        let graphs: BTreeSet<_> = quads.iter().map(|quad| quad.graph_name.to_string()).collect();
        // The default graph, the decisions and each article; or only the default graph.
        let with_graphs = ["nq", "trig", "jsonld"].contains(ending);
        assert!(if with_graphs { graphs.len() > 10 } else { graphs.len() == 1 }, "{ending}: {graphs:?}");
    }
}

#[test]
fn pictures_are_drawn_of_all_or_of_a_part() {
    let desk = desk();
    for name in ["all.dot", "all.svg", "all.png"] {
        desk.output(&["export", "--store", "kg", "-o", name]);
        assert!(std::fs::metadata(desk.path(name)).unwrap().len() > 1000);
    }
    let part = ["--about", "Wendy Sherman", "--since", "2022-01", "--until", "2022-01"];
    desk.output(&[&["export", "--store", "kg", "-o", "part.dot"], &part[..]].concat());
    let (all, part) = (desk.read("all.dot"), desk.read("part.dot"));
    assert!(all.contains("Joe Biden") && all.contains("Wendy Sherman"));
    assert!(part.contains("Wendy Sherman") && part.contains("Sergei Ryabkov") && !part.contains("Joe Biden"), "{part}");
}

#[test]
fn a_part_of_the_graph_is_about_one_person() {
    let desk = desk();
    let part = |format: &str, arguments: &[&str]| {
        desk.output(&[&["export", "--store", "kg", "-o", "-", "--format", format], arguments].concat())
    };
    let all = facts(&read(&part("ttl", &[]), RdfFormat::Turtle));
    let sherman = read(&part("ttl", &["--about", "Wendy Sherman"]), RdfFormat::Turtle);
    let facts_of_sherman = facts(&sherman);
    assert!(facts_of_sherman.is_subset(&all) && facts_of_sherman.len() < all.len() / 2);
    let says = |what: &str| facts_of_sherman.iter().any(|line| line.contains(what));
    assert!(says("person/wendy-sherman> <https://w3id.org/demarche#met>") && says("Sergei Ryabkov"));
    assert!(!says("joe-biden"));
    // With graphs, the articles' own reports of it come along.
    let quads = read(&part("nq", &["--about", "Wendy Sherman"]), RdfFormat::NQuads);
    assert!(quads.iter().any(|quad| quad.to_string().contains("MeetingReport")));
    assert!(
        part("ttl", &["--about", "Joe Biden", "--until", "2020"]).len() < part("ttl", &["--about", "Joe Biden"]).len()
    );
}

#[test]
fn records_come_out_as_they_went_in() {
    let desk = desk();
    let mut read: Vec<String> = desk
        .output(&["extract", &sample(), "--manifest", &format!("{}/manifest.csv", sample())])
        .lines()
        .map(str::to_owned)
        .collect();
    let mut kept: Vec<String> =
        desk.output(&["export", "--store", "kg", "-o", "-", "--format", "jsonl"]).lines().map(str::to_owned).collect();
    read.sort();
    kept.sort();
    assert_eq!(read, kept);
}

#[test]
fn standard_output_takes_any_format_and_a_name_must_tell_it() {
    let desk = desk();
    desk.output(&["export", "--store", "kg", "-o", "graph.ttl"]);
    let piped = desk.output(&["export", "--store", "kg", "-o", "-", "--format", "ttl"]);
    assert!(piped == desk.read("graph.ttl"));
    for (name, hint) in
        [("-", "give --format"), ("graph", "ttl, trig"), ("graph.docx", "ttl, trig"), ("a.csv", "meetings.csv")]
    {
        let run = desk.demarche(&["export", "--store", "kg", "-o", name]).assert().code(2);
        run.stderr(predicate::str::contains(hint));
    }
    let message = predicate::str::contains("no person, body or place in the store is called \"Nobody\"");
    desk.demarche(&["export", "--store", "kg", "-o", "a.svg", "--about", "Nobody"]).assert().code(1).stderr(message);
    assert!(!desk.path("a.svg").exists());
}

#[test]
fn extract_writes_graphs_without_a_store() {
    let desk = Desk::new();
    let nq = read(&desk.output(&["extract", "bern.md", "lindholm.txt", "--format", "nq"]), RdfFormat::NQuads);
    let ttl = read(&desk.output(&["extract", "bern.md", "lindholm.txt", "--format", "ttl"]), RdfFormat::Turtle);
    for quads in [nq, ttl] {
        assert!(quads.iter().any(|quad| quad.to_string().contains("Łukasz Zieliński")));
        assert!(quads.iter().any(|quad| quad.to_string().contains("Tomas Reyes")));
    }
}

#[test]
fn meetings_are_written_with_every_place_where_they_are_told_of() {
    let desk = Desk::new();
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--store", "kg", "--manifest", &manifest]);
    let lines = desk.output(&["export", "--store", "kg", "-o", "-", "--format", "meetings"]);
    let meetings: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(meetings.iter().all(|meeting| meeting["meeting_id"].as_str().unwrap().starts_with("meeting/")));
    let mut sources = 0;
    for mention in meetings.iter().flat_map(|meeting| meeting["mentions"].as_array().unwrap()) {
        let text: Vec<char> = std::fs::read_to_string(mention["source"].as_str().unwrap()).unwrap().chars().collect();
        let at = |end: &str| usize::try_from(mention[end].as_u64().unwrap()).unwrap();
        assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), mention["text"].as_str().unwrap());
        sources += 1;
    }
    assert!(sources > meetings.len(), "some meeting is told of more than once");
}

#[test]
fn formats_are_listed_with_what_they_are_for() {
    let list = Desk::new().output(&["export", "--list-formats"]);
    assert!(list.lines().all(|line| line.split('\t').count() == 3), "{list}");
    for format in ["ttl\t.ttl\tTurtle", "gexf\t.gexf\tGEXF", "neo4j\t\ta folder", "ics\t.ics\tiCalendar"] {
        assert!(list.contains(format), "no {format:?} in {list}");
    }
}

#[test]
fn every_format_is_written_from_a_store() {
    let desk = desk();
    for line in desk.output(&["export", "--list-formats"]).lines() {
        let (format, ending) = (line.split('\t').next().unwrap(), line.split('\t').nth(1).unwrap());
        let file = format!("out{ending}-{format}");
        let message = desk.output(&["export", "--store", "kg", "-o", &file, "--format", format]);
        assert!(message.contains(" written, "), "{message}");
        assert!(desk.path(&file).exists());
    }
    for file in ["meetings.csv", "statements.csv"] {
        desk.output(&["export", "--store", "kg", "-o", file]);
        assert_eq!(desk.read(file), desk.read(&format!("out-csv/{file}")));
    }
    assert!(desk.read("out-neo4j/nodes_person.csv").contains("Joe Biden"));
}

#[test]
fn filters_choose_by_status_sources_and_hops() {
    let desk = desk();
    let rows = |arguments: &[&str]| {
        let table = desk.output(&[&["export", "--store", "kg", "--format", "meetings-csv"], arguments].concat());
        table.lines().filter(|line| line.starts_with("http")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = rows(&[]);
    let cancelled = rows(&["--status", "cancelled"]);
    assert!(!cancelled.is_empty() && cancelled.iter().all(|row| row.contains(",cancelled,")));
    let either = rows(&["--status", "held,planned", "--min-sources", "2"]);
    assert!(!either.is_empty() && either.len() < all.len());
    let near = rows(&["--person", "Ryabkov"]);
    let far = rows(&["--person", "Lavrov", "--hops", "2"]);
    assert!(near.len() < far.len() && far.len() < all.len(), "{} {} {}", near.len(), far.len(), all.len());
    desk.demarche(&["export", "--store", "kg", "--format", "ics", "--hops", "2"]).assert().code(2);
    desk.demarche(&["export", "--store", "kg", "--format", "ics", "--status", "never"]).assert().code(2);
    desk.demarche(&["export", "--store", "kg", "--format", "neo4j"]).assert().code(2);
    desk.demarche(&["export", "--store", "kg", "-o", "a.ttl", "--layout", "timeline"]).assert().code(2);
}

#[test]
fn annotated_triples_are_read_back() {
    let desk = desk();
    let plain = read(&desk.output(&["export", "--store", "kg", "--format", "nt"]), RdfFormat::NTriples);
    for (name, format) in [("ttl", RdfFormat::Turtle), ("nt", RdfFormat::NTriples)] {
        let content = desk.output(&["export", "--store", "kg", "--format", name, "--annotated"]);
        let quads = read(&content, format);
        let (said, others): (Vec<Quad>, Vec<Quad>) =
            quads.into_iter().partition(|quad| quad.subject.to_string().contains("/encounter/"));
        assert_eq!(facts(&others), facts(&plain));
        assert!(said.iter().any(|quad| quad.predicate.as_str().ends_with("#reifies")), "{name}");
        assert!(said.iter().any(|quad| quad.predicate.as_str().ends_with("#place")), "{name}");
    }
    desk.demarche(&["export", "--store", "kg", "--format", "rdf", "--annotated"]).assert().code(2);
}

//! RDF of other provenance, and stores that become one.

use super::{Desk, sample};
use predicates::prelude::*;
use std::io::Write;

const BACKGROUND: &str = "\
@prefix ex: <https://example.org/> .
<https://w3id.org/demarche/id/person/lukasz-zielinski> ex:bornIn [ ex:name \"Łódź\" ] .
[ ex:name \"nobody\" ] ex:knows ex:someone .
";

fn asked(desk: &Desk, query: &str) -> String {
    desk.output(&["query", "--store", "kg", query, "--format", "csv"])
}

fn sorted(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

#[test]
fn a_graph_that_was_loaded_stays_apart_and_stays() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    let before = asked(&desk, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
    desk.write("background.ttl", BACKGROUND);
    let said = desk.output(&["load", "background.ttl", "--store", "kg"]);
    let iri = "https://w3id.org/demarche/id/graph/loaded/background";
    assert!(said.starts_with(&format!("4 triples in {iri}\n")), "{said}");
    let born = format!(
        "SELECT ?name {{ ?p rdfs:label ?who GRAPH <{iri}> {{ ?p <https://example.org/bornIn> ?t . ?t <https://example.org/name> \
         ?name }} }}"
    );
    assert!(asked(&desk, &born).contains("Łódź"));
    assert_eq!(asked(&desk, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), before, "the default graph is as it was");

    // Once more changes nothing; another article leaves it as it is.
    let index = |store: &str| desk.read(&format!("{store}/graph.index.json"));
    let kept = index("kg");
    desk.output(&["load", "background.ttl", "--store", "kg"]);
    assert_eq!(index("kg"), kept);
    desk.output(&["build", "lindholm.txt", "--store", "kg"]);
    assert!(asked(&desk, &born).contains("Łódź"));
    assert!(desk.output(&["export", "--store", "kg", "--format", "nq"]).contains("<https://example.org/bornIn>"));

    assert_eq!(desk.output(&["load", "--list", "--store", "kg"]), format!("{iri}\t4\tbackground.ttl\n"));
    desk.output(&["load", "--remove", iri, "--store", "kg"]);
    assert_eq!(desk.output(&["load", "--list", "--store", "kg"]), "");
    assert!(!asked(&desk, &born).contains("Łódź"));
    let gone = predicate::str::contains(format!("no graph {iri} was loaded; none was"));
    desk.demarche(&["load", "--remove", iri, "--store", "kg"]).assert().code(1).stderr(gone);
    desk.output(&["build", "bern.md", "lindholm.txt", "--store", "plain"]);
    // The index has the digests of all parts of the graph.
    assert!(index("kg") == index("plain"), "the store is as if nothing had been loaded");
}

#[test]
fn a_loaded_blank_node_has_one_name_in_all_answers() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    desk.write("background.ttl", BACKGROUND);
    desk.output(&["load", "background.ttl", "--store", "kg"]);
    let born = || asked(&desk, "SELECT ?t { GRAPH ?g { ?p <https://example.org/bornIn> ?t } }");
    let first = born();
    assert!(first.contains("_:"), "{first}");
    assert_eq!(born(), first);
    let name = first.lines().nth(1).unwrap();
    assert!(
        desk.output(&["export", "--store", "kg", "--format", "nq"])
            .contains(&format!("{name} <https://example.org/name>"))
    );
}

#[test]
fn another_graph_comes_in_whole_and_packed() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    desk.output(&["build", "lindholm.txt", "--store", "other"]);
    desk.output(&["export", "--store", "other", "-o", "other.nq"]);
    let text = desk.read("other.nq");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    desk.write("other.nq.gz", packed.finish().unwrap());
    desk.output(&["load", "other.nq.gz", "--graph", "https://example.org/other", "--store", "kg"]);
    let count = asked(&desk, "SELECT (COUNT(*) AS ?n) { GRAPH <https://example.org/other> { ?s ?p ?o } }");
    let loaded: usize = count.lines().nth(1).unwrap().trim().parse().unwrap();
    // What stands in several of its graphs stands once in this one.
    assert!(loaded > 100 && loaded <= text.lines().count(), "{loaded}");
}

#[test]
fn what_cannot_be_loaded_is_told_with_its_line_and_changes_nothing() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    desk.write("broken.ttl", "@prefix ex: <https://example.org/> .\nex:a ex:b ex:c .\nex:a ex:b \"open .\n");
    desk.write("notes.txt", "nothing");
    desk.write("good.ttl", BACKGROUND);
    for (arguments, message) in [
        (&["broken.ttl"][..], "broken.ttl:3:"),
        (&["good.ttl", "broken.ttl"], "broken.ttl:3:"),
        (&["notes.txt"], "notes.txt: RDF is read from .ttl"),
        (&["missing.ttl"], "missing.ttl: No such file"),
        (&["good.ttl", "--graph", "here"], "\"here\" is no absolute IRI"),
        (
            &["good.ttl", "--graph", "https://w3id.org/demarche/id/graph/decisions"],
            "is a graph that the store makes itself",
        ),
    ] {
        let arguments = [&["load", "--store", "kg"], arguments].concat();
        desk.demarche(&arguments).assert().code(1).stderr(predicate::str::contains(message));
        assert_eq!(desk.output(&["load", "--list", "--store", "kg"]), "");
    }
}

#[test]
fn two_stores_become_what_one_of_all_articles_is() {
    let desk = Desk::new();
    let article = |name: &str| format!("{}/{name}", sample());
    let (one, two, three) =
        (article("2021-06-16-geneva.md"), article("2021-06-17-reactions.txt"), article("2021-12-08-video-call.md"));
    desk.output(&["build", &one, "--store", "a"]);
    desk.output(&["build", &two, &three, &one, "--store", "b"]);
    desk.write("a/corrections.toml", "[[rename]]\nthing = \"person/joe-biden\"\nname = \"Joseph Biden\"\n");
    desk.write("b/corrections.toml", "[[rename]]\nthing = \"place/geneva\"\nname = \"Genève\"\n");
    desk.write("good.ttl", BACKGROUND);
    desk.output(&["load", "good.ttl", "--graph", "https://example.org/g", "--store", "b"]);
    let said = desk.output(&["merge", "a", "b", "--store", "kg"]);
    assert!(said.contains("2 corrections and 1 loaded graph taken over"), "{said}");

    desk.output(&["build", &one, &two, &three, "--store", "all"]);
    let corrections = [desk.read("a/corrections.toml"), desk.read("b/corrections.toml")].join("\n");
    desk.write("all/corrections.toml", corrections);
    desk.output(&["load", "good.ttl", "--graph", "https://example.org/g", "--store", "all"]);
    desk.output(&["build", "--store", "all"]);
    let export = |store: &str| {
        let lines = desk.output(&["export", "--store", store, "--format", "nq"]);
        // A database gives its quads in an order of its own.
        if cfg!(feature = "rocksdb") { sorted(&lines) } else { lines }
    };
    let at_once = export("all");
    assert!(at_once.contains("\"Joseph Biden\"@en") && at_once.contains("\"Genève\"@en"));
    assert!(export("kg") == at_once);

    // Again, and the other way round, is the same.
    desk.output(&["merge", "b", "--store", "kg"]);
    assert!(export("kg") == at_once);
    desk.output(&["merge", "b", "a", "--store", "turned"]);
    assert!(export("turned") == at_once);
}

#[test]
fn corrections_that_contradict_each_other_are_named_and_nothing_is_merged() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    desk.output(&["build", "lindholm.txt", "--store", "b"]);
    let rename = |name: &str| format!("[[rename]]\nthing = \"person/lukasz-zielinski\"\nname = \"{name}\"\n");
    desk.write("kg/corrections.toml", rename("L. Zieliński"));
    desk.write("b/corrections.toml", format!("# mine\n\n{}", rename("Lukasz Z.")));
    desk.output(&["build", "--store", "kg"]);
    let message = predicate::str::contains("b/corrections.toml:3: contradicts kg/corrections.toml: the name of")
        .and(predicate::str::contains("in line 1"));
    desk.demarche(&["merge", "b", "--store", "kg"]).assert().code(1).stderr(message);
    assert_eq!(std::fs::read_dir(desk.path("kg/records")).unwrap().count(), 1);
}

#[test]
fn the_network_is_printed_in_every_format_and_written_into_the_store() {
    let desk = Desk::new();
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--manifest", &manifest, "--store", "kg"]);
    let csv = desk.output(&["network", "--store", "kg", "--format", "csv"]);
    assert!(csv.starts_with("iri,name,degree,weighted_degree,meetings,betweenness,"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().contains(",Joe Biden,"), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&desk.output(&["network", "--store", "kg", "--top", "2"])).unwrap();
    assert_eq!(json["members"].as_array().unwrap().len(), 2);
    assert_eq!(json["summary"]["members"].as_u64().unwrap() as usize, csv.lines().count() - 1);
    assert!(desk.output(&["network", "--store", "kg", "--format", "table"]).contains("modularity"));
    assert!(desk.output(&["network", "--store", "kg", "--format", "ttl"]).contains("dm:betweenness"));
    let chain = desk.output(&["network", "--store", "kg", "--path", "Angela Merkel", "Q7747", "--format", "table"]);
    assert!(
        chain.starts_with("Angela Merkel met Joe Biden\n") && chain.contains("\nJoe Biden met Vladimir Putin\n"),
        "{chain}"
    );
    assert!(chain.contains("2021-06-16-geneva.md"), "{chain}");

    desk.output(&["network", "--store", "kg", "--write"]);
    let query = "SELECT ?b { GRAPH ?g { person:joe-biden dm:betweenness ?b } }";
    assert_eq!(asked(&desk, query).lines().count(), 2);
    desk.output(&["build", "bern.md", "--store", "kg"]);
    assert_eq!(asked(&desk, query).lines().count(), 1, "the figures of fewer articles are gone");
    let message = predicate::str::contains("\"hold\" is no status; there are held, ongoing, planned");
    desk.demarche(&["network", "--store", "kg", "--status", "hold"]).assert().code(2).stderr(message);
}

//! `build`, `query`, `queries`, `show` and `demo`.

use crate::{Desk, sample};
use predicates::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// All files below a folder with their bytes, but for those of the database that the feature `rocksdb` keeps, whose logs
/// bear the time of day, and for what is known of how the articles were read.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if matches!(name.as_str(), "graph.rocksdb" | "read.json") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, std::fs::read(path).unwrap());
        }
    }
    found
}

#[test]
fn building_again_changes_nothing_and_says_so() {
    let desk = Desk::new();
    let first = desk.output(&["build", "bern.md", "lindholm.txt", "--store", "kg"]);
    assert!(first.starts_with("2 articles read (2 new)\nkg holds 2 articles, "), "{first}");
    assert!(first.contains("Next: demarche query --store kg who-met-whom"), "{first}");
    let before = files(&desk.path("kg"));
    let second = desk.output(&["build", "lindholm.txt", "bern.md", "--store", "kg"]);
    assert!(second.starts_with("0 articles read, 2 as before; nothing has changed\n"), "{second}");
    assert_eq!(files(&desk.path("kg")), before);
}

#[test]
fn more_articles_are_added_to_those_that_are_there() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    let second = desk.output(&["build", ".", "--store", "kg"]);
    assert!(second.starts_with("1 article read (1 new), 1 as before\nkg holds 2 articles"), "{second}");
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let desk = Desk::new();
    desk.output(&["build", ".", "--store", "kg"]);
    let before = files(&desk.path("kg"));
    // Another date is another reading, and so is another text; a record that is lost is made good.
    let dated = desk.output(&["build", "lindholm.txt", "--published", "2021-06", "--store", "kg"]);
    assert!(dated.starts_with("1 article read (1 read anew)\n"), "{dated}");
    let back = desk.output(&["build", ".", "--store", "kg"]);
    assert!(back.starts_with("1 article read (1 read anew), 1 as before\n"), "{back}");
    assert!(files(&desk.path("kg")) == before);
    let record = std::fs::read_dir(desk.path("kg/records")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(record).unwrap();
    let lost = desk.output(&["build", ".", "--store", "kg"]);
    assert!(lost.starts_with("1 article read (1 new), 1 as before"), "{lost}");
    // What is known of the reading can be thrown away.
    std::fs::remove_file(desk.path("kg/read.json")).unwrap();
    let again = desk.output(&["build", ".", "--store", "kg"]);
    assert!(again.starts_with("2 articles read (2 there already); nothing has changed\n"), "{again}");
    assert!(files(&desk.path("kg")) == before);
}

#[test]
fn neither_the_order_of_the_files_nor_the_number_of_jobs_changes_the_store() {
    let desk = Desk::new();
    let sample = sample();
    desk.output(&["build", "bern.md", &sample, "lindholm.txt", "--store", "a", "--jobs", "1"]);
    desk.output(&["build", "lindholm.txt", "bern.md", "--store", "b", "--jobs", "4"]);
    desk.output(&["build", &sample, "--store", "b", "--jobs", "4"]);
    let (a, b) = (files(&desk.path("a")), files(&desk.path("b")));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(*bytes == b[name], "{name} differs");
    }
    let graph = |store| desk.output(&["export", "--store", store, "-o", "-", "--format", "nq"]);
    assert!(graph("a") == graph("b"));
}

#[test]
fn a_file_that_cannot_be_read_costs_only_itself() {
    let desk = Desk::new();
    desk.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0");
    let message = predicate::str::contains("demarche: picture.txt: not a text");
    let run = desk.demarche(&["build", "picture.txt", "bern.md", "--store", "kg"]).assert().code(1).stderr(message);
    run.stdout(predicate::str::starts_with("1 article read (1 new)\nkg holds 1 article,"));
}

#[test]
fn a_folder_with_something_else_is_no_store() {
    let desk = Desk::new();
    desk.write("other/file", "mine");
    desk.demarche(&["build", "bern.md", "--store", "other"]).assert().code(1).stderr(predicate::str::contains("other"));
    assert_eq!(desk.read("other/file"), "mine");
    let message = predicate::str::contains("there is no store at kg: build one with `demarche build");
    desk.demarche(&["query", "who-met-whom", "--store", "kg"]).assert().code(1).stderr(message);
}

#[test]
fn who_met_whom_is_asked_by_name_in_sparql_or_from_a_file() {
    let desk = Desk::new();
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--store", "kg", "--manifest", &manifest]);

    let named = desk.output(&["query", "--store", "kg", "who-met-whom", "--format", "table"]);
    let expected = ["Joe Biden", "Vladimir Putin", "Geneva", "2021-06-16", "in person"];
    assert!(named.lines().any(|line| expected.iter().all(|word| line.contains(word))), "{named}");

    let query = "SELECT ?who { person:joe-biden dm:met ?who }";
    let csv = desk.output(&["query", "--store", "kg", query, "--format", "csv"]);
    assert!(csv.lines().any(|line| line.ends_with("person/vladimir-putin")), "{csv}");
    desk.write("question.rq", query);
    assert_eq!(desk.output(&["query", "--store", "kg", "-f", "question.rq", "--format", "csv"]), csv);

    let json: serde_json::Value = serde_json::from_str(&desk.output(&["query", "--store", "kg", query])).unwrap();
    assert_eq!(json["results"]["bindings"].as_array().unwrap().len(), csv.lines().count() - 1);
    assert!(desk.output(&["query", "--store", "kg", query, "--format", "tsv"]).starts_with("?who\n<http"));
    assert!(desk.output(&["query", "--store", "kg", query, "--format", "xml"]).contains("<sparql"));
    let ask = "ASK { person:joe-biden dm:met person:vladimir-putin }";
    assert_eq!(desk.output(&["query", "--store", "kg", ask, "--format", "table"]), "yes\n");
    let construct = "CONSTRUCT { ?a dm:met ?b } WHERE { ?a dm:met ?b }";
    assert!(desk.output(&["query", "--store", "kg", construct]).contains("/person/joe-biden> <"));

    for (query, message) in [("who-met-who", "there is no query"), ("SELECT nonsense {", "the query cannot be read")] {
        desk.demarche(&["query", "--store", "kg", query]).assert().code(1).stderr(predicate::str::contains(message));
    }
}

#[test]
fn the_query_of_the_readme_answers() {
    let readme = include_str!("../../README.md");
    let query = readme.split("```sparql").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let desk = Desk::new();
    desk.demarche(&["build", "bern.md", "lindholm.txt", "--store", "kg"]).assert().success();
    let run = desk.demarche(&["query", "--store", "kg", query, "--format", "csv"]).assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).lines().count() > 1, "it answers with no row");
}

#[test]
fn a_dossier_has_each_sentence_with_its_file() {
    let desk = Desk::new();
    desk.output(&["build", ".", "--store", "kg"]);
    let page = desk.output(&["show", "--store", "kg", "zieliński"]);
    assert!(page.starts_with("Łukasz Zieliński\n1 article"), "{page}");
    assert!(
        page.contains("“We are not there yet,” bern.md, 2023-03-14 [") || page.contains("bern.md, 2023-03-14 ["),
        "{page}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&desk.output(&["show", "--store", "kg", "Zieliński", "--format", "json"])).unwrap();
    assert_eq!((&json["name"], &json["key"]), (&"Łukasz Zieliński".into(), &"person/lukasz-zielinski".into()));
    let text: Vec<char> = desk.read("bern.md").chars().collect();
    let passage = &json["statements"][0]["evidence"][0];
    let at = |end: &str| usize::try_from(passage["at"][end].as_u64().unwrap()).unwrap();
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), passage["text"].as_str().unwrap());
    let message = predicate::str::contains("no person in the store is called \"Nobody\"");
    desk.demarche(&["show", "--store", "kg", "Nobody"]).assert().code(1).stderr(message);
}

#[test]
fn the_demo_goes_the_whole_way() {
    let desk = Desk::new();
    let first = desk.output(&["demo"]);
    for expected in ["Who met whom", "Who said what", "Joe Biden", "Vladimir Putin", "Geneva", "2021-06-16", "Next:"] {
        assert!(first.contains(expected), "{expected} is not in:\n{first}");
    }
    assert!(desk.read("demo/graph.svg").starts_with("<svg") || desk.read("demo/graph.svg").starts_with("<?xml"));
    assert!(desk.read("demo/graph.dot").contains("Joe Biden"));
    assert!(desk.read("demo/graph.ttl").contains("dm:met"));
    assert!(std::fs::read(desk.path("demo/graph.png")).unwrap().starts_with(b"\x89PNG"));
    let before = files(&desk.path("demo"));
    let second = desk.output(&["demo"]);
    assert!(second.contains("nothing has changed"), "{second}");
    assert!(files(&desk.path("demo")) == before);

    // What it says to try next works.
    let next: Vec<Vec<String>> = second
        .lines()
        .filter_map(|line| line.trim().strip_prefix("demarche "))
        .map(|line| {
            let line = line.split("    (").next().unwrap();
            line.split('"')
                .enumerate()
                .flat_map(|(i, part)| match i % 2 {
                    1 => vec![part.to_owned()],
                    _ => part.split_whitespace().map(str::to_owned).collect(),
                })
                .collect()
        })
        .collect();
    assert!(next.len() >= 4, "{second}");
    for arguments in next {
        desk.output(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn records_that_were_extracted_before_are_added_without_their_articles() {
    let desk = Desk::new();
    let records = desk.output(&["extract", "bern.md", "lindholm.txt", "--with-text"]);
    desk.write("records.jsonl", &records);
    desk.output(&["build", "--records", "records.jsonl", "--store", "kg"]);
    desk.output(&["build", "bern.md", "lindholm.txt", "--with-text", "--store", "other"]);
    assert!(files(&desk.path("kg")) == files(&desk.path("other")));

    // What is no record, or whose words do not stand where it says, is named and costs only itself.
    desk.write("broken.jsonl", format!("{{}}\n{}", records.replacen("\"text\":\"Łukasz", "\"text\":\"Lukasz", 1)));
    let message =
        predicate::str::contains("broken.jsonl:1: is no record").and(predicate::str::contains("broken.jsonl:2: "));
    let run = desk.demarche(&["build", "--records", "broken.jsonl", "--store", "new"]).assert().code(1).stderr(message);
    run.stdout(predicate::str::starts_with("1 article read (1 new)"));
}

#[cfg(not(feature = "rocksdb"))]
#[test]
fn without_articles_a_store_is_brought_up_to_date() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "lindholm.txt", "--store", "kg"]);
    let whole = files(&desk.path("kg"));
    let mut damaged = whole["graph.nq.gz"].clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    std::fs::write(desk.path("kg/graph.nq.gz"), damaged).unwrap();
    desk.output(&["build", "--store", "kg"]);
    assert!(files(&desk.path("kg")) == whole);
    let message = predicate::str::contains("there is no store at nowhere: build one with");
    desk.demarche(&["build", "--store", "nowhere"]).assert().code(1).stderr(message);
}

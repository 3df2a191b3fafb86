//! `forget`: articles out of a store again.

use crate::{Desk, sample};
use predicates::prelude::*;

/// The whole graph, with every named graph, as sorted N-Quads.
fn graph(desk: &Desk, store: &str) -> String {
    desk.output(&["export", "--store", store, "-o", "-", "--format", "nq"])
}

#[test]
fn what_is_left_is_as_if_the_article_had_never_been_read() {
    let desk = Desk::new();
    let sample = sample();
    let (a, b, c) = ("bern.md", format!("{sample}/2021-06-16-geneva.md"), format!("{sample}/2021-06-17-reactions.txt"));
    desk.output(&["build", a, &b, &c, "--store", "all"]);
    desk.output(&["build", a, &c, "--store", "without"]);
    assert!(graph(&desk, "all") != graph(&desk, "without"));

    let said = desk.output(&["forget", "2021-06-16-geneva.md", "--store", "all"]);
    assert!(said.starts_with(&format!("forgotten: {b} (doc:")), "{said}");
    assert!(said.contains("all holds 2 articles"), "{said}");
    assert!(graph(&desk, "all") == graph(&desk, "without"));

    // Read again, it is back.
    desk.output(&["build", a, &b, &c, "--store", "once-more"]);
    desk.output(&["build", &b, "--store", "all"]);
    assert!(graph(&desk, "all") == graph(&desk, "once-more"));
}

#[test]
fn an_article_is_named_by_its_path_the_end_of_it_or_its_id() {
    let desk = Desk::new();
    for copy in ["news/may/talks.txt", "news/june/talks.txt"] {
        desk.write(copy, format!("Filed to {copy}.\n\nIda Holm met Jonas Brandt in Oslo."));
    }
    let mut ids = Vec::new();
    for name in ["talks.txt", "june/talks.txt", "./news/june/talks.txt", "doc"] {
        desk.output(&["build", "news", "bern.md", "--store", "kg"]);
        if ids.is_empty() {
            let query = "SELECT ?id { ?a dct:identifier ?id ; dm:file \"news/june/talks.txt\" }";
            let csv = desk.output(&["query", "--store", "kg", query, "--format", "csv"]);
            ids.push(csv.lines().nth(1).unwrap().trim().to_owned());
        }
        let name = if name == "doc" { &ids[0][..12] } else { name };
        let run = desk.demarche(&["forget", name, "--store", "kg"]).assert();
        if name == "talks.txt" {
            // Two bear this name: none goes.
            let which = predicate::str::contains("news/june/talks.txt (doc:")
                .and(predicate::str::contains("news/may/talks.txt (doc:"));
            run.code(1).stderr(which);
            assert!(desk.output(&["build", "--store", "kg"]).contains("kg holds 3 articles"));
        } else {
            run.success().stdout(predicate::str::starts_with("forgotten: news/june/talks.txt (doc:"));
        }
    }
}

#[test]
fn a_name_that_no_article_bears_costs_nothing_and_the_message_helps() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "lindholm.txt", "--store", "kg"]);
    let before = graph(&desk, "kg");
    let message = "no article in the store is called \"lindhelm.txt\"; did you mean lindholm.txt?";
    desk.demarche(&["forget", "bern.md", "lindhelm.txt", "--store", "kg"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains(message));
    assert!(graph(&desk, "kg") == before);
}

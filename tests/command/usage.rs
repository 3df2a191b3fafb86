//! What the command does when it is used wrongly, and when nobody listens.

use crate::{Desk, sample};
use predicates::prelude::*;
use std::io::Read;
use std::process::{Command, Stdio};

#[test]
fn wrong_usage_is_exit_code_2() {
    let desk = Desk::new();
    for (arguments, message) in [
        (&["extract"][..], "ARTICLES"),
        (&["extract", "bern.md", "--published", "soon"], "\"soon\" is no date"),
        (&["extract", "bern.md", "--format", "docx"], "pretty"),
        (&["extract", "bern.md", "--jobs", "0"], "--jobs"),
        (&["query", "--store", "kg"], "SPARQL|NAME"),
        (&["query", "who-met-whom", "-f", "question.rq"], "cannot be used with"),
        (&["export", "--store", "kg"], "give --format"),
        (&["export", "--store", "kg", "-o", "graph.ttl", "--since", "May"], "\"May\" is no date"),
        (&["frobnicate"], "frobnicate"),
    ] {
        desk.demarche(arguments).assert().code(2).stderr(predicate::str::contains(message));
    }
}

#[test]
fn a_manifest_that_cannot_be_read_stops_the_run() {
    let desk = Desk::new();
    desk.write("list.csv", "source,published\nbern.md,14 March\n");
    for (manifest, message) in [
        ("list.csv", "demarche: list.csv:2: \"14 March\" is no date"),
        ("absent.csv", "demarche: absent.csv: cannot be read"),
    ] {
        let run = desk.demarche(&["extract", "bern.md", "--manifest", manifest]).assert().code(1);
        run.stdout("").stderr(predicate::str::contains(message));
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    for format in ["jsonl", "pretty"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["extract", &sample(), "--jobs", "1", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let mut complaints = String::new();
        child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        assert!(child.wait().unwrap().success() && complaints.is_empty(), "{complaints}");
    }
}

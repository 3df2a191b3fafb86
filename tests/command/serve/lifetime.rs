//! How a server begins, keeps up with its store, and ends.

use super::hostile::ENDLESS;
use super::served;
use crate::Desk;
use std::process::Command;
use std::time::{Duration, Instant};

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status().unwrap().success());
}

/// The processes that a process has started and that still run.
pub(super) fn children(pid: u32) -> Vec<u32> {
    let output = Command::new("pgrep").args(["-P", &pid.to_string()]).output().unwrap();
    String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| line.trim().parse().ok()).collect()
}

/// Waits until something is so.
pub(super) fn until(what: &str, is: impl Fn() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < Duration::from_secs(120), "still not: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_store_that_cannot_be_served_is_told_of_at_once() {
    let desk = Desk::new();
    let error = desk.demarche(&["serve", "--store", "nothing", "--bind", "127.0.0.1:0"]).assert().failure();
    let said = String::from_utf8_lossy(&error.get_output().stderr).into_owned();
    assert!(said.contains("there is no store"), "{said}");
    for (wrong, about) in [
        (&["--timeout", "0"][..], "seconds"),
        (&["--allow-update"][..], "--token-file"),
        (&["--bind", "somewhere"][..], "somewhere"),
    ] {
        let usage = desk.demarche(&[&["serve"], wrong].concat()).assert().code(2);
        let said = String::from_utf8_lossy(&usage.get_output().stderr).into_owned();
        assert!(said.contains(about), "{said}");
    }
    desk.write("short.txt", "hush");
    let short = desk.demarche(&["serve", "--allow-update", "--token-file", "short.txt"]).assert().code(1);
    assert!(String::from_utf8_lossy(&short.get_output().stderr).contains("16 characters"));
}

#[test]
fn an_address_that_is_taken_is_named() {
    let (desk, server) = served(&[]);
    let address = server.address.to_string();
    let error = desk.demarche(&["serve", "--store", "kg", "--bind", &address]).assert().code(1);
    let said = String::from_utf8_lossy(&error.get_output().stderr).into_owned();
    assert!(said.contains(&address) && said.contains("--bind"), "{said}");
}

#[test]
fn told_to_end_it_answers_what_was_asked_and_leaves_nothing_behind() {
    let (_desk, mut server) = served(&["--timeout", "2"]);
    let [engine] = children(server.id())[..] else { panic!("there is one engine") };
    assert!(!children(engine).is_empty(), "there are workers");
    let pid = server.id();
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| server.query(ENDLESS));
        std::thread::sleep(Duration::from_millis(500));
        signal(pid, "TERM");
        assert_eq!(asked.join().unwrap().status, 504, "the request is still answered");
    });
    assert_eq!(server.wait(), Some(0));
    until("the engine is gone", || children(engine).is_empty());
}

#[test]
fn killed_it_leaves_nothing_behind_either() {
    let (_desk, mut server) = served(&[]);
    let [engine] = children(server.id())[..] else { panic!("there is one engine") };
    let workers = children(engine);
    signal(server.id(), "KILL");
    assert_eq!(server.wait(), None);
    let runs = |pid: &u32| {
        Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().is_ok_and(|ps| {
            let state = String::from_utf8_lossy(&ps.stdout).trim().to_owned();
            !state.is_empty() && !state.starts_with('Z')
        })
    };
    until("engine and workers are gone", || !runs(&engine) && !workers.iter().any(runs));
}

#[test]
fn an_engine_that_dies_is_replaced() {
    let (_desk, server) = served(&[]);
    let [engine] = children(server.id())[..] else { panic!("there is one engine") };
    signal(engine, "KILL");
    // Who asks meanwhile is told to come again, and nothing worse.
    until("the server answers again", || match server.query("ASK {}").status {
        200 => true,
        503 => false,
        other => panic!("{other}"),
    });
    // A worker of the old one may have answered still.
    until("another engine is there", || matches!(children(server.id())[..], [other] if other != engine));
}

#[test]
fn a_store_that_changes_is_served_as_it_is_now() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    let server = super::Server::start(&desk.path("kg").display().to_string(), &[]);
    let articles = || {
        let reply = server.query("SELECT (COUNT(*) AS ?n) { ?a a dm:Article }");
        assert_eq!(reply.status, 200, "{reply:?}");
        let answer: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        answer["results"]["bindings"][0]["n"]["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(articles(), "1");
    let tag = server.get("/store?default").header("etag").to_owned();
    desk.output(&["build", "lindholm.txt", "--store", "kg"]);
    until("the second article is served", || articles() == "2");
    assert_ne!(server.get("/store?default").header("etag"), tag);
    desk.output(&["forget", "lindholm.txt", "--store", "kg"]);
    until("it is gone again", || articles() == "1");
    assert_eq!(server.get("/store?default").header("etag"), tag, "the same graph has the same tag");
    // A store that cannot be read does not take the server down.
    desk.write("kg/store.json", "nonsense");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(articles(), "1");
    assert!(server.said().contains("cannot be loaded again"));
}

//! Builds that are broken off, and two that run at once.

use crate::Desk;
use predicates::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ARTICLES: usize = 200;

/// Small articles of various people, towns and days.
fn write_articles(desk: &Desk) {
    let people =
        ["Ida Holm", "Jonas Brandt", "Marta Kowal", "Luis Herrera", "Aiko Tanaka", "Pavel Dvorak", "Nora Lind"];
    let towns = ["Oslo", "Vienna", "Lisbon", "Prague", "Geneva"];
    for i in 0..ARTICLES {
        let (one, other) = (people[i % 7], people[(i / 7 + i + 1) % 7]);
        let other = if one == other { "Clara Voss" } else { other };
        let (town, day) = (towns[i % 5], 1 + i % 28);
        let text = format!(
            "---\ndate: 2022-03-{day:02}\n---\nForeign Minister {one} met {other} in {town} on {day} March 2022.\n\n\
             \"We have agreed on point {i} of the plan,\" {one} said.\n"
        );
        desk.write(&format!("news/{i:03}.md"), text);
    }
}

fn start(desk: &Desk, store: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(desk.folder.path())
        .args(["build", "news", "--store", store])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The files of a store's folder by name, without the records' folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file());
    files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())).collect()
}

#[test]
fn a_build_that_is_killed_leaves_whole_articles_and_is_completed_by_the_same_command() {
    let desk = Desk::new();
    write_articles(&desk);
    let begun = Instant::now();
    assert!(start(&desk, "whole").wait().unwrap().success());
    let takes = begun.elapsed();
    let (whole, records) = (files(&desk.path("whole")), files(&desk.path("whole/records")));
    assert_eq!(records.len(), ARTICLES);

    // A fixed sequence of delays, spread over the whole of a build: from the making of the folder to the writing of the graph.
    let mut seed = 20_260_401_u64;
    let mut broken_off = 0;
    for round in 0..6 {
        let store = format!("kg{round}");
        for attempt in 0..5 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let part = u32::try_from(seed >> 40).unwrap();
            let mut child = start(&desk, &store);
            if attempt == 0 {
                // The first time in the midst of the articles, however quick the machine is.
                let records = desk.path(&store).join("records");
                let there = || std::fs::read_dir(&records).map_or(0, Iterator::count);
                while there() < round * ARTICLES / 8 && child.try_wait().unwrap().is_none() {
                    std::thread::sleep(Duration::from_millis(1));
                }
            } else {
                std::thread::sleep(takes.mul_f64(f64::from(part) / f64::from(1 << 24)).min(Duration::from_secs(60)));
            }
            child.kill().unwrap();
            broken_off += usize::from(!child.wait().unwrap().success());

            // Every record that is there is whole and right; and the store answers, if it was begun.
            for (name, bytes) in files(&desk.path(&store).join("records")) {
                if name.ends_with(".json") {
                    assert!(records[&name] == bytes, "{name} is not whole");
                }
            }
            if desk.path(&store).join("store.json").exists() {
                let count = "SELECT (COUNT(?a) AS ?n) { ?a a dm:Article }";
                let csv = desk.output(&["query", "--store", &store, count, "--format", "csv"]);
                let found: usize = csv.lines().nth(1).unwrap().trim().parse().unwrap();
                let there = files(&desk.path(&store).join("records")).keys().filter(|n| n.ends_with(".json")).count();
                assert_eq!(found, there);
            }
        }
        assert!(start(&desk, &store).wait().unwrap().success());
        assert!(files(&desk.path(&store).join("records")) == records, "{store}: other records");
        if cfg!(not(feature = "rocksdb")) {
            let completed = files(&desk.path(&store));
            assert_eq!(completed.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
            assert!(completed == whole, "{store}: another graph");
        }
    }
    assert!(broken_off > 0, "no build was broken off");
}

#[test]
fn the_second_writer_is_told_that_there_is_a_first() {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "--store", "kg"]);
    // The first writer: it holds the lock for as long as it writes.
    let lock = std::fs::File::options().write(true).open(desk.path("kg/lock")).unwrap();
    lock.try_lock().unwrap();
    let message = predicate::str::contains("another process writes to kg: try again when it has ended");
    for command in [&["build", "lindholm.txt", "--store", "kg"][..], &["forget", "bern.md", "--store", "kg"]] {
        desk.demarche(command).assert().code(1).stderr(message.clone());
    }
    // Readers are not disturbed.
    desk.output(&["query", "--store", "kg", "who-met-whom"]);
    drop(lock);
    desk.output(&["build", "lindholm.txt", "--store", "kg"]);
}

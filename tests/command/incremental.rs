//! A store grows and shrinks: what it comes to is what its articles come to, however it got there.

use crate::{Desk, sample};
use demarche_graph::Store;
use demarche_record::Record;
use proptest::prelude::*;
use std::num::NonZero;
use std::path::Path;
use std::sync::OnceLock;

/// The records of the sample articles.
fn records() -> &'static [Record] {
    static RECORDS: OnceLock<Vec<Record>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let manifest = format!("{}/manifest.csv", sample());
        let lines = Desk::new().output(&["extract", &sample(), "--manifest", &manifest]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    })
}

const CORRECTIONS: &str = "[[rename]]\nthing = \"person/joe-biden\"\nname = \"President Biden\"\n";

/// What is kept of a store, the bytes of the graph's file where it is one.
fn kept(folder: &Path) -> Vec<u8> {
    if cfg!(feature = "rocksdb") {
        let mut quads = Vec::new();
        Store::open(folder).unwrap().export(demarche_graph::Format::NQuads, &mut quads).unwrap();
        quads
    } else {
        let index = std::fs::read(folder.join("graph.index.json")).unwrap();
        [std::fs::read(folder.join("graph.nq.gz")).unwrap(), index].concat()
    }
}

/// What the records, and perhaps the corrections, come to when they are all there from the start.
fn from_nothing(corrected: bool) -> &'static [u8] {
    static PLAIN: OnceLock<Vec<u8>> = OnceLock::new();
    static CORRECTED: OnceLock<Vec<u8>> = OnceLock::new();
    (if corrected { &CORRECTED } else { &PLAIN }).get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path(), None).unwrap();
        if corrected {
            std::fs::write(folder.path().join("corrections.toml"), CORRECTIONS).unwrap();
        }
        store.add(records()).unwrap();
        store.commit().unwrap();
        kept(folder.path())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Records are added in any order and in parts, each part by a process of its own; some are taken back on the way and
    /// added again; the corrections come at any time.
    #[test]
    fn any_way_to_the_same_articles_gives_the_same_bytes(
        order in Just(records().to_vec()).prop_shuffle(),
        size in 1..7_usize,
        detours in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        corrected in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let parts: Vec<&[Record]> = order.chunks(size).collect();
        for (number, part) in parts.iter().enumerate() {
            let mut store = Store::open_or_create(folder.path(), None).unwrap();
            store.use_threads(NonZero::new(1 + number % 4).unwrap());
            if corrected.is_some_and(|at| at.index(parts.len()) == number) {
                std::fs::write(folder.path().join("corrections.toml"), CORRECTIONS).unwrap();
            }
            store.add(*part).unwrap();
            store.commit().unwrap();
        }
        for detour in detours {
            let record = detour.get(&order);
            let mut store = Store::open(folder.path()).unwrap();
            prop_assert_eq!(store.forget(&[&record.source]).unwrap().len(), 1);
            store.commit().unwrap();
            store.add([record]).unwrap();
            store.commit().unwrap();
        }
        prop_assert!(kept(folder.path()) == from_nothing(corrected.is_some()));
    }
}

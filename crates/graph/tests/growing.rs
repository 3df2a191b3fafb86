//! A store that grew, shrank and was set right in whatever steps is, byte by byte, the store that is built at once from what
//! it holds in the end.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::Draft;
use demarche_graph::{Format, Store};
use demarche_record::{OrganizationKind, PlaceKind, Record, StatementKind, Status};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Names of people such as a store confuses: one surname, several bearers, short forms, slips.
const PEOPLE: [&str; 10] = [
    "Ana Orlova",
    "Orlova",
    "Anna Orlova",
    "Boris Orlov",
    "Orlov",
    "B. Orlov",
    "Tomas Reyes",
    "Tom Reyes",
    "Reyes",
    "Rita Reyes",
];

const BODIES: [&str; 4] = ["Harbour Commission", "HC", "Finance Ministry", "Norwegian Finance Ministry"];

const PLACES: [(&str, PlaceKind, &str); 3] =
    [("Oslo", PlaceKind::City, "NO"), ("Lisbon", PlaceKind::City, "PT"), ("Portugal", PlaceKind::Country, "PT")];

const STATUSES: [Status; 4] = [Status::Held, Status::Planned, Status::Possible, Status::Cancelled];

const CORRECTIONS: [&str; 5] = [
    "[[same]]\nthings = [\"person/ana-orlova\", \"person/anna-orlova\"]\n",
    "[[different]]\nthings = [\"person/tomas-reyes\", \"person/tom-reyes\"]\n",
    "[[rename]]\nthing = \"person/boris-orlov\"\nname = \"Boris the Elder\"\n",
    "[[drop]]\nthing = \"organization/hc\"\n",
    "",
];

/// The files that a build writes, in the order in which it does; a database has files of its own in place of the graph's.
const FILES: [&str; 3] = ["identity.json.gz", "graph.nq.gz", "graph.index.json"];

/// What an article tells: who of [`PEOPLE`] and [`BODIES`], the first two of whom meet, in which place, when, with what status.
type Told = (Vec<usize>, usize, usize, u32, usize);

fn told() -> impl Strategy<Value = Told> {
    let people = prop::sample::subsequence((0..PEOPLE.len()).collect::<Vec<_>>(), 2..5).prop_shuffle();
    (people, 0..BODIES.len(), 0..PLACES.len(), 1..25_u32, 0..STATUSES.len())
}

fn record(number: usize, (people, body, place, day, status): &Told) -> Record {
    let names: Vec<&str> = people.iter().map(|person| PEOPLE[*person]).collect();
    let text = format!(
        "No. {number}. Here are {} of {} in {}. The first two met there. “We shall see what comes of all this,” one said.",
        names.join(" and "),
        BODIES[*body],
        PLACES[*place].0,
    );
    let date = format!("2021-06-{day:02}");
    let mut draft = Draft::new(&format!("news/{number:02}.txt"), Some(&date), &text);
    for (i, name) in names.iter().enumerate() {
        draft = draft.person(&format!("p{i}"), name, &[name]).role("chair", Some("o0"), name);
    }
    let (town, kind, country) = PLACES[*place];
    draft
        .organization("o0", BODIES[*body], OrganizationKind::Government)
        .place("l0", town, kind, country)
        .meeting(&["p0", "p1"], STATUSES[*status], "The first two met there", "met")
        .at(Some("l0"), Some(("there", &date, &date, &date)))
        .statement(StatementKind::Direct, "p0", names[0], ("said", "say"), "We shall see what comes of all this")
        .done()
}

/// A change of a store.
#[derive(Debug, Clone)]
enum Change {
    /// Articles by their numbers, in this order.
    Add(Vec<usize>),
    Forget(usize),
    /// Other corrections take the place of those that are there.
    Correct(usize),
    /// What was remembered of earlier builds is lost.
    Lose,
}

fn changes(articles: usize) -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        6 => prop::collection::vec(0..articles, 1..8).prop_map(Change::Add),
        2 => (0..articles).prop_map(Change::Forget),
        2 => (0..CORRECTIONS.len()).prop_map(Change::Correct),
        1 => Just(Change::Lose),
    ];
    prop::collection::vec(change, 1..6)
}

fn correct(folder: &Path, corrections: usize) {
    fs::write(folder.join("corrections.toml"), CORRECTIONS[corrections]).unwrap();
}

fn everything(store: &Store) -> String {
    let mut out = Vec::new();
    store.export(Format::NQuads, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn in_whatever_steps_the_store_is_the_same(
        (articles, changes, last) in prop::collection::vec(told(), 8..20)
            .prop_flat_map(|articles| (Just(articles.clone()), changes(articles.len()), Just((0..articles.len()).collect::<Vec<_>>()).prop_shuffle()))
    ) {
        let records: Vec<Record> = articles.iter().enumerate().map(|(number, told)| record(number, told)).collect();
        let folder = tempfile::tempdir().unwrap();
        let (grown, at_once) = (folder.path().join("grown"), folder.path().join("at-once"));
        let mut store = Store::create(&grown, None).unwrap();
        let mut holds = vec![false; records.len()];
        let mut corrections = None;
        // In the end most of the articles are there, so that the blocks are large enough to be remembered.
        for change in changes.iter().cloned().chain([Change::Add(last[3..].to_vec())]) {
            match change {
                Change::Add(numbers) => {
                    store.add(numbers.iter().map(|number| &records[*number])).unwrap();
                    numbers.iter().for_each(|number| holds[*number] = true);
                }
                Change::Forget(number) => {
                    store.withdraw([records[number].id.as_str()]).unwrap();
                    holds[number] = false;
                }
                Change::Correct(number) => {
                    correct(&grown, number);
                    corrections = Some(number);
                }
                Change::Lose => drop(fs::remove_file(grown.join("identity.json.gz"))),
            }
            store.commit().unwrap();
        }
        let mut fresh = Store::create(&at_once, None).unwrap();
        corrections.iter().for_each(|number| correct(&at_once, *number));
        fresh.add(records.iter().zip(&holds).filter(|(_, is_there)| **is_there).map(|(record, _)| record)).unwrap();
        let built = fresh.commit().unwrap();
        prop_assert_eq!(everything(&store), everything(&fresh));
        store.add([&records[last[3]]]).unwrap();
        prop_assert_eq!(demarche_graph::Built { rebuilt: false, ..built }, store.commit().unwrap());
        // What lies on the disk is the same too, and as compressed by one as by the other.
        for file in FILES {
            let bytes = |folder: &Path| fs::read(folder.join(file)).ok();
            prop_assert!(bytes(&grown) == bytes(&at_once), "{}", file);
        }
    }
}

/// A build that ends between any two of its files has not kept its graph, so that the next one does all of it.
#[test]
fn a_build_that_cannot_keep_one_of_its_files_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let records: Vec<Record> = (0..3).map(|number| record(number, &(vec![0, 3], 0, 0, 4, 0))).collect();
    let begin = |name: &str| {
        let mut store = Store::create(folder.path().join(name), None).unwrap();
        store.add(&records).unwrap();
        store
    };
    let whole = begin("whole").commit().unwrap();
    for file in FILES.into_iter().filter(|file| cfg!(not(feature = "rocksdb")) || *file != "graph.nq.gz") {
        let mut store = begin(file);
        // What stands in the way of the file: a folder of its name.
        let in_the_way = folder.path().join(file).join(file);
        fs::create_dir(&in_the_way).unwrap();
        store.commit().unwrap_err();
        fs::remove_dir(&in_the_way).unwrap();
        assert_eq!(store.commit().unwrap(), whole, "{file}");
        for written in FILES {
            let bytes = |name: &str| fs::read(folder.path().join(name).join(written)).ok();
            assert!(bytes(file) == bytes("whole"), "{written} after a build without {file}");
        }
    }
}

//! A store that grew, shrank and was set right in whatever steps is, byte by byte, the store that is built at once from what
//! it holds in the end.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::Draft;
use demarche_graph::{Format, Store};
use demarche_record::{OrganizationKind, PlaceKind, Record, StatementKind, Status};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
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

const CORRECTIONS: [&str; 6] = [
    "[[same]]\nthings = [\"person/ana-orlova\", \"person/anna-orlova\"]\n",
    "[[different]]\nthings = [\"person/tomas-reyes\", \"person/tom-reyes\"]\n",
    "[[rename]]\nthing = \"person/boris-orlov\"\nname = \"Boris the Elder\"\n",
    "[[drop]]\nthing = \"organization/hc\"\n",
    "[[set]]\nthing = \"place/lisbon\"\ncountry = \"NO\"\n",
    "",
];

/// The files that a build writes, in the order in which it does; a database has files of its own in place of the graph's.
const FILES: [&str; 3] = ["identity.json.gz", "graph.nq.gz", "graph.index.json"];

/// What an article tells: who of [`PEOPLE`] and [`BODIES`], the first two of whom meet, in which place, when, with what status.
type Told = (Vec<usize>, usize, usize, u32, usize);

fn told() -> impl Strategy<Value = Told> {
    let any = prop::sample::subsequence((0..PEOPLE.len()).collect::<Vec<_>>(), 2..5).prop_shuffle();
    // The same two meet in every other article, so that the block of their meetings is large enough to be remembered.
    let people = prop_oneof![any, Just(vec![0, 6])];
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

/// The quads and the names of the graphs that a store has loaded.
fn loaded(store: &Store) -> (BTreeSet<String>, BTreeSet<String>) {
    let graph = store.graph().unwrap();
    let quads = graph.iter().map(|quad| quad.unwrap().to_string()).collect();
    (quads, graph.named_graphs().map(|name| name.unwrap().to_string()).collect())
}

/// A store that was just opened, with its graph loaded.
fn opened(folder: &Path) -> Store {
    let store = Store::open(folder).unwrap();
    store.graph().unwrap();
    store
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn in_whatever_steps_the_store_is_the_same(
        threads in prop::collection::vec(1..5_usize, 6),
        (articles, changes, last) in prop::collection::vec(told(), 8..20)
            .prop_flat_map(|articles| (Just(articles.clone()), changes(articles.len()), Just((0..articles.len()).collect::<Vec<_>>()).prop_shuffle()))
    ) {
        let records: Vec<Record> = articles.iter().enumerate().map(|(number, told)| record(number, told)).collect();
        let folder = tempfile::tempdir().unwrap();
        let (grown, at_once) = (folder.path().join("grown"), folder.path().join("at-once"));
        let mut store = Store::create(&grown, None).unwrap();
        let mut reader = opened(&grown);
        let mut holds = vec![false; records.len()];
        let mut corrections = None;
        // In the end most of the articles are there, so that the blocks are large enough to be remembered.
        let changes = changes.iter().cloned().chain([Change::Add(last[3..].to_vec())]);
        for (change, threads) in changes.zip(threads) {
            store.use_threads(NonZero::new(threads).unwrap());
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
            match reader.follow().unwrap() {
                Some(followed) => prop_assert_eq!(followed.stamp, store.stamp().unwrap()),
                None => reader = opened(&grown),
            }
            prop_assert!(loaded(&reader) == loaded(&opened(&grown)));
        }
        let mut fresh = Store::create(&at_once, None).unwrap();
        fresh.use_threads(NonZero::<usize>::MIN);
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

/// Small changes of a store of some articles, each of which a graph that was loaded before follows.
#[cfg(not(feature = "rocksdb"))]
#[test]
fn a_loaded_graph_follows_what_others_commit() {
    use oxigraph::io::RdfFormat::Turtle;
    const GRAPH: &str = "http://example.org/graph";
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path();
    let people = |number: usize| vec![number % 10, (number + 3) % 10];
    let records: Vec<Record> =
        (0..30).map(|number| record(number, &(people(number), number % 4, number % 3, 4, number % 4))).collect();
    let mut store = Store::create(folder, None).unwrap();
    store.add(&records).unwrap();
    store.commit().unwrap();
    let mut reader = opened(folder);
    let mut changed = |what: &str, change: &dyn Fn(&mut Store)| {
        let before = loaded(&reader);
        // As another process does it.
        let mut writer = Store::open(folder).unwrap();
        change(&mut writer);
        writer.commit().unwrap();
        let followed = reader.follow().unwrap().unwrap_or_else(|| panic!("{what}: it does not follow"));
        assert_eq!((followed.stamp, followed.quads), (writer.stamp().unwrap(), reader.graph().unwrap().len().unwrap()));
        assert!(loaded(&reader) == loaded(&opened(folder)), "{what}");
        assert!(loaded(&reader) != before, "{what} changes nothing");
    };
    drop(store);
    changed("a correction", &|_| correct(folder, 2));
    changed("other corrections", &|_| correct(folder, 0));
    changed("no correction", &|_| fs::remove_file(folder.join("corrections.toml")).unwrap());
    changed("an article less", &|writer| _ = writer.withdraw([records[7].id.as_str()]).unwrap());
    changed("an article more", &|writer| _ = writer.add([&records[7]]).unwrap());
    let write = |writer: &mut Store, turtle: &str| {
        writer.write_graph(GRAPH, "here", &[(turtle.as_bytes(), Turtle)], false).unwrap();
    };
    changed("a graph", &|writer| write(writer, "[] <http://example.org/p> [] ."));
    changed("another graph", &|writer| write(writer, "[] <http://example.org/q> [] ."));
    changed("no graph", &|writer| _ = writer.remove_graph(GRAPH).unwrap());

    let mut writer = Store::open(folder).unwrap();
    assert_eq!(writer.follow().unwrap(), None, "nothing was loaded that could follow");
    correct(folder, 2);
    assert_eq!(reader.follow().unwrap(), None, "what is kept does not fit the corrections");
    writer.commit().unwrap();
    let before = loaded(&reader);
    let mut bytes = fs::read(folder.join("graph.nq.gz")).unwrap();
    for at in (0..bytes.len()).step_by(50) {
        bytes[at] ^= 1;
    }
    fs::write(folder.join("graph.nq.gz"), bytes).unwrap();
    assert_eq!(reader.follow().unwrap(), None, "what is kept is damaged");
    assert!(loaded(&reader) == before);
}

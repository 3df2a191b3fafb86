//! What a reader is asked about, and what becomes of the answers.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::{Draft, corpus};
use demarche_graph::Store;
use demarche_record::{Record, Status};
use demarche_resolve::{Action, Correction};

/// Two meetings of the same two, with more reports of the first, and somebody whose name may be that of one of them.
fn rounds() -> Vec<Record> {
    let told = |number: usize, day: &str, words: &str, status| {
        let text = format!("Ana Orlova and Tom Reyes {words}. This is report {number}.");
        let draft = Draft::new(&format!("rounds/{number}.txt"), Some(day), &text)
            .person("p0", "Ana Orlova", &["Ana Orlova"])
            .person("p1", "Tom Reyes", &["Tom Reyes"]);
        let clause = format!("Ana Orlova and Tom Reyes {words}");
        let trigger = words.split(' ').next().unwrap();
        draft.meeting(&["p0", "p1"], status, &clause, trigger)
    };
    let day = |draft: Draft, words: &str, day: &str| draft.at(None, Some((words, day, day, day))).done();
    vec![
        day(told(1, "2021-06-01", "met on Tuesday", Status::Held), "Tuesday", "2021-06-01"),
        day(told(2, "2021-06-02", "talked on Tuesday", Status::Held), "Tuesday", "2021-06-01"),
        day(told(3, "2021-06-09", "met on Wednesday", Status::Held), "Wednesday", "2021-06-09"),
        told(4, "2021-06-05", "met", Status::Held).done(),
        Draft::new("rounds/5.txt", Some("2021-06-20"), "T. Reyes met Boris Karim.")
            .person("p0", "T. Reyes", &["T. Reyes"])
            .person("p1", "Boris Karim", &["Boris Karim"])
            .meeting(&["p0", "p1"], Status::Held, "T. Reyes met Boris Karim", "met")
            .done(),
    ]
}

#[test]
fn either_side_of_a_doubt_is_in_some_article() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path(), None).unwrap();
    store.add(corpus().iter().chain(&rounds())).unwrap();
    store.commit().unwrap();
    let doubts = store.doubts(None, 99).unwrap().0;
    assert!(doubts.iter().any(|doubt| doubt.joined) && doubts.iter().any(|doubt| !doubt.joined), "{doubts:#?}");
    for doubt in &doubts {
        assert!(doubt.sides.iter().all(|side| side.articles > 0 && !side.passages.is_empty()), "{doubt:#?}");
        assert_ne!(doubt.sides[0].thing, doubt.sides[1].thing);
    }
}

#[test]
fn what_a_reader_tells_apart_is_explained_by_the_correction() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path(), None).unwrap();
    store.add(&rounds()).unwrap();
    let before = store.commit().unwrap().meetings;
    let doubts = store.doubts(None, 99).unwrap().0;
    let doubt = doubts.iter().find(|doubt| doubt.joined && doubt.sides[0].thing.starts_with("meeting/")).unwrap();
    let things = doubt.things();
    store.correct([&Correction { action: Action::Different(things.clone()), because: None, line: None }]).unwrap();
    assert_eq!(store.commit().unwrap().meetings, before + 1);
    for thing in things {
        let explanation = store.explain(thing.key.as_str()).unwrap();
        assert_eq!(explanation.corrections.len(), 1, "{explanation:#?}");
        assert!(explanation.refused.iter().any(|why| why.reason.contains("a correction says")), "{explanation:#?}");
    }
    let settled = doubt.sides.each_ref().map(|side| side.thing.clone());
    let asked = store.doubts(None, 99).unwrap().0;
    assert!(asked.iter().all(|doubt| !doubt.sides.iter().all(|side| settled.contains(&side.thing))), "{asked:#?}");

    // The same for people: two who bear one name in different articles.
    let mut store = Store::create(folder.path().join("people"), None).unwrap();
    let records = rounds();
    store.add([&records[0], &records[2]]).unwrap();
    assert_eq!(store.commit().unwrap().people, 2);
    let thing = |record: &Record| format!("person/ana-orlova@{}", &record.id[..12]);
    let entry = format!("[[different]]\nthings = [{:?}, {:?}]\n", thing(&records[0]), thing(&records[2]));
    std::fs::write(store.corrections_file(), entry).unwrap();
    assert_eq!(store.commit().unwrap().people, 3);
    let explanation = store.explain("person/ana-orlova").unwrap();
    assert_eq!(explanation.corrections.len(), 1, "{explanation:#?}");
}

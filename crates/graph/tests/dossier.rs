//! What a store tells of one person.

#![allow(clippy::unwrap_used)]

mod articles;

use articles::corpus;
use demarche_graph::{Store, StoreErrorKind};
use demarche_record::Status;

fn store(folder: &std::path::Path) -> Store {
    let mut store = Store::create(folder, None).unwrap();
    store.add(&corpus()).unwrap();
    store
}

#[test]
fn a_dossier_gathers_roles_meetings_and_statements_with_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let dossier = store(folder.path()).dossier("mara lindqvist").unwrap();
    assert_eq!((dossier.name.as_str(), dossier.articles), ("Mara Lindqvist", 5));
    let role = &dossier.roles[0];
    assert_eq!((role.title.as_str(), role.of.as_deref()), ("foreign minister", Some("Norway")));
    assert_eq!(role.evidence[0].text, "the foreign minister of Norway");

    let [oslo, called_off] = &dossier.meetings[..] else { panic!("{:#?}", dossier.meetings) };
    assert_eq!(
        (oslo.status, oslo.place.as_deref(), oslo.with.join(", ").as_str()),
        (Status::Held, Some("Oslo"), "Teodor Banić")
    );
    let history: Vec<(Status, &str)> =
        oslo.evidence.iter().map(|report| (report.status, report.passage.file.as_str())).collect();
    assert_eq!(
        history,
        [(Status::Planned, "news/plan.txt"), (Status::Held, "news/summit.txt"), (Status::Held, "south/echo.txt")]
    );
    assert_eq!(oslo.evidence[0].passage.text, "Mara Lindqvist will meet Teodor Banić in Norway");
    assert_eq!((called_off.status, called_off.evidence.len()), (Status::Cancelled, 2));

    let said: Vec<(&str, usize)> = dossier.statements.iter().map(|s| (s.text.as_str(), s.evidence.len())).collect();
    assert_eq!(said, [("hopes for “an open word”", 1), ("We shall meet again before the winter", 2)]);
    let passage = &dossier.statements[1].evidence[1];
    assert_eq!((passage.file.as_str(), passage.at.start, passage.at.end), ("south/echo.txt", 1, 38));
}

#[test]
fn people_are_found_by_surname_and_without_accents_and_suggested_when_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert_eq!(store.dossier("BANIC").unwrap().name, "Teodor Banić");
    assert_eq!(store.dossier("Lindqvist").unwrap().name, "Mara Lindqvist");
    let error = store.dossier("Lindquist").unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unknown);
    assert!(error.to_string().contains("did you mean Mara Lindqvist?"), "{error}");
    assert!(store.dossier("Zzyzx").unwrap_err().to_string().contains("no name is like it"));
}

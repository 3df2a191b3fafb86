//! The file of corrections: what it may say, and what is told where it says something else.

#![allow(clippy::unwrap_used)]

use demarche_resolve::{Action, Correction, Corrections, Reference, Values, When};

fn problems(text: &str) -> Vec<String> {
    let error = Corrections::parse(text, "c.toml").unwrap_err();
    error.to_string().lines().map(str::to_owned).collect()
}

#[test]
fn an_empty_file_corrects_nothing() {
    assert!(Corrections::parse("# nothing yet\n", "c.toml").unwrap().is_empty());
}

#[test]
fn what_is_written_is_read_back() {
    let reference = |text: &str| Reference::parse(text).unwrap();
    let things = || vec![reference("person/bush@doc:3f9a"), reference("person/george-w-bush")];
    let values = Values {
        status: Some(demarche_record::Status::Held),
        when: When::parse("2021-06-16"),
        mode: Some(demarche_record::Mode::InPerson),
        place: Some(reference("place/geneva").key),
        ..Values::default()
    };
    let because = Some("A son is not \"his father\".\nSo there.".to_owned());
    let mut written = "# Corrections\n".to_owned();
    let actions = [
        Action::Same(vec![reference("organization/un"), reference("organization/united-nations")]),
        Action::Different(things()),
        Action::Rename { thing: reference("place/kiev"), name: "Kyjiv".into() },
        Action::Drop(reference("person/circle-back")),
        Action::Set { thing: reference("meeting/4c1f9a3b5e7d2086"), values },
    ];
    let mut corrections = Vec::new();
    for action in actions {
        let line = Some(written.lines().count() + 2);
        let correction = Correction { action, because: because.clone(), line };
        written.push_str(&correction.to_string());
        corrections.push(correction);
    }
    let read = Corrections::parse(&written, "c.toml").unwrap();
    assert_eq!(read.entries(), corrections);
}

#[test]
fn every_problem_is_told_with_its_line() {
    assert_eq!(problems("[[same]]\nthings = [\"person/a\"\n")[0].split(": ").next(), Some("c.toml:2"));
    let unknown = problems("\n[[merge]]\nthings = []\n");
    assert!(unknown[0].starts_with("c.toml:2: unknown field `merge`"), "{unknown:?}");
    let file = r#"
[[same]]
things = ["person/ann-lee", "person/ann-lee"]

[[same]]
things = ["person/ann-lee", "place/lee"]

[[drop]]
thing = "Ann Lee"

[[different]]
things = ["person/lee@3f9a", "person/ann-lee"]

[[rename]]
thing = "meeting/4c1f9a3b5e7d2086"
name = "Yalta"

[[rename]]
thing = "person/ann-lee"
name = " "

[[set]]
thing = "person/ann-lee"
status = "held"

[[set]]
thing = "meeting/4c1f9a3b5e7d2086"
when = "last June"

[[set]]
thing = "place/lee"
country = "Switzerland"

[[set]]
thing = "place/lee"
"#;
    let lines: Vec<String> = problems(file);
    assert_eq!(
        lines,
        [
            "c.toml:3: name two different things or more",
            "c.toml:6: person/ann-lee and place/lee are of different kinds",
            "c.toml:9: \"Ann Lee\" is no key: write what `kind/name` says in the graph, such as \"person/joe-biden\"",
            "c.toml:12: \"person/lee@3f9a\": after the @ comes the id of an article, doc: and four digits of it or more",
            "c.toml:15: meeting/4c1f9a3b5e7d2086 is a meeting and cannot be renamed",
            "c.toml:20: a name needs at least one letter",
            "c.toml:24: a person has no status",
            "c.toml:28: \"last June\" is no time: write a day, month or year (2021-06-16, 2021-06, 2021), or two with / between",
            "c.toml:32: \"Switzerland\" is no code of a country such as CH",
            "c.toml:34: nothing is set of place/lee",
        ]
    );
}

#[test]
fn entries_that_contradict_each_other_are_refused() {
    let file = r#"
[[same]]
things = ["person/a", "person/b"]
[[same]]
things = ["person/c", "person/b"]
[[different]]
things = ["person/a", "person/c"]
[[rename]]
thing = "person/a"
name = "A"
[[rename]]
thing = "person/a"
name = "B"
"#;
    assert_eq!(
        problems(file),
        [
            "c.toml:6: person/a and person/c are said to be the same elsewhere in the file",
            "c.toml:11: the name of person/a is set to \"A\" in line 8",
        ]
    );
    let mut corrections = Corrections::default();
    let things = |names: [&str; 2]| names.map(|name| Reference::parse(name).unwrap()).to_vec();
    let entry = |action| Correction { action, because: None, line: None };
    corrections.push(entry(Action::Same(things(["person/a", "person/b"])))).unwrap();
    assert!(corrections.push(entry(Action::Different(things(["person/b", "person/a"])))).is_err());
    assert_eq!(corrections.entries().len(), 1);
}

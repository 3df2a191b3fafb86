//! The named queries on the sample articles, and what may be said to them.

use super::{Desk, sample};
use demarche_graph::{NamedQuery, named_queries};
use predicates::prelude::*;
use std::path::Path;

/// A desk with a store of the sample articles.
fn stored() -> Desk {
    let desk = Desk::new();
    let manifest = format!("{}/manifest.csv", sample());
    desk.output(&["build", &sample(), "--manifest", &manifest, "--store", "kg"]);
    desk
}

/// The arguments that ask a query about its own example.
fn example(query: &NamedQuery) -> Vec<String> {
    let asked = query.example.iter().flat_map(|(name, value)| ["--param".to_owned(), format!("{name}={value}")]);
    asked.collect()
}

/// `EXPECTED=write cargo test …` writes the files instead of comparing with them.
#[test]
fn each_question_has_the_expected_answer_on_the_sample() {
    let desk = stored();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology/competency");
    let write = std::env::var_os("EXPECTED").is_some_and(|value| value == "write");
    let mut different = Vec::new();
    for query in named_queries() {
        let mut arguments = vec!["query".to_owned(), query.name.clone(), "--format".into(), "tsv".into()];
        arguments.extend(example(query));
        let answer = desk.output(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(answer.lines().count() > 1, "{} answers its own example with nothing", query.name);
        // Files are told apart by their names; where the samples lie is another matter on each machine.
        let answer = answer.replace(&format!("{}/", sample()), "");
        let file = folder.join(format!("{}.expected.tsv", query.name));
        if write {
            std::fs::write(&file, answer).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != answer {
            different.push(format!("{}:\n{answer}", file.display()));
        }
    }
    assert!(
        different.is_empty(),
        "answers differ; if they are right, `EXPECTED=write cargo test -p demarche --test command questions` keeps \
         them\n{}",
        different.join("\n")
    );
}

/// A name, an alias, a surname, an IRI, a key and a Wikidata identifier all mean the same man.
#[test]
fn people_are_named_in_many_ways() {
    let desk = stored();
    let ask = |person: &str| desk.output(&["query", "dossier", "-p", &format!("person={person}"), "--format", "tsv"]);
    let expected = ask("Vladimir Putin");
    assert!(expected.lines().count() > 3, "{expected}");
    for name in [
        "vladimir putin",
        "Putin",
        "https://w3id.org/demarche/id/person/vladimir-putin",
        "person/vladimir-putin",
        "person:vladimir-putin",
        "Q7747",
        "http://www.wikidata.org/entity/Q7747",
        "https://www.wikidata.org/wiki/Q7747",
    ] {
        assert_eq!(ask(name), expected, "{name}");
    }
}

#[test]
fn dates_at_any_precision_narrow_the_answer() {
    let desk = stored();
    let count = |arguments: &[&str]| {
        let all = [&["query", "who-met-whom", "--param", "person=Joe Biden", "--format", "csv"], arguments].concat();
        desk.output(&all).lines().count() - 1
    };
    assert_eq!(count(&["--since", "2021-06-16", "--until", "2021-06-16"]), 1);
    assert_eq!(count(&["--since", "2021-06", "--until", "2021-06"]), 1);
    assert_eq!(count(&["--param", "since=2021-06/2021-09", "--param", "until=2021-06/2021-09"]), 1);
    assert_eq!(count(&["--since", "2021", "--until", "2021"]), 3);
    assert!(count(&[]) > count(&["--since", "2021"]));
    assert_eq!(count(&["--param", "other=Sergei Lavrov"]), 0);
}

#[test]
fn what_is_said_wrongly_is_answered_with_what_may_be_meant() {
    let desk = stored();
    for (arguments, message) in [
        (
            &["who-met-whom", "-p", "person=Joe Bidn"][..],
            "no agent in the store is called \"Joe Bidn\"; did you mean Joe Biden",
        ),
        (&["who-met-whom", "-p", "person=Q42"], "no agent in the store is called \"Q42\""),
        (&["who-met-whom", "-p", "person=person/joe-bidn"], "did you mean person/joe-biden"),
        (&["who-says-so", "-p", "meeting=Biden Putin"], "\"Biden Putin\" may be any of Joe Biden and Vladimir Putin"),
        (&["who-met-whom", "--since", "summer"], "since: \"summer\" is no date; write 2021, 2021-06"),
        (&["who-met-whom", "-p", "whom=x"], "who-met-whom has no parameter \"whom\"; it has person, other, place"),
        (&["who-speaks-for-whom", "--since", "2021"], "who-speaks-for-whom has no parameter \"since\""),
        (&["dossier"], "dossier has to be told person (person): whose dossier it is"),
        (&["who-met-whom", "--since", "2021", "-p", "since=2022"], "since is given twice"),
    ] {
        let arguments = [&["query"], arguments].concat();
        desk.demarche(&arguments).assert().code(1).stderr(predicate::str::contains(message));
    }
    desk.demarche(&["query", "dossier", "-p", "Putin"]).assert().code(2).stderr(predicate::str::contains("NAME=VALUE"));
}

#[test]
fn the_list_has_every_query_with_parameters_and_an_example_that_runs() {
    let desk = stored();
    let list = desk.output(&["query", "--list"]);
    assert_eq!(list, desk.output(&["queries"]));
    let line = list.lines().find(|line| line.starts_with("who-met-whom\t")).unwrap();
    assert_eq!(
        line.split('\t').collect::<Vec<_>>()[..4],
        [
            "who-met-whom",
            "Who met whom",
            "person:agent other:agent place:place since:date until:date",
            "--param person=\"Joe Biden\" --since 2021-06 --until 2021-12"
        ]
    );
    assert!(list.contains("\tperson:person*\t"), "{list}");
}

#[test]
fn a_query_with_its_values_can_be_taken_elsewhere() {
    let desk = stored();
    let arguments = ["query", "who-met-whom", "--param", "person=Biden", "--since", "2021-06"];
    let sparql = desk.output(&[&arguments[..], &["--sparql"]].concat());
    assert!(sparql.contains("VALUES ?person { <https://w3id.org/demarche/id/person/joe-biden> }"), "{sparql}");
    assert!(sparql.contains("VALUES ?since_first { \"2021-06-01\"^^<http://www.w3.org/2001/XMLSchema#date> }"));
    desk.write("bound.rq", sparql);
    let expected = desk.output(&[&arguments[..], &["--format", "csv"]].concat());
    assert_eq!(desk.output(&["query", "-f", "bound.rq", "--format", "csv"]), expected);
}

#[test]
fn a_query_of_ones_own_may_have_parameters() {
    let desk = stored();
    desk.write(
        "words.rq",
        "# Who used a word\n# @param word text required  the word\nSELECT DISTINCT ?who { VALUES ?word { UNDEF } ?s dm:text \
         ?text ; dm:speaker/rdfs:label ?who FILTER(CONTAINS(?text, ?word)) } ORDER BY ?who",
    );
    let answer = desk.output(&["query", "-f", "words.rq", "-p", "word=sanctions", "--format", "csv"]);
    assert!(answer.contains("Vladimir Putin"), "{answer}");
    let hostile = r#"word=" } # \ VALUES ?word { UNDEF }"#;
    assert_eq!(desk.output(&["query", "-f", "words.rq", "-p", hostile, "--format", "csv"]).lines().count(), 1);
    desk.demarche(&["query", "-f", "words.rq"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("word (text): the word"));
}

//! `corrections.toml`, `explain` and `review`: how a reader sets right what was read wrongly.

use crate::Desk;
use predicates::prelude::*;

/// Three articles of which two speak of one woman by different names, and a fourth of a man who shares her surname.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "harbour.txt",
        "Foreign Minister Ida Holm met Jonas Brandt in Oslo on 3 March 2022.\n\n\"We agree on the harbour and its dues,\" Ida Holm said.\n",
    );
    desk.write("railway.txt", "Foreign Minister Ada Holme met Marta Kowal in Vienna on 5 April 2022.\n");
    desk.write("mayor.txt", "The mayor of Lindholm, Tomas Reyes, met Jonas Brandt in Oslo on 9 May 2022.\n");
    desk.output(&["build", "harbour.txt", "railway.txt", "mayor.txt", "--store", "kg"]);
    desk
}

fn ask(desk: &Desk, query: &str) -> Vec<String> {
    let csv = desk.output(&["query", "--store", "kg", query, "--format", "csv"]);
    csv.lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

const MET_BY_HOLM: &str = "SELECT ?name { person:ida-holm dm:met/rdfs:label ?name } ORDER BY ?name";

#[test]
fn what_a_correction_says_is_so_from_the_next_build_on() {
    let desk = desk();
    assert_eq!(ask(&desk, MET_BY_HOLM), ["Jonas Brandt"]);
    desk.write(
        "kg/corrections.toml",
        "# She spells her name both ways.\n[[same]]\nthings = [\"person/ida-holm\", \"person/ada-holme\"]\n\
         because = \"The railway article misspells her.\"\n\n\
         [[rename]]\nthing = \"person/ida-holm\"\nname = \"Ida Margrete Holm\"\n",
    );
    let said = desk.output(&["build", "--store", "kg"]);
    assert!(!said.contains("nothing has changed"), "{said}");
    let met = "SELECT ?name { ?holm rdfs:label \"Ida Margrete Holm\"@en ; dm:met/rdfs:label ?name } ORDER BY ?name";
    assert_eq!(ask(&desk, met), ["Jonas Brandt", "Marta Kowal"]);

    // The corrections stand in a graph of their own, with the reason that was given.
    let why = "SELECT ?why { GRAPH <https://w3id.org/demarche/id/graph/corrections> { ?c a dm:Correction ; dm:reason ?why } }";
    assert_eq!(ask(&desk, why), ["The railway article misspells her."]);

    // Taken away again, all is as before.
    std::fs::remove_file(desk.path("kg/corrections.toml")).unwrap();
    desk.output(&["build", "--store", "kg"]);
    assert_eq!(ask(&desk, MET_BY_HOLM), ["Jonas Brandt"]);
}

#[test]
fn corrections_can_be_kept_beside_the_articles() {
    let desk = desk();
    desk.write("set-right.toml", "[[drop]]\nthing = \"person/tomas-reyes\"\n");
    desk.output(&["build", "--store", "kg", "--corrections", "set-right.toml"]);
    assert_eq!(ask(&desk, "SELECT ?p { ?p rdfs:label \"Tomas Reyes\"@en }"), [""; 0]);
    // The store remembers where they are.
    desk.write("set-right.toml", "[[rename]]\nthing = \"person/tomas-reyes\"\nname = \"T. Reyes\"\n");
    desk.output(&["build", "--store", "kg"]);
    assert_eq!(
        ask(&desk, "SELECT ?name { ?p a dm:Person ; rdfs:label ?name FILTER(CONTAINS(?name, \"Reyes\")) }"),
        ["T. Reyes"]
    );
}

#[test]
fn a_correction_that_cannot_be_read_is_named_with_file_and_line() {
    let desk = desk();
    desk.write(
        "kg/corrections.toml",
        "[[drop]]\nthing = \"person/tomas-reyes\"\n\n[[same]]\nthings = [\"Holm\", \"person/x\"]\n",
    );
    let message = predicate::str::contains("corrections.toml:5: \"Holm\" is no key");
    desk.demarche(&["build", "--store", "kg"]).assert().code(1).stderr(message);
}

#[test]
fn a_correction_of_what_is_not_there_is_a_warning() {
    let desk = desk();
    desk.write("kg/corrections.toml", "\n[[rename]]\nthing = \"person/ida-halm\"\nname = \"Ida\"\n");
    let message =
        predicate::str::contains("corrections.toml:2: warning: ").and(predicate::str::contains("person/ida-holm"));
    desk.demarche(&["build", "--store", "kg"]).assert().success().stderr(message);
}

#[test]
fn of_many_articles_the_first_are_told_of_unless_all_are_asked_for() {
    let desk = Desk::new();
    for number in 0..23 {
        desk.write(&format!("news/{number}.txt"), format!("Mayor Ida Holm opened dock {number} in Oslo."));
    }
    desk.output(&["build", "news", "--store", "kg"]);
    let page = desk.output(&["explain", "Ida Holm", "--store", "kg"]);
    assert!(page.contains("… and 3 more: --all tells of them"), "{page}");
    assert_eq!(page.matches("“Ida Holm” news/").count(), 20, "{page}");
    let page = desk.output(&["explain", "Ida Holm", "--store", "kg", "--all"]);
    assert_eq!(page.matches("“Ida Holm” news/").count(), 23, "{page}");
}

#[test]
fn a_thing_is_explained_by_its_words_and_the_decisions() {
    let desk = desk();
    for name in
        ["person/jonas-brandt", "person:jonas-brandt", "https://w3id.org/demarche/id/person/jonas-brandt", "Brandt"]
    {
        let page = desk.output(&["explain", name, "--store", "kg"]);
        assert!(page.starts_with("Jonas Brandt\nperson · https://w3id.org/demarche/id/person/jonas-brandt"), "{page}");
        assert!(page.contains("“Jonas Brandt” harbour.txt [") && page.contains("mayor.txt ["), "{page}");
        assert!(page.contains("Why it is one\n") && page.contains("of 100"), "{page}");
    }
    desk.write("kg/corrections.toml", "[[rename]]\nthing = \"person/jonas-brandt\"\nname = \"J. Brandt\"\n");
    let page = desk.output(&["explain", "person/jonas-brandt", "--store", "kg"]);
    assert!(page.contains("corrections.toml:1") && page.contains("name = \"J. Brandt\""), "{page}");
    let json = desk.output(&["explain", "J. Brandt", "--store", "kg", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["key"], &json["corrections"][0]["line"]), (&"person/jonas-brandt".into(), &1.into()));

    let message = "no person in the store is called \"person/jonas-brant\"; did you mean person/jonas-brandt?";
    desk.demarche(&["explain", "person/jonas-brant"]).assert().code(1).stderr(predicate::str::contains(message));
}

#[test]
fn the_reader_answers_and_the_answers_are_kept() {
    let desk = desk();
    // Two who might be one: the same given name and a surname but for a letter.
    desk.write("one.txt", "Foreign Minister Margarethe Lindström met Jonas Brandt in Oslo on 3 March 2022.\n");
    desk.write("two.txt", "Foreign Minister Margarete Lindström met Jonas Brandt in Oslo on 3 March 2022.\n");
    desk.output(&["build", "one.txt", "two.txt", "--store", "kg"]);
    let list: serde_json::Value =
        serde_json::from_str(&desk.output(&["review", "--list", "--format", "json", "--limit", "99", "--store", "kg"]))
            .unwrap();
    let is_hers = |doubt: &serde_json::Value| doubt["sides"].to_string().contains("lindstrom");
    let at = list.as_array().unwrap().iter().position(is_hers).expect("the two names are in doubt");
    assert_eq!(list[at]["sides"].as_array().unwrap().len(), 2);
    let page = desk.output(&["review", "--list", "--limit", "99", "--store", "kg"]);
    assert!(page.contains("of 100)") && page.contains("lindstrom (1 article)"), "{page}");

    // Skip the others, then say the opposite of what was decided.
    let comment = "# mine\n";
    desk.write("kg/corrections.toml", comment);
    let joined = list[at]["joined"].as_bool().unwrap();
    let answer = if joined { "different" } else { "same" };
    let answers = format!("{}what?\n{answer}\nq\n", "k\n".repeat(at));
    let run = desk.demarche(&["review", "--limit", "99", "--store", "kg"]).write_stdin(answers).assert().success();
    run.stdout(
        predicate::str::contains("\"what?\" is none of these").and(predicate::str::contains("1 correction added")),
    );
    let kept = desk.read("kg/corrections.toml");
    assert!(kept.starts_with(comment) && kept.contains(&format!("[[{answer}]]")), "{kept}");

    let bearers = "SELECT ?p { ?p a dm:Person ; rdfs:label ?name FILTER(CONTAINS(?name, \"Lindström\")) }";
    let before = if joined { 1 } else { 2 };
    desk.output(&["build", "--store", "kg"]);
    assert_eq!(ask(&desk, bearers).len(), 3 - before);
    // What is settled is not asked again.
    let again = desk.output(&["review", "--list", "--format", "json", "--limit", "99", "--store", "kg"]);
    assert!(
        !serde_json::from_str::<serde_json::Value>(&again).unwrap().as_array().unwrap().iter().any(is_hers),
        "{again}"
    );
}

#[test]
fn every_kind_of_thing_is_asked_about_in_turn() {
    let desk = desk();
    // One woman by two spellings, one meeting told without its day, and a quotation of which another has the beginning.
    desk.write("one.txt", "Foreign Minister Margarethe Lindström met Jonas Brandt in Oslo on 3 March 2022.\n");
    desk.write("two.txt", "Foreign Minister Margarete Lindström met Jonas Brandt in Oslo on 3 March 2022.\n");
    desk.write(
        "dues.txt",
        "Foreign Minister Ida Holm spoke in Bergen on 4 March 2022.\n\n\"We agree on the harbour and its dues, and on the railway,\" Ida Holm said.\n",
    );
    desk.output(&["build", "one.txt", "two.txt", "dues.txt", "--store", "kg"]);
    let asked = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let list = ["review", "--list", "--format", "json", "--limit", "99", "--store", "kg"];
        serde_json::from_str(&desk.output(&[&list[..], arguments].concat())).unwrap()
    };
    let kinds = |doubts: &[serde_json::Value]| -> Vec<String> {
        let kind = |doubt: &serde_json::Value| {
            doubt["sides"][0]["thing"].as_str().unwrap().split('/').next().unwrap().to_owned()
        };
        doubts.iter().map(kind).collect()
    };
    let all = kinds(&asked(&[]));
    assert!(["person", "statement"].iter().all(|kind| all.iter().any(|k| k == kind)), "{all:?}");
    let statements = asked(&["--kind", "statement"]);
    assert_eq!(kinds(&statements), ["statement"], "{statements:?}");
    assert!(statements[0]["reason"].as_str().unwrap().contains("stand in a longer quotation"), "{statements:?}");

    // "Same" joins the two quotations, and so they are one statement of two articles.
    let said = "SELECT ?s { ?s a dm:Statement ; dm:text ?text FILTER(CONTAINS(?text, \"harbour and its dues\")) }";
    let count = ask(&desk, said).len();
    desk.demarche(&["review", "--kind", "statement", "--store", "kg"]).write_stdin("same\n").assert().success();
    desk.output(&["build", "--store", "kg"]);
    assert_eq!(ask(&desk, said).len(), count - 1);
    assert!(asked(&["--kind", "statement"]).is_empty());
}

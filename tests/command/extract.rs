//! `extract`, `validate` and `schema`.

use crate::{Desk, sample};
use predicates::prelude::*;
use serde_json::Value;

fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each `{"start", "end", "text"}` in the record.
fn spans(value: &Value, found: &mut Vec<(usize, usize, String)>) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(text)) = (fields.get("start"), fields.get("end"), fields.get("text")) {
                let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
                found.push((at(start), at(end), text.as_str().unwrap().to_owned()));
            }
            fields.values().for_each(|field| spans(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| spans(item, found)),
        _ => {}
    }
}

#[test]
fn offsets_count_code_points_of_the_file_as_it_stands() {
    let desk = Desk::new();
    let windows = format!("\u{FEFF}{}", desk.read("bern.md").replace('\n', "\r\n"));
    desk.write("windows.md", &windows);
    for name in ["bern.md", "windows.md"] {
        let text: Vec<char> = desk.read(name).chars().collect();
        let record = &records(&desk.output(&["extract", name]))[0];
        assert_eq!(record["title"], "Ministers meet in Bern: no deal yet");
        assert_eq!(record["publisher"], "The Aare Courier");
        assert_eq!(record["url"], "https://aare-courier.example/ministers");
        assert_eq!(record["published"]["value"], "2023-03-14");
        assert_eq!(record["published"]["basis"], "metadata");
        let mut found = Vec::new();
        spans(record, &mut found);
        assert!(found.iter().any(|(_, _, words)| words == "Łukasz Zieliński"), "{found:?}");
        for (start, end, words) in found {
            assert_eq!(text[start..end].iter().collect::<String>(), words);
        }
        // The front matter is no part of the article.
        let end_of_front = text.windows(4).rposition(|w| w.starts_with(&['-', '-', '-'])).unwrap();
        for region in record["body"].as_array().unwrap() {
            assert!(region["start"].as_u64().unwrap() as usize > end_of_front);
        }
    }
}

#[test]
fn records_fit_the_schema_and_their_sources() {
    let desk = Desk::new();
    let schema: Value = serde_json::from_str(&desk.output(&["schema"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let lines = desk.output(&["extract", &sample(), "bern.md", "lindholm.txt"]);
    let all = records(&lines);
    assert!(all.len() >= 10);
    for record in &all {
        let errors: Vec<_> = validator.iter_errors(record).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", record["source"]);
    }

    desk.write("records.jsonl", &lines);
    let sound = predicate::str::contains(format!("{} sound, 0 with errors", all.len()));
    desk.demarche(&["validate", "records.jsonl"]).assert().success().stdout(sound);

    // A word changed in the record, and a word changed in the article, are both found.
    desk.write("wrong.jsonl", lines.replacen("\"text\":\"Łukasz", "\"text\":\"Lukasz", 1));
    let message = predicate::str::contains("the source reads");
    desk.demarche(&["validate", "wrong.jsonl"]).assert().code(1).stderr(message);
    desk.write("lindholm.txt", "Another article.");
    let message = predicate::str::contains("the text is not the one that was read");
    desk.demarche(&["validate", "records.jsonl"]).assert().code(1).stderr(message);
}

#[test]
fn records_with_their_text_need_no_file() {
    let desk = Desk::new();
    let lines = desk.demarche(&["extract", "-", "--with-text"]).write_stdin(desk.read("bern.md")).output().unwrap();
    let record = &records(std::str::from_utf8(&lines.stdout).unwrap())[0];
    assert_eq!((record["source"].as_str(), record["text"].as_str()), (Some("-"), Some(desk.read("bern.md").as_str())));
    desk.demarche(&["validate", "-"]).write_stdin(lines.stdout).assert().success();
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let desk = Desk::new();
    let arguments = |jobs| ["extract", "lindholm.txt", &sample(), "bern.md", "--jobs", jobs].map(str::to_owned);
    let run = |jobs| desk.output(&arguments(jobs).each_ref().map(String::as_str));
    let one = run("1");
    assert!(one == run("4"));
    let sources: Vec<_> = records(&one).iter().map(|record| record["source"].to_string()).collect();
    assert!(sources[0].contains("lindholm") && sources.last().unwrap().contains("bern"));
    assert!(sources[1..sources.len() - 1].is_sorted());
}

#[test]
fn the_date_is_that_of_option_then_manifest_then_front_matter() {
    let desk = Desk::new();
    desk.write("list.csv", "source,published,publisher\nbern.md,2023-03-15,The List\nelsewhere.txt,2020,\n");
    let known = |arguments: &[&str]| {
        let record = records(&desk.output(arguments)).remove(0);
        let field = |value: &Value| value.as_str().unwrap().to_owned();
        (field(&record["published"]["value"]), field(&record["published"]["basis"]), field(&record["publisher"]))
    };
    let (manifest, option) = (["--manifest", "list.csv"], ["--published", "2023-03"]);
    let with = |more: &[&'static str]| known(&[&["extract", "bern.md"], more].concat());
    assert_eq!(with(&[]), ("2023-03-14".into(), "metadata".into(), "The Aare Courier".into()));
    assert_eq!(with(&manifest), ("2023-03-15".into(), "metadata".into(), "The List".into()));
    assert_eq!(with(&[manifest, option].concat()), ("2023-03".into(), "option".into(), "The List".into()));
}

#[test]
fn pretty_shows_the_words_and_no_colours_in_a_pipe() {
    let desk = Desk::new();
    let page = desk.output(&["extract", "bern.md", "--format", "pretty"]);
    assert!(
        page.starts_with("Ministers meet in Bern: no deal yet\nThe Aare Courier · 2023-03-14 · bern.md\n"),
        "{page}"
    );
    assert!(page.contains("Łukasz Zieliński") && !page.contains('\u{1b}'), "{page}");
}

#[test]
fn a_file_that_cannot_be_read_costs_only_itself() {
    let desk = Desk::new();
    desk.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0");
    desk.write("latin.txt", b"The caf\xe9 in Bern was closed.");
    let arguments = ["extract", "bern.md", "picture.txt", "absent.txt", "latin.txt", "lindholm.txt"];
    let run = desk.demarche(&arguments).assert().code(1);
    let run = run.stderr(
        predicate::str::contains("demarche: picture.txt: not a text")
            .and(predicate::str::contains("demarche: absent.txt: cannot be read"))
            .and(predicate::str::contains("demarche: latin.txt: warning D0101")),
    );
    let read = records(std::str::from_utf8(&run.get_output().stdout).unwrap());
    let sources: Vec<_> = read.iter().map(|record| record["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["bern.md", "latin.txt", "lindholm.txt"]);
}

//! Runs every line of `data/examples.tsv`.

use demarche_time::{Context, Days, Direction, find};

#[test]
fn every_example_comes_out_as_it_says() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in include_str!("../data/examples.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        lines += 1;
        let columns: Vec<_> = line.split('\t').collect();
        let [text, anchor, direction, expression, value, earliest, latest] = columns[..] else {
            wrong.push(format!("{line}: seven columns are needed"));
            continue;
        };
        let context = Context {
            anchor: (anchor != "-").then(|| Days::day(anchor.parse().expect("the second column is a day or -"))),
            mentioned: None,
            direction: match direction {
                "past" => Direction::Past,
                "future" => Direction::Future,
                _ => Direction::Unknown,
            },
        };
        let found = find(text);
        let shown: Vec<_> = found.iter().map(|e| &text[e.bytes.clone()]).collect();
        if expression == "-" {
            if !found.is_empty() {
                wrong.push(format!("{text}: nothing to find, but found {shown:?}"));
            }
            continue;
        }
        let Some(hit) = found.iter().find(|e| &text[e.bytes.clone()] == expression) else {
            wrong.push(format!("{text}: {expression:?} not among {shown:?}"));
            continue;
        };
        let resolved = hit.form.resolve(&context);
        let days = |d: Option<String>| d.unwrap_or_else(|| "-".to_owned());
        let got = (
            resolved.value.as_str(),
            days(resolved.days.map(|d| d.earliest.to_string())),
            days(resolved.days.map(|d| d.latest.to_string())),
        );
        if got != (value, earliest.to_owned(), latest.to_owned()) {
            wrong.push(format!("{text}: {got:?}, not {:?}", (value, earliest, latest)));
        }
    }
    assert!(wrong.is_empty(), "{} of {lines} lines are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(lines >= 120);
}

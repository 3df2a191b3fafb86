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
            reported: None,
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

#[test]
fn any_text_can_be_read_and_resolved_on_any_day() {
    let odd = [
        "",
        " ",
        "\n\n",
        "7",
        "7 ",
        "'",
        "’",
        "’90s",
        "'90",
        "10:",
        "10:6",
        "5 p",
        "5 p.",
        "May",
        "the",
        "the last",
        "1st of",
        "2021-13-45",
        "99/99/9999",
        "31 February 2021",
        "February 30",
        "é’s 7 mai",
        "日本語 2021年12月7日",
        "0000-01-01",
        "9999-12-31",
        "next 999999 years",
        "99999999999999999999 days ago",
        "in 30000 years.",
        "last last last",
        "from from to to",
        "early early",
        "1.2.3.4.5",
        "a a a",
        "20th",
    ];
    let mut texts: Vec<String> = odd.iter().map(|t| (*t).to_owned()).collect();
    for line in include_str!("../data/examples.tsv").lines().filter(|line| !line.starts_with('#')) {
        let text = line.split('\t').next().unwrap_or_default();
        texts.extend(text.char_indices().map(|(i, _)| text[..i].to_owned()));
        texts.extend(text.char_indices().map(|(i, _)| text[i..].to_owned()));
    }
    let days = ["-9999-01-01", "0001-01-01", "2020-02-29", "9999-12-31"].map(|d| d.parse().ok());
    for text in &texts {
        for expression in find(text) {
            assert!(text.get(expression.bytes.clone()).is_some_and(|t| !t.is_empty() && t.trim() == t), "{text:?}");
            for day in days.into_iter().flatten() {
                for direction in [Direction::Past, Direction::Future, Direction::Unknown] {
                    let day = Days::day(day);
                    let context = Context { anchor: Some(day), mentioned: Some(day), reported: Some(day), direction };
                    let resolved = expression.form.resolve(&context);
                    assert!(!resolved.value.is_empty(), "{text:?}");
                    assert!(resolved.days.is_none_or(|d| d.earliest <= d.latest), "{text:?} {resolved:?}");
                }
            }
        }
    }
}

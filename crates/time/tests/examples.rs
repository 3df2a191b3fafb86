//! Runs every line of `data/examples.tsv`.

use demarche_time::{Context, Date, Days, Direction, find};
use proptest::prelude::*;

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
    assert!(lines >= 250);
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
    texts.iter().for_each(|text| reads_and_resolves(text));
}

/// Spans lie on characters, in order and without overlap, without white space around; resolving on the first, the last and a
/// leap day gives a value and days in order.
fn reads_and_resolves(text: &str) {
    let days: Vec<Date> =
        ["-9999-01-01", "0001-01-01", "2020-02-29", "9999-12-31"].iter().filter_map(|day| day.parse().ok()).collect();
    let mut end = 0;
    for expression in find(text) {
        let found = text.get(expression.bytes.clone());
        assert!(found.is_some_and(|t| !t.is_empty() && t.trim() == t), "{text:?} {expression:?}");
        assert!(end <= expression.bytes.start, "{text:?} {expression:?}");
        end = expression.bytes.end;
        for &day in &days {
            for direction in [Direction::Past, Direction::Future, Direction::Unknown] {
                let day = Some(Days::day(day));
                let context = Context { anchor: day, mentioned: day, reported: day, direction };
                let resolved = expression.form.resolve(&context);
                assert!(!resolved.value.is_empty(), "{text:?}");
                assert!(resolved.days.is_none_or(|d| d.earliest <= d.latest), "{text:?} {resolved:?}");
            }
        }
        let whole = Days::between("1900-01-01".parse().expect("a day"), "2100-12-31".parse().expect("a day"));
        let vague = Context { anchor: Some(whole), mentioned: Some(whole), ..Context::default() };
        assert!(!expression.form.resolve(&vague).value.is_empty(), "{text:?}");
    }
}

/// What times are made of, and what breaks them.
fn pieces() -> impl Strategy<Value = String> {
    let words = "the a of in on to from until between and last next this week year month quarter day Friday Mondays June May \
                 Dec 3 7 21st 31 99 1990 2021 2016/11 12/7 4/22 05-Aug-2016 1990s '80s Q3 two twenty first second third half \
                 few years days ago later earlier before after every other other's 's ’s 5 p.m. 17:30 noon early late mid end \
                 Christmas Easter weekend Ramadan fiscal thousand nineteen ninety 99999999999 1/2 % $ ( é 日 \u{a0}";
    let piece = proptest::sample::select(words.split_ascii_whitespace().collect::<Vec<_>>());
    let join = proptest::sample::select(vec![" ", " ", " ", "-", ", ", ". ", "/", "", "–", "\n\n"]);
    proptest::collection::vec((piece, join), 0..12)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, join)| [word, join]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_together_can_be_read(text in pieces()) {
        reads_and_resolves(&text);
    }

    #[test]
    fn whatever_is_written_can_be_read(text in any::<String>()) {
        reads_and_resolves(&text);
    }
}

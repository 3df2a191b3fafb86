//! What a store holds of meetings that several articles tell of: the cases of `cases/fusion.md`.

use crate::Desk;
use serde_json::Value;
use std::collections::BTreeMap;

/// A case: articles by name, and the rows that must come out.
#[derive(Default)]
struct Case {
    name: String,
    articles: Vec<(String, String)>,
    rows: Vec<String>,
}

/// The cases of a Markdown file: a heading of the second level, fenced articles, a table whose first two lines are its head.
fn cases(markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut article: Option<(String, String)> = None;
    for line in markdown.lines() {
        if let Some((name, text)) = &mut article {
            if line == "```" {
                let whole = (std::mem::take(name), std::mem::take(text));
                cases.last_mut().unwrap().articles.push(whole);
                article = None;
            } else {
                text.push_str(line);
                text.push('\n');
            }
        } else if let Some(name) = line.strip_prefix("```") {
            article = Some((name.to_owned(), String::new()));
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        } else if line.starts_with("| ") && !line.starts_with("| meeting |") {
            cases.last_mut().unwrap().rows.push(line.to_owned());
        }
    }
    cases
}

/// The table of the meetings that a store of the articles holds.
fn meetings(desk: &Desk) -> Vec<String> {
    let mut rows = Vec::new();
    for line in desk.output(&["export", "--store", "kg", "--format", "meetings", "-o", "-"]).lines() {
        let meeting: Value = serde_json::from_str(line).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let explained = desk.output(&["explain", "--store", "kg", &text(&meeting["meeting_id"]), "--format", "json"]);
        let explained: Value = serde_json::from_str(&explained).unwrap();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let version = |version: &Value| {
            let articles: Vec<String> = list(&version["articles"]).iter().map(text).collect();
            format!("{} ({})", text(&version["claim"]), articles.join(", "))
        };
        let dispute = |dispute: &Value| {
            let versions: Vec<String> = list(&dispute["versions"]).iter().map(version).collect();
            format!("{}: {}", text(&dispute["on"]), versions.join("; "))
        };
        let disputed: Vec<String> = list(&explained["disputes"]).iter().map(dispute).collect();
        let mut history: Vec<String> = Vec::new();
        for mention in meeting["mentions"].as_array().unwrap() {
            history.push(format!("{} {}", text(&mention["source"]), text(&mention["status"])));
        }
        history.dedup();
        let disputed = disputed.join("; ");
        let space = if disputed.is_empty() { "" } else { " " };
        rows.push(format!("| {} | {} |{space}{disputed} |", text(&meeting["label"]), history.join(", ")));
    }
    rows.sort();
    rows
}

#[test]
fn many_articles_on_one_meeting() {
    let cases = cases(include_str!("cases/fusion.md"));
    assert!(cases.len() >= 6);
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    for Case { name, articles, mut rows } in cases {
        let desk = Desk::new();
        let mut arguments = vec!["build", "--store", "kg"];
        for (file, text) in &articles {
            desk.write(file, text);
            arguments.push(file);
        }
        desk.output(&arguments);
        rows.sort();
        let found = meetings(&desk);
        if found != rows {
            wrong.insert(name, format!("found\n{}\ninstead of\n{}", found.join("\n"), rows.join("\n")));
        }
    }
    let told: Vec<String> = wrong.iter().map(|(name, difference)| format!("## {name}\n{difference}")).collect();
    assert!(wrong.is_empty(), "{}", told.join("\n\n"));
}

//! Literate cases: every Markdown file in `tests/cases` is prose with articles and tables of what must come out.
//!
//! ````text
//! ## A heading names the case
//! ```article published=2021-12-29
//! The text of an article.
//! ```
//! ```statements
//! kind | speaker | content
//! indirect | Ann Lee | prices would rise
//! ```
//! ````
//!
//! The tables `people`, `organizations`, `places`, `meetings`, `statements` and `times` belong to the article before
//! them. The first line of a table names the columns that are looked at; the other lines must be all that the record
//! holds, in any order. An empty field is a null; several values stand in one field with ` & ` between them; the spans
//! of a split quotation with ` // `. A table with the column line alone says that nothing must come out.
//! `CASES=word cargo test -p demarche-extract --test cases` runs the cases whose file name or heading holds the word.

use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::{Article, Basis, Published, Record, validate};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// An article and the tables that must come out of it.
struct Case {
    /// File name and heading.
    name: String,
    published: Option<String>,
    text: String,
    /// Name and lines of each table.
    tables: Vec<(String, Vec<String>)>,
}

const TABLES: [&str; 8] =
    ["published", "people", "organizations", "places", "meetings", "statements", "times", "diagnostics"];

#[test]
fn literate_cases_come_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("tests/cases is there")
        .map(|entry| entry.expect("tests/cases can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let wanted = std::env::var("CASES").unwrap_or_default().to_lowercase();
    let extractor = Extractor::new(Pipeline::english());
    let (mut run, mut failed, mut report) = (0, 0, String::new());
    for file in files {
        let markdown = std::fs::read_to_string(&file).expect("a case file can be read");
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for case in cases(&file, &markdown) {
            if !case.name.to_lowercase().contains(&wanted) {
                continue;
            }
            run += 1;
            let complaints = complaints(&extractor, &case);
            if !complaints.is_empty() {
                failed += 1;
                let _ = writeln!(report, "\n{}\n{}\n{complaints}", case.name, indent(&case.text));
            }
        }
    }
    assert!(run > 0, "no case matches {wanted:?}");
    assert!(failed == 0, "{failed} of {run} cases failed (- expected, + found)\n{report}");
}

/// What is wrong with the record of a case; empty if nothing.
fn complaints(extractor: &Extractor<'_>, case: &Case) -> String {
    let mut article = Article::new("case.txt", case.text.clone());
    if let Some(date) = &case.published {
        article.published = Published {
            value: Some(date.clone()),
            earliest: Some(date.clone()),
            latest: Some(date.clone()),
            basis: Basis::Option,
        };
    }
    let record = extractor.extract(&article);
    let mut report = String::new();
    for violation in validate(&record, &article.text) {
        let _ = writeln!(report, "  contract: {violation:?}");
    }
    for (table, lines) in &case.tables {
        let Some((columns, expected)) = lines.split_first() else {
            let _ = writeln!(report, "  {table}: a table begins with the names of its columns");
            continue;
        };
        let columns: Vec<&str> = columns.split('|').map(str::trim).collect();
        let found = rows(&record, table);
        let mut missing: Vec<String> = expected.iter().map(|line| tidy(line)).collect();
        let mut unexpected = Vec::new();
        for row in &found {
            let unknown = columns.iter().find(|c| !row.contains_key(**c));
            if let Some(column) = unknown {
                let known: Vec<_> = row.keys().copied().collect();
                let _ = writeln!(report, "  {table}: no column {column:?}; there are {}", known.join(", "));
                break;
            }
            let line = columns.iter().map(|c| row[*c].as_str()).collect::<Vec<_>>().join(" | ");
            let line = tidy(&line);
            match missing.iter().position(|m| *m == line) {
                Some(i) => {
                    missing.remove(i);
                }
                None => unexpected.push(line),
            }
        }
        if !missing.is_empty() || !unexpected.is_empty() {
            let _ = writeln!(report, "  {table}: {}", columns.join(" | "));
            for line in missing {
                let _ = writeln!(report, "  - {line}");
            }
            for line in unexpected {
                let _ = writeln!(report, "  + {line}");
            }
        }
    }
    report
}

/// The rows of a table of the record: every column that a case may look at.
fn rows(record: &Record, table: &str) -> Vec<BTreeMap<&'static str, String>> {
    let record = serde_json::to_value(record).expect("a record can be written as JSON");
    let mut names = BTreeMap::new();
    for table in ["people", "organizations", "places"] {
        for entity in record[table].as_array().into_iter().flatten() {
            names.insert(text(&entity["id"]), text(&entity["name"]));
        }
    }
    let name = |id: &Value| names.get(&text(id)).cloned().unwrap_or_else(|| text(id));
    let list = |value: &Value, of: &dyn Fn(&Value) -> String, between: &str| {
        value.as_array().map(|v| v.iter().map(of).collect::<Vec<_>>().join(between)).unwrap_or_default()
    };
    let span = |value: &Value| text(&value["text"]);
    let row = |item: &Value| -> BTreeMap<&'static str, String> {
        match table {
            "people" => BTreeMap::from([
                ("name", text(&item["name"])),
                ("roles", list(&item["roles"], &span, " & ")),
                ("titles", list(&item["roles"], &|r| text(&r["title"]), " & ")),
                ("of", list(&item["roles"], &|r| name(&r["of"]), " & ")),
                ("from", list(&item["roles"], &|r| text(&r["from"]), " & ")),
                ("to", list(&item["roles"], &|r| text(&r["to"]), " & ")),
                ("mentions", list(&item["mentions"], &span, " & ")),
                ("identifiers", list(&item["identifiers"], &text, " & ")),
            ]),
            "organizations" | "places" => BTreeMap::from([
                ("name", text(&item["name"])),
                ("kind", text(&item["kind"])),
                ("country", text(&item["country"])),
                ("mentions", list(&item["mentions"], &span, " & ")),
                ("identifiers", list(&item["identifiers"], &text, " & ")),
            ]),
            "meetings" => BTreeMap::from([
                ("participants", list(&item["participants"], &|p| name(&p["entity"]), " & ")),
                ("parts", list(&item["participants"], &|p| text(&p["role"]), " & ")),
                ("status", text(&item["status"])),
                ("mode", text(&item["mode"])),
                ("kind", text(&item["kind"])),
                ("place", name(&item["place"])),
                ("time", span(&item["time"])),
                ("when", text(&item["time"]["value"])),
                ("topics", list(&item["topics"], &span, " & ")),
                ("mentions", list(&item["mentions"], &span, " & ")),
                ("triggers", list(&item["mentions"], &|m| span(&m["trigger"]), " & ")),
            ]),
            "statements" => BTreeMap::from([
                ("kind", text(&item["kind"])),
                ("speaker", name(&item["speaker"])),
                ("source", span(&item["source"])),
                ("cue", span(&item["cue"])),
                ("lemma", text(&item["cue"]["lemma"])),
                ("stance", text(&item["cue"]["stance"])),
                ("content", list(&item["content"], &span, " // ")),
                ("addressees", list(&item["addressees"], &name, " & ")),
                ("time", span(&item["time"])),
                ("when", text(&item["time"]["value"])),
                ("negated", text(&item["negated"])),
                ("about", list(&item["about"], &name, " & ")),
            ]),
            "published" => BTreeMap::from([
                ("value", text(&item["value"])),
                ("earliest", text(&item["earliest"])),
                ("latest", text(&item["latest"])),
                ("basis", text(&item["basis"])),
            ]),
            "diagnostics" => BTreeMap::from([("code", text(&item["code"])), ("message", text(&item["message"]))]),
            _ => BTreeMap::from([
                ("text", span(item)),
                ("type", text(&item["type"])),
                ("value", text(&item["value"])),
                ("earliest", text(&item["earliest"])),
                ("latest", text(&item["latest"])),
            ]),
        }
    };
    match &record[table] {
        Value::Array(items) => items.iter().map(row).collect(),
        item => vec![row(item)],
    }
}

/// A JSON value as a field of a table: null is empty.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One space between fields and words, so that tables may be aligned and contents may run over lines.
fn tidy(line: &str) -> String {
    let fields = line.split('|').map(|field| field.split_whitespace().collect::<Vec<_>>().join(" "));
    fields.collect::<Vec<_>>().join(" | ")
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// The cases of a Markdown file.
fn cases(file: &str, markdown: &str) -> Vec<Case> {
    let mut found: Vec<Case> = Vec::new();
    let mut heading = String::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_owned();
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut info = info.split_whitespace();
        let (kind, options) = (info.next().unwrap_or_default(), info);
        let body: Vec<String> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").map(str::to_owned).collect();
        if kind == "article" {
            let published = options.filter_map(|o| o.strip_prefix("published=")).next().map(str::to_owned);
            let name = format!("{file}:{}: {heading}", number + 1);
            found.push(Case { name, published, text: body.join("\n"), tables: Vec::new() });
        } else if TABLES.contains(&kind) {
            let case = found.last_mut().unwrap_or_else(|| panic!("{file}:{}: a table before any article", number + 1));
            let lines = body.into_iter().filter(|line| !line.trim().is_empty());
            case.tables.push((kind.to_owned(), lines.collect()));
        } else {
            panic!("{file}:{}: a block is an article or one of {TABLES:?}, not {kind:?}", number + 1);
        }
    }
    found
}

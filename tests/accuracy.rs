//! Accuracy on annotated articles, where those are present: no figure may fall below its floor in `accuracy.toml`.
//!
//! The annotated articles are no part of the project (most are under copyright). They are looked for in `../shared`, or
//! where `DEMARCHE_SHARED` points, together with their scorer, a Python program without dependencies.

use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    floor: Vec<Floor>,
}

/// One figure of one set, and the least that it may be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    /// Folder of the set below the annotated articles.
    set: String,
    /// Path of the figure in the scorer's JSON.
    figure: Vec<String>,
    /// The least that it may be.
    least: f64,
}

#[test]
fn no_figure_falls_below_its_floor() {
    let Some(shared) = annotated_articles() else { return };
    let floors: Floors = toml::from_str(include_str!("accuracy.toml")).unwrap();
    let mut reports: BTreeMap<String, Value> = BTreeMap::new();
    let mut fallen = Vec::new();
    for Floor { set, figure, least } in &floors.floor {
        let report = reports.entry(set.clone()).or_insert_with(|| score(&shared, set));
        let reached = figure.iter().try_fold(&*report, |value, key| value.get(key)).and_then(Value::as_f64);
        let reached = reached.unwrap_or_else(|| panic!("the scorer's report on {set} has no figure {figure:?}"));
        println!("{set:32} {:60} {reached:.3} (floor {least})", figure.join(" / "));
        if reached < *least {
            fallen.push(format!("{set}: {} is {reached:.3}, floor {least}", figure.join(" / ")));
        }
    }
    for (set, report) in &reports {
        let broken = report["contract"]["spans that break text[start:end]"].as_u64();
        let missing = report["contract"]["without record"].as_u64();
        if (broken, missing) != (Some(0), Some(0)) {
            fallen.push(format!("{set}: the records break their contract: {}", report["contract"]));
        }
    }
    assert!(fallen.is_empty(), "fallen below the floor:\n{}", fallen.join("\n"));
}

/// Where the date of an article is not given, what is inferred has to hold the true one, in 98 of 100 articles at least.
/// The files get names that tell nothing.
#[test]
fn the_true_date_lies_in_what_is_inferred() {
    let Some(shared) = annotated_articles() else { return };
    let (mut inferred, mut right) = (0, 0);
    for set in ["gold/dev", "eval/readouts_2021_22", "eval/polnear_dev", "eval/dates_timebank"] {
        let dates = dated_articles(&shared, set);
        let folder = tempfile::tempdir().unwrap();
        for (i, (text, _)) in dates.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{i:04}.txt")), text).unwrap();
        }
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["extract", "--format", "jsonl"])
            .arg(folder.path())
            .output()
            .unwrap();
        let (mut widths, mut held) = (Vec::new(), 0);
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let published = &record["published"];
            if published["basis"] != "inferred" {
                continue;
            }
            let source = Path::new(record["source"].as_str().unwrap()).file_stem().unwrap().to_string_lossy();
            let date = &dates[source.parse::<usize>().unwrap()].1;
            let [earliest, latest] = ["earliest", "latest"].map(|end| published[end].as_str().unwrap());
            held += usize::from(earliest <= date.as_str() && date.as_str() <= latest);
            let [from, to]: [jiff::civil::Date; 2] = [earliest, latest].map(|day| day.parse().unwrap());
            widths.push((to - from).get_days() + 1);
        }
        widths.sort_unstable();
        let median = widths.get(widths.len() / 2).copied().unwrap_or_default();
        println!(
            "{set:24} {:4} articles, {:4} dates inferred, {held:4} right, median {median} days",
            dates.len(),
            widths.len()
        );
        inferred += widths.len();
        right += held;
    }
    assert!(inferred > 0 && 100 * right >= 98 * inferred, "{right} of {inferred} inferred dates hold the true one");
}

/// The five web pages, read without their dates, are three articles on one meeting in Geneva and two on one of 7 December; the
/// call and the meeting that are still to come stand by themselves.
#[test]
fn three_pages_tell_of_one_meeting_in_geneva() {
    let Some(shared) = annotated_articles() else { return };
    let folder = tempfile::tempdir().unwrap();
    let meetings = meetings_of(&shared.join("gold/seeds"), None, &folder.path().join("kg"));
    let of_the_presidents =
        |meeting: &&Value| meeting["participants"] == serde_json::json!(["Joe Biden", "Vladimir Putin"]);
    let articles = |meeting: &Value| {
        let mentions = meeting["mentions"].as_array().unwrap();
        mentions.iter().map(|mention| mention["source"].to_string()).collect::<BTreeSet<_>>().len()
    };
    let shared_by: Vec<(String, usize)> = meetings
        .iter()
        .filter(of_the_presidents)
        .map(|meeting| (meeting["label"].as_str().unwrap().to_owned(), articles(meeting)))
        .filter(|(_, articles)| *articles > 1)
        .collect();
    let expected = [
        ("Joe Biden and Vladimir Putin, 7 December 2021".to_owned(), 2),
        ("Joe Biden and Vladimir Putin, Geneva, June 2021".to_owned(), 3),
    ];
    let mut sorted = shared_by.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
}

/// The meetings of a store of a set's articles, in a file for the scorer.
fn fused(shared: &Path, set: &str, folder: &Path) -> PathBuf {
    explode(shared, &shared.join(set), folder);
    let dates = std::fs::read_to_string(folder.join("dates.tsv")).expect("the scorer lists the dates");
    let manifest = folder.join("manifest.csv");
    let rows = format!("source,published\n{}", dates.replace('\t', ","));
    std::fs::write(&manifest, rows).expect("the folder can be written to");
    let meetings = meetings_of(folder, Some(&manifest), &folder.join("kg"));
    let file = folder.join("fused.jsonl");
    let lines: Vec<String> = meetings.iter().map(Value::to_string).collect();
    std::fs::write(&file, lines.join("\n")).expect("the folder can be written to");
    file
}

/// The meetings of a store of all texts of a folder.
fn meetings_of(folder: &Path, manifest: Option<&Path>, store: &Path) -> Vec<Value> {
    let mut texts: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of texts")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| path.display().to_string())
        .collect();
    texts.sort();
    let mut arguments = vec!["build"];
    if let Some(manifest) = manifest.and_then(Path::to_str) {
        arguments.extend(["--manifest", manifest]);
    }
    arguments.extend(texts.iter().map(String::as_str));
    arguments.push("--store");
    demarche(&arguments, store);
    let lines = demarche(&["export", "--format", "meetings", "-o", "-", "--store"], store);
    lines.lines().map(|line| serde_json::from_str(line).expect("the export of meetings is JSON Lines")).collect()
}

/// What the command prints about a store.
fn demarche(arguments: &[&str], store: &Path) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_demarche")).args(arguments).arg(store).output().expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// The texts of a set whose day is known, with it.
fn dated_articles(shared: &Path, set: &str) -> Vec<(Vec<u8>, String)> {
    let folder = tempfile::tempdir().expect("a folder for the texts");
    explode(shared, &shared.join(set), folder.path());
    let dates = std::fs::read_to_string(folder.path().join("dates.tsv")).expect("the scorer lists the dates");
    let rows = dates.lines().filter_map(|row| row.split_once('\t'));
    let whole_days = rows.filter(|(_, date)| date.len() >= 10);
    let text = |name: &str| {
        let names = [name.to_owned(), format!("{name}.txt")];
        names.iter().find_map(|name| std::fs::read(folder.path().join(name)).ok())
    };
    whole_days.filter_map(|(name, date)| Some((text(name)?, date[..10].to_owned()))).collect()
}

/// The texts of a set as files, with their dates in `dates.tsv`.
fn explode(shared: &Path, set: &Path, folder: &Path) {
    let status = Command::new("python3")
        .arg(shared.join("score/score.py"))
        .args(["explode", "--set"])
        .arg(set)
        .arg("--out")
        .arg(folder)
        .stdout(std::process::Stdio::null())
        .status()
        .expect("python3 runs");
    assert!(status.success(), "the scorer cannot give the texts of {}", set.display());
}

/// The folder of annotated articles, if it is there and there is a Python to run the scorer.
fn annotated_articles() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("DEMARCHE_SHARED").map_or(beside, PathBuf::from);
    if !shared.join("score/score.py").is_file() {
        println!("SKIPPED: no annotated articles at {} (set DEMARCHE_SHARED)", shared.display());
        return None;
    }
    if !Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success()) {
        println!("SKIPPED: the scorer needs python3");
        return None;
    }
    shared.canonicalize().ok()
}

fn score(shared: &Path, set: &str) -> Value {
    let run = format!("{} extract --format jsonl --published {{date}} {{files}}", env!("CARGO_BIN_EXE_demarche"));
    // The seeds are read without their date: finding it is part of the work.
    let run = if set == "gold/seeds" { run.replace("--published {date} ", "") } else { run };
    let mut scorer = Command::new("python3");
    scorer.arg(shared.join("score/score.py")).args(["auto", "--json", "--run", &run, "--set"]).arg(shared.join(set));
    let folder = tempfile::tempdir().expect("a folder for the store");
    if set == "eval/newswcl50" {
        scorer.arg("--fused").arg(fused(shared, set, folder.path()));
    }
    let output = scorer.output().expect("python3 runs");
    assert!(output.status.success(), "the scorer failed on {set}:\n{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the scorer prints JSON")
}

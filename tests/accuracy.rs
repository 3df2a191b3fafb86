//! Accuracy on annotated articles, where those are present: no figure may fall below its floor in `accuracy.toml`.
//!
//! The annotated articles are no part of the project (most are under copyright). They are looked for in `../shared`, or
//! where `DEMARCHE_SHARED` points, together with their scorer, a Python program without dependencies.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
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

/// The texts of a set whose day is known, with it.
fn dated_articles(shared: &Path, set: &str) -> Vec<(Vec<u8>, String)> {
    let folder = tempfile::tempdir().expect("a folder for the texts");
    let status = Command::new("python3")
        .arg(shared.join("score/score.py"))
        .args(["explode", "--set"])
        .arg(shared.join(set))
        .arg("--out")
        .arg(folder.path())
        .stdout(std::process::Stdio::null())
        .status()
        .expect("python3 runs");
    assert!(status.success(), "the scorer cannot give the texts of {set}");
    let dates = std::fs::read_to_string(folder.path().join("dates.tsv")).expect("the scorer lists the dates");
    let rows = dates.lines().filter_map(|row| row.split_once('\t'));
    let whole_days = rows.filter(|(_, date)| date.len() >= 10);
    let text = |name: &str| {
        let names = [name.to_owned(), format!("{name}.txt")];
        names.iter().find_map(|name| std::fs::read(folder.path().join(name)).ok())
    };
    whole_days.filter_map(|(name, date)| Some((text(name)?, date[..10].to_owned()))).collect()
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
    let output = Command::new("python3")
        .arg(shared.join("score/score.py"))
        .args(["auto", "--json", "--run", &run, "--set"])
        .arg(shared.join(set))
        .output()
        .expect("python3 runs");
    assert!(output.status.success(), "the scorer failed on {set}:\n{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the scorer prints JSON")
}

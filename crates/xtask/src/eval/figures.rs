//! The scorers' figures for a set, and how they changed since the last time.

use anyhow::{Context, Result, bail};
use demarche_record::Record;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A figure by its path in the scorer's report, which is also its order.
pub type Figures = Vec<(String, f64)>;

/// Scores the records of a set.
pub fn score(shared: &Path, set: &Path, records: &[&Record]) -> Result<Figures> {
    let scorer = shared.join("score/score.py");
    if !scorer.is_file() {
        bail!("no scorers at {}", scorer.display());
    }
    let file = tempfile::NamedTempFile::new()?;
    let lines: Vec<String> = records.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    std::fs::write(file.path(), lines.join("\n"))?;
    let output = Command::new("python3")
        .arg(&scorer)
        .args(["auto", "--json", "--set"])
        .arg(set)
        .arg("--records")
        .arg(file.path())
        .output()
        .context("the scorers need python3")?;
    if !output.status.success() {
        bail!("{} failed:\n{}", scorer.display(), String::from_utf8_lossy(&output.stderr));
    }
    let mut figures = Figures::new();
    flatten(&serde_json::from_slice(&output.stdout)?, "", &mut figures);
    Ok(figures)
}

/// Rates, F1 with its P and R, and counts; in the order of the report.
fn flatten(value: &Value, path: &str, figures: &mut Figures) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path} / {name}") };
    match value {
        Value::Number(number) => figures.push((path.to_owned(), number.as_f64().unwrap_or_default())),
        Value::Object(fields) => match (fields.get("F1"), fields.get("rate")) {
            (Some(_), _) => {
                for name in ["F1", "P", "R"] {
                    flatten(&fields[name], &below(name), figures);
                }
            }
            (_, Some(rate)) => flatten(rate, path, figures),
            _ => fields.iter().for_each(|(name, value)| flatten(value, &below(name), figures)),
        },
        _ => {}
    }
}

/// Prints figures with their change since the last time, which `memory` keeps, and remembers them.
pub fn report(figures: &Figures, memory: &Path) -> Result<()> {
    let before: BTreeMap<String, f64> =
        std::fs::read_to_string(memory).ok().and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    for (name, figure) in figures {
        let change = before.get(name).map_or(0.0, |before| figure - before);
        let change = if change.abs() < 0.00005 { String::new() } else { format!("{change:+.4}") };
        println!("{figure:10.4} {change:>8}  {name}");
    }
    let now: BTreeMap<_, _> = figures.iter().cloned().collect();
    if let Some(folder) = memory.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(memory, serde_json::to_string_pretty(&now)?).with_context(|| memory.display().to_string())
}

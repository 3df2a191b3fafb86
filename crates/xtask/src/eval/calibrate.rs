//! How often what each rule finds is right, and what follows for its confidence.

use super::compare::Verdict;
use super::{Read, folder, read, shared};
use anyhow::{Context, Result};
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What to do with the measurements.
#[derive(Args)]
pub struct Options {
    /// Write the measured confidences to `data/lexicon/confidence.tsv` too; they count from the next build on.
    #[arg(long)]
    fit: bool,
}

/// A development set that tells which statements or meetings are right.
struct Set {
    /// Below the annotated articles.
    path: &'static str,
    /// In the tables.
    name: &'static str,
    /// Whether the confidences follow it.
    counts: bool,
}

const SETS: [Set; 5] = [
    Set { path: "gold/dev", name: "gold, dev", counts: true },
    Set { path: "gold/seeds", name: "gold, seeds", counts: true },
    Set { path: "polnear_dev", name: "PolNeAR, dev", counts: true },
    Set { path: "polnear_train200", name: "PolNeAR, 200 of train", counts: true },
    // Press releases of one house, with one meeting each annotated, would drown the newspapers.
    Set { path: "readouts_2021_22", name: "readouts", counts: false },
];

/// How many cases the mean of all rules weighs beside a rule's own.
const PRIOR: f64 = 8.0;

/// Bins of confidence, each tenth its own, for the lowest all below one half.
const BINS: usize = 6;

/// What a confidence is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Statement,
    Speaker,
    Meeting,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Statement, Self::Speaker, Self::Meeting];

    /// As in `confidence.tsv`.
    fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Speaker => "speaker",
            Self::Meeting => "meeting",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Statement => "Contents of statements",
            Self::Speaker => "Speakers of statements whose content is right",
            Self::Meeting => "Participants of meetings",
        }
    }
}

/// A fact of a record with a verdict.
struct Case {
    set: usize,
    /// Which half of its set the article is in: every other article.
    half: usize,
    kind: Kind,
    rule: &'static str,
    right: bool,
}

/// How many were right, of how many.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    all: usize,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn rate(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// Confidence by kind and rule.
type Confidences = BTreeMap<(Kind, String), f64>;

/// Measures the rules on the development sets, writes the tables and, if so asked, the confidences.
pub fn calibrate(options: &Options) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let table = root.join("data/lexicon/confidence.tsv");
    let mut cases = Vec::new();
    for (set, Set { path, .. }) in SETS.iter().enumerate() {
        let read = read(&folder(Path::new(path), &shared())?, false, None)?;
        for (i, r) in read.iter().enumerate() {
            cases_of(r, set, i % 2, &mut cases);
        }
    }
    let old = read_confidences(&table)?;
    let new = if options.fit { fit(cases.iter(), &old) } else { old.clone() };
    write(&root.join("crates/extract/CONFIDENCE.md"), &page(&cases, &new))?;
    if options.fit {
        let mut tsv = String::from(
            "# How often what a rule finds is right: kind of fact, rule, confidence. Measured on annotated articles and written by\n\
             # `cargo xtask calibrate --fit`; see crates/extract/CONFIDENCE.md. A new rule starts with a line of its author's guess.\n",
        );
        for ((kind, rule), confidence) in &new {
            let _ = writeln!(tsv, "{}\t{rule}\t{confidence:.2}", kind.name());
        }
        write(&table, &tsv)?;
    }
    Ok(())
}

fn write(path: &PathBuf, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| path.display().to_string())?;
    println!("{}", path.canonicalize()?.display());
    Ok(())
}

fn cases_of(r: &Read, set: usize, half: usize, cases: &mut Vec<Case>) {
    let mut add = |kind, rule, verdict| {
        if verdict != Verdict::Unknown {
            cases.push(Case { set, half, kind, rule, right: verdict == Verdict::Right });
        }
    };
    for (rule, verdict) in r.reading.statement_rules.iter().zip(&r.comparison.statements) {
        add(Kind::Statement, rule, *verdict);
    }
    for (link, verdict) in r.reading.statement_links.iter().zip(&r.comparison.speakers) {
        if let Some(link) = link {
            add(Kind::Speaker, link, *verdict);
        }
    }
    for (rule, verdict) in r.reading.meeting_rules.iter().zip(&r.comparison.meetings) {
        add(Kind::Meeting, rule, *verdict);
    }
}

fn read_confidences(table: &Path) -> Result<Confidences> {
    let text = std::fs::read_to_string(table).with_context(|| table.display().to_string())?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == fields[0])?;
        Some(((kind, (*fields.get(1)?).to_owned()), fields.get(2)?.parse().ok()?))
    };
    lines.map(|line| read(line).with_context(|| format!("{}: cannot read {line:?}", table.display()))).collect()
}

/// The precision of each rule, drawn towards that of all rules of its kind: (right + prior · mean) / (all + prior).
fn fit<'c>(cases: impl Iterator<Item = &'c Case>, rules: &Confidences) -> Confidences {
    let mut of_rule: BTreeMap<(Kind, &str), Count> = BTreeMap::new();
    let mut of_kind: BTreeMap<Kind, Count> = BTreeMap::new();
    for case in cases.filter(|case| SETS[case.set].counts) {
        of_rule.entry((case.kind, case.rule)).or_default().add(case.right);
        of_kind.entry(case.kind).or_default().add(case.right);
    }
    let confidence = |kind: Kind, rule: &str| {
        let mean = of_kind.get(&kind).copied().unwrap_or_default().rate();
        let own = of_rule.get(&(kind, rule)).copied().unwrap_or_default();
        let shrunk = (own.right as f64 + PRIOR * mean) / (own.all as f64 + PRIOR);
        (shrunk * 100.0).round() / 100.0
    };
    rules.keys().map(|(kind, rule)| ((*kind, rule.clone()), confidence(*kind, rule))).collect()
}

/// Bins of predicted confidence with what came true, and the expected calibration error: the mean distance of both.
struct Calibration {
    bins: [(f64, Count); BINS],
}

impl Calibration {
    fn of<'c>(cases: impl Iterator<Item = &'c Case>, confidences: &Confidences) -> Self {
        let mut bins = [(0.0, Count::default()); BINS];
        for case in cases {
            let predicted = confidences.get(&(case.kind, case.rule.to_owned())).copied().unwrap_or_default();
            let bin = ((predicted * 10.0 + 1e-9) as usize).saturating_sub(4).min(BINS - 1);
            bins[bin].0 += predicted;
            bins[bin].1.add(case.right);
        }
        Self { bins }
    }

    fn error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|(_, count)| count.all).sum();
        let off = self.bins.iter().map(|(predicted, count)| (predicted - count.right as f64).abs()).sum::<f64>();
        off / all.max(1) as f64
    }

    fn table(&self, page: &mut String) {
        page.push_str("| confidence | cases | mean confidence | right |\n|---|---|---|---|\n");
        for (i, (predicted, count)) in self.bins.iter().enumerate().filter(|(_, (_, count))| count.all > 0) {
            let name = if i == 0 {
                "below 0.5".to_owned()
            } else {
                format!("{:.1}–{:.1}", 0.4 + i as f64 / 10.0, 0.5 + i as f64 / 10.0)
            };
            let _ = writeln!(
                page,
                "| {name} | {} | {:.2} | {:.2} |",
                count.all,
                predicted / count.all as f64,
                count.rate()
            );
        }
    }
}

fn page(cases: &[Case], confidences: &Confidences) -> String {
    let mut page = String::from(
        "# Confidence\n\n\
         Written by `cargo xtask calibrate`. The confidence of a rule (`data/lexicon/confidence.tsv`) is how often what it finds is right on\n\
         annotated articles, with rules of few cases drawn towards the mean: (right + 8 · mean) / (all + 8). The rules are explained in\n\
         `src/statements/rules.rs` and `src/meetings/rules.rs`.\n\n\
         - A **statement** is right when its content overlaps one of the gold by at least one half; its **speaker** when the name fits.\n  \
           The confidence of a statement is that of its rule times that of its speaker's link, where it has a speaker.\n\
         - A **meeting** is right when it is told where the gold tells of it and the participants are the same. The readouts, press releases\n  \
           of one house with one meeting each annotated, are shown (that one meeting alone) but not fitted to: they would drown the news.\n\
         - Optional ones of the gold count as right. PolNeAR is annotated with attributions of every sort, and with words, not names, as\n  \
           their sources: it says nothing of speakers.\n\n\
         *Held out*: fitted on every other article, measured on the rest, and the other way round; the expected calibration error is the mean\n\
         distance of confidence and precision over the bins. *As it stands*: the confidences in the table, on all articles that count.\n",
    );
    for kind in Kind::ALL {
        let of_kind = || cases.iter().filter(move |case| case.kind == kind);
        let _ = write!(page, "\n## {}\n\n| rule | confidence |", kind.about());
        let sets: Vec<usize> = (0..SETS.len()).filter(|set| of_kind().any(|case| case.set == *set)).collect();
        for set in &sets {
            let _ = write!(page, " {} |", SETS[*set].name);
        }
        page.push_str(&format!("\n|---|---|{}\n", "---|".repeat(sets.len())));
        for ((_, rule), confidence) in confidences.iter().filter(|((of, _), _)| *of == kind) {
            let _ = write!(page, "| `{rule}` | {confidence:.2} |");
            for set in &sets {
                let mut count = Count::default();
                of_kind().filter(|case| case.set == *set && case.rule == rule).for_each(|case| count.add(case.right));
                let _ = write!(page, " {}/{} |", count.right, count.all);
            }
            page.push('\n');
        }
        let counting = || of_kind().filter(|case| SETS[case.set].counts);
        let stands = Calibration::of(counting(), confidences);
        let mut held_out = Calibration { bins: [(0.0, Count::default()); BINS] };
        for half in 0..2 {
            let fitted = fit(cases.iter().filter(|case| case.half != half), confidences);
            let measured = Calibration::of(counting().filter(|case| case.half == half), &fitted);
            for (sum, bin) in held_out.bins.iter_mut().zip(measured.bins) {
                sum.0 += bin.0;
                sum.1.right += bin.1.right;
                sum.1.all += bin.1.all;
            }
        }
        let _ = writeln!(
            page,
            "\nExpected calibration error: {:.3} held out, {:.3} as it stands. Held out:\n",
            held_out.error(),
            stands.error()
        );
        held_out.table(&mut page);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(rule: &'static str, right: bool) -> Case {
        Case { set: 0, half: 0, kind: Kind::Meeting, rule, right }
    }

    #[test]
    fn rules_of_few_cases_are_drawn_towards_the_mean() {
        let cases: Vec<Case> =
            (0..92).map(|i| case("Verb", i < 46)).chain((0..8).map(|_| case("Noun", true))).collect();
        let rules = ["Verb", "Noun", "Again"].map(|rule| ((Kind::Meeting, rule.to_owned()), 0.9));
        let fitted = fit(cases.iter(), &rules.into_iter().collect());
        let confidences: Vec<f64> = fitted.into_values().collect();
        // The mean of all is 0.54: (0 + 8 · 0.54) / 8, (8 + 8 · 0.54) / 16, (46 + 8 · 0.54) / 100.
        assert_eq!(confidences, [0.54, 0.77, 0.50]);
    }

    #[test]
    fn the_calibration_error_is_the_mean_distance_of_confidence_and_precision() {
        let cases: Vec<Case> =
            (0..10).map(|i| case("Verb", i < 7)).chain((0..10).map(|_| case("Noun", true))).collect();
        let confidences = [("Verb", 0.9), ("Noun", 0.8)].map(|(rule, c)| ((Kind::Meeting, rule.to_owned()), c));
        let calibration = Calibration::of(cases.iter(), &confidences.into_iter().collect());
        // Half of the cases are off by 0.2 (0.9 said, 0.7 true), half by 0.2 the other way.
        assert!((calibration.error() - 0.2).abs() < 1e-9);
    }
}

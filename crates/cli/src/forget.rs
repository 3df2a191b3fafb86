//! `demarche forget`: articles out of a store.

use crate::Outcome;
use crate::build::holds;
use crate::terminal::output;
use anyhow::Result;
use clap::Args;
use demarche_graph::Store;
use std::io::Write;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
What rested on these articles alone goes, and nothing else: the store is then as if they had never been read.

Examples:
  demarche forget news/2021-06-16.txt --store kg
  demarche forget 2021-06-16.txt doc:3f9a11 --store kg")]
pub(crate) struct Arguments {
    /// Articles by the path or URL under which they were read; the end of the path or the beginning of the id (doc:…) will
    /// do where only one is meant
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<String>,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut store = Store::open(&arguments.store)?;
    let forgotten = store.forget(&arguments.sources)?;
    let built = store.commit()?;
    let mut out = output();
    for article in forgotten {
        writeln!(out, "forgotten: {} ({})", article.source, article.id)?;
    }
    holds(&mut out, &arguments.store, built)?;
    out.flush()?;
    Ok(Outcome::Complete)
}

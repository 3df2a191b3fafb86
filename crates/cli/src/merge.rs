//! `demarche merge`: stores as one.

use crate::Outcome;
use crate::build::summary;
use crate::terminal::{complain, counted, output};
use anyhow::Result;
use clap::Args;
use demarche_graph::Store;
use std::io::Write;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
The articles, corrections and loaded graphs of the others come into the store, which is then as if it had been built from all
articles at once. The others stay as they are. Where corrections contradict each other, nothing is taken in.

Examples:
  demarche merge wires/ papers/ --store all")]
pub(crate) struct Arguments {
    /// The folders of the other stores
    #[arg(value_name = "STORE", required = true)]
    others: Vec<PathBuf>,

    /// The folder of the store; made if it is not there
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let others: Vec<Store> = arguments.others.iter().map(Store::open).collect::<Result<_, _>>()?;
    // A new store names things as the first of the others does.
    let base = others.first().map(|other| other.names().base().to_owned());
    let mut store = Store::open_or_create(&arguments.store, base.as_deref())?;
    let merged = store.merge(&others)?;
    let built = store.commit()?;
    for warning in store.idle_corrections()? {
        complain(&warning);
    }
    let mut out = output();
    summary(&mut out, &arguments.store, merged.added, 0, built)?;
    if merged.corrections + merged.graphs > 0 {
        writeln!(
            out,
            "{} and {} taken over",
            counted(merged.corrections, "correction"),
            counted(merged.graphs, "loaded graph")
        )?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

//! `demarche load`: RDF of other provenance into a graph of its own.

use crate::Outcome;
use crate::terminal::{self, counted, output};
use anyhow::Result;
use clap::Args;
use demarche_graph::{LoadedGraph, Store};
use std::io::Write;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "\
What is loaded stands in a named graph of its own, stays when the store is built anew, and comes into every export with graphs.
Loading into a graph that is there replaces it. Queries reach it by GRAPH.

Examples:
  demarche load wikidata-people.ttl --store kg
  demarche load offices.nt.gz parties.rdf --graph https://example.org/background --store kg
  demarche load --list --store kg
  demarche load --remove https://example.org/background --store kg")]
pub(crate) struct Arguments {
    /// Files of RDF: .ttl .nt .nq .trig .rdf .owl .xml .jsonld .json .n3, also with .gz. All of them come into one graph
    #[arg(value_name = "FILE", required_unless_present_any = ["list", "remove"])]
    files: Vec<PathBuf>,

    /// The IRI of the graph [default: …/graph/loaded/ with the name of the first file]
    #[arg(long, value_name = "IRI")]
    graph: Option<String>,

    /// List the graphs that were loaded
    #[arg(long, conflicts_with_all = ["files", "graph", "remove"])]
    list: bool,

    /// Take a loaded graph out again
    #[arg(long, value_name = "IRI", conflicts_with_all = ["files", "graph"])]
    remove: Option<String>,

    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut store = Store::open(&arguments.store)?;
    let mut out = output();
    if arguments.list {
        list(&mut out, &store.loaded_graphs()?)?;
    } else if let Some(iri) = &arguments.remove {
        let gone = store.remove_graph(iri.trim().trim_start_matches('<').trim_end_matches('>'))?;
        store.commit()?;
        writeln!(out, "removed: {} ({})", gone.iri, counted(gone.quads, "triple"))?;
    } else {
        let graph = store.load_graph(arguments.graph.as_deref(), &arguments.files)?;
        let built = store.commit()?;
        writeln!(out, "{} in {}", counted(graph.quads, "triple"), graph.iri)?;
        writeln!(out, "{} holds {}", arguments.store.display(), counted(built.quads, "quad"))?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn list(out: &mut impl Write, graphs: &[LoadedGraph]) -> Result<()> {
    if terminal::is_terminal() {
        let row = |graph: &LoadedGraph| [graph.iri.clone(), graph.quads.to_string(), graph.sources.join(", ")];
        if !graphs.is_empty() {
            writeln!(out, "{}", terminal::table(["graph", "triples", "read from"], graphs.iter().map(row)))?;
        }
        writeln!(out, "{}", counted(graphs.len(), "graph"))?;
        return Ok(());
    }
    for graph in graphs {
        writeln!(out, "{}\t{}\t{}", graph.iri, graph.quads, graph.sources.join(", "))?;
    }
    Ok(())
}

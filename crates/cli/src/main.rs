//! Who met whom, where and when, and who said what: news as a knowledge graph.

mod articles;
mod build;
mod demo;
mod explain;
mod export;
mod extract;
mod file;
mod forget;
mod load;
mod merge;
mod network;
mod page;
mod pretty;
mod query;
mod records;
mod review;
mod schema;
mod serve;
mod show;
mod terminal;
mod unchanged;
mod validate;

use clap::{Parser, Subcommand};
use demarche_graph::StoreError;
use std::io;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  demarche demo                                          a first look, with sample articles
  demarche build news/ --store kg                        read your own
  demarche query --store kg who-met-whom                 ask
  demarche show --store kg \"Vladimir Putin\"             all about one person
  demarche export --store kg -o graph.svg                draw (.svg .png .dot) or write RDF (.ttl .nq …)
  demarche extract article.txt                           one article, without a store

Exit codes: 0 all went well, 1 something could not be read or done, 2 wrong usage.
The gazetteer of cities is from GeoNames (https://www.geonames.org/), CC BY 4.0.";

/// Who met whom, where and when, and who said what: news as a knowledge graph.
#[derive(Parser)]
#[command(name = "demarche", version, about, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read the sample articles, show who met whom and who said what, draw the diagram
    Demo(demo::Arguments),
    /// Read articles into a store
    Build(build::Arguments),
    /// Take articles out of a store again
    Forget(forget::Arguments),
    /// Ask a store, in SPARQL or by the name of a query
    Query(query::Arguments),
    /// Write the graph for other tools, or draw it
    Export(export::Arguments),
    /// Serve a store over HTTP: SPARQL, a JSON interface, linked data
    Serve(serve::Arguments),
    #[command(hide = true)]
    ServeEngine(serve::EngineArguments),
    /// Measure the network of meetings, or find the shortest chain between two
    Network(network::Arguments),
    /// Add RDF of other provenance to a store, in a graph of its own
    Load(load::Arguments),
    /// Take the articles, corrections and loaded graphs of other stores into one
    Merge(merge::Arguments),
    /// List the queries that have a name, with their parameters
    Queries,
    /// Print all that a store tells of a person: roles, meetings, statements, each with its words and file
    Show(show::Arguments),
    /// Tell why a thing of the graph is what it is: its articles and words, the decisions, the corrections
    Explain(explain::Arguments),
    /// Look at the least certain decisions and set them right
    Review(review::Arguments),
    /// Print what articles say, without a store
    Extract(extract::Arguments),
    /// Check records against their articles, or a graph against shapes (SHACL)
    Validate(validate::Arguments),
    /// Print the JSON Schema of the records
    Schema,
}

/// Whether a command did all that it was asked to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It did.
    Complete,
    /// Some inputs failed and were named on standard error; the rest is done.
    Partial,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Forget(arguments) => forget::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::ServeEngine(arguments) => serve::run_engine(&arguments),
        Command::Network(arguments) => network::run(&arguments),
        Command::Load(arguments) => load::run(&arguments),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Queries => query::list(),
        Command::Show(arguments) => show::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Schema => schema::run(),
    };
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => match error.downcast::<clap::Error>() {
            // Arguments that turn out to be wrong only in the light of each other.
            Ok(usage) => usage.exit(),
            Err(error) => {
                terminal::complain(&format!("{error:#}"));
                ExitCode::FAILURE
            }
        },
    }
}

/// Wrong usage that shows only in the light of all the arguments.
fn wrong(message: &str) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{message}\n"))
}

/// Whether the reader of our output went away, as `head` does: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => error.kind() == io::ErrorKind::BrokenPipe,
        None => {
            let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
            let store = cause.downcast_ref::<StoreError>().and_then(|error| Some(error.io()?.kind()));
            json.or(store) == Some(io::ErrorKind::BrokenPipe)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}

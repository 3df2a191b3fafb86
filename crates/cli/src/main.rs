//! Who met whom, where and when, and who said what: news as a knowledge graph.

mod articles;
mod extract;
mod pretty;
mod schema;
mod terminal;
mod validate;

use clap::{Parser, Subcommand};
use std::io;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  demarche extract article.txt                     what one article says, for people
  demarche extract news/ --format jsonl > all.jsonl    the same of a folder, for programs

Exit codes: 0 all went well, 1 something could not be read or done, 2 wrong usage.";

/// Who met whom, where and when, and who said what: news as a knowledge graph.
#[derive(Parser)]
#[command(name = "demarche", version, about, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what articles say, without a store
    Extract(extract::Arguments),
    /// Check records against the articles that they were read from
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
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Schema => schema::run(),
    };
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether the reader of our output went away, as `head` does: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => error.kind() == io::ErrorKind::BrokenPipe,
        None => cause
            .downcast_ref::<serde_json::Error>()
            .is_some_and(|error| error.io_error_kind() == Some(io::ErrorKind::BrokenPipe)),
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

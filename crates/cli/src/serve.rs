//! `demarche serve`: a store over HTTP.

use crate::Outcome;
use crate::terminal::complain;
use anyhow::{Context, Result};
use clap::Args;
use demarche_server::{EngineCommand, Settings};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche serve --store kg
  curl http://127.0.0.1:7878/query --data-urlencode 'query=SELECT ?who { person:joe-biden dm:met ?who }'
  curl http://127.0.0.1:7878/id/person/joe-biden.ttl
  demarche serve --store kg --bind 0.0.0.0:80 --host kg.example.org --cors '*'
  demarche serve --store kg --allow-update --token-file token.txt")]
pub(crate) struct Arguments {
    /// The folder of the store
    #[arg(long, value_name = "DIR", default_value = "kg")]
    store: PathBuf,

    /// Address and port to listen on; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,

    /// Seconds that one request may be worked on
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,

    /// Megabytes of memory that one request may take beyond the graph's own
    #[arg(long, value_name = "N", default_value_t = 1024)]
    memory_mb: u64,

    /// Rows or triples that one answer may have
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_rows: usize,

    /// Requests that are worked on at the same time [default: two more than the machine has processors]
    #[arg(long, value_name = "N")]
    workers: Option<usize>,

    /// Requests that may wait for that
    #[arg(long, value_name = "N", default_value_t = 256)]
    queue: usize,

    /// Answer to this name too, that of a proxy in front, say; may be given several times
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,

    /// Let pages of another server ask (`https://example.org`, or `*` for any); may be given several times
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<String>,

    /// Take corrections from who knows the token
    #[arg(long, requires = "token_file")]
    allow_update: bool,

    /// The file with the token of those who may write
    #[arg(long, value_name = "FILE", requires = "allow_update")]
    token_file: Option<PathBuf>,
}

/// The hidden command that the server starts for itself.
#[derive(Args)]
pub(crate) struct EngineArguments {
    #[arg(long)]
    store: PathBuf,

    /// Bring the graph up to date, and no more
    #[arg(long)]
    commit: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.001..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds between 0.001 and 86400 is needed".to_owned()),
    }
}

#[cfg(unix)]
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let program = std::env::current_exe().context("the path of this program is not known")?;
    let mut settings =
        Settings::new(&arguments.store, EngineCommand { program, arguments: vec!["serve-engine".into()] });
    settings.bind = arguments.bind;
    settings.timeout = Duration::from_secs_f64(arguments.timeout);
    settings.memory = arguments.memory_mb << 20;
    settings.max_rows = arguments.max_rows;
    settings.workers = arguments.workers.map_or(settings.workers, |workers| workers.max(1));
    settings.queue = arguments.queue;
    settings.hosts.clone_from(&arguments.host);
    settings.cors.clone_from(&arguments.cors);
    settings.token = arguments.token_file.as_deref().map(token).transpose()?;
    demarche_server::serve(settings, |address| complain(&format!("listening on http://{address}/")))?;
    Ok(Outcome::Complete)
}

/// The token in a file: its text without the white space around it.
#[cfg(unix)]
fn token(file: &std::path::Path) -> Result<String> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("{}: the token cannot be read", file.display()))?;
    let token = text.trim();
    // Short ones can be guessed.
    anyhow::ensure!(token.len() >= 16, "{}: a token has 16 characters or more", file.display());
    Ok(token.to_owned())
}

#[cfg(unix)]
pub(crate) fn run_engine(arguments: &EngineArguments) -> Result<Outcome> {
    match arguments.commit {
        true => demarche_server::commit(&arguments.store)?,
        false => demarche_server::run_engine(&arguments.store)?,
    }
    Ok(Outcome::Complete)
}

#[cfg(not(unix))]
pub(crate) fn run(_: &Arguments) -> Result<Outcome> {
    anyhow::bail!("demarche serve needs a Unix system (Linux, macOS, BSD): it forks a process for each request")
}

#[cfg(not(unix))]
pub(crate) fn run_engine(_: &EngineArguments) -> Result<Outcome> {
    anyhow::bail!("demarche serve needs a Unix system")
}

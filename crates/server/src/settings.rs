//! How to serve.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What to serve, where, and how much of the machine one request may take.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the store.
    pub store: PathBuf,
    /// The address to listen on; port 0 takes any that is free.
    pub bind: SocketAddr,
    /// How to start the engine process.
    pub engine: EngineCommand,
    /// How long one request may be worked on. It may wait as long before that for a worker to be free.
    pub timeout: Duration,
    /// Memory in bytes that one request may take beyond the graph's own.
    pub memory: u64,
    /// Rows or triples that one answer may have.
    pub max_rows: usize,
    /// Bytes that one answer may have.
    pub max_answer: usize,
    /// Bytes that the body of one request may have.
    pub max_body: usize,
    /// How many requests are worked on at the same time.
    pub workers: usize,
    /// How many more may wait for that.
    pub queue: usize,
    /// The token of those who may write corrections; none where nobody may.
    pub token: Option<String>,
    /// Other servers whose pages may ask (`https://example.org`), or `*` for all.
    pub cors: Vec<String>,
    /// Names by which this server is asked, besides those of this machine for itself. Where none is given, one that listens to the
    /// network answers to any.
    pub hosts: Vec<String>,
}

impl Settings {
    /// Settings that are safe on most machines: this machine only, reading only, ten seconds and one gigabyte for a request.
    pub fn new(store: impl Into<PathBuf>, engine: EngineCommand) -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            store: store.into(),
            bind: SocketAddr::from(([127, 0, 0, 1], 7878)),
            engine,
            timeout: Duration::from_secs(10),
            memory: 1 << 30,
            max_rows: 1_000_000,
            max_answer: 256 << 20,
            max_body: 16 << 20,
            // Forked workers cost little, and those that a slow request keeps busy shall not be all that there are.
            workers: processors + 2,
            queue: 256,
            token: None,
            cors: Vec::new(),
            hosts: Vec::new(),
        }
    }
}

/// A program with its arguments that does nothing but call [`run_engine`](crate::run_engine) with the store that `--store` names,
/// or [`commit`](crate::commit) where `--commit` comes first.
#[derive(Debug, Clone)]
pub struct EngineCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

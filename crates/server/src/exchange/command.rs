//! Commands to the engine, and what it reports.

use serde::{Deserialize, Serialize};

/// What the engine is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Command {
    /// Fork a worker. Two descriptors follow: its socket, and a pipe for what it says on standard error.
    Fork(Limits),
    /// Kill the worker of this process id, if it still runs, and wait for its end.
    End(i32),
}

/// What a worker may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Limits {
    /// Bytes of memory, beyond what the engine has.
    pub memory: u64,
}

/// What the engine says: one report when it has loaded, then one for each command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Report {
    /// The graph is loaded.
    Loaded {
        /// What the graph was derived from: the same stamp, the same graph.
        stamp: String,
        /// The base under which its things are named.
        base: String,
        /// Number of quads.
        quads: usize,
    },
    /// A worker runs.
    Forked {
        /// Its process id.
        pid: i32,
    },
    /// A worker has ended.
    Ended {
        /// The signal that ended it, if one did.
        signal: Option<i32>,
    },
    /// It did not work.
    Failed(String),
}

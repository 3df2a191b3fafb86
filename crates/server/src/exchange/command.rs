//! Commands to the engine, and what it reports.

use serde::{Deserialize, Serialize};

/// What the engine is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Command {
    /// Fork a worker. Two descriptors follow: its socket, and a pipe for what it says on standard error.
    Fork(Limits),
    /// Kill the worker of this process id, if it still runs, and wait for its end.
    End(i32),
    /// Fork a successor: an engine that goes on from this graph to what the store holds by now. One descriptor follows, its
    /// socket to the front, where it reports as an engine does that was just started.
    Succeed,
}

/// What a worker may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Limits {
    /// Bytes of memory, beyond what the engine has.
    pub memory: u64,
}

/// What the engine says: one report when it has loaded, then one for each command. A process that brings the graph up to date
/// says one thing and goes.
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
    /// The graph of the store is kept as what is told by this stamp.
    Committed {
        /// The same stamp, the same graph.
        stamp: String,
    },
    /// A worker or a successor runs.
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

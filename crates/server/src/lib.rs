//! A store over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol, a JSON interface, linked data.
//!
//! Any query may be hostile, and the graph engine cannot be interrupted in the middle of a join, a sort or a string
//! function. So three kinds of processes share the work:
//!
//! ```text
//!  clients ──HTTP──▶ front ──frames──▶ worker, worker, worker …   one request at a time each; killed at the deadline
//!                      │                  ▲ fork
//!                      └───commands───▶ engine                    holds the graph in memory, does nothing but fork
//! ```
//!
//! The **front** ([`serve`]) speaks HTTP and holds no store. It starts an **engine** ([`run_engine`], a child process of
//! the same program), which loads the graph and from then on only forks: a **worker** comes to life with the whole graph in memory, of which
//! the system copies just the pages that it writes to. A graph on disk stays there: the engine holds only what the JSON interface needs,
//! and each worker opens the database for itself. A worker that takes too long, too much memory or that crashes
//! costs its own request and nothing else. When the store changes, a new engine takes over and the old one goes when its
//! last request is answered: a fork of the old one that follows the change, or, where too much is different, one that loads all of it.
//! A change that a client asks for is made by the front, and the graph follows it in a process of its own ([`commit`]).
//!
//! Unix only: there is no fork elsewhere.

mod error;
mod settings;

#[cfg(unix)]
mod api;
#[cfg(unix)]
mod engine;
#[cfg(unix)]
mod exchange;
#[cfg(unix)]
mod front;
#[cfg(unix)]
mod media;
#[cfg(unix)]
mod page;
#[cfg(unix)]
mod worker;

pub use error::ServerError;
pub use settings::{EngineCommand, Settings};

#[cfg(unix)]
pub use engine::{commit, run as run_engine};
#[cfg(unix)]
pub use front::serve;

//! Why a server cannot start or go on.

use std::io;
use std::net::SocketAddr;

/// An error of the server as a whole. What goes wrong with one request is told to its client and is none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}; choose another with --bind")]
    Bind {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The store cannot be opened or loaded.
    #[error("{0}")]
    Store(String),
    /// The engine process could not be started, or did not do as it was told.
    #[error("the engine process: {0}")]
    Engine(String),
    /// The system refused something else.
    #[error("{doing}: {source}")]
    System {
        /// What was being done.
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
}

impl ServerError {
    /// Turns an I/O error into ours.
    #[cfg(unix)]
    pub(crate) fn doing(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { doing, source }
    }
}

//! The JSON interface, for the page and for scripts.

use crate::exchange::{Answer, ApiRequest, Failed, Failure};
use demarche_graph::{Store, StoreError};
use serde::Serialize;

/// What the interface needs besides the store. Made once for each graph by the engine, before any worker is forked, so that
/// all workers share it.
pub(crate) struct Api {
    quads: usize,
}

/// What `ping` answers.
#[derive(Serialize)]
struct Ping<'a> {
    version: &'static str,
    base: &'a str,
    quads: usize,
}

impl Api {
    /// Gets ready to answer from a store.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        Ok(Self { quads: store.graph()?.len().unwrap_or_default() })
    }

    /// Answers a call.
    pub fn answer(&self, store: &Store, request: &ApiRequest) -> Result<Answer, Failed> {
        match request.path.as_str() {
            "ping" => {
                let base = store.names().base();
                Answer::json(&Ping { version: env!("CARGO_PKG_VERSION"), base, quads: self.quads })
            }
            path => Err(Failed::new(Failure::NotFound, format!("there is no /api/{path}"))),
        }
    }
}

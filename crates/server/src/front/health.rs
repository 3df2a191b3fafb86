//! `/healthz` and `/version`: for those who run the server.

use super::Shared;
use crate::exchange::Failed;
use axum::Json;
use axum::extract::State;
use serde::Serialize;

/// What is served.
#[derive(Serialize)]
pub(super) struct Version {
    /// The program's version.
    version: &'static str,
    /// The base under which things are named.
    base: String,
    /// What the graph was derived from: the same stamp, the same graph.
    stamp: String,
    /// Number of quads.
    quads: usize,
}

/// Whether requests can be answered.
pub(super) async fn health(State(front): Shared) -> Result<&'static str, Failed> {
    front.pool.current().map(|_| "ok\n")
}

/// Which program serves which graph.
pub(super) async fn version(State(front): Shared) -> Result<Json<Version>, Failed> {
    let graph = front.pool.current()?;
    Ok(Json(Version {
        version: env!("CARGO_PKG_VERSION"),
        base: graph.base().to_owned(),
        stamp: graph.stamp().to_owned(),
        quads: graph.quads(),
    }))
}

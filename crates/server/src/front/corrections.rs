//! `POST /api/corrections`: a reader sets something right.

use super::{Front, Shared, access, changes, watch};
use crate::api::{self, Status, Taken, problem};
use crate::exchange::{ApiRequest, Failed, Request};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use demarche_graph::Store;

/// Whether corrections are taken, by which version, and whether the answers follow those that were.
pub(super) async fn status(State(front): Shared) -> Json<Status> {
    let (version, allow_update) = (env!("CARGO_PKG_VERSION").to_owned(), front.settings.token.is_some());
    Json(Status { version, allow_update, current: watch::is_current(&front) })
}

/// Takes a correction: 200 once answers follow it, 202 if that takes longer.
pub(super) async fn post(State(front): Shared, headers: HeaderMap, body: Bytes) -> Response {
    take(&front, &headers, &body).await.unwrap_or_else(|failed| problem(&failed))
}

async fn take(front: &Front, headers: &HeaderMap, body: &[u8]) -> Result<Response, Failed> {
    access::may_write(headers, front.settings.token.as_deref())?;
    let correction = api::correction(body)?;
    for key in api::things(&correction) {
        // What is not there is refused here; in the file it would wait for an article that has it.
        front.pool.work(&Request::Api(ApiRequest { path: key, parameters: Vec::new() })).await?;
    }
    let told = correction.to_string().trim().to_owned();
    let keep = move |store: &mut Store| store.correct([&correction]).map_err(|error| changes::failed(&error));
    let made = front.changes.make(&front.settings, keep).await?;
    let served = watch::served(front, made.graph).await?;
    let status = if served { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(Taken { correction: told, served })).into_response())
}

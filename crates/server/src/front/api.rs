//! `/api/…`: the JSON interface.

use super::sparql::parameters;
use super::{Front, Shared, caching};
use crate::api::problem;
use crate::exchange::{ApiRequest, Request};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

/// A call.
pub(super) async fn get(
    State(front): Shared,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    call(&front, &headers, ApiRequest { path, parameters: parameters(&query.unwrap_or_default()) }).await
}

/// What there is to call.
pub(super) async fn description(State(front): Shared, headers: HeaderMap) -> Response {
    call(&front, &headers, ApiRequest { path: "openapi.json".to_owned(), parameters: Vec::new() }).await
}

async fn call(front: &Front, headers: &HeaderMap, request: ApiRequest) -> Response {
    let answer = caching::answer(front, headers, &Request::Api(request), "json").await;
    answer.unwrap_or_else(|failed| problem(&failed))
}

//! `/api/…`: the JSON interface.

use super::Shared;
use super::sparql::parameters;
use crate::exchange::{ApiRequest, Failed, Request};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};

/// A call.
pub(super) async fn get(
    State(front): Shared,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failed> {
    let request = ApiRequest { path, parameters: parameters(query.as_deref().unwrap_or_default()) };
    let answer = front.pool.work(&Request::Api(request), &[]).await?;
    Ok(answer.into_response())
}

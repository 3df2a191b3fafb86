//! `/query`: the SPARQL 1.1 Protocol.

use super::{Front, Shared};
use crate::exchange::{Answer, Failed, Failure, Query, Request};
use crate::media::{Accept, wanted_graph, wanted_results};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A query in the address.
pub(super) async fn get(
    State(front): Shared,
    RawQuery(address): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    answer(&front, parameters(address.as_deref().unwrap_or_default()), &headers).await
}

/// A query in the body, as a form or by itself.
pub(super) async fn post(
    State(front): Shared,
    RawQuery(address): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let mut given = parameters(address.as_deref().unwrap_or_default());
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let body = std::str::from_utf8(&body)
        .map_err(|error| Failed::new(Failure::BadRequest, format!("the body is not in UTF-8: {error}")))?;
    match essence.as_str() {
        "application/sparql-query" => given.push(("query".to_owned(), body.to_owned())),
        "application/x-www-form-urlencoded" => given.extend(parameters(body)),
        _ => {
            let reason = "send a query as application/sparql-query or as application/x-www-form-urlencoded\n";
            return Ok((StatusCode::UNSUPPORTED_MEDIA_TYPE, reason).into_response());
        }
    }
    answer(&front, given, &headers).await
}

async fn answer(front: &Front, given: Vec<(String, String)>, headers: &HeaderMap) -> Result<Response, Failed> {
    let all = |name: &str| given.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect();
    let queries: Vec<String> = all("query");
    let [text] = <[String; 1]>::try_from(queries).map_err(|queries| {
        Failed::new(Failure::BadRequest, format!("one parameter `query` is needed, {} are given", queries.len()))
    })?;
    let accept = Accept::parse(headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()));
    let query = Query {
        text,
        default_graphs: all("default-graph-uri"),
        named_graphs: all("named-graph-uri"),
        results: wanted_results(&accept),
        triples: wanted_graph(&accept),
        max_rows: front.settings.max_rows,
        max_bytes: front.settings.max_answer,
    };
    Ok(front.pool.work(&Request::Query(query), &[]).await?.into_response())
}

/// The parameters of an address or a form, decoded.
pub(super) fn parameters(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, self.content_type)], self.body).into_response()
    }
}

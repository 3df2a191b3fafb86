//! `/export/…`: the diagram of who met whom, drawn.

use super::sparql::parameters;
use super::{Shared, caching};
use crate::exchange::{Failed, Failure, Picture, PictureFormat, Request};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

/// `graph.svg` or `graph.dot`, with `about` (a name or an IRI), `since`, `until` (days) and `statements`.
pub(super) async fn get(
    State(front): Shared,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let format = match name.as_str() {
        "graph.svg" => PictureFormat::Svg,
        "graph.dot" => PictureFormat::Dot,
        _ => return Err(Failed::new(Failure::NotFound, "there are /export/graph.svg and /export/graph.dot")),
    };
    let mut picture = Picture { format, about: None, since: None, until: None, statements: false };
    for (name, value) in parameters(&query.unwrap_or_default()) {
        match name.as_str() {
            "about" => picture.about = Some(value),
            "since" => picture.since = Some(value),
            "until" => picture.until = Some(value),
            "statements" => picture.statements = value != "false",
            _ => {
                let reason = format!("there is no parameter {name:?}; there are about, since, until, statements");
                return Err(Failed::new(Failure::BadRequest, reason));
            }
        }
    }
    caching::answer(&front, &headers, &Request::Picture(picture), &name).await
}

//! The page: files that are part of the program, each with the policy that keeps it from asking any other host.

use super::{Shared, things};
use crate::exchange::Failed;
use crate::media::GRAPHS;
use crate::page;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file of the page; what shows a thing of the store, to those who do not rather have it in RDF; else a thing below the
/// base.
pub(super) async fn get(
    State(front): Shared,
    method: Method,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let reads = method == Method::GET || method == Method::HEAD;
    let Some(asset) = page::find(address.path()).filter(|_| reads) else {
        return things::under_base(State(front), method, OriginalUri(address), headers).await;
    };
    if page::is_thing(address.path()) {
        let accept = super::sparql::accepted(&headers);
        let best = GRAPHS.iter().map(|(_, media_type)| accept.quality(media_type)).max().unwrap_or_default();
        if best > accept.quality("text/html") {
            return things::look_up(&front, address.path().trim_start_matches('/'), &headers).await;
        }
    }
    Ok(file(asset, &headers))
}

fn file(asset: page::Asset, headers: &HeaderMap) -> Response {
    let tag = asset.tag();
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let known = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CONTENT_SECURITY_POLICY, asset.policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // Another version of the program has other files under the same names.
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept"),
        (header::ETAG, tag.as_str()),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, known).into_response();
    }
    (known, asset.body).into_response()
}

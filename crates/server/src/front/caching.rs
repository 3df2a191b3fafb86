//! Answers that a client has already: entity tags.

use super::Front;
use super::pool::Generation;
use crate::exchange::{Failed, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Has a request worked on, unless the client has what it would get: the same graph gives the same answer. `formats` tells apart
/// the answers that the same address can have.
pub(super) async fn answer(
    front: &Front,
    headers: &HeaderMap,
    request: &Request,
    formats: &str,
) -> Result<Response, Failed> {
    let tag = is_repeatable(request).then(|| tag(&*front.pool.current()?, formats)).transpose()?;
    let mut response = match &tag {
        Some(tag) if has(headers, tag) => StatusCode::NOT_MODIFIED.into_response(),
        _ => front.work(request).await?.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    if let Some(tag) = tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
        headers.insert(header::ETAG, tag);
        // Kept, and asked about each time: the store may change at any moment.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    } else {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// Weak, since the same answer may be compressed or not.
fn tag(generation: &Generation, formats: &str) -> Result<String, Failed> {
    let stamp: String = generation.stamp().chars().filter(char::is_ascii_alphanumeric).collect();
    // The end of the stamp is the digest.
    let digest = &stamp[stamp.len().saturating_sub(24)..];
    Ok(format!("W/\"{digest}-{formats}\""))
}

/// Whether the client says that it has this.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    given.flat_map(|field| field.split(',')).any(|given| given.trim() == "*" || opaque(given) == opaque(tag))
}

/// Whether asking twice gives the same: not where a query asks for the time or for chance.
fn is_repeatable(request: &Request) -> bool {
    let Request::Query(query) = request else { return true };
    let text = query.text.to_ascii_lowercase();
    !["now", "rand", "uuid", "bnode"].iter().any(|function| text.contains(function))
}

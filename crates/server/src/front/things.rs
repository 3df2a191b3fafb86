//! Linked data: whatever the graph names can be looked up, by people as a page and by programs as RDF.

use super::sparql::{accepted, parameters};
use super::{Front, Shared, caching};
use crate::exchange::{Failed, Failure, Request};
use crate::media::{self, wanted_graph, wants_page};
use axum::extract::{OriginalUri, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use demarche_graph::Format;

/// A thing by the end of its IRI: `/id/person/joe-biden`, or `/id/person/joe-biden.ttl` for one format.
pub(super) async fn named(
    State(front): Shared,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    look_up(&front, &name, &headers).await
}

/// A thing by its whole IRI: `/resource?iri=…`.
pub(super) async fn given(
    State(front): Shared,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let given = parameters(&query.unwrap_or_default());
    let missing = || Failed::new(Failure::BadRequest, "which thing: ?iri=…");
    let (_, iri) = given.iter().find(|(name, _)| name == "iri").ok_or_else(missing)?;
    let base = front.pool.current()?.base().to_owned();
    match iri.strip_prefix(&base) {
        Some(name) => look_up(&front, name, &headers).await,
        None => describe(&front, iri.clone(), format(&headers)?, &headers).await,
    }
}

/// A thing by its own path, where the base of the store is a folder of this server.
pub(super) async fn under_base(
    State(front): Shared,
    method: Method,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let nothing = || Failed::new(Failure::NotFound, format!("there is nothing at {}", address.path()));
    let base = front.pool.current()?.base().to_owned();
    let name = folder(&base).and_then(|folder| address.path().strip_prefix(folder)).ok_or_else(nothing)?;
    if method != Method::GET && method != Method::HEAD {
        let allowed = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
        return Ok((StatusCode::METHOD_NOT_ALLOWED, allowed, "things are looked up\n").into_response());
    }
    look_up(&front, name, &headers).await
}

/// The path of a base, if it is more than the root.
fn folder(base: &str) -> Option<&str> {
    let (_, rest) = base.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    (path.len() > 1 && path.ends_with('/')).then_some(path)
}

pub(super) async fn look_up(front: &Front, name: &str, headers: &HeaderMap) -> Result<Response, Failed> {
    let base = front.pool.current()?.base().to_owned();
    let ending = name.rsplit_once('.').and_then(|(name, ending)| Some((name, Format::from_name(ending).ok()?)));
    if let Some((name, format)) = ending {
        return describe(front, format!("{base}{name}"), format, headers).await;
    }
    if wants_page(&accepted(headers)) {
        // A page is about the thing and is not the thing: hence "see other".
        let mut response = Redirect::to(&format!("/{name}")).into_response();
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
        return Ok(response);
    }
    describe(front, format!("{base}{name}"), format(headers)?, headers).await
}

fn format(headers: &HeaderMap) -> Result<Format, Failed> {
    wanted_graph(&accepted(headers)).ok_or_else(|| {
        let known = media::GRAPHS.map(|(_, media_type)| media_type).join(", ");
        Failed::new(Failure::NotAcceptable, format!("things are described as text/html, {known}"))
    })
}

async fn describe(front: &Front, iri: String, format: Format, headers: &HeaderMap) -> Result<Response, Failed> {
    let request = Request::Thing { iri, format, bounds: front.bounds() };
    caching::answer(front, headers, &request, format.name()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_base_is_its_path() {
        assert_eq!(folder("https://w3id.org/demarche/id/"), Some("/demarche/id/"));
        assert_eq!(folder("http://127.0.0.1:7878/kg/"), Some("/kg/"));
        assert_eq!(folder("http://kg.example/"), None);
        assert_eq!(folder("urn:x:"), None);
        assert_eq!(folder("http://kg.example/kg#"), None);
    }
}

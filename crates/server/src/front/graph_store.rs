//! `/store`: the SPARQL 1.1 Graph Store HTTP Protocol, its reading half. Graphs follow from articles: who would write one is
//! told so.

use super::sparql::{accepted, parameters};
use super::{Front, Shared, access, caching};
use crate::exchange::{Failed, Failure, Request};
use crate::media::{self, wanted_graph};
use axum::extract::{OriginalUri, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Which graph is meant.
enum Named {
    Default,
    Iri(String),
}

/// A graph that a parameter names: `?default`, or `?graph=IRI`.
pub(super) async fn indirect(
    State(front): Shared,
    method: Method,
    OriginalUri(address): OriginalUri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let given = parameters(&query.unwrap_or_default());
    let graphs: Vec<&str> = given.iter().filter(|(name, _)| name == "graph").map(|(_, iri)| iri.as_str()).collect();
    let default = given.iter().any(|(name, _)| name == "default");
    let graph = match (graphs.as_slice(), default) {
        ([], true) => Named::Default,
        // An IRI that does not stand by itself is meant from the address of the store.
        (&[iri], false) if !iri.contains(':') => {
            Named::Iri(format!("{}{iri}", own_iri(&headers, &format!("{}/", address.path()))))
        }
        (&[iri], false) => Named::Iri(iri.to_owned()),
        _ => {
            let reason = "which graph: ?default, or one ?graph=IRI";
            return Err(Failed::new(Failure::BadRequest, reason));
        }
    };
    answer(&front, &method, &headers, graph).await
}

/// A graph that is named by the address itself.
pub(super) async fn direct(
    State(front): Shared,
    method: Method,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let graph = Named::Iri(own_iri(&headers, address.path()));
    answer(&front, &method, &headers, graph).await
}

/// The IRI of a path of this server, under the name by which it was asked.
fn own_iri(headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}{path}")
}

async fn answer(front: &Front, method: &Method, headers: &HeaderMap, graph: Named) -> Result<Response, Failed> {
    match *method {
        Method::GET | Method::HEAD => {
            let format = wanted_graph(&accepted(headers)).ok_or_else(|| {
                let known = media::GRAPHS.map(|(_, media_type)| media_type).join(", ");
                Failed::new(Failure::NotAcceptable, format!("graphs are written as {known}"))
            })?;
            let graph = match graph {
                Named::Default => None,
                Named::Iri(iri) => Some(iri),
            };
            let request = Request::Graph { graph, format, bounds: front.bounds() };
            caching::answer(front, headers, &request, format.name()).await
        }
        Method::PUT | Method::POST | Method::DELETE => {
            access::may_write(headers, front.settings.token.as_deref())?;
            let reason = "graphs are only read here: they follow from the articles, and are set right by corrections";
            Err(Failed::new(Failure::Refused, reason))
        }
        _ => {
            let allowed = [(header::ALLOW, HeaderValue::from_static("GET, HEAD, PUT, POST, DELETE"))];
            Ok((StatusCode::METHOD_NOT_ALLOWED, allowed, "a graph is read, put, added to or deleted\n").into_response())
        }
    }
}

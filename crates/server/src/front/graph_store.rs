//! `/store`: the SPARQL 1.1 Graph Store HTTP Protocol. All graphs are read; written are only those that come with the store
//! beside its records, as `demarche load` does it. The others follow from the articles, and who would write one is told so.

use super::sparql::{accepted, content_type, parameters};
use super::{Front, Shared, access, caching, changes, watch};
use crate::exchange::{Failed, Failure, Request};
use crate::media::{self, wanted_graph};
use axum::body::Bytes;
use axum::extract::{OriginalUri, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use demarche_graph::Store;
use oxigraph::io::RdfFormat;
use oxigraph::model::NamedNode;

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
    body: Bytes,
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
    answer(&front, &method, &headers, graph, &body).await
}

/// A graph that is named by the address itself.
pub(super) async fn direct(
    State(front): Shared,
    method: Method,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let graph = Named::Iri(own_iri(&headers, address.path()));
    answer(&front, &method, &headers, graph, &body).await
}

/// The IRI of a path of this server, under the name by which it was asked.
fn own_iri(headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}{path}")
}

async fn answer(
    front: &Front,
    method: &Method,
    headers: &HeaderMap,
    graph: Named,
    body: &Bytes,
) -> Result<Response, Failed> {
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
            let Named::Iri(iri) = graph else { return Err(follows("the default graph")) };
            NamedNode::new(&iri).map_err(|error| {
                Failed::new(Failure::BadRequest, format!("the graph's name {iri:?} is no absolute IRI: {error}"))
            })?;
            let change = match *method {
                Method::DELETE => Change::Delete,
                _ => {
                    Change::Write { contents: body.clone(), format: format_of(headers)?, added: method == Method::POST }
                }
            };
            written(front, iri, change).await
        }
        _ => {
            let allowed = [(header::ALLOW, HeaderValue::from_static("GET, HEAD, PUT, POST, DELETE"))];
            Ok((StatusCode::METHOD_NOT_ALLOWED, allowed, "a graph is read, put, added to or deleted\n").into_response())
        }
    }
}

/// What is to become of a graph.
enum Change {
    /// It becomes what is sent, or `added`: what is sent comes to it.
    Write { contents: Bytes, format: RdfFormat, added: bool },
    /// It goes.
    Delete,
}

/// The format of what is sent; Turtle where that is not said, as the protocol wants.
fn format_of(headers: &HeaderMap) -> Result<RdfFormat, Failed> {
    let (essence, _) = content_type(headers);
    if essence.is_empty() {
        return Ok(RdfFormat::Turtle);
    }
    RdfFormat::from_media_type(&essence).ok_or_else(|| {
        let known = media::GRAPHS.map(|(_, media_type)| media_type).join(", ");
        Failed::new(Failure::UnknownMedia, format!("{essence} is not read here; graphs are sent as {known}"))
    })
}

/// Changes a graph: 201 where it is new, 204 where it was there, 202 where the answers do not follow it yet.
async fn written(front: &Front, iri: String, change: Change) -> Result<Response, Failed> {
    let (new, stamp) = front.changes.make(&front.settings, move |store| apply(store, &iri, &change)).await?;
    Ok(match (watch::served(front, &stamp).await, new) {
        (false, _) => StatusCode::ACCEPTED,
        (true, true) => StatusCode::CREATED,
        (true, false) => StatusCode::NO_CONTENT,
    }
    .into_response())
}

/// Changes a graph of the store; gives whether it is new.
fn apply(store: &mut Store, iri: &str, change: &Change) -> Result<bool, Failed> {
    let failed = |error| changes::failed(&error);
    if store.makes_graph(iri) {
        return Err(follows(iri));
    }
    let known = store.loaded_graphs().map_err(failed)?.iter().any(|graph| graph.iri == iri);
    match change {
        Change::Write { contents, format, added } => {
            store.write_graph(iri, "sent over HTTP", (contents, *format), *added).map_err(failed)?;
        }
        Change::Delete if !known => return Err(Failed::new(Failure::NotFound, format!("there is no graph {iri}"))),
        Change::Delete => {
            store.remove_graph(iri).map_err(failed)?;
        }
    }
    Ok(!known)
}

fn follows(graph: &str) -> Failed {
    let reason = format!(
        "{graph} follows from the articles and is set right by corrections; graphs of other names may be written"
    );
    Failed::new(Failure::Refused, reason)
}

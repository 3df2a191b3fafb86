//! `/store`: the SPARQL 1.1 Graph Store HTTP Protocol. All graphs are read; written are only those that come with the store
//! beside its records, as `demarche load` does it. The others follow from the articles, and who would write one is told so.

use super::sparql::{accepted, content_type, parameters};
use super::{Front, Shared, access, caching, changes, watch};
use crate::exchange::{Failed, Failure, Request};
use crate::media::{self, wanted_graph};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, OriginalUri, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use demarche_graph::Store;
use oxigraph::io::RdfFormat;
use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};

/// Which graph is meant.
enum Named {
    Default,
    Iri(String),
    /// One that is to be made.
    New,
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
        ([], false) if method == Method::POST => Named::New,
        _ => {
            let reason = "which graph: ?default, or one ?graph=IRI; POST without either makes a new one";
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
                Named::Iri(iri) => Some(iri),
                Named::Default | Named::New => None,
            };
            let request = Request::Graph { graph, format, bounds: front.bounds() };
            caching::answer(front, headers, &request, format.name()).await
        }
        Method::PUT | Method::POST | Method::DELETE => {
            access::may_write(headers, front.settings.token.as_deref())?;
            let change = match *method {
                Method::DELETE => Change::Delete,
                _ => Change::Write { documents: documents(headers, body).await?, added: *method == Method::POST },
            };
            match graph {
                Named::Default => Err(follows("the default graph")),
                Named::Iri(iri) => Ok(written(front, iri, change).await?.into_response()),
                Named::New => {
                    let iri = own_iri(headers, &format!("/store/{}", change.name()));
                    let location = [(header::LOCATION, iri.clone())];
                    Ok((written(front, iri, change).await?, location).into_response())
                }
            }
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
    Write { documents: Vec<(Bytes, RdfFormat)>, added: bool },
    /// It goes.
    Delete,
}

impl Change {
    /// A name for a graph that has none: a digest of its contents, so that what is sent twice does not become two graphs.
    fn name(&self) -> String {
        let mut digest = Sha256::new();
        if let Self::Write { documents, .. } = self {
            documents.iter().for_each(|(contents, _)| digest.update(contents));
        }
        digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What is sent: one document, or those of a form.
async fn documents(headers: &HeaderMap, body: &Bytes) -> Result<Vec<(Bytes, RdfFormat)>, Failed> {
    let (essence, _) = content_type(headers);
    if essence != "multipart/form-data" {
        return Ok(vec![(body.clone(), format_of(&essence)?)]);
    }
    let unreadable = |reason: String| Failed::new(Failure::BadRequest, format!("the form cannot be read: {reason}"));
    let mut request = axum::extract::Request::new(Body::from(body.clone()));
    request.headers_mut().clone_from(headers);
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|error| unreadable(error.body_text()))?;
    let mut documents = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(error.body_text()))? {
        let essence = field.content_type().unwrap_or_default().split(';').next().unwrap_or_default().trim();
        // Clients that do not know a file's format say no more than that it is one; its name may tell.
        let by_name = || {
            let (_, ending) = field.file_name().and_then(|name| name.rsplit_once('.'))?;
            RdfFormat::from_extension(ending)
        };
        let format = match essence {
            "" | "application/octet-stream" => by_name().map_or_else(|| format_of(essence), Ok)?,
            essence => format_of(essence)?,
        };
        documents.push((field.bytes().await.map_err(|error| unreadable(error.body_text()))?, format));
    }
    Ok(documents)
}

/// The format of a media type; Turtle where none is said, as the protocol wants.
fn format_of(essence: &str) -> Result<RdfFormat, Failed> {
    if essence.is_empty() {
        return Ok(RdfFormat::Turtle);
    }
    RdfFormat::from_media_type(essence).ok_or_else(|| {
        let known = media::GRAPHS.map(|(_, media_type)| media_type).join(", ");
        Failed::new(Failure::UnknownMedia, format!("{essence} is not read here; graphs are sent as {known}"))
    })
}

/// Changes a graph: 201 where it is new, 204 where it was there, 202 where the answers do not follow it yet.
async fn written(front: &Front, iri: String, change: Change) -> Result<StatusCode, Failed> {
    NamedNode::new(&iri).map_err(|error| {
        Failed::new(Failure::BadRequest, format!("the graph's name {iri:?} is no absolute IRI: {error}"))
    })?;
    let made = front.changes.make(&front.settings, move |store| apply(store, &iri, &change)).await?;
    Ok(match (watch::served(front, made.graph).await?, made.outcome) {
        (false, _) => StatusCode::ACCEPTED,
        (true, true) => StatusCode::CREATED,
        (true, false) => StatusCode::NO_CONTENT,
    })
}

/// Changes a graph of the store; gives whether it is new.
fn apply(store: &mut Store, iri: &str, change: &Change) -> Result<bool, Failed> {
    let failed = |error| changes::failed(&error);
    if store.makes_graph(iri) {
        return Err(follows(iri));
    }
    let known = store.loaded_graphs().map_err(failed)?.iter().any(|graph| graph.iri == iri);
    match change {
        Change::Write { documents, added } => {
            let documents: Vec<(&[u8], RdfFormat)> =
                documents.iter().map(|(contents, format)| (&contents[..], *format)).collect();
            store.write_graph(iri, "sent over HTTP", &documents, *added).map_err(failed)?;
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

//! `/query`: the SPARQL 1.1 Protocol.

use super::{Front, Shared, caching, description};
use crate::exchange::{Failed, Failure, Query, Request};
use crate::media::{Accept, wanted_graph, wanted_results, wants_page};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

/// A query in the address; without one, what there is to ask.
pub(super) async fn get(
    State(front): Shared,
    RawQuery(address): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let accept = accepted(&headers);
    let address = address.unwrap_or_default();
    // People who follow a link to here, or whom somebody has sent a query, want the editor.
    if wants_page(&accept) {
        let target = if address.is_empty() { "/editor".to_owned() } else { format!("/editor?{address}") };
        return Ok(Redirect::to(&target).into_response());
    }
    let given = parameters(&address);
    if !given.iter().any(|(name, _)| name == "query") {
        return description::answer(&front, &headers);
    }
    let query = query(&front, given, &accept)?;
    let formats = formats(&query);
    caching::answer(&front, &headers, &Request::Query(query), &formats).await
}

/// A query in the body, as a form or by itself.
pub(super) async fn post(
    State(front): Shared,
    RawQuery(address): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failed> {
    let mut given = parameters(&address.unwrap_or_default());
    let (essence, charset) = content_type(&headers);
    if charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(Failed::new(Failure::UnknownMedia, "queries are sent in UTF-8"));
    }
    let body = std::str::from_utf8(&body)
        .map_err(|error| Failed::new(Failure::BadRequest, format!("the body is not in UTF-8: {error}")))?;
    match essence.as_str() {
        "application/sparql-query" if given.iter().any(|(name, _)| name == "query") => {
            return Err(Failed::new(
                Failure::BadRequest,
                "one query is needed, there is one in the address and one in the body",
            ));
        }
        "application/sparql-query" => given.push(("query".to_owned(), body.to_owned())),
        "application/x-www-form-urlencoded" => given.extend(parameters(body)),
        "application/sparql-update" => return Err(no_updates()),
        _ => {
            let reason = "send a query as application/sparql-query or as application/x-www-form-urlencoded";
            return Err(Failed::new(Failure::UnknownMedia, reason));
        }
    }
    let query = query(&front, given, &accepted(&headers))?;
    Ok(front.work(&Request::Query(query)).await?.into_response())
}

/// `/update`: SPARQL Update is not for graphs that follow from articles.
pub(super) async fn update() -> Failed {
    no_updates()
}

fn no_updates() -> Failed {
    let reason = "there is no SPARQL Update here: the graph follows from the articles and their corrections";
    Failed::new(Failure::Refused, reason)
}

fn query(front: &Front, given: Vec<(String, String)>, accept: &Accept) -> Result<Query, Failed> {
    let all = |name: &str| given.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect();
    let queries: Vec<String> = all("query");
    let [text] = <[String; 1]>::try_from(queries).map_err(|queries| {
        Failed::new(Failure::BadRequest, format!("one parameter `query` is needed, {} are given", queries.len()))
    })?;
    if given.iter().any(|(name, _)| name == "update") {
        return Err(no_updates());
    }
    Ok(Query {
        text,
        default_graphs: all("default-graph-uri"),
        named_graphs: all("named-graph-uri"),
        results: wanted_results(accept),
        triples: wanted_graph(accept),
        bounds: front.bounds(),
    })
}

/// Which formats an answer may have, in a word.
fn formats(query: &Query) -> String {
    let results = query.results.map_or("", |format| format.file_extension());
    format!("{results}-{}", query.triples.map_or("", demarche_graph::Format::name))
}

/// What the client takes.
pub(super) fn accepted(headers: &HeaderMap) -> Accept {
    let fields: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    Accept::parse(Some(&fields.join(",")))
}

/// The media type of the body and its charset.
pub(super) fn content_type(headers: &HeaderMap) -> (String, Option<String>) {
    let field = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = field.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    (essence, charset)
}

/// The parameters of an address or a form, decoded.
pub(super) fn parameters(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

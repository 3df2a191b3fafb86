//! The service description: what this endpoint can do, in RDF (SPARQL 1.1 Service Description).

use super::Front;
use super::sparql::accepted;
use crate::exchange::{Failed, Failure};
use crate::media::{self, wanted_graph};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use demarche_graph::model::vocab::rdf;
use demarche_graph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use demarche_graph::{Namespace, write_quads};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const VOID: &str = "http://rdfs.org/ns/void#";
const FORMATS: &str = "http://www.w3.org/ns/formats/";

/// Describes the endpoint under the name by which it was asked.
pub(super) fn answer(front: &Front, headers: &HeaderMap) -> Result<Response, Failed> {
    let format = wanted_graph(&accepted(headers)).ok_or_else(|| {
        let known = media::GRAPHS.map(|(_, media_type)| media_type).join(", ");
        Failed::new(Failure::NotAcceptable, format!("what there is to ask is told as {known}"))
    })?;
    let graph = front.pool.current()?;
    let broken = |error: &dyn std::fmt::Display| Failed::new(Failure::Broken, error.to_string());
    let names = Namespace::new(graph.base()).map_err(|error| broken(&error))?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let mut quads = Vec::new();
    let mut tell = |subject: &BlankNode, predicate: NamedNode, object: Term| {
        quads.push(Quad::new(NamedOrBlankNode::from(subject.clone()), predicate, object, GraphName::DefaultGraph));
    };
    let sd = |name: &str| NamedNode::new_unchecked(format!("{SD}{name}"));
    let [service, dataset, default] = ["service", "dataset", "default"].map(BlankNode::new_unchecked);
    tell(&service, rdf::TYPE.into(), sd("Service").into());
    if let Ok(endpoint) = NamedNode::new(format!("http://{host}/query")) {
        tell(&service, sd("endpoint"), endpoint.into());
    }
    tell(&service, sd("supportedLanguage"), sd("SPARQL11Query").into());
    for format in [
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
        "N-Triples",
        "JSON-LD",
        "RDF_XML",
        "TriG",
        "N-Quads",
    ] {
        tell(&service, sd("resultFormat"), NamedNode::new_unchecked(format!("{FORMATS}{format}")).into());
    }
    tell(&service, sd("defaultDataset"), dataset.clone().into());
    tell(&dataset, rdf::TYPE.into(), sd("Dataset").into());
    tell(&dataset, sd("defaultGraph"), default.clone().into());
    tell(&default, rdf::TYPE.into(), sd("Graph").into());
    // In all graphs together.
    let quads_number = Literal::from(u64::try_from(graph.quads()).unwrap_or(u64::MAX));
    tell(&dataset, NamedNode::new_unchecked(format!("{VOID}triples")), quads_number.into());
    let mut body = Vec::new();
    write_quads(quads, format, &names, &mut body).map_err(|error| broken(&error))?;
    Ok(([(header::CONTENT_TYPE, media::of_graph(format))], body).into_response())
}

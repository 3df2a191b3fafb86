//! Linked data, pictures, and what the operator asks.

use super::served;

#[test]
fn whatever_the_graph_names_can_be_looked_up() {
    let (_desk, server) = served(&[]);
    let csv = server.ask(
        "POST /query",
        &["Content-Type: application/sparql-query", "Accept: text/csv"],
        "SELECT ?s { ?s a dm:Person } ORDER BY ?s",
    );
    let iri = csv.text().lines().nth(1).unwrap().to_owned();
    let name = iri.strip_prefix("https://w3id.org/demarche/id/").unwrap();
    let encoded = super::server::encoded(&iri);
    let cases = [
        (format!("/id/{name}"), "*/*", "text/turtle"),
        (format!("/id/{name}"), "application/rdf+xml", "application/rdf+xml"),
        (format!("/id/{name}"), "application/ld+json", "application/ld+json"),
        (format!("/id/{name}.nt"), "*/*", "application/n-triples"),
        (format!("/id/{name}.jsonld"), "text/html", "application/ld+json"),
        (format!("/demarche/id/{name}"), "text/turtle", "text/turtle"),
        (format!("/resource?iri={encoded}"), "text/turtle", "text/turtle"),
    ];
    for (target, accept, media) in cases {
        let reply = server.get_as(&target, accept);
        assert_eq!((reply.status, reply.media()), (200, media), "{target} as {accept}: {reply:?}");
    }
    let triples = server.get(&format!("/id/{name}.nt"));
    assert!(
        triples.text().contains(&format!("<{iri}> <http://www.w3.org/2000/01/rdf-schema#label>")),
        "{}",
        triples.text()
    );
    // A page is not the person.
    let page = server.get_as(&format!("/id/{name}"), "text/html,*/*;q=0.8");
    assert_eq!((page.status, page.header("location"), page.header("vary")), (303, &*format!("/{name}"), "accept"));
    for nothing in ["/id/person/nobody", "/resource?iri=urn%3Anothing", "/demarche/id/person/nobody", "/demarche"] {
        assert_eq!(server.get(nothing).status, 404, "{nothing}");
    }
    assert_eq!(server.get("/resource").status, 400);
    assert_eq!(server.get_as(&format!("/id/{name}"), "image/png").status, 406);
    // Of an article its own graph is told too.
    let articles =
        server.get_as(&format!("/query?query={}", super::server::encoded("SELECT ?a { ?a a dm:Article }")), "text/csv");
    let article = articles.text().lines().nth(1).unwrap().replace("https://w3id.org/demarche", "");
    assert!(server.get(&article).text().contains("nif:beginIndex"));
}

#[test]
fn the_diagram_is_drawn() {
    let (desk, server) = served(&[]);
    // The same nodes and lines as in the diagram that is drawn without a server, from the records; its notes tell more.
    let drawn = |dot: &str| {
        let without_notes = |line: &str| line.split("tooltip=").next().unwrap_or_default().to_owned();
        dot.lines().filter(|line| line.contains("label=") || line.contains("->")).map(without_notes).collect::<Vec<_>>()
    };
    desk.output(&["export", "--store", "kg", "-o", "graph.dot"]);
    let lines = drawn(server.get("/export/graph.dot").text());
    assert!(lines.len() > 5 && lines == drawn(&desk.read("graph.dot")), "{lines:#?}");
    let svg = server.get("/export/graph.svg");
    assert_eq!((svg.status, svg.media()), (200, "image/svg+xml"));
    assert!(svg.text().starts_with("<svg") || svg.text().starts_with("<?xml"), "{}", svg.text());
    assert!(server.get("/export/graph.dot?statements").text().starts_with("digraph"));
    for (wrong, status) in [("graph.gif", 404), ("graph.svg?about=Nobody%20Here", 400), ("graph.svg?colour=red", 400)] {
        assert_eq!(server.get(&format!("/export/{wrong}")).status, status, "{wrong}");
    }
}

#[test]
fn the_operator_is_told_how_it_goes() {
    let (_desk, server) = served(&[]);
    assert_eq!(server.get("/healthz").text(), "ok\n");
    let version: serde_json::Value = serde_json::from_slice(&server.get("/version").body).unwrap();
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    server.query("ASK {}");
    let metrics = server.get("/metrics");
    assert_eq!(metrics.media(), "application/openmetrics-text");
    for expected in [
        r#"demarche_http_requests_total{route="/query",method="POST",status="200"} 1"#.to_owned(),
        "demarche_work_seconds_count 1".to_owned(),
        format!("demarche_quads {}", version["quads"]),
        "demarche_graphs_loaded_total 1".to_owned(),
    ] {
        assert!(metrics.text().contains(&expected), "{expected} in {}", metrics.text());
    }
}

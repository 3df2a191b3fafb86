//! The SPARQL 1.1 Protocol, after the cases of the W3C's test suite (`data-sparql11/protocol`). Its cases of updates all end in
//! the same refusal here.

use super::served;
use super::server::{Reply, Server, encoded};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";
const DIRECT: &str = "Content-Type: application/sparql-query";

/// The IRIs of the graphs of two articles.
fn article_graphs(server: &Server) -> [String; 2] {
    let query = "SELECT DISTINCT ?g { ?g a dm:Article } ORDER BY ?g";
    let csv = server.ask("POST /query", &[DIRECT, "Accept: text/csv"], query);
    let mut graphs = csv.text().lines().skip(1).map(str::to_owned);
    [graphs.next().unwrap(), graphs.next().unwrap()]
}

#[test]
fn queries_are_taken_in_every_way_that_the_protocol_has() {
    let (_desk, server) = served(&[]);
    let [one, two] = article_graphs(&server);
    let ask = |text: &str| encoded(text);
    let any = ask("ASK {}");
    let in_default = ask("ASK { ?s a nif:RFC5147String }");
    let in_both = encoded(&format!("ASK {{ GRAPH <{one}> {{ ?s ?p ?o }} GRAPH <{two}> {{ ?a ?b ?c }} }}"));
    let from = encoded(&format!("ASK FROM <{two}> {{ <{one}#char=0,0> ?p ?o }}"));
    let mentions = |graph: &str| encoded(&format!("ASK {{ ?s a dm:Mention FILTER(STRSTARTS(STR(?s), \"{graph}\")) }}"));
    let (of_one, of_two) = (mentions(&one), mentions(&two));
    let (one, two) = (encoded(&one), encoded(&two));
    // Name of the case, first line, headers, body, what the ASK answers.
    let cases: &[(&str, String, &[&str], String, bool)] = &[
        ("query_get", format!("GET /query?query={any}"), &[], String::new(), true),
        ("query_post_form", "POST /query".into(), &[FORM], format!("query={any}"), true),
        ("query_post_direct", "POST /query".into(), &[DIRECT], "ASK {}".into(), true),
        (
            "query_post_direct with a charset",
            "POST /query".into(),
            &["Content-Type: application/sparql-query; charset=UTF-8"],
            "ASK {}".into(),
            true,
        ),
        ("query_dataset_default_graph (none)", format!("GET /query?query={of_one}"), &[], String::new(), false),
        (
            "query_dataset_default_graph",
            format!("GET /query?query={of_one}&default-graph-uri={one}"),
            &[],
            String::new(),
            true,
        ),
        (
            "query_dataset_default_graph (another)",
            format!("GET /query?query={of_one}&default-graph-uri={two}"),
            &[],
            String::new(),
            false,
        ),
        (
            "query_dataset_default_graphs_get",
            format!("GET /query?query={of_two}&default-graph-uri={one}&default-graph-uri={two}"),
            &[],
            String::new(),
            true,
        ),
        (
            "query_dataset_default_graphs_post",
            format!("POST /query?default-graph-uri={one}&default-graph-uri={two}"),
            &[DIRECT],
            "ASK { ?s a dm:Mention }".into(),
            true,
        ),
        (
            "query_dataset_default_graphs_form",
            "POST /query".into(),
            &[FORM],
            format!("query={of_two}&default-graph-uri={one}&default-graph-uri={two}"),
            true,
        ),
        (
            "query_dataset_named_graphs_get",
            format!("GET /query?query={in_both}&named-graph-uri={one}&named-graph-uri={two}"),
            &[],
            String::new(),
            true,
        ),
        (
            "query_dataset_named_graphs_get (one only)",
            format!("GET /query?query={in_both}&named-graph-uri={one}"),
            &[],
            String::new(),
            false,
        ),
        (
            "query_dataset_named_graphs_post",
            format!("POST /query?named-graph-uri={one}&named-graph-uri={two}"),
            &[FORM],
            format!("query={in_both}"),
            true,
        ),
        (
            "query_dataset_full",
            format!("GET /query?query={of_one}&default-graph-uri={one}&named-graph-uri={two}"),
            &[],
            String::new(),
            true,
        ),
        (
            "query_multiple_dataset",
            format!("GET /query?query={from}&default-graph-uri={one}"),
            &[],
            String::new(),
            false,
        ),
        ("no dataset: the default graph", format!("GET /query?query={in_default}"), &[], String::new(), false),
        ("the other name of the endpoint", format!("GET /sparql?query={any}"), &[], String::new(), true),
    ];
    for (name, request, headers, body, expected) in cases {
        let reply = server.ask(request, headers, body);
        assert_eq!((reply.status, reply.media()), (200, "application/sparql-results+json"), "{name}: {reply:?}");
        let answer: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(answer["boolean"], *expected, "{name}");
    }
}

#[test]
fn what_is_no_query_is_refused_with_the_status_that_says_why() {
    let (_desk, server) = served(&[]);
    let utf16: Vec<u8> = "ASK {}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Name of the case, first line, headers, body, status.
    type Case<'a> = (&'a str, &'a str, &'a [&'a str], &'a [u8], u16);
    let cases: &[Case] = &[
        ("bad_query_method", "PUT /query?query=ASK%20%7B%7D", &[], b"", 405),
        ("bad_query_method (delete)", "DELETE /query?query=ASK%20%7B%7D", &[], b"", 405),
        ("bad_multiple_queries", "GET /query?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", &[], b"", 400),
        ("bad_multiple_queries (direct)", "POST /query?query=ASK%20%7B%7D", &[DIRECT], b"ASK {}", 400),
        ("bad_query_wrong_media_type", "POST /query", &["Content-Type: text/plain"], b"ASK {}", 415),
        ("bad_query_missing_form_type", "POST /query", &[], b"query=ASK%20%7B%7D", 415),
        ("bad_query_missing_direct_type", "POST /query", &[], b"ASK {}", 415),
        (
            "bad_query_non_utf8 (said)",
            "POST /query",
            &["Content-Type: application/sparql-query; charset=UTF-16"],
            &utf16,
            415,
        ),
        ("bad_query_non_utf8", "POST /query", &[DIRECT], b"ASK { ?s ?p \"\xff\" }", 400),
        ("bad_query_syntax", "GET /query?query=ASK%20%7B", &[], b"", 400),
        ("a graph that is no IRI", "GET /query?query=ASK%20%7B%7D&default-graph-uri=nowhere", &[], b"", 400),
        ("a form without a query", "POST /query", &[FORM], b"something=else", 400),
        ("update_post_form", "POST /update", &[FORM], b"update=CLEAR%20ALL", 403),
        ("update_post_direct", "POST /update", &["Content-Type: application/sparql-update"], b"CLEAR ALL", 403),
        ("bad_update_get", "GET /update?update=CLEAR%20ALL", &[], b"", 403),
        (
            "an update sent to the query endpoint",
            "POST /query",
            &["Content-Type: application/sparql-update"],
            b"CLEAR ALL",
            403,
        ),
        ("an update in place of a query", "POST /query", &[DIRECT], b"INSERT DATA { <a:a> <a:a> <a:a> }", 400),
        ("LOAD in place of a query", "POST /query", &[DIRECT], b"LOAD <http://127.0.0.1:1/>", 400),
        ("another server", "POST /query", &[DIRECT], b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("a function that nobody knows", "POST /query", &[DIRECT], b"SELECT (<urn:f>(1) AS ?x) {}", 400),
    ];
    for (name, request, headers, body, status) in cases {
        let reply = server.ask(request, headers, body);
        assert_eq!(reply.status, *status, "{name}: {reply:?}");
        // The reason is a sentence for people, or the server has nothing to add to the status.
        assert!(reply.body.is_empty() || reply.media() == "text/plain", "{name}: {reply:?}");
        assert!(*status == 405 || !reply.body.is_empty(), "{name}");
    }
}

#[test]
fn the_format_is_the_one_that_the_client_wants() {
    let (_desk, server) = served(&[]);
    let select = "SELECT * { ?s dm:met ?o }";
    let construct = "CONSTRUCT { ?s dm:met ?o } { ?s dm:met ?o }";
    let describe = "DESCRIBE ?s { ?s dm:met ?o }";
    let cases = [
        ("query_content_type_select", select, "*/*", 200, "application/sparql-results+json"),
        ("query_content_type_ask", "ASK {}", "application/sparql-results+xml", 200, "application/sparql-results+xml"),
        ("query_content_type_describe", describe, "*/*", 200, "text/turtle"),
        ("query_content_type_construct", construct, "application/rdf+xml", 200, "application/rdf+xml"),
        ("JSON by its plain name", select, "application/json", 200, "application/sparql-results+json"),
        ("CSV", select, "text/csv", 200, "text/csv"),
        ("TSV", select, "text/tab-separated-values", 200, "text/tab-separated-values"),
        (
            "by weight",
            select,
            "text/csv;q=0.1, application/sparql-results+xml;q=0.2",
            200,
            "application/sparql-results+xml",
        ),
        ("not what weighs nothing", select, "text/csv;q=0, text/*", 200, "text/tab-separated-values"),
        ("N-Triples", construct, "application/n-triples", 200, "application/n-triples"),
        ("N-Quads", construct, "application/n-quads", 200, "application/n-quads"),
        ("TriG", construct, "application/trig", 200, "application/trig"),
        ("JSON-LD", construct, "application/ld+json", 200, "application/ld+json"),
        (
            "as rdflib asks",
            construct,
            "application/rdf+xml, application/ld+json;q=0.9, */*;q=0.1",
            200,
            "application/rdf+xml",
        ),
        ("rows are no Turtle", select, "text/turtle", 406, "text/plain"),
        ("triples are no CSV", construct, "text/csv", 406, "text/plain"),
        ("nothing is a picture", select, "image/png", 406, "text/plain"),
    ];
    for (name, query, accept, status, media) in cases {
        let accept = format!("Accept: {accept}");
        for (request, headers, body) in [
            ("POST /query".to_owned(), vec![DIRECT, &accept], query.to_owned()),
            (format!("GET /query?query={}", encoded(query)), vec![&*accept], String::new()),
        ] {
            let reply = server.ask(&request, &headers, body);
            assert_eq!((reply.status, reply.media()), (status, media), "{name}: {reply:?}");
        }
    }
    // People want the editor, with the query that they were sent.
    let page = server.get_as("/query?query=ASK%20%7B%7D", "text/html,application/xhtml+xml,*/*;q=0.8");
    assert_eq!((page.status, page.header("location")), (303, "/editor?query=ASK%20%7B%7D"));
}

#[test]
fn without_a_query_the_endpoint_describes_itself() {
    let (_desk, server) = served(&[]);
    let reply = server.get("/query");
    assert_eq!((reply.status, reply.media()), (200, "text/turtle"));
    let description = reply.text();
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    for expected in [format!("{sd}Service"), format!("{sd}SPARQL11Query"), format!("<http://{}/query>", server.address)]
    {
        assert!(description.contains(&expected), "{expected} in {description}");
    }
    assert_eq!(server.get_as("/query", "application/rdf+xml").media(), "application/rdf+xml");
    assert_eq!(server.get_as("/query", "text/csv").status, 406);
}

#[test]
fn an_answer_is_sent_again_only_when_the_graph_is_another() {
    let (_desk, server) = served(&[]);
    let target = format!("GET /query?query={}", encoded("SELECT * { ?s dm:met ?o }"));
    let first = server.ask(&target, &[], "");
    let tag = format!("If-None-Match: {}", first.header("etag"));
    let again = server.ask(&target, &[&tag], "");
    assert_eq!((again.status, again.body.len()), (304, 0), "{again:?}");
    assert_eq!(again.header("etag"), first.header("etag"));
    // Another format is another answer.
    assert_eq!(server.ask(&target, &[&tag, "Accept: text/csv"], "").status, 200);
    // What differs each time has no tag.
    let random = server.get(&format!("/query?query={}", encoded("SELECT (RAND() AS ?x) {}")));
    assert_eq!((random.header("etag"), random.header("cache-control")), ("", "no-store"));
}

#[test]
fn answers_are_compressed_for_who_can_read_that() {
    let (_desk, server) = served(&[]);
    let plain = server.get("/store?default");
    let reply = server.ask("GET /store?default", &["Accept-Encoding: gzip"], "");
    assert_eq!((reply.status, reply.header("content-encoding")), (200, "gzip"));
    assert!(reply.body.len() < plain.body.len() / 2, "{} of {}", reply.body.len(), plain.body.len());
    let Reply { status, body, .. } = server.ask("HEAD /store?default", &[], "");
    assert_eq!((status, body.len()), (200, 0));
}

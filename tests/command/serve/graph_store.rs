//! The SPARQL 1.1 Graph Store HTTP Protocol, after the cases of the W3C's test suite (`data-sparql11/http-rdf-update`).

use super::served;
use super::server::encoded;

#[test]
fn graphs_are_read() {
    let (_desk, server) = served(&[]);
    let csv = server.ask(
        "POST /query",
        &["Content-Type: application/sparql-query", "Accept: text/csv"],
        "SELECT ?g { ?g a dm:Article }",
    );
    let article = encoded(csv.text().lines().nth(1).unwrap());
    let cases = [
        ("get_of_the_default_graph", "GET /store?default".to_owned(), 200),
        ("get_of_put__default_graph (head)", "HEAD /store?default".to_owned(), 200),
        ("get_of_an_existing_graph", format!("GET /store?graph={article}"), 200),
        ("head_on_an_existing_graph", format!("HEAD /store?graph={article}"), 200),
        ("get_of_a_graph_that_is_not_there", "GET /store?graph=urn%3Anowhere".to_owned(), 404),
        ("head_on_a_nonexistent_graph", "HEAD /store?graph=urn%3Anowhere".to_owned(), 404),
        ("a graph named by the address itself", "GET /store/nowhere.ttl".to_owned(), 404),
        ("a graph named from the address", "GET /store?graph=nowhere.ttl".to_owned(), 404),
        ("no graph", "GET /store".to_owned(), 400),
        ("two graphs", format!("GET /store?default&graph={article}"), 400),
        ("no IRI", "GET /store?graph=http%3A%2F%2Fa%20b%2F".to_owned(), 400),
        ("another method", "PATCH /store?default".to_owned(), 405),
    ];
    for (name, request, status) in cases {
        let reply = server.ask(&request, &["Accept: application/n-triples"], "");
        assert_eq!(reply.status, status, "{name}: {reply:?}");
        assert_eq!(reply.status == 200, reply.media() == "application/n-triples", "{name}");
    }
    assert_eq!(server.get_as("/store?default", "text/csv").status, 406);
    // The default graph holds what all articles say, an article's graph its mentions.
    let [all, one] = [format!("/store?graph={article}"), "/store?default".to_owned()].map(|graph| server.get(&graph));
    assert!(all.text().contains("nif:beginIndex") && !one.text().contains("nif:beginIndex"));
}

#[test]
fn nothing_is_written_where_nothing_may_be() {
    let (_desk, server) = served(&[]);
    for request in ["PUT /store?default", "POST /store?default", "DELETE /store?default", "PUT /store/mine"] {
        let reply = server.ask(request, &["Content-Type: text/turtle"], "<a:a> <a:a> <a:a> .");
        assert_eq!(reply.status, 403, "{request}: {reply:?}");
        assert!(reply.text().contains("--allow-update"), "{}", reply.text());
    }
}

pub(super) const TOKEN: &str = "Authorization: Bearer correct horse battery staple";
const TURTLE: &str = "Content-Type: text/turtle";

/// A server that takes what bears the token.
pub(super) fn writable() -> (crate::Desk, crate::Desk, super::Server) {
    let secret = crate::Desk::new();
    secret.write("token.txt", "correct horse battery staple\n");
    let token_file = secret.path("token.txt").display().to_string();
    let (desk, server) = served(&["--allow-update", "--token-file", &token_file]);
    (secret, desk, server)
}

#[test]
fn only_who_bears_the_token_writes_and_never_what_follows_from_articles() {
    let (_secret, _desk, server) = writable();
    for wrong in ["Authorization: Bearer correct horse", "Authorization: Basic correct horse battery staple", "X: y"] {
        let reply = server.ask("PUT /store/mine", &[wrong, TURTLE], "<a:a> <a:a> <a:a> .");
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer"), "{wrong}");
    }
    let decisions = "/store?graph=https%3A%2F%2Fw3id.org%2Fdemarche%2Fid%2Fgraph%2Fdecisions";
    for graph in ["/store?default", decisions] {
        for method in ["PUT", "POST", "DELETE"] {
            let reply = server.ask(&format!("{method} {graph}"), &[TOKEN, TURTLE], "<a:a> <a:a> <a:a> .");
            assert_eq!(reply.status, 403, "{method} {graph}: {reply:?}");
            assert!(reply.text().contains("follows from the articles"), "{}", reply.text());
        }
    }
}

#[test]
fn graphs_beside_the_articles_are_put_added_to_and_deleted() {
    let (_secret, desk, server) = writable();
    let name = "/store?graph=urn%3Ax%3Abackground";
    let ask = |request: &str, headers: &[&str], body: &str| {
        let headers: Vec<&str> = headers.iter().copied().chain([TOKEN]).collect();
        let reply = server.ask(request, &headers, body);
        (reply.status, reply.text().to_owned())
    };
    let triples = || {
        let mut lines: Vec<String> =
            server.get_as(name, "application/n-triples").text().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let before = server.get_as("/store?default", "application/n-triples").text().to_owned();
    let cases = [
        ("put__initial_state", format!("PUT {name}"), TURTLE, "<a:a> <a:b> <a:c> .", 201),
        ("put__graph_already_in_store", format!("PUT {name}"), TURTLE, "<a:a> <a:b> <a:d> .", 204),
        (
            "post__existing_graph",
            format!("POST {name}"),
            "Content-Type: application/n-triples",
            "<a:a> <a:b> <a:e> .",
            204,
        ),
        ("put__mismatched_payload", format!("PUT {name}"), "Content-Type: application/rdf+xml", "<a:a> <a:b> .", 400),
        ("another format", format!("PUT {name}"), "Content-Type: text/html", "<p>", 415),
        ("no IRI", "PUT /store?graph=http%3A%2F%2Fa%20b%2F".to_owned(), TURTLE, "<a:a> <a:b> <a:c> .", 400),
        ("delete__nonexistent_graph", "DELETE /store?graph=urn%3Anowhere".to_owned(), TURTLE, "", 404),
    ];
    for (case, request, media, body, status) in cases {
        let (found, text) = ask(&request, &[media], body);
        assert_eq!(found, status, "{case}: {text}");
    }
    // What was refused changed nothing; what was put is kept in the store, and a build leaves it there.
    assert_eq!(triples(), ["<a:a> <a:b> <a:d> .", "<a:a> <a:b> <a:e> ."]);
    assert_eq!(desk.output(&["load", "--list", "--store", "kg"]), "urn:x:background\t2\tsent over HTTP\n");
    assert_eq!(server.get_as("/store?default", "application/n-triples").text(), before);
    assert_eq!(ask(&format!("DELETE {name}"), &[], "").0, 204);
    assert_eq!(server.get(name).status, 404);
}

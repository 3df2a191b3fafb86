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

#[test]
fn who_bears_the_token_is_told_that_graphs_follow_from_articles() {
    let desk = crate::Desk::new();
    desk.write("token.txt", "correct horse battery staple\n");
    let token_file = desk.path("token.txt").display().to_string();
    let (_desk, server) = served(&["--allow-update", "--token-file", &token_file]);
    let put = |headers: &[&str]| server.ask("PUT /store?default", headers, "<a:a> <a:a> <a:a> .");
    for wrong in ["Authorization: Bearer correct horse", "Authorization: Basic correct horse battery staple", "X: y"] {
        let reply = put(&[wrong]);
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer"), "{wrong}");
    }
    let reply = put(&["Authorization: Bearer correct horse battery staple"]);
    assert_eq!(reply.status, 403, "the default graph follows from the articles: {reply:?}");
}

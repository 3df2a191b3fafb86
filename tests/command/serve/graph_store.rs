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

#[test]
fn a_graph_that_is_empty_is_there() {
    let (_secret, _desk, server) = writable();
    let name = "/store?graph=urn%3Ax%3Anothing";
    // Name of the case, method, body, status, and what a GET then gives.
    let cases = [
        ("put__empty_graph", "PUT", "", 201, 0),
        ("post__empty_graph__noop", "POST", "", 204, 0),
        ("put__replace_empty_graph", "PUT", "<a:a> <a:b> <a:c> .", 204, 1),
        ("post__empty_graph_to_existing_graph", "POST", "", 204, 1),
        ("put__empty_graph__again", "PUT", "", 204, 0),
    ];
    for (case, method, body, status, triples) in cases {
        let reply = server.ask(&format!("{method} {name}"), &[TOKEN, TURTLE], body);
        assert_eq!(reply.status, status, "{case}: {reply:?}");
        let found = server.get_as(name, "application/n-triples");
        assert_eq!((found.status, found.text().lines().count()), (200, triples), "{case}: {found:?}");
        assert_eq!(server.ask(&format!("HEAD {name}"), &[], "").status, 200, "{case}");
    }
    assert_eq!(server.ask(&format!("DELETE {name}"), &[TOKEN], "").status, 204);
    assert_eq!(server.get(name).status, 404);
}

#[test]
fn who_posts_without_a_name_is_told_the_name_that_the_graph_got() {
    let (_secret, _desk, server) = writable();
    let created = server.ask("POST /store", &[TOKEN, TURTLE], "<a:a> <a:b> <> .");
    assert_eq!(created.status, 201, "post__create__new_graph: {created:?}");
    let location = created.header("location");
    let path = location.strip_prefix(&format!("http://{}", server.address)).unwrap();
    let found = server.get_as(path, "application/n-triples");
    assert_eq!((found.status, found.text()), (200, &*format!("<a:a> <a:b> <{location}> .\n")));
    let again = server.ask("POST /store", &[TOKEN, TURTLE], "<a:a> <a:b> <> .");
    assert_eq!((again.status, again.header("location")), (204, location), "the same is not made twice");
    assert_eq!(server.ask("POST /store", &[TURTLE], "<a:a> <a:b> <> .").status, 401);
    assert_eq!(server.ask("PUT /store", &[TOKEN, TURTLE], "<a:a> <a:b> <> .").status, 400);
}

#[test]
fn documents_come_together_in_a_form() {
    let (_secret, _desk, server) = writable();
    let name = "/store?graph=urn%3Ax%3Aform";
    let form = |parts: &[(&str, &str)]| {
        let part = |(head, body): &(&str, &str)| {
            format!("--mark\r\nContent-Disposition: form-data; name=\"f\"{head}\r\n\r\n{body}\r\n")
        };
        parts.iter().map(part).chain(["--mark--\r\n".to_owned()]).collect::<String>()
    };
    let media = "Content-Type: multipart/form-data; boundary=mark";
    let turtle = ("; filename=\"a.ttl\"\r\nContent-Type: text/turtle; charset=utf-8", "<a:a> <a:b> <a:c> .");
    // As curl sends files whose format it does not know.
    let by_name = ("; filename=\"b.nt\"\r\nContent-Type: application/octet-stream", "<a:a> <a:b> <a:d> .");
    let broken = ("; filename=\"c.ttl\"\r\nContent-Type: text/turtle", "<a:a> <a:b> .");
    let picture = ("; filename=\"d.png\"\r\nContent-Type: image/png", "PNG");
    let cases: [(&str, &[_], u16); 4] = [
        ("post__multipart_formdata", &[turtle, by_name], 201),
        ("one of them broken", &[by_name, broken], 400),
        ("one of them no RDF", &[turtle, picture], 415),
        ("once more", &[turtle], 204),
    ];
    for (case, parts, status) in cases {
        let reply = server.ask(&format!("POST {name}"), &[TOKEN, media], form(parts));
        assert_eq!(reply.status, status, "{case}: {reply:?}");
    }
    let half = server.ask(&format!("POST {name}"), &[TOKEN, media], "--mark\r\nContent-Disposition: form-data");
    assert_eq!(half.status, 400, "a form that is broken off: {half:?}");
    let found = server.get_as(name, "application/n-triples");
    let mut lines: Vec<&str> = found.text().lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["<a:a> <a:b> <a:c> .", "<a:a> <a:b> <a:d> ."]);
}

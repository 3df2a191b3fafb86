//! Who may ask, how much, and what browsers are told.

use super::served;
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn a_page_that_takes_our_address_for_its_own_learns_nothing() {
    let (_desk, server) = served(&["--host", "kg.example"]);
    for (host, status) in
        [("localhost", 200), ("127.0.0.1:80", 200), ("kg.example", 200), ("evil.example", 421), ("", 421)]
    {
        let reply = server.ask("GET /store?default", &[&format!("Host: {host}")], "");
        assert_eq!(reply.status, status, "{host}");
    }
}

#[test]
fn pages_of_other_servers_ask_only_where_they_are_let() {
    let (_desk, server) = served(&["--cors", "https://friend.example"]);
    let allowed = |origin: &str| {
        let reply = server.ask("GET /query?query=ASK%20%7B%7D", &[&format!("Origin: {origin}")], "");
        reply.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed("https://friend.example"), "https://friend.example");
    assert_eq!(allowed("https://evil.example"), "");
    let preflight = server.ask(
        "OPTIONS /query",
        &[
            "Origin: https://friend.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: content-type",
        ],
        "",
    );
    assert_eq!(preflight.status, 200);
    assert!(preflight.header("access-control-allow-methods").contains("POST"), "{preflight:?}");

    let (_desk, closed) = served(&[]);
    let reply = closed.ask("GET /query?query=ASK%20%7B%7D", &["Origin: https://friend.example"], "");
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

#[test]
fn browsers_are_told_to_be_strict() {
    let (_desk, server) = served(&[]);
    for target in ["/query", "/id/person/nobody", "/nowhere", "/export/graph.svg"] {
        let reply = server.get(target);
        assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{target}: {reply:?}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{target}");
    }
}

#[test]
fn what_is_too_large_or_no_http_is_refused() {
    let (_desk, server) = served(&[]);
    let large = format!("ASK {{}} # {}", "x".repeat(17 << 20));
    let reply = server.ask("POST /query", &["Content-Type: application/sparql-query"], &large);
    assert_eq!(reply.status, 413);
    assert!(reply.text().ends_with("bytes; at most 16777216 are read\n"), "{reply:?}");

    let mut connection = TcpStream::connect(server.address).unwrap();
    connection.write_all(b"\x16\x03\x01 this is no request\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    assert!(String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 400"), "{answer:?}");
    assert_eq!(server.get("/healthz").text(), "ok\n");
}

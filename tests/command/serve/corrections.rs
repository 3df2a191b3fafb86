//! Corrections over HTTP.

use super::graph_store::{TOKEN, writable};
use super::lifetime::{children, until};
use super::server::Server;

/// Has somebody called otherwise, and waits until the answers do so.
fn rename(server: &Server, thing: &str, name: &str) {
    let body = serde_json::json!({ "action": "rename", "thing": thing, "name": name }).to_string();
    let reply = server.ask("POST /api/corrections", &[TOKEN, "Content-Type: application/json"], body);
    let taken: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
    let is_named = || server.get("/api/people").text().contains(name);
    match (reply.status, &taken["served"]) {
        (200, serde_json::Value::Bool(true)) => assert!(is_named(), "{name}"),
        // A machine with much to do.
        (202, serde_json::Value::Bool(false)) => until(name, is_named),
        _ => panic!("{reply:?}"),
    }
}

/// The keys of the people.
fn people(server: &Server) -> Vec<String> {
    let people: serde_json::Value = serde_json::from_slice(&server.get("/api/people").body).unwrap();
    people["items"].as_array().unwrap().iter().map(|person| person["key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn who_sets_something_right_sees_it_in_the_answers() {
    let (_secret, desk, server) = writable();
    let [engine] = children(server.id())[..] else { panic!("there is one engine") };
    let people = people(&server);
    rename(&server, &people[0], "Somebody Else");
    assert!(server.query("ASK { ?person rdfs:label \"Somebody Else\"@en }").text().contains("true"));
    // Two at once wait for each other.
    std::thread::scope(|scope| {
        scope.spawn(|| rename(&server, &people[1], "The Second"));
        scope.spawn(|| rename(&server, &people[2], "The Third"));
    });
    let is_current = || server.get("/api/status").text().contains("\"current\":true");
    until("the answers follow all of it", is_current);
    assert_eq!(server.get("/api").text(), server.get("/api/openapi.json").text());
    // What is served is what a server would load that starts now.
    let fresh = Server::start(&desk.path("kg").display().to_string(), &[]);
    for target in [
        "/api/people",
        "/api/bodies",
        "/api/meetings",
        "/api/statements",
        "/api/network",
        "/api/statistics",
        "/api/decisions",
        "/store?default",
    ] {
        let (reply, expected) = (server.get(target), fresh.get(target));
        assert_eq!((reply.status, reply.text()), (200, expected.text()), "{target}");
        assert_eq!(reply.header("etag"), expected.header("etag"), "{target}");
    }
    for name in ["Somebody Else", "The Second", "The Third"] {
        assert!(server.get("/api/people").text().contains(name), "{name}");
    }
    // The graph was not loaded again: the engine that serves it now is a fork of the first, and no child of the front.
    if cfg!(not(feature = "rocksdb")) {
        until("the first engine is gone", || !children(server.id()).contains(&engine));
        assert!(children(server.id()).is_empty());
    }
}

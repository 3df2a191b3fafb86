//! The clients of others ask our endpoint.
//!
//! A small program in `clients` asks for each: `CLIENT BASE`. Three times, in ways of its own (methods, formats), it counts those
//! who met, asks whether anybody met, and has them as triples; each time it prints `ROWS True TRIPLES`. Then it reads the
//! default graph by the Graph Store Protocol and prints how many triples it has.

#[path = "../command/serve/server.rs"]
#[allow(dead_code, reason = "the tests of the command ask more of it")]
mod server;

use crate::tools::Tool;
use server::Server;
use std::process::Command;

#[test]
fn clients_ask_the_endpoint() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("kg").display().to_string();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/sample");
    let built =
        Command::new(env!("CARGO_BIN_EXE_demarche")).args(["build", sample, "--store", &store]).output().unwrap();
    assert!(built.status.success(), "{built:?}");
    let server = Server::start(&store, &[]);
    let count = |query: &str| {
        let reply = server.ask("POST /query", &["Content-Type: application/sparql-query", "Accept: text/csv"], query);
        reply.text().lines().nth(1).unwrap().to_owned()
    };
    let met = count("SELECT (COUNT(*) AS ?n) { ?a dm:met ?b }");
    let all = count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
    let line = format!("{met} True {met}\n");
    let expected = format!("{}{all}\n", line.repeat(3));
    for client in [Tool::RDFLIB_CLIENT, Tool::SPARQLWRAPPER_CLIENT, Tool::COMUNICA_CLIENT, Tool::CURL_CLIENT] {
        let Some(mut command) = client.command() else { continue };
        let output = command.arg(format!("http://{}/", server.address)).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{}: {said}", client.name);
        println!(
            "{:<14} {met} rows, yes, {met} triples in three ways; {all} triples of the default graph",
            client.name
        );
    }
}

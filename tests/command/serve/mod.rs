//! `demarche serve`: the real server, asked over real connections.

mod access;
mod corrections;
mod graph_store;
mod hostile;
mod lifetime;
mod protocol;
mod server;
mod things;

use crate::Desk;
use server::Server;

/// A store of the two invented articles, and a server for it.
fn served(arguments: &[&str]) -> (Desk, Server) {
    let desk = Desk::new();
    desk.output(&["build", "bern.md", "lindholm.txt", "--store", "kg"]);
    let server = Server::start(&desk.path("kg").display().to_string(), arguments);
    (desk, server)
}

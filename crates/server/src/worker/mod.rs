//! A worker process: answers one request after the other until the front hangs up.

mod bounded;
mod graph;
mod picture;
mod query;

use crate::api::Api;
use crate::exchange::{Answer, Failed, Failure, Request, Served, read_frame, write_frame};
use demarche_graph::Store;
use std::os::unix::net::UnixStream;
use std::thread;

/// Bytes of stack for the work: a parser that descends into a query has to come back.
pub(crate) const STACK: usize = 64 << 20;

/// Works until the front hangs up, the worker has taken so many bytes of memory that a new one is better, or it is seen to have
/// no store; gives the code to exit with.
pub(crate) fn run(store: Result<&Store, &Failed>, api: &Api, front: &mut UnixStream, memory: u64) -> i32 {
    let before = pages_taken();
    while let Ok(Some((request, _))) = read_frame::<Request>(front) {
        let work = || store.map_err(Clone::clone).and_then(|store| answer(store, api, &request));
        let Some(answer) = on_a_large_stack(work) else { return 1 };
        let taken = pages_taken().saturating_sub(before) * rustix::param::page_size() as u64;
        let served = Served { answer, last: taken > memory / 2 || store.is_err() };
        let body = served.answer.as_ref().map_or(&[][..], |answer| &answer.body);
        if write_frame(front, &served, body).is_err() {
            return 1;
        }
        if served.last {
            return 0;
        }
    }
    0
}

fn answer(store: &Store, api: &Api, request: &Request) -> Result<Answer, Failed> {
    match request {
        Request::Query(query) => query::answer(store, query),
        Request::Graph { graph, format, bounds } => graph::whole(store, graph.as_deref(), *format, *bounds),
        Request::Thing { iri, format, bounds } => graph::description(store, iri, *format, *bounds),
        Request::Picture(picture) => picture::draw(store, api, picture),
        Request::Api(request) => api.answer(store, request),
    }
}

/// Our own fault.
fn broken(error: impl std::fmt::Display) -> Failed {
    Failed::new(Failure::Broken, error.to_string())
}

/// Does the work on a thread of its own; none if it panicked, which the panic has told on standard error by then.
fn on_a_large_stack(work: impl FnOnce() -> Result<Answer, Failed> + Send) -> Option<Result<Answer, Failed>> {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
        Ok(thread) => thread.join().ok(),
        Err(error) => Some(Err(Failed::new(Failure::OutOfMemory, format!("there is no memory to begin: {error}")))),
    })
}

/// Pages that this process was given in its life, be it new ones or copies of the engine's (field `minflt` of proc(5)).
/// Reading counts in the graph writes to it, so that a worker little by little copies what it has looked at.
fn pages_taken() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, which may hold anything, stands in parentheses.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().nth(7).and_then(|field| field.parse().ok()).unwrap_or(0)
}

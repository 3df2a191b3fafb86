//! A worker process: answers one request after the other until the front hangs up.

mod query;

use crate::api::Api;
use crate::exchange::{Answer, Failed, Failure, Request, read_frame, write_frame};
use demarche_graph::Store;
use std::os::unix::net::UnixStream;
use std::thread;

/// Bytes of stack for the work: a parser that descends into a query has to come back.
pub(crate) const STACK: usize = 64 << 20;

/// Works until the front hangs up; gives the code to exit with.
pub(crate) fn run(store: &Store, api: &Api, front: &mut UnixStream) -> i32 {
    while let Ok(Some((request, _))) = read_frame::<Request>(front) {
        let Some(answer) = on_a_large_stack(|| answer(store, api, &request)) else { return 1 };
        let body = answer.as_ref().map_or(&[][..], |answer| &answer.body);
        if write_frame(front, &answer, body).is_err() {
            return 1;
        }
    }
    0
}

fn answer(store: &Store, api: &Api, request: &Request) -> Result<Answer, Failed> {
    match request {
        Request::Query(query) => query::answer(store, query),
        Request::Api(request) => api.answer(store, request),
    }
}

/// Does the work on a thread of its own; none if it panicked, which the panic has told on standard error by then.
fn on_a_large_stack(work: impl FnOnce() -> Result<Answer, Failed> + Send) -> Option<Result<Answer, Failed>> {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
        Ok(thread) => thread.join().ok(),
        Err(error) => Some(Err(Failed::new(Failure::OutOfMemory, format!("there is no memory to begin: {error}")))),
    })
}

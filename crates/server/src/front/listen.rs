//! Connections: how many, for how long, and how they end.

use super::Front;
use crate::ServerError;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

/// Connections at a time; more wait to be accepted.
const CONNECTIONS: usize = 1024;

/// How long a client may take to send the head of a request, or to be silent between two requests.
const HEAD: Duration = Duration::from_secs(30);

/// How long a client may take nothing of what it is sent.
const STALLED: Duration = Duration::from_secs(30);

/// Accepts connections until the process is told to end, and then answers what has been asked.
pub(super) async fn listen(listener: TcpListener, router: Router, front: Arc<Front>) -> Result<(), ServerError> {
    let mut signals = Signals::new().map_err(ServerError::doing("listening to signals"))?;
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let permit = room.clone().acquire_owned().await.expect("the semaphore is never closed");
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = signals.end() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(_) => {
                // Out of file descriptors, most often: some will be free soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let connection = graceful.watch(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_headers(100)
                .serve_connection(TokioIo::new(patient(stream)), TowerToHyperService::new(router.clone())),
        );
        tokio::spawn(async move {
            // What is wrong with a connection is its client's to know.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    // Whoever waits and is worked on gets an answer; who only holds a connection open does not hold us up, nor does who
    // asks us a second time to end.
    let longest = front.settings.timeout * 2 + Duration::from_secs(1);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(longest) => {}
        () = signals.end() => {}
    }
    Ok(())
}

/// A stream that gives up on a client who does not take what it asked for.
fn patient(stream: TcpStream) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    // Small answers go at once.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALLED));
    Box::pin(stream)
}

/// The signals that ask a process to end.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Comes back when one of them has come.
    async fn end(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

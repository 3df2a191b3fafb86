//! The front: HTTP on one side, workers on the other.

mod api;
mod engine;
mod failure;
mod health;
mod pool;
mod sparql;

use crate::{ServerError, Settings};
use axum::Router;
use axum::routing::get;
use engine::Engine;
use pool::Pool;
use std::sync::Arc;
use tokio::net::TcpListener;

/// What all routes share.
pub(crate) struct Front {
    pub settings: Settings,
    pub pool: Pool,
}

/// The front as the routes get it.
pub(crate) type Shared = axum::extract::State<Arc<Front>>;

/// Serves a store over HTTP until the process is told to end (SIGTERM, SIGINT). `ready` is called with the address once
/// requests are answered.
///
/// # Errors
/// When the address is taken, or the store cannot be loaded.
pub fn serve(settings: Settings, ready: impl FnOnce(std::net::SocketAddr)) -> Result<(), ServerError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServerError::doing("starting the threads"))?;
    runtime.block_on(run(settings, ready))
}

async fn run(settings: Settings, ready: impl FnOnce(std::net::SocketAddr)) -> Result<(), ServerError> {
    let unbound = |source| ServerError::Bind { address: settings.bind, source };
    let listener = TcpListener::bind(settings.bind).await.map_err(unbound)?;
    let address = listener.local_addr().map_err(ServerError::doing("asking for the address"))?;
    let front = Arc::new(Front { pool: Pool::new(&settings), settings });
    let engine = Engine::start(front.settings.engine.clone(), &front.settings.store).await?;
    front.pool.serve(engine).await?;
    ready(address);
    axum::serve(listener, router(front))
        .with_graceful_shutdown(told_to_end())
        .await
        .map_err(ServerError::doing("serving"))
}

fn router(front: Arc<Front>) -> Router {
    Router::new()
        .route("/query", get(sparql::get).post(sparql::post))
        .route("/healthz", get(health::health))
        .route("/version", get(health::version))
        .route("/api/{*path}", get(api::get))
        .with_state(front)
}

/// Comes back when the process is asked to end.
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        // Without a handler the signals do what they always do.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

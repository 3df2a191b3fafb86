//! The front: HTTP on one side, workers on the other.

mod access;
mod api;
mod caching;
mod changes;
mod corrections;
mod description;
mod engine;
mod export;
mod failure;
mod graph_store;
mod health;
mod listen;
mod metrics;
mod page;
mod pool;
mod room;
mod sparql;
mod things;
mod watch;

use crate::exchange::{Bounds, Failed, Request};
use crate::{ServerError, Settings};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};
use changes::Changes;
use metrics::Metrics;
use pool::Pool;
use room::{Held, Room};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

/// How long a client may take between two pieces of a request's body.
const BODY: Duration = Duration::from_secs(30);

/// What all routes share.
pub(crate) struct Front {
    pub settings: Settings,
    pub pool: Pool,
    pub metrics: Arc<Metrics>,
    pub room: Room,
    pub changes: Changes,
}

impl Front {
    /// Has a request worked on, and keeps room for the answer until it is sent.
    async fn work(&self, request: &Request) -> Result<Held, Failed> {
        self.room.hold(self.pool.work(request).await?)
    }

    /// How long an answer may be.
    pub fn bounds(&self) -> Bounds {
        Bounds { rows: self.settings.max_rows, bytes: self.settings.max_answer }
    }
}

/// The front as the routes get it.
pub(crate) type Shared = axum::extract::State<Arc<Front>>;

/// Serves a store over HTTP until the process is told to end (SIGTERM, SIGINT). `ready` is called with the address once the
/// graph is loaded; until then requests are answered with 503.
///
/// # Errors
/// When the address is taken, or the store cannot be loaded.
pub fn serve(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServerError::doing("starting the threads"))?;
    let served = runtime.block_on(run(settings, ready));
    // What a client did not wait for, we do not wait for either.
    runtime.shutdown_background();
    served
}

async fn run(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let unbound = |source| ServerError::Bind { address: settings.bind, source };
    let listener = TcpListener::bind(settings.bind).await.map_err(unbound)?;
    let address = listener.local_addr().map_err(ServerError::doing("asking for the address"))?;
    let metrics = Arc::new(Metrics::new());
    let (pool, room) = (Pool::new(&settings, metrics.clone()), Room::new(settings.max_answer));
    let front = Arc::new(Front { pool, settings, metrics, room, changes: Changes::default() });
    let listening = tokio::spawn(listen::listen(listener, router(&front), front.clone()));
    tokio::pin!(listening);
    let looks = watch::Signature::of(&front.settings.store);
    tokio::select! {
        loaded = watch::load(&front) => loaded?,
        // Told to end before there was anything to serve.
        ended = &mut listening => return ended.unwrap_or(Ok(())),
    }
    ready(address);
    tokio::spawn(watch::keep_up(front, looks));
    listening.await.unwrap_or(Ok(()))
}

fn router(front: &Arc<Front>) -> Router {
    // A request waits for a worker and is worked on; more than that only its body can take.
    let longest = front.settings.timeout * 2 + BODY + Duration::from_secs(5);
    let router = Router::new()
        .route("/query", get(sparql::get).post(sparql::post))
        .route("/sparql", get(sparql::get).post(sparql::post))
        .route("/update", any(sparql::update))
        .route("/store", any(graph_store::indirect))
        .route("/store/{*name}", any(graph_store::direct))
        .route("/id/{*name}", get(things::named))
        .route("/resource", get(things::given))
        .route("/export/{name}", get(export::get))
        .route("/api", get(api::description))
        .route("/api/", get(api::description))
        .route("/api/status", get(corrections::status))
        .route("/api/corrections", post(corrections::post))
        .route("/api/{*path}", get(api::get))
        .route("/healthz", get(health::health))
        .route("/version", get(health::version))
        .route("/metrics", get(metrics::get))
        .fallback(page::get)
        .layer(DefaultBodyLimit::max(front.settings.max_body))
        .layer(RequestBodyTimeoutLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, longest))
        .layer(axum::middleware::from_fn_with_state(front.clone(), room::admit))
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(front.clone(), access::guard))
        .layer(axum::middleware::from_fn_with_state(front.clone(), metrics::count));
    access::cross_origin(&front.settings.cors)
        .map_or(router.clone(), |cors| router.layer(cors))
        .with_state(front.clone())
}

//! `/metrics`: figures for Prometheus.

use super::Shared;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// What is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    work: Histogram,
    ended: Family<Ended, Counter>,
    generations: Counter,
    quads: Gauge,
    busy: Gauge,
    waiting: Gauge,
}

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    reason: Reason,
}

/// Why a worker was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(crate) enum Reason {
    /// Its request took too long.
    OutOfTime,
    /// Its request took too much memory.
    OutOfMemory,
    /// It crashed.
    Crash,
    /// Who had asked went away.
    ClientGone,
    /// All went well, but it had grown.
    Memory,
}

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("demarche");
        let requests = Family::default();
        registry.register("http_requests", "Requests answered, by route, method and status", requests.clone());
        // From a millisecond to half a minute.
        let work = Histogram::new(exponential_buckets(0.001, 2.0, 16));
        let help = "Time that workers took for a request, waiting not counted";
        registry.register_with_unit("work", help, Unit::Seconds, work.clone());
        let ended = Family::default();
        registry.register("workers_ended", "Workers ended, by reason", ended.clone());
        let generations = Counter::default();
        registry.register(
            "graphs_loaded",
            "Graphs loaded since the start: one, and one for each change",
            generations.clone(),
        );
        let [quads, busy, waiting] = [Gauge::default(), Gauge::default(), Gauge::default()];
        registry.register("quads", "Quads of the graph", quads.clone());
        registry.register("requests_in_work", "Requests that are being worked on", busy.clone());
        registry.register("requests_waiting", "Requests that wait for a worker", waiting.clone());
        Self { registry, requests, work, ended, generations, quads, busy, waiting }
    }

    /// A graph is served from now on.
    pub fn generation(&self, quads: usize) {
        self.generations.inc();
        self.quads.set(i64::try_from(quads).unwrap_or(i64::MAX));
    }

    /// A worker worked on a request for so long.
    pub fn worked(&self, time: Duration) {
        self.work.observe(time.as_secs_f64());
    }

    /// A worker was ended.
    pub fn ended(&self, reason: Reason) {
        self.ended.get_or_create(&Ended { reason }).inc();
    }
}

/// Counts a request and its answer.
pub(super) async fn count(State(front): Shared, request: Request, next: Next) -> Response {
    // Not the path itself: there would be as many counters as things.
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS") => known,
        _ => "other",
    };
    let method = method.to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    front.metrics.requests.get_or_create(&Answered { route, method, status }).inc();
    response
}

/// The figures.
pub(super) async fn get(State(front): Shared) -> Response {
    let metrics = &front.metrics;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    metrics.busy.set(number(front.pool.busy()));
    metrics.waiting.set(number(front.pool.waiting()));
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => {
            let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, content_type)], text).into_response()
        }
        Err(error) => (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

//! The workers: who may have one, for how long, and what comes of those that fail.

use super::engine::{Engine, Forked, last_words};
use crate::exchange::{Answer, Failed, Failure, Limits, Request, receive_frame, send_frame};
use crate::{ServerError, Settings};
use std::io::PipeReader;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::net::UnixStream;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The workers of the graph that is served.
pub(crate) struct Pool {
    /// None until the first engine has loaded.
    current: RwLock<Option<Arc<Generation>>>,
    free: Semaphore,
    workers: usize,
    waiting: AtomicUsize,
    queue: usize,
    timeout: Duration,
    limits: Limits,
}

/// One graph with its engine and the workers that have nothing to do. It lives as long as anybody works on it.
pub(crate) struct Generation {
    engine: Engine,
    idle: Mutex<Vec<Worker>>,
}

impl Generation {
    /// What the graph was derived from.
    pub fn stamp(&self) -> &str {
        &self.engine.stamp
    }

    /// The base under which things are named.
    pub fn base(&self) -> &str {
        &self.engine.base
    }

    /// Number of quads.
    pub fn quads(&self) -> usize {
        self.engine.quads
    }

    fn take_idle(&self) -> Option<Worker> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

struct Worker {
    pid: i32,
    socket: UnixStream,
    stderr: PipeReader,
}

impl Pool {
    pub fn new(settings: &Settings) -> Self {
        Self {
            current: RwLock::new(None),
            free: Semaphore::new(settings.workers),
            workers: settings.workers,
            waiting: AtomicUsize::new(0),
            queue: settings.queue,
            timeout: settings.timeout,
            limits: Limits { memory: settings.memory },
        }
    }

    /// The graph that is served, if one is loaded.
    pub fn current(&self) -> Option<Arc<Generation>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Serves another graph from now on. What is being worked on is finished on the old one.
    pub async fn serve(&self, engine: Engine) -> Result<(), ServerError> {
        let generation = Generation { engine, idle: Mutex::new(Vec::new()) };
        for _ in 0..self.workers {
            let worker = self.fork(&generation).await.map_err(ServerError::doing("forking a worker"))?;
            generation.put_back(worker);
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(generation));
        Ok(())
    }

    /// Has a request worked on. Dropping the future stops the work.
    pub async fn work(&self, request: &Request, body: &[u8]) -> Result<Answer, Failed> {
        let loading = || Failed::new(Failure::Busy, "the store is still being loaded");
        self.current().ok_or_else(loading)?;
        let _place = self.place().await?;
        let generation = self.current().ok_or_else(loading)?;
        let worker = match generation.take_idle() {
            Some(worker) => worker,
            None => self
                .fork(&generation)
                .await
                .map_err(|error| Failed::new(Failure::Busy, format!("no worker could be started: {error}")))?,
        };
        let mut job = Job { generation, worker: Some(worker) };
        let exchanged = tokio::time::timeout(self.timeout, job.exchange(request, body)).await;
        match exchanged {
            Ok(Some(answer)) => {
                job.done();
                answer
            }
            Ok(None) => Err(job.autopsy().await),
            Err(_) => {
                let limit = self.timeout.as_secs_f64();
                let reason = format!("this took longer than {limit} s: ask for less (a narrower pattern, LIMIT)");
                Err(Failed::new(Failure::OutOfTime, reason))
            }
        }
    }

    /// Waits for the right to use a worker, unless too many wait already.
    async fn place(&self) -> Result<SemaphorePermit<'_>, Failed> {
        if let Ok(permit) = self.free.try_acquire() {
            return Ok(permit);
        }
        let busy = || Failed::new(Failure::Busy, "there is too much to do at the moment: try again soon");
        let _waiting = Waiting::join(&self.waiting, self.queue).ok_or_else(busy)?;
        match tokio::time::timeout(self.timeout, self.free.acquire()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(busy()),
        }
    }

    async fn fork(&self, generation: &Generation) -> std::io::Result<Worker> {
        let Forked { pid, socket, stderr } = generation.engine.fork(self.limits).await?;
        socket.set_nonblocking(true)?;
        Ok(Worker { pid, socket: UnixStream::from_std(socket)?, stderr })
    }
}

/// A place in the queue.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(count: &'a AtomicUsize, most: usize) -> Option<Self> {
        let place = Self(count);
        (count.fetch_add(1, Ordering::Relaxed) < most).then_some(place)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A worker at work. Where it is dropped before it has answered, the worker is killed.
struct Job {
    generation: Arc<Generation>,
    worker: Option<Worker>,
}

impl Job {
    /// Asks and waits for the answer; none where the worker went without one.
    async fn exchange(&mut self, request: &Request, body: &[u8]) -> Option<Result<Answer, Failed>> {
        let socket = &mut self.worker.as_mut()?.socket;
        send_frame(socket, request, body).await.ok()?;
        let (answer, body): (Result<Answer, Failed>, _) = receive_frame(socket).await.ok()?;
        Some(answer.map(|answer| Answer { body, ..answer }))
    }

    /// Gives the worker back.
    fn done(mut self) {
        if let Some(worker) = self.worker.take() {
            self.generation.put_back(worker);
        }
    }

    /// Finds out why a worker went.
    async fn autopsy(mut self) -> Failed {
        let Some(worker) = self.worker.take() else { return Failed::new(Failure::Broken, "there was no worker") };
        let signal = self.generation.engine.end(worker.pid).await.ok().flatten();
        let words = last_words(worker.stderr);
        if words.contains("memory allocation of") {
            return Failed::new(Failure::OutOfMemory, "this took more memory than one request may: ask for less");
        }
        if words.contains("overflowed its stack") {
            return Failed::new(Failure::BadRequest, "the request is nested too deeply");
        }
        tell_of_a_crash(signal, &words);
        Failed::new(Failure::Broken, "the server broke down over this request; others are not affected")
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            drop(self.generation.engine.end(worker.pid));
        }
    }
}

/// Tells the operator of a crash.
fn tell_of_a_crash(signal: Option<i32>, words: &str) {
    let signal = signal.map_or_else(String::new, |signal| format!(" by signal {signal}"));
    eprintln!("demarche: a worker was ended{signal}: {words}");
}

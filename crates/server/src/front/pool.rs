//! The workers: who may have one, for how long, and what comes of those that fail.

use super::engine::{Engine, Forked, last_words};
use super::metrics::{Metrics, Reason};
use crate::exchange::{Answer, Failed, Failure, Limits, Request, Served, receive_frame, send_frame};
use crate::{ServerError, Settings};
use std::io::{self, PipeReader};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::net::UnixStream;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};

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
    metrics: Arc<Metrics>,
    /// Told when the engine does not do its work any more.
    engine_failed: Notify,
}

/// One graph with its engine and the workers that have nothing to do. It lives as long as anybody works on it.
pub(crate) struct Generation {
    engine: Engine,
    idle: Mutex<Vec<Worker>>,
    /// Workers that are kept idle at most.
    most: usize,
    limits: Limits,
}

impl Generation {
    /// What the graph was derived from.
    pub fn stamp(&self) -> &str {
        &self.engine.stamp
    }

    /// An engine with the same graph, brought up to what the store holds by now.
    pub async fn successor(&self) -> Result<Engine, ServerError> {
        self.engine.successor().await
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
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.most {
            idle.push(worker);
        } else {
            drop(self.engine.end(worker.pid));
        }
    }

    async fn fork(&self) -> io::Result<Worker> {
        let Forked { pid, socket, stderr } = self.engine.fork(self.limits).await?;
        socket.set_nonblocking(true)?;
        Ok(Worker { pid, socket: UnixStream::from_std(socket)?, stderr })
    }

    /// Forks a worker ahead of need, in place of one that is gone.
    fn replace(self: Arc<Self>) {
        // Where there is no runtime any more, nor will there be requests.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                // Where it fails, the next request that finds none idle tries again, and tells what is wrong.
                if let Ok(worker) = self.fork().await {
                    self.put_back(worker);
                }
            });
        }
    }
}

struct Worker {
    pid: i32,
    socket: UnixStream,
    stderr: PipeReader,
}

impl Pool {
    pub fn new(settings: &Settings, metrics: Arc<Metrics>) -> Self {
        Self {
            current: RwLock::new(None),
            free: Semaphore::new(settings.workers),
            workers: settings.workers,
            waiting: AtomicUsize::new(0),
            queue: settings.queue,
            timeout: settings.timeout,
            limits: Limits { memory: settings.memory },
            metrics,
            engine_failed: Notify::new(),
        }
    }

    /// The graph that is served.
    pub fn current(&self) -> Result<Arc<Generation>, Failed> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone();
        current.ok_or_else(|| Failed::new(Failure::Busy, "the store is still being loaded"))
    }

    /// Requests that are being worked on.
    pub fn busy(&self) -> usize {
        self.workers - self.free.available_permits()
    }

    /// Requests that wait for a worker.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Comes back when the engine has been found not to do its work any more.
    pub async fn engine_failed(&self) {
        self.engine_failed.notified().await;
    }

    /// Serves another graph from now on. What is being worked on is finished on the old one.
    pub async fn serve(&self, engine: Engine) -> Result<(), ServerError> {
        let generation = Generation { engine, idle: Mutex::default(), most: self.workers, limits: self.limits };
        for _ in 0..self.workers {
            let worker = generation.fork().await.map_err(|error| ServerError::Engine(error.to_string()))?;
            generation.put_back(worker);
        }
        self.metrics.generation(generation.quads());
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(generation));
        Ok(())
    }

    /// Has a request worked on. Dropping the future stops the work.
    pub async fn work(&self, request: &Request) -> Result<Answer, Failed> {
        self.current()?;
        let _place = self.place().await?;
        let generation = self.current()?;
        let worker = match generation.take_idle() {
            Some(worker) => worker,
            None => generation.fork().await.map_err(|error| self.no_worker(&error))?,
        };
        let started = Instant::now();
        let mut job = Job { generation, worker: Some(worker), metrics: &self.metrics };
        let exchanged = tokio::time::timeout(self.timeout, job.exchange(request)).await;
        self.metrics.worked(started.elapsed());
        match exchanged {
            Ok(Ok(served)) => {
                job.done(served.last);
                served.answer
            }
            Ok(Err(_)) => match job.autopsy().await {
                Ok(failed) => Err(failed),
                Err(error) => Err(self.no_worker(&error)),
            },
            Err(_) => {
                job.kill(Reason::OutOfTime);
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

    fn no_worker(&self, error: &io::Error) -> Failed {
        self.engine_failed.notify_one();
        Failed::new(Failure::Busy, format!("no worker could be started ({error}): try again soon"))
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

/// A worker at work. Where it is dropped before it has answered, because the client went, the worker is killed.
struct Job<'a> {
    generation: Arc<Generation>,
    worker: Option<Worker>,
    metrics: &'a Metrics,
}

impl Job<'_> {
    /// Asks and waits for the answer. An error tells that the worker went without one.
    async fn exchange(&mut self, request: &Request) -> io::Result<Served> {
        let worker = self.worker.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        send_frame(&mut worker.socket, request, &[]).await?;
        let (mut served, body): (Served, _) = receive_frame(&mut worker.socket).await?;
        if let Ok(answer) = &mut served.answer {
            answer.body = body;
        }
        Ok(served)
    }

    /// Gives the worker back, or has its end noticed if this was its last request.
    fn done(mut self, last: bool) {
        if last {
            self.kill(Reason::Memory);
        } else if let Some(worker) = self.worker.take() {
            self.generation.put_back(worker);
        }
    }

    /// Finds out why a worker went. An error tells that there is no engine either that could know.
    async fn autopsy(mut self) -> io::Result<Failed> {
        let worker = self.worker.take().ok_or(io::ErrorKind::NotConnected)?;
        let signal = self.generation.engine.end(worker.pid).await?;
        self.generation.clone().replace();
        let words = last_words(worker.stderr);
        if words.contains("memory allocation of") {
            self.metrics.ended(Reason::OutOfMemory);
            let reason = "this took more memory than one request may: ask for less (a narrower pattern, LIMIT)";
            return Ok(Failed::new(Failure::OutOfMemory, reason));
        }
        if words.contains("overflowed its stack") {
            self.metrics.ended(Reason::Crash);
            return Ok(Failed::new(Failure::BadRequest, "the request is nested too deeply"));
        }
        self.metrics.ended(Reason::Crash);
        let signal = signal.map_or_else(String::new, |signal| format!(" by signal {signal}"));
        eprintln!("demarche: a worker was ended{signal}: {words}");
        let reason = "the server broke down over this request; no other request is affected";
        Ok(Failed::new(Failure::Broken, reason))
    }

    /// Kills the worker and has another one forked.
    fn kill(&mut self, reason: Reason) {
        if let Some(worker) = self.worker.take() {
            self.metrics.ended(reason);
            drop(self.generation.engine.end(worker.pid));
            self.generation.clone().replace();
        }
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        self.kill(Reason::ClientGone);
    }
}

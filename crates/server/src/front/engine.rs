//! The engine process as the front sees it.

use crate::exchange::{Command, Limits, Report, read_frame, send_descriptors, write_frame};
use crate::{EngineCommand, ServerError};
use std::io::{self, PipeReader, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use tokio::sync::oneshot;

/// An engine that has loaded its graph. When it is dropped, the process goes.
pub(crate) struct Engine {
    orders: mpsc::Sender<Order>,
    /// What its graph was derived from.
    pub stamp: String,
    /// The base under which things are named.
    pub base: String,
    /// Number of quads.
    pub quads: usize,
}

/// A worker just forked.
pub(crate) struct Forked {
    pub pid: i32,
    pub socket: UnixStream,
    /// What it says on standard error.
    pub stderr: PipeReader,
}

enum Order {
    Fork(Limits, oneshot::Sender<io::Result<Forked>>),
    Succeed(oneshot::Sender<io::Result<UnixStream>>),
    End(i32, oneshot::Sender<io::Result<Option<i32>>>),
}

impl Engine {
    /// Starts the process and waits until its graph is loaded.
    pub async fn start(command: EngineCommand, store: &Path) -> Result<Self, ServerError> {
        let store = store.to_owned();
        Self::begin(move || Process::start(&command, &store)).await
    }

    /// Has the process fork another one, which goes on from the same graph to what the store holds by now: of a large graph that
    /// is much quicker than to load it. This one stays as it is. An error says that the graph has to be loaded.
    pub async fn successor(&self) -> Result<Self, ServerError> {
        let (answer, forked) = oneshot::channel();
        self.orders.send(Order::Succeed(answer)).map_err(|_| lost(&gone()))?;
        let socket = forked.await.map_err(|_| lost(&gone()))?.map_err(|error| lost(&error))?;
        Self::begin(move || Process { child: None, socket }.ready()).await
    }

    /// Waits until a process has begun with its graph, on a thread that goes on to talk to it.
    async fn begin(
        begin: impl FnOnce() -> Result<(Process, Report), ServerError> + Send + 'static,
    ) -> Result<Self, ServerError> {
        let (orders, received) = mpsc::channel();
        let (ready, loaded) = oneshot::channel();
        // The thread belongs to the process: it talks to it, and waits for its end.
        thread::Builder::new()
            .name("engine".to_owned())
            .spawn(move || match begin() {
                Ok((process, report)) => {
                    // Nobody is interested any more where the front is going: then no order comes either.
                    let _ = ready.send(Ok(report));
                    process.obey(&received);
                }
                Err(error) => {
                    let _ = ready.send(Err(error));
                }
            })
            .map_err(ServerError::doing("starting a thread"))?;
        let gone = |_| ServerError::Engine("it went while it loaded the store".to_owned());
        match loaded.await.map_err(gone)?? {
            Report::Loaded { stamp, base, quads } => Ok(Self { orders, stamp, base, quads }),
            Report::Failed(reason) => Err(ServerError::Store(reason)),
            other => Err(ServerError::Engine(format!("it said {other:?} instead of having loaded"))),
        }
    }

    /// Has a worker forked.
    pub async fn fork(&self, limits: Limits) -> io::Result<Forked> {
        let (answer, forked) = oneshot::channel();
        self.orders.send(Order::Fork(limits, answer)).map_err(|_| gone())?;
        forked.await.map_err(|_| gone())?
    }

    /// Has a worker killed, if it still runs; gives the signal that ended it once it has ended. The order is given at once,
    /// whether or not the answer is waited for.
    pub fn end(&self, pid: i32) -> impl Future<Output = io::Result<Option<i32>>> + use<> {
        let (answer, ended) = oneshot::channel();
        let sent = self.orders.send(Order::End(pid, answer));
        async move {
            sent.map_err(|_| gone())?;
            ended.await.map_err(|_| gone())?
        }
    }
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the engine process is gone")
}

fn lost(error: &io::Error) -> ServerError {
    ServerError::Engine(error.to_string())
}

/// The process and the socket to it.
struct Process {
    /// None where it is the child of another engine, which it outlives.
    child: Option<Child>,
    socket: UnixStream,
}

impl Process {
    fn start(command: &EngineCommand, store: &Path) -> Result<(Self, Report), ServerError> {
        let (socket, theirs) = UnixStream::pair().map_err(ServerError::doing("making a socket"))?;
        let child = std::process::Command::new(&command.program)
            .args(&command.arguments)
            .arg("--store")
            .arg(store)
            .stdin(Stdio::from(std::os::fd::OwnedFd::from(theirs)))
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| ServerError::Engine(format!("{}: {error}", command.program.display())))?;
        Self { child: Some(child), socket }.ready()
    }

    /// Waits until the process says that it has its graph, or why it has not.
    fn ready(mut self) -> Result<(Self, Report), ServerError> {
        let report = self.report().map_err(|error| lost(&error))?;
        Ok((self, report))
    }

    /// Does what it is told until there is nobody left to tell it, or the process is gone.
    fn obey(mut self, orders: &mpsc::Receiver<Order>) {
        while let Ok(order) = orders.recv() {
            // Who gave the order may have lost interest in the answer.
            match order {
                Order::Fork(limits, answer) => {
                    let forked = self.fork(limits);
                    if let Err(Ok(unwanted)) = answer.send(forked) {
                        let _ = self.end(unwanted.pid);
                    }
                }
                Order::Succeed(answer) => {
                    let _ = answer.send(self.succeed());
                }
                Order::End(pid, answer) => {
                    let _ = answer.send(self.end(pid));
                }
            }
        }
    }

    fn fork(&mut self, limits: Limits) -> io::Result<Forked> {
        let (socket, theirs) = UnixStream::pair()?;
        let (stderr, said) = io::pipe()?;
        write_frame(&mut self.socket, &Command::Fork(limits), &[])?;
        send_descriptors(&self.socket, [theirs.as_fd(), said.as_fd()])?;
        match self.report()? {
            Report::Forked { pid } => Ok(Forked { pid, socket, stderr }),
            other => Err(unexpected(other)),
        }
    }

    fn succeed(&mut self) -> io::Result<UnixStream> {
        let (socket, theirs) = UnixStream::pair()?;
        write_frame(&mut self.socket, &Command::Succeed, &[])?;
        send_descriptors(&self.socket, [theirs.as_fd()])?;
        match self.report()? {
            Report::Forked { .. } => Ok(socket),
            other => Err(unexpected(other)),
        }
    }

    fn end(&mut self, pid: i32) -> io::Result<Option<i32>> {
        write_frame(&mut self.socket, &Command::End(pid), &[])?;
        match self.report()? {
            Report::Ended { signal } => Ok(signal),
            other => Err(unexpected(other)),
        }
    }

    fn report(&mut self) -> io::Result<Report> {
        let (report, _) = read_frame(&mut self.socket)?.ok_or_else(gone)?;
        Ok(report)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The engine goes when it finds the socket closed; then there is nobody left but us to wait for it.
        let _ = self.socket.shutdown(std::net::Shutdown::Both);
        if let Some(child) = &mut self.child {
            let _ = child.wait();
        }
    }
}

fn unexpected(report: Report) -> io::Error {
    match report {
        Report::Failed(reason) => io::Error::other(reason),
        other => io::Error::new(io::ErrorKind::InvalidData, format!("the engine said {other:?}")),
    }
}

/// What a worker that has ended said on standard error.
pub(super) fn last_words(mut stderr: PipeReader) -> String {
    let mut words = Vec::new();
    // Half of it is better than nothing.
    let _ = stderr.by_ref().take(1 << 16).read_to_end(&mut words);
    String::from_utf8_lossy(&words).trim().to_owned()
}

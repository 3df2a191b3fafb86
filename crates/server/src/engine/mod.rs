//! The engine process: loads the graph, or finds it on disk, and then forks a worker whenever it is told to.
//!
//! Its standard input is a socket to the front. It stays a single thread for all its life: only so is a fork of it a whole
//! process, since a fork takes along no thread but the one that calls it.

mod commit;
mod fork;
mod graph;
mod limits;

use crate::ServerError;
use crate::exchange::{Command, Limits, Report, read_frame, receive_descriptors, write_frame};
use crate::worker;
use graph::Graph;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::mem::ManuallyDrop;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;

pub use commit::commit;

/// How much workers, and whoever brings the graph up to date, stand back behind the front.
const NICE: i32 = 5;

/// Serves as the engine of a front, whose socket is the standard input, until the front goes.
///
/// # Errors
/// When standard input is no such socket. What else goes wrong is told to the front.
pub fn run(store: &Path) -> Result<(), ServerError> {
    let mut front = Front;
    // The graph goes with the process: to take it apart piece by piece keeps a large one alive for seconds.
    let (mut graph, loaded) = match Graph::load(store) {
        Ok((graph, loaded)) => (ManuallyDrop::new(graph), loaded),
        Err(error) => return report(&mut front, &Report::Failed(error.to_string())),
    };
    report(&mut front, &loaded)?;
    let mut workers = Workers::default();
    while let Some((command, _)) = read_frame(&mut front).map_err(ServerError::doing("listening to the front"))? {
        let answer = match command {
            Command::Fork(limits) => workers.fork(limits, &graph),
            Command::End(pid) => workers.end(pid),
            Command::Succeed => succeed(&mut workers, &mut graph),
        };
        report(&mut front, &answer.unwrap_or_else(|error| Report::Failed(error.to_string())))?;
    }
    Ok(())
}

/// Forks a successor. In the fork, this comes back with what it has to report to the front when it begins: from then on the
/// fork is an engine of its own, while this one goes on with the graph that it has.
fn succeed(workers: &mut Workers, graph: &mut Graph) -> io::Result<Report> {
    let [socket] = receive_descriptors(Front::socket())?;
    if let fork::Side::Engine(successor) = fork::fork()? {
        return Ok(Report::Forked { pid: successor.as_raw_nonzero().get() });
    }
    if let Err(error) = rustix::stdio::dup2_stdin(&socket) {
        // Nobody listens to us.
        eprintln!("demarche: no engine could follow the one before: {error}");
        std::process::exit(1);
    }
    workers.leave();
    let followed = graph.follow().unwrap_or_else(|error| Some(Report::Failed(error.to_string())));
    Ok(followed.unwrap_or_else(|| Report::Failed("the graph has to be loaded anew".to_owned())))
}

fn report(front: &mut Front, report: &Report) -> Result<(), ServerError> {
    write_frame(front, report, &[]).map_err(ServerError::doing("reporting to the front"))
}

/// The socket to the front: standard input, so that a worker closes it by giving standard input another meaning.
struct Front;

impl Front {
    fn socket() -> BorrowedFd<'static> {
        rustix::stdio::stdin()
    }
}

impl Read for Front {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(Self::socket(), bytes)?)
    }
}

impl Write for Front {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(Self::socket(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The life of a worker; gives the code to exit with.
fn work(graph: &Graph, limits: Limits, mut front: UnixStream, stderr: OwnedFd) -> io::Result<i32> {
    limits::detach(stderr)?;
    // What the graph itself takes is not counted, neither in memory nor on disk.
    let store = graph.open();
    limits::confine(limits)?;
    Ok(worker::run(store.as_deref(), graph.api(), &mut front, limits.memory))
}

/// The workers that run, or have run and were not waited for. Those that are left when the engine goes are killed.
#[derive(Default)]
struct Workers {
    pids: BTreeSet<i32>,
}

impl Workers {
    /// Forks a worker; in the fork, this does not come back.
    fn fork(&mut self, limits: Limits, graph: &Graph) -> io::Result<Report> {
        let [socket, stderr] = receive_descriptors(Front::socket())?;
        match fork::fork()? {
            fork::Side::Engine(worker) => {
                let pid = worker.as_raw_nonzero().get();
                self.pids.insert(pid);
                Ok(Report::Forked { pid })
            }
            fork::Side::Worker => {
                let code = work(graph, limits, UnixStream::from(socket), stderr).unwrap_or_else(|error| {
                    eprintln!("a worker cannot be confined: {error}");
                    1
                });
                std::process::exit(code)
            }
        }
    }

    /// Leaves the workers to the engine that has forked them: they are not those of its successor.
    fn leave(&mut self) {
        self.pids.clear();
    }

    /// Kills a worker. Its id is still its own: nobody but us can wait for it.
    fn end(&mut self, pid: i32) -> io::Result<Report> {
        if !self.pids.remove(&pid) {
            return Ok(Report::Failed(format!("there is no worker {pid}")));
        }
        let pid = Pid::from_raw(pid);
        if let Some(pid) = pid {
            kill_process(pid, Signal::KILL)?;
        }
        let ended = waitpid(pid, WaitOptions::empty())?;
        Ok(Report::Ended { signal: ended.and_then(|(_, status)| status.terminating_signal()) })
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for pid in self.pids.iter().filter_map(|&pid| Pid::from_raw(pid)) {
            // One that has ended by itself is gone already.
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

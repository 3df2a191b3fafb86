//! What the system holds a worker to.

use crate::exchange::Limits;
use rustix::process::{Resource, Rlimit, nice, setrlimit};
use std::io;
use std::os::fd::OwnedFd;

/// Address space beside the work itself: the stack of the working thread and what the allocator reserves for it.
const RESERVE: u64 = worker_stack() + (128 << 20);

const fn worker_stack() -> u64 {
    crate::worker::STACK as u64
}

/// Takes from this process, a new worker, what is the engine's; from now on it says what it has to say into `stderr`.
pub(super) fn detach(stderr: OwnedFd) -> io::Result<()> {
    rustix::stdio::dup2_stderr(&stderr)?;
    // The commands to the engine are not for workers.
    rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?;
    // A worker must not outlive its engine, not even one that is killed.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    Ok(())
}

/// Confines this process to its limits.
pub(super) fn confine(limits: Limits) -> io::Result<()> {
    set(Resource::Core, 0)?;
    if let Some(taken) = address_space() {
        set(Resource::As, taken + limits.memory + RESERVE)?;
    }
    // The front shall answer in time, whatever the workers do.
    nice(super::NICE)?;
    Ok(())
}

fn set(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

/// Bytes of address space that this process has. Elsewhere than on Linux nobody tells, and the limit is not kept to either.
fn address_space() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split_whitespace().next()?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

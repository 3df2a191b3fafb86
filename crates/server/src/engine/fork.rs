//! The one call that the compiler cannot check.

use rustix::process::Pid;
use std::io;

/// On which side of a fork one is.
pub(super) enum Side {
    /// In the process that forked, with the id of the new one.
    Engine(Pid),
    /// In the new process.
    Worker,
}

/// Forks this process.
///
/// # Errors
/// When the process has more than one thread, since a lock that another one holds would stay locked for ever in the fork;
/// or when the system has no room for a process.
pub(super) fn fork() -> io::Result<Side> {
    let threads = threads()?;
    if threads != 1 {
        return Err(io::Error::other(format!("the engine has {threads} threads, and only one may fork")));
    }
    #[expect(unsafe_code, reason = "fork copies one thread only: sound, since there is only one, as was just seen")]
    // SAFETY: the process has a single thread, so that no lock, allocator or buffer is in the midst of a change.
    let pid = unsafe { libc::fork() };
    match pid {
        0 => Ok(Side::Worker),
        pid => Pid::from_raw(pid.max(0)).map(Side::Engine).ok_or_else(io::Error::last_os_error),
    }
}

/// How many threads this process has.
#[cfg(target_os = "linux")]
fn threads() -> io::Result<usize> {
    Ok(std::fs::read_dir("/proc/self/task")?.count())
}

/// How many threads this process has: nothing in the engine starts one.
#[cfg(not(target_os = "linux"))]
fn threads() -> io::Result<usize> {
    Ok(1)
}

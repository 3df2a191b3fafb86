//! Keeping up with the store: when it changes, a new engine takes over, which has what changed or loads all of it.

use super::Front;
use super::changes::PATIENCE;
use super::engine::Engine;
use crate::exchange::{Failed, Failure};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How often the store is looked at. A change is believed once it looks the same twice.
const PERIOD: Duration = Duration::from_millis(500);

/// How often it is looked whether what was written is served.
const LOOK: Duration = Duration::from_millis(50);

/// Loads the store again whenever it has changed, or its engine has failed.
pub(super) async fn keep_up(front: Arc<Front>, mut served: Signature) {
    let mut seen = served.clone();
    loop {
        let (failed, told) = tokio::select! {
            () = tokio::time::sleep(PERIOD) => (false, false),
            () = front.pool.engine_failed() => (true, false),
            () = front.changes.committed() => (false, true),
        };
        // What we write ourselves is looked at when it is written.
        let now = front.changes.between(|| Signature::of(&front.settings.store)).await;
        let settled = told || now == seen;
        seen = now;
        if failed || settled && seen != served {
            served = seen.clone();
            if let Err(error) = renew(&front, failed).await {
                eprintln!(
                    "demarche: the store has changed and cannot be loaded again, the old graph is served on: {error}"
                );
                // Not at once again: what cannot be loaded now seldom can be a moment later.
                tokio::time::sleep(PERIOD * 4).await;
            }
        }
    }
}

/// Serves what the store holds by now.
async fn renew(front: &Front, failed: bool) -> Result<(), crate::ServerError> {
    if !failed
        && let Ok(current) = front.pool.current()
        && let Ok(engine) = current.successor().await
    {
        return front.pool.serve(engine).await;
    }
    load(front).await
}

/// Loads the store and serves it.
pub(super) async fn load(front: &Front) -> Result<(), crate::ServerError> {
    let engine = Engine::start(front.settings.engine.clone(), &front.settings.store).await?;
    front.pool.serve(engine).await
}

/// Waits until the graph that follows a change is kept and is served, or that of a later change; false when that takes too long.
/// Whoever changes the store, the new graph is loaded by the one who keeps up with it.
pub(super) async fn served(front: &Front, graph: JoinHandle<Result<String, Failed>>) -> Result<bool, Failed> {
    let seen = async {
        let stamp = graph.await.map_err(|error| Failed::new(Failure::Broken, error.to_string()))??;
        let is_behind = |served: &str| served != stamp && !front.changes.have_reached(served);
        while front.pool.current().is_ok_and(|graph| is_behind(graph.stamp())) {
            tokio::time::sleep(LOOK).await;
        }
        Ok(true)
    };
    timeout(PATIENCE, seen).await.unwrap_or(Ok(false))
}

/// Whether the answers follow all changes that were made here.
pub(super) fn is_current(front: &Front) -> bool {
    !front.changes.are_under_way() && front.pool.current().is_ok_and(|graph| front.changes.have_reached(graph.stamp()))
}

/// How the files of a store look from outside: whoever changes it writes its index, its corrections or its marker anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Signature {
    /// Looks at a store.
    pub fn of(store: &Path) -> Self {
        let mut files = Vec::new();
        look_into(store, &mut files);
        if let Ok(opened) = demarche_graph::Store::open(store) {
            // They may be kept elsewhere.
            look_at(&opened.corrections_file(), &mut files);
        }
        files.sort();
        files.dedup();
        Self(files)
    }
}

fn look_into(folder: &Path, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>) {
    // A folder that cannot be read looks empty, and is told of when it is to be loaded.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let unfinished = path.extension().is_some_and(|ending| ending == "part");
        // The records and what is remembered of builds change nothing by themselves: an index follows them.
        let is_aside = ["lock", "records", "read.json", "identity.json.gz"].iter().any(|aside| name == *aside);
        if unfinished || is_aside {
            continue;
        }
        if path.is_dir() {
            look_into(&path, files);
        } else {
            look_at(&path, files);
        }
    }
}

fn look_at(file: &Path, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>) {
    if let Ok(metadata) = fs::metadata(file) {
        files.push((file.to_owned(), metadata.len(), Metadata::modified(&metadata).ok()));
    }
}

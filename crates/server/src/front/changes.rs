//! Changes of the store that clients ask for: made one after the other, each followed by a new graph.

use crate::exchange::{Failed, Failure, Report, read_frame};
use crate::{EngineCommand, Settings};
use demarche_graph::{Store, StoreError, StoreErrorKind};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::{Mutex, Notify};

/// Who changes the store, and who wants to know.
#[derive(Default)]
pub(crate) struct Changes {
    /// Held from the change until its graph is kept.
    turn: Arc<Mutex<()>>,
    committed: Arc<Notify>,
    /// The stamp of the last graph that followed a change.
    last: Arc<RwLock<String>>,
}

impl Changes {
    /// Waits for the others, changes the store and has its graph follow. Gives the stamp of the new graph. What was begun is
    /// done, even if nobody waits for it any more.
    pub async fn make<T: Send + 'static>(
        &self,
        settings: &Settings,
        change: impl FnOnce(&mut Store) -> Result<T, Failed> + Send + 'static,
    ) -> Result<(T, String), Failed> {
        let turn = self.turn.clone().lock_owned().await;
        let (committed, last) = (self.committed.clone(), self.last.clone());
        let (store, engine) = (settings.store.clone(), settings.engine.clone());
        let done = tokio::task::spawn_blocking(move || {
            // Closed again before the graph follows: one process writes at a time.
            let changed =
                Store::open(&store).map_err(|error| failed(&error)).and_then(|mut store| change(&mut store))?;
            let stamp = commit(&engine, &store)?;
            last.write().unwrap_or_else(PoisonError::into_inner).clone_from(&stamp);
            drop(turn);
            committed.notify_one();
            Ok((changed, stamp))
        });
        done.await.map_err(|error| Failed::new(Failure::Broken, error.to_string()))?
    }

    /// Looks at the store while nobody here changes it.
    pub async fn between<T>(&self, look: impl FnOnce() -> T) -> T {
        let _turn = self.turn.lock().await;
        look()
    }

    /// Whether a graph of this stamp has all changes that were made so far.
    pub fn are_in(&self, stamp: &str) -> bool {
        *self.last.read().unwrap_or_else(PoisonError::into_inner) == stamp
    }

    /// Comes back when a change has been made and its graph is kept.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }
}

/// Has the store's graph brought up to date by a process of its own, which takes the memory and the time that the front does
/// not. Gives the stamp of the graph.
fn commit(engine: &EngineCommand, store: &Path) -> Result<String, Failed> {
    let broken =
        |reason: String| Failed::new(Failure::Broken, format!("the graph could not follow the change: {reason}"));
    let told = || {
        let mut process = Command::new(&engine.program)
            .args(&engine.arguments)
            .arg("--commit")
            .arg("--store")
            .arg(store)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let told = process.stdout.take().map(|mut stdout| read_frame::<Report>(&mut stdout));
        process.wait()?;
        told.transpose()?.flatten().ok_or_else(|| io::Error::other("its process went without a word"))
    };
    match told().map_err(|error| broken(error.to_string()))? {
        (Report::Committed { stamp }, _) => Ok(stamp),
        (Report::Failed(reason), _) => Err(broken(reason)),
        (other, _) => Err(broken(format!("its process said {other:?}"))),
    }
}

/// What a client is told of an error of the store.
pub(super) fn failed(error: &StoreError) -> Failed {
    let failure = match error.kind() {
        StoreErrorKind::Corrections | StoreErrorKind::Rdf => Failure::BadRequest,
        StoreErrorKind::Locked => Failure::Busy,
        _ => Failure::Broken,
    };
    Failed::new(failure, error.to_string())
}

//! Changes of the store that clients ask for: made one after the other, each followed by a new graph.

use crate::exchange::{Failed, Failure, Report, read_frame};
use crate::{EngineCommand, Settings};
use demarche_graph::{Store, StoreError, StoreErrorKind};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Mutex, Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a client waits for others to be done with their changes, and then to see its own in the answers; a large store takes
/// longer, and the client is told so.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Who changes the store, and who wants to know.
#[derive(Default)]
pub(crate) struct Changes {
    /// Held from the change until its graph is kept.
    turn: Arc<Mutex<()>>,
    committed: Arc<Notify>,
    /// The stamp of the last graph that followed a change.
    last: Arc<RwLock<String>>,
}

/// A change that is in the store.
pub(crate) struct Made<T> {
    /// What came of it.
    pub outcome: T,
    /// The stamp of the graph that follows it, once that is kept.
    pub graph: JoinHandle<Result<String, Failed>>,
}

impl Changes {
    /// Waits for the others, changes the store and has its graph follow. What was begun is done, even if nobody waits for it any
    /// more.
    pub async fn make<T: Send + 'static>(
        &self,
        settings: &Settings,
        change: impl FnOnce(&mut Store) -> Result<T, Failed> + Send + 'static,
    ) -> Result<Made<T>, Failed> {
        let turn = timeout(PATIENCE, self.turn.clone().lock_owned()).await.map_err(|_| {
            Failed::new(Failure::Busy, "the graph is still being made anew after the change before: come again")
        })?;
        let (committed, last) = (self.committed.clone(), self.last.clone());
        let (store, engine) = (settings.store.clone(), settings.engine.clone());
        let (tell, told) = oneshot::channel();
        let graph = tokio::task::spawn_blocking(move || {
            // Closed again before the graph follows: one process writes at a time.
            let changed = Store::open(&store).map_err(|error| failed(&error)).and_then(|mut store| change(&mut store));
            let refused = changed.as_ref().err().cloned();
            // A client that has gone does not hinder its change.
            let _ = tell.send(changed);
            if let Some(refused) = refused {
                return Err(refused);
            }
            let stamp = commit(&engine, &store).inspect_err(|failed| eprintln!("demarche: {}", failed.reason))?;
            last.write().unwrap_or_else(PoisonError::into_inner).clone_from(&stamp);
            drop(turn);
            committed.notify_one();
            Ok(stamp)
        });
        let outcome = told.await.map_err(|_| Failed::new(Failure::Broken, "the change was broken off"))??;
        Ok(Made { outcome, graph })
    }

    /// Whether a change is being made, or its graph.
    pub fn are_under_way(&self) -> bool {
        self.turn.try_lock().is_err()
    }

    /// Looks at the store while nobody here changes it.
    pub async fn between<T>(&self, look: impl FnOnce() -> T) -> T {
        let _turn = self.turn.lock().await;
        look()
    }

    /// Whether a graph of this stamp has all changes that were made so far, if there were any.
    pub fn have_reached(&self, stamp: &str) -> bool {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.is_empty() || *last == stamp
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error;

    #[tokio::test]
    async fn a_change_counts_before_its_graph_follows_and_even_if_it_cannot() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        Store::create(folder.path(), None)?;
        let no_engine = EngineCommand { program: "/nowhere/to/be/found".into(), arguments: Vec::new() };
        let settings = Settings::new(folder.path(), no_engine);
        let changes = Changes::default();
        let mark = |store: &mut Store| Ok(std::fs::write(store.path().join("mark"), "made").is_ok());
        let made = changes.make(&settings, mark).await.map_err(|failed| failed.reason)?;
        assert!(made.outcome);
        let unfollowed = made.graph.await?.expect_err("there is no engine");
        assert!(unfollowed.reason.starts_with("the graph could not follow the change: "), "{}", unfollowed.reason);
        assert_eq!(std::fs::read_to_string(folder.path().join("mark"))?, "made");
        assert!(!changes.are_under_way());
        Ok(())
    }
}

//! The graph that workers answer from.

use super::fork::{Side, fork};
use crate::api::Api;
use crate::exchange::{Failed, Failure, Report};
use demarche_graph::{Followed, Store};
use rustix::process::{WaitOptions, waitpid};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A graph with what the JSON interface needs of it.
pub(super) struct Graph {
    held: Held,
    api: Api,
}

/// Where the graph is.
enum Held {
    /// In memory, of which each fork has the whole.
    Memory(Rc<Store>),
    /// On disk, as a database. Whoever opens it has threads from then on and cannot be forked: each worker opens it for itself.
    Disk { path: PathBuf, stamp: String },
}

impl Graph {
    /// Opens a store and loads what the workers need.
    pub fn load(path: &Path) -> Result<(Self, Report), Failed> {
        let store = Store::open(path)?;
        // Asked for first: where the store changes meanwhile, the graph is called older than it is, and is loaded again soon.
        let stamp = store.stamp()?;
        let base = store.names().base().to_owned();
        let (held, api, quads) = match store.on_disk(&stamp) {
            Some(built) => {
                let held = Held::Disk { path: path.to_owned(), stamp: stamp.clone() };
                let api = elsewhere(|| Api::of(&open_on_disk(path, &stamp)?))?;
                (held, api, built.quads)
            }
            None => {
                let api = Api::of(&store)?;
                let quads = store.graph()?.len().unwrap_or_default();
                (Held::Memory(Rc::new(store)), api, quads)
            }
        };
        Ok((Self { held, api }, Report::Loaded { stamp, base, quads }))
    }

    /// Brings what is loaded up to what the store holds by now; none where it has to be loaded anew.
    pub fn follow(&mut self) -> Result<Option<Report>, Failed> {
        let Held::Memory(store) = &mut self.held else { return Ok(None) };
        // Workers have a store of their own, in their memory.
        let Some(store) = Rc::get_mut(store) else { return Ok(None) };
        let Some(Followed { stamp, quads }) = store.follow()? else { return Ok(None) };
        self.api = Api::of(store)?;
        Ok(Some(Report::Loaded { stamp, base: store.names().base().to_owned(), quads }))
    }

    /// The store with its graph, for a worker to answer from. The engine itself never asks for it.
    pub fn open(&self) -> Result<Rc<Store>, Failed> {
        match &self.held {
            Held::Memory(store) => Ok(store.clone()),
            Held::Disk { path, stamp } => open_on_disk(path, stamp).map(Rc::new),
        }
    }

    /// What the JSON interface needs.
    pub fn api(&self) -> &Api {
        &self.api
    }
}

fn open_on_disk(path: &Path, stamp: &str) -> Result<Store, Failed> {
    Store::open_on_disk(path, stamp)?.ok_or_else(|| {
        Failed::new(Failure::Busy, "the store has just changed and is being loaded again: try again soon")
    })
}

/// Gets the interface ready in a process of its own, which is gone when this comes back.
fn elsewhere(ready: impl FnOnce() -> Result<Api, Failed>) -> Result<Api, Failed> {
    let broken = |error: io::Error| Failed::new(Failure::Broken, format!("reading the graph on disk: {error}"));
    let (mut told, mut tell) = io::pipe().map_err(broken)?;
    match fork().map_err(broken)? {
        Side::Engine(pid) => {
            drop(tell);
            let mut bytes = Vec::new();
            told.read_to_end(&mut bytes).map_err(broken)?;
            waitpid(Some(pid), WaitOptions::empty()).map_err(|error| broken(error.into()))?;
            // One that was killed has told nothing, or half of it.
            serde_json::from_slice::<Result<Api, Failed>>(&bytes).map_err(|error| broken(error.into()))?
        }
        Side::Worker => {
            drop(told);
            let sent = serde_json::to_vec(&ready()).map_err(io::Error::from).and_then(|bytes| tell.write_all(&bytes));
            std::process::exit(i32::from(sent.is_err()))
        }
    }
}

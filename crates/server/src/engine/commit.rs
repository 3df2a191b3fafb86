//! The process that brings the graph of a store up to date after a change.

use super::NICE;
use crate::ServerError;
use crate::exchange::{Report, write_frame};
use demarche_graph::{Store, StoreError};
use std::io;
use std::path::Path;

/// Brings the graph of a store up to date and tells the front on standard output what came of it.
///
/// # Errors
/// When nobody listens there.
pub fn commit(store: &Path) -> Result<(), ServerError> {
    // Readers go first; that they may not is no reason to do nothing.
    let _ = rustix::process::nice(NICE);
    let report = match stamp_of_new_graph(store) {
        Ok(stamp) => Report::Committed { stamp },
        Err(error) => Report::Failed(error.to_string()),
    };
    write_frame(&mut io::stdout(), &report, &[]).map_err(ServerError::doing("reporting to the front"))
}

fn stamp_of_new_graph(store: &Path) -> Result<String, StoreError> {
    let mut store = Store::open(store)?;
    store.commit()?;
    store.stamp()
}

//! The JSON that the page and scripts ask for.
//!
//! [`METHODS`] is the table of what can be asked. Answers are pure: the same store and call give the same JSON, so that any
//! worker can answer. `openapi` among the methods describes all of them, with the schemas of the answers.

mod answers;
mod article;
mod correction;
mod decisions;
mod diagram;
mod facts;
mod index;
mod lists;
mod meeting;
mod methods;
mod named;
mod network;
mod openapi;
mod parameters;
mod passages;
mod search;
mod statement;
mod statistics;
mod timeline;
mod words;

pub(crate) use answers::{Kind, Status, Taken, problem};
pub(crate) use correction::{correction, things};
pub(crate) use parameters::concepts;

use crate::exchange::{Answer, ApiRequest, Failed, Failure};
use demarche_graph::{Diagram, Store, StoreError};
use index::Index;
use methods::METHODS;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the interface needs besides the store. Made once for each graph, before any worker is forked, so that all workers
/// share it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Api {
    index: Index,
}

impl Api {
    /// Gets ready to answer from a store.
    pub fn of(store: &Store) -> Result<Self, Failed> {
        Ok(Self { index: Index::new(store)? })
    }

    /// The diagram of all that there is, with or without the statements.
    pub fn diagram(&self, store: &Store, title: String, statements: bool) -> Result<Diagram, Failed> {
        diagram::diagram(&self.index, facts::Facts::of(store), title, statements)
    }

    /// Answers a call: with the method of its path, from the index and single facts of the graph.
    pub fn answer(&self, store: &Store, request: &ApiRequest) -> Result<Answer, Failed> {
        let path = format!("/api/{}", request.path);
        let method = METHODS.iter().find_map(|method| Some((method, method.matches(&path)?)));
        let (method, name) = method.ok_or_else(|| {
            Failed::new(Failure::NotFound, format!("there is no {path}; /api/openapi.json describes what there is"))
        })?;
        let mut parameters: BTreeMap<String, String> = request.parameters.iter().cloned().collect();
        parameters.extend(name.map(|name| ("name".to_owned(), name)));
        Answer::json(&method.answer(store, &self.index, &parameters)?)
    }
}

fn bad(reason: impl Into<String>) -> Failed {
    Failed::new(Failure::BadRequest, reason)
}

fn absent(key: &str) -> Failed {
    let reason = format!("there is no {key} in the store; /api/search?q=… finds keys by names");
    Failed::new(Failure::NotFound, reason)
}

fn broken(error: impl std::fmt::Display) -> Failed {
    Failed::new(Failure::Broken, error.to_string())
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        broken(error)
    }
}

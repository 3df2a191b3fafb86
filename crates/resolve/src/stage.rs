//! The form in which identity is decided: map each record to items under keys, then reduce each key's items by themselves.

use demarche_record::Record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The key under which items come together: `person/bdn`. Items under different keys never meet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlockKey(String);

impl BlockKey {
    pub(crate) fn new(parts: &[&str]) -> Self {
        Self(parts.join("/"))
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stage of the resolution, as an engine for many machines wants it: `map` looks at one record and nothing else, `reduce`
/// at the items of one key and nothing else, and their order makes no difference to it. [`run`] is the same on one machine.
pub trait Stage {
    /// What a record contributes to a block.
    type Item;
    /// What a block comes to.
    type Outcome;

    /// The items of a record with their keys.
    fn map(&self, record: &Record) -> Vec<(BlockKey, Self::Item)>;

    /// What the items of one key come to, in whatever order they are given.
    fn reduce(&self, block: &BlockKey, items: Vec<Self::Item>) -> Self::Outcome;
}

/// Runs a stage over records, in the order of the keys.
pub fn run<'r, S: Stage>(stage: &S, records: impl IntoIterator<Item = &'r Record>) -> BTreeMap<BlockKey, S::Outcome> {
    let mut blocks: BTreeMap<BlockKey, Vec<S::Item>> = BTreeMap::new();
    for record in records {
        for (key, item) in stage.map(record) {
            blocks.entry(key).or_default().push(item);
        }
    }
    blocks
        .into_iter()
        .map(|(key, items)| {
            let outcome = stage.reduce(&key, items);
            (key, outcome)
        })
        .collect()
}

//! What blocks came to before, so that only those that new articles touch are decided again.

use crate::decision::Decision;
use crate::naming::Naming;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A digest of the rules and gazetteers by which identity is decided. Under other rules a [`Memory`] is worth nothing, and so
/// is whatever else was derived from a corpus.
pub const RULES: &str = env!("DEMARCHE_RULES");

/// A block with fewer namings is decided as quickly as it is looked up.
const WORTH_KEEPING: usize = 8;

/// What the blocks of people, bodies and places came to, by a digest of what was in them: the records that their items are
/// from. Each run leaves those that it met, so that what is gone is forgotten.
///
/// It makes a run quicker and has no part in its outcome. It is the same for any order of the records, and can be kept as
/// JSON, beside [`RULES`], and thrown away at any time.
#[derive(Debug, Default)]
pub struct Memory {
    /// The digest of each record, by its id.
    records: BTreeMap<String, String>,
    before: BTreeMap<String, Arc<Settled>>,
    met: Mutex<BTreeMap<String, Arc<Settled>>>,
}

/// What a block of names came to, before any correction.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settled {
    /// The things, each with the places of its namings in the order of their members.
    pub things: Vec<Vec<u32>>,
    /// Decisions, with the numbers of the things that they are about.
    pub decisions: Vec<(Decision, Option<usize>, Option<usize>)>,
}

impl Memory {
    /// A memory without anything in it. `records` has the digest of each record, by its id; what has none is decided anew.
    pub fn new(records: BTreeMap<String, String>) -> Self {
        Self { records, ..Self::default() }
    }

    /// The same, with what [`Memory::write`] wrote; none where it is something else.
    pub fn read(records: BTreeMap<String, String>, json: &[u8]) -> Option<Self> {
        let (rules, before): (String, _) = serde_json::from_slice(json).ok()?;
        (rules == RULES).then(|| Self { records, before, ..Self::default() })
    }

    /// What the run has met, as JSON.
    pub fn write(&self) -> Vec<u8> {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        serde_json::to_vec(&(RULES, &*met)).expect("strings, numbers and lists are JSON")
    }

    /// How many blocks the run has met, and how many of them had been decided before.
    pub fn blocks(&self) -> (usize, usize) {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        (met.len(), met.keys().filter(|block| self.before.contains_key(*block)).count())
    }

    /// What the namings of a block, in the order of their members, come to.
    pub(crate) fn settle(&self, namings: &[Naming], decide: impl FnOnce() -> Settled) -> Arc<Settled> {
        let Some(block) = self.digest(namings) else { return Arc::new(decide()) };
        let settled = self.before.get(&block).cloned().filter(|settled| settled.is_of(namings.len()));
        let settled = settled.unwrap_or_else(|| Arc::new(decide()));
        self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(block, settled.clone());
        settled
    }

    /// A naming follows from its record alone, so that records and ids say all that is in a block.
    fn digest(&self, namings: &[Naming]) -> Option<String> {
        if namings.len() < WORTH_KEEPING {
            return None;
        }
        let mut hasher = Sha256::new();
        for naming in namings {
            hasher.update(self.records.get(&naming.member.article)?);
            hasher.update([0]);
            hasher.update(&naming.member.local);
            hasher.update([0]);
        }
        Some(hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Settled {
    /// Whether each of so many namings has its one thing, and each decision is about a thing that there is.
    fn is_of(&self, namings: usize) -> bool {
        let mut places: Vec<u32> = self.things.iter().flatten().copied().collect();
        places.sort_unstable();
        let is_thing = |number: &Option<usize>| number.is_none_or(|number| number < self.things.len());
        places.len() == namings
            && (0..).zip(&places).all(|(place, found)| place == *found)
            && self.things.iter().all(|thing| !thing.is_empty())
            && self.decisions.iter().all(|(_, about, other)| is_thing(about) && is_thing(other))
    }
}

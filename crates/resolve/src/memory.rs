//! What blocks came to before, so that only those that new articles touch are decided again.

use crate::corpus::Corpus;
use crate::decision::Decision;
use crate::naming::Naming;
use crate::occasion::Occasion;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A digest of the rules and gazetteers by which identity is decided. Under other rules a [`Memory`] is worth nothing, and so
/// is whatever else was derived from a corpus.
pub const RULES: &str = env!("DEMARCHE_RULES");

/// A block with fewer namings is decided as quickly as it is looked up.
const NAMINGS_WORTH_KEEPING: usize = 8;

/// The same of reports of meetings, of which each is weighed against each.
const REPORTS_WORTH_KEEPING: usize = 4;

/// What the blocks of people, bodies, places and meetings came to, by a digest of what was in them. Each run leaves those that
/// it met, so that what is gone is forgotten.
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

/// What a block came to, before any correction.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settled {
    /// The things, each with the places of its namings or reports in the order in which the block has them.
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

    /// What a block of so many items comes to; decided anew where there is no digest of it, or none like it was met before.
    pub(crate) fn settle(&self, block: Option<String>, items: usize, decide: impl FnOnce() -> Settled) -> Arc<Settled> {
        let Some(block) = block else { return Arc::new(decide()) };
        let settled = self.before.get(&block).cloned().filter(|settled| settled.is_of(items));
        let settled = settled.unwrap_or_else(|| Arc::new(decide()));
        self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(block, settled.clone());
        settled
    }

    /// A digest of the namings of a block in the order of their members, where they are worth keeping. A naming follows from its
    /// record alone, so that records and ids say all that is in a block.
    pub(crate) fn of_namings(&self, namings: &[Naming]) -> Option<String> {
        if namings.len() < NAMINGS_WORTH_KEEPING {
            return None;
        }
        let mut block = Block(Sha256::new());
        for naming in namings {
            block.enter([self.records.get(&naming.member.article)?, &naming.member.local]);
        }
        Some(block.digest())
    }

    /// A digest of the reports of a block, where they are worth keeping. They hang on who is who in other articles too: all that
    /// they tell counts, and what the articles together know of their places.
    pub(crate) fn of_reports(reports: &[Occasion], corpus: &Corpus) -> Option<String> {
        if reports.len() < REPORTS_WORTH_KEEPING {
            return None;
        }
        let mut block = Block(Sha256::new());
        for report in reports {
            let place = report.place.as_ref().and_then(|place| corpus.place(place));
            let place = place.map(|place| (place.kind, &place.country));
            // As a whole, so that nothing is forgotten when a report tells more one day.
            writeln!(block, "{report:?} {place:?}").ok()?;
        }
        Some(block.digest())
    }
}

/// The digest of a block in the making.
struct Block(Sha256);

impl Block {
    /// Enters parts, each with its end.
    fn enter(&mut self, parts: [&String; 2]) {
        for part in parts {
            self.0.update(part);
            self.0.update([0]);
        }
    }

    fn digest(self) -> String {
        self.0.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Write for Block {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}

impl Settled {
    /// Whether each of so many items has its one thing, and each decision is about a thing that there is.
    fn is_of(&self, items: usize) -> bool {
        let mut places: Vec<u32> = self.things.iter().flatten().copied().collect();
        places.sort_unstable();
        let is_thing = |number: &Option<usize>| number.is_none_or(|number| number < self.things.len());
        places.len() == items
            && (0..).zip(&places).all(|(place, found)| place == *found)
            && self.things.iter().all(|thing| !thing.is_empty())
            && self.decisions.iter().all(|(_, about, other)| is_thing(about) && is_thing(other))
    }
}

//! Which articles are copies of one another: the same agency's report under several names counts as one source.

use crate::fold::fold;
use crate::naming::fnv;
use crate::stage::{BlockKey, Stage, run};
use demarche_record::Record;
use std::collections::{BTreeMap, BTreeSet};

/// How many passages two articles have to share to be looked at as copies.
const SHARED: usize = 4;

/// The share of the passages of the shorter article that its copy has, of 100.
const COPIED: usize = 80;

/// The fewest words of a passage that is told word by word in two articles by copying, not by chance.
const WORDS: usize = 6;

/// In more articles than this a passage is a formula, not the mark of a copy.
const FORMULA: usize = 50;

/// The stage that brings together articles with a passage in common, word by word.
pub struct Passages;

/// An article with one of its passages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    article: String,
    /// Number of different passages of the article.
    of: usize,
}

impl Stage for Passages {
    type Item = Passage;
    type Outcome = Vec<Passage>;

    fn map(&self, record: &Record) -> Vec<(BlockKey, Passage)> {
        let passages = passages(record);
        let passage = Passage { article: record.id.clone(), of: passages.len() };
        passages
            .into_iter()
            .map(|digest| (BlockKey::new(&["passage", &format!("{digest:016x}")]), passage.clone()))
            .collect()
    }

    fn reduce(&self, _: &BlockKey, mut items: Vec<Passage>) -> Vec<Passage> {
        items.sort();
        items.dedup();
        if items.len() > FORMULA { Vec::new() } else { items }
    }
}

/// Digests of what a record has of its article's wording: what was said and the clauses that tell of meetings.
fn passages(record: &Record) -> BTreeSet<u64> {
    let said = record.statements.iter().flat_map(|statement| &statement.content);
    let met = record.meetings.iter().flat_map(|meeting| &meeting.mentions).map(|mention| &mention.span);
    let wordings = said.chain(met).map(|span| fold(span.text()));
    wordings.filter(|words| words.split('-').count() >= WORDS).map(|words| fnv(&words)).collect()
}

/// For each article that has copies, the first of them in the order of the ids.
pub(crate) fn originals(records: &[&Record]) -> BTreeMap<String, String> {
    let mut shared: BTreeMap<(Passage, Passage), usize> = BTreeMap::new();
    for articles in run(&Passages, records.iter().copied()).into_values() {
        for (i, one) in articles.iter().enumerate() {
            for other in &articles[i + 1..] {
                *shared.entry((one.clone(), other.clone())).or_default() += 1;
            }
        }
    }
    let mut original: BTreeMap<String, String> = BTreeMap::new();
    let first = |original: &BTreeMap<String, String>, article: &str| {
        original.get(article).cloned().unwrap_or_else(|| article.to_owned())
    };
    for ((one, other), count) in shared {
        if count >= SHARED && count * 100 >= one.of.min(other.of) * COPIED {
            let (a, b) = (first(&original, &one.article), first(&original, &other.article));
            let (keep, go) = (a.clone().min(b.clone()), a.max(b));
            original.values_mut().filter(|to| **to == go).for_each(|to| to.clone_from(&keep));
            for article in [&one.article, &other.article] {
                original.insert(article.clone(), keep.clone());
            }
        }
    }
    original
}

//! A loaded graph that follows the one that is kept: only what differs is taken out and put in.

use super::Part;
use super::file::{Members, parser, text};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode};
use oxigraph::store::{Store, Transaction};
use std::collections::BTreeSet;

/// How many quads are looked at in any case, however small the graph is.
const FEW: usize = 100_000;

/// The members of a graph's file, and what they are.
type Parts<'p> = (Members, &'p [Part]);

/// Takes out of a graph what was kept `before` and is not `now`, and puts in what is new, all of it or nothing. None where
/// something is damaged, or too much differs.
pub(super) fn apply(graph: &Store, before: Parts<'_>, now: Parts<'_>) -> Option<()> {
    let (gone, come) = (Changed::of(&before, &now), Changed::of(&now, &before));
    let all: usize = now.1.iter().map(|part| part.quads).sum();
    // Loading anew is as quick then, and leaves nothing behind.
    if gone.quads() + come.quads() > all.max(FEW) {
        return None;
    }
    let (mut before, mut now) = (before.0, now.0);
    let mut transaction = graph.start_transaction().ok()?;
    let (gone, come) = (gone.lines(&mut before)?, come.lines(&mut now)?);
    let mut touched = BTreeSet::new();
    for quad in parser().for_slice(&joined(gone.difference(&come))) {
        let quad = quad.ok()?;
        transaction.remove(&quad);
        if let GraphName::NamedNode(name) = quad.graph_name {
            touched.insert(name.into_string());
        }
    }
    for quad in parser().for_slice(&joined(come.difference(&gone))) {
        transaction.insert(&quad.ok()?);
    }
    for name in touched {
        remove_if_empty(&mut transaction, &NamedNode::new_unchecked(name))?;
    }
    transaction.commit().ok()
}

/// A graph is gone with the last of its quads.
fn remove_if_empty(transaction: &mut Transaction<'_>, name: &NamedNode) -> Option<()> {
    let graph = GraphNameRef::from(name.as_ref());
    if transaction.quads_for_pattern(None, None, None, Some(graph)).next().is_none() {
        transaction.remove_named_graph(name).ok()?;
    }
    Some(())
}

/// The parts of one file that the other has not.
struct Changed<'p>(Vec<&'p Part>);

impl<'p> Changed<'p> {
    fn of((_, parts): &Parts<'p>, (_, others): &Parts<'_>) -> Self {
        let known: BTreeSet<(&str, &str)> = others.iter().map(|part| (&*part.holds, &*part.digest)).collect();
        Self(parts.iter().filter(|part| !known.contains(&(&*part.holds, &*part.digest))).collect())
    }

    fn quads(&self) -> usize {
        self.0.iter().map(|part| part.quads).sum()
    }

    /// The lines of these parts.
    fn lines(&self, members: &mut Members) -> Option<BTreeSet<Vec<u8>>> {
        let mut lines = BTreeSet::new();
        for part in &self.0 {
            let text = text(&members.read(part)?)?;
            lines.extend(text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec));
        }
        Some(lines)
    }
}

fn joined<'l>(lines: impl Iterator<Item = &'l Vec<u8>>) -> Vec<u8> {
    lines.flat_map(|line| line.iter().copied()).collect()
}

//! Two stores as one.

use crate::error::{Kind, StoreError};
use crate::loaded;
use crate::store::{Added, Store};
use demarche_resolve::Correction;

/// What came of a merge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// The articles.
    pub added: Added,
    /// Corrections that were not there before.
    pub corrections: usize,
    /// Loaded graphs that were not there before.
    pub graphs: usize,
}

impl Store {
    /// Takes in the records, corrections and loaded graphs of other stores, which stay as they are. With [`Store::commit`] the
    /// graph is that of a store which was built from all articles at once.
    ///
    /// # Errors
    /// When corrections contradict each other (the message has file and line of each), graphs of one IRI differ, something
    /// cannot be read, another process writes, or the disk fails. Of contradictions nothing is taken in.
    pub fn merge(&mut self, others: &[Store]) -> Result<Merged, StoreError> {
        self.lock()?;
        let corrections = self.new_corrections(others)?;
        let mut graphs = loaded::listed(self.folder())?;
        let mut new_graphs = Vec::new();
        for other in others {
            // What was worked out from other records says nothing of all of them together.
            for graph in loaded::listed(other.folder())?.into_iter().filter(|graph| graph.derived_from.is_none()) {
                match graphs.iter().find(|known| known.iri == graph.iri) {
                    Some(known) if known.digest == graph.digest => {}
                    Some(_) => {
                        let (iri, one, two) = (&graph.iri, self.path().display(), other.path().display());
                        let message = format!(
                            "{iri} is not the same graph in {one} and in {two}: take one out with `demarche load --remove`"
                        );
                        return Err(Kind::Unknown(message).into());
                    }
                    None => {
                        new_graphs.push((graph.clone(), graph.bytes(other.folder())?));
                        graphs.push(graph);
                    }
                }
            }
        }
        let mut added = Added::default();
        for other in others {
            let of_other = self.add(&other.records()?)?;
            added.new += of_other.new;
            added.replaced += of_other.replaced;
            added.unchanged += of_other.unchanged;
            added.copies += of_other.copies;
        }
        if !corrections.is_empty() {
            self.correct(&corrections)?;
        }
        for (graph, bytes) in &new_graphs {
            self.put_bytes(graph, bytes)?;
        }
        Ok(Merged { added, corrections: corrections.len(), graphs: new_graphs.len() })
    }

    /// The corrections of the others that are not among ours.
    fn new_corrections(&self, others: &[Store]) -> Result<Vec<Correction>, StoreError> {
        let mut all = self.corrections()?;
        let mut files = vec![self.corrections_file().display().to_string()];
        let (mut new, mut conflicts) = (Vec::new(), Vec::new());
        for other in others {
            let file = other.corrections_file().display().to_string();
            for correction in other.corrections()?.entries() {
                // The reason and the line do not matter: what is to be done does.
                if all.entries().iter().any(|known| known.action == correction.action) {
                    continue;
                }
                match all.push(correction.clone()) {
                    Ok(()) => new.push(correction.clone()),
                    Err(error) => {
                        let line = correction.line.unwrap_or_default();
                        let what: Vec<&str> = error.problems.iter().map(|(_, problem)| problem.as_str()).collect();
                        let earlier = files.join(" or ");
                        conflicts.push(format!("{file}:{line}: contradicts {earlier}: {}", what.join("; ")));
                    }
                }
            }
            files.push(file);
        }
        if conflicts.is_empty() { Ok(new) } else { Err(Kind::Corrections(conflicts.join("\n")).into()) }
    }
}

//! `cargo ontology`: writes what is made from `ontology/demarche.ttl`, the constants of the graph crate, the JSON-LD
//! context and the page that people read.

mod constants;
mod context;
mod page;
mod terms;

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use terms::Ontology;

/// The files that follow from the ontology, by their paths in the repository, with what they must hold.
fn files() -> Result<Vec<(PathBuf, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("the crate lies two folders deep")?;
    let ontology = Ontology::read(&root.join("ontology/demarche.ttl"))?;
    Ok(vec![
        (root.join("crates/graph/src/vocabulary.rs"), constants::write(&ontology)?),
        (root.join("ontology/context.jsonld"), context::write(&ontology)?),
        (root.join("ontology/TERMS.md"), page::write(&ontology)?),
    ])
}

/// Writes the files that are out of date and names them all.
fn main() -> Result<()> {
    for (path, text) in files()? {
        let stale = std::fs::read_to_string(&path).ok().as_ref() != Some(&text);
        if stale {
            std::fs::write(&path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
        }
        println!("{} {}", if stale { "written  " } else { "unchanged" }, path.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_made_from_the_ontology_is_up_to_date() {
        for (path, text) in super::files().unwrap() {
            let there = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(there == text, "{} is out of date: run `cargo ontology`", path.display());
        }
    }
}

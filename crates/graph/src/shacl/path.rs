//! Property paths.

use super::graph::{DataGraph, Id};
use oxigraph::model::Term;
use std::collections::HashSet;
use std::fmt;

/// A property path. It is shown in the notation of SPARQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Path {
    Predicate(Term),
    Inverse(Box<Path>),
    Sequence(Vec<Path>),
    Alternative(Vec<Path>),
    ZeroOrMore(Box<Path>),
    OneOrMore(Box<Path>),
    ZeroOrOne(Box<Path>),
}

impl Path {
    /// The nodes that the path leads to, each once.
    pub fn values(&self, graph: &DataGraph, from: Id) -> Vec<Id> {
        let mut found = self.step(graph, from, false);
        let mut seen = HashSet::new();
        found.retain(|id| seen.insert(*id));
        found
    }

    /// One walk along the path, or against it.
    fn step(&self, graph: &DataGraph, from: Id, backwards: bool) -> Vec<Id> {
        match self {
            Self::Predicate(predicate) => match graph.id(predicate) {
                Some(predicate) if backwards => graph.subjects(predicate, from).collect(),
                Some(predicate) => graph.objects(from, predicate).collect(),
                None => Vec::new(),
            },
            Self::Inverse(path) => path.step(graph, from, !backwards),
            Self::Sequence(paths) => {
                let mut at = vec![from];
                let walk = |at: Vec<Id>, path: &Path| {
                    let found = at.iter().flat_map(|node| path.step(graph, *node, backwards));
                    let mut seen = HashSet::new();
                    found.filter(|id| seen.insert(*id)).collect::<Vec<_>>()
                };
                if backwards {
                    for path in paths.iter().rev() {
                        at = walk(at, path);
                    }
                } else {
                    for path in paths {
                        at = walk(at, path);
                    }
                }
                at
            }
            Self::Alternative(paths) => paths.iter().flat_map(|path| path.step(graph, from, backwards)).collect(),
            Self::ZeroOrMore(path) => path.closure(graph, vec![from], backwards),
            Self::OneOrMore(path) => path.closure(graph, path.step(graph, from, backwards), backwards),
            Self::ZeroOrOne(path) => {
                let mut found = vec![from];
                found.extend(path.step(graph, from, backwards));
                found
            }
        }
    }

    /// All that can be reached from some nodes, with these.
    fn closure(&self, graph: &DataGraph, start: Vec<Id>, backwards: bool) -> Vec<Id> {
        let mut seen = HashSet::new();
        let mut found: Vec<Id> = start.into_iter().filter(|id| seen.insert(*id)).collect();
        let mut next = 0;
        while let Some(&node) = found.get(next) {
            next += 1;
            found.extend(self.step(graph, node, backwards).into_iter().filter(|id| seen.insert(*id)));
        }
        found
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, paths: &[Path], by: &str| {
            write!(f, "(")?;
            for (number, path) in paths.iter().enumerate() {
                write!(f, "{}{path}", if number == 0 { "" } else { by })?;
            }
            write!(f, ")")
        };
        match self {
            Self::Predicate(predicate) => write!(f, "{predicate}"),
            Self::Inverse(path) => write!(f, "^{path}"),
            Self::Sequence(paths) => joined(f, paths, "/"),
            Self::Alternative(paths) => joined(f, paths, "|"),
            Self::ZeroOrMore(path) => write!(f, "({path})*"),
            Self::OneOrMore(path) => write!(f, "({path})+"),
            Self::ZeroOrOne(path) => write!(f, "({path})?"),
        }
    }
}

//! What can go wrong with a store.

use std::io;
use std::path::PathBuf;

/// An error of a store: what, where and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StoreError(Box<Kind>);

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// There is no store at the path.
    Missing,
    /// The folder holds something else.
    Foreign,
    /// The store was written by a version that this one cannot read.
    Version,
    /// Another process writes to the store.
    Locked,
    /// A record of the store cannot be read.
    Record,
    /// The corrections cannot be read or contradict each other.
    Corrections,
    /// The base is no IRI.
    Base,
    /// A query cannot be parsed.
    Syntax,
    /// A query took longer than allowed.
    TimeLimit,
    /// A query could not be evaluated.
    Evaluation,
    /// There is no query or format of that name.
    Unknown,
    /// RDF that was to be loaded cannot be read.
    Rdf,
    /// A loaded graph is damaged.
    LoadedGraph,
    /// The disk.
    Io,
    /// The graph engine.
    Engine,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("there is no store at {}: build one with `demarche build ARTICLES… --store {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    #[error("{} is not empty and holds no store: choose another folder", .0.display())]
    Foreign(PathBuf),
    #[error("{} says {found:?}, this version reads {expected:?}: build the store anew", path.display())]
    Version { path: PathBuf, found: String, expected: &'static str },
    #[error("another process writes to {}: try again when it has ended", .0.display())]
    Locked(PathBuf),
    #[error("{} is no record ({reason}): delete the file and add its article again", path.display())]
    Record { path: PathBuf, reason: String },
    #[error("{0}")]
    Corrections(String),
    #[error("{base:?} is no absolute IRI ({reason}): give one like https://example.org/news/")]
    Base { base: String, reason: String },
    #[error("the query cannot be read: {0}")]
    Syntax(String),
    #[error("the query took longer than {0:?}: ask for less (LIMIT, a narrower pattern) or allow more time")]
    TimeLimit(std::time::Duration),
    #[error("the query could not be evaluated: {0}")]
    Evaluation(String),
    #[error("{0}")]
    Unknown(String),
    #[error("{0}")]
    Text(String),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("writing: {0}")]
    Write(io::Error),
    #[error("{}{}: {reason}", path.display(), position(*at))]
    Rdf { path: PathBuf, at: Option<(u64, u64)>, reason: String },
    #[error("{}: the graph {iri} cannot be read ({reason}): load it again, or take it out with `demarche load --remove {iri}`", path.display())]
    LoadedGraph { path: PathBuf, iri: String, reason: String },
    #[error("the graph engine: {0}")]
    Engine(String),
}

impl StoreError {
    /// What went wrong.
    pub fn kind(&self) -> StoreErrorKind {
        match *self.0 {
            Kind::Missing(_) => StoreErrorKind::Missing,
            Kind::Foreign(_) => StoreErrorKind::Foreign,
            Kind::Version { .. } => StoreErrorKind::Version,
            Kind::Locked(_) => StoreErrorKind::Locked,
            Kind::Record { .. } => StoreErrorKind::Record,
            Kind::Corrections(_) => StoreErrorKind::Corrections,
            Kind::Base { .. } => StoreErrorKind::Base,
            Kind::Syntax(_) => StoreErrorKind::Syntax,
            Kind::TimeLimit(_) => StoreErrorKind::TimeLimit,
            Kind::Evaluation(_) => StoreErrorKind::Evaluation,
            Kind::Unknown(_) => StoreErrorKind::Unknown,
            Kind::Io { .. } | Kind::Write(_) => StoreErrorKind::Io,
            Kind::Rdf { .. } | Kind::Text(_) => StoreErrorKind::Rdf,
            Kind::LoadedGraph { .. } => StoreErrorKind::LoadedGraph,
            Kind::Engine(_) => StoreErrorKind::Engine,
        }
    }

    /// The I/O error behind it, if that is what it was (a closed pipe, for instance).
    pub fn io(&self) -> Option<&io::Error> {
        match &*self.0 {
            Kind::Io { source, .. } | Kind::Write(source) => Some(source),
            _ => None,
        }
    }

    /// Turns an I/O error at a path into ours.
    pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Kind::Io { path, source }.into()
    }

    pub(crate) fn engine(error: impl std::fmt::Display) -> Self {
        Kind::Engine(error.to_string()).into()
    }
}

/// `:3:14`, a line and column counted from 1; nothing where they are not known.
fn position(at: Option<(u64, u64)>) -> String {
    at.map_or(String::new(), |(line, column)| format!(":{line}:{column}"))
}

impl From<Kind> for StoreError {
    fn from(kind: Kind) -> Self {
        Self(Box::new(kind))
    }
}

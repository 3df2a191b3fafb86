//! The questions that the graph is made to answer, by name.

use crate::error::{Kind, StoreError};

/// A query with a name, from `ontology/competency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedQuery {
    /// Its name, `who-met-whom`.
    pub name: &'static str,
    /// The query; comment lines at its head say what it answers.
    pub sparql: &'static str,
}

impl NamedQuery {
    /// What it answers.
    pub fn about(&self) -> String {
        let lines = self.sparql.lines().map_while(|line| line.strip_prefix('#'));
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    }
}

macro_rules! named {
    ($($name:literal),* $(,)?) => {
        &[$(NamedQuery {
            name: $name,
            sparql: include_str!(concat!("../../../ontology/competency/", $name, ".rq")),
        }),*]
    };
}

const QUERIES: &[NamedQuery] = named![
    "decisions",
    "dossiers",
    "meeting-network",
    "meetings-by-month",
    "outlets-differ",
    "plans-and-outcomes",
    "plans-that-came-to-nothing",
    "statements-before-meetings",
    "statements-over-time",
    "who-met-whom",
    "who-said-what",
];

/// All named queries, in the order of their names.
///
/// ```
/// let names: Vec<&str> = demarche_graph::named_queries().iter().map(|query| query.name).collect();
/// assert!(names.contains(&"who-met-whom"));
/// ```
pub fn named_queries() -> &'static [NamedQuery] {
    QUERIES
}

/// The named query of a name.
///
/// # Errors
/// When there is none; the message lists those that there are.
pub fn named_query(name: &str) -> Result<&'static NamedQuery, StoreError> {
    QUERIES.iter().find(|query| query.name == name).ok_or_else(|| {
        let names: Vec<&str> = QUERIES.iter().map(|query| query.name).collect();
        Kind::Unknown(format!("there is no query {name:?}; there are {}", names.join(", "))).into()
    })
}

//! Why shapes cannot be used.

/// An error of shapes: which one, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShaclError {
    /// A part of SHACL that this validator has not.
    #[error("{shape}: {term} is not supported; {hint}")]
    Unsupported {
        /// The shape, or the node that the term stands at.
        shape: String,
        /// The term.
        term: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A shape that SHACL does not allow.
    #[error("{shape}: {problem}")]
    Malformed {
        /// The shape.
        shape: String,
        /// What is wrong.
        problem: String,
    },
    /// A query of a shape that went wrong while it was evaluated.
    #[error("{shape}: its query cannot be evaluated: {problem}")]
    Query {
        /// The shape.
        shape: String,
        /// What the engine says.
        problem: String,
    },
}

//! What speaks for a meeting and how far each is to be trusted.

use crate::confidence::rules;

rules! {
    /// What speaks for a meeting.
    pub enum Rule for "meeting" {
        /// A verb whose form tells the status: Lee met Wu.
        Verb,
        /// A verb whose status is supposed.
        VerbAlone,
        /// A noun whose sentence tells the status: talks between Lee and Wu ended.
        Noun,
        /// A noun whose status is supposed.
        NounAlone,
        /// Told of more than once.
        Again,
        /// A headline alone.
        Headline,
    }
}

//! What was decided, how surely, and why.

use crate::corpus::Member;
use crate::corrections::Reference;
use crate::gazetteer;
use crate::key::{Key, Kind};
use serde::{Deserialize, Serialize};

/// Sorts of decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// They are one.
    Same,
    /// They were looked at and kept apart.
    Apart,
    /// The members were left out of the corpus.
    SetAside,
    /// A correction gave the thing another name or other properties.
    Corrected,
    /// The meeting tells when an undated article was written.
    Dated,
}

impl DecisionKind {
    /// The word for it, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            DecisionKind::Same => "same",
            DecisionKind::Apart => "apart",
            DecisionKind::SetAside => "set aside",
            DecisionKind::Corrected => "corrected",
            DecisionKind::Dated => "dated",
        }
    }
}

/// Why members of several records are one thing, why they are not, or why one was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Decision {
    /// The thing in the corpus; none where it was set aside.
    pub about: Option<Key>,
    /// What was decided.
    pub kind: DecisionKind,
    /// Of what was kept apart: the thing on the other side.
    pub other: Option<Key>,
    /// What a correction would call what was decided on: two sides that were joined or kept apart, or the one name that
    /// several articles share.
    pub things: Vec<Reference>,
    /// What the decision placed: the members of the first side.
    pub members: Vec<Member>,
    /// How sure it is that they are one, of 100. Joined is what has 70 or more; a correction has 100 or 0.
    pub score: u8,
    /// Why, in words.
    pub reason: String,
    /// The number of the correction that says so, from 0 in the order of [`crate::Corrections::entries`].
    pub correction: Option<usize>,
}

impl Decision {
    /// How far the decision stands from the line between joining and keeping apart: the least first is what a reader should
    /// look at first.
    pub fn certainty(&self) -> u8 {
        match self.correction {
            Some(_) => 100,
            None => self.score.abs_diff(crate::cluster::SAME),
        }
    }

    /// Whether it is on what two articles call by a name that every state has a body of ("the administration"): what a reader
    /// says of these two settles nothing for others.
    pub fn is_on_a_common_noun(&self) -> bool {
        let is_body = |key: &Key| key.kind() == Kind::Organization && gazetteer::is_generic(key.name());
        matches!(&self.things[..], [one, other] if one.key == other.key && is_body(&one.key))
    }

    pub(crate) fn same(things: Vec<Reference>, members: Vec<Member>, score: u8, reason: String) -> Self {
        Self { about: None, kind: DecisionKind::Same, other: None, things, members, score, reason, correction: None }
    }

    pub(crate) fn apart(things: Vec<Reference>, members: Vec<Member>, score: u8, reason: String) -> Self {
        Self { kind: DecisionKind::Apart, ..Self::same(things, members, score, reason) }
    }

    pub(crate) fn corrected(about: Key, members: Vec<Member>, reason: String, correction: usize) -> Self {
        let things = vec![Reference { key: about.clone(), article: None }];
        let decision = Self::same(things, members, 100, reason);
        Self { about: Some(about), kind: DecisionKind::Corrected, correction: Some(correction), ..decision }
    }

    pub(crate) fn dated(members: Vec<Member>, reason: String) -> Self {
        Self { kind: DecisionKind::Dated, ..Self::same(Vec::new(), members, 100, reason) }
    }

    pub(crate) fn set_aside(members: Vec<Member>, reason: String) -> Self {
        Self { kind: DecisionKind::SetAside, ..Self::same(Vec::new(), members, 0, reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_names_are_common_nouns() {
        let is = |one: &str, other: &str| {
            let things =
                [one, other].map(|key| Reference { key: Key::parse(key).unwrap(), article: Some("doc:1".into()) });
            Decision::same(things.into(), Vec::new(), 71, String::new()).is_on_a_common_noun()
        };
        assert!(is("organization/administration", "organization/administration"));
        assert!(!is("organization/armed-forces", "organization/ukrainian-armed-forces"));
        assert!(!is("organization/gazprom", "organization/gazprom"));
        assert!(!is("person/cabinet", "person/cabinet"));
    }
}

//! Keys that are minted from content.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// What a key is the key of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A human being.
    Person,
    /// A body.
    Organization,
    /// A place.
    Place,
    /// An office held.
    Tenure,
    /// An occasion.
    Meeting,
    /// Something said.
    Statement,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 6] =
        [Kind::Person, Kind::Organization, Kind::Place, Kind::Tenure, Kind::Meeting, Kind::Statement];

    /// The first part of a key: `person`, `meeting` …
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organization => "organization",
            Kind::Place => "place",
            Kind::Tenure => "tenure",
            Kind::Meeting => "meeting",
            Kind::Statement => "statement",
        }
    }
}

/// The name of a thing in the corpus, minted from its content and never from a counter: `person/joe-biden`,
/// `meeting/4c1f…`. The same records give the same keys. Only ASCII letters, digits, `-` and one `/`. In JSON it is a string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Key {
    kind: Kind,
    text: String,
}

impl Key {
    /// A key that can be read: the folded name.
    pub(crate) fn named(kind: Kind, folded: &str) -> Self {
        Self { kind, text: format!("{}/{folded}", kind.as_str()) }
    }

    /// A key that is a digest of what the thing is made of. The parts are set off from each other, so that `ab`, `c` and
    /// `a`, `bc` differ.
    pub(crate) fn digest(kind: Kind, parts: &[&str]) -> Self {
        Self { kind, text: format!("{}/{}", kind.as_str(), digest(parts)) }
    }

    /// Reads a key as [`Key::as_str`] writes it; none where it is no key.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once('/')?;
        let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is_name.then(|| Self { kind, text: text.to_owned() })
    }

    /// What it is the key of.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The whole key, `person/joe-biden`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What follows the kind, `joe-biden`.
    pub fn name(&self) -> &str {
        &self.text[self.kind.as_str().len() + 1..]
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.text
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is no key such as person/joe-biden"))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Sixteen hexadecimal digits of the SHA-256 of the parts.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

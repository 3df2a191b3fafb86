//! What a reader sets right on the page, as a correction of the store.

use super::bad;
use crate::exchange::Failed;
use demarche_graph::{Action, Correction, Corrections, Reference};
use schemars::JsonSchema;
use serde::Deserialize;

/// The body of `POST /api/corrections`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
pub(super) struct NewCorrection {
    /// What to do.
    #[serde(flatten)]
    pub action: NewAction,
    /// Why, in the words of who says so.
    #[serde(default)]
    pub because: Option<String>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(super) enum NewAction {
    /// These are one.
    Same {
        /// Their keys, two or more.
        things: Vec<String>,
    },
    /// No two of these are one.
    Different {
        /// Their keys, two or more.
        things: Vec<String>,
    },
    /// This is to be called so.
    Rename {
        /// Its key.
        thing: String,
        /// Its name.
        name: String,
    },
    /// This is none: an error of reading.
    Drop {
        /// Its key.
        thing: String,
    },
}

/// Reads the body of `POST /api/corrections` and checks it as the file of the corrections is checked.
///
/// # Errors
/// With status 400 when it is no JSON of that shape, or the store would not take it.
pub(crate) fn correction(body: &[u8]) -> Result<Correction, Failed> {
    let new: NewCorrection = serde_json::from_slice(body).map_err(|error| bad(format!("the correction: {error}")))?;
    let reference = |key: &String| Reference::parse(key).map_err(bad);
    let action = match &new.action {
        NewAction::Same { things } => Action::Same(things.iter().map(reference).collect::<Result<_, _>>()?),
        NewAction::Different { things } => Action::Different(things.iter().map(reference).collect::<Result<_, _>>()?),
        NewAction::Rename { thing, name } => Action::Rename { thing: reference(thing)?, name: name.clone() },
        NewAction::Drop { thing } => Action::Drop(reference(thing)?),
    };
    let because = new.because.filter(|because| !because.trim().is_empty());
    let correction = Correction { action, because, line: None };
    // The file's own reader knows what makes sense together.
    Corrections::parse(&correction.to_string(), "the correction").map_err(|error| bad(error.to_string()))?;
    Ok(correction)
}

/// The keys of what a correction is about, as paths of the interface.
pub(crate) fn things(correction: &Correction) -> Vec<String> {
    let references = match &correction.action {
        Action::Same(things) | Action::Different(things) => things.as_slice(),
        Action::Drop(thing) | Action::Rename { thing, .. } | Action::Set { thing, .. } => std::slice::from_ref(thing),
    };
    references.iter().map(|reference| reference.key.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_says_becomes_an_entry_of_the_file() {
        let body = r#"{ "action": "same", "things": ["person/ada-brink", "person/brink"], "because": "One mayor." }"#;
        let taken = correction(body.as_bytes()).map(|correction| (things(&correction), correction.to_string()));
        let entry = "\n[[same]]\nthings = [\"person/ada-brink\", \"person/brink\"]\nbecause = \"One mayor.\"\n";
        assert_eq!(taken, Ok((vec!["person/ada-brink".to_owned(), "person/brink".to_owned()], entry.to_owned())));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (body, words) in [
            ("", "the correction: EOF"),
            (r#"{ "action": "burn", "thing": "person/brink" }"#, "unknown variant"),
            (r#"{ "action": "drop", "thing": "brink" }"#, "is no key"),
            (r#"{ "action": "rename", "thing": "meeting/4c1f9a3b5e7d2086", "name": "Summit" }"#, "cannot be renamed"),
            (r#"{ "action": "same", "things": ["person/brink", "place/riga"] }"#, "of different kinds"),
            (r#"{ "action": "different", "things": ["person/brink"] }"#, "two different things or more"),
        ] {
            let refused = correction(body.as_bytes()).expect_err(body).to_string();
            assert!(refused.contains(words), "{body}: {refused}");
        }
    }
}

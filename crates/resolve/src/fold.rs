//! Folding of names: what differs only in case, diacritics or punctuation becomes equal.

use crate::key::digest;
use std::borrow::Cow;

const HONORIFICS: [&str; 9] = ["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "prof"];

/// Words that open a surname of several words ("von der Leyen").
const PARTICLES: [&str; 23] = [
    "al", "bin", "ben", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le",
    "mac", "st", "ter", "van", "von", "zu",
];

/// A name in lower-case ASCII letters and digits, its words joined by `-`: "Mr. José Núñez" is `jose-nunez`. Titles of
/// courtesy, a leading "the" and a possessive ending go. A name without any letter or digit gives a digest of itself.
///
/// ```
/// assert_eq!(demarche_resolve::fold("Mr. José Núñez"), "jose-nunez");
/// assert_eq!(demarche_resolve::fold("the U.S. Department of State"), "us-department-of-state");
/// assert_eq!(demarche_resolve::fold("O’Brien’s"), "obrien");
/// ```
pub fn fold(name: &str) -> String {
    let mut ascii: Cow<str> = deunicode::deunicode_with_tofu_cow(name, "[?]");
    if ascii.bytes().any(|byte| byte.is_ascii_uppercase()) {
        ascii.to_mut().make_ascii_lowercase();
    }
    let ascii = ascii.strip_suffix("'s").unwrap_or(&ascii);
    // Word by word into one string: whole statements are folded too.
    let mut folded = String::with_capacity(ascii.len());
    for word in ascii.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '_' | ',')) {
        let (before, letters) = (folded.len(), word.bytes().filter(u8::is_ascii_alphanumeric).map(char::from));
        if before > 0 {
            folded.push('-');
        }
        let start = folded.len();
        folded.extend(letters);
        if folded.len() == start {
            folded.truncate(before);
        }
    }
    let mut rest = folded.as_str();
    while let Some((first, more)) = rest.split_once('-')
        && (first == "the" || HONORIFICS.contains(&first))
    {
        rest = more;
    }
    if rest.is_empty() { digest(&[name]) } else { rest.to_owned() }
}

/// Whether the folded name can be a surname without a given name: one word, or several that open with a particle.
pub(crate) fn is_bare_surname(folded: &str) -> bool {
    match folded.split_once('-') {
        None => true,
        Some((first, _)) => PARTICLES.contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn surnames() {
        assert!(is_bare_surname("putin") && is_bare_surname("von-der-leyen") && !is_bare_surname("joe-biden"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(name in "\\PC{0,40}") {
            let once = fold(&name);
            prop_assert!(!once.is_empty());
            prop_assert!(once.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert_eq!(fold(&once), once);
        }
    }
}

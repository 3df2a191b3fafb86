//! Folding of names: what differs only in case, diacritics or punctuation becomes equal.

use crate::key::digest;
use deunicode::deunicode_char;

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
    // In one go: whole statements are folded too.
    let mut folded = Folded { text: String::with_capacity(name.len()), at_border: false, ending: [' '; 2] };
    for letter in name.chars() {
        match letter.is_ascii() {
            true => folded.push(letter),
            false => deunicode_char(letter).unwrap_or_default().chars().for_each(|letter| folded.push(letter)),
        }
    }
    let folded = folded.without_possessive();
    let mut rest = folded.as_str();
    while let Some((first, more)) = rest.split_once('-')
        && (first == "the" || HONORIFICS.contains(&first))
    {
        rest = more;
    }
    if rest.is_empty() { digest(&[name]) } else { rest.to_owned() }
}

/// A folded name in the making.
struct Folded {
    text: String,
    /// Whether the next letter begins a word.
    at_border: bool,
    /// The last two characters of the name, in lower case.
    ending: [char; 2],
}

impl Folded {
    /// Goes on with a character of ASCII.
    fn push(&mut self, character: char) {
        let character = character.to_ascii_lowercase();
        self.ending = [self.ending[1], character];
        if character.is_ascii_alphanumeric() {
            if std::mem::take(&mut self.at_border) && !self.text.is_empty() {
                self.text.push('-');
            }
            self.text.push(character);
        } else if character.is_whitespace() || matches!(character, '-' | '/' | '_' | ',') {
            self.at_border = true;
        }
    }

    fn without_possessive(mut self) -> String {
        if self.ending == ['\'', 's'] {
            self.text.pop();
            let length = self.text.trim_end_matches('-').len();
            self.text.truncate(length);
        }
        self.text
    }
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
    fn borders_of_words() {
        for (name, folded) in [
            ("  Ana -- María/Núñez, Jr. ", "ana-maria-nunez-jr"),
            ("’s", &digest(&["’s"])),
            ("the Orlovs’s", "orlovs"),
            ("Orlov 's", "orlov"),
            ("北京 News", "bei-jing-news"),
            ("Ana\nNúñez\r\nLee", "ana-nunez-lee"),
            ("a_b-'-c", "a-b-c"),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

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

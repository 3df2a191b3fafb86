//! What the model sees of a word form: its norm, first character, last three, shape, and whether it is white space.
//!
//! The definitions are spaCy's (`spacy/lang/lex_attrs.py`, `norm_exceptions.py`), over Python's idea of letters, digits and
//! white space, which differs from Rust's in a few characters.

use crate::hash::string_id;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The identifiers ([`string_id`]) of a word form's attributes, of which the embedding tables and the static vectors are
/// read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Lexeme {
    /// Of the form itself, by which static vectors are known.
    pub orth: u64,
    /// Of its norm: the form without differences of case, typography and spelling.
    pub norm: u64,
    /// Of its first character.
    pub prefix: u64,
    /// Of its last three characters.
    pub suffix: u64,
    /// Of its [`shape`].
    pub shape: u64,
    /// Whether it is all white space.
    pub is_space: bool,
}

impl Lexeme {
    /// The attributes of a word form. `norm` is the identifier of the norm where a tokenizer exception sets one, else it is
    /// looked up in `norms`.
    pub(crate) fn new(word: &str, norm: Option<u64>, norms: &Norms) -> Self {
        let orth = string_id(word);
        let first = word.chars().next().map_or(0, char::len_utf8);
        let last_three = word.char_indices().rev().take(3).last().map_or(0, |(at, _)| at);
        Self {
            orth,
            norm: norm.unwrap_or_else(|| norms.of(word, orth)),
            prefix: string_id(&word[..first]),
            suffix: string_id(&word[last_three..]),
            shape: string_id(&shape(word)),
            is_space: !word.is_empty() && word.chars().all(is_space),
        }
    }
}

/// A table of norms that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NormsError {
    /// The table is not a JSON object of strings.
    #[error("not a table of norms: {0}")]
    Json(#[from] serde_json::Error),
    /// A key is no identifier.
    #[error("{0:?} is not the identifier of a word, a decimal number of 64 bits")]
    Identifier(String),
}

/// The norms of words: the model's table (spelling variants, contractions, abbreviations), punctuation, else lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Norms {
    by_word: FxHashMap<u64, u64>,
}

impl Norms {
    /// Reads the model's `lexeme_norm.json`: norms by the identifier of the word, as the model stores no more of the word.
    ///
    /// # Errors
    /// When the table has another form.
    pub(crate) fn from_json(table: &[u8]) -> Result<Self, NormsError> {
        let table: BTreeMap<String, String> = serde_json::from_slice(table)?;
        let mut by_word: FxHashMap<u64, u64> =
            PUNCTUATION_NORMS.iter().map(|(word, norm)| (string_id(word), string_id(norm))).collect();
        for (id, norm) in table {
            let id = id.parse().map_err(|_| NormsError::Identifier(id.clone()))?;
            by_word.insert(id, string_id(&norm));
        }
        Ok(Self { by_word })
    }

    /// The identifier of the norm of a word whose identifier is `orth`.
    fn of(&self, word: &str, orth: u64) -> u64 {
        if let Some(&norm) = self.by_word.get(&orth) {
            norm
        } else if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            orth
        } else {
            string_id(&word.to_lowercase())
        }
    }
}

/// Norms that spaCy gives to typographic variants in every language.
const PUNCTUATION_NORMS: [(&str, &str); 45] = [
    ("'s", "'s"),
    ("'S", "'s"),
    ("’s", "'s"),
    ("’S", "'s"),
    ("’", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("`", "'"),
    ("”", "\""),
    ("“", "\""),
    ("''", "\""),
    ("``", "\""),
    ("´´", "\""),
    ("„", "\""),
    ("»", "\""),
    ("«", "\""),
    ("‘‘", "\""),
    ("’’", "\""),
    ("？", "?"),
    ("！", "!"),
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("。", "."),
    ("।", "."),
    ("…", "..."),
    ("—", "-"),
    ("–", "-"),
    ("--", "-"),
    ("---", "-"),
    ("——", "-"),
    ("€", "$"),
    ("£", "$"),
    ("¥", "$"),
    ("฿", "$"),
    ("US$", "$"),
    ("C$", "$"),
    ("A$", "$"),
    ("₺", "$"),
    ("₹", "$"),
    ("৳", "$"),
    ("₩", "$"),
    ("Mex$", "$"),
    ("₣", "$"),
    ("E£", "$"),
];

/// The shape of a word: `X` for an upper-case letter, `x` for another, `d` for a digit, other characters as they are, runs
/// cut at four; `LONG` from a hundred characters on.
pub(crate) fn shape(word: &str) -> String {
    let mut shape = String::with_capacity(word.len().min(16));
    let (mut last, mut run) = ('\0', 0);
    let mut length = 0;
    for c in word.chars() {
        length += 1;
        let class = if is_alphabetic(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        if length > 1 && class == last {
            run += 1;
        } else {
            (last, run) = (class, 0);
        }
        if run < 4 {
            shape.push(class);
        }
    }
    if length >= 100 { "LONG".to_owned() } else { shape }
}

/// White space as Python's `str.isspace` has it: Rust's and four information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// A letter as Python's `str.isalpha` has it: general category L, without the letter-like marks and numbers of Rust's.
pub(crate) fn is_alphabetic(c: char) -> bool {
    use GeneralCategory::{LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter};
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.is_alphabetic()
        && matches!(
            get_general_category(c),
            LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
        )
}

/// A digit as Python's `str.isdigit` has it: decimal digits and digits in another form (superscript, circled).
fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    get_general_category(c) == GeneralCategory::DecimalNumber
        || (c.is_numeric() && DIGITS_IN_ANOTHER_FORM.iter().any(|&(first, last)| (first..=last).contains(&c)))
}

/// Characters of Unicode's `Numeric_Type=Digit`.
const DIGITS_IN_ANOTHER_FORM: [(char, char); 20] = [
    ('\u{b2}', '\u{b3}'),
    ('\u{b9}', '\u{b9}'),
    ('\u{1369}', '\u{1371}'),
    ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'),
    ('\u{2080}', '\u{2089}'),
    ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'),
    ('\u{2488}', '\u{2490}'),
    ('\u{24ea}', '\u{24ea}'),
    ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'),
    ('\u{2776}', '\u{277e}'),
    ('\u{2780}', '\u{2788}'),
    ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'),
    ('\u{10e60}', '\u{10e68}'),
    ('\u{11052}', '\u{1105a}'),
    ('\u{1f100}', '\u{1f10a}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_spacys() {
        for (word, expected) in [
            ("Kyiv", "Xxxx"),
            ("Zelenskyy", "Xxxxx"),
            ("NATO", "XXXX"),
            ("2,500", "d,ddd"),
            ("2023", "dddd"),
            ("20230", "dddd"),
            ("m²", "xd"),
            ("G-7", "X-d"),
            ("—", "—"),
            ("\0\0\0\0\0\0", "\0\0\0\0"),
        ] {
            assert_eq!(shape(word), expected, "{word:?}");
        }
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn norms_come_from_the_exception_the_table_and_lower_case_in_this_order() {
        let table = format!(r#"{{"{}":"color","{}":"true"}}"#, string_id("colour"), string_id("Colour"));
        let norms = Norms::from_json(table.as_bytes()).expect("the table is well formed");
        let norm = |word, exception| Lexeme::new(word, exception, &norms).norm;
        assert_eq!(norm("colour", None), string_id("color"));
        assert_eq!(norm("Colour", None), string_id("true"));
        assert_eq!(norm("COLOUR", None), string_id("colour"));
        assert_eq!(norm("“", None), string_id("\""));
        assert_eq!(norm("ÉTAT", None), string_id("état"));
        assert_eq!(norm("ca", Some(string_id("can"))), string_id("can"));
    }

    #[test]
    fn a_table_with_another_key_is_refused() {
        let error = Norms::from_json(br#"{"colour":"color"}"#).expect_err("a word is not an identifier");
        assert_eq!(error.to_string(), r#""colour" is not the identifier of a word, a decimal number of 64 bits"#);
    }

    #[test]
    fn affixes_are_counted_in_characters() {
        let lexeme = Lexeme::new("Łódź", None, &Norms::default());
        assert_eq!((lexeme.prefix, lexeme.suffix), (string_id("Ł"), string_id("ódź")));
        let short = Lexeme::new("é", None, &Norms::default());
        assert_eq!((short.prefix, short.suffix), (short.orth, short.orth));
    }
}

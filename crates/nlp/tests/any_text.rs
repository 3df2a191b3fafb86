//! Any text can be split into tokens, which with the spaces between them are the text.

use demarche_nlp::{Pipeline, Word};
use proptest::prelude::*;

fn tokenize(text: &str) -> Vec<Word> {
    Pipeline::english().tokenizer().tokenize(text)
}

fn text_of(text: &str, words: &[Word]) -> String {
    words.iter().map(|w| [&text[w.start..w.end], if w.space_after { " " } else { "" }].concat()).collect()
}

/// Text of the pieces that tokenizer rules are about, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9]{1,4}",
        "[.,:;!?'\"“”‘’()\\[\\]…—–-]{1,3}",
        "[ \n\t\u{a0}\u{1c}\u{3000}]{1,2}",
        prop::sample::select(vec![
            "can't",
            "a.m.",
            "U.S.",
            ":)",
            "8)",
            "http://a.org/b",
            "x@y.org",
            "5km²",
            "US$",
            "'s",
            "😀"
        ])
        .prop_map(String::from),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn tokens_and_spaces_are_the_text(text in prop_oneof![pieces(), any::<String>()]) {
        let words = tokenize(&text);
        prop_assert_eq!(text_of(&text, &words), &*text);
        prop_assert!(words.iter().all(|w| w.start < w.end));
    }

    #[test]
    fn a_chunk_is_split_alike_wherever_it_stands(chunk in "[a-zA-Z0-9.,'’:()/-]{1,12}") {
        let alone: Vec<usize> = tokenize(&chunk).iter().map(|w| w.end).collect();
        let text = format!("word {chunk} word");
        let words = tokenize(&text);
        let within: Vec<usize> = words[1..words.len() - 1].iter().map(|w| w.end - "word ".len()).collect();
        prop_assert_eq!(alone, within);
    }
}

#[test]
fn a_long_chunk_takes_no_longer_than_its_length() {
    // Were the work to grow with the square of the length, this would take minutes.
    for piece in ["(", ".", "@", "a@", "@a.", "-a", "a.B", "a@b.c/", "5%", ":)", "…", "'s"] {
        let text = piece.repeat(200_000 / piece.len());
        let words = tokenize(&text);
        assert_eq!(text_of(&text, &words), text);
    }
}

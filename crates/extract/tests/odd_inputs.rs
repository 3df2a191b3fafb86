//! Whatever comes in, a record comes out, and every span of it reads what it says.

use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::{Article, validate};

fn check(extractor: &Extractor, text: String) {
    let article = Article::new("odd.txt", text);
    let record = extractor.extract(&article);
    let violations = validate(&record, &article.text);
    assert!(violations.is_empty(), "{violations:?}\nin {:?}", article.text);
}

#[test]
fn odd_texts_give_valid_records() {
    let extractor = Extractor::new(Pipeline::english());
    let odd = [
        "",
        " \r\n\t\n",
        "\"“”'‘’«»",
        "# T\r\n\r\nMr. Smith\r\nmet   \r\nhim. \"He\r\n",
        "Президент Путин встретился с Байденом. 习近平主席会见拜登。 Žluťoučký kůň. 😀 Mr. 😀 Biden’s",
        "MS. OAKLEY:\n\nQ\n\nMS. OAKLEY: (Laughter.)",
        "***\n---\n[x](y) **President [Lee]** <…> __he__ said\u{a0}so\u{200b}.",
    ];
    for text in odd {
        check(&extractor, text.to_owned());
    }
    check(&extractor, format!("{} Biden {}", "a".repeat(20_000), "(".repeat(500)));
}

/// Words that rules look at, thrown together by a fixed sequence of numbers.
#[test]
fn words_thrown_together_give_valid_records() {
    const WORDS: &[&str] = &[
        "President",
        "Lee",
        ",",
        "and",
        "\"",
        "the",
        "two",
        "leaders",
        "said",
        "that",
        "he",
        "of",
        "his",
        "Prime",
        "Minister",
        "[",
        "]",
        "(",
        ")",
        "**",
        "-",
        "—",
        "“",
        "”",
        "Jr.",
        "II",
        "Finland",
        "Sauli",
        "Mr.",
        "Q",
        "MS. OAKLEY:",
        "\n\n",
        "counterpart",
        ".",
        ";",
        "Al-",
        "bin",
        "van",
        "’s",
        "#",
        "*",
        "U.S.",
        "Secretary",
        "General",
        "Putin-Biden",
        "her",
        "who",
        "is",
        "became",
        "ambassador",
        "they",
        "both",
        "sides",
        "met",
        "in",
        "Geneva",
        "on",
        "Monday",
        "it",
        "according",
        "to",
        "will",
        "not",
        "talks",
    ];
    let extractor = Extractor::new(Pipeline::english());
    let mut state: u64 = 2021;
    for _ in 0..120 {
        let mut text = String::new();
        for _ in 0..160 {
            // Knuth's multiplier; the high bits are the random ones.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let index = usize::try_from(state >> 33).unwrap_or(0) % WORDS.len();
            text.push_str(WORDS[index]);
            text.push(' ');
        }
        check(&extractor, text);
    }
}

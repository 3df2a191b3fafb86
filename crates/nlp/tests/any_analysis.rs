//! Any string has an analysis, whatever was analysed before, and the analysis holds together.

#![cfg(feature = "embedded-model")]

use demarche_nlp::{Analysis, Pipeline};
use proptest::prelude::*;

/// What holds for every analysis.
fn check(text: &str, analysis: &Analysis) -> Result<(), TestCaseError> {
    prop_assert_eq!(analysis.text(), text);
    // Tokens and the spaces between them are the text.
    let mut spelled = String::new();
    for (i, token) in analysis.tokens().iter().enumerate() {
        prop_assert_eq!(token.start, spelled.len());
        spelled.push_str(analysis.word(i));
        if token.space_after {
            spelled.push(' ');
        }
    }
    prop_assert_eq!(&*spelled, text);
    // Sentences cover the tokens in order, none is empty.
    let mut next = 0;
    for sentence in analysis.sentences() {
        prop_assert_eq!(sentence.start, next);
        prop_assert!(sentence.end > sentence.start);
        next = sentence.end;
    }
    prop_assert_eq!(next, analysis.len());
    // Every token leads to a root in its own sentence.
    for i in 0..analysis.len() {
        prop_assert!(analysis.sentence_of(i).contains(&analysis[i].head));
        prop_assert!(analysis.ancestors(i).take(analysis.len() + 1).count() <= analysis.len(), "heads run in a circle");
    }
    // Entities are in order, apart, and within sentences.
    let mut next = 0;
    for entity in analysis.entities() {
        prop_assert!(entity.tokens.start >= next && entity.tokens.end > entity.tokens.start);
        next = entity.tokens.end;
        prop_assert!(analysis.sentence_of(entity.tokens.start).end >= entity.tokens.end);
    }
    prop_assert!(next <= analysis.len());
    Ok(())
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "minister",
        "met",
        "Ms.",
        "Ito",
        "Oslo",
        "on",
        "Monday",
        "and",
        "that",
        "which",
        "said",
        "“",
        "”",
        "(",
        ")",
        ",",
        ".",
        "?",
        "—",
        "2,000",
        "\n\n",
        "\u{a0}",
        "U.S.",
        "don't",
        "ᚠ",
        "👩‍👩‍👧",
        "\u{301}",
        "ß",
        "http://a.org/b?c=d",
    ]);
    prop::collection::vec((word, prop::sample::select(vec![" ", "", "  "])), 0..60)
        .prop_map(|words| words.into_iter().flat_map(|(word, space)| [word, space]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_has_a_sound_analysis(text in prop_oneof![words(), any::<String>(), "\\PC{0,300}", "\\s{0,40}"]) {
        check(&text, &Pipeline::english().analyze(&text))?;
    }
}

#[test]
fn odd_texts_have_a_sound_analysis() {
    let long = "a".repeat(200_000);
    let many = "so ".repeat(3_000);
    let nested = "(".repeat(2_000);
    for text in ["", " ", "\n", "\u{0}", "\u{feff}", "e\u{301}", &long, &many, &nested] {
        check(text, &Pipeline::english().analyze(text)).unwrap();
    }
}

#[test]
fn an_analysis_depends_on_its_text_alone() {
    let texts: Vec<String> = (0..40)
        .map(|i| format!("Minister No{i} met Ms. Ito{i} in Oslo{i} on {} May. “We{i} talked,” he said.", i % 28 + 1))
        .collect();
    let pipeline = Pipeline::english();
    let expected: Vec<Analysis> = texts.iter().map(|t| pipeline.analyze(t)).collect();
    std::thread::scope(|scope| {
        for step in [1, 3, 7, 11] {
            let (texts, expected) = (&texts, &expected);
            scope.spawn(move || {
                for i in (0..texts.len()).map(|i| i * step % texts.len()) {
                    assert_eq!(pipeline.analyze(&texts[i]), expected[i]);
                }
            });
        }
    });
}

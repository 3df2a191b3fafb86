//! Extraction never fails and keeps the contract, whatever the text is.

use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::{Article, validate};

fn check(text: &str) {
    let article = Article::new("odd.txt", text);
    let record = Extractor::new(Pipeline::english()).extract(&article);
    let violations = validate(&record, text);
    assert!(violations.is_empty(), "{text:?}: {violations:?}");
}

#[test]
fn odd_texts_give_records() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "\r\n\r\n",
        "\"",
        "“",
        "” “",
        "\"\"\"\"\"\"",
        "''' ``",
        "said",
        "said said said.",
        "according to",
        "according to.",
        "According to according to, said.",
        ": said:",
        "Q",
        "Q:\nQ:\nQ:\n",
        "MS. LEE:\nMS. LEE:\nMR. KIM:",
        "Statement by Lee",
        "“A,” “B,” “C,” said said.",
        "“Über die Brücke”, sagte Jürgen Müller. Er ging nach Köln.",
        "Путин сказал: «Мы готовы».",
        "习近平说：“我们准备好了。”",
        "💬 “🙂” said 🙂.",
        "e\u{301}\u{200b}\u{feff} “a\u{a0}b” said\u{a0}Lee.",
        "<p>“Tags”</p> said <b>Lee</b>.",
    ] {
        check(text);
        check(&format!("Maria Keller said {text}"));
        check(&format!("{text} Maria Keller said."));
    }
}

#[test]
fn cut_off_texts_give_records() {
    let text = "VIENNA — “We are ready,” Maria Keller told ‘Die Welt’ on Monday, “and that’s it.” According to John Harper, \
                the talks, she said, had failed; he denied calling it \"a farce\".\n\n“More.\n\n“And more,” he added.";
    for (end, _) in text.char_indices() {
        check(&text[..end]);
    }
}

#[test]
fn long_texts_do_not_take_long() {
    // A quadratic step over texts of this length would take minutes.
    let text =
        "“We are ready,” Maria Keller said. John Harper said the bank's doors weren't \"open\" yet. ".repeat(400);
    check(&text);
    check(&text.replace(". ", ".\n\n"));
    check(&"“'\"‘ ".repeat(5000));
}

#[test]
fn nameless_speakers_that_refer_to_each_other_come_to_an_end() {
    check(
        "It was late, said the spokesman. “We are ready,” the spokesman said. The statement said the statement said so.",
    );
    check(&"The statement added that the talks had failed, said the spokesman. ".repeat(100));
}

//! The analysis agrees with spaCy's, token by token, on our own sentences (`fixtures/*.txt`).

#![cfg(feature = "embedded-model")]

mod oracle;

use demarche_nlp::Pipeline;
use oracle::{Expected, Measure, Parity};
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn expected() -> Vec<Expected> {
    oracle::read(&fixtures().join("expected.jsonl"))
}

#[test]
fn the_expected_output_is_that_of_the_fixtures() {
    let mut files: Vec<_> = std::fs::read_dir(fixtures())
        .expect("the fixtures are beside this test")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let lines = files.iter().flat_map(|path| {
        let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).expect("fixtures are UTF-8");
        let lines = text.split('\n').map(str::to_owned).enumerate();
        let texts = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("# "));
        texts.map(|(i, line)| (format!("{name}:{}", i + 1), unescape(&line))).collect::<Vec<_>>()
    });
    let expected: Vec<_> = expected().into_iter().map(|e| (e.id, e.text)).collect();
    assert_eq!(lines.collect::<Vec<_>>(), expected, "run oracle/expected.py again, see README.md");
}

fn unescape(line: &str) -> String {
    line.replace("\\n", "\n").replace("\\t", "\t")
}

#[test]
fn the_analysis_is_spacys() {
    let expected = expected();
    assert!(expected.len() >= 350);
    let mut parity = Parity::default();
    for text in &expected {
        parity.compare(text, &Pipeline::english().analyze(&text.text));
    }
    println!("{parity}");
    let report = || format!("\n{}\n{parity}", parity.differences.join("\n"));
    assert!(parity.share(Measure::Token) == 1.0, "tokens differ from spaCy's{}", report());
    for measure in [
        Measure::Tag,
        Measure::Pos,
        Measure::Head,
        Measure::Relation,
        Measure::Lemma,
        Measure::Sentence,
        Measure::Entity,
    ] {
        assert!(parity.share(measure) >= 0.999, "{measure:?} agrees for less than 99.9 % of tokens{}", report());
    }
}

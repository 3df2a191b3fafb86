//! Every example line of the cue lexicon comes out of the real pipeline as it is marked.

use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::Article;

/// What stands between two marks, and the text without them.
fn marked(text: &str, open: char, close: char) -> String {
    let inner = text.split_once(open).and_then(|(_, rest)| rest.split_once(close));
    inner.map(|(inner, _)| inner.to_owned()).unwrap_or_default()
}

#[test]
fn examples_of_the_cue_lexicon_come_out_as_marked() {
    let extractor = Extractor::new(Pipeline::english());
    let (mut run, mut failed) = (0, Vec::new());
    for line in include_str!("../../../data/lexicon/cues.tsv").lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        for example in fields[4].split(" || ") {
            assert!(!example.is_empty(), "{} has no example", fields[0]);
            run += 1;
            let clean = |text: &str| text.replace(['<', '>', '[', ']', '{', '}'], "");
            let source = clean(&marked(example, '<', '>'));
            let cue = clean(&marked(example, '[', ']'));
            let content = clean(&marked(example, '{', '}'));
            let record = extractor.extract(&Article::new("example.txt", clean(example)));
            let found = record.statements.iter().any(|s| {
                s.content.len() == 1
                    && s.content[0].text() == content
                    && s.cue.as_ref().is_some_and(|c| c.span.text() == cue && c.lemma == fields[0])
                    && s.source.as_ref().is_some_and(|s| s.text() == source)
            });
            if !found {
                let found = record.statements.iter().map(|s| {
                    let text = |span: Option<&demarche_record::Span>| span.map_or("-", |s| s.text()).to_owned();
                    let content: Vec<_> = s.content.iter().map(|c| c.text()).collect();
                    format!(
                        "<{}> [{}] {{{}}}",
                        text(s.source.as_ref()),
                        text(s.cue.as_ref().map(|c| &c.span)),
                        content.join(" // ")
                    )
                });
                failed.push(format!("{}: {example}\n    found: {}", fields[0], found.collect::<Vec<_>>().join("; ")));
            }
        }
    }
    assert!(run >= 250, "only {run} examples");
    assert!(failed.is_empty(), "{} of {run} examples fail:\n{}", failed.len(), failed.join("\n"));
}

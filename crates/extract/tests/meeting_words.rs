//! Runs the example of every line of `data/lexicon/meetings.tsv`: it must be read as a meeting of that kind, or as
//! none where the line says that the words tell of nothing.

use demarche_extract::Extractor;
use demarche_nlp::Pipeline;
use demarche_record::Article;

#[test]
fn every_word_for_a_meeting_has_an_example_that_is_read_as_one() {
    let extractor = Extractor::new(Pipeline::english());
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in include_str!("../../../data/lexicon/meetings.tsv").lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        lines += 1;
        let columns: Vec<_> = line.split('\t').collect();
        let [lemma, _, frame, kind, _, example] = columns[..] else {
            wrong.push(format!("{line}: six columns are needed"));
            continue;
        };
        let record = extractor.extract(&Article::new("example.txt", example));
        let found: Vec<_> = record
            .meetings
            .iter()
            .map(|m| {
                let triggers: Vec<_> = m.mentions.iter().map(|mention| mention.trigger.text()).collect();
                format!("{} of {} by {triggers:?}", m.kind, m.participants.len())
            })
            .collect();
        let read = match &record.meetings[..] {
            [] => frame == "nothing",
            [meeting] => frame != "nothing" && meeting.kind == kind && meeting.participants.len() >= 2,
            _ => false,
        };
        if !read {
            wrong.push(format!("{lemma}: {example:?} gives {found:?}"));
        }
    }
    assert!(lines > 40, "the table has {lines} lines");
    assert!(wrong.is_empty(), "{} of {lines} examples are not read as they say:\n{}", wrong.len(), wrong.join("\n"));
}

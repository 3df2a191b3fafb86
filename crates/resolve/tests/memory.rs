//! Blocks that hold what they held before are not decided again, and nothing else is taken over.

#![allow(clippy::unwrap_used)]

use demarche_record::{Article, Mention, MentionKind, Person, Record, SourceText};
use demarche_resolve::{Corrections, Memory, resolve, resolve_again};
use std::collections::BTreeMap;

/// An article that names one person.
fn article(number: usize, name: &str) -> Record {
    let text = format!("{name} left. That was number {number}.");
    let source = SourceText::new(&text);
    let span = source.span_of_bytes(0..name.len()).unwrap();
    let mut record = Record::empty(&Article::new(format!("{number}.txt"), &text));
    let mentions = vec![Mention { span, kind: MentionKind::Name }];
    record.people.push(Person { id: "p0".into(), name: name.into(), identifiers: vec![], mentions, roles: vec![] });
    record
}

fn articles(names: &[&str]) -> Vec<Record> {
    names.iter().enumerate().map(|(number, name)| article(number, name)).collect()
}

/// The digests of the records, as a store has them.
fn digests(records: &[Record]) -> BTreeMap<String, String> {
    records.iter().map(|record| (record.id.clone(), serde_json::to_string(record).unwrap())).collect()
}

#[test]
fn only_blocks_that_a_new_article_touches_are_decided_again() {
    let names = ["Ana Orlova", "Orlova", "Ana Orlova", "A. Orlova", "Orlova", "Ana Orlova", "Boris Orlova", "Orlova"];
    let others = ["Tom Reyes", "Reyes", "Tom Reyes", "T. Reyes", "Reyes", "Tomas Reyes", "Rita Reyes", "Reyes"];
    let mut records = articles(&[names, others].concat());
    let first = Memory::new(digests(&records));
    let corpus = resolve_again(&records, &Corrections::default(), Some(&first));
    assert_eq!(corpus, resolve(&records));
    assert_eq!(first.blocks(), (2, 0));

    records.push(article(99, "Ana Orlova"));
    let second = Memory::read(digests(&records), &first.write()).unwrap();
    assert_eq!(resolve_again(&records, &Corrections::default(), Some(&second)), resolve(&records));
    assert_eq!(second.blocks(), (2, 1), "Reyes as before, Orlova anew");

    // What is gone is forgotten; another reading of an article is another article.
    records.truncate(8);
    let third = Memory::read(digests(&records), &second.write()).unwrap();
    resolve_again(&records, &Corrections::default(), Some(&third));
    assert_eq!(third.blocks(), (1, 0));
    records[3].people[0].identifiers.push("http://www.wikidata.org/entity/Q1".into());
    let fourth = Memory::read(digests(&records), &third.write()).unwrap();
    assert_eq!(resolve_again(&records, &Corrections::default(), Some(&fourth)), resolve(&records));
    assert_eq!(fourth.blocks(), (1, 0));
}

#[test]
fn what_is_no_memory_is_none() {
    for no_memory in ["", "{}", "[\"other rules\",{}]"] {
        assert!(Memory::read(BTreeMap::new(), no_memory.as_bytes()).is_none());
    }
}

//! Blocks that hold what they held before are not decided again, and nothing else is taken over.

#![allow(clippy::unwrap_used)]

use demarche_record::{
    Article, Meeting, MeetingMention, MeetingTime, Mention, MentionKind, Participant, ParticipantRole, Person, Place,
    PlaceKind, Record, SourceText, Status,
};
use demarche_resolve::{Corrections, Memory, resolve, resolve_again, resolve_with};
use std::collections::{BTreeMap, BTreeSet};

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

/// An article by which two people met in a town on a day of June 2031.
fn meeting(number: usize, people: [&str; 2], town: &str, day: u32) -> Record {
    let date = format!("2031-06-{day:02}");
    let text = format!("{} met {} in {town} on {date}, says number {number}.", people[0], people[1]);
    let source = SourceText::new(&text);
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        source.span_of_bytes(start..start + words.len()).unwrap()
    };
    let named = |name: &str| vec![Mention { span: span(name), kind: MentionKind::Name }];
    let mut record = Record::empty(&Article::new(format!("{number}.txt"), &text));
    for (id, name) in ["p0", "p1"].into_iter().zip(people) {
        let (id, name, mentions) = (id.into(), name.into(), named(name));
        record.people.push(Person { id, name, identifiers: vec![], mentions, roles: vec![] });
    }
    record.places.push(Place {
        id: "l0".into(),
        name: town.into(),
        kind: PlaceKind::City,
        country: None,
        identifiers: vec![],
        mentions: named(town),
    });
    let participant = |id: &str| Participant { entity: id.into(), role: ParticipantRole::Participant };
    record.meetings.push(Meeting {
        id: "m0".into(),
        participants: vec![participant("p0"), participant("p1")],
        status: Status::Held,
        mode: None,
        kind: "meeting".into(),
        place: Some("l0".into()),
        time: Some(MeetingTime {
            span: span(&date),
            value: date.clone(),
            earliest: Some(date.clone()),
            latest: Some(date.clone()),
        }),
        topics: vec![],
        mentions: vec![MeetingMention { span: span(&text), trigger: span("met") }],
        confidence: 0.9,
    });
    record
}

#[test]
fn only_blocks_of_meetings_that_something_touches_are_decided_again() {
    // Four reports of two meetings of either pair: too few names for a block of names to be kept.
    let pairs = [["Ana Orlova", "Tom Reyes"], ["Ines Duarte", "Bo Ek"]];
    let days = [(16, "Oslo"), (16, "Oslo"), (24, "Riga"), (24, "Riga")];
    let both = pairs.into_iter().flat_map(|pair| days.map(|told| (pair, told))).enumerate();
    let mut records: Vec<Record> = both.map(|(number, (pair, (day, town)))| meeting(number, pair, town, day)).collect();
    let mut memory = Memory::new(digests(&records));
    let mut again = |records: &[Record], corrections: &str, blocks: (usize, usize), what: &str| {
        let corrections = Corrections::parse(corrections, "corrections.toml").unwrap();
        memory = Memory::read(digests(records), &memory.write()).unwrap();
        let corpus = resolve_again(records, &corrections, Some(&memory));
        assert_eq!(corpus, resolve_with(records, &corrections), "{what}");
        assert_eq!(memory.blocks(), blocks, "{what}");
        corpus
    };
    let corpus = again(&records, "", (2, 0), "nothing is remembered");
    assert_eq!(corpus.meetings.len(), 4);
    again(&records, "", (2, 2), "all is");
    records.push(meeting(99, pairs[0], "Oslo", 16));
    again(&records, "", (2, 1), "one article more touches one block");
    records[0].places[0].country = Some("NO".into());
    again(&records, "", (2, 0), "all of them speak of a town of which more is known now");
    let rename = "[[rename]]\nthing = \"person/bo-ek\"\nname = \"B. Ek\"\n";
    again(&records, rename, (2, 2), "what somebody is called has no part in it");
    let abroad = "[[set]]\nthing = \"place/riga\"\ncountry = \"LV\"\n";
    again(&records, abroad, (2, 0), "both speak of a town of which a correction knows more");
    again(&records, "", (2, 0), "and which it does no more");
    let first = corpus.meetings.iter().filter(|meeting| meeting.label.contains("Duarte"));
    let keys: Vec<String> = first.map(|meeting| format!("{:?}", meeting.key.as_str())).collect();
    let same = format!("[[same]]\nthings = [{}]\n", keys.join(", "));
    let corpus = again(&records, &same, (2, 2), "whole meetings are joined, with all their reports");
    assert_eq!(corpus.meetings.iter().map(|meeting| meeting.reports.len()).collect::<BTreeSet<_>>(), [2, 3, 4].into());
    let different = format!("[[different]]\nthings = [{}]\n", keys.join(", "));
    again(&records, &different, (1, 1), "what a correction tells apart in a block is not remembered");
}

#[test]
fn what_is_no_memory_is_none() {
    for no_memory in ["", "{}", "[\"other rules\",{}]"] {
        assert!(Memory::read(BTreeMap::new(), no_memory.as_bytes()).is_none());
    }
}

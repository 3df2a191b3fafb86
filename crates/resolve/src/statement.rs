//! Which statements are the same.

use crate::QUOTED_WORDS;
use crate::corpus::{Corpus, Member, Statement, articles};
use crate::decision::Decision;
use crate::fold::fold;
use crate::key::{Key, Kind, digest};
use crate::occasion::of_record;
use demarche_record::{self as record, Record, StatementKind};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn statements(records: &[&Record], corpus: &mut Corpus, keys: &mut BTreeMap<Member, Key>) {
    let mut classes: BTreeMap<Key, Vec<(&Record, &record::Statement)>> = BTreeMap::new();
    for record in records {
        for statement in &record.statements {
            let fingerprint = fingerprint(record, statement);
            corpus.fingerprints.insert(Member::new(record, &statement.id), fingerprint.clone());
            let speaker = statement.speaker.as_ref().and_then(|local| keys.get(&Member::new(record, local)));
            classes.entry(statement_key(&fingerprint, statement, speaker)).or_default().push((record, statement));
        }
    }
    let mut members_of = BTreeMap::new();
    for (key, class) in classes {
        let members: Vec<Member> = class.iter().map(|(record, statement)| Member::new(record, &statement.id)).collect();
        let statement = fuse(key.clone(), &class, members.clone(), keys);
        if members.len() > 1 {
            let who = statement.speaker.as_ref().and_then(|key| corpus.label(key)).unwrap_or("the same speaker");
            let reason = match articles(&members) {
                1 => format!("{who} says the same words twice in one article"),
                count => format!("{who} says the same words in {count} articles"),
            };
            let decision = Decision::same(Vec::new(), members.clone(), 95, reason);
            corpus.decisions.push(Decision { about: Some(key.clone()), ..decision });
        }
        members_of.extend(members.into_iter().map(|member| (member, key.clone())));
        corpus.statements.push(statement);
    }
    keys.extend(members_of);
}

/// Words between quotation marks are known again by speaker and wording; anything else is known by where it stands.
fn statement_key(fingerprint: &str, statement: &record::Statement, speaker: Option<&Key>) -> Key {
    let words = fold(&text_of(statement));
    match speaker {
        Some(speaker) if statement.kind == StatementKind::Direct && words.split('-').count() >= QUOTED_WORDS => {
            Key::digest(Kind::Statement, &["quotation", speaker.as_str(), &words, &statement.negated.to_string()])
        }
        _ => Key::digest(Kind::Statement, &["place", fingerprint]),
    }
}

/// A digest of the article and where in it the statement and its source stand.
fn fingerprint(record: &Record, statement: &record::Statement) -> String {
    let spans: Vec<String> = statement.content.iter().map(|s| format!("{}-{}", s.start(), s.end())).collect();
    let source = statement.source.as_ref().map_or(String::new(), |source| source.start().to_string());
    digest(&[&record.id, &spans.join(","), &source])
}

fn text_of(statement: &record::Statement) -> String {
    let parts: Vec<&str> = statement.content.iter().map(|span| span.text()).collect();
    parts.join(" … ")
}

fn fuse(
    key: Key,
    class: &[(&Record, &record::Statement)],
    members: Vec<Member>,
    keys: &BTreeMap<Member, Key>,
) -> Statement {
    let resolved = |of: fn(&record::Statement) -> &Vec<String>| -> Vec<Key> {
        let all: BTreeSet<&Key> = class
            .iter()
            .flat_map(|(record, statement)| of(statement).iter().filter_map(|id| keys.get(&Member::new(record, id))))
            .collect();
        all.into_iter().cloned().collect()
    };
    let speakers =
        class.iter().filter_map(|(record, statement)| keys.get(&Member::new(record, statement.speaker.as_ref()?)));
    let cue =
        class.iter().filter_map(|(_, statement)| statement.cue.as_ref()).min_by_key(|cue| (&cue.lemma, &cue.stance));
    Statement {
        kind: class.iter().map(|(_, statement)| statement.kind).min().unwrap_or(StatementKind::Indirect),
        speaker: speakers.min().cloned(),
        text: class.iter().map(|(_, statement)| text_of(statement)).min().unwrap_or_default(),
        cue: cue.map(|cue| cue.lemma.clone()),
        stance: cue.and_then(|cue| cue.stance.clone()),
        addressees: resolved(|statement| &statement.addressees),
        about: resolved(|statement| &statement.about),
        when: class.iter().filter_map(|(_, statement)| statement.time.as_ref()).map(of_record).min(),
        negated: class.iter().all(|(_, statement)| statement.negated),
        confidence: class.iter().map(|(_, statement)| statement.confidence).fold(0.0, f64::max),
        key,
        members,
    }
}

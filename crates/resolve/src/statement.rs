//! Which statements are the same.

use crate::QUOTED_WORDS;
use crate::corpus::{Corpus, Member, Statement, articles};
use crate::corrections::{Action, Corrections, Reference, Values};
use crate::decision::Decision;
use crate::fold::fold;
use crate::key::{Key, Kind, digest};
use crate::membership::ByMember;
use crate::named::set_in_words;
use crate::names::because;
use crate::occasion::of_record;
use demarche_record::{self as record, Record, StatementKind};
use std::collections::{BTreeMap, BTreeSet};

/// The reports of each statement.
type Classes<'r> = BTreeMap<Key, Vec<(&'r Record, &'r record::Statement)>>;

/// Enters the statements of the corpus and the decisions on them; gives the numbers of the corrections that met any.
pub(crate) fn enter(
    records: &[&Record],
    corrections: &Corrections,
    corpus: &mut Corpus,
    keys: &mut ByMember<Key>,
) -> BTreeSet<usize> {
    let mut classes = Classes::new();
    for record in records {
        for statement in &record.statements {
            let fingerprint = fingerprint(record, statement);
            corpus.fingerprints.insert(&Member::new(record, &statement.id), fingerprint.clone());
            let speaker = statement.speaker.as_ref().and_then(|local| keys.of(record, local));
            let original = corpus.originals.get(&record.id).map(String::as_str);
            let key = statement_key(&fingerprint, statement, speaker, original);
            classes.entry(key).or_default().push((record, statement));
        }
    }
    let applied = correct(&mut classes, corrections, corpus);
    let mut members_of = Vec::new();
    for (key, class) in classes {
        let members: Vec<Member> = class.iter().map(|(record, statement)| Member::new(record, &statement.id)).collect();
        let mut statement = fuse(key.clone(), &class, members.clone(), keys);
        if members.len() > 1 {
            let who = statement.speaker.as_ref().and_then(|key| corpus.label(key)).unwrap_or("the same speaker");
            let reason = match (articles(&members), corpus.source_count(&members)) {
                (1, _) => format!("{who} says the same words twice in one article"),
                (count, 1) => format!("{who} says the same words in {count} articles that are copies of one"),
                (count, _) => format!("{who} says the same words in {count} articles"),
            };
            let things = vec![Reference { key: key.clone(), article: None }];
            let decision = Decision::same(things, members.clone(), 95, reason);
            corpus.decisions.push(Decision { about: Some(key.clone()), ..decision });
        }
        for (number, values) in set_of(&key, corrections) {
            statement.speaker = values.speaker.clone().or(statement.speaker);
            statement.when = values.when.clone().or(statement.when);
            let reason = set_in_words(values, corrections, number);
            corpus.decisions.push(Decision::corrected(key.clone(), members.clone(), reason, number));
        }
        members_of.extend(members.into_iter().map(|member| (member, key.clone())));
        corpus.statements.push(statement);
    }
    members_of.into_iter().for_each(|(member, key)| keys.insert(&member, key));
    applied
}

fn set_of<'c>(key: &Key, corrections: &'c Corrections) -> Vec<(usize, &'c Values)> {
    let entries = corrections.entries().iter().enumerate();
    entries
        .filter_map(|(number, entry)| match &entry.action {
            Action::Set { thing, values } if thing.key == *key => Some((number, values)),
            _ => None,
        })
        .collect()
}

/// Leaves out what a correction drops and joins what one calls the same.
fn correct(classes: &mut Classes<'_>, corrections: &Corrections, corpus: &mut Corpus) -> BTreeSet<usize> {
    let mut applied = BTreeSet::new();
    for (number, entry) in corrections.entries().iter().enumerate() {
        match &entry.action {
            Action::Drop(thing) => {
                let Some(gone) = classes.remove(&thing.key) else { continue };
                let members = gone.iter().map(|(record, statement)| Member::new(record, &statement.id)).collect();
                let reason = format!("a correction says that nobody said this{}", because(corrections, number));
                let decision = Decision::set_aside(members, reason);
                corpus.decisions.push(Decision { things: vec![thing.clone()], correction: Some(number), ..decision });
            }
            Action::Same(things) => {
                let mut known: Vec<&Key> =
                    things.iter().map(|t| &t.key).filter(|key| classes.contains_key(key)).collect();
                known.sort();
                let Some((first, others)) = known.split_first() else { continue };
                for other in others {
                    let gone = classes.remove(*other).unwrap_or_default();
                    classes.entry((*first).clone()).or_default().extend(gone);
                }
            }
            // They are apart unless they are the same words; that a reader says so settles it.
            Action::Different(things) if things.iter().all(|thing| classes.contains_key(&thing.key)) => {}
            Action::Set { thing, .. } if classes.contains_key(&thing.key) => {}
            _ => continue,
        }
        applied.insert(number);
    }
    applied
}

/// Words between quotation marks are known again by speaker and wording, and so is anything in copies of one article;
/// the rest is known by where it stands.
fn statement_key(
    fingerprint: &str,
    statement: &record::Statement,
    speaker: Option<&Key>,
    original: Option<&str>,
) -> Key {
    let in_place = || Key::digest(Kind::Statement, &["place", fingerprint]);
    let is_quotation = statement.kind == StatementKind::Direct;
    let Some(speaker) = speaker.filter(|_| is_quotation || original.is_some()) else { return in_place() };
    let words = fold(&text_of(statement));
    if words.split('-').count() < QUOTED_WORDS {
        return in_place();
    }
    let negated = statement.negated.to_string();
    match original.filter(|_| !is_quotation) {
        Some(original) => Key::digest(Kind::Statement, &["copy", original, speaker.as_str(), &words, &negated]),
        None => Key::digest(Kind::Statement, &["quotation", speaker.as_str(), &words, &negated]),
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

fn fuse(key: Key, class: &[(&Record, &record::Statement)], members: Vec<Member>, keys: &ByMember<Key>) -> Statement {
    let resolved = |of: fn(&record::Statement) -> &Vec<String>| -> Vec<Key> {
        let all: BTreeSet<&Key> = class
            .iter()
            .flat_map(|(record, statement)| of(statement).iter().filter_map(|id| keys.of(record, id)))
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

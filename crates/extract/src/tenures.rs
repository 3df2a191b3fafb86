//! When somebody held an office, where the sentence that gives the office tells it: "minister from 2017 to 2021", "has been mayor
//! since May", "became chancellor in 2019", "stepped down as envoy in March".

use crate::document::Document;
use crate::entities::Role;
use crate::times::Time;
use demarche_nlp::{Dep, Pos};
use demarche_time::Kind;

/// Verbs with which an office begins.
const BEGINNING: &[&str] = &["become", "appoint", "name", "install", "inaugurate", "swear", "succeed"];

/// Verbs with which an office ends.
const ENDING: &[&str] = &["resign", "retire", "quit", "step"];

/// The values of the times from which and until which an office was held.
pub fn held(document: &Document, times: &[Time], role: &Role) -> (Option<String>, Option<String>) {
    let analysis = &document.analysis;
    let sentence = analysis.sentence_of(role.tokens.start);
    let word = |token: usize| analysis.word(token).to_lowercase();
    // The times that stand right behind a token, an article between; a value that is not known to the year is none.
    let behind = |token: usize| {
        let first = token + 1 + usize::from(token + 1 < sentence.end && word(token + 1) == "the");
        let at = times.partition_point(|time| time.tokens.start < first);
        let time = times.get(at).filter(|time| time.tokens.start == first && first < sentence.end)?;
        let told = time.kind == Kind::Date && time.resolved.value.starts_with(|c: char| c.is_ascii_digit());
        // "until the March 2011 flood" tells no day.
        let root = time.tokens.clone().find(|&t| !time.tokens.contains(&analysis[t].head))?;
        let of_noun = analysis[root].head > root && matches!(analysis[analysis[root].head].pos, Pos::Noun | Pos::Propn);
        (told && !of_noun).then_some(time)
    };
    let value = |time: &Time| time.resolved.value.clone();
    let mut at = role.tokens.end;
    // "President Lee, from 2017 to 2021,"
    while at < sentence.end && (analysis[at].pos == Pos::Propn || analysis.word(at) == ",") && at < role.tokens.end + 5
    {
        at += 1;
    }
    if at >= sentence.end {
        return (None, None);
    }
    let opening = word(at);
    // A range may be one expression, with its first word or without.
    let whole = times.iter().find(|time| time.tokens.start == at && time.resolved.value.contains('/'));
    if let Some((from, to)) = whole.and_then(|time| time.resolved.value.split_once('/')).filter(|_| opening != "in") {
        let year = |half: &str| half.starts_with(|c: char| c.is_ascii_digit()).then(|| half.to_owned());
        return (year(from), year(to));
    }
    let Some(first) = behind(at) else { return (None, None) };
    let end = first.tokens.end;
    match opening.as_str() {
        "since" => (Some(value(first)), None),
        "until" | "till" => (None, Some(value(first))),
        "from" | "between" | "(" => match value(first).split_once('/') {
            Some((from, to)) => (Some(from.to_owned()), Some(to.to_owned())),
            None => {
                let joined = end < sentence.end
                    && matches!(&*word(end), "to" | "until" | "till" | "through" | "and" | "–" | "-" | "—");
                let last = behind(end).filter(|_| joined).map(value);
                // "(2019)" says nothing of an office.
                if opening == "(" && last.is_none() { (None, None) } else { (Some(value(first)), last) }
            }
        },
        "in" | "on" => {
            let verb =
                analysis.ancestors(role.tokens.end - 1).find(|&t| matches!(analysis[t].pos, Pos::Verb | Pos::Aux));
            let lemma = verb.filter(|&v| analysis.child(v, &[Dep::Neg]).is_none()).map(|v| &*analysis[v].lemma);
            match lemma {
                Some(lemma) if BEGINNING.contains(&lemma) => (Some(value(first)), None),
                Some(lemma) if ENDING.contains(&lemma) => (None, Some(value(first))),
                _ => (None, None),
            }
        }
        _ => (None, None),
    }
}

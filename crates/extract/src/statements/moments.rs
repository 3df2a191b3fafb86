//! When something is said: the phrases beside a cue in which a time may stand.

use super::sources::{self, Subject};
use crate::document::Document;
use demarche_nlp::Dep;
use std::ops::Range;

/// Prepositions of phrases that tell when or on what occasion something is said.
const WHEN: [&str; 8] = ["on", "in", "at", "during", "late", "early", "over", "through"];

/// Phrases beside the verb, or beside the verb that it goes on from, the nearest first; none of them in `content`.
pub fn of_verb(d: &Document, verb: usize, content: &[Range<usize>]) -> Vec<Range<usize>> {
    let a = &d.analysis;
    let mut found = Vec::new();
    let mut v = verb;
    for _ in 0..3 {
        let mut beside: Vec<Range<usize>> = a.children(v).iter().filter_map(|&c| phrase(d, c)).collect();
        let mut nouns: Vec<usize> = a.children_by(v, Dep::Dobj).filter(|&o| o > v).collect();
        nouns.extend(a.children_by(v, Dep::Advcl).filter(|&c| matches!(&*a[c].lemma, "speak" | "talk" | "write")));
        if let Subject::Head(subject) = sources::subject(d, v) {
            nouns.push(subject);
        }
        for noun in nouns {
            beside.extend(a.children(noun).iter().filter_map(|&c| phrase(d, c)));
        }
        beside.retain(|r| content.iter().all(|c| r.end <= c.start || c.end <= r.start));
        beside.sort_by_key(|r| (r.start.abs_diff(v), r.start));
        // "told reporters Wednesday he would go": between the cue and what is said.
        if let Some(next) = content.iter().map(|c| c.start).find(|&start| v < start && start - v <= 12) {
            beside.insert(0, v + 1..next);
        }
        found.extend(beside.into_iter().filter(|r| !r.is_empty()));
        let goes_on = matches!(a[v].dep, Dep::Advcl | Dep::Conj | Dep::Xcomp | Dep::Pcomp)
            && a[v].head < v
            && a.child(v, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Mark]).is_none();
        if !goes_on {
            break;
        }
        v = a[v].head;
    }
    found
}

/// Phrases that hang on a noun of communication: "the warning on Tuesday".
pub fn of_noun(d: &Document, noun: usize) -> Vec<Range<usize>> {
    d.analysis.children(noun).iter().filter_map(|&c| phrase(d, c)).collect()
}

fn phrase(d: &Document, token: usize) -> Option<Range<usize>> {
    let a = &d.analysis;
    let tells = match a[token].dep {
        Dep::Npadvmod | Dep::Advmod => true,
        Dep::Prep => WHEN.contains(&&*a.word(token).to_lowercase()),
        _ => false,
    };
    tells.then(|| a.subtree_range(token))
}

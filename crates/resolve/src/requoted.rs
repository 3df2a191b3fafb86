//! Statements that are nearly one: what one article quotes whole and another in part.

use crate::QUOTED_WORDS;
use crate::corpus::{Corpus, Member, Statement};
use crate::corrections::Reference;
use crate::decision::Decision;
use crate::fold::fold;
use crate::key::Key;
use crate::naming::fnv;
use demarche_record::StatementKind;
use std::collections::BTreeMap;

/// How sure it is that a quotation is a part of another that has all its words in a row: of 100. A speaker says a phrase more
/// than once, so that a reader decides.
const PART: u8 = 62;

/// Phrases in more quotations of one speaker than this are habits of speech.
const HABIT: usize = 12;

/// Decisions on quotations of one speaker in different articles of which one has all the words of the other in a row: they
/// are kept apart, and a reader may join them.
pub(crate) fn parts(corpus: &Corpus) -> Vec<Decision> {
    // Words are compared by their digests.
    let mut by_speaker: BTreeMap<&Key, Vec<(Vec<u64>, &Statement)>> = BTreeMap::new();
    for statement in corpus.statements.iter().filter(|statement| statement.kind == StatementKind::Direct) {
        let words: Vec<u64> = fold(&statement.text).split('-').map(fnv).collect();
        if let Some(speaker) = statement.speaker.as_ref().filter(|_| words.len() >= QUOTED_WORDS) {
            by_speaker.entry(speaker).or_default().push((words, statement));
        }
    }
    let mut found = Vec::new();
    for (speaker, said) in by_speaker {
        // By the words that a quotation begins with: those in which they stand.
        let mut bearers_of: BTreeMap<u64, Vec<usize>> =
            said.iter().map(|(words, _)| (phrase(&words[..QUOTED_WORDS]), Vec::new())).collect();
        for (i, (words, _)) in said.iter().enumerate() {
            for window in words.windows(QUOTED_WORDS) {
                if let Some(bearers) = bearers_of.get_mut(&phrase(window)).filter(|all| all.last() != Some(&i)) {
                    bearers.push(i);
                }
            }
        }
        for (words, part) in &said {
            let bearers = &bearers_of[&phrase(&words[..QUOTED_WORDS])];
            if bearers.len() > HABIT {
                continue;
            }
            let wholes = bearers.iter().map(|&whole| &said[whole]).filter(|(all, whole)| {
                all.len() > words.len() && part.negated == whole.negated && all.windows(words.len()).any(|w| w == words)
            });
            let wholes: Vec<&Statement> =
                wholes.map(|(_, whole)| *whole).filter(|whole| !share_article(&part.members, &whole.members)).collect();
            // In several longer ones it is a phrase of the speaker's and none of them in particular.
            if let [whole] = wholes[..] {
                let who = corpus.label(speaker).unwrap_or("the same speaker");
                let reason = format!("{who} says {} words here that stand in a longer quotation there", words.len());
                let reference = |of: &Statement| Reference { key: of.key.clone(), article: None };
                let decision =
                    Decision::apart(vec![reference(part), reference(whole)], part.members.clone(), PART, reason);
                let (about, other) = (Some(part.key.clone()), Some(whole.key.clone()));
                found.push(Decision { about, other, ..decision });
            }
        }
    }
    found
}

/// A digest of words in a row.
fn phrase(words: &[u64]) -> u64 {
    words.iter().fold(0, |digest: u64, word| digest.rotate_left(9) ^ word)
}

fn share_article(one: &[Member], other: &[Member]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.article == b.article))
}

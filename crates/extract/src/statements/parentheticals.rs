//! Attributions that stand behind or within what is said: "…, Lee said", "…, Lee said, …", "according to Lee, …", "in Lee's
//! words".

use super::borders::{finite, finite_clause, is_mark, lower, sentence_end, trim};
use super::clauses::Complement;
use super::cues::{Cue, LEXICON};
use super::rules::Rule;
use crate::document::Document;
use demarche_nlp::{Dep, Pos, Tag};
use std::ops::Range;

/// The content of a cue that follows it or stands within it: "Prices will rise, Lee said", "Prices, she said, will rise".
/// `source` are the tokens of the subject.
pub fn around(d: &Document, verb: usize, cue: &Cue, source: &Range<usize>) -> Option<Complement> {
    let a = &d.analysis;
    // Words that only attribute quotations ("he smiled") report no clause without marks.
    if !(cue.clause || cue.that) || !finite_clause(d, verb) {
        return None;
    }
    let busy = a.children(verb).iter().any(|&c| {
        let it = cue.lemma.ends_with(" it") && lower(d, c) == "it";
        !it && c > verb
            && (matches!(a[c].dep, Dep::Ccomp | Dep::Xcomp) || a[c].dep == Dep::Dobj && !cue.addressee_object)
    });
    if busy {
        return None;
    }
    let sentence = a.sentence_of(verb);
    // The subject may stand in an earlier sentence.
    let mut start = source.start.min(verb).max(sentence.start);
    // "As Lee said, prices will rise."
    if start > sentence.start && lower(d, start - 1) == "as" && a[start - 1].head == verb {
        let comma = (source.end.max(verb + 1)..sentence.end).find(|&t| a.word(t) == ",");
        let before = trim(d, sentence.start..start - 1);
        let first = before.as_ref().is_none_or(|b| b.len() <= 3);
        // "Lind said the bank was safe, as Harper had noted": said by Lind, and noted so far.
        let told = before.as_ref().is_some_and(|b| {
            b.clone().any(|t| {
                t == a[verb].head && LEXICON.verb(d, t).is_some()
                    || a[t].dep == Dep::Root && LEXICON.verb(d, t).is_some_and(|(c, _)| c.clause)
            })
        });
        if told {
            return None;
        }
        return match (comma, before) {
            (Some(comma), _) if first => trim(d, comma + 1..sentence_end(d, comma)),
            (_, Some(before)) if !first && a.word(start - 2) == "," => Some(before),
            _ => None,
        }
        .map(|r| Complement { content: vec![r], rule: Rule::Parenthetical });
    }
    while start > sentence.start
        && (matches!(a[start - 1].dep, Dep::Aux | Dep::Advmod | Dep::Neg) && a[start - 1].head == verb
            || a[start - 1].pos == Pos::Space)
    {
        start -= 1;
    }
    if start == sentence.start || !matches!(a.word(start - 1), "," | "—" | "–" | "--" | "-") {
        return None;
    }
    // The verb of the clause that is reported.
    let left = a.children_by(verb, Dep::Ccomp).find(|&c| c < verb);
    let governor = (a[verb].head != verb
        && matches!(a[verb].dep, Dep::Parataxis | Dep::Ccomp | Dep::Advcl | Dep::Dep | Dep::Conj))
    .then_some(a[verb].head)
    .filter(|&g| g < start || a[verb].dep != Dep::Conj);
    let head = left.or(governor)?;
    if governor.is_some()
        && left.is_none()
        && a.children(verb).iter().any(|&c| a[c].dep == Dep::Mark || a[c].dep == Dep::Cc && c < verb)
    {
        return None;
    }
    // "Meanwhile, prices will rise, Lind said."
    let connective =
        a[sentence.start].pos == Pos::Adv && sentence.start + 2 < start && a.word(sentence.start + 1) == ",";
    let first = if connective { sentence.start + 2 } else { sentence.start };
    let before = trim(d, first..(start - 1).max(first));
    let attribution_end = (source.end.max(verb + 1)..sentence.end)
        .find(|&t| matches!(a.word(t), "," | "—" | "–" | "--" | "." | ";"))
        .unwrap_or(sentence.end);
    let own = a.subtree(verb);
    let goes_on = left.is_none() || a.subtree(head).iter().any(|&t| t > attribution_end && !own.contains(&t));
    let outside = (attribution_end..sentence.end)
        .any(|t| own.binary_search(&t).is_err() && a[t].pos != Pos::Punct && a[t].pos != Pos::Space)
        || left.is_some_and(|c| a.subtree_range(c).end > attribution_end);
    // ", Lee said, because the river had risen"
    let reason = attribution_end + 1 < sentence.end
        && matches!(lower(d, attribution_end + 1).as_str(), "because" | "since" | "unless" | "if" | "including" | "so");
    let rest = (goes_on && outside && attribution_end < sentence.end && a.word(attribution_end) == ","
        || reason && a.word(attribution_end) == ",")
        .then(|| trim(d, attribution_end + 1..sentence.end))
        .flatten();
    let has_verb = |r: &Range<usize>| r.clone().any(|t| finite(d, t) || matches!(a[t].pos, Pos::Aux | Pos::Verb));
    match (before, rest) {
        (Some(before), Some(rest))
            if !has_verb(&before)
                && before.len() <= 3
                && a[before.start].pos != Pos::Propn
                && matches!(a[before.start].pos, Pos::Adv | Pos::Cconj | Pos::Sconj | Pos::Adp) =>
        {
            Some(Complement { content: vec![rest], rule: Rule::Parenthetical })
        }
        (Some(before), Some(rest)) if has_verb(&before) || has_verb(&rest) => {
            Some(Complement { content: vec![before, rest], rule: Rule::Parenthetical })
        }
        (Some(before), None) if has_verb(&before) => Some(Complement { content: vec![before], rule: Rule::PostPosed }),
        _ => None,
    }
}

/// "according to X" at a token: the head of X and the content.
pub fn according(d: &Document, token: usize) -> Option<(usize, Complement)> {
    let a = &d.analysis;
    if lower(d, token) != "according" {
        return None;
    }
    let to = (token + 1 < a.len() && lower(d, token + 1) == "to").then_some(token + 1)?;
    let sentence = a.sentence_of(token);
    let head = a
        .child(to, &[Dep::Pobj])
        .or_else(|| (to + 1..sentence.end).find(|&t| matches!(a[t].pos, Pos::Propn | Pos::Noun | Pos::Pron)))?;
    if matches!(
        &*a[head].lemma,
        "plan" | "schedule" | "tradition" | "need" | "custom" | "rule" | "taste" | "size" | "age"
    ) {
        return None;
    }
    let mut head = head;
    let mut end = super::sources::phrase_with_clauses(d, head).end.min(sentence.end);
    // "According to the agency, citing the ministry, …": the agency only relays.
    let citing = (end..sentence.end.min(end + 3)).find(|&t| matches!(lower(d, t).as_str(), "citing" | "quoting"));
    if let Some(citing) = citing
        && let Some(cited) = a.child(citing, &[Dep::Dobj]).filter(|&o| o > citing)
    {
        head = cited;
        end = super::sources::phrase_with_clauses(d, cited).end.min(sentence.end);
        while end < sentence.end && matches!(a.word(end), "(" | ")") || end > 0 && a.word(end - 1) == "(" {
            end += 1;
        }
    }
    let before = trim(d, sentence.start..token);
    let comma = (end..sentence.end.min(end + 2)).find(|&t| a.word(t) == ",");
    let rest = comma.and_then(|c| trim(d, c + 1..sentence.end)).or_else(|| {
        // "According to Rathbun the property was sent back": no comma.
        (before.is_none()).then(|| trim(d, end..sentence.end)).flatten()
    });
    let verb_in = |r: &Range<usize>| r.clone().any(|t| finite(d, t));
    let content = match (before, rest) {
        (None, Some(rest)) => vec![rest],
        (Some(before), None) => vec![before],
        (Some(before), Some(rest)) => {
            if a.word(token - 1) == "," && verb_in(&before) && !verb_in(&rest) {
                vec![before, rest]
            } else if verb_in(&before) && verb_in(&rest) {
                // A clause on each side: the phrase belongs to the side that its head is on.
                if a[token].head < token { vec![before] } else { vec![rest] }
            } else if !verb_in(&before) {
                if before.len() <= 2 { vec![rest] } else { vec![before, rest] }
            } else {
                vec![before]
            }
        }
        _ => return None,
    };
    content.iter().any(verb_in).then_some((head, Complement { content, rule: Rule::According }))
}

/// "in the words of X", "in X's words", "to quote X" at their noun or verb: the head of X and the rest of the sentence.
pub fn in_words(d: &Document, token: usize) -> Option<(usize, Complement)> {
    let a = &d.analysis;
    let word = lower(d, token);
    let sentence = a.sentence_of(token);
    let named = |t: &usize| matches!(a[*t].pos, Pos::Propn | Pos::Noun);
    let (start, head) = if word == "words" && a[token].dep == Dep::Pobj && lower(d, a[token].head) == "in" {
        let of = a.children_by(token, Dep::Prep).find(|&p| p > token && lower(d, p) == "of");
        let owner = of.and_then(|p| a.child(p, &[Dep::Pobj])).or_else(|| a.child(token, &[Dep::Poss]));
        (a[token].head, owner.filter(named)?)
    } else if word == "quote" && token > 0 && lower(d, token - 1) == "to" && a[token].tag == Tag::Vb {
        (token - 1, a.child(token, &[Dep::Dobj]).filter(named)?)
    } else {
        return None;
    };
    // What follows a name is no apposition here.
    let named = word == "quote" || a[head].pos == Pos::Propn;
    let end = if named { head + 1 } else { super::sources::phrase(d, head, usize::MAX).end }.max(token + 1);
    let comma = |t: usize| t < sentence.end && a.word(t) == ",";
    // "was, in the words of a friend, “the last of them”": in the middle of a sentence the quotation alone.
    let quotation = start > sentence.start && comma(end) && end + 1 < sentence.end && is_mark(d, end + 1);
    if quotation {
        let close = (end + 2..sentence.end).find(|&t| is_mark(d, t))?;
        let content = std::iter::once(end + 1..close + 1).collect();
        return Some((head, Complement { content, rule: Rule::According }));
    }
    let before = trim(d, sentence.start..start);
    let rest = comma(end).then(|| trim(d, end..sentence.end)).flatten();
    let content: Vec<_> = before.into_iter().chain(rest).collect();
    let told = content.iter().any(|r| r.clone().any(|t| finite(d, t)));
    told.then_some((head, Complement { content, rule: Rule::According }))
}

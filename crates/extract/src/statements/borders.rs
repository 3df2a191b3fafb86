//! Where a reported clause begins and ends: the parser's subtree, cut where another report or the article's own words begin.

use super::cues::LEXICON;
use crate::document::Document;
use demarche_nlp::{Dep, EntityLabel, Pos, Tag};
use std::ops::Range;

/// A word in lower case.
pub fn lower(d: &Document, token: usize) -> String {
    d.analysis.word(token).to_lowercase()
}

/// Whether a token is a quotation mark.
pub fn is_mark(d: &Document, token: usize) -> bool {
    let word = d.analysis.word(token);
    !word.is_empty() && word.chars().all(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '`'))
}

/// Punctuation that no content begins or ends with.
pub fn is_edge(d: &Document, token: usize) -> bool {
    let t = &d.analysis[token];
    (t.pos == Pos::Punct
        || t.pos == Pos::Space
        || matches!(d.analysis.word(token), "," | "." | ";" | ":" | "—" | "–" | "-" | "--"))
        && !is_mark(d, token)
        && !matches!(d.analysis.word(token), "(" | ")" | "[" | "]" | "%" | "...")
}

/// A range without punctuation at its edges and without "that" in front; `None` if nothing is left.
pub fn trim(d: &Document, mut range: Range<usize>) -> Option<Range<usize>> {
    while !range.is_empty() && is_edge(d, range.start) {
        range.start += 1;
    }
    while !range.is_empty() && is_edge(d, range.end - 1) {
        range.end -= 1;
    }
    (!range.is_empty()).then_some(range)
}

/// Whether a token is a finite verb or auxiliary.
pub fn finite(d: &Document, token: usize) -> bool {
    // A word asked for may lie behind the last one.
    d.analysis.tokens().get(token).is_some_and(|t| matches!(t.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
}

/// Whether a verb is an infinitive with "to"; gives the "to".
pub fn infinitive(d: &Document, verb: usize) -> Option<usize> {
    d.analysis.children_by(verb, Dep::Aux).find(|&c| d.analysis[c].tag == Tag::To)
}

/// The clause headed by `head` right of the cue `verb`, cut where the report ends.
pub fn clause(d: &Document, verb: usize, head: usize, after: usize) -> Option<Range<usize>> {
    let a = &d.analysis;
    let subtree = a.subtree(head);
    let start = subtree.iter().copied().find(|&t| t > after)?;
    let mut range = start..subtree[subtree.len() - 1] + 1;
    range.end = range.end.min(a.sentence_of(verb).end);
    let marker = a
        .children_by(head, Dep::Mark)
        .find(|&m| m >= start && m < head && matches!(lower(d, m).as_str(), "that" | "as"));
    if let Some(that) = marker.filter(|&m| m - start < 15) {
        range.start = that + 1;
    } else {
        range.start = after_time(d, range.clone(), head);
    }
    // "pointed out that time was short": the parser took "that" for a determiner.
    if lower(d, range.start) == "that" && range.len() > 2 && !finite(d, range.start + 1) {
        range.start += 1;
    }
    // A clause without finite verb, or one that stops between words that belong together, was broken off by the parser.
    let sentence = sentence_end(d, verb);
    let last = range.end - 1;
    let broken = !(range.clone().any(|t| finite(d, t)))
        || a[last].pos == Pos::Cconj
        || range.end < sentence
            && matches!(a[range.end].pos, Pos::Verb | Pos::Aux)
            && a[last].pos != Pos::Punct
            && finite(d, range.end);
    if broken && a[head].tag != Tag::Vbg && range.end < sentence {
        range.end = sentence;
    }
    if let Some(end) = goes_on(d, verb, head, range.end) {
        range.end = end;
    }
    for cut in report_ends(d, verb, head, &range) {
        range.end = range.end.min(cut);
    }
    let range = trim(d, range)?;
    // "…, however," leads to what comes next.
    let connective = range.len() > 2 && lower(d, range.end - 1) == "however" && a.word(range.end - 2) == ",";
    if connective { trim(d, range.start..range.end - 2) } else { Some(range) }
}

/// "Lee said there are no plans, but the council considers Monday": what the parser joined to the past cue is in the
/// present of the clause that it reports, so it is reported as well. Gives its end.
pub fn goes_on(d: &Document, verb: usize, head: usize, end: usize) -> Option<usize> {
    let a = &d.analysis;
    let present = |t: usize| {
        let of = |t: usize| matches!(a[t].tag, Tag::Vbz | Tag::Vbp);
        of(t) || !finite(d, t) && a.children_by(t, Dep::Aux).any(of)
    };
    let next = a.children_by(verb, Dep::Conj).find(|&c| c >= end)?;
    let own = a.child(next, &[Dep::Nsubj, Dep::Nsubjpass]).is_some_and(|s| s < next);
    let plain = LEXICON.verb(d, next).is_none_or(|(cue, _)| !cue.clause);
    // "says she hopes to win, but she knows": the same pronoun.
    let pronoun = |t: usize| {
        a.child(t, &[Dep::Nsubj]).filter(|&s| a[s].tag == Tag::Prp).map(|s| lower(d, s)).filter(|w| w != "it")
    };
    let same = pronoun(head).is_some() && pronoun(head) == pronoun(next);
    (present(head) && present(next) && own && plain && (a[verb].tag == Tag::Vbd || same))
        .then(|| a.subtree_range(next).end.min(sentence_end(d, verb)))
}

/// Where a clause begins behind a time that belongs to the cue: "said Tuesday prices would rise".
pub fn after_time(d: &Document, range: Range<usize>, head: usize) -> usize {
    let a = &d.analysis;
    let mut start = range.start;
    if lower(d, start) == "on" || lower(d, start) == "in" || lower(d, start) == "last" || lower(d, start) == "late" {
        start += 1;
    }
    let i = a.entities().partition_point(|e| e.tokens.end <= start);
    let Some(time) = a.entities().get(i).filter(|e| e.tokens.contains(&start)) else { return range.start };
    let dated = matches!(time.label, EntityLabel::Date | EntityLabel::Time) && time.tokens.end <= head;
    let depends = |t: usize| a[t].head == head && matches!(a[t].dep, Dep::Npadvmod | Dep::Prep | Dep::Advmod);
    let beside = a.ancestors(start).take(3).chain([start]).any(depends);
    let next = time.tokens.end;
    let subject_follows = a.children(head).iter().any(|&c| {
        matches!(a[c].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Expl | Dep::Csubj) && a.subtree_range(c).start == next
    });
    if dated && beside && subject_follows { next } else { range.start }
}

/// Places where another report begins within the subtree of a reported clause.
pub fn report_ends(d: &Document, verb: usize, head: usize, range: &Range<usize>) -> Vec<usize> {
    let a = &d.analysis;
    let mut ends = Vec::new();
    let mut chain = vec![head];
    let mut next = 0;
    while next < chain.len() {
        let h = chain[next];
        next += 1;
        for &c in a.children(h) {
            if c <= h.max(verb) || !range.contains(&c) {
                continue;
            }
            let cue = LEXICON.verb(d, c).map(|(cue, _)| cue);
            let begins = a.subtree_range(c).start;
            match a[c].dep {
                // "said that it was tied to the mine but denied …": the cue may hang on a clause within the clause.
                Dep::Ccomp if a.children_by(c, Dep::Cc).any(|cc| cc > c && lower(d, cc) == "but") => chain.push(c),
                // "vowed to stay but made no promise"; "denied meeting him and left"
                Dep::Conj if !finite_clause(d, head) && matches!(a[c].tag, Tag::Vbd | Tag::Vbz) => {
                    let cc = a.children_by(h, Dep::Cc).filter(|&x| x > h && x < c).max().unwrap_or(begins);
                    ends.push(cc.min(begins.max(h + 1)));
                }
                Dep::Conj => {
                    let that = a.children_by(c, Dep::Mark).any(|m| lower(d, m) == "that");
                    let subject = a.child(c, &[Dep::Nsubj]);
                    let reports = a.child(c, &[Dep::Ccomp, Dep::Xcomp]).is_some() || subject.is_none();
                    // In the tense of the cue, or at least not in that of the clause.
                    let told =
                        a[c].tag == a[verb].tag || subject.is_none() && a[c].tag == Tag::Vbd && a[h].tag != Tag::Vbd;
                    if cue.is_some_and(|k| k.clause || k.that) && !that && reports && finite(d, c) && told {
                        let cc = a.children_by(h, Dep::Cc).filter(|&x| x > h && x < c).max().unwrap_or(begins);
                        ends.push(cc.min(begins.max(h + 1)));
                    } else {
                        chain.push(c);
                    }
                }
                // ", as Harper had noted" is what another said.
                Dep::Advcl
                    if cue.is_some()
                        && begins > 0
                        && a.word(begins - 1) == ","
                        && lower(d, begins) == "as"
                        && finite_clause(d, c) =>
                {
                    ends.push(begins - 1);
                }
                // ", adding that …" belongs to the cue, wherever the parser hangs it.
                Dep::Advcl | Dep::Acl
                    if a[c].tag == Tag::Vbg && cue.is_some() && begins > 0 && a.word(begins - 1) == "," =>
                {
                    ends.push(begins - 1);
                }
                // ", while hosting the minister", ", before leaving" tell of the speaker.
                Dep::Advcl | Dep::Prep
                    if begins > 0
                        && a.word(begins - 1) == ","
                        && matches!(
                            lower(d, begins).as_str(),
                            "while" | "before" | "after" | "when" | "during" | "without"
                        )
                        && a.subtree(c).iter().take(4).any(|&t| a[t].tag == Tag::Vbg) =>
                {
                    ends.push(begins - 1);
                }
                _ => {}
            }
        }
    }
    for t in range.clone().skip(1).filter(|&t| a.word(t - 1) == ",") {
        let apart = match lower(d, t).as_str() {
            "according" => true,
            "however" => t + 1 < range.end && a.word(t + 1) == ",",
            // ", which she said would cost a million"
            "which" | "who" => (t + 1..range.end.min(t + 5)).any(|v| {
                LEXICON.verb(d, v).is_some_and(|(cue, _)| cue.clause)
                    && finite(d, v)
                    && a.child(v, &[Dep::Nsubj]).is_some_and(|s| s > t && s < v)
            }),
            _ => false,
        };
        if apart {
            ends.push(t - 1);
        }
    }
    ends
}

/// Whether a clause has a finite verb at its head.
pub fn finite_clause(d: &Document, head: usize) -> bool {
    finite(d, head)
        || d.analysis
            .children(head)
            .iter()
            .any(|&c| matches!(d.analysis[c].dep, Dep::Aux | Dep::Auxpass) && finite(d, c))
}

/// The end of the sentence by its punctuation: parsers break sentences at quotation marks.
pub fn sentence_end(d: &Document, token: usize) -> usize {
    let a = &d.analysis;
    let block = d.block_tokens[d.block_of(token).0].clone();
    (token..block.end)
        .find(|&t| {
            // A line break within a block is that of hard-wrapped text and ends nothing.
            let stop = matches!(a.word(t), "." | "!" | "?");
            stop && !(t + 1 < block.end && a.word(t + 1).starts_with(char::is_lowercase))
        })
        .map_or(block.end, |t| t + 1)
}

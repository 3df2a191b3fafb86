//! Reported clauses: what a cue verb or noun takes as its complement, by the frames of the lexicon.

use super::cues::{Cue, LEXICON};
use super::rules::Rule;
use crate::document::Document;
use demarche_nlp::{Dep, EntityLabel, Pos, Tag};
use std::ops::Range;

/// What a cue takes as content: token ranges, in order, and the rule that found them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complement {
    /// Tokens of the content.
    pub content: Vec<Range<usize>>,
    /// The rule.
    pub rule: Rule,
}

fn lower(d: &Document, token: usize) -> String {
    d.analysis.word(token).to_lowercase()
}

/// Whether a token is a quotation mark.
pub fn is_mark(d: &Document, token: usize) -> bool {
    let word = d.analysis.word(token);
    !word.is_empty() && word.chars().all(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '`'))
}

fn is_edge(d: &Document, token: usize) -> bool {
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

fn finite(d: &Document, token: usize) -> bool {
    // A word asked for may lie behind the last one.
    d.analysis.tokens().get(token).is_some_and(|t| matches!(t.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
}

/// Whether a verb is an infinitive with "to"; gives the "to".
fn infinitive(d: &Document, verb: usize) -> Option<usize> {
    d.analysis.children_by(verb, Dep::Aux).find(|&c| d.analysis[c].tag == Tag::To)
}

/// The clause headed by `head` right of the cue `verb`, cut where the report ends.
fn clause(d: &Document, verb: usize, head: usize, after: usize) -> Option<Range<usize>> {
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
fn goes_on(d: &Document, verb: usize, head: usize, end: usize) -> Option<usize> {
    let a = &d.analysis;
    let present = |t: usize| {
        let of = |t: usize| matches!(a[t].tag, Tag::Vbz | Tag::Vbp);
        of(t) || !finite(d, t) && a.children_by(t, Dep::Aux).any(of)
    };
    let next = a.children_by(verb, Dep::Conj).find(|&c| c >= end)?;
    let own = a.child(next, &[Dep::Nsubj, Dep::Nsubjpass]).is_some_and(|s| s < next);
    let plain = LEXICON.verb(d, next).is_none_or(|(cue, _)| !cue.clause);
    (a[verb].tag == Tag::Vbd && present(head) && present(next) && own && plain)
        .then(|| a.subtree_range(next).end.min(sentence_end(d, verb)))
}

/// Where a clause begins behind a time that belongs to the cue: "said Tuesday prices would rise".
fn after_time(d: &Document, range: Range<usize>, head: usize) -> usize {
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
fn report_ends(d: &Document, verb: usize, head: usize, range: &Range<usize>) -> Vec<usize> {
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
                // "vowed to stay but made no promise"; "denied meeting him and left"
                Dep::Conj if !finite_clause(d, head) && matches!(a[c].tag, Tag::Vbd | Tag::Vbz) => {
                    let cc = a.children_by(h, Dep::Cc).filter(|&x| x > h && x < c).max().unwrap_or(begins);
                    ends.push(cc.min(begins.max(h + 1)));
                }
                Dep::Conj => {
                    let that = a.children_by(c, Dep::Mark).any(|m| lower(d, m) == "that");
                    let subject = a.child(c, &[Dep::Nsubj]);
                    let reports = a.child(c, &[Dep::Ccomp, Dep::Xcomp]).is_some() || subject.is_none();
                    if cue.is_some_and(|k| k.clause || k.that)
                        && !that
                        && reports
                        && finite(d, c)
                        && a[c].tag == a[verb].tag
                    {
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

/// The complements that a cue verb governs to its right.
pub fn complements(d: &Document, verb: usize, cue: &Cue, second: Option<usize>) -> Vec<Complement> {
    let a = &d.analysis;
    let mut found = Vec::new();
    let after = second.unwrap_or(verb).max(verb);
    let object = a
        .children(verb)
        .iter()
        .copied()
        .find(|&c| c > verb && matches!(a[c].dep, Dep::Dobj | Dep::Dative) && a[c].pos != Pos::Adp);
    let right: Vec<usize> = a.children(verb).iter().copied().filter(|&c| c > verb).collect();
    let one = |range: Option<Range<usize>>, rule| range.map(|r| Complement { content: vec![r], rule });
    // The object's infinitive: "asked the council to help" hangs on the object at times.
    let loose = object
        .into_iter()
        .flat_map(|o| a.children(o).iter().copied())
        .filter(|&c| matches!(a[c].dep, Dep::Acl | Dep::Relcl | Dep::Advcl) && infinitive(d, c).is_some());
    let loose: Vec<usize> = if cue.object_infinitive { loose.collect() } else { Vec::new() };
    for c in right.iter().copied().chain(loose.iter().copied()) {
        let clausal = matches!(a[c].dep, Dep::Ccomp | Dep::Xcomp)
            || loose.contains(&c)
            || (a[c].dep == Dep::Advcl && cue.object_infinitive);
        if !clausal {
            continue;
        }
        let start_after = object
            .filter(|&o| o < c && a[o].head == verb)
            .map_or(after, |o| a.subtree_range(o).end.min(c).max(after + 1) - 1);
        if let Some(to) = infinitive(d, c) {
            let own_subject = a.children(c).iter().any(|&s| matches!(a[s].dep, Dep::Nsubj | Dep::Nsubjpass) && s < to);
            let controlled = own_subject || object.is_some() || second.is_some();
            if (controlled && cue.object_infinitive) || (!controlled && cue.infinitive) {
                let subtree = a.subtree_range(c);
                let not = if to > 0 && lower(d, to - 1) == "not" { to - 1 } else { to };
                let mut range = not..subtree.end.min(a.sentence_of(verb).end);
                for cut in report_ends(d, verb, c, &range) {
                    range.end = range.end.min(cut);
                }
                let rule = if controlled { Rule::ObjectInfinitive } else { Rule::Infinitive };
                found.extend(one(trim(d, range), rule));
            }
            continue;
        }
        if a[c].dep == Dep::Advcl {
            continue;
        }
        if a[c].tag == Tag::Vbg && a.child(c, &[Dep::Aux]).is_none() && a.child(c, &[Dep::Nsubj]).is_none() {
            if cue.gerund || cue.noun_phrase {
                found.extend(one(clause(d, verb, c, start_after), Rule::Gerund));
            }
            continue;
        }
        let lead = a.subtree(c).into_iter().find(|&t| t > start_after).map(|t| lower(d, t)).unwrap_or_default();
        let wh = matches!(
            lead.as_str(),
            "whether" | "if" | "what" | "how" | "why" | "who" | "where" | "when" | "which" | "whom"
        );
        let that = a.children_by(c, Dep::Mark).any(|m| lower(d, m) == "that" && m > verb)
            || (start_after + 1 < a.len() && lower(d, start_after + 1) == "that");
        let small =
            a.child(c, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Expl, Dep::Csubj, Dep::Aux]).is_none() && !finite(d, c);
        if small || (!finite_clause(d, c) && cue.predicate) {
            continue;
        }
        if (wh && cue.wh) || (that && cue.that) {
            found.extend(one(clause(d, verb, c, start_after), if wh { Rule::WhClause } else { Rule::ThatClause }));
        } else if cue.clause && !wh && (object.is_none() || cue.addressee_object || a[c].head != verb) {
            found.extend(one(clause(d, verb, c, start_after), Rule::BareClause));
        }
    }
    if !found.is_empty() {
        return found;
    }
    // "called on Russia to de-escalate": an infinitive that the parser did not know.
    if let (Some(on), true) = (second, cue.object_infinitive) {
        let end = sentence_end(d, on);
        let to = (on + 2..end.min(on + 9))
            .find(|&t| lower(d, t) == "to" && a[t].tag == Tag::To || lower(d, t) == "to" && a[t].dep == Dep::Aux);
        if let Some(to) = to {
            let stop = (to..end).find(|&t| matches!(a.word(t), "," | ";")).unwrap_or(end);
            return one(trim(d, to..stop), Rule::ObjectInfinitive).into_iter().collect();
        }
    }
    // "called for the killers to be brought to justice"
    if let Some(c) = right.iter().copied().find(|&c| {
        let marked =
            a.children_by(c, Dep::Mark).any(|m| m > verb && cue.prepositions.contains(&"for") && lower(d, m) == "for");
        marked && matches!(a[c].dep, Dep::Advcl | Dep::Ccomp | Dep::Xcomp)
    }) {
        let range = a.subtree_range(c);
        return one(trim(d, range.start.max(verb + 1) + 1..range.end.min(a.sentence_of(verb).end)), Rule::Preposition)
            .into_iter()
            .collect();
    }
    if let Some(range) = token_clause(d, verb, cue, after) {
        return vec![Complement { content: vec![range], rule: Rule::TokenThat }];
    }
    if let Some(complement) = small_clause(d, verb, cue, object) {
        return vec![complement];
    }
    if let Some(range) = bare_tokens(d, verb, cue, after) {
        return vec![Complement { content: vec![range], rule: Rule::TokenClause }];
    }
    // An infinitive tells what someone is to do, not that something was said: "urged them to reject the bill".
    if infinitive(d, verb).is_some() || a[verb].tag == Tag::Vb && a.child(verb, &[Dep::Aux]).is_none() {
        return found;
    }
    for &p in right.iter().filter(|&&p| matches!(a[p].dep, Dep::Prep | Dep::Prt | Dep::Dative | Dep::Agent)) {
        // "blamed him for the fire": object and phrase together, see below.
        if !(cue.noun_phrase && object.is_some())
            && cue.prepositions.iter().any(|w| lower(d, p) == *w)
            && let Some(o) = a.child(p, &[Dep::Pobj, Dep::Pcomp])
        {
            let range = a.subtree_range(o);
            return one(trim(d, range.start.max(p + 1)..range.end), Rule::Preposition).into_iter().collect();
        }
    }
    let given = a.child(verb, &[Dep::Dative]).is_some()
        || right.iter().chain(object.iter().flat_map(|&o| a.children(o))).any(|&p| {
            // "quoted the minister as saying"
            lower(d, p) == "as" && a.child(p, &[Dep::Pcomp]).is_some_and(|s| LEXICON.verb(d, s).is_some())
        });
    if cue.noun_phrase
        && !given
        && !takes_cue_noun(d, verb)
        && let Some(o) = a.child(verb, &[Dep::Dobj]).filter(|&o| o > verb && a[o].pos != Pos::Pron)
    {
        let range = a.subtree_range(o);
        let mut range = range.start.max(after + 1)..range.end.min(a.sentence_of(verb).end);
        // "announced a plan to …", "reiterated the interest of the state in …" hang on the verb at times.
        for &c in a.children(verb).iter().filter(|&&c| c > o) {
            let part = a.subtree_range(c);
            let follows = part.start == range.end;
            let belongs = matches!(a[c].dep, Dep::Xcomp | Dep::Advcl | Dep::Acl | Dep::Ccomp)
                && infinitive(d, c).is_some()
                || a[c].dep == Dep::Prep
                    && matches!(lower(d, c).as_str(), "of" | "in" | "to" | "for" | "between" | "over")
                    && !dated(d, part.clone());
            // "announced a survey, and the sale of the mine"; "a plan to mend the quay, and determine whether it holds"
            let joined = a[c].dep == Dep::Conj
                && part.start <= range.end + 2
                && (matches!(a[c].pos, Pos::Noun | Pos::Propn)
                    || a[c].tag == Tag::Vb && a.child(c, &[Dep::Nsubj, Dep::Aux]).is_none());
            if follows && belongs || joined {
                range.end = part.end.min(a.sentence_of(verb).end);
            }
        }
        for cut in report_ends(d, verb, o, &range) {
            range.end = range.end.min(cut);
        }
        // What a relative clause tells is the article's own.
        if let Some(which) = range.clone().find(|&t| t > o && a[t].tag == Tag::Wdt && lower(d, t) == "which") {
            range.end = which;
        }
        let several = range.len() > 1;
        if several {
            return one(trim(d, range), Rule::NounPhrase).into_iter().collect();
        }
    }
    found
}

/// Verbs that add nothing to a noun of communication: "made the claim that …", "repeated her promise to …".
pub const LIGHT: [&str; 15] = [
    "make",
    "issue",
    "repeat",
    "deliver",
    "send",
    "give",
    "reiterate",
    "have",
    "release",
    "renew",
    "offer",
    "publish",
    "post",
    "file",
    "lodge",
];

/// Whether a light verb takes a noun of communication that carries the content itself.
fn takes_cue_noun(d: &Document, verb: usize) -> bool {
    LIGHT.contains(&&*d.analysis[verb].lemma)
        && d.analysis
            .child(verb, &[Dep::Dobj])
            .is_some_and(|o| LEXICON.noun(d, o).is_some_and(|cue| of_noun(d, o, cue).is_some()))
}

/// Whether a stretch holds a date or a time.
fn dated(d: &Document, tokens: Range<usize>) -> bool {
    let entities = d.analysis.entities();
    let first = entities.partition_point(|e| e.tokens.end <= tokens.start);
    entities[first..]
        .iter()
        .take_while(|e| e.tokens.start < tokens.end)
        .any(|e| matches!(e.label, EntityLabel::Date | EntityLabel::Time))
}

/// Whether a clause has a finite verb at its head.
fn finite_clause(d: &Document, head: usize) -> bool {
    finite(d, head)
        || d.analysis
            .children(head)
            .iter()
            .any(|&c| matches!(d.analysis[c].dep, Dep::Aux | Dep::Auxpass) && finite(d, c))
}

/// "that …" behind a cue where the parser saw no complement: up to the end of the sentence or the next report.
fn token_clause(d: &Document, verb: usize, cue: &Cue, after: usize) -> Option<Range<usize>> {
    let a = &d.analysis;
    if !cue.that && !cue.wh {
        return None;
    }
    let sentence = a.sentence_of(verb);
    let limit = sentence.end.min(after + 14);
    let mut at = after + 1;
    while at < limit {
        let word = lower(d, at);
        if cue.that
            && word == "that"
            && matches!(a[at].dep, Dep::Mark | Dep::Nsubj | Dep::Det | Dep::Dobj)
            && a[at].tag != Tag::Dt
        {
            // "highlighting the losses that they had borne"
            let relative = a[a[at].head].dep == Dep::Relcl && a[at].tag == Tag::Wdt;
            if relative && cue.noun_phrase && !cue.addressee_object {
                return None;
            }
            break;
        }
        if is_mark(d, at)
            || word == "."
            || (matches!(a[at].pos, Pos::Verb | Pos::Aux) && at > after)
            || matches!(word.as_str(), "who" | "which")
        {
            return None;
        }
        at += 1;
    }
    if at >= limit || !(at + 1..sentence.end).any(|t| finite(d, t)) {
        return None;
    }
    let mut end = sentence.end;
    for t in at + 1..sentence.end {
        if lower(d, t) == "according" && a.word(t - 1) == "," {
            end = end.min(t - 1);
        }
    }
    trim(d, at + 1..end)
}

/// The end of the sentence by its punctuation: parsers break sentences at quotation marks.
pub fn sentence_end(d: &Document, token: usize) -> usize {
    let a = &d.analysis;
    let block = d.block_tokens[d.block_of(token).0].clone();
    (token..block.end)
        .find(|&t| {
            let stop = matches!(a.word(t), "." | "!" | "?") || a[t].pos == Pos::Space && a.word(t).contains('\n');
            stop && !(t + 1 < block.end && a.word(t + 1).starts_with(char::is_lowercase))
        })
        .map_or(block.end, |t| t + 1)
}

/// "Lee said prices would rise" where the parser saw no complement: the rest of the sentence, if it holds a finite verb.
fn bare_tokens(d: &Document, verb: usize, cue: &Cue, after: usize) -> Option<Range<usize>> {
    let a = &d.analysis;
    let subject_before = a.children(verb).iter().any(|&c| c < verb && a[c].dep == Dep::Nsubj)
        || verb > 0 && matches!(a[verb - 1].pos, Pos::Propn | Pos::Pron);
    // An object is what is said, or the parser would have made it a subject.
    let said = cue.noun_phrase
        && !cue.addressee_object
        && a.child(verb, &[Dep::Dobj]).is_some_and(|o| o > verb && !a.children_by(o, Dep::Relcl).any(|r| r > o));
    if !cue.clause || !subject_before || !finite_clause(d, verb) || a[verb].dep == Dep::Relcl || said {
        return None;
    }
    let end = sentence_end(d, verb);
    let mut start = after + 1;
    if cue.addressee_object {
        let object = a.child(verb, &[Dep::Dobj, Dep::Dative]).filter(|&o| o > verb)?;
        start = super::sources::phrase(d, object, usize::MAX).end;
    }
    let i = a.entities().partition_point(|e| e.tokens.end <= start + 1);
    if let Some(time) = a.entities().get(i)
        && matches!(time.label, EntityLabel::Date | EntityLabel::Time)
        && (time.tokens.start == start || time.tokens.start == start + 1 && lower(d, start) == "on")
    {
        start = time.tokens.end;
    }
    if start >= end
        || is_edge(d, start)
        || matches!(
            lower(d, start).as_str(),
            "about" | "of" | "to" | "so" | "it" | "as" | "in" | "at" | "on" | "nor" | "and" | "or" | "but"
        ) && !finite(d, start + 1)
    {
        return None;
    }
    // A subject and its finite verb must follow before anything ends the clause.
    let limit = (start..end)
        .find(|&t| matches!(a.word(t), ";" | ":") || matches!(lower(d, t).as_str(), "who" | "which"))
        .unwrap_or(end);
    let nominal = (start..limit).find(|&t| matches!(a[t].pos, Pos::Noun | Pos::Propn | Pos::Pron))?;
    let predicate = (nominal + 1..limit).find(|&t| finite(d, t))?;
    let mut stop = end;
    for t in predicate..end {
        if lower(d, t) == "according" && a.word(t - 1) == "," {
            stop = stop.min(t - 1);
        }
    }
    trim(d, start..stop)
}

/// Object and predicate that make one content: "described the talks as useful", "called the plan a mistake", "accused him of lying".
fn small_clause(d: &Document, verb: usize, cue: &Cue, object: Option<usize>) -> Option<Complement> {
    let a = &d.analysis;
    let right = || a.children(verb).iter().copied().filter(|&c| c > verb);
    if cue.as_phrase || cue.accusation {
        let word = if cue.as_phrase { "as" } else { "of" };
        let inner = object.into_iter().flat_map(|o| a.children(o).iter().copied());
        let prep = right().chain(inner).find(|&p| matches!(a[p].dep, Dep::Prep | Dep::Mark) && lower(d, p) == word);
        if let Some(prep) = prep {
            let end = a.subtree_range(prep).end;
            let start = match object {
                Some(o) if cue.as_phrase => a.subtree_range(o).start.max(verb + 1),
                _ => prep + 1,
            };
            let rule = if cue.as_phrase { Rule::AsPhrase } else { Rule::Accusation };
            return trim(d, start..end).map(|r| Complement { content: vec![r], rule });
        }
    }
    if !cue.predicate {
        return None;
    }
    if let Some(content) = quoted_predicate(d, verb) {
        return Some(Complement { content: vec![content], rule: Rule::Predicate });
    }
    let predicate =
        right().find(|&c| matches!(a[c].dep, Dep::Oprd | Dep::Ccomp | Dep::Xcomp) && infinitive(d, c).is_none())?;
    let range = a.subtree_range(predicate);
    let own = a.child(predicate, &[Dep::Nsubj, Dep::Nsubjpass]).is_some();
    let relative = a[verb].dep == Dep::Relcl;
    if object.is_none() && !own && !relative && a.child(verb, &[Dep::Nsubjpass]).is_none() {
        return None;
    }
    let start = object.filter(|&o| o < predicate).map_or(range.start, |o| a.subtree_range(o).start).max(verb + 1);
    trim(d, start..range.end).map(|r| Complement { content: vec![r], rule: Rule::Predicate })
}

/// "called it “a non-starter”, “a gift to the rich” and worse": the object with the quotations that follow it.
fn quoted_predicate(d: &Document, verb: usize) -> Option<Range<usize>> {
    let a = &d.analysis;
    let end = sentence_end(d, verb);
    let stops = |t: usize| is_mark(d, t) || matches!(a.word(t), "," | ":" | ";") || a[t].pos == Pos::Verb;
    let open = (verb + 1..end.min(verb + 12)).find(|&t| stops(t)).filter(|&t| is_mark(d, t) && t > verb + 1)?;
    let mut close = open;
    let mut inside = false;
    for t in open..end {
        if is_mark(d, t) {
            inside = !inside;
            close = t;
            continue;
        }
        let joins = matches!(a.word(t), "," | "and" | "or" | "a" | "an" | "the");
        let named = t - close <= 4 && matches!(a[t].pos, Pos::Noun | Pos::Propn | Pos::Adj);
        if !(inside || joins || named) {
            break;
        }
    }
    (close > open).then_some(verb + 1..close + 1)
}

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
    let rest = (goes_on && outside && attribution_end < sentence.end && a.word(attribution_end) == ",")
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
    let end = if word == "quote" { head + 1 } else { super::sources::phrase(d, head, usize::MAX).end.max(token + 1) };
    let comma = |t: usize| t < sentence.end && a.word(t) == ",";
    let before = trim(d, sentence.start..start);
    let rest = comma(end).then(|| trim(d, end..sentence.end)).flatten();
    let content: Vec<_> = before.into_iter().chain(rest).collect();
    let told = content.iter().any(|r| r.clone().any(|t| finite(d, t)));
    told.then_some((head, Complement { content, rule: Rule::According }))
}

/// What a noun of communication takes: "the claim that …", "a promise to …", "a call for …".
pub fn of_noun(d: &Document, noun: usize, cue: &Cue) -> Option<Complement> {
    let a = &d.analysis;
    let sentence = a.sentence_of(noun);
    for &c in a.children(noun).iter().filter(|&&c| c > noun) {
        let clausal = matches!(a[c].dep, Dep::Acl | Dep::Ccomp | Dep::Relcl | Dep::Xcomp | Dep::Advcl);
        if clausal && let Some(to) = infinitive(d, c).filter(|_| cue.infinitive) {
            let range = to..a.subtree_range(c).end.min(sentence.end);
            return trim(d, range).map(|r| Complement { content: vec![r], rule: Rule::Noun });
        }
        let that = a.children_by(c, Dep::Mark).find(|&m| lower(d, m) == "that" && m > noun);
        if clausal
            && cue.that
            && let Some(that) = that
        {
            let mut range = that + 1..a.subtree_range(c).end.min(sentence.end);
            for cut in report_ends(d, noun, c, &range) {
                range.end = range.end.min(cut);
            }
            return trim(d, range).map(|r| Complement { content: vec![r], rule: Rule::Noun });
        }
    }
    let p = a.children_by(noun, Dep::Prep).find(|&p| p > noun && cue.prepositions.iter().any(|w| lower(d, p) == *w))?;
    let o = a.child(p, &[Dep::Pobj, Dep::Pcomp])?;
    let range = a.subtree_range(o);
    trim(d, range.start.max(p + 1)..range.end.min(sentence.end))
        .map(|r| Complement { content: vec![r], rule: Rule::NounPreposition })
}

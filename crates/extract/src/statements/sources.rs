//! The grammar of a source: the subject of a cue and the words that name it; whether the saying is denied or imagined.

use super::cues::LEXICON;
use super::speakers;
use crate::document::Document;
use demarche_nlp::{Dep, Pos, Tag};
use std::ops::Range;

/// The source of a statement as the text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The head of the phrase.
    pub head: usize,
    /// The phrase, without relative clauses.
    pub tokens: Range<usize>,
}

/// What the grammar tells about the subject of a cue verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Its head token.
    Head(usize),
    /// The verb is passive without an agent: the text keeps the source back.
    Withheld,
    /// No subject was found.
    Unknown,
}

/// The subject of a verb: its own, that of the verb that governs or precedes it, or the noun that it describes.
pub fn subject(d: &Document, verb: usize) -> Subject {
    let a = &d.analysis;
    match governed_subject(d, verb) {
        // "Lind claims the bank is safe", read as a noun phrase: the name right before a finite verb.
        Subject::Unknown if verb > 0 && matches!(a[verb].tag, Tag::Vbd | Tag::Vbz) => {
            match (verb.saturating_sub(2)..verb).rev().find(|&t| a[t].pos != Pos::Adv) {
                Some(t) if matches!(a[t].pos, Pos::Propn) || a[t].tag == Tag::Prp => Subject::Head(t),
                Some(t) if a[verb].head == t && matches!(a[t].pos, Pos::Noun) => Subject::Head(t),
                _ => Subject::Unknown,
            }
        }
        found => found,
    }
}

fn governed_subject(d: &Document, verb: usize) -> Subject {
    let a = &d.analysis;
    let mut v = verb;
    // "is said to have left", "was quoted as saying": the subject of the passive is who speaks.
    let mut raised = false;
    // Chains of governors are short; the bound keeps odd parses from running on.
    for _ in 0..8 {
        if raised && let Some(s) = a.child(v, &[Dep::Nsubjpass]) {
            return Subject::Head(s);
        }
        // "Lee said the loan was tied to the mine but denied it": a loan denies nothing.
        if v != verb
            && let Some(s) = a.child(v, &[Dep::Nsubjpass]).filter(|_| !raised)
            && a[v].dep == Dep::Ccomp
            && a[s].pos == Pos::Noun
        {
            v = a[v].head;
            continue;
        }
        if a.child(v, &[Dep::Auxpass]).is_some()
            || (matches!(a[v].tag, Tag::Vbn | Tag::Vbd) && a[v].dep == Dep::Acl)
            || (a[v].tag == Tag::Vbn && a[v].dep == Dep::Advcl && a.child(v, &[Dep::Aux]).is_none())
        {
            let agent = a.child(v, &[Dep::Agent]).and_then(|by| a.child(by, &[Dep::Pobj]));
            return agent.map_or(Subject::Withheld, Subject::Head);
        }
        // "when asked whether …": whom it was said to stands before it.
        if v == verb
            && matches!(a[v].tag, Tag::Vbn | Tag::Vbd)
            && v > 0
            && matches!(&*a.word(v - 1).to_lowercase(), "when" | "once" | "if")
        {
            return Subject::Withheld;
        }
        // "Presiding Judge Ann Lee has stated", read as somebody presiding over a judge.
        if let Some(clause) = a.child(v, &[Dep::Csubj])
            && let Some(name) = a.child(clause, &[Dep::Dobj]).filter(|&o| a[o].pos == Pos::Propn && o < v)
        {
            return Subject::Head(name);
        }
        if let Some(s) = a.children_by(v, Dep::Nsubj).find(|&s| a[s].pos != Pos::Punct) {
            let relative = matches!(a[s].tag, Tag::Wdt | Tag::Wp)
                || a[v].dep == Dep::Relcl && matches!(a.word(s), "that" | "who" | "which");
            if relative && a[v].head != v && matches!(a[v].dep, Dep::Relcl | Dep::Acl | Dep::Ccomp) {
                return Subject::Head(a[v].head);
            }
            let reported = a[v].dep == Dep::Ccomp && a[v].head < v && v != verb;
            if reported && a[s].pos == Pos::Noun && !speakers::personal(d, s) {
                v = a[v].head;
                continue;
            }
            return Subject::Head(s);
        }
        let head = a[v].head;
        if head == v {
            return Subject::Unknown;
        }
        // "Lee said the factors had helped, citing the vote": said and cited by Lee, wherever the parser hangs it.
        if v == verb
            && a[v].tag == Tag::Vbg
            && a[v].dep == Dep::Advcl
            && head < v
            && a[head].dep == Dep::Ccomp
            && a[head].head < head
            && v > 0
            && a.word(v - 1) == ","
            && let Some((cue, _)) = LEXICON.verb(d, a[head].head)
            && cue.clause
        {
            v = a[head].head;
            continue;
        }
        match a[v].dep {
            Dep::Acl | Dep::Relcl => return Subject::Head(head),
            Dep::Pcomp if a.word(head).eq_ignore_ascii_case("as") && a[head].head != head => {
                // "quoted the army as saying"
                v = a[head].head;
                raised = true;
                if let Some(o) = a.children_by(v, Dep::Dobj).next() {
                    return Subject::Head(o);
                }
            }
            Dep::Conj | Dep::Advcl | Dep::Ccomp | Dep::Pcomp | Dep::Prep | Dep::Parataxis | Dep::Dep => v = head,
            Dep::Xcomp => {
                if let Some(o) = a.children_by(head, Dep::Dobj).find(|&o| o < v) {
                    return Subject::Head(o);
                }
                v = head;
                raised = true;
            }
            _ => return Subject::Unknown,
        }
        if matches!(a[v].pos, Pos::Noun | Pos::Propn | Pos::Pron) {
            return Subject::Head(v);
        }
    }
    Subject::Unknown
}

/// The phrase of a noun: its subtree around the head without relative clauses and without `not`, the cue itself.
pub fn phrase(d: &Document, head: usize, not: usize) -> Range<usize> {
    let a = &d.analysis;
    let whole = a.subtree_range(head);
    let (mut start, mut end) = (whole.start, whole.end);
    for &c in a.children(head) {
        let part = matches!(a[c].dep, Dep::Relcl | Dep::Advcl | Dep::Acl | Dep::Parataxis | Dep::Ccomp);
        // "said Lee, the mayor, in a letter": the occasion is no part of the name.
        let occasion = a[c].dep == Dep::Prep && c > head + 1 && a[head].pos == Pos::Propn && a.word(c - 1) == ",";
        if (part || occasion) && c > head {
            end = end.min(a.subtree_range(c).start.max(head + 1));
        }
        if a[c].dep == Dep::Cc && c > head && a[c].head == head {
            let joined = a.children_by(head, Dep::Conj).any(|k| matches!(a[k].pos, Pos::Noun | Pos::Propn | Pos::Pron));
            if !joined {
                end = end.min(c);
            }
        }
    }
    if (start..end).contains(&not) {
        if not < head {
            start = not + 1;
        } else {
            end = not;
        }
    }
    while start < head && (a[start].pos == Pos::Punct || a[start].pos == Pos::Space || a[start].dep == Dep::Cc) {
        start += 1;
    }
    while end > head + 1 && matches!(a[end - 1].pos, Pos::Punct | Pos::Space | Pos::Cconj) && a.word(end - 1) != ")" {
        end -= 1;
    }
    start.min(head)..end.max(head + 1)
}

/// The source whose head is this token; `cue` is kept out of the phrase.
pub fn source(d: &Document, head: usize, cue: usize) -> Source {
    Source { head, tokens: phrase(d, head, cue) }
}

/// Whether a verb is denied or held back: "did not say", "refused to say", "no one said".
pub fn negated(d: &Document, verb: usize) -> bool {
    let a = &d.analysis;
    let mut v = verb;
    for _ in 0..4 {
        if a.child(v, &[Dep::Neg]).is_some() {
            return true;
        }
        let never = a.children_by(v, Dep::Advmod).any(|c| matches!(&*a[c].lemma, "never" | "neither" | "nor"));
        let nobody = a
            .children_by(v, Dep::Nsubj)
            .any(|c| matches!(a.word(c).to_lowercase().as_str(), "nobody" | "none" | "neither"));
        if never || nobody {
            return true;
        }
        let head = a[v].head;
        if head == v || a[v].dep != Dep::Xcomp {
            return false;
        }
        if matches!(&*a[head].lemma, "refuse" | "decline" | "fail" | "stop" | "avoid" | "hesitate") {
            return true;
        }
        v = head;
    }
    false
}

/// Whether it is asked whether someone says it: "Will he say that …?", "Did she deny it?"
pub fn asked(d: &Document, verb: usize) -> bool {
    let a = &d.analysis;
    let subject = a.children_by(verb, Dep::Nsubj).next();
    let auxiliary = a.children_by(verb, Dep::Aux).next();
    let end = a.sentence_of(verb).end;
    let question = (end.saturating_sub(2)..end).any(|t| a.word(t) == "?");
    question && matches!((auxiliary, subject), (Some(x), Some(s)) if x < s)
}

/// Whether the saying itself is only imagined: "would say", "if he says", "can say".
pub fn hypothetical(d: &Document, verb: usize) -> bool {
    let a = &d.analysis;
    let modal = a.children_by(verb, Dep::Aux).any(|c| {
        matches!(
            a.word(c).to_lowercase().as_str(),
            "would" | "could" | "should" | "may" | "might" | "can" | "must" | "’d" | "'d"
        )
    });
    let perfect = a.children_by(verb, Dep::Aux).any(|c| &*a[c].lemma == "have");
    let condition = a
        .children_by(verb, Dep::Mark)
        .any(|c| matches!(a.word(c).to_lowercase().as_str(), "if" | "unless" | "whether"));
    (modal && !perfect) || condition || planned(d, verb)
}

/// Whether the saying is still to come: "will say", "is expected to say", "plans to tell".
fn planned(d: &Document, verb: usize) -> bool {
    let a = &d.analysis;
    let future =
        a.children_by(verb, Dep::Aux).any(|c| matches!(&*a.word(c).to_lowercase(), "will" | "'ll" | "’ll" | "shall"));
    let governor = a[verb].head;
    let expected = a[verb].dep == Dep::Xcomp
        && matches!(
            &*a[governor].lemma,
            "expect" | "schedule" | "set" | "due" | "likely" | "plan" | "intend" | "prepare" | "want"
        );
    future || expected
}

/// The phrase of a noun with all that depends on it.
pub fn phrase_with_clauses(d: &Document, head: usize) -> Range<usize> {
    let whole = d.analysis.subtree_range(head);
    let narrow = phrase(d, head, usize::MAX);
    // A relative clause between commas goes along; anything else that follows the narrow phrase does not.
    let relative = d.analysis.children_by(head, Dep::Relcl).any(|r| r > head);
    if relative { whole } else { narrow }
}

/// Set phrases in which a cue tells nothing: "it goes without saying", "who asked not to be named".
pub fn idle(d: &Document, verb: usize) -> bool {
    let a = &d.analysis;
    if verb > 0 && a.word(verb - 1).eq_ignore_ascii_case("without") {
        return true;
    }
    let end = a.sentence_of(verb).end.min(verb + 6);
    let named = (verb + 1..end).find(|&t| matches!(&*a[t].lemma, "name" | "identify" | "quote"));
    named.is_some_and(|t| {
        matches!(&a.words(verb + 1..t).to_lowercase()[..], "not to be" | "to not be" | "that they not be")
    })
}

/// Whether a source is somebody in particular: not "you", "one", "anyone", nor the article itself.
pub fn somebody(d: &Document, source: &Source) -> bool {
    let a = &d.analysis;
    let head = a.word(source.head).to_lowercase();
    if head == "one" {
        return source.tokens.len() > 1;
    }
    let this = || a.child(source.head, &[Dep::Det]).is_some_and(|t| a.word(t).eq_ignore_ascii_case("this"));
    let itself = matches!(&*head, "story" | "article") && this();
    !matches!(&*head, "you" | "anyone" | "i" | "we") && !itself
}

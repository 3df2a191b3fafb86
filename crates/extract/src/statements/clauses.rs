//! Reported clauses: what a cue verb or noun takes as its complement, by the frames of the lexicon.

use super::borders::{
    clause, finite, finite_clause, infinitive, is_edge, is_mark, lower, report_ends, sentence_end, trim,
};
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
        // "That was what Lee said when she left": a time, not a question.
        let told = a.children_by(verb, Dep::Dobj).any(|o| o < verb && lower(d, o) == "what");
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
        if wh && told {
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
        let person = object.is_some_and(|o| matches!(a[o].pos, Pos::Propn | Pos::Pron));
        let what_for = person && matches!(cue.stance, "praise" | "criticise" | "accuse") && p > object.unwrap_or(p);
        if (!(cue.noun_phrase && object.is_some()) || what_for)
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
            let clause = a[at].head;
            let relative = a[clause].dep == Dep::Relcl && a[at].tag == Tag::Wdt
                // "denied all claims that he had left"
                || a[clause].dep == Dep::Acl && a[a[clause].head].dep == Dep::Dobj && a[a[clause].head].head == verb;
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
                // "referred to the wall as a joke"
                _ => a
                    .children_by(verb, Dep::Prep)
                    .filter(|&p| p > verb && p < prep && lower(d, p) == "to")
                    .find_map(|p| a.child(p, &[Dep::Pobj]))
                    .map_or(prep + 1, |o| a.subtree_range(o).start),
            };
            let rule = if cue.as_phrase { Rule::AsPhrase } else { Rule::Accusation };
            return trim(d, start..end).map(|r| Complement { content: vec![r], rule });
        }
    }
    // "called for taxing “pass-through” income"
    if !cue.predicate || verb + 1 < a.len() && a[verb + 1].pos == Pos::Adp {
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
    // "a “champion” for its members": what hangs on the quoted words goes along.
    let mut stop = close + 1;
    while stop < end && matches!(a[stop].pos, Pos::Noun) {
        stop += 1;
    }
    if stop < end
        && matches!(lower(d, stop).as_str(), "for" | "of" | "against" | "to" | "from")
        && a[stop].pos == Pos::Adp
    {
        stop = a.subtree_range(stop).end.min(end);
        while stop > close + 1 && (is_edge(d, stop - 1) || is_mark(d, stop - 1)) {
            stop -= 1;
        }
    }
    (close > open).then_some(verb + 1..stop)
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

//! Who says it and to whom: the subject of a cue, the words that name it, the entity behind them.

use crate::document::Document;
use crate::entities::{Entities, EntityId};
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
        if a.child(v, &[Dep::Auxpass]).is_some()
            || (matches!(a[v].tag, Tag::Vbn | Tag::Vbd) && a[v].dep == Dep::Acl)
            || (a[v].tag == Tag::Vbn && a[v].dep == Dep::Advcl && a.child(v, &[Dep::Aux]).is_none())
        {
            let agent = a.child(v, &[Dep::Agent]).and_then(|by| a.child(by, &[Dep::Pobj]));
            return agent.map_or(Subject::Withheld, Subject::Head);
        }
        if let Some(s) = a.children_by(v, Dep::Nsubj).find(|&s| a[s].pos != Pos::Punct) {
            let relative = matches!(a[s].tag, Tag::Wdt | Tag::Wp)
                || a[v].dep == Dep::Relcl && matches!(a.word(s), "that" | "who" | "which");
            if relative && a[v].head != v && matches!(a[v].dep, Dep::Relcl | Dep::Acl | Dep::Ccomp) {
                return Subject::Head(a[v].head);
            }
            return Subject::Head(s);
        }
        let head = a[v].head;
        if head == v {
            return Subject::Unknown;
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
        if part && c > head {
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

/// Nouns that stand for what someone said, or for those who speak for someone: the entity is the one they belong to.
const SPEAKS_FOR: [&str; 46] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "official",
    "officials",
    "source",
    "aide",
    "adviser",
    "advisor",
    "lawyer",
    "attorney",
    "representative",
    "office",
    "side",
    "government",
    "administration",
    "campaign",
    "statement",
    "release",
    "report",
    "letter",
    "readout",
    "tweet",
    "post",
    "message",
    "announcement",
    "memo",
    "note",
    "delegation",
    "team",
    "service",
    "department",
    "ministry",
    "leadership",
    "leader",
    "authority",
    "member",
    "diplomat",
    "officer",
    "newspaper",
    "agency",
    "press",
    "staff",
    "ally",
    "camp",
];

/// The entity that a phrase names as a source.
pub fn resolve(d: &Document, entities: &Entities, head: usize) -> Option<EntityId> {
    let a = &d.analysis;
    let own = entities.headed_by(head).filter(|m| !m.entities.is_empty()).map(|m| m.entities[0]);
    let children = a.children(head);
    let of = |c: usize| entities.headed_by(c).and_then(|m| m.entities.first().copied());
    // "the spokeswoman, Jen Psaki, …"
    let apposition = children.iter().copied().filter(|&c| a[c].dep == Dep::Appos).find_map(of);
    match (own, apposition) {
        (Some(person @ EntityId::Person(_)), _) | (_, Some(person @ EntityId::Person(_))) => return Some(person),
        (Some(own), _) => return Some(own),
        _ => {}
    }
    if a[head].pos == Pos::Pron {
        return None;
    }
    // "the Ministry of Foreign Affairs", headed by a word within the name.
    if let Some(around @ EntityId::Organization(_)) = entities.covering(head).and_then(|m| m.entities.first().copied())
    {
        return Some(around);
    }
    // "Horne, the spokeswoman" parsed the other way round.
    if a[head].dep == Dep::Appos
        && let Some(found) = of(a[head].head)
    {
        return Some(found);
    }
    let speaks_for = SPEAKS_FOR.contains(&&*a[head].lemma.to_lowercase()) || a[head].pos == Pos::Noun;
    if speaks_for {
        let belongs = [Dep::Poss, Dep::Compound, Dep::Nmod, Dep::Amod];
        let before = children.iter().copied().filter(|&c| belongs.contains(&a[c].dep));
        if let Some(found) = before.clone().find_map(of) {
            return Some(found);
        }
        let after = children.iter().copied().filter(|&c| {
            a[c].dep == Dep::Prep
                && matches!(
                    a.word(c).to_lowercase().as_str(),
                    "of" | "for" | "from" | "at" | "by" | "in" | "to" | "with"
                )
        });
        if let Some(found) = after.filter_map(|p| a.child(p, &[Dep::Pobj])).find_map(|p| {
            of(p).or_else(|| a.children(p).iter().copied().filter(|&c| belongs.contains(&a[c].dep)).find_map(of))
        }) {
            return Some(found);
        }
        if let Some(found) = apposition {
            return Some(found);
        }
    }
    let around = entities.covering(head).and_then(|m| m.entities.first().copied());
    // A surname that was not taken for a name here, but is one elsewhere in the article.
    around.or_else(|| {
        let word = a.word(head);
        let mut namesakes = entities.people.iter().enumerate().filter(|(_, p)| p.name.rsplit(' ').next() == Some(word));
        match (namesakes.next(), namesakes.next()) {
            (Some((i, _)), None) if a[head].pos == Pos::Propn => Some(EntityId::Person(i)),
            _ => None,
        }
    })
}

/// Occasions and media in which something is said *to* someone.
const CHANNELS: [&str; 24] = [
    "interview",
    "letter",
    "message",
    "email",
    "call",
    "conversation",
    "statement",
    "remark",
    "comment",
    "speech",
    "address",
    "telegram",
    "note",
    "memo",
    "phone",
    "meeting",
    "talk",
    "briefing",
    "reply",
    "text",
    "question",
    "answer",
    "report",
    "response",
];

/// Whom it is said to: "told X", "said to X", "in a letter to X", "in an interview with X".
pub fn addressees(d: &Document, entities: &Entities, verb: usize, object: bool) -> Vec<EntityId> {
    let a = &d.analysis;
    let mut heads = Vec::new();
    for &c in a.children(verb) {
        match a[c].dep {
            Dep::Dobj | Dep::Dative if object && c > verb && a[c].pos != Pos::Adp => heads.push(c),
            // "Speaking to Die Welt, she said …"
            Dep::Advcl if matches!(&*a[c].lemma, "speak" | "talk") => {
                let to = a.children_by(c, Dep::Prep).filter(|&q| matches!(a.word(q), "to" | "with"));
                heads.extend(to.filter_map(|q| a.child(q, &[Dep::Pobj])));
            }
            Dep::Prep | Dep::Dative => {
                let word = a.word(c).to_lowercase();
                let Some(p) = a.child(c, &[Dep::Pobj]) else { continue };
                if word == "to" || matches!(word.as_str(), "on" | "upon") && &*a[verb].lemma == "call" {
                    heads.push(p);
                } else if matches!(word.as_str(), "in" | "during" | "by" | "on" | "after")
                    && CHANNELS.contains(&&*a[p].lemma)
                {
                    let to = a
                        .children_by(p, Dep::Prep)
                        .chain(a.children_by(c, Dep::Prep))
                        .chain(a.children_by(verb, Dep::Prep));
                    let to = to.filter(|&q| q > p && matches!(a.word(q).to_lowercase().as_str(), "to" | "with"));
                    heads.extend(to.take(1).filter_map(|q| a.child(q, &[Dep::Pobj])));
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    let mut next = 0;
    while next < heads.len() && next < 12 {
        let head = heads[next];
        next += 1;
        heads.extend(a.children_by(head, Dep::Conj));
        let id = entities.headed_by(head).and_then(|m| m.entities.first().copied());
        // "told the news agency Interfax"
        let apposition =
            || a.children_by(head, Dep::Appos).find_map(|c| entities.headed_by(c)?.entities.first().copied());
        if let Some(id) = id.or_else(apposition)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
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
    (modal && !perfect) || condition
}

/// The phrase of a noun with all that depends on it.
pub fn phrase_with_clauses(d: &Document, head: usize) -> Range<usize> {
    let whole = d.analysis.subtree_range(head);
    let narrow = phrase(d, head, usize::MAX);
    // A relative clause between commas goes along; anything else that follows the narrow phrase does not.
    let relative = d.analysis.children_by(head, Dep::Relcl).any(|r| r > head);
    if relative { whole } else { narrow }
}

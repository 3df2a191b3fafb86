//! To whom something is said: "told X", "said to X", "in a letter to X", "speaking to reporters".

use super::cues::LEXICON;
use super::sources;
use crate::document::Document;
use crate::entities::{Entities, EntityId, Mention, Organization};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, OrganizationKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Whom a statement is said to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addressees {
    /// Those with a name.
    pub named: Vec<EntityId>,
    /// Heads of phrases for people without a name: "reporters", "the crowd".
    pub groups: Vec<usize>,
}

/// Occasions and media in which something is said *to* someone.
const CHANNELS: [&str; 27] = [
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
    "cable",
    "testimony",
    "toast",
];

/// Nouns in the singular for several people who are spoken to.
const COLLECTIVES: [&str; 28] = [
    "press",
    "media",
    "public",
    "world",
    "nation",
    "country",
    "crowd",
    "audience",
    "court",
    "parliament",
    "police",
    "people",
    "committee",
    "jury",
    "board",
    "panel",
    "staff",
    "inquiry",
    "tribunal",
    "assembly",
    "conference",
    "congregation",
    "rally",
    "gathering",
    "newspaper",
    "station",
    "council",
    "commission",
];

/// Verbs beside the cue's own that tell who is spoken to: "addressed reporters, calling for …".
const SPOKEN_TO: [&str; 7] = ["address", "thank", "congratulate", "telephone", "phone", "brief", "interview"];

fn lower(d: &Document, token: usize) -> String {
    d.analysis.word(token).to_lowercase()
}

/// Whom the cue `verb` is said to; `object` tells whether its direct object is spoken to.
pub fn of_verb(d: &Document, entities: &Entities, verb: usize, object: bool) -> Addressees {
    let mut found = Addressees::default();
    let mut v = verb;
    let mut takes_object = object;
    // ", adding that …", "and noted that …": said to those that the first verb was said to.
    for _ in 0..4 {
        for head in heads(d, v, takes_object) {
            collect(d, entities, head, &mut found);
        }
        let a = &d.analysis;
        let shares = matches!(a[v].dep, Dep::Advcl | Dep::Conj | Dep::Xcomp)
            && a[v].head != v
            && a[v].head < v
            && a.child(v, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Mark]).is_none();
        if !shares || !found.named.is_empty() || !found.groups.is_empty() {
            break;
        }
        v = a[v].head;
        let cue = LEXICON.verb(d, v).map(|(cue, _)| cue);
        if cue.is_none() && !SPOKEN_TO.contains(&&*a[v].lemma) {
            break;
        }
        takes_object = cue.is_some_and(|c| c.addressee_object) || SPOKEN_TO.contains(&&*a[v].lemma);
    }
    found
}

/// Heads of the phrases beside a verb that can name who is spoken to.
fn heads(d: &Document, verb: usize, object: bool) -> Vec<usize> {
    let a = &d.analysis;
    let mut heads = Vec::new();
    let receivers = |verb: usize, channel: usize, prep: Option<usize>| {
        let beside =
            a.children_by(channel, Dep::Prep).chain(prep.into_iter().flat_map(|p| a.children_by(p, Dep::Prep)));
        let beside = beside.chain(a.children_by(verb, Dep::Prep)).filter(move |&q| q > channel);
        let mut to = beside.filter(|&q| match &*lower(d, q) {
            "to" | "with" => true,
            "from" | "by" => &*a[channel].lemma == "question",
            _ => false,
        });
        to.next().and_then(|q| a.child(q, &[Dep::Pobj]))
    };
    for &c in a.children(verb) {
        match a[c].dep {
            Dep::Dobj | Dep::Dative if object && c > verb && a[c].pos != Pos::Adp => heads.push(c),
            // "Speaking to Die Welt, she said …"
            Dep::Advcl if matches!(&*a[c].lemma, "speak" | "talk" | "write" | "testify") => {
                let to = a.children_by(c, Dep::Prep).filter(|&q| matches!(&*lower(d, q), "to" | "with" | "before"));
                heads.extend(to.filter_map(|q| a.child(q, &[Dep::Pobj])));
            }
            Dep::Advcl if matches!(&*a[c].lemma, "address" | "tell") => heads.extend(a.child(c, &[Dep::Dobj])),
            Dep::Prep | Dep::Dative => {
                let word = lower(d, c);
                let Some(p) = a.child(c, &[Dep::Pobj]) else { continue };
                let whom = word == "to" || matches!(word.as_str(), "on" | "upon") && &*a[verb].lemma == "call";
                if whom && a[p].tag == Tag::Wp {
                    // "the envoy, to whom she said that …"
                    heads.extend((0..c).rev().take(3).find(|&t| matches!(a[t].pos, Pos::Noun | Pos::Propn)));
                } else if whom && !CHANNELS.contains(&&*a[p].lemma) {
                    heads.push(p);
                } else if matches!(word.as_str(), "in" | "during" | "by" | "on" | "after" | "over" | "to")
                    && CHANNELS.contains(&&*a[p].lemma)
                {
                    let receiver = receivers(verb, p, Some(c));
                    // "in response to a question from journalists"
                    match receiver.filter(|r| CHANNELS.contains(&&*a[*r].lemma)) {
                        Some(question) => heads.extend(receivers(question, question, None)),
                        None => heads.extend(receiver),
                    }
                }
            }
            _ => {}
        }
    }
    // "Lind, in remarks to the newspaper, said …" hangs on the name at times.
    if let sources::Subject::Head(subject) = sources::subject(d, verb) {
        for p in a.children_by(subject, Dep::Prep).filter(|&p| p > subject && matches!(&*lower(d, p), "in" | "during"))
        {
            if let Some(channel) = a.child(p, &[Dep::Pobj]).filter(|&c| CHANNELS.contains(&&*a[c].lemma)) {
                heads.extend(receivers(channel, channel, Some(p)));
            }
        }
    }
    heads
}

/// The entity of a phrase that names who is spoken to, with those joined to it; else the group.
fn collect(d: &Document, entities: &Entities, head: usize, found: &mut Addressees) {
    let a = &d.analysis;
    let mut joined = vec![head];
    let mut next = 0;
    while next < joined.len() && next < 12 {
        let head = joined[next];
        next += 1;
        joined.extend(a.children_by(head, Dep::Conj));
        let of = |t: usize| entities.headed_by(t).and_then(|m| m.entities.first().copied());
        // "told the news agency Interfax", "told senators on the Foreign Relations Committee"
        let within = || {
            let apposition = a.children_by(head, Dep::Appos).find_map(of);
            apposition.or_else(|| {
                // The parser hangs it on the verb at times.
                let beside = a.children_by(a[head].head, Dep::Prep).filter(|&p| p == head + 1);
                let preps = a.children_by(head, Dep::Prep).chain(beside);
                let preps = preps.filter(|&p| matches!(&*lower(d, p), "on" | "at" | "of" | "from"));
                let bodies = preps.filter_map(|p| a.child(p, &[Dep::Pobj])).filter_map(of);
                bodies.filter(|id| matches!(id, EntityId::Organization(_))).last()
            })
        };
        let covering = || entities.covering(head).and_then(|m| m.entities.first().copied());
        match of(head).or_else(within).or_else(covering) {
            Some(id) if !found.named.contains(&id) => found.named.push(id),
            Some(_) => {}
            None if is_group(d, head) => found.groups.push(head),
            None => {}
        }
    }
}

/// Whether a noun stands for several people without a name.
fn is_group(d: &Document, head: usize) -> bool {
    let t = &d.analysis[head];
    let plural = t.tag == Tag::Nns
        && ["er", "or", "ist", "ian", "man", "woman", "ant", "ent", "ee", "official", "ally", "mp", "friend", "aide"]
            .iter()
            .any(|end| t.lemma.ends_with(end));
    plural || t.pos == Pos::Noun && COLLECTIVES.contains(&&*t.lemma) || matches!(&*t.lemma, "citizen" | "troop" | "fan")
}

/// Gives each group that is spoken to an entity of its own, a body without a name: one for the same words.
pub fn name_groups(d: &Document, groups: &[(usize, usize)], entities: &mut Entities) -> Vec<(usize, EntityId)> {
    let mut known: FxHashMap<String, EntityId> = FxHashMap::default();
    let mut found = Vec::new();
    for &(statement, head) in groups {
        let tokens = modified(d, head);
        let name = d.analysis.words(tokens.clone()).to_owned();
        let id = *known.entry(name.to_lowercase()).or_insert_with(|| {
            entities.organizations.push(Organization {
                name,
                kind: OrganizationKind::Other,
                state: None,
                wikidata: None,
                listed: None,
                is_seat: false,
            });
            EntityId::Organization(entities.organizations.len() - 1)
        });
        if entities.of_tokens(tokens.clone()).is_none() {
            entities.add(Mention { tokens, head, entities: vec![id], kind: MentionKind::Nominal });
        }
        found.push((statement, id));
    }
    found
}

/// A noun with the nouns and adjectives right before it.
fn modified(d: &Document, head: usize) -> Range<usize> {
    let a = &d.analysis;
    let mut start = head;
    while start > 0 && a[start - 1].head == head && matches!(a[start - 1].dep, Dep::Compound | Dep::Amod | Dep::Nmod) {
        start -= 1;
    }
    start..head + 1
}

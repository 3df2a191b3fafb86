//! Who is behind the words that name a source.
//!
//! A name or a resolved pronoun is its entity; "a spokesman for X" is X; "the statement" is whoever made it. A wrong speaker is
//! worse than none: a noun whose owner need not agree with it ("her critics", "his brother") is nobody.

use super::Statement;
use super::cues::LEXICON;
use super::sources::{self, Subject};
use crate::document::Document;
use crate::entities::{Entities, EntityId, Gender, Mention};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, StatementKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Nouns for those who speak for somebody and for what somebody says: the entity is the one they belong to.
const SPEAKS_FOR: [&str; 93] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "official",
    "source",
    "aide",
    "adviser",
    "advisor",
    "lawyer",
    "attorney",
    "counsel",
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
    "staffer",
    "employee",
    "camp",
    "police",
    "army",
    "military",
    "navy",
    "force",
    "troop",
    "court",
    "embassy",
    "mission",
    "prosecutor",
    "secretariat",
    "party",
    "wing",
    "bank",
    "council",
    "committee",
    "commission",
    "parliament",
    "cabinet",
    "minister",
    "ministers",
    "negotiator",
    "envoy",
    "ambassador",
    "consulate",
    "bureau",
    "board",
    "union",
    "website",
    "site",
    "account",
    "page",
    "blog",
    "filing",
    "lawsuit",
    "complaint",
    "investigator",
    "inspector",
    "executive",
    "communique",
    "document",
    "paper",
    "study",
    "survey",
    "editorial",
    "correspondent",
];

/// What is written or issued: "the statement added" is said by whoever made it.
const WRITTEN: [&str; 16] = [
    "statement",
    "tweet",
    "letter",
    "post",
    "message",
    "release",
    "report",
    "remark",
    "note",
    "email",
    "memo",
    "readout",
    "communique",
    "document",
    "announcement",
    "tweets",
];

/// Those who speak for somebody without saying for whom each time.
const UNNAMED: [&str; 3] = ["spokesman", "spokeswoman", "spokesperson"];

/// The entity of a mention; of several that are named together the one that the article names first.
fn entity(mention: &Mention) -> Option<EntityId> {
    mention.entities.iter().min().copied()
}

/// The entity that a phrase names as a source, by its own words alone.
pub fn named(d: &Document, entities: &Entities, head: usize) -> Option<EntityId> {
    let a = &d.analysis;
    let own = entities.headed_by(head).and_then(entity);
    let children = a.children(head);
    let of = |c: usize| entities.headed_by(c).and_then(entity);
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
    if let Some(around @ EntityId::Organization(_)) = entities.covering(head).and_then(entity) {
        return Some(around);
    }
    // "Horne, the spokeswoman" parsed the other way round.
    if a[head].dep == Dep::Appos
        && let Some(found) = of(a[head].head)
    {
        return Some(found);
    }
    if SPEAKS_FOR.contains(&&*a[head].lemma.to_lowercase()) || a[head].pos == Pos::Propn {
        let belongs = [Dep::Poss, Dep::Compound, Dep::Nmod, Dep::Amod];
        let before = |h: usize| a.children(h).iter().copied().filter(|&c| belongs.contains(&a[c].dep)).find_map(of);
        if let Some(found) = before(head) {
            return Some(found);
        }
        let after = children.iter().copied().filter(|&c| {
            let word = a.word(c).to_lowercase();
            a[c].dep == Dep::Prep && matches!(word.as_str(), "of" | "for" | "from" | "at" | "by" | "in" | "to" | "with")
        });
        if let Some(found) = after.filter_map(|p| a.child(p, &[Dep::Pobj])).find_map(|p| of(p).or_else(|| before(p))) {
            return Some(found);
        }
        if let Some(found) = apposition {
            return Some(found);
        }
    }
    let around = entities.covering(head).and_then(entity);
    // A surname that was not taken for a name here, but is one elsewhere in the article.
    around.or_else(|| a.word(head).starts_with(char::is_uppercase).then(|| namesake(entities, a.word(head))).flatten())
}

/// The person with that surname; of several the one whom the article speaks of far more than of the others.
fn namesake(entities: &Entities, surname: &str) -> Option<EntityId> {
    let bears = |name: &str| name.rsplit(' ').next() == Some(surname);
    let mut bearers: Vec<(usize, EntityId)> = Vec::new();
    for (i, _) in entities.people.iter().enumerate().filter(|(_, p)| bears(&p.name)) {
        let id = EntityId::Person(i);
        bearers.push((entities.mentions.iter().filter(|m| m.entities == [id]).count(), id));
    }
    bearers.sort_unstable_by_key(|&(count, id)| (std::cmp::Reverse(count), id));
    match *bearers.as_slice() {
        [(_, only)] => Some(only),
        [(most, first), (next, _), ..] if most >= 3 * next.max(1) => Some(first),
        _ => None,
    }
}

/// The entity behind the head of a source; for "a statement" whoever made it.
pub fn behind(d: &Document, entities: &Entities, head: usize) -> Option<EntityId> {
    let a = &d.analysis;
    if let Some(found) = named(d, entities, head) {
        return Some(found);
    }
    let lemma = &*a[head].lemma;
    let written = WRITTEN.contains(&lemma);
    if let Some(writer) = writer(d, head) {
        return named(d, entities, writer);
    }
    // "the statement added": the statement that was named before, else the one who spoke last.
    let definite = a.child(head, &[Dep::Det]).is_some_and(|t| a.word(t).eq_ignore_ascii_case("the"));
    if definite && (written || UNNAMED.contains(&lemma)) {
        let before = (head.saturating_sub(600)..head).rev().find_map(|t| {
            let same = a[t].lemma == a[head].lemma && a[t].pos == Pos::Noun;
            let maker = || writer(d, t).and_then(|w| named(d, entities, w));
            same.then(|| named(d, entities, t).or_else(maker)).flatten()
        });
        return before.or_else(|| last(d, entities, head, d.block_of(head).0));
    }
    None
}

/// Who issues a statement, posts a message or writes a letter, by the verb whose object it is.
pub fn writer(d: &Document, head: usize) -> Option<usize> {
    let a = &d.analysis;
    if !is_written(d, head) {
        return None;
    }
    // "issued a statement saying", "resigned in a letter saying"
    let governor = a[head].head;
    let verb = match a[head].dep {
        Dep::Dobj => governor,
        Dep::Pobj if matches!(a.word(governor), "in" | "with" | "through" | "via") => a[governor].head,
        _ => return None,
    };
    match sources::subject(d, verb) {
        Subject::Head(writer) if writer != head && a[verb].pos == Pos::Verb => Some(writer),
        _ => None,
    }
}

/// Who speaks last before a token, in its paragraph or the one before, by what the words say alone.
pub fn last(d: &Document, entities: &Entities, token: usize, block: usize) -> Option<EntityId> {
    let a = &d.analysis;
    let start = d.block_tokens[block.saturating_sub(1)].start;
    (start..token).rev().find_map(|v| {
        let (cue, _) = LEXICON.verb(d, v)?;
        let Subject::Head(head) = sources::subject(d, v) else { return None };
        let tells = (cue.clause || cue.that) && !cue.predicate;
        let told = matches!(a[v].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vbg);
        (tells && told).then(|| named(d, entities, head)).flatten()
    })
}

/// Who a pronoun is if not `wrong`, whom the same clause speaks of or to: the subject nearest to the main clause in the
/// nearest sentence that has one which agrees.
pub fn other(d: &Document, entities: &Entities, pronoun: usize, wrong: &[EntityId]) -> Option<EntityId> {
    let a = &d.analysis;
    let gender = match a.word(pronoun).to_lowercase().as_str() {
        "he" => Gender::Male,
        "she" => Gender::Female,
        _ => return None,
    };
    let sentences = a.sentences();
    let here = sentences.partition_point(|s| s.end <= pronoun);
    let agrees = |t: usize| match entities.headed_by(t)?.entities.as_slice() {
        &[id @ EntityId::Person(p)] if !wrong.contains(&id) => {
            entities.people[p].gender.is_none_or(|g| g == gender).then_some(id)
        }
        _ => None,
    };
    sentences[here.saturating_sub(2)..sentences.len().min(here + 1)].iter().rev().find_map(|sentence| {
        let subjects = (sentence.start..sentence.end.min(pronoun))
            .filter(|&t| matches!(a[t].dep, Dep::Nsubj | Dep::Nsubjpass))
            .filter_map(|t| Some((a.ancestors(t).count(), agrees(t)?)));
        subjects.min_by_key(|&(depth, _)| depth).map(|(_, id)| id)
    })
}

/// People whom a stretch of reported speech calls by name: a pronoun that governs it means somebody else.
pub fn called_by_name(d: &Document, entities: &Entities, content: &[Range<usize>]) -> Vec<EntityId> {
    let part = |m: &Mention| matches!(d.analysis[m.head].dep, Dep::Compound | Dep::Nmod | Dep::Amod);
    let names = content.iter().flat_map(|c| entities.within(c.clone()));
    let names = names.filter(|m| m.kind == MentionKind::Name && !part(m));
    names.flat_map(|m| m.entities.iter().copied()).filter(|e| matches!(e, EntityId::Person(_))).collect()
}

/// Whether a noun is one for what somebody writes or issues.
pub fn is_written(d: &Document, head: usize) -> bool {
    WRITTEN.contains(&&*d.analysis[head].lemma)
}

/// Whether a noun is one for those who speak for somebody.
pub fn speaks_for(d: &Document, head: usize) -> bool {
    SPEAKS_FOR.contains(&&*d.analysis[head].lemma.to_lowercase())
}

/// Whether the head of a source can speak: a name, a pronoun for people or a plural noun, not "the visit" or "the move".
pub fn personal(d: &Document, head: usize) -> bool {
    let t = &d.analysis[head];
    matches!(t.tag, Tag::Nns | Tag::Nnps | Tag::Nnp)
        || matches!(
            d.analysis.word(head).to_lowercase().as_str(),
            "he" | "she" | "they" | "who" | "one" | "many" | "some"
        )
        || SPEAKS_FOR.contains(&&*t.lemma)
        || HUMAN.contains(&&*t.lemma)
        || ["man", "woman", "ist", "ian", "or", "er"].iter().any(|end| t.lemma.ends_with(end))
}

/// Nouns for one or several people that no ending tells.
const HUMAN: [&str; 18] = [
    "judge",
    "head",
    "chief",
    "wife",
    "group",
    "number",
    "majority",
    "mp",
    "expert",
    "critic",
    "activist",
    "colleague",
    "friend",
    "student",
    "resident",
    "victim",
    "chair",
    "candidate",
];

/// Adds "I", "me", "my" in direct speech to the mentions of its speaker.
pub fn first_person(d: &Document, statements: &[Statement], entities: &mut Entities) {
    let mut by_head: FxHashMap<usize, usize> = FxHashMap::default();
    for (i, mention) in entities.mentions.iter().enumerate() {
        by_head.insert(mention.head, i);
    }
    let mut new = Vec::new();
    for statement in statements.iter().filter(|s| s.kind == StatementKind::Direct) {
        let Some(speaker @ EntityId::Person(_)) = statement.speaker else { continue };
        for bytes in &statement.content {
            for t in d.analysis.tokens_in(bytes.clone()) {
                let word = d.analysis.word(t).to_lowercase();
                if !matches!(word.as_str(), "i" | "me" | "my" | "mine" | "myself") || d.analysis[t].pos == Pos::Num {
                    continue;
                }
                match by_head.get(&t) {
                    Some(&i) if entities.mentions[i].entities.is_empty() => entities.mentions[i].entities.push(speaker),
                    Some(_) => {}
                    None => new.push(Mention {
                        tokens: t..t + 1,
                        head: t,
                        entities: vec![speaker],
                        kind: MentionKind::Pronoun,
                    }),
                }
            }
        }
    }
    for mention in new {
        entities.add(mention);
    }
}

//! Who takes part: the people and bodies that stand beside a trigger as subject, object or after "with" and "between".

use super::phrase::Text;
use crate::entities::EntityId;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, OrganizationKind, ParticipantRole};

/// Who takes part, each once.
#[derive(Debug, Clone, Default)]
pub struct Party(pub Vec<(EntityId, ParticipantRole)>);

impl Party {
    pub fn add(&mut self, ids: Vec<EntityId>, role: ParticipantRole) {
        for id in ids {
            if !self.0.iter().any(|(other, _)| *other == id) {
                self.0.push((id, role));
            }
        }
    }

    /// Adds those before all others: the subject comes first.
    pub fn lead(&mut self, ids: Vec<EntityId>, role: ParticipantRole) {
        let others = std::mem::take(&mut self.0);
        self.add(ids, role);
        for (id, role) in others {
            self.add(vec![id], role);
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Whether what hangs on a noun beside a verb is the noun's own: "spoke about a meeting with the king", "spoke of his friendship
/// with the king". A preposition on a name, a place or a time is the parse's mistake for one on the verb.
fn is_of_another(text: Text, verb: usize, noun: usize) -> bool {
    let analysis = text.analysis();
    let above = analysis[noun].head;
    let common = analysis[noun].pos == Pos::Noun
        && text.entities.covering(noun).is_none()
        && !analysis.entities().iter().any(|e| e.tokens.contains(&noun));
    let topic = analysis[above].pos == Pos::Adp
        && matches!(text.word(above).as_str(), "about" | "of" | "on" | "to" | "before" | "after" | "over")
        && !matches!(
            text.word(noun).as_str(),
            "phone" | "telephone" | "face" | "person" | "behalf" | "side" | "sidelines" | "margins" | "line"
        );
    let owned = analysis.child(noun, &[Dep::Poss]).is_some() && matches!(analysis[noun].dep, Dep::Dobj | Dep::Pobj);
    noun != verb && common && (topic || owned)
}

/// Objects of a preposition in a scope, that of the head itself first.
pub fn objects_of(text: Text, head: usize, scope: &[usize], words: &[&str]) -> Vec<usize> {
    let analysis = text.analysis();
    let mut preps: Vec<usize> = scope
        .iter()
        .copied()
        .filter(|&t| matches!(analysis[t].dep, Dep::Prep | Dep::Dative) && words.contains(&text.word(t).as_str()))
        .filter(|&t| t > head || analysis[t].head == head)
        .filter(|&t| analysis[head].pos != Pos::Verb || !is_of_another(text, head, analysis[t].head))
        .collect();
    preps.sort_by_key(|&t| (analysis[t].head != head, t));
    preps.into_iter().flat_map(|prep| analysis.children_by(prep, Dep::Pobj).collect::<Vec<_>>()).collect()
}

/// A phrase for several people who were named before: "they", "the two leaders", "both sides".
pub fn is_plural(text: Text, head: usize) -> bool {
    let analysis = text.analysis();
    let refers = analysis[head].tag == Tag::Nns
        && text.is_delegate(head)
        && analysis.children(head).iter().any(|&c| {
            matches!(analysis[c].dep, Dep::Det | Dep::Poss | Dep::Nummod)
                && matches!(text.word(c).as_str(), "the" | "both" | "two" | "these" | "three" | "four" | "all")
        })
        && !names_states(text, head);
    refers || matches!(text.word(head).as_str(), "they" | "them" | "both" | "pair" | "two" | "duo" | "their")
}

/// "the leaders of Chile and Peru", "the Chilean and Peruvian ministers": a plural that says itself who they are.
fn names_states(text: Text, head: usize) -> bool {
    let analysis = text.analysis();
    let of = analysis.children_by(head, Dep::Prep).filter(|&of| matches!(&*text.word(of), "of" | "from"));
    let mut named: Vec<EntityId> =
        of.flat_map(|of| analysis.children_by(of, Dep::Pobj)).flat_map(|object| text.named_by(object)).collect();
    named.extend(text.modifiers(head));
    named.iter().filter(|id| text.entities.is_state(**id)).count() >= 2
}

/// A party that is named, but not by a name: "a meeting with students". Whom it was with is not known then, and the
/// naming cannot refer to a meeting of others.
pub fn is_stranger(text: Text, head: usize) -> bool {
    !is_plural(text, head)
        && text.named_by(head).is_empty()
        && matches!(text.analysis()[head].pos, Pos::Noun | Pos::Propn)
}

/// The named person or body next before or after a verb that the parse has not given a subject or an object.
pub fn named_beside(text: Text, verb: usize, after: bool) -> Option<usize> {
    let analysis = text.analysis();
    let sentence = analysis.sentence_of(verb);
    let between = |token: usize| {
        let own = analysis[token].head == verb;
        !matches!(analysis[token].pos, Pos::Verb | Pos::Aux | Pos::Sconj) && (own || analysis[token].tag != Tag::To)
    };
    let name = |token: usize| {
        text.entities
            .headed_by(token)
            .filter(|m| m.kind == MentionKind::Name && !matches!(m.entities[..], [EntityId::Place(_)]))
            .map(|m| m.head)
    };
    if after {
        (verb + 1..sentence.end.min(verb + 10))
            .take_while(|&t| between(t) && analysis[t].pos != Pos::Adp)
            .find_map(name)
    } else {
        (sentence.start.max(verb.saturating_sub(8))..verb).rev().take_while(|&t| between(t)).find_map(name)
    }
}

/// Whether it is a person, rather than a body or state.
pub fn is_person(id: &EntityId) -> bool {
    matches!(id, EntityId::Person(_))
}

/// Whether a phrase names somebody who asks for a newspaper or channel: "CNN's Ann Lee", "radio host Omar Diallo".
pub fn is_journalist(text: Text, head: usize) -> bool {
    const TRADES: &[&str] = &[
        "reporter",
        "correspondent",
        "anchor",
        "host",
        "journalist",
        "columnist",
        "broadcaster",
        "interviewer",
        "moderator",
    ];
    let media = |id: &EntityId| match id {
        EntityId::Organization(i) => text.entities.organizations[*i].kind == OrganizationKind::Media,
        _ => false,
    };
    let analysis = text.analysis();
    let beside = analysis.children(head).iter().any(|&c| {
        let of = analysis.children_by(c, Dep::Pobj).filter(|_| text.word(c) == "of");
        let names = of.chain(std::iter::once(c)).filter_map(|t| text.entities.covering(t));
        names.flat_map(|mention| &mention.entities).any(media)
            || analysis[c].pos == Pos::Noun && TRADES.contains(&text.lemma(c).as_str())
    });
    let by_trade = text.named_by(head).iter().any(|id| match id {
        EntityId::Person(i) => text.entities.people[*i].roles.iter().any(|role| {
            let title = role.title.to_lowercase();
            role.of.as_ref().is_some_and(media) || TRADES.iter().any(|trade| title.ends_with(trade))
        }),
        _ => false,
    });
    beside || by_trade || TRADES.contains(&text.lemma(head).as_str())
}

/// Whether a title or noun is that of an office whose holder acts for a state.
pub fn is_office(title: &str) -> bool {
    const OFFICES: &[&str] = &[
        "president",
        "minister",
        "chancellor",
        "secretary",
        "king",
        "queen",
        "emir",
        "premier",
        "leader",
        "ambassador",
        "envoy",
    ];
    let title = title.to_lowercase();
    OFFICES.iter().any(|office| title.contains(office))
}

/// Whether somebody is said to hold an office.
pub fn is_official(text: Text, id: EntityId) -> bool {
    match id {
        EntityId::Person(i) => text.entities.people[i].roles.iter().any(|role| !role.former && is_office(&role.title)),
        _ => false,
    }
}

/// Who receives the holder of an office: the state that is visited, where it is not his own; at a seat whoever resides
/// there.
pub fn hosts_of_visit(text: Text, guests: &Party, visited: Option<usize>, states: Vec<EntityId>) -> Vec<EntityId> {
    let own = guests.0.iter().find_map(|(id, _)| text.entities.state_of(*id)).map(|state| state.iso);
    let foreign = |id: &EntityId| text.entities.state_of(*id).is_some_and(|s| Some(s.iso) != own);
    // Not those whose embassy or school it is.
    let joined = |head: usize| {
        text.analysis().subtree(head).into_iter().filter(move |&t| t == head || text.analysis()[t].dep == Dep::Conj)
    };
    let itself = |id: &EntityId| {
        visited
            .into_iter()
            .flat_map(joined)
            .filter_map(|head| text.entities.headed_by(head))
            .any(|m| text.able_to_meet(m.entities.clone()).contains(id))
    };
    let host = |id: EntityId| match id {
        EntityId::Organization(i) if text.entities.organizations[i].is_seat => text.head_of_state(id),
        EntityId::Place(i) if text.entities.places[i].capital_of.is_some() => Some(id),
        id => text.entities.is_state(id).then_some(id),
    };
    states.into_iter().filter(|id| foreign(id) && itself(id)).filter_map(host).collect()
}

/// Those on a list with a named person.
pub fn listed(text: Text, head: usize) -> Vec<EntityId> {
    match text.entities.headed_by(head) {
        Some(mention) if matches!(mention.entities[..], [EntityId::Person(_)]) => {
            text.able_to_meet(text.listed_after(head))
        }
        _ => Vec::new(),
    }
}

/// The second of two who are joined by "and" after "between", where the parse has lost it.
pub fn with_the_second(text: Text, first: usize, mut who: Vec<EntityId>) -> Vec<EntityId> {
    let analysis = text.analysis();
    let end = analysis.sentence_of(first).end.min(first + 25);
    let Some(and) = (first + 1..end).find(|&t| text.word(t) == "and") else { return who };
    let named = |person: bool| {
        (and + 1..end.min(and + 8))
            .filter_map(|t| text.entities.headed_by(t))
            .find(|m| m.entities.first().is_some_and(|id| matches!(id, EntityId::Person(_)) == person))
    };
    if let Some(mention) = named(true).or_else(|| named(false)) {
        who.extend(text.able_to_meet(mention.entities.clone()));
    }
    who
}

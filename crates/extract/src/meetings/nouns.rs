//! Nouns that tell of a meeting: "the talks between", "her meeting with", "the Geneva summit".

use super::lexicon::{Frame, lexicon};
use super::naming::{Naming, phrase};
use super::party::{Party, is_plural, is_stranger, objects_of, with_the_second};
use super::phrase::Text;
use super::setting::{fitting, mode_told, near, place_at, place_of, reports, side, time_of, topics_of};
use super::status;
use super::times::Time;
use crate::entities::EntityId;
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{Mode, ParticipantRole, Status};
use demarche_time::Direction;

/// Participles that tell how a meeting came about.
const MAKING: &[&str] = &["make", "hold", "conduct", "place", "host", "initiate"];

/// Reads a noun; `None` if it tells of no meeting.
pub fn read(text: Text, noun: usize, times: &[Time]) -> Option<Naming> {
    let analysis = text.analysis();
    let lemma = text.lemma(noun);
    let trigger = lexicon().noun(&lemma)?;
    // "press conference", "a meeting agenda", "a visit card"
    if analysis.children(noun).iter().any(|&c| {
        analysis[c].dep == Dep::Compound
            && matches!(
                text.word(c).as_str(),
                "press" | "news" | "media" | "strategy" | "cabinet" | "training" | "conference"
            )
    }) || analysis[noun].dep == Dep::Compound
    {
        return None;
    }
    if lemma == "call" && analysis.children(noun).iter().any(|&c| analysis[c].dep == Dep::Prep && text.word(c) == "for")
        || lemma == "talk" && analysis[noun].tag == Tag::Nn
    {
        return None;
    }
    let scope = text.scope(noun);
    let plain = ParticipantRole::Participant;
    let mut party = Party::default();
    // "the Summit of the Americas": a name that the trigger is part of is not one of those who meet.
    let own_name = text.entities.covering(noun).map(|mention| mention.entities.clone()).unwrap_or_default();
    let named = |head: usize| {
        let mut who = text.able_to_meet(text.named_by(head));
        who.retain(|id| !own_name.contains(id));
        who
    };
    let mut unresolved_plural = false;
    let mut stranger = false;
    let mut of_today = false;
    let mut visited = None;
    let visit = trigger.frame == Frame::Visit;
    for &child in analysis.children(noun) {
        match analysis[child].dep {
            Dep::Poss => {
                let owners = named(child);
                of_today |= near(text, noun, times).iter().any(|time| time.tokens.contains(&child));
                unresolved_plural |= owners.is_empty() && is_plural(text, child);
                party.add(owners, if visit { ParticipantRole::Guest } else { plain });
            }
            Dep::Prep => {
                let word = text.word(child);
                for object in analysis.children_by(child, Dep::Pobj).collect::<Vec<_>>() {
                    let who = named(object);
                    match word.as_str() {
                        "with" | "between" | "among" | "amongst" | "involving" => {
                            unresolved_plural |= who.is_empty() && is_plural(text, object);
                            stranger |= is_stranger(text, object);
                            let who = if word == "between"
                                && who.iter().filter(|id| matches!(id, EntityId::Person(_))).count() <= 1
                                && who.len() <= 2
                            {
                                with_the_second(text, object, who)
                            } else {
                                who
                            };
                            party.add(who, if visit { ParticipantRole::Host } else { plain });
                        }
                        "of" if !visit => {
                            unresolved_plural |= who.is_empty() && is_plural(text, object);
                            party.add(who, plain);
                        }
                        "by" => party.add(who, if visit { ParticipantRole::Guest } else { plain }),
                        "to" if visit => {
                            visited = visited.or_else(|| place_at(text, object).map(|_| object));
                            party.add(
                                who.into_iter().filter(|id| matches!(id, EntityId::Person(_))).collect(),
                                ParticipantRole::Host,
                            );
                        }
                        "to" if trigger.mode == Some(Mode::Phone) => party.add(who, plain),
                        _ => {}
                    }
                }
            }
            // "a call made by the king to the pope", "talks held by Chile and Peru"
            Dep::Acl if MAKING.contains(&text.lemma(child).as_str()) => {
                for &by in analysis.children(child) {
                    let to = analysis[by].dep == Dep::Prep && text.word(by) == "to" || analysis[by].dep == Dep::Dative;
                    if analysis[by].dep == Dep::Agent || to && trigger.mode == Some(Mode::Phone) {
                        for object in analysis.children_by(by, Dep::Pobj) {
                            party.add(named(object), plain);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    // "the Biden–Putin summit", "US-Russia talks", "Russian-American talks": two at least, else it says whose style it is.
    let mut modifiers = text.able_to_meet(text.modifiers(noun));
    modifiers.retain(|id| !own_name.contains(id));
    if modifiers.iter().any(|id| matches!(id, EntityId::Person(_))) {
        modifiers.retain(|id| matches!(id, EntityId::Person(_)));
    }
    if modifiers.len() >= 2
        || modifiers.len() == 1 && party.len() == 1 && !visit && matches!(modifiers[0], EntityId::Person(_))
    {
        party.add(modifiers, plain);
    }
    // A "with" further off: "talks on Tuesday in Bern with the king".
    if party.len() < 2 {
        let objects = objects_of(text, noun, &scope, &["with", "between"]);
        for object in objects {
            party.add(named(object), plain);
        }
    }
    let with_only = party.len() >= 2
        && analysis.children(noun).iter().all(|&c| !matches!(text.word(c).as_str(), "between" | "of" | "among" | "by"))
        && analysis.child(noun, &[Dep::Poss]).is_none()
        && text.modifiers(noun).is_empty()
        && analysis.children(noun).iter().any(|&c| text.word(c) == "with");
    let alone = party.len();
    let time = time_of(text, &[noun], &scope, times);
    let future = time.map_or(Direction::Unknown, |t| side(&times[t], Direction::Unknown));
    let mut reading = status::of_noun(text, noun, future, 0);
    // The subject of the verb takes part: "Biden held talks with Putin"; where two are named already, it only tells of them.
    let mut heads = vec![noun];
    heads.extend(reading.chain.iter().copied().filter(|&h| !reports(text, h)));
    let between = analysis.children(noun).iter().any(|&c| text.word(c) == "between");
    // "Biden and Putin will hold talks on ties between the two countries": the people who hold them.
    let people = |party: &Party| party.0.iter().filter(|(id, _)| matches!(id, EntityId::Person(_))).count();
    if let Some(governor) = reading.governor
        && analysis[governor].pos == Pos::Verb
        && people(&party) == 0
        && let Some(subject) = text.subject(governor).filter(|&s| s != noun)
    {
        let holders = named(subject);
        if holders.iter().filter(|id| matches!(id, EntityId::Person(_))).count() >= 2 {
            party = Party::default();
            party.add(holders, plain);
        }
    }
    if (party.len() < 2 || with_only)
        && !between
        && let Some(governor) = reading.governor
    {
        let subject = match analysis[governor].pos {
            Pos::Noun | Pos::Propn => analysis.child(governor, &[Dep::Poss]).or_else(|| text.subject(governor)),
            _ => text.subject(governor).filter(|&s| s != noun && !text.scope(s).contains(&noun)),
        };
        if let Some(subject) = subject {
            let mut who = named(subject);
            if is_plural(text, subject) && !who.iter().any(|id| matches!(id, EntityId::Person(_))) {
                who.clear();
            }
            unresolved_plural |= who.is_empty() && is_plural(text, subject);
            party.lead(who, if visit { ParticipantRole::Guest } else { plain });
        }
        // "told Putin during a call": whom it was said to took part.
        if reading.setting
            && let Some(object) = analysis.child(governor, &[Dep::Dobj, Dep::Dative])
        {
            let who = named(object);
            party.add(who.into_iter().filter(|id| matches!(id, EntityId::Person(_))).collect(), plain);
        }
        // "held talks in Bern with the king", the phrase on the verb.
        if analysis[governor].pos == Pos::Verb {
            let above = text.scope(governor);
            for object in objects_of(text, governor, &above, &["with"]) {
                party.add(named(object), plain);
            }
        }
    }
    let time = fitting(time.or_else(|| time_of(text, &heads, &scope, times)), reading.status, times);
    // "a summit with Chile and Peru": whoever else was there is not told.
    if with_only && party.len() == alone {
        return None;
    }
    let status_told = reading.status.is_some();
    if let Some(t) = time
        && reading.status.is_none()
    {
        reading.status = match side(&times[t], Direction::Unknown) {
            Direction::Future => Some(Status::Planned),
            Direction::Past => Some(Status::Held),
            Direction::Unknown => None,
        };
    }
    let mut scopes = vec![scope.clone()];
    scopes.extend(heads[1..].iter().map(|&h| text.scope(h)));
    let mut told = mode_told(text, &scope);
    for above in &scopes[1..] {
        told = told.or_else(|| mode_told(text, above));
    }
    let place = place_of(text, &heads, &scopes, visited, near(text, noun, times));
    let determiner =
        analysis.children(noun).iter().copied().find(|&c| analysis[c].dep == Dep::Det).map(|d| text.word(d));
    let definite = of_today || matches!(determiner.as_deref(), Some("the" | "this" | "that" | "these" | "those"));
    // "the Summit of the Americas" is the name of one occasion, not a way to come back to another.
    let named_event = analysis[noun].pos == Pos::Propn && analysis.child(noun, &[Dep::Prep]).is_some();
    let definite = definite && !named_event;
    let joins = definite
        && reading
            .governor
            .is_some_and(|g| matches!(text.lemma(g).as_str(), "join" | "attend" | "participate" | "take"))
        && party.len() == 1;
    let other = analysis.children(noun).iter().any(|&c| {
        c < noun
            && matches!(
                text.word(c).as_str(),
                "another"
                    | "new"
                    | "second"
                    | "third"
                    | "fourth"
                    | "next"
                    | "further"
                    | "other"
                    | "last"
                    | "previous"
                    | "earlier"
                    | "follow-up"
                    | "future"
            )
    });
    Some(Naming {
        trigger: noun,
        phrase: phrase(text, noun, &scope),
        participants: party.0,
        status: reading.status,
        status_told,
        mode: told.or(trigger.mode),
        mode_told: told.is_some() || matches!(trigger.mode, Some(Mode::Phone | Mode::Video)),
        kind: trigger.kind,
        place,
        time,
        topics: topics_of(text, &heads),
        definite,
        other,
        plural: unresolved_plural,
        stranger,
        joins,
        verbal: false,
        headline: text.document.block_of(noun).1.kind == BlockKind::Title,
    })
}

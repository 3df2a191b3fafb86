//! Nouns that tell of a meeting: "the talks between", "her meeting with", "the Geneva summit".

use super::lexicon::{Frame, Trigger, lexicon};
use super::naming::{Naming, phrase};
use super::party::{
    Party, hosts_of_visit, is_journalist, is_office, is_official, is_person, is_plural, is_stranger, objects_of,
    with_the_second,
};
use super::phrase::Text;
use super::setting::{fitting, mode_told, near, place_at, place_of, reports, side, time_of, topics_of};
use super::status::{self, Reading};
use super::times::Time;
use crate::entities::EntityId;
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, Mode, OrganizationKind, ParticipantRole, Status};
use demarche_time::Direction;

/// Participles that tell how a meeting came about.
const MAKING: &[&str] = &["make", "hold", "conduct", "place", "initiate"];

/// The trigger of a noun: by itself, or with the noun before it ("mediation effort"). In "summit meeting", "phone call" the
/// noun before tells what sort it is.
fn trigger(text: Text, noun: usize) -> Option<Trigger> {
    let analysis = text.analysis();
    let lemma = text.lemma(noun);
    let compounds = || analysis.children_by(noun, Dep::Compound).map(|c| text.lemma(c));
    let together = compounds().find_map(|before| lexicon().noun(&format!("{before} {lemma}")));
    let trigger = together.or_else(|| lexicon().noun(&lemma)).filter(|trigger| trigger.frame != Frame::Nothing)?;
    let sort = compounds().find_map(|before| lexicon().noun(&before)).filter(|sort| sort.frame == Frame::Event);
    Some(match sort {
        Some(Trigger { kind, mode: Some(mode), .. }) if trigger.mode.is_none() => {
            Trigger { kind, mode: Some(mode), ..trigger }
        }
        _ => trigger,
    })
}

/// Whether a noun of the lexicon tells of something else here: "press conference", "a meeting agenda", "a call for", "talk of".
fn is_no_meeting(text: Text, noun: usize, lemma: &str) -> bool {
    let analysis = text.analysis();
    let calls_for = lemma == "call"
        && analysis.children(noun).iter().any(|&c| analysis[c].dep == Dep::Prep && text.word(c) == "for");
    // "in talk", "for talk" is that of headlines; otherwise it is rumour.
    let rumour = lemma == "talk"
        && analysis[noun].tag == Tag::Nn
        && !(analysis[noun].dep == Dep::Pobj && matches!(text.word(analysis[noun].head).as_str(), "in" | "for"));
    // "a joint session of Congress" hears a speech.
    let joint = analysis.children(noun).iter().any(|&c| text.word(c) == "joint")
        && matches!(lemma, "session" | "meeting")
        && analysis.children(noun).iter().any(|&c| text.word(c) == "of");
    joint || calls_for || rumour || analysis[noun].dep == Dep::Compound
}

/// Who stands beside a noun, and what else is told of them.
#[derive(Default)]
struct Sides {
    party: Party,
    /// Hosts and mediators of a meeting of others.
    arrangers: Party,
    /// The participants are plural but not known: "their meeting".
    plural: bool,
    /// Somebody takes part whom the article names only by a common noun.
    stranger: bool,
    /// Its doer is named by an office: "a visit by the president of Chile".
    by_office: bool,
    /// "Tuesday's talks".
    of_today: bool,
    /// The head of the phrase for a place that is visited.
    visited: Option<usize>,
    /// States and bodies that are visited.
    hosts: Vec<EntityId>,
}

/// As what the owner or doer of a noun takes part, and as what those with whom or to whom it is.
fn parts(frame: Frame) -> (ParticipantRole, ParticipantRole) {
    match frame {
        Frame::Visit => (ParticipantRole::Guest, ParticipantRole::Host),
        Frame::Welcome => (ParticipantRole::Host, ParticipantRole::Guest),
        Frame::Mediation => (ParticipantRole::Mediator, ParticipantRole::Participant),
        _ => (ParticipantRole::Participant, ParticipantRole::Participant),
    }
}

/// Reads a noun; `None` if it tells of no meeting.
pub fn read(text: Text, noun: usize, times: &[Time]) -> Option<Naming> {
    let analysis = text.analysis();
    let trigger = trigger(text, noun)?;
    if is_no_meeting(text, noun, &text.lemma(noun)) {
        return None;
    }
    let scope = text.scope(noun);
    let mut sides = sides(text, noun, trigger, &scope, times);
    if sides.party.len() < 2 && is_event_of_others(text, noun) && !(sides.party.len() == 1 && is_held(text, noun)) {
        return None;
    }
    let with_only = sides.party.len() >= 2
        && analysis.children(noun).iter().all(|&c| !matches!(text.word(c).as_str(), "between" | "of" | "among" | "by"))
        && analysis.child(noun, &[Dep::Poss]).is_none()
        && text.modifiers(noun).is_empty()
        && analysis.children(noun).iter().any(|&c| text.word(c) == "with");
    let alone = sides.party.len();
    let time = time_of(text, &[noun], &scope, times);
    let future = time.map_or(Direction::Unknown, |t| side(&times[t], Direction::Unknown));
    let mut reading = status::of_noun(text, noun, future, 0);
    let mut heads = vec![noun];
    heads.extend(reading.chain.iter().copied().filter(|&h| !reports(text, h)));
    // "the talks, which took place in Bern", "the debate, which was set for Friday"
    let clause = relative_clause(text, noun, &scope);
    heads.extend(clause);
    if let Some(fate) = clause.and_then(|clause| status::fate(text, clause)) {
        reading.status = Some(fate);
    }
    holders(text, noun, trigger, &reading, with_only, &mut sides);
    // "a summit with Chile and Peru": whoever else was there is not told.
    if with_only && sides.party.len() == alone {
        return None;
    }
    // "convened leaders for a meeting": whoever came is not told.
    let hosts_only = sides.party.len() >= 2 && sides.party.0.iter().all(|(_, role)| *role == ParticipantRole::Host);
    if hosts_only {
        return None;
    }
    if trigger.frame == Frame::Visit {
        received(text, &reading, &mut sides);
    }
    let plain = ParticipantRole::Participant;
    let mediated = matches!(trigger.frame, Frame::Mediation);
    for (id, role) in std::mem::take(&mut sides.arrangers.0) {
        if sides.party.len() >= 2 || sides.party.len() == 1 && role == ParticipantRole::Host {
            sides.party.add(vec![id], role);
        }
    }
    if mediated && sides.party.0.iter().filter(|(_, role)| *role == plain).count() < 2 {
        return None;
    }
    let time = fitting(time.or_else(|| time_of(text, &heads, &scope, times)), reading.status, times);
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
    let told = scopes.iter().find_map(|scope| mode_told(text, &heads, scope));
    let place = place_of(text, &heads, &scopes, sides.visited, near(text, noun, times));
    let definite = is_definite(text, noun, &sides);
    let joins = definite
        && reading
            .governor
            .is_some_and(|g| matches!(text.lemma(g).as_str(), "join" | "attend" | "participate" | "take"))
        && sides.party.len() == 1;
    Some(Naming {
        trigger: noun,
        phrase: phrase(text, noun, &scope),
        participants: sides.party.0,
        status: reading.status,
        status_told,
        mode: told.or(trigger.mode),
        mode_told: told.is_some() || matches!(trigger.mode, Some(Mode::Phone | Mode::Video)),
        kind: trigger.kind,
        place,
        time,
        topics: topics_of(text, &heads),
        definite,
        other: !is_told_of(text, noun)
            && analysis.children(noun).iter().any(|&c| c < noun && OTHER.contains(&text.word(c).as_str())),
        ordinal: ordinal(text, noun),
        since: is_since(text, noun),
        plural: sides.plural,
        stranger: sides.stranger,
        joins,
        governed: reading.governor.is_some_and(|g| analysis[g].pos == Pos::Verb),
        quoted: false,
        separate: false,
        verbal: false,
        headline: text.document.block_of(noun).1.kind == BlockKind::Title,
    })
}

/// The clause with "which" that tells what becomes of a meeting; the parse may hang it on the last name of the phrase.
fn relative_clause(text: Text, noun: usize, scope: &[usize]) -> Option<usize> {
    let analysis = text.analysis();
    let above = scope.iter().copied().filter(|&t| {
        t == noun
            || text.entities.covering(t).is_some_and(|m| m.entities.iter().all(is_person) && !m.entities.is_empty())
    });
    above.flat_map(|t| analysis.children_by(t, Dep::Relcl)).find(|&clause| {
        let subject = analysis.child(clause, &[Dep::Nsubj, Dep::Nsubjpass]);
        subject.is_some_and(|s| analysis[s].tag == Tag::Wdt) && status::is_of_meetings(text, clause)
    })
}

/// "This is their third summit": the one that is spoken of.
fn is_told_of(text: Text, noun: usize) -> bool {
    let analysis = text.analysis();
    let verb = analysis[noun].head;
    analysis[noun].dep == Dep::Attr
        && analysis.child(verb, &[Dep::Nsubj]).is_some_and(|s| matches!(text.word(s).as_str(), "this" | "it" | "that"))
}

/// Words before a noun that set a meeting apart from the one told of before.
const OTHER: &[&str] = &[
    "another",
    "new",
    "second",
    "third",
    "fourth",
    "next",
    "further",
    "other",
    "last",
    "previous",
    "earlier",
    "follow-up",
    "future",
];

const ORDINALS: &[(&str, u8)] =
    &[("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("final", u8::MAX)];

/// The place of a meeting in a row of them: "the second debate".
fn ordinal(text: Text, noun: usize) -> Option<u8> {
    text.analysis().children(noun).iter().filter(|&&c| c < noun).find_map(|&c| {
        let word = text.word(c);
        ORDINALS.iter().find(|(ordinal, _)| *ordinal == word).map(|(_, number)| *number)
    })
}

/// "their first talks since a summit in June": the summit was another one.
fn is_since(text: Text, noun: usize) -> bool {
    let analysis = text.analysis();
    let above = analysis[noun].head;
    analysis[noun].dep == Dep::Pobj
        && text.word(above) == "since"
        && (analysis.sentence_of(noun).start..above).any(|t| match analysis[t].pos {
            Pos::Verb => lexicon().verb(&text.lemma(t)).is_some(),
            _ => lexicon().noun(&text.lemma(t)).is_some(),
        })
}

/// "the meeting", "this summit"; so too the bare noun of notes and headlines: "Meeting went well".
fn is_definite(text: Text, noun: usize, sides: &Sides) -> bool {
    let analysis = text.analysis();
    let determiner = analysis.child(noun, &[Dep::Det]).map(|d| text.word(d));
    let named = || matches!(determiner.as_deref(), Some("the" | "this" | "that" | "these" | "those" | "both"));
    let bare = || {
        determiner.is_none()
            && sides.party.len() == 0
            && !sides.plural
            && !sides.stranger
            && matches!(analysis[noun].dep, Dep::Nsubj | Dep::Nsubjpass)
            && analysis[noun].tag == Tag::Nn
    };
    // "the Summit of the Americas" is the name of one occasion, not a way to come back to another; so is one with the name of a
    // body or of states before it.
    let named_event = analysis[noun].pos == Pos::Propn && analysis.child(noun, &[Dep::Prep]).is_some();
    (sides.of_today || named() || bare()) && !named_event
}

/// "the NATO summit", "a summit of NATO", "the Climate Change Conference": an event with a name, of a body or of many, is the setting of meetings
/// of those who are named for it, and none of theirs.
fn is_event_of_others(text: Text, noun: usize) -> bool {
    let analysis = text.analysis();
    let before = || {
        analysis
            .children(noun)
            .iter()
            .copied()
            .filter(|&c| c < noun && matches!(analysis[c].dep, Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Poss))
    };
    let of_body = before().any(|c| {
        let mention = text.entities.covering(c).filter(|m| m.kind == MentionKind::Name);
        mention.is_some_and(|m| {
            m.entities.iter().all(|&id| matches!(id, EntityId::Organization(_)) && text.entities.state_of(id).is_none())
        })
    });
    let by_name = analysis[noun].pos == Pos::Propn
        && before().any(|c| analysis[c].pos == Pos::Propn && text.entities.covering(c).is_none());
    // "the Summit of the Americas"
    let by_region = analysis[noun].pos == Pos::Propn
        && analysis.children(noun).iter().any(|&c| c > noun && analysis[c].dep == Dep::Prep && text.word(c) == "of");
    let of_states = analysis.children_by(noun, Dep::Prep).filter(|&of| text.word(of) == "of").any(|of| {
        let bodies = analysis.children_by(of, Dep::Pobj).filter_map(|object| text.entities.covering(object));
        bodies.flat_map(|mention| &mention.entities).any(|id| match id {
            EntityId::Organization(i) => text.entities.organizations[*i].kind == OrganizationKind::International,
            _ => false,
        })
    });
    of_body || of_states || by_name || by_region
}

/// "held a Cabinet Room meeting with A": whoever holds it with somebody takes part, whatever stands before the noun.
fn is_held(text: Text, noun: usize) -> bool {
    let verb = text.analysis()[noun].head;
    text.analysis()[noun].dep == Dep::Dobj && text.part_in(verb) == Some(ParticipantRole::Participant)
}

/// Those who stand beside the noun itself: owners, "with", "between", "of", "by", compounds.
fn sides(text: Text, noun: usize, trigger: Trigger, scope: &[usize], times: &[Time]) -> Sides {
    let analysis = text.analysis();
    let plain = ParticipantRole::Participant;
    let visit = trigger.frame == Frame::Visit;
    let (doer, other_side) = parts(trigger.frame);
    let named = named_but_not_by(text, noun);
    let mut found = Sides { arrangers: arrangers(text, noun), ..Sides::default() };
    for &child in analysis.children(noun).iter().chain(counted(text, noun).map_or(&[][..], |c| analysis.children(c))) {
        match analysis[child].dep {
            Dep::Poss => {
                let owners = named(child);
                found.of_today |= near(text, noun, times).iter().any(|time| time.tokens.contains(&child));
                found.plural |= owners.is_empty() && is_plural(text, child);
                found.by_office |= is_office(&text.lemma(child));
                found.party.add(owners, doer);
            }
            Dep::Prep => {
                let word = text.word(child);
                for object in analysis.children_by(child, Dep::Pobj) {
                    let who = named(object);
                    // An interview, as in "a conversation with radio host Omar Diallo".
                    if word == "with" && is_journalist(text, object) {
                        found.stranger = true;
                        continue;
                    }
                    match word.as_str() {
                        "with" | "between" | "among" | "amongst" | "involving" | "against" => {
                            found.plural |= who.is_empty() && is_plural(text, object);
                            found.stranger |= is_stranger(text, object);
                            let one_lost = word == "between"
                                && who.iter().filter(|id| is_person(id)).count() <= 1
                                && who.len() <= 2;
                            let who = if one_lost { with_the_second(text, object, who) } else { who };
                            found.party.add(who, other_side);
                        }
                        "of" if !visit => {
                            found.plural |= who.is_empty() && is_plural(text, object);
                            found.party.add(who, plain);
                        }
                        "by" => {
                            found.by_office |= is_office(&text.lemma(object));
                            found.party.add(who, doer);
                        }
                        "to" if visit => {
                            found.visited = found.visited.or_else(|| place_at(text, object).map(|_| object));
                            found.hosts.extend(who.iter().copied().filter(|id| !is_person(id)));
                            found.party.add(who.into_iter().filter(is_person).collect(), ParticipantRole::Host);
                        }
                        "to" if trigger.mode == Some(Mode::Phone) => found.party.add(who, plain),
                        "to" | "for" if trigger.frame == Frame::Welcome => {
                            found.party.add(who.into_iter().filter(is_person).collect(), other_side);
                        }
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
                            found.party.add(named(object), plain);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    // "the Biden–Putin summit", "US-Russia talks", "Russian-American talks": two at least, else it says whose style it is.
    let mut modifiers = text.able_to_meet(text.modifiers(noun));
    let own_name = own_name(text, noun);
    modifiers.retain(|id| !own_name.contains(id) && !found.arrangers.0.iter().any(|(other, _)| other == id));
    if modifiers.iter().any(is_person) {
        modifiers.retain(is_person);
    }
    if modifiers.len() >= 2 || modifiers.len() == 1 && found.party.len() == 1 && !visit && is_person(&modifiers[0]) {
        found.party.add(modifiers, plain);
    }
    // A "with" further off: "talks on Tuesday in Bern with the king".
    if found.party.len() < 2 {
        let further = objects_of(text, noun, scope, &["with", "between"]);
        for object in further.into_iter().filter(|&object| !is_journalist(text, object)) {
            found.party.add(named(object), plain);
        }
    }
    found
}

/// "The meeting was the third between A and B": the number that stands for the noun.
fn counted(text: Text, noun: usize) -> Option<usize> {
    let analysis = text.analysis();
    let verb = analysis[noun].head;
    let told_of = analysis[noun].dep == Dep::Nsubj && text.lemma(verb) == "be";
    let number = analysis.child(verb, &[Dep::Attr]).filter(|_| told_of)?;
    let between = analysis.children_by(number, Dep::Prep).any(|prep| text.word(prep) == "between");
    (between && ORDINALS.iter().any(|(ordinal, _)| *ordinal == text.word(number))).then_some(number)
}

/// The entities of a name that the trigger is part of: "the Summit of the Americas" is not one of those who meet there.
fn own_name(text: Text, noun: usize) -> Vec<EntityId> {
    text.entities.covering(noun).map(|mention| mention.entities.clone()).unwrap_or_default()
}

/// Reads phrases for those who can take part, without what the trigger's own name names.
fn named_but_not_by<'a>(text: Text<'a>, noun: usize) -> impl Fn(usize) -> Vec<EntityId> + use<'a> {
    let own_name = own_name(text, noun);
    move |head| {
        let mut who = text.able_to_meet(text.named_by(head));
        who.retain(|id| !own_name.contains(id));
        who
    }
}

/// Hosts and mediators of a meeting: "talks hosted by Z", "UN-brokered talks", "under the auspices of Z".
fn arrangers(text: Text, noun: usize) -> Party {
    let analysis = text.analysis();
    let mut found = Party::default();
    for &child in analysis.children(noun) {
        let role = text.part_in(child).filter(|role| *role != ParticipantRole::Participant);
        match (analysis[child].dep, role) {
            (Dep::Acl, Some(role)) => found.add(doers(text, child), role),
            (Dep::Amod, Some(role)) => {
                // The parse puts the name before the hyphen below the participle or beside it.
                let hyphen = child >= 2 && analysis.word(child - 1) == "-";
                let before = analysis.children(child).iter().copied().filter(|&before| before < child);
                for before in before.chain(hyphen.then(|| child - 2)) {
                    found.add(text.able_to_meet(text.named_by(before)), role);
                }
            }
            (Dep::Prep, _) if matches!(text.word(child).as_str(), "under" | "through" | "with") => {
                for object in analysis.children_by(child, Dep::Pobj) {
                    if matches!(text.lemma(object).as_str(), "auspex" | "auspice" | "auspices" | "aegis" | "mediation")
                    {
                        let owners = analysis.child(object, &[Dep::Poss]).map(|owner| text.named_by(owner));
                        let of = objects_of(text, object, analysis.children(object), &["of", "by"]);
                        let who = owners.into_iter().flatten().chain(of.iter().flat_map(|&o| text.named_by(o)));
                        let who = who.chain(text.modifiers(object)).collect();
                        found.add(text.able_to_meet(who), ParticipantRole::Mediator);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Those after "by" below a participle.
fn doers(text: Text, participle: usize) -> Vec<EntityId> {
    let analysis = text.analysis();
    let by = analysis.children_by(participle, Dep::Agent).flat_map(|by| analysis.children_by(by, Dep::Pobj));
    by.flat_map(|object| text.able_to_meet(text.named_by(object))).collect()
}

/// Those who hold the meeting: the subject of the verb above ("Biden held talks with Putin"); where two are named already, it
/// only tells of them.
fn holders(text: Text, noun: usize, trigger: Trigger, reading: &Reading, with_only: bool, sides: &mut Sides) {
    let analysis = text.analysis();
    let plain = ParticipantRole::Participant;
    let (doer, _) = parts(trigger.frame);
    let named = named_but_not_by(text, noun);
    let Some(governor) = reading.governor else { return };
    let part = text.part_in(governor);
    let between = analysis.children(noun).iter().any(|&c| text.word(c) == "between");
    let subject = match analysis[governor].pos {
        Pos::Noun | Pos::Propn => analysis.child(governor, &[Dep::Poss]).or_else(|| text.subject(governor)),
        _ => text.subject(governor).filter(|&s| s != noun && !text.scope(s).contains(&noun)),
    };
    if analysis[governor].pos == Pos::Verb
        && let Some(subject) = text.subject(governor).filter(|&s| s != noun)
    {
        let who = named(subject);
        // "Biden and Putin will hold talks on ties between the two countries": the people who hold them.
        let people = sides.party.0.iter().filter(|(id, _)| is_person(id)).count();
        if people == 0
            && matches!(part, None | Some(ParticipantRole::Participant))
            && who.iter().filter(|id| is_person(id)).count() >= 2
        {
            sides.party = Party::default();
            sides.party.add(who, plain);
        } else if let Some(role) = part.filter(|role| *role != plain)
            && sides.party.len() >= 2
            && !with_only
        {
            // "Oslo hosted talks between Chile and Peru"
            sides.arrangers.add(who, role);
        }
        // "held talks in Geneva, mediated by Oslo"
        for &child in analysis.children(governor).iter().filter(|&&c| c > noun && analysis[c].dep == Dep::Advcl) {
            if let Some(role) = text.part_in(child).filter(|role| *role != plain) {
                sides.arrangers.add(doers(text, child), role);
            }
        }
    }
    if trigger.frame == Frame::Mediation {
        sides.party.lead(subject.map(named).unwrap_or_default(), doer);
        return;
    }
    if trigger.frame == Frame::Welcome && analysis[governor].pos == Pos::Verb {
        for object in objects_of(text, governor, analysis.children(governor), &["to", "for"]) {
            sides.party.add(named(object).into_iter().filter(is_person).collect(), ParticipantRole::Guest);
        }
    }
    if (sides.party.len() >= 2 && !with_only) || between {
        return;
    }
    // "cancelled during the king's visit": the visitor is told already.
    let owned = trigger.frame == Frame::Visit && sides.party.0.iter().any(|(_, role)| *role == doer);
    if let Some(subject) = subject.filter(|_| !owned) {
        let mut who = named(subject);
        if is_plural(text, subject) && !who.iter().any(is_person) {
            who.clear();
        }
        sides.plural |= who.is_empty() && is_plural(text, subject);
        // "ministers who attended a meeting with her"
        sides.stranger |= part.is_some() && is_stranger(text, subject) && sides.party.len() == 1;
        let hosts = part == Some(ParticipantRole::Host) && doer == plain;
        sides.party.lead(who, if hosts { ParticipantRole::Host } else { doer });
    }
    let object = analysis.child(governor, &[Dep::Dobj, Dep::Dative]).filter(|&object| object != noun);
    // "told Putin during a call": whom it was said to took part; so did whoever was invited "for talks".
    let for_it = analysis[noun].dep == Dep::Pobj && text.word(analysis[noun].head) == "for";
    if let Some(object) = object.filter(|_| reading.setting || for_it) {
        // A committee is told in a hearing, elsewhere one writes to it.
        let told = |id: &EntityId| is_person(id) || trigger.kind == "hearing";
        sides.party.add(named(object).into_iter().filter(told).collect(), plain);
    }
    // "told senators on the committee during the hearing"
    if trigger.kind == "hearing" && analysis[governor].pos == Pos::Verb {
        for object in objects_of(text, governor, analysis.children(governor), &["on", "before", "to"]) {
            let bodies = named(object).into_iter().filter(|id| matches!(id, EntityId::Organization(_)));
            sides.party.add(bodies.collect(), plain);
        }
    }
    // "held talks in Bern with the king", the phrase on the verb.
    if analysis[governor].pos == Pos::Verb {
        let above = text.scope(governor);
        for object in objects_of(text, governor, &above, &["with"]) {
            sides.party.add(named(object), plain);
        }
    }
}

/// Who receives a guest that holds an office and of whom only the state or city is told: "arrived in Oslo on a visit".
fn received(text: Text, reading: &Reading, sides: &mut Sides) {
    let analysis = text.analysis();
    let guest = |(id, _): &(EntityId, ParticipantRole)| is_official(text, *id);
    let by_office =
        sides.by_office || reading.governor.and_then(|g| text.subject(g)).is_some_and(|s| is_office(&text.lemma(s)));
    let received_by_people = sides.party.0.iter().any(|(id, role)| is_person(id) && *role == ParticipantRole::Host);
    if received_by_people || !(sides.party.0.iter().any(guest) || by_office) {
        return;
    }
    if sides.visited.is_none()
        && let Some(governor) = reading.governor
    {
        let to = objects_of(text, governor, analysis.children(governor), &["in", "to"]);
        sides.visited = to.into_iter().find(|&object| place_at(text, object).is_some());
        sides.hosts = sides.visited.map(|v| text.able_to_meet(text.named_by(v))).unwrap_or_default();
    }
    let hosts = hosts_of_visit(text, &sides.party, sides.visited, std::mem::take(&mut sides.hosts));
    sides.party.add(hosts, ParticipantRole::Host);
}

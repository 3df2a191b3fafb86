//! Verbs that tell of a meeting: "met", "held talks with", "received", "spoke by phone to".

use super::lexicon::{Frame, Trigger, lexicon};
use super::naming::{Naming, phrase};
use super::party::{
    Party, hosts_of_visit, is_journalist, is_office, is_official, is_plural, is_stranger, listed, named_beside,
    objects_of,
};
use super::phrase::Text;
use super::setting::{fitting, mode_told, near, place_at, place_of, reports, side, time_of, topics_of};
use super::status;
use super::times::Time;
use crate::entities::EntityId;
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, Mode, ParticipantRole, Status};
use demarche_time::Direction;

/// The trigger of a verb: with its object, its preposition or its particle, else by itself.
fn trigger(text: Text, verb: usize) -> Option<Trigger> {
    let analysis = text.analysis();
    let lemma = text.lemma(verb);
    let with = |more: &str| lexicon().verb(&format!("{lemma} {more}"));
    let together = analysis.children(verb).iter().copied().find_map(|child| match analysis[child].dep {
        Dep::Advmod | Dep::Prt => with(&text.word(child)),
        Dep::Dobj => with(&text.lemma(child)),
        Dep::Prep => {
            let preposition = text.word(child);
            let mut objects = analysis.children_by(child, Dep::Pobj);
            objects.find_map(|o| with(&format!("{preposition} {}", text.lemma(o)))).or_else(|| with(&preposition))
        }
        _ => None,
    });
    let trigger = together.or_else(|| lexicon().verb(&text.lemma_with_particle(verb)));
    trigger.filter(|trigger| trigger.frame != Frame::Nothing)
}

/// Whether words of sport stand beside a verb: "met Chile in the final".
fn is_sport(text: Text, scope: &[usize]) -> bool {
    const SPORT: &[&str] = &[
        "match",
        "final",
        "semifinal",
        "quarterfinal",
        "semi-final",
        "quarter-final",
        "game",
        "cup",
        "league",
        "tournament",
        "qualifier",
        "playoff",
        "championship",
        "derby",
        "stadium",
    ];
    scope.iter().any(|&t| SPORT.contains(&text.lemma(t).as_str()) && text.analysis()[t].pos != Pos::Verb)
}

/// Reads a verb; `None` if it tells of no meeting.
pub fn read(text: Text, verb: usize, times: &[Time]) -> Option<Naming> {
    let analysis = text.analysis();
    let trigger = trigger(text, verb)?;
    let scope = text.scope(verb);
    if is_sport(text, &scope) {
        return None;
    }
    let passive = analysis.child(verb, &[Dep::Nsubjpass, Dep::Auxpass]).is_some()
        || analysis[verb].tag == Tag::Vbn && analysis[verb].dep == Dep::Acl;
    // "called Lars Holm": a name that the parse takes for what somebody is called.
    let is_person = |token: usize| {
        text.entities
            .headed_by(token)
            .is_some_and(|m| matches!(m.entities[..], [EntityId::Person(_)]) && m.kind == MentionKind::Name)
    };
    // "the voters whom they met", "the minister she had met"
    let relative = || {
        let clause = analysis[verb].dep == Dep::Relcl && trigger.frame != Frame::To && trigger.frame != Frame::Topic;
        let subject = analysis.child(verb, &[Dep::Nsubj]).filter(|&s| !matches!(analysis[s].tag, Tag::Wdt | Tag::Wp));
        let above = analysis[verb].head;
        let whom = clause
            && subject.is_some()
            && analysis.child(verb, &[Dep::Prep]).is_none_or(|prep| analysis.child(prep, &[Dep::Pobj]).is_some())
            && analysis.children(verb).iter().all(|&c| !matches!(analysis[c].tag, Tag::Wrb))
            && place_at(text, above).is_none()
            && !near(text, verb, times).iter().any(|time| time.tokens.contains(&above))
            && !matches!(
                text.lemma(above).as_str(),
                "time" | "day" | "way" | "place" | "reason" | "moment" | "occasion"
            );
        whom.then_some(above)
    };
    // "the minister, whom she visited": the pronoun stands for the noun above.
    let whom = |object: usize| match (analysis[verb].dep, analysis[object].tag) {
        (Dep::Relcl, Tag::Wp | Tag::Wdt) => analysis[verb].head,
        _ => object,
    };
    // "whom she first visited": long before what is told of otherwise, and no place or day of it is that of the other.
    if analysis[verb].dep == Dep::Relcl && analysis.children(verb).iter().any(|&c| text.word(c) == "first") {
        return None;
    }
    let object =
        analysis.child(verb, &[Dep::Dobj]).map(whom).or_else(relative).or_else(|| {
            analysis.child(verb, &[Dep::Oprd]).filter(|&o| trigger.frame == Frame::Calling && is_person(o))
        });
    // "called him a liar", "met expectations", "call for"
    if trigger.frame == Frame::Calling && trigger.mode == Some(Mode::Phone) {
        let judges = analysis.children(verb).iter().any(|&c| {
            matches!(analysis[c].dep, Dep::Oprd | Dep::Ccomp) && Some(c) != object
                || analysis[c].dep == Dep::Xcomp && !analysis.children(c).iter().any(|&to| analysis[to].tag == Tag::To)
                || analysis[c].dep == Dep::Prep && matches!(text.word(c).as_str(), "for" | "upon" | "into")
        });
        let bare = analysis.children(verb).iter().all(|&c| {
            !matches!(analysis[c].dep, Dep::Prep | Dep::Prt)
                || matches!(text.word(c).as_str(), "in" | "at")
                || near(text, verb, times)
                    .iter()
                    .any(|time| analysis.children(c).iter().any(|&o| time.tokens.contains(&o)))
        });
        let each_other = object.is_none()
            && bare
            && text.subject(verb).is_some_and(|s| text.able_to_meet(text.named_by(s)).len() >= 2);
        if judges || passive || object.is_none() && !each_other {
            return None;
        }
    }
    if trigger.frame == Frame::Seeing {
        let each_other = object.is_some_and(|o| text.word(o) == "other" || text.word(o) == "another");
        // "saw him in Bern to discuss trade"
        let to_talk = object.is_some_and(|o| is_person(o) || analysis[o].tag == Tag::Prp)
            && analysis.children(verb).iter().any(|&c| {
                matches!(analysis[c].dep, Dep::Advcl | Dep::Xcomp)
                    && analysis.children(c).iter().any(|&to| analysis[to].tag == Tag::To)
                    && lexicon().verb(&text.lemma(c)).is_some()
            });
        (each_other || to_talk).then_some(())?;
    }
    let agent: Option<usize> = analysis
        .children(verb)
        .iter()
        .copied()
        .find(|&c| analysis[c].dep == Dep::Agent)
        .and_then(|by| analysis.children_by(by, Dep::Pobj).next());
    let (subject, patient) = if passive {
        let patient = analysis.child(verb, &[Dep::Nsubjpass]).or_else(|| {
            (analysis[verb].dep == Dep::Acl || analysis[verb].dep == Dep::Relcl).then_some(analysis[verb].head)
        });
        (agent, patient)
    } else {
        let lost = analysis[verb].tag == Tag::Vbd
            && matches!(analysis[verb].dep, Dep::Amod | Dep::Root | Dep::Relcl | Dep::Acl)
            || analysis[verb].tag == Tag::Vb
                && analysis[verb].dep == Dep::Root
                && analysis.children(verb).iter().any(|&c| analysis[c].tag == Tag::To);
        let subject = text.subject(verb).or_else(|| lost.then(|| named_beside(text, verb, false)).flatten());
        (subject, object.or_else(|| (lost && subject.is_some()).then(|| named_beside(text, verb, true)).flatten()))
    };
    let with: Vec<usize> = match trigger.frame {
        Frame::Together | Frame::With => objects_of(text, verb, &scope, &["with"]),
        Frame::Topic => {
            let own: Vec<usize> = analysis.children(verb).to_vec();
            let mut with = objects_of(text, verb, &own, &["with"]);
            if let Some(topic) = object {
                // "discussed her friendship with Omar Diallo": he is the other side of it.
                let tie = matches!(&*text.lemma(topic), "relation" | "relationship" | "tie" | "war" | "friendship");
                if tie {
                    with.clear();
                } else if with.is_empty() && lexicon().noun(&text.lemma(topic)).is_none() {
                    // "discussed the pact with Omar Diallo", hung on the pact by the parse
                    with = objects_of(text, topic, analysis.children(topic), &["with"]);
                    with.retain(|&o| is_person(o));
                }
            }
            with
        }
        Frame::To => objects_of(text, verb, &scope, &["with", "to"]),
        Frame::Visiting | Frame::Hosting | Frame::Convening => objects_of(text, verb, &scope, &["with"]),
        Frame::Before => objects_of(text, verb, &scope, &["before", "to"]),
        Frame::Mediating => objects_of(text, verb, &scope, &["between", "among"]),
        _ => Vec::new(),
    };
    let able = |heads: &[usize]| -> Vec<EntityId> {
        let mut all = Vec::new();
        for &head in heads {
            for id in text.able_to_meet(text.named_by(head)) {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        all
    };
    // "was put through to him": whoever the subject is takes part, though others act.
    let subject = match trigger.frame {
        Frame::To | Frame::With if passive => patient,
        _ => subject,
    };
    let mut subjects = subject.map(|s| able(&[s])).unwrap_or_default();
    // "They discussed": states named in passing are hardly meant; the people of the last meeting are.
    let vague =
        subject.is_some_and(|s| is_plural(text, s)) && !subjects.iter().any(|id| matches!(id, EntityId::Person(_)));
    if vague {
        subjects.clear();
    }
    // "their willingness to meet with Chile and Peru": whoever the subject is, it is not those two among themselves.
    let lost = subjects.is_empty()
        && !vague
        && subject.is_some()
        && !matches!(trigger.frame, Frame::Hosting | Frame::Visiting | Frame::Convening);
    let subjects_kept = subjects.clone();
    let mut party = Party::default();
    let mut visited = None;
    let plain = ParticipantRole::Participant;
    match trigger.frame {
        Frame::Together => {
            party.add(subjects, plain);
            party.add(patient.map(|p| able(&[p])).unwrap_or_default(), plain);
            party.add(able(&with), plain);
            with.iter().chain(patient.iter()).for_each(|&head| party.add(listed(text, head), plain));
        }
        Frame::Seeing => {
            party.add(subjects, plain);
            party.add(patient.map(|p| able(&[p])).unwrap_or_default(), plain);
        }
        Frame::Before => {
            party.add(subjects, plain);
            party.add(able(&with), plain);
        }
        Frame::Mediating => {
            party.add(subjects, ParticipantRole::Mediator);
            party.add(able(&with), plain);
            if party.len() < 3 {
                return None;
            }
        }
        Frame::With | Frame::To => {
            party.add(subjects, plain);
            // "A and B spoke to reporters": not with each other.
            let to_others = with.iter().chain(&objects_of(text, verb, &scope, &["to"])).any(|&h| is_stranger(text, h));
            // "heard A and B speak": to an audience.
            let heard = matches!(analysis[verb].dep, Dep::Ccomp | Dep::Xcomp)
                && matches!(text.lemma(analysis[verb].head).as_str(), "hear" | "watch" | "see" | "listen");
            if (to_others || heard) && party.len() >= 2 {
                return None;
            }
            if with.iter().any(|&head| is_journalist(text, head)) {
                return None; // an interview
            }
            // Who speaks to a body gives a speech.
            let speech = |id: &EntityId| trigger.frame == Frame::To && matches!(id, EntityId::Organization(_));
            let to = objects_of(text, verb, &scope, &["to"]);
            for &head in &with {
                let mut who = able(&[head]);
                who.retain(|id| !(to.contains(&head) && speech(id)));
                party.add(who, plain);
                party.add(listed(text, head), plain);
            }
        }
        Frame::Topic => {
            // "discuss" tells of a talk only where several people are named for it.
            party.add(subjects, plain);
            party.add(able(&with), plain);
        }
        Frame::Hosting => {
            if patient.is_some_and(|p| lexicon().noun(&text.lemma(p)).is_some()) {
                return None; // "hosted talks", "talks hosted by": the noun tells of it.
            }
            let guests = patient.map(|p| able(&[p])).unwrap_or_default();
            party.add(subjects, ParticipantRole::Host);
            // A state cannot be received, and a welcome to a plan is none.
            let delegates = patient.is_some_and(|p| text.is_delegate(p));
            let guest = |id: &EntityId| matches!(id, EntityId::Person(_)) || delegates;
            party.add(guests.into_iter().filter(guest).collect(), ParticipantRole::Guest);
        }
        Frame::Visiting => {
            let seen = patient.map(|p| able(&[p])).unwrap_or_default();
            party.add(subjects, ParticipantRole::Guest);
            visited = patient.filter(|&p| place_at(text, p).is_some());
            let (people, states): (Vec<_>, Vec<_>) = seen.into_iter().partition(|id| matches!(id, EntityId::Person(_)));
            let official = party.0.iter().any(|(id, _)| is_official(text, *id))
                || subject.is_some_and(|s| is_office(&text.lemma(s)) || text.is_delegate(s));
            let abroad = official && people.is_empty();
            party.add(people, ParticipantRole::Host);
            if abroad {
                let hosts = hosts_of_visit(text, &party, patient, states);
                party.add(hosts, ParticipantRole::Host);
            }
        }
        Frame::Calling => {
            party.add(subjects, plain);
            party.add(
                patient
                    .map(|p| able(&[p]))
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|id| matches!(id, EntityId::Person(_)))
                    .collect(),
                plain,
            );
        }
        Frame::Inviting => {
            visited = objects_of(text, verb, &scope, &["to"]).into_iter().find(|&o| place_at(text, o).is_some());
            visited?;
            party.add(subjects, ParticipantRole::Host);
            let guests = patient.map(|p| able(&[p])).unwrap_or_default();
            party.add(
                guests.into_iter().filter(|id| matches!(id, EntityId::Person(_))).collect(),
                ParticipantRole::Guest,
            );
        }
        Frame::Convening => {
            party.add(subjects, ParticipantRole::Host);
            party.add(patient.map(|p| able(&[p])).unwrap_or_default(), plain);
        }
        Frame::Event | Frame::Visit | Frame::Welcome | Frame::Mediation | Frame::Nothing => return None,
    }
    // Who is received, called or brought together must be known, else it is a meeting with strangers.
    let one_sided =
        matches!(trigger.frame, Frame::Hosting | Frame::Visiting | Frame::Calling | Frame::Convening | Frame::Inviting)
            && party.len() >= 2
            && patient.is_some()
            && party.0.iter().all(|(id, _)| subjects_kept.contains(id));
    if one_sided {
        return None;
    }
    if lost && subject.is_some_and(|s| !is_plural(text, s)) && party.len() >= 2 {
        return None;
    }
    // "will raise it with her when they meet"
    if vague && party.len() == 0 && matches!(trigger.frame, Frame::Together | Frame::With | Frame::To) {
        party.add(pair_above(text, verb, subject), plain);
    }
    let time = time_of(text, &[verb], &scope, times);
    let direction = time.map_or(Direction::Unknown, |t| times[t].direction);
    let future = time.map_or(Direction::Unknown, |t| side(&times[t], direction));
    let mut reading = status::of_verb(text, verb, future);
    if reading.habit {
        return None;
    }
    // Who has invited somebody has not met them yet.
    if trigger.frame == Frame::Inviting {
        reading.status = match reading.status {
            Some(Status::Held | Status::Ongoing | Status::Planned) => Some(Status::Proposed),
            told => told,
        };
    }
    // "asked Putin to meet", "agreed on meeting": who asks takes part.
    if party.len() == 1
        && (matches!(trigger.frame, Frame::Together | Frame::With) || trigger.frame == Frame::To && !with.is_empty())
        && let Some(governor) = reading.governor
        && let Some(subject) = text.subject(governor)
    {
        party.lead(text.able_to_meet(text.named_by(subject)), plain);
    }
    let mut heads = vec![verb];
    heads.extend(reading.chain.iter().copied().filter(|&h| !reports(text, h)));
    let time = fitting(time.or_else(|| time_of(text, &heads, &scope, times)), reading.status, times);
    let scopes: Vec<Vec<usize>> =
        std::iter::once(scope.clone()).chain(heads[1..].iter().map(|&h| text.scope(h))).collect();
    let told = mode_told(text, &heads, &scope);
    // "visited him in the hospital", "visited Omar Diallo, who is treated in Oslo"
    let stay = || {
        let person = patient.filter(|_| trigger.frame == Frame::Visiting)?;
        let clause = analysis.children_by(person, Dep::Relcl).next()?;
        place_of(text, &[clause], &[text.scope(clause)], None, near(text, verb, times))
    };
    let place = place_of(text, &heads, &scopes, visited, near(text, verb, times)).or_else(stay);
    let plural = (vague || party.len() < 2 && subject.is_some_and(|s| is_plural(text, s)))
        && !matches!(trigger.frame, Frame::Hosting | Frame::Visiting | Frame::Calling | Frame::Inviting);
    Some(Naming {
        trigger: verb,
        phrase: phrase(text, verb, &scope),
        participants: party.0,
        status: reading.status,
        status_told: reading.status.is_some(),
        mode: told.or(trigger.mode),
        mode_told: told.is_some() || trigger.mode.is_some(),
        kind: trigger.kind,
        place,
        time,
        topics: topics_of(text, &heads),
        definite: false,
        other: scope.iter().any(|&t| text.word(t) == "again" && analysis[t].head == verb),
        plural,
        stranger: with.iter().any(|&head| is_stranger(text, head)) || patient.is_some_and(|p| is_stranger(text, p)),
        joins: false,
        ordinal: None,
        since: false,
        governed: reading.governor.is_some_and(|g| analysis[g].pos == Pos::Verb),
        quoted: false,
        separate: analysis.children(verb).iter().any(|&c| text.word(c) == "separately"),
        verbal: true,
        headline: text.document.block_of(verb).1.kind == BlockKind::Title,
    })
}

/// "It has been postponed": what becomes of the meeting that was spoken of just before.
pub fn fate_of_it(text: Text, verb: usize) -> Option<Naming> {
    let analysis = text.analysis();
    let it = analysis.child(verb, &[Dep::Nsubjpass]).filter(|&s| text.word(s) == "it")?;
    let status = status::fate(text, verb)?;
    Some(Naming {
        trigger: verb,
        phrase: it..verb + 1,
        status: Some(status),
        status_told: true,
        kind: "meeting",
        definite: true,
        ..Naming::default()
    })
}

/// The two people of the clauses above a clause whose subject is "they", where there are two: "will raise it with her when they
/// meet", "proposed to her that they meet".
fn pair_above(text: Text, verb: usize, subject: Option<usize>) -> Vec<EntityId> {
    let analysis = text.analysis();
    let pronoun = subject.is_some_and(|s| text.word(s) == "they" && text.named_by(s).is_empty());
    if !pronoun || !matches!(analysis[verb].dep, Dep::Advcl | Dep::Ccomp) {
        return Vec::new();
    }
    let clauses = analysis.ancestors(verb).filter(|&t| matches!(analysis[t].pos, Pos::Verb | Pos::Aux));
    let mut tokens: Vec<usize> = clauses.flat_map(|clause| text.scope(clause)).collect();
    tokens.sort_unstable();
    let mut people = Vec::new();
    for token in tokens.into_iter().filter(|&token| analysis[token].dep != Dep::Poss) {
        let person = text.entities.headed_by(token).and_then(|mention| mention.entities.first()).copied();
        people.extend(person.filter(|id| matches!(id, EntityId::Person(_)) && !people.contains(id)));
    }
    if people.len() == 2 { people } else { Vec::new() }
}

//! One naming of a meeting: a verb or noun that tells of it, with the participants, place, time, mode and topics that stand
//! beside it.

use super::lexicon::{Frame, Trigger, lexicon};
use super::phrase::Text;
use super::status;
use super::times::Time;
use crate::entities::EntityId;
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::{MentionKind, Mode, ParticipantRole, PlaceKind, Status};
use demarche_time::{Direction, Kind};
use std::ops::Range;

/// A naming of a meeting, before it is known which meeting it names.
#[derive(Debug, Clone)]
pub struct Naming {
    /// The token that tells of the meeting.
    pub trigger: usize,
    /// The phrase or clause.
    pub phrase: Range<usize>,
    /// Who takes part, as far as this naming tells.
    pub participants: Vec<(EntityId, ParticipantRole)>,
    /// Whether it takes place, as far as this naming tells.
    pub status: Option<Status>,
    /// Whether tense or words tell the status, rather than the time alone.
    pub status_told: bool,
    /// How they talk.
    pub mode: Option<Mode>,
    /// Whether the mode stands beside the trigger rather than in its meaning.
    pub mode_told: bool,
    /// The noun for the occasion.
    pub kind: &'static str,
    /// Where.
    pub place: Option<EntityId>,
    /// Index of the time expression.
    pub time: Option<usize>,
    /// Tokens of what it is about.
    pub topics: Vec<Range<usize>>,
    /// "the meeting", "this summit": may refer back.
    pub definite: bool,
    /// "another meeting", "their second meeting": not the one before.
    pub other: bool,
    /// The participants are plural but not known: "they met", "the two leaders met".
    pub plural: bool,
    /// Somebody takes part whom the article names only by a common noun.
    pub stranger: bool,
    /// Whoever is named came to a meeting of others: "joined the talks".
    pub joins: bool,
    /// A verb, rather than a noun.
    pub verbal: bool,
    /// In a headline.
    pub headline: bool,
}

/// Who takes part, each once.
#[derive(Debug, Clone, Default)]
struct Party(Vec<(EntityId, ParticipantRole)>);

impl Party {
    fn add(&mut self, ids: Vec<EntityId>, role: ParticipantRole) {
        for id in ids {
            if !self.0.iter().any(|(other, _)| *other == id) {
                self.0.push((id, role));
            }
        }
    }

    /// Adds those before all others: the subject comes first.
    fn lead(&mut self, ids: Vec<EntityId>, role: ParticipantRole) {
        let others = std::mem::take(&mut self.0);
        self.add(ids, role);
        for (id, role) in others {
            self.add(vec![id], role);
        }
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// All namings of a document, in the order of their triggers.
pub fn find(text: Text, times: &[Time]) -> Vec<Naming> {
    let analysis = text.analysis();
    let mut found = Vec::new();
    for token in 0..analysis.len() {
        let naming = match analysis[token].pos {
            Pos::Verb => verbal(text, token, times),
            Pos::Noun | Pos::Propn => nominal(text, token, times),
            _ => None,
        };
        found.extend(naming);
    }
    found
}

/// Verbs that report: a time beside them is that of the report.
fn reports(text: Text, verb: usize) -> bool {
    matches!(
        text.lemma(verb).as_str(),
        "say"
            | "tell"
            | "report"
            | "add"
            | "note"
            | "announce"
            | "state"
            | "write"
            | "confirm"
            | "claim"
            | "warn"
            | "ask"
            | "reply"
            | "declare"
            | "explain"
            | "tweet"
            | "insist"
            | "agree"
            | "propose"
            | "suggest"
            | "invite"
            | "offer"
            | "reject"
            | "refuse"
            | "decline"
            | "cancel"
            | "postpone"
            | "urge"
            | "deny"
            | "request"
    )
}

/// The time expressions of a token's sentence.
fn near<'t>(text: Text, token: usize, times: &'t [Time]) -> &'t [Time] {
    let sentence = text.analysis().sentence_of(token);
    let from = times.partition_point(|time| time.tokens.end <= sentence.start);
    let until = times.partition_point(|time| time.tokens.start < sentence.end);
    &times[from..until.max(from)]
}

/// The time that stands beside a trigger or the verbs whose place and time are its own.
fn time_of(text: Text, heads: &[usize], scope: &[usize], times: &[Time]) -> Option<usize> {
    let analysis = text.analysis();
    let sentence = analysis.sentence_of(heads[0]);
    let from = times.partition_point(|time| time.tokens.end <= sentence.start);
    let in_sentence: Vec<usize> = (from..times.len())
        .take_while(|&i| times[i].tokens.start < sentence.end)
        .filter(|&i| !times[i].tokens.is_empty() && matches!(times[i].kind, Kind::Date | Kind::Time))
        .filter(|&i| !matches!(times[i].form, demarche_time::Form::Reference(_)))
        .collect();
    let precision = |i: usize| times[i].resolved.days.map_or(i64::MAX, |days| days.len());
    // A time belongs to what it hangs on: names may stand between, but no other noun and no other meeting.
    let hangs_on = |i: usize, head: usize| {
        let tokens = times[i].tokens.clone();
        let first = tokens.clone().find(|&t| !tokens.contains(&analysis[t].head)).unwrap_or(tokens.start);
        analysis.ancestors(first).take_while(|&t| t != head).all(|t| {
            tokens.contains(&t)
                || !matches!(analysis[t].pos, Pos::Noun | Pos::Propn | Pos::Verb)
                || analysis[t].pos == Pos::Verb && !reports(text, t) && lexicon().verb(&text.lemma(t)).is_none()
                || analysis[t].pos != Pos::Verb
                    && lexicon().noun(&text.lemma(t)).is_none()
                    && text.entities.covering(t).is_some_and(|m| m.kind == MentionKind::Name)
        })
    };
    // In the phrase or clause itself; the most precise one of several.
    let within = in_sentence
        .iter()
        .copied()
        .filter(|&i| times[i].tokens.clone().any(|t| scope.binary_search(&t).is_ok()) && hangs_on(i, heads[0]));
    if let Some(found) = within.min_by_key(|&i| (precision(i), i)) {
        return Some(found);
    }
    // Beside a verb above that tells of going there.
    for &head in &heads[1..] {
        if reports(text, head) {
            continue;
        }
        let scope = text.scope(head);
        let beside = in_sentence
            .iter()
            .copied()
            .filter(|&i| times[i].tokens.clone().any(|t| scope.binary_search(&t).is_ok() && hangs_on(i, head)));
        if let Some(found) = beside.min_by_key(|&i| (precision(i), i)) {
            return Some(found);
        }
    }
    None
}

/// A place named by a noun phrase: a place, or a seat of government as a building.
fn place_at(text: Text, head: usize) -> Option<EntityId> {
    let place = |id: &EntityId| match id {
        EntityId::Place(_) => true,
        EntityId::Organization(i) => text.entities.organizations[*i].is_seat,
        EntityId::Person(_) => false,
    };
    if let Some(mention) = text.entities.headed_by(head).or_else(|| text.entities.covering(head)) {
        return mention.entities.iter().copied().find(place);
    }
    // "his Florida resort"
    if text.analysis()[head].pos != Pos::Noun || !SITES.contains(&text.lemma(head).as_str()) {
        return None;
    }
    text.modifiers(head).into_iter().find(|id| place(id) && narrowness(text, *id) > 0)
}

/// Nouns for places that bear the name of another place.
const SITES: &[&str] = &[
    "resort",
    "club",
    "residence",
    "palace",
    "estate",
    "ranch",
    "hotel",
    "office",
    "headquarters",
    "airport",
    "city",
    "capital",
    "suburb",
    "town",
    "province",
    "state",
    "region",
    "castle",
    "villa",
    "embassy",
    "island",
    "coast",
    "home",
    "retreat",
];

/// How narrow a place is: a venue is narrower than a city, a city than a country.
fn narrowness(text: Text, id: EntityId) -> u8 {
    match id {
        EntityId::Place(i) => match text.entities.places[i].kind {
            PlaceKind::Venue => 4,
            PlaceKind::City => 3,
            PlaceKind::Other => 2,
            PlaceKind::Region => 1,
            PlaceKind::Country => 0,
        },
        _ => 4,
    }
}

/// Verbs and nouns of going somewhere: where they lead is where people meet who went there to meet.
const MOTION: &[&str] =
    &["travel", "go", "fly", "come", "head", "return", "trip", "visit", "journey", "invite", "drive", "welcome"];

/// Where: "in Geneva", "at the White House", "the Geneva summit", a place visited.
fn place_of(
    text: Text,
    heads: &[usize],
    scopes: &[Vec<usize>],
    visited: Option<usize>,
    times: &[Time],
) -> Option<EntityId> {
    let analysis = text.analysis();
    let trigger = heads[0];
    if let Some(place) = visited.and_then(|head| place_at(text, head)) {
        return Some(place);
    }
    for scope in scopes {
        let mut best: Option<EntityId> = None;
        for &token in scope {
            if analysis[token].dep != Dep::Prep
                || !matches!(text.word(token).as_str(), "in" | "at" | "on" | "inside" | "outside" | "to")
            {
                continue;
            }
            // "officials in Moscow met": the place of the officials.
            let above = analysis[token].head;
            if text.word(token) == "to" && !MOTION.contains(&text.lemma(above).as_str()) {
                continue;
            }
            // "in Geneva" beside the trigger, a time or another place; beside anything else it tells where that is.
            let beside = heads.contains(&above)
                || place_at(text, above).is_some()
                || times.iter().any(|time| time.tokens.contains(&above))
                || above > trigger && text.entities.headed_by(above).is_some_and(|m| m.kind == MentionKind::Name)
                || lexicon().noun(&text.lemma(above)).is_some()
                || matches!(
                    text.lemma(above).as_str(),
                    "person" | "sideline" | "margin" | "office" | "residence" | "to"
                )
                || matches!(analysis[above].pos, Pos::Adv | Pos::Adp)
                || MOTION.contains(&text.lemma(above).as_str());
            if !beside {
                continue;
            }
            for object in analysis.children_by(token, Dep::Pobj) {
                if let Some(place) = place_at(text, object)
                    && best.is_none_or(|old| narrowness(text, place) > narrowness(text, old))
                {
                    best = Some(place);
                }
            }
        }
        if best.is_some() {
            return best;
        }
    }
    if analysis[trigger].pos == Pos::Noun || analysis[trigger].pos == Pos::Propn {
        let modifiers = text.modifiers(trigger);
        return modifiers.into_iter().find(|&id| matches!(id, EntityId::Place(_)) && narrowness(text, id) >= 3);
    }
    None
}

/// How they talk, by the words beside the trigger.
fn mode_told(text: Text, scope: &[usize]) -> Option<Mode> {
    let mut found = None;
    for &token in scope {
        let word = text.word(token);
        match word.as_str() {
            "phone" | "telephone" | "telephonic" | "telephonically" => found = Some(Mode::Phone),
            "video" | "virtual" | "virtually" | "videoconference" | "videoconferencing" | "online" | "zoom"
            | "videolink" | "remotely" => {
                return Some(Mode::Video);
            }
            "in-person" | "personal" | "face-to-face" | "sidelines" | "margins" => {
                found = found.or(Some(Mode::InPerson))
            }
            // "face-to-face", "in person" in several tokens.
            "face"
                if text.word((token + 2).min(text.analysis().len() - 1)) == "to"
                    || text.word((token + 1).min(text.analysis().len() - 1)) == "to" =>
            {
                found = found.or(Some(Mode::InPerson));
            }
            "person" if token > 0 && matches!(text.word(token - 1).as_str(), "in" | "-") => {
                found = found.or(Some(Mode::InPerson))
            }
            _ => {}
        }
    }
    found
}

/// What it is about: "about Syria", "on arms control", "to discuss trade".
fn topics_of(text: Text, heads: &[usize]) -> Vec<Range<usize>> {
    let analysis = text.analysis();
    let mut found = Vec::new();
    for &head in heads {
        for &child in analysis.children(head) {
            match analysis[child].dep {
                Dep::Prep
                    if matches!(text.word(child).as_str(), "about" | "on" | "over" | "regarding" | "concerning") =>
                {
                    for object in analysis.children_by(child, Dep::Pobj) {
                        let time = analysis.entities().iter().any(|e| {
                            e.tokens.contains(&object)
                                && matches!(e.label, demarche_nlp::EntityLabel::Date | demarche_nlp::EntityLabel::Time)
                        });
                        let told_elsewhere = time
                            || matches!(text.word(object).as_str(), "phone" | "telephone" | "sidelines" | "margins");
                        if !told_elsewhere && (text.word(child) != "on" || place_at(text, object).is_none()) {
                            found.push(analysis.subtree_range(object));
                        }
                    }
                }
                Dep::Advcl | Dep::Xcomp | Dep::Acl | Dep::Relcl
                    if matches!(text.lemma(child).as_str(), "discuss" | "address" | "review" | "negotiate") =>
                {
                    for object in analysis.children_by(child, Dep::Dobj) {
                        found.push(analysis.subtree_range(object));
                    }
                }
                _ => {}
            }
        }
    }
    if text.lemma(heads[0]) == "discuss" {
        found.extend(analysis.children_by(heads[0], Dep::Dobj).map(|object| analysis.subtree_range(object)));
    }
    found
}

/// Whether a noun tells of a meeting that is only spoken of: "spoke about a meeting with the king".
fn is_of_another(text: Text, noun: usize) -> bool {
    let analysis = text.analysis();
    let above = analysis[noun].head;
    matches!(analysis[noun].pos, Pos::Noun | Pos::Propn)
        && lexicon().noun(&text.lemma(noun)).is_some()
        && analysis[above].pos == Pos::Adp
        && matches!(text.word(above).as_str(), "about" | "of" | "on" | "to" | "before" | "after")
}

/// Objects of a preposition in a scope, that of the head itself first.
fn objects_of(text: Text, head: usize, scope: &[usize], words: &[&str]) -> Vec<usize> {
    let analysis = text.analysis();
    let mut preps: Vec<usize> = scope
        .iter()
        .copied()
        .filter(|&t| matches!(analysis[t].dep, Dep::Prep | Dep::Dative) && words.contains(&text.word(t).as_str()))
        .filter(|&t| t > head || analysis[t].head == head)
        .filter(|&t| analysis[head].pos != Pos::Verb || !is_of_another(text, analysis[t].head))
        .collect();
    preps.sort_by_key(|&t| (analysis[t].head != head, t));
    preps.into_iter().flat_map(|prep| analysis.children_by(prep, Dep::Pobj).collect::<Vec<_>>()).collect()
}

/// A phrase for several people who were named before: "they", "the two leaders", "both sides".
fn is_plural(text: Text, head: usize) -> bool {
    let analysis = text.analysis();
    let refers = analysis[head].tag == Tag::Nns
        && text.is_delegate(head)
        && analysis.children(head).iter().any(|&c| {
            matches!(analysis[c].dep, Dep::Det | Dep::Poss | Dep::Nummod)
                && matches!(text.word(c).as_str(), "the" | "both" | "two" | "these" | "three" | "four" | "all")
        });
    refers || matches!(text.word(head).as_str(), "they" | "them" | "both" | "pair" | "two" | "duo" | "their")
}

/// A party that is named, but not by a name: "a meeting with students". Whom it was with is not known then, and the
/// naming cannot refer to a meeting of others.
fn is_stranger(text: Text, head: usize) -> bool {
    !is_plural(text, head)
        && text.named_by(head).is_empty()
        && matches!(text.analysis()[head].pos, Pos::Noun | Pos::Propn)
}

/// Reads a verb.
fn verbal(text: Text, verb: usize, times: &[Time]) -> Option<Naming> {
    let analysis = text.analysis();
    let trigger: Trigger = lexicon().verb(&text.lemma_with_particle(verb)).or_else(|| {
        // "sit down" with an adverb, "call" by itself.
        let adverb = analysis
            .children(verb)
            .iter()
            .copied()
            .find(|&c| analysis[c].dep == Dep::Advmod && text.word(c) == "down")?;
        lexicon().verb(&format!("{} {}", text.lemma(verb), text.word(adverb)))
    })?;
    let scope = text.scope(verb);
    let passive = analysis.child(verb, &[Dep::Nsubjpass, Dep::Auxpass]).is_some()
        || analysis[verb].tag == Tag::Vbn && analysis[verb].dep == Dep::Acl;
    // "called Lars Holm": a name that the parse takes for what somebody is called.
    let is_person = |token: usize| {
        text.entities
            .headed_by(token)
            .is_some_and(|m| matches!(m.entities[..], [EntityId::Person(_)]) && m.kind == MentionKind::Name)
    };
    let object = analysis
        .child(verb, &[Dep::Dobj])
        .or_else(|| analysis.child(verb, &[Dep::Oprd]).filter(|&o| trigger.frame == Frame::Calling && is_person(o)));
    // "called him a liar", "met expectations", "call for"
    if trigger.frame == Frame::Calling {
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
        each_other.then_some(())?;
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
            && matches!(analysis[verb].dep, Dep::Amod | Dep::Root | Dep::Relcl | Dep::Acl);
        let subject = text.subject(verb).or_else(|| lost.then(|| named_beside(text, verb, false)).flatten());
        (subject, object.or_else(|| (lost && subject.is_some()).then(|| named_beside(text, verb, true)).flatten()))
    };
    let with: Vec<usize> = match trigger.frame {
        Frame::Together | Frame::With => objects_of(text, verb, &scope, &["with"]),
        Frame::Topic => {
            let own: Vec<usize> = analysis.children(verb).to_vec();
            objects_of(text, verb, &own, &["with"])
        }
        Frame::To => objects_of(text, verb, &scope, &["with", "to"]),
        Frame::Visiting | Frame::Hosting | Frame::Convening => objects_of(text, verb, &scope, &["with"]),
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
        && !matches!(trigger.frame, Frame::Hosting | Frame::Visiting);
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
        Frame::With | Frame::To | Frame::Seeing => {
            party.add(subjects, plain);
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
            let guests = patient.map(|p| able(&[p])).unwrap_or_default();
            party.add(subjects, ParticipantRole::Host);
            // A state cannot be received, and a welcome to a plan is none.
            let delegates = patient.is_some_and(|p| text.is_delegate(p));
            let guest = |id: &EntityId| matches!(id, EntityId::Person(_)) || delegates;
            party.add(guests.into_iter().filter(guest).collect(), ParticipantRole::Guest);
            if party.len() < 2 && object.is_some_and(|o| lexicon().noun(&text.lemma(o)).is_some()) {
                return None; // "hosted talks": the noun tells of it.
            }
        }
        Frame::Visiting => {
            let seen = patient.map(|p| able(&[p])).unwrap_or_default();
            party.add(subjects, ParticipantRole::Guest);
            visited = patient.filter(|&p| place_at(text, p).is_some());
            let (people, states): (Vec<_>, Vec<_>) = seen.into_iter().partition(|id| matches!(id, EntityId::Person(_)));
            let official = party.0.iter().any(|(id, _)| is_official(text, *id));
            let abroad = official && people.is_empty() && analysis[verb].dep != Dep::Advcl;
            party.add(people, ParticipantRole::Host);
            // Who holds an office is received by the state that he visits.
            if abroad {
                let own = party.0.iter().find_map(|(id, _)| text.entities.state_of(*id)).map(|state| state.iso);
                let foreign = |id: &EntityId| text.entities.state_of(*id).is_some_and(|s| Some(s.iso) != own);
                let itself = |id: &EntityId| {
                    patient.and_then(|p| text.entities.headed_by(p)).is_some_and(|m| m.entities.contains(id))
                };
                let hosts = states.into_iter().filter(|id| foreign(id) && itself(id)).filter_map(|id| match id {
                    // "visits the White House": whoever resides there.
                    EntityId::Organization(i) if text.entities.organizations[i].is_seat => text.head_of_state(id),
                    id => text.entities.is_state(id).then_some(id),
                });
                party.add(hosts.collect(), ParticipantRole::Host);
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
        Frame::Convening => {
            party.add(subjects, ParticipantRole::Host);
            party.add(patient.map(|p| able(&[p])).unwrap_or_default(), plain);
        }
        Frame::Event | Frame::Visit => return None,
    }
    // Who is received, called or brought together must be known, else it is a meeting with strangers.
    let one_sided = matches!(trigger.frame, Frame::Hosting | Frame::Visiting | Frame::Calling | Frame::Convening)
        && party.len() >= 2
        && patient.is_some()
        && party.0.iter().all(|(id, _)| subjects_kept.contains(id));
    if one_sided {
        return None;
    }
    if lost && subject.is_some_and(|s| !is_plural(text, s)) && party.len() >= 2 {
        return None;
    }
    let time = time_of(text, &[verb], &scope, times);
    let direction = time.map_or(Direction::Unknown, |t| times[t].direction);
    let future = time.map_or(Direction::Unknown, |t| side(&times[t], direction));
    let reading = status::of_verb(text, verb, future);
    if reading.habit {
        return None;
    }
    // "asked Putin to meet", "agreed on meeting": who asks takes part.
    if party.len() == 1
        && matches!(trigger.frame, Frame::Together | Frame::With | Frame::To | Frame::Topic)
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
    let told = mode_told(text, &scope);
    let place = place_of(text, &heads, &scopes, visited, near(text, verb, times));
    let plural = (vague || party.len() < 2 && subject.is_some_and(|s| is_plural(text, s)))
        && !matches!(trigger.frame, Frame::Hosting | Frame::Visiting | Frame::Calling);
    Some(Naming {
        trigger: verb,
        phrase: phrase(text, verb, &scope),
        participants: party.0,
        status: reading.status,
        status_told: reading.status.is_some(),
        mode: told.or(trigger.mode),
        mode_told: told.is_some() || matches!(trigger.mode, Some(Mode::Phone | Mode::Video)),
        kind: trigger.kind,
        place,
        time,
        topics: topics_of(text, &heads),
        definite: false,
        other: scope.iter().any(|&t| text.word(t) == "again" && analysis[t].head == verb),
        plural,
        stranger: with.iter().any(|&head| is_stranger(text, head)) || patient.is_some_and(|p| is_stranger(text, p)),
        joins: false,
        verbal: true,
        headline: text.document.block_of(verb).1.kind == BlockKind::Title,
    })
}

/// The named person or body next before or after a verb that the parse has not given a subject or an object.
fn named_beside(text: Text, verb: usize, after: bool) -> Option<usize> {
    let analysis = text.analysis();
    let sentence = analysis.sentence_of(verb);
    let between = |token: usize| {
        !matches!(analysis[token].pos, Pos::Verb | Pos::Aux | Pos::Sconj) && analysis[token].tag != Tag::To
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

/// Whether somebody is said to hold an office.
fn is_official(text: Text, id: EntityId) -> bool {
    let office = |title: &str| {
        let title = title.to_lowercase();
        [
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
        ]
        .iter()
        .any(|office| title.contains(office))
    };
    match id {
        EntityId::Person(i) => text.entities.people[i].roles.iter().any(|role| !role.former && office(&role.title)),
        _ => false,
    }
}

/// Those on a list with a named person.
fn listed(text: Text, head: usize) -> Vec<EntityId> {
    match text.entities.headed_by(head) {
        Some(mention) if matches!(mention.entities[..], [EntityId::Person(_)]) => {
            text.able_to_meet(text.listed_after(head))
        }
        _ => Vec::new(),
    }
}

/// Drops a time that lies on the wrong side of the day of writing for the status: it belongs to something else.
fn fitting(time: Option<usize>, status: Option<Status>, times: &[Time]) -> Option<usize> {
    time.filter(|&t| {
        !matches!(
            (status, times[t].side),
            (Some(Status::Held | Status::Ongoing), Direction::Future)
                | (Some(Status::Planned | Status::Proposed | Status::Possible), Direction::Past)
        )
    })
}

/// On which side of the day of writing a time lies, by its words.
fn side(time: &Time, direction: Direction) -> Direction {
    match time.side {
        Direction::Unknown => direction,
        known => known,
    }
}

/// The run of tokens of a clause, without the mark at its end.
fn phrase(text: Text, head: usize, scope: &[usize]) -> Range<usize> {
    let analysis = text.analysis();
    let (mut first, mut last) = (head, head);
    for &token in scope {
        if !matches!(analysis[token].pos, Pos::Punct | Pos::Space) {
            first = first.min(token);
            last = last.max(token);
        }
    }
    first..last + 1
}

/// Participles that tell how a meeting came about.
const MAKING: &[&str] = &["make", "hold", "conduct", "place", "host", "initiate"];

/// The second of two who are joined by "and" after "between", where the parse has lost it.
fn with_the_second(text: Text, first: usize, mut who: Vec<EntityId>) -> Vec<EntityId> {
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

/// Reads a noun.
fn nominal(text: Text, noun: usize, times: &[Time]) -> Option<Naming> {
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

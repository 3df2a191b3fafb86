//! What stands beside a trigger and tells of the setting: place, time, mode and topics.

use super::lexicon::lexicon;
use super::phrase::Text;
use super::times::Time;
use crate::entities::EntityId;
use demarche_nlp::{Dep, Pos};
use demarche_record::{MentionKind, Mode, PlaceKind, Status};
use demarche_time::{Direction, Kind};
use std::ops::Range;

/// Verbs that report: a time beside them is that of the report.
pub fn reports(text: Text, verb: usize) -> bool {
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
pub fn near<'t>(text: Text, token: usize, times: &'t [Time]) -> &'t [Time] {
    let sentence = text.analysis().sentence_of(token);
    let from = times.partition_point(|time| time.tokens.end <= sentence.start);
    let until = times.partition_point(|time| time.tokens.start < sentence.end);
    &times[from..until.max(from)]
}

/// Nouns for something that was said or written: a time behind one is that of the telling.
const TELLINGS: &[&str] =
    &["tweet", "statement", "interview", "report", "post", "letter", "release", "briefing", "speech"];

/// The time that stands beside a trigger or the verbs whose place and time are its own.
pub fn time_of(text: Text, heads: &[usize], scope: &[usize], times: &[Time]) -> Option<usize> {
    let analysis = text.analysis();
    let sentence = analysis.sentence_of(heads[0]);
    let from = times.partition_point(|time| time.tokens.end <= sentence.start);
    let in_sentence: Vec<usize> = (from..times.len())
        .take_while(|&i| times[i].tokens.start < sentence.end)
        .filter(|&i| !times[i].tokens.is_empty() && matches!(times[i].kind, Kind::Date | Kind::Time))
        .filter(|&i| !matches!(times[i].form, demarche_time::Form::Reference(_)))
        // "for the first time since December"
        .filter(|&i| times[i].tokens.start == 0 || text.word(times[i].tokens.start - 1) != "since")
        // "in a tweet Wednesday", "told in a statement on Monday"
        .filter(|&i| {
            let before = times[i].tokens.start.saturating_sub(1);
            let before = if text.word(before) == "on" { before.saturating_sub(1) } else { before };
            !TELLINGS.contains(&text.lemma(before).as_str())
        })
        // "according to reports on Tuesday"
        .filter(|&i| {
            let between = heads[0].min(times[i].tokens.start)..times[i].tokens.start;
            !between.clone().any(|t| text.word(t) == "according")
        })
        .collect();
    let precision = |i: usize| times[i].resolved.days.map_or(i64::MAX, |days| days.len());
    // A time belongs to what it hangs on: names may stand between, but no other noun and no other meeting.
    let hangs_on = |i: usize, head: usize| {
        let tokens = times[i].tokens.clone();
        let first = tokens.clone().find(|&t| !tokens.contains(&analysis[t].head)).unwrap_or(tokens.start);
        analysis.ancestors(first).take_while(|&t| t != head).all(|t| {
            // "the third summit, including one in Oslo in May": that one was in May.
            if text.word(t) == "including" {
                return false;
            }
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
pub fn place_at(text: Text, head: usize) -> Option<EntityId> {
    let place = |id: &EntityId| match id {
        EntityId::Place(_) => true,
        // "the Saint Olaf Hospital" is a house as much as a body.
        EntityId::Organization(i) => {
            let body = &text.entities.organizations[*i];
            body.is_seat || body.name.rsplit(' ').next().is_some_and(|last| HOUSES.contains(&&*last.to_lowercase()))
        }
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

/// Last words of the names of bodies that are houses as well.
const HOUSES: &[&str] =
    &["hospital", "clinic", "hotel", "palace", "castle", "university", "prison", "airport", "museum", "embassy"];

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
    "hospital",
    "clinic",
    "prison",
    "base",
    "university",
    "hall",
    "venue",
    "compound",
    "lodge",
    "house",
    "mansion",
    "farm",
];

/// How narrow a place is: a venue is narrower than a city, a city than a country.
pub fn narrowness(text: Text, id: EntityId) -> u8 {
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

/// "their first meeting since a summit in Bern": the summit was another time, and its place is its own.
fn is_of_another_time(text: Text, noun: usize, heads: &[usize]) -> bool {
    let above = text.analysis().ancestors(noun).take_while(|t| !heads.contains(t));
    above
        .map(|t| text.word(t))
        .any(|word| matches!(word.as_str(), "since" | "after" | "before" | "until" | "following" | "including"))
}

/// Verbs and nouns of going somewhere: where they lead is where people meet who went there to meet.
const MOTION: &[&str] =
    &["travel", "go", "fly", "come", "head", "return", "trip", "visit", "journey", "invite", "drive", "welcome"];

/// Where: "in Geneva", "at the White House", "the Geneva summit", a place visited.
pub fn place_of(
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
    // "flew to Lima, where he met her"
    if analysis[trigger].dep == Dep::Relcl
        && analysis.children(trigger).iter().any(|&c| text.word(c) == "where")
        && let Some(place) = place_at(text, analysis[trigger].head)
    {
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
            // "in Geneva" beside the trigger, a time, another place or those who meet ("a meeting of the two presidents in
            // Geneva"); beside anything else it tells where that is.
            let on = text.word(token) == "on";
            let beside = heads.contains(&above)
                || !on && place_at(text, above).is_some()
                || times.iter().any(|time| time.tokens.contains(&above))
                || !on
                    && above > trigger
                    && text
                        .entities
                        .headed_by(above)
                        .is_some_and(|m| m.kind == MentionKind::Name || m.entities.len() > 1)
                || lexicon().noun(&text.lemma(above)).is_some() && !is_of_another_time(text, above, heads)
                || matches!(text.lemma(above).as_str(), "person" | "sideline" | "margin" | "to")
                || SITES.contains(&text.lemma(above).as_str())
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

/// How they talk, by the words beside the trigger; words of what is talked about and of other meetings tell nothing.
pub fn mode_told(text: Text, heads: &[usize], scope: &[usize]) -> Option<Mode> {
    let analysis = text.analysis();
    let next_is_to = |token: usize| (1..=2).any(|n| token + n < analysis.len() && text.word(token + n) == "to");
    let mut found = None;
    for &token in scope {
        let mode = match text.word(token).as_str() {
            "phone" | "telephone" | "telephonic" | "telephonically" => Mode::Phone,
            "video" | "virtual" | "virtually" | "videoconference" | "videoconferencing" | "online" | "zoom"
            | "videolink" | "remotely" => Mode::Video,
            "in-person" | "personal" | "face-to-face" | "sidelines" | "margins" => Mode::InPerson,
            // "face-to-face", "in person" in several tokens.
            "face" if next_is_to(token) => Mode::InPerson,
            "person" if token > 0 && matches!(text.word(token - 1).as_str(), "in" | "-") => Mode::InPerson,
            // "met at the summit"
            _ if is_setting_in_person(text, token) => Mode::InPerson,
            _ => continue,
        };
        if !is_of_it(text, token, heads) {
            continue;
        }
        found = match (found, mode) {
            (_, Mode::Video) => return Some(Mode::Video),
            (Some(Mode::Phone), _) => found,
            (_, Mode::Phone) => Some(Mode::Phone),
            (old, mode) => old.or(Some(mode)),
        };
    }
    found
}

/// An event at which people are in one place: "at the summit", "on the margins of the conference".
fn is_setting_in_person(text: Text, token: usize) -> bool {
    let analysis = text.analysis();
    analysis[token].dep == Dep::Pobj
        && text.word(analysis[token].head) == "at"
        && lexicon().noun(&text.lemma(token)).is_some_and(|event| event.mode == Some(Mode::InPerson))
}

/// Whether a word hangs on a trigger or the verbs that govern it without a topic or another meeting between: not in "spoke
/// about a phone law", "their meeting followed a phone call".
fn is_of_it(text: Text, token: usize, heads: &[usize]) -> bool {
    const CHANNELS: &[&str] =
        &["link", "format", "line", "platform", "app", "connection", "phone", "telephone", "video"];
    let analysis = text.analysis();
    let mut below = token;
    for above in analysis.ancestors(token) {
        if heads.contains(&below) {
            return true;
        }
        let noun = matches!(analysis[below].pos, Pos::Noun | Pos::Propn);
        let meeting = noun && lexicon().noun(&text.lemma(below)).is_some();
        if analysis[above].pos == Pos::Adp && below != token {
            let topic =
                matches!(text.word(above).as_str(), "about" | "on" | "over" | "regarding" | "concerning" | "of");
            if topic && !meeting && !CHANNELS.contains(&text.lemma(below).as_str()) {
                return false;
            }
        }
        if meeting && below != token {
            let way = matches!(
                text.word(above).as_str(),
                "in" | "by" | "via" | "during" | "over" | "through" | "on" | "for" | "at"
            );
            return way && heads.contains(&analysis[above].head) && analysis[analysis[above].head].pos == Pos::Verb;
        }
        below = above;
    }
    heads.contains(&below)
}

/// What it is about: "about Syria", "on arms control", "to discuss trade".
pub fn topics_of(text: Text, heads: &[usize]) -> Vec<Range<usize>> {
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
                Dep::Advcl | Dep::Xcomp | Dep::Acl | Dep::Relcl | Dep::Conj
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

/// Drops a time that lies on the wrong side of the day of writing for the status: it belongs to something else.
pub fn fitting(time: Option<usize>, status: Option<Status>, times: &[Time]) -> Option<usize> {
    time.filter(|&t| {
        !matches!(
            (status, times[t].side),
            (Some(Status::Held | Status::Ongoing), Direction::Future)
                | (Some(Status::Planned | Status::Proposed | Status::Possible), Direction::Past)
        )
    })
}

/// On which side of the day of writing a time lies, by its words.
pub fn side(time: &Time, direction: Direction) -> Direction {
    match time.side {
        Direction::Unknown => direction,
        known => known,
    }
}

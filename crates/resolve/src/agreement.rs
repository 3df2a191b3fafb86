//! How two reports of a meeting stand to each other.

use crate::NEARBY_DAYS;
use crate::cluster::Relation;
use crate::corpus::Corpus;
use crate::days::Days;
use crate::key::{Key, Kind};
use crate::occasion::Occasion;
use demarche_record::{Mode, PlaceKind, Status, is_talks};
use std::collections::BTreeSet;

/// How many days before a meeting reports may speak of it as the coming one.
const AHEAD_DAYS: i64 = 45;

/// To how many days an article has to be dated for its date to stand for an occasion's.
pub(crate) const SOME_DAYS: i64 = 31;

/// Statuses that do not contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    TookPlace,
    Ahead,
    DidNot,
}

/// What came of a meeting, by its status.
pub(crate) fn outcome(status: Status) -> Outcome {
    match status {
        Status::Held | Status::Ongoing => Outcome::TookPlace,
        Status::Planned | Status::Proposed | Status::Possible | Status::Postponed => Outcome::Ahead,
        Status::Cancelled | Status::Denied => Outcome::DidNot,
    }
}

/// How many days after a meeting an article may look back on it without naming its day.
const BACK_DAYS: i64 = 366;

/// How two places stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    Same,
    /// A town and its state.
    Within,
    /// A building or region and a town of the same state.
    MayBeOne,
    Differ,
}

/// How two places stand to each other.
pub(crate) fn places(a: &Key, b: &Key, corpus: &Corpus) -> Places {
    if a == b {
        return Places::Same;
    }
    if lies_in(a, b, corpus) || lies_in(b, a, corpus) {
        return Places::Within;
    }
    let (Some(a), Some(b)) = (corpus.place(a), corpus.place(b)) else { return Places::Differ };
    // Of a building nobody may have told the state.
    let is_loose = |kind| matches!(kind, PlaceKind::Venue | PlaceKind::Region | PlaceKind::Other);
    let one_state = a.country.is_none() || b.country.is_none() || a.country == b.country;
    match one_state && (is_loose(a.kind) || is_loose(b.kind)) {
        true => Places::MayBeOne,
        false => Places::Differ,
    }
}

impl Occasion {
    /// How two reports of one block stand to each other.
    pub(crate) fn relation(&self, other: &Self, corpus: &Corpus) -> Relation {
        if self.member.article == other.member.article {
            return self.in_one_article(other, corpus);
        }
        let one_day = self.is_on_one_day_with(other);
        let Some((mut score, who)) = self.same_participants(other, one_day) else {
            return match self.is_spoken_for_by_others(other) {
                true => Relation::Barred("others speak for the same side".to_owned()),
                false => Relation::None,
            };
        };
        let mut reasons = vec![who.to_owned()];
        let mut add = |points: i32, reason: String| {
            score += points;
            reasons.push(reason);
        };
        match self.place.as_ref().zip(other.place.as_ref()).map(|(a, b)| places(a, b, corpus)) {
            None => {}
            Some(Places::Same) => add(12, "the same place".to_owned()),
            Some(Places::Within) => add(8, "places that fit".to_owned()),
            Some(Places::MayBeOne) if self.are_on_near_days(other) => add(0, "places that may be one".to_owned()),
            // The same people met on the same day: rather is one report wrong about the place.
            Some(_) if one_day => add(-10, "although the places differ".to_owned()),
            Some(_) => return Relation::Barred("the places differ".to_owned()),
        }
        match self.mode.zip(other.mode) {
            None => {}
            Some((a, b)) if a == b => add(4, "the same way of talking".to_owned()),
            Some((Mode::Phone, Mode::Video) | (Mode::Video, Mode::Phone)) if one_day => {
                add(-10, "although one has it by telephone and the other by video".to_owned());
            }
            Some(_) => return Relation::Barred("the ways of talking differ".to_owned()),
        }
        match (self.ordinal, other.ordinal) {
            (Some(a), Some(b)) if a == b => add(8, format!("both the {a}")),
            (Some(a), Some(b)) => return Relation::Barred(format!("one is the {a}, the other the {b}")),
            _ => {}
        }
        if self.kind == other.kind && !matches!(self.kind.as_str(), "meeting" | "talks") {
            add(3, format!("both a {}", self.kind));
        }
        // What is planned and what is called off lie both before the day.
        let took_place = |status| outcome(status) == Outcome::TookPlace;
        let same_outcome = took_place(self.status) == took_place(other.status);
        match self.same_days(other, same_outcome, corpus) {
            Ok((points, reason)) => add(points, reason),
            Err(why) => return Relation::Barred(why),
        }
        if outcome(self.status) == outcome(other.status) {
            add(5, format!("both {}", words(outcome(self.status))));
        }
        Relation::Link(u8::try_from(score.clamp(1, 98)).unwrap_or(98), reasons.join(", "))
    }

    /// Whether both name people of one side, and nobody of it in common: foreign ministers met, not presidents.
    fn is_spoken_for_by_others(&self, other: &Self) -> bool {
        let people = |of: &'_ Self, side: &str| -> Vec<Key> {
            let of_side = of.side_of.iter().filter(|(agent, of)| agent.kind() == Kind::Person && *of == side);
            of_side.map(|(agent, _)| agent.clone()).collect()
        };
        self.side_of.values().collect::<BTreeSet<_>>().into_iter().any(|side| {
            let (ours, theirs) = (people(self, side), people(other, side));
            !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|agent| theirs.contains(agent))
        })
    }

    /// Whether both are told to have been on one and the same day between people.
    fn is_on_one_day_with(&self, other: &Self) -> bool {
        let one_day = |of: &Self| of.days.filter(|days| days.first == days.last);
        one_day(self).is_some()
            && one_day(self) == one_day(other)
            && self.is_between_people()
            && other.is_between_people()
    }

    fn are_on_near_days(&self, other: &Self) -> bool {
        let near = |(a, b): (Days, Days)| a.is_narrow() && b.is_narrow() && a.intersection(b).is_some();
        self.days.zip(other.days).is_some_and(near)
    }

    /// Whether people of two sides take part; delegations meet too often for a place alone to tell their meetings.
    fn is_between_people(&self) -> bool {
        self.participants.keys().filter(|agent| agent.kind() == Kind::Person).count() >= 2
    }

    /// An article's own reading tells its occasions apart, except that it may speak of one that lies ahead in several ways
    /// ("plans to meet", "may not come to a meeting").
    fn in_one_article(&self, other: &Self, corpus: &Corpus) -> Relation {
        if self.fingerprint == other.fingerprint {
            return Relation::Link(99, "said twice in one article".to_owned());
        }
        match self.may_be_told_twice(other, corpus) {
            true => Relation::Link(76, "one article on a coming meeting of the same participants".to_owned()),
            false => Relation::Barred("one article tells them apart".to_owned()),
        }
    }

    pub(crate) fn may_be_told_twice(&self, other: &Self, corpus: &Corpus) -> bool {
        let agree = |a: &Option<Mode>, b: &Option<Mode>| a.is_none() || b.is_none() || a == b;
        let places = match (&self.place, &other.place) {
            (Some(a), Some(b)) => matches!(places(a, b, corpus), Places::Same | Places::Within),
            _ => true,
        };
        let days = match (self.days, other.days) {
            (Some(a), Some(b)) => a.intersection(b).is_some(),
            (None, None) => true,
            _ => self.when.is_none() || other.when.is_none(),
        };
        outcome(self.status) != Outcome::TookPlace
            && outcome(other.status) != Outcome::TookPlace
            && self.participants.keys().eq(other.participants.keys())
            && agree(&self.mode, &other.mode)
            && places
            && days
            && (self.ordinal.is_none() || other.ordinal.is_none() || self.ordinal == other.ordinal)
            && !self.is_visit_beside(other)
            && !other.is_visit_beside(self)
    }

    /// Whether this is a visit and the other one talks of which no place is told: an article that invites somebody and promises a
    /// dialogue tells of two things.
    fn is_visit_beside(&self, other: &Self) -> bool {
        self.kind == "visit" && is_talks(&other.kind) && other.place.is_none()
    }

    /// Points for the participants: the same, some more, or states and who speaks for them. States talk all the time, so that
    /// the last needs the very days.
    fn same_participants(&self, other: &Self, one_day: bool) -> Option<(i32, &'static str)> {
        let (a, b) = (&self.participants, &other.participants);
        if a.keys().eq(b.keys()) {
            return Some((50, "the same participants"));
        }
        let shared = a.keys().filter(|agent| b.contains_key(*agent)).count();
        if shared >= 2 && (shared == a.len() || shared == b.len()) {
            return Some((45, "the participants of one among those of the other"));
        }
        let people = a.keys().filter(|agent| agent.kind() == Kind::Person && b.contains_key(*agent));
        let shared_sides: BTreeSet<&String> = people.map(|agent| &self.side_of[agent]).collect();
        if one_day && shared_sides.len() >= 2 {
            return Some((40, "two of the participants and the very day"));
        }
        // Who is named on one side alone needs the state on the other.
        let is_state = |key: &Key| key.kind() == Kind::Place;
        let answered = |of: &Self, by: &Self| {
            of.participants.keys().filter(|agent| !by.participants.contains_key(*agent)).all(|agent| {
                let side = &of.side_of[agent];
                by.participants.keys().any(|other| by.side_of[other] == *side && is_state(other) != is_state(agent))
            })
        };
        (answered(self, other) && answered(other, self)).then_some((35, "states and those who speak for them"))
    }

    /// Points for the days, or why they part the two.
    fn same_days(&self, other: &Self, same_outcome: bool, corpus: &Corpus) -> Result<(i32, String), String> {
        if let (Some(a), Some(b)) = (self.days, other.days) {
            let Some(both) = a.intersection(b) else {
                return match self.are_days_of_one_meeting(other, corpus) {
                    true => Ok((15, "days that follow each other".to_owned())),
                    false => Err("the days differ".to_owned()),
                };
            };
            // The wider of the two tells how much it means that they agree.
            let points = match a.width().max(b.width()) {
                0..=7 => 35,
                8..=31 => 25,
                32..=366 => 15,
                _ => 0,
            };
            let narrow = a.is_narrow() && b.is_narrow();
            let less = if same_outcome || narrow { 0 } else { 30 };
            let days = match both.first == both.last {
                true => both.first.to_string(),
                false => format!("{} to {}", both.first, both.last),
            };
            return Ok((points - less, format!("both fit {days}")));
        }
        if let Some(found) = month_and_day(self, other).or_else(|| month_and_day(other, self)) {
            return found;
        }
        let less = if same_outcome { 0 } else { 20 };
        if let (Some(days), None) | (None, Some(days)) = (self.days, other.days) {
            let (dated, undated) = if self.days.is_some() { (self, other) } else { (other, self) };
            return undated.without_days(dated, days, less, corpus);
        }
        match (self.published, other.published) {
            (Some(a), Some(b)) if a.width() > SOME_DAYS || b.width() > SOME_DAYS => {
                Ok((-15, "without days".to_owned()))
            }
            (Some(a), Some(b)) => match a.distance(b) {
                0..=3 if self.is_passing(other) => Ok((0, "reported within three days of each other".to_owned())),
                0..=3 => Ok((18 - less, "reported within three days of each other".to_owned())),
                distance if distance <= NEARBY_DAYS => {
                    let points = if self.is_passing(other) { 0 } else { 10 };
                    Ok((points - less, "reported within a week of each other".to_owned()))
                }
                // What is known by its place may be told at any time later.
                _ if self.known_again(other, corpus).is_some() => Ok((-15, "reported at different times".to_owned())),
                _ => Err("reported at different times".to_owned()),
            },
            _ => Ok((-15, "without days".to_owned())),
        }
    }

    /// Points for the days of a report that tells none, beside one that does.
    fn without_days(&self, dated: &Self, days: Days, less: i32, corpus: &Corpus) -> Result<(i32, String), String> {
        if let Some(written) = self.published {
            match outcome(self.status) {
                Outcome::TookPlace if written.last < days.first => {
                    return Err("one was told as held before the days of the other".to_owned());
                }
                Outcome::Ahead if written.first > days.last => {
                    return Err("one was still ahead after the days of the other".to_owned());
                }
                _ => {}
            }
            let ahead = outcome(self.status) == Outcome::Ahead && written.last <= days.last;
            let is_near = written.distance(days) <= if ahead { AHEAD_DAYS } else { NEARBY_DAYS };
            if is_near && written.width() <= SOME_DAYS {
                // The next telephone call may have been before the article.
                let days_later = written.distance(days) > 3 && !ahead;
                let points = if days_later && self.is_talk() { 6 } else { 14 };
                return Ok((points - less, "an undated report from these days".to_owned()));
            }
        }
        let looks_back = match self.published.filter(|written| written.width() <= SOME_DAYS) {
            Some(written) => self.looks_back && written.distance(days) <= BACK_DAYS,
            None => true,
        };
        match self.known_again(dated, corpus) {
            Some(by) if looks_back => Ok((0, format!("told later without its day, known again by {by}"))),
            _ if self.published.is_some() => Ok((-15, "an undated report from another time".to_owned())),
            _ => Ok((-15, "without days".to_owned())),
        }
    }

    /// Whether of two undated reports one tells too little of an occasion to be known again by the days of the articles: what is
    /// said not to have been, what goes on all the time, talks between bodies, what looks back on another time.
    fn is_passing(&self, other: &Self) -> bool {
        let both = |is: fn(&Self) -> bool| is(self) && is(other);
        let either = |is: fn(&Self) -> bool| is(self) || is(other);
        either(|one| outcome(one.status) == Outcome::DidNot)
            || both(|one| one.status == Status::Ongoing && one.is_talk())
            || both(Self::is_talk) && !both(Self::is_between_people)
            || either(|one| one.looks_back) && !both(|one| one.looks_back && one.mode.is_some())
    }

    /// Whether the sort of occasion is one that the same people have every few days.
    fn is_talk(&self) -> bool {
        matches!(self.kind.as_str(), "conversation" | "talks" | "call" | "discussion" | "contact")
    }

    /// By what a meeting that was held is known again in a report that does not tell its day: two sides rarely meet in a town
    /// that is home to neither, and only once for the first time.
    fn known_again(&self, other: &Self, corpus: &Corpus) -> Option<&'static str> {
        let held = |of: &Self| outcome(of.status) == Outcome::TookPlace && of.is_between_people() && !of.again;
        if !held(self) || !held(other) {
            return None;
        }
        if let (Some(place), Some(of_other)) = (&self.place, &other.place)
            && place == of_other
            && self.is_away(place, corpus)
        {
            return Some("a place that is home to neither side");
        }
        (self.ordinal.is_some() && self.ordinal == other.ordinal && self.mode.is_some() && self.mode == other.mode)
            .then_some("its number")
    }

    /// Whether the place is a town or building abroad for all who take part.
    fn is_away(&self, place: &Key, corpus: &Corpus) -> bool {
        let Some(place) = corpus.place(place) else { return false };
        let is_home = |country: &String| self.side_of.values().any(|side| side == country);
        matches!(place.kind, PlaceKind::City | PlaceKind::Venue) && place.country.as_ref().is_some_and(|c| !is_home(c))
    }

    /// Whether two reports with days that lie side by side may be of one meeting of two days: people in one town.
    fn are_days_of_one_meeting(&self, other: &Self, corpus: &Corpus) -> bool {
        let side_by_side =
            self.days.zip(other.days).is_some_and(|(a, b)| a.distance(b) == 1 && a.is_narrow() && b.is_narrow());
        let fit = |of: &Self| {
            outcome(of.status) == Outcome::TookPlace
                && of.mode == Some(Mode::InPerson)
                && of.is_between_people()
                && !of.again
        };
        let town =
            |of: &Self| of.place.clone().filter(|key| corpus.place(key).is_some_and(|p| p.kind != PlaceKind::Country));
        side_by_side && fit(self) && fit(other) && town(self).is_some() && town(self) == town(other)
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::TookPlace => "took place",
        Outcome::Ahead => "ahead",
        Outcome::DidNot => "did not take place",
    }
}

/// Where one report tells month and day without the year ("7 December"): whether the other's days have them.
fn month_and_day(partial: &Occasion, full: &Occasion) -> Option<Result<(i32, String), String>> {
    if partial.days.is_some() {
        return None;
    }
    let told = partial.when.as_ref()?.value.strip_prefix("XXXX-")?;
    let is_number = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !told.split('-').all(is_number) {
        return None;
    }
    let fits = match (full.days, full.when.as_ref()) {
        (Some(days), _) => {
            let (first, last) = (days.first.to_string(), days.last.to_string());
            days.width() <= 31
                && (first[5..].starts_with(told)
                    || last[5..].starts_with(told)
                    || told >= &first[5..] && told <= &last[5..])
        }
        (None, Some(when)) => {
            when.value.strip_prefix("XXXX-").is_some_and(|other| other.starts_with(told) || told.starts_with(other))
        }
        (None, None) => return None,
    };
    Some(match fits {
        true => Ok((if told.len() > 2 { 28 } else { 18 }, "the same day or month, no year told".to_owned())),
        false => Err("the days of the year differ".to_owned()),
    })
}

/// Whether the place `inner` tells more closely than `outer` what the two may both mean: a town in its state, a building in a
/// town of the same state.
pub(crate) fn is_narrower(inner: &Key, outer: &Key, corpus: &Corpus) -> bool {
    let width = |key: &Key| {
        corpus.place(key).map(|place| match place.kind {
            PlaceKind::Venue => 0,
            PlaceKind::City => 1,
            PlaceKind::Other => 2,
            PlaceKind::Region => 3,
            PlaceKind::Country => 4,
        })
    };
    matches!(places(inner, outer, corpus), Places::Within | Places::MayBeOne) && width(inner) < width(outer)
}

/// Whether `inner` is known to lie in the state `outer`.
fn lies_in(inner: &Key, outer: &Key, corpus: &Corpus) -> bool {
    match (corpus.place(inner), corpus.place(outer)) {
        (Some(inner), Some(outer)) => {
            outer.kind == PlaceKind::Country
                && inner.kind != PlaceKind::Country
                && outer.country.is_some()
                && outer.country == inner.country
        }
        _ => false,
    }
}

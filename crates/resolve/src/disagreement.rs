//! What the reports of one meeting say differently, and who says what.

use crate::agreement::{Outcome, Places, outcome, places};
use crate::corpus::{Corpus, Member, When};
use crate::days::Days;
use crate::key::{Key, Kind};
use crate::occasion::Occasion;
use demarche_record::{Mode, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the reports of a meeting do not agree on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// What it is about.
    pub on: Disputed,
    /// What they say, at least two versions, in the order of the claims.
    pub versions: Vec<Version>,
}

/// What reports of one meeting may differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Disputed {
    /// Who took part: each of two reports names somebody whom the other leaves out.
    Participants,
    /// Where it was, beyond a town and its state.
    Place,
    /// How they talked.
    Mode,
    /// When it was: there is no day that fits all.
    When,
    /// Whether it took place.
    Status,
}

impl Disputed {
    /// The word for it, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Disputed::Participants => "participants",
            Disputed::Place => "place",
            Disputed::Mode => "mode",
            Disputed::When => "when",
            Disputed::Status => "status",
        }
    }
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Version {
    /// What is said.
    pub claim: Claim,
    /// The reports that say it, sorted.
    pub reports: Vec<Member>,
}

/// What a report has of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// Who took part, sorted.
    Participants(Vec<Key>),
    /// Where.
    Place(Key),
    /// How they talked.
    Mode(Mode),
    /// When.
    When(When),
    /// What came of it.
    Status(Status),
}

/// The disagreements of the reports of one meeting, in the order of what they are about. `days` are those of the meeting.
pub(crate) fn disagreements(group: &[Occasion], days: Option<Days>, corpus: &Corpus) -> Vec<Disagreement> {
    let of = |on, claims: Vec<(Claim, &Occasion)>| {
        let mut versions: BTreeMap<Claim, BTreeSet<&Member>> = BTreeMap::new();
        for (claim, occasion) in claims {
            versions.entry(claim).or_default().insert(&occasion.member);
        }
        let version = |(claim, members): (Claim, BTreeSet<&Member>)| Version {
            claim,
            reports: members.into_iter().cloned().collect(),
        };
        Disagreement { on, versions: versions.into_iter().map(version).collect() }
    };
    let mut found = Vec::new();
    if any_two(group, Occasion::names_others_than) {
        let claim = |one: &Occasion| Claim::Participants(one.participants.keys().cloned().collect());
        found.push(of(Disputed::Participants, group.iter().map(|one| (claim(one), one)).collect()));
    }
    let placed: Vec<(&Key, &Occasion)> = group.iter().filter_map(|one| Some((one.place.as_ref()?, one))).collect();
    if any_two(&placed, |(a, _), (b, _)| places(a, b, corpus) == Places::Differ) {
        let claims = placed.iter().map(|(place, one)| (Claim::Place((*place).clone()), *one));
        found.push(of(Disputed::Place, claims.collect()));
    }
    let modes: Vec<(Mode, &Occasion)> = group.iter().filter_map(|one| Some((one.mode?, one))).collect();
    if any_two(&modes, |(a, _), (b, _)| a != b) {
        found.push(of(Disputed::Mode, modes.iter().map(|(mode, one)| (Claim::Mode(*mode), *one)).collect()));
    }
    let dated = |one: &Occasion| one.days;
    if any_two(group, |a, b| dated(a).zip(dated(b)).is_some_and(|(a, b)| a.intersection(b).is_none())) {
        let when = |one: &'_ Occasion| one.days.and(one.when.clone());
        let claims = group.iter().filter_map(|one| Some((Claim::When(when(one)?), one)));
        found.push(of(Disputed::When, claims.collect()));
    }
    let disputed = disputed_outcomes(group, days);
    if !disputed.is_empty() {
        found.push(of(Disputed::Status, disputed.iter().map(|one| (Claim::Status(one.status), *one)).collect()));
    }
    found
}

/// Whether any two stand in the relation.
fn any_two<T>(all: &[T], are: impl Fn(&T, &T) -> bool) -> bool {
    all.iter().enumerate().any(|(i, one)| all[i + 1..].iter().any(|other| are(one, other)))
}

/// The reports that contradict each other on whether the meeting took place; none where the one is only older than the
/// other: what was planned or called off may have come about since.
fn disputed_outcomes(group: &[Occasion], days: Option<Days>) -> Vec<&Occasion> {
    let took_place = |one: &&Occasion| outcome(one.status) == Outcome::TookPlace;
    let held: Vec<&Occasion> = group.iter().filter(took_place).collect();
    let reported = held.iter().filter_map(|one| one.published).map(|written| written.first).min();
    let Some(begun) = days.map(|days| days.first).or(reported) else { return Vec::new() };
    let over = days.map_or(begun, |days| days.last);
    let contradicts = |one: &&Occasion| {
        let Some(written) = one.published else { return false };
        match outcome(one.status) {
            Outcome::TookPlace => false,
            Outcome::Ahead => written.first > over,
            Outcome::DidNot => written.first >= begun,
        }
    };
    let against: Vec<&Occasion> = group.iter().filter(contradicts).collect();
    match held.is_empty() || against.is_empty() {
        true => Vec::new(),
        false => held.into_iter().chain(against).collect(),
    }
}

impl Occasion {
    /// Whether each of two reports names a person whom the other leaves out.
    pub(crate) fn names_others_than(&self, other: &Self) -> bool {
        let alone = |one: &Self, other: &Self| {
            let people = one.participants.keys().filter(|agent| agent.kind() == Kind::Person);
            people.into_iter().any(|agent| !other.participants.contains_key(agent))
        };
        alone(self, other) && alone(other, self)
    }
}

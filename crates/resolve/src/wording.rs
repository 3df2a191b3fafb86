//! People of different blocks who may be one, since their names are worded otherwise: the words in another order ("Sato Kenji",
//! "Kenji Sato"), a name that goes on after what another article takes for the whole ("Omar bin Rashid", "Omar bin Rashid Al
//! Tamimi"), a ruler's given name ("Omar", the king), a slip in the consonants of a long surname.

use crate::corrections::Reference;
use crate::key::{Key, Kind};
use crate::names::Named;
use crate::naming::Naming;
use crate::personal::PersonalName;
use crate::spelling::is_slip;
use std::collections::{BTreeMap, BTreeSet};

/// Two people who may be one although their names are worded otherwise.
pub(crate) struct Wording {
    pub one: usize,
    pub other: usize,
    pub score: u8,
    pub reason: String,
    pub sides: Vec<Reference>,
}

/// How one name is worded beside the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Beginning,
    Reversed,
    GivenName,
    Slip,
}

impl How {
    /// What it says by itself, of 100, and in words.
    fn score(self) -> (u8, &'static str) {
        match self {
            How::Reversed => (64, "the same names in the other order"),
            How::Beginning => (56, "one name is the beginning of the other"),
            How::GivenName => (56, "one name is the given name of the other"),
            How::Slip => (58, "the surnames differ by one letter"),
        }
    }
}

/// From how many letters on a surname is so long that a slip in its consonants can be told from another surname.
const LONG_SURNAME: usize = 7;

/// People of different blocks whose names are one name worded otherwise, the surest first. A name that has several such partners
/// has none.
pub(crate) fn wordings(things: &[Named]) -> Vec<Wording> {
    let mut bearers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (i, thing) in things.iter().enumerate().filter(|(_, thing)| thing.kind == Kind::Person) {
        for naming in &thing.namings {
            bearers.entry(&naming.folded).or_default().insert(i);
        }
    }
    let mut found = Vec::new();
    for ((name, how), others) in partners(bearers.keys().copied()) {
        let reached: BTreeSet<usize> = others.iter().flat_map(|other| &bearers[other]).copied().collect();
        // Where a name is several people's already, it does not tell which of them.
        let (Some(&one), Some(&other)) = (bearers[name].first(), reached.first()) else { continue };
        if bearers[name].len() > 1 || reached.len() > 1 || one == other {
            continue;
        }
        let Some(longer) = others.first() else { continue };
        let (score, words) = how.score();
        let Some((more, why)) = offices(&named(things, one, name), &named(things, other, longer), how) else {
            continue;
        };
        let called = |thing: usize, folded: &str| {
            let naming = things[thing].namings.iter().find(|naming| naming.folded == folded);
            naming.map_or_else(|| folded.to_owned(), |naming| naming.name.clone())
        };
        let reason = format!("“{}” and “{}”: {words}, {why}", called(one, name), called(other, longer));
        let sides = [longer, name].map(|name| Reference { key: Key::named(Kind::Person, name), article: None }).into();
        found.push(Wording { one, other, score: score + more, reason, sides });
    }
    found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.sides.cmp(&b.sides)));
    found
}

/// For each folded name, of all there are in order: those that may be the same name worded otherwise.
fn partners<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<(&'n str, How), BTreeSet<&'n str>> {
    let is_bare = |name: &&str| PersonalName::of(name).is_bare();
    let (bare, full): (BTreeSet<&str>, BTreeSet<&str>) = names.partition(is_bare);
    let other_block = |one: &str, other: &str| PersonalName::of(one).block() != PersonalName::of(other).block();
    let mut found: BTreeMap<(&str, How), BTreeSet<&str>> = BTreeMap::new();
    for &name in &full {
        let words: Vec<&str> = name.split('-').collect();
        if let [x, y] = words[..]
            && let Some(reversed) = full.get(format!("{y}-{x}").as_str())
            && name < *reversed
        {
            found.entry((name, How::Reversed)).or_default().insert(reversed);
        }
        for (number, (end, _)) in name.match_indices('-').enumerate() {
            let (all, how) = if number == 0 { (&bare, How::GivenName) } else { (&full, How::Beginning) };
            if let Some(start) = all.get(&name[..end]).filter(|start| other_block(start, name)) {
                found.entry((start, how)).or_default().insert(name);
            }
        }
    }
    // Those with the same given names stand beside each other.
    let mut parts: Vec<(&str, &str)> = full.iter().filter_map(|name| name.rsplit_once('-')).collect();
    parts.sort_unstable();
    for namesakes in parts.chunk_by(|(one, _), (other, _)| one == other) {
        let long: Vec<&str> = namesakes.iter().map(|part| part.1).filter(|name| name.len() >= LONG_SURNAME).collect();
        for (i, one) in long.iter().enumerate() {
            for other in long[i + 1..].iter().filter(|other| is_slip(one, other)) {
                let name = |surname: &str| full.get(format!("{}-{surname}", namesakes[0].0).as_str()).copied();
                if let (Some(one), Some(other)) = (name(one), name(other))
                    && other_block(one, other)
                {
                    found.entry((one, How::Slip)).or_default().insert(other);
                    found.entry((other, How::Slip)).or_default().insert(one);
                }
            }
        }
    }
    found
}

/// The namings of a thing that have a name.
fn named<'t>(things: &'t [Named], thing: usize, folded: &str) -> Vec<&'t Naming> {
    things[thing].namings.iter().filter(|naming| naming.folded == folded).collect()
}

/// What the offices of two names speak for their being one, and how; none where they speak against it. A given name wants the
/// very office; without any office a beginning or a slip tells nothing, a reversal little.
fn offices(one: &[&Naming], other: &[&Naming], how: How) -> Option<(u8, String)> {
    let roles = |of: &[&'_ Naming]| of.iter().flat_map(|naming| naming.roles.clone()).collect::<BTreeSet<_>>();
    let (a, b) = (roles(one), roles(other));
    if let Some((title, Some(of))) = a.intersection(&b).find(|role| role.1.is_some()) {
        return Some((18, format!("both {} of {}", title.replace('-', " "), of.replace('-', " "))));
    }
    let bodies = |roles: &BTreeSet<(String, Option<String>)>| {
        roles.iter().filter_map(|(_, of)| of.clone()).collect::<BTreeSet<_>>()
    };
    let (of_a, of_b) = (bodies(&a), bodies(&b));
    if !of_a.is_empty() && !of_b.is_empty() && of_a.is_disjoint(&of_b) {
        return None;
    }
    let title = a.iter().find(|(title, _)| b.iter().any(|(other, _)| other == title));
    match title {
        _ if how == How::GivenName => None,
        Some((title, _)) if how == How::Reversed => Some((12, format!("both {}", title.replace('-', " ")))),
        Some((title, _)) => Some((14, format!("both {}", title.replace('-', " ")))),
        None if how == How::Reversed => Some((0, "no office that both have".to_owned())),
        None => None,
    }
}

//! Which people, organisations and places are the same.

use crate::cluster::{Constraints, Step, cluster};
use crate::corpus::{Member, articles};
use crate::corrections::{Action, Corrections, Reference};
use crate::decision::{Decision, DecisionKind};
use crate::fold::{fold, is_bare_surname};
use crate::gazetteer;
use crate::key::{Key, Kind};
use crate::memory::{Memory, Settled};
use crate::naming::{Naming, namings};
use crate::profile::Profiles;
use crate::stage::{BlockKey, Stage};
use demarche_record::Record;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ptr;
use std::sync::Arc;

/// The stage that tells which people, bodies and places are one: blocks by the sound of surnames, by initials, by names.
pub struct Names<'c> {
    /// What a reader has set right.
    pub corrections: &'c Corrections,
    /// What blocks came to before, if that is known.
    pub memory: Option<&'c Memory>,
}

/// What a block of names comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamesOutcome {
    pub(crate) things: Vec<Named>,
    /// Decisions, with the numbers of the things that they are about.
    pub(crate) decisions: Vec<(Decision, Option<usize>, Option<usize>)>,
    /// Corrections that meant something here.
    pub(crate) applied: BTreeSet<usize>,
}

/// One person, body or place, and what the records call it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub(crate) kind: Kind,
    pub(crate) namings: Vec<Naming>,
    /// Keys by which a correction may mean the whole of it: its own without corrections, those of its parts.
    pub(crate) known_as: BTreeSet<Key>,
}

impl Stage for Names<'_> {
    type Item = Naming;
    type Outcome = NamesOutcome;

    fn map(&self, record: &Record) -> Vec<(BlockKey, Naming)> {
        namings(record)
    }

    fn reduce(&self, _: &BlockKey, mut namings: Vec<Naming>) -> NamesOutcome {
        namings.sort_by(|a, b| a.member.cmp(&b.member));
        let anew = || decide(&namings, &BTreeMap::new(), &[]);
        let settled = match self.memory {
            Some(memory) => memory.settle(memory.of_namings(&namings), namings.len(), anew),
            None => Arc::new(anew()),
        };
        if self.corrections.entries().is_empty() {
            return NamesOutcome::of(namings, &settled);
        }
        let outcome = NamesOutcome::of(namings.clone(), &settled);
        let Some(meant) = Meant::of(self.corrections, &namings, &outcome.things) else { return outcome };
        meant.decide(self.corrections, namings, &outcome.things)
    }
}

/// Clusters the namings of a block. `meant` and `pairs` are what corrections say of them.
fn decide(namings: &[Naming], meant: &BTreeMap<usize, BTreeSet<(usize, usize)>>, pairs: &[Pair]) -> Settled {
    let profiles = Profiles::new(namings, meant);
    let mut place: BTreeMap<&Member, usize> = BTreeMap::new();
    for (i, profile) in profiles.all.iter().enumerate() {
        place.extend(profile.namings.iter().map(|naming| (&naming.member, i)));
    }
    let mut constraints = Constraints::default();
    for pair in pairs {
        let (one, other) = (place[&namings[pair.one].member], place[&namings[pair.other].member]);
        if one != other {
            match pair.same {
                true => constraints.same.push((one, other)),
                false => _ = constraints.different.insert((one.min(other), one.max(other))),
            }
        }
    }
    constraints.same.sort_unstable();
    constraints.same.dedup();
    let (clusters, steps) = cluster(&profiles, &constraints);
    let mut cluster_of = vec![0; profiles.all.len()];
    for (i, cluster) in clusters.iter().enumerate() {
        cluster.iter().for_each(|&one| cluster_of[one] = i);
    }
    let number: BTreeMap<*const Naming, u32> =
        (0..).zip(namings).map(|(i, naming)| (ptr::from_ref(naming), i)).collect();
    let things = clusters.iter().map(|cluster| {
        let namings = cluster.iter().flat_map(|&one| &profiles.all[one].namings);
        let mut numbers: Vec<u32> = namings.map(|naming| number[&ptr::from_ref(*naming)]).collect();
        numbers.sort_unstable();
        numbers
    });
    let things: Vec<Vec<u32>> = things.collect();
    let decisions = tell(&profiles, &cluster_of, namings, &things, steps);
    Settled { things, decisions }
}

/// A pair of namings of which a correction says that they are the same or different.
struct Pair {
    one: usize,
    other: usize,
    same: bool,
}

/// What the corrections mean in a block: namings, by the correction's number and the reference's place in it.
struct Meant {
    references: BTreeMap<(usize, usize), BTreeSet<usize>>,
}

impl Meant {
    /// None where no correction means anything in the block.
    fn of(corrections: &Corrections, namings: &[Naming], things: &[Named]) -> Option<Self> {
        let kind = namings.first()?.kind;
        let mut references = BTreeMap::new();
        for (i, correction) in corrections.entries().iter().enumerate() {
            let things_meant: &[Reference] = match &correction.action {
                Action::Same(all) | Action::Different(all) => all,
                Action::Drop(thing) => std::slice::from_ref(thing),
                Action::Rename { .. } | Action::Set { .. } => continue,
            };
            for (j, reference) in things_meant.iter().enumerate().filter(|(_, thing)| thing.key.kind() == kind) {
                let parts = matches!(correction.action, Action::Different(_));
                let found = namings_of(reference, namings, things, parts);
                if !found.is_empty() {
                    references.insert((i, j), found);
                }
            }
        }
        (!references.is_empty()).then_some(Self { references })
    }

    fn decide(self, corrections: &Corrections, namings: Vec<Naming>, before: &[Named]) -> NamesOutcome {
        let mut applied: BTreeSet<usize> = BTreeSet::new();
        let mut dropped: BTreeMap<usize, usize> = BTreeMap::new();
        let mut meant: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
        let mut pairs: Vec<(usize, usize, bool, usize)> = Vec::new();
        for (i, correction) in corrections.entries().iter().enumerate() {
            let mut sets: Vec<BTreeSet<usize>> =
                self.references.range((i, 0)..(i + 1, 0)).map(|(_, namings)| namings.clone()).collect();
            if sets.is_empty() {
                continue;
            }
            applied.insert(i);
            let same = match correction.action {
                Action::Drop(_) => {
                    dropped.extend(sets.concat_all().into_iter().map(|naming| (naming, i)));
                    continue;
                }
                Action::Same(_) => true,
                _ => {
                    exclusive(&mut sets);
                    false
                }
            };
            for (j, set) in sets.iter().enumerate() {
                set.iter().for_each(|naming| _ = meant.entry(*naming).or_default().insert((i, j)));
            }
            for (k, one) in sets.iter().enumerate() {
                for other in &sets[k + 1..] {
                    for &a in one {
                        for &b in other.iter().take(if same { 1 } else { usize::MAX }) {
                            pairs.push((a, b, same, i));
                        }
                    }
                }
            }
            if same {
                for set in &sets {
                    pairs.extend(set.iter().zip(set.iter().skip(1)).map(|(&a, &b)| (a, b, true, i)));
                }
            }
        }
        let new_place: BTreeMap<usize, usize> = (0..namings.len())
            .filter(|naming| !dropped.contains_key(naming))
            .enumerate()
            .map(|(to, from)| (from, to))
            .collect();
        let meant = meant.into_iter().filter_map(|(naming, by)| Some((*new_place.get(&naming)?, by))).collect();
        let moved: Vec<Pair> = pairs
            .iter()
            .filter_map(|&(a, b, same, _)| Some(Pair { one: *new_place.get(&a)?, other: *new_place.get(&b)?, same }))
            .collect();
        let (mut gone, mut left) = (Vec::new(), Vec::new());
        for (i, naming) in namings.into_iter().enumerate() {
            match dropped.get(&i) {
                Some(correction) => gone.push((naming, *correction)),
                None => left.push(naming),
            }
        }
        let settled = decide(&left, &meant, &moved);
        let mut outcome = NamesOutcome::of(left, &settled);
        outcome.applied = applied.clone();
        let former: BTreeMap<&Member, &BTreeSet<Key>> = before
            .iter()
            .flat_map(|thing| thing.namings.iter().map(|naming| (&naming.member, &thing.known_as)))
            .collect();
        for thing in &mut outcome.things {
            let keys: BTreeSet<Key> =
                thing.namings.iter().flat_map(|naming| former[&naming.member].iter().cloned()).collect();
            thing.known_as.extend(keys);
        }
        for (naming, correction) in gone {
            let reason = format!("a correction says that {} is none{}", naming.name, because(corrections, correction));
            let mut decision = Decision::set_aside(vec![naming.member.clone()], reason);
            decision.things = vec![Reference { key: Key::named(naming.kind, &naming.folded), article: None }];
            decision.correction = Some(correction);
            outcome.decisions.push((decision, None, None));
        }
        for correction in applied {
            outcome.tell_correction(corrections, correction);
        }
        outcome
    }
}

/// All members of the sets.
trait ConcatAll {
    fn concat_all(&self) -> BTreeSet<usize>;
}

impl ConcatAll for Vec<BTreeSet<usize>> {
    fn concat_all(&self) -> BTreeSet<usize> {
        self.iter().flatten().copied().collect()
    }
}

/// Where two references of "different" mean one naming, the narrower one has it.
fn exclusive(sets: &mut [BTreeSet<usize>]) {
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by_key(|&i| (sets[i].len(), i));
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for i in order {
        sets[i].retain(|naming| !taken.contains(naming));
        taken.extend(&sets[i]);
    }
}

/// The namings that a reference means: those of the thing that bears its key, else those of that name; the other way round
/// where `parts` of a thing are to be told apart.
fn namings_of(reference: &Reference, namings: &[Naming], things: &[Named], parts: bool) -> BTreeSet<usize> {
    let of_thing: BTreeSet<&Member> = things
        .iter()
        .filter(|thing| thing.known_as.contains(&reference.key))
        .flat_map(|thing| thing.namings.iter().map(|naming| &naming.member))
        .collect();
    let named = |naming: &Naming| naming.folded == reference.key.name();
    let found = |by: &dyn Fn(&Naming) -> bool| -> BTreeSet<usize> {
        let here = namings.iter().enumerate().filter(|(_, naming)| reference.is_in(&naming.member.article));
        here.filter(|(_, naming)| by(naming)).map(|(i, _)| i).collect()
    };
    if parts || reference.article.is_some() {
        let by_name = found(&named);
        if !by_name.is_empty() {
            return by_name;
        }
    }
    let whole = found(&|naming| of_thing.contains(&naming.member));
    if whole.is_empty() { found(&named) } else { whole }
}

/// ": " and the reason that a correction gives, if it gives one.
pub(crate) fn because(corrections: &Corrections, correction: usize) -> String {
    let because = corrections.entries().get(correction).and_then(|entry| entry.because.as_ref());
    because.map_or(String::new(), |because| format!(": {because}"))
}

impl NamesOutcome {
    /// The things of a block: namings in the order of their members, and what they came to.
    fn of(namings: Vec<Naming>, settled: &Settled) -> Self {
        let mut namings: Vec<Option<Naming>> = namings.into_iter().map(Some).collect();
        let mut take = |place: &u32| namings.get_mut(usize::try_from(*place).ok()?)?.take();
        let things = settled.things.iter().map(|places| {
            let namings: Vec<Naming> = places.iter().filter_map(&mut take).collect();
            Named { kind: namings[0].kind, namings, known_as: BTreeSet::new() }
        });
        let mut things: Vec<Named> = things.collect();
        let keys = mint(&things.iter().collect::<Vec<_>>());
        for (thing, key) in things.iter_mut().zip(keys) {
            thing.known_as.insert(key);
        }
        Self { things, decisions: settled.decisions.clone(), applied: BTreeSet::new() }
    }

    /// Enters a decision for a correction that says "same" or "different" of things here.
    fn tell_correction(&mut self, corrections: &Corrections, correction: usize) {
        let (things, kind) = match &corrections.entries()[correction].action {
            Action::Same(things) => (things, DecisionKind::Same),
            Action::Different(things) => (things, DecisionKind::Apart),
            _ => return,
        };
        let about: Vec<usize> =
            (0..self.things.len()).filter(|&i| things.iter().any(|r| self.things[i].is(r))).collect();
        let Some(&first) = about.first() else { return };
        let other = about.get(1).copied().filter(|_| kind == DecisionKind::Apart);
        let members = self.things[first].namings.iter().map(|naming| naming.member.clone()).collect();
        let word = if kind == DecisionKind::Same { "the same" } else { "different" };
        let names: Vec<String> = things.iter().map(Reference::to_string).collect();
        let reason =
            format!("a correction says that {} are {word}{}", names.join(" and "), because(corrections, correction));
        let score = if kind == DecisionKind::Same { 100 } else { 0 };
        let decision = Decision {
            kind,
            about: None,
            other: None,
            things: things.clone(),
            members,
            score,
            reason,
            correction: Some(correction),
        };
        self.decisions.push((decision, Some(first), other));
    }
}

impl Named {
    pub(crate) fn members(&self) -> Vec<Member> {
        self.namings.iter().map(|naming| naming.member.clone()).collect()
    }

    /// Whether a reference means this thing or a part of it.
    pub(crate) fn is(&self, reference: &Reference) -> bool {
        self.kind == reference.key.kind()
            && self.namings.iter().any(|naming| {
                reference.is_in(&naming.member.article)
                    && (naming.folded == reference.key.name() || self.known_as.contains(&reference.key))
            })
    }

    /// The name of the gazetteer where all identifiers are one that it knows. Else the name in most namings, among those that are no bare surname and not all in capitals, where there are such. Of
    /// equally frequent ones the longest, then the one with more letters that plain ASCII lacks, then the first in order.
    pub(crate) fn best_name(&self) -> String {
        let identifiers = self.identifiers();
        if let (1, Some(name)) = (identifiers.len(), identifiers.first().and_then(|iri| gazetteer::name_of(iri))) {
            return name.to_owned();
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for naming in &self.namings {
            *counts.entry(&naming.name).or_default() += 1;
        }
        let rank = |name: &str, count: usize| {
            let full = self.kind != Kind::Person || !is_bare_surname(&fold(name));
            let mixed_case = name.chars().any(char::is_lowercase);
            let exact = name.chars().filter(|c| !c.is_ascii()).count();
            (full, mixed_case, count, name.chars().count(), exact)
        };
        let mut best: Option<(&str, usize)> = None;
        for (name, count) in counts {
            if best.is_none_or(|(other, of_other)| rank(name, count) > rank(other, of_other)) {
                best = Some((name, count));
            }
        }
        best.map(|(name, _)| name.to_owned()).unwrap_or_default()
    }

    pub(crate) fn identifiers(&self) -> BTreeSet<&String> {
        self.namings.iter().flat_map(|naming| &naming.identifiers).collect()
    }
}

/// The keys of things: the folded name. Of several that would bear the same, the one that most articles name keeps it (an
/// identified one before the others); to the others is added what follows the last `/` of their identifier, else six digits of
/// the first article that names them.
pub(crate) fn mint(things: &[&Named]) -> Vec<Key> {
    let mut bearers: BTreeMap<(Kind, String), Vec<usize>> = BTreeMap::new();
    for (i, thing) in things.iter().enumerate() {
        bearers.entry((thing.kind, fold(&thing.best_name()))).or_default().push(i);
    }
    let mut keys: Vec<Option<Key>> = vec![None; things.len()];
    for ((kind, slug), mut bearers) in bearers {
        bearers.sort_by_cached_key(|&i| {
            let members = things[i].members();
            let identifiers = things[i].identifiers().len();
            (identifiers == 0, std::cmp::Reverse(articles(&members)), members)
        });
        for (rank, &i) in bearers.iter().enumerate() {
            keys[i] = Some(match things[i].identifiers().first() {
                _ if rank == 0 => Key::named(kind, &slug),
                Some(iri) => {
                    Key::named(kind, &format!("{slug}-{}", fold(iri.rsplit(['/', '#']).next().unwrap_or(iri))))
                }
                None => {
                    let article = &things[i].namings[0].member;
                    let digits = crate::key::digest(&[&article.article, &article.local]);
                    Key::named(kind, &format!("{slug}-{}", &digits[..6]))
                }
            });
        }
    }
    keys.into_iter().map(|key| key.expect("each thing bears its own name")).collect()
}

/// The decisions that led to the things: one for each name in several articles, one for each name that joined another or
/// nearly did.
fn tell(
    profiles: &Profiles<'_>,
    cluster_of: &[usize],
    namings: &[Naming],
    things: &[Vec<u32>],
    steps: Vec<Step>,
) -> Vec<(Decision, Option<usize>, Option<usize>)> {
    let mut decisions = Vec::new();
    let mut places: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (i, thing) in things.iter().enumerate() {
        let mut names: BTreeMap<&str, Vec<&Naming>> = BTreeMap::new();
        for naming in thing.iter().map(|place| &namings[*place as usize]) {
            names.entry(&naming.folded).or_default().push(naming);
            places.entry(&naming.folded).or_default().insert(i);
        }
        for (folded, namings) in names.into_iter().filter(|(_, namings)| namings.len() > 1) {
            let members: Vec<Member> = namings.iter().map(|naming| naming.member.clone()).collect();
            let count = match articles(&members) {
                1 => "one article".to_owned(),
                count => format!("{count} articles"),
            };
            let identifier = namings[0].identifiers.first();
            let (score, reason) = match identifier.filter(|iri| namings.iter().all(|n| n.identifiers.contains(iri))) {
                Some(iri) => (99, format!("“{}” is {iri} in {count}", namings[0].name)),
                None => (97, format!("“{}” in {count}", namings[0].name)),
            };
            let things = vec![Reference { key: Key::named(namings[0].kind, folded), article: None }];
            decisions.push((Decision::same(things, members, score, reason), Some(i), None));
        }
    }
    // Steps between the same two names tell the same; the least certain one stands for all.
    let mut told: BTreeMap<(bool, &str, &str, usize, usize), Vec<&Step>> = BTreeMap::new();
    for step in &steps {
        let (a, b) = (cluster_of[step.one], cluster_of[step.other]);
        if step.joined || a != b {
            let names = (profiles.all[step.one].folded, profiles.all[step.other].folded);
            told.entry((step.joined, names.0, names.1, a, b)).or_default().push(step);
        }
    }
    for ((joined, name, other_name, a, b), steps) in told {
        let weakest =
            if joined { steps.iter().min_by_key(|step| step.score) } else { steps.iter().max_by_key(|s| s.score) };
        let Some(step) = weakest else { continue };
        let (one, other) = (&profiles.all[step.one], &profiles.all[step.other]);
        let namings = steps.iter().flat_map(|step| &profiles.all[step.one].namings);
        let members: BTreeSet<Member> = namings.map(|naming| naming.member.clone()).collect();
        // A name that means several things is told by its article.
        let reference = |name: &str, naming: &Naming, force: bool| {
            let article = (force || places[name].len() > 1).then(|| naming.member.article.clone());
            Reference { key: Key::named(naming.kind, name), article }
        };
        let same_name = name == other_name;
        let references =
            vec![reference(name, one.namings[0], same_name), reference(other_name, other.namings[0], same_name)];
        let said = match same_name {
            true => format!("“{}” here and there: {}", one.namings[0].name, step.reason),
            false => format!("“{}” and “{}”: {}", one.namings[0].name, other.namings[0].name, step.reason),
        };
        let members: Vec<Member> = members.into_iter().collect();
        decisions.push(match joined {
            true => (Decision::same(references, members, step.score, said), Some(a), None),
            false => (Decision::apart(references, members, step.score, said), Some(a), Some(b)),
        });
    }
    decisions
}

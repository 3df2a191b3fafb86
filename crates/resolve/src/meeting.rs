//! Which reports are of the same meeting.

use crate::cluster::{Candidates, Constraints, Relation, Step, cluster};
use crate::corpus::{Corpus, Member, articles};
use crate::corrections::{Action, Corrections, Reference};
use crate::decision::{Decision, DecisionKind};
use crate::fuse::{fuse, label};
use crate::key::Key;
use crate::membership::ByMember;
use crate::memory::{Memory, Settled};
use crate::named::set_in_words;
use crate::names::because;
use crate::occasion::{Occasion, Parties, occasions};
use crate::stage::{BlockKey, Stage, run};
use crate::writing::{Writing, writings};
use demarche_record::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The stage that tells which reports are of one meeting: blocks by the sides that take part.
pub struct Meetings<'c> {
    /// People, bodies and places, as [`crate::Names`] found them.
    pub corpus: &'c Corpus,
    /// What a reader has set right.
    pub corrections: &'c Corrections,
    /// What blocks came to before, if that is known.
    pub memory: Option<&'c Memory>,
    pub(crate) keys: &'c ByMember<Key>,
    pub(crate) parties: &'c Parties,
}

/// What a block of meetings comes to: groups of reports, and what was decided on them with the numbers of the groups.
pub struct MeetingsOutcome {
    pub(crate) groups: Vec<Vec<Occasion>>,
    pub(crate) decisions: Vec<(Decision, Option<usize>, Option<usize>)>,
    pub(crate) applied: BTreeSet<usize>,
}

impl Stage for Meetings<'_> {
    type Item = Occasion;
    type Outcome = MeetingsOutcome;

    fn map(&self, record: &Record) -> Vec<(BlockKey, Occasion)> {
        let found = occasions(record, self.keys, self.parties);
        found.into_iter().map(|occasion| (occasion.block(), occasion)).collect()
    }

    fn reduce(&self, _: &BlockKey, mut items: Vec<Occasion>) -> MeetingsOutcome {
        let mut outcome = MeetingsOutcome { groups: Vec::new(), decisions: Vec::new(), applied: BTreeSet::new() };
        items.retain(|occasion| match outcome.aside(occasion, self.corrections) {
            Some(decision) => {
                outcome.decisions.push((decision, None, None));
                false
            }
            None => true,
        });
        items.sort_by_cached_key(Occasion::order);
        let constraints = different(&items, self.corrections, &mut outcome.applied);
        let settled = match self.memory {
            // What corrections say of a block is no part of what is remembered of it.
            Some(memory) if constraints.is_empty() => {
                let block = Memory::of_reports(&items, self.corpus);
                memory.settle(block, items.len(), || decide(&items, &constraints, self.corpus))
            }
            _ => Arc::new(decide(&items, &constraints, self.corpus)),
        };
        outcome.decisions.extend(settled.decisions.iter().cloned());
        let is = |place: &u32, one: usize| usize::try_from(*place) == Ok(one);
        let group_of = |one: usize| settled.things.iter().position(|group| group.iter().any(|place| is(place, one)));
        for (decision, one, other) in told_apart(&items, self.corrections) {
            outcome.decisions.push((decision, group_of(one), group_of(other)));
        }
        let mut slots: Vec<Option<Occasion>> = items.into_iter().map(Some).collect();
        let mut take = |place: &u32| slots.get_mut(usize::try_from(*place).ok()?)?.take();
        outcome.groups = settled.things.iter().map(|group| group.iter().filter_map(&mut take).collect()).collect();
        outcome
    }
}

/// Clusters the reports of a block, in canonical order.
fn decide(items: &[Occasion], constraints: &Constraints, corpus: &Corpus) -> Settled {
    let (clusters, steps) = cluster(&Reports::new(items, corpus), constraints);
    let mut group_of = vec![0; items.len()];
    for (i, cluster) in clusters.iter().enumerate() {
        cluster.iter().for_each(|&one| group_of[one] = i);
    }
    // The weakest step that joined a group tells how sure it is; of what was kept apart the strongest.
    let mut joined: BTreeMap<usize, Step> = BTreeMap::new();
    let mut refused: BTreeMap<(usize, usize), Step> = BTreeMap::new();
    for step in steps {
        let (a, b) = (group_of[step.one], group_of[step.other]);
        if step.joined {
            let known = joined.entry(a).or_insert_with(|| step.clone());
            if step.score < known.score {
                *known = step;
            }
        } else if a != b {
            let known = refused.entry((a.min(b), a.max(b))).or_insert_with(|| step.clone());
            if step.score > known.score {
                *known = step;
            }
        }
    }
    let mut decisions = Vec::new();
    for (group, Step { one, other, score, reason, .. }) in joined {
        let members: Vec<Member> = clusters[group].iter().map(|&one| items[one].member.clone()).collect();
        let reason = format!("{reason}; {}", in_articles(&members));
        let things = vec![items[one].reference(), items[other].reference()];
        decisions.push((Decision::same(things, members, score, reason), Some(group), None));
    }
    for Step { one, other, score, reason, .. } in refused.into_values() {
        let things = vec![items[one].reference(), items[other].reference()];
        let decision = Decision::apart(things, vec![items[one].member.clone()], score, reason);
        decisions.push((decision, Some(group_of[one]), Some(group_of[other])));
    }
    let number = |place: &usize| u32::try_from(*place).expect("a block has fewer reports than 2³²");
    let things = clusters.iter().map(|cluster| cluster.iter().map(number).collect()).collect();
    Settled { things, decisions }
}

fn in_articles(members: &[Member]) -> String {
    match articles(members) {
        1 => "in one article".to_owned(),
        count => format!("in {count} articles"),
    }
}

impl MeetingsOutcome {
    /// The decision that leaves an occasion out, if one does.
    fn aside(&mut self, occasion: &Occasion, corrections: &Corrections) -> Option<Decision> {
        let members = vec![occasion.member.clone()];
        if occasion.participants.len() < 2 {
            let reason = "a meeting needs two participants, and this one's are the same or none".to_owned();
            return Some(Decision::set_aside(members, reason));
        }
        let mut entries = corrections.entries().iter().enumerate();
        let number = entries.find_map(|(i, entry)| match &entry.action {
            Action::Drop(thing) if occasion.is(thing) => Some(i),
            _ => None,
        })?;
        self.applied.insert(number);
        let reason = format!("a correction says that this was no meeting{}", because(corrections, number));
        let decision = Decision::set_aside(members, reason);
        Some(Decision { things: vec![occasion.reference()], correction: Some(number), ..decision })
    }
}

/// Which reports a correction tells apart. Those that one calls the same are joined when all blocks are decided.
fn different(items: &[Occasion], corrections: &Corrections, applied: &mut BTreeSet<usize>) -> Constraints {
    let mut constraints = Constraints::default();
    for (number, entry) in corrections.entries().iter().enumerate() {
        let Action::Different(things) = &entry.action else { continue };
        let of: Vec<Vec<usize>> =
            things.iter().map(|thing| (0..items.len()).filter(|&i| items[i].is(thing)).collect()).collect();
        for (i, all) in of.iter().enumerate() {
            if !all.is_empty() {
                applied.insert(number);
            }
            for other in of[i + 1..].iter().flatten() {
                for one in all.iter().filter(|one| *one != other) {
                    constraints.different.insert((*one.min(other), *one.max(other)));
                }
            }
        }
    }
    constraints
}

/// What corrections say is not the same here, with a report of either side.
fn told_apart(items: &[Occasion], corrections: &Corrections) -> Vec<(Decision, usize, usize)> {
    let mut found = Vec::new();
    for (number, entry) in corrections.entries().iter().enumerate() {
        let Action::Different(things) = &entry.action else { continue };
        let meant: Vec<usize> =
            things.iter().filter_map(|thing| items.iter().position(|item| item.is(thing))).collect();
        let [one, other, ..] = meant[..] else { continue };
        let names: Vec<String> = things.iter().map(Reference::to_string).collect();
        let reason =
            format!("a correction says that {} are different{}", names.join(" and "), because(corrections, number));
        let decision = Decision::apart(things.clone(), vec![items[one].member.clone()], 0, reason);
        found.push((Decision { correction: Some(number), ..decision }, one, other));
    }
    found
}

/// The reports of one block, in canonical order: the narrowest in time first.
struct Reports<'o> {
    items: &'o [Occasion],
    corpus: &'o Corpus,
    same_article: Vec<Vec<usize>>,
    none: BTreeSet<String>,
}

impl<'o> Reports<'o> {
    fn new(items: &'o [Occasion], corpus: &'o Corpus) -> Self {
        let mut by_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, item) in items.iter().enumerate() {
            by_article.entry(&item.member.article).or_default().push(i);
        }
        // An article's own reading already tells its occasions apart, unless it says the very same twice.
        let others = |i: usize| {
            let all = by_article[items[i].member.article.as_str()].iter().copied();
            let twice = |one: &Occasion, other: &Occasion| {
                one.fingerprint == other.fingerprint || one.may_be_told_twice(other, corpus)
            };
            all.filter(|&other| other != i && !twice(&items[i], &items[other])).collect()
        };
        let same_article = (0..items.len()).map(others).collect();
        Self { items, corpus, same_article, none: BTreeSet::new() }
    }
}

impl Candidates for Reports<'_> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn is_vague(&self, one: usize) -> bool {
        self.items[one].days.is_none_or(|days| days.width() > 31)
    }

    fn relation(&self, one: usize, other: usize) -> Relation {
        self.items[one].relation(&self.items[other], self.corpus)
    }

    fn told_apart(&self, one: usize) -> &[usize] {
        &self.same_article[one]
    }

    fn identifiers(&self, _: usize) -> &BTreeSet<String> {
        &self.none
    }

    fn prominence(&self, _: usize, _: &[usize], rivals: usize) -> (u8, &'static str) {
        if rivals == 0 { (4, "the only meeting of theirs that fits") } else { (0, "") }
    }

    fn vague_relation(&self, one: usize, other: usize, _: usize) -> Relation {
        self.relation(one, other)
    }

    fn is_blank(&self, _: usize) -> Option<String> {
        None
    }
}

/// Enters the meetings of the corpus and the decisions on them; gives the numbers of the corrections that met any.
pub(crate) fn enter(
    records: &[&Record],
    corrections: &Corrections,
    corpus: &mut Corpus,
    memory: Option<&Memory>,
    keys: &mut ByMember<Key>,
) -> BTreeSet<usize> {
    let parties = Parties::of(corpus);
    let stage = Meetings { corpus, corrections, memory, keys, parties: &parties };
    let mut blocks = run(&stage, records.iter().copied());
    let writings = date_articles(&stage, &mut blocks);
    let mut applied = BTreeSet::new();
    let (mut groups, mut decisions): (Vec<Vec<Occasion>>, Vec<_>) = (Vec::new(), Vec::new());
    for outcome in blocks.into_values() {
        let first = groups.len();
        groups.extend(outcome.groups);
        let moved = |number: Option<usize>| number.map(|number| number + first);
        decisions.extend(outcome.decisions.into_iter().map(|(d, about, other)| (d, moved(about), moved(other))));
        applied.extend(outcome.applied);
    }
    decisions.extend(writings.values().flat_map(Writing::decisions));
    corpus.written = writings.iter().map(|(article, writing)| (article.clone(), writing.written())).collect();
    let joined_to = join(&mut groups, corrections, &mut decisions, &mut applied);
    let mut key_of: BTreeMap<usize, Key> = BTreeMap::new();
    let mut found = Vec::new();
    for (i, group) in groups.iter().enumerate().filter(|(i, _)| joined_to[*i] == *i) {
        let mut meeting = fuse(group, corpus);
        group.iter().for_each(|occasion| keys.insert(&occasion.member, meeting.key.clone()));
        key_of.insert(i, meeting.key.clone());
        for (number, entry) in corrections.entries().iter().enumerate() {
            if let Action::Set { thing, values } = &entry.action
                && group.iter().any(|occasion| occasion.is(thing))
            {
                applied.insert(number);
                meeting.status = values.status.unwrap_or(meeting.status);
                meeting.mode = values.mode.or(meeting.mode);
                meeting.when = values.when.clone().or(meeting.when);
                if let Some(place) = values.place.as_ref().filter(|place| corpus.place(place).is_some()) {
                    meeting.place = Some(place.clone());
                }
                let members = group.iter().map(|occasion| occasion.member.clone()).collect();
                let reason = set_in_words(values, corrections, number);
                corpus.decisions.push(Decision::corrected(meeting.key.clone(), members, reason, number));
                meeting.label = label(&meeting, corpus);
            }
        }
        found.push(meeting);
    }
    for (mut decision, about, other) in decisions {
        decision.about = about.map(|group| key_of[&joined_to[group]].clone());
        decision.other = other.map(|group| key_of[&joined_to[group]].clone());
        if decision.kind != DecisionKind::Apart || decision.about != decision.other {
            corpus.decisions.push(decision);
        }
    }
    for occasion in groups.iter().flatten() {
        corpus.fingerprints.insert(&occasion.member, occasion.fingerprint.clone());
    }
    found.sort_by(|a, b| a.key.cmp(&b.key));
    corpus.meetings = found;
    applied
}

/// How many times the days of writing may be narrowed: what is dated anew may be known again in one more meeting.
const ROUNDS: usize = 3;

/// Dates the undated articles by the meetings that they share with others, and decides anew on the blocks of their meetings.
fn date_articles(stage: &Meetings<'_>, blocks: &mut BTreeMap<BlockKey, MeetingsOutcome>) -> BTreeMap<String, Writing> {
    let mut known: BTreeMap<String, Writing> = BTreeMap::new();
    for round in 0.. {
        let groups: Vec<&[Occasion]> = blocks.values().flat_map(|outcome| &outcome.groups).map(Vec::as_slice).collect();
        let mut found = writings(&groups);
        let is_known = |article: &str| found.get(article).map(|w| w.days) == known.get(article).map(|w| w.days);
        let is_touched = |outcome: &MeetingsOutcome| {
            outcome.groups.iter().flatten().any(|occasion| !is_known(&occasion.member.article))
        };
        let touched: Vec<BlockKey> =
            blocks.iter().filter(|(_, outcome)| is_touched(outcome)).map(|(key, _)| key.clone()).collect();
        if touched.is_empty() || round == ROUNDS {
            found.retain(|article, writing| known.get(article).is_some_and(|known| known.days == writing.days));
            return found;
        }
        for key in touched {
            let Some(before) = blocks.remove(&key) else { continue };
            let mut items: Vec<Occasion> = before.groups.into_iter().flatten().collect();
            for one in &mut items {
                one.set_written(found.get(&one.member.article).map(|writing| writing.days));
            }
            let mut outcome = stage.reduce(&key, items);
            // What was set aside is no item any more.
            let aside = before.decisions.into_iter().filter(|(d, ..)| d.kind == DecisionKind::SetAside);
            outcome.decisions.extend(aside);
            outcome.applied.extend(before.applied);
            blocks.insert(key, outcome);
        }
        known = found;
    }
    known
}

/// Joins groups that a correction calls the same. Gives for each the one that it has become part of.
fn join(
    groups: &mut [Vec<Occasion>],
    corrections: &Corrections,
    decisions: &mut Vec<(Decision, Option<usize>, Option<usize>)>,
    applied: &mut BTreeSet<usize>,
) -> Vec<usize> {
    let mut joined_to: Vec<usize> = (0..groups.len()).collect();
    for (number, entry) in corrections.entries().iter().enumerate() {
        let Action::Same(things) = &entry.action else { continue };
        let is_meant = |group: &Vec<Occasion>| things.iter().any(|thing| group.iter().any(|one| one.is(thing)));
        let meant: Vec<usize> = (0..groups.len()).filter(|&i| is_meant(&groups[i])).collect();
        let Some((&first, others)) = meant.split_first() else { continue };
        applied.insert(number);
        let names: Vec<String> = things.iter().map(Reference::to_string).collect();
        for &other in others {
            let gone = std::mem::take(&mut groups[other]);
            groups[first].extend(gone);
            joined_to.iter_mut().filter(|to| **to == other).for_each(|to| *to = first);
        }
        let members = groups[first].iter().map(|occasion| occasion.member.clone()).collect();
        let reason =
            format!("a correction says that {} are the same{}", names.join(" and "), because(corrections, number));
        let decision = Decision::same(things.clone(), members, 100, reason);
        decisions.push((Decision { correction: Some(number), ..decision }, Some(first), None));
    }
    joined_to
}

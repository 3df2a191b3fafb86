//! Several people at once: "they", "both", "the two leaders", "the US and Russian presidents".

use super::{Passed, Resolver};
use crate::entities::EntityId;
use crate::entities::roles::TitlePhrase;
use crate::entities::states::State;
use crate::entities::titles::{Title, TitleKind, same_office};
use demarche_nlp::{Dep, Tag};

impl Resolver<'_> {
    /// "they", "both": the last two or more people that were named together, subjects before others; else bodies or states.
    pub(super) fn group_of_pronoun(&self, t: usize) -> Vec<EntityId> {
        let sentence = self.sentence_of[t];
        let from = self.analysis.sentences()[sentence.saturating_sub(2)].start;
        let excluded = self.excluded(t);
        let open = |id: EntityId| !matches!(id, EntityId::Person(p) if excluded.contains(&p));
        let person = |id: EntityId| matches!(id, EntityId::Person(_)) && open(id);
        let found = self
            .last_group(t, 2, true, person)
            .or_else(|| self.last_group(t, 2, false, person))
            .or_else(|| self.last_group(t, 1, true, open));
        let Some((group, at)) = found else { return Vec::new() };
        // Another plural in between is as likely meant.
        let rival = (at.max(from)..t).any(|i| {
            let token = &self.analysis[i];
            let plural = matches!(token.tag, Tag::Nns | Tag::Nnps);
            let person = self.words.title_ending(i, i).is_some()
                || matches!(self.words.get(i), "people" | "force" | "group" | "troop" | "country" | "company" | "side");
            plural
                && person
                && matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass)
                && !self.past.iter().rev().take(30).any(|p| p.head == i && p.entities.len() > 1)
        });
        if rival { Vec::new() } else { group }
    }

    /// The last mention of several, or coordination of names, at most so many sentences back: its entities and its end.
    pub(super) fn last_group(
        &self,
        t: usize,
        reach: usize,
        subjects: bool,
        fits: impl Fn(EntityId) -> bool,
    ) -> Option<(Vec<EntityId>, usize)> {
        let sentence = self.sentence_of[t];
        let near: Vec<&Passed> = self.past.iter().rev().take_while(|p| sentence - p.sentence <= reach).collect();
        for passed in &near {
            if subjects && !self.is_subject(passed.head) {
                continue;
            }
            if passed.entities.len() > 1 && passed.entities.iter().all(|&e| fits(e)) {
                return Some((passed.entities.clone(), passed.tokens.end));
            }
            // "A, B and C": the conjuncts of a first name.
            let Some(&last) = passed.entities.first().filter(|&&e| fits(e)) else { continue };
            let mut group = vec![last];
            let mut head = passed.head;
            while self.analysis[head].dep == Dep::Conj {
                head = self.analysis[head].head;
                if let Some(other) = near.iter().find(|p| p.head == head && p.entities.len() == 1)
                    && fits(other.entities[0])
                    && !group.contains(&other.entities[0])
                {
                    group.insert(0, other.entities[0]);
                }
            }
            if group.len() > 1 {
                return Some((group, passed.tokens.end));
            }
        }
        None
    }

    /// People meant by a plural with a title: "the two leaders", "the US and Russian presidents".
    pub(super) fn several(&mut self, phrase: &TitlePhrase) -> Option<Vec<EntityId>> {
        let title = phrase.title;
        let states = self.states_in(phrase.tokens.start..phrase.head);
        let mut states_left = states.clone();
        // "the American and Russian presidents": the first adjective may lie before what the phrase took in.
        let mut at = phrase.tokens.start;
        while at >= 2 && self.words.get(at - 1) == "and" {
            let Some(mention) = self.entities.covering(at - 2).filter(|m| m.tokens.end == at - 1) else { break };
            if let Some(state) = mention.entities.first().and_then(|&id| Some((self.entities.state_of(id)?, id))) {
                states_left.insert(0, state);
            }
            at = mention.tokens.start;
        }
        if states_left.len() > 1 {
            let holders: Vec<EntityId> = states_left
                .iter()
                .filter_map(|&(state, id)| {
                    self.office_holder(title, state).map_or(Some(id), |p| Some(EntityId::Person(p)))
                })
                .collect();
            return Some(holders);
        }
        let number = (phrase.tokens.start..phrase.head).find_map(|i| match self.words.get(i) {
            "two" | "both" => Some(2),
            "three" => Some(3),
            "four" => Some(4),
            _ => None,
        });
        let definite = matches!(self.determiner(&phrase.tokens, phrase.role.start), Some("the" | "both" | "these"));
        let officials = matches!(
            title.phrase,
            "official"
                | "representative"
                | "diplomat"
                | "negotiator"
                | "envoy"
                | "lawmaker"
                | "general"
                | "commander"
                | "leader"
                | "minister"
                | "adviser"
                | "aide"
                | "executive"
                | "source"
                | "officer"
                | "spokesperson"
        );
        let body = self
            .entities
            .within(phrase.tokens.start..phrase.head)
            .filter_map(|m| m.entities.first().copied())
            .find(|id| matches!(id, EntityId::Organization(_)));
        if let Some(id) = body.filter(|_| officials) {
            return Some(vec![id]);
        }
        if let [(_, id)] = states.as_slice() {
            // "Russian officials", "the Iranian diplomats": they act for their state.

            return officials.then(|| vec![*id]);
        }
        if !definite && number.is_none() {
            return None;
        }
        let fits = |id: EntityId| match id {
            EntityId::Person(p) => {
                title.kind == TitleKind::Person
                    && title.gender.is_none_or(|g| self.entities.people[p].gender.is_none_or(|q| q == g))
                    || self.offices[p].iter().any(|o| same_office(title, o.title) > 0)
            }
            _ => false,
        };
        // "The two presidents" are no foreign ministers: an office rules out those who are known to hold others only.
        let office = matches!(title.phrase, "president" | "minister" | "head of state" | "adviser");
        let loose = |id: EntityId| match id {
            EntityId::Person(p) => {
                title.gender.is_none_or(|g| self.entities.people[p].gender.is_none_or(|q| q == g))
                    && !(office && !self.offices[p].is_empty() && !fits(id))
            }
            _ => false,
        };
        let head = phrase.head;
        let wanted = number.unwrap_or(2);
        let generic = matches!(
            title.phrase,
            "leader"
                | "man"
                | "woman"
                | "counterpart"
                | "official"
                | "diplomat"
                | "politician"
                | "minister"
                | "president"
                | "head of state"
                | "adviser"
                | "head"
                | "rival"
                | "candidate"
                | "negotiator"
        );
        let exact = |group: &[EntityId]| number.is_none_or(|n| n == group.len());
        let together = self.last_group(head, 3, false, fits).filter(|(g, _)| exact(g));
        let together = together
            .or_else(|| generic.then(|| self.last_group(head, 3, false, loose).filter(|(g, _)| exact(g))).flatten());
        // The last so many of fitting office.
        let mut recent: Vec<(usize, usize)> = (0..self.offices.len())
            .filter(|&p| fits(EntityId::Person(p)))
            .filter_map(|p| Some((self.by_person[p]?, p)))
            .collect();
        recent.sort_by_key(|&(last, _)| std::cmp::Reverse(last));
        let near = |last: usize| self.sentence_of[head] - self.past[last].sentence <= 4;
        let last_ones: Vec<EntityId> =
            recent.iter().take(wanted).filter(|&&(last, _)| near(last)).map(|&(_, p)| EntityId::Person(p)).collect();
        let whole = last_ones.len() == wanted && (number.is_some() || recent.len() == wanted);
        if let Some((group, _)) = together {
            return Some(group);
        }
        if whole {
            return Some(last_ones.into_iter().rev().collect());
        }
        if number.is_some() && generic {
            // The last two people of the article's last sentences.
            let mut last: Vec<EntityId> = Vec::new();
            for passed in self.past.iter().rev().take_while(|p| self.sentence_of[head] - p.sentence <= 3) {
                if let [id @ EntityId::Person(_)] = passed.entities.as_slice()
                    && loose(*id)
                    && !last.contains(id)
                {
                    last.push(*id);
                }
            }
            last.truncate(wanted);
            if last.len() == wanted {
                last.reverse();
                return Some(last);
            }
        }
        Some(Vec::new())
    }

    /// Who holds an office of a state in this article; the one mentioned last.
    pub(super) fn office_holder(&self, title: Title, state: &State) -> Option<usize> {
        let holds = |p: &usize| {
            self.offices[*p].iter().any(|o| {
                same_office(title, o.title) > 0
                    && o.of.and_then(|of| self.entities.state_of(of)).is_some_and(|s| s.iso == state.iso)
            })
        };
        (0..self.offices.len()).filter(holds).max_by_key(|&p| self.by_person[p])
    }
}

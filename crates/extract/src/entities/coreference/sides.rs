//! States and bodies by a common noun: "both sides", "the Russian delegation", "the ministry".

use super::Resolver;
use crate::entities::names::{self, Head};
use crate::entities::{EntityId, Mention, Organization};
use demarche_nlp::Tag;
use demarche_record::{MentionKind, OrganizationKind};
use std::ops::Range;

impl Resolver<'_> {
    /// "both sides", "the two countries", "the Russian side", "the US delegation", "the Biden administration".
    pub(super) fn sides(&mut self, t: usize, sentence: &Range<usize>) -> Option<Mention> {
        let word = self.words.get(t).to_owned();
        let plural = matches!(self.analysis[t].tag, Tag::Nns | Tag::Nnps);
        let pair = matches!(
            word.as_str(),
            "side"
                | "country"
                | "nation"
                | "party"
                | "state"
                | "neighbor"
                | "neighbour"
                | "power"
                | "government"
                | "capital"
                | "ally"
                | "delegation"
                | "team"
        );
        let acts = matches!(
            word.as_str(),
            "side"
                | "campaign"
                | "delegation"
                | "authority"
                | "authorities"
                | "leadership"
                | "government"
                | "administration"
                | "negotiator"
                | "team"
                | "regime"
                | "troops"
                | "forces"
                | "force"
                | "diplomacy"
                | "official"
                | "ally"
        );
        if !pair && !acts {
            return None;
        }
        let (role_start, start) = self.modifiers(t, sentence.start);
        let tokens = start..t + 1;
        let mention = |entities: Vec<EntityId>| {
            Some(Mention { tokens: tokens.clone(), head: t, entities, kind: MentionKind::Nominal })
        };
        let states = self.states_in(role_start..t);
        if acts && states.len() == 1 {
            return mention(vec![states[0].1]);
        }
        let mut people = self.entities.within(role_start..t).filter_map(|m| match m.entities.as_slice() {
            [EntityId::Person(p)] => Some((*p, m.tokens.clone())),
            _ => None,
        });
        let first = people.next();
        let end = people.last().or_else(|| first.clone()).map(|(_, tokens)| tokens.end);
        if let Some((p, tokens)) = first
            && end == Some(t)
            && matches!(word.as_str(), "administration" | "government" | "team" | "campaign" | "regime")
        {
            // "the Lee administration", "the Biden-Harris administration": by surnames.
            let surnames = self.analysis.words(tokens.end - 1..t);
            let name = format!("{surnames} {word}");
            let id = self.entities.organizations.iter().position(|o| o.name == name).unwrap_or_else(|| {
                let state = self.entities.state_of(EntityId::Person(p));
                let kind = if word == "team" || word == "campaign" {
                    OrganizationKind::Other
                } else {
                    OrganizationKind::Government
                };
                self.entities.organizations.push(Organization {
                    name,
                    kind,
                    state,
                    wikidata: None,
                    listed: None,
                    is_seat: false,
                });
                self.entities.organizations.len() - 1
            });
            return mention(vec![EntityId::Organization(id)]);
        }
        let both = (start..t).any(|i| matches!(self.words.get(i), "two" | "both"));
        if pair && plural && (both || word == "side" && self.words.get(start) == "the") {
            let is_state = |id: EntityId| self.entities.is_state(id);
            if let Some((group, _)) = self.last_group(t, 3, false, is_state).filter(|(g, _)| g.len() == 2) {
                return mention(group);
            }
            let mut last: Vec<EntityId> = Vec::new();
            for passed in self.past.iter().rev().take_while(|p| self.sentence_of[t] - p.sentence <= 4) {
                for &id in &passed.entities {
                    let state = self.entities.state_of(id).and_then(|s| self.entities.state(s.iso));
                    if let Some(state) = state.filter(|s| !last.contains(s)) {
                        last.push(state);
                    }
                }
                if last.len() >= 2 {
                    break;
                }
            }
            last.truncate(2);
            last.reverse();
            return mention(if last.len() == 2 { last } else { Vec::new() });
        }
        None
    }

    /// "the ministry", "the agency": the last body whose name ends so, or of that kind.
    pub(super) fn body(&self, t: usize, sentence: &Range<usize>) -> Option<Mention> {
        let word = self.words.get(t);
        let Some(Head::Body(kind)) = names::head(word) else { return None };
        if matches!(self.analysis[t].tag, Tag::Nns | Tag::Nnps)
            || matches!(
                word,
                "campaign"
                    | "mission"
                    | "front"
                    | "co"
                    | "force"
                    | "post"
                    | "service"
                    | "office"
                    | "command"
                    | "initiative"
                    | "project"
                    | "program"
                    | "programme"
                    | "conference"
                    | "system"
                    | "press"
                    | "media"
                    | "military"
                    | "news"
                    | "review"
                    | "network"
                    | "movement"
                    | "trust"
                    | "society"
                    | "team"
            )
        {
            return None;
        }
        let (role_start, start) = self.modifiers(t, sentence.start);
        if start == role_start || self.words.get(start) != "the" || role_start != t {
            return None;
        }
        let same_word = |name: &str| name.to_lowercase().split([' ', '-']).any(|w| w == word);
        let by_kind = matches!(
            word,
            "company"
                | "newspaper"
                | "agency"
                | "group"
                | "organization"
                | "organisation"
                | "party"
                | "alliance"
                | "bank"
        );
        let orgs = &self.entities.organizations;
        let find = |fits: &dyn Fn(usize) -> bool| {
            self.past.iter().rev().find_map(|p| match p.entities.as_slice() {
                [EntityId::Organization(o)] if fits(*o) => Some(*o),
                _ => None,
            })
        };
        let kind_fits = |o: usize| match word {
            "agency" | "newspaper" => orgs[o].kind == OrganizationKind::Media,
            "alliance" => orgs[o].kind == OrganizationKind::International,
            "organization" | "organisation" | "group" => {
                matches!(orgs[o].kind, OrganizationKind::International | OrganizationKind::Other)
            }
            _ => orgs[o].kind == kind,
        };
        let found = find(&|o| same_word(&orgs[o].name)).or_else(|| by_kind.then(|| find(&kind_fits)).flatten());
        Some(Mention {
            tokens: start..t + 1,
            head: t,
            entities: found.map(EntityId::Organization).into_iter().collect(),
            kind: MentionKind::Nominal,
        })
    }
}

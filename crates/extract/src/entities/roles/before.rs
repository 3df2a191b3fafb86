//! The title before the name: "Russian Foreign Minister Sergei Lavrov", "Presidents Ma and Xi".

use super::{Offices, RoleFinder, TitlePhrase};
use crate::entities::titles::TitleKind;
use crate::entities::{Entities, EntityId, Mention};
use demarche_nlp::{Pos, Tag};
use demarche_record::MentionKind;

impl RoleFinder<'_> {
    /// "Russian Foreign Minister Sergei Lavrov", "Presidents Ma and Xi", "Prime Minister of Slovakia Igor Matovič".
    pub(super) fn before(&self, person: usize, mention: &Mention, entities: &mut Entities, offices: &mut Offices) {
        let sentence = self.analysis.sentence_of(mention.tokens.start);
        let mut at = mention.tokens.start;
        // The first of a coordination carries the title: "Presidents Ma and Xi", "presidents Xi Jinping and Ma Ying-jeou".
        let mut place_in_list = 0;
        while at > sentence.start {
            let i = at - 1;
            let joined = matches!(self.words.get(i), "and" | "," | "&") && i > sentence.start;
            let previous = joined.then(|| entities.covering(i - 1)).flatten().filter(|m| {
                m.kind == MentionKind::Name
                    && matches!(m.entities.as_slice(), [EntityId::Person(p)] if *p != person)
                    && m.tokens.end == i
            });
            let Some(previous) = previous else { break };
            at = previous.tokens.start;
            place_in_list += 1;
        }
        let coordinated = place_in_list > 0;
        let first = if coordinated && mention.tokens.start > at { at } else { mention.tokens.start };
        let own = self.title_before(mention.tokens.start, sentence.start, entities);
        if let Some(phrase) = own {
            let plural = matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps);
            let state = plural.then(|| self.share(&phrase, 0, entities)).flatten();
            self.assert(person, &phrase, entities, offices, state);
            // Titles one after the other: "Secretary of State Cardinal Parolin".
            if phrase.title_start == phrase.tokens.start
                && phrase.title_start > sentence.start
                && let Some(second) = self.phrases.around(phrase.title_start - 1, false, entities)
                && !matches!(self.words.get(phrase.title_start - 1), "," | "and")
            {
                self.assert(person, &second, entities, offices, None);
            }
            // A second title before the first: "Deputy Prime Minister and Foreign Minister X".
            let joint = phrase.tokens.start;
            if joint >= sentence.start + 2
                && self.words.get(joint - 1) == "and"
                && let Some(second) =
                    self.title_before(joint - 1, sentence.start, entities).filter(|p| p.tokens.start == p.role.start)
            {
                self.assert(person, &second, entities, offices, None);
            }
        } else if coordinated {
            let shared = self.title_before(first, sentence.start, entities);
            if let Some(phrase) = shared.filter(|p| matches!(self.analysis[p.head].tag, Tag::Nns | Tag::Nnps)) {
                let state = self.share(&phrase, place_in_list, entities);
                self.assert(person, &phrase, entities, offices, state);
            }
        }
    }

    /// The title phrase that ends right before a name.
    pub(super) fn title_before(&self, name: usize, from: usize, entities: &Entities) -> Option<TitlePhrase> {
        let mut last = name.checked_sub(1).filter(|&i| i >= from)?;
        let closing = matches!(self.words.get(last), "," | "\"" | "“") && last > from;
        if closing {
            // "his counterparts, A, B and C" has a comma between.
            let plural = matches!(self.analysis[last - 1].tag, Tag::Nns | Tag::Nnps);
            if !plural || self.words.get(last) != "," {
                return None;
            }
            last -= 1;
        }
        if let Some(phrase) = self.phrases.around(last, false, entities) {
            if phrase.title.kind == TitleKind::Honorific
                && phrase.title_start > from
                && let Some(more) = self.phrases.around(phrase.title_start - 1, false, entities)
            {
                return Some(more);
            }
            return Some(phrase);
        }
        // "Prime Minister of Slovakia Igor Matovič", "Deputy Prime Minister for Finance X".
        let body = entities
            .covering(last)
            .filter(|m| !matches!(m.entities.first(), Some(EntityId::Person(_))))
            .map(|m| m.tokens.start);
        let mut start = body.unwrap_or(last);
        while start > from
            && (matches!(self.words.get(start - 1), "the" | "'s") || self.analysis[start - 1].pos == Pos::Propn)
            && last - start < 6
        {
            start -= 1;
        }
        let of = start.checked_sub(1).filter(|&i| i > from && matches!(self.words.get(i), "of" | "for" | "to"))?;
        let mut phrase = self.phrases.around(of - 1, false, entities)?;
        if matches!(phrase.title.kind, TitleKind::Honorific | TitleKind::Person)
            || !self.analysis[last].pos.eq(&Pos::Propn)
        {
            return None;
        }
        phrase.role.end = last + 1;
        phrase.tokens.end = last + 1;
        Some(phrase)
    }

    /// With "the Danish, French and US presidents A, B and C": the state of the one at a place in the list.
    pub(super) fn share(&self, phrase: &TitlePhrase, place: usize, entities: &Entities) -> Option<EntityId> {
        let states: Vec<EntityId> = entities
            .within(phrase.tokens.start..phrase.title_start)
            .filter_map(|m| m.entities.first().copied())
            .collect();
        let more = self.states_further_left(phrase, entities);
        let all: Vec<EntityId> = more.into_iter().chain(states).collect();
        (all.len() > 1).then(|| all.get(place).copied()).flatten()
    }

    pub(super) fn states_further_left(&self, phrase: &TitlePhrase, entities: &Entities) -> Vec<EntityId> {
        let mut found = Vec::new();
        let mut at = phrase.tokens.start;
        while at >= 2 && matches!(self.words.get(at - 1), "and" | ",") {
            let Some(mention) =
                entities.covering(at - 2).filter(|m| m.kind != MentionKind::Pronoun && m.tokens.end == at - 1)
            else {
                break;
            };
            let Some(id) = mention.entities.first().copied().filter(|id| !matches!(id, EntityId::Person(_))) else {
                break;
            };
            found.insert(0, id);
            at = mention.tokens.start;
        }
        found
    }
}

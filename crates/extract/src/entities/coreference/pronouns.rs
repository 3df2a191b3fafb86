//! Who "he", "she" and "it" are.

use super::Resolver;
use crate::entities::titles::TitleKind;
use crate::entities::{EntityId, Gender, Mention};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::MentionKind;

impl Resolver<'_> {
    pub(super) fn pronoun(&mut self, t: usize) -> Option<Mention> {
        let token = &self.analysis[t];
        if token.pos != Pos::Pron
            && !matches!(token.tag, Tag::Prp | Tag::PrpPoss)
            && !(token.tag == Tag::Dt && self.words.get(t) == "both")
        {
            return None;
        }
        // "His Majesty" is a title.
        if t + 1 < self.analysis.len()
            && self
                .words
                .title_starting(t + 1, self.analysis.len())
                .is_some_and(|(_, title)| title.kind == TitleKind::Honorific)
        {
            return None;
        }
        let gender = match self.words.get(t) {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            _ => None,
        };
        let found = match (gender, self.words.get(t)) {
            (Some(gender), _) => self.most_likely(t, gender).into_iter().map(EntityId::Person).collect(),
            (None, "they" | "them" | "their" | "theirs" | "themselves") => self.group_of_pronoun(t),
            (None, "both") if matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj) => {
                self.group_of_pronoun(t)
            }
            (None, "it") if matches!(token.dep, Dep::Nsubj) => self.body_of_pronoun(t),
            _ => return None,
        };
        Some(Mention { tokens: t..t + 1, head: t, entities: found, kind: MentionKind::Pronoun })
    }

    /// "it said": the body or state that was the subject before.
    pub(super) fn body_of_pronoun(&self, t: usize) -> Vec<EntityId> {
        let verb = self.analysis[t].head;
        if !matches!(
            &*self.analysis[verb].lemma,
            "say"
                | "add"
                | "announce"
                | "state"
                | "report"
                | "warn"
                | "deny"
                | "claim"
                | "stress"
                | "note"
                | "declare"
                | "confirm"
                | "insist"
                | "tell"
                | "ask"
                | "urge"
        ) {
            return Vec::new();
        }
        let sentence = self.sentence_of[t];
        let subject = self.past.iter().rev().take_while(|p| sentence - p.sentence <= 1).find(|p| {
            matches!(p.entities.as_slice(), [EntityId::Organization(_) | EntityId::Place(_)])
                && matches!(self.analysis[p.head].dep, Dep::Nsubj | Dep::Nsubjpass)
                && self.analysis[p.head].head != verb
        });
        subject.map(|p| p.entities.clone()).unwrap_or_default()
    }
}

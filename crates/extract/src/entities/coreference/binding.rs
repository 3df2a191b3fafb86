//! Whom a pronoun cannot mean, by the syntax of its sentence.

use super::{Passed, Resolver};
use crate::entities::EntityId;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::MentionKind;

impl Resolver<'_> {
    /// People that a pronoun cannot be: its co-arguments, those it is joined to, the one whose phrase it is part of, and
    /// inside a quotation the one who speaks.
    pub(super) fn excluded(&self, t: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let token = &self.analysis[t];
        let reflexive = self.words.get(t).ends_with("self") || self.words.get(t).ends_with("selves");
        let possessive = token.tag == Tag::PrpPoss || token.dep == Dep::Poss;
        let mut exclude = |head: usize| {
            for passed in self.past.iter().rev().take(12).filter(|p| p.head == head) {
                if let [EntityId::Person(p)] = passed.entities.as_slice() {
                    found.push(*p);
                }
            }
        };
        if possessive {
            // "his friend Lee", "his wife, Ann": the whole is not its part. What follows is not passed yet.
            let owned = token.head;
            exclude(owned);
            for &child in self.analysis.children(owned) {
                if matches!(self.analysis[child].dep, Dep::Appos | Dep::Compound | Dep::Conj) {
                    exclude(child);
                }
            }
            match self.analysis[owned].dep {
                // "Lee, his lawyer".
                Dep::Appos => exclude(self.analysis[owned].head),
                // "Lee was appointed her successor", "Lee is his lawyer": who is it is another's. "It was her idea".
                Dep::Attr | Dep::Oprd if !self.words.get(token.head.min(t + 1)).eq("own") => {
                    let verb = self.analysis[owned].head;
                    if self.words.title_ending(owned, owned).is_some()
                        && let Some(subject) = self.analysis.child(verb, &[Dep::Nsubj, Dep::Nsubjpass])
                    {
                        exclude(subject);
                    }
                }
                _ => {}
            }
        } else if !reflexive {
            let mut verb = token.head;
            if self.analysis[verb].dep == Dep::Prep
                || self.analysis[verb].dep == Dep::Agent
                || self.analysis[verb].dep == Dep::Dative && self.analysis[verb].pos == Pos::Adp
            {
                verb = self.analysis[verb].head;
            }
            for &argument in self.analysis.children(verb) {
                if argument != t
                    && matches!(
                        self.analysis[argument].dep,
                        Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Dative | Dep::Attr
                    )
                {
                    exclude(argument);
                    for conjunct in self.analysis.children_by(argument, Dep::Conj) {
                        exclude(conjunct);
                    }
                }
            }
            // "Lee, who attacked him", "Lee, with whom she had worked": the relative pronoun is the antecedent once more.
            if self.analysis[verb].dep == Dep::Relcl {
                exclude(self.analysis[verb].head);
            }
            // "Lee told him that", and the open subject of "Lee wanted to see him".
            if self.analysis[verb].dep == Dep::Xcomp && !matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass) {
                let upper = self.analysis[verb].head;
                let object = self.analysis.child(upper, &[Dep::Dobj]);
                if let Some(subject) = object.or_else(|| self.analysis.child(upper, &[Dep::Nsubj, Dep::Nsubjpass])) {
                    exclude(subject);
                }
            }
            if token.dep == Dep::Conj {
                exclude(token.head);
            }
            for conjunct in self.analysis.children_by(t, Dep::Conj) {
                exclude(conjunct);
            }
        }
        if let Some(quote) = self.quote_of[t] {
            // The subject of a verb around the quotation speaks.
            let around = self.analysis.ancestors(t).find(|&a| self.quote_of[a] != Some(quote));
            if let Some(subject) = around.and_then(|verb| self.analysis.child(verb, &[Dep::Nsubj])) {
                let speaker = self.entities.headed_by(subject).map(|m| m.entities.clone()).unwrap_or_default();
                found
                    .extend(speaker.iter().filter_map(|id| if let EntityId::Person(p) = id { Some(*p) } else { None }));
                exclude_passed(&self.past, subject, &mut found);
            }
        }
        found
    }
}

fn exclude_passed(past: &[Passed], head: usize, found: &mut Vec<usize>) {
    for passed in past.iter().rev().take(12).filter(|p| p.head == head && p.kind != MentionKind::Pronoun) {
        if let [EntityId::Person(p)] = passed.entities.as_slice() {
            found.push(*p);
        }
    }
}

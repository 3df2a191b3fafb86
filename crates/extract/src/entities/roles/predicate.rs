//! What a sentence says that somebody is or does: "Lee is the mayor", "was appointed envoy", "leads the alliance".

use super::{Offices, RoleFinder};
use crate::entities::titles::TitleKind;
use crate::entities::{Entities, EntityId, Mention, Role};
use demarche_nlp::{Dep, Tag};
use demarche_record::MentionKind;

impl RoleFinder<'_> {
    /// "Lee leads the alliance", "Lee, who founded it", "the fleet is commanded by Lee": what somebody does for a body is an
    /// office of it.
    pub(super) fn deeds(&self, person: usize, mention: &Mention, entities: &mut Entities) {
        const DEEDS: &[(&str, &str)] = &[
            ("lead", "leader"),
            ("head", "head"),
            ("chair", "chair"),
            ("command", "commander"),
            ("direct", "director"),
            ("found", "founder"),
            ("co-found", "co-founder"),
            ("edit", "editor"),
        ];
        let analysis = self.analysis;
        let title_of =
            |verb: usize| DEEDS.iter().find(|(lemma, _)| **lemma == *analysis[verb].lemma).map(|&(_, title)| title);
        let body = |head: usize| {
            let name = entities.headed_by(head).filter(|m| m.kind == MentionKind::Name)?;
            let id = name.entities.first().copied().filter(|id| !matches!(id, EntityId::Person(_)))?;
            (!entities.is_state(id)).then(|| (id, name.tokens.clone()))
        };
        let governor = analysis[mention.head].head;
        let relatives = analysis.children_by(mention.head, Dep::Relcl).filter(|&verb| {
            analysis.child(verb, &[Dep::Nsubj]).is_some_and(|subject| self.words.get(subject) == "who")
        });
        let own = (analysis[mention.head].dep == Dep::Nsubj).then_some(governor);
        let mut found = Vec::new();
        for verb in own.into_iter().chain(relatives) {
            if let Some(title) = title_of(verb).filter(|_| analysis.child(verb, &[Dep::Neg]).is_none())
                && let Some((id, tokens)) = analysis.child(verb, &[Dep::Dobj]).and_then(body)
                && verb < tokens.start
            {
                found.push((title, id, verb..tokens.end));
            }
        }
        // "… is led by Lee".
        if analysis[mention.head].dep == Dep::Pobj && self.words.get(governor) == "by" {
            let verb = analysis[governor].head;
            if let Some(title) = title_of(verb).filter(|_| analysis[verb].tag == Tag::Vbn)
                && let Some((id, tokens)) = analysis.child(verb, &[Dep::Nsubjpass]).and_then(body)
                && tokens.start < verb
            {
                found.push((title, id, tokens.start..verb + 1));
            }
        }
        for (title, id, tokens) in found {
            let known = entities.people[person].roles.iter().any(|r| r.of == Some(id) && r.title == title);
            if !known {
                entities.people[person].roles.push(Role {
                    title: title.to_owned(),
                    of: Some(id),
                    tokens,
                    former: false,
                });
            }
        }
    }

    pub(super) fn makes_somebody_something(&self, verb: usize) -> bool {
        matches!(
            &*self.analysis[verb].lemma,
            "appoint"
                | "name"
                | "elect"
                | "nominate"
                | "designate"
                | "make"
                | "crown"
                | "choose"
                | "proclaim"
                | "declare"
                | "install"
        )
    }

    pub(super) fn predicate(
        &self,
        person: usize,
        verb: usize,
        entities: &mut Entities,
        offices: &mut Offices,
        nominals: &mut Vec<Mention>,
    ) {
        let lemma = &*self.analysis[verb].lemma;
        if self.analysis.child(verb, &[Dep::Neg]).is_some() {
            return;
        }
        let mut heads: Vec<usize> = Vec::new();
        if matches!(lemma, "be" | "become" | "remain" | "'s") {
            heads.extend(self.analysis.children_by(verb, Dep::Attr));
        }
        if self.makes_somebody_something(verb) {
            heads.extend(self.analysis.children_by(verb, Dep::Oprd));
        }
        if self.makes_somebody_something(verb)
            || matches!(
                lemma,
                "serve"
                    | "work"
                    | "act"
                    | "resign"
                    | "retire"
                    | "inaugurate"
                    | "swear"
                    | "succeed"
                    | "run"
                    | "quit"
                    | "step"
            )
        {
            for prep in self.analysis.children_by(verb, Dep::Prep).filter(|&p| self.words.get(p) == "as") {
                heads.extend(self.analysis.children_by(prep, Dep::Pobj));
            }
        }
        let conjuncts: Vec<usize> = heads.iter().flat_map(|&h| self.analysis.children_by(h, Dep::Conj)).collect();
        heads.extend(conjuncts);
        for head in heads {
            if let Some(phrase) = self.phrases.around(head, true, entities) {
                if matches!(phrase.title.kind, TitleKind::Honorific | TitleKind::Person)
                    || entities.covering(head).is_some_and(|m| {
                        m.kind == MentionKind::Name && matches!(m.entities.first(), Some(EntityId::Person(_)))
                    })
                {
                    continue;
                }
                self.found_beside(person, phrase, entities, offices, nominals);
            }
        }
    }
}

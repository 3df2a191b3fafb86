//! What stands beside a name: "Lavrov, Russia's top diplomat,", "the top diplomat, Lavrov,", "Lee of the Treasury".

use super::{Office, Offices, RoleFinder, TitlePhrase};
use crate::entities::titles::TitleKind;
use crate::entities::{Entities, EntityId, Mention, Role};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::MentionKind;

impl RoleFinder<'_> {
    /// "Lavrov, Russia's top diplomat," and "Russia's top diplomat, Lavrov,"; "Ann Lee (spokeswoman)".
    pub(super) fn beside(
        &self,
        person: usize,
        mention: &Mention,
        entities: &mut Entities,
        offices: &mut Offices,
        nominals: &mut Vec<Mention>,
    ) {
        let sentence = self.analysis.sentence_of(mention.tokens.start);
        let end = mention.tokens.end;
        if end + 1 < sentence.end && matches!(self.words.get(end), "," | "(" | "—" | "–") {
            let mut at = end + 1;
            // "Lee, 45, a lawyer".
            if self.analysis[at].pos == Pos::Num && at + 2 < sentence.end && self.words.get(at + 1) == "," {
                at += 2;
            }
            while at < sentence.end
                && matches!(
                    self.words.get(at),
                    "who"
                        | "is"
                        | "was"
                        | "currently"
                        | "also"
                        | "now"
                        | "been"
                        | "has"
                        | "then"
                        | "one"
                        | "of"
                        | "once"
                        | "became"
                        | "works"
                        | "worked"
                        | "serves"
                        | "served"
                        | "as"
                        | "and"
                        | "appointed"
                        | "elected"
                        | "named"
                        | "sworn"
                )
                && at < end + 6
            {
                at += 1;
            }
            if let Some(mut phrase) = self.phrase_starting(at, sentence.end, entities) {
                self.body_after_comma(&mut phrase, sentence.end, entities);
                // "the leader and supreme commander of the army": a second title of the same person.
                let and = phrase.tokens.end;
                let second = (and + 1 < sentence.end && self.words.get(and) == "and")
                    .then(|| self.phrase_starting(and + 1, sentence.end, entities))
                    .flatten()
                    .filter(|second| {
                        self.analysis[second.head].dep == Dep::Conj && second.title.kind != TitleKind::Person
                    });
                self.found_beside(person, phrase, entities, offices, nominals);
                if let Some(second) = second {
                    self.found_beside(person, second, entities, offices, nominals);
                }
            }
        }
        // "Lavrov is the …", "Lavrov, who became …": the predicate.
        let verb = self.analysis[mention.head].head;
        if matches!(self.analysis[mention.head].dep, Dep::Nsubj | Dep::Nsubjpass) {
            self.predicate(person, verb, entities, offices, nominals);
        }
        for relative in self.analysis.children_by(mention.head, Dep::Relcl) {
            let who = self.analysis.child(relative, &[Dep::Nsubj, Dep::Nsubjpass]);
            if who.is_some_and(|w| self.words.get(w) == "who") {
                self.predicate(person, relative, entities, offices, nominals);
            }
        }
        // "Washington appointed Lee ambassador", "named Lee as ambassador".
        if self.analysis[mention.head].dep == Dep::Dobj && self.makes_somebody_something(verb) {
            self.predicate(person, verb, entities, offices, nominals);
        }
        // "Russia's top diplomat, Lavrov,".
        if mention.tokens.start >= sentence.start + 2
            && self.words.get(mention.tokens.start - 1) == ","
            && self.analysis[mention.head].dep == Dep::Appos
        {
            let noun = self.analysis[mention.head].head;
            if noun < mention.tokens.start
                && mention.tokens.start - noun < 16
                && let Some(phrase) = self.phrases.around(noun, true, entities)
                && phrase.tokens.end <= mention.tokens.start
            {
                self.found_beside(person, phrase, entities, offices, nominals);
            }
        }
        // The same where the parser has lost it: "…'s coach, Ann Lee, …".
        if mention.tokens.start >= sentence.start + 2
            && self.words.get(mention.tokens.start - 1) == ","
            && self.analysis[mention.head].dep != Dep::Appos
            && mention.tokens.end < sentence.end
            && matches!(self.words.get(mention.tokens.end), "," | "." | ";")
            && let Some(phrase) = self.phrases.around(mention.tokens.start - 2, false, entities)
            && (phrase.tokens.start < phrase.role.start
                || phrase.role.clone().any(|i| self.analysis[i].tag == Tag::Pos))
            && !matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps)
        {
            self.found_beside(person, phrase, entities, offices, nominals);
        }
        // "A spokesman for the commissioner for trade, Ann Lee, told": the phrase may be long, and the parser hangs the name
        // on its last word.
        if mention.tokens.start >= sentence.start + 4
            && self.words.get(mention.tokens.start - 1) == ","
            && mention.tokens.end < sentence.end
            && self.words.get(mention.tokens.end) == ","
        {
            let comma = mention.tokens.start - 1;
            let from = sentence.start.max(comma.saturating_sub(14));
            let long = (from..comma - 1).find_map(|head| {
                let phrase = self.phrases.around(head, true, entities)?;
                let singular = !matches!(self.analysis[head].tag, Tag::Nns | Tag::Nnps);
                (phrase.tokens.end == comma && phrase.tokens.start < phrase.role.start && singular).then_some(phrase)
            });
            if let Some(phrase) = long {
                self.found_beside(person, phrase, entities, offices, nominals);
            }
        }
        // Without a comma the parser may still hang the name on a longer phrase: "leader of the caravan Irineo Mujica".
        let governor = self.analysis[mention.head].head;
        if matches!(self.analysis[mention.head].dep, Dep::Appos)
            && governor < mention.tokens.start
            && self.words.get(mention.tokens.start - 1) != ","
            && let Some(phrase) =
                self.phrases.around(governor, true, entities).filter(|p| p.tokens.end <= mention.tokens.start)
        {
            self.found_beside(person, phrase, entities, offices, nominals);
        }
    }

    /// "Lee, commander, U.S. Central Command, said": the body of an office stands after a comma.
    pub(super) fn body_after_comma(&self, phrase: &mut TitlePhrase, until: usize, entities: &Entities) {
        let comma = phrase.role.end;
        if phrase.role.end != phrase.head + 1
            || phrase.role.start != phrase.tokens.start
            || !matches!(phrase.title.kind, TitleKind::Office | TitleKind::Rank)
            || comma + 2 >= until
            || self.words.get(comma) != ","
        {
            return;
        }
        let body = entities.around(comma + 1).find(|m| {
            m.tokens.start == comma + 1
                && m.kind == MentionKind::Name
                && matches!(m.entities.first(), Some(EntityId::Organization(_)))
                && (m.tokens.end == until || matches!(self.words.get(m.tokens.end), "," | "." | ")"))
        });
        if let Some(body) = body {
            phrase.role.end = body.tokens.end;
            phrase.tokens.end = body.tokens.end;
        }
    }

    /// The title phrase that starts at a token: determiner, modifiers, title; not when a name follows the title.
    pub(super) fn phrase_starting(&self, start: usize, until: usize, entities: &Entities) -> Option<TitlePhrase> {
        let mut at = start;
        let mut head = None;
        while at < until && at < start + 14 {
            let token = &self.analysis[at];
            let inside = matches!(token.pos, Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::X)
                || matches!(token.tag, Tag::Pos | Tag::PrpPoss | Tag::Hyph | Tag::Vbn | Tag::Vbg)
                || matches!(self.words.get(at), "-" | "then" | "former");
            if !inside {
                break;
            }
            let last_of_phrase = at + 1 >= until
                || !matches!(self.analysis[at + 1].pos, Pos::Noun | Pos::Propn | Pos::Adj)
                    && self.analysis[at + 1].tag != Tag::Pos
                    && self.analysis[at + 1].tag != Tag::Hyph;
            if last_of_phrase && self.words.title_ending(at, start).is_some() {
                head = Some(at);
                break;
            }
            at += 1;
        }
        let phrase = self.phrases.around(head?, true, entities)?;
        (phrase.tokens.start >= start
            && !entities.covering(phrase.head).is_some_and(|m| {
                m.kind == MentionKind::Name && matches!(m.entities.first(), Some(EntityId::Person(_)))
            }))
        .then_some(phrase)
    }

    /// "President Putin of Russia", "Martin Smith of PBS": the state or body after the name.
    pub(super) fn after(&self, person: usize, mention: &Mention, entities: &mut Entities, offices: &mut Offices) {
        let sentence = self.analysis.sentence_of(mention.tokens.start);
        let mut at = mention.tokens.end;
        if at >= sentence.end || self.words.get(at) != "of" {
            return;
        }
        at += 1;
        if at < sentence.end && self.words.get(at) == "the" {
            at += 1;
        }
        let body = (at < sentence.end)
            .then(|| entities.covering(at))
            .flatten()
            .filter(|m| m.tokens.start == at && m.kind == MentionKind::Name);
        let Some((id, tokens)) = body.and_then(|m| m.entities.first().map(|&id| (id, m.tokens.clone()))) else {
            return;
        };
        if matches!(id, EntityId::Person(_)) {
            return;
        }
        let title = self.title_before(mention.tokens.start, sentence.start, entities);
        match title.filter(|t| t.title.kind != TitleKind::Honorific) {
            Some(title) => {
                for role in
                    entities.people[person].roles.iter_mut().filter(|r| r.tokens == title.role && r.of.is_none())
                {
                    role.of = Some(id);
                }
                let bare = offices[person].iter_mut().rev().find(|o| o.of.is_none() && o.title == title.title);
                match bare {
                    Some(office) => office.of = Some(id),
                    None => offices[person].push(Office { title: title.title, of: Some(id), told: true }),
                }
            }
            None if matches!(id, EntityId::Organization(_)) => {
                // An affiliation without a title bears the name of the body.
                let name = entities.name(id).to_owned();
                entities.people[person].roles.push(Role { title: name, of: Some(id), tokens, former: false });
            }
            None => {}
        }
    }
}

//! Who "he", "she" and "it" are.

use super::{Passed, Resolver};
use crate::entities::titles::TitleKind;
use crate::entities::{EntityId, Gender, Mention};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::MentionKind;

/// What being the subject of a main clause adds to the weight of a mention.
const MAIN_CLAUSE: f64 = 10.0;

/// How many sentences back a pronoun is looked up.
const REACH: usize = 5;

impl Resolver<'_> {
    pub(super) fn pronoun(&self, t: usize) -> Option<Mention> {
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
            (Some(gender), _) => self.person_of_pronoun(t, gender).into_iter().map(EntityId::Person).collect(),
            (None, "they" | "them" | "their" | "theirs" | "themselves") => self.group_of_pronoun(t),
            (None, "both") if matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj) => {
                self.group_of_pronoun(t)
            }
            (None, "it") if matches!(token.dep, Dep::Nsubj) => self.body_of_pronoun(t),
            _ => return None,
        };
        Some(Mention { tokens: t..t + 1, head: t, entities: found, kind: MentionKind::Pronoun })
    }

    pub(super) fn person_of_pronoun(&self, t: usize, gender: Gender) -> Option<usize> {
        let excluded = self.excluded(t);
        let outside = self.quote_of[t].is_none();
        // Person, weight over all sentences, and the sentence counted last with the weight there: of what a sentence says of
        // somebody only the weightiest counts, or "the Swiss president, Guy Parmelin," would be two mentions.
        let mut salience: Vec<(usize, f64, usize, f64)> = Vec::new();
        for passed in self.past.iter().rev() {
            // Sentences that are all quotation are passed over by the one who tells the story.
            let distance = if outside {
                self.told_of[self.sentence_of[t]].saturating_sub(self.told_of[passed.sentence])
            } else {
                self.sentence_of[t] - passed.sentence
            };
            if distance > REACH {
                break;
            }
            let [EntityId::Person(person)] = passed.entities.as_slice() else { continue };
            let known = self.entities.people[*person].gender;
            if known.is_some_and(|g| g != gender) || excluded.contains(person) {
                continue;
            }
            let agrees = if known.is_some() { 1.0 } else { 0.6 };
            let mut weight = self.weight(passed, t) * agrees / f64::from(1u32 << distance.min(8));
            if self.quote_of[passed.head].is_some() && self.quote_of[t].is_none() {
                weight *= 0.3;
            }
            match salience.iter_mut().find(|(p, ..)| p == person) {
                Some((_, sum, sentence, there)) if *sentence == passed.sentence => {
                    *sum += (weight - *there).max(0.0);
                    *there = there.max(weight);
                }
                Some((_, sum, sentence, there)) => {
                    *sum += weight;
                    (*sentence, *there) = (passed.sentence, weight);
                }
                None => salience.push((*person, weight, passed.sentence, weight)),
            }
        }
        if let Some(person) = self.subject_ahead(t, gender, &excluded) {
            return Some(person);
        }
        // The nearest of the most salient: they were collected from the nearest on.
        let best = salience.iter().map(|&(_, sum, ..)| sum).fold(0.0, f64::max);
        if let Some(&(person, ..)) = salience.iter().find(|&&(_, sum, ..)| sum == best) {
            return Some(person);
        }
        self.cataphor(t, gender, &excluded)
    }

    /// A possessive in a phrase that opens the sentence goes with a subject that is named after it: "In his speech, Lee said".
    pub(super) fn subject_ahead(&self, t: usize, gender: Gender, excluded: &[usize]) -> Option<usize> {
        if self.analysis[t].dep != Dep::Poss {
            return None;
        }
        let sentence = self.analysis.sentence_of(t);
        let prep = self.analysis.ancestors(t).find(|&a| self.analysis[a].dep == Dep::Prep)?;
        let verb = self.analysis[prep].head;
        let opens = (sentence.start..prep).all(|i| {
            self.analysis[i].pos != Pos::Verb && self.analysis[i].pos != Pos::Noun && self.analysis[i].pos != Pos::Propn
        });
        let subject = self.analysis.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).filter(|&s| s > t && opens)?;
        let mention = self.entities.headed_by(subject).filter(|m| m.kind == MentionKind::Name)?;
        match mention.entities.as_slice() {
            [EntityId::Person(p)]
                if !excluded.contains(p) && self.entities.people[*p].gender.is_none_or(|g| g == gender) =>
            {
                Some(*p)
            }
            _ => None,
        }
    }

    /// "In his speech, Lee said": the subject of the clause that a phrase before it belongs to.
    pub(super) fn cataphor(&self, t: usize, gender: Gender, excluded: &[usize]) -> Option<usize> {
        let sentence = self.analysis.sentence_of(t);
        let subject = self.analysis.ancestors(t).find_map(|a| {
            let subject = self.analysis.child(a, &[Dep::Nsubj, Dep::Nsubjpass])?;
            (subject > t && sentence.contains(&subject)).then_some(subject)
        })?;
        let mention = self.entities.headed_by(subject)?;
        match mention.entities.as_slice() {
            [EntityId::Person(p)]
                if !excluded.contains(p) && self.entities.people[*p].gender.is_none_or(|g| g == gender) =>
            {
                Some(*p)
            }
            _ => None,
        }
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

    /// The weight of a mention for a pronoun, by its grammatical role.
    pub(super) fn weight(&self, passed: &Passed, pronoun: usize) -> f64 {
        let mut head = passed.head;
        let mut weight = 1.0;
        // A conjunct has the role of the first.
        for _ in 0..4 {
            match self.analysis[head].dep {
                Dep::Conj => {
                    head = self.analysis[head].head;
                    weight *= 0.85;
                }
                Dep::Appos => {
                    head = self.analysis[head].head;
                }
                _ => break,
            }
        }
        let subject = matches!(self.analysis[head].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj);
        let role = match self.analysis[head].dep {
            Dep::Nsubj | Dep::Nsubjpass | Dep::Root => 170.0,
            Dep::Agent | Dep::Attr => 80.0,
            Dep::Dobj | Dep::Dative | Dep::Oprd => 110.0,
            Dep::Poss => 100.0,
            Dep::Pobj => 85.0,
            Dep::Compound | Dep::Nmod | Dep::Amod => 40.0,
            _ => 60.0,
        };
        let is_subject = matches!(self.analysis[pronoun].dep, Dep::Nsubj | Dep::Nsubjpass);
        let parallel = if subject && is_subject { 35.0 } else { 0.0 };
        // The subject of the main clause before those of the clauses under it: who speaks before who is spoken of.
        let main = if subject && self.analysis[self.analysis[head].head].dep == Dep::Root { MAIN_CLAUSE } else { 0.0 };
        let recent = if self.sentence_of[passed.head] == self.sentence_of[pronoun] { 60.0 } else { 0.0 };
        weight * (role + parallel + recent + main)
    }
}

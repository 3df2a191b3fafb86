//! Which of the people named so far "he" or "she" most likely is.
//!
//! The candidates that agree and that syntax allows are ranked by a weighted sum of evidence. Its sorts are those of Lappin
//! and Leass (An Algorithm for Pronominal Anaphora Resolution, Computational Linguistics 20, 1994), grammatical role,
//! parallelism and distance, and of centering (Grosz, Joshi and Weinstein, Computational Linguistics 21, 1995). The weights
//! are those of a conditional logit model (McFadden 1974) over the candidates of each pronoun, fitted with
//! `cargo xtask fit-pronouns` on one half of the development cases of GAP (Webster et al., Transactions of the ACL 6, 2018;
//! Apache-2.0) and rounded; two that hardly occur there are set by reason and say so.

use super::{Passed, Resolver};
use crate::entities::{EntityId, Gender};
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::MentionKind;

/// How many sentences back a pronoun is looked up.
const REACH: usize = 5;

macro_rules! evidence {
    ($($(#[$doc:meta])* $name:ident = $weight:literal,)*) => {
        /// A sign for or against somebody whom a pronoun may mean.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Evidence {
            $($(#[$doc])* $name,)*
        }

        impl Evidence {
            const WEIGHTS: &[f64] = &[$($weight),*];
            /// All, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What it adds to the score of a candidate.
            pub fn weight(self) -> f64 {
                Self::WEIGHTS[self as usize]
            }
        }
    };
}

evidence! {
    /// Named in the sentence of the pronoun.
    SameSentence = 1.4,
    /// Named last two sentences before.
    TwoBack = -0.6,
    /// Three or more before.
    Farther = -0.5,
    /// Two or more before, and no subject there.
    FarAndNoSubject = -0.9,
    /// Subject in the sentence of the pronoun.
    SubjectHere = 0.3,
    /// Object there.
    ObjectHere = 0.1,
    /// Governed by a preposition there.
    ObliqueHere = -0.4,
    /// Subject in the sentence before.
    SubjectBefore = 0.3,
    /// Subject of its main clause.
    MainSubjectBefore = 0.7,
    /// Object in the sentence before.
    ObjectBefore = 0.4,
    /// Governed by a preposition there.
    ObliqueBefore = -0.5,
    /// A subject in a sentence still before that.
    SubjectAgain = 0.4,
    /// Both are subjects.
    Parallel = 0.6,
    /// Both are subjects, of one sentence and the next.
    ParallelBefore = 0.2,
    /// Subject of the pronoun's own clause.
    OwnSubject = 0.3,
    /// The same, of a possessive: "Lee praised her team".
    PossessiveOfSubject = 0.5,
    /// Subject of the clause around the pronoun's: "Lee said that she".
    UpperSubject = 0.4,
    /// Part of a coordination: "Lee and Holt".
    Conjunct = -1.1,
    /// The best mention is a pronoun.
    Pronoun = -0.3,
    /// The nearest mention is a pronoun.
    PronounNearest = -0.4,
    /// The nearest mention is a description.
    Description = 0.6,
    /// An object pronoun after no subject: "Holt gave Lee a map and thanked him".
    ObjectAfterObject = 0.6,
    /// An object pronoun after a subject.
    ObjectAfterSubject = -0.4,
    /// The same, of the sentence before.
    ObjectAfterSubjectBefore = -0.3,
    /// A subject pronoun after no subject in the sentence before.
    SubjectAfterOtherBefore = -0.6,
    /// A subject pronoun after a possessive: "Lee's mother said she".
    SubjectAfterPossessive = -0.5,
    /// Modified by the relative clause that holds the pronoun: "Lee, who lost her keys".
    Relative = 0.3,
    /// Opens its sentence.
    Initial = 0.2,
    /// After "of".
    OfPhrase = -0.3,
    /// How often the article names the person (logarithm).
    Topic = 0.8,
    /// The nearest candidate.
    Nearest = 0.6,
    /// The second nearest.
    SecondNearest = 0.2,
    /// Tokens between (logarithm).
    Tokens = -0.3,
    /// Both inside one quotation.
    SameQuotation = 0.4,
    /// Named inside a quotation, the pronoun is outside. By reason: the quoted voice is another's.
    OnlyQuoted = -1.0,
    /// The gender is not known. By reason: known agreement is better than none.
    GenderUnknown = -0.5,
    /// The subject after a phrase with the pronoun: "In his letter, Lee".
    AheadOfPossessive = 0.7,
    /// The subject after a clause with the pronoun: "After she won, Lee".
    AheadOfSubject = 0.4,
    /// Either, with nobody named before it in the sentence.
    AheadAndFirst = 1.8,
}

/// The grammatical role of a mention, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Subject,
    Object,
    Oblique,
    Possessive,
    Other,
}

/// A pronoun, and what spoke for and against each person whom it might mean.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Token of the pronoun.
    pub pronoun: usize,
    /// People, the nearest first, with the evidence.
    pub candidates: Vec<(usize, Vec<(Evidence, f64)>)>,
}

/// A person that a pronoun may mean.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Index of the person.
    person: usize,
    /// The weightiest mention of the nearest sentence and the nearest mention, as indices into the passed ones.
    passed: Option<(usize, usize)>,
    /// Sentences between.
    distance: usize,
    /// Whether a subject in a sentence before that.
    subject_again: bool,
    /// Whether it is the subject after a phrase or clause that holds the pronoun.
    ahead: bool,
}

impl Resolver<'_> {
    /// The person whom "he" or "she" means.
    pub(super) fn most_likely(&mut self, t: usize, gender: Gender) -> Option<usize> {
        let mut candidates = self.candidates(t, gender);
        if let Some(person) = self.asked(t)
            && candidates.iter().any(|candidate| candidate.person == person)
        {
            candidates.retain(|candidate| candidate.person == person);
        }
        let weighed = candidates.iter().enumerate().map(|(rank, candidate)| {
            let mut evidence = Vec::new();
            self.evidence(t, candidate, rank, |sign, value| evidence.push((sign, value)));
            (candidate.person, evidence)
        });
        let choice = Choice { pronoun: t, candidates: weighed.collect() };
        let score = |evidence: &[(Evidence, f64)]| evidence.iter().map(|(sign, value)| sign.weight() * value).sum();
        let scored = choice.candidates.iter().map(|(person, evidence)| -> (f64, usize) { (score(evidence), *person) });
        // Of equals the nearest.
        let best = scored.rev().max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, person)| person);
        self.entities.choices.push(choice);
        best
    }

    /// The people that a pronoun may mean, the nearest first.
    pub(super) fn candidates(&self, t: usize, gender: Gender) -> Vec<Candidate> {
        let excluded = self.excluded(t);
        let agrees = |person: usize| {
            self.entities.people[person].gender.is_none_or(|g| g == gender) && !excluded.contains(&person)
        };
        let mut found: Vec<Candidate> = Vec::new();
        for (i, passed) in self.past.iter().enumerate().rev() {
            let distance = self.sentences_between(passed, t);
            if distance > REACH {
                break;
            }
            let [EntityId::Person(person)] = *passed.entities.as_slice() else { continue };
            if !agrees(person) {
                continue;
            }
            let role = self.role(passed.head).0;
            let Some(candidate) = found.iter_mut().find(|c| c.person == person) else {
                let passed = Some((i, i));
                found.push(Candidate { person, passed, distance, subject_again: false, ahead: false });
                continue;
            };
            let Some((best, _)) = &mut candidate.passed else { continue };
            if self.past[*best].sentence != passed.sentence {
                candidate.subject_again |= role == Role::Subject;
            } else if role < self.role(self.past[*best].head).0 {
                *best = i;
            }
        }
        if let Some(person) = self.subject_ahead(t).filter(|&p| agrees(p)) {
            match found.iter_mut().find(|c| c.person == person) {
                Some(candidate) => candidate.ahead = true,
                None => {
                    found.push(Candidate { person, passed: None, distance: 0, subject_again: false, ahead: true });
                }
            }
        }
        found
    }

    /// The person named as the subject of a clause after the phrase or clause of it that holds the pronoun.
    fn subject_ahead(&self, t: usize) -> Option<usize> {
        let analysis = self.analysis;
        let sentence = analysis.sentence_of(t);
        analysis.ancestors(t).find_map(|verb| {
            let subject = analysis.child(verb, &[Dep::Nsubj, Dep::Nsubjpass])?;
            let mention = self.entities.headed_by(subject)?;
            let ahead = sentence.contains(&subject) && mention.tokens.start > t && mention.kind == MentionKind::Name;
            match mention.entities.as_slice() {
                [EntityId::Person(person)] if ahead => Some(*person),
                _ => None,
            }
        })
    }

    /// "Asked whether he would resign, Lee said": who answers is who was asked.
    fn asked(&self, t: usize) -> Option<usize> {
        let analysis = self.analysis;
        let question = analysis.ancestors(t).find(|&verb| {
            analysis[verb].tag == Tag::Vbn
                && analysis[verb].dep == Dep::Advcl
                && matches!(&*analysis[verb].lemma, "ask" | "press" | "question")
                && analysis.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).is_none()
        })?;
        let answer = analysis.child(analysis[question].head, &[Dep::Nsubj])?;
        match self.entities.headed_by(answer)?.entities.as_slice() {
            [EntityId::Person(person)] if answer > t => Some(*person),
            _ => None,
        }
    }

    /// What speaks for and against a candidate; `rank` counts from the nearest.
    pub(super) fn evidence(&self, t: usize, candidate: &Candidate, rank: usize, mut tell: impl FnMut(Evidence, f64)) {
        use Evidence as E;
        let analysis = self.analysis;
        let token = &analysis[t];
        let possessive = token.tag == Tag::PrpPoss || token.dep == Dep::Poss;
        let subject = is_subject(token.dep);
        let object = !possessive && !subject;
        let mut when = |holds: bool, evidence: Evidence| {
            if holds {
                tell(evidence, 1.0);
            }
        };
        when(self.entities.people[candidate.person].gender.is_none(), E::GenderUnknown);
        if candidate.ahead {
            when(possessive, E::AheadOfPossessive);
            when(subject, E::AheadOfSubject);
            let mut here = self.past.iter().rev().take_while(|p| p.sentence == self.sentence_of[t]);
            when(!here.any(|p| matches!(p.entities.as_slice(), [EntityId::Person(_)])), E::AheadAndFirst);
        }
        if let Some((best, nearest)) = candidate.passed {
            let (best, nearest) = (&self.past[best], &self.past[nearest]);
            let (role, head, conjunct) = self.role(best.head);
            let (here, before) = (candidate.distance == 0, candidate.distance == 1);
            when(here, E::SameSentence);
            when(candidate.distance == 2, E::TwoBack);
            when(candidate.distance > 2, E::Farther);
            when(candidate.distance > 1 && role != Role::Subject, E::FarAndNoSubject);
            when(here && role == Role::Subject, E::SubjectHere);
            when(here && role == Role::Object, E::ObjectHere);
            when(here && role == Role::Oblique, E::ObliqueHere);
            when(before && role == Role::Subject, E::SubjectBefore);
            let main = role == Role::Subject && analysis[analysis[head].head].dep == Dep::Root;
            when(before && main, E::MainSubjectBefore);
            when(before && role == Role::Object, E::ObjectBefore);
            when(before && role == Role::Oblique, E::ObliqueBefore);
            when(candidate.subject_again, E::SubjectAgain);
            when(subject && role == Role::Subject, E::Parallel);
            when(subject && role == Role::Subject && before, E::ParallelBefore);
            when(conjunct, E::Conjunct);
            when(best.kind == MentionKind::Pronoun, E::Pronoun);
            when(nearest.kind == MentionKind::Pronoun, E::PronounNearest);
            when(nearest.kind == MentionKind::Nominal, E::Description);
            when(object && here && role != Role::Subject, E::ObjectAfterObject);
            when(object && here && role == Role::Subject, E::ObjectAfterSubject);
            when(object && before && role == Role::Subject, E::ObjectAfterSubjectBefore);
            when(subject && before && role != Role::Subject, E::SubjectAfterOtherBefore);
            when(subject && here && role == Role::Possessive, E::SubjectAfterPossessive);
            when(best.tokens.start == analysis.sentences()[best.sentence].start, E::Initial);
            when(analysis[head].dep == Dep::Pobj && self.words.get(analysis[head].head) == "of", E::OfPhrase);
            let quotation = self.quote_of[best.head];
            when(quotation.is_some() && quotation == self.quote_of[t], E::SameQuotation);
            when(quotation.is_some() && self.quote_of[t].is_none(), E::OnlyQuoted);
            if best.sentence == self.sentence_of[t] {
                let relative = |a: usize| analysis[a].dep == Dep::Relcl && analysis[a].head == best.head;
                when(analysis.ancestors(t).any(relative), E::Relative);
                let level = self.commands(candidate.person, t);
                when(level == Some(0), E::OwnSubject);
                when(level == Some(0) && possessive, E::PossessiveOfSubject);
                when(level == Some(1), E::UpperSubject);
            }
            when(rank == 0, E::Nearest);
            when(rank == 1, E::SecondNearest);
            tell(E::Tokens, (1.0 + t.abs_diff(nearest.head) as f64).ln());
        }
        tell(E::Topic, (1.0 + self.named[candidate.person] as f64).ln());
    }

    /// How many clauses above a pronoun a person is the subject: 0 for its own clause; the lowest counts.
    fn commands(&self, person: usize, t: usize) -> Option<usize> {
        let analysis = self.analysis;
        let verbs = analysis
            .ancestors(t)
            .filter(|&a| matches!(analysis[a].pos, Pos::Verb | Pos::Aux) || analysis[a].dep == Dep::Root);
        verbs.take(6).enumerate().find_map(|(level, verb)| {
            let mut here = self.past.iter().rev().take_while(|p| p.sentence == self.sentence_of[t]);
            let subject = |p: &Passed| {
                let head = self.role(p.head).1;
                p.entities.as_slice() == [EntityId::Person(person)]
                    && is_subject(analysis[head].dep)
                    && analysis[head].head == verb
            };
            here.any(subject).then_some(level)
        })
    }

    /// Sentences between a mention and a pronoun. Those that are all quotation are passed over by the one who tells the story.
    fn sentences_between(&self, passed: &Passed, t: usize) -> usize {
        let sentence = self.sentence_of[t];
        if self.quote_of[t].is_none() {
            self.told_of[sentence].saturating_sub(self.told_of[passed.sentence])
        } else {
            sentence - passed.sentence
        }
    }

    /// The role of a mention, the token that has it, and whether it has it as a conjunct: a conjunct and an apposition have
    /// the role of the first.
    fn role(&self, mut head: usize) -> (Role, usize, bool) {
        let analysis = self.analysis;
        let mut conjunct = false;
        for _ in 0..4 {
            let above = analysis[head].head;
            match analysis[head].dep {
                Dep::Conj if matches!(analysis[above].pos, Pos::Noun | Pos::Propn | Pos::Pron) => conjunct = true,
                Dep::Appos => {}
                _ => break,
            }
            head = above;
        }
        let role = match analysis[head].dep {
            Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj => Role::Subject,
            Dep::Dobj | Dep::Dative | Dep::Oprd | Dep::Attr => Role::Object,
            Dep::Pobj | Dep::Agent => Role::Oblique,
            Dep::Poss => Role::Possessive,
            _ => Role::Other,
        };
        (role, head, conjunct)
    }
}

fn is_subject(dep: Dep) -> bool {
    matches!(dep, Dep::Nsubj | Dep::Nsubjpass)
}

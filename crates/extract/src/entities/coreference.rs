//! Who "he", "the spokeswoman" and "the two leaders" are.
//!
//! One pass in reading order, with what is known so far; each sort of phrase has its own rule, the precise ones first, and
//! a phrase that no rule can settle stays a mention without entities. Pronouns follow Lappin and Leass (An Algorithm for
//! Pronominal Anaphora Resolution, Computational Linguistics 20, 1994): the salience of a person is the sum over mentions
//! of a weight for the grammatical role, halved with every sentence in between; binding and agreement exclude.

use super::names::{self, Head, Words};
use super::roles::{Office, Offices, Phrases, TitlePhrase};
use super::states::State;
use super::titles::{Title, TitleKind};
use super::{Entities, EntityId, Gender, Mention, Organization, Role};
use crate::document::Document;
use crate::layout::BlockKind;
use crate::quotations::Quotations;
use demarche_nlp::{Analysis, Dep, Pos, Tag};
use demarche_record::{MentionKind, OrganizationKind};
use std::ops::Range;

/// Resolves nominals and pronouns and adds them to the mentions.
pub fn resolve(
    document: &Document,
    quotations: &Quotations,
    words: &Words,
    entities: &mut Entities,
    offices: &mut Offices,
) {
    let analysis = &document.analysis;
    let n = analysis.len();
    let mut sentence_of = vec![0; n];
    for (s, sentence) in analysis.sentences().iter().enumerate() {
        sentence_of[sentence.clone()].fill(s);
    }
    let mut quote_of = vec![None; n];
    for (q, quotation) in quotations.spans.iter().enumerate() {
        quote_of[quotation.tokens.start.min(n)..quotation.tokens.end.min(n)].fill(Some(q));
    }
    let mut told = 0;
    let told_of = analysis.sentences().iter().map(|sentence| {
        let before = told;
        told += usize::from(
            sentence.clone().any(|t| quote_of[t].is_none() && !matches!(analysis[t].pos, Pos::Punct | Pos::Space)),
        );
        before
    });
    let told_of = told_of.collect();
    let mut resolver = Resolver {
        document,
        analysis,
        words,
        phrases: Phrases::of(document, words),
        sentence_of,
        quote_of,
        told_of,
        entities,
        offices,
        past: Vec::new(),
        by_person: Vec::new(),
    };
    resolver.run();
}

/// A mention that was passed.
#[derive(Debug, Clone)]
struct Passed {
    entities: Vec<EntityId>,
    head: usize,
    tokens: Range<usize>,
    sentence: usize,
    kind: MentionKind,
}

struct Resolver<'a> {
    document: &'a Document<'a>,
    analysis: &'a Analysis,
    words: &'a Words<'a>,
    phrases: Phrases<'a>,
    sentence_of: Vec<usize>,
    quote_of: Vec<Option<usize>>,
    /// For each sentence, how many before it are not wholly quoted.
    told_of: Vec<usize>,
    entities: &'a mut Entities,
    offices: &'a mut Offices,
    past: Vec<Passed>,
    /// The last place where each person was mentioned, as an index into `past`.
    by_person: Vec<Option<usize>>,
}

/// What being the subject of a main clause adds to the weight of a mention.
const MAIN_CLAUSE: f64 = 10.0;

/// How many sentences back a pronoun is looked up.
const REACH: usize = 5;

impl Resolver<'_> {
    fn run(&mut self) {
        self.by_person = vec![None; self.entities.people.len()];
        let known = self.entities.mentions.clone();
        let mut covered = vec![false; self.analysis.len()];
        let mut headed = vec![false; self.analysis.len()];
        for mention in &known {
            if mention.kind == MentionKind::Name {
                covered[mention.tokens.clone()].fill(true);
            }
            if mention.tokens.len() > 1 || mention.kind == MentionKind::Name {
                headed[mention.head] = true;
            }
        }
        let mut next_known = 0;
        let mut added = Vec::new();
        for t in 0..self.analysis.len() {
            while next_known < known.len() && known[next_known].head.max(known[next_known].tokens.start) <= t {
                self.pass(&known[next_known]);
                next_known += 1;
            }
            if covered[t] && !self.is_capital_title(t) {
                continue;
            }
            if let Some(mention) = self.pronoun(t) {
                self.pass(&mention);
                added.push(mention);
            } else if !headed[t]
                && let Some(mention) = self.nominal(t)
            {
                self.pass(&mention);
                added.push(mention);
            }
        }
        for mention in added {
            if self.entities.of_tokens(mention.tokens.clone()).is_none() {
                self.entities.add(mention);
            }
        }
    }

    /// "the President" is a name to the tagger, not here.
    fn is_capital_title(&self, token: usize) -> bool {
        self.analysis[token].pos == Pos::Propn && self.words.title_ending(token, token).is_some()
    }

    fn pass(&mut self, mention: &Mention) {
        for id in &mention.entities {
            if let EntityId::Person(p) = id {
                self.by_person[*p] = Some(self.past.len());
            }
        }
        self.past.push(Passed {
            entities: mention.entities.clone(),
            head: mention.head,
            tokens: mention.tokens.clone(),
            sentence: self.sentence_of[mention.head],
            kind: mention.kind,
        });
    }

    // ---- pronouns

    fn pronoun(&self, t: usize) -> Option<Mention> {
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

    fn person_of_pronoun(&self, t: usize, gender: Gender) -> Option<usize> {
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
    fn subject_ahead(&self, t: usize, gender: Gender, excluded: &[usize]) -> Option<usize> {
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
    fn cataphor(&self, t: usize, gender: Gender, excluded: &[usize]) -> Option<usize> {
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

    /// The weight of a mention for a pronoun, by its grammatical role.
    fn weight(&self, passed: &Passed, pronoun: usize) -> f64 {
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

    /// People that a pronoun cannot be: its co-arguments, those it is joined to, the one whose phrase it is part of, and
    /// inside a quotation the one who speaks.
    fn excluded(&self, t: usize) -> Vec<usize> {
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
            if self.analysis[owned].dep == Dep::Appos {
                // "Lee, his lawyer".
                exclude(self.analysis[owned].head);
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

    /// "they", "both": the last two or more people that were named together, subjects before others; else bodies or states.
    fn group_of_pronoun(&self, t: usize) -> Vec<EntityId> {
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
    fn last_group(
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

    fn is_subject(&self, mut head: usize) -> bool {
        while self.analysis[head].dep == Dep::Conj {
            head = self.analysis[head].head;
        }
        matches!(self.analysis[head].dep, Dep::Nsubj | Dep::Nsubjpass)
    }

    /// "it said": the body or state that was the subject before.
    fn body_of_pronoun(&self, t: usize) -> Vec<EntityId> {
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

    // ---- nominals

    fn nominal(&mut self, t: usize) -> Option<Mention> {
        let token = &self.analysis[t];
        if !matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj)
            || self.document.block_of(t).1.kind == BlockKind::Dateline
        {
            return None;
        }
        let sentence = self.analysis.sentence_of(t);
        // A noun before another noun or before the name that it introduces is part of that phrase.
        let next = t + 1;
        if next < sentence.end {
            let follows = &self.analysis[next];
            let name = self.entities.covering(next).is_some_and(|m| {
                m.kind == MentionKind::Name
                    && m.tokens.start == next
                    && matches!(m.entities.first(), Some(EntityId::Person(_)))
            });
            let compound = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod)
                && token.head > t
                && matches!(follows.pos, Pos::Noun | Pos::Propn | Pos::Adj);
            if name || compound || follows.tag == Tag::Hyph || self.words.get(next) == "-" {
                return None;
            }
        }
        // "the news agency Sana": the noun and the name are one phrase.
        if let Some(Head::Body(_)) = names::head(self.words.get(t))
            && let Some(name) = self.entities.covering(next)
            && name.tokens.start == next
            && name.kind == MentionKind::Name
            && matches!(name.entities.as_slice(), [EntityId::Organization(_)])
        {
            let (_, start) = self.modifiers(t, sentence.start);
            return Some(Mention {
                tokens: start..name.tokens.end,
                head: t,
                entities: name.entities.clone(),
                kind: MentionKind::Nominal,
            });
        }
        let plural = matches!(token.tag, Tag::Nns | Tag::Nnps);
        if let Some(phrase) = self.phrases.around(t, true, self.entities) {
            let resolved = if plural { self.several(&phrase) } else { self.holder(&phrase) }?;
            return Some(Mention {
                tokens: phrase.tokens.clone(),
                head: t,
                entities: resolved,
                kind: MentionKind::Nominal,
            });
        }
        self.sides(t, &sentence).or_else(|| self.body(t, &sentence))
    }

    fn determiner(&self, phrase: &Range<usize>, role: usize) -> Option<&str> {
        (phrase.start < role).then(|| self.words.get(phrase.start))
    }

    /// States that a phrase names, or whose bodies it names.
    fn states_in(&self, tokens: Range<usize>) -> Vec<(&'static State, EntityId)> {
        let mut found: Vec<(&'static State, EntityId)> = Vec::new();
        for mention in self.entities.within(tokens) {
            if let Some(&id) = mention.entities.first()
                && !matches!(id, EntityId::Person(_))
                && let Some(state) = self.entities.state_of(id)
                && found.iter().all(|(s, _)| s.iso != state.iso)
            {
                found.push((state, id));
            }
        }
        found
    }

    /// The person whom a singular phrase with a title means; `None` when the phrase is no mention of somebody known.
    fn holder(&mut self, phrase: &TitlePhrase) -> Option<Vec<EntityId>> {
        let determiner = self.determiner(&phrase.tokens, phrase.role.start);
        let title = phrase.title;
        let capital_office =
            self.analysis.word(phrase.head).starts_with(char::is_uppercase) && matches!(title.kind, TitleKind::Office);
        let possessive = self.analysis[phrase.role.start].tag == Tag::PrpPoss
            || determiner.is_some_and(|d| matches!(d, "his" | "her" | "their" | "its"))
            || (phrase.role.start..phrase.title_start).any(|i| self.analysis[i].tag == Tag::Pos);
        let definite = possessive || determiner.is_some_and(|d| matches!(d, "the" | "this" | "that"));
        let called = capital_office && determiner.is_none() && self.is_argument(phrase.head);
        if !(definite || called) {
            return None;
        }
        if matches!(title.kind, TitleKind::Honorific) {
            return None;
        }
        let states = self.states_in(phrase.tokens.clone());
        if title.group == "counterpart" {
            return self.counterpart(phrase, &states);
        }
        if title.kind == TitleKind::Relation
            || determiner.is_some_and(|d| matches!(d, "his" | "her" | "their")) && title.kind != TitleKind::Office
        {
            return None;
        }
        let bodies: Vec<EntityId> = self
            .entities
            .within(phrase.tokens.clone())
            .filter_map(|m| m.entities.first().copied())
            .filter(|id| matches!(id, EntityId::Organization(_)))
            .collect();
        let former = (phrase.role.start..phrase.title_start).any(|i| {
            matches!(self.words.get(i), "former" | "next" | "new" | "future" | "first" | "previous" | "late" | "deputy")
        });
        let mut best: Option<(u32, usize, usize)> = None;
        for (person, offices) in self.offices.iter().enumerate() {
            if title.gender.is_some() && self.entities.people[person].gender.is_some_and(|g| Some(g) != title.gender) {
                continue;
            }
            let mut rank = 0;
            for office in offices {
                let same = same_office(title, office.title);
                if same == 0 {
                    continue;
                }
                let state = office
                    .of
                    .or_else(|| state_elsewhere(offices, office.title))
                    .and_then(|of| self.entities.state_of(of));
                let place = match (states.first(), state) {
                    _ if bodies.iter().any(|b| office.of == Some(*b)) => 4,
                    (Some((wanted, _)), Some(state)) if wanted.iso == state.iso => 3,
                    (Some(_), Some(_)) => continue,
                    (None, Some(_)) => 2,
                    (Some((wanted, _)), None) => {
                        let known = offices
                            .iter()
                            .filter(|o| o.title == office.title)
                            .find_map(|o| o.of)
                            .and_then(|of| self.entities.state_of(of));
                        match known {
                            Some(state) if state.iso != wanted.iso => continue,
                            Some(_) => 3,
                            None => 1,
                        }
                    }
                    // "the president" is the one whose state need not be told.
                    (None, None) => 3,
                };
                if !bodies.is_empty()
                    && place < 3
                    && !(bodies.iter().any(|&b| self.is_seat(b)) && place >= 1)
                    && office.of.is_some()
                {
                    continue;
                }
                rank = rank.max((same * 8 + place) * 2 + u32::from(office.told));
            }
            // Somebody of that state whose office is not told: "the Russian leader".
            if rank == 0 {
                continue;
            }
            let last = self.by_person[person].unwrap_or(0);
            let passed = self.by_person[person].is_some();
            if former && rank < 24 {
                continue;
            }
            let candidate = (rank * 2 + u32::from(passed), last, person);
            if best.is_none_or(|b| candidate > b) {
                best = Some(candidate);
            }
        }
        if let Some((_, _, person)) = best {
            // The word tells the gender of somebody whose name does not.
            if self.entities.people[person].gender.is_none() && title.kind == TitleKind::Office {
                self.entities.people[person].gender = title.gender.filter(|_| title.gender == Some(Gender::Female));
            }
            self.assert_office(person, phrase);
            return Some(vec![EntityId::Person(person)]);
        }
        if title.kind == TitleKind::Person {
            return None;
        }
        self.stranger(phrase, &states, former)
    }

    /// "the president of Finland", once it is known who is meant, gives that person the office.
    fn assert_office(&mut self, person: usize, phrase: &TitlePhrase) {
        let Some(of) =
            super::roles::office_of(phrase, self.entities).filter(|_| phrase.title.kind == TitleKind::Office)
        else {
            return;
        };
        let told = |o: &Office| {
            o.told
                && o.title.group == phrase.title.group
                && o.of.is_none_or(|known| self.entities.state_of(known) == self.entities.state_of(of))
        };
        if self.offices[person].iter().any(told) {
            return;
        }
        let title =
            self.analysis.words(phrase.title_start..phrase.head + 1).split_whitespace().collect::<Vec<_>>().join(" ");
        self.offices[person].push(Office { title: phrase.title, of: Some(of), told: true });
        self.entities.people[person].roles.push(Role {
            title,
            of: Some(of),
            tokens: phrase.role.clone(),
            former: false,
        });
    }

    /// Nobody in the article bears the title. When it stands for someone all the same, it is the one person of fitting
    /// gender whom the article names without any introduction.
    fn stranger(
        &mut self,
        phrase: &TitlePhrase,
        states: &[(&'static State, EntityId)],
        former: bool,
    ) -> Option<Vec<EntityId>> {
        let office = matches!(phrase.title.kind, TitleKind::Office);
        let unresolved = Some(Vec::new());
        if !office || former || !self.is_argument(phrase.head) || self.analysis[phrase.head].dep != Dep::Nsubj {
            return unresolved;
        }
        let title = phrase.title;
        let mut without: Vec<usize> = Vec::new();
        for person in 0..self.entities.people.len() {
            let fits = title.gender.is_none_or(|g| self.entities.people[person].gender.is_none_or(|p| p == g));
            if self.offices[person].is_empty() && fits && self.speaks(person) {
                without.push(person);
            }
        }
        let [person] = without.as_slice() else { return unresolved };
        if self.entities.people[*person].gender.is_none() {
            self.entities.people[*person].gender = title.gender;
        }
        let of = super::roles::office_of(phrase, self.entities).or(states.first().map(|&(_, id)| id));
        self.offices[*person].push(Office { title, of, told: true });
        Some(vec![EntityId::Person(*person)])
    }

    /// Whether a person is somewhere the subject of a verb of saying.
    fn speaks(&self, person: usize) -> bool {
        self.entities.mentions.iter().any(|m| {
            m.entities.as_slice() == [EntityId::Person(person)]
                && matches!(self.analysis[m.head].dep, Dep::Nsubj)
                && matches!(
                    &*self.analysis[self.analysis[m.head].head].lemma,
                    "say"
                        | "add"
                        | "tell"
                        | "state"
                        | "note"
                        | "explain"
                        | "clarify"
                        | "stress"
                        | "announce"
                        | "answer"
                        | "reply"
                )
        })
    }

    fn is_seat(&self, id: EntityId) -> bool {
        matches!(id, EntityId::Organization(o) if self.entities.organizations[o].is_seat)
    }

    fn is_argument(&self, head: usize) -> bool {
        matches!(
            self.analysis[head].dep,
            Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Dative | Dep::Poss | Dep::Conj
        )
    }

    /// "his French counterpart": who holds the office of the one whose counterpart it is, for that state.
    fn counterpart(&mut self, phrase: &TitlePhrase, states: &[(&'static State, EntityId)]) -> Option<Vec<EntityId>> {
        // Whose: the possessive, or the subject of the sentence.
        let mut anchor = None;
        for i in phrase.tokens.clone() {
            if matches!(self.analysis[i].tag, Tag::PrpPoss) || self.analysis[i].dep == Dep::Poss {
                anchor = self.past.iter().rev().find(|p| p.head == i).and_then(|p| p.entities.first().copied());
            }
        }
        let groups: Vec<Title> = match anchor {
            Some(EntityId::Person(p)) => self.offices[p].iter().map(|o| o.title).collect(),
            _ => Vec::new(),
        };
        let mut best: Option<(u32, usize, usize)> = None;
        for (person, offices) in self.offices.iter().enumerate() {
            if anchor == Some(EntityId::Person(person)) {
                continue;
            }
            let mut rank = 0;
            for office in offices {
                let same = groups.iter().map(|&g| same_office(g, office.title)).max().unwrap_or(0);
                let state = office.of.and_then(|of| self.entities.state_of(of));
                let place = match (states.first(), state) {
                    (Some((wanted, _)), Some(state)) if wanted.iso == state.iso => 4,
                    (Some(_), Some(_)) => continue,
                    (Some(_), None) => 0,
                    (None, _) => 1,
                };
                // With a state the office may be untold; without one it must be the same.
                if place == 4 || same > 0 && place > 0 {
                    rank = rank.max(place + same);
                }
            }
            if rank > 0 {
                let candidate = (rank, self.by_person[person].unwrap_or(0), person);
                if best.is_none_or(|b| candidate > b) {
                    best = Some(candidate);
                }
            }
        }
        Some(best.map(|(_, _, p)| vec![EntityId::Person(p)]).unwrap_or_default())
    }

    /// People meant by a plural with a title: "the two leaders", "the US and Russian presidents".
    fn several(&mut self, phrase: &TitlePhrase) -> Option<Vec<EntityId>> {
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
    fn office_holder(&self, title: Title, state: &State) -> Option<usize> {
        let holds = |p: &usize| {
            self.offices[*p].iter().any(|o| {
                same_office(title, o.title) > 0
                    && o.of.and_then(|of| self.entities.state_of(of)).is_some_and(|s| s.iso == state.iso)
            })
        };
        (0..self.offices.len()).filter(holds).max_by_key(|&p| self.by_person[p])
    }

    /// "both sides", "the two countries", "the Russian side", "the US delegation", "the Biden administration".
    fn sides(&mut self, t: usize, sentence: &Range<usize>) -> Option<Mention> {
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

    /// Modifiers and determiner before a noun: where they start without and with the determiner.
    fn modifiers(&self, t: usize, from: usize) -> (usize, usize) {
        let mut start = t;
        while start > from {
            let token = &self.analysis[start - 1];
            let inside = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num) && token.tag != Tag::Cd
                || token.tag == Tag::Hyph
                || matches!(self.words.get(start - 1), "two" | "both");
            if !inside {
                break;
            }
            start -= 1;
        }
        let determiner =
            start > from && (self.analysis[start - 1].pos == Pos::Det || self.analysis[start - 1].tag == Tag::PrpPoss);
        (start, start - usize::from(determiner))
    }

    /// "the ministry", "the agency": the last body whose name ends so, or of that kind.
    fn body(&self, t: usize, sentence: &Range<usize>) -> Option<Mention> {
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

fn exclude_passed(past: &[Passed], head: usize, found: &mut Vec<usize>) {
    for passed in past.iter().rev().take(12).filter(|p| p.head == head && p.kind != MentionKind::Pronoun) {
        if let [EntityId::Person(p)] = passed.entities.as_slice() {
            found.push(*p);
        }
    }
}

/// The state or body that a person's office is of where it is said elsewhere ("President Lee" after "the Korean president").
fn state_elsewhere(offices: &[Office], title: Title) -> Option<EntityId> {
    offices.iter().filter(|o| o.told && o.title == title).find_map(|o| o.of)
}

/// Whether two titles can be of one office: 3 the same words, 2 of one group, 1 one names a sort of the other, 0 no.
pub fn same_office(a: Title, b: Title) -> u32 {
    if a.phrase == b.phrase {
        return 3;
    }
    if a.group == b.group {
        return 2;
    }
    let (short, long) = if a.phrase.len() <= b.phrase.len() { (a, b) } else { (b, a) };
    let within = long.phrase.split([' ', '-']).any(|w| w == short.phrase);
    let vice =
        |t: Title| t.phrase.starts_with("vice") || t.phrase.starts_with("deputy") || t.phrase.starts_with("under");
    if within && vice(a) == vice(b) && !(short.phrase == "president" && long.phrase != "president-elect") {
        return 2;
    }
    const LEADERS: &[&str] = &[
        "president",
        "prime minister",
        "chancellor",
        "chief executive",
        "monarch",
        "prince",
        "leader",
        "supreme leader",
        "head of state",
        "governor",
        "dictator",
    ];
    let leader = |t: Title| LEADERS.contains(&t.group);
    let generic_leader =
        |t: Title| t.group == "leader" || t.phrase == "head of state" || t.phrase == "head of government";
    if generic_leader(a) && leader(b) || generic_leader(b) && leader(a) {
        return 1;
    }
    const HEADS: &[&str] = &["head", "director", "chair", "ceo", "commander"];
    if HEADS.contains(&a.group) && HEADS.contains(&b.group) {
        return 1;
    }
    let official = |t: Title| matches!(t.phrase, "official" | "diplomat" | "politician");
    let office = |t: Title| t.kind == TitleKind::Office;
    let lawmaker = |t: Title| matches!(t.group, "lawmaker" | "senator" | "representative");
    u32::from(official(a) && office(b) || official(b) && office(a) || lawmaker(a) && lawmaker(b))
}

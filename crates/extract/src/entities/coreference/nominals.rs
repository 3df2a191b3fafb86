//! One person by office: "the spokeswoman", "the Danish minister", "his French counterpart".

use super::Resolver;
use crate::entities::holders;
use crate::entities::names::{self, Head};
use crate::entities::roles::{self, Office, TitlePhrase};
use crate::entities::states::State;
use crate::entities::titles::{Title, TitleKind, same_office};
use crate::entities::{EntityId, Gender, Mention, Role};
use crate::layout::BlockKind;
use demarche_nlp::{Dep, Pos, Tag};
use demarche_record::MentionKind;
use std::ops::Range;

/// Words for those of a party, and one word for each party.
const PARTIES: &[(&str, &str)] = &[
    ("republican", "republican"),
    ("gop", "republican"),
    ("democratic", "democratic"),
    ("democrat", "democratic"),
    ("libertarian", "libertarian"),
    ("green", "green"),
    ("labour", "labour"),
    ("conservative", "conservative"),
    ("tory", "conservative"),
    ("liberal", "liberal"),
    ("socialist", "socialist"),
    ("communist", "communist"),
];

impl Resolver<'_> {
    pub(super) fn nominal(&mut self, t: usize) -> Option<Mention> {
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

    /// The person whom a singular phrase with a title means; `None` when the phrase is no mention of somebody known.
    pub(super) fn holder(&mut self, phrase: &TitlePhrase) -> Option<Vec<EntityId>> {
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
        let party = self.parties(phrase.tokens.clone()).next();
        let past =
            (phrase.role.start..phrase.title_start).any(|i| matches!(self.words.get(i), "former" | "previous" | "ex"));
        let day = self.document.article.published.value.as_deref();
        let mut best: Option<(u32, bool, usize, usize)> = None;
        for (person, offices) in self.offices.iter().enumerate() {
            // "the Labour candidate" is none of another party's.
            let mut own =
                self.entities.people[person].roles.iter().flat_map(|r| self.parties(r.tokens.clone())).peekable();
            if party.is_some_and(|party| own.peek().is_some() && own.all(|other| other != party)) {
                continue;
            }
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
            // "The president" is the one in office where the article is about several who have been.
            let serves = day.and_then(|day| holders::serves(self.entities, person, title, day));
            let fits = serves.is_none_or(|serves| if past { !serves } else { serves || former });
            let candidate = (rank * 2 + u32::from(passed), fits, last, person);
            if best.is_none_or(|b| candidate > b) {
                best = Some(candidate);
            }
        }
        if let Some((.., person)) = best {
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

    /// The parties that words of a phrase name.
    fn parties(&self, tokens: Range<usize>) -> impl Iterator<Item = &'static str> {
        tokens.filter_map(|t| PARTIES.iter().find(|(word, _)| *word == self.words.get(t)).map(|&(_, party)| party))
    }

    /// "the president of Finland", once it is known who is meant, gives that person the office.
    pub(super) fn assert_office(&mut self, person: usize, phrase: &TitlePhrase) {
        let Some(of) = roles::office_of(phrase, self.entities).filter(|_| phrase.title.kind == TitleKind::Office)
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
    pub(super) fn stranger(
        &mut self,
        phrase: &TitlePhrase,
        states: &[(&'static State, EntityId)],
        former: bool,
    ) -> Option<Vec<EntityId>> {
        let office = matches!(phrase.title.kind, TitleKind::Office);
        let unresolved = Some(Vec::new());
        if !office || !self.is_argument(phrase.head) || self.analysis[phrase.head].dep != Dep::Nsubj {
            return unresolved;
        }
        let title = phrase.title;
        if let Some(person) = self.just_spoken_of(phrase).filter(|_| states.is_empty()) {
            return Some(vec![EntityId::Person(person)]);
        }
        if former {
            return unresolved;
        }
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
        let of = roles::office_of(phrase, self.entities).or(states.first().map(|&(_, id)| id));
        self.offices[*person].push(Office { title, of, told: true });
        Some(vec![EntityId::Person(*person)])
    }

    /// The one person of whom this sentence and the one before tell, where the article has not said what he or she is: "Lee sighed. The
    /// senator said".
    fn just_spoken_of(&self, phrase: &TitlePhrase) -> Option<usize> {
        let sentence = self.sentence_of[phrase.head];
        let mut people: Vec<usize> = Vec::new();
        for passed in self.past.iter().rev().take_while(|p| sentence - p.sentence <= 1) {
            match passed.entities.as_slice() {
                [EntityId::Person(person)]
                    if self.is_subject(passed.head)
                        && self.quote_of[passed.head].is_none()
                        && !people.contains(person) =>
                {
                    people.push(*person);
                }
                _ => {}
            }
        }
        let [person] = people.as_slice() else { return None };
        let fits = phrase.title.gender.is_none_or(|g| self.entities.people[*person].gender.is_none_or(|p| p == g));
        (fits && self.offices[*person].is_empty() && self.speaks(*person)).then_some(*person)
    }

    /// Whether a person is somewhere the subject of a verb of saying.
    pub(super) fn speaks(&self, person: usize) -> bool {
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

    /// "his French counterpart": who holds the office of the one whose counterpart it is, for that state.
    pub(super) fn counterpart(
        &mut self,
        phrase: &TitlePhrase,
        states: &[(&'static State, EntityId)],
    ) -> Option<Vec<EntityId>> {
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
}

/// The state or body that a person's office is of where it is said elsewhere ("President Lee" after "the Korean president").
fn state_elsewhere(offices: &[Office], title: Title) -> Option<EntityId> {
    offices.iter().filter(|o| o.told && o.title == title).find_map(|o| o.of)
}

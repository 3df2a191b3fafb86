//! Roles: offices, titles and affiliations that the article gives to a person.
//!
//! Four shapes carry nearly all of them: the title before the name ("Russian Foreign Minister Sergei Lavrov", [`before`]), the
//! phrase beside it ("Lavrov, Russia's top diplomat," / "the top diplomat, Lavrov,", [`apposition`]), the predicate ("Lavrov, who
//! is …", "was appointed …", [`predicate`]), and the body after it ("Lee of the Treasury", [`apposition`]).

mod apposition;
mod before;
mod phrase;
mod predicate;

use super::titles::{Title, TitleKind};
use super::words::Words;
use super::{Entities, EntityId, Mention, Role};
use crate::document::Document;
use demarche_nlp::{Analysis, Tag};
use demarche_record::MentionKind;
pub use phrase::{Phrases, TitlePhrase};

/// What is said of an office: its title and the state or body that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The title.
    pub title: Title,
    /// State or body.
    pub of: Option<EntityId>,
    /// Whether the article tells it, not the gazetteer.
    pub told: bool,
}

/// What the roles of the article's people tell beyond their words: the offices that a title, a state or "counterpart" stand
/// for. Index: person.
pub type Offices = Vec<Vec<Office>>;

/// Finds roles beside names, and adds the phrases that stand for a person to the mentions.
pub fn beside_names(document: &Document, words: &Words, entities: &mut Entities, offices: &mut Offices) {
    let finder = RoleFinder { analysis: &document.analysis, words, phrases: Phrases::of(document, words) };
    let people: Vec<(usize, Mention)> = entities
        .mentions
        .iter()
        .filter_map(|m| match (m.kind, m.entities.as_slice()) {
            (MentionKind::Name, [EntityId::Person(p)]) => Some((*p, m.clone())),
            _ => None,
        })
        .collect();
    let mut nominals = Vec::new();
    for (person, mention) in &people {
        finder.before(*person, mention, entities, offices);
        finder.beside(*person, mention, entities, offices, &mut nominals);
        finder.after(*person, mention, entities, offices);
        finder.deeds(*person, mention, entities);
    }
    for nominal in nominals {
        if entities.of_tokens(nominal.tokens.clone()).is_none() {
            entities.add(nominal);
        }
    }
}

struct RoleFinder<'a> {
    analysis: &'a Analysis,
    words: &'a Words<'a>,
    phrases: Phrases<'a>,
}

impl RoleFinder<'_> {
    fn assert(
        &self,
        person: usize,
        phrase: &TitlePhrase,
        entities: &mut Entities,
        offices: &mut Offices,
        states: Option<EntityId>,
    ) {
        if let Some(gender) = phrase.title.gender {
            let known = &mut entities.people[person].gender;
            let sure = phrase.title.kind != TitleKind::Office || phrase.title.phrase.ends_with("man");
            if known.is_none()
                || sure && phrase.title.kind != TitleKind::Profession && !phrase.title.phrase.ends_with("man")
            {
                *known = Some(gender);
            }
        }
        if phrase.title.kind == TitleKind::Honorific {
            return;
        }
        // "Secretary of State Ann Lee and Foreign Minister Bo Berg": what ends in another's name is the other's.
        let another = |id: &EntityId| matches!(id, EntityId::Person(p) if *p != person);
        let ends_in_a_name = entities
            .within(phrase.role.clone())
            .any(|m| m.kind == MentionKind::Name && m.tokens.end == phrase.role.end && m.entities.iter().any(another));
        if ends_in_a_name {
            return;
        }
        let of = states.or_else(|| office_of(phrase, entities));
        let words = || (phrase.role.start..phrase.title_start).map(|i| self.words.get(i));
        // Who is on the way out holds the office still.
        let past = ["former", "then", "ex", "onetime", "one-time", "late", "ousted", "deposed", "then-"];
        let former = words().any(|word| past.contains(&word)) && !words().any(|word| word == "outgoing");
        // "Trump's lawyer": the words of the title alone; of a body it is said in `of`.
        let title_words = self.title_words(phrase, of, entities);
        if phrase.title.group == "counterpart" {
            return self.assert_counterpart(person, phrase, of, entities, offices);
        }
        offices[person].push(Office { title: phrase.title, of, told: true });
        let text = fold(self.analysis.words(phrase.role.clone()));
        let roles = &mut entities.people[person].roles;
        if roles.iter().any(|r| fold(self.analysis.words(r.tokens.clone())) == text) {
            return;
        }
        roles.push(Role { title: title_words, of, tokens: phrase.role.clone(), former });
    }

    /// "his Danish counterpart": the office of the one named before, of that state.
    fn assert_counterpart(
        &self,
        person: usize,
        phrase: &TitlePhrase,
        of: Option<EntityId>,
        entities: &mut Entities,
        offices: &mut Offices,
    ) {
        let sentence = self.analysis.sentence_of(phrase.head);
        let anchor = entities
            .within(sentence.start..phrase.tokens.start)
            .filter_map(|m| match m.entities.as_slice() {
                [EntityId::Person(p)] if *p != person && !offices[*p].is_empty() => Some(*p),
                _ => None,
            })
            .last();
        let office =
            anchor.and_then(|a| offices[a].iter().rev().find(|o| o.title.kind == TitleKind::Office)).map(|o| o.title);
        if let Some(title) = office {
            offices[person].push(Office { title, of, told: true });
        }
        let title = office
            .filter(|_| of.is_some())
            .map_or_else(|| self.words.get(phrase.head).to_owned(), |t| t.phrase.to_owned());
        let role = Role { title, of, tokens: phrase.role.clone(), former: false };
        if !entities.people[person].roles.contains(&role) {
            entities.people[person].roles.push(role);
        }
    }

    /// The title without the body or state before it and without what follows.
    fn title_words(&self, phrase: &TitlePhrase, of: Option<EntityId>, entities: &Entities) -> String {
        let mut start = phrase.role.start;
        for mention in entities.within(phrase.role.start..phrase.title_start) {
            if of.is_some_and(|of| mention.entities.contains(&of))
                || entities.covering(mention.head).is_some_and(|m| m.kind == MentionKind::Nominal)
            {
                start = start.max(mention.tokens.end);
            }
        }
        if let Some(possessive) = (start..phrase.title_start).rev().find(|&i| self.analysis[i].tag == Tag::Pos) {
            start = possessive + 1;
        }
        while start < phrase.title_start && matches!(self.analysis[start].tag, Tag::Pos | Tag::Hyph | Tag::Cc) {
            start += 1;
        }
        while start < phrase.title_start && matches!(self.words.get(start), "former" | "then" | "ex" | "-" | "then-") {
            start += 1;
        }
        let plural = matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps);
        let mut words = self.analysis.words(start..phrase.head + 1).split_whitespace().collect::<Vec<_>>().join(" ");
        if plural {
            let last = self.analysis.word(phrase.head);
            let one = self.words.get(phrase.head);
            words.truncate(words.len() - last.len());
            let capital = last.starts_with(char::is_uppercase);
            let mut letters = one.chars();
            match letters.next() {
                Some(first) if capital => words.extend(first.to_uppercase().chain(letters)),
                _ => words.push_str(one),
            }
        }
        words
    }

    fn found_beside(
        &self,
        person: usize,
        phrase: TitlePhrase,
        entities: &mut Entities,
        offices: &mut Offices,
        nominals: &mut Vec<Mention>,
    ) {
        let plural = matches!(self.analysis[phrase.head].tag, Tag::Nns | Tag::Nnps);
        if phrase.title.kind == TitleKind::Honorific || matches!(phrase.title.group, "counterpart") && plural {
            return;
        }
        if phrase.title.kind == TitleKind::Person {
            entities.people[person].gender = entities.people[person].gender.or(phrase.title.gender);
            return;
        }
        if !plural {
            nominals.push(Mention {
                tokens: phrase.tokens.clone(),
                head: phrase.head,
                entities: vec![EntityId::Person(person)],
                kind: MentionKind::Nominal,
            });
        }
        self.assert(person, &phrase, entities, offices, None);
    }
}

fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The body or state that a title phrase names: the body nearest to the title, else the state.
pub fn office_of(phrase: &TitlePhrase, entities: &Entities) -> Option<EntityId> {
    let mut bodies: Vec<(usize, EntityId, bool)> = Vec::new();
    for mention in entities.within(phrase.tokens.clone()) {
        if let Some(&id) = mention.entities.first().filter(|id| !matches!(id, EntityId::Person(_))) {
            let distance = if mention.tokens.end <= phrase.title_start {
                phrase.title_start - mention.tokens.end
            } else {
                mention.tokens.start.saturating_sub(phrase.head)
            };
            bodies.push((distance, id, matches!(id, EntityId::Organization(_))));
        }
    }
    bodies.sort_by_key(|&(distance, _, body)| (!body, distance));
    bodies.first().map(|&(_, id, _)| id)
}

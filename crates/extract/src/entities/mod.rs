//! The people, bodies and places of an article, and where the text speaks of them.

mod bodies;
mod cities;
mod coreference;
mod given_names;
mod holders;
mod names;
mod people;
mod roles;
pub mod states;
mod titles;
mod words;

use crate::document::Document;
use crate::quotations::Quotations;
pub use coreference::ranking::{Choice, Evidence};
use demarche_record::{MentionKind, OrganizationKind, PlaceKind};
use demarche_time::Days;
use states::State;
use std::ops::Range;
use words::Words;

/// Grammatical gender of a person, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// "she".
    Female,
    /// "he".
    Male,
}

/// A person, body or place of this article: an index into [`Entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityId {
    /// Index into [`Entities::people`].
    Person(usize),
    /// Index into [`Entities::organizations`].
    Organization(usize),
    /// Index into [`Entities::places`].
    Place(usize),
}

/// A phrase that names one entity, or several ("the two leaders", "they").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Tokens of the phrase. A name is given without title and article; a nominal with its determiner and modifiers.
    pub tokens: Range<usize>,
    /// The head token, within `tokens`.
    pub head: usize,
    /// What it names; empty when that could not be found out (an unresolved pronoun is kept so that nobody else guesses).
    pub entities: Vec<EntityId>,
    /// How it names.
    pub kind: MentionKind,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The fullest name in the article; where it gives a surname only and leaves no doubt, the full name.
    pub name: String,
    /// Gender, where titles, given names or words like "spokeswoman" tell it.
    pub gender: Option<Gender>,
    /// Item of Wikidata, where the gazetteer of office-holders knows the person.
    pub wikidata: Option<&'static str>,
    /// Roles: title words, the organisation or state, the tokens that assert it.
    pub roles: Vec<Role>,
}

/// An office, title or affiliation that the article asserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Title without the organisation.
    pub title: String,
    /// The organisation or state.
    pub of: Option<EntityId>,
    /// The words that assert it.
    pub tokens: Range<usize>,
    /// Whether it is said to be past ("former", "then-").
    pub former: bool,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// The fullest name in the article.
    pub name: String,
    /// What sort.
    pub kind: OrganizationKind,
    /// The state that it belongs to or acts for, where the gazetteer or its name tells.
    pub state: Option<&'static State>,
    /// Item of Wikidata, where the gazetteer is sure of it.
    pub wikidata: Option<&'static str>,
    /// Its name in the gazetteer, whatever the article calls it ("Pentagon" for "the Department of Defense").
    pub listed: Option<&'static str>,
    /// Whether it is a seat that stands for a head of state or government ("the Kremlin").
    pub is_seat: bool,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The fullest name in the article.
    pub name: String,
    /// What sort.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// The state that it is, if it is one.
    pub state: Option<&'static State>,
    /// The state whose capital it is, if it is one.
    pub capital_of: Option<&'static State>,
    /// IRI of GeoNames, where the name leaves no doubt which place is meant.
    pub geonames: Option<String>,
}

/// All entities of an article and their mentions.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// People, in the order of their first mention.
    pub people: Vec<Person>,
    /// Bodies, in the order of their first mention.
    pub organizations: Vec<Organization>,
    /// Places, in the order of their first mention.
    pub places: Vec<Place>,
    /// Mentions, by first token; a nested one after the one around it.
    pub mentions: Vec<Mention>,
    /// How the pronouns of one person were resolved, in order.
    pub choices: Vec<Choice>,
    /// Tokens of the longest mention: how far back a search for those around a token must go.
    longest: usize,
}

impl Entities {
    /// Finds the entities of a document.
    pub fn of(document: &Document, quotations: &Quotations) -> Self {
        let words = Words::of(document);
        let names = names::find(document, &words);
        let mut found = Self::default();
        for cluster in people::cluster(document, &words, &names) {
            let id = EntityId::Person(found.people.len());
            found.people.push(Person { name: cluster.name, gender: cluster.gender, ..Person::default() });
            found.mentions.extend(cluster.mentions.into_iter().map(|tokens| named(document, tokens, id)));
        }
        bodies::collect(document, &words, &names, &mut found);
        found.mentions.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
        found.longest = found.mentions.iter().map(|m| m.tokens.len()).max().unwrap_or(0);
        let mut offices = vec![Vec::new(); found.people.len()];
        roles::beside_names(document, &words, &mut found, &mut offices);
        holders::recognise(document, &mut found, &mut offices);
        coreference::resolve(document, quotations, &words, &mut found, &mut offices);
        found.put_in_order();
        found
    }

    /// Numbers people, bodies and places by their first mention and leaves out those that have none.
    fn put_in_order(&mut self) {
        let mut order: [Vec<usize>; 3] = Default::default();
        let place = |id: EntityId| match id {
            EntityId::Person(i) => (0, i),
            EntityId::Organization(i) => (1, i),
            EntityId::Place(i) => (2, i),
        };
        let mut seen: [Vec<Option<usize>>; 3] =
            [vec![None; self.people.len()], vec![None; self.organizations.len()], vec![None; self.places.len()]];
        for id in self.mentions.iter().flat_map(|m| &m.entities) {
            let (sort, i) = place(*id);
            if seen[sort][i].is_none() {
                seen[sort][i] = Some(order[sort].len());
                order[sort].push(i);
            }
        }
        let renumbered = |id: EntityId| {
            let (sort, i) = place(id);
            seen[sort][i].map(|new| match sort {
                0 => EntityId::Person(new),
                1 => EntityId::Organization(new),
                _ => EntityId::Place(new),
            })
        };
        for mention in &mut self.mentions {
            mention.entities = mention.entities.iter().filter_map(|&id| renumbered(id)).collect();
        }
        for role in self.people.iter_mut().flat_map(|p| &mut p.roles) {
            role.of = role.of.and_then(renumbered);
        }
        for choice in &mut self.choices {
            let candidates = std::mem::take(&mut choice.candidates).into_iter();
            choice.candidates = candidates.filter_map(|(p, evidence)| Some((seen[0][p]?, evidence))).collect();
        }
        self.people = order[0].iter().map(|&i| std::mem::take(&mut self.people[i])).collect();
        self.organizations = order[1].iter().map(|&i| self.organizations[i].clone()).collect();
        self.places = order[2].iter().map(|&i| self.places[i].clone()).collect();
    }

    /// The mention whose head is this token; with several, the longest.
    pub fn headed_by(&self, token: usize) -> Option<&Mention> {
        self.around(token).filter(|m| m.head == token).max_by_key(|m| m.tokens.len())
    }

    /// The longest mention that covers this token.
    pub fn covering(&self, token: usize) -> Option<&Mention> {
        self.around(token).max_by_key(|m| m.tokens.len())
    }

    /// All mentions that cover a token, the later-starting first.
    pub fn around(&self, token: usize) -> impl Iterator<Item = &Mention> {
        let until = self.mentions.partition_point(|m| m.tokens.start <= token);
        let reach = token.saturating_sub(self.longest);
        self.mentions[..until]
            .iter()
            .rev()
            .take_while(move |m| m.tokens.start >= reach)
            .filter(move |m| m.tokens.contains(&token))
    }

    /// The mentions that lie within a run of tokens, in order.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        let until = self.mentions.partition_point(|m| m.tokens.start < tokens.end);
        self.mentions[from..until.max(from)].iter().filter(move |m| m.tokens.end <= tokens.end)
    }

    /// The mention that is exactly this run of tokens.
    pub fn of_tokens(&self, tokens: Range<usize>) -> Option<&Mention> {
        self.within(tokens.clone()).find(|m| m.tokens == tokens)
    }

    /// The name of an entity.
    pub fn name(&self, id: EntityId) -> &str {
        match id {
            EntityId::Person(i) => &self.people[i].name,
            EntityId::Organization(i) => &self.organizations[i].name,
            EntityId::Place(i) => &self.places[i].name,
        }
    }

    /// The state that an entity is, acts for or is the capital of: Russia for Russia, Moscow, the Kremlin and the Russian
    /// Foreign Ministry; for a person that of an office, if the article tells it.
    pub fn state_of(&self, id: EntityId) -> Option<&'static State> {
        match id {
            EntityId::Person(i) => {
                let mut roles = self.people[i].roles.iter();
                roles.find_map(|role| {
                    role.of.filter(|of| !matches!(of, EntityId::Person(_))).and_then(|of| self.state_of(of))
                })
            }
            EntityId::Organization(i) => self.organizations[i].state,
            EntityId::Place(i) => self.places[i].state.or(self.places[i].capital_of),
        }
    }

    /// The place that is a state, if the article names it.
    pub fn state(&self, iso: &str) -> Option<EntityId> {
        self.places.iter().position(|p| p.state.is_some_and(|s| s.iso == iso)).map(EntityId::Place)
    }

    /// Whether the entity is a state.
    pub fn is_state(&self, id: EntityId) -> bool {
        matches!(id, EntityId::Place(i) if self.places[i].state.is_some())
    }

    /// The days on which a person held the office of a role, in order; empty where the gazetteer does not know.
    pub fn days_held(&self, person: usize, role: &Role) -> Vec<Days> {
        holders::days_held(self, person, role)
    }

    /// Adds a mention at its place in the order.
    pub fn add(&mut self, mention: Mention) {
        let at = self.mentions.partition_point(|m| {
            (m.tokens.start, usize::MAX - m.tokens.end) <= (mention.tokens.start, usize::MAX - mention.tokens.end)
        });
        self.longest = self.longest.max(mention.tokens.len());
        self.mentions.insert(at, mention);
    }
}

/// A name as a mention.
fn named(document: &Document, tokens: Range<usize>, id: EntityId) -> Mention {
    Mention { head: head_of(document, &tokens), tokens, entities: vec![id], kind: MentionKind::Name }
}

/// The token of a run whose head lies outside it: the head of the phrase.
fn head_of(document: &Document, tokens: &Range<usize>) -> usize {
    let analysis = &document.analysis;
    let outward = |&i: &usize| !tokens.contains(&analysis[i].head) || analysis[i].head == i;
    tokens.clone().rev().find(outward).unwrap_or(tokens.end - 1)
}

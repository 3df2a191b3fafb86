//! The people, bodies and places of an article, and where the text speaks of them.

use crate::document::Document;
use demarche_nlp::EntityLabel;
use demarche_record::{MentionKind, OrganizationKind, PlaceKind};
use std::ops::Range;

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
    /// The fullest name in the article.
    pub name: String,
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
}

impl Entities {
    /// Finds the entities of a document.
    pub fn of(document: &Document) -> Self {
        let mut found = Self::default();
        let analysis = &document.analysis;
        for entity in analysis.entities() {
            let name = analysis.words(entity.tokens.clone()).to_owned();
            let id = match entity.label {
                EntityLabel::Person => {
                    let i = found.people.iter().position(|p| p.name == name).unwrap_or_else(|| {
                        found.people.push(Person { name, roles: Vec::new() });
                        found.people.len() - 1
                    });
                    EntityId::Person(i)
                }
                EntityLabel::Organization => {
                    let i = found.organizations.iter().position(|o| o.name == name).unwrap_or_else(|| {
                        found.organizations.push(Organization { name, kind: OrganizationKind::Other });
                        found.organizations.len() - 1
                    });
                    EntityId::Organization(i)
                }
                EntityLabel::GeoPolitical | EntityLabel::Location | EntityLabel::Facility => {
                    let i = found.places.iter().position(|l| l.name == name).unwrap_or_else(|| {
                        found.places.push(Place { name, kind: PlaceKind::Other, country: None });
                        found.places.len() - 1
                    });
                    EntityId::Place(i)
                }
                _ => continue,
            };
            let head = analysis
                .tokens()
                .get(entity.tokens.clone())
                .and_then(|tokens| tokens.iter().position(|t| !entity.tokens.contains(&t.head)))
                .map_or(entity.tokens.end - 1, |i| entity.tokens.start + i);
            found.mentions.push(Mention {
                tokens: entity.tokens.clone(),
                head,
                entities: vec![id],
                kind: MentionKind::Name,
            });
        }
        found
    }

    /// The mention whose head is this token; with several, the longest.
    pub fn headed_by(&self, token: usize) -> Option<&Mention> {
        self.mentions.iter().filter(|m| m.head == token).max_by_key(|m| m.tokens.len())
    }

    /// The longest mention that covers this token.
    pub fn covering(&self, token: usize) -> Option<&Mention> {
        self.mentions.iter().filter(|m| m.tokens.contains(&token)).max_by_key(|m| m.tokens.len())
    }

    /// Adds a mention at its place in the order.
    pub fn add(&mut self, mention: Mention) {
        let at = self.mentions.partition_point(|m| {
            (m.tokens.start, usize::MAX - m.tokens.end) <= (mention.tokens.start, usize::MAX - mention.tokens.end)
        });
        self.mentions.insert(at, mention);
    }
}

//! Bodies and places: one entity for all names of one, with kind, state and identifier.

use super::cities::{self, City};
use super::names::{self, Head, Name, Named};
use super::states::{self, Body, Listed, State};
use super::words::Words;
use super::{Entities, EntityId, Organization, Place, named};
use crate::document::Document;
use demarche_nlp::{EntityLabel, Tag};
use demarche_record::{MentionKind, OrganizationKind, PlaceKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// Adds the bodies and places among the names, and their mentions.
pub fn collect(document: &Document, words: &Words, names: &[Name], found: &mut Entities) {
    let mut collector =
        Collector { document, words, found, known: FxHashMap::default(), acronyms: FxHashMap::default() };
    collector.acronyms(names);
    let elsewhere = qualified_elsewhere(document, names);
    for name in names {
        if let Some(two) = halves(document, name) {
            let ids = two.map(|state| collector.state(state));
            let mention = named(document, name.tokens.clone(), ids[0]);
            collector.found.mentions.push(super::Mention {
                entities: ids.to_vec(),
                kind: MentionKind::Nominal,
                ..mention
            });
            continue;
        }
        let (id, kind) = match name.what {
            Named::Person => continue,
            Named::Listed(Listed::Body(body)) => (collector.listed_body(body), MentionKind::Name),
            Named::Listed(Listed::State(_) | Listed::Capital(_))
                if elsewhere.contains(&document.analysis.words(name.tokens.clone())) =>
            {
                (collector.place(&name.tokens, EntityLabel::GeoPolitical), MentionKind::Name)
            }
            Named::Listed(Listed::State(state)) => {
                let adjective = document.analysis[name.tokens.start].tag == Tag::Jj;
                (collector.state(state), if adjective { MentionKind::Nominal } else { MentionKind::Name })
            }
            Named::Listed(Listed::Demonym(state)) => (collector.state(state), MentionKind::Nominal),
            Named::Listed(Listed::Capital(state)) => (collector.capital(state), MentionKind::Name),
            Named::Organization => (collector.body(&name.tokens), MentionKind::Name),
            Named::Place(label) => {
                let state = half_of_state(document, names, name).map(|state| collector.state(state));
                (state.unwrap_or_else(|| collector.place(&name.tokens, label)), MentionKind::Name)
            }
        };
        collector.keep_fullest(id, &name.tokens);
        let mention = super::Mention { kind, ..named(document, name.tokens.clone(), id) };
        collector.found.mentions.push(mention);
    }
    collector.locate();
}

/// "North and South Korea": two states that share the last word of their names.
fn halves(document: &Document, name: &Name) -> Option<[&'static State; 2]> {
    let (first, second) = document.analysis.words(name.tokens.clone()).split_once(" and ")?;
    let state = |text: &str| states::listed(text).and_then(Listed::state);
    let last = second.rsplit(' ').next()?;
    Some([state(&format!("{first} {last}"))?, state(second)?])
}

/// "the North" in an article that names North Korea and no other state of such a name.
fn half_of_state(document: &Document, names: &[Name], name: &Name) -> Option<&'static State> {
    let half = document.analysis.words(name.tokens.clone());
    if !matches!(half, "North" | "South") {
        return None;
    }
    let mut states = names.iter().filter_map(|other| match other.what {
        Named::Listed(Listed::State(state)) => {
            document.analysis.words(other.tokens.clone()).strip_prefix(half)?.starts_with(' ').then_some(state)
        }
        _ => None,
    });
    let first = states.next();
    if let Some(first) = first {
        return states.all(|other| other.iso == first.iso).then_some(first);
    }
    // "North and South Korea" of which the analysis has cut off the first word.
    let and = name.tokens.end;
    let whole = names.iter().find(|other| other.tokens.start == and + 1 && other.tokens.len() == 2)?;
    let last = document.analysis.word(whole.tokens.end - 1);
    let is_joined = document.analysis.word(and) == "and";
    is_joined.then(|| states::listed(&format!("{half} {last}")).and_then(Listed::state)).flatten()
}

/// Names of capitals and states that this article uses for other places: "Paris" where it has "Paris, Texas", "Georgia" where it
/// has "Athens, Georgia" or "Atlanta" and nothing Georgian.
fn qualified_elsewhere<'d>(document: &'d Document, names: &[Name]) -> BTreeSet<&'d str> {
    let analysis = &document.analysis;
    let mut elsewhere = BTreeSet::new();
    for name in names {
        let text = analysis.words(name.tokens.clone());
        match name.what {
            Named::Listed(Listed::Capital(state)) => {
                let within = within(document, name.tokens.end);
                if within.is_some_and(|code| !code.starts_with(state.iso) && lies_in(text, &code)) {
                    elsewhere.insert(text);
                }
            }
            Named::Listed(Listed::State(state)) => {
                let Some(region) = cities::region(text) else { continue };
                let of_state = |other: &Name| match other.what {
                    Named::Listed(Listed::Capital(s) | Listed::Demonym(s)) => s.iso == state.iso,
                    _ => false,
                };
                let of_region = |other: &Name| {
                    let city = analysis.words(other.tokens.clone());
                    let there = |c: &City| c.within == region.within && !c.is_region();
                    let alone = || {
                        let all = cities::named(city);
                        cities::choose(&all, None, &BTreeSet::new()).place.is_some_and(|c| there(&c))
                    };
                    let beside = || {
                        other.tokens.end + 1 == name.tokens.start
                            && analysis.word(other.tokens.end) == ","
                            && cities::named(city).iter().any(there)
                    };
                    matches!(other.what, Named::Place(_) | Named::Listed(Listed::Capital(_))) && (beside() || alone())
                };
                if !names.iter().any(of_state) && names.iter().any(of_region) {
                    elsewhere.insert(text);
                }
            }
            _ => {}
        }
    }
    elsewhere
}

/// Whether a place of this name lies in a country or state.
fn lies_in(name: &str, code: &str) -> bool {
    cities::named(name).iter().any(|city| city.lies_in(code) && !city.is_region())
}

/// The country or state of the United States that is named behind a place, as a code: "Paris, Texas", "Georgetown (Guyana)".
fn within(document: &Document, end: usize) -> Option<String> {
    let analysis = &document.analysis;
    let word = |i: usize| (i < analysis.len()).then(|| analysis.word(i));
    if !matches!(word(end)?, "," | "(") {
        return None;
    }
    let start = end + 1;
    for length in [3, 2, 1] {
        if start + length <= analysis.len()
            && let Some(region) = cities::region(analysis.words(start..start + length))
        {
            return Some(region.within.to_owned());
        }
    }
    match states::longest(|i| word(start + i))? {
        (_, Listed::State(state)) => Some(state.iso.to_owned()),
        _ => None,
    }
}

struct Collector<'a> {
    document: &'a Document<'a>,
    words: &'a Words<'a>,
    found: &'a mut Entities,
    /// What a name stands for; the key says the sort too.
    known: FxHashMap<String, EntityId>,
    /// Long forms of the acronyms that the article introduces: "Joint Planning Cell (JPC)".
    acronyms: FxHashMap<String, String>,
}

impl Collector<'_> {
    fn text(&self, tokens: &Range<usize>) -> String {
        let text = self.document.analysis.words(tokens.clone()).replace("\\_", " ").replace(['[', ']', '*', '_'], "");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn acronyms(&mut self, names: &[Name]) {
        let analysis = &self.document.analysis;
        for name in names.iter().filter(|n| matches!(n.what, Named::Organization | Named::Listed(Listed::Body(_)))) {
            let open = name.tokens.end;
            if open + 2 >= analysis.len() || analysis.word(open) != "(" || analysis.word(open + 2) != ")" {
                continue;
            }
            let short = analysis.word(open + 1);
            let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
            let long = self.text(&name.tokens);
            let initials: Vec<char> =
                long.split([' ', '-']).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect();
            let in_order = {
                let mut rest = initials.iter();
                letters.len() >= 2 && letters.iter().filter(|l| rest.any(|i| i == *l)).count() * 3 >= letters.len() * 2
            };
            if in_order && short.chars().filter(|c| c.is_uppercase()).count() >= 2 {
                self.acronyms.insert(short.to_owned(), long);
            }
        }
    }

    fn state(&mut self, state: &'static State) -> EntityId {
        self.known_or(format!("state {}", state.iso), |found| {
            found.places.push(Place {
                name: state.name.to_owned(),
                kind: PlaceKind::Country,
                country: Some(state.iso.to_owned()),
                state: Some(state),
                capital_of: None,
                geonames: None,
            });
            EntityId::Place(found.places.len() - 1)
        })
    }

    fn capital(&mut self, state: &'static State) -> EntityId {
        self.known_or(format!("capital {}", state.capitals[0]), |found| {
            found.places.push(Place {
                name: state.capitals[0].to_owned(),
                kind: PlaceKind::City,
                country: Some(state.iso.to_owned()),
                state: None,
                capital_of: Some(state),
                geonames: None,
            });
            EntityId::Place(found.places.len() - 1)
        })
    }

    fn listed_body(&mut self, body: &'static Body) -> EntityId {
        self.known_or(format!("body {}", body.name), |found| {
            found.organizations.push(Organization {
                name: body.name.to_owned(),
                kind: body.kind,
                state: body.state.and_then(states::by_iso),
                wikidata: body.wikidata,
                listed: Some(body.name),
                is_seat: body.is_seat,
            });
            EntityId::Organization(found.organizations.len() - 1)
        })
    }

    /// A body of the gazetteer bears the longest of the names that the article gives it.
    fn keep_fullest(&mut self, id: EntityId, tokens: &Range<usize>) {
        let EntityId::Organization(o) = id else { return };
        let text = self.text(tokens);
        let seen = self.found.mentions.iter().any(|m| m.entities.contains(&id));
        let organization = &mut self.found.organizations[o];
        if organization.listed.is_some() && (!seen || text.chars().count() > organization.name.chars().count()) {
            organization.name = text.strip_prefix("the ").map_or(text.clone(), str::to_owned);
        }
    }

    fn known_or(&mut self, key: String, make: impl FnOnce(&mut Entities) -> EntityId) -> EntityId {
        if let Some(&id) = self.known.get(&key) {
            return id;
        }
        let id = make(self.found);
        self.known.insert(key, id);
        id
    }

    fn body(&mut self, tokens: &Range<usize>) -> EntityId {
        let mut text = self.text(tokens);
        if let Some(long) = self.acronyms.get(&text) {
            text.clone_from(long);
        }
        if let Some(Listed::Body(body)) = states::listed(&text) {
            return self.listed_body(body);
        }
        let last = self.words.get(tokens.end - 1).trim_end_matches(',');
        let kind = match names::head(last) {
            Some(Head::Body(kind)) => kind,
            _ => kind_by_words(&text),
        };
        let mut state = None;
        let words: Vec<&str> = text.split(' ').collect();
        for start in 0..words.len() {
            let at = |k: usize| words.get(start + k).map(|w| w.trim_end_matches("'s").trim_end_matches("’s"));
            if let Some((_, Listed::State(s) | Listed::Demonym(s))) = states::longest(at) {
                state = state.or(Some(s));
            }
        }
        let key = format!("organization {}", text.to_lowercase().trim_start_matches("the "));
        self.known_or(key, |found| {
            found.organizations.push(Organization {
                name: text,
                kind,
                state,
                wikidata: None,
                listed: None,
                is_seat: false,
            });
            EntityId::Organization(found.organizations.len() - 1)
        })
    }

    /// Which places of the world the places of the article are, where that can be told: their country, kind and identifier.
    fn locate(&mut self) {
        let named: BTreeSet<&str> = self.found.places.iter().filter_map(|p| p.state.map(|s| s.iso)).collect();
        for i in 0..self.found.places.len() {
            let place = &self.found.places[i];
            if place.state.is_some() || place.kind == PlaceKind::Venue {
                continue;
            }
            let mut candidates = cities::named(&place.name);
            if place.capital_of.is_some() {
                candidates.retain(|city| !city.is_region());
            }
            if candidates.is_empty() {
                continue;
            }
            let mentions = self.found.mentions.iter().filter(|m| m.entities.contains(&EntityId::Place(i)));
            let told = mentions.into_iter().find_map(|m| within(self.document, m.tokens.end));
            let within = place.capital_of.map(|state| state.iso.to_owned()).or(told);
            let choice = cities::choose(&candidates, within.as_deref(), &named);
            let place = &mut self.found.places[i];
            place.geonames = choice.place.map(|city| city.iri());
            place.country = place.country.take().or(choice.country.map(str::to_owned));
            if candidates.iter().all(City::is_region) {
                place.kind = PlaceKind::Region;
            }
        }
    }

    fn place(&mut self, tokens: &Range<usize>, label: EntityLabel) -> EntityId {
        let text = self.text(tokens);
        let kind = match label {
            EntityLabel::Facility => PlaceKind::Venue,
            EntityLabel::Location => PlaceKind::Region,
            _ => PlaceKind::City,
        };
        self.known_or(format!("place {}", text.to_lowercase()), |found| {
            found.places.push(Place { name: text, kind, country: None, state: None, capital_of: None, geonames: None });
            EntityId::Place(found.places.len() - 1)
        })
    }
}

fn kind_by_words(name: &str) -> OrganizationKind {
    let lower = name.to_lowercase();
    let has = |list: &[&str]| lower.split([' ', '-']).any(|w| list.contains(&w));
    if has(&[
        "ministry",
        "department",
        "government",
        "parliament",
        "army",
        "navy",
        "police",
        "administration",
        "embassy",
    ]) {
        OrganizationKind::Government
    } else if has(&["nations", "un", "u.n.", "nato", "eu"]) {
        OrganizationKind::International
    } else if has(&["party"]) {
        OrganizationKind::Party
    } else {
        OrganizationKind::Other
    }
}

//! Office-holders of the gazetteer among the article's people.
//!
//! An article on world politics need not say who the American president is. A person is recognised by the full name; by a
//! surname only when the article gives the office too, or names others who held office at the same time and the body or
//! state itself, and gives no other role. What is known from here is used to resolve "the Russian president", for gender
//! and identifiers; it is never written as a role.

use super::people::{nearly, parts, same_full};
use super::roles::{Office, Offices};
use super::states::{self, Listed};
use super::titles::{self, Title, same_office};
use super::{Entities, EntityId, Gender};
use crate::document::Document;
use std::sync::LazyLock;

/// Somebody who held office.
struct Holder {
    name: &'static str,
    parts: Vec<String>,
    gender: Gender,
    wikidata: Option<&'static str>,
    tenures: Vec<Tenure>,
}

/// One office of theirs; days as ISO dates, `until` empty while it lasts.
struct Tenure {
    title: Title,
    of: &'static str,
    from: &'static str,
    until: &'static str,
}

impl Tenure {
    fn covers(&self, day: &str) -> bool {
        self.from <= day && (self.until.is_empty() || day <= self.until)
    }

    fn overlaps(&self, other: &Tenure) -> bool {
        (self.until.is_empty() || other.from <= self.until) && (other.until.is_empty() || self.from <= other.until)
    }

    /// The state or body as an entity of the article, if it is named there.
    fn entity(&self, entities: &Entities) -> Option<EntityId> {
        match states::by_iso(self.of) {
            Some(state) => entities.state(state.iso),
            None => entities.organizations.iter().position(|o| o.listed == Some(self.of)).map(EntityId::Organization),
        }
    }

    /// Whether the article speaks of the state or body, or of what belongs to the state.
    fn is_in(&self, entities: &Entities) -> bool {
        let state = states::by_iso(self.of).or_else(|| states::listed(self.of).and_then(Listed::state));
        self.entity(entities).is_some()
            || state.is_some_and(|s| {
                entities.places.iter().any(|p| p.country.as_deref() == Some(s.iso))
                    || entities.organizations.iter().any(|o| o.state.is_some_and(|of| of.iso == s.iso))
            })
    }
}

static HOLDERS: LazyLock<Vec<Holder>> = LazyLock::new(|| {
    let mut holders: Vec<Holder> = Vec::new();
    let table = include_str!("../../../../data/gazetteer/holders.tsv");
    for row in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().unwrap_or("");
        let (name, gender, title, of, from, until, wikidata) = (cell(), cell(), cell(), cell(), cell(), cell(), cell());
        let words: Vec<&str> = title.split(' ').collect();
        let Some((_, title)) = titles::ending(|back| words.len().checked_sub(back + 1).map(|i| words[i])) else {
            continue;
        };
        let tenure = Tenure { title, of, from, until };
        match holders.iter_mut().find(|h| h.name == name) {
            Some(holder) => holder.tenures.push(tenure),
            None => holders.push(Holder {
                name,
                parts: parts(name),
                gender: if gender == "f" { Gender::Female } else { Gender::Male },
                wikidata: (!wikidata.is_empty()).then_some(wikidata),
                tenures: vec![tenure],
            }),
        }
    }
    holders
});

/// Whether a word is the surname of an office-holder; as it is written, with its capital.
pub fn is_surname(word: &str) -> bool {
    let [part] = &parts(word)[..] else { return false };
    word.starts_with(char::is_uppercase)
        && part.len() >= 4
        && HOLDERS.iter().any(|h| h.parts.len() > 1 && h.parts.last() == Some(part))
}

/// Recognises office-holders and adds what is known of them to the people and their offices.
pub fn recognise(document: &Document, entities: &mut Entities, offices: &mut Offices) {
    let day = document.article.published.value.as_deref();
    let names: Vec<Vec<String>> = entities.people.iter().map(|p| parts(&p.name)).collect();
    let mut known: Vec<Option<&Holder>> = vec![None; names.len()];
    for (i, name) in names.iter().enumerate() {
        let mut fitting = HOLDERS.iter().filter(|h| h.parts == *name || same_full(&h.parts, name));
        let agrees = |h: &Holder| entities.people[i].gender.is_none_or(|g| g == h.gender);
        known[i] = fitting.next().filter(|h| fitting.next().is_none() && agrees(h));
    }
    // Surnames with the office, then surnames in the company of others.
    for by_office in [true, false] {
        for (i, name) in names.iter().enumerate() {
            let [surname] = name.as_slice() else { continue };
            if known[i].is_some() || surname.len() < 2 {
                continue;
            }
            let bears = |h: &&Holder| {
                let eastern = h.parts.len() >= 2
                    && matches!(
                        h.parts[0].as_str(),
                        "xi" | "moon" | "kim" | "hu" | "jiang" | "ban" | "tsai" | "yoon" | "park" | "lee"
                    );
                let last = h.parts.last().is_some_and(|l| l == surname || surname.len() >= 6 && nearly(l, surname));
                last || eastern && h.parts[0] == *surname
            };
            let agrees = |h: &&Holder| entities.people[i].gender.is_none_or(|g| g == h.gender);
            let in_office = |h: &&Holder| day.is_none_or(|day| h.tenures.iter().any(|t| t.covers(day)));
            let fits = |h: &&Holder| {
                if by_office {
                    offices[i].iter().any(|told| {
                        let state = told.of.and_then(|of| entities.state_of(of));
                        h.tenures.iter().any(|t| {
                            let same_state = state.is_none_or(|s| {
                                t.of == s.iso
                                    || states::listed(t.of).and_then(Listed::state).is_some_and(|of| of.iso == s.iso)
                            });
                            same_office(told.title, t.title) >= 2 && same_state && day.is_none_or(|day| t.covers(day))
                        })
                    })
                } else {
                    let together =
                        |other: &Holder| other.tenures.iter().any(|o| h.tenures.iter().any(|t| t.overlaps(o)));
                    offices[i].is_empty()
                        && surname.len() >= 4
                        && in_office(h)
                        && h.tenures.iter().any(|t| t.is_in(entities))
                        && known.iter().flatten().any(|other| together(other))
                }
            };
            let candidates: Vec<&Holder> = HOLDERS.iter().filter(|h| bears(h) && agrees(h) && fits(h)).collect();
            if let [holder] = candidates.as_slice() {
                known[i] = Some(holder);
            }
        }
    }
    for (i, holder) in known.iter().enumerate() {
        let Some(holder) = holder else { continue };
        let person = &mut entities.people[i];
        person.gender = Some(holder.gender);
        person.wikidata = holder.wikidata;
        if holder.parts.len() > names[i].len() && holder.parts.ends_with(&names[i])
            || names[i].len() == 1 && holder.parts.len() > 1
        {
            person.name = holder.name.to_owned();
            // Called by the given name too ("Thank you, Karine").
            let given = (0..names.len())
                .find(|&k| k != i && names[k].len() == 1 && names[k][0] == holder.parts[0] && offices[k].is_empty());
            if let Some(k) = given {
                for mention in &mut entities.mentions {
                    for id in mention.entities.iter_mut().filter(|id| **id == EntityId::Person(k)) {
                        *id = EntityId::Person(i);
                    }
                }
            }
        }
        // Without a date the office that somebody is best known for.
        let held = holder.tenures.iter().enumerate().filter(|(k, t)| day.map_or(*k == 0, |day| t.covers(day)));
        for (_, tenure) in held {
            offices[i].push(Office { title: tenure.title, of: tenure.entity(entities), told: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenure_names_a_known_title_and_a_known_body() {
        let rows =
            include_str!("../../../../data/gazetteer/holders.tsv").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(HOLDERS.iter().map(|h| h.tenures.len()).sum::<usize>(), rows);
        for holder in HOLDERS.iter() {
            for tenure in &holder.tenures {
                let known =
                    states::by_iso(tenure.of).is_some() || states::listed(tenure.of).is_some() || tenure.of == "SU";
                assert!(known, "{}: {}", holder.name, tenure.of);
                assert!(tenure.until.is_empty() || tenure.from < tenure.until, "{}", holder.name);
            }
        }
    }

    #[test]
    fn a_tenure_covers_its_days() {
        let merkel = HOLDERS.iter().find(|h| h.name == "Angela Merkel").expect("she is listed");
        assert!(merkel.tenures[0].covers("2021-12-08") && !merkel.tenures[0].covers("2021-12-09"));
    }
}

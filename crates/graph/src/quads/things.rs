//! People with their offices, organisations and places.

use super::concepts::{organization_word, place_word};
use super::writer::{Writer, time_literal};
use crate::vocabulary::{dm, prov, rdfs};
use demarche_record::{Mention, MentionKind, OrganizationKind, PlaceKind, Record, Span};
use demarche_resolve::{Corpus, Evidence, Organization, Person, Place};
use std::collections::{BTreeMap, BTreeSet};

impl Writer<'_> {
    pub(super) fn people(&mut self, people: &[Person], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for person in people {
            let subject = self.names.of(&person.key);
            self.a(&subject, dm::PERSON);
            self.named(&subject, &person.name, &person.other_names, &person.identifiers);
            self.provenance(corpus, &subject, &person.members, records, |record, local| {
                let found = record.people.iter().find(|person| person.id == local);
                found.and_then(|person| first_naming(&person.mentions)).into_iter().collect()
            });
            for tenure in &person.tenures {
                let node = self.names.of(&tenure.key);
                self.link(&subject, dm::TENURE, node.clone());
                self.a(&node, dm::TENURE_CLASS);
                let of = tenure.of.as_ref();
                let label = match of.and_then(|of| corpus.label(of)) {
                    Some(of) => format!("{}, {of}", tenure.title),
                    None => tenure.title.clone(),
                };
                self.text(&node, rdfs::LABEL, &label);
                self.text(&node, dm::TITLE, &tenure.title);
                if let Some(of) = of {
                    self.link(&node, dm::OF, self.names.of(of));
                }
                for (predicate, value) in [(dm::FROM, &tenure.from), (dm::UNTIL, &tenure.until)] {
                    if let Some(value) = value {
                        self.literal(&node, predicate, time_literal(value));
                    }
                }
                let articles: BTreeSet<&str> = tenure.evidence.iter().map(|e| e.article.as_str()).collect();
                self.count(&node, articles.len());
                for Evidence { article, span } in &tenure.evidence {
                    self.link(&node, prov::WAS_DERIVED_FROM, self.names.article(article));
                    self.link(&node, dm::EVIDENCE, self.names.mention(article, span));
                }
            }
        }
    }

    pub(super) fn organizations(&mut self, all: &[Organization], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for organization in all {
            let subject = self.names.of(&organization.key);
            self.a(&subject, dm::ORGANIZATION);
            self.named(&subject, &organization.name, &organization.other_names, &organization.identifiers);
            if organization.kind != OrganizationKind::Other {
                self.plain(&subject, dm::KIND, organization_word(organization.kind));
            }
            self.provenance(corpus, &subject, &organization.members, records, |record, local| {
                let found = record.organizations.iter().find(|organization| organization.id == local);
                found.and_then(|organization| first_naming(&organization.mentions)).into_iter().collect()
            });
        }
    }

    pub(super) fn places(&mut self, places: &[Place], corpus: &Corpus, records: &BTreeMap<&str, &Record>) {
        for place in places {
            let subject = self.names.of(&place.key);
            self.a(&subject, dm::PLACE_CLASS);
            if place.kind == PlaceKind::Country {
                // A state is a place and a body that speaks and meets.
                self.a(&subject, dm::STATE);
                self.a(&subject, dm::ORGANIZATION);
            }
            self.named(&subject, &place.name, &place.other_names, &place.identifiers);
            if place.kind != PlaceKind::Other {
                self.plain(&subject, dm::KIND, place_word(place.kind));
            }
            if let Some(country) = &place.country {
                self.plain(&subject, dm::COUNTRY, country);
            }
            self.provenance(corpus, &subject, &place.members, records, |record, local| {
                let found = record.places.iter().find(|place| place.id == local);
                found.and_then(|place| first_naming(&place.mentions)).into_iter().collect()
            });
        }
    }
}

/// The first mention by name, else the first at all.
pub(crate) fn first_naming(mentions: &[Mention]) -> Option<&Span> {
    let named = mentions.iter().find(|mention| mention.kind == MentionKind::Name);
    named.or(mentions.first()).map(|mention| &mention.span)
}

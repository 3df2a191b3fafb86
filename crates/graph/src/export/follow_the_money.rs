//! FollowTheMoney, the model of OCCRP's Aleph and of OpenSanctions: one entity a line in JSON. <https://followthemoney.tech>
//!
//! People are `Person`, bodies `PublicBody`, `Company` or `Organization`, states `PublicBody`, other places `Address`, meetings
//! `Event`, articles `Article`, which is the proof of the meetings told in it. There is no schema for what somebody
//! said: statements are left out.

use crate::export::selected::Selected;
use crate::quads::mode_word;
use demarche_record::{OrganizationKind, ParticipantRole, PlaceKind, Record, Status};
use demarche_resolve::{Key, Kind, Meeting, When};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

#[derive(Serialize)]
struct Entity<'s> {
    id: String,
    schema: &'s str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl<'s> Entity<'s> {
    fn new(id: String, schema: &'s str) -> Self {
        Self { id, schema, properties: BTreeMap::new() }
    }

    /// Adds the values that are not empty and not there yet.
    fn with<T: Into<String>>(mut self, property: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        for value in values {
            let value: String = value.into();
            let known = self.properties.entry(property).or_default();
            if !value.trim().is_empty() && !known.contains(&value) {
                known.push(value);
            }
        }
        self
    }

    fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.properties.retain(|_, values| !values.is_empty());
        serde_json::to_writer(&mut *out, &self)?;
        out.write_all(b"\n")
    }
}

/// Writes the entities: people, bodies, places, meetings, articles.
pub(super) fn write(selected: &Selected, out: &mut dyn Write) -> io::Result<()> {
    for person in selected.people() {
        named(&person.key, "Person", &person.name, &person.other_names, &person.identifiers)
            .with("position", selected.titles(person))
            .write(out)?;
    }
    for body in selected.organizations() {
        let schema = match body.kind {
            OrganizationKind::Government => "PublicBody",
            OrganizationKind::Company | OrganizationKind::Media => "Company",
            OrganizationKind::International | OrganizationKind::Party | OrganizationKind::Other => "Organization",
        };
        named(&body.key, schema, &body.name, &body.other_names, &body.identifiers).write(out)?;
    }
    let parts = selected.meetings().flat_map(|meeting| &meeting.participants).map(|part| &part.agent);
    let involved: BTreeSet<&Key> = parts.filter(|agent| agent.kind() == Kind::Place).collect();
    for place in selected.places() {
        let country = place.country.iter().map(|code| code.to_lowercase());
        // Only bodies and people can be involved in an event.
        let entity = if place.kind == PlaceKind::Country || involved.contains(&place.key) {
            named(&place.key, "PublicBody", &place.name, &place.other_names, &place.identifiers)
        } else {
            let entity = named(&place.key, "Address", &place.name, &place.other_names, &place.identifiers);
            let city = (place.kind == PlaceKind::City).then_some(&place.name);
            entity.with("full", [&place.name]).with("city", city)
        };
        entity.with("country", country).write(out)?;
    }
    for meeting in selected.meetings() {
        event(selected, meeting).write(out)?;
    }
    for record in selected.articles() {
        let entity = Entity::new(article_id(&record.id), "Article")
            .with("title", &record.title)
            .with("name", [record.title.as_ref().unwrap_or(&record.source)])
            .with("fileName", [&record.source])
            .with("sourceUrl", &record.url)
            .with("publisher", &record.publisher)
            .with("publishedAt", published(record));
        entity.write(out)?;
    }
    Ok(())
}

fn named(key: &Key, schema: &'static str, name: &str, others: &[String], same: &[String]) -> Entity<'static> {
    let wikidata = same.iter().filter_map(|iri| iri.strip_prefix("http://www.wikidata.org/entity/"));
    Entity::new(id(key), schema).with("name", [name]).with("alias", others).with("wikidataId", wikidata)
}

fn event<'s>(selected: &Selected, meeting: &Meeting) -> Entity<'s> {
    let members = super::selected::members(meeting);
    let told = selected.told_by(&members);
    let mode = meeting.mode.map_or(String::new(), |mode| format!(" {}", mode_word(mode)));
    let status = if meeting.status == Status::Held { String::new() } else { format!(" ({})", meeting.status) };
    let of_role = |wanted: &dyn Fn(ParticipantRole) -> bool| -> Vec<String> {
        let parts = meeting.participants.iter().filter(|part| wanted(part.role) && selected.has(&part.agent));
        parts.map(|part| id(&part.agent)).collect()
    };
    let place = meeting.place.as_ref();
    let (date, start, end) = dates(meeting.when.as_ref());
    Entity::new(id(&meeting.key), "Event")
        .with("name", [&meeting.label])
        .with("summary", [format!("{}{mode}{status}", meeting.kind)])
        .with("recordId", [selected.iri(&meeting.key)])
        .with("keywords", &meeting.topics)
        .with("date", date)
        .with("startDate", start)
        .with("endDate", end)
        .with("location", place.map(|place| selected.label(place)))
        .with("country", place.and_then(|place| selected.country(place)).map(str::to_lowercase))
        .with("involved", of_role(&|_| true))
        .with("organizer", of_role(&|role| role == ParticipantRole::Host))
        .with("publisher", told.iter().filter_map(|record| record.publisher.as_deref()))
        .with("sourceUrl", told.iter().filter_map(|record| record.url.as_deref()))
        .with("proof", told.iter().map(|record| article_id(&record.id)))
}

/// A day, month or year is a date as it stands; of anything else the first and the last day are told.
fn dates(when: Option<&When>) -> (Option<&str>, Option<&str>, Option<&str>) {
    let Some(when) = when else { return (None, None, None) };
    let exact = !when.value.contains('/') && When::parse(&when.value).is_some();
    if exact { (Some(&when.value), None, None) } else { (None, when.earliest.as_deref(), when.latest.as_deref()) }
}

fn published(record: &Record) -> Option<&str> {
    let value = record.published.value.as_deref()?;
    When::parse(value).map(|_| value)
}

fn id(key: &Key) -> String {
    key.as_str().replace('/', "-")
}

fn article_id(article: &str) -> String {
    format!("article-{}", crate::namespace::hyphenated(article.strip_prefix("doc:").unwrap_or(article)))
}

//! When somebody held what the article calls them, by the gazetteer.

use super::super::{Entities, EntityId, Role};
use super::{HOLDERS, Holder, Tenure, same_full, same_office, titles};
use super::{parts, states};
use crate::entities::titles::Title;
use demarche_time::{Date, Days};

/// The last day of an office that has not ended.
const LATEST: &str = "2100-12-31";

/// The days on which a person held the office of a role, in order; empty where the gazetteer does not know.
///
/// The title has to be the same, and the state or body too. Only of spokespeople the title alone will do, if the person had
/// it once: articles mix up for which body somebody speaks.
pub fn days_held(entities: &Entities, person: usize, role: &Role) -> Vec<Days> {
    let name = parts(&entities.people[person].name);
    let mut bearers = bearers(&name).filter(|_| name.len() > 1);
    let (Some(holder), None) = (bearers.next(), bearers.next()) else { return Vec::new() };
    let Some(title) = title_of(&role.title) else { return Vec::new() };
    let titled = || holder.tenures.iter().filter(|t| same_office(title, t.title) >= 2);
    let mut held: Vec<Days> = titled().filter(|t| is_of(t, role.of, entities)).filter_map(Tenure::days).collect();
    if held.is_empty() && title.group == "spokesperson" && titled().count() == 1 {
        held.extend(titled().filter_map(Tenure::days));
    }
    held.sort();
    held
}

/// Those of the gazetteer who bear a name, or a surname where that is all.
fn bearers(name: &[String]) -> impl Iterator<Item = &'static Holder> {
    HOLDERS.iter().filter(move |holder| match name {
        [surname] => holder.parts.len() > 1 && holder.parts.last() == Some(surname),
        _ => holder.parts == name || same_full(&holder.parts, name),
    })
}

/// Whether a person, of whom the article may have the surname alone, can have held an office of that title on a day; none where
/// the gazetteer knows nobody of that name and office.
pub fn serves(entities: &Entities, person: usize, title: Title, day: &str) -> Option<bool> {
    let name = parts(&entities.people[person].name);
    let tenures = bearers(&name).flat_map(|holder| &holder.tenures);
    let mut held = tenures.filter(|tenure| same_office(title, tenure.title) >= 2).peekable();
    held.peek()?;
    Some(held.any(|tenure| tenure.covers(day)))
}

/// The title that the last words of a role are; a deputy's is another.
fn title_of(role: &str) -> Option<Title> {
    let role = role.to_lowercase();
    let words: Vec<&str> = role.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let (length, title) = titles::ending(|back| words.len().checked_sub(back + 1).map(|i| words[i]))?;
    const OTHER: [&str; 7] = ["vice", "deputy", "alternate", "assistant", "associate", "under", "co"];
    (!words[..words.len() - length].iter().any(|word| OTHER.contains(word))).then_some(title)
}

/// Whether a tenure can be of the state or body that a role names.
fn is_of(tenure: &Tenure, of: Option<EntityId>, entities: &Entities) -> bool {
    let Some(of) = of else { return true };
    let state = states::by_iso(tenure.of).or_else(|| states::listed(tenure.of).and_then(states::Listed::state));
    tenure.entity(entities) == Some(of)
        || entities.state_of(of).zip(state).is_some_and(|(named, own)| named.iso == own.iso)
}

impl Tenure {
    /// First and last day.
    fn days(&self) -> Option<Days> {
        let until = if self.until.is_empty() { LATEST } else { self.until };
        Some(Days::between(day(self.from, false)?, day(until, true)?))
    }
}

/// The first or last day of an ISO day, month or year.
fn day(text: &str, last: bool) -> Option<Date> {
    let mut fields = text.split('-').map(|field| field.parse::<i16>().ok());
    let year = fields.next()??;
    let month = match fields.next() {
        Some(month) => i8::try_from(month?).ok()?,
        None => return Date::new(year, if last { 12 } else { 1 }, if last { 31 } else { 1 }).ok(),
    };
    match fields.next() {
        Some(day) => Date::new(year, month, i8::try_from(day?).ok()?).ok(),
        None => Date::new(year, month, 1).ok().map(|first| if last { first.last_of_month() } else { first }),
    }
}

